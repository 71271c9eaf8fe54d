package read

import "parley/internal/document"

// tallied is what "the figure" or "the toll" is of, where that is not said: what the figure before it counts, in the same sentence or
// the one before; the word itself where there is none.
func (sc *scene) tallied(head int, of document.Span) document.Span {
	s := sc.doc.SentenceOf(head)
	if s < 0 || sc.lowerForm(max(0, head-1)) != "the" || len(sc.r.Figures) == 0 {
		return of
	}
	last := &sc.r.Figures[len(sc.r.Figures)-1]
	if last.Span.Start < sc.doc.Sentences[max(0, s-1)].Span.Start || last.Unit != "" || last.Of.Empty() {
		return of
	}
	return last.Of
}

// placePhrase is the phrase of a place, without a second number that a tree hung on it.
func (sc *scene) placePhrase(i int) Phrase {
	p := sc.phrase(i)
	for _, c := range sc.doc.Children(i) {
		if k := int(c); sc.tok(k).Is("conj") && sc.tok(k).UPOS == "NUM" && k > i && k < p.End {
			p.End = i + 1
		}
	}
	return p
}

// placeBehind is the noun of the place right behind a number: the west of "3 in the west"; -1 for none.
func (sc *scene) placeBehind(num int) int {
	if num+1 >= len(sc.doc.Tokens) || !sc.tok(num+1).Is("case") || !wherePreps[sc.lemma(num+1)] || !sc.hasPlaceName(sc.tok(num+1).Head) {
		return -1
	}
	return sc.tok(num + 1).Head
}

// countedBefore is the noun that a second number counts, too: "12 violations in the east and 3 in the west". A tree may hang that number
// on the verb.
func (sc *scene) countedBefore(num int) int {
	h := sc.tok(num).Head
	if h < 0 || h > num || !sc.tok(num).Is("conj") {
		return -1
	}
	switch {
	case sc.tok(num).UPOS != "NUM":
	case sc.tok(h).UPOS == "VERB" && sc.has(num, "nmod", "obl"):
		h = sc.doc.Child(h, "obj")
	case sc.tok(h).Is("nmod") && sc.placeBehind(num) >= 0 && sc.prep(h) == sc.lemma(num+1):
		h = sc.tok(h).Head // hung on the first place
	}
	if h < 0 || h > num || sc.tok(h).UPOS != "NOUN" || !sc.has(h, "nummod", "det") {
		return -1
	}
	return h
}

// measured is what a measure is of: the boats of "thousands of boats".
func (sc *scene) measured(i int) int {
	for sc.measure(i) {
		of := -1
		for _, c := range sc.doc.Children(i) {
			if int(c) > i && sc.tok(int(c)).Is("nmod") && sc.prep(int(c)) == "of" {
				of = int(c)
			}
		}
		if of < 0 {
			break
		}
		i = of
	}
	return i
}

// objectBefore is what the verb before counts, for a bare number behind a verb coordinated with it: "killing 12 people and abducting
// six".
func (sc *scene) objectBefore(num int) int {
	v := sc.tok(num).Head
	if v < 0 || sc.tok(v).Head < 0 || !sc.tok(v).Is("conj") || !sc.tok(num).Is("obj") || sc.has(num, "nmod", "obl") || sc.has(v, "obl") {
		return -1
	}
	if f := sc.match(sc.tab.frames, v); sc.tok(v).UPOS != "VERB" || f == nil || f.kind != "ASSAULT" && f.kind != "COERCE" {
		return -1
	}
	o := sc.doc.Child(sc.tok(v).Head, "obj")
	if o < 0 || o > v || sc.tok(o).UPOS != "NOUN" || !sc.has(o, "nummod") || !sc.humans(o) {
		return -1
	}
	return o
}

// humans says whether a noun stands for people.
func (sc *scene) humans(i int) bool {
	return sc.tab.agents["person"][sc.lemma(i)] || sc.lemma(i) == "people"
}
