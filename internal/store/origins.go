package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"parley/internal/record"
)

// manyReports and manyArticles are from how many on it is faster to go along the list and look at each entry. Measured with
// 100,000 articles.
const (
	manyReports  = 1000
	manyArticles = 1000
)

// holds joins a passage p to an entry that begins in it; passages of an article cover its text and do not overlap.
const holds = "p.article = %[1]s.article AND p.start <= %[1]s.start AND p.finish > %[1]s.start"

// published asks for entries of articles of some publishers; possible is false where there is none.
func (h handle) published(ctx context.Context, publishers []string, l *listing) (possible bool, err error) {
	if len(publishers) == 0 {
		return true, nil
	}
	of := cleaned(publishers)
	named := "publisher IN (" + marks(len(of)) + ")"
	n := 0
	if err := h.row(ctx, fmt.Sprintf("SELECT count(*) FROM (SELECT 1 FROM articles WHERE %s LIMIT %d) few", named, manyArticles), of...).Scan(&n); err != nil {
		return false, err
	}
	if n < manyArticles {
		l.and("e.n IN (SELECT x.n FROM articles b JOIN entries x ON x.article = b.n WHERE b."+named+")", of...)
		return n > 0, nil
	}
	l.and("(a.publisher || '') IN ("+marks(len(of))+")", of...)
	return true, nil
}

// cleaned are names as the archive keeps them.
func cleaned(names []string) []any {
	of := make([]any, len(names))
	for i, name := range names {
		of[i] = clean(name)
	}
	return of
}

// reported asks for entries that are part of some reports, by id, or of those that somebody first reported; possible is
// false where there is none.
func (h handle) reported(ctx context.Context, origins []string, l *listing) (possible bool, err error) {
	if len(origins) == 0 {
		return true, nil
	}
	of := cleaned(origins)
	list := "(" + marks(len(of)) + ")"
	var begun []string
	err = h.each(ctx, func(rows *sql.Rows) error {
		var origin string
		err := rows.Scan(&origin)
		begun = append(begun, origin)
		return err
	}, fmt.Sprintf("SELECT DISTINCT origin FROM passages WHERE label IN %[1]s OR origin IN %[1]s LIMIT %[2]d", list, manyReports), slices.Concat(of, of)...)
	if err != nil || len(begun) == 0 {
		return false, err
	}
	cond, args := firstReported(list, of)
	if len(begun) < manyReports {
		l.and(fmt.Sprintf("e.n IN (SELECT x.n FROM passages p JOIN entries x ON "+holds+" WHERE p.origin IN (%s) AND %s)", "x", marks(len(begun)), cond),
			slices.Concat(anys(begun), args)...)
		return true, nil
	}
	l.and(fmt.Sprintf("EXISTS (SELECT 1 FROM passages p WHERE "+holds+" AND %s)", "e", cond), args...)
	return true, nil
}

// firstReported is the condition that a passage p is part of one of the reports of a list, or of those of one of its
// reporters: what any copy credits to an agency is that agency's. No index of names serves it: it is asked of passages that
// were found otherwise.
func firstReported(list string, of []any) (cond string, args []any) {
	credited := "EXISTS (SELECT 1 FROM passages c WHERE c.origin = p.origin AND c.basis = 'credit'"
	cond = fmt.Sprintf("((p.origin || '') IN %[1]s OR (p.label || '') IN %[1]s AND (p.basis = 'credit' OR NOT %[2]s)) OR %[2]s AND (c.label || '') IN %[1]s))", list, credited)
	return cond, slices.Concat(of, of, of)
}

// tallyOrigins counts the reports that entries are part of, by who first reported them.
func (h handle) tallyOrigins(ctx context.Context, entries []string, into map[string]int) error {
	if len(entries) == 0 {
		return nil
	}
	type report struct{ label, credited string }
	reports := map[record.ID]report{}
	err := h.each(ctx, func(rows *sql.Rows) error {
		var origin record.ID
		var label, basis string
		err := rows.Scan(&origin, &label, &basis)
		r := reports[origin]
		r.label = first(r.label, label)
		if basis == "credit" {
			r.credited = first(r.credited, label)
		}
		reports[origin] = r
		return err
	}, fmt.Sprintf(`SELECT DISTINCT o.origin, o.label, o.basis FROM passages o WHERE o.origin IN
		(SELECT p.origin FROM entries x JOIN passages p ON `+holds+" WHERE x.n IN (%[2]s))", "x", strings.Join(entries, ",")))
	if err != nil {
		return err
	}
	for _, r := range reports {
		if r.credited != "" {
			r.label = r.credited
		}
		into[r.label]++
	}
	return nil
}

// first is the label that is shorter, for it names fewer of those it can have been, or comes first; empty is none.
func first(a, b string) string {
	if a == "" || len(b) < len(a) || len(b) == len(a) && b < a {
		return b
	}
	return a
}
