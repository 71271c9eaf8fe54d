package storetest

import (
	"fmt"
	"maps"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/internal/record"
)

// reported are five stories and who reported them: one of an agency's that two papers print, before one of them says whose
// it is; one of two agencies, it cannot be told which; one that is its paper's own down to the first sentence; and one that
// nobody compared.
func reported(t *testing.T, s Archive) []record.Arrival {
	all := stories(5)
	put(t, s, all...)
	end := func(i int) int { return len([]rune(all[i].Article.Text)) }
	lead := all[3].Record.Statements[0].Span[1] + 2
	found := record.Found{Articles: []record.ID{id(all[0]), id(all[1]), id(all[2]), id(all[3])}, Passages: []record.Passage{
		{Article: id(all[0]), Span: record.Span{0, end(0)}, Origin: "o-first", Label: "Paper 0", Basis: "own"},
		{Article: id(all[1]), Span: record.Span{0, end(1)}, Origin: "o-first", Label: "NNA", Basis: "credit", With: id(all[0]), Share: 1},
		{Article: id(all[2]), Span: record.Span{0, end(2)}, Origin: "o-second", Label: "NNA / Tarn", Basis: "credit"},
		{Article: id(all[3]), Span: record.Span{0, lead}, Origin: "o-third", Label: "Paper 3", Basis: "own"},
		{Article: id(all[3]), Span: record.Span{lead, end(3)}, Origin: "o-first", Label: "NNA", Basis: "copy", With: id(all[0]), Share: 0.8},
	}}
	if err := s.Reconcile(t.Context(), found); err != nil {
		t.Fatal(err)
	}
	return all
}

// origins asks for entries by where they were printed and who first reported them.
func origins(t *testing.T, s Archive) {
	all := reported(t, s)
	for _, c := range []struct {
		name string
		q    record.Query
		want int
	}{
		{"a publisher", record.Query{Publishers: []string{"Paper 2"}}, Entries}, {"publishers", record.Query{Publishers: []string{"Paper 2", "Paper 3", "no paper"}, Kinds: []string{"statement"}}, 2},
		{"no publisher", record.Query{Publishers: []string{"no paper"}}, 0}, {"a publisher's words", record.Query{Publishers: []string{"Paper 2"}, Text: "phone", Kinds: []string{"contact", "event"}}, 1},
		{"an agency", record.Query{Origins: []string{"NNA"}, Kinds: []string{"statement"}}, 2}, {"its events, also in the copy", record.Query{Origins: []string{"NNA"}, Labels: []string{"ASSAULT"}}, 3},
		{"a report", record.Query{Origins: []string{"o-first"}, Kinds: []string{"event"}}, 3}, {"what a copy credits is not the first printer's", record.Query{Origins: []string{"Paper 0"}}, 0},
		{"a paper's own", record.Query{Origins: []string{"Paper 3"}, Kinds: []string{"statement", "event"}}, 1}, {"one of two", record.Query{Origins: []string{"NNA / Tarn"}, Kinds: []string{"event"}}, 1},
		{"several", record.Query{Origins: []string{"Paper 3", "o-second"}, Kinds: []string{"statement"}}, 2}, {"nobody", record.Query{Origins: []string{"Tarn"}}, 0},
		{"an agency in one paper", record.Query{Origins: []string{"NNA"}, Publishers: []string{"Paper 1"}, Kinds: []string{"event"}}, 1}, {"hostile", record.Query{Origins: []string{"') OR 1=1 --", "\x00"}, Publishers: []string{"%"}}, 0},
	} {
		if got := len(list(t, s, c.q)); got != c.want {
			t.Errorf("%s: %d entries, not %d", c.name, got, c.want)
		}
	}
	tallied, err := s.Tally(t.Context(), record.Query{Kinds: []string{"statement", "event"}})
	if want := map[string]int{"NNA": 1, "NNA / Tarn": 1, "Paper 3": 1}; err != nil || !maps.Equal(want, tallied.Origins) {
		t.Errorf("reports: %s, %v", cmp.Diff(want, tallied.Origins), err)
	}
	manyPrints(t, s, all)
}

// manyPrints asks the same where a publisher has so many articles, and a reporter so many reports, that lists are walked.
func manyPrints(t *testing.T, s Archive, all []record.Arrival) {
	const many = 1001
	var more []record.Arrival
	var found record.Found
	for i := range many {
		a := Told(100+i, fmt.Sprintf("Ruiz said unit %d left Kelm.", i), 1)
		a.Article.Publisher, a.Article.Credits = "Big Paper", nil
		more = append(more, a)
		found.Articles = append(found.Articles, id(a))
		found.Passages = append(found.Passages, record.Passage{Article: id(a), Span: record.Span{0, len([]rune(a.Article.Text))}, Origin: record.ID(fmt.Sprintf("o-%d", i)), Label: "NNA", Basis: "credit"})
	}
	put(t, s, more...)
	if err := s.Reconcile(t.Context(), found); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		q    record.Query
		want int
	}{
		"a big publisher": {record.Query{Publishers: []string{"Big Paper"}, Kinds: []string{"statement"}, Limit: 2000}, many}, "with a small one": {record.Query{Publishers: []string{"Big Paper", "Paper 1"}, Kinds: []string{"statement"}, Limit: 2000}, many + 1},
		"a big agency": {record.Query{Origins: []string{"NNA"}, Kinds: []string{"statement"}, Limit: 2000}, many + 2}, "with a report": {record.Query{Origins: []string{"NNA", "o-third"}, Kinds: []string{"statement"}, Limit: 2000}, many + 3},
		"both": {record.Query{Origins: []string{"NNA"}, Publishers: []string{"Big Paper", all[0].Article.Publisher}, Kinds: []string{"statement"}, Limit: 2000}, many + 1},
	} {
		if got := len(list(t, s, c.q)); got != c.want {
			t.Errorf("%s: %d entries, not %d", name, got, c.want)
		}
	}
}
