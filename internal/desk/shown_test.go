package desk_test

import (
	"context"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/internal/desk"
	"parley/internal/record"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// counted is an archive that counts what it is asked.
type counted struct {
	record.Reader
	asked int
}

func (c *counted) Entries(ctx context.Context, q record.Query) (record.Page, error) {
	c.asked++
	return c.Reader.Entries(ctx, q)
}

func (c *counted) IdentityOf(ctx context.Context, actors []record.ID) (map[record.ID]record.ID, error) {
	c.asked++
	return c.Reader.IdentityOf(ctx, actors)
}

// archive holds the first n stories.
func archive(t *testing.T, n int) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "test.parley"), store.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	var all []record.Arrival
	for i := range n {
		all = append(all, storetest.Story(i))
	}
	if err := s.Put(t.Context(), all); err != nil {
		t.Fatal(err)
	}
	return s
}

func list(t *testing.T, in record.Reader, q record.Query) []record.Entry {
	t.Helper()
	page, err := in.Entries(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return page.Entries
}

func TestShown(t *testing.T) {
	s := archive(t, 40)
	ruiz := storetest.Story(3).Record.Actors[0].ID
	who := record.Identity{ID: record.NewID("i", "ruiz"), Name: "Ana Ruiz", Kind: "person", SameAs: []string{}, Aliases: []string{}}
	err := s.Reconcile(t.Context(), record.Found{Articles: []record.ID{record.ID(storetest.Story(3).Article.ID)}, Identities: []record.Identity{who},
		Memberships: []record.Membership{{Actor: ruiz, Identity: who.ID, Reason: "name", Score: 1}}})
	if err != nil {
		t.Fatal(err)
	}
	in := &counted{Reader: s}
	entries := list(t, s, record.Query{Limit: 400})
	shown, err := desk.New(in).Shown(t.Context(), entries)
	if err != nil {
		t.Fatal(err)
	}
	if in.asked > 8 {
		t.Errorf("%d questions for a page", in.asked)
	}
	chains := map[string][]string{
		"statement": {"Ana Ruiz", "northern command", "Paper 3"}, "event": {"northern command", "Ana Ruiz", "northern command", "Paper 3"},
		"commitment": {"Ana Ruiz", "northern command", "Paper 3"}, "contact": {"Ana Ruiz", "Paper 3"}, "figure": {"Ana Ruiz", "Paper 3"},
		"contradiction": {"Paper 3"}, "agreement": {"Ana Ruiz", "Paper 3"}, "actor": {"Paper 3"}, "place": {"Paper 3"},
	}
	for i, one := range shown {
		if one.Entry.ID != entries[i].ID {
			t.Fatalf("%s stands where %s was", one.Entry.ID, entries[i].ID)
		}
		if string(one.Entry.Article) != storetest.Story(3).Article.ID {
			continue
		}
		if diff := cmp.Diff(chains[one.Entry.Kind], one.Chain); diff != "" {
			t.Errorf("chain of a %s:\n%s", one.Entry.Kind, diff)
		}
		switch one.Entry.Kind {
		case "statement":
			if one.Names[ruiz] != "Ana Ruiz" || one.Who[ruiz] != who.ID {
				t.Errorf("%v, %v", one.Names, one.Who)
			}
		case "contradiction":
			if len(one.Sides) != 2 || one.Sides[0].Entry.Kind != "statement" || one.Sides[1].Entry.Kind != "event" || one.Sides[0].Names[ruiz] == "" {
				t.Errorf("sides: %+v", one.Sides)
			}
		}
	}
}

func TestLinked(t *testing.T) {
	s := archive(t, 3)
	a, b := storetest.Story(1).Record, storetest.Story(2).Record
	links := []record.Link{
		{ID: "l-1", Kind: record.Conflict, Type: "number", A: a.Figures[0].ID, B: b.Figures[0].ID},
		{ID: "l-2", Kind: record.Evidence, Type: "lapsed", A: a.Commitments[0].ID},
	}
	got, err := desk.New(s).Linked(t.Context(), links)
	if err != nil || len(got) != 2 {
		t.Fatal(got, err)
	}
	if got[0].Link.ID != "l-1" || got[0].A.Entry.ID != links[0].A || got[0].B.Entry.ID != links[0].B || got[1].B != nil || got[1].A.Entry.Kind != "commitment" {
		t.Errorf("%+v", got)
	}
	if want := []string{"Ana Ruiz", "Paper 1"}; !slices.Equal(got[0].A.Chain, want) {
		t.Errorf("chain %v, not %v", got[0].A.Chain, want)
	}
}

func TestErasedSide(t *testing.T) {
	s := archive(t, 2)
	one := storetest.Story(1)
	j := record.Judgement{Who: "ann", Why: "court order", Verb: "erase", Subject: record.ID(one.Article.ID)}
	if _, err := s.Judge(t.Context(), j); err != nil {
		t.Fatal(err)
	}
	link := record.Link{ID: "l-1", Kind: record.SameClaim, A: storetest.Story(0).Record.Statements[0].ID, B: one.Record.Statements[0].ID}
	got, err := desk.New(s).Linked(t.Context(), []record.Link{link})
	if err != nil || len(got) != 1 || got[0].A == nil || got[0].B != nil {
		t.Errorf("%+v, %v", got, err)
	}
}
