package desk_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"parley/internal/record"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// story builds an article and its record word by word: every item stands on words of the text.
type story struct {
	rec   *record.Record
	known time.Time
}

// told begins a story known at an hour of a day of May 2031.
func told(publisher string, day, hour int, text string) *story {
	known := time.Date(2031, 5, day, hour, 0, 0, 0, time.UTC)
	doc := record.Document{
		URL: fmt.Sprintf("https://%s.example/%d-%d", strings.ToLower(strings.Fields(publisher)[0]), day, hour), Title: strings.SplitN(text, ".", 2)[0], Publisher: publisher,
		Authors: []string{}, Published: known.Format(time.RFC3339), Language: "en", Credits: []string{}, Text: text,
	}
	rec := record.Empty(doc)
	rec.Model, rec.Rules = "test-model", "test"
	return &story{rec, known}
}

// at is where words stand.
func (s *story) at(words string) record.Span {
	i := strings.Index(s.rec.Document.Text, words)
	if i < 0 {
		panic("internal error: no such words: " + words)
	}
	start := utf8.RuneCountInString(s.rec.Document.Text[:i])
	return record.Span{start, start + utf8.RuneCountInString(words)}
}

func (s *story) actor(name string) record.ID {
	id := record.ID(fmt.Sprint("a", len(s.rec.Actors)+1))
	s.rec.Actors = append(s.rec.Actors, record.Actor{ID: id, Name: name, Kind: "person", Aliases: []string{}, Mentions: []record.Span{s.at(name)}, SameAs: []string{}})
	return id
}

func (s *story) statement(by record.ID, act, words string, confidence float64) record.ID {
	id := record.ID(fmt.Sprint("s", len(s.rec.Statements)+1))
	content := record.Words{Text: words, Span: s.at(words)}
	s.rec.Statements = append(s.rec.Statements, record.Statement{
		ID: id, Source: []record.ID{by}, Addressee: []record.ID{}, Via: []record.ID{}, Content: []record.Words{content}, Act: act, Quotation: "indirect",
		Span: content.Span, Text: words, Confidence: confidence,
	})
	return id
}

func (s *story) contact(kind, status, words, day string, who ...record.ID) {
	s.rec.Contacts = append(s.rec.Contacts, record.Contact{
		ID: record.ID(fmt.Sprint("k", len(s.rec.Contacts)+1)), Kind: kind, Participants: who, Status: status, When: s.time(day, words), Where: []record.ID{},
		Span: s.at(words), Text: words, Spans: []record.Span{s.at(words)}, Confidence: 0.9,
	})
}

func (s *story) figure(value float64, words, of, unit, day string, by ...record.ID) {
	s.rec.Figures = append(s.rec.Figures, record.Figure{
		ID: record.ID(fmt.Sprint("f", len(s.rec.Figures)+1)), Value: value, Bound: "exactly", Unit: unit, Of: of, Where: []record.ID{}, When: s.time(day, words),
		Span: s.at(words), Text: words, AssertedBy: append([]record.ID{}, by...),
	})
}

func (s *story) promise(by record.ID, words, due string, confidence float64) {
	s.rec.Commitments = append(s.rec.Commitments, record.Commitment{
		ID: record.ID(fmt.Sprint("c", len(s.rec.Commitments)+1)), By: []record.ID{by}, To: []record.ID{}, Action: words, Span: s.at(words), Text: words,
		Conditions: []record.Condition{}, Due: s.time(due, words), State: "open", Confidence: confidence,
	})
}

// time is a day that stands where the words do; nil for none.
func (s *story) time(day, words string) *record.Time {
	if day == "" {
		return nil
	}
	return &record.Time{Text: words, Span: s.at(words), Start: &day, End: &day}
}

// arrival finishes the story.
func (s *story) arrival() record.Arrival {
	id := record.ArticleID(&s.rec.Document)
	record.Adopt(s.rec, id, nil)
	raw := []byte(s.rec.Document.Text)
	return record.Arrival{Raw: raw, Record: s.rec, Article: record.Article{Document: s.rec.Document, MediaType: "text/plain", Location: "test.txt", Known: s.known, Fetched: s.known, State: record.Current}}
}

// keep puts stories into an archive and makes everybody of one name one identity.
func keep(t *testing.T, in *store.Store, stories ...*story) {
	t.Helper()
	found := record.Found{}
	seen := map[record.ID]bool{}
	for _, s := range stories {
		a := storetest.WithMeanings(s.arrival())
		if err := in.Put(t.Context(), []record.Arrival{a}); err != nil {
			t.Fatal(err)
		}
		found.Articles = append(found.Articles, record.ID(a.Article.ID))
		for _, actor := range a.Record.Actors {
			who := record.NewID("i", actor.Name)
			if !seen[who] {
				found.Identities = append(found.Identities, record.Identity{ID: who, Name: actor.Name, Kind: "person", SameAs: []string{}, Aliases: []string{}})
			}
			seen[who] = true
			found.Memberships = append(found.Memberships, record.Membership{Actor: actor.ID, Identity: who, Reason: "same name", Score: 1})
		}
		whole := record.Span{0, utf8.RuneCountInString(a.Article.Text)}
		found.Passages = append(found.Passages, record.Passage{Article: record.ID(a.Article.ID), Span: whole, Origin: record.NewID("o", a.Article.ID), Label: a.Article.Publisher, Basis: "own"})
	}
	if err := in.Reconcile(t.Context(), found); err != nil {
		t.Fatal(err)
	}
}

// decide logs a decision.
func decide(t *testing.T, in *store.Store, verb string, subject record.ID, value string) {
	t.Helper()
	if _, err := in.Judge(t.Context(), record.Judgement{Who: "ann", Why: "checked", Verb: verb, Subject: subject, Value: value}); err != nil {
		t.Fatal(err)
	}
}
