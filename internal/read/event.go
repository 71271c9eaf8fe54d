package read

import (
	"slices"
	"strings"

	"parley/internal/document"
)

// readEvents finds the events of a document: verbs and nouns that fill a frame of tables/frames.tsv and have at least one actor
// or recipient, and acts of speech that PLOVER codes.
func readEvents(doc *document.Document, r *Reading) {
	sc := newScene(doc, r)
	for i := range doc.Tokens {
		if !sc.inCopy(i) {
			continue
		}
		if ev, ok := sc.eventAt(i); ok {
			r.Events = append(r.Events, ev)
		}
	}
	sc.speechEvents()
	sc.dropDoubles()
}

// inCopy says whether a token stands in text that is read for statements.
func (sc *scene) inCopy(i int) bool {
	s := sc.doc.SentenceOf(i)
	if s < 0 {
		return false
	}
	p := sc.doc.Sentences[s].Paragraph
	if p < 0 || p >= len(sc.doc.Paragraphs) {
		return true
	}
	switch sc.doc.Paragraphs[p].Kind {
	case document.Body, document.Heading, document.Title, "":
		return true
	}
	return false
}

// triggerAt is the frame a token fills when it is the kind of word that can be an event here.
func (sc *scene) triggerAt(i int) *frame {
	t := sc.tok(i)
	switch t.UPOS {
	case "VERB", "ADJ":
		if t.Is("amod", "compound") {
			return nil
		}
	case "NOUN":
		if sc.nameKind(i) != "" || sc.genericNoun(i) {
			return nil
		}
	default:
		return nil
	}
	if sc.lemma(i) == "meet" && sc.passive(i) {
		return nil
	}
	return sc.match(sc.tab.frames, i)
}

// genericNoun: an event word that only names the kind of another thing ("war crimes tribunal", "attack helicopter").
func (sc *scene) genericNoun(i int) bool {
	t := sc.tok(i)
	if !t.Is("compound", "amod") || t.Head < 0 {
		return false
	}
	h := t.Head
	if sc.word(h, "generic") || sc.tok(h).UPOS == "PROPN" {
		return true
	}
	return sc.tab.status[sc.key(h)] == nil && !sc.word(h, "aspect")
}

func (sc *scene) eventAt(i int) (Event, bool) {
	f := sc.triggerAt(i)
	if f == nil || f.roles == "weak" {
		return Event{}, false
	}
	s := sc.args(i, f)
	if len(s.actors) == 0 && len(s.recipients) == 0 || !sc.anyAgentive(s) && f.kind != "ASSAULT" || sc.deedOfThing(i, f, s) || sc.alone(f, s) || sc.vague(i, f, s) {
		return Event{}, false
	}
	ev := Event{
		Type: f.kind, Mode: f.mode, CAMEO: f.cameo, Trigger: sc.triggerSpan(i), TriggerTok: i, Span: sc.clauseSpan(i),
		Status: sc.statusOf(i), When: sc.when(i), Where: sc.where(i, s), Assertion: sc.assertion(i),
		Actors: sc.phrases(s.actors), Recipients: sc.phrases(s.recipients), Evidence: sc.eventEvidence(i, s),
		Why: "frame " + sc.key(i),
	}
	ev.Context = sc.contexts(f, ev.Span)
	if ev.Status == statusPlanned && sc.enacted(i, f) {
		ev.Status = statusActual
	}
	ev.Confidence = calibration()["event"].At(ev.Evidence)
	if ev.Status == statusPledged && hostileTypes[ev.Type] || (ev.Status == statusPlanned || ev.Status == statusPledged) && sc.unless(i) {
		ev.Status = statusThreatened
	}
	return ev, true
}

// hostileTypes are the types that, when promised, are threatened.
var hostileTypes = map[string]bool{"ASSAULT": true, "COERCE": true, "SANCTION": true, "PROTEST": true}

// unless: what will be done "unless" another acts is a threat, whatever it is.
func (sc *scene) unless(i int) bool {
	for _, c := range sc.doc.Children(i) {
		if sc.tok(int(c)).Is("advcl") && sc.opening(int(c)).kind == "unless" {
			return true
		}
	}
	return false
}

// enacted: announcing a penalty, an arrest or an investigation makes or reports it; announcing a withdrawal does neither.
func (sc *scene) enacted(i int, f *frame) bool {
	if f.kind != "SANCTION" && f.kind != "COERCE" && f.kind != "ACCUSE" || sc.tok(i).UPOS != "NOUN" {
		return false
	}
	h := sc.tok(i).Head
	return h >= 0 && sc.lemma(h) == "announce" && happening(sc.statusOf(h)) && sc.tok(i).Is("obj", "nsubj")
}

// deedOfThing: a verb whose subject is there and cannot act: "the storm killed three", "the protocol called for". What an attack
// did, its doers did.
func (sc *scene) deedOfThing(i int, f *frame, s sides) bool {
	if sc.tok(i).UPOS != "VERB" || len(s.actors) > 0 {
		return false
	}
	a := sc.agent(i)
	if a < 0 {
		return false
	}
	g := sc.match(sc.tab.frames, a)
	return g == nil || g.kind != f.kind
}

// vague: nobody but a pronoun to whom something was done, or a headline's "request rejected" read as if the request had done it.
func (sc *scene) vague(i int, f *frame, s sides) bool {
	if len(s.actors) == 0 && len(s.recipients) == 1 && sc.tok(s.recipients[0]).UPOS == "PRON" && sc.lemma(s.recipients[0]) == "it" {
		return true
	}
	if len(s.actors) == 0 && f.kind == "AGREE" {
		return true
	}
	if len(s.actors) == 0 && f.kind == "THREATEN" && sc.tok(i).UPOS == "NOUN" {
		return true
	}
	if len(s.actors) == 0 && (f.kind == "RETREAT" || f.kind == "MOBILIZE" || f.kind == "THREATEN" || f.kind == "PROTEST") && sc.tok(i).UPOS == "VERB" && !sc.passive(i) {
		return true
	}
	a := sc.doc.Child(i, "nsubj")
	return speechKinds[f.kind] && sc.tok(i).UPOS == "VERB" && a >= 0 && !sc.tok(a).Is("nsubj:pass") && !sc.agentive(a) && sc.tok(a).UPOS != "PRON" && !sc.has(i, "obj", "ccomp", "obl", "xcomp")
}

// alone: talks need two sides, or one that is several.
func (sc *scene) alone(f *frame, s sides) bool {
	if f.kind != "CONSULT" || f.roles != "sym" || len(s.actors) > 1 {
		return false
	}
	if len(s.actors) == 0 {
		return true
	}
	h := s.actors[0]
	return len(sc.conjuncts(h)) == 1 && !sc.pairWord(h) && !sc.plural(h) && !sc.groupName(h)
}

func (sc *scene) anyAgentive(s sides) bool {
	for _, i := range append(append([]int{}, s.actors...), s.recipients...) {
		if sc.agentive(i) {
			return true
		}
	}
	return false
}

// eventEvidence is higher when both sides are known and when the trigger is a verb.
func (sc *scene) eventEvidence(i int, s sides) float64 {
	c := 0.6
	if len(s.actors) > 0 && len(s.recipients) > 0 {
		c += 0.15
	}
	if sc.tok(i).UPOS == "VERB" {
		c += 0.05
	}
	return c
}

func (sc *scene) phrases(heads []int) []Phrase {
	var out []Phrase
	for _, h := range heads {
		out = append(out, sc.split(sc.phrase(h))...)
	}
	return out
}

// split takes two names apart that the parser took for one ("Ann Lee and President Bo Park" as a flat name).
func (sc *scene) split(p Phrase) []Phrase {
	for _, c := range sc.doc.Children(p.Head) {
		if !sc.tok(int(c)).Is("flat") || !sc.joined(p.Head, int(c)) || int(c) >= p.End {
			continue
		}
		for k := p.Head + 1; k < int(c); k++ {
			if sc.tok(k).UPOS == "CCONJ" && k+1 <= int(c) {
				return []Phrase{{Head: p.Head, First: p.First, End: k}, {Head: int(c), First: k + 1, End: p.End}}
			}
		}
	}
	return []Phrase{p}
}

// triggerSpan is the word, with its particle when that follows closely, and for a light verb's object the noun alone.
func (sc *scene) triggerSpan(i int) document.Span {
	first, end := i, i+1
	for _, c := range sc.doc.Children(i) {
		if sc.tok(int(c)).Is("compound:prt") && int(c) == i+1 {
			end = i + 2
		}
	}
	if i >= 2 && sc.tok(i-1).Form == "-" && sc.tok(i-1).Span.Start == sc.tok(i-2).Span.End && sc.tok(i).Span.Start == sc.tok(i-1).Span.End && sc.tok(i-2).Head == i {
		first = i - 2 // "cease-fire" is one word
	}
	return sc.doc.TokenSpan(first, end)
}

// clauseSpan is the clause of a verb, or of the verb a noun hangs on directly, without punctuation at its ends; for other nouns
// the phrase.
func (sc *scene) clauseSpan(i int) document.Span {
	top := i
	if !sc.clausal(i) {
		if v := sc.governor(i); v >= 0 && (sc.word(v, "light") || sc.word(v, "suffer") || sc.word(v, "aspect")) {
			top = v
		}
	}
	first, end := sc.doc.Subtree(top)
	if s := sc.doc.SentenceOf(i); s >= 0 {
		first, end = max(first, sc.doc.Sentences[s].First), min(end, sc.doc.Sentences[s].End)
	}
	for first < i && sc.trimmable(first, top) {
		first++
	}
	for end > i+1 && sc.tok(end-1).UPOS == "PUNCT" {
		end--
	}
	return sc.doc.TokenSpan(first, end)
}

func (sc *scene) trimmable(i, top int) bool {
	t := sc.tok(i)
	return t.UPOS == "PUNCT" || t.Head == top && (t.Is("cc", "mark", "case") || t.Is("det") && sc.tok(top).UPOS == "VERB")
}

// assertion is the innermost attribution whose content holds a token, -1 for the document's own voice.
func (sc *scene) assertion(i int) int {
	best, size := -1, 0
	at := sc.tok(i).Span
	for n := range sc.r.Attributions {
		for _, c := range sc.r.Attributions[n].Content {
			if c.Contains(at) && (best < 0 || c.Len() <= size) {
				best, size = n, c.Len()
			}
		}
	}
	return best
}

// contexts are the frame's own and those that words of the clause call up.
func (sc *scene) contexts(f *frame, span document.Span) []string {
	var out []string
	if f.context != "" {
		out = append(out, f.context)
	}
	first, end := sc.doc.TokensIn(span)
	for i := first; i < end; i++ {
		for _, c := range sc.tab.contexts[sc.lemma(i)] {
			if !slices.Contains(out, c) {
				out = append(out, c)
			}
		}
	}
	if len(out) > 1 {
		slices.Sort(out[1:])
	}
	if len(out) > 3 {
		out = out[:3]
	}
	return out
}

// speechTypes are the acts of speech that PLOVER codes as events, with their CAMEO codes.
var speechTypes = map[string][2]string{
	"accuse": {"ACCUSE", "112"}, "criticise": {"ACCUSE", "111"}, "request": {"REQUEST", "020"}, "demand": {"REQUEST", "100"},
	"reject": {"REJECT", "120"}, "threaten": {"THREATEN", "130"}, "praise": {"SUPPORT", "051"},
	"agree": {"AGREE", "030"}, "pledge": {"AGREE", "030"}, "offer": {"AGREE", "030"},
}

// speechEvents adds the attributions whose act PLOVER codes and that no frame has found.
func (sc *scene) speechEvents() {
	for n := range sc.r.Attributions {
		at := &sc.r.Attributions[n]
		kind, ok := speechTypes[at.Act]
		if !ok || len(at.Source) == 0 || at.CueHead < 0 || at.CueHead >= len(sc.doc.Tokens) || len(at.Content) == 0 {
			continue
		}
		if k := sc.tok(at.CueHead).UPOS; k != "VERB" && k != "NOUN" && k != "ADJ" {
			continue
		}
		sc.r.Events = append(sc.r.Events, Event{
			Type: kind[0], CAMEO: kind[1], Actors: at.Source, Recipients: at.Addressee, Trigger: sc.triggerSpan(at.CueHead),
			TriggerTok: at.CueHead, Span: sc.clauseSpan(at.CueHead), Status: sc.statusOf(at.CueHead), When: at.SaidAt,
			Assertion: sc.assertion(at.CueHead), Evidence: at.Evidence, Confidence: at.Confidence, Why: "act " + at.Act,
		})
	}
}

// consumed says whether the event a verb makes has its object in it: "lifted the embargo" is no embargo.
func (sc *scene) consumed(v int) bool {
	f := sc.match(sc.tab.frames, v)
	return f != nil && f.takesObject()
}

// dropDoubles keeps one event a trigger, the frame's before the speech act's, and drops the noun under a light verb that made an
// event of the same type; then puts all in the order of the text.
func (sc *scene) dropDoubles() {
	evs := sc.r.Events
	slices.SortStableFunc(evs, func(a, b Event) int { return a.TriggerTok - b.TriggerTok })
	byTok := map[int]string{}
	for _, ev := range evs {
		byTok[ev.TriggerTok] += " " + ev.Type
	}
	out := evs[:0:0]
	for _, ev := range evs {
		if len(out) > 0 && out[len(out)-1].TriggerTok == ev.TriggerTok {
			continue
		}
		if v := sc.governor(ev.TriggerTok); v >= 0 && !sc.clausal(ev.TriggerTok) && sc.tok(ev.TriggerTok).Is("obj", "nsubj:pass", "conj", "nmod", "obl") &&
			(strings.Contains(byTok[v], " "+ev.Type) || byTok[v] != "" && sc.consumed(v)) {
			continue
		}
		out = append(out, ev)
	}
	sc.r.Events = out
}
