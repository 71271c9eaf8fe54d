package eval

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
)

// told is a sentence of a corpus with the events it tells of.
type told struct {
	document string
	words    []string
	events   map[string]bool
}

// Meanings measures search by meaning on ECB+ (Cybulska & Vossen 2014), where the same events are marked in articles of several
// papers: for a sentence whose event is told elsewhere too, is the nearest sentence of all other articles, or one of the
// nearest ten, one that tells of it? Only sentences whose marks were checked count. Words alone (tf-idf) are measured beside it.
func Meanings(path string, meaning func(text string) []int8) ([]Row, error) {
	sentences, err := readECB(path)
	if err != nil {
		return nil, err
	}
	meanings, words := make([][]float64, len(sentences)), make([][]float64, len(sentences))
	weigh := idf(sentences)
	for i, s := range sentences {
		meanings[i], words[i] = numbers(meaning(strings.Join(s.words, " "))), weigh(s.words)
	}
	return append(found("meaning, ECB+ dev", sentences, meanings), found("words alone (tf-idf), ECB+ dev", sentences, words)...), nil
}

// numbers are those of a meaning, to count with.
func numbers(meaning []int8) []float64 {
	out := make([]float64, len(meaning))
	for i, v := range meaning {
		out[i] = float64(v)
	}
	return out
}

// found counts for how many sentences the nearest of other documents tell of one of their events.
func found(task string, sentences []told, vectors [][]float64) []Row {
	var first, ten, asked int
	for i, s := range sentences {
		var others []int
		told := false
		for k, o := range sentences {
			if o.document != s.document {
				others = append(others, k)
				told = told || sameEvent(s, o)
			}
		}
		if !told {
			continue
		}
		asked++
		near := func(k int) float64 { return product(vectors[i], vectors[k]) }
		slices.SortStableFunc(others, func(a, b int) int { return cmp.Compare(near(b), near(a)) })
		right := func(k int) bool { return sameEvent(s, sentences[k]) }
		if right(others[0]) {
			first++
		}
		if slices.ContainsFunc(others[:min(10, len(others))], right) {
			ten++
		}
	}
	return []Row{
		{task, "nearest tells of the same event", percent(first, asked), asked},
		{task, "one of the nearest ten does", percent(ten, asked), asked},
	}
}

func sameEvent(a, b told) bool {
	for e := range a.events {
		if b.events[e] {
			return true
		}
	}
	return false
}

// readECB reads the checked sentences.
func readECB(path string) (out []told, err error) {
	err = unzip(path, func(r io.Reader) error {
		for lines := json.NewDecoder(r); ; {
			var doc struct {
				ID        string   `json:"id"`
				Tokens    []string `json:"tokens"`
				Sentence  []int    `json:"sentence"`
				Validated []int    `json:"validated_sentences"`
				Mentions  []struct {
					Type   string `json:"type"`
					Tokens []int  `json:"tokens"`
					Chain  string `json:"chain"`
				} `json:"mentions"`
			}
			if err := lines.Decode(&doc); err == io.EOF {
				return nil
			} else if err != nil {
				return fmt.Errorf("an article: %w", err)
			}
			at := map[int]*told{}
			for _, s := range doc.Validated {
				at[s] = &told{document: doc.ID, events: map[string]bool{}}
			}
			for i, word := range doc.Tokens {
				if s := at[doc.Sentence[i]]; s != nil {
					s.words = append(s.words, word)
				}
			}
			for _, m := range doc.Mentions {
				if s := at[doc.Sentence[m.Tokens[0]]]; s != nil && m.Chain != "" && strings.HasPrefix(m.Type, "ACTION") {
					s.events[m.Chain] = true
				}
			}
			for _, s := range doc.Validated {
				out = append(out, *at[s])
			}
		}
	})
	return out, err
}

// idf makes words a vector with a number for each word of the sentences: how often it is among them, times how few sentences
// have it, to unit length. Words that no sentence has are left out.
func idf(sentences []told) func(words []string) []float64 {
	index, in := map[string]int{}, []float64{}
	for _, s := range sentences {
		for _, word := range distinct(s.words) {
			if _, ok := index[word]; !ok {
				index[word] = len(in)
				in = append(in, 0)
			}
			in[index[word]]++
		}
	}
	return func(words []string) []float64 {
		out := make([]float64, len(in))
		for _, word := range words {
			if k, ok := index[strings.ToLower(word)]; ok {
				out[k] += math.Log(float64(len(sentences)) / in[k])
			}
		}
		length := math.Sqrt(product(out, out))
		for k := range out {
			out[k] /= max(length, 1e-9)
		}
		return out
	}
}

// distinct are the words in lower case, each once.
func distinct(words []string) []string {
	return slices.Compact(slices.Sorted(func(yield func(string) bool) {
		for _, word := range words {
			if !yield(strings.ToLower(word)) {
				return
			}
		}
	}))
}

func product(a, b []float64) (sum float64) {
	for i := range min(len(a), len(b)) {
		sum += a[i] * b[i]
	}
	return sum
}
