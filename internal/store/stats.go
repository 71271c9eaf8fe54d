package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// Stats is how much of what an archive holds.
type Stats struct {
	Articles   map[string]int `json:"articles"` // by state
	Entries    map[string]int `json:"entries"`  // by kind; also of articles that are not current
	Links      map[string]int `json:"links"`    // by kind
	Identities int            `json:"identities"`
	Judgements int            `json:"judgements"`
	Bytes      int64          `json:"bytes"` // on disk
}

// Count says how much of what the archive holds.
func (s *Store) Count(ctx context.Context) (Stats, error) {
	stats := Stats{Articles: map[string]int{}, Entries: map[string]int{}, Links: map[string]int{}}
	err := s.count(ctx, s.read(), &stats)
	if err != nil {
		return Stats{}, fmt.Errorf("counting: %w", s.explain(ctx, "reading", err))
	}
	return stats, nil
}

func (s *Store) count(ctx context.Context, h handle, stats *Stats) (err error) {
	letters := map[string]int{}
	for _, by := range []struct {
		column, table string
		into          map[string]int
	}{{"state", "articles", stats.Articles}, {"kind", "entries", letters}, {"kind", "links", stats.Links}} {
		err := h.each(ctx, func(rows *sql.Rows) error {
			var name string
			var n int
			err := rows.Scan(&name, &n)
			by.into[name] = n
			return err
		}, "SELECT "+by.column+", count(*) FROM "+by.table+" GROUP BY "+by.column)
		if err != nil {
			return err
		}
	}
	for letter, n := range letters {
		stats.Entries[kinds()[letter]] = n
	}
	if err := h.row(ctx, "SELECT (SELECT count(*) FROM identities), (SELECT count(*) FROM judgements)").Scan(&stats.Identities, &stats.Judgements); err != nil {
		return err
	}
	stats.Bytes, err = s.d.size(ctx, h)
	return err
}

// Backup writes a copy of a SQLite archive, as it is at this moment, to a path where nothing is yet. PostgreSQL has its
// own tools for that.
func (s *Store) Backup(ctx context.Context, path string) error {
	if _, postgres := s.d.(postgresDialect); postgres {
		return fmt.Errorf("backing up %s: use pg_dump (%w)", s.name, errors.ErrUnsupported)
	}
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("backing up to %s: %w", path, fs.ErrExist)
	}
	if err := s.copyTo(ctx, path); err != nil {
		return fmt.Errorf("backing up to %s: %w", path, s.explain(ctx, "reading", err))
	}
	return nil
}

// copyTo lets one connection of the readers write for as long as it takes: SQLite counts a new file as writing.
func (s *Store) copyTo(ctx context.Context, path string) error {
	conn, err := s.reader.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "PRAGMA query_only = 0"); err != nil {
		return err
	}
	_, err = conn.ExecContext(ctx, "VACUUM INTO ?", path)
	_, again := conn.ExecContext(context.WithoutCancel(ctx), "PRAGMA query_only = 1")
	return errors.Join(err, again)
}
