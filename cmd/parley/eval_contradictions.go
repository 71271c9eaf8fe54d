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
	identities, origins := reconcile.NewIdentities(nil, nil, nil), reconcile.NewOrigins(reconcile.OriginOptions{})
	identity, passages := map[record.ID]record.ID{}, map[record.ID][]record.Passage{}
	across := reconcile.NewAcross(reconcile.AcrossOptions{
		Identity: func(actor record.ID) record.ID { return identity[actor] },
		Origin: func(article record.ID, span record.Span) string {
			p, _ := reconcile.OriginAt(passages[article], span)
			return p.Label
		},
	})
	var links []record.Link
	for _, rec := range records {
		art := record.Article{Document: rec.Document}
		id := record.ArticleID(&rec.Document)
		record.Adopt(rec, id, nil)
		art.ID = string(id)
		var err error
		if art.Known, err = time.Parse(time.DateOnly, rec.Document.Published[:min(len(time.DateOnly), len(rec.Document.Published))]); err != nil {
			return nil, fmt.Errorf("the date of %s: %w", rec.Document.Title, err)
		}
		_, members := identities.Add(rec)
		for _, m := range members {
			identity[m.Actor] = m.Identity
		}
		passages[id] = origins.Add(&art)
		links = append(links, across.Add(&art, rec)...)
	}
	return links, nil
}
