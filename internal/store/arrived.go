package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"parley/internal/record"
)

// manyArrivals is from how many on it is faster to go along the list and look when each came in. Measured with 100,000
// articles.
const manyArrivals = 8000

// since asks for rows of a table that came in from a time on, by the column arrived of the list's table called as; few says
// that there are not many of them, in all of the archive.
func (h handle) since(ctx context.Context, from time.Time, table, as string, l *listing) (few bool, err error) {
	if from.IsZero() {
		return false, nil
	}
	var n int
	if err := h.row(ctx, "SELECT count(*) FROM (SELECT 1 FROM "+table+" WHERE arrived >= ? LIMIT ?) few", micros(from), manyArrivals+1).Scan(&n); err != nil {
		return false, fmt.Errorf("counting what came in: %w", err)
	}
	if n <= manyArrivals {
		l.and(as+".n IN (SELECT x.n FROM "+table+" x WHERE x.arrived >= ?)", micros(from))
		return true, nil
	}
	l.and("+"+as+".arrived >= ?", micros(from)) // with a + the order stays that of the list
	return false, nil
}

// Arrivals says what came in from a time on, and when the last thing of all did.
func (s *Store) Arrivals(ctx context.Context, since time.Time) (record.Arrivals, error) {
	var out record.Arrivals
	var from, to sql.NullInt64
	h, at := s.read(), micros(since)
	err := h.row(ctx, `SELECT count(*), COALESCE(sum(CASE WHEN undated THEN 1 ELSE 0 END), 0), COALESCE(sum(CASE WHEN NOT undated AND known < ? THEN 1 ELSE 0 END), 0),
		min(CASE WHEN NOT undated THEN known END), max(CASE WHEN NOT undated THEN known END) FROM articles WHERE arrived >= ? AND state = 'current'`,
		at, at).Scan(&out.Articles, &out.Undated, &out.Older, &from, &to)
	if err != nil {
		return out, fmt.Errorf("counting what came in: %w", s.explain(ctx, "reading", err))
	}
	if from.Valid {
		out.From, out.To = instant(from.Int64), instant(to.Int64)
	}
	var last sql.NullInt64
	if err := h.row(ctx, "SELECT max(last) FROM (SELECT max(arrived) AS last FROM articles UNION ALL SELECT max(arrived) FROM entries UNION ALL SELECT max(at) FROM appeared) ends").Scan(&last); err != nil {
		return out, fmt.Errorf("looking for what came in last: %w", s.explain(ctx, "reading", err))
	}
	if last.Valid {
		out.Last = instant(last.Int64)
	}
	return out, nil
}

// undated says whether an article does not say when it was published.
func undated(art *record.Article) bool { return art.Published == "" }

// appear notes when links were first found. What was found before, and perhaps taken away since, stays as it is.
func (t *tx) appear(ctx context.Context, links []record.ID) error {
	for part := range slices.Chunk(links, chunk) {
		args := make([]any, 0, 2*len(part))
		for _, id := range part {
			args = append(args, string(id), micros(t.at))
		}
		err := t.exec(ctx, "INSERT INTO appeared (link, at) VALUES "+strings.TrimSuffix(strings.Repeat("(?,?),", len(part)), ",")+" ON CONFLICT (link) DO NOTHING", args...)
		if err != nil {
			return fmt.Errorf("noting when links appeared: %w", err)
		}
	}
	return nil
}
