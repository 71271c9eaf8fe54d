package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"parley/internal/record"
)

// changesKey is the row of meta that counts the transactions that wrote to the archive.
const changesKey = "changes"

// Mark is the last decision in the log (its Seq, At and Hash; zero where there is none), and a number that grows with
// every change of the archive, also with those that no decision tells of, such as what reconcile finds. It costs next to
// nothing: whoever keeps answers asks it whether they still hold.
func (s *Store) Mark(ctx context.Context) (last record.Judgement, changes int64, err error) {
	var at int64
	err = s.read().row(ctx, "SELECT seq, at, hash, COALESCE((SELECT CAST(value AS BIGINT) FROM meta WHERE key = '"+changesKey+
		"'), 0) FROM judgements ORDER BY seq DESC LIMIT 1").Scan(&last.Seq, &at, &last.Hash, &changes)
	if errors.Is(err, sql.ErrNoRows) {
		return last, 0, nil // an empty archive
	}
	if err != nil {
		return last, 0, fmt.Errorf("reading the end of the log: %w", s.explain(ctx, "reading", err))
	}
	last.At = instant(at)
	return last, changes, nil
}

// changed counts a transaction.
func (t *tx) changed(ctx context.Context) error {
	return t.exec(ctx, "INSERT INTO meta (key, value) VALUES ('"+changesKey+
		"', '1') ON CONFLICT (key) DO UPDATE SET value = CAST(CAST(meta.value AS BIGINT) + 1 AS TEXT)")
}

// Origin are the passages that come from one origin, by when their articles were known, then by their place in the text;
// of articles that are current or superseded.
func (s *Store) Origin(ctx context.Context, origin record.ID) ([]record.Passage, error) {
	out := []record.Passage{}
	err := s.read().each(ctx, func(rows *sql.Rows) error {
		var p record.Passage
		err := rows.Scan(&p.Article, &p.Span[0], &p.Span[1], &p.Origin, &p.Label, &p.Basis, &p.With, &p.Share, &p.Reason)
		out = append(out, p)
		return err
	}, `SELECT a.id, p.start, p.finish, p.origin, p.label, p.basis, p.other, p.share, p.reason FROM passages p JOIN articles a ON a.n = p.article
		WHERE p.origin = ? AND a.state IN ('current', 'superseded') ORDER BY a.n, p.start LIMIT 1000`, string(origin))
	if err != nil {
		return nil, fmt.Errorf("origin %s: %w", origin, s.explain(ctx, "reading", err))
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("origin %s: %w", origin, record.ErrNotFound)
	}
	return out, nil
}
