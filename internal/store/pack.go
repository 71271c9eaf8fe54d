package store

import (
	_ "embed" // dictionary
	"encoding/binary"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// maxBlob bounds what one blob or record may unpack to, in bytes: a damaged row must not take all memory.
const maxBlob = 1 << 30

// dictionary is what entries have in common, so that one of some hundred bytes packs well alone. Archives hold what was
// packed with it: it never changes; another one would get another number and be read beside this one.
//
//go:embed tables/item-dictionary.json
var dictionary []byte

const dictionaryNumber = 1

// packer compresses with zstd (RFC 8878); it is safe for concurrent use.
type packer struct {
	big, small *zstd.Encoder
	decode     *zstd.Decoder
}

func newPacker() (*packer, error) {
	big, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedDefault), zstd.WithEncoderCRC(false))
	if err != nil {
		return nil, fmt.Errorf("making a compressor: %w", err)
	}
	small, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderCRC(false),
		zstd.WithEncoderDictRaw(dictionaryNumber, dictionary), zstd.WithWindowSize(1<<15))
	if err != nil {
		return nil, fmt.Errorf("making a compressor of entries: %w", err)
	}
	decode, err := zstd.NewReader(nil, zstd.WithDecoderMaxMemory(maxBlob), zstd.WithDecoderDictRaw(dictionaryNumber, dictionary))
	if err != nil {
		return nil, fmt.Errorf("making a decompressor: %w", err)
	}
	return &packer{big, small, decode}, nil
}

// close ends the decoder's goroutines; encoders that only encode whole pieces have nothing to end.
func (p *packer) close() { p.decode.Close() }

func (p *packer) pack(data []byte) []byte { return p.big.EncodeAll(data, nil) }

func (p *packer) unpack(data []byte) ([]byte, error) {
	if len(data) == 0 { // zstd has no frame for nothing
		return nil, nil
	}
	out, err := p.decode.DecodeAll(data, nil)
	if err != nil {
		return nil, fmt.Errorf("unpacking: %w", err)
	}
	return out, nil
}

// packEntry joins an entry's words and its item. Most items hold the words too, which then cost next to nothing.
func (p *packer) packEntry(text string, item []byte) []byte {
	joined := binary.AppendUvarint(nil, uint64(len(text)))
	joined = append(append(joined, text...), item...)
	return p.small.EncodeAll(joined, nil)
}

func (p *packer) unpackEntry(data []byte) (string, json.RawMessage, error) {
	joined, err := p.unpack(data)
	if err != nil {
		return "", nil, err
	}
	size, head := binary.Uvarint(joined)
	if head <= 0 || size > uint64(len(joined)-head) {
		return "", nil, fmt.Errorf("unpacking: an entry of %d bytes is cut short", len(joined))
	}
	text := joined[head:][:size]
	return string(text), json.RawMessage(joined[head:][size:]), nil
}

// clean makes outside text storable in every database: valid UTF-8 without U+0000, which PostgreSQL cannot hold.
func clean(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
}
