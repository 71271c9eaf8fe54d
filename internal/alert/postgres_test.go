package alert_test

import (
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"
)

// onPostgres is set while the tests are run over an archive in PostgreSQL. The desk itself is SQLite in any case.
const onPostgres = "PARLEY_TEST_ALERTS_ON_POSTGRES"

// archiveAddress is where a test has its archive: a file, or a schema of its own on the server of PARLEY_TEST_POSTGRES.
func archiveAddress(t *testing.T) string {
	t.Helper()
	if os.Getenv(onPostgres) == "" {
		return filepath.Join(t.TempDir(), "crisis.parley")
	}
	address, err := url.Parse(os.Getenv("PARLEY_TEST_POSTGRES"))
	if err != nil {
		t.Fatal(err)
	}
	schema := strings.ToLower(strings.NewReplacer("/", "_", "#", "_").Replace("alert_" + t.Name()))
	q := address.Query()
	q.Set("search_path", schema)
	address.RawQuery = q.Encode()
	db, err := sql.Open("pgx", address.String())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, query := range []string{"DROP SCHEMA IF EXISTS %q CASCADE", "CREATE SCHEMA %q"} {
		if _, err := db.ExecContext(t.Context(), fmt.Sprintf(query, schema)); err != nil {
			t.Fatal(err)
		}
	}
	return address.String()
}

// TestPostgres runs what rules and saved searches do over an archive in PostgreSQL.
func TestPostgres(t *testing.T) {
	if os.Getenv("PARLEY_TEST_POSTGRES") == "" {
		t.Skip("PARLEY_TEST_POSTGRES has no server's address; testdata/postgres.sh starts one")
	}
	t.Setenv(onPostgres, "yes")
	for name, test := range map[string]func(*testing.T){
		"course": TestCourse, "restart": TestRestart, "unsettled": TestUnsettled, "ends": TestEnds, "later version": TestLaterVersion, "owner": TestOwner,
		"actor": TestActor, "act": TestAct, "due": TestDue, "broken": TestBroken, "contradiction": TestContradiction, "ceasefire": TestCeasefire, "jump": TestJump,
		"later links": TestLaterLinks, "before first": TestBeforeFirst, "news": TestNews, "many news": TestManyNews,
	} {
		t.Run(name, test)
	}
}
