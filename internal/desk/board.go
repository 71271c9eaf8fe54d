package desk

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"parley/internal/record"
)

// Board are commitments with what bears on each.
type Board struct {
	Promises []Promise `json:"promises"`
	Next     string    `json:"next,omitempty"` // cursor of the next page
}

// Promise is a commitment with what bears on it.
type Promise struct {
	// Shown is how it was first told.
	Shown Shown `json:"shown"`
	// Again are the articles that tell it again, in their own words, the first to do so first.
	Again []Shown `json:"again"`
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
	boardEvidence = 300 // pieces of evidence for 500 commitments
)

// Board is a page of the commitments a query asks for, newest first, and in the page those due first before the others.
// A promise that several articles tell is one, and stands on each page that holds a telling. q.Status chooses states,
// q.Actors with the role by chooses who promises.
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
	if len(q.Status) > 0 { // a decision on one telling is one on all
		promises = slices.DeleteFunc(promises, func(p Promise) bool { return !slices.Contains(q.Status, p.State) })
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

// soon is how many days ahead a commitment counts as due soon.
const soon = 7

// Waits says whether a commitment that nobody settled is overdue on a day (UTC), or due soon: within a week; else it is empty.
func (p *Promise) Waits(on time.Time) string {
	due, today := p.day(), on.UTC().Format(time.DateOnly)
	switch {
	case p.State != "not_assessed" && p.State != "", len(due) < len(today), due[0] > '9':
		return ""
	case due[:len(today)] < today:
		return "overdue"
	case due[:len(today)] <= on.UTC().AddDate(0, 0, soon).Format(time.DateOnly):
		return "soon"
	}
	return ""
}

// Promises gives commitments with their evidence and history, in the order given, at most 500; those that tell one promise
// are one. q.AsOf is the time as of which all is wanted.
func (d *Desk) Promises(ctx context.Context, entries []record.Entry, q record.Query) ([]Promise, error) {
	groups, err := d.tellings(ctx, entries, q)
	if err != nil {
		return nil, err
	}
	all := slices.Concat(groups...)
	p, err := d.page(ctx, all)
	if err != nil {
		return nil, err
	}
	ids := make([]record.ID, len(all))
	for i := range all {
		ids[i] = all[i].ID
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
	for _, told := range groups {
		one := Promise{State: told[0].Status, Again: []Shown{}, Conditions: []record.Condition{}, Evidence: []Linked{}, History: []record.Judgement{}}
		for i, e := range told {
			one.tell(p.shown(e), items[e.ID], i == 0)
			one.Evidence, one.History = append(one.Evidence, evidence[e.ID]...), append(one.History, history[e.ID]...)
		}
		one.settle()
		out = append(out, one)
	}
	return out, nil
}

// tell adds a telling: the day it names counts where none before named one, and so do its conditions.
func (p *Promise) tell(shown Shown, com *record.Commitment, first bool) {
	if first {
		p.Shown = shown
	} else {
		p.Again = append(p.Again, shown)
	}
	if com == nil {
		return
	}
	if p.Due == nil {
		p.Due = com.Due
	}
	if len(p.Conditions) == 0 {
		p.Conditions = append(p.Conditions, com.Conditions...)
	}
}

// settle puts what bears on all tellings into order: evidence once, the newest first, and the last decision as the state.
func (p *Promise) settle() {
	slices.SortStableFunc(p.Evidence, func(a, b Linked) int {
		return cmp.Or(b.Link.Known.Compare(a.Link.Known), cmp.Compare(a.Link.ID, b.Link.ID))
	})
	seen := map[[2]string]bool{}
	p.Evidence = slices.DeleteFunc(p.Evidence, func(l Linked) bool {
		key := [2]string{l.Link.Type, string(l.Link.B)}
		again := seen[key]
		seen[key] = true
		return again && l.Link.Verdict == ""
	})
	slices.SortFunc(p.History, func(a, b record.Judgement) int { return cmp.Compare(a.Seq, b.Seq) })
	if len(p.History) > 0 {
		p.State = p.History[len(p.History)-1].Value
	}
}

// evidence is what bears on commitments.
func (d *Desk) evidence(ctx context.Context, ids []record.ID, q record.Query) (map[record.ID][]Linked, error) {
	var links []record.Link
	for part := range slices.Chunk(ids, atOnce) {
		found, _, err := d.in.Links(ctx, record.LinkQuery{Kinds: []string{record.Evidence}, Entries: part, AsOf: q.AsOf, Limit: boardEvidence})
		if err != nil {
			return nil, fmt.Errorf("looking for evidence: %w", err)
		}
		links = append(links, found...)
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
	out := map[record.ID][]record.Judgement{}
	for part := range slices.Chunk(ids, atOnce) {
		for j, err := range d.in.Judgements(ctx, record.JudgementQuery{Subjects: part, Verbs: []string{"state"}, AsOf: q.AsOf}) {
			if err != nil {
				return nil, fmt.Errorf("reading what was decided about commitments: %w", err)
			}
			out[j.Subject] = append(out[j.Subject], j)
		}
	}
	return out, nil
}
