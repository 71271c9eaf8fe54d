package alert

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"parley/internal/record"
)

// linksAtOnce is how many new links one turn of a rule takes.
const linksAtOnce = 500

// newestLink numbers the links of an archive that are not numbered yet, and is the number of the last one. Links come when
// articles are compared, also old ones again, and no row of the log tells of them: they are looked through whenever the
// archive has changed.
func (s *Store) newestLink(ctx context.Context, archive string, in record.Reader) (last int64, err error) {
	_, mark, err := in.Mark(ctx)
	if err != nil {
		return 0, fmt.Errorf("looking for changes: %w", err)
	}
	before := int64(-1)
	err = s.db.QueryRowContext(ctx, "SELECT mark, links FROM alert_archives WHERE archive = ?", archive).Scan(&before, &last)
	if err != nil && !errors.Is(err, sql.ErrNoRows) || err == nil && mark == before {
		return last, err
	}
	links, err := linksOf(ctx, in, time.Time{})
	if err == nil {
		err = s.write(ctx, func(w *sql.Tx) error { last, err = numberLinks(ctx, w, archive, mark, links); return err })
	}
	if err != nil {
		return 0, fmt.Errorf("looking for new links: %w", err)
	}
	return last, nil
}

// linksOf are the links that rules tell of, those first found since a time, zero for all; the first known first.
func linksOf(ctx context.Context, in record.Reader, since time.Time) ([]record.Link, error) {
	var out []record.Link
	for _, q := range []record.LinkQuery{{Kinds: []string{record.Conflict}}, {Kinds: []string{record.Evidence}, Types: []string{"broken"}}} {
		for q.Limit, q.Since = linksAtOnce, since; ; {
			list, next, err := in.Links(ctx, q)
			if err != nil {
				return nil, err
			}
			if out = append(out, list...); next == "" {
				break
			}
			q.Cursor = next
		}
	}
	slices.SortFunc(out, func(a, b record.Link) int { return cmp.Or(a.Known.Compare(b.Known), cmp.Compare(a.ID, b.ID)) })
	return out, nil
}

// numberLinks gives numbers to links that have none.
func numberLinks(ctx context.Context, w *sql.Tx, archive string, mark int64, links []record.Link) (last int64, err error) {
	err = w.QueryRowContext(ctx, `INSERT INTO alert_archives (archive, mark, links) VALUES (?,?,0)
		ON CONFLICT (archive) DO UPDATE SET mark = excluded.mark RETURNING links`, archive, mark).Scan(&last)
	if err != nil {
		return 0, err
	}
	for _, l := range links {
		err := changed(w.ExecContext(ctx, "INSERT OR IGNORE INTO alert_links (archive, link, n) VALUES (?,?,?)", archive, string(l.ID), last+1))
		if errors.Is(err, ErrNotFound) {
			continue // it has one
		}
		if err != nil {
			return 0, err
		}
		last++
	}
	_, err = w.ExecContext(ctx, "UPDATE alert_archives SET links = ? WHERE archive = ?", last, archive)
	return last, err
}

// linksAfter are links in the order in which they were seen, after a number, and the number of the last of them.
func (s *Store) linksAfter(ctx context.Context, archive string, after int64) (ids []record.ID, last int64, err error) {
	last = after
	err = each(ctx, s.db, func(rows *sql.Rows) error {
		var id record.ID
		err := rows.Scan(&id, &last)
		ids = append(ids, id)
		return err
	}, "SELECT link, n FROM alert_links WHERE archive = ? AND n > ? ORDER BY n LIMIT ?", archive, after, linksAtOnce)
	if err != nil {
		return nil, 0, fmt.Errorf("reading the new links: %w", err)
	}
	return ids, last, nil
}

// linked finds what the links that are new to a rule say; more: there are others.
func (t *turn) linked(ctx context.Context, s *Store) (more bool, err error) {
	if kind := t.rule.Kind; kind != Broken && kind != Contradiction {
		return false, nil
	}
	newest, err := t.newest(ctx, s, t.rule.Archive)
	if err != nil {
		return false, err
	}
	if t.links < 0 { // it sets out from here, with what was found since it was made
		t.links = newest
		return false, t.linkedSince(ctx)
	}
	if t.links == newest {
		return false, nil
	}
	ids, last, err := s.linksAfter(ctx, t.rule.Archive, t.links)
	if err != nil {
		return false, err
	}
	for _, id := range ids {
		if err := t.link(ctx, id); err != nil {
			return false, fmt.Errorf("looking at %s: %w", id, err)
		}
	}
	t.links = last
	return len(ids) == linksAtOnce, nil
}

// linkedSince looks at the links that were first found between the making of a rule and its first evaluation.
func (t *turn) linkedSince(ctx context.Context) error {
	links, err := linksOf(ctx, t.in, t.rule.since.Add(time.Microsecond))
	if err != nil {
		return fmt.Errorf("looking for new links: %w", err)
	}
	for _, l := range links {
		if err := t.link(ctx, l.ID); err != nil {
			return fmt.Errorf("looking at %s: %w", l.ID, err)
		}
	}
	return nil
}

// link looks at one link, unless somebody rejected it or one of its sides does not stand any more.
func (t *turn) link(ctx context.Context, id record.ID) error {
	l, a, b, err := t.sides(ctx, id)
	if err != nil || l == nil {
		return err
	}
	switch {
	case t.rule.Kind == Broken && l.Kind == record.Evidence:
		return t.brokenBy(ctx, l, a, b)
	case t.rule.Kind == Contradiction && l.Kind == record.Conflict:
		return t.contradiction(ctx, l, a, b)
	}
	return nil
}

// brokenBy finds a commitment that an article bears against.
func (t *turn) brokenBy(ctx context.Context, l *record.Link, a, b *record.Entry) error {
	if l.Confidence < t.rule.Terms.MinConfidence {
		return nil
	}
	ok, err := t.want.has(ctx, t.sight, a)
	if ok {
		t.add(finding{id: string(l.ID), key: "broken\x00" + string(a.ID), why: "an article tells what would break a commitment", parts: linkParts(l, a, b)})
	}
	return err
}

// contradiction finds two entries of different articles that cannot both be so.
func (t *turn) contradiction(ctx context.Context, l *record.Link, a, b *record.Entry) error {
	ok, err := t.conflict(ctx, l, a, b)
	if ok {
		t.add(finding{id: string(l.ID), key: "between\x00" + wordsKey(a) + "\x00" + wordsKey(b), why: "a contradiction (" + l.Type + ")", parts: linkParts(l, a, b)})
	}
	return err
}

// conflict says whether a contradiction is of a type that is meant, and one of its sides too.
func (t *turn) conflict(ctx context.Context, l *record.Link, a, b *record.Entry) (bool, error) {
	terms := &t.rule.Terms
	if len(terms.Labels) > 0 && !slices.Contains(terms.Labels, l.Type) || l.Confidence < terms.MinConfidence {
		return false, nil
	}
	if terms.narrowing(Contradiction).empty() {
		return true, nil
	}
	ok, err := t.want.has(ctx, t.sight, a)
	if ok || err != nil {
		return ok, err
	}
	return t.want.has(ctx, t.sight, b)
}

func linkParts(l *record.Link, a, b *record.Entry) []part {
	return []part{partOf(a), partOf(b), {id: l.ID}}
}
