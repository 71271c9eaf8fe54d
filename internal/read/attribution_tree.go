package read

import (
	"sort"
	"strings"
)

// lower is the form of a token in lower case.
func (a *attributor) lower(i int) string { return strings.ToLower(a.doc.Tokens[i].Form) }

// under collects the tokens at and below top, ascending, without those at and below any of the others.
func (a *attributor) under(top int, without ...int) []int {
	var out []int
	stack := []int{top}
	for len(stack) > 0 {
		t := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if has(without, t) {
			continue
		}
		out = append(out, t)
		for _, c := range a.doc.Children(t) {
			stack = append(stack, int(c))
		}
	}
	sort.Ints(out)
	return out
}

func has(list []int, x int) bool {
	for _, y := range list {
		if x == y {
			return true
		}
	}
	return false
}

// union merges ascending lists of tokens.
func union(lists ...[]int) []int {
	var out []int
	for _, l := range lists {
		out = append(out, l...)
	}
	sort.Ints(out)
	n := 0
	for i, t := range out {
		if i == 0 || t != out[n-1] {
			out[n] = t
			n++
		}
	}
	return out[:n]
}

// caseOf is the preposition of a phrase, lower case; empty for none.
func (a *attributor) caseOf(i int) string {
	for _, c := range a.doc.Children(i) {
		if tok := &a.doc.Tokens[c]; tok.Is("case") && int(c) < i && tok.UPOS != "PART" {
			return a.lower(int(c))
		}
	}
	return ""
}

// oblique is the first dependent of i that is a phrase with the preposition; nouns have nmod, verbs obl.
func (a *attributor) oblique(i int, prep string) int {
	for _, c := range a.doc.Children(i) {
		if a.doc.Tokens[c].Is("obl", "nmod", "xcomp", "obj", "dep") && a.caseOf(int(c)) == prep && a.nominal(int(c)) {
			return int(c)
		}
	}
	return -1
}

// clauseKind tells how a clause is built: "to" (infinitive), "ing" (gerund), "bare" (no verb form of its own
// that tells), "that" (finite).
func (a *attributor) clauseKind(c int) string {
	subject := a.doc.Child(c, "nsubj", "csubj", "expl") >= 0
	for _, k := range a.doc.Children(c) {
		tok := &a.doc.Tokens[k]
		if tok.Is("mark", "aux") && a.lower(int(k)) == "to" {
			return "to"
		}
		if tok.Is("aux", "cop", "aux:pass") && tok.XPOS != "VBG" && tok.XPOS != "VB" {
			return "that"
		}
	}
	tok := &a.doc.Tokens[c]
	switch {
	case tok.XPOS == "VBG":
		return "ing"
	case subject || tok.XPOS == "VBD" || tok.XPOS == "VBZ" || tok.XPOS == "VBP":
		return "that"
	}
	return "bare"
}

// passive says whether a verb stands in the passive.
func (a *attributor) passive(v int) bool {
	return a.doc.Child(v, "aux:pass", "nsubj:pass") >= 0
}

// nominal says whether a token heads a noun phrase.
func (a *attributor) nominal(i int) bool {
	switch a.doc.Tokens[i].UPOS {
	case "NOUN", "PROPN", "PRON", "NUM", "X":
		return true
	case "ADJ", "DET": // "the poor", "some"
		return a.doc.Tokens[i].Is("nsubj", "obj", "iobj", "obl", "nmod")
	}
	return false
}

// phrases makes a phrase of every head: the noun phrase without relative clauses, appositions and the
// possessive mark, with its conjuncts.
func (a *attributor) phrases(heads []int) []Phrase {
	var out []Phrase
	for _, h := range heads {
		if p := a.paired(h); p >= 0 {
			first, end := a.block(p, a.core(p, -1))
			out = append(out, Phrase{Head: p, First: first, End: end})
		}
		first, end := a.block(h, a.core(h, -1))
		if name, stop := a.torn(end); stop > end {
			h, end = name, stop
		}
		out = append(out, Phrase{Head: h, First: first, End: end})
	}
	return out
}

// paired is a name that a tree has hung on a noun as its possessor without a possessive mark, where "and" stands between
// the two ("Blinken and Western capitals"): they are two; -1 for none.
func (a *attributor) paired(h int) int {
	p := a.doc.Child(h, "nmod:poss")
	if p < 0 || a.doc.Tokens[p].UPOS != "PROPN" || a.doc.Child(p, "case") >= 0 {
		return -1
	}
	for i := p + 1; i < h; i++ {
		if a.doc.Tokens[i].UPOS == "CCONJ" {
			return p
		}
	}
	return -1
}

// torn finds a person's name that goes on right behind a phrase ("Col. | Zaw Lin") and that a tree has not joined to it:
// the token to stand for it and its end; the end given when there is none.
func (a *attributor) torn(end int) (head, stop int) {
	names := a.doc.Names
	for i := sort.Search(len(names), func(j int) bool { return names[j].End > end }); i < len(names) && names[i].First <= end; i++ {
		n := &names[i]
		if n.Kind != "PER" || n.End <= end || n.First > end || n.End > len(a.doc.Tokens) || end == 0 || a.doc.Tokens[end-1].UPOS == "PUNCT" && a.doc.Tokens[end-1].Form != "." {
			continue
		}
		head = end
		for t := n.First; t < n.End; t++ {
			if a.chainOf[t] >= 0 {
				head = t
				break
			}
		}
		return head, n.End
	}
	return -1, end
}

// core are the tokens of a noun phrase without clauses, appositions and prepositions of the phrase itself;
// cue, if any, is a token whose clause must not be part of it.
func (a *attributor) core(h, cue int) []int {
	out := []int{h}
	pair := a.paired(h)
	for _, c := range a.doc.Children(h) {
		tok := &a.doc.Tokens[c]
		switch {
		case int(c) == pair:
			continue
		case tok.Is("case", "acl", "appos", "parataxis", "ccomp", "advcl", "cop", "nsubj", "aux", "mark", "punct", "csubj", "dislocated", "obl", "advmod", "discourse"):
			continue
		case tok.Is("dep", "orphan", "cc") || tok.Is("amod") && int(c) > h || cue >= 0 && a.doc.Under(cue, int(c)) || a.negated(int(c)):
			continue // "Belarus, not Russia"
		case tok.Is("conj") && !a.nominal(int(c)):
			continue
		}
		out = append(out, a.under(int(c))...)
	}
	sort.Ints(out)
	return out
}

// block is the range around the head without a hole bigger than punctuation and conjunctions.
func (a *attributor) block(h int, toks []int) (first, end int) {
	at := sort.SearchInts(toks, h)
	first, end = h, h+1
	for i := at - 1; i >= 0 && a.bridged(toks[i]+1, first); i-- {
		first = toks[i]
	}
	for i := at + 1; i < len(toks) && a.bridged(end, toks[i]); i++ {
		end = toks[i] + 1
	}
	for end > h+1 && a.doc.Tokens[end-1].UPOS == "PUNCT" && !closing(a.doc.Tokens[end-1].Form) {
		end--
	}
	return first, end
}

// bridged says whether the tokens [from, to) may be missing inside a phrase.
func (a *attributor) bridged(from, to int) bool {
	if to-from > 4 {
		return false
	}
	for i := from; i < to; i++ {
		if u := a.doc.Tokens[i].UPOS; u != "PUNCT" && u != "CCONJ" {
			return false
		}
	}
	return true
}

func closing(form string) bool { return form == ")" || form == "]" || quoteMark(form) }

func quoteMark(form string) bool {
	switch form {
	case `"`, "“", "”", "'", "‘", "’", "''", "``", "«", "»", "„", "‟", "‹", "›":
		return true
	}
	return false
}

// nameKind is the kind of name a token belongs to, empty for none.
func (a *attributor) nameKind(i int) string {
	names := a.doc.Names
	k := sort.Search(len(names), func(j int) bool { return names[j].End > i })
	if k < len(names) && names[k].First <= i {
		return names[k].Kind
	}
	return ""
}

// entity is the coreference chain of the mention headed by a token, -1 for none.
func (a *attributor) entity(i int) int { return a.chainOf[i] }

// named says whether the chain of a pronoun or noun has a name in it.
func (a *attributor) named(i int) bool { return a.chainOf[i] >= 0 && a.hasName[a.chainOf[i]] }
