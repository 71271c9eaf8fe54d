package storetest

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/internal/record"
)

// versions are puts of one article's versions, whose order and dates decide which stands. Stories come an hour apart.
func versions(t *testing.T, s Archive) {
	named := func(n int, guid string, replaces ...string) record.Arrival {
		a := Story(n)
		a.Article.GUID, a.Article.Replaces = guid, replaces
		return a
	}
	undated := named(11, "d")
	undated.Article.Published, undated.Record.Document.Published = "", ""
	killed := named(16, "e")
	killed.Article.State, killed.Article.StateReason = record.Withdrawn, record.Killed
	paged := func(n int) record.Arrival {
		a := named(n, "")
		a.Article.URL, a.Address = "https://news.example/page", "https://news.example/page"
		a.Record.Document.URL = a.Article.URL
		return a
	}
	for _, group := range [][]record.Arrival{
		{named(1, "a"), named(2, "a")}, {named(4, "b"), named(3, "b")}, // in order, and not
		{named(6, "c2", "c"), named(5, "c"), named(7, "c3", "c2")}, // the replaced one after what replaces it
		{named(10, "d2", "d"), undated},                            // it was fetched later, which says nothing
		{killed, named(15, "e")},
		{paged(20), paged(22), paged(21)},
	} {
		for _, a := range group {
			put(t, s, a)
		}
	}
	got := map[string]string{}
	for _, art := range found(t, s, record.ArticleQuery{States: []string{record.Current, record.Superseded, record.Withdrawn}}) {
		by := ""
		if art.SupersededBy != "" {
			later, err := s.Article(t.Context(), art.SupersededBy)
			if err != nil {
				t.Fatal(err)
			}
			by = " by " + later.Location
		}
		got[art.Location] = art.State + by
	}
	want := map[string]string{}
	for n, state := range map[int]string{1: "superseded by 2", 2: "current", 3: "superseded by 4", 4: "current", 5: "superseded by 6", 6: "superseded by 7", 7: "current",
		10: "current", 11: "superseded by 10", 15: "withdrawn", 16: "withdrawn", 20: "superseded by 22", 21: "superseded by 22", 22: "current"} {
		if word, by, ok := strings.Cut(state, " by "); ok {
			state = word + " by wire/" + by + ".html"
		}
		want[fmt.Sprintf("wire/%d.html", n)] = state
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	sound(t, s)
}

// versionsAtOnce are versions of one article that several put at the same moment, none knowing of the others.
func versionsAtOnce(t *testing.T, s Archive) {
	const writers = 8
	var group sync.WaitGroup
	for n := range writers {
		group.Go(func() {
			a := Story(n)
			a.Article.GUID = "one"
			if err := s.Put(t.Context(), []record.Arrival{a}); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if got := found(t, s, record.ArticleQuery{}); len(got) != 1 || got[0].ID != string(id(Story(writers-1))) {
		t.Errorf("%d stand, not the last alone", len(got))
	}
	sound(t, s)
}
