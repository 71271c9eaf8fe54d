package read

import (
	"strings"

	"parley/internal/times"
)

// when is the time attached to an event: one whose anchor is its trigger, one inside its phrase or clause, or one that belongs to
// the verb a noun hangs on; -1 for none. Durations and repeated times do not place an event.
func (sc *scene) when(i int) int {
	if t := sc.timeUnder(i, 0); t >= 0 {
		return t
	}
	if !sc.clausal(i) {
		if v := sc.governor(i); v >= 0 {
			if t := sc.timeUnder(v, i); t >= 0 {
				return t
			}
			return sc.alsoWhen(v)
		}
		return -1
	}
	if t := sc.alsoWhen(i); t >= 0 {
		return t
	}
	if t := sc.tok(i); t.Head >= 0 && (t.Is("conj") && !sc.has(i, "nsubj") || t.Is("xcomp") && sc.word(t.Head, "aspect")) {
		return sc.timeUnder(t.Head, i)
	}
	return -1
}

// alsoWhen: "they also agreed": what else was agreed was agreed when the first thing was, if the sentence before says when.
func (sc *scene) alsoWhen(v int) int {
	also := false
	for _, c := range sc.doc.Children(v) {
		also = also || sc.lemma(int(c)) == "also"
	}
	s := sc.doc.SentenceOf(v)
	if !also || s <= 0 {
		return -1
	}
	before := sc.doc.Sentences[s-1]
	for i := before.First; i < before.End; i++ {
		if sc.tok(i).UPOS == "VERB" && sc.lemma(i) == sc.lemma(v) {
			if t := sc.timeUnder(i, 0); t >= 0 {
				return t
			}
		}
	}
	return -1
}

// timeUnder is the first placed time that hangs on token v.
func (sc *scene) timeUnder(v, below int) int {
	for _, n := range sc.timesAt().anchored[v] {
		if k := sc.r.Times[n].Expr.Kind; k == times.Duration || k == times.Set {
			continue
		}
		if below <= 0 || sc.doc.SentenceOf(below) == sc.doc.SentenceOf(v) {
			return n
		}
	}
	return -1
}

// timeAnchor is the token a time hangs on: its anchor, or the head of its phrase's head, or the noun it stands in front of.
func (sc *scene) timeAnchor(n int) int {
	tm := &sc.r.Times[n]
	for i := max(tm.First, 0); i < tm.End && i < len(sc.doc.Tokens); i++ {
		h := sc.tok(i).Head
		if h < tm.First || h >= tm.End {
			if h > i && (sc.tok(h).UPOS == "NOUN" || sc.tok(h).UPOS == "PROPN") && sc.tok(i).Is("compound", "amod", "nummod", "nmod:poss", "nmod:unmarked") {
				return h // "the April 22 summit": of the noun alone, whatever is said of it
			}
			if h >= 0 && (sc.tok(h).UPOS == "VERB" || sc.tok(h).UPOS == "NOUN" && (tm.Anchor < 0 || sc.eventNoun(h))) {
				return h
			}
			break
		}
	}
	return tm.Anchor
}

// eventNoun: a noun that can have a time of its own; a time hung on any other belongs to the verb.
func (sc *scene) eventNoun(i int) bool {
	k := sc.key(i)
	return sc.tab.frames[k] != nil || sc.tab.contacts[k] != nil || sc.tab.agreements[sc.lemma(i)] != ""
}

// duration is the duration that hangs on a token, -1 for none.
func (sc *scene) durationUnder(v int) int {
	for n := range sc.r.Times {
		tm := &sc.r.Times[n]
		if tm.Expr.Kind != times.Duration || tm.First < 0 || tm.First >= len(sc.doc.Tokens) {
			continue
		}
		if sc.timeAnchor(n) == v || sc.tok(tm.First).Head >= 0 && sc.doc.Under(tm.First, v) && sc.near(tm.First, v) {
			return n
		}
	}
	return -1
}

// near: at most three steps up the tree from i to v.
func (sc *scene) near(i, v int) bool {
	for n := 0; n < 4 && i >= 0; n++ {
		if i == v {
			return true
		}
		i = sc.tok(i).Head
	}
	return false
}

// wherePreps are prepositions that place an event.
var wherePreps = map[string]bool{"in": true, "at": true, "near": true, "around": true, "inside": true, "outside": true, "off": true,
	"along": true, "across": true, "throughout": true, "around/near": true, "over": true, "on": true}

// where are the places of an event: phrases of place with a name in them that are not its sides.
func (sc *scene) where(i int, s sides) []Phrase {
	var out []Phrase
	tops := []int{i}
	if !sc.clausal(i) {
		if v := sc.governor(i); v >= 0 {
			tops = append(tops, v)
		}
	} else if o := sc.patient(i); o >= 0 && sc.tok(o).Head == i {
		tops = append(tops, o)
	}
	for _, top := range tops {
		for _, c := range sc.doc.Children(top) {
			if !sc.tok(int(c)).Is("obl", "nmod") || !wherePreps[sc.prep(int(c))] || among(s.actors, int(c)) {
				continue
			}
			if sc.hasPlaceName(int(c)) && !among(s.recipients, int(c)) {
				out = append(out, sc.phrase(int(c)))
			}
		}
	}
	return out
}

// hasPlaceName: the head or something in the phrase is the name of a place.
func (sc *scene) hasPlaceName(i int) bool {
	if sc.tok(i).UPOS == "PROPN" {
		k := sc.nameKind(i)
		return k == "LOC" || k == "" && !sc.word(i, "weekday") && startsUpper(sc.tok(i).Form) && !strings.ContainsAny(sc.tok(i).Form, "0123456789")
	}
	for _, c := range sc.doc.Children(i) {
		if sc.tok(int(c)).Is("amod", "compound", "nmod", "flat", "appos") && (sc.nameKind(int(c)) == "LOC" || sc.names[int(c)] == 0 && sc.tok(int(c)).UPOS == "PROPN" && !sc.word(int(c), "weekday")) {
			return sc.tok(i).UPOS == "NOUN" && (sc.tab.agents["place"][sc.lemma(i)] || sc.word(i, "placeword"))
		}
	}
	return false
}
