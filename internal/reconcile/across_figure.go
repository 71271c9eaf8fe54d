package reconcile

import (
	"fmt"
	"slices"

	"parley/internal/record"
)

// compareFigures compares two numbers of two articles.
func (x *Across) compareFigures(a, b *frame) record.Link {
	if !countsSame(a, b) {
		return record.Link{}
	}
	if mayAgree(a.figure, b.figure) {
		return x.sameFigure(a, b)
	}
	if !rivalCount(a, b) {
		return record.Link{}
	}
	return conflict(a, b, "number", 0.55, fmt.Sprintf("%s: %s according to %s, %s according to %s", a.figure.Of, number(a.figure), a.by.name, number(b.figure), b.by.name))
}

// countsSame says whether two figures count the same thing in the same place at the same time. What they count must be
// the same word for word; the place, a name or the rest of the sentence must say that it is the same case.
func countsSame(a, b *frame) bool {
	p, q := countTerms(a), countTerms(b)
	if a.figure.Unit != b.figure.Unit || len(p) == 0 || !slices.Equal(p, q) || !a.when.meets(b.when) {
		return false
	}
	for _, t := range partTerms() {
		if a.set[t] != b.set[t] {
			return false
		}
	}
	if len(a.places) > 0 && len(b.places) > 0 && !overlapStrings(a.places, b.places) {
		return false
	}
	rest := 0
	for t := range a.set {
		if b.set[t] && !slices.Contains(p, t) && !common(t) {
			rest++
		}
	}
	return shared(a.names, b.names) > 0 && rest >= 2
}

// partTerms tell apart the parts of a whole: the dead from the wounded, soldiers from civilians.
func partTerms() []string {
	return []string{"=kill", "wound", "injur", "miss", "displac", "=prison", "=civilian", "=troops", "polic", "child", "women", "infect", "case", "hospital", "recover"}
}

func countTerms(f *frame) []string {
	m := matter{classes: loadClasses()}
	out := m.orderedTerms(f.figure.Of)
	slices.Sort(out)
	return out
}

// rivalCount says whether two figures that exclude each other are rivals: given by different known sides within two
// days, where the later one has not simply grown.
func rivalCount(a, b *frame) bool {
	if a.by.together(b.by) || !a.by.known() && !b.by.known() || apart(a, b) > 2*day {
		return false
	}
	if low, high := min(a.figure.Value, b.figure.Value), max(a.figure.Value, b.figure.Value); low <= 0 || high > 50*low {
		return false
	}
	return !grows(a) || b.figure.Value < a.figure.Value || a.when.exact() && a.when == b.when
}

// grows says whether a count can only rise as news comes in.
func grows(f *frame) bool {
	for _, t := range []string{"=kill", "wound", "injur", "miss", "displac", "=prison", "case", "infect", "vote", "=election", "evacu", "rescu"} {
		if f.set[t] {
			return true
		}
	}
	return false
}

// sameFigure finds one figure given again, or given by another side.
func (x *Across) sameFigure(a, b *frame) record.Link {
	if a.figure.Value != b.figure.Value || a.figure.Value < 3 {
		return record.Link{}
	}
	link := record.Link{Kind: record.SameClaim, A: a.id, B: b.id, Confidence: 0.7, Reason: fmt.Sprintf("one figure, given twice: %s %s", number(b.figure), b.figure.Of)}
	if a.by.known() && b.by.known() && !a.by.together(b.by) && x.independent(a, b) {
		link.Kind, link.Reason = record.Corroboration, fmt.Sprintf("%s gives the figure that %s gave: %s %s", b.by.name, a.by.name, number(b.figure), b.figure.Of)
	}
	return link
}
