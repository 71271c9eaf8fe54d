package record

import (
	"time"

	"parley/internal/document"
)

// Meaning is a direction that stands for what a sentence says, as the model sees it that read the article. Only directions
// of one model can be compared: the cosine between two says how close they are.
type Meaning struct {
	Span   Span   // the sentence, in code points of the article's text
	Vector []int8 // of length 127, rounded
}

// Meant is an article of an archive with what its sentences mean, and with what a search for them asks of articles.
type Meant struct {
	Article          ID
	Known            time.Time
	Publisher, State string
	Model            string    // version of the model that gave the meanings; empty where there are none
	Sentences        []Meaning // in order
}

// Meanings are those of the sentences of a document that was parsed; none where the model gives none.
func Meanings(doc *document.Document) []Meaning {
	var out []Meaning
	offsets := document.NewOffsets(doc.Text)
	for i := range doc.Sentences {
		if sent := &doc.Sentences[i]; len(sent.Meaning) > 0 {
			out = append(out, Meaning{Span{offsets.Rune(sent.Span.Start), offsets.Rune(sent.Span.End)}, sent.Meaning})
		}
	}
	return out
}
