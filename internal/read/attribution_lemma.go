package read

import "strings"

// lemma is the lemma of a token in lower case. A verb whose lemma no table knows is looked up again by its
// form, for parsers that miss a lemma now and then.
func (a *attributor) lemma(i int) string {
	tok := &a.doc.Tokens[i]
	l := strings.ToLower(tok.Lemma)
	if l != "" && (tok.UPOS != "VERB" || a.known(l)) {
		return l
	}
	form := strings.ToLower(tok.Form)
	if tok.UPOS != "VERB" {
		return form
	}
	if l := a.lex.irregular[form]; l != "" {
		return l
	}
	for _, c := range bases(form) {
		if a.known(c) {
			return c
		}
	}
	if l != "" {
		return l
	}
	return form
}

func (a *attributor) known(lemma string) bool { return a.lex.stems[lemma] }

// bases are the infinitives a regular form can belong to.
func bases(form string) []string {
	out := []string{form}
	for _, end := range []string{"ing", "ied", "ies", "ed", "es", "s"} {
		stem, ok := strings.CutSuffix(form, end)
		if !ok || len(stem) < 2 {
			continue
		}
		if end == "ied" || end == "ies" {
			out = append(out, stem+"y")
			continue
		}
		out = append(out, stem, stem+"e")
		if n := len(stem); n > 2 && stem[n-1] == stem[n-2] {
			out = append(out, stem[:n-1])
		}
	}
	return out
}
