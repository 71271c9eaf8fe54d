package parse

import (
	"sync"

	"parley/internal/document"
)

var speechVerbs = sync.OnceValue(func() map[string]bool {
	set := map[string]bool{}
	for _, row := range readTable("speech.tsv", 1) {
		set[row[0]] = true
	}
	return set
})

// openQuote is a quotation whose end is still to come. mark is the token that opens it.
type openQuote struct {
	index  int // in quoter.out
	family family
	mark   int
}

// maxDepth is how deep quotations nest.
const maxDepth = 6

// quoter pairs the marks of a document.
type quoter struct {
	doc   *document.Document
	out   []document.Quote
	stack []openQuote
	// carried is the quote of the paragraph before that reached its end without a closing mark, -1 for none.
	carried       int
	carriedFamily family
}

// quotes finds the quotation spans, in the order they open. Each paragraph is paired on its own: a mark
// closes the innermost quotation of its family, and what was opened inside that is taken for unclosed. A
// quotation that reaches the end of its paragraph goes on in the next one when that begins with an opening
// mark of the same family, or when a mark closes there that nothing has opened.
func quotes(doc *document.Document, paragraphs []stretch, sides []side) []document.Quote {
	q := &quoter{doc: doc, carried: -1}
	for _, par := range paragraphs {
		q.stack = q.stack[:0]
		before, family := q.carried, q.carriedFamily
		q.carried = -1
		for i := par.first; i < par.end; i++ {
			switch sides[i] {
			case opening:
				q.open(i, par, before, family)
			case closing:
				q.close(i, par, before, family)
			}
		}
		q.endParagraph(par)
	}
	q.finish()
	return q.out
}

func (q *quoter) open(i int, par stretch, before int, carried family) {
	f := familyOf(q.doc.Tokens[i].Form)
	quote := document.Quote{Parent: -1, Continues: -1}
	quote.Span.Start, quote.Inner.Start = q.doc.Tokens[i].Span.Start, q.doc.Tokens[i].Span.End
	if before >= 0 && i == par.first && f == carried {
		quote.Continues = before
		q.out[before].Open = false
	}
	if len(q.stack) == maxDepth { // more than anybody nests: the outermost was never closed
		q.endOpen(q.stack[0], q.stack[1].mark)
		q.stack = append(q.stack[:0], q.stack[1:]...)
	}
	if len(q.stack) > 0 {
		quote.Parent = q.stack[len(q.stack)-1].index
	}
	q.stack = append(q.stack, openQuote{len(q.out), f, i})
	q.out = append(q.out, quote)
}

func (q *quoter) close(i int, par stretch, before int, carried family) {
	f := familyOf(q.doc.Tokens[i].Form)
	at := len(q.stack) - 1
	for at >= 0 && q.stack[at].family != f {
		at--
	}
	if at < 0 {
		q.closeCarried(i, par, before, carried)
		return
	}
	q.endAll(at+1, i)
	quote := &q.out[q.stack[at].index]
	quote.Inner.End, quote.Span.End = q.doc.Tokens[i].Span.Start, q.doc.Tokens[i].Span.End
	q.stack = q.stack[:at]
}

// closeCarried takes a mark that nothing in its paragraph has opened as the end of the quotation carried
// over from the paragraph before, when no other quotation stands in between.
func (q *quoter) closeCarried(i int, par stretch, before int, carried family) {
	if before < 0 || familyOf(q.doc.Tokens[i].Form) != carried || before != len(q.out)-1 {
		return
	}
	start := q.doc.Tokens[par.first].Span.Start
	q.out[before].Open = false
	q.out = append(q.out, document.Quote{
		Span:   document.Span{Start: start, End: q.doc.Tokens[i].Span.End},
		Inner:  document.Span{Start: start, End: q.doc.Tokens[i].Span.Start},
		Parent: -1, Continues: before,
	})
}

// endParagraph ends what is still open. The innermost top-level quotation that reaches the end may go on
// in the next paragraph.
func (q *quoter) endParagraph(par stretch) {
	q.endAll(0, par.end)
	if n := len(q.stack); n > 0 && q.out[q.stack[n-1].index].Span.End == q.doc.Tokens[par.end-1].Span.End {
		q.carried, q.carriedFamily = q.stack[n-1].index, q.stack[n-1].family
	}
}

// endAll ends the quotations from place at of the stack on, each before the next one's mark, the last
// before token limit.
func (q *quoter) endAll(at, limit int) {
	for k := at; k < len(q.stack); k++ {
		stop := limit
		if k+1 < len(q.stack) {
			stop = q.stack[k+1].mark
		}
		q.endOpen(q.stack[k], stop)
	}
}

// endOpen ends a quotation that has no closing mark: before the attribution that follows it (", he said"),
// or at token limit.
func (q *quoter) endOpen(open openQuote, limit int) {
	quote := &q.out[open.index]
	end := limit
	for i := open.mark + 3; i < limit; i++ {
		if q.tail(i, limit) {
			end = i
			break
		}
	}
	quote.Open = true
	quote.Span.End = q.doc.Tokens[end-1].Span.End
	quote.Inner.End = quote.Span.End
	if quote.Inner.End < quote.Inner.Start {
		quote.Inner.End = quote.Inner.Start
	}
}

// maxSpeaker is how many words the speaker in an attribution may take.
const maxSpeaker = 8

// tail says whether an attribution begins at token i, behind a comma or a stop: a speaker and a verb of
// saying, or the verb and the speaker, with nothing said after it.
func (q *quoter) tail(i, limit int) bool {
	switch q.doc.Tokens[i-1].Form {
	case ",", "!", "?", "–", "—", "--":
	default:
		return false
	}
	tokens, verbs := q.doc.Tokens, speechVerbs()
	if verbs[tokens[i].Lemma] && tokens[i].UPOS == "VERB" {
		return i+1 < limit && nominal(&tokens[i+1])
	}
	for k := i; k < min(limit, i+maxSpeaker); k++ {
		tok := &tokens[k]
		if tok.UPOS == "VERB" || tok.UPOS == "AUX" {
			return k > i && verbs[tok.Lemma] && tok.Feat("VerbForm") == "Fin" && q.nothingSaid(k)
		}
		if !nominal(tok) && tok.UPOS != "ADP" && tok.UPOS != "PART" && tok.Form != "-" {
			return false
		}
	}
	return false
}

// nominal says whether a token can be part of the name of a speaker.
func nominal(tok *document.Token) bool {
	switch tok.UPOS {
	case "PROPN", "NOUN", "DET", "ADJ":
		return true
	case "PRON":
		switch tok.Lemma {
		case "he", "she", "they", "his", "her", "their", "its":
			return true
		}
	}
	return false
}

// nothingSaid says whether a verb of saying has no clause of what is said after it.
func (q *quoter) nothingSaid(verb int) bool {
	for i := verb + 1; i < min(len(q.doc.Tokens), verb+40); i++ {
		if q.doc.Tokens[i].Head == verb && q.doc.Tokens[i].Is("ccomp", "xcomp", "obj") {
			return false
		}
	}
	return true
}

// finish fills the tokens of each quotation.
func (q *quoter) finish() {
	for i := range q.out {
		for up := q.out[i].Parent; up >= 0 && !q.out[up].Span.Contains(q.out[i].Span); up = q.out[i].Parent {
			q.out[i].Parent = q.out[up].Parent // it was unclosed and ended before this one
		}
		q.out[i].First, q.out[i].End = q.doc.TokensIn(q.out[i].Inner)
	}
}
