package ceasefire

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"parley/internal/record"
)

// article builds a record by hand. Words are found in the text, so that spans cannot go stale.
type article struct {
	t   *testing.T
	rec *record.Record
}

func newArticle(t *testing.T, text string) *article {
	return &article{t, &record.Record{Document: record.Document{ID: "d-1", URL: "https://courier.example/1", Publisher: "Line Courier", Published: "2031-03-10", Text: text}}}
}

func (a *article) span(words string) record.Span {
	a.t.Helper()
	before, _, found := strings.Cut(a.rec.Document.Text, words)
	if !found {
		a.t.Fatalf("%q is not in the text", words)
	}
	n := len([]rune(before))
	return record.Span{n, n + len([]rune(words))}
}

func (a *article) actor(id record.ID, name, kind string, mentions ...string) {
	actor := record.Actor{ID: id, Name: name, Kind: kind, Aliases: mentions}
	for _, m := range mentions {
		actor.Mentions = append(actor.Mentions, a.span(m))
	}
	a.rec.Actors = append(a.rec.Actors, actor)
}

func (a *article) figure(id record.ID, words, of string, value float64, by, where []record.ID, when *record.Time) {
	a.rec.Figures = append(a.rec.Figures, record.Figure{ID: id, Value: value, Bound: "exactly", Of: of, Text: words, Span: a.span(words), AssertedBy: by, Where: where, When: when})
}

func patrol(t *testing.T) *article {
	a := newArticle(t, "The Joint Mission heard 14 undetermined explosions near Karst. In the previous reporting period it recorded 3 ceasefire violations there. "+
		"Ostran guns shelled the village of Dorn on Saturday, the Velian army said. The Front denied that it had fired. There were 9 clashes in all. The army bought 40 trucks.")
	a.actor("a1", "Joint Mission", "international_organization", "Joint Mission", "it recorded"[:2])
	a.actor("a2", "Armed Forces of Velia", "armed_force", "Velian army")
	a.actor("a3", "Ostran Front", "armed_group", "Ostran guns", "The Front")
	a.rec.Actors[0].Mentions[1] = a.span("it recorded")
	a.rec.Actors[0].Mentions[1][1] -= len(" recorded")
	lat, lon := 47.5, 38.1
	a.rec.Places = []record.Place{{ID: "p1", Name: "Karst", Kind: "city", Lat: &lat, Lon: &lon}, {ID: "p2", Name: "Dorn", Kind: "city"}}
	saturday := "2031-03-08"
	when := &record.Time{Text: "Saturday", Start: &saturday, End: &saturday}
	a.figure("f1", "14", "undetermined explosions", 14, nil, []record.ID{"p1"}, nil)
	a.figure("f2", "3", "ceasefire violations", 3, nil, []record.ID{"p1"}, nil)
	a.figure("f3", "9", "clashes", 9, nil, nil, nil)
	a.figure("f4", "40", "trucks", 40, nil, nil, nil)
	a.rec.Statements = []record.Statement{
		{ID: "s1", Source: []record.ID{"a2"}, Act: "say", Cue: &record.Words{Text: "said"}},
		{ID: "s2", Source: []record.ID{"a3"}, Act: "deny", Cue: &record.Words{Text: "denied"}},
	}
	s1, s2 := record.ID("s1"), record.ID("s2")
	event := func(id record.ID, words, mode, status string, by *record.ID, where []record.ID, when *record.Time) {
		a.rec.Events = append(a.rec.Events, record.Event{ID: id, Type: "ASSAULT", Mode: mode, CAMEO: "190", Actors: []record.ID{"a3"}, Trigger: record.Words{Text: words},
			Span: a.span(words), Text: words, Status: status, AssertedBy: by, Where: where, When: when})
	}
	event("e1", "shelled", "heavy-weapons", "actual", &s1, []record.ID{"p2"}, when)
	event("e2", "fired", "firearms", "denied", &s2, nil, nil)
	event("e3", "guns", "military", "threatened", nil, nil, nil)
	event("e4", "village", "torture", "actual", nil, nil, nil)
	a.rec.Events[3].CAMEO = "182"
	return a
}

// TestDateline holds that the place a report is sent from is no part of who counted: that is the publisher here.
func TestDateline(t *testing.T) {
	for _, text := range []string{"KARST, Ostra — The observer mission recorded 34 ceasefire violations.", "The observer mission recorded 34 ceasefire violations."} {
		a := newArticle(t, text)
		a.figure("f1", "34", "ceasefire violations", 34, nil, nil, nil)
		if got := FromRecord(a.rec); len(got) != 1 || got[0].Observer != "Line Courier" {
			t.Errorf("%s: %+v", text, got)
		}
	}
	a := newArticle(t, "KARST, Ostra — Lorne Watch recorded 34 ceasefire violations.")
	a.figure("f1", "34", "ceasefire violations", 34, nil, nil, nil)
	if got := FromRecord(a.rec); len(got) != 1 || got[0].Observer != "Lorne Watch" {
		t.Errorf("%+v", got)
	}
}

func TestFromRecord(t *testing.T) {
	var got []string
	for _, o := range FromRecord(patrol(t).rec) {
		got = append(got, strings.Join([]string{string(o.Ref.Entry), o.Observer, o.Says, o.Means, o.amount(), o.Weapon, o.Place.Name, o.Place.Precision, o.Window.Start.String()}, "|"))
	}
	want := []string{
		"f1|Joint Mission|reported|heard|14 explosions (no day given; dated by publication)|explosion|Karst|settlement|2031-03-10",
		"f2|Joint Mission|reported|recorded|3 violations (no day given; dated by publication)||Karst|settlement|2031-03-09",
		"f3|Line Courier|reported|unknown|9 attacks (no day given; dated by publication)|shot||unknown|2031-03-10",
		"e1|Armed Forces of Velia|reported|unknown|at least 1 attack|shelling|Dorn|settlement|2031-03-08",
		"e2|Ostran Front|denied|unknown|at least 1 attack (no day given; dated by publication)|shot||unknown|2031-03-10",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestFromEntries(t *testing.T) {
	rec := patrol(t).rec
	read := func(id record.ID) (*record.Record, error) {
		if id != "d-1" {
			return nil, record.ErrNotFound
		}
		return rec, nil
	}
	obs, err := FromEntries([]record.Entry{
		{ID: "f1", Kind: "figure", Article: "d-1"}, {ID: "f2", Kind: "figure", Article: "d-1", Verdict: "reject"},
		{ID: "f4", Kind: "figure", Article: "d-8", Item: []byte(`{"of":"trucks"}`)}, {ID: "e9", Kind: "event", Label: "CONSULT", Article: "d-8"},
		{ID: "e1", Kind: "event", Article: "d-1", Retired: 2}, {ID: "s1", Kind: "statement", Article: "d-1"},
	}, read)
	if err != nil || len(obs) != 1 || obs[0].Ref.Entry != "f1" || obs[0].Ref.Article != "d-1" || obs[0].Count.Qualifier != "undetermined" {
		t.Errorf("%+v, %v", obs, err)
	}
	if _, err := FromEntries([]record.Entry{{ID: "f9", Kind: "figure", Article: "d-9"}}, read); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("a missing article is an error: %v", err)
	}
}

func TestDrafts(t *testing.T) {
	a := newArticle(t, "The Sarn Truce of 1 March 2031 binds Velia and the Front. A water treaty does not.")
	a.actor("a1", "Velia", "state")
	start := "2031-03-01"
	a.rec.Agreements = []record.Agreement{
		{ID: "g1", Name: "Sarn Truce", Parties: []record.ID{"a1"}, Date: &record.Time{Start: &start}, Terms: []record.Words{{Text: "no fire"}}},
		{ID: "g2", Name: "water treaty"}, {ID: "g3", Name: "the Sarn truce"},
	}
	drafts := Drafts(a.rec)
	if len(drafts) != 1 || drafts[0].ID != "sarn-truce-2031" || len(drafts[0].Entries) != 2 || drafts[0].Parties[0] != "Velia" {
		t.Fatalf("%+v", drafts)
	}
	var text strings.Builder
	if err := drafts[0].Write(&text); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(strings.NewReader(text.String())); err == nil || !strings.Contains(err.Error(), "observers:") {
		t.Errorf("a draft wants its observers named by a person: %v", err)
	}
}

// TestTables holds the tables against slips: every line has a meaning, no phrase stands twice, nothing is in upper case.
func TestTables(t *testing.T) {
	for _, name := range []string{"assaults", "counted", "earlier", "means", "places", "truces", "turns", "weapons"} {
		seen := map[string]bool{}
		for _, line := range terms(name) {
			if line.meaning == "" {
				t.Errorf("%s: %v has no meaning", name, line.words)
			}
			for _, w := range line.words {
				if seen[w] || w == "" || w != strings.ToLower(w) || strings.TrimSpace(spaced(w)) != w && name != "assaults" {
					t.Errorf("%s: %q stands twice, or is not as texts are compared", name, w)
				}
				seen[w] = true
			}
		}
	}
}

func TestQueries(t *testing.T) {
	a := agreement(t, lineOfControl)
	q := a.Queries(0)
	if len(q) != 2 || q[0].From.Format("2006-01-02") != "2003-11-26" || !q[0].To.IsZero() || q[1].Kinds[0] != "figure" || q[1].Labels != nil {
		t.Errorf("%+v", q)
	}
}

// TestOffers: what a party says of itself is offered; the negated, the conditional, the stranger's and the accusation are not.
func TestOffers(t *testing.T) {
	a := agreement(t, strings.Replace(lineOfControl, "[India, Pakistan]", "[Velia, Ostran Front]", 1))
	rec := newArticle(t, "x").rec
	rec.Actors = []record.Actor{{ID: "a1", Name: "Government of Velia"}, {ID: "a2", Name: "Ostran Front"}, {ID: "a3", Name: "Norland"}}
	for i, s := range []struct {
		by   record.ID
		text string
	}{
		{"a2", "the truce is over"}, {"a1", "it had renewed the ceasefire for a month"}, {"a1", "it was no longer bound by the armistice"},
		{"a2", "the truce is not over"}, {"a2", "the ceasefire has ended if shelling goes on"}, {"a3", "the truce is over"}, {"a1", "the meeting is over"},
		{"a1", "the Front violated the truce and ended the talks"},
	} {
		rec.Statements = append(rec.Statements, record.Statement{ID: record.ID("s" + string(rune('1'+i))), Source: []record.ID{s.by}, Act: "say", Content: []record.Words{{Text: s.text}}, Text: s.text})
	}
	var got []string
	for _, o := range a.Offers(rec) {
		got = append(got, o.Kind+" "+o.Party+" "+string(o.Ref.Entry)+" "+o.Day.String())
	}
	want := []string{"end Ostran Front s1 2031-03-10", "recommitment Government of Velia s2 2031-03-10", "end Government of Velia s3 2031-03-10"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}
