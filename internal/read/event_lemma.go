package read

import "strings"

// lemma is the lemma in lower case. The model cuts rare words wrongly now and then ("denie", "poi"); where its lemma is no word
// of the tables and the regular way back from the form is, the tables win.
func (sc *scene) lemma(i int) string {
	if sc.lemmas[i] == "" {
		sc.lemmas[i] = sc.findLemma(i)
	}
	return sc.lemmas[i]
}

func (sc *scene) findLemma(i int) string {
	t := sc.tok(i)
	given := strings.ToLower(t.Lemma)
	if t.UPOS != "VERB" && t.UPOS != "NOUN" && t.UPOS != "ADJ" {
		return given
	}
	known := sc.tab.vocabulary
	form := strings.ToLower(t.Form)
	if rest, ok := strings.CutPrefix(given, "re-"); ok && !known[given] { // "re-open" is "reopen"; of what "re" is not part, "re-elect" remains
		if known["re"+rest] {
			return "re" + rest
		}
	}
	if l := sc.tab.irregular[form]; l != "" && t.UPOS == "VERB" {
		return l
	}
	if known[given] && (given == form || regular(given, form) || len(given) < len(form)-4) || !strings.HasSuffix(form, "ed") && !strings.HasSuffix(form, "ing") && !strings.HasSuffix(form, "s") && !strings.HasSuffix(form, "men") {
		return given
	}
	for _, c := range unwound(form) {
		if known[c] {
			return c
		}
	}
	return given
}

// regular says whether form is an inflection of lemma by the regular rules.
func regular(lemma, form string) bool {
	for _, c := range unwound(form) {
		if c == lemma {
			return true
		}
	}
	return false
}

// unwound are the words that a regular ending could have been put to, the likeliest first.
func unwound(form string) []string {
	for _, end := range []string{"ing", "ed"} {
		stem, ok := strings.CutSuffix(form, end)
		if !ok || len(stem) < 2 {
			continue
		}
		out := []string{stem, stem + "e"}
		if n := len(stem); n > 2 && stem[n-1] == stem[n-2] {
			out = append(out, stem[:n-1])
		}
		if s, ok := strings.CutSuffix(stem, "i"); ok && end == "ed" {
			out = append(out, s+"y")
		}
		return out
	}
	if stem, ok := strings.CutSuffix(form, "men"); ok {
		return []string{stem + "man"}
	}
	if stem, ok := strings.CutSuffix(form, "ies"); ok {
		return []string{stem + "y", stem + "ie"}
	}
	if stem, ok := strings.CutSuffix(form, "es"); ok {
		return []string{stem + "e", stem}
	}
	if stem, ok := strings.CutSuffix(form, "s"); ok {
		return []string{stem}
	}
	return nil
}
