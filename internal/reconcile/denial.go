package reconcile

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"parley/internal/record"
)

// asserting lists the acts by which a thing is put forward as so.
func asserting(act string) bool {
	switch act {
	case "say", "claim", "announce", "report", "confirm", "warn", "accuse", "estimate", "expect", "believe", "fear", "acknowledge":
		return true
	}
	return false
}

// reached is how many statements before and after a denial are held against it: a text of nothing but denials would otherwise take
// time quadratic in them.
const reached = 300

// denials pairs what somebody denies with what somebody else puts forward about the same matter. The denier, or
// somebody of the same side, must be spoken of in the assertion, and most of what is denied must be asserted.
func (m *matter) denials() []record.Contradiction {
	var out []record.Contradiction
	for i := range m.rec.Statements {
		d := &m.rec.Statements[i]
		if len(d.Source) == 0 || d.Act != "deny" && !ownDenial(d) {
			continue
		}
		denied := m.contentTerms(d)
		m.dropNames(denied, d)
		if len(denied) == 0 || refused(contentText(d)) {
			continue
		}
		if d.Act == "deny" && d.Cue != nil && !cueDoes(d.Cue.Text, "deny") {
			if !cueDoes(d.Cue.Text, "plan") {
				continue // a wish that somebody does not have
			}
			denied[planned] = true
		}
		var best *record.Statement
		top := 0.0
		for k := max(0, i-reached); k < min(len(m.rec.Statements), i+reached); k++ {
			a := &m.rec.Statements[k]
			if k == i || !asserting(a.Act) || overlapIDs(a.Source, d.Source) || m.sameSide(a.Source, d.Source) || len(a.Source) == 0 {
				continue
			}
			if within(a, d) || within(d, a) || len(denied) == 1 && a.Act != "accuse" && a.Act != "claim" && a.Act != "report" {
				continue // one word, "the talks", is too little but for an accusation
			}
			score := m.asserts(a, d, denied)
			if score == 0 && denied[involved] && a.Act == "accuse" && m.accuses(a, d.Source) {
				score = 0.5 // "denied any involvement"
			}
			if score > top {
				best, top = a, score
			}
		}
		if best == nil || top < 0.5 {
			continue
		}
		out = append(out, record.Contradiction{A: d.ID, B: best.ID, Basis: "inferred", By: []record.ID{},
			Reason:     fmt.Sprintf("%s denies what %s says: %s", m.names(d.Source), m.names(best.Source), quote(contentText(d))),
			Confidence: 0.6 + 0.2*min(1, top), Why: "denial against assertion"})
	}
	return out
}

func quote(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 120 {
		s = string(r[:120]) + "…"
	}
	return "“" + s + "”"
}

func contentText(s *record.Statement) string {
	parts := make([]string, 0, len(s.Content))
	for _, c := range s.Content {
		parts = append(parts, c.Text)
	}
	return strings.Join(parts, " ")
}

func (m *matter) contentTerms(s *record.Statement) map[string]bool { return m.terms(contentText(s)) }

// dropNames takes what tells too little and names out of what is denied, those of the denier and those with capitals in its words: who is meant is
// looked at by itself, and a name alone is no matter.
func (m *matter) dropNames(terms map[string]bool, d *record.Statement) {
	for _, id := range d.Source {
		if a := m.actors[id]; a != nil {
			for _, name := range append([]string{a.Name}, a.Aliases...) {
				m.drop(terms, name)
			}
		}
	}
	for _, w := range strings.Fields(contentText(d)) {
		if w = strings.Trim(w, `.,;:!?"“”()'’`); w != "" && unicode.IsUpper([]rune(w)[0]) {
			m.drop(terms, w)
		}
	}
	for t := range terms {
		if light(t) && !strings.HasPrefix(t, "=") {
			delete(terms, t)
		}
	}
}

// drop takes the terms of a text out of others.
func (m *matter) drop(terms map[string]bool, text string) {
	for t := range m.terms(text) {
		delete(terms, t)
	}
}

// classShared says whether the shared term is of a class of the table: an act, not a circumstance.
func (m *matter) classShared(a, b map[string]bool) bool {
	for t := range a {
		if b[t] && strings.HasPrefix(t, "=") && t != planned && t != troops {
			return true
		}
	}
	return false
}

// ownDenial says whether somebody says of themselves that they did not: "We did not attack the convoy".
func ownDenial(s *record.Statement) bool {
	if !asserting(s.Act) {
		return false
	}
	words := bareWords(contentText(s))
	if len(words) < 4 || len(words) > 25 {
		return false
	}
	if !isWord("self", words[0]) {
		return false
	}
	for _, w := range words[1:4] {
		if negates(w) && w != "no" {
			return !conditional(contentText(s)) && !says("resolve", contentText(s)) && !says("future", contentText(s))
		}
	}
	return false
}

// refused says whether what is denied is a thing kept from somebody, not a thing said not to be so: "denied
// funding for the wall", "denied him entry".
func refused(text string) bool {
	f := bareWords(text)
	for i, w := range f {
		if w == "that" {
			return false
		}
		if i > 0 && i+1 < len(f) && w == "to" && isWord("theirs", f[i+1]) {
			return true // "denied freedoms to its people"
		}
	}
	return slices.ContainsFunc(f[:min(len(f), 3)], func(w string) bool { return isWord("kept", w) })
}

// within says whether a is told inside b.
func within(a, b *record.Statement) bool {
	return a.ReportedIn != nil && *a.ReportedIn == b.ID
}

// negated says whether a text denies its own matter.
func negated(text string) bool {
	return says("denying", text) || slices.ContainsFunc(bareWords(text), negates)
}

// bareWords are the words of a text in lower case, with straight apostrophes.
func bareWords(text string) []string { return words(strings.ReplaceAll(text, "’", "'")) }

// asserts is the share of the denied terms that one sentence of a statement puts forward as so, about the
// denier or somebody of the same side; 0 when no sentence does. A sentence that tells of the denial itself does not; of
// a denial without a word of denying, what was not done must be asserted, not only what it was done to.
func (m *matter) asserts(s, d *record.Statement, denied map[string]bool) float64 {
	doing := ""
	if d.Act != "deny" {
		doing = m.firstOf(denied, contentText(d))
	}
	best := 0.0
	for _, c := range s.Content {
		for _, piece := range sentences(c) {
			if negated(piece.Text) || conditional(piece.Text) || says("mistaken", piece.Text) || s.Act != "accuse" && says("charging", piece.Text) || holds(piece.Span, d.Span) || !m.speaksOf(piece.Span, d.Source) {
				continue
			}
			asserted := m.terms(piece.Text)
			n := shared(denied, asserted)
			if n == 0 || doing != "" && !asserted[doing] || n == 1 && len(denied) > 1 && !m.classShared(denied, asserted) || n == 2 && len(denied) > 3 {
				continue
			}
			best = max(best, float64(n)/float64(len(denied)))
		}
	}
	return best
}

// firstOf is the first of some terms that a text has.
func (m *matter) firstOf(set map[string]bool, text string) string {
	for _, t := range m.orderedTerms(text) {
		if set[t] {
			return t
		}
	}
	return ""
}

// accuses says whether a statement's words speak of the denier without a condition.
func (m *matter) accuses(s *record.Statement, ids []record.ID) bool {
	for _, c := range s.Content {
		if !negated(c.Text) && !conditional(c.Text) && m.speaksOf(c.Span, ids) {
			return true
		}
	}
	return overlapIDs(s.Addressee, ids)
}

// sentences takes content apart at the ends of sentences, roughly.
func sentences(w record.Words) []record.Words {
	var out []record.Words
	runes := []rune(w.Text)
	from := 0
	for i := 0; i <= len(runes); i++ {
		if i < len(runes) && !((runes[i] == '.' || runes[i] == '!' || runes[i] == '?') && (i+1 == len(runes) || runes[i+1] == ' ' || runes[i+1] == '\n')) {
			continue
		}
		if i > from {
			to := i
			if i < len(runes) && runes[i] == '?' {
				to++ // a question asserts nothing
			}
			out = append(out, record.Words{Text: string(runes[from:to]), Span: record.Span{w.Span[0] + from, w.Span[0] + to}})
		}
		from = i + 1
	}
	return out
}

// conditional says whether a text only supposes its matter.
func conditional(text string) bool { return says("conditional", text) || strings.Contains(text, "?") }

// speaksOf says whether a stretch of the text mentions one of some actors, or an official of the same state. Mentions are in the order of
// the text.
func (m *matter) speaksOf(in record.Span, ids []record.ID) bool {
	for i := range m.rec.Actors {
		a := &m.rec.Actors[i]
		if !m.sides(a, ids) {
			continue
		}
		at, _ := slices.BinarySearchFunc(a.Mentions, in[0], func(s record.Span, from int) int { return cmp.Compare(s[0], from) })
		for ; at < len(a.Mentions) && a.Mentions[at][0] < in[1]; at++ {
			if a.Mentions[at][1] <= in[1] {
				return true
			}
		}
	}
	return false
}

func (m *matter) sides(a *record.Actor, ids []record.ID) bool {
	for _, id := range ids {
		if a.ID == id {
			return true
		}
		if d := m.actors[id]; d != nil && d.Country != "" && d.Country == a.Country && official(d) && official(a) {
			return true
		}
	}
	return false
}

// asked says whether a stretch of the text stands in a question.
func (m *matter) asked(in record.Span) bool {
	end := sentenceAround(m.runes, in)[1]
	return end < len(m.runes) && m.runes[end] == '?'
}

// deniedEvents pairs an event told as done with the same event told as denied, by others.
func (m *matter) deniedEvents() []record.Contradiction {
	var out []record.Contradiction
	for i := range m.rec.Events {
		d := &m.rec.Events[i]
		if d.Status != "denied" || d.AssertedBy == nil || len(d.Actors) == 0 {
			continue
		}
		for k := range m.rec.Events {
			a := &m.rec.Events[k]
			if a.Status != "actual" && a.Status != "ongoing" || m.asked(a.Span) || a.Type != d.Type || !overlapIDs(a.Actors, d.Actors) {
				continue
			}
			if stem(strings.ToLower(a.Trigger.Text)) != stem(strings.ToLower(d.Trigger.Text)) || len(a.Recipients) > 0 && len(d.Recipients) > 0 && !overlapIDs(a.Recipients, d.Recipients) {
				continue
			}
			by := m.statements[*d.AssertedBy]
			if by == nil || by.Act != "deny" || a.AssertedBy == nil || *a.AssertedBy == *d.AssertedBy || m.sameSource(*a.AssertedBy, *d.AssertedBy) {
				continue
			}
			out = append(out, record.Contradiction{A: d.ID, B: a.ID, Basis: "inferred", By: []record.ID{},
				Reason:     fmt.Sprintf("told as done here and denied there: %s", quote(a.Text)),
				Confidence: 0.45, Why: "event done and denied"})
		}
	}
	return out
}

func (m *matter) sameSource(a, b record.ID) bool {
	p, q := m.statements[a], m.statements[b]
	return p != nil && q != nil && (overlapIDs(p.Source, q.Source) || m.sameSide(p.Source, q.Source))
}
