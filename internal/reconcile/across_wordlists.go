package reconcile

import (
	_ "embed" // for the table of words
	"slices"
	"strings"
	"sync"
)

//go:embed tables/words.tsv
var wordFile string

// Classes of tables/classes.tsv that rules ask for by name.
const (
	planned   = "=plan"
	troops    = "=troops"
	civilians = "=civilian"
	talked    = "=talks"
	involved  = "=involve"
	dead      = "=kill"
)

// wordList is one list of tables/words.tsv.
type wordList struct {
	phrases []string        // as they stand in the table
	words   map[string]bool // the same
	terms   map[string]bool // their stems and classes
	stems   map[string]bool // their stems as verbs
}

var loadWords = sync.OnceValue(func() map[string]wordList {
	m := matter{classes: loadClasses()}
	out := map[string]wordList{}
	for _, row := range rows(wordFile) {
		if len(row) != 2 {
			continue // a test reads every line
		}
		l := wordList{phrases: strings.Split(row[1], ";"), words: map[string]bool{}, terms: map[string]bool{}, stems: map[string]bool{}}
		for _, w := range l.phrases {
			l.words[w], l.terms[m.term(w)], l.stems[verbStem(w)] = true, true, true
		}
		out[row[0]] = l
	}
	return out
})

// isWord says whether a word in lower case, bare of signs, stands in a list.
func isWord(list, w string) bool { return loadWords()[list].words[w] }

// isStem says whether a stem of a verb is that of a word of a list.
func isStem(list, stem string) bool { return loadWords()[list].stems[stem] }

// isTerm says whether a term of a matter stands for a word of a list.
func isTerm(list, t string) bool { return loadWords()[list].terms[t] }

// anyTerm says whether one of some terms stands for a word of a list.
func anyTerm(list string, set map[string]bool) bool {
	for t := range loadWords()[list].terms {
		if set[t] {
			return true
		}
	}
	return false
}

// says whether a text has a word or phrase of a list, in any case.
func says(list, text string) bool {
	spaced := " " + strings.ReplaceAll(strings.Join(words(text), " "), "’", "'") + " "
	return slices.ContainsFunc(loadWords()[list].phrases, func(p string) bool { return strings.Contains(spaced, " "+p+" ") })
}

// negates says whether a word turns a sentence round.
func negates(w string) bool { return isWord("not", w) || strings.HasSuffix(w, "n't") }

// light says whether a term says too little to tell one matter from another.
func light(t string) bool {
	return isTerm("light", t) || common(t) || t != "" && t[0] >= '0' && t[0] <= '9'
}

// common says whether a term counts all sorts of things.
func common(t string) bool { return isTerm("common", t) }

// hollow says whether a term only stands for what was said.
func hollow(t string) bool { return isTerm("hollow", t) }
