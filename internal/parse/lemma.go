package parse

import (
	"strings"
	"sync"

	"parley/internal/document"
)

// lemmas is what is known of the base forms of verbs and nouns.
type lemmas struct {
	verbs     map[string]bool
	irregular map[[2]string]string // part of speech and form → lemma
}

var lemmaTables = sync.OnceValue(func() *lemmas {
	l := &lemmas{verbs: map[string]bool{}, irregular: map[[2]string]string{}}
	for _, row := range readTable("verbs.tsv", 1) {
		l.verbs[row[0]] = true
	}
	for _, row := range readTable("irregular.tsv", 3) {
		l.irregular[[2]string{row[0], row[1]}] = row[2]
	}
	return l
})

// ending is an ending of an inflected form and what stands in its place in the base form.
type ending struct{ cut, add string }

// The endings are tried in order, in the manner of WordNet's morphy.
var (
	verbEndings = [...]ending{{"s", ""}, {"ies", "y"}, {"es", ""}, {"ied", "y"}}
	nounEndings = [...]ending{{"ies", "y"}, {"sses", "ss"}, {"shes", "sh"}, {"ches", "ch"}, {"xes", "x"}, {"zzes", "zz"},
		{"tzes", "tz"}, {"oes", "o"}, {"men", "man"}, {"ss", "ss"}, {"us", "us"}, {"is", "is"}, {"s", ""}}
)

// of mends the lemma that the model's edit script gives: verbs take a base form that exists, plural nouns lose
// their ending by rule, singular nouns and adjectives are the form itself. What the rules do not know stays
// as the model has it.
func (l *lemmas) of(tok *document.Token) string {
	form := strings.ToLower(tok.Form)
	switch tok.UPOS {
	case "VERB":
		return l.verb(form, tok)
	case "NOUN":
		return l.noun(form, tok)
	case "PROPN":
		if strings.EqualFold(tok.Lemma, tok.Form) {
			return tok.Form
		}
	case "ADJ", "ADV":
		return adjective(form, tok)
	default:
		if lemma := l.irregular[[2]string{tok.UPOS, form}]; lemma != "" {
			return lemma
		}
	}
	return tok.Lemma
}

// adjective undoes only what is sure; the model knows the rest.
func adjective(form string, tok *document.Token) string {
	switch tok.Feat("Degree") {
	case "Pos":
		if !strings.EqualFold(tok.Lemma, form) {
			return form
		}
	case "Cmp", "Sup":
		for _, e := range [...]string{"ier", "iest"} {
			if base, ok := strings.CutSuffix(form, e); ok && len(base) > 1 {
				return base + "y"
			}
		}
	}
	return tok.Lemma
}

func (l *lemmas) verb(form string, tok *document.Token) string {
	if lemma := l.irregular[[2]string{"VERB", form}]; lemma != "" && (tok.XPOS != "VB" || !l.verbs[form]) {
		return lemma
	}
	if (tok.XPOS == "VB" || tok.XPOS == "VBP") && l.verbs[form] {
		return form
	}
	for _, e := range [...]string{"ed", "ing"} {
		if base, ok := strings.CutSuffix(form, e); ok {
			if lemma := l.stem(base); lemma != "" {
				return lemma
			}
		}
	}
	for _, e := range verbEndings {
		if base, ok := strings.CutSuffix(form, e.cut); ok && l.verbs[base+e.add] {
			return base + e.add
		}
	}
	return tok.Lemma
}

// stem is the verb that a form without its ed or ing comes from. A single consonant after a single vowel
// speaks for a silent e ("hoping"), a double one for its being doubled ("remapping").
func (l *lemmas) stem(base string) string {
	n := len(base)
	if n < 2 {
		return ""
	}
	const vowels = "aeiou"
	silent := n > 2 && !strings.ContainsRune(vowels+"wxy", rune(base[n-1])) && strings.ContainsRune(vowels, rune(base[n-2])) &&
		!strings.ContainsRune(vowels, rune(base[n-3]))
	switch {
	case silent && l.verbs[base+"e"]:
		return base + "e"
	case l.verbs[base]:
		return base
	case l.verbs[base+"e"]:
		return base + "e"
	case base[n-1] == base[n-2] && l.verbs[base[:n-1]]:
		return base[:n-1]
	}
	return ""
}

func (l *lemmas) noun(form string, tok *document.Token) string {
	if tok.Feat("Number") == "Sing" || tok.XPOS == "NN" {
		if strings.EqualFold(tok.Lemma, form) {
			return tok.Lemma
		}
		return form
	}
	if lemma := l.irregular[[2]string{"NOUN", form}]; lemma != "" {
		return lemma
	}
	if tok.XPOS == "NNS" {
		for _, e := range nounEndings {
			if base, ok := strings.CutSuffix(form, e.cut); ok && base != "" {
				return base + e.add
			}
		}
	}
	return tok.Lemma
}
