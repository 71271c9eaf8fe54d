package read

import (
	"math"
	"slices"
	"sort"

	"parley/internal/document"
)

// group is one attribution as the model marks it: a cue, or a source without one, with what is linked to it.
type group struct {
	cue     *document.Mark // nil where there is none
	sources []*document.Mark
	content []*document.Mark
}

// groups puts the marks that the model links together, in the order of the text.
func groups(doc *document.Document) []*group {
	of := make([]*group, len(doc.Marks))
	var out []*group
	add := func(i int) *group {
		if of[i] == nil {
			of[i] = &group{}
			out = append(out, of[i])
		}
		return of[i]
	}
	for i := range doc.Marks {
		m := &doc.Marks[i]
		if m.First < 0 || m.First >= m.End || m.End > len(doc.Tokens) {
			continue
		}
		to := i
		if m.Anchor >= 0 && m.Anchor < len(doc.Marks) {
			to = m.Anchor
		}
		g := add(to)
		switch m.Kind {
		case document.MarkCue:
			g.cue = m
		case document.MarkSource:
			g.sources = append(g.sources, m)
		case document.MarkContent:
			g.content = append(g.content, m)
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].first() < out[j].first() })
	return adoptOrphans(doc, out)
}

// adoptOrphans gives a cue that nothing is linked to the nearest source and content of its sentence that are linked to
// nothing.
func adoptOrphans(doc *document.Document, all []*group) []*group {
	for i, g := range all {
		if g.cue == nil {
			continue
		}
		for _, missing := range []func(*group) *[]*document.Mark{
			func(g *group) *[]*document.Mark { return &g.content },
			func(g *group) *[]*document.Mark { return &g.sources },
		} {
			if len(*missing(g)) > 0 {
				continue
			}
			for _, k := range []int{i + 1, i - 1, i + 2, i - 2} {
				if k < 0 || k >= len(all) || all[k].cue != nil || len(*missing(all[k])) == 0 ||
					doc.SentenceOf((*missing(all[k]))[0].First) != doc.SentenceOf(g.cue.First) {
					continue
				}
				*missing(g), *missing(all[k]) = *missing(all[k]), nil
				break
			}
		}
	}
	return slices.DeleteFunc(all, func(g *group) bool { return g.cue == nil && len(g.sources)+len(g.content) == 0 })
}

// first is the first token of a group.
func (g *group) first() int {
	first := math.MaxInt
	if g.cue != nil {
		first = g.cue.First
	}
	for _, m := range append(g.sources[:len(g.sources):len(g.sources)], g.content...) {
		first = min(first, m.First)
	}
	return first
}

// certainty is the product of the model's certainty of cue, source and content, each the mean over its words.
func (g *group) certainty() float64 {
	c := 1.0
	if g.cue != nil {
		c = float64(g.cue.Score)
	}
	if len(g.sources) > 0 {
		c = float64(c * float64(g.sources[0].Score))
	}
	if len(g.content) > 0 {
		c = float64(c * float64(g.content[0].Score))
	}
	return c
}

// tokens are those of the content.
func (g *group) tokens(a *attributor) []int {
	var toks []int
	for _, m := range g.content {
		toks = union(toks, a.tokens(m.First, m.End))
	}
	return toks
}

// models takes the words of cues and sources as the model marks them, and makes attributions of what it marks and the
// tables do not know.
func (a *attributor) models() {
	for _, g := range a.groups {
		if g.cue == nil {
			continue
		}
		if d := a.draftOf(g); d != nil {
			a.adopt(d, g)
			continue
		}
		if v := a.markHead(g.cue.First, g.cue.End); v >= 0 && a.wasSaid(v) {
			a.modelDraft(v, g)
		}
	}
}

// wasSaid says whether the text tells that a marked verb of saying was said: not as a guess, a wish or a question, not in
// copy that is not read, and with a speaker.
func (a *attributor) wasSaid(v int) bool {
	if x := a.doc.Tokens[v].XPOS; (x == "VBN" || x == "VBD" && a.sentenceStart(v)) && a.doc.Child(v, "aux", "aux:pass", "cop", "nsubj") < 0 && !a.doc.Tokens[v].Is("conj") {
		return false // "Asked about the raid, he left": a passive without its auxiliary
	}
	s := a.doc.SentenceOf(v)
	return s >= 0 && a.read[s] && a.happened(v) && !a.negated(v)
}

// draftOf is the draft whose cue a group marks, nil for none.
func (a *attributor) draftOf(g *group) *draft {
	for i := g.cue.First; i < g.cue.End; i++ {
		if d := a.byCue[i]; d != nil {
			return d
		}
	}
	return nil
}

// adopt gives a draft the words of its cue and of its source as the model marks them.
func (a *attributor) adopt(d *draft, g *group) {
	if d.group != nil {
		return
	}
	d.group = g
	if d.contentHead < g.cue.First || d.contentHead >= g.cue.End {
		d.cueFirst, d.cueEnd = g.cue.First, g.cue.End
		d.content = minus(d.content, a.tokens(g.cue.First, g.cue.End))
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

// knownAct is the act the tables give a verb, "say" for verbs they do not know.
func (a *attributor) knownAct(v int) string {
	if senses := a.senses(v); len(senses) > 0 {
		return senses[0].act
	}
	return "say"
}

// modelDraft makes an attribution of a group. The tree's subject speaks where the marks agree with it.
func (a *attributor) modelDraft(v int, g *group) {
	d := &draft{cue: v, cueFirst: g.cue.First, cueEnd: g.cue.End, same: -1, act: a.knownAct(v), rule: "model", group: g, content: g.tokens(a)}
	if len(d.content) == 0 {
		return
	}
	d.contentHead = a.top(d.content)
	byTree := a.speaker(d, v) && len(d.sources) > 0 && a.share(document.MarkSource, d.sources) > 0
	if !byTree {
		if len(g.sources) == 0 {
			return
		}
		m := g.sources[0]
		h := a.rangeHead(m.First, m.End)
		d.sources, d.name, d.same = []int{h}, 0, -1
		if d.rule = "model, near"; h < 0 || !a.canSpeak(h, d) {
			return
		}
	}
	if !a.speech(d, v) {
		return
	}
	a.hearers(d, v, a.senses(v))
	a.add(d)
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

// leftOut are the attributions that the model marks and the record leaves out: what was not said, or by nobody who can
// speak, or is too doubtful. kept are the drafts that are in the record.
func (a *attributor) leftOut(kept []*draft) []Attribution {
	told := make([]bool, len(a.doc.Tokens)) // cues that are kept, and what is said without one
	for _, d := range kept {
		if d.cue >= 0 {
			for t := d.cueFirst; t < d.cueEnd; t++ {
				told[t] = true
			}
			continue
		}
		for _, t := range d.content {
			told[t] = true
		}
	}
	var out []Attribution
	for _, g := range a.groups {
		content := g.tokens(a)
		if g.cue == nil && (len(g.sources) == 0 || len(content) == 0) {
			continue
		}
		n := 0
		for _, t := range content {
			if told[t] {
				n++
			}
		}
		if g.cue != nil && a.anyOf(told, g.cue) || g.cue == nil && 2*n > len(content) {
			continue
		}
		out = append(out, a.marksOnly(g))
	}
	return out
}

func (a *attributor) anyOf(told []bool, m *document.Mark) bool {
	for t := m.First; t < m.End; t++ {
		if told[t] {
			return true
		}
	}
	return false
}

// marksOnly is a group as an attribution of which nothing is known but its words.
func (a *attributor) marksOnly(g *group) Attribution {
	out := Attribution{SameSource: -1, CueHead: -1, Within: -1, SaidAt: -1, Why: "model, left out"}
	if g.cue != nil {
		out.CueHead = g.cue.First
		out.Cue = a.doc.TokenSpan(g.cue.First, g.cue.End)
	}
	if len(g.sources) > 0 {
		out.SourceSpan = a.doc.TokenSpan(g.sources[0].First, g.sources[0].End)
	}
	for _, m := range g.content {
		out.Content = append(out.Content, a.doc.TokenSpan(m.First, m.End))
	}
	return out
}
