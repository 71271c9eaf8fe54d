package store_test

import (
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"

	"parley/internal/store"
	"parley/internal/store/storetest"
)

// postgresSchema makes a schema for one test, and gives an address whose archive lies in it.
func postgresSchema(t *testing.T) (dsn string, db *sql.DB) {
	t.Helper()
	server := os.Getenv("PARLEY_TEST_POSTGRES")
	if server == "" {
		t.Skip("PARLEY_TEST_POSTGRES has no server's address; testdata/postgres.sh starts one")
	}
	schema := strings.ToLower(strings.NewReplacer("/", "_", "#", "_").Replace(t.Name()))
	address, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	q := address.Query()
	q.Set("search_path", schema)
	address.RawQuery = q.Encode()
	if db, err = sql.Open("pgx", address.String()); err != nil {
		t.Fatal(err)
	}
	for _, query := range []string{"DROP SCHEMA IF EXISTS %q CASCADE", "CREATE SCHEMA %q"} {
		if _, err := db.ExecContext(t.Context(), fmt.Sprintf(query, schema)); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { db.Close() })
	return address.String(), db
}

func openPostgres(t *testing.T) storetest.Archive {
	t.Helper()
	dsn, db := postgresSchema(t)
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
