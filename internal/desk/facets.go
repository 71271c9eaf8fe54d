package desk

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"parley/internal/record"
)

// Facets say what a list of entries is made of, the most first, at most fifty of each.
type Facets struct {
	Of         int              `json:"of"`       // entries counted: the first 5,000 of the list at most
	Complete   bool             `json:"complete"` // they are the whole list
	Speakers   []record.Counted `json:"speakers"` // who speaks, acts, promises, takes part or gives the figure
	Addressees []record.Counted `json:"addressees"`
	Labels     []record.Counted `json:"labels"`
	Publishers []record.Counted `json:"publishers"`
	Origins    []record.Counted `json:"origins"` // who first reported them; the count is of reports: what forty papers reprint is one
	Days       []DayCount       `json:"days"`    // in order; a day without entries is not there
}

// DayCount is how many entries are of articles known on a day (UTC).
type DayCount struct {
	Day   string `json:"day"`
	Count int    `json:"count"`
}

// mostFacets is how many values of a facet are shown.
const mostFacets = 50

// Facets count who and what is in the list that a query asks for.
func (d *Desk) Facets(ctx context.Context, q record.Query) (Facets, error) {
	q.Limit, q.Cursor = 0, ""
	tally, err := d.in.Tally(ctx, q)
	if err != nil {
		return Facets{}, fmt.Errorf("counting facets: %w", err)
	}
	speaking := []string{"source", "actor", "by", "participant"}
	if slices.Equal(q.Kinds, []string{"figure"}) {
		speaking = []string{"asserted_by"}
	}
	return Facets{
		Of: tally.Of, Complete: tally.Complete, Speakers: together(tally.Actors, speaking...),
		Addressees: together(tally.Actors, "addressee", "recipient", "to"), Labels: most(tally.Labels), Publishers: most(tally.Publishers), Origins: most(tally.Origins), Days: days(tally.Days),
	}, nil
}

// together adds up the counts of actors in several roles.
func together(actors map[string][]record.Counted, roles ...string) []record.Counted {
	sums := map[record.ID]record.Counted{}
	for _, role := range roles {
		for _, c := range actors[role] {
			c.Count += sums[c.ID].Count
			sums[c.ID] = c
		}
	}
	return first(slices.Collect(maps.Values(sums)))
}

// most are the values that are counted most; what has no value is not one.
func most(counts map[string]int) []record.Counted {
	var list []record.Counted
	for name, n := range counts {
		if name != "" {
			list = append(list, record.Counted{ID: record.ID(name), Name: name, Count: n})
		}
	}
	return first(list)
}

func first(list []record.Counted) []record.Counted {
	slices.SortFunc(list, func(a, b record.Counted) int {
		return cmp.Or(b.Count-a.Count, cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	return append([]record.Counted{}, list[:min(len(list), mostFacets)]...)
}

func days(counts map[string]int) []DayCount {
	out := []DayCount{}
	for _, day := range slices.Sorted(maps.Keys(counts)) {
		out = append(out, DayCount{day, counts[day]})
	}
	return out
}
