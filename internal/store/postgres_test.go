package store_test

import (
	"os"
	"testing"

	"parley/internal/store"
	"parley/internal/store/storetest"
)

func openPostgres(t *testing.T) storetest.Archive {
	t.Helper()
	dsn, db := storetest.Schema(t)
	s, err := store.Open(t.Context(), dsn, store.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	// One connection without foreign keys, so that a test can do what the archive itself would not.
	db.SetMaxOpenConns(1)
	if _, err := db.ExecContext(t.Context(), "SET session_replication_role = replica"); err != nil {
		t.Fatal(err)
	}
	return storetest.Archive{Store: s, SQL: db}
}

func TestPostgres(t *testing.T) {
	if os.Getenv("PARLEY_TEST_POSTGRES") == "" {
		t.Skip("PARLEY_TEST_POSTGRES has no server's address; testdata/postgres.sh starts one")
	}
	storetest.Run(t, openPostgres)
}
