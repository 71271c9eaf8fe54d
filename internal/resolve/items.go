package resolve

import (
	"slices"

	"parley/internal/document"
	"parley/internal/read"
	"parley/internal/record"
	"parley/internal/times"
)

// resolveTimes places every expression of time against the publication date.
func (w *work) resolveTimes() {
	w.times = make([]*record.Time, len(w.in.Times))
	for i := range w.in.Times {
		t := &w.in.Times[i]
		words := w.words(t.Span)
		out := &record.Time{Text: words.Text, Span: words.Span}
		dir := times.Nearest
		switch t.Tense {
		case "past":
			dir = times.Past
		case "future":
			dir = times.Future
		}
		if !w.doc.Published.IsZero() {
			if span, ok := t.Expr.Resolve(w.doc.Published, dir); ok {
				out.Start, out.End = span.ISO()
			}
		}
		w.times[i] = out
	}
}

// time is the time with an index of the reading, nil for none.
func (w *work) time(i int) *record.Time {
	if i < 0 || i >= len(w.times) {
		return nil
	}
	t := *w.times[i]
	return &t
}

// drafts is who and where stands in every item, worked out before ids are given.
type drafts struct {
	statements  []statementDraft
	events      []eventDraft
	commitments []commitmentDraft
	contacts    []contactDraft
	figures     [][]*actor
	conflicts   []conflictDraft
	agreements  [][]*actor
}

// draft resolves every phrase of the reading. Whoever comes out is used, and so gets a place in the list of
// actors, which must stand before anything can refer to it.
func (w *work) draft() *drafts {
	d := &drafts{}
	w.draftStatements(d)
	w.draftEvents(d)
	w.draftCommitments(d)
	w.draftContacts(d)
	for i := range w.in.Figures {
		d.figures = append(d.figures, w.actorsOfAll(w.in.Figures[i].By))
	}
	w.draftConflicts(d)
	for i := range w.in.Agreements {
		d.agreements = append(d.agreements, w.actorsOfAll(w.in.Agreements[i].Parties))
	}
	w.mentionAll()
	return d
}

// write makes the lists of the record.
func (w *work) write(rec *record.Record, d *drafts) {
	rec.Statements = w.writeStatements(d)
	rec.Events = w.writeEvents(d)
	rec.Commitments = w.writeCommitments(d)
	rec.Contacts = w.writeContacts(d)
	rec.Figures = w.writeFigures(d)
	rec.Contradictions = w.writeContradictions(rec, d)
	rec.Agreements = w.writeAgreements(d)
}

// idsOf are the ids of actors, in their order, without repeats; never nil.
func (w *work) idsOf(list []*actor) []record.ID {
	out := make([]record.ID, 0, len(list))
	for _, a := range list {
		if id, ok := w.ids[a]; ok && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// hull is the smallest span that holds all the given ones that are not empty.
func hull(spans ...document.Span) document.Span {
	var out document.Span
	for _, s := range spans {
		switch {
		case s.Empty():
		case out.Empty():
			out = s
		default:
			out.Start, out.End = min(out.Start, s.Start), max(out.End, s.End)
		}
	}
	return out
}

func (w *work) statementID(i int) *record.ID {
	for range maxDepth {
		if i < 0 || i >= len(w.statementOf) {
			return nil
		}
		if id := w.statementOf[i]; id != "" {
			return &id
		}
		i = w.in.Attributions[i].Within
	}
	return nil
}

func (w *work) writeFigures(d *drafts) []record.Figure {
	out := []record.Figure{}
	for i := range w.in.Figures {
		f := &w.in.Figures[i]
		words := w.words(f.Span)
		r := record.Figure{ID: record.ID("f" + itoa(len(out)+1)), Value: f.Value, High: f.High, Bound: f.Bound, Unit: f.Unit,
			Where: placeIDs(w.placesOf(f.Where)), When: w.time(f.When), Span: words.Span, Text: words.Text, AssertedBy: []record.ID{}, Why: f.Why}
		if !f.Of.Empty() {
			r.Of = w.doc.Slice(f.Of)
		}
		if by := w.idsOf(d.figures[i]); len(by) > 0 {
			r.AssertedBy = by
		} else if id := w.statementID(f.Assertion); id != nil {
			r.AssertedBy = append(r.AssertedBy, *id)
		}
		out = append(out, r)
	}
	return out
}

func (w *work) writeAgreements(d *drafts) []record.Agreement {
	out := []record.Agreement{}
	for i := range w.in.Agreements {
		g := &w.in.Agreements[i]
		p := w.phraseAt(g.Name.Head)
		first, end := g.Name.First, g.Name.End
		if first >= end {
			first, end = p.first, p.end
		}
		r := record.Agreement{ID: record.ID("g" + itoa(len(out)+1)), Name: w.text(w.skipDet(first), end), Date: w.time(g.Date),
			Parties: w.idsOf(d.agreements[i]), Terms: []record.Words{}, Mentions: []record.Span{}, Why: g.Why}
		for _, t := range g.Terms {
			r.Terms = append(r.Terms, w.words(t))
		}
		for _, m := range g.Mentions {
			r.Mentions = append(r.Mentions, w.span(m))
		}
		if len(r.Mentions) == 0 {
			r.Mentions = append(r.Mentions, w.span(w.doc.TokenSpan(first, end)))
		}
		out = append(out, r)
	}
	return out
}

// phraseSpans are the spans of phrases.
func (w *work) phraseSpan(p read.Phrase) document.Span {
	if p.First < p.End && p.First >= 0 && p.End <= len(w.doc.Tokens) {
		return w.doc.TokenSpan(p.First, p.End)
	}
	if p.Head >= 0 && p.Head < len(w.doc.Tokens) {
		return w.doc.Tokens[p.Head].Span
	}
	return document.Span{}
}
