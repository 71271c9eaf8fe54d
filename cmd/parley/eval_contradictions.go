package main

import (
	"fmt"
	"runtime"
	"time"

	"parley/internal/document"
	"parley/internal/eval"
	"parley/internal/ingest"
	"parley/internal/reconcile"
	"parley/internal/record"
	"parley/internal/source"
)

// comparing is the archive that eval measures contradictions with: articles are read by a pipeline, in the order they
// come, and compared as ingest.Reconcile does, without keeping anything.
func comparing(pipe *ingest.Pipeline) eval.Archive {
	return func(texts []eval.CorpusText) ([]*record.Record, []record.Link, error) {
		records := make([]*record.Record, 0, len(texts))
		docs := func(yield func(*document.Document, error) bool) {
			for _, t := range texts {
				if doc, err := corpusDocument(t); !yield(doc, err) {
					return
				}
			}
		}
		err := pipe.Each(docs, runtime.GOMAXPROCS(0), func(rec *record.Record, err error) error {
			records = append(records, rec)
			return err
		})
		if err != nil {
			return nil, nil, err
		}
		links, err := compareRecords(records)
		return records, links, err
	}
}

func corpusDocument(t eval.CorpusText) (*document.Document, error) {
	day, err := time.Parse(time.DateOnly, t.Date)
	if err != nil {
		return nil, fmt.Errorf("the date of %s: %w", t.ID, err)
	}
	doc, err := source.Text(t.Text, source.Options{Published: day, Title: t.Title, Publisher: t.Publisher, URL: t.URL})
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", t.ID, err)
	}
	if doc.Text != t.Text {
		return nil, fmt.Errorf("the text of %s changed on reading: its labels do not fit it", t.ID)
	}
	return doc, nil
}

// compareRecords gives records archive ids and finds the links between them.
func compareRecords(records []*record.Record) ([]record.Link, error) {
	comparer := reconcile.NewComparer(nil, nil, nil)
	var links []record.Link
	for _, rec := range records {
		known, ok := rec.Document.PublishedAt()
		if !ok {
			return nil, fmt.Errorf("the date of %s cannot be read", rec.Document.Title)
		}
		record.Adopt(rec, record.ArticleID(&rec.Document), nil)
		links = append(links, comparer.Add(&record.Article{Document: rec.Document, Known: known}, rec).Links...)
	}
	return links, nil
}
