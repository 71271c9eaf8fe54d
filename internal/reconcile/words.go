package reconcile

import (
	_ "embed" // for the table of classes
	"strings"
	"sync"
	"unicode"
)

//go:embed tables/classes.tsv
var classFile string

// loadClasses reads the table of word classes: word or stem → class.
var loadClasses = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for line := range strings.Lines(classFile) {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		class, stems, _ := strings.Cut(line, "\t")
		for _, word := range strings.Split(stems, ";") {
			for _, s := range []string{word, stem(word)} {
				if _, ok := out[s]; !ok {
					out[s] = class
				}
			}
		}
	}
	return out
})

// stop lists words that say nothing of a matter.
const stop = " a an the of to in on at by for with from as that this these those it its he she they them their his her we our i you your " +
	"is are was were be been being am has have had having do does did will would shall should can could may might must not no nor n't " +
	"and or but if than then there here who which what when where while into about over under after before between any all some such " +
	"said says say told also more most very just only still yet again own same so up out s 's t said. mr mrs ms "

// terms are the words of a text that carry its matter, stemmed and put into classes.
func (m *matter) terms(text string) map[string]bool {
	out := map[string]bool{}
	for _, w := range words(text) {
		if t := m.term(w); t != "" {
			out[t] = true
		}
	}
	return out
}

// words takes a text apart into words in lower case.
func words(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' && r != '\'' && r != '’'
	})
}

// term is what a word in lower case stands for, stemmed and put into its class; empty when it says nothing of a matter.
func (m *matter) term(w string) string {
	w = strings.Trim(strings.TrimSuffix(strings.TrimSuffix(w, "'s"), "’s"), "-'’")
	if w == "" || strings.Contains(stop, " "+w+" ") {
		return ""
	}
	if base, ok := loadIrregular()[w]; ok {
		w = base
	}
	s := stem(w)
	if c, ok := m.classes[s]; ok {
		return "=" + c
	}
	if c, ok := m.classes[w]; ok {
		return "=" + c
	}
	return s
}

// stem cuts the common endings of English words, roughly: enough to bring "invade", "invaded" and
// "invading" together.
func stem(w string) string {
	if len(w) < 4 {
		return w
	}
	for _, end := range []string{"ations", "ation", "ments", "ment", "ingly", "ings", "ing", "ions", "ion", "ers", "ies", "ied", "ed", "es", "er", "ly", "s", "e"} {
		if cut, ok := strings.CutSuffix(w, end); ok && len(cut) >= 3 || end == "s" && ok {
			if end == "ies" || end == "ied" {
				return cut + "i"
			}
			w = cut
			break
		}
	}
	if n := len(w); n > 3 && w[n-1] == w[n-2] && w[n-1] != 'l' && w[n-1] != 's' {
		w = w[:n-1]
	}
	if n := len(w); n > 3 && w[n-1] == 'y' {
		w = w[:n-1] + "i"
	}
	return w
}

// shared counts the terms two texts have in common.
func shared(a, b map[string]bool) int {
	n := 0
	for t := range a {
		if b[t] {
			n++
		}
	}
	return n
}
