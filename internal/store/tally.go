package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"parley/internal/record"
)

const (
	maxTally    = 5000 // entries that are counted
	tallyActors = 50   // actors of a role that are named
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
		Complete: true, Kinds: map[string]int{}, Labels: map[string]int{}, Publishers: map[string]int{}, Origins: map[string]int{}, Days: map[string]int{},
		Actors: map[string][]record.Counted{},
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
	var numbers []string
	err = h.each(ctx, func(rows *sql.Rows) error {
		if out.Of == size {
			out.Complete = false
			return nil
		}
		var kind, label, publisher string
		var n, known int64
		err := rows.Scan(&n, &kind, &label, &publisher, &known)
		numbers = append(numbers, strconv.FormatInt(n, 10))
		out.Of++
		out.Kinds[kind]++
		out.Labels[label]++
		out.Publishers[publisher]++
		out.Days[instant(known).Format(time.DateOnly)]++
		return err
	}, "SELECT e.n, e.kind, e.label, a.publisher, a.known FROM ("+found+") found JOIN entries e ON e.n = found.n JOIN articles a ON a.n = e.article"+
		outer.order(size+1), args...)
	if err != nil {
		return out, err
	}
	for letter, n := range out.Kinds {
		delete(out.Kinds, letter)
		out.Kinds[kinds()[letter]] = n
	}
	if err := h.tallyOrigins(ctx, numbers, out.Origins); err != nil {
		return out, err
	}
	return out, h.tallyActors(ctx, numbers, out.Actors)
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

// tallyActors counts in how many of the entries an identity has a role, and names the first of each role.
func (h handle) tallyActors(ctx context.Context, entries []string, into map[string][]record.Counted) error {
	if len(entries) == 0 {
		return nil
	}
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
	}, `SELECT ea.role, m.identity, count(DISTINCT ea.entry) FROM entry_actors ea JOIN memberships m ON m.actor = ea.actor
		WHERE ea.entry IN (`+strings.Join(entries, ",")+") GROUP BY ea.role, m.identity")
	if err != nil {
		return err
	}
	for name, role := range roles() {
		list := byRole[role]
		slices.SortFunc(list, func(a, b count) int { return cmp.Or(b.entries-a.entries, cmp.Compare(a.identity, b.identity)) })
		for _, c := range list[:min(len(list), tallyActors)] {
			one, err := scanIdentity(h.row(ctx, "SELECT body, members FROM identities WHERE n = ?", c.identity).Scan)
			if err != nil {
				return err
			}
			into[name] = append(into[name], record.Counted{ID: one.ID, Name: one.Name, Count: c.entries})
		}
	}
	return nil
}

// Roles says in how many entries an identity has each role, also in articles that are not current.
func (s *Store) Roles(ctx context.Context, identity record.ID) (map[string]int, error) {
	byNumber := map[int]string{}
	for name, role := range roles() {
		byNumber[role] = name
	}
	out := map[string]int{}
	err := s.read().each(ctx, func(rows *sql.Rows) error {
		var role, n int
		err := rows.Scan(&role, &n)
		out[byNumber[role]] = n
		return err
	}, `SELECT ea.role, count(DISTINCT ea.entry) FROM identities i JOIN memberships m ON m.identity = i.n JOIN entry_actors ea ON ea.actor = m.actor
		WHERE i.id = ? GROUP BY ea.role`, string(identity))
	if err != nil {
		return nil, fmt.Errorf("roles of %s: %w", identity, s.explain(ctx, "reading", err))
	}
	return out, nil
}
