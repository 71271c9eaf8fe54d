package read

import "parley/internal/document"

// models makes attributions of what the model marks and the tables do not know: first where the tree gives the
// marked cue a speaker and a content that agree with the marks, then where the three marks stand together.
func (a *attributor) models() {
	for _, m := range a.doc.Marks {
		if m.Kind != document.MarkCue || m.First < 0 || m.End > len(a.doc.Tokens) || m.First >= m.End || a.used(m.First, m.End) {
			continue
		}
		v := a.markHead(m.First, m.End)
		if v < 0 {
			continue
		}
		if x := a.doc.Tokens[v].XPOS; (x == "VBN" || x == "VBD" && a.sentenceStart(v)) && a.doc.Child(v, "aux", "aux:pass", "cop", "nsubj") < 0 && !a.doc.Tokens[v].Is("conj") {
			continue // "Asked about the raid, he left": a passive without its auxiliary
		}
		if s := a.doc.SentenceOf(v); s < 0 || !a.read[s] || !a.happened(v) || a.negated(v) {
			continue
		}
		if !a.modelCue(v, m) {
			a.modelNear(v, m)
		}
	}
}

// markHead is the verb of a mark that governs the others, -1 for none.
func (a *attributor) markHead(first, end int) int {
	for i := first; i < end; i++ {
		if h := a.doc.Tokens[i].Head; (h < first || h >= end) && a.doc.Tokens[i].UPOS == "VERB" {
			return i
		}
	}
	return -1
}

func (a *attributor) used(first, end int) bool {
	for i := first; i < end; i++ {
		if a.byCue[i] != nil {
			return true
		}
	}
	return false
}

// knownAct is the act the tables give a verb, "say" for verbs they do not know.
func (a *attributor) knownAct(v int) string {
	if senses := a.senses(v); len(senses) > 0 {
		return senses[0].act
	}
	return "say"
}

// modelCue takes speaker and content from the tree.
func (a *attributor) modelCue(v int, m document.Mark) bool {
	d := &draft{cue: v, cueFirst: m.First, cueEnd: m.End, same: -1, act: a.knownAct(v)}
	for _, c := range a.doc.Children(v) {
		c := int(c)
		if tok := &a.doc.Tokens[c]; !tok.Is("ccomp", "xcomp", "obj", "obl") {
			continue
		}
		if toks := a.under(c); a.share(document.MarkContent, toks) > 0.6 {
			d.content, d.contentHead = union(d.content, a.markedPart(toks)), c
		}
	}
	if len(d.content) == 0 || !a.speaker(d, v) || len(d.sources) == 0 || a.share(document.MarkSource, d.sources) == 0 {
		return false
	}
	if d.rule = "model"; a.speech(d, v) {
		a.add(d)
	}
	return true
}

// markedPart are the tokens from the first to the last that the model marks as content.
func (a *attributor) markedPart(toks []int) []int {
	lo, hi := -1, -1
	for i, t := range toks {
		if a.marks[document.MarkContent][t] > 0 {
			if lo < 0 {
				lo = i
			}
			hi = i
		}
	}
	if lo < 0 {
		return toks
	}
	return toks[lo : hi+1]
}

// speech says whether what the model marks is a statement for the record: a verb of the tables, words in
// quotation marks, or a clause. PolNeAR marks votes, looks and gestures too.
func (a *attributor) speech(d *draft, v int) bool {
	if a.passive(v) && a.agent(v) < 0 {
		return false
	}
	if d.act == "reject" && a.lex.is(a.lemma(d.contentHead), "empty") {
		return false
	}
	if a.doc.Tokens[d.contentHead].Is("obj") && puts(d.act) && a.noSuch(d.contentHead) {
		return false
	}
	for _, e := range a.drafts { // "posted a message blaming …": told already
		if !e.dropped && e.cue >= 0 && len(e.content) == len(d.content) && e.content[0] == d.content[0] {
			return false
		}
	}
	if len(a.senses(v)) > 0 {
		verb := false
		for _, t := range d.content {
			verb = verb || a.doc.Tokens[t].UPOS == "VERB" || a.doc.Tokens[t].UPOS == "AUX" || a.quote[t] >= 0
		}
		if !verb && !a.lexTakes(v, "np") && len(d.content) < speechLength {
			return false
		}
		return len(d.content) > 1 || !a.nominal(d.content[0]) || a.doc.Tokens[d.content[0]].UPOS == "PROPN"
	}
	quoted := 0
	for _, t := range d.content {
		if a.quote[t] >= 0 && a.quote[t] != a.quote[v] {
			quoted++
		}
	}
	return 2*quoted > len(d.content) && quoted >= speechLength || a.doc.Tokens[d.contentHead].Is("ccomp") && a.clauseKind(d.contentHead) == "that"
}

// nearby is how many words may stand between a marked cue and its marked source or content.
const nearby = 6

// modelNear takes the nearest marked source and content in the sentence of a marked cue.
func (a *attributor) modelNear(v int, m document.Mark) {
	s := a.doc.SentenceOf(v)
	source, content := a.nearestMark(document.MarkSource, m, s), a.nearestMark(document.MarkContent, m, s)
	if source == nil || content == nil {
		return
	}
	h := a.rangeHead(source.First, source.End)
	d := &draft{cue: v, cueFirst: m.First, cueEnd: m.End, same: -1, act: a.knownAct(v), rule: "model, near", sources: []int{h},
		content: a.widerMark(content)}
	if h < 0 || !a.canSpeak(h, d) {
		return
	}
	if d.contentHead = a.top(d.content); !a.speech(d, v) {
		return
	}
	for _, sense := range a.senses(v) {
		if sense.takes("that") || sense.takes("that:hear") {
			d.rule = "model"
		}
	}
	a.hearers(d, v, a.senses(v))
	a.add(d)
}

// widerMark are the tokens of a mark and of those of its kind that follow it closely.
func (a *attributor) widerMark(m *document.Mark) []int {
	toks, end := a.tokens(m.First, m.End), m.End
	for i := range a.doc.Marks {
		n := &a.doc.Marks[i]
		near := a.doc.SentenceOf(n.First) == a.doc.SentenceOf(end-1) || a.quote[min(n.First, len(a.quote)-1)] >= 0 && a.quote[min(n.First, len(a.quote)-1)] == a.quote[end-1]
		if near && n.Kind == m.Kind && n.First >= end && n.First-end <= 3 && n.End <= len(a.doc.Tokens) && !a.cueBetween(end, n.First) {
			toks, end = append(toks, a.tokens(end, n.End)...), n.End
		}
	}
	return toks
}

// nearestMark is the mark of a kind nearest to a cue in its sentence, that no other cue stands in front of; nil
// for none.
func (a *attributor) nearestMark(kind document.MarkKind, cue document.Mark, sent int) *document.Mark {
	var best *document.Mark
	least := nearby + 1
	for i := range a.doc.Marks {
		m := &a.doc.Marks[i]
		if m.Kind != kind || m.First < a.doc.Sentences[sent].First || m.First >= a.doc.Sentences[sent].End || m.End > len(a.doc.Tokens) || m.First >= m.End {
			continue
		}
		gap, lo, hi := m.First-cue.End, cue.End, m.First
		if m.First < cue.First {
			gap, lo, hi = cue.First-m.End, m.End, cue.First
		}
		if gap < 0 || gap >= least || a.cueBetween(lo, hi) {
			continue
		}
		best, least = m, gap
	}
	return best
}

func (a *attributor) cueBetween(lo, hi int) bool {
	for i := lo; i < hi; i++ {
		if a.marks[document.MarkCue][i] > 0 {
			return true
		}
	}
	return false
}
