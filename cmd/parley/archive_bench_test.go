package main

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/internal/record"
	"parley/internal/store"
)

// BenchmarkArchive asks a real archive what users ask, in many variations, and gives the median and the 99th percentile of
// the answers' times in milliseconds: PARLEY_ARCHIVE=big.parley go test ./cmd/parley -run '^$' -bench Archive -benchtime 1x.
// bench/README.md says how such an archive is made.
func BenchmarkArchive(b *testing.B) {
	path := os.Getenv("PARLEY_ARCHIVE")
	if path == "" {
		b.Skip("PARLEY_ARCHIVE names no archive")
	}
	in, err := store.Open(b.Context(), path, store.Options{ReadOnly: true})
	if err != nil {
		b.Fatal(err)
	}
	defer in.Close()
	for _, q := range archiveQuestions(b, in) {
		b.Run(q.name, func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				for i := range questionsAsked {
					began := time.Now()
					if err := q.ask(i); err != nil {
						b.Fatal(err)
					}
					took = append(took, time.Since(began))
				}
			}
			slices.Sort(took)
			b.ReportMetric(took[len(took)/2].Seconds()*1000, "p50-ms")
			b.ReportMetric(took[len(took)*99/100].Seconds()*1000, "p99-ms")
		})
	}
}

// questionsAsked is how many variations of each question are asked.
const questionsAsked = 300

type question struct {
	name string
	ask  func(i int) error
}

func archiveQuestions(b *testing.B, in *store.Store) []question {
	words, entries := vocabulary(b, in)
	who, err := in.Identities(b.Context(), "", 200)
	if err != nil {
		b.Fatal(err)
	}
	list := func(q record.Query) error {
		_, err := in.Entries(b.Context(), q)
		return err
	}
	word := func(i int) string { return words[i*7919%len(words)] }
	day := func(i int) time.Time { return time.Date(2021, 2, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i*5) }
	out := []question{
		{"newest statements", func(int) error { return list(record.Query{Kinds: []string{"statement"}}) }},
		{"acts of a month", func(i int) error {
			return list(record.Query{Kinds: []string{"event"}, Labels: []string{"ASSAULT"}, From: day(i), To: day(i).AddDate(0, 1, 0)})
		}},
		{"word", func(i int) error { return list(record.Query{Text: word(i)}) }},
		{"two words", func(i int) error { return list(record.Query{Text: word(i) + " " + word(i+1)}) }},
		{"word among statements", func(i int) error { return list(record.Query{Kinds: []string{"statement"}, Text: word(i)}) }},
		{"sure ones as of a day", func(i int) error {
			return list(record.Query{Kinds: []string{"statement"}, MinConfidence: 0.9, AsOf: day(i)})
		}},
		{"articles by word", func(i int) error {
			for _, err := range in.Articles(b.Context(), record.ArticleQuery{Text: word(i), Limit: 50}) {
				if err != nil {
					return err
				}
			}
			return nil
		}},
		{"entry", func(i int) error { _, err := in.Entry(b.Context(), entries[i%len(entries)]); return err }},
		{"links", func(i int) error {
			_, _, err := in.Links(b.Context(), record.LinkQuery{Kinds: []string{record.Conflict}, From: day(i)})
			return err
		}},
	}
	if len(who) > 0 {
		out = append(out, question{"statements of somebody", func(i int) error {
			return list(record.Query{Kinds: []string{"statement"}, Actors: []record.ID{who[i%len(who)].ID}, Role: "source"})
		}}, question{"somebody by name", func(i int) error {
			_, err := in.Identities(b.Context(), strings.Fields(who[i%len(who)].Name)[0], 20)
			return err
		}})
	}
	return out
}

// vocabulary takes words and ids from entries all over the archive.
func vocabulary(b *testing.B, in *store.Store) (words []string, ids []record.ID) {
	seen := map[string]bool{}
	for month := range 60 {
		from := time.Date(2021, time.Month(1+month), 3, 0, 0, 0, 0, time.UTC)
		page, err := in.Entries(b.Context(), record.Query{From: from, Oldest: true, Limit: 40})
		if err != nil {
			b.Fatal(err)
		}
		for _, e := range page.Entries {
			ids = append(ids, e.ID)
			for _, w := range strings.Fields(e.Text) {
				if w = strings.Trim(w, `.,;:!?"'“”‘’()—-`); len(w) > 3 && !seen[w] {
					seen[w] = true
					words = append(words, w)
				}
			}
		}
	}
	if len(words) == 0 {
		b.Fatal("no words: is it an archive of bench/corpus.py?")
	}
	return words, ids
}
