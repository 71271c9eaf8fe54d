package read

// passive says whether a verb is in the passive, as a clause or as a participle that modifies a noun.
func (sc *scene) passive(v int) bool {
	if sc.has(v, "aux:pass") {
		return true
	}
	t := sc.tok(v)
	if sc.has(v, "nsubj:pass") { // "which had called" is active whatever the relation says
		return t.XPOS != "VBG" && t.XPOS != "VBD" && !sc.onlyHave(v)
	}
	if t.Is("acl") && t.XPOS == "VBN" && !sc.has(v, "nsubj", "aux") {
		return true
	}
	if t.Is("conj") && t.XPOS == "VBN" && !sc.has(v, "nsubj", "aux", "obj") && t.Head >= 0 {
		return sc.has(t.Head, "aux:pass", "nsubj:pass")
	}
	return t.Is("advcl", "amod", "xcomp") && t.XPOS == "VBN" && !sc.has(v, "nsubj", "obj", "aux")
}

// onlyHave says whether "have" is the only auxiliary of a verb.
func (sc *scene) onlyHave(v int) bool {
	have := false
	for _, c := range sc.doc.Children(v) {
		if sc.tok(int(c)).Is("aux") {
			if sc.lemma(int(c)) != "have" {
				return false
			}
			have = true
		}
	}
	return have
}

// headOf is the head of a clause, with one repair: an infinitive behind a verb that takes object and infinitive and has only the
// object ("work to allow the group to meet") belongs to that verb, wherever the parser hung it, on the object too ("ordered the envoy
// to leave").
func (sc *scene) headOf(v int) int {
	t := sc.tok(v)
	if t.Head < 0 || !t.Is("advcl", "acl", "xcomp") || !sc.hasTo(v) || t.Head > v {
		return t.Head
	}
	if h := sc.tok(t.Head).Head; h >= 0 && sc.tok(t.Head).Is("obj") && sc.tok(h).UPOS == "VERB" && sc.word(h, "objcontrol") && !sc.has(h, "xcomp", "ccomp") &&
		sc.agentive(t.Head) && sc.tab.status[sc.key(t.Head)] == nil {
		return h
	}
	for u, n := v-1, 0; u > t.Head && n < 25; u, n = u-1, n+1 {
		if sc.tok(u).UPOS != "VERB" || !sc.doc.Under(u, t.Head) {
			continue
		}
		if sc.word(u, "objcontrol") && !sc.has(u, "xcomp", "ccomp") {
			if o := sc.doc.Child(u, "obj", "iobj"); o > u && o < v {
				return u
			}
		}
		if !sc.tok(u).Is("acl:relcl") {
			break
		}
	}
	return t.Head
}

// antecedent is the noun a relative pronoun stands for, the token itself for others.
func (sc *scene) antecedent(i int) int {
	switch sc.lemma(i) {
	case "who", "which", "that", "whom", "whose":
	default:
		return i
	}
	for v, n := sc.tok(i).Head, 0; v >= 0 && n < 4; v, n = sc.tok(v).Head, n+1 {
		if sc.tok(v).Is("acl:relcl") {
			return sc.tok(v).Head
		}
	}
	return i
}

// agent is the head of the phrase that does what a predicate says: its subject, the agent of a passive, or, for verbs
// without a subject of their own, whoever grammar gives them (control, coordination, participles); -1 for none.
func (sc *scene) agent(v int) int { return sc.agentAt(v, 0) }

func (sc *scene) agentAt(v, depth int) int {
	if v < 0 || depth > 12 {
		return -1
	}
	if sc.passive(v) {
		return sc.byAgent(v)
	}
	return sc.subjectAt(v, depth)
}

func (sc *scene) byAgent(v int) int {
	for _, c := range sc.doc.Children(v) {
		if sc.tok(int(c)).Is("obl:agent") || sc.tok(int(c)).Is("obl", "nmod") && sc.prep(int(c)) == "by" {
			return int(c)
		}
	}
	return -1
}

// subjectAt is the grammatical subject of a predicate, overt or understood.
func (sc *scene) subjectAt(v, depth int) int {
	if v < 0 || depth > 12 {
		return -1
	}
	if s := sc.overtSubject(v); s >= 0 {
		return sc.antecedent(s)
	}
	t := sc.tok(v)
	h := sc.headOf(v)
	if h < 0 {
		return -1
	}
	if h != t.Head {
		return sc.controller(h, depth)
	}
	if sc.callsToSay(v, h) {
		return sc.subjectAt(h, depth+1)
	}
	switch t.BaseRel() {
	case "acl":
		return sc.aclSubject(v, h, depth)
	case "xcomp", "ccomp":
		if t.BaseRel() == "ccomp" && t.Feat("VerbForm") == "Fin" {
			return -1
		}
		return sc.controller(h, depth)
	case "conj", "parataxis":
		if t.UPOS == "VERB" || t.UPOS == "ADJ" || t.UPOS == "NOUN" && sc.has(v, "cop") {
			if t.BaseRel() == "conj" {
				return sc.subjectAt(h, depth+1)
			}
		}
	case "advcl":
		if sc.tok(h).UPOS == "NOUN" && !sc.has(h, "cop") {
			return -1
		}
		if sc.word(h, "objcontrol") && (sc.prepMarked(v) || sc.hasTo(v) && v > h) {
			return sc.controller(h, depth)
		}
		return sc.subjectAt(h, depth+1)
	}
	return -1
}

// callsToSay: in "called the minister to thank him" who calls also thanks, unlike in "called the minister to resign".
func (sc *scene) callsToSay(v, h int) bool {
	l := sc.lemma(h)
	return (l == "call" || l == "phone" || l == "telephone" || l == "ring") && sc.hasTo(v) && sc.tok(v).Is("advcl", "xcomp") && sc.tab.classes["saying"][sc.lemma(v)]
}

// overtSubject is the subject in the tree; of two, the one that is no possessor ("Norland's | forces attacked" hung apart).
func (sc *scene) overtSubject(v int) int {
	first := -1
	for _, c := range sc.doc.Children(v) {
		if !sc.tok(int(c)).Is("nsubj") {
			continue
		}
		if first < 0 {
			first = int(c)
		}
		if k := sc.doc.Child(int(c), "case"); k < 0 || sc.tok(k).XPOS != "POS" {
			return int(c)
		}
	}
	return first
}

// prepMarked: a participle after a preposition that belongs to its verb ("accused of shelling", "prevented from going").
func (sc *scene) prepMarked(v int) bool {
	m := sc.doc.Child(v, "mark", "case")
	if m < 0 {
		return false
	}
	switch sc.lemma(m) {
	case "of", "from", "into", "against":
		return true
	}
	return false
}

func (sc *scene) controller(h, depth int) int {
	if sc.word(h, "objcontrol") {
		if sc.passive(h) {
			return sc.subjectAt(h, depth+1)
		}
		if o := sc.doc.Child(h, "obj", "iobj"); o >= 0 {
			return sc.antecedent(o)
		}
		for _, c := range sc.doc.Children(h) { // "called on Russia to withdraw"
			if p := sc.prep(int(c)); sc.tok(int(c)).Is("obl") && (p == "on" || p == "upon" || p == "to") && sc.agentive(int(c)) {
				return int(c)
			}
		}
	}
	return sc.subjectAt(h, depth+1)
}

// aclSubject: "troops attacking the town" and "a force that attacked" have the noun, "plans to attack" whoever has the plans.
func (sc *scene) aclSubject(v, h, depth int) int {
	t := sc.tok(v)
	if t.Rel == "acl:relcl" {
		for _, c := range sc.doc.Children(v) {
			if l := sc.lemma(int(c)); sc.tok(int(c)).Is("obj", "obl") && (l == "which" || l == "that" || l == "whom") {
				return -1
			}
		}
		return -1
	}
	if t.Feat("VerbForm") == "Inf" || sc.hasTo(v) || sc.tab.status[sc.key(h)] != nil {
		return sc.holder(h, depth)
	}
	if t.XPOS == "VBG" || t.Feat("VerbForm") == "Ger" || t.Feat("Tense") == "Pres" {
		return h
	}
	return -1
}

func (sc *scene) hasTo(v int) bool {
	for _, c := range sc.doc.Children(v) { // "for the army to enter" has two marks
		if sc.tok(int(c)).Is("mark") && sc.tok(int(c)).UPOS == "PART" {
			return true
		}
	}
	return false
}

// holder is whose plan, decision, threat or attack a noun names: a possessor, an adjective of belonging, or the subject
// of the verb that governs the noun.
func (sc *scene) holder(n, depth int) int {
	for _, c := range sc.doc.Children(n) {
		t := sc.tok(int(c))
		if t.Is("nmod:poss", "amod", "compound") && sc.agentive(int(c)) && !t.Is("nmod:unmarked") {
			return int(c)
		}
	}
	for _, c := range sc.doc.Children(n) {
		if t := sc.tok(int(c)); t.Is("nmod") && sc.agentive(int(c)) {
			if p := sc.prep(int(c)); p == "by" || p == "from" || p == "between" {
				return int(c)
			}
		}
	}
	if h := sc.tok(n).Head; h >= 0 && sc.tok(n).Is("obj", "xcomp") && sc.tok(h).UPOS == "VERB" {
		return sc.agentAt(h, depth+1)
	}
	return -1
}

// patient is the head of the phrase a predicate acts on: object, passive subject, or the noun a participle modifies.
func (sc *scene) patient(v int) int {
	if sc.passive(v) {
		if s := sc.doc.Child(v, "nsubj:pass"); s >= 0 {
			return sc.antecedent(s)
		}
		t := sc.tok(v)
		if t.Is("acl") {
			return t.Head
		}
		if t.Is("conj") && t.Head >= 0 {
			return sc.patientOfHead(t.Head)
		}
		if t.Is("amod") {
			return t.Head
		}
		return -1
	}
	for _, c := range sc.doc.Children(v) {
		if sc.tok(int(c)).Is("obj") {
			return sc.antecedent(int(c))
		}
	}
	if o := sc.bareOblique(v); o >= 0 {
		return o
	}
	if sc.lemma(v) == "call" { // "called the president on Friday" is often read as naming
		if x := sc.doc.Child(v, "xcomp"); x > v && sc.tok(x).UPOS == "PROPN" {
			return x
		}
	}
	return -1
}

// bareOblique: behind a verb with a particle or another phrase between, the object is now and then read as an oblique; without a
// preposition, and without being a time, it is none ("called off | a strike").
func (sc *scene) bareOblique(v int) int {
	for _, k := range sc.doc.Children(v) {
		c := int(k)
		if t := sc.tok(c); c > v && t.Rel == "obl" && t.UPOS == "NOUN" && !sc.has(c, "case", "mark") && !sc.timesAt().overlaps(t.Span) && !sc.word(c, "weekday") {
			return c
		}
	}
	return -1
}

func (sc *scene) patientOfHead(h int) int {
	if s := sc.doc.Child(h, "nsubj:pass"); s >= 0 {
		return sc.antecedent(s)
	}
	return -1
}
