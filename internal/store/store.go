// Package store is the archive's SQL store: articles with their bytes, every reading of them, entries that can be listed
// and searched, what was found between articles, and a log of decisions in which nothing can be changed unseen. One set
// of queries serves SQLite (a file) and PostgreSQL; what differs stands in dialect.go, the tables in migrations/.
//
// In go records that carry archive ids (record.Arrival) and judgements; out come articles, entries and pages of them.
// A text never changes: what a newer model reads is kept beside the older reading, and an entry that it no longer finds
// is retired, not deleted. Only erasing takes words away, and it leaves their hashes. A Store is safe for concurrent use,
// by several programs on one archive too: writers take turns, readers do not wait for them.
//
// Times are kept to the microsecond and come back in UTC. It will not read articles, find links or decide anything.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"parley/internal/record"
)

// Options say how an archive is opened.
type Options struct {
	Create   bool             // make it where it is not there
	ReadOnly bool             // never write, not even to bring an older archive up to date
	Now      func() time.Time // the time of decisions; nil: time.Now
}

// Store is an open archive.
type Store struct {
	name   string
	d      dialect
	writer *sql.DB // nil when read-only
	reader *sql.DB
	pack   *packer
	now    func() time.Time
}

var (
	_ record.Reader = (*Store)(nil)
	_ record.Writer = (*Store)(nil)
)

// Open opens an archive: dsn is the path of a SQLite file, or a postgres:// address, whose search_path names the schema.
// An archive of an older version is brought up to date. The errors are of the kinds above Error.
func Open(ctx context.Context, dsn string, opt Options) (*Store, error) {
	s := &Store{name: dsn, now: opt.Now}
	if s.now == nil {
		s.now = time.Now
	}
	var err error
	if s.pack, err = newPacker(); err != nil {
		return nil, err
	}
	if IsAddress(dsn) {
		err = s.openPostgres(ctx, dsn, opt)
	} else {
		err = s.openSQLite(ctx, dsn, opt)
	}
	if err != nil {
		return nil, errors.Join(s.explain(ctx, "opening", err), s.shut())
	}
	return s, nil
}

// IsAddress says whether a name of an archive is the address of a PostgreSQL database; else it is the path of a file.
func IsAddress(dsn string) bool {
	return strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://")
}

// Close ends the use of the archive. Nothing that was kept waits for it.
func (s *Store) Close() error {
	if err := s.shut(); err != nil {
		return fmt.Errorf("closing %s: %w", s.name, err)
	}
	return nil
}

func (s *Store) shut() error {
	var errs []error
	for _, db := range []*sql.DB{s.reader, s.writer} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	s.pack.close()
	return errors.Join(errs...)
}

// handle is what queries go through: a pool or a transaction, and the dialect that they are put into.
type handle struct {
	q querier
	d dialect
}

type querier interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func (h handle) exec(ctx context.Context, query string, args ...any) error {
	_, err := h.q.ExecContext(ctx, h.d.bind(query), args...)
	return err
}

func (h handle) row(ctx context.Context, query string, args ...any) *sql.Row {
	return h.q.QueryRowContext(ctx, h.d.bind(query), args...)
}

// each runs a query and hands every row to scan.
func (h handle) each(ctx context.Context, scan func(*sql.Rows) error, query string, args ...any) error {
	rows, err := h.q.QueryContext(ctx, h.d.bind(query), args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (s *Store) read() handle { return handle{s.reader, s.d} }

// tx is a write transaction. The archive has one at a time.
type tx struct {
	handle
	conn *sql.Conn
	at   time.Time // of everything it decides
}

// write runs work in a transaction: all of it or none. A durable one is on the disk when write returns, even if the
// power fails then; others are safe against the end of the program only, and cost much less.
func (s *Store) write(ctx context.Context, durable bool, work func(*tx) error) error {
	if s.writer == nil {
		return &Error{Action: "writing to", Archive: s.name, Kind: ErrReadOnly}
	}
	conn, err := s.writer.Conn(ctx)
	if err != nil {
		return s.explain(ctx, "writing to", err)
	}
	defer conn.Close()
	if err := s.transact(ctx, conn, durable, work); err != nil {
		return s.explain(ctx, "writing to", err)
	}
	return nil
}

func (s *Store) transact(ctx context.Context, conn *sql.Conn, durable bool, work func(*tx) error) error {
	if err := s.d.durability(ctx, conn, durable); err != nil {
		return err
	}
	t, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer t.Rollback() // does nothing after Commit
	w := &tx{handle{t, s.d}, conn, s.now().UTC().Truncate(time.Microsecond)}
	if err := s.d.lock(ctx, w); err != nil {
		return err
	}
	if err := work(w); err != nil {
		return err
	}
	if err := w.changed(ctx); err != nil {
		return err
	}
	return t.Commit()
}

// micros and instant are how times stand in the tables.
func micros(t time.Time) int64 { return t.UnixMicro() }

func instant(us int64) time.Time { return time.UnixMicro(us).UTC() }

// marks are n placeholders for a list.
func marks(n int) string {
	return strings.TrimSuffix(strings.Repeat("?,", n), ",")
}

// anys makes query arguments of any strings.
func anys[T ~string](list []T) []any {
	out := make([]any, len(list))
	for i, v := range list {
		out[i] = string(v)
	}
	return out
}

// numbered is a list of numbers as arguments of a query.
func numbered(list []int64) []any {
	out := make([]any, len(list))
	for i, n := range list {
		out[i] = n
	}
	return out
}
