package alert

import (
	"context"
	"crypto/rand"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
)

//go:embed migrations
var migrations embed.FS

// ErrNotFound says that there is no such search, rule or feed, or that it is somebody else's.
var ErrNotFound = errors.New("not here")

// maxEach is how many searches and how many rules one owner may have.
const maxEach = 200

// Store keeps searches, rules, alerts and messages. It is safe for concurrent use.
type Store struct {
	db  *sql.DB
	now func() time.Time
	// private: webhooks may be plain HTTP and lead into private networks.
	private bool
}

// Options say how a Store works.
type Options struct {
	Now func() time.Time // nil: time.Now
	// Private lets webhooks lead into private networks and be plain HTTP: for a desk whose users are all trusted.
	Private bool
}

// Open makes the tables in the desk's database, or brings them up to date. They have versions of their own.
func Open(ctx context.Context, db *sql.DB, opt Options) (*Store, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, fmt.Errorf("finding the migrations of alerts: %w", err)
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, db, files, goose.WithTableName("alert_versions"), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return nil, fmt.Errorf("preparing the tables of alerts: %w", err)
	}
	if _, err := p.Up(ctx); err != nil {
		return nil, fmt.Errorf("bringing the tables of alerts up to date: %w", err)
	}
	s := &Store{db: db, now: opt.Now, private: opt.Private}
	if s.now == nil {
		s.now = time.Now
	}
	return s, nil
}

func micros(t time.Time) int64 { return t.UnixMicro() }

func moment(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return time.UnixMicro(us).UTC()
}

// newID makes an id that nobody can guess.
func newID(letter string) string { return letter + "-" + strings.ToLower(rand.Text())[:12] }

// each runs a query and hands every row to scan.
func each(ctx context.Context, q querier, scan func(*sql.Rows) error, query string, args ...any) error {
	rows, err := q.QueryContext(ctx, query, args...)
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

type querier interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// write runs work in a transaction. Its first statement must write, so that it waits for its turn at once.
func (s *Store) write(ctx context.Context, work func(*sql.Tx) error) error {
	t, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer t.Rollback() // does nothing after Commit
	if err := work(t); err != nil {
		return err
	}
	return t.Commit()
}

// changed gives ErrNotFound where a statement met no row.
func changed(r sql.Result, err error) error {
	if err != nil {
		return err
	}
	if n, err := r.RowsAffected(); err != nil || n > 0 {
		return err
	}
	return ErrNotFound
}

// full says when an owner has too many of something.
func full(ctx context.Context, q querier, table, owner string) error {
	var n int
	if err := q.QueryRowContext(ctx, "SELECT count(*) FROM "+table+" WHERE owner = ?", owner).Scan(&n); err != nil {
		return err
	}
	if n > maxEach {
		return fmt.Errorf("more than %d: delete some first: %w", maxEach, ErrInvalid)
	}
	return nil
}
