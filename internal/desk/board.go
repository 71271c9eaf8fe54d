package desk

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"parley/internal/record"
)

// Board are commitments with what bears on each.
type Board struct {
	Promises []Promise `json:"promises"`
	Next     string    `json:"next,omitempty"` // cursor of the next page
}

// Promise is a commitment with what bears on it.
type Promise struct {
	Shown Shown `json:"shown"`
	// State is what a person last decided, else not_assessed.
	State string `json:"state"`
	// Due is when it is to be done, as the article says; null where it does not.
	Due *record.Time `json:"due"`
	// Conditions are what it hangs on.
	Conditions []record.Condition `json:"conditions"`
	// Evidence is what was found that bears on it, the newest first, offered to a person.
	Evidence []Linked `json:"evidence"`
	// History are the decisions about its state, oldest first.
	History []record.Judgement `json:"history"`
}

// How much a board shows.
const (
	boardPromises = 50
	boardEvidence = 300 // pieces of evidence on one page
)

// Board is a page of the commitments a query asks for, newest first, and in the page those due first before the others.
// q.Status chooses states, q.Actors with the role by chooses who promises.
func (d *Desk) Board(ctx context.Context, q record.Query) (Board, error) {
	q.Kinds = []string{"commitment"}
	q.Limit = min(cmp.Or(max(q.Limit, 0), boardPromises), atOnce)
	list, err := d.in.Entries(ctx, q)
	if err != nil {
		return Board{}, fmt.Errorf("listing commitments: %w", err)
	}
	promises, err := d.Promises(ctx, list.Entries, q)
	if err != nil {
		return Board{}, err
	}
	slices.SortStableFunc(promises, func(a, b Promise) int { return cmp.Compare(a.day(), b.day()) })
	return Board{promises, list.Next}, nil
}

// day is when a promise is due; those that are due at no time that is known come last.
func (p *Promise) day() string {
	if p.Due != nil {
		for _, t := range []*string{p.Due.End, p.Due.Start} {
			if t != nil && *t != "" {
				return *t
			}
		}
	}
	return "~" // after every digit
}

// Promises gives commitments with their evidence and history, in the order given, at most 500. q.AsOf is the time as of
// which both are wanted.
func (d *Desk) Promises(ctx context.Context, entries []record.Entry, q record.Query) ([]Promise, error) {
	p, err := d.page(ctx, entries)
	if err != nil {
		return nil, err
	}
	ids := make([]record.ID, len(entries))
	for i := range entries {
		ids[i] = entries[i].ID
	}
	evidence, err := d.evidence(ctx, ids, q)
	if err != nil {
		return nil, err
	}
	history, err := d.history(ctx, ids, q)
	if err != nil {
		return nil, err
	}
	items := map[record.ID]*record.Commitment{}
	for i := range p.rec.Commitments {
		items[p.rec.Commitments[i].ID] = &p.rec.Commitments[i]
	}
	out := []Promise{}
	for i := range entries {
		id := entries[i].ID
		one := Promise{Shown: p.shown(entries[i]), State: entries[i].Status, Conditions: []record.Condition{}, Evidence: evidence[id], History: history[id]}
		if com := items[id]; com != nil {
			one.Due, one.Conditions = com.Due, append(one.Conditions, com.Conditions...)
		}
		if one.Evidence == nil {
			one.Evidence = []Linked{}
		}
		if one.History == nil {
			one.History = []record.Judgement{}
		}
		out = append(out, one)
	}
	return out, nil
}

// evidence is what bears on commitments.
func (d *Desk) evidence(ctx context.Context, ids []record.ID, q record.Query) (map[record.ID][]Linked, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	links, _, err := d.in.Links(ctx, record.LinkQuery{Kinds: []string{record.Evidence}, Entries: ids, AsOf: q.AsOf, Limit: boardEvidence})
	if err != nil {
		return nil, fmt.Errorf("looking for evidence: %w", err)
	}
	list, err := d.Linked(ctx, links)
	if err != nil {
		return nil, err
	}
	out := map[record.ID][]Linked{}
	for _, l := range list {
		out[l.Link.A] = append(out[l.Link.A], l)
	}
	return out, nil
}

// history are the decisions about the states of commitments.
func (d *Desk) history(ctx context.Context, ids []record.ID, q record.Query) (map[record.ID][]record.Judgement, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	out := map[record.ID][]record.Judgement{}
	for j, err := range d.in.Judgements(ctx, record.JudgementQuery{Subjects: ids, Verbs: []string{"state"}, AsOf: q.AsOf}) {
		if err != nil {
			return nil, fmt.Errorf("reading what was decided about commitments: %w", err)
		}
		out[j.Subject] = append(out[j.Subject], j)
	}
	return out, nil
}
