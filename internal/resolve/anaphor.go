package resolve

import "strings"

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
