package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"parley/internal/record"
)

const (
	linkColumns    = "id, kind, type, a, b, reason, confidence, known"
	passageColumns = "start, finish, origin, label, basis, other, share, reason"
)

func scanIdentity(scan func(...any) error) (one record.Identity, err error) {
	var body string
	var members int
	if err := scan(&body, &members); err != nil {
		return one, err
	}
	if err := json.Unmarshal([]byte(body), &one); err != nil {
		return one, fmt.Errorf("decoding an identity: %w", err)
	}
	one.Members = members
	return one, nil
}

// Identity is one actor across articles.
func (s *Store) Identity(ctx context.Context, id record.ID) (record.Identity, error) {
	one, err := scanIdentity(s.read().row(ctx, "SELECT body, members FROM identities WHERE id = ?", string(id)).Scan)
	if err != nil {
		return record.Identity{}, fmt.Errorf("identity %s: %w", id, s.explain(ctx, "reading", notFound(err)))
	}
	return one, nil
}

// Identities are those with members whose names hold all words of name, most members first; limit 0 is all of them.
func (s *Store) Identities(ctx context.Context, name string, limit int) ([]record.Identity, error) {
	from, w := "identities i", where{}
	w.and("i.members > 0")
	if name != "" {
		search := terms(name)
		if len(search) == 0 {
			return nil, nil
		}
		cond, arg := s.d.search("identities_words", search, nil)
		from = "identities_words w JOIN identities i ON i.n = " + s.d.number()
		w.and(cond, arg)
	}
	query := "SELECT i.body, i.members FROM " + from + w.sql() + " ORDER BY i.members DESC, i.id DESC"
	if limit > 0 {
		query += " LIMIT " + strconv.Itoa(limit)
	}
	var out []record.Identity
	err := s.read().each(ctx, func(rows *sql.Rows) error {
		one, err := scanIdentity(rows.Scan)
		out = append(out, one)
		return err
	}, query, w.args...)
	if err != nil {
		return nil, fmt.Errorf("listing identities: %w", s.explain(ctx, "reading", err))
	}
	return out, nil
}

// Memberships are the actors that an identity stands for, newest article first.
func (s *Store) Memberships(ctx context.Context, identity record.ID) ([]record.Membership, error) {
	var out []record.Membership
	err := s.read().each(ctx, func(rows *sql.Rows) error {
		m := record.Membership{Identity: identity}
		err := rows.Scan(&m.Actor, &m.Reason, &m.Score)
		out = append(out, m)
		return err
	}, `SELECT e.id, m.reason, m.score FROM identities i JOIN memberships m ON m.identity = i.n JOIN entries e ON e.n = m.actor
		WHERE i.id = ? ORDER BY m.actor DESC`, string(identity))
	if err != nil {
		return nil, fmt.Errorf("members of %s: %w", identity, s.explain(ctx, "reading", err))
	}
	return out, nil
}

// IdentityOf gives the identity of each of the actors that has one.
func (s *Store) IdentityOf(ctx context.Context, actors []record.ID) (map[record.ID]record.ID, error) {
	out := map[record.ID]record.ID{}
	for part := range slices.Chunk(actors, chunk) {
		err := s.read().each(ctx, func(rows *sql.Rows) error {
			var actor, identity record.ID
			err := rows.Scan(&actor, &identity)
			out[actor] = identity
			return err
		}, `SELECT e.id, i.id FROM entries e JOIN memberships m ON m.actor = e.n JOIN identities i ON i.n = m.identity
			WHERE e.id IN (`+marks(len(part))+")", anys(part)...)
		if err != nil {
			return nil, fmt.Errorf("looking up identities: %w", s.explain(ctx, "reading", err))
		}
	}
	return out, nil
}

func scanLink(scan func(...any) error) (l record.Link, err error) {
	var known int64
	err = scan(&l.ID, &l.Kind, &l.Type, &l.A, &l.B, &l.Reason, &l.Confidence, &known, &l.Verdict)
	l.Known = instant(known)
	return l, err
}

// Link is one link, whatever became of the articles on its sides.
func (s *Store) Link(ctx context.Context, id record.ID) (record.Link, error) {
	latest, _ := verdict("l.id", time.Time{})
	l, err := scanLink(s.read().row(ctx, "SELECT "+linkColumns+", "+latest+" FROM links l WHERE l.id = ?", string(id)).Scan)
	if err != nil {
		return record.Link{}, fmt.Errorf("link %s: %w", id, s.explain(ctx, "reading", notFound(err)))
	}
	return l, nil
}

// Links are the links asked for whose sides stand in current articles, the last known first, and the cursor of the next
// page, empty at the end.
func (s *Store) Links(ctx context.Context, q record.LinkQuery) ([]record.Link, string, error) {
	l, err := linkList(q)
	if err != nil {
		return nil, "", fmt.Errorf("listing links: %w", err)
	}
	size := pageSize(q.Limit)
	latest, args := verdict("l.id", q.AsOf)
	var out []record.Link
	next := ""
	err = s.read().each(ctx, func(rows *sql.Rows) error {
		if len(out) == size {
			last := out[size-1]
			next = cursorOf(micros(last.Known), last.ID)
			return nil
		}
		link, err := scanLink(rows.Scan)
		out = append(out, link)
		return err
	}, "SELECT "+linkColumns+", "+latest+" FROM links l"+l.sql()+" ORDER BY l.known DESC, l.id DESC LIMIT "+strconv.Itoa(size+1), append(args, l.args...)...)
	if err != nil {
		return nil, "", fmt.Errorf("listing links: %w", s.explain(ctx, "reading", err))
	}
	return out, next, nil
}

func linkList(q record.LinkQuery) (listing, error) {
	l := listing{}
	if len(q.Kinds) == 1 { // lets the list go along the index of kinds
		l.and("l.kind = ?", q.Kinds[0])
	} else {
		l.among("l.kind", q.Kinds)
	}
	l.among("l.type", q.Types)
	// Either side by its own index.
	const either = "l.id IN (SELECT x.id FROM links x WHERE x.a %[1]s UNION SELECT x.id FROM links x WHERE x.b <> '' AND x.b %[1]s)"
	if q.Entry != "" {
		l.and(fmt.Sprintf(either, "= ?"), string(q.Entry), string(q.Entry))
	}
	if len(q.Entries) > chunk {
		return l, fmt.Errorf("%d entries are too many for one question: %w", len(q.Entries), ErrInvalid)
	}
	if len(q.Entries) > 0 {
		l.and(fmt.Sprintf(either, "IN ("+marks(len(q.Entries))+")"), append(anys(q.Entries), anys(q.Entries)...)...)
	}
	if q.Article != "" {
		l.and(fmt.Sprintf(either, "IN (SELECT e.id FROM entries e JOIN articles a ON a.n = e.article WHERE a.id = ?)"), string(q.Article), string(q.Article))
	}
	if !q.From.IsZero() {
		l.and("l.known >= ?", micros(q.From))
	}
	for _, end := range []time.Time{q.To, q.AsOf} {
		if !end.IsZero() {
			l.and("l.known <= ?", micros(end))
		}
	}
	if !q.Since.IsZero() {
		l.and("l.id IN (SELECT link FROM appeared WHERE at >= ?)", micros(q.Since))
	}
	if q.MinConfidence > 0 {
		l.and("l.confidence >= ?", q.MinConfidence)
	}
	state, args := stateAt(q.AsOf)
	// The state of each side is a value of the row, so that the list still goes along its index and ends after a page.
	side := "(SELECT " + state + " FROM entries e JOIN articles a ON a.n = e.article WHERE e.id = l.%s) = 'current'"
	l.and(fmt.Sprintf(side, "a"), args...)
	l.and("(l.b = '' OR "+fmt.Sprintf(side, "b")+")", args...)
	if q.Cursor != "" {
		known, id, err := parseCursor(q.Cursor)
		if err != nil {
			return l, err
		}
		l.and("(l.known < ? OR l.known = ? AND l.id < ?)", known, known, string(id))
	}
	return l, l.verdict("l.id", q.Verdict, q.AsOf)
}

// Passages are where the stretches of an article's text come from, in the order of the text.
func (s *Store) Passages(ctx context.Context, article record.ID) ([]record.Passage, error) {
	var out []record.Passage
	err := s.read().each(ctx, func(rows *sql.Rows) error {
		p, err := scanPassage(rows.Scan, article)
		out = append(out, p)
		return err
	}, "SELECT "+passageColumns+" FROM passages WHERE article = (SELECT n FROM articles WHERE id = ?) ORDER BY start, finish, origin", string(article))
	if err != nil {
		return nil, fmt.Errorf("passages of %s: %w", article, s.explain(ctx, "reading", err))
	}
	return out, nil
}

func scanPassage(scan func(...any) error, article record.ID) (record.Passage, error) {
	p := record.Passage{Article: article}
	err := scan(&p.Span[0], &p.Span[1], &p.Origin, &p.Label, &p.Basis, &p.With, &p.Share, &p.Reason)
	return p, err
}
