package parse

import (
	"parley/internal/document"
)

// Meaning is the direction that stands for what a text says, as Sentence.Meaning is for a sentence; nil where the
// model gives none.
func (p *Parser) Meaning(text string) []int8 {
	at := document.Span{End: len(text)}
	return p.net.Meaning(func(yield func(string) bool) {
		for _, s := range tokenSpans(text, at) {
			if !yield(text[s.Start:s.End]) {
				return
			}
		}
	})
}

// meaning is that of the tokens [first, end).
func (w *work) meaning(first, end int) []int8 {
	return w.net.Meaning(func(yield func(string) bool) {
		for i := first; i < end; i++ {
			if !yield(w.doc.Tokens[i].Form) {
				return
			}
		}
	})
}
