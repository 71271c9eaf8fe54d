// Package ingest is the assembler: it joins the stages, as function values, into one way from a document to
// its record, and runs it over many documents with several workers. Records come out in the order the
// documents went in, whatever the number of workers, so the output is the same.
package ingest

import (
	"fmt"
	"iter"
	"runtime/debug"
	"sync"

	"parley/internal/document"
	"parley/internal/read"
	"parley/internal/record"
)

// Pipeline is the way of one document through the stages. Every function must be safe for several
// goroutines at once; each may be replaced, or run alone.
type Pipeline struct {
	Parse   func(*document.Document) error
	Read    func(*document.Document) read.Reading
	Resolve func(*document.Document, read.Reading) *record.Record
	Infer   func(*record.Record) []record.Contradiction

	Model, Rules string // versions, written into every record
}

// Analyse parses a document and reads it: the part of the way that eval looks at.
func (p *Pipeline) Analyse(doc *document.Document) (read.Reading, error) {
	if err := p.Parse(doc); err != nil {
		return read.Reading{}, fmt.Errorf("parsing %s: %w", doc.ID, err)
	}
	return p.Read(doc), nil
}

// Record takes a document through all stages. A panic in a stage, which would be a fault of ours, becomes
// an error that names the document, so that one document never stops the others.
func (p *Pipeline) Record(doc *document.Document) (rec *record.Record, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			rec, err = nil, fmt.Errorf("internal error reading %s: %v\n%s", doc.ID, fault, debug.Stack())
		}
	}()
	reading, err := p.Analyse(doc)
	if err != nil {
		return nil, err
	}
	rec = p.Resolve(doc, reading)
	rec.Parley, rec.Model, rec.Rules = record.Schema, p.Model, p.Rules
	found := p.Infer(rec)
	for i := range found {
		found[i].ID = record.ID(fmt.Sprintf("x%d", len(rec.Contradictions)+i+1))
	}
	rec.Contradictions = append(rec.Contradictions, found...)
	rec.RoundConfidences()
	return rec, nil
}

// job is one document on its way; out receives its record exactly once.
type job struct {
	doc *document.Document
	err error
	out chan result
}

type result struct {
	rec *record.Record
	err error
}

// Each reads every document that docs yields with the given number of workers and hands records, or what
// went wrong instead, to emit in the order of docs. At most twice as many documents as workers are in
// memory. It stops at the first error that emit returns, and returns it.
func (p *Pipeline) Each(docs iter.Seq2[*document.Document, error], workers int, emit func(*record.Record, error) error) error {
	workers = max(workers, 1)
	work, order := make(chan *job), make(chan *job, workers)
	stop := make(chan struct{})
	var pool sync.WaitGroup
	for range workers {
		pool.Go(func() {
			for j := range work {
				rec, err := p.Record(j.doc)
				j.out <- result{rec, err}
			}
		})
	}
	pool.Go(func() {
		defer close(order)
		defer close(work)
		p.feed(docs, work, order, stop)
	})
	var failed error
	for j := range order {
		if failed != nil {
			continue // drain: what is under way ends by itself
		}
		r := result{err: j.err}
		if j.err == nil {
			r = <-j.out
		}
		if failed = emit(r.rec, r.err); failed != nil {
			close(stop)
		}
	}
	pool.Wait()
	return failed
}

// feed hands the documents to the workers and, in the same order, to the collector.
func (p *Pipeline) feed(docs iter.Seq2[*document.Document, error], work, order chan<- *job, stop <-chan struct{}) {
	for doc, err := range docs {
		j := &job{doc: doc, err: err, out: make(chan result, 1)}
		select {
		case order <- j:
		case <-stop:
			return
		}
		if err != nil {
			continue
		}
		select {
		case work <- j:
		case <-stop:
			return
		}
	}
}
