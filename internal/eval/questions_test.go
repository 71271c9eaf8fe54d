package eval

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"parley/internal/document"
)

// asWritten makes an article of sentences, each with the meaning that a test gives it.
func asWritten(meaning func(string) []int8, sentences ...string) *document.Document {
	doc := &document.Document{Text: strings.Join(sentences, "\n")}
	at := 0
	for _, s := range sentences {
		doc.Sentences = append(doc.Sentences, document.Sentence{Span: document.Span{Start: at, End: at + len(s)}, Meaning: meaning(s)})
		at += len(s) + 1
	}
	return doc
}

// topic is a reader who knows boats, fire and song, and nothing else.
func topic(text string) []int8 {
	for i, of := range [][]string{{"ferr", "vessel", "ship"}, {"burn", "blaze"}, {"sang", "choir"}} {
		if slices.ContainsFunc(of, func(word string) bool { return strings.Contains(text, word) }) {
			return [][]int8{{127, 0, 0}, {0, 127, 0}, {0, 0, 127}}[i]
		}
	}
	return []int8{0, 0, 0}
}

func questionFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "questions.tsv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestQuestions(t *testing.T) {
	docs := []*document.Document{
		asWritten(topic, "Nobody spoke.", "The ferry sank off the cape.", "The mill burned down.", "They sang all night."),
		asWritten(topic, "The ferry sank off the cape.", "A hymn rose from the harbour.", "The granary burned too."),
	}
	path := questionFile(t, `# a comment

vessel lost	ferry sank
the blaze at the mill	The mill burned
blaze	mill burned | granary burned
who rose early	A hymn rose
`)
	rows, err := Questions(path, docs, topic)
	if err != nil {
		t.Fatal(err)
	}
	want := []Row{
		// The ferry stands in two articles and counts once; either fire answers the third. The second has a sentence as close as the
		// answer, and so has the last, of which the reader knows nothing.
		{"meaning, questions on a crisis", "the answer is first", 50, 4},
		{"meaning, questions on a crisis", "it is among the first five", 75, 4},
		// Two questions share words with their answers.
		{"words alone (tf-idf), questions on a crisis", "the answer is first", 50, 4},
		{"words alone (tf-idf), questions on a crisis", "it is among the first five", 75, 4},
	}
	if !slices.Equal(rows, want) {
		t.Errorf("got %v, want %v", rows, want)
	}
}

func TestQuestionsRefused(t *testing.T) {
	docs := []*document.Document{asWritten(topic, "The ferry sank.")}
	for name, c := range map[string]struct{ table, want string }{
		"no answer":         {"vessel lost\n", "line 1"},
		"an answer nowhere": {"vessel lost\tbarge sank\n", `"barge sank"`},
		"one of two":        {"vessel lost\tferry sank | barge sank\n", `"barge sank"`},
	} {
		if _, err := Questions(questionFile(t, c.table), docs, topic); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want an error that says %s", name, err, c.want)
		}
	}
	if _, err := Questions(filepath.Join(t.TempDir(), "none.tsv"), docs, topic); err == nil {
		t.Error("a table that is not there: no error")
	}
}

// TestCloser counts what stands before an answer that points away from what is asked.
func TestCloser(t *testing.T) {
	if before := closer([]float64{1}, [][]float64{{-3}, {-2}, {-1.5}}, []bool{false, true, false}); before != 1 {
		t.Errorf("%d stand before it, not 1", before)
	}
}
