package main

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"parley/internal/document"
	"parley/internal/source"
	"parley/internal/view"
)

// examples are the bytes of the example articles, some 500 words each.
func examples(b *testing.B) (paths []string, bytes int64) {
	paths, err := filepath.Glob(filepath.Join("..", "..", "examples", "*.*"))
	if err != nil || len(paths) < 4 {
		b.Fatalf("%d examples, error %v", len(paths), err)
	}
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			b.Fatal(err)
		}
		bytes += info.Size()
	}
	return paths, bytes
}

func load(b *testing.B, paths []string) []*document.Document {
	var docs []*document.Document
	for doc, err := range source.Walk(paths, source.Options{}) {
		if err != nil {
			b.Fatal(err)
		}
		docs = append(docs, doc)
	}
	return docs
}

// BenchmarkStages measures each stage alone, and the whole way, over the example articles. One operation is
// all four articles; words/s counts their tokens.
func BenchmarkStages(b *testing.B) {
	pipe, err := newPipeline("")
	if err != nil {
		b.Fatal(err)
	}
	paths, bytes := examples(b)
	docs := load(b, paths)
	words := 0
	for _, doc := range docs {
		if err := pipe.Parse(doc); err != nil {
			b.Fatal(err)
		}
		words += len(doc.Tokens)
	}
	stage := func(name string, run func(i int)) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(bytes)
			b.ReportAllocs()
			for b.Loop() {
				for i := range docs {
					run(i)
				}
			}
			b.ReportMetric(float64(words)*float64(b.N)/b.Elapsed().Seconds(), "words/s")
		})
	}
	stage("source", func(i int) { load(b, paths[i:i+1]) })
	stage("parse", func(i int) {
		doc := *docs[i]
		doc.Notices = slices.Clone(doc.Notices)
		_ = pipe.Parse(&doc)
	})
	stage("read", func(i int) { pipe.Read(docs[i]) })
	stage("resolve", func(i int) { pipe.Resolve(docs[i], pipe.Read(docs[i])) })
	stage("whole", func(i int) {
		for _, doc := range load(b, paths[i:i+1]) {
			rec, err := pipe.Record(doc)
			if err != nil {
				b.Fatal(err)
			}
			if err := encode(io.Discard, rec, ""); err != nil {
				b.Fatal(err)
			}
		}
	})
	rec, err := pipe.Record(docs[0])
	if err != nil {
		b.Fatal(err)
	}
	stage("view text", func(int) { _ = view.Text(io.Discard, rec, view.TextOptions{}) })
	stage("view html", func(int) { _ = view.HTML(io.Discard, rec, false) })
}

// BenchmarkStart measures what a process does before its first document.
func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		if _, err := newPipeline(""); err != nil {
			b.Fatal(err)
		}
	}
}
