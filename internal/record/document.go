package record

import (
	"strings"
	"time"

	"parley/internal/document"
)

// DocumentOf is what the record says of a document: everything but what was found in its text.
func DocumentOf(doc *document.Document) Document {
	out := Document{
		ID: doc.ID, URL: doc.URL, Title: doc.Title, Publisher: doc.Publisher, Dateline: doc.Dateline, Language: doc.Language,
		Authors: append([]string{}, doc.Authors...), Credits: append([]string{}, doc.Credits...), Text: doc.Text,
	}
	switch {
	case doc.Published.IsZero():
	case doc.Published.Equal(doc.Published.Truncate(24 * time.Hour)):
		out.Published = doc.Published.Format(time.DateOnly)
	default:
		out.Published = doc.Published.Format(time.RFC3339)
	}
	return out
}

// PublishedAt is when the document was published; false when it does not say. A day is its midnight, UTC.
func (d *Document) PublishedAt() (time.Time, bool) {
	for _, layout := range []string{time.DateOnly, time.RFC3339} {
		if t, err := time.Parse(layout, d.Published); err == nil {
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}

// Empty is a record of a document in which nothing was found: all lists there, none with an item.
func Empty(doc Document) *Record {
	return &Record{
		Parley: Schema, Document: doc, Actors: []Actor{}, Places: []Place{}, Statements: []Statement{}, Events: []Event{},
		Commitments: []Commitment{}, Contacts: []Contact{}, Figures: []Figure{}, Contradictions: []Contradiction{},
		Agreements: []Agreement{}, Notices: []Notice{},
	}
}

// KindOf is what an archive id names: statement, event, …, article, identity, link, origin; empty when it is none.
func KindOf(id ID) string {
	letter, _, ok := strings.Cut(string(id), "-")
	if !ok {
		return ""
	}
	return map[string]string{
		"a": "actor", "p": "place", "s": "statement", "e": "event", "c": "commitment", "k": "contact", "f": "figure",
		"x": "contradiction", "g": "agreement", "d": "article", "i": "identity", "l": "link", "o": "origin",
	}[letter]
}
