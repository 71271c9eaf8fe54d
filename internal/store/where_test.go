package store

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestTerms(t *testing.T) {
	for search, want := range map[string][][]string{
		"": nil, `"`: nil, "* ( )": nil, "Troops left": {{"troops"}, {"left"}}, `"troops left" Kelm`: {{"troops", "left"}, {"kelm"}},
		"cease-fire": {{"cease", "fire"}}, `a"b c`: {{"a"}, {"b", "c"}}, "«Прапор» 1,5": {{"прапор"}, {"1", "5"}}, "NEAR(a b)": {{"near", "a"}, {"b"}},
	} {
		if diff := cmp.Diff(want, terms(search)); diff != "" {
			t.Errorf("%q:\n%s", search, diff)
		}
	}
}

// FuzzTerms: whatever is searched for, the search is made of quoted words that hold no quotation mark.
func FuzzTerms(f *testing.F) {
	for _, seed := range []string{`"`, "*", "NEAR(", "'; DROP TABLE entries", "a\x00b", "\xff", "“„«", `""""`, "e\u0301", "\uE000"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, search string) {
		for _, term := range terms(search) {
			for _, word := range term {
				if word == "" || strings.ContainsAny(word, "\" '*()^:\x00"+fieldBreak) {
					t.Errorf("%q has the word %q", search, word)
				}
			}
		}
	})
}

func FuzzCursor(f *testing.F) {
	f.Add("")
	f.Add("zik0zj.")
	f.Add("-1.l-1")
	f.Add("99999999999999999999.")
	f.Fuzz(func(t *testing.T, cursor string) {
		n, id, err := parseCursor(cursor)
		if err != nil {
			return
		}
		if again, same, err := parseCursor(cursorOf(n, id)); err != nil || again != n || same != id {
			t.Errorf("%q is %d and %q, then %d and %q: %v", cursor, n, id, again, same, err)
		}
	})
}

// FuzzUnpack: a damaged row is an error, not a panic.
func FuzzUnpack(f *testing.F) {
	p, err := newPacker()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(p.packEntry("Ruiz said", []byte(`{"id":"s-1"}`)))
	f.Add(p.pack([]byte("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff text")))
	f.Add([]byte{})
	f.Add([]byte("not packed"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if text, item, err := p.unpackEntry(data); err == nil {
			again, same, err := p.unpackEntry(p.packEntry(text, item))
			if err != nil || again != text || string(same) != string(item) {
				t.Errorf("%q %s, then %q %s: %v", text, item, again, same, err)
			}
		}
	})
}

func TestSecondNumber(t *testing.T) {
	last := int64(-1)
	for _, at := range []time.Time{time.Date(1900, 1, 1, 0, 0, 1, 0, time.UTC), time.Date(1969, 1, 1, 0, 0, 0, 0, time.UTC), time.Unix(0, 0), time.Unix(1, 0),
		time.Date(2022, 2, 20, 18, 0, 0, 0, time.UTC), time.Date(2171, 1, 1, 0, 0, 0, 0, time.UTC)} {
		n := secondNumber(at)
		if n <= last {
			t.Errorf("%v has the number %d, not above %d", at, n, last)
		}
		last = n
	}
	for _, at := range []time.Time{{}, time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)} {
		if n := secondNumber(at); n < 0 || n+int64(slots)<<(blockBits+maxSpill-slotBits) < 0 {
			t.Errorf("%v has the number %d, which leaves no room", at, n)
		}
	}
}
