package resolve

import "parley/internal/document"

// pronoun is whom a pronoun means: in a quotation, the first person is its speaker; a relative is the noun it
// belongs to; the rest is the coreference chain's, or, for a person or a group, the nearest that fits.
func (w *work) pronoun(head int) []*actor {
	tok := &w.doc.Tokens[head]
	switch word := w.lower(head); word {
	case "i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves":
		return w.firstPerson(head)
	case "who", "which", "that", "whom", "whose":
		return w.relative(head)
	case "he", "him", "his", "himself", "she", "her", "hers", "herself":
		if a := w.fromChain(head); a != nil && a.kind == "person" {
			w.noteAt(a, tok.Span)
			return []*actor{a}
		}
		if a := w.personBefore(head); a != nil {
			w.noteAt(a, tok.Span)
			return []*actor{a}
		}
	case "they", "them", "their", "theirs", "themselves":
		if list := w.threatened(head); list != nil {
			return list
		}
		list := w.pluralChain(head)
		if len(list) == 1 && list[0].kind == "person" || len(list) > 0 && w.converse(head) {
			if met := w.theyMet(head); met != nil {
				return met // of two who spoke one is not "they", and "they discussed" is said of them
			}
		}
		if list != nil {
			return list
		}
		return w.theyBefore(head)
	case "it", "its", "itself":
		if list := w.topicBefore(head); list != nil {
			return list
		}
		if list := w.parallelSubject(head); list != nil {
			return list
		}
		if a := w.fromChain(head); a != nil && a.kind != "person" {
			w.noteAt(a, tok.Span)
			return []*actor{a}
		}
		return w.bodySubject(head)
	}
	return nil
}

// topicBefore is what "its" at the head of a sentence takes up: the subject of the sentence before, where that is an
// organisation or a state.
func (w *work) topicBefore(head int) []*actor {
	s := w.doc.SentenceOf(head)
	if s < 1 || head != w.doc.Sentences[s].First || w.doc.Tokens[head].Rel != "nmod:poss" {
		return nil
	}
	root := w.doc.Sentences[s-1].Root
	if root < 0 {
		return nil
	}
	subj := w.doc.Child(root, "nsubj")
	if subj < 0 || w.doc.Tokens[subj].UPOS == "PRON" {
		return nil
	}
	list := w.refer(subj)
	if len(list) != 1 || list[0].kind == "person" || list[0].kind == "population" || list[0].plural {
		return nil
	}
	return list
}

// parallelSubject is what "it" takes up as the subject of a clause joined to another: the subject of that other clause,
// not one inside it ("X complained that Y broke the truce, and it called for talks").
func (w *work) parallelSubject(head int) []*actor {
	verb := w.doc.Tokens[head].Head
	if verb < 0 || w.lower(head) != "it" || !w.doc.Tokens[head].Is("nsubj") || !w.doc.Tokens[verb].Is("conj") || w.doc.Tokens[verb].Head < 0 {
		return nil
	}
	subj := w.doc.Child(w.doc.Tokens[verb].Head, "nsubj")
	if subj < 0 || subj > head || w.doc.Tokens[subj].UPOS == "PRON" && w.lower(subj) != "it" {
		return nil
	}
	list := w.refer(subj)
	if len(list) != 1 || list[0].kind == "person" || list[0].kind == "population" || list[0].plural {
		return nil
	}
	return list
}

// bodySubject is the nearest subject before "it" or "its" in the sentence, where that is no person: "the movement
// said its fighters …".
func (w *work) bodySubject(head int) []*actor {
	s := w.doc.SentenceOf(head)
	if s < 0 {
		return nil
	}
	for i := head - 1; i >= w.doc.Sentences[s].First; i-- {
		tok := &w.doc.Tokens[i]
		if !tok.Is("nsubj") || tok.UPOS != "PROPN" && tok.UPOS != "NOUN" {
			continue
		}
		if list := w.refer(i); len(list) == 1 && list[0].kind != "person" && list[0].kind != "population" && !list[0].plural {
			return list
		}
		return nil
	}
	return nil
}

func (w *work) noteAt(a *actor, s document.Span) { a.mention(s, false) }

// firstPerson is the speaker of the innermost quotation around a token.
func (w *work) firstPerson(head int) []*actor {
	at := w.doc.Tokens[head].Span
	best, size := -1, len(w.doc.Text)+1
	for i := range w.in.Attributions {
		att := &w.in.Attributions[i]
		if att.Quotation == "indirect" {
			continue
		}
		for _, c := range att.Content {
			if c.Contains(at) && c.Len() < size {
				best, size = i, c.Len()
			}
		}
	}
	if best < 0 {
		return nil
	}
	list := w.speaker(best)
	for _, a := range list {
		w.noteAt(a, at)
	}
	return list
}

// threatened is whom "they" means in the condition of something done to them: "will punish X should they attack".
func (w *work) threatened(head int) []*actor {
	verb := w.doc.Tokens[head].Head
	if verb < 0 || !w.doc.Tokens[head].Is("nsubj") || !w.doc.Tokens[verb].Is("advcl") || w.doc.Tokens[verb].Head < 0 {
		return nil
	}
	first := w.doc.Child(verb, "mark", "aux")
	if first < 0 || w.lower(first) != "if" && w.lower(first) != "should" && w.lower(first) != "unless" {
		return nil
	}
	obj := w.doc.Child(w.doc.Tokens[verb].Head, "obj")
	if obj < 0 || obj > head {
		return nil
	}
	list := w.refer(obj)
	if len(list) == 0 || list[0].kind == "person" {
		return nil
	}
	return list
}

// relative is what the clause with a relative pronoun hangs on.
func (w *work) relative(head int) []*actor {
	i := head
	for range maxDepth {
		tok := &w.doc.Tokens[i]
		if tok.Head < 0 {
			return nil
		}
		if tok.Is("acl") {
			return w.refer(tok.Head)
		}
		i = tok.Head
	}
	return nil
}

// pluralChain is what other plural mentions of a chain mean.
func (w *work) pluralChain(head int) []*actor {
	m, ok := w.atHead[head]
	if !ok {
		return nil
	}
	for _, i := range w.chainAround(m) {
		men := &w.doc.Mentions[i]
		if men.Kind == document.Pronoun || men.Head == head {
			continue
		}
		var out []*actor
		for _, h := range w.conjuncts(men.Head, men.First, men.End) {
			for _, a := range w.refer(h) {
				out = addActor(out, a)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

// personBefore is the nearest person before a pronoun that is the subject of a clause: in the same sentence or
// the two before it. Who is named inside a quotation is not the "he" who speaks it (speakers call themselves I), so
// for a speaker the two sentences are counted from where the quotation begins.
func (w *work) personBefore(head int) *actor {
	own := w.spoken(head)
	from := head
	if len(own) > 0 {
		if first, _ := w.doc.TokensIn(own[0]); first < head {
			from = first
		}
	}
	s := w.doc.SentenceOf(from)
	if s < 0 {
		return nil
	}
	named := map[*actor]bool{}
	var any *actor
	for i := head - 1; i >= w.doc.Sentences[max(0, s-2)].First; i-- {
		a := w.tokens[i]
		if a == nil || a.kind != "person" {
			continue
		}
		if within(own, w.doc.Tokens[i].Span) {
			named[a] = true
		}
		if named[a] {
			continue
		}
		if w.subject(i) {
			return a
		}
		if any == nil {
			any = a
		}
	}
	return any
}

// spoken is the quotations that the subject of a verb of saying speaks, in the order of the text.
func (w *work) spoken(head int) []document.Span {
	var out []document.Span
	for i := range w.in.Attributions {
		att := &w.in.Attributions[i]
		if len(att.Source) == 0 || att.Source[0].Head != head {
			continue
		}
		for _, q := range w.doc.Quotes {
			if within(att.Content, q.Inner) {
				out = append(out, q.Span)
			}
		}
	}
	return out
}

// within says whether a span lies inside one of several.
func within(spans []document.Span, s document.Span) bool {
	for _, o := range spans {
		if o.Contains(s) {
			return true
		}
	}
	return false
}

// subject says whether a token, or the name it stands in, is the subject of a clause.
func (w *work) subject(i int) bool {
	for range 4 {
		tok := &w.doc.Tokens[i]
		if tok.Is("nsubj") {
			return true
		}
		if tok.Head < 0 || !(inCore(tok) && tok.Rel != "nmod:poss") {
			return false
		}
		i = tok.Head
	}
	return false
}

// speaker is who speaks in an attribution: its own source, or that of the attribution it continues.
func (w *work) speaker(i int) []*actor {
	for range maxDepth {
		if i < 0 || i >= len(w.in.Attributions) {
			return nil
		}
		att := &w.in.Attributions[i]
		if len(att.Source) > 0 {
			return w.actorsOfAll(att.Source)
		}
		if att.SameSource < 0 || att.SameSource == i {
			return nil
		}
		i = att.SameSource
	}
	return nil
}
