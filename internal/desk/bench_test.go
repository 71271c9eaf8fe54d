package desk_test

import (
	"os"
	"slices"
	"testing"
	"time"

	"parley/internal/desk"
	"parley/internal/record"
	"parley/internal/store"
)

// BenchmarkDesk measures each answer over the archive that PARLEY_ARCHIVE names, with the slowest of a hundred.
func BenchmarkDesk(b *testing.B) {
	path := os.Getenv("PARLEY_ARCHIVE")
	if path == "" {
		b.Skip("PARLEY_ARCHIVE names no archive")
	}
	in, err := store.Open(b.Context(), path, store.Options{ReadOnly: true})
	if err != nil {
		b.Fatal(err)
	}
	defer in.Close()
	d := desk.New(in)
	for name, ask := range questions(d, in) {
		b.Run(name, func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				start := time.Now()
				if err := ask(b); err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(start))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)*99/100].Milliseconds()), "p99-ms")
		})
	}
}

func questions(d *desk.Desk, in record.Reader) map[string]func(b *testing.B) error {
	statements := record.Query{Kinds: []string{"statement"}, Limit: 50}
	return map[string]func(b *testing.B) error{
		"Shown": func(b *testing.B) error {
			page, err := in.Entries(b.Context(), statements)
			if err == nil {
				_, err = d.Shown(b.Context(), page.Entries)
			}
			return err
		},
		"Linked": func(b *testing.B) error {
			links, _, err := in.Links(b.Context(), record.LinkQuery{Limit: 50})
			if err == nil {
				_, err = d.Linked(b.Context(), links)
			}
			return err
		},
		"Facets":      func(b *testing.B) error { _, err := d.Facets(b.Context(), statements); return err },
		"FacetsWords": func(b *testing.B) error { _, err := d.Facets(b.Context(), record.Query{Text: "president"}); return err },
		"Matrix":      func(b *testing.B) error { _, err := d.ContactMatrix(b.Context(), record.Query{}, 0); return err },
		"Series":      func(b *testing.B) error { _, err := d.FigureSeries(b.Context(), record.Query{}); return err },
		"Board":       func(b *testing.B) error { _, err := d.Board(b.Context(), record.Query{}); return err },
		"Review":      func(b *testing.B) error { _, err := d.ReviewQueue(b.Context(), record.Query{}); return err },
		"Search":      func(b *testing.B) error { _, err := d.Search(b.Context(), "president said", 0); return err },
		"Ceasefires":  func(b *testing.B) error { _, err := d.Ceasefires(b.Context()); return err },
		"Today":       func(b *testing.B) error { _, err := d.Today(b.Context(), time.Time{}, time.Time{}); return err },
		"TodayYear": func(b *testing.B) error {
			now := time.Date(2017, 1, 1, 0, 0, 0, 0, time.UTC)
			_, err := d.Today(b.Context(), now.AddDate(-1, 0, 0), now)
			return err
		},
		"Actor": func(b *testing.B) error {
			who, err := in.Identities(b.Context(), "", 1)
			if err == nil && len(who) > 0 {
				_, err = d.Actor(b.Context(), who[0].ID)
			}
			return err
		},
		"Trace": func(b *testing.B) error {
			page, err := in.Entries(b.Context(), statements)
			if err == nil && len(page.Entries) > 0 {
				_, err = d.Trace(b.Context(), page.Entries[0].ID)
			}
			return err
		},
	}
}
