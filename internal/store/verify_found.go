package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"

	"parley/internal/record"
)

// sums checks that a row of what was found is as it was written.
func sums(what string, have int64, fields ...any) error {
	want, err := checkSum(fields...)
	if err == nil && have != want {
		return faulty("%s was changed: its check sum is %d, not %d", what, want, have)
	}
	return err
}

func (v *verifier) identities(ctx context.Context) error {
	err := v.each(ctx, func(rows *sql.Rows) error {
		v.report.Identities++
		var id record.ID
		var body string
		var sum int64
		var noted, members int
		if err := rows.Scan(&id, &body, &noted, &sum, &members); err != nil {
			return err
		}
		if noted != members {
			return faulty("identity %s: it is noted to have %d members, but has %d", id, noted, members)
		}
		if !json.Valid([]byte(body)) {
			return faulty("identity %s: it cannot be decoded", id)
		}
		return sums("identity "+string(id), sum, id, body)
	}, "SELECT i.id, i.body, i.members, i.check_sum, (SELECT count(*) FROM memberships m WHERE m.identity = i.n) FROM identities i ORDER BY i.n")
	return err
}

func (v *verifier) memberships(ctx context.Context) error {
	return v.each(ctx, func(rows *sql.Rows) error {
		v.report.Memberships++
		var m record.Membership
		var sum int64
		if err := rows.Scan(&m.Actor, &m.Identity, &m.Reason, &m.Score, &sum); err != nil {
			return err
		}
		return sums("membership of "+string(m.Actor)+" in "+string(m.Identity), sum, m.Actor, m.Identity, m.Reason, m.Score)
	}, `SELECT COALESCE(e.id, ''), COALESCE(i.id, ''), m.reason, m.score, m.check_sum FROM memberships m LEFT JOIN entries e ON e.n = m.actor
		LEFT JOIN identities i ON i.n = m.identity ORDER BY m.actor`)
}

func (v *verifier) links(ctx context.Context) error {
	return v.each(ctx, func(rows *sql.Rows) error {
		v.report.Links++
		var l record.Link
		var known, sum int64
		var sides int
		if err := rows.Scan(&l.ID, &l.Kind, &l.Type, &l.A, &l.B, &l.Reason, &l.Confidence, &known, &sum, &sides); err != nil {
			return err
		}
		l.Known = instant(known)
		row, err := linkRow(l)
		if err != nil {
			return err
		}
		want := 2
		if l.B == "" {
			want = 1
		}
		if sides != want {
			return faulty("link %s: it names %s and %s, but %d of them are here", l.ID, l.A, l.B, sides)
		}
		return sums("link "+string(l.ID), sum, row[:len(row)-1]...)
	}, "SELECT "+linkColumns+", check_sum, (SELECT count(*) FROM entries e WHERE e.id IN (l.a, l.b)) FROM links l ORDER BY id")
}

func (v *verifier) passages(ctx context.Context) error {
	return v.each(ctx, func(rows *sql.Rows) error {
		v.report.Passages++
		var article record.ID
		var sum int64
		p, err := scanPassage(func(to ...any) error { return rows.Scan(append(to, &article, &sum)...) }, "")
		if err != nil {
			return err
		}
		return sums("a passage of article "+string(article), sum, article, p.Span[0], p.Span[1], p.Origin, p.Label, p.Basis, p.With, p.Share, p.Reason)
	}, "SELECT "+passageColumns+", COALESCE(a.id, ''), check_sum FROM passages p LEFT JOIN articles a ON a.n = p.article ORDER BY p.article, start, finish, origin")
}

// replaces checks what articles say they take the place of against what they said of themselves.
func (v *verifier) replaces(ctx context.Context) error {
	n := 0
	err := v.each(ctx, func(rows *sql.Rows) error {
		n++
		var guid, id, body string
		if err := rows.Scan(&guid, &id, &body); err != nil {
			return err
		}
		art, err := articleOf(body)
		if err != nil || !slices.ContainsFunc(art.Replaces, func(name string) bool { return clean(name) == guid }) {
			return faulty("article %s: it does not say that it takes the place of %q", id, guid)
		}
		return nil
	}, "SELECT r.guid, a.id, a.body FROM replaced r JOIN articles a ON a.n = r.article ORDER BY r.article, r.guid")
	if err == nil && n != v.names {
		return faulty("articles name %d others that they take the place of, %d names are kept", v.names, n)
	}
	return err
}

// subjects looks for decisions about something that is not there.
func (v *verifier) subjects(ctx context.Context) error {
	for _, of := range []struct{ table, letter string }{{"articles", "d"}, {"identities", "i"}, {"links", "l"}, {"entries", "s e c k f x g a p"}} {
		for _, letter := range split(of.letter) {
			err := v.none(ctx, "a judgement is about %s, which is gone", "SELECT subject FROM judgements j WHERE verb NOT IN ('ingest','read') AND subject LIKE '"+
				string(letter)+"-%' AND NOT EXISTS (SELECT 1 FROM "+of.table+" x WHERE x.id = j.subject) ORDER BY seq LIMIT 1")
			if err != nil {
				return err
			}
		}
	}
	return nil
}
