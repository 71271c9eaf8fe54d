package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"parley/internal/record"
)

const (
	maxTally    = 5000 // entries that are counted
	tallyActors = 50   // actors of a role that are named, beside those asked for
)

// Tally counts the entries that a query asks for, the first 5,000 of them in its order, or fewer where q.Limit says so.
func (s *Store) Tally(ctx context.Context, q record.Query) (record.Tally, error) {
	out, err := s.read().tally(ctx, q)
	if err != nil {
		return record.Tally{}, fmt.Errorf("counting entries: %w", s.explain(ctx, "reading", err))
	}
	return out, nil
}

func (h handle) tally(ctx context.Context, q record.Query) (record.Tally, error) {
	out := record.Tally{
		Complete: true, Kinds: map[string]int{}, Labels: map[string]int{}, Publishers: map[string]int{}, Days: map[string]int{}, Actors: map[string][]record.Counted{},
	}
	lists, err := h.entryLists(ctx, q)
	if err != nil || len(lists) == 0 {
		return out, err
	}
	size := maxTally
	if q.Limit > 0 {
		size = min(q.Limit, size)
	}
	found, args := union(lists, size+1)
	outer := listing{number: "e.n", oldest: q.Oldest}
	err = h.each(ctx, func(rows *sql.Rows) error {
		if out.Of == size {
			out.Complete = false
			return nil
		}
		var kind, label, publisher string
		var known int64
		err := rows.Scan(&kind, &label, &publisher, &known)
		out.Of++
		out.Kinds[kind]++
		out.Labels[label]++
		out.Publishers[publisher]++
		out.Days[instant(known).Format(time.DateOnly)]++
		return err
	}, "SELECT e.kind, e.label, a.publisher, a.known FROM ("+found+") found JOIN entries e ON e.n = found.n JOIN articles a ON a.n = e.article"+
		outer.order(size+1), args...)
	if err != nil {
		return out, err
	}
	for letter, n := range out.Kinds {
		delete(out.Kinds, letter)
		out.Kinds[kinds()[letter]] = n
	}
	asked, err := h.numbers(ctx, "identities", q.Actors)
	if err != nil {
		return out, err
	}
	inner := listing{number: "every.n", oldest: q.Oldest}
	return out, h.tallyActors(ctx, slices.Collect(maps.Values(asked)), "SELECT every.n FROM ("+found+") every"+inner.order(size), args, out.Actors)
}

// union joins lists to one query for the numbers of their entries, each list at most size long.
func union(lists []listing, size int) (query string, args []any) {
	found := make([]string, len(lists))
	for i := range lists {
		l := &lists[i]
		found[i] = fmt.Sprintf("SELECT n FROM (SELECT %s AS n FROM %s%s%s) list%d", l.number, l.from, l.sql(), l.order(size), i)
		args = append(args, l.args...)
	}
	return strings.Join(found, " UNION ALL "), args
}

// tallyActors counts in how many of the entries an identity has a role, and names the first of each role and those
// asked for.
func (h handle) tallyActors(ctx context.Context, asked []int64, found string, args []any, into map[string][]record.Counted) error {
	type count struct {
		identity int64
		entries  int
	}
	byRole := map[int][]count{}
	err := h.each(ctx, func(rows *sql.Rows) error {
		var role int
		var c count
		err := rows.Scan(&role, &c.identity, &c.entries)
		byRole[role] = append(byRole[role], c)
		return err
	}, "SELECT ea.role, m.identity, count(DISTINCT ea.entry) FROM ("+found+`) found JOIN entry_actors ea ON ea.entry = found.n
		JOIN memberships m ON m.actor = ea.actor GROUP BY ea.role, m.identity`, args...)
	if err != nil {
		return err
	}
	for name, role := range roles() {
		list := byRole[role]
		slices.SortFunc(list, func(a, b count) int { return cmp.Or(b.entries-a.entries, cmp.Compare(a.identity, b.identity)) })
		for i, c := range list {
			if i >= tallyActors && !slices.Contains(asked, c.identity) {
				continue
			}
			one, err := scanIdentity(h.row(ctx, "SELECT body, members FROM identities WHERE n = ?", c.identity).Scan)
			if err != nil {
				return err
			}
			into[name] = append(into[name], record.Counted{ID: one.ID, Name: one.Name, Count: c.entries})
		}
	}
	return nil
}
