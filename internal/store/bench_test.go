package store_test

import (
	"cmp"
	"database/sql"
	"flag"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/internal/record"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

var (
	docs    = flag.Int("docs", 1000, "documents in the archive that is measured, of 26 entries each")
	archive = flag.String("archive", "", "where the archive is made, or is from an earlier run with as many documents: a path or address")
)

// batch is how many documents a Put takes here.
const batch = 200

func told(n int) record.Arrival {
	return storetest.Told(n, fmt.Sprintf("Ruiz told word%d and common%d of Kelm.", n, n%100), 5)
}

// filled is an archive with many documents, one identity of all ministers and 5,000 of forces.
func filled(b *testing.B) *store.Store {
	b.Helper()
	s, err := store.Open(b.Context(), cmp.Or(*archive, filepath.Join(b.TempDir(), "a")), store.Options{Create: true})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	start := time.Now()
	fill(b, s, *docs)
	analyze(b)
	stats, err := s.Count(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("%d documents in %v, %d bytes each on disk", *docs, time.Since(start).Round(time.Second), stats.Bytes/int64(*docs))
	return s
}

// analyze does what PostgreSQL does by itself a minute after much was written.
func analyze(b *testing.B) {
	b.Helper()
	if !strings.HasPrefix(*archive, "postgres") {
		return
	}
	db, err := sql.Open("pgx", *archive)
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(b.Context(), "VACUUM ANALYZE"); err != nil {
		b.Fatal(err)
	}
}

func fill(b *testing.B, s *store.Store, docs int) {
	b.Helper()
	if stats, err := s.Count(b.Context()); err != nil || stats.Articles[record.Current] == docs {
		return
	}
	for from := 0; from < docs; from += batch {
		arrivals, found := made(from, min(from+batch, docs))
		if err := s.Put(b.Context(), arrivals); err != nil {
			b.Fatal(err)
		}
		if err := s.Reconcile(b.Context(), found); err != nil {
			b.Fatal(err)
		}
	}
}

func made(from, to int) (arrivals []record.Arrival, found record.Found) {
	found.Identities = []record.Identity{{ID: "i-ruiz", Name: "Ana Ruiz", Kind: "person", SameAs: []string{}, Aliases: []string{"Ruiz"}}}
	for n := from; n < to; n++ {
		a := told(n)
		arrivals = append(arrivals, a)
		id := record.ID(a.Article.ID)
		found.Articles = append(found.Articles, id)
		few := record.ID(fmt.Sprint("i-", n%5000))
		if n < 5000 {
			found.Identities = append(found.Identities, record.Identity{ID: few, Name: fmt.Sprint("Force ", n), Kind: "armed_force", SameAs: []string{}, Aliases: []string{}})
		}
		found.Memberships = append(found.Memberships, record.Membership{Actor: a.Record.Actors[0].ID, Identity: "i-ruiz", Reason: "same name", Score: 1},
			record.Membership{Actor: a.Record.Actors[1].ID, Identity: few, Reason: "same name", Score: 1})
		found.Links = append(found.Links, record.Link{ID: record.NewID("l", string(id)), Kind: record.Conflict, Type: "denial", A: a.Record.Statements[0].ID,
			B: a.Record.Events[0].ID, Reason: "told and attacked", Confidence: 0.7, Known: a.Article.Known})
		found.Passages = append(found.Passages, record.Passage{Article: id, Span: record.Span{0, 20}, Origin: "o-nna", Label: "NNA", Basis: "credit", Share: 1})
	}
	return arrivals, found
}

// BenchmarkPut is the cost of keeping one document.
func BenchmarkPut(b *testing.B) {
	s, err := store.Open(b.Context(), filepath.Join(b.TempDir(), "a"), store.Options{Create: true})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	for n := 0; n < b.N; n += batch {
		b.StopTimer()
		arrivals, _ := made(n, n+min(batch, b.N-n))
		b.StartTimer()
		if err := s.Put(b.Context(), arrivals); err != nil {
			b.Fatal(err)
		}
	}
	stats, err := s.Count(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(stats.Bytes)/float64(b.N), "disk-B/op")
}

// BenchmarkAsk is the cost of questions; p99 is reported in microseconds.
func BenchmarkAsk(b *testing.B) {
	s := filled(b)
	half := storetest.Begin().Add(time.Duration(*docs/2) * time.Hour)
	a := told(*docs / 3)
	for _, q := range []struct {
		name string
		q    record.Query
	}{
		{"newest", record.Query{}}, {"kind", record.Query{Kinds: []string{"statement"}}}, {"kinds", record.Query{Kinds: []string{"statement", "event"}}},
		{"label", record.Query{Kinds: []string{"event"}, Labels: []string{"ASSAULT"}}}, {"rareLabel", record.Query{Kinds: []string{"statement"}, Labels: []string{"praise"}}},
		{"labelOnly", record.Query{Labels: []string{"call"}}}, {"noLabel", record.Query{Labels: []string{"praise"}}},
		{"rareStatus", record.Query{Kinds: []string{"commitment"}, Status: []string{"kept"}}}, {"states", record.Query{Kinds: []string{"commitment"}, Status: []string{"kept", "broken"}}},
		{"range", record.Query{Kinds: []string{"event"}, To: half}}, {"asOf", record.Query{Kinds: []string{"event"}, AsOf: half}}, {"oldest", record.Query{Oldest: true}},
		{"article", record.Query{Article: record.ID(a.Article.ID)}}, {"actor", record.Query{Actors: []record.ID{a.Record.Actors[0].ID}}},
		{"identityOfMany", record.Query{Actors: []record.ID{"i-ruiz"}, Role: "source"}}, {"identityOfFew", record.Query{Actors: []record.ID{"i-7"}, Role: "actor"}},
		{"rareWord", record.Query{Text: fmt.Sprint("word", *docs/3)}}, {"someWord", record.Query{Text: "common7"}}, {"commonWord", record.Query{Text: "kelm"}},
		{"phrase", record.Query{Text: `"command attacked kelm"`}}, {"wordsOfKind", record.Query{Text: "kelm", Kinds: []string{"statement"}}},
		{"wordOfNoKind", record.Query{Text: "kelm", Kinds: []string{"commitment"}}}, {"wordInRange", record.Query{Text: "kelm", To: half, Kinds: []string{"event"}}},
		{"confirmed", record.Query{Verdict: "confirm"}}, {"notJudged", record.Query{Verdict: "none"}}, {"sure", record.Query{MinConfidence: 0.95, Kinds: []string{"statement"}}},
	} {
		b.Run(q.name, func(b *testing.B) {
			timed(b, func() error {
				_, err := s.Entries(b.Context(), q.q)
				return err
			})
		})
	}
	others(b, s, a)
}

func others(b *testing.B, s *store.Store, a record.Arrival) {
	id := record.ID(a.Article.ID)
	for _, q := range []struct {
		name string
		ask  func() error
	}{
		{"Article", func() error { _, err := s.Article(b.Context(), id); return err }}, {"Record", func() error { _, err := s.Record(b.Context(), id); return err }},
		{"Links", func() error { _, _, err := s.Links(b.Context(), record.LinkQuery{}); return err }},
		{"LinksOfArticle", func() error { _, _, err := s.Links(b.Context(), record.LinkQuery{Article: id}); return err }},
		{"LinksOfEntry", func() error {
			_, _, err := s.Links(b.Context(), record.LinkQuery{Entry: a.Record.Statements[0].ID})
			return err
		}},
		{"Identities", func() error { _, err := s.Identities(b.Context(), "force", 50); return err }},
		{"AllIdentities", func() error { _, err := s.Identities(b.Context(), "", 50); return err }},
		{"Articles", func() error { return firstOf(s, b, record.ArticleQuery{Limit: 100}) }},
		{"ArticlesText", func() error { return firstOf(s, b, record.ArticleQuery{Text: "kelm", Limit: 100}) }},
		{"ArticlesURL", func() error { return firstOf(s, b, record.ArticleQuery{URL: a.Article.URL}) }},
		{"ArticlesPublisher", func() error { return firstOf(s, b, record.ArticleQuery{Publisher: "Paper 3", Limit: 100}) }},
	} {
		b.Run(q.name, func(b *testing.B) { timed(b, q.ask) })
	}
}

func firstOf(s *store.Store, b *testing.B, q record.ArticleQuery) error {
	for _, err := range s.Articles(b.Context(), q) {
		if err != nil {
			return err
		}
	}
	return nil
}

// timed reports the 99th percentile beside the mean.
func timed(b *testing.B, ask func() error) {
	var took []time.Duration
	for b.Loop() {
		start := time.Now()
		if err := ask(); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
}

// BenchmarkVerify is the cost of checking one document.
func BenchmarkVerify(b *testing.B) {
	s := filled(b)
	for b.Loop() {
		report, err := s.Verify(b.Context(), "", nil)
		if err != nil || report.Fault != "" {
			b.Fatalf("%+v, %v", report, err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N**docs), "µs/doc")
}
