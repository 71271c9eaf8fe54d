package reconcile

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"parley/internal/record"
)

// mostRivals is how many pairs of rival figures are named in one document: three counts by three sources would
// otherwise fill the list.
const mostRivals = 2

// rivalsAhead is how many later figures of the same words a figure is compared with.
const rivalsAhead = 100

// countKey is the same for figures that can be of the same count: by the terms of what they count, and the place.
func (m *matter) countKey(f *record.Figure) string {
	return strings.Join(slices.Sorted(maps.Keys(m.terms(f.Of))), " ") + fmt.Sprint(f.Where)
}

// rivalFigures pairs figures that different sources give for the same thing, in the same place and time, and
// that cannot both be right within their bounds.
func (m *matter) rivalFigures() []record.Contradiction {
	var out []record.Contradiction
	figs := m.rec.Figures
	alike := map[string][]int{} // figures of the same words in the same places
	keys, places := make([]string, len(figs)), make([]int, len(figs))
	for i := range figs {
		keys[i] = m.countKey(&figs[i])
		places[i] = len(alike[keys[i]])
		alike[keys[i]] = append(alike[keys[i]], i)
	}
	for i := range figs {
		rest := alike[keys[i]][places[i]+1:]
		for _, k := range rest[:min(len(rest), rivalsAhead)] {
			a, b := &figs[i], &figs[k]
			if !m.sameCount(a, b) || !m.rivals(a, b) || mayAgree(a, b) || !m.oneCase(a, b) {
				continue
			}
			if len(out) == mostRivals {
				return out
			}
			out = append(out, record.Contradiction{A: a.ID, B: b.ID, Basis: "inferred", By: []record.ID{},
				Reason:     fmt.Sprintf("%s: %s by %s, %s by %s", a.Of, amount(a), m.giver(a), amount(b), m.giver(b)),
				Confidence: 0.5, Why: "rival figures"})
		}
	}
	return out
}

// amount is a figure as a reason gives it: its number and how exact that is.
func amount(f *record.Figure) string {
	switch f.Bound {
	case "about":
		return "about " + number(f)
	case "at_least":
		return "at least " + number(f)
	case "at_most":
		return "at most " + number(f)
	}
	return number(f)
}

func number(f *record.Figure) string {
	s := strconv.FormatFloat(f.Value, 'f', -1, 64)
	if f.High != nil {
		s += " to " + strconv.FormatFloat(*f.High, 'f', -1, 64)
	}
	return s
}

// sameCount says whether two figures count the same thing in the same place at the same time.
func (m *matter) sameCount(a, b *record.Figure) bool {
	// Sums of money and rates are seldom of one thing even where the words agree; counts are.
	if a.Of == "" || a.Unit != "" || b.Unit != "" || !slices.Equal(a.Where, b.Where) {
		return false
	}
	if low, high := min(a.Value, b.Value), max(a.Value, b.Value); low <= 0 || high > 50*low {
		return false
	}
	if a.When != nil && b.When != nil && a.When.Start != nil && b.When.Start != nil && *a.When.Start != *b.When.Start {
		return false
	}
	p, q := m.terms(a.Of), m.terms(b.Of)
	n := shared(p, q)
	if n == 0 || n != len(p) || n != len(q) {
		return false
	}
	for t := range p {
		if !common(t) {
			return true
		}
	}
	return m.sameMatter(a, b)
}

// sameMatter says whether the words around two figures share a word of the table of classes beside what is counted
// ("killed"), and do not part the dead from the wounded.
func (m *matter) sameMatter(a, b *record.Figure) bool {
	p, q := m.around(a), m.around(b)
	for t := range loadWords()["harmed"].terms {
		if p[t] != q[t] {
			return false
		}
	}
	for term := range p {
		if q[term] && strings.HasPrefix(term, "=") && !common(term) {
			return true
		}
	}
	return false
}

// oneCase says whether the sentences of two figures are of one case: one sentence, or two that share half of their words
// beside what is counted. Counts of the same word are otherwise seldom of the same thing.
func (m *matter) oneCase(a, b *record.Figure) bool {
	p, q := sentenceAround(m.runes, a.Span), sentenceAround(m.runes, b.Span)
	first, second := string(m.runes[p[0]:p[1]]), string(m.runes[q[0]:q[1]])
	if says("portions", first) || says("portions", second) || otherDay(datesIn(first), datesIn(second)) {
		return false
	}
	if p == q {
		return true
	}
	if m.listed(p, a) || m.listed(q, b) {
		return false
	}
	rest, other := m.besides(p, a), m.besides(q, b)
	n := shared(rest, other)
	return n >= 2 && 2*n >= min(len(rest), len(other))
}

// besides are the terms of a sentence that do not belong to what is counted in it.
func (m *matter) besides(in record.Span, f *record.Figure) map[string]bool {
	out := m.terms(string(m.runes[in[0]:in[1]]))
	for t := range m.terms(f.Of) {
		delete(out, t)
	}
	for t := range out {
		if common(t) || t[0] >= '0' && t[0] <= '9' {
			delete(out, t)
		}
	}
	return out
}

// around are the terms of the words close to a figure.
func (m *matter) around(f *record.Figure) map[string]bool {
	const before, after = 30, 50
	text := m.runes
	from, to := max(0, f.Span[0]-before), min(len(text), f.Span[1]+after)
	if from >= to {
		return nil
	}
	return m.terms(string(text[from:to]))
}

// rivals says whether the two come from different sources, both known.
func (m *matter) rivals(a, b *record.Figure) bool {
	for _, id := range slices.Concat(a.AssertedBy, b.AssertedBy) {
		if s := m.statements[id]; s != nil && intends(s.Act) {
			return false
		}
	}
	if m.tells(a, b) || m.tells(b, a) {
		return false // one is told inside the words of the other's giver
	}
	p, q := m.givers(a), m.givers(b)
	return len(p) > 0 && len(q) > 0 && !overlapIDs(p, q)
}

// tells says whether the statement that gives one figure gives another, too.
func (m *matter) tells(a, b *record.Figure) bool {
	return slices.ContainsFunc(a.AssertedBy, func(id record.ID) bool { s := m.statements[id]; return s != nil && holds(s.Span, b.Span) })
}

func (m *matter) givers(f *record.Figure) []record.ID {
	var out []record.ID
	for _, id := range f.AssertedBy {
		if s := m.statements[id]; s != nil {
			out = append(out, s.Source...)
		} else if strings.HasPrefix(string(id), "a") {
			out = append(out, id)
		}
	}
	return out
}

func (m *matter) giver(f *record.Figure) string { return m.names(m.givers(f)) }

// mayAgree says whether two figures can both be right: their ranges meet, a tenth either way for "about".
func mayAgree(a, b *record.Figure) bool {
	al, ah := reach(a)
	bl, bh := reach(b)
	return al <= bh && bl <= ah
}

func reach(f *record.Figure) (low, high float64) {
	low, high = f.Value, f.Value
	if f.High != nil {
		high = *f.High
	}
	const most = 1e18
	switch f.Bound {
	case "about":
		low, high = low*0.9, high*1.1
	case "at_least":
		high = most
	case "at_most":
		low = 0
	}
	return low, high
}
