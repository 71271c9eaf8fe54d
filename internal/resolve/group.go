package resolve

import "strings"

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
		return orEmpty(w.groupBefore(p.head, ""))
	}
	if !w.plural(p.head) {
		return nil
	}
	counted := false
	for i := p.first; i < p.head; i++ {
		switch w.lower(i) {
		case "both":
			counted = true
		case "two":
			counted = counted || w.definite(p)
		}
	}
	lemma := w.lemma(p.head)
	if !counted {
		if w.definite(p) && (lemma == "side" || lemma == "party") && p.end-p.first <= 2 {
			return orEmpty(w.groupBefore(p.head, lemma))
		}
		return nil
	}
	switch lemma {
	case "leader", "president", "man", "minister", "side", "country", "nation", "state", "party", "counterpart", "official", "diplomat",
		"government", "power", "neighbour", "neighbor", "rival", "ally", "capital", "army", "force", "premier":
		return orEmpty(w.groupBefore(p.head, lemma))
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

// groupBefore is the nearest group of actors before a token that the noun fits: those named together last,
// or the last two that share a sentence. At most three sentences back.
func (w *work) groupBefore(head int, noun string) []*actor {
	s := w.doc.SentenceOf(head)
	if s < 0 {
		return nil
	}
	fits := w.groupTest(noun)
	for k := s; k >= max(0, s-3); k-- {
		sent := &w.doc.Sentences[k]
		end := min(sent.End, head)
		for i := end - 1; i >= sent.First; i-- {
			if !w.doc.Tokens[i].Is("conj") || w.doc.Under(head, i) {
				continue
			}
			if list := w.coordinated(w.doc.Tokens[i].Head, head, fits); len(list) >= 2 {
				return list
			}
		}
		if noun == "" && k < s {
			continue
		}
		if list := w.lastTwo(sent.First, end, fits); len(list) == 2 && noun != "" {
			return list
		}
	}
	return nil
}

// groupTest says which actors a noun for a group can mean.
func (w *work) groupTest(noun string) func(*actor) bool {
	person := func(a *actor) bool { return a.kind == "person" }
	switch noun {
	case "leader", "president", "premier", "man", "counterpart", "official", "diplomat", "minister":
		return person
	case "country", "nation", "state", "government", "power", "capital", "neighbour", "neighbor":
		return func(a *actor) bool { return a.kind == "state" }
	case "":
		return func(a *actor) bool { return !a.plural }
	}
	return func(a *actor) bool { return a.kind != "media" && !a.plural }
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

// lastTwo are the last two actors in a stretch of text that fit.
func (w *work) lastTwo(first, end int, fits func(*actor) bool) []*actor {
	var out []*actor
	for i := end - 1; i >= first && len(out) < 2; i-- {
		tok := &w.doc.Tokens[i]
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
	if len(out) == 2 {
		out[0], out[1] = out[1], out[0]
	}
	return out
}
