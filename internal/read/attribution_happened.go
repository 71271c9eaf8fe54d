package read

// happened says whether the text tells of the saying as a fact: not as possible, future, asked or conditional.
func (a *attributor) happened(v int) bool {
	for i, n := v, 0; i >= 0 && n < 4; n++ {
		for _, c := range a.doc.Children(i) {
			tok := &a.doc.Tokens[c]
			if tok.Is("aux") && a.lex.is(a.lower(int(c)), "modal") && int(c) < v {
				return false
			}
			if tok.Is("mark", "advmod") && int(c) < v && a.lex.is(a.lower(int(c)), "if") {
				return false
			}
			if tok.Is("mark", "advmod") && int(c) < v && (a.lex.is(a.lower(int(c)), "pending") && a.present(i) || a.lex.is(a.lower(int(c)), "ahead") && a.perfect(i)) {
				return false
			}
			if tok.Is("mark", "aux") && a.lower(int(c)) == "to" && int(c) < v && !a.carried(i) {
				return false
			}
		}
		if !a.doc.Tokens[i].Is("conj") && (!a.doc.Tokens[i].Is("xcomp") || !a.carried(i)) {
			break
		}
		i = a.doc.Tokens[i].Head
	}
	return !a.questioned(v)
}

// present says whether a verb, or its auxiliary, stands in the present.
func (a *attributor) present(v int) bool {
	if aux := a.doc.Child(v, "aux", "aux:pass"); aux >= 0 {
		v = aux
	}
	x := a.doc.Tokens[v].XPOS
	return x == "VBP" || x == "VBZ"
}

// perfect says whether a verb stands in the past perfect.
func (a *attributor) perfect(v int) bool {
	aux := a.doc.Child(v, "aux")
	return aux >= 0 && a.lower(aux) == "had"
}

// carried says whether a verb hangs on one that only tells how the saying went ("went on to say").
func (a *attributor) carried(v int) bool {
	h := a.doc.Tokens[v].Head
	if h < 0 || h > v || !a.lex.is(a.lemma(h), "carrier") {
		return false
	}
	return a.doc.Tokens[v].Is("xcomp", "ccomp") || a.doc.Tokens[v].Is("advcl") && (a.doc.Tokens[v].XPOS == "VBG" || a.clauseKind(v) == "to")
}

// questioned says whether the verb is asked about: its sentence ends in a question mark that stands in
// the same quotation as the verb, or in none either.
func (a *attributor) questioned(v int) bool {
	s := a.doc.SentenceOf(v)
	if s < 0 {
		return false
	}
	for i := a.doc.Sentences[s].End - 1; i > v; i-- {
		switch tok := &a.doc.Tokens[i]; {
		case tok.Form == "?":
			return a.quote[i] == a.quote[v]
		case tok.UPOS != "PUNCT":
			return false
		}
	}
	return false
}

// negated says whether the verb is denied.
func (a *attributor) negated(v int) bool {
	for _, c := range a.doc.Children(v) {
		if a.doc.Tokens[c].Is("advmod", "neg", "det", "cc") && a.lex.is(a.lower(int(c)), "not") {
			return true
		}
		if a.doc.Tokens[c].Is("obj") { // "confirms neither claim"
			if det := a.doc.Child(int(c), "det"); a.lex.is(a.lower(int(c)), "none") || det >= 0 && a.lex.is(a.lower(det), "none") {
				return true
			}
		}
		if a.doc.Tokens[c].Is("nsubj") { // "neither side has said"
			if det := a.doc.Child(int(c), "det"); det >= 0 && a.lex.is(a.lower(det), "not") || a.lex.is(a.lower(int(c)), "not") {
				return true
			}
		}
	}
	return false
}
