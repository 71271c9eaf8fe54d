package ceasefire

import (
	"embed"
	"slices"
	"strings"
)

//go:embed tables
var files embed.FS

// term is a line of a table: words to look for, and what they mean.
type term struct {
	words   []string // phrases, lower case
	within  []string // the same between spaces, as spaced texts hold them
	alone   []string // those that count only where they are all of the text, written with =
	meaning string
	also    string // third column
}

// terms reads a table of two or three columns: phrases between |, meaning, more. The lines keep their order: the first
// that fits is taken.
func terms(name string) []term {
	data, err := files.ReadFile("tables/" + name + ".tsv")
	if err != nil {
		panic("internal error: no table " + name)
	}
	var out []term
	for line := range strings.Lines(string(data)) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		cols := append(strings.Split(line, "\t"), "", "")
		t := term{words: strings.Split(cols[0], "|"), meaning: cols[1], also: cols[2]}
		for i, w := range t.words {
			if alone, ok := strings.CutPrefix(w, "="); ok {
				t.words[i], t.alone = alone, append(t.alone, " "+alone+" ")
				continue
			}
			t.within = append(t.within, " "+w+" ")
		}
		out = append(out, t)
	}
	return out
}

// lookup is the meaning of the first term with a phrase that stands in the text as whole words, or nil.
func lookup(table []term, text string) *term {
	text = spaced(text)
	for i := range table {
		for _, w := range table[i].within {
			if strings.Contains(text, w) {
				return &table[i]
			}
		}
		if slices.Contains(table[i].alone, text) {
			return &table[i]
		}
	}
	return nil
}

// spaced is text in lower case with single spaces around its words and no punctuation.
func spaced(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(".,;:!?()[]{}\"“”‘’«»/|", r) {
			return ' '
		}
		return r
	}, strings.ToLower(s))
	return " " + strings.Join(strings.Fields(s), " ") + " "
}

// world is the package's tables, read once for each import or assessment.
type world struct {
	counted, weapons, means, kinds, earlier, assaults, truces, turns []term
}

func newWorld() *world {
	return &world{counted: terms("counted"), weapons: terms("weapons"), means: terms("means"), kinds: terms("places"), earlier: terms("earlier"),
		assaults: terms("assaults"), truces: terms("truces"), turns: terms("turns")}
}

func (w *world) weapon(text string) string {
	if t := lookup(w.weapons, text); t != nil {
		return t.meaning
	}
	return ""
}

// bare is a place's name without the words that say what kind of place it is.
func (w *world) bare(name string) string {
	text := spaced(fold(name))
	for _, t := range w.kinds {
		for _, word := range t.within {
			text = strings.ReplaceAll(text, word, " ")
		}
	}
	if strings.TrimSpace(text) == "" {
		return spaced(fold(name))
	}
	return spaced(text)
}
