package resolve

import (
	"sort"
	"strings"
)

// bodyNamedBefore is the organisation that a definite noun takes up again: "the group", "the Islamist movement",
// "the news agency": the nearest subject before it of a fitting kind, in the same sentence or the two before.
func (w *work) bodyNamedBefore(p phrase) *actor {
	if w.lower(p.first) != "the" || w.plural(p.head) || p.of >= 0 || p.poss >= 0 {
		return nil
	}
	fits := kindsMeant(w.lemma(p.head))
	s := w.doc.SentenceOf(p.head)
	if fits == nil || s < 0 {
		return nil
	}
	for i := p.first - 1; i >= w.doc.Sentences[max(0, s-2)].First; i-- {
		tok := &w.doc.Tokens[i]
		if a := w.tokens[i]; a != nil && a.kind == "person" { // "the agency" after "the IAEA chief, X"
			best := bestHolding(a.roles)
			if best != nil && best.org != nil && fits[best.org.kind] {
				return w.orgActor(best.org)
			}
			if best != nil && best.role != nil && best.country != "" && fits["government"] && strings.HasSuffix(best.role.heads, "_ministry") {
				return w.bodyActor(best.country, w.t.bodyKeys[best.role.heads])
			}
		}
		if !tok.Is("nsubj") || tok.UPOS != "PROPN" {
			continue
		}
		if a := only(w.refer(i)); a != nil && fits[a.kind] {
			return a
		}
	}
	return nil
}

// namedBeside is the organisation whose name stands right behind the noun for it: "the rights group Foro Penal".
func (w *work) namedBeside(p phrase) *actor {
	if kindsMeant(w.lemma(p.head)) == nil {
		return nil
	}
	for _, c := range w.doc.Children(p.head) {
		i := int(c)
		if i == p.head+1 && w.doc.Tokens[i].Is("appos", "flat", "compound", "nmod") && w.doc.Tokens[i].UPOS == "PROPN" {
			if n := w.nameAt(i); n != nil && n.Kind == "ORG" {
				return only(w.refer(i))
			}
		}
	}
	return nil
}

// sameNoun is the actor that a bare noun with the article takes up: the one that the text before calls by that noun with
// something in front ("the official" after "a senior US official").
func (w *work) sameNoun(p phrase) *actor {
	if w.lower(p.first) != "the" || p.end-p.first != 2 || w.plural(p.head) || p.of >= 0 {
		return nil
	}
	w.referBefore(p.head)
	noun := " " + w.lemma(p.head)
	at := w.doc.Tokens[p.first].Span.Start
	var found *actor
	for _, a := range w.actors {
		if a.kind == "state" || a.order >= at || !strings.HasSuffix(strings.ToLower(a.name), noun) {
			continue
		}
		if found != nil {
			return nil
		}
		found = a
	}
	return found
}

// referBefore resolves the phrases before a noun that have the same head and say more, so that it can take one up.
func (w *work) referBefore(head int) {
	if w.sameLemma == nil {
		w.sameLemma = map[string][]int{}
		for i := range w.doc.Tokens {
			if tok := &w.doc.Tokens[i]; (tok.UPOS == "NOUN" || tok.UPOS == "PROPN") && !inCore(tok) && w.readable(i) {
				w.sameLemma[w.lemma(i)] = append(w.sameLemma[w.lemma(i)], i)
			}
		}
	}
	list := w.sameLemma[w.lemma(head)]
	n := sort.SearchInts(list, head)
	for _, i := range list[max(0, n-takenUp):n] {
		if q := w.phraseAt(i); w.refs[i] == nil && q.head-w.skipDet(q.first) > 0 {
			w.refer(i)
		}
	}
}

// takenUp is how many earlier phrases with the same noun are looked at.
const takenUp = 20

// kindsMeant are the kinds of actor that a noun can take up again; nil for a noun that takes up none.
func kindsMeant(lemma string) map[string]bool {
	switch lemma {
	case "group", "movement", "militia", "faction":
		return map[string]bool{"armed_group": true, "body": true}
	case "organization", "organisation", "bloc", "alliance", "union":
		return map[string]bool{"international_organization": true, "alliance": true, "body": true, "armed_group": true}
	case "agency":
		return map[string]bool{"media": true, "international_organization": true, "body": true}
	case "broadcaster", "newspaper", "channel", "network", "daily", "magazine":
		return map[string]bool{"media": true}
	case "company", "firm":
		return map[string]bool{"company": true}
	case "ministry", "department":
		return map[string]bool{"government": true}
	}
	return nil
}
