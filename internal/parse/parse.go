package parse

import (
	"fmt"

	"parley/internal/document"
	"parley/internal/model"
)

// Parser analyses documents. It may be used by several goroutines at once.
type Parser struct {
	net    network
	budget int // pieces a window holds beside its two special ones
	labels labels
	broken error // what is wrong with the labels of the model
}

// windowPieces is how much is read at once. Attention takes time quadratic in it; longer windows, up to what the model
// takes, read no better (docs/model.md has the figures).
const windowPieces = 160

// New joins a parser to a model. A model whose labels do not serve is reported by Parse.
func New(m *model.Model) *Parser { return newParser(newLoaded(m), windowPieces) }

func newParser(net network, budget int) *Parser {
	p := &Parser{net: net, budget: budget}
	p.broken = p.labels.load(net)
	return p
}

// Parse fills the analysis of a document: tokens, sentences with tags and trees, names, marks, quotations,
// mentions with their chains. Only body text, headings, and a title that lies in the text are read. It
// returns an error only when the model fails; trouble in the text becomes a Notice.
func (p *Parser) Parse(doc *document.Document) error {
	if p.broken != nil {
		return fmt.Errorf("joining the parser to its model: %w", p.broken)
	}
	w := &work{doc: doc, net: p.net, labels: &p.labels}
	w.tokenise()
	w.sides = quoteSides(doc, w.paragraphs)
	if err := p.sweep(w); err != nil {
		return fmt.Errorf("reading %s: %w", doc.ID, err)
	}
	w.joinSentences()
	doc.Link()
	doc.Names = w.names()
	doc.Marks = w.marks()
	doc.Quotes = quotes(doc, w.paragraphs, w.sides)
	doc.Mentions = mentions(doc, &w.evidence)
	return nil
}

// work is a document on its way through the parser.
type work struct {
	doc        *document.Document
	net        network
	labels     *labels
	gaps       []model.Gap // of every token
	paragraphs []stretch
	sides      []side
	starts     []int  // first tokens of the sentences
	given      []bool // which tokens begin a sentence, when that is known beforehand; nil otherwise

	// Log probabilities of every token, a row each, for the heads that are decoded over the whole text.
	nameScores []float32
	markScores [len(markHeads)][]float32
	evidence   evidence
	nominals   nominals
	links      []int32 // per token, the first token of the cue it is linked to, noLink for none
}

// stretch is the tokens of one readable paragraph.
type stretch struct {
	first, end int // tokens
	paragraph  int // index in Document.Paragraphs
}

// tokenise fills the tokens of the paragraphs that are read.
func (w *work) tokenise() {
	doc := w.doc
	doc.Tokens, doc.Sentences = nil, nil
	for i, par := range doc.Paragraphs {
		switch par.Kind {
		case document.Body, document.Heading, document.Title:
		default:
			continue
		}
		at := par.Span
		if doc.DatelineSpan.Len() > 0 && at.Contains(doc.DatelineSpan) {
			at.Start = doc.DatelineSpan.End
		}
		if at.Start < 0 || at.End > len(doc.Text) || at.Empty() {
			continue
		}
		first := len(doc.Tokens)
		for k, s := range tokenSpans(doc.Text, at) {
			gap := model.GapSpace // a line break inside a paragraph is no more than white space
			switch {
			case k == 0:
				gap = model.GapLine
			case doc.Tokens[len(doc.Tokens)-1].Span.End == s.Start:
				gap = model.GapNone
			}
			w.gaps = append(w.gaps, gap)
			doc.Tokens = append(doc.Tokens, document.Token{Span: s, Form: doc.Slice(s), Head: -1})
		}
		if len(doc.Tokens) > first {
			w.paragraphs = append(w.paragraphs, stretch{first, len(doc.Tokens), i})
		}
	}
}

// joinSentences fills Document.Sentences from the starts found; the trees have set the roots' heads to -1.
func (w *work) joinSentences() {
	doc := w.doc
	par := 0
	for k, first := range w.starts {
		end := len(doc.Tokens)
		if k+1 < len(w.starts) {
			end = w.starts[k+1]
		}
		for w.paragraphs[par].end <= first {
			par++
		}
		sent := document.Sentence{First: first, End: end, Root: first, Paragraph: w.paragraphs[par].paragraph,
			Span: doc.TokenSpan(first, end), Meaning: w.meaning(first, end)}
		for i := first; i < end; i++ {
			if doc.Tokens[i].Head < 0 {
				sent.Root = i
			}
		}
		doc.Sentences = append(doc.Sentences, sent)
	}
}
