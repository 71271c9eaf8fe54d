package storetest

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/internal/record"
	"parley/internal/store"
)

func putAndGet(t *testing.T, s Archive) {
	want := Story(1)
	put(t, s, want, Story(2), want)
	put(t, s, want)
	there, err := s.Has(t.Context(), []record.ID{id(want), "d-nothing"})
	if err != nil || !cmp.Equal(there, map[record.ID]bool{id(want): true}) {
		t.Fatalf("Has: %v, %v", there, err)
	}
	got, err := s.Article(t.Context(), id(want))
	if err != nil {
		t.Fatal(err)
	}
	kept := want.Article
	kept.TextHash, kept.RawHash, kept.Reading = record.TextHash(kept.Text), record.TextHash(want.Raw), 1
	kept.Arrived = cameIn(t, s, want)
	if diff := cmp.Diff(kept, got); diff != "" {
		t.Errorf("article:\n%s", diff)
	}
	rec, err := s.Record(t.Context(), id(want))
	if diff := cmp.Diff(want.Record, rec); diff != "" || err != nil {
		t.Errorf("record: %v\n%s", err, diff)
	}
	raw, err := s.Raw(t.Context(), id(want))
	if string(raw) != string(want.Raw) || err != nil {
		t.Errorf("raw: %q, %v", raw, err)
	}
	if n := len(list(t, s, record.Query{})); n != 2*Entries {
		t.Errorf("%d entries, not %d", n, 2*Entries)
	}
	if log := logOf(t, s, record.JudgementQuery{}); len(log) != 2 || log[0].Verb != "ingest" || log[0].Who != "parley" || log[0].Subject != id(want) {
		t.Errorf("log: %v", log)
	}
	for _, err := range []error{failed(s.Article(t.Context(), "d-nothing")), failed(s.Record(t.Context(), "d-nothing")), failed(s.Raw(t.Context(), "d-nothing")),
		failed(s.Entry(t.Context(), "s-nothing")), failed(s.Link(t.Context(), "l-nothing")), failed(s.Identity(t.Context(), "i-nothing"))} {
		wants(t, "what is not there", err, record.ErrNotFound)
	}
	sound(t, s)
}

func putIsAllOrNothing(t *testing.T, s Archive) {
	put(t, s, Story(0))
	before := sound(t, s)
	bad := Story(3)
	bad.Supersedes = []record.ID{"d-nothing"}
	wants(t, "a batch with one bad article", s.Put(t.Context(), []record.Arrival{Story(1), Story(2), bad}), record.ErrNotFound)
	if after := sound(t, s); after != before {
		t.Errorf("something stayed of a batch that failed: %+v, was %+v", after, before)
	}
	put(t, s, Story(1))
}

func putRefuses(t *testing.T, s Archive) {
	for name, spoil := range map[string]func(*record.Arrival){
		"no record":     func(a *record.Arrival) { a.Record = nil },
		"no id":         func(a *record.Arrival) { a.Article.ID = "" },
		"other text":    func(a *record.Arrival) { a.Article.Text += "." },
		"wrong span":    func(a *record.Arrival) { a.Record.Statements[0].Span[0]++ },
		"ids not its":   func(a *record.Arrival) { a.Record.Agreements[0].ID = "g1" },
		"lost actor":    func(a *record.Arrival) { a.Record.Statements[0].Source = []record.ID{"a-000000000000"} },
		"null list":     func(a *record.Arrival) { a.Record.Notices = nil },
		"unknown state": func(a *record.Arrival) { a.Record.Commitments[0].State = "perhaps" },
	} {
		a := Story(1)
		spoil(&a)
		wants(t, name, s.Put(t.Context(), []record.Arrival{a}), store.ErrInvalid)
	}
	if n := sound(t, s).Articles; n != 0 {
		t.Errorf("%d articles were kept", n)
	}
}

// manyEntries is an article with more entries than one block of numbers holds.
func manyEntries(t *testing.T, s Archive) {
	const paragraphs = 1100
	put(t, s, Told(1, "Ruiz said there was more.", paragraphs), Story(2))
	seen, cursor := 0, ""
	for {
		page, err := s.Entries(t.Context(), record.Query{Cursor: cursor, Limit: 1000, Article: id(Told(1, "Ruiz said there was more.", paragraphs))})
		if err != nil {
			t.Fatal(err)
		}
		seen += len(page.Entries)
		if cursor = page.Next; cursor == "" {
			break
		}
	}
	if want := 4*paragraphs + Entries - 4; seen != want {
		t.Errorf("%d entries, not %d", seen, want)
	}
	sound(t, s)
}

func articles(t *testing.T, s Archive) {
	all := stories(500)
	put(t, s, all...)
	got := found(t, s, record.ArticleQuery{Oldest: true})
	if len(got) != len(all) {
		t.Fatalf("%d articles, not %d", len(got), len(all))
	}
	for i := range got {
		if got[i].ID != all[i].Article.ID {
			t.Fatalf("article %d is %s, not %s", i, got[i].ID, all[i].Article.ID)
		}
	}
	newest := found(t, s, record.ArticleQuery{Limit: 3})
	if len(newest) != 3 || newest[0].ID != all[499].Article.ID {
		t.Errorf("newest: %v", newest)
	}
	next := found(t, s, record.ArticleQuery{Limit: 2, After: newest[2].ID})
	if len(next) != 2 || next[0].ID != all[496].Article.ID {
		t.Errorf("next page: %v", next)
	}
	at := Begin().Add(100 * time.Hour)
	for _, c := range []struct {
		name string
		q    record.ArticleQuery
		want int
	}{
		{"publisher", record.ArticleQuery{Publisher: "Paper 3"}, 71}, {"url", record.ArticleQuery{URL: "https://news.example/7"}, 1},
		{"guid", record.ArticleQuery{GUID: "guid-7"}, 1}, {"text hash", record.ArticleQuery{TextHash: record.TextHash(all[7].Article.Text)}, 1},
		{"title", record.ArticleQuery{Text: "ostmark \"day 7\""}, 1}, {"text", record.ArticleQuery{Text: "novak"}, 125}, {"nothing", record.ArticleQuery{Text: "zebra"}, 0},
		{"from", record.ArticleQuery{From: at}, 400}, {"to", record.ArticleQuery{To: at}, 101}, {"as of", record.ArticleQuery{AsOf: at}, 101},
		{"state", record.ArticleQuery{States: []string{record.Withdrawn}}, 0}, {"limit", record.ArticleQuery{Limit: 300}, 300},
	} {
		if got := len(found(t, s, c.q)); got != c.want {
			t.Errorf("%s: %d articles, not %d", c.name, got, c.want)
		}
	}
	wants(t, "an article that is not there", failed(first(s.Articles(t.Context(), record.ArticleQuery{After: "d-nothing"}))), record.ErrNotFound)
}

func first(seq func(func(record.Article, error) bool)) (art record.Article, err error) {
	for art, err = range seq {
		break
	}
	return art, err
}

func supersede(t *testing.T, s Archive) {
	old, later := Story(1), Story(5)
	later.Supersedes = []record.ID{id(old)}
	put(t, s, later, old) // whatever their order
	got, err := s.Article(t.Context(), id(old))
	if err != nil || got.State != record.Superseded || got.SupersededBy != id(later) || got.StateAt == nil {
		t.Errorf("%+v, %v", got, err)
	}
	if n := len(list(t, s, record.Query{})); n != Entries {
		t.Errorf("%d entries show, not %d", n, Entries)
	}
	if n := len(list(t, s, record.Query{Superseded: true})); n != 2*Entries {
		t.Errorf("%d entries when asked for all, not %d", n, 2*Entries)
	}
	if log := logOf(t, s, record.JudgementQuery{Verbs: []string{"supersede"}}); len(log) != 1 || log[0].Subject != id(old) || log[0].Object != id(later) {
		t.Errorf("log: %v", log)
	}
	sound(t, s)
}

// arrivesWithState is an older version that comes after the later one, and an article that was killed before it came.
func arrivesWithState(t *testing.T, s Archive) {
	old, later, killed := Story(1), Story(5), Story(9)
	old.Article.State, old.Article.SupersededBy = record.Superseded, id(later)
	killed.Article.State, killed.Article.StateReason = record.Withdrawn, "killed by its publisher"
	put(t, s, old, later, killed)
	states := map[record.ID]string{}
	for _, art := range found(t, s, record.ArticleQuery{States: []string{record.Current, record.Superseded, record.Withdrawn}}) {
		states[record.ID(art.ID)] = art.State + " " + art.StateReason
	}
	want := map[record.ID]string{id(old): "superseded a later version was there already", id(later): "current ", id(killed): "withdrawn killed by its publisher"}
	if diff := cmp.Diff(want, states); diff != "" {
		t.Error(diff)
	}
	sound(t, s)
}

func reread(t *testing.T, s Archive) {
	a := Story(1)
	put(t, s, a, Story(2))
	kept, lost := a.Record.Statements[0].ID, a.Record.Figures[0].ID
	judge(t, s, "confirm", kept, "", "")
	judge(t, s, "reject", lost, "", "")
	again := Story(1).Record
	again.Model, again.Statements[0].Act, again.Figures, again.Statements[0].Addressee = "model-2", "warn", []record.Figure{}, []record.ID{again.Actors[1].ID}
	fresh := again.Commitments[0]
	fresh.ID, fresh.Span, fresh.Text = record.NewID("c", "another"), again.Contacts[0].Span, again.Contacts[0].Text
	again.Commitments = append(again.Commitments, fresh)
	for range 2 { // the second changes nothing
		if err := s.Reread(t.Context(), id(a), again, nil); err != nil {
			t.Fatal(err)
		}
	}
	e, err := s.Entry(t.Context(), kept)
	if err != nil || e.Label != "warn" || e.Verdict != "confirm" || e.Retired != 0 {
		t.Errorf("kept: %+v, %v", e, err)
	}
	e, err = s.Entry(t.Context(), lost)
	if err != nil || e.Verdict != "reject" || e.Retired != 2 {
		t.Errorf("lost: %+v, %v", e, err)
	}
	if _, err := s.Entry(t.Context(), fresh.ID); err != nil {
		t.Errorf("fresh: %v", err)
	}
	if n := len(list(t, s, record.Query{Article: id(a)})); n != Entries {
		t.Errorf("%d entries show, not %d", n, Entries)
	}
	if n := len(list(t, s, record.Query{Article: id(a), Retired: true})); n != Entries+1 {
		t.Errorf("%d entries with retired ones, not %d", n, Entries+1)
	}
	if n := len(list(t, s, record.Query{Actors: []record.ID{again.Actors[1].ID}, Role: "addressee"})); n != 1 {
		t.Errorf("the new addressee is in %d entries", n)
	}
	rec, err := s.Record(t.Context(), id(a))
	if diff := cmp.Diff(again, rec); diff != "" || err != nil {
		t.Errorf("record: %v\n%s", err, diff)
	}
	sound(t, s)
	if err := s.Reread(t.Context(), id(a), Story(1).Record, nil); err != nil {
		t.Fatal(err)
	}
	if e, err = s.Entry(t.Context(), lost); err != nil || e.Retired != 0 {
		t.Errorf("found again: %+v, %v", e, err)
	}
	sound(t, s)
	wants(t, "no such article", s.Reread(t.Context(), "d-nothing", again, nil), record.ErrNotFound)
	wants(t, "of another text", s.Reread(t.Context(), id(a), Story(2).Record, nil), store.ErrInvalid)
}
