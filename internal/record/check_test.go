package record

import (
	"strings"
	"testing"
)

// sample is a sound record over a text with a letter beyond ASCII.
func sample() *Record {
	text := "Zoë Roe said talks failed."
	id, span := ID("s1"), Span{0, 26}
	return &Record{
		Document: Document{Text: text, Authors: []string{}, Credits: []string{}},
		Actors:   []Actor{{ID: "a1", Name: "Zoë Roe", Kind: "person", Aliases: []string{}, Mentions: []Span{{0, 7}}, SameAs: []string{}}},
		Places:   []Place{},
		Statements: []Statement{{ID: id, Source: []ID{"a1"}, SourceMention: &Words{"Zoë Roe", Span{0, 7}}, Addressee: []ID{}, Via: []ID{},
			Cue: &Words{"said", Span{8, 12}}, Content: []Words{{"talks failed", Span{13, 25}}}, Act: "say", Quotation: "indirect",
			Span: Span{0, 25}, Text: "Zoë Roe said talks failed", Confidence: 0.9}},
		Events: []Event{{ID: "e1", Type: "REJECT", Context: []string{}, Actors: []ID{}, Recipients: []ID{}, Trigger: Words{"failed", Span{19, 25}},
			Span: span, Text: text, Status: "actual", Where: []ID{}, AssertedBy: &id}},
		Commitments: []Commitment{}, Contacts: []Contact{}, Figures: []Figure{}, Contradictions: []Contradiction{}, Agreements: []Agreement{}, Notices: []Notice{},
	}
}

func TestCheckSound(t *testing.T) {
	for _, err := range Check(sample()) {
		t.Error(err)
	}
}

func TestCheckFaults(t *testing.T) {
	for _, c := range []struct {
		name, want string
		spoil      func(*Record)
	}{
		{"span off by one", "holds", func(r *Record) { r.Statements[0].Cue.Span = Span{9, 13} }},
		{"span outside", "outside", func(r *Record) { r.Actors[0].Mentions[0] = Span{0, 99} }},
		{"empty span", "empty", func(r *Record) { r.Actors[0].Mentions[0] = Span{3, 3} }},
		{"bytes for code points", "holds", func(r *Record) { r.Statements[0].SourceMention.Span = Span{0, 8} }},
		{"id twice", "twice", func(r *Record) { r.Events[0].ID = "s1" }},
		{"no id", "no id", func(r *Record) { r.Events[0].ID = "" }},
		{"actor not there", "none of", func(r *Record) { r.Statements[0].Source = []ID{"a9"} }},
		{"wrong list", "none of", func(r *Record) { r.Events[0].Actors = []ID{"s1"} }},
		{"unknown kind", "is no actor.kind", func(r *Record) { r.Actors[0].Kind = "human" }},
		{"unknown act", "is no statement.act", func(r *Record) { r.Statements[0].Act = "shout" }},
		{"no content", "no content", func(r *Record) { r.Statements[0].Content = nil }},
		{"null list", "null", func(r *Record) { r.Figures = nil }},
		{"null references", "null", func(r *Record) { r.Statements[0].Via = nil }},
		{"confidence", "confidence", func(r *Record) { r.Statements[0].Confidence = 1.5 }},
		{"time runs backwards", "after it ends", func(r *Record) {
			a, b := "2022-02-21", "2022-02-20"
			r.Events[0].When = &Time{Text: "talks", Span: Span{13, 18}, Start: &a, End: &b}
		}},
		{"both sides one", "both sides", func(r *Record) {
			r.Contradictions = []Contradiction{{ID: "x1", A: "s1", B: "s1", Basis: "inferred", By: []ID{}}}
		}},
		{"stated without span", "without a span", func(r *Record) {
			r.Contradictions = []Contradiction{{ID: "x1", A: "s1", B: "e1", Basis: "stated", By: []ID{}}}
		}},
	} {
		rec := sample()
		c.spoil(rec)
		errs := Check(rec)
		if len(errs) != 1 || !strings.Contains(errs[0].Error(), c.want) {
			t.Errorf("%s: %v", c.name, errs)
		}
	}
}

func TestKinds(t *testing.T) {
	for field, list := range Kinds() {
		seen := map[string]bool{}
		for _, k := range list {
			if k.Name == "" || k.Meaning == "" || seen[k.Name] {
				t.Errorf("%s: %+v", field, k)
			}
			seen[k.Name] = true
		}
	}
}
