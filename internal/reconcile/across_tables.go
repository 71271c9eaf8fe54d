package reconcile

import (
	_ "embed" // for the tables
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed tables/opposites.tsv
var oppositeFile string

//go:embed tables/strength.tsv
var strengthFile string

//go:embed tables/bearing.tsv
var bearingFile string

//go:embed tables/denials.tsv
var denialFile string

// loadDenials reads what words of denying do, by stem.
var loadDenials = sync.OnceValue(func() map[string][]string {
	out := map[string][]string{}
	for _, row := range rows(denialFile) {
		for _, s := range stems(row[1]) {
			out[s] = append(out[s], row[0])
		}
	}
	return out
})

// does says whether a word of denying does a thing: deny, lack, wish.
func does(w, what string) bool { return slices.Contains(loadDenials()[verbStem(w)], what) }

// rows reads the lines of a table, comments left out.
func rows(file string) [][]string {
	var out [][]string
	for line := range strings.Lines(file) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			out = append(out, strings.Split(line, "\t"))
		}
	}
	return out
}

//go:embed tables/irregular.tsv
var irregularFile string

var loadIrregular = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for _, row := range rows(irregularFile) {
		for _, form := range strings.Split(row[1], ";") {
			out[form] = row[0]
		}
	}
	return out
})

// verbStem is the stem of a verb in any form, in lower case.
func verbStem(w string) string {
	if base, ok := loadIrregular()[w]; ok {
		w = base
	}
	if strings.HasSuffix(w, "ss") {
		w += "ed" // so that discuss and discussed have one stem
	}
	if s := stem(w); s != "not" || w == s {
		return s
	}
	return "note"
}

// stems are the stems of a list of words.
func stems(list string) []string {
	var out []string
	for _, w := range strings.Split(list, ";") {
		out = append(out, verbStem(w))
	}
	return out
}

// loadOpposites reads the pairs of stems that exclude each other, both ways.
var loadOpposites = sync.OnceValue(func() map[[2]string]bool {
	out := map[[2]string]bool{}
	for _, row := range rows(oppositeFile) {
		for _, p := range stems(row[0]) {
			for _, q := range stems(row[1]) {
				out[[2]string{p, q}], out[[2]string{q, p}] = true, true
			}
		}
	}
	return out
})

// hasOpposite says whether a stem stands in the table.
func hasOpposite(s string) bool { return loadOpposable()[s] }

var loadOpposable = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for pair := range loadOpposites() {
		out[pair[0]] = true
	}
	return out
})

// loadAlike reads the words that stand on one side of a line of opposites: they can stand for each other.
var loadAlike = sync.OnceValue(func() map[[2]string]bool {
	out := map[[2]string]bool{}
	for _, row := range rows(oppositeFile) {
		for _, side := range row {
			for _, p := range stems(side) {
				for _, q := range stems(side) {
					out[[2]string{p, q}] = true
				}
			}
		}
	}
	return out
})

// alikeActs says whether two stems are of one act: free and release.
func alikeActs(p, q string) bool { return p == q || loadAlike()[[2]string{p, q}] }

// opposed says whether two acts, as stems, exclude each other.
func opposed(p, q string) bool { return loadOpposites()[[2]string{p, q}] }

// grade is how strong a word is on a scale.
type grade struct {
	scale string
	rank  int
	word  string
}

var loadStrength = sync.OnceValue(func() map[string]grade {
	out := map[string]grade{}
	for _, row := range rows(strengthFile) {
		rank, err := strconv.Atoi(row[1])
		if err != nil {
			continue // a test reads every line
		}
		for _, w := range strings.Split(row[2], ";") {
			out[verbStem(w)] = grade{row[0], rank, w}
		}
	}
	return out
})

// loadBearing reads which evidence a stem gives on a promise.
var loadBearing = sync.OnceValue(func() map[string][]string {
	out := map[string][]string{}
	for _, row := range rows(bearingFile) {
		for _, s := range stems(row[1]) {
			out[s] = append(out[s], row[0])
		}
	}
	return out
})
