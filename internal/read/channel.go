package read

// hearers finds whom something is said to: the object of "told", "to …", "on …" with a call, and who an
// infinitive is laid on.
func (a *attributor) hearers(d *draft, v int, senses []sense) {
	if len(d.addressee) > 0 {
		return
	}
	hear := false
	for i := range senses {
		hear = hear || senses[i].takes("that:hear")
	}
	laid := d.rule == "says, infinitive" && (d.act == "request" || d.act == "demand")
	if d.act == "accuse" || d.act == "warn" && d.rule == "says, infinitive" {
		laid = d.act == "warn"
	}
	for _, c := range a.doc.Children(v) {
		c := int(c)
		tok := &a.doc.Tokens[c]
		switch {
		case !a.nominal(c) || a.timeAt[c] >= 0 || has(d.sources, c) || a.lex.channels[a.lemma(c)] == "social_media":
		case tok.Is("obj", "iobj") && laid:
			d.addressee = append(d.addressee, c)
		case has(d.content, c):
		case tok.Is("iobj"), tok.Is("obj") && hear:
			d.addressee = append(d.addressee, c)
		case tok.Is("obl") && a.caseOf(c) == "on" && d.act == "request":
			d.addressee = append(d.addressee, c)
		case tok.Is("obl") && a.caseOf(c) == "to" && c > v && a.person(c):
			d.addressee = append(d.addressee, c)
		case tok.Is("nsubj:pass") && hear && a.passive(v):
			d.addressee = append(d.addressee, c)
		}
	}
	if s := a.doc.Child(d.contentHead, "nsubj"); laid && len(d.addressee) == 0 && s > v && s < d.contentHead {
		d.addressee = append(d.addressee, s) // the tree takes whoever is urged for the subject of what is to be done
	}
	if h := a.nounBehind(v + 1); hear && len(d.addressee) == 0 && !a.passive(v) && h >= 0 && !contains(d.content, h) && !has(d.sources, h) && a.timeAt[h] < 0 && a.person(h) {
		d.addressee = append(d.addressee, h) // told | Reuters, wherever a tree has hung the name
	}
	if len(d.addressee) == 0 {
		a.spokenTo(d, v)
	}
}

// spokenTo reads an aside that tells who listened: "…, speaking to reporters, said".
func (a *attributor) spokenTo(d *draft, v int) {
	for _, c := range a.asides(d, v) {
		o := -1
		switch a.lower(c) {
		case "speaking", "talking":
			o = a.oblique(c, "to")
		case "telling", "addressing":
			o = a.doc.Child(c, "obj")
		}
		if o >= 0 && a.person(o) {
			d.addressee = append(d.addressee, o)
			return
		}
	}
}

// asides are the participles that hang on a cue or on its speaker outside the content.
func (a *attributor) asides(d *draft, v int) []int {
	var out []int
	for _, top := range append([]int{v}, d.sources...) {
		for _, c := range a.doc.Children(top) {
			if a.doc.Tokens[c].Is("advcl", "acl") && a.doc.Tokens[c].XPOS == "VBG" && !contains(d.content, int(c)) {
				out = append(out, int(c))
			}
		}
	}
	return out
}

// person says whether a phrase can listen: a name that is no time, a pronoun for people, or a noun for
// people by its form ("reporters") or table.
func (a *attributor) person(i int) bool {
	tok := &a.doc.Tokens[i]
	if tok.UPOS == "PROPN" || a.nameKind(i) == "PER" || a.nameKind(i) == "ORG" {
		return a.nameKind(i) != "TIME"
	}
	if tok.UPOS == "PRON" {
		return !a.lex.is(a.lower(i), "thing")
	}
	return a.lex.is(a.lemma(i), "voice")
}

// beside are the tokens at and below the cue that are neither content, source nor another clause of saying.
func (a *attributor) beside(d *draft) []int {
	if d.cue < 0 {
		return nil
	}
	var out []int
	stack := []int{d.cue}
	for len(stack) > 0 {
		t := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if t != d.cue && (has(d.sources, t) || t == d.contentHead || a.byCue[t] != nil ||
			a.doc.Tokens[t].Is("conj", "parataxis", "ccomp", "acl:relcl", "nsubj", "csubj") || a.quote[t] >= 0 && a.quote[t] != a.quote[d.cue]) {
			continue
		}
		if len(d.content) > 0 && contains(d.content, t) && t != d.cue {
			continue
		}
		out = append(out, t)
		for _, c := range a.doc.Children(t) {
			stack = append(stack, int(c))
		}
	}
	return union(out)
}

// channel is how something was said, by the nouns of the cue's own phrases, its verb, or a paper as source.
func (a *attributor) channel(d *draft) string {
	for _, t := range append(a.beside(d), d.aside...) {
		tok := &a.doc.Tokens[t]
		if tok.UPOS != "NOUN" && tok.UPOS != "PROPN" || !tok.Is("obl", "nmod", "advcl", "conj") {
			continue
		}
		if c := a.lex.channels[a.lemma(t)]; c != "" {
			switch a.caseOf(t) {
			case "in", "on", "at", "by", "during", "via", "through", "over", "to":
				if prep := a.caseOf(t); (c == "press_conference") == (prep == "to") || a.lemma(t) != "reporter" && a.lemma(t) != "journalist" && prep != "to" {
					return c
				}
			}
		}
	}
	if d.cue >= 0 && (a.lemma(d.cue) == "tweet" || a.lemma(d.cue) == "post") {
		return "social_media"
	}
	named := d.sources
	if d.name > 0 {
		named = []int{d.name}
	}
	for _, h := range named {
		if c := a.lex.channels[a.lemma(h)]; c != "" && a.doc.Tokens[h].UPOS == "NOUN" {
			switch c {
			case "statement", "report", "letter", "article":
				return c
			}
		}
	}
	return ""
}

// saidAt is the time that stands with the cue, -1 for none.
func (a *attributor) saidAt(d *draft) int {
	for _, t := range d.aside {
		if i := a.timeAt[t]; i >= 0 && a.times[i].Expr.Kind == "point" {
			return i
		}
	}
	if d.cue < 0 {
		return -1
	}
	for _, t := range a.beside(d) {
		if i := a.timeAt[t]; i >= 0 && a.times[i].Expr.Kind == "point" && a.timesCue(d.cue, &a.times[i]) {
			return i
		}
	}
	for _, c := range a.asides(d, d.cue) { // "Harris, speaking to reporters Sunday, said"
		if a.byCue[c] != nil {
			continue
		}
		for _, t := range a.under(c) {
			if i := a.timeAt[t]; i >= 0 && a.times[i].Expr.Kind == "point" && a.doc.Tokens[t].Head == c {
				return i
			}
		}
	}
	return -1
}

// timesCue says whether a time belongs to the cue itself ("said on Sunday") or to a phrase right under it ("said in a
// statement on Sunday"), not to something that such a phrase only names ("said of the 1998 accord").
func (a *attributor) timesCue(cue int, t *Time) bool {
	for i := t.First; i < t.End; i++ {
		h := a.doc.Tokens[i].Head
		if h >= t.First && h < t.End || h < 0 {
			continue
		}
		if h == cue {
			return true
		}
		return a.doc.Tokens[h].Head == cue && a.doc.Tokens[h].Is("obl", "advmod", "obj", "iobj", "advcl") && !a.doc.Tokens[i].Is("compound", "nummod", "amod", "flat")
	}
	return false
}
