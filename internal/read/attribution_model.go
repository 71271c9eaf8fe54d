package read

import "parley/internal/document"

// models makes attributions of what the model marks and the tables do not know, where the tree gives the
// marked cue a speaker and a content that agree with the marks.
func (a *attributor) models() {
	for _, m := range a.doc.Marks {
		if m.Kind != document.MarkCue || m.First < 0 || m.End > len(a.doc.Tokens) {
			continue
		}
		if v := a.markHead(m.First, m.End); v >= 0 && !a.used(m.First, m.End) {
			a.modelCue(v, m)
		}
	}
}

// markHead is the word of a mark that governs the others, if it is a verb outside.
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

func (a *attributor) modelCue(v int, m document.Mark) {
	s := a.doc.SentenceOf(v)
	if s < 0 || !a.read[s] || !a.happened(v) || a.negated(v) {
		return
	}
	d := &draft{cue: v, cueFirst: m.First, cueEnd: m.End, same: -1, act: "say"}
	for _, c := range a.doc.Children(v) {
		c := int(c)
		if tok := &a.doc.Tokens[c]; !tok.Is("ccomp", "xcomp", "obj", "obl") {
			continue
		}
		if toks := a.under(c); a.share(document.MarkContent, toks) > 0.6 {
			d.content, d.contentHead = union(d.content, toks), c
		}
	}
	if len(d.content) == 0 || !a.speaker(d, v) || len(d.sources) == 0 || a.share(document.MarkSource, d.sources) == 0 {
		return
	}
	d.rule = "model"
	a.add(d)
}
