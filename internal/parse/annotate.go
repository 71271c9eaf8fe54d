package parse

import (
	"fmt"
	"strings"

	"parley/internal/document"
	"parley/internal/model"
)

// Annotate fills tags, lemmas, trees, names, marks, quotations and mentions of a document whose tokens and sentences
// are given, and keeps those: for measuring on treebanks. Sentences must follow each other without a gap between them.
func (p *Parser) Annotate(doc *document.Document) error {
	if p.broken != nil {
		return fmt.Errorf("joining the parser to its model: %w", p.broken)
	}
	w := &work{doc: doc, net: p.net, labels: &p.labels, given: make([]bool, len(doc.Tokens))}
	for i := range doc.Tokens {
		w.gaps = append(w.gaps, gapBefore(doc, i))
	}
	for k, sent := range doc.Sentences {
		w.given[sent.First] = true
		if k == 0 || sent.Paragraph != doc.Sentences[k-1].Paragraph {
			w.paragraphs = append(w.paragraphs, stretch{first: sent.First, paragraph: sent.Paragraph})
		}
		w.paragraphs[len(w.paragraphs)-1].end = sent.End
	}
	w.sides = quoteSides(doc, w.paragraphs)
	if err := p.sweep(w); err != nil {
		return fmt.Errorf("annotating %s: %w", doc.ID, err)
	}
	doc.Link()
	doc.Names = w.names()
	doc.Marks = w.marks()
	doc.Quotes = quotes(doc, w.paragraphs, w.sides)
	doc.Mentions = mentions(doc, &w.evidence)
	return nil
}

// gapBefore is the white space before token i.
func gapBefore(doc *document.Document, i int) model.Gap {
	if i == 0 {
		return model.GapLine
	}
	between := doc.Text[doc.Tokens[i-1].Span.End:doc.Tokens[i].Span.Start]
	switch {
	case between == "":
		return model.GapNone
	case strings.Contains(between, "\n"):
		return model.GapLine
	}
	return model.GapSpace
}
