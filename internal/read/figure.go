package read

import (
	"slices"
	"strings"

	"parley/internal/document"
	"parley/internal/number"
)

// readFigures finds the numbers that somebody gives for something, with what they count.
func readFigures(doc *document.Document, r *Reading) {
	sc := newScene(doc, r)
	for _, n := range number.Find(doc.Text) {
		if f, ok := sc.figure(n); ok {
			r.Figures = append(r.Figures, f)
		}
	}
	sc.noneCounted()
	slices.SortStableFunc(r.Figures, func(a, b Figure) int { return a.Span.Start - b.Span.Start })
}

// noneCounted adds the zeros that monitors give: "recorded no ceasefire violations" is a count, not silence.
func (sc *scene) noneCounted() {
	for i := range sc.doc.Tokens {
		t := sc.tok(i)
		if f, ok := sc.elliptic(i); ok {
			sc.r.Figures = append(sc.r.Figures, f)
			continue
		}
		if t.Head < 0 || t.UPOS != "NOUN" || !t.Is("obj", "nsubj:pass") || !sc.word(i, "incident") || !sc.word(t.Head, "record") || !sc.inCopy(i) {
			continue
		}
		d := sc.doc.Child(i, "det")
		if d < 0 || sc.lemma(d) != "no" || d > i || !happening(sc.clauseContext(t.Head, 0)) {
			continue
		}
		sc.r.Figures = append(sc.r.Figures, Figure{Bound: number.Exactly, Of: sc.doc.TokenSpan(d+1, i+1), Span: sc.doc.TokenSpan(d, d+1),
			Where: sc.figurePlaces(i), When: sc.figureWhen(i), Assertion: sc.assertion(i), Why: "none counted"})
	}
}

// elliptic: "12 violations in the east and none in the west", "… and one in the west": the noun stands before.
func (sc *scene) elliptic(i int) (Figure, bool) {
	t, l := sc.tok(i), sc.lowerForm(i)
	if l != "none" && l != "one" || !t.Is("conj") || t.Head < 0 || t.Head > i || !sc.inCopy(i) {
		return Figure{}, false
	}
	h := t.Head
	if sc.tok(h).UPOS != "NOUN" || !sc.word(h, "incident") || !sc.has(h, "nummod", "det") {
		return Figure{}, false
	}
	f := Figure{Bound: number.Exactly, Of: sc.nounSpan(h, h), Span: sc.doc.TokenSpan(i, i+1), Where: sc.figurePlaces(i), When: sc.figureWhen(h),
		Assertion: sc.assertion(i), Why: "elliptic count"}
	if l == "one" {
		f.Value = 1
	}
	return f, true
}

// durations are the units of time; a length of time is a figure only where it is how long a contact lasted.
var durations = map[string]bool{"seconds": true, "minutes": true, "hours": true, "days": true, "weeks": true, "months": true, "years": true,
	"second": true, "minute": true, "hour": true, "day": true, "week": true, "month": true, "year": true, "decades": true, "decade": true,
	"min": true, "h": true, "s": true}

func (sc *scene) figure(n number.Number) (Figure, bool) {
	first, end := sc.doc.TokensIn(n.Core)
	if n.Ordinal || n.Unit == "years old" || first >= end || !sc.inCopy(first) {
		return Figure{}, false
	}
	num := sc.numeral(first, end)
	if num < 0 || first > 0 && sc.lemma(first-1) == "age" || sc.inName(num) || sc.contrasted(num) || sc.hyphened(end) {
		return Figure{}, false
	}
	f := Figure{Value: n.Value, High: n.High, Bound: n.Bound, Unit: n.Unit, When: -1, Span: n.Span, Assertion: sc.assertion(num), Why: "number"}
	if durations[n.Unit] {
		at := sc.lengthOf(num)
		if at < 0 {
			return Figure{}, false
		}
		if sc.tok(at).UPOS != "VERB" { // "a call of 50 minutes", but no "50 minutes spoke"
			f.Of = sc.doc.TokenSpan(at, at+1)
		}
		return f, true
	}
	if sc.inTime(n.Core) {
		return Figure{}, false
	}
	of, head := sc.counted(num, end, n)
	if of.Empty() || !sc.worthCounting(n, num, head) {
		return Figure{}, false
	}
	f.Of, f.Where, f.When = of, sc.figurePlaces(head), sc.figureWhen(head)
	if n.Unit == "" && sc.word(head, "tally") && sc.doc.Child(head, "nmod") < 0 {
		f.Of = sc.tallied(head, of)
	}
	if noun := sc.countedBefore(num); noun >= 0 {
		if p := sc.placeBehind(num); p >= 0 {
			f.Where = []Phrase{sc.phrase(p)}
		}
		if f.When < 0 {
			f.When = sc.figureWhen(noun)
		}
	}
	f.By = sc.figureBy(head)
	return f, true
}

// numeral is the token that stands for the number in the tree: the one whose head lies outside the number's words.
func (sc *scene) numeral(first, end int) int {
	for i := first; i < end; i++ {
		if h := sc.tok(i).Head; h < first || h >= end {
			if u := sc.tok(i).UPOS; strings.ContainsAny(sc.tok(i).Form, "$€£") || u == "NUM" || u == "SYM" || u == "NOUN" || u == "DET" || u == "ADJ" || u == "PROPN" {
				return i
			}
		}
	}
	for i := first; i < end; i++ {
		if sc.tok(i).UPOS == "NUM" {
			return i
		}
	}
	return -1
}

// hyphened: a number that is part of a word ("a six-member team").
func (sc *scene) hyphened(end int) bool {
	return end < len(sc.doc.Tokens) && sc.tok(end).Form == "-" && sc.tok(end).Span.Start == sc.tok(end-1).Span.End
}

// inName: a number inside a name ("Group of 20", "Channel 4"), after the word it numbers ("Article 5"), or part of a compound.
func (sc *scene) inName(i int) bool {
	switch sc.nameKind(i) {
	case "PER", "ORG", "LOC", "EVENT", "MISC", "NORP":
		return true
	}
	t := sc.tok(i)
	if t.Is("compound", "flat", "appos") && t.Head >= 0 && t.Head < i || t.Is("nmod:unmarked", "dep", "nummod") && t.Head >= 0 && t.Head < i {
		return true
	}
	return t.UPOS == "PROPN" && t.XPOS == "NNP"
}

// contrasted: "one of", "the two", "both": words that point at things rather than count them.
func (sc *scene) contrasted(i int) bool {
	if startsDigit(sc.tok(i).Form) {
		return false
	}
	l := sc.lemma(i)
	h := sc.tok(i).Head
	if l == "one" && h >= 0 && sc.tok(i).Is("nummod", "conj") && sc.word(h, "incident") {
		return false
	}
	if l == "one" || l == "a" || l == "an" || l == "zero" || l == "half" {
		return l != "half"
	}
	if h < 0 {
		return false
	}
	if sc.tok(i).Is("nummod") {
		return sc.known(h)
	}
	return sc.known(i)
}

func startsDigit(s string) bool {
	return s != "" && (s[0] >= '0' && s[0] <= '9' || strings.ContainsAny(s[:1], "$€£"))
}

func (sc *scene) inTime(s document.Span) bool {
	return sc.timesAt().overlaps(s)
}

// lengthOf is the trigger of the contact whose length a number gives, -1 for none.
func (sc *scene) lengthOf(num int) int {
	for n := range sc.r.Contacts {
		c := &sc.r.Contacts[n]
		if c.Duration >= 0 && c.Duration < len(sc.r.Times) {
			if t := &sc.r.Times[c.Duration]; t.First <= num && num < t.End {
				return c.Trigger
			}
		}
	}
	return -1
}

// counted is what a number counts and the token that heads it.
func (sc *scene) counted(num, end int, n number.Number) (document.Span, int) {
	t := sc.tok(num)
	h := t.Head
	if h > num && sc.tok(h).UPOS == "ADJ" && sc.tok(h).Is("amod") && sc.tok(h).Head > h { // "150,000 Russian soldiers": hung on the adjective
		h = sc.tok(h).Head
	}
	if h > num && sc.caseBetween(end, h) { // "handed 11 | to government forces"
		return document.Span{}, -1
	}
	if h >= 0 && t.Is("nummod", "det", "advmod") && sc.tok(h).UPOS != "NUM" {
		return sc.countedNoun(h, num, end), h
	}
	if h >= 0 && t.Is("compound", "amod") && sc.tok(h).UPOS == "NOUN" && h >= end {
		return sc.countedNoun(h, num, end), h
	}
	for _, c := range sc.doc.Children(num) { // "thousands of protesters", "46 of them", "5 percent of voters"
		if sc.tok(int(c)).Is("nmod") && sc.prep(int(c)) == "of" {
			if of := sc.measured(int(c)); of >= end {
				return sc.nounSpan(of, of), num
			}
		}
	}
	if noun := sc.countedBefore(num); noun >= 0 {
		return sc.nounSpan(noun, noun), num
	}
	for _, c := range sc.doc.Children(num) { // "46 dead", "dozens wounded"
		if k := sc.tok(int(c)); int(c) >= end && k.Is("amod", "acl") && sc.word(int(c), "casualty") {
			return sc.doc.TokenSpan(int(c), int(c)+1), num
		}
		if k := sc.tok(int(c)); k.Is("nmod") && int(c) >= end && n.Unit != "" && k.UPOS == "NOUN" && !sc.has(int(c), "nummod") {
			return sc.nounSpan(int(c), int(c)), num
		}
	}
	if n.Unit != "" && end < len(sc.doc.Tokens) && sc.tok(end).Is("case") && (sc.lemma(end) == "in" || sc.lemma(end) == "of") { // "$5 million in aid"
		if c := sc.tok(end).Head; c > end && sc.tok(c).UPOS == "NOUN" && !sc.timeToken(c) {
			return sc.nounSpan(c, c), num
		}
	}
	return sc.countedBy(num, n)
}

// caseBetween says whether a preposition of a noun stands between a number and that noun, which the number then does not count.
func (sc *scene) caseBetween(end, h int) bool {
	if sc.tok(h).UPOS != "NOUN" && sc.tok(h).UPOS != "PROPN" {
		return false
	}
	for k := end; k < h; k++ {
		if sc.tok(k).Is("case") && sc.tok(k).Head <= h && sc.doc.Under(k, h) && sc.tok(k).XPOS != "POS" && sc.lowerForm(k) != "of" {
			return true
		}
	}
	return false
}

// countedBy: a number without a noun takes what the clause counts: "killed 46", "the death toll rose to 70".
func (sc *scene) countedBy(num int, n number.Number) (document.Span, int) {
	h := sc.tok(num).Head
	if h < 0 {
		return document.Span{}, -1
	}
	if sc.tok(num).Is("nmod") && sc.word(h, "tally") {
		return sc.nounSpan(h, h), h
	}
	if o := sc.objectBefore(num); o >= 0 {
		return sc.nounSpan(o, o), o
	}
	if sc.tok(h).UPOS == "VERB" || sc.clausal(h) {
		if sc.tok(num).Is("nsubj", "obj", "obl") && sc.word(h, "casualty") {
			return sc.doc.TokenSpan(h, h+1), num
		}
		if o := sc.doc.Child(h, "obj"); sc.tok(num).Is("obl") && o >= 0 && sc.word(o, "tally") { // "put the toll at ten"
			return sc.nounSpan(o, o), o
		}
		if sc.tok(num).Is("obl", "obj", "xcomp") {
			if s := sc.doc.Child(h, "nsubj"); s >= 0 && sc.tok(s).UPOS == "NOUN" && !sc.agentNoun(s) {
				return sc.nounSpan(s, s), s
			}
		}
	}
	if s := sc.doc.Child(num, "nsubj"); s >= 0 && sc.has(num, "cop") && sc.tok(s).UPOS == "NOUN" {
		return sc.nounSpan(s, s), s
	}
	if n.Unit != "" && n.Unit != "percent" && sc.tok(num).Is("obj", "conj") {
		return sc.doc.TokenSpan(h, h+1), num
	}
	return document.Span{}, -1
}

// countedNoun is the noun phrase behind a number, without the number and what stands before it.
func (sc *scene) countedNoun(h, num, end int) document.Span {
	if h < num {
		return document.Span{}
	}
	p := sc.phrase(h)
	first := max(p.First, end)
	if first > h {
		first = h
	}
	for first < h && sc.tok(first).UPOS == "PUNCT" {
		first++
	}
	last := max(sc.shortEnd(h, p.End), first+1)
	for last > first+1 && (sc.tok(last-1).UPOS == "CCONJ" || sc.tok(last-1).UPOS == "PUNCT") {
		last--
	}
	return sc.doc.TokenSpan(first, last)
}

// nounSpan is the phrase of a noun without its article.
func (sc *scene) nounSpan(h, _ int) document.Span {
	p := sc.phrase(h)
	first := p.First
	for first < h && (sc.tok(first).Is("det", "case", "nummod") || sc.tok(first).UPOS == "NUM" || sc.beforeNumber(first) || sc.tok(first).UPOS == "ADP") {
		first++
	}
	return sc.doc.TokenSpan(first, max(sc.shortEnd(h, p.End), first+1))
}

// shortEnd cuts a phrase before the prepositional phrase that places what is counted ("soldiers | on the border").
func (sc *scene) shortEnd(h, end int) int {
	for _, c := range sc.doc.Children(h) {
		if sc.tok(int(c)).Is("nmod") && !sc.tok(int(c)).Is("nmod:poss") && int(c) > h && sc.prep(int(c)) != "of" {
			lo, _ := sc.doc.Subtree(int(c))
			if lo > h {
				end = min(end, lo)
			}
		}
		if k := int(c); sc.tok(k).Is("conj") && (sc.has(k, "nummod") || sc.tok(k).UPOS == "NUM" || sc.measure(k)) {
			lo, _ := sc.doc.Subtree(k) // "40 soldiers and dozens of civilians": each number has its own
			if lo > h {
				end = min(end, lo)
			}
		}
	}
	return end
}

// worthCounting: digits always; spelled numbers up to ten only where they count people, forces, weapons, places or money.
func (sc *scene) worthCounting(n number.Number, num, head int) bool {
	if startsDigit(sc.tok(num).Form) || n.Unit != "" || n.Value > 10 {
		return n.Value != 1 || n.Unit != "" || sc.agentNounAt(head)
	}
	h := sc.tok(num).Head
	if h >= 0 && sc.word(h, "incident") {
		return true
	}
	return sc.agentNounAt(head) && n.Value > 1 || sc.casualtyAt(num) || head >= 0 && sc.word(head, "tally")
}

func (sc *scene) agentNounAt(i int) bool {
	return i >= 0 && (sc.agentNoun(i) || sc.word(i, "incident") || sc.tab.agents["place"][sc.lemma(i)]) && !sc.word(i, "generalcount")
}

// casualtyAt says whether a number, or what it counts, is the killed or wounded of a clause: "killed six", "six Peruvians were killed".
func (sc *scene) casualtyAt(num int) bool {
	h := sc.tok(num).Head
	if h >= 0 && sc.tok(num).Is("nummod") && sc.tok(h).Is("nsubj:pass", "obj") {
		h = sc.tok(h).Head
	}
	return h >= 0 && sc.word(h, "casualty")
}

func (sc *scene) figurePlaces(head int) []Phrase {
	if head < 0 {
		return nil
	}
	var out []Phrase
	for _, c := range sc.doc.Children(head) { // its own place goes before the clause's
		if sc.tok(int(c)).Is("nmod", "obl") && wherePreps[sc.prep(int(c))] && sc.hasPlaceName(int(c)) {
			out = append(out, sc.placePhrase(int(c)))
		}
	}
	if len(out) > 0 {
		return out
	}
	if out = sc.where(head, sides{}); len(out) > 0 {
		return out
	}
	if v := sc.tok(head).Head; v >= 0 && (sc.tok(v).UPOS == "VERB" || sc.clausal(v)) && sc.tok(head).Is("nsubj", "obj", "obl") {
		return sc.where(v, sides{})
	}
	return nil
}

func (sc *scene) figureWhen(head int) int {
	if head < 0 {
		return -1
	}
	if t := sc.timeUnder(head, 0); t >= 0 {
		return t
	}
	if v := sc.tok(head).Head; v >= 0 && sc.tok(head).Is("nsubj", "obj", "obl", "iobj") {
		return sc.timeUnder(v, head)
	}
	return -1
}

// figureBy are sources named right at the number: "what the ministry says is more than 200 soldiers".
func (sc *scene) figureBy(head int) []Phrase {
	if v := sc.tok(head).Head; v >= 0 && sc.word(head, "tally") && sc.tok(head).Is("obj") && sc.word(v, "gives") {
		if s := sc.agent(v); s >= 0 && sc.agentive(s) {
			return sc.phrases([]int{s})
		}
	}
	for n, k := 0, head; n < 3 && k >= 0; n, k = n+1, sc.tok(k).Head {
		for _, c := range sc.doc.Children(k) {
			t := sc.tok(int(c))
			if t.Is("csubj", "acl:relcl", "ccomp", "parataxis", "advcl", "nsubj") && sc.saysIt(int(c)) {
				if s := sc.doc.Child(int(c), "nsubj"); s >= 0 && sc.agentive(s) {
					return sc.phrases([]int{s})
				}
			}
		}
		if !sc.tok(k).Is("nummod", "compound", "conj", "ccomp") {
			break
		}
	}
	return nil
}

func (sc *scene) saysIt(i int) bool {
	return sc.tok(i).UPOS == "VERB" && sc.word(i, "gives") && !sc.has(i, "ccomp")
}
