package read

import (
	"slices"

	"parley/internal/document"
)

// toWhom is to whom a commitment is made: the person promised, or the addressee of the attribution that makes it.
func (sc *scene) toWhom(b, by int) []Phrase {
	for _, c := range sc.doc.Children(b) {
		t := sc.tok(int(c))
		if (t.Is("iobj") || t.Is("obj") && sc.has(b, "xcomp", "ccomp") || t.Is("obl") && sc.prep(int(c)) == "to" && sc.lemma(b) != "agree") && sc.agentive(int(c)) {
			return sc.phrases([]int{int(c)})
		}
	}
	if a := sc.madeIn(b); a >= 0 {
		var out []Phrase
		for _, p := range sc.r.Attributions[a].Addressee {
			if !sc.sameEntity(p.Head, by) {
				out = append(out, p)
			}
		}
		return out
	}
	return nil
}

// madeIn is the attribution that makes a commitment: the one whose cue is the binding word, else the innermost that holds it.
func (sc *scene) madeIn(b int) int {
	for n := range sc.r.Attributions {
		if sc.r.Attributions[n].CueHead == b {
			return n
		}
	}
	return sc.assertion(b)
}

func (sc *scene) madeInEvent(b int) int {
	for n := range sc.r.Events {
		if sc.r.Events[n].TriggerTok == b {
			return n
		}
	}
	return -1
}

// conditions are what an act hangs on: clauses under the act or the word that binds to it.
func (sc *scene) conditions(heads ...int) []Condition {
	var out []Condition
	for n, h := range heads {
		if h < 0 {
			continue
		}
		for _, c := range sc.doc.Children(h) {
			if n > 0 && !sc.clausal(int(c)) {
				continue // "after his trial, he agreed to": that was before
			}
			out = sc.condition(out, int(c), h)
			if l := sc.lemma(int(c)); l == "soon" || l == "long" { // "as soon as …" hangs on "soon"
				for _, k := range sc.doc.Children(int(c)) {
					out = sc.condition(out, int(k), h)
				}
			}
		}
		out = sc.conditionBefore(out, h)
		if t := sc.tok(h); t.Is("conj") && t.Head >= 0 { // "will leave and hand over …, if …" hangs on the first
			for _, c := range sc.doc.Children(t.Head) {
				if int(c) > h {
					out = sc.condition(out, int(c), t.Head)
				}
			}
		}
	}
	if len(out) == 0 && len(heads) > 0 {
		out = sc.plainCondition(heads[0])
	}
	slices.SortFunc(out, func(a, b Condition) int {
		if a.Span.Start != b.Span.Start {
			return a.Span.Start - b.Span.Start
		}
		return b.Span.End - a.Span.End
	})
	return slices.CompactFunc(out, func(a, b Condition) bool { return a.Span.Contains(b.Span) || b.Span.Contains(a.Span) })
}

// conditionBefore is a condition in front of a reported clause that was hung on the verb of saying: "should they attack, we will
// answer, he warned".
func (sc *scene) conditionBefore(out []Condition, h int) []Condition {
	g := sc.tok(h).Head
	if g < 0 || !sc.tok(h).Is("ccomp") {
		return out
	}
	start, _ := sc.doc.Subtree(h)
	for _, c := range sc.doc.Children(g) {
		if int(c) >= h || !sc.tok(int(c)).Is("ccomp", "advcl") {
			continue
		}
		if _, end := sc.doc.Subtree(int(c)); end <= start && start-end < 3 {
			if m := sc.opening(int(c)); m.kind == "if" || m.kind == "unless" {
				out = sc.condition(out, int(c), g)
			}
		}
	}
	return out
}

// plainCondition finds a condition by its opening words alone, for those of several words that cannot mean anything else ("as soon
// as", "on condition that"), from there to the next punctuation: long clauses are often hung wrongly.
func (sc *scene) plainCondition(h int) []Condition {
	if h < 0 {
		return nil
	}
	s := sc.doc.SentenceOf(h)
	if s < 0 {
		return nil
	}
	stop := sc.doc.Sentences[s].End
	comma := false
	for i := h + 1; i < stop && (sc.tok(i).UPOS != "PUNCT" || sc.tok(i).Form == "," || sc.tok(i).Form == "-"); i++ {
		comma = comma || sc.tok(i).Form == ","
		for _, op := range sc.tab.openers {
			sure := op.words[0] == "on" || op.words[0] == "only" || op.kind == "unless"
			if !sure && (comma || len(op.words) < 3 || op.kind == "if") || sc.openerAt(i, op) != i {
				continue
			}
			end := i + len(op.words)
			for end < stop && (sc.tok(end).UPOS != "PUNCT" || sc.tok(end).Form == "-") {
				end++
			}
			return []Condition{{Kind: op.kind, Span: sc.doc.TokenSpan(i, end)}}
		}
	}
	return nil
}

func (sc *scene) condition(out []Condition, c, h int) []Condition {
	t := sc.tok(c)
	if !t.Is("advcl", "obl", "nmod", "ccomp", "parataxis") {
		return out
	}
	m := sc.opening(c)
	if m.kind == "" || t.Is("parataxis", "ccomp") && m.first != m.end {
		return out
	}
	if !sc.clausal(c) && (m.kind != "if" && m.kind != "unless" && m.kind != "after" || sc.timeToken(c)) {
		return out
	}
	if m.first > 0 && sc.lowerForm(m.first-1) == "even" && m.kind == "if" {
		return out // "even if" concedes
	}
	if m.kind == "if" && sc.word(h, "whether") {
		return out // "see if", "ask if": a question, not a condition
	}
	if m.kind == "after" && sc.clausal(c) && sc.preterite(c) && sc.past(h) {
		return out
	}
	_, end := sc.doc.Subtree(c)
	first := m.first               // what stands before the opening words was hung here by mistake
	for k := first; k < end; k++ { // a report set inside or behind is no part of the condition
		if sc.tok(k).Is("parataxis") && sc.doc.Under(k, c) && k > c {
			lo, _ := sc.doc.Subtree(k)
			if lo > c {
				end = lo
			}
			break
		}
	}
	return append(out, Condition{Kind: m.kind, Span: sc.trimmed(first, end)})
}

// selfBinding is a clause in "will" or "would" by which somebody binds themselves: its subject is "I" or "we" in their own words, or
// stands for the source of the attribution that holds the clause; or an official source names a contact that will take place.
func (sc *scene) selfBinding(v int) (Commitment, bool) {
	t := sc.tok(v)
	if t.UPOS != "VERB" || !sc.willed(v) || sc.word(v, "unbinding") || sc.passive(v) || t.Is("advcl", "acl:relcl", "acl") {
		return Commitment{}, false
	}
	if sc.governedByBinder(v) || sc.hedged(v) || sc.asks(v) && sc.questioned(v) || sc.opening(v).kind != "" {
		return Commitment{}, false
	}
	if s := sc.statusOf(v); s == statusPossible || s == statusRequested {
		return Commitment{}, false
	}
	by := sc.subjectAt(v, 0)
	if by < 0 || !sc.canBind(by) || sc.negated(by) || sc.neither(v) {
		return Commitment{}, false
	}
	at := sc.assertion(v)
	if at < 0 {
		if !sc.firstPersonQuoted(by, v) && !sc.contactVerb(v) && (sc.tok(by).UPOS == "PRON" || sc.match(sc.tab.frames, v) == nil) {
			return Commitment{}, false
		}
	}
	byOther := at >= 0 && !sc.speaks(&sc.r.Attributions[at], by) && !sc.contactVerb(v)
	if byOther && (sc.tok(by).UPOS != "PROPN" || sc.match(sc.tab.frames, v) == nil) {
		return Commitment{}, false
	}
	if at >= 0 && !sc.asserts(&sc.r.Attributions[at]) {
		return Commitment{}, false
	}
	span := sc.verbPhrase(v, false)
	if n := sc.deniedAbove(v); n >= 0 {
		span.Start = sc.tok(n).Span.Start // "is not going to sign": the promise is not to
	}
	conds := sc.conditions(v)
	if sc.short(span) && len(conds) == 0 {
		return Commitment{}, false
	}
	to := sc.addressees(at)
	if at >= 0 && sc.tok(by).UPOS != "PRON" && !sc.isSource(at, by) {
		to = nil // what an official tells a reporter of his country's plans is no promise to the reporter
	}
	return Commitment{By: sc.phrases([]int{by}), To: to, Action: span, Due: sc.dueTime(v), MadeIn: at,
		MadeInEvent: -1, ByOther: byOther, Conditions: conds, Confidence: 0.6, Why: "will"}, true
}

func (sc *scene) addressees(at int) []Phrase {
	if at < 0 {
		return nil
	}
	var out []Phrase
	for _, p := range sc.r.Attributions[at].Addressee {
		if !sc.tab.classes["media"][sc.lemma(p.Head)] {
			out = append(out, p)
		}
	}
	return out
}

// deniedAbove is the negation of the "going to" or "will" that governs an infinitive, -1 for none.
func (sc *scene) deniedAbove(v int) int {
	h := sc.tok(v).Head
	if h < 0 || !sc.tok(v).Is("xcomp") || sc.lemma(h) != "go" {
		return -1
	}
	return sc.negation(h)
}

func (sc *scene) isSource(at, who int) bool {
	for _, p := range sc.sources(at) {
		if sc.sameEntity(p.Head, who) {
			return true
		}
	}
	return false
}

// short: a single word says nothing of what will be done.
func (sc *scene) short(s document.Span) bool {
	first, end := sc.doc.TokensIn(s)
	return end-first < 2
}

// asserts: an attribution by which one can bind oneself; hopes, fears and beliefs do not.
func (sc *scene) asserts(a *Attribution) bool {
	switch a.Act {
	case "believe", "hope", "fear", "doubt", "expect", "deny", "estimate", "ask", "request", "demand", "accuse", "criticise":
		return false
	}
	return true
}

func (sc *scene) firstPersonQuoted(by, v int) bool {
	if !sc.firstPerson(by) {
		return false
	}
	at := sc.tok(v).Span
	for _, q := range sc.doc.Quotes {
		if q.Span.Contains(at) {
			return true
		}
	}
	return false
}

// asks: an auxiliary stands before the subject: "how will I survive?"
func (sc *scene) asks(v int) bool {
	s, a := sc.doc.Child(v, "nsubj"), sc.doc.Child(v, "aux")
	return s >= 0 && a >= 0 && a < s && s < v
}

// willed: "will", "shall", "would" after a past report, "is going to".
func (sc *scene) willed(v int) bool {
	w := v
	if t := sc.tok(v); t.Is("conj") && t.Head >= 0 && !sc.has(v, "aux", "nsubj") && sc.tok(t.Head).UPOS == "VERB" && sc.sharesAux(v, t.Head) {
		w = t.Head
	}
	if sc.modalPerfect(w) {
		return false
	}
	if sc.dueTo(v) {
		return true
	}
	if t := sc.tok(v); t.Is("xcomp") && t.Head >= 0 && sc.lemma(t.Head) == "go" && sc.tok(t.Head).XPOS == "VBG" {
		return true
	}
	for _, c := range sc.doc.Children(w) {
		if !sc.tok(int(c)).Is("aux") {
			continue
		}
		if f := sc.lowerForm(int(c)); f == "would" || contractedWould(f) && sc.tok(w).XPOS == "VB" { // "I'd never seen it" had not
			return sc.backshifted(w)
		}
		if sc.word(int(c), "will") {
			return true
		}
	}
	return false
}

// backshifted: "would" is the past of "will" where somebody's words are reported and no condition stands with it.
func (sc *scene) backshifted(v int) bool {
	for _, c := range sc.doc.Children(v) {
		if sc.tok(int(c)).Is("advcl") && sc.opening(int(c)).kind == "if" && sc.past(int(c)) {
			return false
		}
	}
	for h, n := v, 0; h >= 0 && n < 6; n++ {
		t := sc.tok(h)
		g := t.Head
		if g < 0 {
			break
		}
		if t.Is("ccomp") || t.Is("acl") && !t.Is("acl:relcl") {
			if s, ok := sc.rule(g, sc.particles(g, h), true); ok && (sc.past(g) || sc.tok(g).UPOS == "NOUN" || sc.tok(g).XPOS == "VBG" || sc.tok(g).XPOS == "VB") {
				return s != statusPossible && s != statusRequested
			}
			return false
		}
		if !t.Is("conj", "parataxis") {
			break
		}
		h = g
	}
	a := sc.assertion(v)
	return a >= 0 && sc.r.Attributions[a].Quotation != "direct"
}

func (sc *scene) governedByBinder(v int) bool {
	h := sc.tok(v).Head
	if h < 0 || !sc.tok(v).Is("xcomp", "ccomp", "acl") {
		return false
	}
	class, _ := sc.binder(h)
	return class != ""
}

func (sc *scene) hedged(v int) bool {
	for _, c := range sc.doc.Children(v) {
		if sc.word(int(c), "unsure") && sc.tok(int(c)).Is("advmod") {
			return true
		}
	}
	s := sc.doc.SentenceOf(v)
	return s >= 0 && sc.tok(sc.doc.Sentences[s].End-1).Form == "?"
}

// contactVerb: the verb makes a contact, so its being announced is a date that binds.
func (sc *scene) contactVerb(v int) bool {
	for n := range sc.r.Contacts {
		c := &sc.r.Contacts[n]
		if c.Status == "planned" && (c.Trigger == v || sc.tok(c.Trigger).Head == v) {
			return true
		}
	}
	return false
}
