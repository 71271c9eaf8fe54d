package desk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"parley/internal/record"
)

// ErrCursor says that a cursor is not one of the review queue.
var ErrCursor = errors.New("it is no cursor of the review queue: ask for its first page again")

// Review is a part of the queue of entries that wait for a person.
type Review struct {
	Entries  []Shown `json:"entries"` // each with its why
	Next     string  `json:"next,omitempty"`
	Left     int     `json:"left"`     // entries still to be shown of those put in order, these included
	Complete bool    `json:"complete"` // there are no more than those
}

// reviewed is how many of the newest entries without a verdict are put in order at once.
const reviewed = 500

// ReviewQueue lists what nobody has confirmed, rejected or doubted, the newest 500 entries first, and among these by points:
//
//   - what it is: 1 to 4 points (see worths);
//   - 3 more where a contradiction between articles, or the evidence for a commitment, rests on it;
//   - doubt: 4 times what is missing in the reader's confidence, 2 at most: 0.9 gives 0.4, a half or less gives 2.
//
// Of equal points the newer comes first. A cursor goes on behind the entry it names among the same 500, then in those before.
// q.Kinds chooses kinds; none: all but actors and places. Only unjudged entries are listed, whatever q.Verdict says.
func (d *Desk) ReviewQueue(ctx context.Context, q record.Query) (Review, error) {
	if len(q.Kinds) == 0 {
		q.Kinds = told()
	}
	limit := min(cmp.Or(max(q.Limit, 0), 50), reviewed)
	window, last, err := parsePlace(q.Cursor)
	if err != nil {
		return Review{}, err
	}
	q.Verdict, q.Limit, q.Cursor = "none", reviewed, window
	list, err := d.in.Entries(ctx, q)
	if err != nil {
		return Review{}, fmt.Errorf("listing what nobody judged: %w", err)
	}
	queue, err := d.queue(ctx, list.Entries)
	if err != nil {
		return Review{}, err
	}
	queue = slices.DeleteFunc(queue, func(c candidate) bool { return last != nil && c.compare(last) <= 0 })
	out := Review{Left: len(queue), Complete: list.Next == ""}
	part := queue[:min(len(queue), limit)]
	switch {
	case len(part) < len(queue):
		out.Next = part[len(part)-1].place(window)
	case list.Next != "":
		out.Next = list.Next
	}
	entries := make([]record.Entry, len(part))
	for i := range part {
		entries[i] = part[i].entry
	}
	out.Entries, err = d.Shown(ctx, entries)
	for i := range out.Entries {
		out.Entries[i].Why = strings.Join(part[i].why, "; ")
	}
	return out, err
}

// candidate is an entry of the queue.
type candidate struct {
	entry  record.Entry
	points int // hundredths
	known  int64
	why    []string
}

// compare orders candidates: more points first, then the newer, then by id.
func (c *candidate) compare(other *candidate) int {
	return cmp.Or(other.points-c.points, cmp.Compare(other.known, c.known), cmp.Compare(c.entry.ID, other.entry.ID))
}

// place is the cursor behind a candidate in a window of the list.
func (c *candidate) place(window string) string {
	return fmt.Sprintf("%s_%d_%d_%s", window, c.points, c.known, c.entry.ID)
}

// parsePlace reads a cursor: where the window of the list begins, and behind which candidate to go on in it.
func parsePlace(cursor string) (window string, last *candidate, err error) {
	window, rest, inside := strings.Cut(cursor, "_")
	if !inside {
		return window, nil, nil
	}
	var c candidate
	var id string
	if n, err := fmt.Sscanf(strings.ReplaceAll(rest, "_", " "), "%d %d %s", &c.points, &c.known, &id); n != 3 || err != nil {
		return "", nil, fmt.Errorf("%q: %w", cursor, ErrCursor)
	}
	c.entry.ID = record.ID(id)
	return window, &c, nil
}

// queue puts entries into the order of the queue.
func (d *Desk) queue(ctx context.Context, entries []record.Entry) ([]candidate, error) {
	if len(entries) == 0 {
		return nil, nil
	}
	ids := make([]record.ID, len(entries))
	for i := range entries {
		ids[i] = entries[i].ID
	}
	links, _, err := d.in.Links(ctx, record.LinkQuery{Entries: ids, Kinds: []string{record.Conflict, record.Evidence}, Limit: 2 * reviewed})
	if err != nil {
		return nil, fmt.Errorf("looking for what rests on them: %w", err)
	}
	rests := map[record.ID]string{}
	for _, l := range links {
		if l.Verdict == "reject" {
			continue
		}
		for _, id := range []record.ID{l.A, l.B} {
			if rests[id] != record.Conflict {
				rests[id] = l.Kind
			}
		}
	}
	values := newValued()
	out := make([]candidate, len(entries))
	for i := range entries {
		out[i] = weigh(entries[i], values.of(&entries[i]), rests[ids[i]])
	}
	slices.SortFunc(out, func(a, b candidate) int { return a.compare(&b) })
	return out, nil
}

// sure is the confidence from which on an entry is not called unsure.
const sure = 0.7

// weigh gives an entry its points, by the rule of ReviewQueue.
func weigh(e record.Entry, w worth, rests string) candidate {
	c := candidate{entry: e, known: e.Known.UnixMicro(), why: []string{w.words}}
	points := w.points + min(2, 4*(1-e.Confidence))
	switch rests {
	case record.Conflict:
		c.why = append(c.why, "a contradiction between articles rests on it")
	case record.Evidence:
		c.why = append(c.why, "the evidence for a commitment rests on it")
	}
	if rests != "" {
		points += 3
	}
	if e.Confidence < sure {
		c.why = append(c.why, fmt.Sprintf("the reader is unsure (%.2f)", e.Confidence))
	}
	c.points = int(math.Round(points * 100))
	return c
}
