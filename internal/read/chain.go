package read

import "sort"

// contains says whether an ascending list of tokens holds one.
func contains(toks []int, t int) bool {
	i := sort.SearchInts(toks, t)
	return i < len(toks) && toks[i] == t
}

// chains finds which attribution stands inside which, who relays whom, and drops what only passes on.
func (a *attributor) chains() {
	a.quoting()
	a.citedSaying()
	a.theReport()
	a.thePaper()
	a.notQuoted()
	a.untangle()
	a.stack()
	a.nest()
	for _, d := range a.drafts {
		if !d.dropped {
			a.judge(d)
		}
	}
	for _, d := range a.drafts {
		if o := d.outer; o != nil && !d.dropped && a.relays(o, d) {
			o.dropped = true
		}
	}
}

// anchor is the token by which a draft is found inside another's content.
func (d *draft) anchor() int {
	if d.cue >= 0 {
		return d.cue
	}
	return d.content[0]
}

// untangle settles drafts that hold each other's cue: "according to …" stands outside, and its phrase is no
// part of what the other says.
func (a *attributor) untangle() {
	for _, d := range a.drafts {
		if d.dropped || d.rule != "according to" {
			continue
		}
		for _, e := range a.drafts {
			if e == d || e.dropped || e.cue < 0 || !contains(e.content, d.cue) || !contains(d.content, e.cue) {
				continue
			}
			top := d.sources[0]
			if d.name > 0 {
				top = d.name
			}
			if !a.doc.Under(top, e.contentHead) {
				continue
			}
			e.content = minus(e.content, a.under(top))
			e.content = minus(e.content, a.tokens(d.cueFirst, d.cueEnd))
		}
	}
}

// stack lets "according to …" hold another attribution of the same words in its sentence: it relays that one.
func (a *attributor) stack() {
	for _, d := range a.drafts {
		if d.dropped || d.rule != "according to" {
			continue
		}
		for _, e := range a.drafts {
			if e == d || e.dropped || e.cue < 0 || e.rule == "according to" || e.rule == "noun" || a.doc.SentenceOf(e.cue) != a.doc.SentenceOf(d.cue) || a.quote[e.cue] >= 0 {
				continue
			}
			common := 0
			for _, t := range d.content {
				if contains(e.content, t) {
					common++
				}
			}
			if 10*common < 6*len(d.content) || contains(e.content, d.cue) || contains(d.content, e.cue) && d.contentHead != e.contentHead {
				continue
			}
			d.content, d.contentHead = union(d.content, e.content, []int{e.cue}), e.cue
			break
		}
	}
}

func minus(toks, gone []int) []int {
	out := toks[:0:0]
	for _, t := range toks {
		if !contains(gone, t) {
			out = append(out, t)
		}
	}
	return out
}

// nest gives every draft the smallest draft whose content holds it.
func (a *attributor) nest() {
	holders := map[int][]*draft{} // by anchor, the drafts whose content holds it
	for _, d := range a.drafts {
		if !d.dropped && len(d.content) > 0 {
			holders[d.anchor()] = nil
		}
	}
	for _, o := range a.drafts {
		for _, t := range o.content {
			if list, ok := holders[t]; ok && !o.dropped {
				holders[t] = append(list, o)
			}
		}
	}
	for _, d := range a.drafts {
		if d.dropped || len(d.content) == 0 {
			continue
		}
		for _, o := range holders[d.anchor()] {
			if o == d {
				continue
			}
			if o.cue >= 0 && contains(d.content, o.cue) || len(o.content) <= len(d.content) && d.cue < 0 {
				continue
			}
			if d.outer == nil || len(o.content) < len(d.outer.content) {
				d.outer = o
			}
		}
	}
	for _, d := range a.drafts { // no ring, whatever the trees look like
		for o, n := d.outer, 0; o != nil; o, n = o.outer, n+1 {
			if o == d || n > len(a.drafts) {
				d.outer = nil
				break
			}
		}
	}
}

// judge drops a draft that stands inside an act which does not put its content forward as so ("denied that
// she had said", "fears that they plan"); a relative clause on a mere object stands outside the act.
func (a *attributor) judge(d *draft) {
	for o, n := d.outer, 0; o != nil && n < deepest; o, n = o.outer, n+1 {
		if saying(o.act) || o.dropped {
			continue
		}
		if (o.rule == "says, object" || o.rule == "says, object as" || o.rule == "says, phrase" || o.rule == "noun") && a.aside(d.anchor(), o.contentHead) {
			continue
		}
		if d.cue >= 0 || o.quotes == nil {
			d.dropped = true
		}
		return
	}
}

// aside says whether a token lies in a relative clause below top.
func (a *attributor) aside(i, top int) bool {
	for n := 0; i >= 0 && i != top && n < deepest; n++ {
		if a.doc.Tokens[i].Is("acl:relcl") {
			return true
		}
		i = a.doc.Tokens[i].Head
	}
	return false
}

// relays says whether a draft does no more than pass on another, which is the whole of its content.
func (a *attributor) relays(o, d *draft) bool {
	if o.rule != "according to" && o.act != "report" || len(o.via) > 0 || d.cue < 0 || len(a.speakers(d)) == 0 {
		return false
	}
	switch d.rule {
	case "says", "says, host", "says, inverted", "says, infinitive", "says, colon":
	default:
		return false
	}
	own := union(d.content, d.sources, a.tokens(d.cueFirst, d.cueEnd))
	for _, h := range d.sources {
		own = union(own, a.under(h))
	}
	rest := 0
	for _, t := range o.content {
		if !contains(own, t) && a.doc.Tokens[t].UPOS != "PUNCT" && !a.doc.Under(t, d.cue) {
			rest++
		}
	}
	return 8*rest <= len(o.content)
}

// via are the relays of a draft, nearest the speaker first: those its own construction names, then whoever
// speaks in the attributions around it.
func (a *attributor) via(d *draft) []Phrase {
	heads := append([]int(nil), d.via...)
	own := a.speakers(d)
	for o, n := d.outer, 0; o != nil && n < deepest; o, n = o.outer, n+1 {
		if !saying(o.act) {
			continue
		}
		for _, h := range a.speakers(o) {
			if !a.among(h, own) && !a.among(h, heads) {
				heads = append(heads, h)
			}
		}
		for _, h := range o.via {
			if !a.among(h, own) && !a.among(h, heads) {
				heads = append(heads, h)
			}
		}
	}
	return a.phrases(heads)
}

// among says whether a phrase, or another mention of the same one, is in a list of heads.
func (a *attributor) among(h int, heads []int) bool {
	for _, x := range heads {
		if x == h || a.entity(x) >= 0 && a.entity(x) == a.entity(h) {
			return true
		}
	}
	return false
}

// quoting reads "AFP reported, quoting officials": the one quoted speaks, the other relays.
func (a *attributor) quoting() {
	for _, d := range a.drafts {
		if d.dropped || d.cue < 0 || !saying(d.act) {
			continue
		}
		c, o := a.quoted(d)
		if o < 0 || !a.voice(o) && !a.paperNoun(o) {
			continue
		}
		if e := a.byCue[c]; e != nil && e != d {
			e.dropped = true
		}
		d.via = append(d.via, a.speakers(d)...)
		d.sources, d.same, d.rule, d.name = []int{o}, -1, "quoting", 0
		if !a.doc.Under(d.contentHead, c) {
			d.content = minus(d.content, a.under(c))
		}
		d.content = minus(d.content, a.under(o))
		if d.act == "report" {
			d.act = "say"
		}
	}
}

// citedSaying reads "the BBC cited a minister, saying …" and "… quoted him as saying …": the object of the first verb
// speaks in the second.
func (a *attributor) citedSaying() {
	for _, f := range a.drafts {
		if f.dropped || f.cue < 0 || a.doc.Tokens[f.cue].XPOS != "VBG" {
			continue
		}
		v := f.same
		if h := a.doc.Tokens[f.cue].Head; h >= 0 && h < f.cue && a.lex.is(a.lemma(h), "relay") {
			v = h
		}
		if v < 0 || !a.lex.is(a.lemma(v), "relay") || a.doc.Tokens[v].XPOS == "VBG" || a.passive(v) {
			continue
		}
		o := a.doc.Child(v, "obj")
		heads := a.subject(v, 0)
		if o < 0 || !a.voice(o) && a.doc.Tokens[o].UPOS != "PRON" || has(f.content, o) {
			continue
		}
		if e := a.byCue[v]; e != nil {
			e.dropped = true
		}
		f.sources, f.same, f.name, f.via, f.rule = []int{o}, -1, 0, heads, "quoting"
	}
}

// quoted finds the participle of quoting at a cue, below it or right behind it, and the head of who is quoted;
// -1 for none.
func (a *attributor) quoted(d *draft) (participle, object int) {
	for _, c := range a.doc.Children(d.cue) {
		if c := int(c); a.quotes(c) && !contains(d.content, c) {
			return c, a.quotedNoun(c)
		}
	}
	for c := d.cueEnd; c < len(a.doc.Tokens) && c <= d.cueEnd+1; c++ {
		if a.quotes(c) {
			return c, a.quotedNoun(c)
		}
		if a.doc.Tokens[c].Form != "," {
			break
		}
	}
	return -1, -1
}

// quotedNoun is the head of what a participle of quoting has for object.
func (a *attributor) quotedNoun(c int) int {
	if o := a.doc.Child(c, "obj"); o >= 0 {
		return o
	}
	return a.nounBehind(c + 1)
}

func (a *attributor) quotes(c int) bool {
	return a.doc.Tokens[c].XPOS == "VBG" && a.lex.is(a.lemma(c), "relay")
}

// voice says whether a phrase names somebody who can be quoted, not a reason or a text.
func (a *attributor) voice(i int) bool {
	switch a.nameKind(i) {
	case "PER", "ORG", "LOC", "NORP":
		return true
	}
	return a.doc.Tokens[i].UPOS == "PROPN" && len(a.doc.Names) == 0 || a.lex.is(a.lemma(i), "voice")
}

// theReport lets "according to the report" point at whoever reported shortly before.
func (a *attributor) theReport() {
	for k, d := range a.drafts {
		if d.dropped || d.rule != "according to" || !a.definitePaper(d.sources[0]) {
			continue
		}
		at := a.paragraph(d.cue)
		for j := k - 1; j >= 0; j-- {
			e := a.drafts[j]
			if e.dropped || e.cue < 0 || e.cue >= d.cue {
				continue
			}
			if at-a.paragraph(e.cue) > 2 {
				break
			}
			heads := e.via
			if len(heads) == 0 && e.act == "report" {
				heads = a.speakers(e)
			}
			if len(heads) > 0 {
				d.name, d.sources = d.sources[0], heads
				break
			}
		}
	}
}

// notQuoted finds who "he" is in "…, he said" behind a quotation, where coreference has found nobody or somebody whom the
// quotation names: nobody speaks of himself by name. Whoever spoke last speaks.
func (a *attributor) notQuoted() {
	for _, d := range a.drafts {
		if d.dropped || len(d.sources) != 1 || len(d.quotes) == 0 || a.lower(d.sources[0]) != "he" && a.lower(d.sources[0]) != "she" {
			continue
		}
		if e := a.entity(d.sources[0]); !a.namedInside(d, e) && (e < 0 || a.members[e] > 1) {
			continue
		}
		if h := a.lastPerson(d); h >= 0 {
			d.name, d.sources = d.sources[0], []int{h}
		}
	}
}

// lastPerson is the head of the one person who spoke last before a draft, at most three paragraphs back, and is not
// named in it; -1 for none.
func (a *attributor) lastPerson(d *draft) int {
	best, at := -1, -1
	for _, e := range a.drafts {
		if e == d || e.dropped || len(e.content) == 0 || e.start() >= d.start() || e.start() < at || e.cue >= 0 && a.quote[e.cue] >= 0 ||
			a.paragraph(d.start())-a.paragraph(e.start()) > 3 {
			continue
		}
		heads := a.speakers(e)
		if len(heads) != 1 || a.paired(heads[0]) >= 0 || a.doc.Child(heads[0], "conj") >= 0 || a.namedInside(d, a.entity(heads[0])) {
			continue
		}
		if h := heads[0]; a.nameKind(h) == "PER" || a.nameKind(h) == "" && a.doc.Tokens[h].XPOS == "NN" && a.lex.is(a.lemma(h), "voice") {
			best, at = h, e.start()
		}
	}
	return best
}

// namedInside says whether a content in quotation marks calls a chain by a name: "I'm a drummer" is said of oneself.
func (a *attributor) namedInside(d *draft, e int) bool {
	for _, t := range d.content {
		if e >= 0 && a.quote[t] >= 0 && a.entity(t) == e && a.doc.Tokens[t].UPOS == "PROPN" {
			return true
		}
	}
	return false
}

// thePaper lets "the statement" and "the report" stand for whoever made it, where the text told before: "said in a
// statement", "a report by …".
func (a *attributor) thePaper() {
	for _, d := range a.drafts {
		if d.dropped || len(d.sources) != 1 || d.name > 0 || d.cue < 0 || !a.definitePaper(d.sources[0]) {
			continue
		}
		n := d.sources[0]
		if heads := a.maker(n); len(heads) > 0 {
			d.name, d.sources = n, heads
		}
	}
}

// papersBack is how many paragraphs back a paper's maker is looked for.
const papersBack = 3

// maker is who made the paper a definite noun speaks of, by the nearest mention before it that tells; nil for none.
func (a *attributor) maker(n int) []int {
	lemma, at := a.lemma(n), a.paragraph(n)
	for t := n - 1; t >= 0 && at-a.paragraph(t) <= papersBack; t-- {
		if a.doc.Tokens[t].UPOS != "NOUN" || a.lemma(t) != lemma {
			continue
		}
		heads := a.owner(t)
		for h, k := t, 0; len(heads) == 0 && h >= 0 && k < 4; h, k = a.doc.Tokens[h].Head, k+1 {
			if e := a.byCue[h]; e != nil && !e.dropped && h != t && contains(a.beside(e), t) {
				heads = a.speakers(e)
			}
		}
		for _, h := range heads {
			if a.paperNoun(h) || a.lex.is(a.lower(h), "nobody") {
				return nil
			}
		}
		if det := a.doc.Child(t, "det"); len(heads) > 0 || det >= 0 && (a.lower(det) == "a" || a.lower(det) == "an") {
			return heads // an indefinite one is new: who made it, the text has not told
		}
	}
	return nil
}

// definitePaper says whether a phrase is "the report" and the like, without a maker of its own.
func (a *attributor) definitePaper(n int) bool {
	for i := range a.lex.nouns[a.lemma(n)] {
		if a.lex.nouns[a.lemma(n)][i].takes("doc") {
			det := a.doc.Child(n, "det")
			return det >= 0 && (a.lower(det) == "the" || a.lower(det) == "this" || a.lower(det) == "that") && len(a.owner(n)) == 0 &&
				a.doc.Child(n, "compound", "amod", "nmod") < 0
		}
	}
	return false
}

func (a *attributor) paragraph(t int) int {
	if s := a.doc.SentenceOf(t); s >= 0 {
		return a.doc.Sentences[s].Paragraph
	}
	return -1
}
