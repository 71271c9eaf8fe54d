package read

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"
)

//go:embed tables/cues.tsv
var cuesTSV string

//go:embed tables/nouns.tsv
var nounsTSV string

//go:embed tables/adjectives.tsv
var adjectivesTSV string

//go:embed tables/channels.tsv
var channelsTSV string

//go:embed tables/words.tsv
var wordsTSV string

//go:embed tables/cue_forms.tsv
var cueFormsTSV string

//go:embed tables/trust.tsv
var trustTSV string

// sense is one line of a cue table: an act and the frames in which the word performs it.
type sense struct {
	act    string
	frames []string
}

// takes says whether the sense has a frame.
func (s *sense) takes(frame string) bool {
	for _, f := range s.frames {
		if f == frame {
			return true
		}
	}
	return false
}

// trust is how often an attribution made by a rule is right: without a model, where the model marks its
// cue, and where the model is there and does not.
type trust struct{ alone, marked, unmarked float64 }

// lexicon is what attribution knows of language.
type lexicon struct {
	verbs, nouns, adjectives map[string][]sense
	channels                 map[string]string
	words                    map[string]map[string]bool // class to words
	trust                    map[string]trust
	irregular                map[string]string // form to lemma
	stems                    map[string]bool   // first words of verbal cues, and verbs of the word classes
}

// cueLexicon parses the embedded tables once; a fault in them is a fault of the build.
var cueLexicon = sync.OnceValue(func() *lexicon {
	lex, err := readLexicon()
	if err != nil {
		panic(fmt.Sprintf("internal error: %v", err))
	}
	return lex
})

func readLexicon() (*lexicon, error) {
	lex := &lexicon{channels: map[string]string{}, words: map[string]map[string]bool{}, trust: map[string]trust{}}
	var err error
	if lex.verbs, err = readSenses("cues", cuesTSV); err != nil {
		return nil, err
	}
	if lex.nouns, err = readSenses("nouns", nounsTSV); err != nil {
		return nil, err
	}
	if lex.adjectives, err = readSenses("adjectives", adjectivesTSV); err != nil {
		return nil, err
	}
	for _, row := range cueRows(channelsTSV) {
		if len(row) != 2 {
			return nil, fmt.Errorf("table channels: %q: want 2 columns", row)
		}
		lex.channels[row[0]] = row[1]
	}
	for _, row := range cueRows(wordsTSV) {
		if len(row) != 2 {
			return nil, fmt.Errorf("table words: %q: want 2 columns", row)
		}
		if lex.words[row[1]] == nil {
			lex.words[row[1]] = map[string]bool{}
		}
		lex.words[row[1]][row[0]] = true
	}
	lex.irregular = map[string]string{}
	for _, row := range cueRows(cueFormsTSV) {
		if len(row) != 2 {
			return nil, fmt.Errorf("table cue_forms: %q: want 2 columns", row)
		}
		lex.irregular[row[0]] = row[1]
	}
	lex.stems = map[string]bool{}
	for lemma := range lex.verbs {
		first, _, _ := strings.Cut(lemma, " ")
		lex.stems[first] = true
	}
	for _, class := range []string{"carrier", "light", "empty", "relay"} {
		for w := range lex.words[class] {
			lex.stems[w] = true
		}
	}
	return lex, readTrust(lex)
}

func readTrust(lex *lexicon) error {
	for _, row := range cueRows(trustTSV) {
		if len(row) != 4 {
			return fmt.Errorf("table trust: %q: want 4 columns", row)
		}
		var t trust
		for i, to := range []*float64{&t.alone, &t.marked, &t.unmarked} {
			n, err := strconv.ParseFloat(row[i+1], 64)
			if err != nil {
				return fmt.Errorf("table trust: %q: %w", row, err)
			}
			*to = n
		}
		lex.trust[row[0]] = t
	}
	return nil
}

func readSenses(name, text string) (map[string][]sense, error) {
	out := map[string][]sense{}
	for _, row := range cueRows(text) {
		if len(row) != 3 {
			return nil, fmt.Errorf("table %s: %q: want 3 columns", name, row)
		}
		out[row[0]] = append(out[row[0]], sense{act: row[1], frames: strings.Split(row[2], ",")})
	}
	return out, nil
}

// cueRows are the lines of a table without comments and the line of column names.
func cueRows(text string) [][]string {
	var rows [][]string
	named := false
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		if !named {
			named = true
			continue
		}
		rows = append(rows, strings.Split(line, "\t"))
	}
	return rows
}

// is says whether a word belongs to a class of tables/words.tsv.
func (lex *lexicon) is(word, class string) bool { return lex.words[class][word] }
