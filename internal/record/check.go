package record

import (
	"fmt"
	"unicode/utf8"
)

// Check holds a record against its contract and returns what is wrong with it: spans that do not hold exactly
// their text or lie outside the document, ids that are empty or stand twice, references to items that are
// not there, values that are not of their closed list, lists that are null. A sound record gives none.
func Check(rec *Record) []error {
	c := &checker{rec: rec, ids: map[ID]string{}, kinds: map[string]map[string]bool{}}
	for field, list := range Kinds() {
		c.kinds[field] = map[string]bool{}
		for _, k := range list {
			c.kinds[field][k.Name] = true
		}
	}
	c.index()
	c.collectIDs()
	c.people()
	c.statements()
	c.deeds()
	c.rest()
	return c.errs
}

type checker struct {
	rec   *Record
	at    []int // byte offset of each code point, and the end
	ids   map[ID]string
	kinds map[string]map[string]bool
	errs  []error
}

func (c *checker) fail(format string, args ...any) {
	c.errs = append(c.errs, fmt.Errorf(format, args...))
}

func (c *checker) index() {
	text := c.rec.Document.Text
	if !utf8.ValidString(text) {
		c.fail("document: the text is not valid UTF-8")
	}
	for i := range text {
		c.at = append(c.at, i)
	}
	c.at = append(c.at, len(text))
}

// inside checks a span's ends.
func (c *checker) inside(what string, s Span) bool {
	if s[0] < 0 || s[1] < s[0] || s[1] >= len(c.at) {
		c.fail("%s: span %v lies outside the text of %d code points", what, s, len(c.at)-1)
		return false
	}
	if s[0] == s[1] {
		c.fail("%s: span %v is empty", what, s)
		return false
	}
	return true
}

// holds checks that a span holds exactly a text.
func (c *checker) holds(what string, s Span, text string) {
	if !c.inside(what, s) {
		return
	}
	if got := c.rec.Document.Text[c.at[s[0]]:c.at[s[1]]]; got != text {
		c.fail("%s: span %v holds %q, not %q", what, s, got, text)
	}
}

func (c *checker) words(what string, w *Words) {
	if w != nil {
		c.holds(what, w.Span, w.Text)
	}
}

func (c *checker) time(what string, t *Time) {
	if t == nil {
		return
	}
	c.holds(what, t.Span, t.Text)
	if t.Start != nil && t.End != nil && *t.Start > *t.End {
		c.fail("%s: starts %s after it ends %s", what, *t.Start, *t.End)
	}
}

func (c *checker) kind(what, field, value string) {
	if !c.kinds[field][value] {
		c.fail("%s: %q is no %s", what, value, field)
	}
}

func (c *checker) id(list string, id ID) {
	if id == "" {
		c.fail("%s: an item has no id", list)
		return
	}
	if other, ok := c.ids[id]; ok {
		c.fail("%s %s: the id stands twice, also among the %s", list, id, other)
		return
	}
	c.ids[id] = list
}

func (c *checker) collectIDs() {
	r := c.rec
	for i := range r.Actors {
		c.id("actors", r.Actors[i].ID)
	}
	for i := range r.Places {
		c.id("places", r.Places[i].ID)
	}
	for i := range r.Statements {
		c.id("statements", r.Statements[i].ID)
	}
	for i := range r.Events {
		c.id("events", r.Events[i].ID)
	}
	for i := range r.Commitments {
		c.id("commitments", r.Commitments[i].ID)
	}
	for i := range r.Contacts {
		c.id("contacts", r.Contacts[i].ID)
	}
	for i := range r.Figures {
		c.id("figures", r.Figures[i].ID)
	}
	for i := range r.Contradictions {
		c.id("contradictions", r.Contradictions[i].ID)
	}
	for i := range r.Agreements {
		c.id("agreements", r.Agreements[i].ID)
	}
}

// refs checks that ids stand in one of the lists.
func (c *checker) refs(what string, ids []ID, lists ...string) {
	if ids == nil {
		c.fail("%s: the list is null", what)
	}
	seen := map[ID]bool{}
	for _, id := range ids {
		c.ref(what, &id, lists...)
		if seen[id] {
			c.fail("%s: %s stands twice", what, id)
		}
		seen[id] = true
	}
}

func (c *checker) ref(what string, id *ID, lists ...string) {
	if id == nil {
		return
	}
	got := c.ids[*id]
	for _, l := range lists {
		if got == l {
			return
		}
	}
	c.fail("%s: %q is none of the %v", what, *id, lists)
}

func (c *checker) confidence(what string, v float64) {
	if !(v >= 0 && v <= 1) {
		c.fail("%s: confidence %v is not between 0 and 1", what, v)
	}
}
