package read

import (
	"strings"

	"parley/internal/document"
	"parley/internal/times"
)

// readTimes finds the expressions of time in every paragraph, with the tokens they cover and the verb whose
// time they give.
func readTimes(doc *document.Document) []Time {
	var out []Time
	for _, para := range doc.Paragraphs {
		for _, expr := range times.Find(doc.Slice(para.Span)) {
			span := document.Span{Start: expr.Span.Start + para.Span.Start, End: expr.Span.End + para.Span.Start}
			first, end := tokensOver(doc, span)
			t := Time{Span: span, First: first, End: end, Expr: expr, Anchor: -1}
			if first < end {
				t.Anchor, t.Tense = anchor(doc, first, end)
			}
			out = append(out, t)
		}
	}
	return out
}

// tokensOver is the range of tokens that share a byte with a span.
func tokensOver(doc *document.Document, span document.Span) (first, end int) {
	first, end = doc.TokensIn(span)
	for first > 0 && doc.Tokens[first-1].Span.End > span.Start {
		first--
	}
	for end < len(doc.Tokens) && doc.Tokens[end].Span.Start < span.End {
		end++
	}
	return first, end
}

// anchor is the verb that the tokens [first, end) hang on, and its tense; -1 for none.
func anchor(doc *document.Document, first, end int) (verb int, tense string) {
	h := -1
	for i := first; i < end; i++ {
		if g := doc.Tokens[i].Head; g < first || g >= end {
			h = g
			break
		}
	}
	for n := 0; h >= 0 && n < deepest; n++ {
		tok := &doc.Tokens[h]
		if tok.UPOS == "VERB" || tok.UPOS == "AUX" || doc.Child(h, "cop", "aux") >= 0 || tok.Head < 0 && doc.Child(h, "nsubj") >= 0 {
			return h, timeOf(doc, h)
		}
		h = tok.Head
	}
	return -1, ""
}

// timeOf is the tense of a predicate; that of a participle which has none of its own, "speaking on Tuesday, she said", is
// that of the predicate it goes along with.
func timeOf(doc *document.Document, v int) string {
	for n := 0; n < deepest; n++ {
		tok := &doc.Tokens[v]
		plain := doc.Child(v, "aux", "cop") < 0
		participle := tok.XPOS == "VBG" && tok.Is("acl", "advcl") && plain
		noun := n > 0 && tok.UPOS != "VERB" && plain // that the participle stands beside
		if tok.Head < 0 || !participle && !noun {
			break
		}
		v = tok.Head
	}
	return tenseOf(doc, v)
}

// tenseOf tells the time a predicate speaks of: past, present or future; empty when its form does not tell.
func tenseOf(doc *document.Document, v int) string {
	tense := verbTense(doc.Tokens[v].XPOS)
	for _, c := range doc.Children(v) {
		tok := &doc.Tokens[c]
		if tok.Is("mark", "aux") && strings.EqualFold(tok.Form, "to") {
			return "future"
		}
		if !tok.Is("aux", "aux:pass", "cop") {
			continue
		}
		switch strings.ToLower(tok.Form) {
		case "will", "'ll", "’ll", "wo", "shall", "would", "could", "may", "might", "should", "'d", "’d", "can", "ca", "must":
			return "future"
		case "has", "have", "had", "'ve", "’ve":
			return "past"
		}
		if t := verbTense(tok.XPOS); t != "" {
			tense = t
		}
	}
	return tense
}

func verbTense(xpos string) string {
	switch xpos {
	case "VBD", "VBN":
		return "past"
	case "VBZ", "VBP":
		return "present"
	}
	return ""
}
