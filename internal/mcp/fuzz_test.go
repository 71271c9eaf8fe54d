package mcp

import (
	"testing"
	"time"
	"unicode/utf8"
)

// FuzzMoment holds times in questions to no panic, and the end of a day to that day.
func FuzzMoment(f *testing.F) {
	for _, seed := range []string{"", "2022-02-20", "2022-02-20T18:00:00Z", "2022-02-20T18:00:00+02:00", "yesterday", "0000-00-00", "9999-12-31"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		start, err := moment(s, false)
		end, err2 := moment(s, true)
		if (err == nil) != (err2 == nil) || end.Before(start) || end.Sub(start) >= 24*time.Hour {
			t.Errorf("%q: %v to %v, %v, %v", s, start, end, err, err2)
		}
	})
}

// FuzzClip holds cut texts to a beginning of the text, between characters.
func FuzzClip(f *testing.F) {
	f.Add("häuser", 2)
	f.Add("\xff\xfe", 1)
	f.Add("", 0)
	f.Fuzz(func(t *testing.T, s string, most int) {
		most = min(max(most, 0), 100)
		got := clip(s, most)
		if len(got) > len(s) || s[:len(got)] != got || utf8.RuneCountInString(got) > max(most, 0) {
			t.Errorf("%q cut at %d is %q", s, most, got)
		}
	})
}
