package resolve

import (
	"slices"
	"sort"

	"parley/internal/document"
	"parley/internal/read"
	"parley/internal/record"
)

// contactDraft is a contact with its participants, after mentions of the same contact have been joined.
type contactDraft struct {
	participants []*actor
	into         int // the contact it was joined to, or itself
}

func (w *work) draftContacts(d *drafts) {
	for i := range w.in.Contacts {
		c := &w.in.Contacts[i]
		d.contacts = append(d.contacts, contactDraft{withoutOwnStates(w.actorsOfAll(c.Participants)), i})
	}
	for i := range w.in.Contacts {
		c := &w.in.Contacts[i]
		into := -1
		if c.SameAs >= 0 && c.SameAs < i && !w.othersMet(d, d.contacts[c.SameAs].into, i) {
			into = d.contacts[c.SameAs].into
		} else {
			for k := 0; k < i && into < 0; k++ {
				if d.contacts[k].into == k && w.sameContact(d, k, i) {
					into = k
				}
			}
		}
		if into < 0 {
			continue
		}
		d.contacts[i].into = into
		if len(d.contacts[into].participants) < 2 {
			for _, a := range d.contacts[i].participants {
				d.contacts[into].participants = addActor(d.contacts[into].participants, a)
			}
		}
	}
}

// withoutOwnStates leaves out states whose officials take part themselves, beside somebody else: of "a call with Prime Minister X of
// Mali" Mali is no third party.
func withoutOwnStates(list []*actor) []*actor {
	if len(list) < 3 {
		return list
	}
	official := map[string]bool{}
	for _, a := range list {
		official[a.country] = official[a.country] || a.inOffice()
	}
	return slices.DeleteFunc(slices.Clone(list), func(a *actor) bool { return a.kind == "state" && a.country != "" && official[a.country] })
}

// inOffice says whether somebody speaks for a state by a sector or role.
func (a *actor) inOffice() bool {
	if a.kind != "person" {
		return false
	}
	best := bestHolding(a.roles)
	return a.sector == "GOV" || a.sector == "MIL" || best != nil && best.role != nil && (best.role.sector == "GOV" || best.role.sector == "MIL")
}

// othersMet says whether two mentions name different people, each at least two.
func (w *work) othersMet(d *drafts, k, i int) bool {
	a, b := d.contacts[k].participants, d.contacts[i].participants
	if len(a) < 2 || len(b) < 2 {
		return false
	}
	for _, x := range a {
		if slices.Contains(b, x) {
			return false
		}
	}
	return true
}

// sameContact says whether contact i is told of again in k: the same kind and status, the same participants
// (or none given), and times that may be one.
func (w *work) sameContact(d *drafts, k, i int) bool {
	a, b := &w.in.Contacts[k], &w.in.Contacts[i]
	if a.Kind != b.Kind && !w.oneKind(a, b) || !sameStatus(a.Status, b.Status) {
		return false
	}
	pa, pb := d.contacts[k].participants, d.contacts[i].participants
	if len(pb) == 0 || len(pa) == 0 {
		return false
	}
	if !sameActors(pa, pb) {
		return false
	}
	return w.timesMeet(a.When, b.When)
}

// oneKind says whether two kinds can be told of one contact: talks may be a meeting, or a call that is told of right before or after and
// was nowhere in particular.
func (w *work) oneKind(a, b *read.Contact) bool {
	met := func(kind string) bool { return kind == "meeting" || kind == "talks" || kind == "session" }
	if met(a.Kind) && met(b.Kind) {
		return true
	}
	call := a.Kind == "talks" && b.Kind == "call" || a.Kind == "call" && b.Kind == "talks"
	far := w.doc.SentenceOf(a.Trigger) - w.doc.SentenceOf(b.Trigger)
	return call && len(a.Where)+len(b.Where) == 0 && far >= -1 && far <= 1
}

// sameStatus says whether two statuses can be of one contact: all but held speak of one to come.
func sameStatus(a, b string) bool { return a == b || a != "held" && b != "held" }

func sameActors(a, b []*actor) bool {
	if len(a) != len(b) {
		return false
	}
	for _, x := range a {
		if !slices.Contains(b, x) {
			return false
		}
	}
	return true
}

// timesMeet says whether two times may be one: one is unknown, or they share a day.
func (w *work) timesMeet(i, k int) bool {
	a, b := w.time(i), w.time(k)
	if a == nil || b == nil || a.Start == nil || b.Start == nil {
		return true
	}
	return (a.End == nil || *b.Start <= *a.End) && (b.End == nil || *a.Start <= *b.End)
}

// contactTime is when a contact took place: as it is told, or, for one that was held, when the same people did
// something together in the same paragraph ("agreed on Sunday … in a phone call").
func (w *work) contactTime(d *drafts, i int) *record.Time {
	c := &w.in.Contacts[i]
	if t := w.time(c.When); t != nil || c.Status != "held" || len(d.contacts[i].participants) < 2 {
		return t
	}
	para := w.paragraphOf(c.Span)
	if para < 0 {
		return nil
	}
	around := w.doc.Paragraphs[para].Span
	for k := range w.in.Events {
		ev := &w.in.Events[k]
		if ev.Status == "actual" && around.Start <= ev.Span.Start && ev.Span.Start < around.End && sameActors(d.events[k].actors, d.contacts[i].participants) {
			if t := w.time(ev.When); t != nil && t.Start != nil && t.End != nil {
				return t
			}
		}
	}
	return nil
}

// paragraphOf is the index of the paragraph a span begins in, -1 for none.
func (w *work) paragraphOf(s document.Span) int {
	pars := w.doc.Paragraphs // in the order of the text
	i := sort.Search(len(pars), func(i int) bool { return s.Start < pars[i].Span.End })
	if i < len(pars) && pars[i].Span.Start <= s.Start {
		return i
	}
	return -1
}

func (w *work) writeContacts(d *drafts) []record.Contact {
	out := []record.Contact{}
	at := map[int]int{}
	for i := range w.in.Contacts {
		c := &w.in.Contacts[i]
		words := w.words(c.Span)
		if into := d.contacts[i].into; into != i {
			w.joinContact(&out[at[into]], i)
			continue
		}
		r := record.Contact{ID: record.ID("k" + itoa(len(out)+1)), Kind: c.Kind, Participants: w.idsOf(d.contacts[i].participants), Status: c.Status,
			When: w.contactTime(d, i), Where: placeIDs(w.placesOf(c.Where)), Span: words.Span, Text: words.Text, Spans: []record.Span{words.Span},
			AssertedBy: w.statementID(c.Assertion), Confidence: c.Confidence, Why: c.Why}
		if c.Duration >= 0 && c.Duration < len(w.in.Times) {
			r.Duration = w.in.Times[c.Duration].Expr.Length()
		}
		r.About = w.about(c.About)
		at[i] = len(out)
		out = append(out, r)
	}
	return out
}

func (w *work) about(s document.Span) string {
	if s.Empty() {
		return ""
	}
	return w.doc.Slice(s)
}

// joinContact fills what another mention of a contact adds.
func (w *work) joinContact(r *record.Contact, i int) {
	c := &w.in.Contacts[i]
	r.Spans = append(r.Spans, w.span(c.Span))
	if t := w.time(c.When); t != nil && (r.When == nil || r.When.Start == nil) {
		r.When = t
	}
	if r.Duration == "" && c.Duration >= 0 && c.Duration < len(w.in.Times) {
		r.Duration = w.in.Times[c.Duration].Expr.Length()
	}
	if r.About == "" {
		r.About = w.about(c.About)
	}
	if len(r.Where) == 0 {
		r.Where = placeIDs(w.placesOf(c.Where))
	}
	if c.Status == "unanswered" || c.Status == "refused" {
		r.Status = c.Status
	}
	if r.Kind == "talks" && c.Kind == "call" {
		r.Kind = c.Kind
	}
	r.Confidence = max(r.Confidence, c.Confidence)
}
