package view

import (
	"bytes"
	"strings"
	"testing"

	"parley/internal/record"
)

func TestTraceText(t *testing.T) {
	for _, c := range []struct{ before, words, after, want string }{
		{"He said he would ", "fly home", " soon.", "  He said he would «fly home» soon."},
		{" cut before a word —\n", "It rains", ". He", "  cut before a word — «It rains». He"},
		{"“", "It rains", "”", "  “«It rains»”"},
		{"", "It rains", "", "  «It rains»"},
		{" ", "It rains", "\n", "  «It rains»"},
		{"a\u202e\t", "b\x1b", " c", "  a\ufffd «b\ufffd» c"},
	} {
		var out bytes.Buffer
		trace := Trace{Entry: record.Entry{ID: "s-1", Kind: "statement"}, Before: c.before, Words: c.words, After: c.after}
		if err := TraceText(&out, trace, TextOptions{Width: 100}); err != nil {
			t.Fatal(err)
		}
		if got := strings.Split(out.String(), "\n")[1]; got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
