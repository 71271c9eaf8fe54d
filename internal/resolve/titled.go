package resolve

import "slices"

// titledTogether reads one title in the plural before several names: "Presidents X and Y", "Foreign Ministers X of Mali and
// Y of Niger". Each of them holds the office, and the title means them all.
func (w *work) titledTogether() {
	for head := range w.doc.Tokens {
		if w.doc.Tokens[head].UPOS != "NOUN" && w.doc.Tokens[head].UPOS != "PROPN" || !w.plural(head) || w.tokens[head] != nil {
			continue
		}
		r, words, from := w.pluralRole(phrase{first: max(head-longestRole, 0), head: head})
		if r == nil {
			continue
		}
		var people []*actor
		for at := head + 1; ; {
			n := w.nameFrom(at)
			if n == nil {
				break
			}
			h := holding{role: r, words: words, within: -1, first: from}
			w.behindName(n, &h)
			n.who.roles = append(n.who.roles, h)
			people = addActor(people, n.who)
			if at = w.behindOf(n.end); at >= len(w.doc.Tokens) || w.doc.Tokens[at].Form != "," && w.lower(at) != "and" {
				break
			}
			for at < len(w.doc.Tokens) && (w.doc.Tokens[at].Form == "," || w.lower(at) == "and") {
				at++
			}
		}
		if len(people) > 1 {
			w.refs[head] = &ref{actors: people, done: true}
		}
	}
}

// nameFrom is the person's name that starts at a token, nil for none.
func (w *work) nameFrom(tok int) *personName {
	if i, ok := slices.BinarySearchFunc(w.names, tok, func(n *personName, tok int) int { return n.first - tok }); ok {
		return w.names[i]
	}
	return nil
}

// behindOf is the token behind "of" and a name of the tables, or at itself where there is none.
func (w *work) behindOf(at int) int {
	s := w.doc.SentenceOf(at)
	if s < 0 || at+1 >= w.doc.Sentences[s].End || w.lower(at) != "of" {
		return at
	}
	if stop, _, ok := w.longestStarting(w.skipDet(at+1), w.doc.Sentences[s].End); ok {
		return stop
	}
	return at
}
