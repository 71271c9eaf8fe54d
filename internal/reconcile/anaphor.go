package reconcile

import (
	"fmt"
	"slices"
	"strings"

	"parley/internal/record"
)

// near is how many code points a denial of "the claim" may stand behind the claim.
const near = 250

// deniedClaims pairs a denial that only points back ("denied the claim", "rejected the accusation") with the nearest
// claim before it by somebody of another side, if it can mean that one. Else the claim may be anything the text has told,
// and nothing is paired.
func (m *matter) deniedClaims() []record.Contradiction {
	var out []record.Contradiction
	for i := range m.rec.Statements {
		d := &m.rec.Statements[i]
		if d.Act != "deny" && d.Act != "reject" || len(d.Source) == 0 || !pointsBack(contentText(d)) {
			continue
		}
		matter := m.nextWords(i)
		var best, charge *record.Statement
		for k := range m.rec.Statements {
			a := &m.rec.Statements[k]
			if k == i || !claiming(a.Act) || len(a.Source) == 0 || a.Span[1] > d.Span[0] || d.Span[0]-a.Span[1] > near || within(a, d) {
				continue
			}
			if overlapIDs(a.Source, d.Source) || m.sameSide(a.Source, d.Source) {
				continue
			}
			if a.Act == "accuse" && m.accuses(a, d.Source) && !m.ofOthers(a, d.Source) && (charge == nil || a.Span[1] > charge.Span[1]) {
				charge = a
			}
			if best == nil || a.Span[1] > best.Span[1] || a.Span[1] == best.Span[1] && a.ReportedIn == nil {
				best = a
			}
		}
		if best == nil || !m.answers(d, best, matter) {
			if best = charge; best == nil {
				continue
			}
		}
		out = append(out, record.Contradiction{A: d.ID, B: best.ID, Basis: "inferred", By: []record.ID{},
			Reason:     fmt.Sprintf("%s denies what %s said just before: %s", m.names(d.Source), m.names(best.Source), quote(contentText(best))),
			Confidence: 0.8, Why: "denial of the claim before"})
	}
	return out
}

// claiming lists the acts whose matter another can deny; what somebody announces or admits of themselves is no claim.
func claiming(act string) bool { return asserting(act) && act != "announce" && act != "acknowledge" }

// sameBreath is how many code points may stand between a claim and the words that deny it in one sentence: ", but".
const sameBreath = 12

// answers says whether a denial that points back can mean the claim before it: the two stand in one sentence, it comes
// right behind a charge, the claim speaks of the denier, or, unless it is a charge that is denied, it is of the matter that the denier goes on to speak of.
func (m *matter) answers(d, a *record.Statement, matter map[string]bool) bool {
	if list := bareWords(contentText(a)); len(list) > 0 && isWord("conditional", list[0]) || m.ofOthers(a, d.Source) {
		return false
	}
	between := string(m.runes[min(a.Span[1], len(m.runes)):min(max(a.Span[1], d.Span[0]), len(m.runes))])
	if d.Span[0]-a.Span[1] <= sameBreath && (a.Act == "accuse" || a.Act == "claim" || !strings.ContainsAny(between, ".!?\n")) {
		return true
	}
	charged := slices.ContainsFunc(bareWords(contentText(d)), func(w string) bool { return isWord("charges", w) })
	return m.accuses(a, d.Source) || !charged && shared(matter, m.contentTerms(a)) > 0
}

// ofOthers says whether a claim is about others than those who deny it: whom it names first is of another country, and it
// does not speak of each of them, or charges that other.
func (m *matter) ofOthers(a *record.Statement, deniers []record.ID) bool {
	first := m.firstNamed(a)
	for _, id := range deniers {
		spoken := m.accuses(a, []record.ID{id})
		d := m.actors[id]
		if d != nil && first != nil && first.ID != id && first.Country != "" && first.Country != d.Country && (!spoken && d.Country != "" || a.Act == "accuse") {
			return true
		}
	}
	return false
}

// firstNamed is the actor that a claim names first: with a charge, who is charged.
func (m *matter) firstNamed(a *record.Statement) *record.Actor {
	var out *record.Actor
	at := len(m.runes)
	for i := range m.rec.Actors {
		for _, span := range m.rec.Actors[i].Mentions {
			for _, c := range a.Content {
				if holds(c.Span, span) && span[0] < at {
					out, at = &m.rec.Actors[i], span[0]
				}
			}
		}
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
	list := bareWords(text)
	return len(list) > 0 && len(list) <= 3 && !slices.ContainsFunc(list, func(w string) bool { return !isWord("back", w) })
}
