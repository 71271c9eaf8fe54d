package alert_test

import (
	"os"
	"path/filepath"
	"testing"

	"parley/internal/store/storetest"
)

// onPostgres is set while the tests are run over an archive in PostgreSQL. The desk itself is SQLite in any case.
const onPostgres = "PARLEY_TEST_ALERTS_ON_POSTGRES"

// archiveAddress is where a test has its archive: a file, or a schema of its own on the server of PARLEY_TEST_POSTGRES.
func archiveAddress(t *testing.T) string {
	t.Helper()
	if os.Getenv(onPostgres) == "" {
		return filepath.Join(t.TempDir(), "crisis.parley")
	}
	address, _ := storetest.Schema(t)
	return address
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
