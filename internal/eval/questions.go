package eval

import (
	"fmt"
	"math"
	"os"
	"strings"
	"unicode"

	"parley/internal/document"
)

// question is what somebody looks for, in other words than the sentences that tell it.
type question struct {
	text    string
	answers []string // words of each sentence that tells it
}

// searched is a sentence that is searched, in however many articles it stands.
type searched struct {
	text   string
	vector []float64 // its meaning
}

// Questions measures search by meaning as people use it: a few words, and one sentence among those of all articles that tells
// what is asked, in other words. Is it the closest, or among the closest five? Words alone (tf-idf) are measured beside it. In: a
// table of questions (testdata/crisis/questions.tsv says how it is made), the articles as parse leaves them, and what gives a
// question its meaning. An answer that no sentence has is an error.
func Questions(path string, docs []*document.Document, meaning func(text string) []int8) ([]Row, error) {
	questions, err := readQuestions(path)
	if err != nil {
		return nil, err
	}
	sentences := sentencesOf(docs)
	byMeaning, byWords := make([]int, len(questions)), make([]int, len(questions))
	meanings, words := make([][]float64, len(sentences)), make([][]float64, len(sentences))
	weigh := idf(tellings(sentences))
	for i, s := range sentences {
		meanings[i], words[i] = s.vector, weigh(wordsOf(s.text))
	}
	for i, q := range questions {
		right, err := q.answeredBy(sentences)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		byMeaning[i] = closer(numbers(meaning(q.text)), meanings, right)
		byWords[i] = closer(weigh(wordsOf(q.text)), words, right)
	}
	return append(placed("meaning, questions on a crisis", byMeaning), placed("words alone (tf-idf), questions on a crisis", byWords)...), nil
}

// readQuestions reads a table of questions: a question, a tab, and words of the sentences that answer it, parted by " | ".
func readQuestions(path string) (out []question, err error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading the questions: %w", err)
	}
	number := 0
	for line := range strings.Lines(string(data)) {
		number++
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		text, answers, ok := strings.Cut(line, "\t")
		if !ok {
			return nil, fmt.Errorf("%s: line %d: it wants a question, a tab and words of its answer", path, number)
		}
		out = append(out, question{text, strings.Split(answers, " | ")})
	}
	return out, nil
}

// answeredBy says which sentences tell what is asked.
func (q *question) answeredBy(sentences []searched) ([]bool, error) {
	right := make([]bool, len(sentences))
	for _, words := range q.answers {
		found := false
		for i, s := range sentences {
			if strings.Contains(s.text, words) {
				right[i], found = true, true
			}
		}
		if !found {
			return nil, fmt.Errorf("%q: no sentence has the words %q", q.text, words)
		}
	}
	return right, nil
}

// sentencesOf are the sentences of articles, each once.
func sentencesOf(docs []*document.Document) (out []searched) {
	seen := map[string]bool{}
	for _, doc := range docs {
		for i := range doc.Sentences {
			s := &doc.Sentences[i]
			text := strings.Join(strings.Fields(doc.Slice(s.Span)), " ")
			if !seen[text] {
				seen[text] = true
				out = append(out, searched{text, numbers(s.Meaning)})
			}
		}
	}
	return out
}

// tellings are sentences as idf takes them.
func tellings(sentences []searched) []told {
	out := make([]told, len(sentences))
	for i, s := range sentences {
		out[i].words = wordsOf(s.text)
	}
	return out
}

// wordsOf are the words of a text, without its punctuation.
func wordsOf(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// closer counts the wrong sentences that stand before the best right one. One that is as close stands before it, so that nothing is
// found by the order of the articles.
func closer(asked []float64, sentences [][]float64, right []bool) (before int) {
	best := math.Inf(-1)
	for i, s := range sentences {
		if right[i] {
			best = max(best, product(asked, s))
		}
	}
	for i, s := range sentences {
		if !right[i] && product(asked, s) >= best {
			before++
		}
	}
	return before
}

// placed counts the questions whose answer is first, and those where it is among the first five.
func placed(task string, before []int) []Row {
	first, five := 0, 0
	for _, n := range before {
		if n == 0 {
			first++
		}
		if n < 5 {
			five++
		}
	}
	return []Row{
		{task, "the answer is first", percent(first, len(before)), len(before)},
		{task, "it is among the first five", percent(five, len(before)), len(before)},
	}
}
