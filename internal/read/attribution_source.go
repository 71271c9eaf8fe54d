package read

import "parley/internal/document"

// speaker finds who performs the verb of a draft; false when nobody can be told to.
func (a *attributor) speaker(d *draft, v int) bool {
	heads := a.subject(v, 0)
	if h := a.besideSource(d, v, heads); h >= 0 {
		heads = []int{h}
	}
	if len(heads) > 0 {
		for _, h := range heads {
			if !a.canSpeak(h, d) {
				return false
			}
		}
		d.sources = heads
		a.sameSubject(d, v)
		if p := a.doc.Child(v, "nsubj"); p >= 0 && p != heads[0] && !a.passive(v) && (a.doc.Tokens[p].XPOS == "WP" || a.doc.Tokens[p].XPOS == "WDT") {
			d.name = p // "who" stands for the source here
		}
		return true
	}
	if a.reports(v) {
		d.rule = "says, passive"
		return true
	}
	return a.waits(v, d)
}

// sameSubject lets "he" and "she" in an adverbial clause of a cue stand for that cue's speaker ("the envoy said, as
// she warned that …").
func (a *attributor) sameSubject(d *draft, v int) {
	h := a.doc.Tokens[v].Head
	if h < 0 || !a.doc.Tokens[v].Is("advcl") || a.byCue[h] == nil || len(d.sources) != 1 {
		return
	}
	p := d.sources[0]
	if w := a.lower(p); w != "he" && w != "she" {
		return
	}
	other := a.byCue[h]
	if len(other.sources) == 1 && other.sources[0] < p && a.doc.Tokens[other.sources[0]].UPOS != "PRON" {
		d.name, d.sources = p, other.sources
	}
}

// besideSource is the source the model marks next to the verb, when the tree gives none or one the model does
// not take for a source; a tree may have hung it into the content. -1 for none.
func (a *attributor) besideSource(d *draft, v int, heads []int) int {
	h, toks := a.markedBeside(v)
	if h < 0 || a.passive(v) || len(heads) > 0 && a.share(document.MarkSource, heads) > 0 {
		return -1
	}
	if s := a.doc.Child(v, "nsubj"); s >= 0 && (a.marks[document.MarkSource][s] > 0 || a.doc.Under(h, s)) || has(toks, d.contentHead) {
		return -1
	}
	d.content = minus(d.content, toks)
	if len(d.content) == 0 {
		return -1
	}
	return h
}

// reports says whether a verb is an impersonal passive: "it was reported that".
func (a *attributor) reports(v int) bool {
	s := a.doc.Child(v, "nsubj", "expl")
	return a.passive(v) && a.lex.is(a.lemma(v), "opinion") && (s < 0 || a.lower(s) == "it")
}

// waits keeps a participle without a subject of its own ("…, adding that") for followers.
func (a *attributor) waits(v int, d *draft) bool {
	if a.doc.Tokens[v].XPOS != "VBG" || !a.doc.Tokens[v].Is("advcl", "acl", "conj", "xcomp", "parataxis", "dep") {
		return false
	}
	d.same = -2
	return true
}

// subject are the heads of the phrase that performs a verb, following coordination, control, relative
// pronouns and the passive.
func (a *attributor) subject(v, depth int) []int {
	if depth > 8 {
		return nil
	}
	if a.passive(v) {
		if g := a.agent(v); g >= 0 {
			return []int{g}
		}
		return nil
	}
	if s := a.doc.Child(v, "nsubj"); s >= 0 && !a.doc.Tokens[s].Is("nsubj:pass") && (s < v || a.doc.Tokens[v].XPOS != "VBG") {
		return a.antecedent(s, v)
	}
	tok := &a.doc.Tokens[v]
	h := tok.Head
	switch {
	case h < 0:
	case tok.Is("conj") && a.verbal(h) && (tok.XPOS != "VBG" || a.doc.Tokens[h].XPOS == "VBG"):
		if a.passive(h) {
			if s := a.doc.Child(h, "nsubj:pass"); s >= 0 {
				return a.antecedent(s, h)
			}
			return nil
		}
		return a.subject(h, depth+1)
	case a.carried(v):
		return a.subject(h, depth+1)
	case tok.Is("advcl", "xcomp") && a.lower(max(v-1, 0)) == "as" && a.passive(h): // was quoted as saying
		if s := a.doc.Child(h, "nsubj:pass"); s >= 0 {
			return a.antecedent(s, h)
		}
	case tok.Is("acl:relcl") && a.doc.Child(v, "nsubj") < 0 && a.nominal(h) && a.doc.Child(v, "obj") < 0:
		return nil
	}
	if tok.Is("parataxis") { // "…, said the minister" with the noun taken for an object
		if o := a.doc.Child(v, "obj", "iobj", "dep"); o > v && a.nominal(o) && a.doc.Tokens[o].UPOS != "PRON" {
			return []int{o}
		}
	}
	return nil
}

func (a *attributor) verbal(i int) bool {
	u := a.doc.Tokens[i].UPOS
	return u == "VERB" || u == "AUX" || a.doc.Child(i, "cop") >= 0
}

// agent is the head of "by …" under a passive verb, -1 for none.
func (a *attributor) agent(v int) int {
	if g := a.doc.Child(v, "obl:agent"); g >= 0 {
		return g
	}
	g := a.oblique(v, "by")
	if g >= 0 && a.timeAt[g] < 0 {
		return g
	}
	return -1
}

// antecedent replaces a relative pronoun by what it stands for.
func (a *attributor) antecedent(s, v int) []int {
	switch a.doc.Tokens[s].XPOS {
	case "WP", "WDT":
	default:
		if a.lower(s) != "that" || !a.doc.Tokens[v].Is("acl:relcl", "advcl") {
			return []int{a.entire(s)}
		}
	}
	for i, n := v, 0; i >= 0 && n < deepest; n++ {
		tok := &a.doc.Tokens[i]
		if cleft := tok.Is("advcl") && tok.Head >= 0 && a.doc.Child(tok.Head, "cop") >= 0; (tok.Is("acl:relcl") || cleft) && tok.Head >= 0 && a.nominal(tok.Head) {
			return []int{a.behindName(s, tok.Head)}
		}
		if !tok.Is("conj") {
			break
		}
		i = tok.Head
	}
	if h := a.behindName(s, -1); h >= 0 {
		return []int{h}
	}
	return nil
}

// entire is the paper that a phrase names a part of: "part of the judge's statement" says what the statement says.
func (a *attributor) entire(n int) int {
	if of := a.oblique(n, "of"); of > n && a.lex.is(a.lemma(n), "part") && a.paperNoun(of) {
		return of
	}
	return n
}

// canSpeak says whether a phrase can be the source of a draft.
func (a *attributor) canSpeak(h int, d *draft) bool {
	if h < 0 {
		return false
	}
	if det := a.doc.Child(h, "det"); det >= 0 && a.lex.is(a.lower(det), "not") {
		return false // "neither side"
	}
	word := a.lower(h)
	switch {
	case a.timeAt[h] >= 0, a.nameKind(h) == "TIME", !a.nominal(h), a.lex.is(word, "nobody") && (word != "one" || a.doc.Child(h, "nmod") < h):
		return false
	case a.lex.is(word, "thing"):
		return word == "it" && a.quote[h] < 0 && (a.named(h) || d.rule == "says" && !a.lex.is(a.lemma(d.cue), "evidence"))
	case a.doc.Tokens[h].UPOS == "NUM" && a.doc.Child(h, "nmod") < 0:
		return false
	case a.doc.Tokens[h].UPOS == "NOUN" && !a.lex.is(a.lemma(h), "voice") && a.nameKind(h) == "":
		// a noun not known for speaking: believed with a clause or a quotation, or when it is a paper
		if (a.quote[h] >= 0 || a.lex.is(a.lemma(d.cue), "evidence")) && !a.paperNoun(h) {
			return false // "his popularity shows that": nobody says it
		}
		return d.rule == "says" || d.rule == "says, host" || d.rule == "says, colon" || d.rule == "according to" || a.paperNoun(h) && d.rule != "adjective"
	}
	return true
}

// paperNoun says whether a noun names a text or a spoken piece ("the statement").
func (a *attributor) paperNoun(n int) bool {
	for i := range a.lex.nouns[a.lemma(n)] {
		if a.lex.nouns[a.lemma(n)][i].takes("doc") {
			return true
		}
	}
	return false
}

// followers gives participles and conjuncts without a subject ("…, adding that") the speaker they go on from:
// the verb they hang on, or the nearest attribution before them in the sentence, else the subject of the clause.
func (a *attributor) followers() {
	for _, d := range a.drafts {
		if d.same != -2 {
			continue
		}
		d.same = -1
		if !a.follow(d) {
			d.dropped = true
		}
	}
}

func (a *attributor) follow(d *draft) bool {
	tok := &a.doc.Tokens[d.cue]
	h := tok.Head
	if h >= 0 && tok.Is("acl") && a.nominal(h) {
		if d.cue == 0 || a.doc.Tokens[d.cue-1].Form != "," || a.paperNoun(h) {
			return a.paper(d, h)
		}
		for n := 0; h >= 0 && !a.verbal(h) && n < deepest; n++ { // "ruled against the bank, finding that …"
			h = a.doc.Tokens[h].Head
		}
	}
	s := a.doc.SentenceOf(d.cue)
	if s < 0 || h > d.cue && a.byCue[h] != nil && !a.byCue[h].dropped {
		return false // "Writing for the court, the judge declared": the main verb says it
	}
	for i := d.cue - 1; i >= a.doc.Sentences[s].First; i-- {
		other := a.byCue[i]
		if other == nil || other.dropped || other.same == -2 || !a.doc.Under(d.cue, other.cue) && !has(other.content, d.cue) {
			continue
		}
		if has(other.content, d.cue) && i != h && !a.doc.Tokens[other.cue].Is("parataxis") && !a.cutOff(other, d.cue) {
			break // inside what somebody else says: the subject of that clause
		}
		d.same = other.cue
		return true
	}
	if h < 0 {
		return false
	}
	if other := a.byCue[h]; other != nil && !other.dropped {
		d.same = other.cue
		return true
	}
	heads := a.subject(h, 0)
	if len(heads) == 0 {
		if p := a.doc.Child(h, "nsubj:pass"); p >= 0 {
			heads = a.antecedent(p, h)
		}
	}
	for _, p := range heads {
		if !a.canSpeak(p, d) {
			return false
		}
	}
	d.sources = heads
	return len(heads) > 0
}

// cutOff ends a content before a participle behind a comma that goes on with the same speaker ("argued that …,
// saying …"), which parsers often hang into the content; false where the participle may belong to the content.
func (a *attributor) cutOff(d *draft, v int) bool {
	first, _ := a.doc.Subtree(v)
	if !saying(d.act) || d.rule == "says, host" || a.quote[v] >= 0 || d.content[0] < d.cue || first == 0 || a.doc.Tokens[first].Form != "," && a.doc.Tokens[first-1].Form != "," || !a.doc.Tokens[v].Is("advcl") {
		return false
	}
	kept := d.content[:0:0]
	for _, t := range d.content {
		if t < first {
			kept = append(kept, t)
		}
	}
	d.content = kept
	return len(kept) > 0
}

// paper finds the source of "a statement saying …": whoever made it, or the paper itself.
func (a *attributor) paper(d *draft, n int) bool {
	if heads := a.owner(n); len(heads) > 0 {
		d.sources = heads
		return true
	}
	if a.canSpeak(n, d) {
		d.sources = []int{n}
		return true
	}
	return false
}

// sources are the heads of who speaks in a draft, looked up through the speakers it follows.
func (a *attributor) speakers(d *draft) []int {
	for n := 0; d != nil && n < deepest; n++ {
		if len(d.sources) > 0 || d.same < 0 {
			return d.sources
		}
		d = a.byCue[d.same]
	}
	return nil
}

// sourceSpan are the words that name the source as an annotator marks them: the noun phrase with titles,
// appositions and relative clauses, except one that holds the cue.
func (a *attributor) sourceSpan(d *draft) document.Span {
	if len(d.sources) == 0 {
		if d.group == nil || len(d.group.sources) == 0 {
			return document.Span{}
		}
		m := d.group.sources[0] // whoever speaks is known from elsewhere; these words name them here
		return a.doc.TokenSpan(m.First, m.End)
	}
	h := d.sources[0]
	if d.name > 0 {
		h = d.name
	}
	if m := d.sourceMark(h); m != nil {
		return a.doc.TokenSpan(m.First, m.End)
	}
	toks := []int{h}
	for _, c := range a.doc.Children(h) {
		tok := &a.doc.Tokens[c]
		switch {
		case tok.Is("case") && (int(c) < h || d.rule == "noun"), tok.Is("parataxis", "ccomp", "advcl", "dep", "orphan", "cop", "nsubj", "aux", "mark", "csubj", "obl"):
			continue
		case d.cue >= 0 && a.doc.Under(d.cue, int(c)) || len(d.content) > 0 && a.doc.Under(d.contentHead, int(c)):
			continue
		case tok.Is("conj") && !a.nominal(int(c)), int(c) > h && a.negated(int(c)):
			continue
		}
		toks = append(toks, a.under(int(c))...)
	}
	toks = union(toks)
	first, end := a.block(h, toks)
	if _, stop := a.torn(end); stop > end && (d.cue < end || d.cue >= stop) {
		end = stop
	}
	return a.doc.TokenSpan(first, end)
}

// sourceMark is the model's mark of a source that holds token h, nil for none.
func (d *draft) sourceMark(h int) *document.Mark {
	if d.group == nil {
		return nil
	}
	for _, m := range d.group.sources {
		if h >= m.First && h < m.End {
			return m
		}
	}
	return nil
}
