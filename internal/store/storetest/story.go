package storetest

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"parley/internal/record"
)

// Begin is when the first story was known; each later one follows an hour after the one before.
func Begin() time.Time { return time.Date(2021, 3, 1, 6, 0, 0, 0, time.UTC) }

// Story is the nth of endless fictional articles with their records: a minister says something, a force does something,
// there is a call, a promise, a figure, and a conflict. It is the same at every call. Its text is not only ASCII, so that
// bytes and code points differ.
func Story(n int) record.Arrival {
	return Told(n, fmt.Sprintf("Minister Ana Ruiz of Östmark told envoy %s that %d soldiers had left Kelm — “for good”.", envoy(n), 100+n), 1)
}

func envoy(n int) string {
	return []string{"Bo Lind", "Cy Marsh", "Dee Novak", "Eli Okoro"}[n%4]
}

// Told is a story with a first sentence of its own and as many paragraphs more as wanted, each with five entries.
func Told(n int, lead string, paragraphs int) record.Arrival {
	b := &builder{text: lead}
	for p := range paragraphs {
		b.text += fmt.Sprintf("\n\nThe northern command attacked Kelm on day %d. Ruiz and Lind spoke by phone, and Ruiz promised to open road %d; %d people had fled.", n+p, p, 1000+n*7+p)
	}
	known := Begin().Add(time.Duration(n) * time.Hour)
	doc := record.Document{URL: fmt.Sprintf("https://news.example/%d", n), Title: fmt.Sprintf("Östmark: day %d", n), Publisher: fmt.Sprintf("Paper %d", n%7),
		Authors: []string{"Gil Hart"}, Published: known.Format(time.RFC3339), Language: "en", Credits: []string{"NNA"}, Text: b.text}
	id := record.ArticleID(&doc)
	doc.ID = string(id)
	rec := b.record(doc, lead, paragraphs)
	record.Adopt(rec, id, nil)
	raw := []byte("<p>" + b.text + "</p>")
	return record.Arrival{Raw: raw, Record: rec, Article: record.Article{Document: rec.Document, MediaType: "text/html", Location: fmt.Sprintf("wire/%d.html", n),
		Headers: map[string]string{"Etag": fmt.Sprint(n)}, GUID: fmt.Sprintf("guid-%d", n), Known: known, Fetched: known.Add(90 * time.Second), State: record.Current}}
}

// builder finds words in the text of a story.
type builder struct {
	text string
	from int // byte from which words are looked for
}

func (b *builder) words(w string) record.Words {
	at := strings.Index(b.text[b.from:], w)
	if at < 0 {
		panic(fmt.Sprintf("internal error: %q is not in the story", w))
	}
	start := utf8.RuneCountInString(b.text[:b.from+at])
	return record.Words{Text: w, Span: record.Span{start, start + utf8.RuneCountInString(w)}}
}

func (b *builder) record(doc record.Document, lead string, paragraphs int) *record.Record {
	ruiz, kelm := b.words(strings.Fields(lead)[0]), b.words("Kelm")
	rec := record.Empty(doc)
	rec.Model, rec.Rules = "test-model", "test-rules"
	rec.Actors = append(rec.Actors,
		record.Actor{ID: "a1", Name: "Ana Ruiz", Kind: "person", Country: "OST", Sector: "GOV", Role: "minister", Aliases: []string{"Ruiz"}, Mentions: []record.Span{ruiz.Span}, SameAs: []string{}},
		record.Actor{ID: "a2", Name: "northern command", Kind: "armed_force", Sector: "MIL", Aliases: []string{}, Mentions: []record.Span{b.words("northern command").Span}, SameAs: []string{}},
	)
	rec.Places = append(rec.Places, record.Place{ID: "p1", Name: "Kelm", Kind: "city", Country: "OST", SameAs: []string{}, Mentions: []record.Span{kelm.Span}})
	said := b.words(lead)
	rec.Statements = append(rec.Statements, record.Statement{ID: "s1", Source: []record.ID{"a1"}, SourceMention: &ruiz, Addressee: []record.ID{}, Via: []record.ID{"a2"},
		Content: []record.Words{said}, Act: []string{"say", "deny", "announce"}[len(lead)%3], Quotation: "mixed", Span: said.Span, Text: said.Text, Confidence: 0.9})
	for p := range paragraphs {
		b.paragraph(rec, p)
	}
	s1 := rec.Statements[0].ID
	rec.Contradictions = append(rec.Contradictions, record.Contradiction{ID: "x1", A: s1, B: "e0", Basis: "inferred", By: []record.ID{}, Reason: "left and attacked", Confidence: 0.6})
	talks := b.words("Kelm")
	rec.Agreements = append(rec.Agreements, record.Agreement{ID: "g1", Name: "Kelm accord", Parties: []record.ID{"a1"}, Terms: []record.Words{}, Mentions: []record.Span{talks.Span}})
	return rec
}

// paragraph adds an event, a contact, a commitment and a figure of a paragraph.
func (b *builder) paragraph(rec *record.Record, p int) {
	b.from += strings.Index(b.text[b.from:], "\n\n") + 2
	s1 := rec.Statements[0].ID
	what, trigger := b.words("The northern command attacked Kelm"), b.words("attacked")
	rec.Events = append(rec.Events, record.Event{ID: record.ID(fmt.Sprint("e", p)), Type: "ASSAULT", Context: []string{}, CAMEO: "190", Actors: []record.ID{"a2"},
		Recipients: []record.ID{}, Trigger: trigger, Span: what.Span, Text: what.Text, Status: "actual", Where: []record.ID{"p1"}, AssertedBy: &s1, Confidence: 0.8})
	call := b.words("Ruiz and Lind spoke by phone")
	rec.Contacts = append(rec.Contacts, record.Contact{ID: record.ID(fmt.Sprint("k", p)), Kind: "call", Participants: []record.ID{"a1"}, Status: "held", Where: []record.ID{},
		Span: call.Span, Text: call.Text, Spans: []record.Span{call.Span}, Confidence: 0.7})
	promise := b.words(fmt.Sprintf("open road %d", p))
	rec.Commitments = append(rec.Commitments, record.Commitment{ID: record.ID(fmt.Sprint("c", p)), By: []record.ID{"a1"}, To: []record.ID{}, Action: promise.Text,
		Span: promise.Span, Text: promise.Text, MadeIn: &s1, Conditions: []record.Condition{}, State: "open", Confidence: 0.5})
	fled := b.words("people had fled")
	rec.Figures = append(rec.Figures, record.Figure{ID: record.ID(fmt.Sprint("f", p)), Value: float64(1000 + p), Bound: "exactly", Unit: "people", Of: "displaced",
		Where: []record.ID{}, Span: fled.Span, Text: fled.Text, AssertedBy: []record.ID{"a1"}})
}

// Entries is how many entries a Story has.
const Entries = 10
