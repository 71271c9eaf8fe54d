package parse

import (
	"slices"

	"parley/internal/document"
)

// mentions finds the mentions of a parsed document, in the order of their first tokens, and numbers their
// chains, with what the model says of them; nil for no model.
func mentions(doc *document.Document, says *evidence) []document.Mention {
	found := findMentions(doc)
	resolve(doc, found, says)
	return found
}

// findMentions finds every pronoun that refers and every noun phrase headed by a noun or a proper noun. A
// part of a name is no mention, nor is a title before a name; a possessor and a place named before a noun
// ("Syria policy") are mentions of their own inside the larger one. Entity is left zero.
func findMentions(doc *document.Document) []document.Mention {
	inName := nameIndex(doc)
	b := bounds{doc: doc, firsts: make([]int, len(doc.Tokens)), ends: make([]int, len(doc.Tokens))}
	var out []document.Mention
	for i := range doc.Tokens {
		tok := &doc.Tokens[i]
		switch {
		case tok.UPOS == "PRON" && refers(tok), tok.Lemma == "both" && tok.Is("nsubj", "obj", "iobj", "obl", "nmod"):
			out = append(out, document.Mention{First: i, End: i + 1, Head: i, Kind: document.Pronoun})
		case tok.UPOS == "NOUN" || tok.UPOS == "PROPN":
			if partOfName(doc, inName, i) {
				continue
			}
			first, end := b.phrase(i)
			kind := document.Nominal
			if tok.UPOS == "PROPN" || inName[i] > 0 && doc.Names[inName[i]-1].Kind != "TIME" {
				kind = document.Named
			}
			if inName[i] > 0 && nameHead(doc, doc.Names[inName[i]-1]) == i { // whatever the tree says, a name is whole
				name := doc.Names[inName[i]-1]
				first, end = min(first, name.First), max(end, name.End)
			}
			out = append(out, document.Mention{First: first, End: end, Head: i, Kind: kind})
		}
	}
	slices.SortStableFunc(out, func(a, b document.Mention) int {
		if a.First != b.First {
			return a.First - b.First
		}
		return b.End - a.End
	})
	return out
}

// refers says whether a pronoun can refer to somebody or something that is named elsewhere.
func refers(tok *document.Token) bool {
	if tok.Is("expl", "det") {
		return false
	}
	switch tok.Feat("PronType") {
	case "Dem", "Int", "Ind", "Neg", "Tot", "Rcp":
		return false
	case "Rel":
		return tok.Lemma == "who" || tok.Lemma == "which" || tok.Lemma == "that" || tok.Lemma == "whom" || tok.Lemma == "whose"
	}
	return true
}

// nameIndex gives each token 1 + the index of the name it is in.
func nameIndex(doc *document.Document) []int {
	in := make([]int, len(doc.Tokens))
	for i, n := range doc.Names {
		for t := n.First; t < n.End; t++ {
			in[t] = i + 1
		}
	}
	return in
}

// nameHead is the first token of a name whose head lies outside it.
func nameHead(doc *document.Document, n document.Name) int {
	for t := n.First; t < n.End; t++ {
		if h := doc.Tokens[t].Head; h < n.First || h >= n.End {
			return t
		}
	}
	return n.First
}

// partOfName says whether a noun stands inside a name or title that another token heads. A possessor in
// front of a name is a mention of its own.
func partOfName(doc *document.Document, inName []int, i int) bool {
	tok := &doc.Tokens[i]
	if tok.Head < 0 {
		return false
	}
	if tok.Is("flat", "fixed", "goeswith", "nmod:desc", "discourse") {
		return true
	}
	if n := inName[i]; n > 0 {
		return nameHead(doc, doc.Names[n-1]) != i && tok.Rel != "nmod:poss" || doc.Names[n-1].Kind == "TIME" && tok.Is("compound")
	}
	if up := &doc.Tokens[tok.Head]; tok.Is("nmod") && up.Rel == "nmod:desc" && len(doc.Names) > 0 {
		return true // "Secretary of State" before a name
	}
	return tok.Is("compound") && (tok.UPOS == "NOUN" || len(doc.Names) > 0 || doc.Tokens[tok.Head].UPOS == "PROPN")
}

// bounds finds the token ranges of phrases, each once.
type bounds struct {
	doc    *document.Document
	firsts []int // ranges found so far; an end of 0 means not yet
	ends   []int
	deep   int
}

// maxDeep bounds how far phrase follows phrases inside phrases; what lies deeper is taken whole.
const maxDeep = 40

// phrase is the range of the noun phrase that token i heads: without a preposition before it, without
// relative clauses, appositions, further conjuncts and the marks around them, and without 's behind it.
// A head that is a predicate keeps only what belongs to the noun.
func (b *bounds) phrase(i int) (first, end int) {
	if b.ends[i] > 0 {
		return b.firsts[i], b.ends[i]
	}
	first, end = i, i+1
	open := true
	for _, c := range b.doc.Children(i) {
		child := int(c)
		tok := &b.doc.Tokens[child]
		switch {
		case child < i && inside(tok) && (tok.Rel != "nmod" && !tok.Is("acl")):
			first = min(first, b.left(child))
		case child < i && !tok.Is("punct"): // a preposition, a subject: the phrase begins behind it
			first = i
		case child < i || !open || tok.Is("punct"):
		case tok.Is("acl") && b.doc.Tokens[end].Form == ",":
			open = false // a clause set off by a comma says something more
		case inside(tok):
			end = max(end, b.right(child))
		default:
			open = false // whatever stands behind a relative clause is outside
		}
	}
	for first < i && b.doc.Tokens[first].Is("punct") && !b.doc.Tokens[first+1].Is("punct") {
		first++
	}
	b.firsts[i], b.ends[i] = first, end
	return first, end
}

// inside says whether a dependent of a noun belongs to its phrase.
func inside(tok *document.Token) bool {
	if tok.Rel == "acl:relcl" {
		return false
	}
	return tok.Is("det", "amod", "nummod", "compound", "flat", "fixed", "goeswith", "nmod", "acl") ||
		tok.Is("advmod") && (tok.UPOS == "ADV" && tok.Lemma != "not") && tok.Feat("PronType") == ""
}

func (b *bounds) left(child int) int {
	first, _ := b.doc.Subtree(child)
	return first
}

func (b *bounds) right(child int) int {
	tok := &b.doc.Tokens[child]
	if (tok.UPOS == "NOUN" || tok.UPOS == "PROPN") && b.deep < maxDeep {
		b.deep++
		_, end := b.phrase(child)
		b.deep--
		return end
	}
	_, end := b.doc.Subtree(child)
	for end > child+1 && b.doc.Tokens[end-1].Is("punct") {
		end--
	}
	return end
}
