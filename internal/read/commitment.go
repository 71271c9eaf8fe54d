package read

import (
	"slices"
	"strings"

	"parley/internal/document"
)

// readCommitments finds what somebody said they will do, agreed to do or are due to do: the complement of a verb, adjective or noun
// that binds ("agreed to", "is prepared to", "a promise to"), and clauses in "will" or "would" by a speaker about themselves.
func readCommitments(doc *document.Document, r *Reading) {
	sc := newScene(doc, r)
	for i := range doc.Tokens {
		if !sc.inCopy(i) {
			continue
		}
		r.Commitments = append(r.Commitments, sc.bindings(i)...)
		if c, ok := sc.selfBinding(i); ok {
			r.Commitments = append(r.Commitments, c)
		}
	}
	slices.SortStableFunc(r.Commitments, func(a, b Commitment) int { return a.Action.Start - b.Action.Start })
	r.Commitments = slices.CompactFunc(r.Commitments, func(a, b Commitment) bool { return a.Action.Start == b.Action.Start })
}

// bindings are the commitments a binding word makes: one for each coordinated complement.
func (sc *scene) bindings(b int) []Commitment {
	class, hostile := sc.binder(b)
	if class == "" || !happening(sc.statusOf(b)) || sc.conditionalPast(b) {
		return nil
	}
	by := sc.bindingSubject(b)
	if by < 0 || !sc.canBind(by) {
		return nil
	}
	if sc.word(b, "bindintent") && (!sc.ownIntent(b, by) || sc.past(b) && sc.assertion(b) < 0) {
		return nil
	}
	var out []Commitment
	for _, act := range sc.actions(b, class, by) {
		c := Commitment{By: sc.phrases([]int{by}), To: sc.toWhom(b, by), Action: act.span, Due: act.due, MadeIn: sc.madeIn(b),
			MadeInEvent: sc.madeInEvent(b), Confidence: 0.75, Why: "binding " + sc.key(b)}
		c.Conditions = sc.conditions(act.head, b)
		c.Action = sc.withConditions(c.Action, c.Conditions, act.head)
		if hostile {
			c.Confidence = 0.65
		}
		out = append(out, c)
	}
	return out
}

// withConditions stretches an action over conditions that follow it directly.
func (sc *scene) withConditions(action document.Span, conds []Condition, head int) document.Span {
	for _, c := range conds {
		if c.Span.Start >= sc.tok(head).Span.End && c.Span.Start <= action.End+1 && c.Span.End > action.End {
			action.End = c.Span.End
		}
	}
	return action
}

// binder is the class of a binding word, and whether it threatens.
func (sc *scene) binder(b int) (class string, hostile bool) {
	switch t := sc.tok(b); {
	case t.UPOS == "VERB" && sc.word2(sc.lemma(b), "bindverb"):
		if sc.passive(b) {
			if sc.word2(sc.lowerForm(b), "bindadj") {
				return "bindadj", false
			}
			return "", false
		}
		return "bindverb", sc.lemma(b) == "threaten"
	case (t.UPOS == "ADJ" || t.UPOS == "VERB" && t.XPOS == "VBN") && (sc.word2(sc.lemma(b), "bindadj") || sc.word2(sc.lowerForm(b), "bindadj")):
		if t.Is("amod") {
			return "", false
		}
		return "bindadj", false
	case t.UPOS == "NOUN" && sc.word2(sc.lemma(b), "bindnoun"):
		return "bindnoun", sc.lemma(b) == "threat"
	}
	return "", false
}

// conditionalPast: "had planned to", "were to have": given up or past, no longer binding.
func (sc *scene) conditionalPast(b int) bool {
	for _, c := range sc.doc.Children(b) {
		if sc.tok(int(c)).Is("aux") && sc.lowerForm(int(c)) == "had" && sc.word(b, "bindintent") {
			return true
		}
		if sc.tok(int(c)).Is("advmod") && (sc.lemma(int(c)) == "originally" || sc.lemma(int(c)) == "previously" || sc.lemma(int(c)) == "initially") {
			return true
		}
	}
	return false
}

func (sc *scene) bindingSubject(b int) int {
	if sc.tok(b).UPOS == "NOUN" && !sc.clausal(b) {
		return sc.holder(b, 0)
	}
	return sc.subjectAt(b, 0)
}

// canBind: a person, group, state or organisation; not a weapon, not "it" as an expletive, not "you".
func (sc *scene) canBind(h int) bool {
	if !sc.agentive(h) {
		return false
	}
	l := sc.lemma(h)
	return l != "you" && l != "who" && !sc.tab.agents["weapon"][l]
}

// ownIntent: what somebody else says of another's plans binds nobody. The word must stand in the document's own voice or be said by
// those it is about.
func (sc *scene) ownIntent(b, by int) bool {
	for at, n := sc.assertion(b), 0; at >= 0 && n < 8; n++ {
		a := &sc.r.Attributions[at]
		if a.CueHead == b { // the intention is itself the attribution
			at = a.Within
			continue
		}
		return sc.speaks(a, by)
	}
	return true
}

// speaks says whether the source of an attribution is (or includes) the one a token stands for.
func (sc *scene) speaks(a *Attribution, who int) bool {
	if sc.firstPerson(who) {
		return true
	}
	if sc.tok(who).UPOS == "PRON" && a.Quotation == "direct" {
		return false // in somebody's own words "she" is somebody else
	}
	for n := 0; len(a.Source) == 0 && a.SameSource >= 0 && a.SameSource < len(sc.r.Attributions) && n < 16; n++ {
		a = &sc.r.Attributions[a.SameSource]
	}
	for _, p := range a.Source {
		for _, h := range sc.conjuncts(p.Head) {
			if sc.sameEntity(h, who) {
				return true
			}
		}
		if sc.speaksForSide(p, who) {
			return true
		}
	}
	if sc.tok(who).UPOS != "PRON" || len(a.Source) == 0 || a.CueHead < 0 {
		return false
	}
	// A pronoun in what somebody says, with nobody named between, is most often that somebody.
	if sc.doc.SentenceOf(a.CueHead) != sc.doc.SentenceOf(who) || a.CueHead > who {
		return false
	}
	for k := a.CueHead + 1; k < who; k++ {
		if sc.tok(k).UPOS == "PROPN" && sc.tok(k).Is("nsubj") {
			return false
		}
	}
	return true
}

// speaksForSide: "its foreign minister", "the office of the president", "Chadian President …" for Chad: the source's phrase holds whom
// it speaks for, by name, by a pronoun, or by an adjective that shares the stem of the name.
func (sc *scene) speaksForSide(p Phrase, who int) bool {
	if sc.tok(who).UPOS == "PRON" {
		return false
	}
	for i := p.First; i < p.End; i++ {
		t := sc.tok(i)
		if t.UPOS == "PRON" && t.Is("nmod:poss") && i != p.Head || i != p.Head && (t.UPOS == "PROPN" || t.UPOS == "ADJ") && (sc.sameEntity(i, who) || sameStem(t.Form, sc.tok(who).Form) && sc.part(i) == sc.part(who)) {
			return true
		}
	}
	for _, c := range sc.doc.Children(p.Head) { // "its foreign minister, Ann Lee"
		if k := sc.doc.Child(int(c), "nmod:poss"); sc.tok(int(c)).Is("appos") && k >= 0 && (sc.tok(k).UPOS == "PRON" || sc.sameEntity(k, who)) {
			return true
		}
	}
	return false
}

// part is the word that tells a name from others of the same head ("North" in "North Korea"), empty for none.
func (sc *scene) part(i int) string {
	if k := sc.doc.Child(i, "compound", "amod"); k >= 0 && k < i && sc.tok(k).Form != strings.ToLower(sc.tok(k).Form) {
		return sc.tok(k).Form
	}
	return ""
}

// sameStem: two capitalised words that share at least their first four letters and most of the shorter ("Chad", "Chadian").
func sameStem(a, b string) bool {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return startsUpper(a) && startsUpper(b) && n >= 4 && n*4 >= min(len(a), len(b))*3
}

func (sc *scene) firstPerson(i int) bool {
	switch sc.lemma(i) {
	case "i", "we":
		return sc.tok(i).UPOS == "PRON"
	}
	return false
}

// action is what will be done: its head, its words and its time.
type action struct {
	head, due int
	span      document.Span
}

func (sc *scene) actions(b int, class string, by int) []action {
	var out []action
	add := func(c int, whole bool) {
		for _, v := range sc.coordinatedActs(c) {
			if sc.tok(v).UPOS == "VERB" && !whole && sc.word(v, "unbinding") {
				continue
			}
			span := sc.verbPhrase(v, whole && v == c)
			if sc.tok(v).UPOS != "VERB" && !sc.clausal(v) {
				span = sc.fullPhrase(v)
			}
			if sc.short(span) || sc.tok(b).Is("acl:relcl") && sc.tok(v).UPOS == "VERB" && !sc.has(v, "obj", "xcomp", "ccomp") {
				continue // "the target it pledged to reach": what will be done stands elsewhere
			}
			act := action{head: v, due: sc.dueTime(v), span: span}
			if act.due < 0 && v > b {
				sc.deadlineAfter(&act)
			}
			out = append(out, act)
		}
	}
	for _, k := range sc.doc.Children(b) {
		c := int(k)
		t := sc.tok(c)
		switch {
		case t.Is("xcomp", "acl", "ccomp", "advcl") && sc.hasTo(c) && c > b:
			if t.Is("advcl") && class != "bindadj" && sc.has(b, "obj", "xcomp", "ccomp") {
				continue // "promised aid to win votes"
			}
			add(c, false)
		case t.Is("ccomp", "acl") && sc.finite(c) && sc.ahead(c) && c > b && !t.Is("acl:relcl") && sc.doable(c):
			s := sc.subjectAt(c, 0)
			add(c, s < 0 || !sc.speaksFor(s, by))
		case class == "bindverb" && t.Is("obj") && sc.word(b, "bindobject") && sc.actionNoun(c):
			add(c, false)
		case class == "bindverb" && t.Is("obl") && sc.word(b, "bindoblique") && sc.bindingPrep(b, c) && sc.actionNoun(c):
			add(c, false)
		}
	}
	return out
}

// ahead says whether a clause speaks of what is still to come.
func (sc *scene) ahead(c int) bool {
	for _, k := range sc.doc.Children(c) {
		if t := sc.tok(int(k)); t.Is("aux") && (sc.word(int(k), "will") || sc.lemma(int(k)) == "would" || sc.lemma(int(k)) == "should" || sc.lemma(int(k)) == "must") {
			return true
		}
	}
	return false
}

// doable: "agreed that talks should resume" commits; "agreed that it should be decided by the court" is a view.
func (sc *scene) doable(c int) bool {
	return sc.tok(c).UPOS == "VERB" && !sc.passive(c) && !sc.has(c, "cop")
}

func (sc *scene) speaksFor(s, by int) bool {
	return sc.tok(s).UPOS == "PRON" && sc.isPersonal(s) || sc.sameEntity(s, by)
}

// actionNoun: the name of something that can be done or given: "a ceasefire", "sanctions", "aid", not a person.
func (sc *scene) actionNoun(c int) bool {
	t := sc.tok(c)
	if strings.ContainsAny(t.Form, "$€£") {
		return true
	}
	return t.UPOS == "NOUN" && !sc.timeToken(c) && (sc.tab.frames[sc.key(c)] != nil || sc.word(c, "deed"))
}

func (sc *scene) bindingPrep(b, c int) bool {
	switch p := sc.prep(c); sc.lemma(b) {
	case "agree":
		return p == "on" || p == "to" || p == "upon"
	case "commit":
		return p == "to"
	case "threaten":
		return p == "with"
	}
	return false
}

// coordinatedActs are a complement and the verbs coordinated with it that have no subject of their own.
func (sc *scene) coordinatedActs(c int) []int {
	out := []int{c}
	if sc.tok(c).UPOS != "VERB" {
		return out
	}
	for _, k := range sc.doc.Children(c) {
		if sc.tok(int(k)).Is("conj") && sc.tok(int(k)).UPOS == "VERB" && !sc.has(int(k), "nsubj") && !sc.finiteSelf(int(k)) && !sc.neither(int(k)) {
			out = append(out, int(k))
		}
	}
	return out
}

func (sc *scene) finiteSelf(i int) bool { return sc.tok(i).XPOS == "VBD" || sc.tok(i).XPOS == "VBZ" }

// verbPhrase is a verb with what follows it and its negation, without subject, "to" and auxiliaries; the whole clause when asked for.
// It ends where the content of the attribution that holds it ends, and before a coordinated act.
func (sc *scene) verbPhrase(v int, whole bool) document.Span {
	first, end := v, v+1
	for _, c := range sc.doc.Children(v) {
		t := sc.tok(int(c))
		lo, hi := sc.doc.Subtree(int(c))
		switch {
		case t.Is("parataxis", "punct", "discourse", "vocative"):
		case t.Is("conj") && (sc.tok(int(c)).UPOS == "VERB" && !sc.has(int(c), "obj", "obl", "xcomp", "ccomp") || sc.tok(int(c)).UPOS != "VERB"):
			end = max(end, hi)
		case t.Is("conj") && !sc.has(v, "obj", "obl", "xcomp", "ccomp"):
			end = max(end, hi) // "to meet and exceed his goals"
		case t.Is("conj"):
		case int(c) > v:
			end = max(end, hi)
		case whole && !t.Is("mark", "cc"):
			first = min(first, lo)
		}
	}
	if n := sc.negation(v); n >= 0 {
		if n > 0 && n < first && sc.tok(n-1).Span.End == sc.tok(n).Span.Start {
			n-- // "won't" is one word
		}
		first = min(first, n)
	}
	span := sc.trimmed(first, end)
	if a := sc.assertion(v); a >= 0 {
		for _, c := range sc.r.Attributions[a].Content {
			if c.Contains(sc.tok(v).Span) && c.End < span.End && c.End > sc.tok(v).Span.Start {
				lo, hi := sc.doc.TokensIn(document.Span{Start: span.Start, End: c.End})
				if hi > lo {
					span = sc.trimmed(lo, hi)
				}
			}
		}
	}
	return span
}

// deadlineAfter gives an action the time right behind it that "by" or the like makes a deadline, though a tree hangs it on
// the promise: "promised to leave by Friday" tells when they will leave.
func (sc *scene) deadlineAfter(act *action) {
	for i := range sc.r.Times {
		t := &sc.r.Times[i]
		first := t.First
		if first >= len(sc.doc.Tokens) {
			continue // in a part of the text that is not read
		}
		if first > 0 && !sc.word(first, "deadline") {
			first--
		}
		if sc.word(first, "deadline") && sc.tok(first).Span.Start == act.span.End+1 {
			act.due, act.span.End = i, t.Span.End
			return
		}
	}
}

func (sc *scene) dueTime(v int) int {
	if t := sc.timeUnder(v, 0); t >= 0 {
		return t
	}
	if o := sc.doc.Child(v, "obj"); o >= 0 {
		return sc.timeUnder(o, 0)
	}
	return -1
}
