package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"golang.org/x/text/unicode/norm"
)

//go:embed migrations
var migrations embed.FS

// dialect is all that differs between the databases once they are open.
type dialect interface {
	// bind puts a query with ? for its arguments into the database's own form.
	bind(query string) string
	// durability says what the transactions of a connection promise from here on.
	durability(ctx context.Context, conn *sql.Conn, durable bool) error
	// snapshot is how a transaction begins that sees one moment for all its queries.
	snapshot() *sql.TxOptions
	// lock makes a transaction the only one that writes.
	lock(ctx context.Context, t *tx) error
	// insert adds many rows to a table.
	insert(ctx context.Context, t *tx, table string, columns []string, rows [][]any) error
	// index makes words findable under number n of a table of words; unindex takes them out.
	index(ctx context.Context, t *tx, table string, found []indexed) error
	unindex(ctx context.Context, t *tx, table string, n int64) error
	// number is the column of a table of words, called w, that holds the number.
	number() string
	// search gives a condition on a table of words called w, and its argument: all terms, and one of the marks if any.
	search(table string, terms [][]string, marks []string) (where, arg string)
	// purge makes sure that what was deleted cannot be got out of the files.
	purge(ctx context.Context, db *sql.DB) error
	// size is how many bytes the archive takes on disk.
	size(ctx context.Context, h handle) (int64, error)
}

// indexed are the words that an article, entry or identity is found by, and a mark to tell sorts of them apart.
type indexed struct {
	n           int64
	words, mark string
}

// migrated brings an archive up to date, or says that it is too new.
func migrated(ctx context.Context, db *sql.DB, of goose.Dialect, folder string, readOnly bool, opts ...goose.ProviderOption) error {
	files, err := fs.Sub(migrations, "migrations/"+folder)
	if err != nil {
		return fmt.Errorf("finding the migrations: %w", err)
	}
	opts = append(opts, goose.WithTableName("versions"), goose.WithDisableGlobalRegistry(true))
	p, err := goose.NewProvider(of, db, files, opts...)
	if err != nil {
		return fmt.Errorf("preparing the migrations: %w", err)
	}
	have, want, err := p.GetVersions(ctx)
	switch {
	case err != nil:
		return fmt.Errorf("reading the archive's version: %w", err)
	case have > want:
		return fmt.Errorf("version %d, this one knows %d: %w", have, want, ErrNewer)
	case have == want:
		return nil
	case readOnly:
		return fmt.Errorf("version %d must be brought up to %d first: %w", have, want, ErrOlder)
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("bringing the archive up to date: %w", err)
	}
	return nil
}

type sqliteDialect struct{}

func (sqliteDialect) bind(query string) string { return query }

// durability: in WAL mode NORMAL syncs at checkpoints only, FULL at every commit (SQLite manual, PRAGMA synchronous).
func (sqliteDialect) durability(ctx context.Context, conn *sql.Conn, durable bool) error {
	mode := "NORMAL"
	if durable {
		mode = "FULL"
	}
	_, err := conn.ExecContext(ctx, "PRAGMA synchronous="+mode)
	return err
}

func (sqliteDialect) snapshot() *sql.TxOptions { return nil } // every SQLite transaction does

func (sqliteDialect) lock(context.Context, *tx) error { return nil } // BEGIN IMMEDIATE has done it

func (sqliteDialect) insert(ctx context.Context, t *tx, table string, columns []string, rows [][]any) error {
	if len(rows) == 0 {
		return nil
	}
	query := fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s)", table, strings.Join(columns, ","), marks(len(columns)))
	return t.prepared(ctx, query, rows)
}

func (t *tx) prepared(ctx context.Context, query string, rows [][]any) error {
	stmt, err := t.q.(*sql.Tx).PrepareContext(ctx, query)
	if err != nil {
		return err
	}
	defer stmt.Close()
	for _, row := range rows {
		if _, err := stmt.ExecContext(ctx, row...); err != nil {
			return err
		}
	}
	return nil
}

func (sqliteDialect) index(ctx context.Context, t *tx, table string, found []indexed) error {
	rows := make([][]any, len(found))
	for i, f := range found {
		rows[i] = []any{f.n, f.words}
		if f.mark != "" {
			rows[i][1] = f.words + " " + fieldBreak + f.mark
		}
	}
	if len(rows) == 0 {
		return nil
	}
	return t.prepared(ctx, "INSERT OR REPLACE INTO "+table+" (rowid, words) VALUES (?,?)", rows)
}

func (sqliteDialect) unindex(ctx context.Context, t *tx, table string, n int64) error {
	return t.exec(ctx, "DELETE FROM "+table+" WHERE rowid = ?", n)
}

func (sqliteDialect) number() string { return "w.rowid" }

// search: each term is a string of FTS5, which knows no operators inside. Words are letters and digits only, so nothing in
// them can end it.
func (sqliteDialect) search(table string, terms [][]string, marks []string) (where, arg string) {
	var all, any []string
	for _, t := range terms {
		all = append(all, `"`+strings.Join(t, " ")+`"`)
	}
	for _, m := range marks {
		any = append(any, `"`+fieldBreak+m+`"`)
	}
	if len(any) > 0 {
		all = append(all, "("+strings.Join(any, " OR ")+")")
	}
	return "w." + table + " MATCH ?", strings.Join(all, " AND ")
}

// purge rewrites the search indexes, which keep the words of deleted rows until they are merged, and empties the log.
// Pages themselves are overwritten by PRAGMA secure_delete.
func (sqliteDialect) purge(ctx context.Context, db *sql.DB) error {
	for _, q := range []string{
		"INSERT INTO entries_words (entries_words) VALUES ('optimize')",
		"INSERT INTO articles_words (articles_words) VALUES ('optimize')",
		"INSERT INTO identities_words (identities_words) VALUES ('optimize')",
		"PRAGMA wal_checkpoint(TRUNCATE)",
	} {
		if _, err := db.ExecContext(ctx, q); err != nil {
			return fmt.Errorf("purging erased words: %w", err)
		}
	}
	return nil
}

func (sqliteDialect) size(ctx context.Context, h handle) (n int64, err error) {
	err = h.row(ctx, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").Scan(&n)
	return n, err
}

type postgresDialect struct{}

func (postgresDialect) bind(query string) string {
	var out strings.Builder
	arg := 0
	for part := range strings.SplitSeq(query, "?") {
		if arg > 0 {
			out.WriteString("$" + strconv.Itoa(arg))
		}
		out.WriteString(part)
		arg++
	}
	return out.String()
}

func (postgresDialect) durability(ctx context.Context, conn *sql.Conn, durable bool) error {
	mode := "off"
	if durable {
		mode = "on"
	}
	_, err := conn.ExecContext(ctx, "SET synchronous_commit = "+mode)
	return err
}

func (postgresDialect) snapshot() *sql.TxOptions {
	return &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
}

func (postgresDialect) lock(ctx context.Context, t *tx) error {
	var value string
	return t.row(ctx, "SELECT value FROM meta WHERE key = 'archive' FOR UPDATE").Scan(&value)
}

func (postgresDialect) insert(ctx context.Context, t *tx, table string, columns []string, rows [][]any) error {
	if len(rows) == 0 {
		return nil
	}
	return t.conn.Raw(func(driver any) error {
		conn, ok := driver.(*stdlib.Conn)
		if !ok {
			return errors.New("internal error: the connection is not pgx's")
		}
		_, err := conn.Conn().CopyFrom(ctx, pgx.Identifier{table}, columns, pgx.CopyFromRows(rows))
		return err
	})
}

// maxSearched is how many bytes of a text PostgreSQL finds it by: a tsvector may not be longer than 1 MB.
const maxSearched = 500_000

func (p postgresDialect) index(ctx context.Context, t *tx, table string, found []indexed) error {
	rows := make([][]any, len(found))
	var numbers []int64
	for i, f := range found {
		rows[i] = []any{f.n, plain(f)}
		numbers = append(numbers, f.n)
	}
	if len(rows) == 0 {
		return nil
	}
	if err := t.exec(ctx, "DELETE FROM "+table+" WHERE n = ANY(?)", numbers); err != nil {
		return err
	}
	return p.insert(ctx, t, table, []string{"n", "words"}, rows)
}

// breakWord is what fieldBreak is for PostgreSQL, which takes no character for private use for a letter.
const breakWord = "ue000"

// plain are words without what PostgreSQL's own parser would take differently: numbers, names of hosts, hyphens.
func plain(f indexed) string {
	var fields []string
	for field := range strings.SplitSeq(f.words, fieldBreak) {
		fields = append(fields, strings.Join(words(unaccented(field)), " "))
	}
	text := clipped(strings.Join(fields, " "+breakWord+" "), maxSearched)
	if f.mark != "" {
		text += " " + breakWord + f.mark
	}
	return text
}

func (postgresDialect) unindex(ctx context.Context, t *tx, table string, n int64) error {
	return t.exec(ctx, "DELETE FROM "+table+" WHERE n = ?", n)
}

func (postgresDialect) number() string { return "w.n" }

// search: in to_tsquery's language a word between quotes is only a word, and <-> says that one follows the other.
func (postgresDialect) search(_ string, terms [][]string, marks []string) (where, arg string) {
	var all, any []string
	for _, t := range terms {
		all = append(all, "('"+strings.Join(t, "' <-> '")+"')")
	}
	for _, m := range marks {
		any = append(any, "'"+breakWord+m+"'")
	}
	if len(any) > 0 {
		all = append(all, "("+strings.Join(any, " | ")+")")
	}
	return "w.found @@ to_tsquery('simple', ?)", unaccented(strings.Join(all, " & "))
}

// unaccented takes the accents off letters, as SQLite's tokenizer does for its own index.
func unaccented(s string) string {
	bare := strings.Map(func(r rune) rune {
		if r >= 0x300 && r <= 0x36f { // combining diacritical marks
			return -1
		}
		return r
	}, norm.NFD.String(s))
	return norm.NFC.String(bare)
}

func (postgresDialect) purge(ctx context.Context, db *sql.DB) error {
	if _, err := db.ExecContext(ctx, "VACUUM blobs, readings, meanings, entries, articles, entries_words, articles_words, identities_words"); err != nil {
		return fmt.Errorf("purging erased words: %w", err)
	}
	return nil
}

func (postgresDialect) size(ctx context.Context, h handle) (n int64, err error) {
	err = h.row(ctx, `SELECT COALESCE(sum(pg_total_relation_size(c.oid)), 0)::bigint FROM pg_class c
		WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace`).Scan(&n)
	return n, err
}
