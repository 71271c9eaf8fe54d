package read

import (
	"parley/internal/document"
)

// readConflicts finds contradictions that somebody states: what contradicts, disputes or is at odds with what.
func readConflicts(doc *document.Document, r *Reading) {
	sc := newScene(doc, r)
	for i := range doc.Tokens {
		if !sc.inCopy(i) {
			continue
		}
		for _, w := range sc.tab.conflicts[sc.lemma(i)] {
			if c, ok := sc.conflictAt(i, w); ok {
				r.Conflicts = append(r.Conflicts, c)
				break
			}
		}
	}
}

func (sc *scene) conflictAt(i int, w conflictWord) (Conflict, bool) {
	t := sc.tok(i)
	a, b := -1, -1
	switch w.kind {
	case "v":
		if t.UPOS != "VERB" {
			return Conflict{}, false
		}
		a = sc.subjectAt(i, 0)
		if w.prep != "" {
			b = sc.under(i, w.prep)
		} else if b = sc.patient(i); sc.passive(i) {
			a, b = b, sc.byAgent(i)
		}
	case "d":
		if t.UPOS != "VERB" || sc.passive(i) {
			return Conflict{}, false
		}
		return sc.disputed(i)
	case "p":
		if b = sc.under(i, w.prep); b < 0 {
			if h := t.Head; h >= 0 && t.Is("case", "fixed", "obl", "advmod") && t.UPOS != "VERB" {
				b = sc.underFixed(i, w.prep)
			}
		}
		if b >= 0 {
			a = sc.predicated(i, b)
		}
	}
	if b < 0 || !happening(sc.conflictStatus(i)) {
		return Conflict{}, false
	}
	c := Conflict{Span: sc.clauseSpan(i), Assertion: sc.assertion(i), Why: "conflict " + sc.lemma(i)}
	c.B = sc.side(b, c.Assertion)
	if a >= 0 {
		c.A = sc.side(a, c.Assertion)
	} else {
		c.A = Side{Attribution: sc.earlier(i, c.Assertion, c.B.Attribution)}
	}
	if !sc.isClaim(c.A) || !sc.isClaim(c.B) || c.A.Attribution >= 0 && c.A.Attribution == c.B.Attribution {
		return Conflict{}, false
	}
	if c.A.Attribution < 0 && c.B.Attribution < 0 {
		return Conflict{}, false
	}
	if c.Assertion >= 0 {
		c.By = sc.sources(c.Assertion)
	}
	return c, true
}

// conflictStatus: "appears to contradict" and "seems at odds with" state the conflict as much as the bare verb does.
func (sc *scene) conflictStatus(i int) string {
	if h := sc.tok(i).Head; h >= 0 && sc.tok(i).Is("xcomp") && (sc.lemma(h) == "appear" || sc.lemma(h) == "seem") {
		return sc.mood(h)
	}
	if sc.tok(i).UPOS != "VERB" && !sc.clausal(i) {
		return statusActual
	}
	return sc.mood(i)
}

func (sc *scene) under(i int, prep string) int {
	for _, c := range sc.doc.Children(i) {
		if sc.tok(int(c)).Is("obl", "nmod") && sc.prep(int(c)) == prep {
			return int(c)
		}
	}
	return -1
}

// underFixed: "contrary to claims": contrary is case or adverb of the phrase that follows.
func (sc *scene) underFixed(i int, prep string) int {
	h := sc.tok(i).Head
	if h > i && h < len(sc.doc.Tokens) && i+1 < len(sc.doc.Tokens) && sc.lemma(i+1) == prep {
		return h
	}
	return -1
}

// predicated is what a predicative phrase is said of: "the order is at odds with …".
func (sc *scene) predicated(i, b int) int {
	if s := sc.subjectAt(i, 0); s >= 0 {
		return s
	}
	if h := sc.tok(i).Head; h >= 0 && h != b && sc.tok(i).Is("xcomp", "obl", "advcl") {
		return sc.subjectAt(h, 0)
	}
	if s := sc.doc.Child(b, "nsubj"); s >= 0 {
		return s
	}
	return -1
}

// disputed: "denied the ministry's claim that …": the object names what another says.
func (sc *scene) disputed(i int) (Conflict, bool) {
	o := sc.patient(i)
	if o < 0 || !sc.word(o, "claimnoun") || !happening(sc.statusOf(i)) {
		return Conflict{}, false
	}
	who := sc.agent(i)
	if who < 0 || !sc.agentive(who) {
		return Conflict{}, false
	}
	holder := sc.doc.Child(o, "nmod:poss")
	for _, c := range sc.doc.Children(o) { // "the Russian claim"
		if holder < 0 && sc.tok(int(c)).Is("amod", "compound") && sc.agentive(int(c)) {
			holder = int(c)
		}
	}
	if holder >= 0 && sc.sameEntity(holder, who) {
		return Conflict{}, false
	}
	if holder < 0 && sc.under(o, "by") < 0 && sc.under(o, "from") < 0 && len(sc.sources(sc.cued(o))) == 0 {
		return Conflict{}, false // "denied all claims": nobody's in particular
	}
	c := Conflict{By: sc.phrases([]int{who}), Span: sc.clauseSpan(i), Assertion: sc.assertion(i), Why: "dispute " + sc.lemma(i)}
	c.A = sc.side(o, c.Assertion)
	c.B = Side{Attribution: sc.cued(i), Phrase: sc.phrase(who)}
	if c.A.Attribution >= 0 && c.A.Attribution == c.B.Attribution {
		c.A.Attribution = -1
	}
	return c, true
}

// cued is the attribution a token cues, -1 for none.
func (sc *scene) cued(i int) int {
	for n := range sc.r.Attributions {
		if sc.r.Attributions[n].CueHead == i {
			return n
		}
	}
	return -1
}

// side is what a phrase in a conflict stands for: the attribution it cues ("a statement by … that …"), or, for "this claim" and
// pronouns for it, the nearest earlier attribution.
func (sc *scene) side(h, assertion int) Side {
	s := Side{Attribution: sc.cued(h), Phrase: sc.phrase(h)}
	if s.Attribution >= 0 {
		return s
	}
	for _, c := range sc.doc.Children(h) {
		if n := sc.cued(int(c)); n >= 0 && sc.tok(int(c)).Is("acl", "appos", "acl:relcl") {
			s.Attribution = n
			return s
		}
	}
	l := sc.lemma(h)
	if l == "it" || l == "this" || l == "that" || l == "which" || sc.word(h, "claimnoun") && sc.anaphoric(h) {
		s.Attribution = sc.earlier(h, assertion, -1)
	}
	return s
}

func (sc *scene) anaphoric(h int) bool {
	d := sc.doc.Child(h, "det")
	if d < 0 || sc.has(h, "acl", "ccomp") {
		return false
	}
	for _, c := range sc.doc.Children(h) { // "the claim as propaganda" has no content of its own either
		if sc.tok(int(c)).Is("nmod") && sc.prep(int(c)) != "as" && !sc.tok(int(c)).Is("nmod:poss") {
			return false
		}
	}
	switch sc.lemma(d) {
	case "this", "that", "these", "those":
		return true
	case "the":
		return sc.lemma(h) == "claim" || sc.lemma(h) == "allegation" || sc.lemma(h) == "accusation"
	}
	return false
}

// earlier is the nearest attribution whose content ends before a token and that is not the one speaking here, nor said by the same
// source, nor one whose content only takes up the claim.
func (sc *scene) earlier(i, assertion, not int) int {
	at := sc.tok(i).Span
	best, end := -1, -1
	for n := range sc.r.Attributions {
		a := &sc.r.Attributions[n]
		if n == assertion || n == not || len(a.Content) == 0 || sc.sameVoice(n, assertion) {
			continue
		}
		stop := a.Content[len(a.Content)-1].End
		if stop > at.Start || a.Cue.Overlaps(at) {
			continue
		}
		// Of two that end together, the inner one is what is claimed: "X told Y that he intends to …".
		if stop > end || stop == end && a.Content[0].Start > sc.r.Attributions[best].Content[0].Start {
			best, end = n, stop
		}
	}
	return best
}

func (sc *scene) sameVoice(a, b int) bool {
	if a < 0 || b < 0 {
		return false
	}
	for _, p := range sc.sources(a) {
		for _, q := range sc.sources(b) {
			if sc.sameEntity(p.Head, q.Head) {
				return true
			}
		}
	}
	return false
}

// sources are those who speak in an attribution, through attributions that share a source.
func (sc *scene) sources(n int) []Phrase {
	for k := 0; n >= 0 && n < len(sc.r.Attributions) && k < 16; k++ {
		a := &sc.r.Attributions[n]
		if len(a.Source) > 0 || a.SameSource < 0 {
			return a.Source
		}
		n = a.SameSource
	}
	return nil
}

// isClaim says whether a side is something said: an attribution, or a phrase headed by a word for one.
func (sc *scene) isClaim(s Side) bool {
	if s.Attribution >= 0 {
		return true
	}
	return s.Phrase.End > s.Phrase.First && (sc.word(s.Phrase.Head, "claimnoun") || sc.tab.frames[sc.key(s.Phrase.Head)] != nil)
}
