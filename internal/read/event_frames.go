package read

import "strings"

// match finds the frame a token fills, nil when none: the line whose conditions all hold, most conditions first.
func (sc *scene) match(table map[string][]frame, i int) *frame {
	key := sc.key(i)
	if key == "" {
		return nil
	}
	fs := table[key]
	for n := range fs {
		if sc.holds(&fs[n], i) {
			return &fs[n]
		}
	}
	return nil
}

func (sc *scene) holds(f *frame, i int) bool {
	for n := range f.tests {
		test := &f.tests[n]
		if sc.tested(test, i) == test.not {
			return false
		}
	}
	return true
}

// tested says whether what a condition names stands with token i.
func (sc *scene) tested(test *slotTest, i int) bool {
	switch test.slot {
	case "obj":
		o := sc.patient(i)
		if o >= 0 && sc.anyOf(test, o) {
			return true
		}
		if o = sc.particleObject(i); o >= 0 && sc.anyOf(test, o) {
			return true
		}
		for _, c := range sc.doc.Children(i) { // "were denied access", "denied the envoys access"
			second := (sc.word(i, "ditransitive") || !sc.has(i, "obj")) && sc.tok(int(c)).Is("xcomp") && sc.tok(int(c)).UPOS == "NOUN" && !sc.has(int(c), "case", "mark", "cop")
			if (second || sc.tok(int(c)).Is("obj")) && sc.anyOf(test, int(c)) {
				return true
			}
		}
		return false
	case "subj":
		s := sc.agent(i)
		return s >= 0 && sc.anyOf(test, s)
	case "number":
		return test.values["Plur"] == sc.plural(i)
	case "that":
		if test.values != nil {
			c := sc.doc.Child(i, "ccomp")
			return c >= 0 && sc.value(test, c)
		}
		return sc.has(i, "ccomp", "acl") || sc.marked(i, "that")
	case "xcomp":
		return sc.complement(test, i)
	case "must", "self":
		return sc.clauseTest(test.slot, i)
	case "prep":
		return sc.prepTest(test, i)
	case "mod":
		return sc.modTest(test, i)
	case "within":
		return sc.below(test, i, 0)
	case "several":
		return sc.several(i)
	}
	return sc.childTest(test, i)
}

// particleObject: "handed over the bodies" is now and then read as going over them: the noun behind a particle that stands right
// behind its verb; -1 for none.
func (sc *scene) particleObject(v int) int {
	if v+1 >= len(sc.doc.Tokens) || sc.tok(v).UPOS != "VERB" || !sc.tok(v+1).Is("case") || !sc.word(v+1, "particle") {
		return -1
	}
	if h := sc.tok(v + 1).Head; h >= 0 && sc.tok(h).Head == v && sc.tok(h).Is("obl") {
		return h
	}
	return -1
}

// childTest looks at what hangs on the word itself.
func (sc *scene) childTest(test *slotTest, i int) bool {
	for _, c := range sc.doc.Children(i) {
		t := sc.tok(int(c))
		switch test.slot {
		case "prt":
			loose := (t.UPOS == "ADP" || t.UPOS == "ADV") && t.Is("advmod", "obl") && len(sc.doc.Children(int(c))) == 0
			if (t.Is("compound:prt") || loose) && sc.value(test, int(c)) {
				return true
			}
			if int(c) == sc.particleObject(i) && sc.value(test, i+1) {
				return true
			}
		case "case":
			if t.Is("case") && sc.value(test, int(c)) {
				return true
			}
		case "obl":
			if t.Is("obl", "nmod") && sc.anyOf(test, int(c)) {
				return true
			}
		case "of":
			if t.Is("nmod") && sc.prep(int(c)) == "of" && sc.anyOf(test, int(c)) {
				return true
			}
		}
	}
	return false
}

// below looks for a word anywhere in the phrases and infinitives under a verb or noun ("sent troops to serve as peacekeepers"), not in
// clauses of their own.
func (sc *scene) below(test *slotTest, i, depth int) bool {
	if depth > 6 {
		return false
	}
	for _, k := range sc.doc.Children(i) {
		c := int(k)
		if t := sc.tok(c); t.Is("nsubj", "conj", "parataxis", "acl:relcl", "appos") || t.Is("ccomp", "advcl") && (sc.finite(c) || sc.has(c, "nsubj")) {
			continue
		}
		if sc.value(test, c) || sc.below(test, c, depth+1) {
			return true
		}
	}
	return false
}

// several: more than one party does it: the subject, or what tells whose it is, is coordinated, or another party follows "with".
func (sc *scene) several(v int) bool {
	for _, k := range sc.doc.Children(v) {
		if sc.tok(int(k)).Is("obl") && sc.prep(int(k)) == "with" && sc.agentive(int(k)) {
			return true
		}
	}
	a := sc.agent(v)
	if a < 0 {
		return false
	}
	heads := []int{a}
	for _, k := range sc.doc.Children(a) {
		if sc.tok(int(k)).Is("amod", "compound") && sc.agentive(int(k)) {
			heads = append(heads, int(k))
		}
	}
	for _, h := range heads {
		for _, k := range sc.doc.Children(h) {
			if sc.tok(int(k)).Is("conj") && sc.agentive(int(k)) {
				return true
			}
		}
	}
	return false
}

func (sc *scene) marked(i int, word string) bool {
	for _, c := range sc.doc.Children(i) {
		m := sc.doc.Child(int(c), "mark")
		if m >= 0 && sc.lemma(m) == word {
			return true
		}
	}
	return false
}

func (sc *scene) value(test *slotTest, i int) bool {
	return test.values == nil || test.values[sc.lemma(i)] || test.values[sc.lowerForm(i)] || test.agent && sc.agentive(i) || test.speaker && sc.speaker(i)
}

// speaker: a named person, "he" or "she", or a word for a politician.
func (sc *scene) speaker(i int) bool {
	l := sc.lemma(i)
	return sc.nameKind(i) == "PER" || l == "he" || l == "she" || sc.tab.classes["speaker"][l]
}

// anyOf looks at a phrase's head, its conjuncts and the noun a measure or group hangs on ("a series of strikes").
func (sc *scene) anyOf(test *slotTest, i int) bool {
	return sc.anyOfAt(test, i, 0)
}

func (sc *scene) anyOfAt(test *slotTest, i, depth int) bool {
	for _, c := range sc.conjuncts(i) {
		if sc.value(test, c) {
			return true
		}
		for _, k := range sc.doc.Children(c) {
			if sc.tok(int(k)).Is("nmod") && sc.prep(int(k)) == "of" && sc.measure(c) && depth < 4 && sc.anyOfAt(test, int(k), depth+1) {
				return true // "part of an aid programme"
			}
			if sc.tok(int(k)).Is("compound") && sc.word(c, "carrier") && sc.value(test, int(k)) {
				return true // "aid deliveries", "a weapons programme"
			}
			if sc.tok(int(k)).Is("flat", "compound") && sc.tok(c).UPOS == "PROPN" && sc.value(test, int(k)) {
				return true
			}
		}
	}
	return false
}

// measure: nouns that count or group what follows them.
func (sc *scene) measure(i int) bool { return sc.word(i, "measure") || sc.tok(i).UPOS == "NUM" }

func (sc *scene) complement(test *slotTest, i int) bool {
	for _, c := range sc.doc.Children(i) {
		t := sc.tok(int(c))
		if t.Is("acl") && sc.hasTo(int(c)) && sc.tok(i).UPOS == "NOUN" && sc.value(test, int(c)) {
			return true
		}
		if t.Is("obj") && sc.objectComplement(test, i, int(c)) {
			return true
		}
		if t.Is("xcomp") && int(c) != sc.patient(i) || t.Is("ccomp", "advcl") && (sc.hasTo(int(c)) || !sc.finite(int(c))) {
			if sc.value(test, int(c)) {
				return true
			}
		}
	}
	return false
}

// objectComplement: "ordered the envoy to leave", "ordered the men jailed": infinitive and participle are now and then read as parts
// of the object.
func (sc *scene) objectComplement(test *slotTest, v, o int) bool {
	for _, k := range sc.doc.Children(o) {
		c := int(k)
		if !sc.tok(c).Is("acl") || sc.tok(c).Is("acl:relcl") || !sc.value(test, c) {
			continue
		}
		if sc.hasTo(c) && sc.headOf(c) == v || sc.tok(c).XPOS == "VBN" && test.values != nil {
			return true
		}
	}
	return false
}

// clauseTest: the clause below says what another must do ("said Russia must withdraw"), or what the subject itself will do
// ("warned that it would strike").
func (sc *scene) clauseTest(slot string, i int) bool {
	for _, k := range sc.doc.Children(i) {
		c := int(k)
		if !sc.tok(c).Is("ccomp") {
			continue
		}
		s := sc.doc.Child(c, "nsubj")
		if s < 0 || !sc.agentive(s) && (slot != "must" || !sc.passive(c)) {
			continue
		}
		if slot == "must" && sc.word(i, "mandative") && sc.subjunctive(c) && sc.tok(s).UPOS != "PRON" {
			return true
		}
		for _, a := range sc.doc.Children(c) {
			if !sc.tok(int(a)).Is("aux") {
				continue
			}
			if slot == "must" && sc.word(int(a), "must") && sc.tok(s).UPOS != "PRON" {
				return true
			}
			if slot == "self" && (sc.lemma(int(a)) == "would" || sc.word(int(a), "will")) && sc.own(s) && !sc.word(c, "unbinding") {
				return true
			}
		}
	}
	return false
}

// subjunctive: "insisted that the ministry publish": a bare form where an indicative would have its ending. Behind a plural both look
// alike; there only giving way is asked for: "insists that the rebels withdraw", but not "… kill civilians".
func (sc *scene) subjunctive(c int) bool {
	t := sc.tok(c)
	if t.UPOS != "VERB" || sc.has(c, "aux", "cop") || sc.hasTo(c) {
		return false
	}
	s := sc.doc.Child(c, "nsubj")
	if s < 0 || !strings.EqualFold(t.Form, t.Lemma) || t.XPOS != "VBP" {
		return t.XPOS == "VB"
	}
	several := sc.plural(s) || len(sc.conjuncts(s)) > 1
	return sc.tok(s).UPOS != "PRON" && (!several || sc.yields(c))
}

// yields says whether an act gives way or helps.
func (sc *scene) yields(c int) bool {
	f := sc.match(sc.tab.frames, c)
	if f == nil {
		return false
	}
	switch f.kind {
	case "RETREAT", "CONCEDE", "AID", "COOPERATE", "AGREE", "CONSULT":
		return true
	}
	return false
}

// own: "it", "they", "his government": who speaks, or what belongs to who speaks.
func (sc *scene) own(s int) bool {
	switch sc.lemma(s) {
	case "it", "they", "we", "he", "she", "i":
		return true
	}
	for _, k := range sc.doc.Children(s) {
		if sc.tok(int(k)).Is("nmod:poss") && sc.tok(int(k)).UPOS == "PRON" {
			return true
		}
	}
	return false
}

func (sc *scene) prepTest(test *slotTest, i int) bool {
	if o := sc.patient(i); o > i && sc.tok(i).UPOS == "VERB" && sc.tok(o).Head == i {
		for _, c := range sc.doc.Children(o) {
			if p := sc.prep(int(c)); sc.tok(int(c)).Is("nmod") && (p == "to" || p == "from" || p == "with" || p == "against") && test.values[p] {
				return true
			}
		}
	}
	for _, c := range sc.doc.Children(i) {
		t := sc.tok(int(c))
		if sc.word(int(c), "weekday") {
			continue
		}
		if t.Is("obl", "nmod", "advcl", "acl") {
			for _, k := range sc.doc.Children(int(c)) {
				if sc.tok(int(k)).Is("case", "mark") && sc.value(test, int(k)) {
					return true
				}
			}
		}
		if t.UPOS == "ADP" && t.Is("advmod", "compound:prt", "obl") && sc.value(test, int(c)) {
			return true
		}
	}
	return false
}

// modTest looks at what modifies a noun, or, for a verb, the noun that is its object.
func (sc *scene) modTest(test *slotTest, i int) bool {
	n := i
	if sc.tok(i).UPOS == "VERB" {
		if n = sc.patient(i); n < 0 {
			return false
		}
	}
	if sc.measure(n) { // "a new round of joint exercises"
		for _, c := range sc.doc.Children(n) {
			if sc.tok(int(c)).Is("nmod") && sc.prep(int(c)) == "of" {
				n = int(c)
				break
			}
		}
	}
	for _, c := range sc.doc.Children(n) {
		if sc.tok(int(c)).Is("compound", "amod", "nmod:poss", "nmod") && int(c) < n {
			for _, k := range sc.conjuncts(int(c)) {
				if sc.value(test, k) {
					return true
				}
			}
		}
	}
	return false
}
