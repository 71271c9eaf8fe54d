package storetest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"net/url"
	"os"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"
)

// Schema makes an empty schema on the server of PARLEY_TEST_POSTGRES, and gives the address of an archive that lies in it and
// its database. It is gone when the test ends. Without a server the test is skipped.
func Schema(t *testing.T) (address string, db *sql.DB) {
	t.Helper()
	server := os.Getenv("PARLEY_TEST_POSTGRES")
	if server == "" {
		t.Skip("PARLEY_TEST_POSTGRES has no server's address; testdata/postgres.sh starts one")
	}
	at, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	schema := "test_" + strings.ToLower(rand.Text())
	q := at.Query()
	q.Set("search_path", schema)
	at.RawQuery = q.Encode()
	if db, err = sql.Open("pgx", at.String()); err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), "CREATE SCHEMA "+schema); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_, err := db.ExecContext(context.Background(), "DROP SCHEMA "+schema+" CASCADE")
		if err != nil {
			t.Error(err)
		}
		db.Close()
	})
	return at.String(), db
}
