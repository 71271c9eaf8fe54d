package reconcile

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"parley/internal/record"
)

// toll is what befell the people that a figure counts: the dead, the wounded, the missing.
type toll struct {
	fate  string // terms of it, empty where the figure is no toll
	word  string // the first of them as it is written
	group string // terms that tell those counted from others: civilians, Zambian soldiers
	part  bool   // some of those that another figure counts
}

// alike says whether two figures count the whole of the same people to whom the same befell.
func (t toll) alike(o toll) bool {
	return t.fate != "" && t.fate == o.fate && t.group == o.group && !t.part && !o.part
}

// tollOf reads a toll off the words between a figure and the signs or numbers around it: what follows the number tells what
// befell those counted ("nine people were killed"), or else what they are ("the number of dead"), or what goes before
// ("killed nine people").
func (m *matter) tollOf(g *record.Figure) toll {
	if g.Unit != "" {
		return toll{}
	}
	before, after := m.stretches(g)
	var fate []string
	word := ""
	for _, text := range []string{after, g.Of, governing(before)} {
		if fate, word = m.fates(text); len(fate) > 0 {
			break
		}
	}
	if len(fate) == 0 {
		return toll{}
	}
	group := m.terms(g.Of)
	maps.DeleteFunc(group, func(t string, _ bool) bool {
		return isTerm("fates", t) || isTerm("counting", t) || common(t) && !isTerm("parts", t)
	})
	return toll{fate: strings.Join(fate, " "), word: word, group: strings.Join(slices.Sorted(maps.Keys(group)), " "), part: says("partly", " "+before) || says("ofthem", after)}
}

// governing is the word before a figure that can govern it, words that say how exact the number is left out: the "killed" of "killed at
// least". What stands further back is of something else.
func governing(before string) string {
	list := words(before)
	for n := len(list) - 1; n >= 0; n-- {
		if !isWord("exact", list[n]) {
			return list[n]
		}
	}
	return ""
}

// fates are the terms of a text that say what befell people, sorted, and the first of their words.
func (m *matter) fates(text string) (terms []string, first string) {
	for _, w := range words(text) {
		t := m.term(w)
		if !isTerm("fates", t) {
			continue
		}
		if first == "" {
			first = w
		}
		if !slices.Contains(terms, t) {
			terms = append(terms, t)
		}
	}
	slices.Sort(terms)
	return terms, first
}

// stretches are the words before and after a figure, up to the next sign that parts a sentence or the next figure.
func (m *matter) stretches(g *record.Figure) (before, after string) {
	const most = 80
	parts := func(i int) bool { return strings.ContainsRune(",;:.!?()\"“”\n—", m.runes[i]) }
	from, to := max(0, min(g.Span[0], len(m.runes))), max(0, min(g.Span[1], len(m.runes)))
	low, high := max(0, from-most), min(len(m.runes), to+most)
	for i := range m.rec.Figures {
		switch f := &m.rec.Figures[i]; {
		case f.Span[1] <= from:
			low = max(low, f.Span[1])
		case f.Span[0] >= to:
			high = min(high, f.Span[0])
		}
	}
	start, end := from, to
	for start > low && !parts(start-1) {
		start--
	}
	for end < high && !parts(end) {
		end++
	}
	return string(m.runes[start:from]), string(m.runes[to:end])
}

// compareTolls finds two sides that count the same dead, or wounded, of one place otherwise. Of two tolls the later may be the
// higher one, unless the lower is given as a most.
func (x *Across) compareTolls(a, b *frame) record.Link {
	if !a.toll.alike(b.toll) || a.listed || b.listed || mayAgree(a.figure, b.figure) || vague(a.figure) || vague(b.figure) || !ofOneMatter(a, b) {
		return record.Link{}
	}
	if !overlapStrings(a.scenes, b.scenes) || !a.when.meets(b.when) || otherDay(a.dates, b.dates) || !rivalTellers(a, b) || grown(a, b) {
		return record.Link{}
	}
	return conflict(a, b, "number", 0.6, fmt.Sprintf("%s, %s: %s according to %s, %s according to %s", a.figure.Of, a.toll.word, amount(a.figure), a.by.name, amount(b.figure), b.by.name))
}

// ofOneMatter says whether more than half of the words of one of two sentences, beside whom they count and when, are in the other: the
// dead of a bomb and those of a fire in one town are two counts, and so are those of a day and of a war.
func ofOneMatter(a, b *frame) bool {
	if says("spanning", a.text) || says("spanning", b.text) {
		return false
	}
	p, q := rest(a, countTerms(a)), rest(b, countTerms(b))
	for _, set := range []map[string]bool{p, q} {
		maps.DeleteFunc(set, func(t string, _ bool) bool { return isTerm("day", strings.TrimPrefix(t, "@")) })
	}
	n := shared(p, q)
	return n >= 2 && 2*n > min(len(p), len(q))
}

// grown says whether time explains that one toll is higher: b is the later one where an article tells both days.
func grown(a, b *frame) bool {
	if apart(a, b) < day {
		return false
	}
	if b.art.known.Before(a.art.known) {
		a, b = b, a
	}
	return b.figure.Value > a.figure.Value && a.figure.Bound != "at_most"
}
