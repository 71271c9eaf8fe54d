package read

// contrast ends a content before a clause that sets the words of somebody else, or the text's own, against it: "…, while Ruud put the
// number at 600", "…, but it gave no details". The clause must have a subject of its own, and be hung on the cue, or be itself what
// somebody else says; in quotation marks all is the speaker's.
func (a *attributor) contrast(d *draft) {
	if d.cue < 0 || d.contentHead < d.cue || d.rule != "says" && d.rule != "model" || len(d.content) == 0 {
		return
	}
	for t := d.contentHead + 1; t < d.content[len(d.content)-1]; t++ {
		if a.quote[t] >= 0 || !a.opposes(t) {
			continue
		}
		x := a.doc.Tokens[t].Head
		if x < t || a.quote[x] >= 0 {
			continue
		}
		if subject := a.doc.Child(x, "nsubj", "nsubj:pass", "expl"); subject < t || subject > x {
			continue
		}
		if comma := a.doc.Tokens[t-1].Form == ","; comma && (a.doc.Tokens[x].Head == d.cue || a.speaksItself(x) || a.leavesQuote(d)) || a.counts(x) {
			a.cutBefore(d, t)
			return
		}
	}
}

// cutBefore takes from a content all from a token on, and a comma before it.
func (a *attributor) cutBefore(d *draft, t int) {
	n := 0
	for n < len(d.content) && d.content[n] < t && (d.content[n] != t-1 || a.doc.Tokens[t-1].Form != ",") {
		n++
	}
	if n > 0 {
		d.content = d.content[:n]
	}
}

// opposes: a conjunction that sets one clause against another.
func (a *attributor) opposes(t int) bool {
	switch a.lower(t) {
	case "while", "whereas", "but":
		return a.doc.Tokens[t].Is("mark", "cc")
	}
	return false
}

// speaksItself says whether a clause is an attribution to somebody named.
func (a *attributor) speaksItself(x int) bool {
	e := a.byCue[x]
	return e != nil && !e.dropped && len(e.sources) > 0 && a.doc.Tokens[e.sources[0]].UPOS == "PROPN"
}

// leavesQuote: all the words before are in quotation marks, and the clause is not.
func (a *attributor) leavesQuote(d *draft) bool {
	q := a.quote[d.contentHead]
	return q >= 0 && q != a.quote[d.cue] && a.quote[a.firstWord(d.content)] == q
}

// counts: "officials put the toll at 20": a clause by which somebody gives a number of their own.
func (a *attributor) counts(x int) bool {
	o := a.doc.Child(x, "obj")
	words := eventLexicon().words
	s := a.doc.Child(x, "nsubj")
	return o > x && s >= 0 && a.doc.Tokens[s].UPOS != "PRON" && words["gives"][a.lemma(x)] && words["tally"][a.lemma(o)]
}
