package store_test

import (
	"database/sql"
	"net/url"
	"path/filepath"
	"testing"

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
