package resolve

import (
	"slices"
	"strings"

	"parley/internal/document"
)

// maxDepth bounds every walk up or down a tree or a chain of references.
const maxDepth = 40

// phrase is a noun phrase as this package looks at it: its core, without clauses, appositions and
// coordinated phrases, and its complements.
type phrase struct {
	head       int
	first, end int // tokens of the core, from determiner or possessor to the last word of the name
	poss       int // head of the possessor, -1 for none ("Macron" in "Macron's office", "his")
	of         int // head of the complement with of, for, to or in, -1 for none
	ofCase     string
}

// inCore lists the relations that stay inside a noun phrase's core.
func inCore(tok *document.Token) bool {
	switch tok.BaseRel() {
	case "det", "amod", "compound", "flat", "nummod", "goeswith", "fixed", "name":
		return true
	}
	return tok.Rel == "nmod:desc" || tok.Rel == "nmod:poss"
}

// phraseAt looks at the noun phrase headed by a token.
func (w *work) phraseAt(head int) phrase {
	p := phrase{head: head, first: head, end: head + 1, poss: -1, of: -1}
	w.grow(&p, head, 0)
	w.trim(&p)
	for _, c := range w.doc.Children(head) {
		tok := &w.doc.Tokens[c]
		switch {
		case tok.Rel == "nmod:poss" && p.poss < 0:
			p.poss = int(c)
		case tok.BaseRel() == "nmod" && tok.Rel != "nmod:desc" && tok.Rel != "nmod:unmarked" && p.of < 0 && int(c) > head:
			if k := w.doc.Child(int(c), "case"); k >= 0 {
				switch lemma := strings.ToLower(w.doc.Tokens[k].Lemma); lemma {
				case "of", "for", "to", "in", "from":
					p.of, p.ofCase = int(c), lemma
				}
			}
		}
	}
	return p
}

// trim cuts a core back to the words around its head that can stand in one: where the tree is wrong, a flat or
// compound relation can reach over half a sentence.
func (w *work) trim(p *phrase) {
	for i := p.head - 1; i >= p.first; i-- {
		if w.breaks(i) {
			p.first = i + 1
			break
		}
	}
	for i := p.head + 1; i < p.end; i++ {
		if w.breaks(i) || w.doc.Tokens[i].UPOS == "ADP" || w.lower(i) == "to" {
			p.end = i
			break
		}
	}
}

// breaks says whether a token cannot stand inside the core of a noun phrase.
func (w *work) breaks(i int) bool {
	tok := &w.doc.Tokens[i]
	switch tok.UPOS {
	case "AUX", "SCONJ":
		return true
	case "VERB":
		return !tok.Is("amod", "compound") || strings.HasPrefix(tok.XPOS, "VBD") || tok.XPOS == "VBZ"
	case "PUNCT":
		return tok.Form == "," || tok.Form == ";" || tok.Form == ":"
	case "CCONJ":
		return tok.Form == "and" && tok.Head >= 0 && w.doc.Tokens[tok.Head].UPOS == "PROPN" && w.tokens[tok.Head] != nil
	}
	return false
}

func (w *work) grow(p *phrase, at, depth int) {
	if depth > maxDepth {
		return
	}
	for _, c := range w.doc.Children(at) {
		i := int(c)
		tok := &w.doc.Tokens[i]
		if i > at && tok.Is("amod") && w.doc.Child(i, "obl", "xcomp", "advcl", "ccomp") >= 0 {
			continue // "a diplomat familiar with the talks"
		}
		if inCore(tok) || (at != p.head && (tok.BaseRel() == "case" && i > at && tok.UPOS == "PART" && tok.Form != "to" || tok.BaseRel() == "punct" && i < at)) {
			p.first, p.end = min(p.first, i), max(p.end, i+1)
			w.grow(p, i, depth+1)
		}
	}
}

// conjuncts are the heads of a coordinated phrase, from left to right, within the tokens [first, end).
func (w *work) conjuncts(head, first, end int) []int {
	heads := []int{head}
	for i := 0; i < len(heads) && len(heads) < 64; i++ {
		children := slices.Clone(w.doc.Children(heads[i]))
		beside := len(children)
		for _, c := range w.doc.Children(heads[i]) {
			if w.doc.Tokens[c].Is("appos", "flat") || w.doc.Tokens[c].Rel == "nmod:desc" { // "the envoy, X, and the general, Y"
				children = append(children, w.doc.Children(int(c))...)
			}
		}
		for k, c := range children {
			inside := end == 0 || first <= int(c) && int(c) < end || k >= beside && int(c) > heads[i]
			if w.doc.Tokens[c].Is("conj") && !slices.Contains(heads, int(c)) && inside && w.nominal(int(c)) {
				heads = append(heads, int(c))
			}
		}
	}
	return heads
}

func (w *work) nominal(i int) bool {
	switch w.doc.Tokens[i].UPOS {
	case "NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "X", "SYM":
		return true
	}
	return false
}

// text is the text of tokens [first, end), with line breaks as blanks.
func (w *work) text(first, end int) string {
	return strings.Join(strings.Fields(w.doc.Slice(w.doc.TokenSpan(first, end))), " ")
}

// dot says whether a token is the full stop of a sentence, which folding would hide.
func (w *work) dot(i int) bool { return w.doc.Tokens[i].Form == "." }

// senses are what tokens [first, end) can stand for by the tables.
func (w *work) senses(first, end int) []sense {
	if first >= end || w.dot(end-1) {
		return nil
	}
	s := w.doc.Slice(w.doc.TokenSpan(first, end))
	found := w.t.names[fold(s)]
	if len(found) == 0 {
		return nil
	}
	caps := s == strings.ToUpper(s)
	lower := s == strings.ToLower(s)
	out := make([]sense, 0, len(found))
	for _, x := range found {
		if x.caps && !caps || lower {
			continue
		}
		out = append(out, x)
	}
	return out
}

// longestEnding is the longest name of the tables that ends right before token end and starts at from or
// later; ok is false when there is none.
func (w *work) longestEnding(from, end int) (first int, found []sense, ok bool) {
	if end <= from || w.tails[end-1] != "" && !w.t.tails[w.tails[end-1]] {
		return end, nil, false
	}
	for first = max(from, end-w.t.longest); first < end; first++ {
		if !w.t.heads[w.heads[first]] {
			continue
		}
		if w.doc.Tokens[first].UPOS == "DET" && first+1 < end {
			continue
		}
		if found = w.senses(first, end); len(found) > 0 {
			return first, found, true
		}
	}
	return end, nil, false
}

// longestStarting is the longest name that starts at token first and ends at end or before.
func (w *work) longestStarting(first, end int) (stop int, found []sense, ok bool) {
	if !w.t.heads[w.heads[first]] {
		return first, nil, false
	}
	for stop = min(end, first+w.t.longest); stop > first; stop-- {
		if tail := w.tails[stop-1]; tail != "" && !w.t.tails[tail] {
			continue
		}
		if found = w.senses(first, stop); len(found) > 0 {
			return stop, found, true
		}
	}
	return first, nil, false
}

func pick(found []sense, kinds ...senseKind) (sense, bool) {
	for _, k := range kinds {
		for _, s := range found {
			if s.kind == k {
				return s, true
			}
		}
	}
	return sense{}, false
}

// lower is the lower-cased form of a token.
func (w *work) lower(i int) string { return strings.ToLower(w.doc.Tokens[i].Form) }

// lemma is the lower-cased lemma of a token, or its form where the lemma is missing.
func (w *work) lemma(i int) string {
	if l := w.doc.Tokens[i].Lemma; l != "" && l != "_" {
		return strings.ToLower(l)
	}
	return w.lower(i)
}

// plural says whether a token is a noun in the plural.
func (w *work) plural(i int) bool {
	tok := &w.doc.Tokens[i]
	return tok.XPOS == "NNS" || tok.XPOS == "NNPS" || tok.Feat("Number") == "Plur" || tok.Feat("Number") == "Ptan"
}

// bare is the text of a phrase without articles and pronouns in front, or all of it when nothing is left.
func (w *work) bare(p phrase) string {
	if s := w.text(min(w.skipDet(p.first), p.end), p.end); s != "" {
		return s
	}
	return w.text(p.first, p.end)
}
