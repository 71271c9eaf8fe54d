package model

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"unsafe"
)

// A weights file, all numbers little-endian:
//
//	 0  8 bytes  magic "PARLEY\r\n"
//	 8  uint32   format version
//	12  uint32   length of the header
//	16  32 bytes SHA-256 of everything from byte 48 on
//	48           header: JSON (Header), followed by zeros up to a multiple of 64
//	             tensors: each starts at a multiple of 64 from here
//
// A matrix NAME is three tensors: NAME.weight (int8, -31 to 31, row-major), NAME.scale and NAME.bias (float32, one for
// each row). Each list of labels but "rel" has a matrix head.NAME and may have transitions chain.NAME; each name of pairs
// has matrices pair.NAME.head, .dep and .meet.
const (
	magic         = "PARLEY\r\n"
	formatVersion = 2
	headerStart   = 48
	alignment     = 64
	maxFile       = 256 << 20
)

// Errors of LoadBytes. Test for them with errors.Is.
var (
	// ErrNotWeights means that the bytes are no weights file at all.
	ErrNotWeights = errors.New("not a weights file of Parley")
	// ErrNewerFormat means that the file was written for a newer Parley.
	ErrNewerFormat = errors.New("weights are of a newer format than this program reads")
	// ErrTruncated means that the file ends too early.
	ErrTruncated = errors.New("weights file is cut short")
	// ErrDamaged means that the checksum does not match the contents.
	ErrDamaged = errors.New("weights file is damaged (checksum does not match)")
	// ErrInvalid means that the checksum holds but the contents do not make a network.
	ErrInvalid = errors.New("weights file is invalid")
)

// Header describes a weights file.
type Header struct {
	Name    string              `json:"name"`    // as in "parley-1"
	Created string              `json:"created"` // date, as in "2026-11-23"
	Step    int                 `json:"step"`    // training steps
	Config  Config              `json:"config"`
	Labels  map[string][]string `json:"labels"` // head name (and "rel") to its labels in order
	Pairs   []string            `json:"pairs"`  // heads of pairs
	Card    map[string]any      `json:"card"`   // model card: training data, licences, scores
	Tensors []tensor            `json:"tensors"`
	Size    int64               `json:"size"` // bytes from the first tensor to the end of the file
}

// Config is the size of the network. Epsilon and the size of an attention head (32) are fixed.
type Config struct {
	Layers    int `json:"layers"`
	Hidden    int `json:"hidden"`
	Heads     int `json:"heads"`
	Inner     int `json:"inner"`
	Vocab     int `json:"vocab"`
	Positions int `json:"positions"`
	Shapes    int `json:"shapes"`
	Arc       int `json:"arc"`
	Rel       int `json:"rel"`
	Pair      int `json:"pair"`
	Merge     int `json:"merge"` // layers that see pieces; the others see words
}

type tensor struct {
	Name   string `json:"name"`
	Type   string `json:"type"` // i8, f32 or text
	Rows   int    `json:"rows"`
	Cols   int    `json:"cols"`
	Offset int64  `json:"offset"` // from the end of the padded header
}

// file is an opened weights file. The first error sticks, as in a scanner: reading a missing tensor gives zeros and
// sets err.
type file struct {
	header  Header
	sum     string // hexadecimal checksum
	data    []byte
	tensors map[string]tensor
	err     error
}

// openFile checks magic, version, length and checksum and reads the header.
func openFile(b []byte) (*file, error) {
	if len(b) < len(magic) || string(b[:len(magic)]) != magic {
		return nil, ErrNotWeights
	}
	if len(b) < headerStart {
		return nil, ErrTruncated
	}
	if v := binary.LittleEndian.Uint32(b[8:]); v != formatVersion {
		if v > formatVersion {
			return nil, fmt.Errorf("%w: format %d, newest known %d", ErrNewerFormat, v, formatVersion)
		}
		return nil, fmt.Errorf("%w: format %d, this program reads %d", ErrInvalid, v, formatVersion)
	}
	end := headerStart + int64(binary.LittleEndian.Uint32(b[12:]))
	start := (end + alignment - 1) / alignment * alignment
	if start > int64(len(b)) {
		return nil, ErrTruncated
	}
	f := &file{tensors: map[string]tensor{}, data: b[start:]}
	headerErr := json.Unmarshal(b[headerStart:end], &f.header)
	if headerErr == nil && f.header.Size > int64(len(f.data)) {
		return nil, fmt.Errorf("%w: %d of %d bytes", ErrTruncated, len(b), start+f.header.Size)
	}
	sum := sha256.Sum256(b[headerStart:])
	if !bytes.Equal(sum[:], b[16:headerStart]) {
		return nil, ErrDamaged
	}
	if headerErr != nil {
		return nil, fmt.Errorf("%w: header: %w", ErrInvalid, headerErr)
	}
	f.sum = hex.EncodeToString(sum[:])
	for _, t := range f.header.Tensors {
		f.tensors[t.Name] = t
	}
	return f, nil
}

func (f *file) has(name string) bool {
	_, ok := f.tensors[name]
	return ok
}

func (f *file) fail(format string, args ...any) {
	if f.err == nil {
		f.err = fmt.Errorf("%w: %s", ErrInvalid, fmt.Sprintf(format, args...))
	}
}

// bytes returns the contents of a tensor of the given type and shape; rows -1 accepts any.
func (f *file) bytes(name, kind string, rows, cols int) []byte {
	size := map[string]int64{"i8": 1, "f32": 4, "text": 1}[kind]
	t, ok := f.tensors[name]
	switch {
	case !ok:
		f.fail("no tensor %s", name)
	case t.Type != kind || t.Cols != cols || rows >= 0 && t.Rows != rows || t.Rows < 0 || t.Cols < 0:
		f.fail("tensor %s is %s %dx%d, want %s %dx%d", name, t.Type, t.Rows, t.Cols, kind, rows, cols)
	case t.Rows > maxFile || t.Cols > maxFile || t.Offset < 0 || t.Offset > int64(len(f.data)) ||
		int64(t.Rows)*int64(t.Cols) > (int64(len(f.data))-t.Offset)/size:
		f.fail("tensor %s reaches beyond the file", name)
	default:
		return f.data[t.Offset:][:int64(t.Rows)*int64(t.Cols)*size]
	}
	return nil
}

// ints returns the int8 values of a tensor; they share the memory of the file.
func (f *file) ints(name string, rows, cols int) []int8 {
	b := f.bytes(name, "i8", rows, cols)
	if len(b) == 0 {
		return nil
	}
	return unsafe.Slice((*int8)(unsafe.Pointer(&b[0])), len(b))
}

// floats returns a copy of the float32 values of a tensor, all of them finite.
func (f *file) floats(name string, rows, cols int) []float32 {
	b := f.bytes(name, "f32", rows, cols)
	x := make([]float32, len(b)/4)
	for i := range x {
		x[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
		if x[i]-x[i] != 0 {
			f.fail("tensor %s has a value that is not finite", name)
			break
		}
	}
	return x
}

func (f *file) matrix(name string, out, in int, pack bool) *matrix {
	rows := f.ints(name+".weight", out, in)
	scale, bias := f.floats(name+".scale", out, 1), f.floats(name+".bias", out, 1)
	if slices.ContainsFunc(rows, func(w int8) bool { return w > topWeightByte || w < -topWeightByte }) {
		f.fail("matrix %s has a weight beyond %d", name, topWeightByte)
	}
	if f.err != nil {
		return nil
	}
	return newMatrix(in, out, rows, scale, bias, pack)
}

func (f *file) transform(name string, n int) transform {
	return transform{f.floats(name+".mul", n, 1), f.floats(name+".add", n, 1)}
}

func (f *file) norm(name string, n int) layerNorm {
	return layerNorm{f.floats(name+".gain", n, 1), f.floats(name+".bias", n, 1)}
}
