package read

import "strings"

// clauseContext is the status that what governs a clause gives to what stands in it.
func (sc *scene) clauseContext(i, depth int) string {
	t := sc.tok(i)
	h := sc.headOf(i)
	if h < 0 {
		return statusActual
	}
	if h != t.Head {
		return sc.embedded(i, h, depth)
	}
	if m := sc.opening(i); m.kind == "if" && m.first == m.end {
		return statusPossible // "should they invade"
	}
	if sc.secondCondition(i) {
		return statusPossible
	}
	if sc.tok(h).XPOS == "MD" && t.Is("ccomp", "xcomp") { // a modal that a tree takes for the verb: headlines leave its verb out
		if sc.word(h, "will") {
			return statusPlanned
		}
		return statusPossible
	}
	switch t.BaseRel() {
	case "ccomp", "xcomp", "csubj":
		return sc.embedded(i, h, depth)
	case "advcl":
		return sc.adverbial(i, h, depth)
	case "acl":
		if t.Rel == "acl:relcl" && !sc.has(i, "mark") { // with a mark it is a complement: "fears that they plan …"
			return sc.relativeContext(h)
		}
		return sc.nounComplement(i, h, depth)
	case "conj":
		if sc.clausal(h) {
			return sc.clauseContext(h, depth+1)
		}
		return sc.statusAt(h, depth+1)
	case "obj":
		return sc.embedded(i, h, depth) // a gerund: "denied firing"
	case "obl", "nmod", "nsubj":
		return sc.statusAt(h, depth+1)
	}
	return statusActual
}

// bareGerund: "ruled out meeting them": a participle right behind a verb and its particles is the verb's object, whatever the tree
// calls it.
func (sc *scene) bareGerund(i, h int) bool {
	t := sc.tok(i)
	if i < h || t.XPOS != "VBG" && !sc.has(i, "aux") || sc.has(i, "mark", "nsubj") {
		return false
	}
	for k := h + 1; k < i; k++ {
		if x := sc.tok(k); !x.Is("compound:prt") && !(x.Is("aux", "advmod") && x.Head == i) {
			return false
		}
	}
	return true
}

// secondCondition: "only if A halts and B ends …": read as a main clause behind a condition, but "and" cannot open one there.
func (sc *scene) secondCondition(i int) bool {
	cond := -1
	for _, c := range sc.doc.Children(i) {
		t := sc.tok(int(c))
		switch {
		case int(c) > i:
			return false
		case t.Is("advcl"):
			if k := sc.opening(int(c)).kind; k == "if" || k == "unless" {
				cond = int(c)
			}
		case t.Is("cc") && cond >= 0 && sc.lemma(int(c)) == "and":
			return true
		}
	}
	return false
}

// relativeContext: a relative clause is asserted whatever stands around it; one that hangs on what is only possible or
// wanted ("any force that attacks") is not.
func (sc *scene) relativeContext(h int) string {
	for _, c := range sc.doc.Children(h) {
		switch sc.lemma(int(c)) {
		case "any", "whatever", "whichever":
			return statusPossible
		}
	}
	return statusActual
}

// rule is the first line of status.tsv for a token and the kind of thing under it.
func (sc *scene) rule(h int, preps []string, clause bool) (string, bool) {
	key := sc.key(h)
	if key == "" {
		return "", false
	}
	if sc.passive(h) || sc.has(h, "cop") { // "is prepared to", "was set to": the adjective rather than the verb
		if s, ok := matchRule(sc.tab.status[sc.lowerForm(h)+" a"], preps, clause); ok {
			return s, ok
		}
	}
	if s, ok := matchRule(sc.tab.status[key], preps, clause); ok {
		return s, ok
	}
	if strings.HasSuffix(key, " v") && sc.tok(h).UPOS == "VERB" { // "is prepared to", "was set to": participle read as adjective
		if strings.HasSuffix(sc.lowerForm(h), "ed") || sc.passive(h) || sc.has(h, "cop") {
			return matchRule(sc.tab.status[sc.lowerForm(h)+" a"], preps, clause)
		}
	}
	return "", false
}

func (sc *scene) lowerForm(i int) string { return strings.ToLower(sc.tok(i).Form) }

func matchRule(rules []statusRule, preps []string, clause bool) (string, bool) {
	for _, r := range rules {
		if clause && !r.clause || !clause && !r.noun {
			continue
		}
		if r.prep == "" {
			return r.status, true
		}
		for _, p := range preps {
			if p == r.prep {
				return r.status, true
			}
		}
	}
	return "", false
}

// particles are the words that can tie a predicate to what stands under it: its own particles and the preposition or
// marker below.
func (sc *scene) particles(h, under int) []string {
	var out []string
	for _, c := range sc.doc.Children(h) {
		if sc.tok(int(c)).Is("compound:prt") {
			out = append(out, sc.lemma(int(c)))
		}
	}
	for _, c := range sc.doc.Children(under) {
		if sc.tok(int(c)).Is("case", "mark") {
			out = append(out, sc.lemma(int(c)))
		}
	}
	return out
}

func effect(status, outer string) string {
	if status == statusKeep {
		return outer
	}
	return compose(outer, status)
}

// embedded is the context of a complement clause: what its predicate does to it, inside what stands around that predicate.
func (sc *scene) embedded(i, h, depth int) string {
	outer := sc.statusAt(h, depth+1)
	if sc.lemma(h) == "have" && sc.hasTo(i) { // "has to withdraw", "had to withdraw"
		if sc.past(h) {
			return outer
		}
		return compose(outer, statusRequested)
	}
	if sc.lemma(h) == "be" { // "is to meet"
		return compose(outer, statusPlanned)
	}
	if sc.lemma(h) == "able" && sc.past(h) && happening(outer) {
		return outer // "was able to leave" says that it happened (Karttunen 1971)
	}
	if sc.callsToSay(i, h) {
		return compose(outer, statusPlanned)
	}
	status, ok := sc.rule(h, sc.particles(h, i), true)
	if sc.tok(i).Is("ccomp") && sc.word(h, "mandative") && sc.subjunctive(i) {
		status, ok = statusRequested, true // "insists that the rebels withdraw"
	}
	if sc.quoted(i, h) {
		return outer
	}
	if !ok {
		if sc.tok(i).Is("ccomp") && sc.finite(i) {
			return outer
		}
		if (sc.tok(h).UPOS == "ADJ" || sc.tok(h).UPOS == "NOUN") && (!sc.tok(i).Is("csubj") || sc.hasTo(i)) {
			return compose(outer, statusPossible)
		}
		return outer
	}
	if status == statusKeep && sc.tok(i).Is("ccomp") && sc.finite(i) && outer == statusDenied && sc.word(h, "negation") {
		return statusPossible
	}
	if sc.lemma(h) == "ask" && sc.finite(i) || sc.openQuestion(i) {
		return statusPossible
	}
	if (status == statusPledged || status == statusPlanned) && sc.finite(i) && sc.past(i) {
		return outer // "agreed that mistakes were made"
	}
	return effect(status, outer)
}

// openQuestion: "said whether they attacked", "asked if they did".
func (sc *scene) openQuestion(i int) bool {
	m := sc.doc.Child(i, "mark")
	return m >= 0 && sc.tok(i).Is("ccomp") && (sc.lowerForm(m) == "whether" || sc.lowerForm(m) == "if")
}

// quoted: a report that follows what it reports does not embed it further than saying does.
func (sc *scene) quoted(i, h int) bool { return sc.tok(h).Is("parataxis") && i < h }

func (sc *scene) finite(i int) bool {
	t := sc.tok(i)
	if t.Feat("VerbForm") == "Fin" || t.Feats == "" && (t.XPOS == "VBD" || t.XPOS == "VBZ" || t.XPOS == "VBP") {
		return true
	}
	for _, c := range sc.doc.Children(i) {
		a := sc.tok(int(c))
		if a.Is("aux", "cop") && (a.Feat("VerbForm") == "Fin" || a.XPOS == "MD" || a.XPOS == "VBD" || a.XPOS == "VBZ" || a.XPOS == "VBP") {
			return true
		}
	}
	return false
}

// adverbial is the context of an adverbial clause.
func (sc *scene) adverbial(i, h, depth int) string {
	mark := sc.opening(i)
	if kind := mark.kind; kind != "" {
		return sc.conditional(i, h, kind, depth)
	}
	m := sc.doc.Child(i, "mark", "case")
	if _, ok := sc.rule(h, sc.particles(h, i), true); ok && sc.bareGerund(i, h) {
		return sc.embedded(i, h, depth)
	}
	if m < 0 {
		if sc.has(i, "nsubj") || sc.finite(i) {
			return statusActual
		}
		return sc.statusAt(h, depth+1) // "…, killing three"
	}
	outer := sc.statusAt(h, depth+1)
	if sc.callsToSay(i, h) {
		return compose(outer, statusPlanned)
	}
	if s, ok := sc.rule(h, sc.particles(h, i), true); ok && (sc.hasTo(i) || sc.word(m, "complement") && !sc.finite(i)) {
		return effect(s, outer)
	}
	switch l := sc.lemma(m); {
	case sc.hasTo(i):
		return compose(outer, statusPlanned)
	case l == "whether":
		return statusPossible
	case l == "so" || l == "lest" || l == "rather":
		return compose(outer, statusPossible)
	case sc.finite(i):
		return statusActual
	}
	return outer
}

// conditional: what stands under "if", "unless" or "until" has not happened; "after" and "once" share the fate of the clause
// they belong to.
func (sc *scene) conditional(i, h int, kind string, depth int) string {
	switch kind {
	case "if", "unless":
		return statusPossible
	case "until":
		if sc.preterite(i) {
			return statusActual
		}
		return statusPossible
	}
	if sc.preterite(i) {
		return statusActual
	}
	if s := sc.statusAt(h, depth+1); !happening(s) {
		return compose(s, statusPlanned)
	}
	if sc.present(i) || sc.finite(i) {
		return statusActual
	}
	return statusActual
}

// nounComplement is the context of a clause that hangs on a noun: "plans to attack", "fears of Russia attacking".
func (sc *scene) nounComplement(i, h, depth int) string {
	t := sc.tok(i)
	infinitive := sc.hasTo(i) || t.Feat("VerbForm") == "Inf"
	if status, ok := sc.rule(h, sc.particles(h, i), true); ok && (infinitive || sc.finite(i) || sc.doc.Child(i, "mark") >= 0) {
		outer := sc.statusAt(h, depth+1)
		if status == statusKeep {
			return outer
		}
		// A plan that somebody has, wants or fears is a plan all the same; one that is denied is not.
		if outer == statusDenied {
			return statusDenied
		}
		return status
	}
	if g := sc.tok(h).Head; infinitive && g >= 0 && sc.tok(h).Is("obl", "obj") { // "called for the army | to enter"
		if s, ok := sc.nounRule(g, h); ok && s == statusRequested {
			return effect(s, sc.statusAt(g, depth+1))
		}
	}
	if infinitive {
		return compose(sc.statusAt(h, depth+1), statusPossible)
	}
	return statusActual
}

// excludes: "ruled out", a verb whose particle makes it one of refusing.
func (sc *scene) excludes(v int) bool {
	s, ok := sc.rule(v, sc.particles(v, v), false)
	return ok && s == statusDenied && sc.has(v, "compound:prt")
}
