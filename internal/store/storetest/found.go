package storetest

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"parley/internal/record"
	"parley/internal/store"
)

// Findings are what reconcile might find between two stories: the ministers are one person, the forces are two, the
// statements say the same, a commitment lapsed, and a passage is a copy.
func Findings(a, b record.Arrival) record.Found {
	ruiz, force := a.Record.Actors[0].ID, b.Record.Actors[1].ID
	return record.Found{
		Articles: []record.ID{id(a), id(b)},
		Identities: []record.Identity{
			{ID: "i-ruiz", Name: "Ana Ruiz", Kind: "person", Country: "OST", Sector: "GOV", SameAs: []string{}, Aliases: []string{"Minister Ruiz", "Рюис"}},
			{ID: "i-north", Name: "northern command", Kind: "armed_force", SameAs: []string{"wikidata:Q1"}, Aliases: []string{}},
		},
		Memberships: []record.Membership{{Actor: ruiz, Identity: "i-ruiz", Reason: "same name", Score: 0.9}, {Actor: b.Record.Actors[0].ID, Identity: "i-ruiz", Reason: "same name", Score: 0.8},
			{Actor: force, Identity: "i-north", Reason: "only one", Score: 1}},
		Links: []record.Link{
			{ID: record.NewID("l", string(id(a)), "same"), Kind: record.SameClaim, A: a.Record.Statements[0].ID, B: b.Record.Statements[0].ID, Reason: "the same words", Confidence: 0.7, Known: b.Article.Known},
			{ID: record.NewID("l", string(id(a)), "lapsed"), Kind: record.Evidence, Type: "lapsed", A: a.Record.Commitments[0].ID, Reason: "the day is over", Confidence: 0.4, Known: a.Article.Known},
		},
		Passages: []record.Passage{{Article: id(a), Span: record.Span{0, 10}, Origin: "o-nna", Label: "NNA", Basis: "credit", Reason: "(NNA)"},
			{Article: id(b), Span: record.Span{0, 12}, Origin: "o-nna", Label: "NNA", Basis: "copy", With: id(a), Share: 0.9, Reason: "9 of 10 shingles"}},
	}
}

func reconcile(t *testing.T, s Archive) {
	a, b := Story(1), Story(2)
	put(t, s, a, b, Story(3))
	want := Findings(a, b)
	for range 2 { // twice is the same as once
		if err := s.Reconcile(t.Context(), want); err != nil {
			t.Fatal(err)
		}
	}
	if report := sound(t, s); report.Links != 2 || report.Identities != 2 || report.Memberships != 3 || report.Passages != 2 {
		t.Errorf("%+v", report)
	}
	got, err := s.Passages(t.Context(), id(b))
	if diff := cmp.Diff(want.Passages[1:], got); diff != "" || err != nil {
		t.Error(diff, err)
	}
	judge(t, s, "reject", want.Links[0].ID, "", "")
	judge(t, s, "merge", "i-ruiz", "i-north", "")
	nothing := record.Found{Articles: want.Articles}
	if err := s.Reconcile(t.Context(), nothing); err != nil {
		t.Fatal(err)
	}
	if report := sound(t, s); report.Links != 1 || report.Identities != 2 || report.Memberships != 0 || report.Passages != 0 {
		t.Errorf("what was judged should stay, the rest go: %+v", report)
	}
	if l, err := s.Link(t.Context(), want.Links[0].ID); err != nil || l.Verdict != "reject" {
		t.Errorf("%+v, %v", l, err)
	}
	bad := Findings(a, b)
	bad.Links[1].B = "s-nothing"
	wants(t, "a link to nothing", s.Reconcile(t.Context(), bad), record.ErrNotFound)
	bad = Findings(a, b)
	bad.Memberships[0].Identity = "i-nobody"
	wants(t, "a member of nothing", s.Reconcile(t.Context(), bad), record.ErrNotFound)
}

func links(t *testing.T, s Archive) {
	a, b := Story(1), Story(2)
	put(t, s, a, b)
	want := Findings(a, b)
	if err := s.Reconcile(t.Context(), want); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		q    record.LinkQuery
		want []record.Link
	}{
		{"all, newest first", record.LinkQuery{}, want.Links}, {"kind", record.LinkQuery{Kinds: []string{record.Evidence}}, want.Links[1:]},
		{"type", record.LinkQuery{Types: []string{"lapsed", "kept"}}, want.Links[1:]}, {"entry", record.LinkQuery{Entry: b.Record.Statements[0].ID}, want.Links[:1]},
		{"entries", record.LinkQuery{Entries: []record.ID{b.Record.Statements[0].ID, a.Record.Commitments[0].ID}}, want.Links}, {"other entries", record.LinkQuery{Entries: []record.ID{"s-nothing"}}, nil},
		{"article", record.LinkQuery{Article: id(a)}, want.Links}, {"other article", record.LinkQuery{Article: id(b)}, want.Links[:1]},
		{"confidence", record.LinkQuery{MinConfidence: 0.5}, want.Links[:1]}, {"from", record.LinkQuery{From: b.Article.Known}, want.Links[:1]},
		{"to", record.LinkQuery{To: a.Article.Known}, want.Links[1:]}, {"as of", record.LinkQuery{AsOf: a.Article.Known}, want.Links[1:]},
		{"not judged", record.LinkQuery{Verdict: "none"}, want.Links}, {"confirmed", record.LinkQuery{Verdict: "confirm"}, nil},
	} {
		got, next, err := s.Links(t.Context(), c.q)
		if diff := cmp.Diff(c.want, got, cmpopts.EquateEmpty()); diff != "" || err != nil || next != "" {
			t.Errorf("%s: %v %q\n%s", c.name, err, next, diff)
		}
	}
	one, next, err := s.Links(t.Context(), record.LinkQuery{Limit: 1})
	two, end, err2 := s.Links(t.Context(), record.LinkQuery{Limit: 1, Cursor: next})
	if err != nil || err2 != nil || end != "" || !cmp.Equal(append(one, two...), want.Links) {
		t.Errorf("pages: %v %v, %v %v %q", one, two, err, err2, end)
	}
	judge(t, s, "withdraw", id(b), "", "")
	if got, _, err := s.Links(t.Context(), record.LinkQuery{}); err != nil || !cmp.Equal(got, want.Links[1:]) {
		t.Errorf("with one article withdrawn: %v, %v", got, err)
	}
}

func identities(t *testing.T, s Archive) {
	a, b := Story(1), Story(2)
	put(t, s, a, b)
	if err := s.Reconcile(t.Context(), Findings(a, b)); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]int{"": 2, "ruiz": 1, "minister ruiz": 1, "рюис": 1, "ruiz command": 0, "NORTHERN": 1, `"`: 0} {
		if got, err := s.Identities(t.Context(), name, 0); err != nil || len(got) != want {
			t.Errorf("%q: %v, %v", name, got, err)
		}
	}
	all, err := s.Identities(t.Context(), "", 1)
	if err != nil || len(all) != 1 || all[0].ID != "i-ruiz" || all[0].Members != 2 {
		t.Errorf("%v, %v", all, err)
	}
	members, err := s.Memberships(t.Context(), "i-ruiz")
	if err != nil || len(members) != 2 || members[0].Actor != b.Record.Actors[0].ID || members[0].Score != 0.8 {
		t.Errorf("%v, %v", members, err)
	}
	of, err := s.IdentityOf(t.Context(), []record.ID{a.Record.Actors[0].ID, a.Record.Actors[1].ID})
	if err != nil || !cmp.Equal(of, map[record.ID]record.ID{a.Record.Actors[0].ID: "i-ruiz"}) {
		t.Errorf("%v, %v", of, err)
	}
	roles, err := s.Roles(t.Context(), "i-ruiz")
	if want := map[string]int{"source": 2, "by": 2, "participant": 4, "asserted_by": 6}; err != nil || !cmp.Equal(roles, want) {
		t.Errorf("roles %v, not %v: %v", roles, want, err)
	}
	if n := len(list(t, s, record.Query{Actors: []record.ID{"i-ruiz"}, Role: "source"})); n != 2 {
		t.Errorf("%d statements of one identity", n)
	}
}

// tally counts stories of two articles whose ministers are one person.
func tally(t *testing.T, s Archive) {
	a, b := Story(1), Story(2)
	put(t, s, a, b)
	if err := s.Reconcile(t.Context(), Findings(a, b)); err != nil {
		t.Fatal(err)
	}
	day := Begin().Format("2006-01-02")
	ruiz := []record.Counted{{ID: "i-ruiz", Name: "Ana Ruiz", Count: 2}}
	acts := map[string]int{}
	for _, one := range []record.Arrival{a, b} {
		acts[one.Record.Statements[0].Act]++
	}
	for _, c := range []struct {
		name string
		q    record.Query
		want record.Tally
	}{
		{"statements", record.Query{Kinds: []string{"statement"}}, record.Tally{Of: 2, Complete: true, Kinds: map[string]int{"statement": 2}, Labels: acts,
			Publishers: map[string]int{"Paper 1": 1, "Paper 2": 1}, Origins: map[string]int{"NNA": 1}, Days: map[string]int{day: 2},
			Actors: map[string][]record.Counted{"source": ruiz, "via": {{ID: "i-north", Name: "northern command", Count: 1}}}}},
		{"the newest", record.Query{Kinds: []string{"contact", "figure"}, Limit: 1}, record.Tally{Of: 1, Kinds: map[string]int{"contact": 1}, Labels: map[string]int{"call": 1},
			Publishers: map[string]int{"Paper 2": 1}, Days: map[string]int{day: 1}, Actors: map[string][]record.Counted{"participant": {{ID: "i-ruiz", Name: "Ana Ruiz", Count: 1}}}}},
		{"words", record.Query{Kinds: []string{"contact"}, Text: "phone", Actors: []record.ID{"i-ruiz"}}, record.Tally{Of: 2, Complete: true, Kinds: map[string]int{"contact": 2},
			Labels: map[string]int{"call": 2}, Publishers: map[string]int{"Paper 1": 1, "Paper 2": 1}, Days: map[string]int{day: 2}, Actors: map[string][]record.Counted{"participant": ruiz}}},
		{"nothing", record.Query{Actors: []record.ID{"i-nobody"}}, record.Tally{Complete: true}},
	} {
		got, err := s.Tally(t.Context(), c.q)
		if diff := cmp.Diff(c.want, got, cmpopts.EquateEmpty()); diff != "" || err != nil {
			t.Errorf("%s: %v\n%s", c.name, err, diff)
		}
	}
	wants(t, "no such kind", failed(s.Tally(t.Context(), record.Query{Kinds: []string{"rumour"}})), store.ErrInvalid)
}
