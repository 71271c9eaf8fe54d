package source

import (
	"embed"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"parley/internal/document"
)

//go:embed tables/*.tsv
var tableFiles embed.FS

// rows are the lines of a table without comments, split at tabs. A table that is missing or has a row with
// too few columns is a fault of the build.
func rows(name string, columns int) [][]string {
	raw, err := tableFiles.ReadFile("tables/" + name)
	if err != nil {
		panic("internal error: " + err.Error())
	}
	var out [][]string
	for i, line := range strings.Split(string(raw), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != columns {
			panic(fmt.Sprintf("internal error: %s, line %d: %d columns, want %d", name, i+1, len(cells), columns))
		}
		out = append(out, cells)
	}
	return out
}

// agency is one name of a news agency.
type agency struct {
	short  string
	common bool // the name is also something else
}

// agencies are all names of agencies, as written and in capitals.
var agencies = sync.OnceValue(func() map[string]agency {
	table := map[string]agency{}
	for _, row := range rows("agencies.tsv", 3) {
		short := strings.TrimSuffix(row[0], "*")
		for _, name := range append([]string{row[0]}, strings.Split(row[2], "|")...) {
			plain := strings.TrimSuffix(name, "*")
			if plain == "" {
				continue
			}
			a := agency{short, plain != name}
			table[plain] = a
			if upper := strings.ToUpper(plain); table[upper].short == "" {
				table[upper] = a
			}
		}
	}
	return table
})

// linePattern is one row of lines.tsv.
type linePattern struct {
	kind   document.ParagraphKind
	where  string
	words  int
	phrase string
	exact  bool // the phrase is in capitals
	head   rune // the first character of a line that can fit, in lower case; 0 for any
}

var linePatterns = sync.OnceValue(func() []linePattern {
	var out []linePattern
	for _, row := range rows("lines.tsv", 4) {
		words, err := strconv.Atoi(row[2])
		if err != nil {
			panic("internal error: lines.tsv: " + err.Error())
		}
		exact := row[3] != strings.ToLower(row[3])
		var head rune
		if row[1] == "start" || row[1] == "whole" {
			head, _ = utf8.DecodeRuneInString(strings.ToLower(row[3]))
		}
		out = append(out, linePattern{document.ParagraphKind(row[0]), row[1], words, row[3], exact, head})
	}
	return out
})

// wordKinds are the sets of words.tsv: for each kind its words and their places in the table, from 1.
var wordKinds = sync.OnceValue(func() map[string]map[string]int {
	out := map[string]map[string]int{}
	for _, row := range rows("words.tsv", 2) {
		if out[row[0]] == nil {
			out[row[0]] = map[string]int{}
		}
		for i, word := range strings.Fields(row[1]) {
			out[row[0]][strings.ReplaceAll(word, "_", " ")] = i + 1
		}
	}
	return out
})

// isWord says whether a word, whatever its case and without a full stop after it, is of a kind.
func isWord(kind, word string) bool { return wordNumber(kind, word) > 0 }

func wordNumber(kind, word string) int {
	return wordKinds()[kind][strings.ToLower(strings.TrimRight(word, ".,"))]
}

// cities are the cities of datelines, in lower case.
var cities = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for _, row := range rows("cities.tsv", 1) {
		out[strings.ToLower(row[0])] = true
	}
	return out
})
