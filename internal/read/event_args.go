package read

// sides are the heads of the phrases that act in an event and of those it is done to.
type sides struct{ actors, recipients []int }

// recipientPreps are the prepositions, best first, under which a verb or a noun names whom it is directed at.
var recipientPreps = []string{"against", "at", "on", "upon", "with", "to", "toward", "towards", "from", "for", "into", "of"}

// args finds the two sides of an event with its frame.
func (sc *scene) args(i int, f *frame) sides {
	var s sides
	if sc.tok(i).UPOS == "NOUN" {
		s = sc.nounSides(i, f)
	} else {
		s = sc.verbSides(i, f)
	}
	if o := sc.patient(i); o >= 0 && sc.tok(i).UPOS == "VERB" && (f.kind == "MOBILIZE" || f.kind == "RETREAT" && f.mode == "withdraw" || f.kind == "AID" && sc.word(i, "sending")) {
		s.recipients = append(sc.oblique(i, s.actors), sc.oblique(o, s.actors)...)
	}
	if o := sc.patient(i); o >= 0 && len(s.actors) == 0 && sc.tok(i).UPOS == "VERB" && sc.agent(i) < 0 && sc.agentive(o) && (f.kind == "MOBILIZE" || f.mode == "withdraw") {
		s.actors = []int{o} // "soldiers were deployed": nobody else is named
	}
	s = sc.ownForces(f, s)
	switch f.kind {
	case "REQUEST", "ACCUSE", "THREATEN", "REJECT":
		if len(s.recipients) == 0 && sc.tok(i).UPOS != "NOUN" {
			s.recipients = sc.embeddedSide(i, s.actors)
		}
	}
	if f.kind == "ACCUSE" && len(s.recipients) == 0 && sc.tok(i).UPOS == "VERB" {
		s.recipients = sc.calledFor(i, s.actors)
	}
	if f.roles == "sym" {
		s = sc.symmetric(i, s, f.kind == "CONSULT" || f.kind == "ASSAULT")
	}
	s.recipients = without(s.recipients, s.actors, f.roles == "sym")
	if len(s.actors) > 0 && sc.strayParticiple(i) {
		s.actors = nil
	}
	return s
}

// calledFor: "called for sanctions against Russia": whom what is called for would hit.
func (sc *scene) calledFor(v int, actors []int) []int {
	for _, c := range sc.doc.Children(v) {
		if sc.tok(int(c)).Is("obl") && sc.prep(int(c)) == "for" {
			return sc.oblique(int(c), actors)
		}
	}
	return nil
}

// strayParticiple: ", killing three" after a clause that is no attack tells what came of it, not what its subject did.
func (sc *scene) strayParticiple(v int) bool {
	t := sc.tok(v)
	if !t.Is("advcl") || !sc.word(v, "casualty") || sc.has(v, "mark", "nsubj") || t.Head < 0 {
		return false
	}
	f := sc.match(sc.tab.frames, t.Head)
	return f == nil || f.kind != "ASSAULT"
}

// symmetric: both sides do what the word says; the other side stands as object or after "with", "to" or "between".
func (sc *scene) symmetric(i int, s sides, object bool) sides {
	var other []int
	for _, h := range s.recipients {
		p := sc.prep(h)
		if v := sc.tok(h).Head; v != i && v != sc.governor(i) && !sc.tok(h).Is("conj") {
			continue // "discussed the fight against the rebels" is not with them
		}
		if sc.agentive(h) && (object && sc.tok(h).Is("obj", "nsubj:pass") && sc.tok(h).Head == i || p == "with" || p == "to" || p == "between" || p == "against") {
			other = append(other, h)
		}
	}
	return sides{actors: append(append([]int{}, s.actors...), other...), recipients: other}
}

func without(list, drop []int, keep bool) []int {
	if keep {
		return list
	}
	var out []int
	for _, x := range list {
		found := false
		for _, d := range drop {
			found = found || d == x
		}
		if !found {
			out = append(out, x)
		}
	}
	return out
}

// ownForces: troops that are moved are no party to it.
func (sc *scene) ownForces(f *frame, s sides) sides {
	if f.kind != "MOBILIZE" && (f.kind != "RETREAT" || f.mode != "withdraw" && f.mode != "disarm") {
		return s
	}
	var out []int
	for _, h := range s.recipients {
		switch sc.prep(h) {
		case "against", "from", "to", "toward", "towards", "at":
			out = append(out, h)
		}
	}
	s.recipients = out
	return s
}

func (sc *scene) verbSides(v int, f *frame) sides {
	var s sides
	if a := sc.agent(v); a >= 0 {
		if h := sc.actorIn(a); h >= 0 {
			s.actors = append(s.actors, h)
		}
	}
	if o := sc.patient(v); o >= 0 {
		thing := f.takesObject() && f.kind != "ASSAULT" || sc.word(v, "hurl")
		if thing && sc.tok(o).UPOS == "NOUN" && !sc.somebody(o) { // "fired rockets at the base", "imposed sanctions on"
			if s.recipients = sc.oblique(v, s.actors); len(s.recipients) == 0 && !speechKinds[f.kind] {
				s.recipients = sc.oblique(o, s.actors)
			}
		}
		if h := sc.recipientIn(o, speechKinds[f.kind]); h >= 0 && len(s.recipients) == 0 && (h != o || !thing || sc.somebody(o) || sc.placeLike(o)) {
			s.recipients = append(s.recipients, h)
		}
	}
	if len(s.recipients) == 0 {
		if o := sc.doc.Child(v, "iobj"); o >= 0 && sc.recipientLike(o) {
			s.recipients = append(s.recipients, o)
		}
	}
	if len(s.recipients) == 0 {
		s.recipients = sc.oblique(v, s.actors)
	}
	if len(s.recipients) == 0 {
		if o := sc.patient(v); o >= 0 && !speechKinds[f.kind] {
			s.recipients = sc.oblique(o, s.actors)
		}
	}
	return s
}

// somebody: a person or group, not a thing that acts for one.
func (sc *scene) somebody(i int) bool {
	l := sc.lemma(i)
	return sc.tab.agents["person"][l] || sc.tab.agents["group"][l]
}

// speechKinds are types of which the recipient is who did or said what the object names, not whom that was done to.
var speechKinds = map[string]bool{"ACCUSE": true, "SUPPORT": true, "REJECT": true}

// embeddedSide: "demanded that Russia withdraw", "warned that it would strike the base": the subject of the clause below, or,
// when that is the speaker itself, its object.
func (sc *scene) embeddedSide(v int, actors []int) []int {
	for _, c := range sc.doc.Children(v) {
		if !sc.tok(int(c)).Is("ccomp", "xcomp") {
			continue
		}
		if s := sc.doc.Child(int(c), "nsubj"); s >= 0 && sc.tok(s).UPOS != "PRON" && sc.recipientLike(s) {
			return []int{s}
		}
		if o := sc.patient(int(c)); o >= 0 && !among(actors, o) {
			if h := sc.recipientIn(o, false); h >= 0 {
				return []int{h}
			}
		}
		if out := sc.oblique(int(c), actors); len(out) > 0 {
			return out
		}
	}
	return nil
}

// actorIn is the actor in the phrase headed by a token: the head itself, or whoever has or belongs with a thing that cannot
// act ("Russia's decision", "the government's forces").
func (sc *scene) actorIn(i int) int {
	if sc.agentive(i) {
		return i
	}
	for _, c := range sc.doc.Children(i) { // "the co-founder of the firm, Ann Lee, …"
		if sc.tok(int(c)).Is("appos") && sc.tok(int(c)).UPOS == "PROPN" && sc.agentive(int(c)) {
			return int(c)
		}
	}
	if f := sc.match(sc.tab.frames, i); !sc.word(i, "claimnoun") && !sc.word(i, "mouthpiece") && (f == nil || f.kind != "ASSAULT") {
		return -1
	}
	if h := sc.inside(i, true); h >= 0 && sc.agentive(h) {
		return h
	}
	return -1
}

func (sc *scene) recipientIn(i int, doer bool) int {
	if sc.recipientLike(i) {
		return i
	}
	return sc.inside(i, doer)
}

// inside is the first possessor, adjective of belonging or "of" phrase in a noun phrase that can be an actor.
// With doer, only who does or has what the phrase names counts, not whom it is done to.
func (sc *scene) inside(i int, doer bool) int {
	for _, c := range sc.doc.Children(i) {
		if sc.tok(int(c)).Is("nmod:poss", "amod", "compound") && sc.tok(int(c)).UPOS != "PRON" && sc.agentive(int(c)) {
			return int(c)
		}
	}
	preps := []string{"of", "by", "from", "against", "on", "with", "between", "to"}
	if doer {
		preps = preps[:3]
	}
	for _, p := range preps {
		for _, c := range sc.doc.Children(i) {
			if sc.tok(int(c)).Is("nmod") && sc.prep(int(c)) == p && sc.recipientLike(int(c)) {
				return int(c)
			}
		}
	}
	return -1
}

// oblique finds recipients among the prepositional phrases of a verb or noun.
func (sc *scene) oblique(v int, actors []int) []int {
	for _, p := range recipientPreps {
		for _, c := range sc.doc.Children(v) {
			if sc.tok(v).UPOS == "VERB" && p == "for" || !sc.tok(int(c)).Is("obl", "nmod") || sc.prep(int(c)) != p || among(actors, int(c)) {
				continue
			}
			h := sc.recipientIn(int(c), false)
			if h >= 0 && !among(actors, h) && !sc.word(h, "weekday") {
				return []int{h}
			}
		}
	}
	return nil
}

func among(list []int, x int) bool {
	for _, y := range list {
		if x == y {
			return true
		}
	}
	return false
}

// compoundActors are the types whose event nouns can have their actor as a common noun before them ("rebel attack", "police raid").
var compoundActors = map[string]bool{"ASSAULT": true, "COERCE": true, "PROTEST": true, "ACCUSE": true}

// nounSides finds who acts and who is acted on with an event noun: "Russian shelling of Kharkiv", "an attack by rebels on the
// town", "talks between A and B", and the subject of the light verb above it.
func (sc *scene) nounSides(n int, f *frame) sides {
	var s sides
	var of []int
	for _, c := range sc.doc.Children(n) {
		t := sc.tok(int(c))
		p := ""
		if t.Is("nmod") && !t.Is("nmod:poss") {
			p = sc.prep(int(c))
		}
		switch {
		case t.Is("compound") && f.kind == "ASSAULT" && sc.nameKind(int(c)) == "LOC" && t.UPOS == "PROPN":
			// "the Bali bombing" tells where
		case t.Is("compound") && t.UPOS == "NOUN" && (!compoundActors[f.kind] || sc.tab.classes["hostage"][sc.lemma(int(c))] || sc.tab.agents["weapon"][sc.lemma(int(c))]):
			// "a prisoner exchange", "troop withdrawal", "drone attack": what it is about or done with
		case t.Is("nmod:poss") && sc.word(n, "undergone") && sc.under(n, "of") < 0 && sc.recipientLike(int(c)):
			s.recipients = append(s.recipients, int(c)) // "his arrest", "the minister's murder"
		case t.Is("nmod:poss", "amod", "compound") && sc.agentive(int(c)) && len(s.actors) == 0:
			s.actors = append(s.actors, int(c))
		case (p == "by" || p == "between" || p == "from" && f.kind != "RETREAT") && sc.agentive(int(c)):
			s.actors = append(s.actors, int(c))
		case p == "of":
			of = append(of, int(c))
		}
	}
	for _, o := range of {
		if h := sc.recipientIn(o, false); h >= 0 {
			if f.roles == "of" && len(s.actors) == 0 {
				s.actors = append(s.actors, h)
			} else if f.roles != "of" {
				s.recipients = append(s.recipients, h)
			}
		}
	}
	if len(s.recipients) == 0 {
		not := append(append([]int{}, s.actors...), of...)
		for _, c := range sc.doc.Children(n) { // shelling "from" somewhere comes from it
			if f.kind == "ASSAULT" && sc.prep(int(c)) == "from" {
				not = append(not, int(c))
			}
		}
		s.recipients = sc.oblique(n, not)
	}
	return sc.governed(n, s)
}

// governed adds what the verb above an event noun says: the subject of a light verb acts, that of a verb of suffering suffers.
func (sc *scene) governed(n int, s sides) sides {
	v := sc.governor(n)
	if v < 0 {
		return s
	}
	object := sc.tok(n).Is("obj", "nsubj:pass", "obl")
	switch {
	case object && sc.word(v, "suffer") && sc.tok(n).Is("obj"):
		if a := sc.agent(v); a >= 0 && len(s.recipients) == 0 && sc.recipientLike(a) {
			s.recipients = append(s.recipients, a)
		}
	case object && (sc.word(v, "light") || sc.word(v, "mull")) && len(s.actors) == 0:
		if a := sc.agent(v); a >= 0 {
			if h := sc.actorIn(a); h >= 0 && !among(s.recipients, h) {
				s.actors = append(s.actors, h)
			}
		}
		if len(s.recipients) == 0 {
			s.recipients = sc.oblique(v, s.actors)
		}
	}
	return s
}

// governor is the verb an event noun depends on, through nouns of phase or measure ("the start of talks"); -1 for none.
func (sc *scene) governor(n int) int {
	for steps := 0; steps < 4; steps++ {
		h := sc.tok(n).Head
		if h < 0 {
			return -1
		}
		if sc.tok(h).UPOS == "VERB" {
			return h
		}
		phase := sc.tok(n).Is("nmod") && (sc.word(h, "aspect") || sc.measure(h) || sc.word(h, "light"))
		if !phase && !sc.tok(n).Is("conj") {
			return -1
		}
		n = h
	}
	return -1
}
