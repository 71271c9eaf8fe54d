package read

import (
	"slices"

	"parley/internal/document"
)

// readContacts finds calls, meetings, talks, visits, summits, sessions and addresses with those who take part, and links later
// mentions ("during the call") to the first.
func readContacts(doc *document.Document, r *Reading) {
	sc := newScene(doc, r)
	for i := range doc.Tokens {
		if !sc.inCopy(i) {
			continue
		}
		f := sc.contactFrame(i)
		if f == nil {
			continue
		}
		if c, ok := sc.contactAt(i, f); ok {
			r.Contacts = append(r.Contacts, c)
			sc.fillFirst(&c)
		}
	}
}

// fillFirst gives the first mention of a contact what a later one tells besides.
func (sc *scene) fillFirst(c *Contact) {
	if c.SameAs < 0 {
		return
	}
	first := &sc.r.Contacts[c.SameAs]
	if first.When < 0 {
		first.When = c.When
	}
	if first.Duration < 0 {
		first.Duration = c.Duration
	}
	if len(first.Where) == 0 {
		first.Where = c.Where
	}
	if first.About.Empty() {
		first.About = c.About
	}
}

func (sc *scene) contactFrame(i int) *frame {
	t := sc.tok(i)
	if t.UPOS == "NOUN" && (t.Is("compound", "amod") || sc.nameKind(i) == "EVENT") {
		return nil
	}
	if sc.lemma(i) == "meet" && sc.passive(i) { // "was met with silence"
		return nil
	}
	if f := sc.match(sc.tab.contacts, i); f != nil || t.UPOS != "NOUN" || !sc.known(i) || !sc.word(i, "contactnoun") {
		return f
	}
	if fs := sc.tab.contacts[sc.key(i)]; len(fs) > 0 { // "the 40-minute call": only of one that has been told
		return &frame{kind: fs[0].kind, roles: "again"}
	}
	return nil
}

func (sc *scene) contactAt(i int, f *frame) (Contact, bool) {
	c := Contact{Kind: f.kind, Trigger: i, SameAs: -1, Duration: -1, Assertion: sc.assertion(i), Why: "contact " + sc.key(i)}
	status, ok := sc.contactStatus(i)
	if !ok {
		return c, false
	}
	c.Status = status
	heads := sc.participants(i, f)
	c.When, c.Where, c.Duration = sc.when(i), sc.where(i, sides{actors: heads}), sc.length(i)
	if o := sc.patient(i); f.kind == "visit" && o >= 0 && sc.tok(i).UPOS == "VERB" && sc.namedPlace(o) {
		c.Where = append([]Phrase{sc.phrase(o)}, c.Where...)
	}
	if o := sc.under(i, "to"); f.kind == "visit" && o >= 0 && sc.namedPlace(o) {
		c.Where = append([]Phrase{sc.phrase(o)}, c.Where...)
	}
	c.Span, c.About = sc.clauseSpan(i), sc.about(i)
	c.SameAs = sc.sameContact(i, f.kind, heads, status)
	c.Participants = sc.phrases(heads)
	for _, p := range c.Participants { // the reader of the entry wants to see who: "the group, …, to meet"
		if s := sc.doc.TokenSpan(p.First, p.End); sc.sameSentence(p.First, i) || sc.sameSentence(i, p.First) {
			c.Span.Start, c.Span.End = min(c.Span.Start, s.Start), max(c.Span.End, s.End)
		}
	}
	if c.SameAs < 0 && f.roles == "again" {
		return c, false
	}
	if c.SameAs < 0 && !sc.enough(i, f.kind, heads) {
		return c, false
	}
	c.Confidence = 0.7
	if len(heads) > 1 {
		c.Confidence = 0.8
	}
	return c, true
}

// contactStatus turns the status of an event into that of a contact. A contact that is only said not to have been is none.
func (sc *scene) contactStatus(i int) (string, bool) {
	if s := sc.answer(i); s != "" {
		return s, true
	}
	switch sc.statusOf(i) {
	case statusActual, statusOngoing:
		return "held", true
	case statusPlanned:
		return "planned", true
	case statusPledged:
		if h := sc.tok(i).Head; h >= 0 && sc.word(h, "readiness") {
			return "proposed", true
		}
		return "planned", true
	case statusDenied:
		return "", false
	}
	return "proposed", true
}

// answer looks for what became of an offer or invitation above: "rejected an offer to meet", "has not responded to the invitation".
func (sc *scene) answer(i int) string {
	if sc.tok(i).Is("obl") && sc.during(i) {
		return ""
	}
	below := i
	for n, k := 0, i; n < 6 && k >= 0; n, k = n+1, sc.tok(k).Head {
		if k == i || sc.tok(k).UPOS != "VERB" && !sc.clausal(k) {
			below = k
			continue
		}
		beside := sc.tok(below).Is("advcl") && !sc.bareGerund(below, k) || sc.tok(below).Is("obl") && sc.timeToken(below)
		below = k
		switch {
		case beside: // "rejected the plan after meeting them"
			return ""
		case sc.word(k, "answer") && sc.mood(k) == statusDenied:
			return "unanswered"
		case (sc.word(k, "refuse") || sc.excludes(k)) && happening(sc.statusOf(k)):
			return "refused"
		case sc.finite(k) && !sc.tok(k).Is("acl", "xcomp"):
			return ""
		}
	}
	return ""
}

// participants are the heads of those who take part.
func (sc *scene) participants(i int, f *frame) []int {
	var heads []int
	add := func(h int) {
		if h >= 0 && sc.agentive(h) && !among(heads, h) && !sc.coordinated(heads, h) {
			heads = append(heads, h)
		}
	}
	if sc.tok(i).UPOS == "VERB" {
		add(sc.subjectAt(i, 0))
		if o := sc.patient(i); o >= 0 {
			if f.kind != "visit" || !sc.namedPlace(o) && (sc.tok(o).UPOS != "NOUN" || sc.tab.agents["person"][sc.lemma(o)]) {
				add(o)
			}
			if f.kind != "visit" && !sc.agentive(o) {
				for _, c := range sc.doc.Children(o) {
					if sc.tok(int(c)).Is("nmod") && (sc.prep(int(c)) == "of" || sc.prep(int(c)) == "with") {
						add(int(c))
					}
				}
			}
		}
		if sc.passive(i) {
			add(sc.byAgent(i))
		}
		sc.addPreps(i, []string{"with", "to", "alongside"}, add)
	} else {
		sc.nounParticipants(i, f, add)
	}
	return sc.expandPair(i, heads)
}

// namedPlace: a name that is not known to be a person's or a body's.
func (sc *scene) namedPlace(i int) bool {
	return sc.tok(i).UPOS == "PROPN" && sc.nameKind(i) != "PER" && sc.nameKind(i) != "ORG"
}

func (sc *scene) addPreps(i int, preps []string, add func(int)) {
	for _, c := range sc.doc.Children(i) {
		if sc.tok(int(c)).Is("obl", "nmod") && slices.Contains(preps, sc.prep(int(c))) {
			add(int(c))
		}
	}
}

func (sc *scene) nounParticipants(i int, f *frame, add func(int)) {
	for _, c := range sc.doc.Children(i) {
		t := sc.tok(int(c))
		if t.Is("nmod:poss") || t.Is("compound", "amod") && sc.agentive(int(c)) && sc.nameKind(int(c)) != "LOC" {
			add(int(c))
		}
	}
	sc.addPreps(i, []string{"between", "among", "with", "of", "by", "from"}, add)
	if h := sc.tok(i).Head; sc.thereFor(h, i) {
		add(sc.doc.Child(h, "nsubj"))
	}
	v := sc.governor(i)
	if v < 0 {
		return
	}
	switch {
	case sc.tok(i).Is("obj", "nsubj:pass", "conj", "nmod") && (sc.word(v, "light") || sc.word(v, "takepart")):
		add(sc.agent(v))
		sc.addPreps(v, []string{"with", "between"}, add)
	case sc.tok(i).Is("obl") && sc.during(i) && !sc.known(i):
		add(sc.agent(v))
		if o := sc.doc.Child(v, "iobj", "obj"); o >= 0 && sc.tok(v).UPOS == "VERB" && sc.word(v, "tell") {
			add(o)
		}
	case sc.tok(i).Is("obl") && sc.thereFor(v, i):
		add(sc.agent(v))
	case sc.tok(i).Is("obl") && sc.prep(i) == "to" && f.kind == "visit":
		add(sc.agent(v))
	}
}

// thereFor says whether somebody goes or is somewhere (h) for something (i): "flew to the capital for talks", "is in the capital for
// talks".
func (sc *scene) thereFor(h, i int) bool {
	if h < 0 || sc.prep(i) != "for" {
		return false
	}
	p := sc.prep(h)
	there := sc.has(h, "cop") && (p == "in" || p == "at") && (sc.tok(h).UPOS == "PROPN" || sc.word(h, "town"))
	return there || sc.word(h, "travel")
}

func (sc *scene) during(i int) bool {
	switch sc.prep(i) {
	case "in", "during", "at", "on", "over":
		return true
	}
	return false
}

func (sc *scene) coordinated(heads []int, h int) bool {
	for _, x := range heads {
		if sc.tok(h).Is("conj") && sc.tok(h).Head == x {
			return true
		}
	}
	return false
}

// expandPair: "the two leaders", "both", "we" name no one; when the predicates above name exactly two, it is they.
func (sc *scene) expandPair(i int, heads []int) []int {
	if len(heads) != 1 || !sc.pairWord(heads[0]) {
		return heads
	}
	var found []int
	for n, k := 0, sc.tok(i).Head; n < 6 && k >= 0; n, k = n+1, sc.tok(k).Head {
		if sc.tok(k).UPOS != "VERB" && !sc.clausal(k) {
			continue
		}
		for _, c := range sc.doc.Children(k) {
			t := sc.tok(int(c))
			side := t.Is("obl") && slices.Contains([]string{"to", "on", "with", "upon"}, sc.prep(int(c)))
			if !side && !t.Is("nsubj", "obj", "iobj") {
				continue
			}
			h := sc.antecedent(int(c))
			if sc.doc.Under(i, h) || among(found, h) || sc.pairWord(h) || !sc.individual(h) {
				continue
			}
			found = append(found, h)
			found = append(found, sc.conjuncts(h)[1:]...)
		}
	}
	if len(found) == 2 {
		slices.Sort(found)
		if sc.coordinated(found[:1], found[1]) {
			return found[:1]
		}
		return found
	}
	return heads
}

// individual: a named person, a pronoun in the singular or a noun for a person.
func (sc *scene) individual(h int) bool {
	t := sc.tok(h)
	switch t.UPOS {
	case "PROPN":
		k := sc.nameKind(h)
		return k == "PER" || k == "" && sc.agentName(h) || k == "ORG" || k == "LOC"
	case "PRON":
		return sc.isPersonal(h) && !sc.plural(h) && sc.lemma(h) != "it"
	case "NOUN":
		return sc.tab.agents["person"][sc.lemma(h)] && !sc.plural(h)
	}
	return false
}

func (sc *scene) pairWord(h int) bool {
	switch sc.lemma(h) {
	case "both", "we", "they", "pair", "two", "duo":
		return true
	}
	if !sc.plural(h) {
		return false
	}
	for _, c := range sc.doc.Children(h) {
		if l := sc.lemma(int(c)); l == "both" || l == "two" {
			return true
		}
	}
	return false
}

// enough says whether those found make a contact: two sides, a plural or a group that meets, or somebody who visits or speaks.
func (sc *scene) enough(i int, kind string, heads []int) bool {
	if len(heads) >= 2 {
		return true
	}
	if len(heads) == 0 {
		return false
	}
	h := heads[0]
	if len(sc.conjuncts(h)) > 1 || sc.pairWord(h) || sc.plural(h) {
		return true
	}
	switch kind {
	case "session", "summit", "address":
		return true
	case "visit":
		return sc.individual(h) && sc.tok(i).UPOS == "NOUN" || len(sc.where(i, sides{actors: heads})) > 0 || sc.patient(i) >= 0 && sc.tok(i).UPOS == "VERB" && sc.placeLike(sc.patient(i))
	}
	l := sc.lemma(h)
	return sc.tok(h).UPOS == "NOUN" && sc.tab.agents["group"][l] && sc.tok(i).UPOS == "VERB" ||
		(sc.nameKind(h) == "ORG" || sc.groupName(h)) && (kind == "meeting" || kind == "talks")
}

// groupName: a name whose head is a word for a body ("Contact Group", "Security Council").
func (sc *scene) groupName(h int) bool {
	return sc.tok(h).UPOS == "PROPN" && sc.tab.agents["group"][sc.lemma(h)]
}

// length is the duration given for a contact: inside its phrase ("a call lasting 105 minutes", "a 90-minute call") or by the
// verb it is the subject of ("the talks lasted five hours").
func (sc *scene) length(i int) int {
	if d := sc.durationUnder(i); d >= 0 {
		return d
	}
	if v := sc.tok(i).Head; v >= 0 && sc.tok(i).Is("nsubj") && sc.word(v, "last") {
		return sc.durationUnder(v)
	}
	if v := sc.tok(i).Head; v >= 0 && sc.clausal(v) && !sc.clausal(i) && (sc.word(v, "light") || sc.word(v, "takepart")) {
		return sc.durationUnder(v)
	}
	if sc.clausal(i) {
		return sc.durationUnder(i)
	}
	return -1
}

// about is what a contact is about: "on", "about", or what it is held to do.
func (sc *scene) about(i int) document.Span {
	tops := []int{i}
	if !sc.clausal(i) {
		if v := sc.governor(i); v >= 0 && sc.word(v, "light") {
			tops = append(tops, v)
		}
	}
	for _, top := range tops {
		for _, c := range sc.doc.Children(top) {
			t := sc.tok(int(c))
			p := sc.prep(int(c))
			if t.Is("nmod", "obl") && sc.lemma(int(c)) != "day" && (p == "on" || p == "about" || p == "over" || p == "regarding" || p == "concerning") && !sc.timeToken(int(c)) && !sc.agentive(int(c)) && !sc.tab.classes["phone"][sc.lemma(int(c))] && !sc.word(int(c), "occasion") {
				ph := sc.fullPhrase(int(c))
				return ph
			}
			if t.Is("advcl", "acl", "xcomp") && sc.hasTo(int(c)) && int(c) > i {
				if o := sc.patient(int(c)); o > int(c) && sc.word(int(c), "discuss") {
					return sc.fullPhrase(o)
				}
				first, end := sc.doc.Subtree(int(c))
				for first < int(c) && sc.tok(first).UPOS == "PART" {
					first++
				}
				return sc.trimmed(first, end)
			}
		}
	}
	return document.Span{}
}

func (sc *scene) timeToken(i int) bool {
	if sc.word(i, "weekday") {
		return true
	}
	for n := range sc.r.Times {
		if sc.r.Times[n].First <= i && i < sc.r.Times[n].End {
			return true
		}
	}
	return false
}

// fullPhrase is all that hangs on a noun without its preposition.
func (sc *scene) fullPhrase(i int) document.Span {
	first, end := sc.doc.Subtree(i)
	for first < i && (sc.tok(first).Is("case") && sc.tok(first).Head == i || sc.tok(first).UPOS == "PUNCT") {
		first++
	}
	return sc.trimmed(first, end)
}

func (sc *scene) trimmed(first, end int) document.Span {
	for end > first+1 && sc.tok(end-1).UPOS == "PUNCT" {
		end--
	}
	for first < end-1 && sc.tok(first).UPOS == "PUNCT" {
		first++
	}
	return sc.doc.TokenSpan(first, end)
}
