package resolve

import (
	"slices"
	"strings"

	"parley/internal/read"
)

// group reads phrases that mean several actors named before: "both", "both leaders", "the two", "the two
// presidents", "the two sides", "the pair". It returns nil for other phrases, and an empty list, not nil,
// for a group whose members cannot be told.
func (w *work) group(p phrase) []*actor {
	word := w.lower(p.head)
	switch word {
	case "both", "two", "pair", "duo":
		if word == "two" && !w.definite(p) {
			return nil
		}
		if (word == "pair" || word == "duo") && (!w.definite(p) || p.of >= 0) {
			return nil
		}
		return orEmpty(w.groupBefore(p.head, "both", 2))
	}
	if !w.plural(p.head) {
		return nil
	}
	counted, want := false, 2
	for i := p.first; i < p.head; i++ {
		switch w.lower(i) {
		case "both":
			counted = true
		case "two":
			counted = counted || w.definite(p)
		case "three":
			counted, want = counted || w.definite(p), 3
		}
	}
	lemma := w.lemma(p.head)
	if p.head > 0 && lemma == "party" && w.doc.Tokens[p.head-1].UPOS == "ADJ" {
		return nil // "both political parties" are none of those who met
	}
	if !counted {
		if !w.definite(p) || p.end-p.first > 2 {
			return nil
		}
		switch lemma {
		case "side", "party":
			return orEmpty(w.groupBefore(p.head, lemma, want))
		case "leader", "president", "minister", "premier":
			if p.of >= 0 || w.doc.Child(p.head, "nmod") >= 0 || w.others(p.head, metLeaders) {
				return nil
			}
			met, _ := w.metBefore(p.head, metLeaders, want, w.groupTest(lemma, true))
			return met
		}
		return nil
	}
	if who, ok := w.t.people[lemma]; ok && who.kind == "person" {
		return orEmpty(w.groupBefore(p.head, lemma, want))
	}
	switch lemma {
	case "leader", "president", "man", "minister", "side", "country", "nation", "state", "party", "counterpart", "official", "diplomat",
		"government", "power", "neighbour", "neighbor", "rival", "ally", "capital", "army", "force", "premier":
		return orEmpty(w.groupBefore(p.head, lemma, want))
	}
	return nil
}

func orEmpty(list []*actor) []*actor {
	if list == nil {
		return []*actor{}
	}
	return list
}

// definite says whether a phrase has the, these, those or a possessor in front.
func (w *work) definite(p phrase) bool {
	switch w.lower(p.first) {
	case "the", "these", "those", "both", "their":
		return true
	}
	return p.poss >= 0
}

// groupBefore is the nearest group of actors before a token that the noun fits: those who are the subject of a
// clause together, or those named together, or the last two that share a sentence. At most three
// sentences back. A noun asks for exactly as many as it counts.
func (w *work) groupBefore(head int, noun string, want int) []*actor {
	s := w.doc.SentenceOf(head)
	if s < 0 {
		return nil
	}
	if list, at := w.groupAgain(head, max(0, s-3), want); list != nil {
		if nearer := w.subjectsSince(at, head, noun, want); nearer != nil {
			return nearer
		}
		return list
	}
	for _, surely := range []bool{true, false} {
		fits := w.groupTest(noun, surely)
		if list, at := w.metBefore(head, metGroup, want, fits); list != nil {
			if nearer := w.subjectsSince(at, head, noun, want); nearer != nil {
				return nearer
			}
			return list
		}
		if list := w.namedBefore(head, noun, want, fits); list != nil {
			return list
		}
	}
	return nil
}

// subjectsSince are those who are a subject together in a sentence after that of one token and before another: they are nearer than
// whoever met or was meant at the first.
func (w *work) subjectsSince(at, head int, noun string, want int) []*actor {
	fits := w.groupTest(noun, false)
	for k := w.doc.SentenceOf(head); k > w.doc.SentenceOf(at); k-- {
		sent := &w.doc.Sentences[k]
		if list := w.together(sent.First, min(sent.End, head), head, true, noun, want, fits); list != nil {
			return list
		}
	}
	return nil
}

// others says whether the same noun, in the plural, is said of somebody in particular some sentences before: "the leaders of the gang".
func (w *work) others(head, back int) bool {
	for i := w.doc.Sentences[max(0, w.doc.SentenceOf(head)-back)].First; i < head; i++ {
		if w.lower(i) == w.lower(head) && (w.doc.Child(i, "nmod") >= 0 || w.doc.Child(i, "amod", "compound") >= 0) {
			return true
		}
	}
	return false
}

// How many sentences back those who met are looked for: a readout goes on of its two leaders from end to end.
const (
	metGroup   = 10 // for "the two leaders"
	metLeaders = 5  // for "the leaders"
	metThey    = 3
)

// metBefore are those who take part in the last contact told before a token, some sentences back at most, of those in which
// as many as wanted do, and all fit: of "X spoke with Y" they are "the two leaders", whoever else was spoken about. trigger is the
// word that tells the contact. What has not taken place counts for nobody.
func (w *work) metBefore(head, back, want int, fits func(*actor) bool) (found []*actor, trigger int) {
	from := w.doc.Sentences[max(0, w.doc.SentenceOf(head)-back)].First
	last := from - 1
	for i := range w.in.Contacts {
		c := &w.in.Contacts[i]
		if c.Trigger <= last || c.Trigger >= head || c.Status != "held" {
			continue
		}
		if list := w.metIn(c, head); len(list) == want && !slices.ContainsFunc(list, func(a *actor) bool { return !fits(a) }) {
			found, last = list, c.Trigger
		}
	}
	return found, last
}

// metIn are the participants of a contact that are named before a token.
func (w *work) metIn(c *read.Contact, before int) []*actor {
	var out []*actor
	for _, p := range c.Participants {
		if p.Head < 0 || p.Head >= before {
			return nil
		}
		for _, h := range w.conjuncts(p.Head, p.First, p.End) {
			for _, a := range w.refer(h) {
				out = addActor(out, a)
			}
		}
	}
	return withoutOwnStates(out)
}

// namedBefore are the last actors named together, or one after another, that fit.
func (w *work) namedBefore(head int, noun string, want int, fits func(*actor) bool) []*actor {
	s := w.doc.SentenceOf(head)
	for _, subjects := range []bool{true, false} {
		for k := s; k >= max(0, s-3); k-- {
			sent := &w.doc.Sentences[k]
			end := min(sent.End, head)
			if list := w.together(sent.First, end, head, subjects, noun, want, fits); list != nil {
				return list
			}
			if subjects && k == s {
				continue
			}
			if list := w.lastOf(sent.First, end, want, fits); len(list) == want && noun != "both" {
				return list
			}
		}
	}
	return nil
}

// groupAgain is who the same words meant shortly before: "the two sides" are those of the sentence before, whoever else was
// named in it.
func (w *work) groupAgain(head, from, want int) (list []*actor, at int) {
	p := w.phraseAt(head)
	words := w.text(p.first, head+1)
	for i := head - 1; i >= w.doc.Sentences[from].First; i-- {
		if w.doc.Tokens[i].UPOS != w.doc.Tokens[head].UPOS || w.lower(i) != w.lower(head) {
			continue
		}
		if q := w.phraseAt(i); strings.EqualFold(w.text(q.first, i+1), words) {
			if list := w.refer(i); len(list) == want {
				return list, i
			}
			return nil, -1
		}
	}
	return nil, -1
}

// together is the last coordinated group in tokens [first, end) that fits.
func (w *work) together(first, end, head int, subjects bool, noun string, want int, fits func(*actor) bool) []*actor {
	for i := end - 1; i >= first; i-- {
		if !w.doc.Tokens[i].Is("conj") || w.doc.Under(head, i) || w.insideOrg(i) {
			continue
		}
		top := w.climb(i, false)
		if name := w.climb(i, true); w.doc.Tokens[name].Is("nsubj") {
			top = name
		}
		if subjects && (!w.doc.Tokens[top].Is("nsubj") || w.aside(top, head)) {
			continue
		}
		list := w.coordinated(top, head, fits)
		if len(list) == want || len(list) > 2 && noun == "they" {
			return list
		}
	}
	return nil
}

// insideOrg says whether a word is inside a body's name of the tables: nobody speaks of the "Iraq and Syria" in "Islamic State
// of Iraq and Syria".
func (w *work) insideOrg(i int) bool {
	for h, steps := w.doc.Tokens[i].Head, 0; h >= 0 && h < i && steps < 4; h, steps = w.doc.Tokens[h].Head, steps+1 {
		if _, ok := pick(w.senses(w.skipDet(w.phraseAt(h).first), i+1), senseOrg); ok {
			return true
		}
	}
	return false
}

// groupTest says which actors a noun for a group can mean; surely, only those of whom the text tells the role.
func (w *work) groupTest(noun string, surely bool) func(*actor) bool {
	switch noun {
	case "leader", "president", "premier", "minister", "diplomat", "general", "commander", "officer":
		return func(a *actor) bool { return a.kind == "person" && w.mayBe(a, noun, surely) }
	case "country", "nation", "state", "government", "power", "capital", "neighbour", "neighbor":
		return func(a *actor) bool { return a.kind == "state" }
	case "they":
		return func(*actor) bool { return true }
	}
	if who, ok := w.t.people[noun]; ok && who.kind == "person" {
		return func(a *actor) bool { return a.kind == "person" }
	}
	return func(a *actor) bool { return a.kind != "media" && !a.plural }
}

// mayBe says whether somebody can be meant by a noun for leaders or ministers: the roles the text gives do not
// speak against it; surely, one of them speaks for it.
func (w *work) mayBe(a *actor, noun string, surely bool) bool {
	known := surely
	for i := range a.roles {
		r := a.roles[i].role
		if r == nil {
			continue
		}
		known = true
		switch noun {
		case "leader":
			if r.heads == "state" || r.heads == "government" || r.key == "chief" || r.key == "party_leader" || r.key == "rebel_leader" || r.key == "opposition_leader" {
				return true
			}
		case "president":
			if r.key == "president" {
				return true
			}
		case "premier":
			if r.key == "prime_minister" {
				return true
			}
		case "general", "commander", "officer":
			if r.sector == "MIL" || r.sector == "REB" {
				return true
			}
		case "minister", "diplomat":
			if strings.HasSuffix(r.key, "minister") || noun == "diplomat" && r.key == "ambassador" {
				return true
			}
		}
	}
	return !known
}

func (w *work) coordinated(first, before int, fits func(*actor) bool) []*actor {
	var out []*actor
	for _, h := range w.conjuncts(first, 0, 0) {
		if h >= before {
			continue
		}
		for _, a := range w.refer(h) {
			if !fits(a) {
				return nil
			}
			out = addActor(out, a)
		}
	}
	return out
}

// lastOf are the last actors in a stretch of text that fit, as many as wanted, in their order.
func (w *work) lastOf(first, end, want int, fits func(*actor) bool) []*actor {
	var out []*actor
	for i := end - 1; i >= first && len(out) < want; i-- {
		tok := &w.doc.Tokens[i]
		if w.tokens[i] == nil && !tok.Is("nsubj", "obj", "iobj", "obl", "conj", "appos") {
			continue
		}
		if !w.nominal(i) || inCore(tok) && tok.Rel != "nmod:poss" && w.tokens[i] == nil {
			continue
		}
		var list []*actor
		if a := w.tokens[i]; a != nil {
			list = []*actor{a}
		} else if tok.UPOS == "PROPN" || tok.UPOS == "NOUN" && strings.HasPrefix(tok.Rel, "nsubj") {
			list = w.refer(i)
		}
		for _, a := range list {
			if fits(a) {
				out = addActor(out, a)
			}
		}
	}
	slices.Reverse(out)
	return out
}
