package desk

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"parley/internal/record"
)

// Today is what came into an archive since a time, whenever it was published, and what is due.
type Today struct {
	Since          time.Time       `json:"since"`
	Now            time.Time       `json:"now"`
	Arrived        record.Arrivals `json:"arrived"`
	Next           time.Time       `json:"next"`       // since of the next look: just after the last thing that came in, links included
	Counts         map[string]int  `json:"counts"`     // new entries by kind, of 2,000 at most
	Complete       bool            `json:"complete"`   // the counts are of all that is new
	Statements     []Shown         `json:"statements"` // those that matter most of the newest 200, by when they were known
	Due            []Promise       `json:"due"`        // commitments due from then, or from the day before now, to a week from now that nobody has settled
	Contradictions []Linked        `json:"contradictions"`
	Figures        []Shown         `json:"figures"`
	Contacts       []Shown         `json:"contacts"`
	Ceasefires     []Ceasefire     `json:"ceasefires"`
	until          time.Time       // articles known later are left out; zero: none
}

// How much of each a day shows, and of how much it is chosen.
const (
	todayShown = 12
	todayOf    = 200
	todayCount = 2000
	todayDue   = 1000 // newest commitments looked at for what is due
	aWeek      = 7 * 24 * time.Hour
)

// Today says what came in from a time on. A zero since is a day before the last thing came in. Now is the time by which
// commitments are due, and articles known later are left out; a zero now is when the newest article was known, which in an
// archive of the past is its last day.
func (d *Desk) Today(ctx context.Context, since, now time.Time) (Today, error) {
	until := now
	if now.IsZero() {
		var err error
		if now, err = d.newest(ctx); err != nil {
			return Today{}, err
		}
	}
	t := Today{Since: since.UTC(), Now: now.UTC(), Counts: map[string]int{}, until: until}
	for _, step := range []func(context.Context, *Today) error{d.arrivals, d.countNew, d.newEntries, d.due, d.newContradictions} {
		if err := step(ctx, &t); err != nil {
			return t, fmt.Errorf("working out what is new: %w", err)
		}
	}
	var err error
	t.Ceasefires, err = d.Ceasefires(ctx)
	return t, err
}

// arrivals finds out since when things are new, and what articles came in.
func (d *Desk) arrivals(ctx context.Context, t *Today) (err error) {
	if t.Since.IsZero() {
		last, err := d.in.Arrivals(ctx, t.Now)
		if err != nil {
			return err
		}
		if last.Last.IsZero() { // an empty archive
			last.Last = t.Now
		}
		t.Since = last.Last.Add(-24 * time.Hour).UTC()
	}
	t.Arrived, err = d.in.Arrivals(ctx, t.Since)
	t.Next = t.Arrived.Last.Add(time.Microsecond)
	return err
}

// newest is when the newest article was published; of articles without a date, which are known since they were fetched, it
// looks at a few only. Now for an empty archive.
func (d *Desk) newest(ctx context.Context) (time.Time, error) {
	var newest time.Time
	for art, err := range d.in.Articles(ctx, record.ArticleQuery{Limit: 200}) {
		if err != nil {
			return time.Time{}, fmt.Errorf("looking for the newest article: %w", err)
		}
		if newest.IsZero() || art.Published != "" {
			newest = art.Known
		}
		if art.Published != "" {
			break
		}
	}
	if newest.IsZero() {
		newest = time.Now()
	}
	return newest, nil
}

func (d *Desk) countNew(ctx context.Context, t *Today) error {
	tally, err := d.in.Tally(ctx, record.Query{
		Kinds: told(), Since: t.Since, To: t.until, Limit: todayCount,
	})
	t.Counts, t.Complete = tally.Kinds, tally.Complete
	return err
}

// newEntries are the statements that matter most, figures and contacts, newest first.
func (d *Desk) newEntries(ctx context.Context, t *Today) error {
	values := newValued()
	for _, part := range []struct {
		kind string
		into *[]Shown
	}{{"statement", &t.Statements}, {"figure", &t.Figures}, {"contact", &t.Contacts}} {
		list, err := d.in.Entries(ctx, record.Query{Kinds: []string{part.kind}, Since: t.Since, To: t.until, Limit: todayOf})
		if err != nil {
			return err
		}
		if *part.into, err = d.Shown(ctx, values.best(list.Entries, todayShown)); err != nil {
			return err
		}
	}
	return nil
}

// best are the entries worth most, weighed by how sure the reader is of them, in the order given; none that was rejected.
func (v valued) best(entries []record.Entry, limit int) []record.Entry {
	list := slices.DeleteFunc(slices.Clone(entries), func(e record.Entry) bool { return e.Verdict == "reject" })
	at := map[record.ID]int{}
	for i := range list {
		at[list[i].ID] = i
	}
	slices.SortStableFunc(list, func(a, b record.Entry) int {
		return cmp.Compare(v.of(&b).points*b.Confidence, v.of(&a).points*a.Confidence)
	})
	list = list[:min(len(list), limit)]
	slices.SortFunc(list, func(a, b record.Entry) int { return at[a.ID] - at[b.ID] })
	return list
}

// settled are the states in which a commitment waits for nothing more.
func settled() []string { return []string{"kept", "broken", "withdrawn", "lapsed"} }

// due finds the commitments due from the day of since, or from the day before now where that is earlier, to a week from now.
func (d *Desk) due(ctx context.Context, t *Today) error {
	list, err := d.in.Entries(ctx, record.Query{Kinds: []string{"commitment"}, To: t.Now, Limit: todayDue})
	if err != nil {
		return err
	}
	begin := t.Now.Add(-24 * time.Hour)
	if t.Since.Before(begin) {
		begin = t.Since
	}
	from, to := begin.Format(time.DateOnly), t.Now.Add(aWeek).Format(time.DateOnly)
	type waiting struct {
		entry record.Entry
		day   string
	}
	var found []waiting
	for _, e := range list.Entries {
		var com record.Commitment
		if err := json.Unmarshal(e.Item, &com); err != nil {
			return fmt.Errorf("reading %s: %w", e.ID, err)
		}
		day := (&Promise{Due: com.Due}).day()
		if len(day) >= len(to) && day[:len(to)] >= from && day[:len(to)] <= to && e.Verdict != "reject" && !slices.Contains(settled(), e.Status) {
			found = append(found, waiting{e, day})
		}
	}
	slices.SortStableFunc(found, func(a, b waiting) int { return cmp.Compare(a.day, b.day) })
	var entries []record.Entry
	for _, w := range found[:min(len(found), todayShown)] {
		entries = append(entries, w.entry)
	}
	t.Due, err = d.Promises(ctx, entries, record.Query{})
	t.Due = slices.DeleteFunc(t.Due, func(p Promise) bool { return slices.Contains(settled(), p.State) })
	return err
}

func (d *Desk) newContradictions(ctx context.Context, t *Today) error {
	links, _, err := d.in.Links(ctx, record.LinkQuery{Kinds: []string{record.Conflict}, Since: t.Since, To: t.until, Limit: todayOf})
	if err != nil {
		return err
	}
	links = slices.DeleteFunc(links, func(l record.Link) bool { return l.Verdict == "reject" })
	t.Contradictions, err = d.Linked(ctx, links[:min(len(links), todayShown)])
	return err
}
