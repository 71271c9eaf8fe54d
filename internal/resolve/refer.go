package resolve

import (
	"parley/internal/read"
)

// ref is what a noun phrase refers to.
type ref struct {
	actors []*actor
	done   bool // false while it is being worked out: a circle of references ends here
}

// actorsOf resolves a phrase, taking coordinated phrases apart. Whoever comes out acts, speaks or is
// addressed, and so is used.
func (w *work) actorsOf(p read.Phrase) []*actor {
	if p.Head < 0 || p.Head >= len(w.doc.Tokens) {
		return nil
	}
	var out []*actor
	for _, head := range w.conjuncts(p.Head, p.First, p.End) {
		for _, a := range w.refer(head) {
			out = addActor(out, a)
		}
	}
	for _, a := range out {
		a.used = true
	}
	return out
}

func (w *work) actorsOfAll(ps []read.Phrase) []*actor {
	var out []*actor
	for _, p := range ps {
		for _, a := range w.actorsOf(p) {
			out = addActor(out, a)
		}
	}
	return out
}

func addActor(list []*actor, a *actor) []*actor {
	for _, have := range list {
		if have == a {
			return list
		}
	}
	return append(list, a)
}

// refer is whom the noun phrase headed by a token means; empty when that cannot be told, or when it means
// nobody who can act.
func (w *work) refer(head int) []*actor {
	if r := w.refs[head]; r != nil {
		return r.actors
	}
	r := &ref{}
	w.refs[head] = r
	r.actors = w.referNew(head)
	r.done = true
	return r.actors
}

func (w *work) referNew(head int) []*actor {
	if a := w.tokens[head]; a != nil {
		return []*actor{a}
	}
	if w.doc.Tokens[head].UPOS == "PRON" && w.lower(head) != "both" && w.lower(head) != "all" {
		return w.pronoun(head)
	}
	p := w.phraseAt(head)
	if group := w.group(p); group != nil {
		return group
	}
	if list := w.several(p); list != nil {
		return list
	}
	if p.of >= 0 && p.ofCase == "of" && w.t.words["quantity"][w.lemma(head)] {
		if list := w.refer(p.of); list != nil {
			return list // "hundreds of soldiers"
		}
	}
	if a := w.classify(&p); a != nil {
		w.note(a, p)
		return []*actor{a}
	}
	return nil
}

// reach makes a phrase as long as the name that was found for it.
func (p *phrase) reach(first, end int) {
	p.first, p.end = min(p.first, first), max(p.end, end)
}

// note adds a phrase to its actor's mentions and names.
func (w *work) note(a *actor, p phrase) {
	span := w.doc.TokenSpan(p.first, p.end)
	a.mention(span, false)
	if first := w.skipDet(p.first); a.kind != "state" || !w.t.words["direction"][w.lower(first)] {
		a.alias(w.text(first, p.end))
	}
}

// classify finds or makes the actor for a noun phrase that is not a named person.
func (w *work) classify(p *phrase) *actor {
	if head, ok := w.acronyms[w.doc.Tokens[p.head].Form]; ok && head != p.head && w.doc.Tokens[p.head].UPOS == "PROPN" {
		if a := only(w.refer(head)); a != nil {
			return a
		}
	}
	if a := w.tableActor(p, w.skipDet(p.first)); a != nil {
		return a
	}
	if a := w.officeOf(*p); a != nil {
		return a
	}
	if a := w.bodyPhrase(p); a != nil {
		return a
	}
	if a := w.armed(*p); a != nil {
		return a
	}
	if a := w.roleHolder(*p); a != nil {
		return a
	}
	if a := w.partOfName(*p); a != nil {
		return a
	}
	if a := w.namedOrg(*p); a != nil {
		return a
	}
	if a := w.fromChain(p.head); a != nil && w.compatible(*p, a) {
		return a
	}
	if a := w.namedBeside(*p); a != nil {
		return a
	}
	if a := w.bodyNamedBefore(*p); a != nil {
		return a
	}
	if a := w.sameNoun(*p); a != nil {
		return a
	}
	return w.unnamed(*p)
}

// settle fills country and sector of a person from the roles known so far.
func (w *work) settle(a *actor) {
	if a.kind == "person" && a.country == "" {
		if best := bestHolding(a.roles); best != nil {
			a.country = w.holdingCountry(best)
		}
		for i := range a.roles {
			if a.country == "" {
				a.country = w.holdingCountry(&a.roles[i])
			}
		}
	}
}

func only(list []*actor) *actor {
	if len(list) == 1 {
		return list[0]
	}
	return nil
}
