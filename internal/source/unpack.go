package source

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/klauspost/compress/gzip"
)

// A packed stream is believed while it stays within these: text packs 3 to 20 times smaller, a bomb 1000 times.
const (
	trustedBytes = 64 << 20 // unpacked, before the ratio is looked at
	maxRatio     = 200
)

var gzipMagic = []byte{0x1F, 0x8B}

// unpacked takes the gzip packing off a stream, where it has one, and its ending off the name.
func unpacked(in *bufio.Reader, name string) (*bufio.Reader, string, error) {
	head, _ := in.Peek(len(gzipMagic))
	if !bytes.Equal(head, gzipMagic) {
		return in, name, nil
	}
	packed := &counter{r: in}
	plain, err := gzip.NewReader(bufio.NewReader(packed))
	if err != nil {
		return nil, name, &Error{Name: name, Kind: ErrSyntax, Detail: "broken gzip: " + err.Error(), Hint: "fetch or pack it again"}
	}
	return bufio.NewReaderSize(&unpacker{packed: func() int64 { return packed.n }, plain: plain}, 64<<10), unpackedName(name), nil
}

// unpackedName is a file's name without the ending of its packing.
func unpackedName(name string) string {
	if cut := len(name) - len(".gz"); cut > 0 && strings.EqualFold(name[cut:], ".gz") {
		return name[:cut]
	}
	return name
}

// counter counts what is read through it.
type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// unpacker reads a packed stream and refuses one that grows out of all proportion.
type unpacker struct {
	packed func() int64 // how many bytes of it were read
	plain  io.Reader
	n      int64
}

func (u *unpacker) Read(p []byte) (int, error) {
	if u.n > trustedBytes && u.n > maxRatio*u.packed() {
		return 0, &Error{Kind: ErrTooLarge, Detail: fmt.Sprintf("it unpacks to more than %d times its size", maxRatio),
			Hint: "unpack it yourself and look at what is in it"}
	}
	n, err := u.plain.Read(p)
	u.n += int64(n)
	if err != nil && !errors.Is(err, io.EOF) {
		err = &Error{Kind: ErrSyntax, Detail: "broken gzip: " + err.Error(), Hint: "fetch or pack it again"}
	}
	return n, err
}
