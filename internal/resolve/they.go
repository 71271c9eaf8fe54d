package resolve

import "strings"

// theyBefore is whom "they" means where neither a condition nor a chain tells: from its own sentence back to the third
// before, those who are a subject together, or a subject in the plural; then those named together otherwise; then an
// organisation that is a subject. Nobody is better than somebody who only stands near: inside a quotation nothing
// outside it counts, and states that are only spoken of do not.
func (w *work) theyBefore(head int) []*actor {
	s := w.doc.SentenceOf(head)
	if s < 0 {
		return nil
	}
	floor, quoted := w.quoteFloor(head)
	for k := s; k >= max(0, s-3); k-- {
		sent := &w.doc.Sentences[k]
		from, end := max(sent.First, floor), min(sent.End, head)
		if list := w.together(from, end, head, true, "they", 2, anybody); list != nil {
			return list
		}
		if k < s-1 {
			continue
		}
		if list, known := w.pluralSubject(from, end, k < s && w.doc.Tokens[head].Is("nsubj")); known {
			return list
		}
	}
	if !quoted {
		if list := w.theyMet(head); list != nil {
			return list
		}
	}
	for k := s; k >= max(0, s-1); k-- {
		sent := &w.doc.Sentences[k]
		fits := func(a *actor) bool { return k == s && !w.doc.Tokens[head].Is("nsubj") || a.kind == "person" }
		if list := w.together(max(sent.First, floor), min(sent.End, head), head, false, "they", 2, fits); list != nil {
			return list
		}
	}
	if quoted {
		return nil
	}
	return w.bodyAsMany(w.doc.Sentences[max(0, s-1)].First, head)
}

// theyMet are the two persons or states who took part in the last contact told shortly before, unless a subject in the plural stands
// nearer, or the pronoun speaks of itself as "I".
func (w *work) theyMet(head int) []*actor {
	list, at := w.metBefore(head, metThey, 2, func(a *actor) bool { return a.kind == "person" || a.kind == "state" })
	if list == nil || w.saysI(head) {
		return nil
	}
	for i := at + 1; i < head; i++ {
		if tok := &w.doc.Tokens[i]; tok.Is("nsubj") && tok.UPOS == "NOUN" && w.plural(i) && w.group(w.phraseAt(i)) == nil {
			return nil
		}
	}
	return list
}

// saysI says whether a speaker is one person by their own words.
func (w *work) saysI(head int) bool {
	for _, s := range w.spoken(head) {
		first, end := w.doc.TokensIn(s)
		for i := first; i < end; i++ {
			if w.lower(i) == "i" {
				return true
			}
		}
	}
	return false
}

// converse says whether a pronoun is the subject of what those do who talk with each other.
func (w *work) converse(head int) bool {
	verb := w.doc.Tokens[head].Head
	return verb >= 0 && w.doc.Tokens[head].Is("nsubj") && w.t.words["converse"][w.lemma(verb)]
}

func anybody(*actor) bool { return true }

// pluralSubject is the last subject in the plural among tokens [first, end). With carry, a "they" that is a subject there
// carries its own meaning on, even if that is unknown.
func (w *work) pluralSubject(first, end int, carry bool) (list []*actor, known bool) {
	for i := end - 1; i >= first; i-- {
		tok := &w.doc.Tokens[i]
		if !tok.Is("nsubj") {
			continue
		}
		if carry && w.lower(i) == "they" && tok.Head >= 0 && w.doc.Tokens[tok.Head].Is("root") {
			return w.refer(i), true
		}
		if tok.UPOS == "NOUN" && w.plural(i) {
			if list := w.refer(i); len(list) > 0 {
				return list, true
			}
		}
	}
	return nil, false
}

// bodyAsMany is the nearest subject among tokens [first, end) that is an organisation: "the movement said they …".
func (w *work) bodyAsMany(first, end int) []*actor {
	for i := end - 1; i >= first; i-- {
		tok := &w.doc.Tokens[i]
		if !tok.Is("nsubj") || tok.UPOS != "NOUN" && tok.UPOS != "PROPN" {
			continue
		}
		if list := w.refer(i); len(list) > 0 && list[0].kind != "person" && list[0].kind != "state" {
			return list
		}
	}
	return nil
}

// quoteFloor is the first token of the innermost quotation that a token stands in.
func (w *work) quoteFloor(i int) (first int, quoted bool) {
	at := w.doc.Tokens[i].Span
	size := len(w.doc.Text) + 1
	for _, q := range w.doc.Quotes {
		if q.Inner.Contains(at) && q.Inner.Len() < size {
			size, quoted = q.Inner.Len(), true
			first, _ = w.doc.TokensIn(q.Inner)
		}
	}
	return first, quoted
}

// climb goes from a coordinated token up to the first of its row, and with names also over the names that stand beside
// a noun: "the minister, X, and his counterparts" is a row that starts at the minister.
func (w *work) climb(i int, names bool) int {
	for range maxDepth {
		tok := &w.doc.Tokens[i]
		if tok.Head < 0 || !(tok.Is("conj") || names && (tok.Is("appos", "flat") || strings.HasPrefix(tok.Rel, "nmod:desc"))) {
			break
		}
		i = tok.Head
	}
	return i
}

// aside says whether a subject of an earlier sentence stands in a clause that only describes something there.
func (w *work) aside(i, head int) bool {
	if w.doc.SentenceOf(i) == w.doc.SentenceOf(head) {
		return false
	}
	for range maxDepth {
		tok := &w.doc.Tokens[i]
		if tok.Head < 0 {
			return false
		}
		if tok.Is("acl") {
			return true
		}
		i = tok.Head
	}
	return false
}
