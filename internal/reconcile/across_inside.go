package reconcile

import "parley/internal/record"

// plainDenials finds, with the means that look across articles, what two voices of one article say against each other:
// a plain "not", an act and its opposite.
func (m *matter) plainDenials() []record.Contradiction {
	x := NewAcross(AcrossOptions{Identity: func(actor record.ID) record.ID { return actor }})
	var out []record.Contradiction
	for _, f := range x.framesOf(&record.Article{Document: m.rec.Document}, m.rec) {
		for _, other := range x.rivalsOf(f) {
			link := x.compareInside(other, f)
			a, b := m.statements[other.id], m.statements[f.id]
			if link.Kind == "" || other.id == f.id || a != nil && b != nil && (within(a, b) || within(b, a)) {
				continue
			}
			found := record.Contradiction{A: link.A, B: link.B, Basis: "inferred", By: []record.ID{}, Reason: link.Reason, Confidence: link.Confidence, Why: link.Type + ", by frames"}
			if !pairIn(out, &found) {
				out = append(out, found)
			}
		}
		x.keep(f)
	}
	return out
}

// compareInside asks of two frames of one article what cannot be a second report of the same.
func (x *Across) compareInside(a, b *frame) record.Link {
	switch {
	case a.kind == claimFrame && b.kind == claimFrame && a.by.known() && b.by.known():
		if link := deniedClaim(a, b); link.Kind != "" {
			return link
		}
		return oppositeClaim(a, b)
	case a.kind == eventFrame && b.kind == eventFrame && a.who.together(b.who) && a.by.known() && b.by.known():
		return oppositeEvent(a, b)
	}
	return record.Link{}
}
