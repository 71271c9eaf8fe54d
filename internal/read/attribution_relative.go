package read

// behindName corrects what a tree takes a relative "who" to stand for (h, -1 for nothing): where that is no human being and a person's
// name stands right before ", who", it is that person ("a call with Ann Lee, who said"); where the tree has nothing, also a noun for
// those who speak.
func (a *attributor) behindName(s, h int) int {
	if a.lower(s) != "who" || s < 2 || a.doc.Tokens[s-1].Form != "," || h >= 0 && a.human(h) {
		return h
	}
	e := s - 2
	switch tok := &a.doc.Tokens[e]; {
	case tok.UPOS == "PROPN" && (a.nameKind(e) == "PER" || a.nameKind(e) == ""):
		for n := 0; n < 8; n++ {
			up := a.doc.Tokens[e].Head
			if up < 0 || up >= s || a.doc.Tokens[up].UPOS != "PROPN" || !a.doc.Tokens[e].Is("flat", "compound", "nmod:desc") {
				break
			}
			e = up
		}
		return e
	case tok.UPOS == "NOUN" && h < 0 && a.lex.is(a.lemma(e), "voice"):
		return e
	}
	return h
}

// human says whether a token stands for a human being rather than for a body, a thing or what takes place.
func (a *attributor) human(i int) bool {
	switch tok := &a.doc.Tokens[i]; tok.UPOS {
	case "PROPN":
		return a.nameKind(i) == "PER" || a.nameKind(i) == ""
	case "NOUN", "ADJ":
		return eventLexicon().agents["person"][a.lemma(i)] || a.doc.Tokens[i].XPOS == "NNS" && a.lex.is(a.lemma(i), "voice")
	}
	return a.doc.Tokens[i].UPOS == "PRON"
}
