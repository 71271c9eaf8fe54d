package desk_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"parley/internal/desk"
	"parley/internal/record"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// harbour is an archive in which two papers print one report, and a third says nearly the same in its own words.
func harbour(t *testing.T) (*store.Store, *desk.Desk) {
	in := archive(t, 0)
	for i, publisher := range []string{"Kelm Courier", "Lake Post"} {
		s := told(publisher, 3+i, 9, "Ruiz said that troops left the harbour of Kelm. The weather was mild — and dry. Berg listened.")
		s.statement(s.actor("Ruiz"), "say", "troops left the harbour of Kelm", 0.9)
		s.promise(s.actor("Berg"), "listened", "", 0.9)
		keep(t, in, s)
	}
	s := told("Öst Bote", 5, 9, "Olsen said that all troops left the harbour. Nobody else spoke.")
	s.statement(s.actor("Olsen"), "say", "all troops left the harbour", 0.9)
	keep(t, in, s)
	other := told("Öst Bote", 6, 9, "Troops left the harbour, says a reader.")
	other.rec.Model = "older-model"
	keep(t, in, other)
	return in, desk.New(in).Understanding(storetest.Understand)
}

// TestNearBeside holds that a desk that shares its memory with another answers about its own archive only.
func TestNearBeside(t *testing.T) {
	_, d := harbour(t)
	empty := desk.New(archive(t, 0)).Understanding(storetest.Understand).Beside(d)
	q := desk.NearQuery{Text: "troops left the harbour"}
	for range 2 {
		if full, none := near(t, d, q).Compared, near(t, empty, q).Compared; full == 0 || none != 0 {
			t.Errorf("compared %d and %d", full, none)
		}
	}
}

func near(t *testing.T, d *desk.Desk, q desk.NearQuery) desk.Near {
	t.Helper()
	got, err := d.Near(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// outline says in short what was found: publisher: words (labels of entries) +copies.
func outline(n desk.Near) string {
	var out []string
	for _, art := range n.Articles {
		for _, s := range art.Sentences {
			line := art.Article.Publisher + ": " + s.Text
			for _, e := range s.Entries {
				line += " [" + e.Entry.Kind + " " + e.Chain[0] + "]"
			}
			for _, c := range s.Also {
				line += " +" + c.Publisher
			}
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}

func TestNear(t *testing.T) {
	in, d := harbour(t)
	const (
		copied = "Kelm Courier: Ruiz said that troops left the harbour of Kelm. [statement Ruiz] +Lake Post"
		first  = "Kelm Courier: Ruiz said that troops left the harbour of Kelm. [statement Ruiz]"
		own    = "Öst Bote: Olsen said that all troops left the harbour. [statement Olsen]"
	)
	// Of equals the article with the lower id comes first: that of Kelm Courier.
	day := func(n int) time.Time { return time.Date(2031, 5, n, 12, 0, 0, 0, time.UTC) }
	for name, c := range map[string]struct {
		q    desk.NearQuery
		want string
	}{
		"closest first":   {desk.NearQuery{Text: "troops left the harbour of Kelm"}, copied + "\n" + own},
		"limit":           {desk.NearQuery{Text: "troops left the harbour of Kelm", Limit: 1}, copied},
		"publisher":       {desk.NearQuery{Text: "troops left the harbour", Publishers: []string{"Öst Bote"}}, own},
		"from":            {desk.NearQuery{Text: "troops left the harbour", From: day(4)}, own},
		"to":              {desk.NearQuery{Text: "troops left the harbour of Kelm", To: day(3)}, first},
		"as of":           {desk.NearQuery{Text: "troops left the harbour of Kelm", AsOf: day(3)}, first},
		"something else":  {desk.NearQuery{Text: "grain prices"}, ""},
		"nothing":         {desk.NearQuery{Text: "  "}, ""},
		"not only ASCII":  {desk.NearQuery{Text: "mild and dry weather was"}, "Kelm Courier: The weather was mild — and dry. +Lake Post"},
		"more than words": {desk.NearQuery{Text: "Berg listened"}, "Kelm Courier: Berg listened. [commitment Berg] +Lake Post"},
	} {
		got := near(t, d, c.q)
		if outline(got) != c.want {
			t.Errorf("%s:\n%s\nnot\n%s", name, outline(got), c.want)
		}
		for _, art := range got.Articles {
			if art.Article.Text != "" || len(art.Sentences) == 0 {
				t.Errorf("%s: %+v", name, art.Article)
			}
		}
	}
	got := near(t, d, desk.NearQuery{Text: "troops left the harbour of Kelm"})
	if got.Compared != 8 || got.Others != 1 || got.Articles[0].Sentences[0].Closeness < got.Articles[1].Sentences[0].Closeness {
		t.Errorf("%+v", got)
	}
	if _, err := desk.New(in).Near(t.Context(), desk.NearQuery{Text: "troops"}); !errors.Is(err, desk.ErrUnderstand) {
		t.Error(err)
	}
	broken := errors.New("no such file")
	bad := desk.New(in).Understanding(func(context.Context, string) ([]int8, string, error) { return nil, "", broken })
	if _, err := bad.Near(t.Context(), desk.NearQuery{Text: "troops"}); !errors.Is(err, broken) {
		t.Error(err)
	}
}

// TestNearLike searches by the sentence of an entry, without any model at hand.
func TestNearLike(t *testing.T) {
	in, _ := harbour(t)
	d := desk.New(in)
	for _, e := range list(t, in, record.Query{Kinds: []string{"statement"}}) {
		if e.Publisher != "Öst Bote" {
			continue
		}
		got := near(t, d, desk.NearQuery{Like: e.ID})
		if got.Like == nil || got.Like.Text != "Olsen said that all troops left the harbour." || !strings.HasPrefix(outline(got), "Kelm Courier: Ruiz said") || len(got.Articles) != 1 {
			t.Errorf("%+v\n%s", got.Like, outline(got))
		}
	}
	if _, err := d.Near(t.Context(), desk.NearQuery{Like: "s-nothing00000"}); !errors.Is(err, record.ErrNotFound) {
		t.Error(err)
	}
	s := told("Lake Post", 9, 9, "Ruiz spoke")
	s.statement(s.actor("Ruiz"), "say", "Ruiz spoke", 0.9)
	a := s.arrival()
	if err := in.Put(t.Context(), []record.Arrival{a}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Near(t.Context(), desk.NearQuery{Like: a.Record.Statements[0].ID}); !errors.Is(err, desk.ErrMeaning) {
		t.Error(err)
	}
}

// TestNearFollows holds that what is taken out is not found any more, unless it is asked for, and what is erased never.
func TestNearFollows(t *testing.T) {
	in, d := harbour(t)
	asked := desk.NearQuery{Text: "Olsen said that all troops left the harbour", Publishers: []string{"Öst Bote"}}
	found := near(t, d, asked)
	id := record.ID(found.Articles[0].Article.ID)
	decide(t, in, "withdraw", id, "")
	if got := near(t, d, asked); len(got.Articles) != 0 {
		t.Errorf("withdrawn, but found: %s", outline(got))
	}
	asked.All = true
	if got := near(t, d, asked); len(got.Articles) != 1 || len(got.Articles[0].Sentences[0].Entries) != 1 {
		t.Errorf("all: %s", outline(got))
	}
	decide(t, in, "erase", id, "")
	if got := near(t, d, asked); len(got.Articles) != 0 {
		t.Errorf("erased, but found: %s", outline(got))
	}
}
