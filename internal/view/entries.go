package view

import (
	"fmt"
	"io"
	"strings"

	"parley/internal/record"
)

// Shown is an entry of an archive with the record it stands in, which names its actors and places.
type Shown struct {
	Entry  record.Entry
	Record *record.Record
	Copies []record.ID // entries that say the same in copies of the same report
}

// Entries writes entries of an archive as a list for the terminal: id, day and publisher, then who and what.
func Entries(w io.Writer, list []Shown, opt TextOptions) error {
	p := newPage(nil, opt)
	for i, s := range list {
		if i > 0 {
			p.out.WriteByte('\n')
		}
		p.entry(s)
	}
	return p.writeTo(w, "entries")
}

// entry writes one entry: its head, and the item as it stands in its record.
func (p *page) entry(s Shown) {
	if p.rec != s.Record {
		p.rec, p.x = s.Record, NewIndex(s.Record)
	}
	e := s.Entry
	p.meta(0, string(e.ID), start1(e.Known), Clean(e.Publisher), Clean(e.Title), p.verdict(e.Verdict), retired(e.Retired))
	if !p.item(e.ID, e.Status) { // retired: the newest record no longer has it
		p.line(2, p.style.act(e.Label)+": "+Clean(e.Text))
	}
	p.copies("the same in copies of this report: ", s.Copies)
}

// copies lists what says the same once more.
func (p *page) copies(lead string, ids []record.ID) {
	if len(ids) == 0 {
		return
	}
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = string(id)
	}
	p.line(0, p.style.dim(lead+strings.Join(list, " ")))
}

// verdict shows what somebody decided.
func (p *page) verdict(v string) string {
	switch v {
	case "":
		return ""
	case "reject":
		return p.style.warn("rejected")
	case "confirm":
		return "confirmed"
	}
	return v
}

func retired(reading int) string {
	if reading == 0 {
		return ""
	}
	return fmt.Sprintf("no longer found since reading %d", reading)
}

// item writes the item with an id and says whether the record has it. The state of a commitment is the archive's.
func (p *page) item(id record.ID, state string) bool {
	r := p.rec
	switch record.KindOf(id) {
	case "statement":
		return find(r.Statements, id, func(s *record.Statement) record.ID { return s.ID }, func(s *record.Statement) {
			p.line(2, p.style.speaker(p.x.speaker(s)))
			p.statement(s)
		})
	case "event":
		return find(r.Events, id, func(e *record.Event) record.ID { return e.ID }, p.event)
	case "commitment":
		return find(r.Commitments, id, func(c *record.Commitment) record.ID { return c.ID }, func(c *record.Commitment) {
			judged := *c
			judged.State = strings.ReplaceAll(or(state, c.State), "_", " ")
			p.commitment(&judged)
		})
	case "contact":
		return find(r.Contacts, id, func(c *record.Contact) record.ID { return c.ID }, p.contact)
	case "figure":
		return find(r.Figures, id, func(f *record.Figure) record.ID { return f.ID }, p.figure)
	case "contradiction":
		return find(r.Contradictions, id, func(c *record.Contradiction) record.ID { return c.ID }, p.contradiction)
	case "agreement":
		return find(r.Agreements, id, func(a *record.Agreement) record.ID { return a.ID }, p.agreement)
	case "actor":
		return find(r.Actors, id, func(a *record.Actor) record.ID { return a.ID }, p.actor)
	}
	return false
}

// find shows the item with an id.
func find[T any](items []T, id record.ID, idOf func(*T) record.ID, show func(*T)) bool {
	for i := range items {
		if idOf(&items[i]) == id {
			show(&items[i])
			return true
		}
	}
	return false
}

func (p *page) actor(a *record.Actor) {
	p.line(2, p.style.speaker(Clean(a.Name)))
	p.meta(4, Clean(a.Role), strings.ReplaceAll(a.Kind, "_", " "), p.country(a.Country), sector(a.Sector), strings.Join(a.SameAs, " "))
}

// Links writes links between entries of an archive, each with both sides as they stand in their articles.
func Links(w io.Writer, list []Linked, opt TextOptions) error {
	p := newPage(nil, opt)
	for i, l := range list {
		if i > 0 {
			p.out.WriteByte('\n')
		}
		p.link(l)
	}
	return p.writeTo(w, "links")
}

// Linked is a link with its two sides; B is nil where a link has one side only.
type Linked struct {
	Link   record.Link
	A, B   *Shown
	Copies []record.ID // links that say the same of copies of the same reports
}

func (p *page) link(l Linked) {
	kind := l.Link.Kind
	if l.Link.Type != "" {
		kind += ", " + l.Link.Type
	}
	p.meta(0, string(l.Link.ID), doubt(l.Link.Confidence), p.verdict(l.Link.Verdict))
	p.line(0, p.style.warn(kind)+": "+Clean(l.Link.Reason))
	for _, side := range []*Shown{l.A, l.B} {
		if side != nil {
			p.entry(*side)
		}
	}
	p.copies(fmt.Sprintf("the same between copies of these reports, %s: ", plural(len(l.Copies), "link")), l.Copies)
}

// Promise is a commitment with what was found that bears on it.
type Promise struct {
	Shown    Shown
	Evidence []Linked
}

// Promises writes commitments, each with its state and the evidence offered for another one.
func Promises(w io.Writer, list []Promise, opt TextOptions) error {
	p := newPage(nil, opt)
	for i, c := range list {
		if i > 0 {
			p.out.WriteByte('\n')
		}
		p.entry(c.Shown)
		for _, l := range c.Evidence {
			p.line(4, p.style.act(l.Link.Type+"?")+" "+Clean(l.Link.Reason))
			if l.B != nil {
				e := l.B.Entry
				p.meta(6, string(l.Link.ID), string(e.ID), start1(e.Known), Clean(e.Publisher), "“"+Clean(e.Text)+"”", p.verdict(l.Link.Verdict))
			}
		}
	}
	return p.writeTo(w, "commitments")
}
