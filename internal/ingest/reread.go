package ingest

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"golang.org/x/sync/errgroup"

	"parley/internal/document"
	"parley/internal/record"
	"parley/internal/source"
)

// Reread reads articles of an archive again with this pipeline: those whose newest reading was made by another model
// or other rules. Entries that are found again keep their ids, and with them what was decided about them. Done is told of each
// article, in no fixed order; Replaced stands for one that was read anew, Known for one that had been read so before.
func (p *Pipeline) Reread(ctx context.Context, q record.ArticleQuery, in Archive, opt Options) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(max(opt.Workers, 1))
	done := make(chan Outcome)
	finished := make(chan struct{})
	go func() {
		defer close(finished)
		for o := range done {
			if opt.Done != nil {
				opt.Done(o)
			}
		}
	}()
	var failed error
	for art, err := range in.Articles(ctx, q) {
		if err != nil {
			failed = err
			break
		}
		group.Go(func() error {
			what, err := p.readAgain(ctx, record.ID(art.ID), in)
			if err != nil {
				return fmt.Errorf("reading %s again: %w", art.ID, err)
			}
			done <- Outcome{Article: record.ID(art.ID), At: art.Known, What: what}
			return nil
		})
	}
	err := group.Wait()
	close(done)
	<-finished
	if err == nil {
		err = failed
	}
	return err
}

func (p *Pipeline) readAgain(ctx context.Context, id record.ID, in Archive) (What, error) {
	earlier, err := in.Record(ctx, id)
	if err != nil {
		return "", err
	}
	if earlier.Model == p.Model && earlier.Rules == p.Rules || earlier.Document.Text == "" {
		return Known, nil
	}
	doc, err := documentOf(ctx, id, earlier, in)
	if err != nil {
		return "", err
	}
	rec, err := p.Record(doc)
	if err != nil {
		return "", err
	}
	rec.Document = earlier.Document
	record.Adopt(rec, id, earlier)
	return Replaced, in.Reread(ctx, id, rec, record.Meanings(doc))
}

// documentOf makes the document of an article anew from the bytes it came in, where they still give the same text, so
// that paragraphs keep their kinds; else from the text alone.
func documentOf(ctx context.Context, id record.ID, rec *record.Record, in record.Reader) (*document.Document, error) {
	art, err := in.Article(ctx, id)
	if err != nil {
		return nil, err
	}
	opt := source.Options{Title: art.Title, Publisher: art.Publisher, URL: art.URL, Language: art.Language}
	if t, ok := art.PublishedAt(); ok {
		opt.Published = t
	}
	raw, err := in.Raw(ctx, id)
	if err != nil {
		return nil, err
	}
	for doc, err := range source.Read(bytes.NewReader(raw), art.Location, opt) {
		if err == nil && doc.Text == rec.Document.Text {
			return doc, nil
		}
	}
	doc, err := source.Text(rec.Document.Text, opt)
	if err != nil {
		return nil, err
	}
	if doc.Text != rec.Document.Text {
		return nil, errors.New("its text does not come out as it was kept")
	}
	return doc, nil
}
