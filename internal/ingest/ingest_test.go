package ingest

import (
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"
	"time"

	"parley/internal/document"
	"parley/internal/read"
	"parley/internal/record"
)

// fake is a pipeline whose documents take the longer the earlier they come, so that order is not luck.
func fake() *Pipeline {
	return &Pipeline{
		Parse: func(doc *document.Document) error {
			switch doc.Text {
			case "bad":
				return errors.New("no words")
			case "panic":
				panic("broken invariant")
			}
			time.Sleep(time.Duration(20-len(doc.ID)) * time.Millisecond / 10)
			return nil
		},
		Read: func(*document.Document) read.Reading { return read.Reading{} },
		Resolve: func(doc *document.Document, _ read.Reading) *record.Record {
			return &record.Record{Document: record.Document{ID: doc.ID}, Contradictions: []record.Contradiction{{ID: "x1"}}}
		},
		Infer: func(*record.Record) []record.Contradiction { return make([]record.Contradiction, 1) },
		Model: "m", Rules: "r",
	}
}

func docs(texts ...string) iter.Seq2[*document.Document, error] {
	return func(yield func(*document.Document, error) bool) {
		for i, text := range texts {
			doc, err := &document.Document{ID: strings.Repeat("i", i+1), Text: text}, error(nil)
			if text == "unread" {
				doc, err = nil, errors.New("no such file")
			}
			if !yield(doc, err) {
				return
			}
		}
	}
}

func TestEachKeepsTheOrder(t *testing.T) {
	for _, workers := range []int{0, 1, 3, 16} {
		var got []string
		err := fake().Each(docs("a", "unread", "b", "bad", "panic", "c"), workers, func(rec *record.Record, err error) error {
			if err != nil {
				first, _, _ := strings.Cut(err.Error(), "\n")
				got = append(got, first)
				return nil
			}
			got = append(got, fmt.Sprintf("%d %s %s", len(rec.Document.ID), rec.Model, rec.Contradictions[1].ID))
			return nil
		})
		want := "1 m x2|no such file|3 m x2|parsing iiii: no words|internal error reading iiiii: broken invariant|6 m x2"
		if err != nil || strings.Join(got, "|") != want {
			t.Errorf("%d workers: %q, error %v", workers, got, err)
		}
	}
}

func TestEachStopsWhenToldTo(t *testing.T) {
	stop := errors.New("disk full")
	many := make([]string, 200)
	n := 0
	err := fake().Each(docs(many...), 4, func(*record.Record, error) error {
		if n++; n == 3 {
			return stop
		}
		return nil
	})
	if !errors.Is(err, stop) || n != 3 {
		t.Errorf("error %v after %d records", err, n)
	}
}
