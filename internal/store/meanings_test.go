package store

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/internal/record"
)

// FuzzMeanings unpacks whatever stands in a row, and packs again what came out.
func FuzzMeanings(f *testing.F) {
	p, err := newPacker()
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(p.close)
	packed, err := p.packMeanings([]record.Meaning{{Span: record.Span{0, 7}, Vector: []int8{-127, 3}}, {Span: record.Span{9, 300}, Vector: []int8{0, 127}}}, 300)
	if err != nil {
		f.Fatal(err)
	}
	plain, err := p.unpack(packed)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(plain)
	f.Add([]byte{1, 1, 0, 0, 5})
	f.Add([]byte{128, 255, 255, 255, 255, 255, 255, 255, 255, 1})
	f.Fuzz(func(t *testing.T, plain []byte) {
		list, err := p.unpackMeanings(p.pack(plain))
		if err != nil || len(list) == 0 {
			return
		}
		end := list[len(list)-1].Span[1]
		packed, err := p.packMeanings(list, end)
		if err != nil {
			return // an empty span, which nobody packs
		}
		again, err := p.unpackMeanings(packed)
		if diff := cmp.Diff(list, again); err != nil || diff != "" {
			t.Errorf("%v\n%s", err, diff)
		}
	})
}
