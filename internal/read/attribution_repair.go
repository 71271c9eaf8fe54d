package read

import (
	"sort"

	"parley/internal/document"
)

// Trees are sometimes wrong around a cue. The steps here set right what the order of words or the model's
// marks tell better: a "that" right behind the verb, a subject that stands next to it, a content with a hole.

// opened is the clause whose opening word ("that", "to") stands right behind the verb, wherever a parser has hung it; -1
// for none.
func (a *attributor) opened(v int, word string) (head int, toks []int) {
	if v+1 >= len(a.doc.Tokens) || a.lower(v+1) != word || !a.doc.Tokens[v+1].Is("mark") {
		return -1, nil
	}
	c := a.doc.Tokens[v+1].Head
	if c <= v {
		return -1, nil
	}
	for _, t := range a.under(c) {
		if t > v {
			toks = append(toks, t)
		}
	}
	return c, toks
}

// heardThat is the clause whose "that" stands behind whoever is told, and the head of that phrase, wherever a
// parser has hung the two; -1 for none.
func (a *attributor) heardThat(v int) (head, hearer int, toks []int) {
	i := v + 1
	for i < len(a.doc.Tokens) && i < v+20 && a.doc.SentenceOf(i) == a.doc.SentenceOf(v) && a.lower(i) != "that" {
		if u := a.doc.Tokens[i].UPOS; u == "VERB" || u == "AUX" || u == "SCONJ" || a.quote[i] >= 0 && a.quote[i] != a.quote[v] {
			return -1, -1, nil
		}
		i++
	}
	if i == v+1 || i >= len(a.doc.Tokens) || a.lower(i) != "that" || !a.doc.Tokens[i].Is("mark") || a.doc.Tokens[i].Head <= i {
		return -1, -1, nil
	}
	c := a.doc.Tokens[i].Head
	if a.doc.Tokens[c].Is("acl") {
		return -1, -1, nil // "told them of the claim that"
	}
	for _, t := range a.under(c) {
		if t >= i {
			toks = append(toks, t)
		}
	}
	return c, a.nounBehind(v + 1), toks
}

// stranded is the subject of a finite clause without one that a parser has taken for the object of the verb of saying
// ("said the people who fled | had returned"): it stands right behind the verb and right before the clause; -1 for none.
func (a *attributor) stranded(v, c int) int {
	o := a.doc.Child(v, "obj")
	if o <= v || o >= c || a.doc.Child(c, "nsubj", "csubj", "expl", "mark") >= 0 || a.clauseKind(c) != "that" {
		return -1
	}
	first, end := a.doc.Subtree(o)
	if start, _ := a.doc.Subtree(c); first != v+1 || end != start {
		return -1
	}
	return o
}

// clauseBehind is the finite clause that begins right behind a verb with its subject, where a parser has turned
// the two around ("…, adding it appeared to …"); -1 for none.
func (a *attributor) clauseBehind(v int) (head int, toks []int) {
	s := a.doc.SentenceOf(v)
	if s < 0 || v+2 >= a.doc.Sentences[s].End || a.doc.Tokens[v+1].UPOS == "PUNCT" {
		return -1, nil
	}
	for c, n := a.doc.Tokens[v+1].Head, 0; c >= 0 && n < deepest; n++ {
		subject := a.doc.Child(c, "nsubj", "expl")
		if c > v && subject > v && a.verbal(c) {
			for _, t := range a.under(c) {
				if t > v {
					toks = append(toks, t)
				}
			}
			if len(toks) > 0 && toks[0] == v+1 {
				return c, toks
			}
			return -1, nil
		}
		c = a.doc.Tokens[c].Head
	}
	return -1, nil
}

// nounThat is the clause whose "that" stands right behind a noun and its "by …" or "from …", wherever a parser
// has hung it; -1 for none.
func (a *attributor) nounThat(n int) (head int, toks []int) {
	i := n + 1
	for i < len(a.doc.Tokens) && i < n+12 && a.lower(i) != "that" && a.doc.Under(i, n) && a.doc.Tokens[i].UPOS != "VERB" {
		i++
	}
	if i >= len(a.doc.Tokens) || a.lower(i) != "that" || !a.doc.Tokens[i].Is("mark") {
		return -1, nil
	}
	c := a.doc.Tokens[i].Head
	if c <= i {
		return -1, nil
	}
	for _, t := range a.under(c) {
		if t >= i {
			toks = append(toks, t)
		}
	}
	return c, toks
}

// markedBeside is the noun phrase that the model marks as source right before or behind a verb: its head, -1
// for none, and its tokens.
func (a *attributor) markedBeside(v int) (head int, toks []int) {
	for _, m := range a.doc.Marks {
		if m.Kind != document.MarkSource || m.First < 0 || m.End > len(a.doc.Tokens) {
			continue
		}
		before := m.End <= v && a.light(m.End, v) && (a.doc.Tokens[v].XPOS != "VBG" || a.doc.Tokens[v-1].Form != ",")
		behind := m.First > v && a.light(v+1, m.First)
		if before || behind {
			return a.rangeHead(m.First, m.End), a.tokens(m.First, m.End)
		}
	}
	return -1, nil
}

// light says whether only auxiliaries, adverbs and punctuation stand in a range.
func (a *attributor) light(first, end int) bool {
	if end-first > 4 {
		return false
	}
	for i := first; i < end; i++ {
		switch a.doc.Tokens[i].UPOS {
		case "AUX", "ADV", "PUNCT", "PART":
		default:
			return false
		}
	}
	return true
}

// rangeHead is the nominal of a range that hangs on something outside it.
func (a *attributor) rangeHead(first, end int) int {
	for i := first; i < end; i++ {
		if h := a.doc.Tokens[i].Head; (h < first || h >= end) && a.nominal(i) {
			return i
		}
	}
	return -1
}

// inverted finds the subject behind a verb of saying that follows a comma or a quotation ("…, said the
// minister, …") where the parser saw none; -1 for none.
func (a *attributor) inverted(v int) int {
	if v == 0 || a.doc.Tokens[v].XPOS != "VBD" && a.doc.Tokens[v].XPOS != "VBZ" && a.doc.Tokens[v].XPOS != "VBP" {
		return -1
	}
	if prev := a.doc.Tokens[v-1].Form; prev != "," && !quoteMark(prev) {
		return -1
	}
	if v+1 >= len(a.doc.Tokens) || a.quote[v+1] >= 0 && a.quote[v] < 0 {
		return -1
	}
	return a.nounBehind(v + 1)
}

// before are the tokens of the sentence before a verb that follows a comma: what an inverted verb of saying
// has for content.
func (a *attributor) before(v int) []int {
	s := a.doc.SentenceOf(v)
	if s < 0 {
		return nil
	}
	toks := a.tokens(a.doc.Sentences[s].First, v)
	if q := a.quote[max(v-2, 0)]; q >= 0 && a.quote[v] != q {
		return a.quotedOnly(toks)
	}
	return toks
}

// mend closes the holes in a content that do not come from the cue and cuts off stray pieces beyond another cue.
func (a *attributor) mend(d *draft) {
	if len(d.content) == 0 || d.rule == "says, host" || d.rule == "says, as" || d.rule == "according to" || d.rule == "says, inverted" {
		return
	}
	at := sort.SearchInts(d.content, d.contentHead)
	if at >= len(d.content) || d.content[at] != d.contentHead {
		return
	}
	lo, hi := at, at
	for lo > 0 && a.joinable(d, d.content[lo-1], d.content[lo]) {
		lo--
	}
	for hi+1 < len(d.content) && a.joinable(d, d.content[hi], d.content[hi+1]) {
		hi++
	}
	kept := a.tokens(d.content[lo], d.content[hi]+1)
	for _, piece := range [][]int{d.content[:lo], d.content[hi+1:]} {
		if len(piece) > 0 && a.aroundCue(d, piece) || a.words(piece) >= strayBelow && (!a.marked || a.share(document.MarkContent, piece) > 0.5) {
			kept = union(kept, piece)
		}
	}
	d.content = kept
}

// fromStart stretches a content in front of its cue back to the beginning of the sentence ("Moscow's claim that … was
// invention, the ministry said"), where a tree has hung its first words elsewhere.
func (a *attributor) fromStart(d *draft) {
	s := a.doc.SentenceOf(d.cue)
	if s < 0 || d.rule != "says" || len(d.content) == 0 || d.content[len(d.content)-1] > d.cue || a.quote[d.content[0]] >= 0 && a.quote[d.cue] != a.quote[d.content[0]] {
		return
	}
	for _, n := range a.doc.Children(d.cue) { // two subjects: the first is that of what is said
		n := int(n)
		if first, end := a.doc.Subtree(n); a.doc.Tokens[n].Is("nsubj") && !has(d.sources, n) && n < d.content[0] && end <= d.content[0] && first >= a.doc.Sentences[s].First {
			d.content = union(a.tokens(first, d.content[0]), d.content)
			return
		}
	}
	first := a.doc.Sentences[s].First
	for first < d.content[0] && (a.doc.Tokens[first].UPOS == "PUNCT" || a.doc.Tokens[first].UPOS == "CCONJ") {
		first++
	}
	if first >= d.content[0] || d.content[0]-first > 20 {
		return
	}
	for t := first; t < d.content[0]; t++ {
		if has(d.sources, t) || a.doc.Tokens[t].Head == d.cue && !a.doc.Tokens[t].Is("obj", "dep", "dislocated", "nsubj") || a.byCue[t] != nil && a.byCue[t].rule != "noun" || a.quote[t] != a.quote[d.cue] {
			return
		}
	}
	d.content = union(a.tokens(first, d.content[0]), d.content)
}

// split gives a content behind an aside of saying the subject that stands in front of it ("Some of the cuts, they noted,
// were old"), where a tree has lost it.
func (a *attributor) split(d *draft) {
	s := a.doc.SentenceOf(d.cue)
	if s < 0 || d.rule != "says" || len(d.content) == 0 || d.content[0] < d.cue || len(d.sources) == 0 || a.quote[d.content[0]] >= 0 ||
		d.cueEnd >= len(a.doc.Tokens) || a.doc.Tokens[d.cueEnd].Form != "," {
		return
	}
	if n := a.doc.Child(d.contentHead, "nsubj", "expl", "csubj"); n >= 0 && contains(d.content, n) {
		return
	}
	first, _ := a.doc.Subtree(d.sources[0])
	start := a.doc.Sentences[s].First
	if first > d.cue || first <= start+1 || a.doc.Tokens[first-1].Form != "," {
		return
	}
	toks := a.tokens(start, first-1)
	for _, t := range toks {
		if a.byCue[t] != nil || a.timeAt[t] >= 0 || a.quote[t] >= 0 {
			return
		}
	}
	if a.nominal(a.top(toks)) && a.caseOf(a.top(toks)) == "" {
		d.content = union(toks, d.content)
	}
}

// closeEnd adds what the last words of a content lean on ("within the | economic zone"), where a tree has hung it
// elsewhere.
func (a *attributor) closeEnd(d *draft) {
	for n := 0; n < 4 && len(d.content) > 0; n++ {
		last := d.content[len(d.content)-1]
		h := -1
		for t := last; t > last-3 && t >= 0 && contains(d.content, t); t-- {
			tok := &a.doc.Tokens[t]
			if tok.Head > last && tok.Is("case", "det", "amod", "compound", "nummod", "nmod:poss", "cc", "mark", "aux", "cop", "advmod", "nmod:desc", "nsubj") && a.quote[tok.Head] == a.quote[t] {
				h = tok.Head
				break
			}
		}
		if h < 0 || h == d.cue || has(d.sources, h) || h-last > 12 {
			return
		}
		_, end := a.doc.Subtree(h)
		for t := last + 1; t < end; t++ {
			if t == d.cue || has(d.sources, t) || a.byCue[t] != nil && t < h {
				end = t
			}
		}
		if end <= h {
			return
		}
		d.content = append(d.content, a.tokens(last+1, end)...)
	}
}

// aroundCue says whether only the cue's own words stand between a piece and the rest of the content.
func (a *attributor) aroundCue(d *draft, piece []int) bool {
	lo, hi := piece[len(piece)-1]+1, d.contentHead
	if piece[0] > d.contentHead {
		lo, hi = d.contentHead, piece[0]
	}
	if d.cue < lo || d.cue >= hi {
		return false
	}
	for i := lo; i < hi; i++ {
		if !contains(d.content, i) && !a.doc.Under(i, d.cue) {
			return false
		}
	}
	return true
}

// words counts the tokens that are not punctuation.
func (a *attributor) words(toks []int) int {
	n := 0
	for _, t := range toks {
		if a.doc.Tokens[t].UPOS != "PUNCT" {
			n++
		}
	}
	return n
}

// untimed takes a time right behind the cue ("told them | on Tuesday | he would go") off the front of a content.
func (a *attributor) untimed(d *draft) {
	if d.cue < 0 || len(d.content) == 0 || d.content[0] < d.cue || d.rule != "says" {
		return
	}
	i := 0
	if tok := &a.doc.Tokens[d.content[0]]; tok.UPOS == "ADP" && len(d.content) > 1 && tok.Is("case") {
		i = 1
	}
	at := a.timeAt[d.content[i]]
	if at < 0 || a.times[at].Expr.Kind != "point" {
		return
	}
	for i < len(d.content) && a.timeAt[d.content[i]] == at {
		i++
	}
	if i < len(d.content) && a.doc.Tokens[d.content[i]].UPOS != "PUNCT" && a.doc.Tokens[d.content[i]].UPOS != "AUX" && a.doc.Tokens[d.content[i]].UPOS != "VERB" && a.doc.Tokens[d.content[i]].UPOS != "PART" {
		d.aside = append(d.aside, d.content[:i]...)
		d.content = append([]int(nil), d.content[i:]...)
	}
}

// strayBelow is the number of words below which a detached piece of content is a fault of the tree.
const strayBelow = 4

// joinable says whether the words between two pieces of content belong to it.
func (a *attributor) joinable(d *draft, x, y int) bool {
	if y-x > 12 {
		return false
	}
	for i := x + 1; i < y; i++ {
		if i == d.cue || has(d.sources, i) || a.doc.Tokens[i].UPOS == "VERB" && a.quote[i] < 0 && a.lex.verbs[a.lemma(i)] != nil {
			return false
		}
	}
	return true
}

// snap lets the model's marks settle the edges of contents where they nearly agree with the tree.
func (a *attributor) snap() {
	for _, d := range a.drafts {
		if d.dropped || d.cue < 0 || len(d.content) == 0 || d.rule == "says, host" || d.rule == "says, inverted" || d.rule == "according to" {
			continue
		}
		if a.marked {
			a.snapContent(d)
		}
		if d.rule == "says, phrase" && len(d.content) > 1 && d.content[0] < d.cueEnd { // the preposition is the cue's
			d.content = d.content[1:]
		}
		a.closeEnd(d)
		a.fromStart(d)
		a.split(d)
		a.unheard(d)
		a.untimed(d)
		a.contrast(d)
	}
}

// unheard takes whoever is told off the front of a content, where a parser or the model has left them.
func (a *attributor) unheard(d *draft) {
	if d.cue < 0 || len(d.content) == 0 || d.content[0] < d.cue || d.rule == "says, infinitive" {
		return
	}
	if len(d.addressee) == 0 && d.content[0] == d.cue+1 && a.lexTakes(d.cue, "that:hear") {
		a.hearerInside(d)
	}
	for _, h := range d.addressee {
		if h < d.contentHead && h > d.cue {
			first, end := a.block(h, a.core(h, -1))
			if d.content[0] >= first && d.content[0] < end && contains(d.content, end) {
				d.content = minus(d.content, a.tokens(first, end))
			}
		}
	}
}

// hearerInside finds whoever is told at the head of a content: a name that another noun phrase follows ("told | Reuters
// | four people had died"), or a noun phrase in front of a quotation.
func (a *attributor) hearerInside(d *draft) {
	first := d.cue + 1
	end := first
	for i := range a.doc.Names {
		if n := &a.doc.Names[i]; n.First == first && (n.Kind == "ORG" || n.Kind == "PER") {
			end = n.End
		}
	}
	if end == first && a.quote[first] < 0 {
		for end < first+6 && contains(d.content, end) && a.quote[end] < 0 && a.doc.Tokens[end].UPOS != "VERB" && a.doc.Tokens[end].UPOS != "AUX" {
			end++
		}
		if !contains(d.content, end) || a.quote[end] < 0 {
			return
		}
		for end > first && a.doc.Tokens[end-1].UPOS == "PUNCT" {
			end--
		}
	}
	if end == first || end >= len(a.doc.Tokens) || !contains(d.content, end) {
		return
	}
	switch a.doc.Tokens[end].UPOS {
	case "VERB", "AUX", "CCONJ", "ADP", "PART":
		return
	case "PUNCT":
		if a.quote[end] < 0 && !quoteMark(a.doc.Tokens[end].Form) {
			return
		}
	}
	if h := a.rangeHead(first, end); h >= 0 && h != d.contentHead && a.person(h) {
		d.addressee = []int{h}
		d.content = minus(d.content, a.tokens(first, end))
	}
}

// snapContent takes over the marked ranges that the content overlaps, when both have enough in common.
func (a *attributor) snapContent(d *draft) {
	if d.group == nil {
		return
	}
	marked := d.group.tokens(a)
	common := 0
	for _, t := range marked {
		if contains(d.content, t) {
			common++
		}
	}
	if all := len(marked) + len(d.content) - common; common > 0 && contains(marked, d.contentHead) && float64(common) >= snapAt*float64(all) {
		d.content = marked
	}
}

// snapAt is how much of marked and parsed content must be common for the marks to win.
const snapAt = 0.2
