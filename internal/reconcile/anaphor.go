package reconcile

import (
	"fmt"
	"strings"

	"parley/internal/record"
)

// near is how many code points a denial of "the claim" may stand behind the claim.
const near = 250

// deniedClaims pairs a denial that only points back ("denied the claim", "rejected the accusation") with the nearest
// statement before it, by somebody of another side, that it can mean: one that speaks of the denier, or that is about what
// the denier says next. Without either the claim may be anything the text has told, and nothing is paired.
func (m *matter) deniedClaims() []record.Contradiction {
	var out []record.Contradiction
	for i := range m.rec.Statements {
		d := &m.rec.Statements[i]
		if d.Act != "deny" && d.Act != "reject" || len(d.Source) == 0 || !pointsBack(contentText(d)) {
			continue
		}
		matter := m.nextWords(i)
		var best *record.Statement
		for k := range m.rec.Statements {
			a := &m.rec.Statements[k]
			if k == i || !asserting(a.Act) || len(a.Source) == 0 || a.Span[1] > d.Span[0] || d.Span[0]-a.Span[1] > near || within(a, d) {
				continue
			}
			if overlapIDs(a.Source, d.Source) || m.sameSide(a.Source, d.Source) || !m.accuses(a, d.Source) && shared(matter, m.contentTerms(a)) == 0 {
				continue
			}
			if best == nil || a.Span[1] > best.Span[1] || a.Span[1] == best.Span[1] && a.ReportedIn == nil {
				best = a
			}
		}
		if best == nil {
			continue
		}
		out = append(out, record.Contradiction{A: d.ID, B: best.ID, Basis: "inferred", By: []record.ID{},
			Reason:     fmt.Sprintf("%s denies what %s said just before: %s", m.names(d.Source), m.names(best.Source), quote(contentText(best))),
			Confidence: 0.65, Why: "denial of the claim before"})
	}
	return out
}

// nextWords are the terms of what a denier says right behind a denial that only points back, in the same breath.
func (m *matter) nextWords(i int) map[string]bool {
	const breath = 120
	d := &m.rec.Statements[i]
	out := map[string]bool{}
	for k := range m.rec.Statements {
		s := &m.rec.Statements[k]
		if k == i || !overlapIDs(s.Source, d.Source) || s.Span[0] < d.Span[0] || s.Span[0]-d.Span[1] > breath {
			continue
		}
		for t := range m.contentTerms(s) {
			out[t] = out[t] || !common(t)
		}
	}
	for t := range out {
		if !out[t] {
			delete(out, t)
		}
	}
	return out
}

// pointsBack says whether the words only take up again what was said before.
func pointsBack(text string) bool {
	words := strings.Fields(strings.ToLower(text))
	if len(words) == 0 || len(words) > 3 {
		return false
	}
	for _, w := range words {
		switch strings.Trim(w, `.,;"“”'’`) {
		case "the", "this", "that", "these", "those", "it", "such", "any", "all", "claim", "claims", "accusation", "accusations", "allegation", "allegations",
			"report", "reports", "charge", "charges", "assertion", "assertions", "suggestion":
		default:
			return false
		}
	}
	return true
}
