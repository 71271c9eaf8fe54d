package store_test

import (
	"database/sql"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/internal/store"
	"parley/internal/store/storetest"
)

var update = flag.Bool("update", false, "write the schema dumps anew")

// sameDump compares what the migrations make with the committed dump.
func sameDump(t *testing.T, file string, db *sql.DB, query string) {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var lines []string
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, line)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	got := "-- What the migrations make; written by go test -run Schema -update.\n" + strings.Join(lines, "\n") + "\n"
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s is not what the migrations make; run with -update and look at the change:\n%s", file, diff)
	}
}

func TestSchemaSQLite(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a")
	mustOpen(t, path, store.Options{Create: true}).Close()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	sameDump(t, "schema-sqlite.sql", db, `SELECT sql || ';' FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'
		AND name NOT LIKE '%\_words\_%' ESCAPE '\' ORDER BY tbl_name, type DESC, name`)
}

// TestSchemaPostgres lists columns and indexes: pg_dump's own words change with its version.
func TestSchemaPostgres(t *testing.T) {
	dsn, db := storetest.Schema(t)
	mustOpen(t, dsn, store.Options{Create: true}).Close()
	sameDump(t, "schema-postgres.sql", db, `SELECT line FROM (
		SELECT table_name AS t, ordinal_position::int AS o, '-- ' || table_name || '.' || column_name || ' ' || data_type
			|| CASE is_nullable WHEN 'NO' THEN ' NOT NULL' ELSE '' END AS line
		FROM information_schema.columns WHERE table_schema = current_schema()
		UNION ALL SELECT c.conrelid::regclass::text, 1000, 'ALTER TABLE ' || c.conrelid::regclass || ' ADD ' || pg_get_constraintdef(c.oid) || ';'
		FROM pg_constraint c WHERE c.connamespace = current_schema()::regnamespace AND c.contype <> 'n'
		UNION ALL SELECT tablename, 2000, replace(indexdef, current_schema() || '.', '') || ';' FROM pg_indexes WHERE schemaname = current_schema()
		) parts ORDER BY t COLLATE "C", o, line COLLATE "C"`)
}
