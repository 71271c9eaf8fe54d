package read

import (
	"testing"

	"parley/internal/document"
)

func TestTimeIndexOverlaps(t *testing.T) {
	doc := &document.Document{}
	r := &Reading{}
	for _, s := range []document.Span{{Start: 40, End: 44}, {Start: 2, End: 30}, {Start: 5, End: 8}} {
		r.Times = append(r.Times, Time{Span: s, Anchor: -1})
	}
	sc := newScene(doc, r)
	for start := range 50 {
		for end := start + 1; end < 50; end++ {
			s, want := document.Span{Start: start, End: end}, false
			for i := range r.Times {
				want = want || r.Times[i].Span.Overlaps(s)
			}
			if got := sc.timesAt().overlaps(s); got != want {
				t.Fatalf("%v: %v, want %v", s, got, want)
			}
		}
	}
}
