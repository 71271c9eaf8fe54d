package serve

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"parley/internal/desk"
	"parley/internal/record"
)

// TestUnordered holds that whoever has the same count stands in an order that no name and no id gives.
func TestUnordered(t *testing.T) {
	p, err := newPseudonyms([]byte("a secret of this test"), "crisis")
	if err != nil {
		t.Fatal(err)
	}
	m := desk.Matrix{Actors: []desk.Party{{ID: record.NewID("i", "most of all"), Count: 9}}}
	for n := range 12 {
		m.Actors = append(m.Actors, desk.Party{ID: record.NewID("i", fmt.Sprint("person ", n)), Count: 2})
	}
	slices.SortFunc(m.Actors[1:], func(a, b desk.Party) int { return cmp.Compare(a.ID, b.ID) })
	before := slices.Clone(m.Actors)
	for i := range before[1:] {
		m.Cells = append(m.Cells, desk.Cell{A: before[i].ID, B: before[i+1].ID, Count: 1})
	}
	unorderedMatrix(p, &m)
	if m.Actors[0] != before[0] || slices.Equal(m.Actors, before) {
		t.Errorf("%v", m.Actors)
	}
	if !slices.IsSortedFunc(m.Actors[1:], func(a, b desk.Party) int { return cmp.Compare(p.hide(string(a.ID)), p.hide(string(b.ID))) }) {
		t.Errorf("not by pseudonyms: %v", m.Actors)
	}
	place := func(id record.ID) int {
		return slices.IndexFunc(m.Actors, func(one desk.Party) bool { return one.ID == id })
	}
	for i, c := range m.Cells {
		if place(c.A) >= place(c.B) || i > 0 && place(c.A) < place(m.Cells[i-1].A) {
			t.Errorf("cell %d: %d and %d", i, place(c.A), place(c.B))
		}
	}
}
