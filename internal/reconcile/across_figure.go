package reconcile

import (
	"fmt"
	"slices"
	"unicode"

	"parley/internal/record"
)

// compareFigures compares two numbers of two articles.
func (x *Across) compareFigures(a, b *frame) record.Link {
	if link := x.compareTolls(a, b); link.Kind != "" {
		return link
	}
	if !countsSame(a, b) {
		return record.Link{}
	}
	if mayAgree(a.figure, b.figure) {
		return x.sameFigure(a, b)
	}
	if a.toll.fate != b.toll.fate || a.toll.fate != "" && !ofOneMatter(a, b) {
		return record.Link{}
	}
	if !rivalCount(a, b) || vague(a.figure) || vague(b.figure) || !sameDoing(a, b) {
		return record.Link{}
	}
	return conflict(a, b, "number", 0.55, fmt.Sprintf("%s: %s according to %s, %s according to %s", a.figure.Of, amount(a.figure), a.by.name, amount(b.figure), b.by.name))
}

// countsSame says whether two figures count the same thing in the same place at the same time. What they count must be
// the same word for word; the place, a name or the rest of the sentence must say that it is the same case.
func countsSame(a, b *frame) bool {
	p, q := countTerms(a), countTerms(b)
	if a.figure.Unit != "" || b.figure.Unit != "" || len(p) == 0 || !slices.Equal(p, q) || !a.when.meets(b.when) {
		return false
	}
	for t := range loadWords()["parts"].terms {
		if a.set[t] != b.set[t] {
			return false
		}
	}
	if len(a.places) > 0 && len(b.places) > 0 && !overlapStrings(a.places, b.places) {
		return false
	}
	if otherDay(a.dates, b.dates) || says("portions", a.text) || says("portions", b.text) || a.listed || b.listed || otherCase(a, b) {
		return false
	}
	n, less := restAlike(a, b, p)
	return n >= 2 && less >= 0.5 && (shared(a.names, b.names) > 0 || overlapStrings(a.places, b.places))
}

// otherCase says whether two sentences are of two cases: one gives a total, the other does not, or both give several
// numbers and none in common. Of the dead and wounded, two sides may well differ in all.
func otherCase(a, b *frame) bool {
	if a.set["total"] != b.set["total"] {
		return true
	}
	return len(a.values) >= 2 && len(b.values) >= 2 && shared(a.values, b.values) == 0 && !a.set[dead]
}

// listed says whether a sentence gives the same thing of several: "15 points by one, 14 points by another".
func (m *matter) listed(in record.Span, f *record.Figure) bool {
	n := 0
	for i := range m.rec.Figures {
		if g := &m.rec.Figures[i]; in[0] <= g.Span[0] && g.Span[1] <= in[1] && shared(m.terms(g.Of), m.terms(f.Of)) > 0 {
			n++
		}
	}
	return n > 1
}

// restAlike is how many words two sentences share beside what is counted and the numbers, and the share of them in the
// shorter one: figures of the same words belong to one case only where the sentences are of one case.
func restAlike(a, b *frame, counted []string) (n int, ofLess float64) {
	p, q := rest(a, counted), rest(b, counted)
	n = shared(p, q)
	return n, float64(n) / float64(max(1, min(len(p), len(q))))
}

func rest(f *frame, counted []string) map[string]bool {
	out := map[string]bool{}
	for t := range f.set {
		if !slices.Contains(counted, t) && !common(t) && (t[0] < '0' || t[0] > '9') {
			out[t] = true
		}
	}
	for name := range f.names {
		out["@"+name] = true
	}
	return out
}

func countTerms(f *frame) []string {
	m := matter{classes: loadClasses()}
	out := m.orderedTerms(f.figure.Of)
	slices.Sort(out)
	return out
}

// rivalCount says whether two figures that exclude each other are rivals: given by different known sides at one
// time; counts of other times change, those of the dead only grow.
func rivalCount(a, b *frame) bool {
	if !rivalTellers(a, b) {
		return false
	}
	oneTime := apart(a, b) < day || a.when.exact() && a.when == b.when
	return oneTime && !(grows(a) && apart(a, b) > 0 && !a.when.exact() && b.figure.Value > a.figure.Value) || shrinks(a, b)
}

// rivalTellers says whether two figures of about one time come from two sides of whom something is known, as told and not as
// wished, and are of one size: what is fifty times as much counts something else.
func rivalTellers(a, b *frame) bool {
	if intends(a.act) || intends(b.act) || a.by.together(b.by) || a.by.name == b.by.name || !tellersKnown(a, b) || apart(a, b) > 2*day {
		return false
	}
	low, high := min(a.figure.Value, b.figure.Value), max(a.figure.Value, b.figure.Value)
	return low > 0 && high <= 50*low
}

// tellersKnown says whether one of two figures is given by somebody known, or both by somebody that their articles name.
func tellersKnown(a, b *frame) bool {
	return a.by.known() || b.by.known() || len(a.figure.AssertedBy) > 0 && len(b.figure.AssertedBy) > 0
}

// shrinks says whether a later count of the dead is lower than an earlier one: growth does not explain that.
func shrinks(a, b *frame) bool {
	return a.set[dead] && b.set[dead] && b.figure.Value < a.figure.Value && a.figure.Bound == "exactly" && b.figure.Bound == "exactly"
}

// intends lists the acts by which a number is somebody's own plan or wish, which nobody else can give otherwise.
func intends(act string) bool {
	switch act {
	case "expect", "intend", "pledge", "offer", "propose", "hope", "demand", "request", "agree", "threaten":
		return true
	}
	return false
}

// grows says whether a count can only rise as news comes in.
func grows(f *frame) bool { return anyTerm("growing", f.set) }

// sameFigure finds one figure given again, or given by another side.
func (x *Across) sameFigure(a, b *frame) record.Link {
	if a.figure.Value != b.figure.Value || a.figure.Value < 3 || vague(a.figure) || vague(b.figure) || a.figure.Bound != b.figure.Bound || intends(a.act) != intends(b.act) {
		return record.Link{}
	}
	link := record.Link{Kind: record.SameClaim, A: a.id, B: b.id, Confidence: 0.7, Reason: fmt.Sprintf("one figure, given twice: %s %s", amount(b.figure), b.figure.Of)}
	if a.by.known() && b.by.known() && !a.by.together(b.by) && x.independent(a, b) {
		link.Kind, link.Reason = record.Corroboration, fmt.Sprintf("%s gives the figure that %s gave: %s %s", b.by.name, a.by.name, amount(b.figure), b.figure.Of)
	}
	return link
}

// vague says whether a figure is a plural in place of a number: millions of Americans.
func vague(f *record.Figure) bool {
	list := words(f.Text)
	return len(list) > 0 && isWord("vague", list[0])
}

// sameDoing says whether what is told of those counted is one thing: where people of any sort, or of a nation, are
// counted, a term close to both numbers, beside what they count, must be the same.
func sameDoing(a, b *frame) bool {
	anybody := unicode.IsUpper([]rune(a.figure.Of + " ")[0]) || !slices.ContainsFunc(countTerms(a), func(t string) bool { return !common(t) })
	return !anybody || shared(a.beside, b.beside) > 0
}
