package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"parley/internal/record"
)

// checkSum is over the fields of a row that reconcile can find again: the first 63 bits of the SHA-256 of them as JSON.
// It shows a damaged or edited row; it proves nothing against somebody who computes it anew, as the log does.
func checkSum(fields ...any) (int64, error) {
	data, err := json.Marshal(fields)
	if err != nil {
		return 0, fmt.Errorf("encoding a row: %w", err)
	}
	sum := sha256.Sum256(data)
	return int64(binary.BigEndian.Uint64(sum[:8]) >> 1), nil
}

// Reconcile replaces what was found about some articles: memberships of their actors, links that have a side in them, and
// their passages. Identities are added or changed; one without members that no decision names goes. A link that was
// judged stays even if it is not found again. Everything named must be in the archive.
func (s *Store) Reconcile(ctx context.Context, found record.Found) error {
	err := s.write(ctx, false, func(t *tx) error {
		f := &finding{t: t, found: found}
		for _, step := range []func(context.Context) error{f.number, f.clear, f.identities, f.memberships, f.links, f.passages, f.count} {
			if err := step(ctx); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("keeping what was found about %d articles: %w", len(found.Articles), err)
	}
	return nil
}

// finding is one call of Reconcile at work.
type finding struct {
	t        *tx
	found    record.Found
	articles map[record.ID]int64
	named    map[record.ID]int64 // identities
	touched  map[int64]bool      // identities whose members may have changed
}

// number looks up the articles.
func (f *finding) number(ctx context.Context) (err error) {
	f.touched = map[int64]bool{}
	ids := slices.Clone(f.found.Articles)
	for _, p := range f.found.Passages {
		ids = append(ids, p.Article)
	}
	if f.articles, err = f.t.numbers(ctx, "articles", ids); err != nil {
		return err
	}
	return missing(ids, f.articles)
}

func missing(ids []record.ID, there map[record.ID]int64) error {
	for _, id := range ids {
		if _, ok := there[id]; !ok {
			return fmt.Errorf("%s: %w", id, record.ErrNotFound)
		}
	}
	return nil
}

// clear takes away what was found before. The selects name what they are of once, so that each step is one query for
// many articles.
func (f *finding) clear(ctx context.Context) error {
	numbers := make([]int64, len(f.found.Articles))
	for i, id := range f.found.Articles {
		numbers[i] = f.articles[id]
	}
	for part := range slices.Chunk(numbers, chunk) {
		of := "(" + marks(len(part)) + ")"
		if err := f.touch(ctx, "SELECT DISTINCT m.identity FROM entries e JOIN memberships m ON m.actor = e.n WHERE e.article IN "+of, part); err != nil {
			return err
		}
		const unjudged = " AND NOT EXISTS (SELECT 1 FROM judgements j WHERE j.subject = links.id)"
		for _, q := range []string{
			"DELETE FROM memberships WHERE actor IN (SELECT n FROM entries WHERE article IN " + of + ")",
			"DELETE FROM links WHERE a IN (SELECT id FROM entries WHERE article IN " + of + ")" + unjudged,
			"DELETE FROM links WHERE b <> '' AND b IN (SELECT id FROM entries WHERE article IN " + of + ")" + unjudged,
			"DELETE FROM passages WHERE article IN " + of,
		} {
			if err := f.t.exec(ctx, q, numbered(part)...); err != nil {
				return err
			}
		}
	}
	return nil
}

// touch marks the identities that a query gives, by number, as ones whose members may have changed.
func (f *finding) touch(ctx context.Context, query string, of []int64) error {
	return f.t.each(ctx, func(rows *sql.Rows) error {
		var identity int64
		err := rows.Scan(&identity)
		f.touched[identity] = true
		return err
	}, query, numbered(of)...)
}

func (f *finding) identities(ctx context.Context) error {
	var ids []record.ID
	for i := range f.found.Identities {
		if id := f.found.Identities[i].ID; !lettered(id, "i") {
			return fmt.Errorf("identity %q carries no id of an archive: %w", id, ErrInvalid)
		}
		ids = append(ids, f.found.Identities[i].ID)
	}
	for i := range f.found.Memberships {
		ids = append(ids, f.found.Memberships[i].Identity)
	}
	var err error
	if f.named, err = f.t.numbers(ctx, "identities", ids); err != nil {
		return err
	}
	var next int64
	if err := f.t.row(ctx, "SELECT COALESCE(max(n), 0) FROM identities").Scan(&next); err != nil {
		return err
	}
	last := map[record.ID]int{} // an identity that changed twice counts as it is at the end
	for i := range f.found.Identities {
		last[f.found.Identities[i].ID] = i
	}
	var index []indexed
	var rows [][]any
	for i := range f.found.Identities {
		one := &f.found.Identities[i]
		if last[one.ID] != i {
			continue
		}
		n, there := f.named[one.ID]
		if !there {
			next++
			n = next
			f.named[one.ID] = n
		}
		row, err := f.identity(n, one)
		if err != nil {
			return err
		}
		rows = append(rows, row)
		index = append(index, indexed{n, apart(append([]string{one.Name}, one.Aliases...)...), ""})
	}
	if err := missing(ids, f.named); err != nil {
		return err
	}
	for part := range slices.Chunk(rows, chunk) {
		if err := f.t.exec(ctx, "INSERT INTO identities (n, id, members, body, check_sum) VALUES "+strings.TrimSuffix(strings.Repeat("(?,?,?,?,?),", len(part)), ",")+
			" ON CONFLICT (n) DO UPDATE SET body = excluded.body, check_sum = excluded.check_sum", slices.Concat(part...)...); err != nil {
			return err
		}
	}
	return f.t.d.index(ctx, f.t, "identities_words", index)
}

// identity is the row of one; how many members it has is counted at the end.
func (f *finding) identity(n int64, one *record.Identity) ([]any, error) {
	f.touched[n] = true
	kept := *one
	kept.Members = 0
	body, err := json.Marshal(&kept)
	if err != nil {
		return nil, fmt.Errorf("encoding identity %s: %w", one.ID, err)
	}
	sum, err := checkSum(one.ID, string(body))
	return []any{n, string(one.ID), 0, string(body), sum}, err
}

func (f *finding) memberships(ctx context.Context) error {
	actors := make([]record.ID, len(f.found.Memberships))
	for i := range f.found.Memberships {
		actors[i] = f.found.Memberships[i].Actor
	}
	there, err := f.t.numbers(ctx, "entries", actors)
	if err != nil {
		return err
	}
	if err := missing(actors, there); err != nil {
		return err
	}
	rows := make([][]any, 0, len(actors))
	for _, m := range f.found.Memberships {
		n := f.named[m.Identity]
		f.touched[n] = true
		reason := clean(m.Reason)
		sum, err := checkSum(m.Actor, m.Identity, reason, m.Score)
		if err != nil {
			return err
		}
		rows = append(rows, []any{there[m.Actor], n, reason, m.Score, sum})
	}
	if err := f.leave(ctx, slices.Collect(maps.Values(there))); err != nil {
		return err
	}
	return f.t.d.insert(ctx, f.t, "memberships", columns("actor, identity, reason, score, check_sum"), rows)
}

// leave takes actors, those of other articles among them, out of where they were.
func (f *finding) leave(ctx context.Context, actors []int64) error {
	slices.Sort(actors)
	for part := range slices.Chunk(actors, chunk) {
		of := "(" + marks(len(part)) + ")"
		if err := f.touch(ctx, "SELECT DISTINCT identity FROM memberships WHERE actor IN "+of, part); err != nil {
			return err
		}
		if err := f.t.exec(ctx, "DELETE FROM memberships WHERE actor IN "+of, numbered(part)...); err != nil {
			return err
		}
	}
	return nil
}

func (f *finding) links(ctx context.Context) error {
	var sides, ids []record.ID
	for _, l := range f.found.Links {
		sides = append(sides, l.A)
		if l.B != "" {
			sides = append(sides, l.B)
		}
		if !lettered(l.ID, "l") {
			return fmt.Errorf("link %q carries no id of an archive: %w", l.ID, ErrInvalid)
		}
		ids = append(ids, l.ID)
	}
	there, err := f.t.numbers(ctx, "entries", sides)
	if err != nil {
		return err
	}
	if err := missing(sides, there); err != nil {
		return err
	}
	for part := range slices.Chunk(ids, chunk) {
		if err := f.t.exec(ctx, "DELETE FROM links WHERE id IN ("+marks(len(part))+")", anys(part)...); err != nil {
			return err
		}
	}
	rows := make([][]any, len(f.found.Links))
	for i, l := range f.found.Links {
		if rows[i], err = linkRow(l); err != nil {
			return err
		}
	}
	if err := f.t.d.insert(ctx, f.t, "links", columns(linkColumns+", check_sum"), rows); err != nil {
		return err
	}
	return f.t.appear(ctx, ids)
}

func linkRow(l record.Link) ([]any, error) {
	row := []any{string(l.ID), clean(l.Kind), clean(l.Type), string(l.A), string(l.B), clean(l.Reason), l.Confidence, micros(l.Known)}
	sum, err := checkSum(row...)
	return append(row, sum), err
}

func (f *finding) passages(ctx context.Context) error {
	rows := make([][]any, len(f.found.Passages))
	for i, p := range f.found.Passages {
		row := []any{p.Span[0], p.Span[1], string(p.Origin), clean(p.Label), clean(p.Basis), string(p.With), p.Share, clean(p.Reason)}
		sum, err := checkSum(append([]any{string(p.Article)}, row...)...)
		if err != nil {
			return err
		}
		rows[i] = append([]any{f.articles[p.Article]}, append(row, sum)...)
	}
	return f.t.d.insert(ctx, f.t, "passages", columns("article, "+passageColumns+", check_sum"), rows)
}

// count brings the numbers of members up to date and lets identities go that stand for nobody.
func (f *finding) count(ctx context.Context) error {
	for part := range slices.Chunk(slices.Sorted(maps.Keys(f.touched)), chunk) {
		of := "(" + marks(len(part)) + ")"
		if err := f.t.exec(ctx, "UPDATE identities SET members = (SELECT count(*) FROM memberships m WHERE m.identity = identities.n) WHERE n IN "+of, numbered(part)...); err != nil {
			return fmt.Errorf("counting members: %w", err)
		}
		var gone []int64
		err := f.t.each(ctx, func(rows *sql.Rows) error {
			var n int64
			err := rows.Scan(&n)
			gone = append(gone, n)
			return err
		}, "SELECT i.n FROM identities i WHERE i.members = 0 AND i.n IN "+of+" AND NOT EXISTS (SELECT 1 FROM judgements j WHERE j.subject = i.id)"+
			" AND NOT EXISTS (SELECT 1 FROM judgements j WHERE j.object = i.id AND j.object <> '')", numbered(part)...)
		if err != nil {
			return fmt.Errorf("looking for identities of nobody: %w", err)
		}
		if err := f.drop(ctx, gone); err != nil {
			return fmt.Errorf("dropping identities of nobody: %w", err)
		}
	}
	return nil
}

// drop deletes identities.
func (f *finding) drop(ctx context.Context, gone []int64) error {
	for _, n := range gone {
		if err := f.t.d.unindex(ctx, f.t, "identities_words", n); err != nil {
			return err
		}
	}
	if len(gone) == 0 {
		return nil
	}
	return f.t.exec(ctx, "DELETE FROM identities WHERE n IN ("+marks(len(gone))+")", numbered(gone)...)
}

func columns(list string) []string { return strings.Split(list, ", ") }
