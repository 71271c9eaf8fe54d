package storetest

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/internal/record"
)

// arrived: what came in later is new, though it was published before; what a reading or a comparison finds later is new too.
func arrived(t *testing.T, s Archive) {
	news, old := Story(5), Story(1)
	old.Article.Published, old.Article.Title, old.Article.Location = "", "", "/copy/of wires/old.html"
	put(t, s, news)
	put(t, s, old)
	first, second := cameIn(t, s, news), cameIn(t, s, old)
	if !second.After(first) {
		t.Fatalf("the second came in at %v, the first at %v", second, first)
	}
	want := record.Arrivals{Articles: 1, Undated: 1, Last: second}
	if got, err := s.Arrivals(t.Context(), second); err != nil || !cmp.Equal(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
	want = record.Arrivals{Articles: 2, Undated: 1, Older: 1, From: news.Article.Known, To: news.Article.Known, Last: second}
	if got, err := s.Arrivals(t.Context(), first); err != nil || !cmp.Equal(got, want) {
		t.Errorf("both: %+v, %v", got, err)
	}
	want = record.Arrivals{Last: second}
	if got, err := s.Arrivals(t.Context(), second.Add(time.Microsecond)); err != nil || !cmp.Equal(got, want) {
		t.Errorf("after the end: %+v, %v", got, err)
	}
	if got := found(t, s, record.ArticleQuery{Since: second}); len(got) != 1 || got[0].ID != old.Article.ID || !got[0].Arrived.Equal(second) {
		t.Errorf("articles: %+v", got)
	}
	for _, q := range []record.Query{{}, {Kinds: []string{"statement", "figure"}}, {Text: "Lind"}, {Labels: []string{"call"}}, {MinConfidence: 0.1}} {
		all := list(t, s, q)
		for since, of := range map[time.Time]record.ID{second: id(old), first: ""} {
			q.Since = since
			want := slices.DeleteFunc(slices.Clone(all), func(e record.Entry) bool { return of != "" && e.Article != of })
			if diff := cmp.Diff(want, list(t, s, q)); diff != "" {
				t.Errorf("%+v:\n%s", q, diff)
			}
		}
	}
	for _, e := range list(t, s, record.Query{Article: id(old)}) {
		if !e.Undated || e.Title != "old.html" {
			t.Errorf("%+v", e)
		}
	}
	arrivedLater(t, s, news, old, second)
	sound(t, s)
}

// arrivedLater reads the newer story again and compares both.
func arrivedLater(t *testing.T, s Archive, news, old record.Arrival, second time.Time) {
	rec, err := s.Record(t.Context(), id(news))
	if err != nil {
		t.Fatal(err)
	}
	was := rec.Figures
	rec.Figures = nil
	for _, figures := range [][]record.Figure{nil, was} { // gone, and found again: not new
		rec.Figures = append([]record.Figure{}, figures...)
		if err := s.Reread(t.Context(), id(news), rec, nil); err != nil {
			t.Fatal(err)
		}
	}
	rec.Places = append(rec.Places, record.Place{ID: "p-newfoundplace", Name: "Ruiz", Kind: "city", SameAs: []string{}, Mentions: []record.Span{{0, 4}}})
	if err := s.Reread(t.Context(), id(news), rec, nil); err != nil {
		t.Fatal(err)
	}
	got := list(t, s, record.Query{Since: second.Add(time.Microsecond)})
	if len(got) != 1 || got[0].ID != "p-newfoundplace" {
		t.Errorf("what a later reading found: %+v", got)
	}
	link := Findings(old, news)
	if err := s.Reconcile(t.Context(), link); err != nil {
		t.Fatal(err)
	}
	since := record.LinkQuery{Since: time.Now().Add(-time.Hour)}
	if links, _, err := s.Links(t.Context(), since); err != nil || len(links) != len(link.Links) {
		t.Errorf("links: %+v, %v", links, err)
	}
	late := time.Now()
	last, err := s.Arrivals(t.Context(), late)
	if err != nil || last.Articles != 0 || !last.Last.After(second) || last.Last.After(late) {
		t.Errorf("the links came in last: %+v, %v", last, err)
	}
	if links, _, err := s.Links(t.Context(), record.LinkQuery{Since: last.Last.Add(time.Microsecond)}); err != nil || len(links) != 0 {
		t.Errorf("links after the last: %+v, %v", links, err)
	}
	for _, again := range []record.Found{{Articles: link.Articles}, link} { // gone, and found again: not new
		if err := s.Reconcile(t.Context(), again); err != nil {
			t.Fatal(err)
		}
	}
	if links, _, err := s.Links(t.Context(), record.LinkQuery{Since: late}); err != nil || len(links) != 0 {
		t.Errorf("links found again: %+v, %v", links, err)
	}
}

// cameIn is when the log says that an article was taken in.
func cameIn(t *testing.T, s Archive, a record.Arrival) time.Time {
	return logOf(t, s, record.JudgementQuery{Subject: id(a), Verbs: []string{"ingest"}})[0].At
}
