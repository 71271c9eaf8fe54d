package store_test

import (
	"database/sql"
	"net/url"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/internal/record"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// broughtUp takes an archive back to before arrivals were kept, and opens it again.
func broughtUp(t *testing.T, dsn string, db *sql.DB) {
	s := mustOpen(t, dsn, store.Options{Create: true})
	a, b := storetest.Story(1), storetest.Story(2)
	b.Article.Published = ""
	b.Article.Location = "C:\\u0000\x00.txt" // as hostile as an article's own words about itself can be
	for _, one := range []record.Arrival{a, b} {
		if err := s.Put(t.Context(), []record.Arrival{one}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Reconcile(t.Context(), storetest.Findings(a, b)); err != nil {
		t.Fatal(err)
	}
	var at []time.Time
	for j, err := range s.Judgements(t.Context(), record.JudgementQuery{}) {
		if err != nil {
			t.Fatal(err)
		}
		at = append(at, j.At)
	}
	s.Close()
	for _, query := range []string{
		"DROP INDEX articles_arrived", "DROP INDEX entries_arrived", "DROP INDEX entries_kind", "CREATE INDEX entries_kind ON entries (kind, n, confidence)",
		"ALTER TABLE articles DROP COLUMN arrived", "ALTER TABLE articles DROP COLUMN undated", "ALTER TABLE entries DROP COLUMN arrived",
		"DROP TABLE appeared", "DELETE FROM versions WHERE version_id >= 5",
	} {
		if _, err := db.ExecContext(t.Context(), query); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
	}
	if s, err := open(t, dsn, store.Options{ReadOnly: true}); err == nil {
		s.Close()
		t.Error("an archive of before was opened without being brought up to date")
	}
	s = mustOpen(t, dsn, store.Options{})
	defer s.Close()
	if report, err := s.Verify(t.Context(), "", nil); err != nil || report.Fault != "" {
		t.Errorf("%+v, %v", report, err)
	}
	page, err := s.Entries(t.Context(), record.Query{Since: at[1]})
	if err != nil || len(page.Entries) != storetest.Entries {
		t.Errorf("%d entries came in with the second, %v", len(page.Entries), err)
	}
	for _, e := range page.Entries {
		if string(e.Article) != b.Article.ID || !e.Undated {
			t.Errorf("%+v", e)
		}
	}
	links, _, err := s.Links(t.Context(), record.LinkQuery{Since: at[1]})
	if want := storetest.Findings(a, b).Links[:1]; err != nil || !cmp.Equal(links, want) {
		t.Errorf("links: %+v, %v", links, err)
	}
}

func TestBroughtUpSQLite(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a")
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	broughtUp(t, path, db)
}

func TestBroughtUpPostgres(t *testing.T) {
	dsn, db := storetest.Schema(t)
	broughtUp(t, dsn, db)
}
