package read

// nounStatus is the status of what a noun names: an attack, a plan, talks. A noun says nothing of itself; its modifiers, the
// noun or verb it hangs on and whether it is spoken of as known decide. What nothing shows to have happened is possible.
func (sc *scene) nounStatus(i, depth int) string {
	if sc.negated(i) {
		return statusDenied
	}
	if s, ok := sc.modified(i); ok {
		if s != statusKeep {
			return s
		}
	}
	t := sc.tok(i)
	h := t.Head
	if h < 0 {
		return statusActual
	}
	switch t.BaseRel() {
	case "conj":
		if !sc.clausal(h) {
			return sc.statusAt(h, depth+1)
		}
		return statusActual
	case "compound", "nmod", "amod":
		if t.UPOS == "VERB" {
			return statusActual // a participle before its noun: "the stolen weapons"
		}
		return sc.underNoun(i, h, depth)
	case "appos", "list", "parataxis", "dep", "root":
		return statusActual
	case "obj", "nsubj", "obl", "iobj", "xcomp", "ccomp", "advcl", "dislocated":
		return sc.underVerb(i, h, depth)
	}
	return statusActual
}

// modified is what an adjective says: "a possible attack", "planned talks", "ongoing drills".
func (sc *scene) modified(i int) (string, bool) {
	for _, c := range sc.doc.Children(i) {
		if !sc.tok(int(c)).Is("amod", "compound") {
			continue
		}
		for _, w := range []string{sc.lemma(int(c)), sc.lowerForm(int(c))} {
			for _, r := range sc.tab.status[w+" a"] {
				if r.modifier {
					return r.status, true
				}
			}
		}
	}
	return "", false
}

func (sc *scene) underNoun(i, h, depth int) string {
	if sc.tok(h).UPOS == "VERB" && sc.clausal(h) {
		return sc.underVerb(i, h, depth)
	}
	outer := sc.statusAt(h, depth+1)
	if s, ok := sc.rule(h, sc.particles(h, i), false); ok {
		if s == statusKeep {
			return outer
		}
		if outer == statusDenied {
			return statusDenied
		}
		return s
	}
	if sc.tok(i).Is("compound") { // "invasion force", "ceasefire monitors": a name of a kind
		if sc.tab.frames[sc.key(h)] != nil {
			return outer
		}
		return statusPossible
	}
	if sc.word(h, "aspect") {
		return outer
	}
	if sc.known(i) || sc.word2(sc.prep(i), "pastprep") && sc.tab.frames[sc.key(h)] != nil {
		return statusActual
	}
	if sc.thereFor(h, i) {
		return compose(outer, statusPlanned)
	}
	if !happening(outer) {
		return outer
	}
	if sc.backed(i) {
		return statusActual
	}
	return statusPossible
}

func (sc *scene) word2(w, class string) bool { return sc.tab.words[class][w] }

// underVerb is the status of a noun that is an argument of a verb (or of a predicative noun or adjective).
func (sc *scene) underVerb(i, h, depth int) string {
	outer := sc.statusAt(h, depth+1)
	subject := sc.tok(i).Is("nsubj")
	passive := sc.passive(h)
	if x := sc.doc.Child(h, "xcomp"); subject && passive && x >= 0 && sc.hasTo(x) {
		return sc.asSubject(i, h, outer)
	}
	if !subject || passive {
		if s, ok := sc.nounRule(h, i); ok {
			return effect(s, outer)
		}
	}
	if sc.word(h, "stopping") && sc.has(i, "nmod:poss") {
		return statusActual // "will not stop its airstrikes" says that there are some
	}
	if sc.word(h, "light") && (sc.tok(i).Is("obj") || passive && subject) {
		return outer
	}
	if subject && !passive {
		return sc.asSubject(i, h, outer)
	}
	if sc.thereFor(h, i) {
		return compose(outer, statusPlanned)
	}
	if happening(outer) {
		if sc.word(h, "factive") || sc.word(h, "suffer") || sc.known(i) || sc.backed(i) {
			return statusActual
		}
		if p := sc.prep(i); sc.word2(p, "pastprep") || p == "in" || p == "by" || p == "at" {
			return statusActual
		}
		if sc.tok(i).Is("xcomp", "ccomp") {
			return outer
		}
		return statusPossible
	}
	if sc.known(i) && (sc.word(h, "factive") || sc.word(h, "answer") && sc.has(i, "nmod:poss")) {
		return statusActual
	}
	return compose(outer, statusPossible)
}

// nounRule is the rule for an argument; what only says when or where ("in a call, he urged …") is touched by none, unless the line
// names its preposition.
func (sc *scene) nounRule(h, i int) (string, bool) {
	s, ok := sc.rule(h, sc.particles(h, i), false)
	if !ok || !sc.tok(i).Is("obl") {
		return s, ok
	}
	p := sc.prep(i)
	for _, r := range sc.tab.status[sc.key(h)] {
		if r.noun && r.prep == p && p != "" {
			return r.status, true
		}
	}
	return s, p == "of" || p == "about" || p == "with" || p == ""
}

// asSubject: what is said to have had an effect took place; what could have one may not.
func (sc *scene) asSubject(i, h int, outer string) string {
	if sc.has(h, "expl") {
		return outer
	}
	if x := sc.doc.Child(h, "xcomp"); x >= 0 && sc.hasTo(x) { // "talks are due to resume"
		if s, ok := sc.rule(h, nil, true); ok {
			return effect(s, outer)
		}
	}
	if !happening(outer) {
		if sc.word(h, "occur") {
			return outer
		}
		if sc.known(i) && outer == statusDenied {
			return statusActual
		}
		return compose(outer, statusPossible)
	}
	return outer
}

// known says whether a noun is spoken of as something the reader knows of: "the attack", "this call", "Russia's withdrawal".
func (sc *scene) known(i int) bool {
	for _, c := range sc.doc.Children(i) {
		t := sc.tok(int(c))
		if t.Is("nmod:poss") {
			return true
		}
		if t.Is("det", "det:predet") {
			switch sc.lemma(int(c)) {
			case "the", "this", "that", "these", "those":
				return true
			}
		}
	}
	return false
}

// backed says whether a noun phrase holds something that ties it to the world: a time, a number, an actor who did it.
func (sc *scene) backed(i int) bool {
	for _, c := range sc.doc.Children(i) {
		t := sc.tok(int(c))
		if t.Is("nummod", "nmod:tmod", "nmod:unmarked") {
			return true
		}
		if t.Is("nmod") && (sc.prep(int(c)) == "by" || sc.prep(int(c)) == "on" && sc.word(int(c), "weekday")) {
			return true
		}
		if t.Is("amod") && sc.demonym(int(c)) && !sc.indefinite(i) {
			return true
		}
	}
	return false
}

func (sc *scene) indefinite(i int) bool {
	d := sc.doc.Child(i, "det")
	if d < 0 {
		return false
	}
	switch sc.lemma(d) {
	case "a", "an", "any", "another", "some":
		return true
	}
	return false
}
