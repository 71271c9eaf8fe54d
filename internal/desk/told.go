package desk

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"parley/internal/record"
)

// tellings puts commitments that articles tell again together: each group is one promise, its tellings in the order they
// became known, first the one that was. What is told again is what reconcile linked as the same, unless somebody rejected
// the link. Groups come in the order of their first entry in the list given; others of a group are looked up.
func (d *Desk) tellings(ctx context.Context, entries []record.Entry, q record.Query) ([][]record.Entry, error) {
	byID, group := map[record.ID]record.Entry{}, map[record.ID]record.ID{}
	var order []record.ID
	for _, e := range entries {
		byID[e.ID], order = e, append(order, e.ID)
	}
	for asked := order; len(asked) > 0 && len(byID) < mostTellings; {
		links, _, err := d.in.Links(ctx, record.LinkQuery{Kinds: []string{record.SameClaim}, Entries: asked[:min(len(asked), atOnce)], AsOf: q.AsOf, Limit: mostTellings})
		if err != nil {
			return nil, fmt.Errorf("looking for what tells commitments again: %w", err)
		}
		var more []record.ID
		for _, l := range links {
			if l.Verdict != "reject" {
				join(group, l.A, l.B)
				more = append(more, l.A, l.B)
			}
		}
		more = slices.DeleteFunc(distinct(more), func(id record.ID) bool { return byID[id].ID != "" })
		found, err := d.current(ctx, more, q)
		if err != nil {
			return nil, err
		}
		asked = nil
		for _, e := range found {
			byID[e.ID], asked = e, append(asked, e.ID)
		}
	}
	return grouped(byID, group, order), nil
}

// mostTellings is how many commitments, and links between them, a board looks at.
const mostTellings = 2000

// current looks entries up that are of current articles and known at the time of a query.
func (d *Desk) current(ctx context.Context, ids []record.ID, q record.Query) (out []record.Entry, err error) {
	for part := range slices.Chunk(ids, atOnce) {
		page, err := d.in.Entries(ctx, record.Query{IDs: part, Kinds: []string{"commitment"}, AsOf: q.AsOf, Limit: atOnce})
		if err != nil {
			return nil, fmt.Errorf("looking up %d commitments: %w", len(part), err)
		}
		out = append(out, page.Entries...)
	}
	return out, nil
}

// root is the entry that a group goes by.
func root(group map[record.ID]record.ID, id record.ID) record.ID {
	for group[id] != "" {
		id = group[id]
	}
	return id
}

// join makes one group of those of two entries.
func join(group map[record.ID]record.ID, a, b record.ID) {
	if a, b = root(group, a), root(group, b); a != b {
		group[max(a, b)] = min(a, b)
	}
}

// grouped are the entries of each group.
func grouped(byID map[record.ID]record.Entry, group map[record.ID]record.ID, order []record.ID) [][]record.Entry {
	members := map[record.ID][]record.Entry{}
	for _, id := range slices.Sorted(maps.Keys(byID)) {
		of := root(group, id)
		members[of] = append(members[of], byID[id])
	}
	var out [][]record.Entry
	for _, id := range order {
		of := root(group, id)
		list := members[of]
		if len(list) == 0 {
			continue // shown already
		}
		slices.SortStableFunc(list, func(a, b record.Entry) int { return cmp.Or(a.Known.Compare(b.Known), cmp.Compare(a.ID, b.ID)) })
		out = append(out, list)
		delete(members, of)
	}
	return out
}
