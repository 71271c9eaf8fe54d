package resolve

import (
	"testing"

	"parley/internal/document"
)

func TestChainAroundIsBounded(t *testing.T) {
	w := &work{doc: &document.Document{Mentions: make([]document.Mention, 5000)}, chains: map[int][]int{}}
	for i := range w.doc.Mentions {
		w.chains[0] = append(w.chains[0], i)
	}
	for _, m := range []int{0, 2500, 4999} {
		got := w.chainAround(m)
		if len(got) > 2*chainReach || got[0] > m || got[len(got)-1] < m {
			t.Errorf("around %d: %d mentions from %d to %d", m, len(got), got[0], got[len(got)-1])
		}
	}
}
