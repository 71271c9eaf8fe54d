package export_test

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"parley/internal/export"
	"parley/internal/record"
)

var _ export.Source = record.Reader(nil)

// archive is a Source made by hand: entries newest first, as a real one gives them.
type archive struct {
	records    map[record.ID]*record.Record
	entries    []record.Entry
	links      []record.Link
	judgements []record.Judgement
	identities map[record.ID]record.ID
	loads      int // how often a record was asked for
}

func (a *archive) Record(_ context.Context, id record.ID) (*record.Record, error) {
	a.loads++
	if rec := a.records[id]; rec != nil {
		return rec, nil
	}
	return nil, record.ErrErased
}

func (a *archive) Entry(_ context.Context, id record.ID) (record.Entry, error) {
	for _, e := range a.entries {
		if e.ID == id {
			return e, nil
		}
	}
	return record.Entry{}, record.ErrNotFound
}

func (a *archive) Entries(_ context.Context, q record.Query) (record.Page, error) {
	from, _ := strconv.Atoi(q.Cursor)
	var page record.Page
	for i := from; i < len(a.entries); i++ {
		e := a.entries[i]
		if !slices.Contains(q.Kinds, e.Kind) {
			continue
		}
		if len(page.Entries) == q.Limit {
			page.Next = strconv.Itoa(i)
			break
		}
		page.Entries = append(page.Entries, e)
	}
	return page, nil
}

func (a *archive) IdentityOf(_ context.Context, actors []record.ID) (map[record.ID]record.ID, error) {
	out := map[record.ID]record.ID{}
	for _, id := range actors {
		if i := a.identities[id]; i != "" {
			out[id] = i
		}
	}
	return out, nil
}

func (a *archive) Links(_ context.Context, q record.LinkQuery) ([]record.Link, string, error) {
	from, _ := strconv.Atoi(q.Cursor)
	to := min(len(a.links), from+q.Limit)
	next := ""
	if to < len(a.links) {
		next = strconv.Itoa(to)
	}
	return a.links[from:to], next, nil
}

func (a *archive) Judgements(_ context.Context, q record.JudgementQuery) iter.Seq2[record.Judgement, error] {
	return func(yield func(record.Judgement, error) bool) {
		for _, j := range a.judgements {
			if slices.Contains(q.Verbs, j.Verb) && !yield(j, nil) {
				return
			}
		}
	}
}

// add puts a record into the archive, before what is there.
func (a *archive) add(rec *record.Record, known string) {
	id := record.ArticleID(&rec.Document)
	record.Adopt(rec, id, nil)
	a.records[id] = rec
	at, err := time.Parse(time.RFC3339, known)
	if err != nil {
		panic(err)
	}
	var fresh []record.Entry
	entry := func(kind string, id record.ID, span record.Span, text, label, status string, confidence float64, item any) {
		raw, err := json.Marshal(item)
		if err != nil {
			panic(err)
		}
		doc := &rec.Document
		fresh = append(fresh, record.Entry{
			ID: id, Kind: kind, Article: record.ID(doc.ID), Title: doc.Title, Publisher: doc.Publisher, URL: doc.URL, Known: at,
			Span: span, Text: text, Label: label, Status: status, Confidence: confidence, Item: raw,
		})
	}
	for _, s := range rec.Statements {
		entry("statement", s.ID, s.Span, s.Text, s.Act, "", s.Confidence, s)
	}
	for _, e := range rec.Events {
		entry("event", e.ID, e.Span, e.Text, e.Type, e.Status, e.Confidence, e)
	}
	for _, c := range rec.Commitments {
		entry("commitment", c.ID, c.Span, c.Text, "", c.State, c.Confidence, c)
	}
	for _, k := range rec.Contacts {
		entry("contact", k.ID, k.Span, k.Text, k.Kind, k.Status, k.Confidence, k)
	}
	for _, f := range rec.Figures {
		entry("figure", f.ID, f.Span, f.Text, f.Unit, "", 0, f)
	}
	for _, x := range rec.Contradictions {
		var span record.Span
		if x.Span != nil {
			span = *x.Span
		}
		entry("contradiction", x.ID, span, x.Text, x.Basis, "", x.Confidence, x)
	}
	for _, m := range rec.Actors {
		entry("actor", m.ID, append(m.Mentions, record.Span{})[0], m.Name, m.Kind, "", 0, m)
	}
	for _, g := range rec.Agreements {
		entry("agreement", g.ID, append(g.Mentions, record.Span{})[0], g.Name, "", "", 0, g)
	}
	for _, p := range rec.Places {
		entry("place", p.ID, append(p.Mentions, record.Span{})[0], p.Name, p.Kind, "", 0, p)
	}
	a.entries = append(fresh, a.entries...)
}

// at finds words in a text.
func at(text, words string) record.Words {
	i := strings.Index(text, words)
	if i < 0 {
		panic(fmt.Sprintf("%q is not in the text", words))
	}
	start := utf8.RuneCountInString(text[:i])
	return record.Words{Text: words, Span: record.Span{start, start + utf8.RuneCountInString(words)}}
}

func ptr[T any](v T) *T { return &v }

// crisis is a small fictional archive: a readout, and a denial that another paper has a day later.
func crisis() *archive {
	a := &archive{records: map[record.ID]*record.Record{}, identities: map[record.ID]record.ID{}}
	first, second := readout(), denial()
	a.add(first, "2031-05-02T09:00:00Z")
	a.add(second, "2031-05-03T06:30:00Z")
	a.links = []record.Link{{
		ID: "l-0000000000aa", Kind: record.Conflict, Type: "denial", A: first.Statements[0].ID, B: second.Statements[0].ID,
		Reason: "one says that they leave, the other that they do not", Confidence: 0.8, Known: time.Date(2031, 5, 3, 6, 30, 0, 0, time.UTC),
	}}
	a.identities[first.Actors[0].ID] = "i-000000000001"
	a.judgements = []record.Judgement{
		{Seq: 1, At: time.Date(2031, 5, 4, 8, 0, 0, 0, time.UTC), Who: "desk", Verb: "checked", Subject: first.Statements[0].ID, Value: "yes", Why: "the ministry's own page says so", Evidence: []record.ID{second.Statements[0].ID}},
		{Seq: 2, At: time.Date(2031, 5, 9, 8, 0, 0, 0, time.UTC), Who: "desk", Verb: "state", Subject: first.Commitments[0].ID, Value: "broken", Why: "the road was still held on the 8th"},
	}
	return a
}

func readout() *record.Record {
	text := "Mira Olden told Tobias Rask by telephone that the Karvian brigade will leave Port Sel by 7 May if the road is open, her office said.\n" +
		"At least 1,200 soldiers hold the road, the harbour master said. Rask, in Vell, thanked her."
	promise := at(text, "the Karvian brigade will leave Port Sel by 7 May if the road is open")
	all := at(text, "Mira Olden told Tobias Rask by telephone that "+promise.Text+", her office said")
	due := &record.Time{Text: "by 7 May", Span: at(text, "by 7 May").Span, End: ptr("2031-05-07")}
	return &record.Record{
		Parley: record.Schema, Model: "parley-3", Rules: "3",
		Document: record.Document{URL: "https://gazette.example/olden-rask?a=1&b=2", Title: "Olden calls Rask", Publisher: "Vell Gazette", Published: "2031-05-02", Language: "en", Text: text},
		Actors: []record.Actor{
			{ID: "a1", Name: "Mira Olden", Kind: "person", Country: "KRV", Sector: "GOV", Role: "President of Karvia", Aliases: []string{"Olden", "her"}, Mentions: []record.Span{at(text, "Mira Olden").Span}, SameAs: []string{"wikidata:Q900001"}},
			{ID: "a2", Name: "Tobias Rask", Kind: "person", Country: "SLV", Sector: "GOV", Mentions: []record.Span{at(text, "Tobias Rask").Span}},
			{ID: "a3", Name: "Olden's office", Kind: "office", Country: "KRV", Sector: "GOV", PartOf: ptr(record.ID("a1")), Mentions: []record.Span{at(text, "her office").Span}},
			{ID: "a4", Name: "the Karvian brigade", Kind: "armed_force", Country: "KRV", Sector: "MIL", Mentions: []record.Span{at(text, "the Karvian brigade").Span}},
			{ID: "a5", Name: "the harbour master", Kind: "person", Mentions: []record.Span{at(text, "the harbour master").Span}},
		},
		Places: []record.Place{
			{ID: "p1", Name: "Port Sel", Kind: "city", Country: "SLV", Lat: ptr(-12.5), Lon: ptr(44.25), SameAs: []string{"geonames:77"}, Mentions: []record.Span{at(text, "Port Sel").Span}},
		},
		Statements: []record.Statement{
			{ID: "s1", Source: []record.ID{"a1"}, SourceMention: ptr(at(text, "Mira Olden")), Addressee: []record.ID{"a2"}, Via: []record.ID{"a3"}, Cue: ptr(at(text, "told")), Content: []record.Words{promise}, Act: "pledge", Quotation: "indirect", Channel: "phone", Span: all.Span, Text: all.Text, Confidence: 0.91},
			{ID: "s2", Source: []record.ID{"a5"}, SourceMention: ptr(at(text, "the harbour master")), Content: []record.Words{at(text, "At least 1,200 soldiers hold the road")}, Act: "say", Quotation: "indirect", Span: at(text, "At least 1,200 soldiers hold the road, the harbour master said").Span, Text: "At least 1,200 soldiers hold the road, the harbour master said", Confidence: 0.88},
		},
		Events: []record.Event{
			{ID: "e1", Type: "RETREAT", Mode: "withdraw", Context: []string{"military"}, CAMEO: "0874", Actors: []record.ID{"a4"}, Trigger: at(text, "leave"), Span: promise.Span, Text: promise.Text, Status: "pledged", When: due, Where: []record.ID{"p1"}, AssertedBy: ptr(record.ID("s1")), Confidence: 0.84},
		},
		Commitments: []record.Commitment{
			{ID: "c1", By: []record.ID{"a1"}, To: []record.ID{"a2"}, Action: "leave Port Sel", Span: promise.Span, Text: promise.Text, MadeIn: ptr(record.ID("s1")), Due: due, State: "open", Confidence: 0.8,
				Conditions: []record.Condition{{Kind: "if", Text: "the road is open", Span: at(text, "the road is open").Span}}},
		},
		Contacts: []record.Contact{
			{ID: "k1", Kind: "call", Participants: []record.ID{"a1", "a2"}, Status: "held", When: &record.Time{Text: "", Start: ptr("2031-05-02"), End: ptr("2031-05-02")}, Span: at(text, "Mira Olden told Tobias Rask by telephone").Span, Text: "Mira Olden told Tobias Rask by telephone", Confidence: 0.9},
		},
		Figures: []record.Figure{
			{ID: "f1", Value: 1200, Bound: "at_least", Unit: "soldiers", Of: "soldiers", Where: []record.ID{"p1"}, Span: at(text, "At least 1,200 soldiers").Span, Text: "At least 1,200 soldiers", AssertedBy: []record.ID{"s2"}},
		},
	}
}

func denial() *record.Record {
	text := "\"We will not leave Port Sel,\" Colonel Ives said; “nobody has asked us”, he added. Olden's call, he said, changes nothing."
	quote := at(text, `We will not leave Port Sel,`)
	all := at(text, "\"We will not leave Port Sel,\" Colonel Ives said; “nobody has asked us”")
	call := at(text, "Olden's call, he said, changes nothing")
	return &record.Record{
		Parley: record.Schema, Model: "parley-3", Rules: "3",
		Document: record.Document{URL: "https://courier.example/ives", Title: "Brigade \"stays\" in Port Sel", Publisher: "Sel Courier", Published: "2031-05-03T06:30:00Z", Language: "en", Text: text},
		Actors: []record.Actor{
			{ID: "a1", Name: "Colonel Ives", Kind: "person", Country: "KRV", Sector: "MIL", Aliases: []string{"Ives"}, Mentions: []record.Span{at(text, "Colonel Ives").Span}},
		},
		Statements: []record.Statement{
			{ID: "s1", Source: []record.ID{"a1"}, SourceMention: ptr(at(text, "Colonel Ives")), Cue: ptr(at(text, "said")), Content: []record.Words{quote, at(text, "nobody has asked us")}, Act: "deny", Quotation: "direct", Span: all.Span, Text: all.Text, Confidence: 0.93},
			{ID: "s2", Source: []record.ID{"a1"}, Content: []record.Words{at(text, "Olden's call"), at(text, "changes nothing")}, Act: "say", Quotation: "indirect", Span: call.Span, Text: call.Text, Confidence: 0.6},
		},
		Contradictions: []record.Contradiction{
			{ID: "x1", A: "s1", B: "s2", Basis: "inferred", Reason: "a call asks, and nobody asked", Confidence: 0.55},
		},
	}
}

// written is the output of an export.
func written(t testing.TB, src export.Source, opt export.Options) string {
	t.Helper()
	var b strings.Builder
	if err := export.Write(context.Background(), &b, src, opt); err != nil {
		t.Fatalf("exporting %s %v: %v", opt.Format, opt.Kinds, err)
	}
	return b.String()
}
