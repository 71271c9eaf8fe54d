package main

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"parley/internal/document"
	"parley/internal/eval"
	"parley/internal/ingest"
	"parley/internal/record"
	"parley/internal/source"
)

// soundness reads every article of a folder's gzipped JSON Lines and counts what must never happen: documents
// that fail, records with a fault (record.Check). Faults are printed with their document.
func soundness(dir string, pipe *ingest.Pipeline, complaints io.Writer) ([]eval.Row, error) {
	paths, err := filepath.Glob(filepath.Join(dir, "*.jsonl.gz"))
	if err != nil {
		return nil, fmt.Errorf("listing %s: %w", dir, err)
	}
	docs, failed, faulty, statements := 0, 0, 0, 0
	err = pipe.Each(zipped(paths), runtime.GOMAXPROCS(0), func(rec *record.Record, err error) error {
		var unfit *source.Error
		switch {
		case errors.As(err, &unfit): // refused with a clear error, as it should be
			fmt.Fprintf(complaints, "parley: refused: %v\n", err)
			return nil
		case err != nil:
			failed++
			fmt.Fprintf(complaints, "parley: %v\n", err)
			return nil
		}
		docs++
		statements += len(rec.Statements)
		if faults := record.Check(rec); len(faults) > 0 {
			faulty++
			fmt.Fprintf(complaints, "parley: %s: %d faults, first: %v\n", rec.Document.ID, len(faults), faults[0])
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	name := "soundness, " + filepath.Base(dir)
	return []eval.Row{
		{Task: name, Measure: "documents read (number)", Value: float64(docs), N: docs},
		{Task: name, Measure: "statements (number)", Value: float64(statements), N: docs},
		{Task: name, Measure: "crashed", Value: 100 * float64(failed) / float64(max(docs+failed, 1)), N: docs + failed},
		{Task: name, Measure: "records with a fault", Value: 100 * float64(faulty) / float64(max(docs, 1)), N: docs},
	}, nil
}

// zipped yields the documents of gzipped JSON Lines files that have articles in them.
func zipped(paths []string) iter.Seq2[*document.Document, error] {
	return func(yield func(*document.Document, error) bool) {
		for _, path := range paths {
			if strings.Contains(path, "annotator") { // the same articles again
				continue
			}
			if !unzip(path, yield) {
				return
			}
		}
	}
}

func unzip(path string, yield func(*document.Document, error) bool) bool {
	f, err := os.Open(path)
	if err != nil {
		return yield(nil, err)
	}
	defer f.Close()
	plain, err := gzip.NewReader(f)
	if err != nil {
		return yield(nil, fmt.Errorf("reading %s: %w", path, err))
	}
	for doc, err := range source.Read(plain, strings.TrimSuffix(filepath.Base(path), ".gz"), source.Options{}) {
		if !yield(doc, err) {
			return false
		}
	}
	return true
}
