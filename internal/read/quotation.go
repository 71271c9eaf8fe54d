package read

import "parley/internal/document"

// speechLength is the number of words from which a quotation is taken for speech rather than for a word
// the writer keeps at arm's length.
const speechLength = 4

// quotations widens contents to the quotations they belong to, and finds speakers for quotations that no
// cue has claimed.
func (a *attributor) quotations() {
	for _, d := range a.drafts {
		if !d.dropped && len(d.content) > 0 && d.cue >= 0 {
			a.widen(d)
		}
	}
	for _, d := range a.drafts {
		a.toldNearer(d)
	}
	for q := range a.doc.Quotes {
		if a.doc.Quotes[q].Parent >= 0 || !a.readable(q) || a.claimed(q) != nil {
			continue
		}
		if d := a.goesOn(q); d != nil {
			a.join(d, q)
		} else if d := a.introduced(q); d != nil {
			a.join(d, q)
		} else if d := a.sameSpeaker(q); d != nil {
			a.drafts = append(a.drafts, d)
		}
	}
}

// readable says whether a quotation stands in copy and has words in it.
func (a *attributor) readable(q int) bool {
	quote := &a.doc.Quotes[q]
	if quote.First < 0 || quote.End > len(a.doc.Tokens) || quote.First >= quote.End {
		return false
	}
	s := a.doc.SentenceOf(quote.First)
	return s >= 0 && a.read[s]
}

// goesOn is the draft whose quotation this one goes on: the paragraph before left it unclosed, or nothing but
// the clause of saying stands between the two.
func (a *attributor) goesOn(q int) *draft {
	quote := &a.doc.Quotes[q]
	if quote.Continues >= 0 && quote.Continues < q {
		return a.claimed(quote.Continues)
	}
	for p := q - 1; p >= 0; p-- {
		prev := &a.doc.Quotes[p]
		if prev.Parent >= 0 || prev.End > quote.First {
			continue
		}
		d := a.claimed(p)
		if d == nil || a.paragraph(prev.First) != a.paragraph(quote.First) {
			return nil
		}
		if !a.sentenceStart(quote.First) { // “The families,” said the doctor, “have nothing left.”
			if has(d.quotes, p) && d.cue >= prev.End && d.cue < quote.First && quote.First-prev.End < 24 && a.afterComma(quote.First) && a.onlyComma(prev.End) {
				return d
			}
			return nil
		}
		end := prev.End
		if s := a.doc.SentenceOf(d.anchor()); s >= 0 && d.cue >= prev.End {
			end = max(end, a.doc.Sentences[s].End)
		}
		if has(d.quotes, p) && a.onlyPunctuation(end, quote.First) {
			return d
		}
		return nil
	}
	return nil
}

// afterComma says whether a comma stands in front of a quotation that begins at a token.
func (a *attributor) afterComma(first int) bool {
	for i := first - 1; i >= 0 && i >= first-3; i-- {
		if f := a.doc.Tokens[i].Form; f == "," || f == ";" {
			return true
		} else if !quoteMark(f) {
			return false
		}
	}
	return false
}

// onlyComma says whether a quotation that ends at a token ends with a comma: its sentence goes on.
func (a *attributor) onlyComma(end int) bool {
	for i := max(end-1, 0); i < len(a.doc.Tokens) && i <= end+1; i++ {
		if a.doc.Tokens[i].Form == "," {
			return true
		}
	}
	return false
}

// sentenceStart says whether nothing but punctuation stands before a token in its sentence.
func (a *attributor) sentenceStart(t int) bool {
	s := a.doc.SentenceOf(t)
	return s >= 0 && a.onlyPunctuation(a.doc.Sentences[s].First, t)
}

// introduced makes a draft for a verb that leads to a quotation without a clause of its own: the verb stands in
// front of a colon or comma, or right behind the quotation.
func (a *attributor) introduced(q int) *draft {
	quote := &a.doc.Quotes[q]
	v, colon := a.verbBefore(quote.First)
	if v < 0 {
		v = a.verbBehind(quote)
	}
	if v < 0 || !colon && (quote.End-quote.First < speechLength-1 || !a.hasVerb(quote)) {
		return nil
	}
	d := &draft{cue: v, same: -1, rule: "says, colon", act: "say", contentHead: quote.First, negated: a.negated(v)}
	for _, s := range a.senses(v) {
		if s.takes("that") || s.takes("that:hear") || s.takes("q") {
			d.act = s.act
			break
		}
	}
	d.cueFirst, d.cueEnd = a.cueRange(v)
	if d.negated || !a.happened(v) || a.passive(v) {
		return nil
	}
	if h := a.beyond(quote, v); h >= 0 && a.canSpeak(h, d) {
		d.sources = []int{h}
	} else if !a.speaker(d, v) || d.same == -2 && !a.follow(d) {
		return nil
	}
	if d.same == -2 {
		d.same = -1
	}
	for _, h := range d.sources {
		if a.quote[h] == q {
			return nil
		}
	}
	a.hearers(d, v, a.senses(v))
	a.add(d)
	return d
}

// beyond is a subject that a parser took from the quotation or missed: when the verb's own subject is inside
// the quotation or absent, the noun right behind or before the verb; -1 for none.
func (a *attributor) beyond(quote *document.Quote, v int) int {
	if s := a.doc.Child(v, "nsubj"); s >= 0 && (s < quote.First || s >= quote.End) || a.doc.Tokens[v].XPOS == "VBG" {
		return -1
	}
	for _, step := range []int{1, -1} {
		for i, n := v+step, 0; i >= 0 && i < len(a.doc.Tokens) && n < 6; i, n = i+step, n+1 {
			tok := &a.doc.Tokens[i]
			if tok.UPOS == "PUNCT" || tok.UPOS == "VERB" || a.quote[i] >= 0 {
				break
			}
			if tok.UPOS != "PROPN" && tok.UPOS != "PRON" && tok.UPOS != "NOUN" || a.timeAt[i] >= 0 {
				continue
			}
			if h := tok.Head; h >= 0 && (h-i == 1 || h-i == 2) && tok.Is("compound", "flat", "nmod:poss") && a.nominal(h) {
				continue // the head comes next
			}
			return i
		}
	}
	return -1
}

// speaks says whether a token is an unused verb of saying outside quotation marks, without an object or clause
// that would be its content.
func (a *attributor) speaks(v int) bool {
	if a.doc.Tokens[v].UPOS != "VERB" || a.quote[v] >= 0 || a.byCue[v] != nil {
		return false
	}
	hear := false
	saying := false
	for _, s := range a.senses(v) {
		hear = hear || s.takes("that:hear")
		saying = saying || s.takes("that") || s.takes("that:hear") || s.takes("q")
	}
	for _, c := range a.doc.Children(v) {
		tok := &a.doc.Tokens[c]
		if a.quote[c] < 0 && (tok.Is("obj") && !hear && int(c) > v && !a.person(int(c)) || tok.Is("xcomp") && a.clauseKind(int(c)) == "to") {
			return false
		}
	}
	return saying
}

// verbBefore is the verb of saying that a colon or comma leads from to the token, -1 for none, and whether it
// is a colon.
func (a *attributor) verbBefore(first int) (v int, colon bool) {
	i := first - 1
	for i >= 0 && quoteMark(a.doc.Tokens[i].Form) {
		i--
	}
	if i < 0 || a.doc.Tokens[i].Form != ":" && a.doc.Tokens[i].Form != "," {
		return -1, false
	}
	s := a.doc.SentenceOf(i)
	if s < 0 || !a.read[s] {
		return -1, false
	}
	colon = a.doc.Tokens[i].Form == ":"
	for v := i - 1; v >= a.doc.Sentences[s].First; v-- {
		if a.speaks(v) {
			return v, colon
		}
		if a.doc.Tokens[v].UPOS == "VERB" && !colon || a.quote[v] >= 0 {
			break // another verb is nearer
		}
	}
	return -1, false
}

// verbBehind is the verb of saying in the few words after a quotation that ends like speech, -1 for none.
func (a *attributor) verbBehind(quote *document.Quote) int {
	switch a.doc.Tokens[quote.End-1].Form {
	case ",", "?", "!", "…", "...", "—", "–":
	default:
		return -1
	}
	s := a.doc.SentenceOf(quote.End - 1)
	if s < 0 {
		return -1
	}
	end := a.doc.Sentences[s].End
	if quote.End >= end-1 && s+1 < len(a.doc.Sentences) && a.doc.Sentences[s+1].Paragraph == a.doc.Sentences[s].Paragraph {
		end = a.doc.Sentences[s+1].End
	}
	for v := quote.End; v < end && v < quote.End+9; v++ {
		if a.speaks(v) {
			return v
		}
		if a.doc.Tokens[v].UPOS == "VERB" || a.doc.Tokens[v].Form == ";" || v > quote.End+1 && a.doc.Tokens[v].Form == "." {
			break
		}
	}
	return -1
}

// sameSpeaker lets a quotation that fills a paragraph, or follows a statement in its own, go on from the
// speaker before.
func (a *attributor) sameSpeaker(q int) *draft {
	quote := &a.doc.Quotes[q]
	if quote.End-quote.First < speechLength || !a.sentenceStart(quote.First) || !a.hasVerb(quote) {
		return nil
	}
	last := a.lastSpoken(quote.First)
	if near := a.lastActed(quote.First); near != nil && (last == nil || near.start() > last.start()) {
		last = near
	}
	if last == nil {
		return nil
	}
	d := &draft{cue: -1, same: -1, act: "say", quotes: []int{q}, contentHead: quote.First, content: a.tokens(quote.First, quote.End)}
	here, there := a.paragraph(quote.First), a.paragraph(last.content[len(last.content)-1])
	switch {
	case here == there:
		d.rule = "quotation, near speaker"
	case here-there == 1 && len(last.quotes) > 0 && a.fills(quote, here):
		d.rule = "quotation, same speaker"
	default:
		return nil
	}
	if last.cue >= 0 {
		d.same = last.cue
	}
	if d.sources = a.speakers(last); len(d.sources) == 0 {
		return nil
	}
	if d.same >= 0 {
		d.sources = nil
	}
	return d
}

func (a *attributor) hasVerb(quote *document.Quote) bool {
	for t := quote.First; t < quote.End; t++ {
		switch a.doc.Tokens[t].XPOS {
		case "VBD", "VBZ", "VBP", "MD", "VB":
			return true
		}
	}
	return false
}

// lastSpoken is the last outermost draft of saying that ends before a token; nil for none.
func (a *attributor) lastSpoken(t int) *draft {
	var last *draft
	for _, d := range a.drafts {
		if d.dropped || len(d.content) == 0 || !saying(d.act) || d.cue >= t || d.content[0] >= t || d.cue >= 0 && a.quote[d.cue] >= 0 {
			continue
		}
		if last == nil || d.start() >= last.start() && (d.cue < 0 || !contains(last.content, d.cue)) {
			last = d
		}
	}
	return last
}

// lastActed is the last draft of any act in the sentence before a token; nil for none.
func (a *attributor) lastActed(t int) *draft {
	s := a.doc.SentenceOf(t)
	if s < 1 || a.doc.Sentences[s-1].Paragraph != a.doc.Sentences[s].Paragraph {
		return nil
	}
	var last *draft
	for _, d := range a.drafts {
		if !d.dropped && d.cue >= a.doc.Sentences[s-1].First && d.cue < a.doc.Sentences[s-1].End && a.quote[d.cue] < 0 && len(d.content) > 0 &&
			(a.doc.Tokens[d.cue].Head < 0 || last == nil && len(d.sources) > 0 && d.rule != "noun") {
			last = d
		}
	}
	return last
}

// fills says whether a quotation is all or nearly all of its paragraph.
func (a *attributor) fills(quote *document.Quote, paragraph int) bool {
	if paragraph < 0 || paragraph >= len(a.doc.Paragraphs) {
		return false
	}
	span := a.doc.Paragraphs[paragraph].Span
	return 10*quote.Span.Len() >= 6*span.Len() && quote.Span.Start <= span.Start+2
}

// contentSpans are the ranges of text a content covers: punctuation at their edges is not part of them, the
// marks of a quotation are.
func (a *attributor) contentSpans(d *draft) []document.Span {
	var out []document.Span
	for i := 0; i < len(d.content); {
		j := i + 1
		for j < len(d.content) && a.onlyMarks(d.content[j-1]+1, d.content[j]) {
			j++
		}
		if span, ok := a.trimmed(d, d.content[i], d.content[j-1]+1); ok {
			out = append(out, span)
		}
		i = j
	}
	return out
}

// onlyMarks says whether only punctuation lies between two pieces of content.
func (a *attributor) onlyMarks(first, end int) bool {
	for i := first; i < end; i++ {
		if a.doc.Tokens[i].UPOS != "PUNCT" {
			return false
		}
	}
	return true
}

// trimmed is the span of the tokens [first, end) without punctuation and conjunctions at its edges.
func (a *attributor) trimmed(d *draft, first, end int) (document.Span, bool) {
	for first < end && (a.edge(first) || a.doc.Tokens[first].UPOS == "CCONJ" && a.quote[first] < 0) {
		first++
	}
	for end > first && a.edge(end-1) {
		end--
	}
	if first >= end {
		return document.Span{}, false
	}
	span := a.doc.TokenSpan(first, end)
	for _, t := range []int{first, end - 1} {
		q := a.quote[t]
		if q < 0 || d.cue >= 0 && a.quote[d.cue] == q && !a.doc.Quotes[q].Open {
			continue
		}
		quote := &a.doc.Quotes[q]
		if a.onlyMarks(quote.First, first) && quote.First <= first {
			span.Start = min(span.Start, quote.Span.Start)
		}
		if end <= quote.End && a.onlyMarks(end, quote.End) && !a.leaks(quote, d, end) {
			span.End = max(span.End, quote.Span.End)
		}
	}
	return span, true
}

// leaks says whether an unclosed quotation runs on over the cue behind a content that ends at a token.
func (a *attributor) leaks(quote *document.Quote, d *draft, end int) bool {
	return quote.Open && d.cue >= 0 && end <= d.cue && quote.Span.End > a.doc.Tokens[d.cue].Span.Start
}

// edge says whether a token is punctuation that does not belong to what stands beside it.
func (a *attributor) edge(t int) bool {
	tok := &a.doc.Tokens[t]
	return tok.UPOS == "PUNCT" && tok.Form != ")" && tok.Form != "(" && tok.Form != "%"
}

// quotation tells how much of a content is in quotation marks of its own.
func (a *attributor) quotation(d *draft, spans []document.Span) string {
	own := -1
	if d.cue >= 0 {
		own = a.quote[d.cue]
	}
	in, out := 0, 0
	for _, s := range spans {
		first, end := a.doc.TokensIn(s)
		for t := first; t < end; t++ {
			if a.doc.Tokens[t].UPOS == "PUNCT" {
				continue
			}
			if q := a.quote[t]; q >= 0 && (q != own || a.doc.Quotes[q].Open && d.rule == "says, host") {
				in++
			} else {
				out++
			}
		}
	}
	switch {
	case in > 0 && out == 0, d.rule == "transcript":
		return "direct"
	case in > 0:
		return "mixed"
	}
	return "indirect"
}
