package read

import (
	"sort"

	"parley/internal/document"
)

const (
	// keepAbove is the evidence below which an attribution is dropped.
	keepAbove = 0.4
	// longestSentence bounds the work on what is no sentence: lists, tables, hostile text.
	longestSentence = 800
	// deepest bounds every climb in a tree.
	deepest = 200
)

// draft is an attribution being made: tokens instead of spans.
type draft struct {
	rule, act   string
	cue         int // token that heads the cue, -1 for a quotation without one
	cueFirst    int
	cueEnd      int
	sources     []int // heads
	name        int   // head of the words that name the source where sources stand elsewhere, 0 for none
	same        int   // cue token of the draft whose source speaks here, -1 for none
	content     []int // tokens, ascending
	contentHead int
	quotes      []int // quotations that are content as a whole
	addressee   []int
	aside       []int // tokens taken off the content that tell how it was said
	via         []int // heads of relays named in the construction itself
	negated     bool
	dropped     bool
	group       *group // the model's marks for it, nil for none
	outer       *draft // the draft whose content holds this one
	index       int    // in Reading.Attributions
}

// attributor finds the attributions of one document.
type attributor struct {
	doc     *document.Document
	lex     *lexicon
	times   []Time
	drafts  []*draft
	byCue   map[int]*draft
	quote   []int // token to the innermost top-level quotation, -1 outside
	timeAt  []int // token to the index of a time, -1 outside
	marks   map[document.MarkKind][]float32
	marked  bool // the document carries marks
	groups  []*group
	read    []bool
	chainOf []int // token that heads a mention to its chain, -1 for none
	hasName map[int]bool
	members map[int]int // chain to the number of its mentions
}

// readAttributions finds who said what, in the order of the text, and what the model marks beside. times are those of
// the document.
func readAttributions(doc *document.Document, times []Time) (found, leftOut []Attribution) {
	a := newAttributor(doc, times)
	for s := range doc.Sentences {
		if a.read[s] {
			a.sentence(&doc.Sentences[s])
		}
	}
	a.followers()
	a.models()
	a.snap()
	a.quotations()
	a.transcript()
	a.chains()
	return a.attributions()
}

func newAttributor(doc *document.Document, times []Time) *attributor {
	n := len(doc.Tokens)
	a := &attributor{doc: doc, lex: cueLexicon(), times: times, byCue: map[int]*draft{}, groups: groups(doc),
		quote: make([]int, n), timeAt: make([]int, n), read: make([]bool, len(doc.Sentences)),
		chainOf: make([]int, n), hasName: map[int]bool{}, members: map[int]int{},
		marked: len(doc.Marks) > 0, marks: map[document.MarkKind][]float32{}}
	for i := range n {
		a.quote[i], a.timeAt[i], a.chainOf[i] = -1, -1, -1
	}
	for i := range doc.Mentions {
		m := &doc.Mentions[i]
		if m.Head >= 0 && m.Head < n {
			a.chainOf[m.Head] = m.Entity
		}
		a.members[m.Entity]++
		if m.Kind == document.Named {
			a.hasName[m.Entity] = true
		}
	}
	for i := range doc.Quotes {
		if q := &doc.Quotes[i]; q.Parent < 0 {
			for t := max(q.First, 0); t < q.End && t < n; t++ {
				a.quote[t] = i
			}
		}
	}
	for i := range times {
		for t := max(times[i].First, 0); t < times[i].End && t < n; t++ {
			a.timeAt[t] = i
		}
	}
	for _, kind := range []document.MarkKind{document.MarkSource, document.MarkCue, document.MarkContent} {
		a.marks[kind] = make([]float32, n)
	}
	for _, m := range doc.Marks {
		for t := max(m.First, 0); t < m.End && t < n && a.marks[m.Kind] != nil; t++ {
			a.marks[m.Kind][t] = m.Score
		}
	}
	for i := range doc.Sentences {
		sent := &doc.Sentences[i]
		kind := document.Body
		if sent.Paragraph >= 0 && sent.Paragraph < len(doc.Paragraphs) {
			kind = doc.Paragraphs[sent.Paragraph].Kind
		}
		a.read[i] = kind == document.Body && sent.End-sent.First <= longestSentence
	}
	return a
}

// sentence looks at every word that could be a cue.
func (a *attributor) sentence(sent *document.Sentence) {
	for i := sent.First; i < sent.End; i++ {
		switch tok := &a.doc.Tokens[i]; {
		case a.lower(i) == "according":
			a.accordingTo(i)
		case a.lower(i) == "words":
			a.inTheWordsOf(i)
		case tok.UPOS == "VERB" || tok.UPOS == "AUX" && len(a.lex.verbs[tok.Lemma]) > 0:
			if !a.adjective(i) {
				a.verb(i)
			}
		case tok.UPOS == "NOUN":
			a.noun(i)
		case tok.UPOS == "ADJ":
			a.adjective(i)
		case tok.UPOS == "ADV":
			a.adverb(i)
		}
	}
}

// add keeps a draft unless its cue already has one.
func (a *attributor) add(d *draft) {
	if d.cue >= 0 {
		if a.byCue[d.cue] != nil {
			return
		}
		a.byCue[d.cue] = d
	}
	a.drafts = append(a.drafts, d)
}

// attributions turns the drafts that are kept into attributions.
func (a *attributor) attributions() (found, leftOut []Attribution) {
	kept := a.drafts[:0:0]
	for _, d := range a.drafts {
		if !d.dropped && a.evidence(d) >= keepAbove && a.holds(d) {
			kept = append(kept, d)
		} else {
			d.dropped = true
		}
	}
	sort.SliceStable(kept, func(i, j int) bool {
		p, q := kept[i].start(), kept[j].start()
		if p != q {
			return p < q
		}
		if x, y := kept[i].depth(), kept[j].depth(); x != y {
			return x < y
		}
		return kept[i].cue < kept[j].cue
	})
	for i, d := range kept {
		d.index = i
	}
	out := make([]Attribution, len(kept))
	for i, d := range kept {
		out[i] = a.finish(d)
	}
	return out, a.leftOut(kept)
}

// holds says whether a content has words in it that tell something: more than a pronoun or marks.
func (a *attributor) holds(d *draft) bool {
	n, pronoun := 0, false
	for _, t := range d.content {
		if u := a.doc.Tokens[t].UPOS; u != "PUNCT" {
			n++
			pronoun = u == "PRON"
		}
	}
	return (n > 1 || n == 1 && !pronoun) && len(a.contentSpans(d)) > 0
}

// depth is how many attributions a draft stands in.
func (d *draft) depth() int {
	n := 0
	for o := d.outer; o != nil && n < deepest; o = o.outer {
		n++
	}
	return n
}

// start is the first token of the draft, cue or content.
func (d *draft) start() int {
	first := d.cue
	if first < 0 || len(d.content) > 0 && d.content[0] < first {
		first = d.content[0]
	}
	for _, s := range d.sources {
		first = min(first, s)
	}
	return first
}

func (a *attributor) finish(d *draft) Attribution {
	out := Attribution{SameSource: -1, CueHead: d.cue, Within: -1, SaidAt: -1, Act: d.act, Marked: d.group != nil, Evidence: a.evidence(d), Confidence: a.confidence(d), Why: a.why(d)}
	if d.cue >= 0 {
		out.Cue = a.doc.TokenSpan(d.cueFirst, d.cueEnd)
	}
	for o, n := a.byCue[d.same], 0; o != nil && len(d.sources) == 0 && n < deepest; o, n = a.byCue[o.same], n+1 {
		if !o.dropped {
			d.same = o.cue
			break
		}
		d.sources, d.name = o.sources, o.name // the attribution it goes on from is not kept: its speaker is
	}
	out.Source = a.phrases(d.sources)
	out.SourceSpan = a.sourceSpan(d)
	if other := a.byCue[d.same]; d.same >= 0 && other != nil && !other.dropped && len(out.Source) == 0 {
		out.SameSource = other.index
	}
	out.Content = a.contentSpans(d)
	out.Addressee = a.phrases(d.addressee)
	out.Via = a.via(d)
	if d.outer != nil && !d.outer.dropped {
		out.Within = d.outer.index
	}
	out.Quotation = a.quotation(d, out.Content)
	out.Channel = a.channel(d)
	out.SaidAt = a.saidAt(d)
	return out
}

// confidence is how often attributions with this evidence are right.
func (a *attributor) confidence(d *draft) float64 {
	return calibration()["attribution"].At(a.evidence(d))
}

// evidence is how much speaks for a draft: how far its rule is to be trusted, and how sure the model is of its marks.
func (a *attributor) evidence(d *draft) float64 {
	t, ok := a.lex.trust[d.rule+", attitude"]
	mention := d.act == "say" && (d.rule == "says, object" || d.rule == "says, phrase")
	if !ok || !attitude(d.act) && !mention {
		t = a.lex.trust[d.rule]
	}
	switch {
	case !a.marked:
		return t.alone
	case d.group != nil:
		return t.marked * (0.6 + 0.4*d.group.certainty())
	case d.cue < 0 && a.share(document.MarkContent, d.content) > 0.5:
		return t.marked
	case d.cue >= 0 && (a.marks[document.MarkContent][d.cue] > 0 || d.outer != nil):
		return t.alone // PolNeAR marks no cue inside what somebody else says
	}
	return t.unmarked
}

// share is the part of the tokens that the model marks with a kind.
func (a *attributor) share(kind document.MarkKind, toks []int) float64 {
	n := 0
	for _, t := range toks {
		if a.marks[kind][t] > 0 {
			n++
		}
	}
	return float64(n) / float64(max(len(toks), 1))
}

func (a *attributor) why(d *draft) string {
	if d.cue < 0 {
		return d.rule
	}
	return d.rule + ": " + a.doc.Slice(a.doc.TokenSpan(d.cueFirst, d.cueEnd))
}
