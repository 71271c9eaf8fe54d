package read

import "strings"

// noun tries a noun as the cue of an attribution: "the ministry's claim that …", "a warning by … of …".
func (a *attributor) noun(n int) {
	for i := range a.lex.nouns[a.lemma(n)] {
		s := &a.lex.nouns[a.lemma(n)][i]
		d := &draft{cue: n, cueFirst: n, cueEnd: n + 1, same: -1, rule: "noun", act: s.act, negated: a.noSuch(n)}
		if !a.nounContent(d, n, s) {
			continue
		}
		heads := a.owner(n)
		if len(heads) == 0 {
			return
		}
		for _, h := range heads {
			if !a.canSpeak(h, d) || has(d.content, h) {
				return
			}
		}
		d.sources = heads
		if v := a.performed(n); v >= 0 {
			if !a.happened(v) || a.negated(v) {
				return
			}
			if e := a.byCue[v]; e != nil && e.rule == "says, object" { // "repeated his claim that": one act
				e.dropped = true
				if len(heads) == 1 && a.doc.Tokens[heads[0]].UPOS == "PRON" {
					d.sources = e.sources
				}
			}
			if first, _ := a.cueRange(v); first < n && n-first <= 6 {
				d.cueFirst = first
			}
		}
		if a.refine(d); !d.dropped {
			a.add(d)
		}
		return
	}
}

func (a *attributor) nounContent(d *draft, n int, s *sense) bool {
	if c, toks := a.nounThat(n); c >= 0 && s.takes("that") {
		d.content, d.contentHead = toks, c
		return true
	}
	for _, c := range a.doc.Children(n) {
		c := int(c)
		tok := &a.doc.Tokens[c]
		if c < n {
			continue
		}
		if tok.Is("acl", "ccomp", "advcl", "xcomp", "dep") && !tok.Is("acl:relcl") {
			kind := a.clauseKind(c)
			if s.takes("to") && kind == "to" || s.takes("that") && kind == "that" && a.marker(c) == "that" {
				d.content, d.contentHead = a.under(c), c
				return true
			}
		}
	}
	for _, f := range s.frames {
		if !strings.HasPrefix(f, "@") {
			continue
		}
		if o := a.oblique(n, f[1:]); o > n {
			d.content, d.contentHead = a.phraseContent(o), o
			if d.content[0]-1 == d.cueEnd {
				d.cueEnd++
			}
			return true
		}
	}
	return false
}

// owner is who makes what a noun names: its possessor, "by …", "from …", or the subject of the verb that
// performs it ("issued a warning").
func (a *attributor) owner(n int) []int {
	if p := a.doc.Child(n, "nmod:poss"); p >= 0 {
		if a.doc.Tokens[p].UPOS == "PRON" && a.lex.is(a.lower(p), "nobody") {
			return nil
		}
		return []int{p}
	}
	for _, prep := range []string{"by", "from"} {
		if o := a.oblique(n, prep); o >= 0 && a.timeAt[o] < 0 && a.nominal(o) {
			return []int{o}
		}
	}
	if v := a.performed(n); v >= 0 {
		return a.subject(v, 0)
	}
	return nil
}

// performed is the light verb whose object is the noun, -1 for none.
func (a *attributor) performed(n int) int {
	for i := 0; i < 4 && n >= 0; i++ {
		tok := &a.doc.Tokens[n]
		if tok.Is("obj") && tok.Head >= 0 && a.lex.is(a.lemma(tok.Head), "light") {
			return tok.Head
		}
		if !tok.Is("conj") {
			break
		}
		n = tok.Head
	}
	return -1
}

// adjective tries an adjective, or a participle used as one, as cue: "is willing to", "was “convinced” that".
func (a *attributor) adjective(i int) bool {
	senses := a.lex.adjectives[a.lower(i)]
	if len(senses) == 0 {
		return false
	}
	cop := a.doc.Child(i, "cop", "aux:pass")
	subject := a.doc.Child(i, "nsubj")
	if h := a.doc.Tokens[i].Head; cop < 0 && a.doc.Tokens[i].Is("xcomp") && h >= 0 && subject < 0 {
		cop, subject = h, a.doc.Child(h, "nsubj")
	}
	if cop < 0 || !a.happened(i) {
		return false
	}
	d := &draft{cue: i, same: -1, rule: "adjective", negated: a.negated(i)}
	d.cueFirst, d.cueEnd = a.cueRange(i)
	if !a.adjectiveContent(d, i, senses) {
		return false
	}
	if subject >= 0 {
		d.sources = a.antecedent(subject, i)
	} else if a.doc.Tokens[i].Is("conj") {
		d.sources = a.subject(a.doc.Tokens[i].Head, 0)
	}
	if len(d.sources) == 0 || !a.canSpeak(d.sources[0], d) || a.lower(d.sources[0]) == "it" {
		return false
	}
	a.refine(d)
	if !d.dropped {
		a.add(d)
	}
	return true
}

func (a *attributor) adjectiveContent(d *draft, i int, senses []sense) bool {
	for k := range senses {
		s := &senses[k]
		for _, c := range a.doc.Children(i) {
			c := int(c)
			if c < i || !a.doc.Tokens[c].Is("ccomp", "xcomp", "advcl") {
				continue
			}
			kind := a.clauseKind(c)
			if s.takes("to") && kind == "to" || s.takes("that") && kind == "that" && a.doc.Tokens[c].Is("ccomp") {
				d.act, d.content, d.contentHead = s.act, a.under(c), c
				return true
			}
		}
		for _, f := range s.frames {
			if f[0] != '@' {
				continue
			}
			if o := a.oblique(i, f[1:]); o > i {
				d.act, d.content, d.contentHead = s.act, a.phraseContent(o), o
				return true
			}
		}
	}
	return false
}

// adverb reads "reportedly" and "allegedly": somebody who is not named says the clause.
func (a *attributor) adverb(i int) {
	var act string
	switch word := a.lower(i); {
	case a.lex.is(word, "reported"):
		act = "report"
	case a.lex.is(word, "alleged"):
		act = "claim"
	default:
		return
	}
	h := a.doc.Tokens[i].Head
	if h < 0 || !a.doc.Tokens[i].Is("advmod") || !a.verbal(h) || a.doc.Tokens[h].Is("acl", "advcl") || a.clauseKind(h) != "that" || a.doc.Child(h, "nsubj") < 0 {
		return
	}
	a.add(&draft{cue: i, cueFirst: i, cueEnd: i + 1, same: -1, rule: "adverb", act: act, content: a.under(h, i), contentHead: h})
}

// accordingTo reads "according to …": the phrase names the source of the sentence around it.
func (a *attributor) accordingTo(i int) {
	if i+1 >= len(a.doc.Tokens) || a.lower(i+1) != "to" {
		return
	}
	n := a.doc.Tokens[i].Head
	if !a.doc.Tokens[i].Is("case", "mark") || n < i {
		n = a.doc.Child(i, "obl", "nmod", "obj")
	}
	if n < i {
		n = a.nounBehind(i + 2)
	}
	if n < i || a.quote[n] != a.quote[i] {
		return
	}
	a.framed(i, i+2, n)
}

// framed makes an attribution of a phrase of source ("according to n", "in the words of n"), whose words before n are the
// tokens [first, end): the clause around it is what n says.
func (a *attributor) framed(first, end, n int) {
	phrase := union(a.under(n), a.tokens(first, end))
	for t := phrase[len(phrase)-1] + 1; t < len(a.doc.Tokens) && a.doc.Tokens[t].UPOS == "PROPN" && a.doc.Tokens[t-1].UPOS != "PUNCT"; t++ {
		phrase = append(phrase, t) // a name torn from its title
	}
	root := a.clauseAbove(n, first, phrase[len(phrase)-1]+1)
	d := &draft{cue: first, cueFirst: first, cueEnd: end, same: -1, rule: "according to", act: "say", sources: []int{n}}
	if root < 0 || contains(phrase, root) || !a.canSpeak(n, d) {
		return
	}
	d.content, d.contentHead = minus(a.under(root), phrase), root
	if a.words(d.content) > 1 {
		a.add(d)
	}
}

// inTheWordsOf reads "in the words of …", given the token "words".
func (a *attributor) inTheWordsOf(i int) {
	if i < 2 || i+2 >= len(a.doc.Tokens) || a.lower(i-2) != "in" || a.lower(i-1) != "the" || a.lower(i+1) != "of" {
		return
	}
	if n := a.nounBehind(i + 2); n >= 0 {
		a.framed(i-2, i+2, n)
	}
}

// nounBehind is the head of the noun phrase that begins at a token, -1 for none.
func (a *attributor) nounBehind(first int) int {
	end := first
	for end < len(a.doc.Tokens) && end < first+12 && a.doc.SentenceOf(end) == a.doc.SentenceOf(first) {
		if tok := &a.doc.Tokens[end]; tok.UPOS == "PUNCT" && tok.Form != "-" || tok.UPOS == "VERB" || tok.UPOS == "AUX" || tok.UPOS == "SCONJ" || tok.UPOS == "ADP" {
			break
		}
		end++
	}
	if end == first {
		return -1
	}
	return a.rangeHead(first, end)
}

// clauseAbove is the head of the clause that the phrase [first, end) headed by top belongs to: the whole
// sentence when the phrase stands at its beginning or end, else the nearest clause.
func (a *attributor) clauseAbove(top, first, end int) int {
	s := a.doc.SentenceOf(top)
	if s < 0 {
		return -1
	}
	sent := &a.doc.Sentences[s]
	if root := sent.Root; (a.onlyPunctuation(sent.First, first) || a.onlyPunctuation(end, sent.End)) && root >= 0 && root != top {
		return root
	}
	for h, n := a.doc.Tokens[top].Head, 0; h >= 0 && n < deepest; n++ {
		if a.verbal(h) || a.doc.Tokens[h].Head < 0 {
			return h
		}
		h = a.doc.Tokens[h].Head
	}
	return -1
}

func (a *attributor) onlyPunctuation(first, end int) bool {
	for i := first; i < end; i++ {
		if u := a.doc.Tokens[i].UPOS; u != "PUNCT" && u != "CCONJ" {
			return false
		}
	}
	return true
}
