package store

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"parley/internal/record"
)

// kinds are the letters of entries' ids and what they stand for.
func kinds() map[string]string {
	return map[string]string{
		"a": "actor", "p": "place", "s": "statement", "e": "event", "c": "commitment", "k": "contact", "f": "figure", "x": "contradiction",
		"g": "agreement",
	}
}

// letterOf is the letter of a kind; empty if there is no such kind.
func letterOf(kind string) string {
	for letter, name := range kinds() {
		if name == kind {
			return letter
		}
	}
	return ""
}

// The roles of actors in entries, as numbers in entry_actors: they are written there and never change.
const (
	roleSource = iota + 1
	roleAddressee
	roleVia
	roleActor
	roleRecipient
	roleBy
	roleTo
	roleParticipant
	roleAssertedBy
)

func roles() map[string]int {
	return map[string]int{
		"source": roleSource, "addressee": roleAddressee, "via": roleVia, "actor": roleActor, "recipient": roleRecipient, "by": roleBy,
		"to": roleTo, "participant": roleParticipant, "asserted_by": roleAssertedBy,
	}
}

// part is an actor's part in an entry.
type part struct {
	actor record.ID
	role  int
}

// item is an entry on its way into the tables.
type item struct {
	id            record.ID
	kind          string // letter
	span          record.Span
	text          string
	words         string // it is found by
	label, status string
	confidence    float64
	value         any // as in the record
	parts         []part
}

// itemizer takes a record apart.
type itemizer struct {
	text    []rune
	sources map[record.ID][]record.ID // of statements
	items   []item
}

// itemsOf are the entries of a record, in the order of the text. Items without a measure of confidence get 1.
func itemsOf(rec *record.Record) []item {
	z := &itemizer{text: []rune(rec.Document.Text), sources: map[record.ID][]record.ID{}}
	for i := range rec.Statements {
		z.sources[rec.Statements[i].ID] = rec.Statements[i].Source
	}
	z.people(rec)
	z.sayings(rec)
	z.deeds(rec)
	z.rest(rec)
	slices.SortStableFunc(z.items, func(a, b item) int { return slices.Compare(a.span[:], b.span[:]) })
	return z.items
}

// add keeps an item; its parts are a role and who has it, in turn.
func (z *itemizer) add(it item, parts ...any) {
	if it.words == "" {
		it.words = it.text
	}
	for i := 0; i+1 < len(parts); i += 2 {
		role, ids := parts[i].(int), parts[i+1].([]record.ID)
		for _, id := range ids {
			if p := (part{id, role}); !slices.Contains(it.parts, p) {
				it.parts = append(it.parts, p)
			}
		}
	}
	it.label, it.status = clipped(clean(it.label), maxLabel), clean(it.status)
	z.items = append(z.items, it)
}

// maxLabel is how many bytes of a label, which may be a name from the text, an entry is listed by.
const maxLabel = 200

// clipped cuts a text to at most so many bytes, between two characters.
func clipped(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most]
}

// at are the words in a span, empty if it lies outside.
func (z *itemizer) at(s record.Span) string {
	if s[0] < 0 || s[1] < s[0] || s[1] > len(z.text) {
		return ""
	}
	return string(z.text[s[0]:s[1]])
}

func (z *itemizer) first(mentions []record.Span) (record.Span, string) {
	if len(mentions) == 0 {
		return record.Span{}, ""
	}
	return mentions[0], z.at(mentions[0])
}

// asserters are the actors that answer for what a statement says.
func (z *itemizer) asserters(by *record.ID) []record.ID {
	if by == nil {
		return nil
	}
	return z.sources[*by]
}

func (z *itemizer) people(rec *record.Record) {
	for i := range rec.Actors {
		a := &rec.Actors[i]
		span, text := z.first(a.Mentions)
		words := apart(append([]string{a.Name, a.Role, text}, a.Aliases...)...)
		z.add(item{id: a.ID, kind: "a", span: span, text: text, words: words, label: a.Kind, confidence: 1, value: a})
	}
	for i := range rec.Places {
		p := &rec.Places[i]
		span, text := z.first(p.Mentions)
		z.add(item{id: p.ID, kind: "p", span: span, text: text, words: apart(p.Name, text), label: p.Kind, confidence: 1, value: p})
	}
}

func (z *itemizer) sayings(rec *record.Record) {
	for i := range rec.Statements {
		s := &rec.Statements[i]
		z.add(item{id: s.ID, kind: "s", span: s.Span, text: s.Text, label: s.Act, confidence: s.Confidence, value: s},
			roleSource, s.Source, roleAddressee, s.Addressee, roleVia, s.Via)
	}
	for i := range rec.Commitments {
		c := &rec.Commitments[i]
		z.add(item{id: c.ID, kind: "c", span: c.Span, text: c.Text, status: unassessed, confidence: c.Confidence, value: c},
			roleBy, c.By, roleTo, c.To, roleAssertedBy, z.asserters(c.MadeIn))
	}
}

func (z *itemizer) deeds(rec *record.Record) {
	for i := range rec.Events {
		e := &rec.Events[i]
		z.add(item{id: e.ID, kind: "e", span: e.Span, text: e.Text, label: e.Type, status: e.Status, confidence: e.Confidence, value: e},
			roleActor, e.Actors, roleRecipient, e.Recipients, roleAssertedBy, z.asserters(e.AssertedBy))
	}
	for i := range rec.Contacts {
		k := &rec.Contacts[i]
		z.add(item{id: k.ID, kind: "k", span: k.Span, text: k.Text, label: k.Kind, status: k.Status, confidence: k.Confidence, value: k},
			roleParticipant, k.Participants, roleAssertedBy, z.asserters(k.AssertedBy))
	}
}

func (z *itemizer) rest(rec *record.Record) {
	for i := range rec.Figures {
		f := &rec.Figures[i]
		var by []record.ID
		for _, id := range f.AssertedBy {
			if sources, statement := z.sources[id]; statement {
				by = append(by, sources...)
			} else {
				by = append(by, id)
			}
		}
		z.add(item{id: f.ID, kind: "f", span: f.Span, text: f.Text, words: apart(f.Text, f.Of, f.Unit), label: f.Unit, confidence: 1, value: f},
			roleAssertedBy, by)
	}
	for i := range rec.Contradictions {
		x := &rec.Contradictions[i]
		it := item{id: x.ID, kind: "x", text: x.Text, words: apart(x.Text, x.Reason), label: x.Basis, confidence: x.Confidence, value: x}
		if x.Span != nil {
			it.span = *x.Span
		}
		z.add(it, roleBy, x.By)
	}
	for i := range rec.Agreements {
		g := &rec.Agreements[i]
		span, text := z.first(g.Mentions)
		z.add(item{id: g.ID, kind: "g", span: span, text: text, words: apart(g.Name, text), label: g.Name, confidence: 1, value: g},
			roleParticipant, g.Parties)
	}
}

// sound says whether a record may be kept: it passes record.Check and its items carry archive ids.
func sound(rec *record.Record, items []item) error {
	if errs := record.Check(rec); len(errs) > 0 {
		return fmt.Errorf("the record is not sound: %w (%w)", errs[0], ErrInvalid)
	}
	for _, it := range items {
		if !strings.HasPrefix(string(it.id), it.kind+"-") {
			return fmt.Errorf("%s %q carries no id of an archive (%w)", kinds()[it.kind], it.id, ErrInvalid)
		}
	}
	return nil
}

// recordJSON is a record as a reading keeps it: without the document, which the archive keeps once for all readings.
func recordJSON(rec *record.Record) ([]byte, error) {
	bare := *rec
	bare.Document = record.Document{}
	data, err := json.Marshal(&bare)
	if err != nil {
		return nil, fmt.Errorf("encoding the record: %w", err)
	}
	return data, nil
}
