package read

import "strings"

// The statuses of an event (docs/record.md).
const (
	statusActual     = "actual"
	statusOngoing    = "ongoing"
	statusPlanned    = "planned"
	statusPledged    = "pledged"
	statusThreatened = "threatened"
	statusRequested  = "requested"
	statusPossible   = "possible"
	statusDenied     = "denied"
	statusKeep       = "keep"
)

func happening(s string) bool { return s == statusActual || s == statusOngoing }

// compose is the status of something whose own form says own, standing in a context that says ctx. The context comes from
// outside, as in De Facto (Saurí & Pustejovsky 2012): an event under a predicate is never more certain than the predicate.
func compose(ctx, own string) string {
	switch {
	case happening(ctx):
		return own
	case ctx == statusDenied:
		if own == statusDenied {
			return statusPossible
		}
		return statusDenied
	case own == statusDenied:
		if ctx == statusPossible || ctx == statusRequested {
			return statusPossible
		}
		return statusDenied
	case own == statusPossible && ctx != statusThreatened:
		return statusPossible
	case ctx == statusPossible:
		return statusPossible
	}
	return ctx
}

// statusOf is the status of what a token names, verb or noun, as the whole sentence around it gives it.
func (sc *scene) statusOf(i int) string { return sc.statusAt(i, 0) }

func (sc *scene) statusAt(i, depth int) string {
	if i < 0 || depth > maxClimb {
		return statusActual
	}
	if s, ok := sc.status[i]; ok {
		return s
	}
	var s string
	if sc.clausal(i) {
		s = compose(sc.clauseContext(i, depth), sc.mood(i))
	} else {
		s = sc.nounStatus(i, depth)
	}
	sc.status[i] = s
	return s
}

// clausal says whether a token heads a clause: a verb, or anything with a copula or a subject.
func (sc *scene) clausal(i int) bool {
	t := sc.tok(i)
	if t.UPOS == "VERB" {
		return !t.Is("amod", "compound")
	}
	return sc.has(i, "cop", "nsubj") || t.UPOS == "ADJ" && t.Is("xcomp", "ccomp", "advcl", "root", "parataxis")
}

// mood is what the clause's own form says: tense, modals, negation, questions and commands.
func (sc *scene) mood(i int) string {
	t := sc.tok(i)
	own := sc.auxMood(i)
	if own == statusActual && sc.dueTo(i) {
		own = statusPlanned
	}
	if own == statusActual && t.Is("conj") && t.Head >= 0 && !sc.has(i, "nsubj", "aux", "cop") && sc.sharesAux(i, t.Head) {
		own = sc.auxMood(t.Head)
	}
	if happening(own) && t.Feat("Mood") == "Imp" && !sc.has(i, "nsubj") {
		own = statusRequested
	}
	if happening(own) && (sc.scheduled(i) || sc.goingTo(i) || t.Head < 0 && sc.hasTo(i)) { // "the plan is for the army to enter"
		own = statusPlanned
	}
	return sc.polarity(i, own)
}

func (sc *scene) auxMood(i int) string {
	if sc.asks(i) && sc.questioned(i) && !sc.presumes(i) {
		return statusPossible // "will the army leave?" says neither that it will nor that it will not
	}
	own := statusActual
	perfect := sc.has(i, "aux") && sc.modalPerfect(i)
	for _, c := range sc.doc.Children(i) {
		t := sc.tok(int(c))
		if !t.Is("aux", "cop") || t.Is("aux:pass") {
			continue
		}
		switch {
		case perfect:
			own = statusPossible
		case sc.word(int(c), "will") && !contractedWould(t.Form):
			own = statusPlanned
		case (sc.lowerForm(int(c)) == "would" || contractedWould(t.Form) && sc.tok(i).XPOS == "VB") && sc.backshifted(i):
			own = statusPlanned
		case contractedWould(t.Form) && sc.tok(i).XPOS == "VB":
			own = statusPossible
		case sc.word(int(c), "may"):
			own = statusPossible
		case sc.word(int(c), "must"):
			if s := sc.doc.Child(i, "nsubj"); sc.lemma(int(c)) == "should" && s > int(c) {
				return statusPossible // "should they invade"
			}
			own = statusRequested
		case sc.lemma(int(c)) == "be" && t.Is("aux") && sc.tok(i).XPOS == "VBG" && own == statusActual:
			own = statusOngoing
		case strings.EqualFold(t.Form, "'d") && sc.tok(i).Feat("VerbForm") == "Inf":
			own = statusPossible
		}
	}
	return own
}

// presumes: "why did they shoot?" takes for granted that they did.
func (sc *scene) presumes(i int) bool {
	for _, c := range sc.doc.Children(i) {
		switch sc.lemma(int(c)) {
		case "why", "when", "where", "how":
			return int(c) < i
		}
	}
	return false
}

// questioned says whether a question mark ends the sentence of a token.
func (sc *scene) questioned(i int) bool {
	s := sc.doc.SentenceOf(i)
	if s < 0 {
		return false
	}
	for t := sc.doc.Sentences[s].End - 1; t > i; t-- {
		if tok := sc.tok(t); tok.UPOS != "PUNCT" {
			return false
		} else if tok.Form == "?" {
			return true
		}
	}
	return false
}

// modalPerfect: "would have condemned", "must have known": what did not come about, or is only guessed.
func (sc *scene) modalPerfect(i int) bool {
	modal := false
	for _, c := range sc.doc.Children(i) {
		if t := sc.tok(int(c)); !t.Is("aux") {
			continue
		} else if t.XPOS == "MD" && !sc.word(int(c), "will") {
			modal = true
		} else if modal && sc.lowerForm(int(c)) == "have" {
			return true
		}
	}
	return false
}

// contractedWould: "he'd" before an infinitive is "he would", whatever lemma it was given.
func contractedWould(form string) bool {
	return strings.HasSuffix(form, "d") && (strings.HasPrefix(form, "'") || strings.HasPrefix(form, "’"))
}

// sharesAux: "will meet and discuss", "would be seized and held" share the auxiliary; "met and will discuss" does not.
func (sc *scene) sharesAux(i, head int) bool {
	a, b := sc.tok(i), sc.tok(head)
	if a.XPOS != "" && b.XPOS != "" {
		return a.XPOS == b.XPOS && a.XPOS != "VBD" && a.XPOS != "VBZ"
	}
	return a.Feat("VerbForm") == b.Feat("VerbForm") && a.Feat("VerbForm") != "Fin"
}

// polarity turns a status by negation and adverbs of doubt.
func (sc *scene) polarity(i int, own string) string {
	for _, c := range sc.doc.Children(i) {
		t := sc.tok(int(c))
		switch {
		case sc.negates(int(c)):
			if sc.negationOnlyContrasts(int(c)) {
				continue
			}
			return statusDenied
		case t.Is("advmod") && sc.word(int(c), "unsure"):
			if happening(own) {
				own = statusPossible
			}
		case t.Is("advmod") && sc.word(int(c), "almost") && int(c) == i-1:
			return statusDenied
		case t.Is("mark") && sc.lemma(int(c)) == "without":
			return statusDenied
		case t.Is("nsubj", "obj") && sc.negated(int(c)):
			return statusDenied
		}
	}
	if sc.neither(i) {
		return statusDenied
	}
	if s := sc.doc.SentenceOf(i); s >= 0 && sc.doc.Sentences[s].Root == i && happening(own) {
		if last := sc.tok(sc.doc.Sentences[s].End - 1); last.Form == "?" {
			return statusPossible
		}
	}
	return own
}

// negates says whether an adverb or conjunction denies the verb it hangs on: "not", "never", "neither", "no longer".
func (sc *scene) negates(c int) bool {
	if !sc.tok(c).Is("advmod", "neg", "cc:preconj", "discourse") {
		return false
	}
	if sc.word(c, "negation") {
		return true
	}
	k := sc.doc.Child(c, "advmod", "det", "neg")
	return k >= 0 && k == c-1 && sc.lemma(k) == "no"
}

// negation is the first word of what denies a verb in front of it, hung on the verb or on its auxiliary; -1 for none.
func (sc *scene) negation(v int) int {
	for _, k := range sc.doc.Children(v) {
		c := int(k)
		if c > v {
			break
		}
		if sc.negates(c) && !sc.negationOnlyContrasts(c) {
			first, _ := sc.doc.Subtree(c)
			return first
		}
		if !sc.tok(c).Is("aux", "cop") {
			continue
		}
		for _, g := range sc.doc.Children(c) {
			if sc.negates(int(g)) && int(g) < v {
				first, _ := sc.doc.Subtree(int(g))
				return first
			}
		}
	}
	return -1
}

// neither: "will not sign or honour", "neither sign nor honour": a second verb is denied with the first, for want of a subject and
// an auxiliary of its own.
func (sc *scene) neither(i int) bool {
	t := sc.tok(i)
	if !t.Is("conj") || t.Head < 0 || sc.has(i, "nsubj", "aux", "cop") || !sc.sharesAux(i, t.Head) || sc.negation(t.Head) < 0 {
		return false
	}
	cc := sc.doc.Child(i, "cc")
	return cc >= 0 && (sc.lemma(cc) == "or" || sc.lemma(cc) == "nor")
}

// negationOnlyContrasts: "not only attacked but …" says that it happened.
func (sc *scene) negationOnlyContrasts(c int) bool {
	return c+1 < len(sc.doc.Tokens) && (sc.lemma(c+1) == "only" || sc.lemma(c+1) == "just")
}

// negated says whether a noun phrase is denied by its determiner or is a word such as "nobody".
func (sc *scene) negated(i int) bool {
	if t := sc.tok(i); t.UPOS == "PRON" && sc.word(i, "negation") {
		return true
	}
	for _, c := range sc.doc.Children(i) {
		l := sc.lemma(int(c))
		if sc.tok(int(c)).Is("det", "advmod") && (l == "no" || l == "neither") {
			return true
		}
	}
	return false
}

// goingTo: "is going to" speaks of what is planned.
func (sc *scene) goingTo(i int) bool {
	x := sc.doc.Child(i, "xcomp")
	return sc.lemma(i) == "go" && sc.tok(i).XPOS == "VBG" && x >= 0 && sc.hasTo(x)
}

// dueTo: "is to meet", "is due to meet" with the infinitive as head of the clause.
func (sc *scene) dueTo(i int) bool {
	if sc.tok(i).XPOS != "VB" || !sc.hasTo(i) {
		return false
	}
	for _, c := range sc.doc.Children(i) {
		if t := sc.tok(int(c)); t.Is("aux", "cop") && sc.lemma(int(c)) == "be" && sc.has(i, "nsubj") {
			return true
		}
	}
	return false
}

// scheduled: a verb in the present whose time lies ahead ("the ministers meet on Friday", "is visiting Paris next week").
func (sc *scene) scheduled(i int) bool {
	if !sc.present(i) || sc.doc.Published.IsZero() {
		return false
	}
	for n := range sc.r.Times {
		tm := &sc.r.Times[n]
		if tm.Anchor != i || tm.Tense == "past" {
			continue
		}
		if in, ok := tm.Expr.Resolve(sc.doc.Published, 2); ok && in.Start.After(sc.doc.Published) {
			return true
		}
	}
	return false
}

// present says whether a clause is in the present tense, simple or progressive.
func (sc *scene) present(i int) bool {
	t := sc.tok(i)
	if t.Feat("Tense") == "Pres" && t.Feat("VerbForm") == "Fin" || t.XPOS == "VBZ" || t.XPOS == "VBP" {
		return true
	}
	if t.XPOS != "VBG" {
		return false
	}
	a := sc.doc.Child(i, "aux")
	return a >= 0 && (sc.tok(a).Feat("Tense") == "Pres" || sc.tok(a).XPOS == "VBZ" || sc.tok(a).XPOS == "VBP")
}

// preterite says whether a clause is in the past for good: "after the court ruled", not "once the court has ruled".
func (sc *scene) preterite(i int) bool {
	for _, c := range sc.doc.Children(i) {
		if a := sc.tok(int(c)); a.Is("aux", "cop") && a.XPOS == "VBD" {
			return true
		}
	}
	return sc.tok(i).XPOS == "VBD"
}

// past says whether a clause speaks of the past.
func (sc *scene) past(i int) bool {
	t := sc.tok(i)
	if t.Feat("Tense") == "Past" && t.Feat("VerbForm") == "Fin" || t.XPOS == "VBD" {
		return true
	}
	for _, c := range sc.doc.Children(i) {
		if a := sc.tok(int(c)); a.Is("aux", "cop") && (a.Feat("Tense") == "Past" || a.XPOS == "VBD" || sc.lemma(int(c)) == "have") {
			return !sc.word(int(c), "may")
		}
	}
	return false
}
