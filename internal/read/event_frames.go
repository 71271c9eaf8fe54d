package read

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
		o = sc.doc.Child(i, "obj") // "were denied access"
		return o >= 0 && sc.passive(i) && sc.anyOf(test, o)
	case "subj":
		s := sc.agent(i)
		return s >= 0 && sc.anyOf(test, s)
	case "number":
		return test.values["Plur"] == sc.plural(i)
	case "that":
		return sc.has(i, "ccomp", "acl") || sc.marked(i, "that")
	case "xcomp":
		return sc.complement(test, i)
	case "must", "self":
		return sc.clauseTest(test.slot, i)
	case "prep":
		return sc.prepTest(test, i)
	case "mod":
		return sc.modTest(test, i)
	}
	for _, c := range sc.doc.Children(i) {
		t := sc.tok(int(c))
		switch test.slot {
		case "prt":
			loose := (t.UPOS == "ADP" || t.UPOS == "ADV") && t.Is("advmod", "obl") && len(sc.doc.Children(int(c))) == 0
			if (t.Is("compound:prt") || loose) && sc.value(test, int(c)) {
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
	for _, c := range sc.conjuncts(i) {
		if sc.value(test, c) {
			return true
		}
		for _, k := range sc.doc.Children(c) {
			if sc.tok(int(k)).Is("nmod") && sc.prep(int(k)) == "of" && sc.measure(c) && sc.value(test, int(k)) {
				return true
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
		if t.Is("xcomp") && int(c) != sc.patient(i) || t.Is("ccomp", "advcl") && (sc.hasTo(int(c)) || !sc.finite(int(c))) {
			if sc.value(test, int(c)) {
				return true
			}
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
		for _, a := range sc.doc.Children(c) {
			if !sc.tok(int(a)).Is("aux") {
				continue
			}
			if slot == "must" && sc.word(int(a), "must") && sc.tok(s).UPOS != "PRON" {
				return true
			}
			if slot == "self" && (sc.lemma(int(a)) == "would" || sc.word(int(a), "will")) && (sc.lemma(s) == "it" || sc.lemma(s) == "they" || sc.lemma(s) == "we" || sc.lemma(s) == "he") && !sc.word(c, "unbinding") {
				return true
			}
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
