package parse

import (
	"fmt"
	"unicode"
	"unicode/utf8"

	"parley/internal/document"
	"parley/internal/model"
)

// sweep reads the tokens window by window. A window begins at a sentence start and holds as many whole
// words as fit; it ends with a paragraph where it can, or else with what is plainly a sentence. Where it ends
// inside one, that sentence is read again at the start of the next window; a sentence that fills a window
// alone is cut, with a notice. Every token is therefore read at most a few times, however long the paragraph.
func (p *Parser) sweep(w *work) error {
	session := p.net.session()
	defer session.release()
	tokens := w.doc.Tokens
	pieces := make([]int, len(tokens))
	for i := range tokens {
		pieces[i] = max(1, p.net.Pieces(tokens[i].Form))
	}
	ends, stops := w.paragraphEnds(), w.sentenceEnds()
	words := make([]model.Word, 0, p.budget)
	for at := 0; at < len(tokens); {
		end := p.windowEnd(at, pieces, ends, stops)
		words = words[:0]
		for i := at; i < end; i++ {
			words = append(words, model.Word{Text: tokens[i].Form, Gap: w.gaps[i]})
		}
		out, err := session.read(words)
		if err != nil {
			return fmt.Errorf("tokens %d to %d: %w", at, end, err)
		}
		starts := w.cutLong(w.sentenceStarts(at, end, out), end)
		next := end
		if !ends[end-1] && !stops[end-1] {
			next = starts[len(starts)-1]
			if next == at {
				next = w.cutBefore(at, end) // few words that fill a window
				w.noticeCut(at, next)
			} else {
				starts = starts[:len(starts)-1]
			}
		}
		w.starts = append(w.starts, starts...)
		if err := w.decode(out, at, end, starts, next); err != nil {
			return err
		}
		at = next
	}
	return nil
}

// paragraphEnds says of every token whether it is the last of its paragraph.
func (w *work) paragraphEnds() []bool {
	ends := make([]bool, len(w.doc.Tokens))
	for _, par := range w.paragraphs {
		ends[par.end-1] = true
	}
	return ends
}

// sentenceEnds says of every token whether a sentence ends with it as far as marks and capitals can tell, so that what
// follows begins one whatever the model says.
func (w *work) sentenceEnds() []bool {
	ends := make([]bool, len(w.doc.Tokens))
	for i := 1; i < len(w.doc.Tokens); i++ {
		if w.given != nil {
			ends[i-1] = w.given[i]
		} else {
			ends[i-1] = w.gaps[i] != model.GapNone && w.threshold(i) == startAfterStop && !w.mayNotStart(i)
		}
	}
	return ends
}

// windowEnd is where the window from token at ends: at the last end of a paragraph that leaves it at least
// half full, or else at the last such end of a sentence, or else where the pieces run out.
func (p *Parser) windowEnd(at int, pieces []int, ends, stops []bool) int {
	sum, end, tidy, calm := 0, at, 0, 0
	for end < len(pieces) && (end == at || sum+pieces[end] <= p.budget) {
		sum += pieces[end]
		end++
		if full := 2*sum >= p.budget; full && ends[end-1] {
			tidy = end
		} else if full && stops[end-1] {
			calm = end
		}
	}
	switch {
	case end == len(pieces):
		return end
	case tidy > 0:
		return tidy
	case calm > 0:
		return calm
	}
	return end
}

// maxSentence is how many tokens a sentence may have. A tree takes time cubic in them, so that a text without
// full stops would take many times as long as any other.
const maxSentence = 256

// cutLong adds starts inside the sentences that are longer than maxSentence, the last of which ends at token end.
func (w *work) cutLong(starts []int, end int) []int {
	var out []int
	for k, first := range starts {
		stop := end
		if k+1 < len(starts) {
			stop = starts[k+1]
		}
		out = append(out, first)
		for stop-first > maxSentence {
			cut := w.cutBefore(first, first+maxSentence)
			w.noticeCut(first, cut)
			first = cut
			out = append(out, first)
		}
	}
	return out
}

// cutBefore finds where to cut what begins at first: behind the last semicolon, comma or bracket of its second
// half, or at limit.
func (w *work) cutBefore(first, limit int) int {
	for i := limit - 1; i > first+(limit-first)/2; i-- {
		switch w.doc.Tokens[i].Form {
		case ";", ",", ":", ")", "—", "–":
			return i + 1
		}
	}
	return limit
}

func (w *work) noticeCut(first, end int) {
	w.doc.Notices = append(w.doc.Notices, document.Notice{Kind: "long_sentence", Span: w.doc.TokenSpan(first, end),
		Text: "a sentence is too long to be read in one piece and was cut"})
}

// Thresholds of the sentence head, by what stands before the word: a full stop with a capital after it (which
// ends a sentence whatever the model says, or nearly), an exclamation or question, any other end of a sentence,
// nothing of the kind.
const (
	startAfterStop  = 0.01
	startAfterCall  = 0.3
	startAfterEnd   = 0.5
	startAnywhere   = 0.6
	startAfterComma = 0.9 // after a comma
)

// sentenceStarts is where sentences begin in tokens [at, end), at first.
func (w *work) sentenceStarts(at, end int, out reading) []int {
	scores, _ := out.Scores("sent")
	starts := []int{at}
	n := len(w.labels.sent)
	for i := at + 1; i < end; i++ {
		if w.given != nil {
			if w.given[i] {
				starts = append(starts, i)
			}
			continue
		}
		if w.gaps[i] == model.GapLine {
			starts = append(starts, i)
			continue
		}
		row := scores[(i-at)*n : (i-at+1)*n]
		begin := softmaxOf(row, w.labels.begin)
		if begin >= startAfterStop && begin >= w.threshold(i) && !w.mayNotStart(i) {
			starts = append(starts, i)
		}
	}
	return starts
}

// mayNotStart forbids starts that no writer means: at a mark that closes something, at a clitic, inside
// what is written together, after a mark that opens something, and after a title such as "Gen.".
func (w *work) mayNotStart(i int) bool {
	form, before := w.doc.Tokens[i].Form, w.doc.Tokens[i-1].Form
	switch w.sides[i] {
	case closing:
		return true
	case noQuote:
		first, _ := utf8.DecodeRuneInString(form)
		if unicode.In(first, unicode.Pe, unicode.Pf) || first == '.' || first == ',' || first == ';' || first == ':' || first == '!' ||
			first == '?' || first == '%' || isApostrophe(first) {
			return true
		}
	}
	last, size := utf8.DecodeLastRuneInString(before)
	if w.sides[i-1] == opening || unicode.In(last, unicode.Ps, unicode.Pi) {
		return true
	}
	if last == '.' && size < len(before) && tokenLists().title(before[:len(before)-size]) {
		return true
	}
	return w.gaps[i] == model.GapNone && w.sides[i] != opening && w.sides[i-1] != closing && !isStop(before)
}

// threshold is how sure the model must be that token i begins a sentence. Marks that close may stand
// between it and the full stop, and marks that open before its first letter.
func (w *work) threshold(i int) float64 {
	for k := i - 1; k >= 0 && k >= i-4; k-- {
		form := w.doc.Tokens[k].Form
		first, _ := utf8.DecodeRuneInString(form)
		switch {
		case w.sides[k] == closing || unicode.In(first, unicode.Pe):
			continue
		case form == "." && w.begins(i) && w.gaps[i] != model.GapNone:
			return startAfterStop
		case (form == "!" || form == "?") && w.begins(i):
			return startAfterCall // a question may be quoted: “Will it hold?” Stone asked
		case isStop(form) || form[len(form)-1] == '.':
			return startAfterEnd
		case form == ",":
			return startAfterComma
		}
		break
	}
	return startAnywhere
}

// begins says whether a capital stands at token i, behind marks that open.
func (w *work) begins(i int) bool {
	for k := i; k < len(w.doc.Tokens) && k < i+3; k++ {
		first, _ := utf8.DecodeRuneInString(w.doc.Tokens[k].Form)
		if w.sides[k] != opening && !unicode.In(first, unicode.Ps) {
			return unicode.IsUpper(first)
		}
	}
	return false
}

// isStop says whether a token ends a sentence.
func isStop(form string) bool {
	switch form[len(form)-1] {
	case '.', '!', '?', ':', ';':
		return !isAlnum(rune(form[0]))
	}
	return form == "…"
}

// title says whether an abbreviation, without its stop, stands before a name and so never ends a sentence.
func (l *wordLists) title(word string) bool {
	s := scanner{lists: l}
	return len(word) <= l.longestAbbrev && s.abbreviation(word) == "title"
}
