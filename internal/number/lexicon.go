package number

import (
	"embed"
	"fmt"
	"sort"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed tables/*.tsv
var tableFiles embed.FS

// class is the part a word plays in a number.
type class uint8

const (
	other class = iota
	unit
	teen
	ten
	hundred
	scale
	suffix
	ordinal
	denominator
	dozen
	plural
	couple
	vulgar
	article
	wordAnd
	wordOf
	wordTo
	wordPoint
	wordThe
	wordBetween
	wordFrom
	wordOver
	minus
	ending
	month
	clock
	temporal
	address
	label
	picker
	timeUnit
	wordEvery
	function // a word that cannot be what "one" counts
)

// classNames are the classes as words.tsv writes them.
func classNames() map[string]class {
	return map[string]class{
		"unit": unit, "teen": teen, "ten": ten, "hundred": hundred, "scale": scale, "suffix": suffix,
		"ordinal": ordinal, "denominator": denominator, "dozen": dozen, "plural": plural, "couple": couple,
		"article": article, "and": wordAnd, "of": wordOf, "to": wordTo, "through": wordTo, "point": wordPoint,
		"the": wordThe, "between": wordBetween, "from": wordFrom, "over": wordOver, "minus": minus,
		"negative": minus, "ending": ending, "month": month, "clock": clock, "temporal": temporal,
		"address": address, "label": label, "picker": picker, "time": timeUnit,
		"function": function, "every": wordEvery,
	}
}

type entry struct {
	class class
	value float64
}

// phrase is a form of several pieces with its meaning.
type phrase struct {
	pieces []string
	to     string
	kind   string
}

// lexicon is the tables, parsed.
type lexicon struct {
	entries map[string]entry
	vulgar  map[rune]float64
	before  map[string][]phrase // bounds that stand before a number, by their last piece
	after   map[string][]phrase // bounds that stand behind it, by their first piece
	units   map[string][]phrase // by first piece
	symbols map[string][]phrase // money before a number, by last piece
	money   map[string][]phrase // money behind a number, by first piece
	codes   map[string]string   // ISO 4217

	acronyms map[string]bool // those of them that stand for other things before a small number: COP 27
}

// words parses the tables, once, when the first text is read.
var words = sync.OnceValue(func() *lexicon {
	lex, err := parseTables()
	if err != nil {
		panic("internal error: " + err.Error()) // the tables are part of the program
	}
	return lex
})

func parseTables() (*lexicon, error) {
	lex := &lexicon{
		entries: map[string]entry{}, before: map[string][]phrase{}, after: map[string][]phrase{},
		units: map[string][]phrase{}, symbols: map[string][]phrase{}, money: map[string][]phrase{}, codes: map[string]string{}, acronyms: map[string]bool{},
		vulgar: map[rune]float64{'½': 1. / 2, '⅓': 1. / 3, '⅔': 2. / 3, '¼': 1. / 4, '¾': 3. / 4, '⅕': 1. / 5, '⅖': 2. / 5,
			'⅗': 3. / 5, '⅘': 4. / 5, '⅙': 1. / 6, '⅚': 5. / 6, '⅛': 1. / 8, '⅜': 3. / 8, '⅝': 5. / 8, '⅞': 7. / 8},
	}
	names := classNames()
	read := []struct {
		file string
		row  func(a, b, c string) error
	}{
		{"words", func(word, name, value string) error {
			v, err := strconv.ParseFloat(value, 64)
			c, known := names[name]
			if err == nil && !known {
				err = fmt.Errorf("unknown class %q", name)
			}
			lex.entries[word] = entry{c, v}
			return err
		}},
		{"bounds", func(form, place, bound string) error {
			return lex.add(map[string]map[string][]phrase{"before": lex.before, "after": lex.after}, form, bound, place)
		}},
		{"units", func(form, name, kind string) error {
			return lex.add(map[string]map[string][]phrase{kind: lex.units}, form, name, kind)
		}},
		{"currencies", func(form, iso, place string) error {
			if place == "code" || place == "acronym" {
				lex.codes[strings.ToUpper(form)] = iso
				lex.acronyms[strings.ToUpper(form)] = place == "acronym"
				return nil
			}
			return lex.add(map[string]map[string][]phrase{"before": lex.symbols, "after": lex.money}, form, iso, place)
		}},
	}
	for _, r := range read {
		if err := eachRow("tables/"+r.file+".tsv", r.row); err != nil {
			return nil, err
		}
	}
	for _, book := range []map[string][]phrase{lex.before, lex.after, lex.units, lex.symbols, lex.money} {
		for _, list := range book {
			sort.SliceStable(list, func(i, j int) bool { return len(list[i].pieces) > len(list[j].pieces) })
		}
	}
	return lex, nil
}

// eachRow reads a table of three columns.
func eachRow(name string, row func(a, b, c string) error) error {
	data, err := tableFiles.ReadFile(name)
	if err != nil {
		return fmt.Errorf("reading table: %w", err)
	}
	for i, line := range strings.Split(strings.TrimRight(string(data), "\n"), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 3 {
			return fmt.Errorf("%s, line %d: %d columns, want 3", name, i+1, len(f))
		}
		if err := row(f[0], f[1], f[2]); err != nil {
			return fmt.Errorf("%s, line %d: %w", name, i+1, err)
		}
	}
	return nil
}

// add files a phrase in the book of its place: by the last piece when it stands before a number, else the first.
func (l *lexicon) add(books map[string]map[string][]phrase, form, to, place string) error {
	book, ok := books[place]
	if !ok {
		return fmt.Errorf("unknown place %q", place)
	}
	var pieces []string
	for at := 0; ; {
		piece, ok := Next(form, at)
		if !ok {
			break
		}
		pieces = append(pieces, form[piece.Start:piece.End])
		at = piece.End
	}
	if len(pieces) == 0 {
		return fmt.Errorf("empty form")
	}
	key := pieces[0]
	if place == "before" {
		key = pieces[len(pieces)-1]
	}
	book[key] = append(book[key], phrase{pieces, to, place})
	return nil
}

func (l *lexicon) word(w string) entry {
	e, _ := Fold(l.entries, w)
	return e
}

// Word says what a single word counts: "seven" is 7, "forty" 40, "twelfth" the ordinal 12. Hundreds and
// multiples are not single words.
func Word(w string) (value int, isOrdinal, ok bool) {
	e := words().word(w)
	switch e.class {
	case unit, teen, ten:
		return int(e.value), false, true
	case ordinal:
		return int(e.value), true, e.value < 100
	}
	return 0, false, false
}

// VulgarFraction is the value of a sign such as ½.
func VulgarFraction(s string) (float64, bool) {
	r, _ := utf8.DecodeRuneInString(s)
	v, ok := words().vulgar[r]
	return v, ok
}

// Measure says whether a word is a unit of measure, a share or money ("km", "percent", "euros"), which makes
// the figures before it a number and no year.
func Measure(word string) bool {
	lex := words()
	if list, _ := Fold(lex.units, word); len(list) > 0 {
		for _, ph := range list {
			if len(ph.pieces) == 1 && ph.kind != "time" {
				return true
			}
		}
	}
	list, _ := Fold(lex.money, word)
	return len(list) > 0 && len(list[len(list)-1].pieces) == 1
}
