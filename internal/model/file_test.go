package model

import (
	"errors"
	"strings"
	"testing"
)

func expectError(t *testing.T, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s: error %v, want %v", what, err, want)
	}
}

func TestLoadRefuses(t *testing.T) {
	good := tiny().bytes()
	change := func(at int, to byte) []byte {
		b := append([]byte{}, good...)
		b[at] = to
		return b
	}
	for what, c := range map[string]struct {
		data []byte
		want error
	}{
		"nothing":             {nil, ErrNotWeights},
		"another file":        {[]byte("PK\x03\x04 and so on, long enough to hold a header of weights"), ErrNotWeights},
		"magic in text mode":  {[]byte(strings.Replace(string(good), "\r\n", "\n", 1)), ErrNotWeights},
		"magic alone":         {good[:8], ErrTruncated},
		"half a header":       {good[:200], ErrTruncated},
		"half a file":         {good[:len(good)/2], ErrTruncated},
		"one byte short":      {good[:len(good)-1], ErrTruncated},
		"one byte more":       {append(append([]byte{}, good...), 0), ErrDamaged},
		"a flipped byte":      {change(len(good)-100, good[len(good)-100]^1), ErrDamaged},
		"a damaged header":    {change(60, 0), ErrDamaged},
		"a damaged checksum":  {change(20, good[20]^1), ErrDamaged},
		"a newer format":      {change(8, formatVersion+1), ErrNewerFormat},
		"format 0":            {change(8, 0), ErrInvalid},
		"an older format":     {change(8, formatVersion-1), ErrInvalid},
		"a huge header":       {change(15, 0x7f), ErrTruncated},
		"a shortened header":  {change(12, good[12]-1), ErrInvalid},
		"no labels":           {tampered(func(w *writer) { w.header.Labels = nil }), ErrInvalid},
		"no config":           {tampered(func(w *writer) { w.header.Config = Config{} }), ErrInvalid},
		"odd width":           {tampered(func(w *writer) { w.header.Config.Inner = 95 }), ErrInvalid},
		"too many layers":     {tampered(func(w *writer) { w.header.Config.Layers = 3 }), ErrInvalid},
		"no tensors":          {tampered(func(w *writer) { w.header.Tensors = nil }), ErrInvalid},
		"tensor past the end": {tampered(func(w *writer) { w.header.Tensors[1].Offset = 1 << 40 }), ErrInvalid},
		"tensor before":       {tampered(func(w *writer) { w.header.Tensors[1].Offset = -64 }), ErrInvalid},
		"last tensor grown":   {tampered(func(w *writer) { w.header.Tensors[0].Rows = 1 << 20 }), ErrInvalid},
		"a large weight":      {tampered(func(w *writer) { w.data[w.offset("head.upos.weight")] = topWeightByte + 1 }), ErrInvalid},
		"no layer for words":  {tampered(func(w *writer) { w.header.Config.Merge = 2 }), ErrInvalid},
		"no pairs":            {tampered(func(w *writer) { w.header.Pairs = append(w.header.Pairs, "other") }), ErrInvalid},
		"not a number":        {tampered(func(w *writer) { copy(w.data[w.offset("position"):], "\xff\xff\xff\xff") }), ErrInvalid},
		"another vocabulary":  {tampered(func(w *writer) { copy(w.data[w.offset("vocab"):], "\n\n") }), ErrInvalid},
		"no unknown piece":    {tampered(func(w *writer) { copy(w.data[w.offset("vocab")+6:], "[UNQ]") }), ErrInvalid},
	} {
		_, err := LoadBytes(c.data)
		expectError(t, what, err, c.want)
	}
	if _, err := LoadBytes(good); err != nil {
		t.Errorf("a good file: %v", err)
	}
}

func tampered(change func(*writer)) []byte {
	w := tiny()
	change(w)
	return w.bytes()
}

func (w *writer) offset(name string) int64 {
	for _, t := range w.header.Tensors {
		if t.Name == name {
			return t.Offset
		}
	}
	panic("no tensor " + name)
}

func TestHeader(t *testing.T) {
	m, err := LoadBytes(tiny().bytes())
	if err != nil {
		t.Fatal(err)
	}
	if v := m.Version(); !strings.HasPrefix(v, "tiny ") || len(v) != len("tiny ")+12 {
		t.Errorf("version %q", v)
	}
	if len(m.Labels("rel")) != 3 || m.Labels("none") != nil {
		t.Errorf("labels %v and %v", m.Labels("rel"), m.Labels("none"))
	}
	if n := len(m.Labels("cue")); len(m.Transitions("cue")) != n*n || m.Transitions("source") != nil {
		t.Errorf("%d transitions for %d labels, want only those of cue", len(m.Transitions("cue")), n)
	}
}

func FuzzLoad(f *testing.F) {
	good := tiny().bytes()
	f.Add(good)
	f.Add(good[:len(good)/2])
	f.Add([]byte(magic))
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := LoadBytes(b)
		if err == nil {
			everything(t, m, []Word{{"the", GapLine}, {"minister", GapSpace}}, new(Workspace))
			return
		}
		for _, known := range []error{ErrNotWeights, ErrNewerFormat, ErrTruncated, ErrDamaged, ErrInvalid} {
			if errors.Is(err, known) {
				return
			}
		}
		t.Errorf("unknown error %v", err)
	})
}

// FuzzHeader changes the header and repairs the checksum.
func FuzzHeader(f *testing.F) {
	f.Add("Offset", "7", 64, 2)
	f.Fuzz(func(t *testing.T, name, label string, number, which int) {
		w := tiny()
		at := &w.header.Tensors[uint(which)%uint(len(w.header.Tensors))]
		switch uint(number) % 5 {
		case 0:
			at.Offset = int64(number)
		case 1:
			at.Rows = number
		case 2:
			at.Cols = number
		case 3:
			at.Name, at.Type = name, label
		case 4:
			w.header.Config.Layers, w.header.Config.Arc = which, number
		}
		if m, err := LoadBytes(w.bytes()); err == nil {
			everything(t, m, []Word{{"the", GapLine}, {"minister", GapSpace}}, new(Workspace))
		} else if !errors.Is(err, ErrInvalid) {
			t.Errorf("unknown error %v", err)
		}
	})
}
