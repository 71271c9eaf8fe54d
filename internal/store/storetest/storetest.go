// Package storetest holds every database behind the archive to one behaviour: a conformance suite, and stories to fill
// archives with. It is for tests only.
package storetest

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/internal/record"
	"parley/internal/store"
)

// Run holds a database to what the archive promises. Open makes a new, empty archive, and closes it when the test ends.
func Run(t *testing.T, open func(t *testing.T) *store.Store) {
	for name, test := range map[string]func(*testing.T, *store.Store){
		"put and get": putAndGet,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

// Put keeps stories and fails the test if that fails.
func put(t *testing.T, s *store.Store, arrivals ...record.Arrival) {
	t.Helper()
	if err := s.Put(t.Context(), arrivals); err != nil {
		t.Fatal(err)
	}
}

func list(t *testing.T, s *store.Store, q record.Query) []record.Entry {
	t.Helper()
	page, err := s.Entries(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return page.Entries
}

func putAndGet(t *testing.T, s *store.Store) {
	want := Story(1)
	put(t, s, want, Story(2), want)
	put(t, s, want)
	id := record.ID(want.Article.ID)
	there, err := s.Has(t.Context(), []record.ID{id, "d-nothing"})
	if err != nil || !cmp.Equal(there, map[record.ID]bool{id: true}) {
		t.Fatalf("Has: %v, %v", there, err)
	}
	got, err := s.Article(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	kept := want.Article
	kept.TextHash, kept.RawHash, kept.Reading = record.TextHash(kept.Text), record.TextHash(want.Raw), 1
	if diff := cmp.Diff(kept, got); diff != "" {
		t.Errorf("article:\n%s", diff)
	}
	rec, err := s.Record(t.Context(), id)
	if diff := cmp.Diff(want.Record, rec); diff != "" || err != nil {
		t.Errorf("record: %v\n%s", err, diff)
	}
	raw, err := s.Raw(t.Context(), id)
	if string(raw) != string(want.Raw) || err != nil {
		t.Errorf("raw: %q, %v", raw, err)
	}
	if n := len(list(t, s, record.Query{})); n != 2*Entries {
		t.Errorf("%d entries, not %d", n, 2*Entries)
	}
	for _, err := range []error{second(s.Article(t.Context(), "d-nothing")), second(s.Record(t.Context(), "d-nothing")), second(s.Raw(t.Context(), "d-nothing")), second(s.Entry(t.Context(), "s-nothing"))} {
		if !errors.Is(err, record.ErrNotFound) {
			t.Errorf("what is not there gives %v", err)
		}
	}
}

func second[T any](_ T, err error) error { return err }

func judge(t *testing.T, s *store.Store, j record.Judgement) record.Judgement {
	t.Helper()
	if j.Who == "" {
		j.Who = "ann"
	}
	if j.Why == "" {
		j.Why = "seen the footage"
	}
	got, err := s.Judge(context.WithoutCancel(t.Context()), j)
	if err != nil {
		t.Fatal(err)
	}
	return got
}
