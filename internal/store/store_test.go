package store_test

import (
	"database/sql"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"parley/internal/record"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// openNew makes a SQLite archive under a name that would confuse a careless URI.
func openNew(t *testing.T) storetest.Archive {
	t.Helper()
	path := filepath.Join(t.TempDir(), "crisis #1 50%?.parley")
	s, err := store.Open(t.Context(), path, store.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	// Foreign keys are off here, so that a test can do what the archive itself would not.
	raw, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?_pragma=busy_timeout(10000)")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		raw.Close()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return storetest.Archive{Store: s, SQL: raw}
}

func TestSQLite(t *testing.T) { storetest.Run(t, openNew) }

// TestSearchTampering takes an entry and an article out of the search indexes.
func TestSearchTampering(t *testing.T) {
	for table, fault := range map[string]string{"entries": "entry s-", "articles": "article d-"} {
		s := openNew(t)
		a := storetest.Story(1)
		if err := s.Put(t.Context(), []record.Arrival{a}); err != nil {
			t.Fatal(err)
		}
		subject := map[string]string{"entries": string(a.Record.Statements[0].ID), "articles": a.Article.ID}[table]
		if _, err := s.SQL.ExecContext(t.Context(), "DELETE FROM "+table+"_words WHERE rowid = (SELECT n FROM "+table+" WHERE id = ?)", subject); err != nil {
			t.Fatal(err)
		}
		report, err := s.Verify(t.Context(), "", nil)
		if err != nil || !strings.HasPrefix(report.Fault, fault) || !strings.Contains(report.Fault, "a search cannot find it") {
			t.Errorf("%s: %+v, %v", table, report, err)
		}
	}
}
