package mcp

import (
	"context"
	"errors"
	"time"

	"parley/internal/desk"
	"parley/internal/record"
)

// quotes are a page of entries.
type quotes struct {
	Entries []quote `json:"entries"`
	Next    string  `json:"next,omitempty" jsonschema:"cursor of the next page; none at the end"`
}

func (t *tools) list(ctx context.Context, a *Archive, in *listInput, kinds ...string) (quotes, error) {
	q, err := in.query(ctx, a, kinds...)
	if err != nil {
		return quotes{}, err
	}
	page, err := a.Entries(ctx, q)
	if err != nil {
		return quotes{}, err
	}
	out, err := shown(ctx, a, page.Entries)
	return quotes{out, page.Next}, err
}

// shown are entries as quotes.
func shown(ctx context.Context, a *Archive, entries []record.Entry) ([]quote, error) {
	list, err := a.Desk.Shown(ctx, entries)
	if err != nil {
		return nil, err
	}
	out := []quote{}
	for i := range list {
		q, err := quoteOf(&list[i])
		if err != nil {
			return nil, err
		}
		out = append(out, q)
	}
	return out, nil
}

// promise is a commitment as an answer shows it.
type promise struct {
	quote
	Again    []quote    `json:"again,omitempty" jsonschema:"other articles that tell the same promise, in their words"`
	State    string     `json:"state" jsonschema:"what a person decided; not_assessed until then"`
	Due      string     `json:"due,omitempty"`
	Evidence []evidence `json:"evidence" jsonschema:"offered, not decided"`
	History  []decision `json:"history" jsonschema:"decisions about its state, oldest first"`
}

// evidence bears on a commitment.
type evidence struct {
	Link       record.ID `json:"link"`
	Type       string    `json:"type" jsonschema:"kept, broken, delayed, withdrawn, disputed, lapsed or trigger"`
	Reason     string    `json:"reason"`
	Confidence float64   `json:"confidence"`
	Verdict    string    `json:"verdict,omitempty"`
	Entry      *quote    `json:"entry,omitempty"`
}

// decision is a row of the log.
type decision struct {
	At    string    `json:"at"`
	Who   string    `json:"who"`
	Verb  string    `json:"verb"`
	About record.ID `json:"about"`
	Value string    `json:"value,omitempty"`
	Why   string    `json:"why"`
	Hash  string    `json:"hash"`
}

func decisionOf(j *record.Judgement) decision {
	return decision{j.At.Format(time.RFC3339), line(j.Who), j.Verb, j.Subject, line(j.Value), line(j.Why), j.Hash}
}

type promises struct {
	Commitments []promise `json:"commitments"`
	Next        string    `json:"next,omitempty" jsonschema:"cursor of the next page; none at the end"`
}

// mostEvidence is how many pieces of evidence one commitment is shown with.
const mostEvidence = 5

func (t *tools) commitments(ctx context.Context, a *Archive, in listInput) (promises, error) {
	out := promises{Commitments: []promise{}}
	q, err := in.query(ctx, a, "commitment")
	if err != nil {
		return out, err
	}
	board, err := a.Desk.Board(ctx, q)
	if err != nil {
		return out, err
	}
	for i := range board.Promises {
		one, err := promiseOf(&board.Promises[i])
		if err != nil {
			return out, err
		}
		out.Commitments = append(out.Commitments, one)
	}
	out.Next = board.Next
	return out, nil
}

func promiseOf(p *desk.Promise) (promise, error) {
	q, err := quoteOf(&p.Shown)
	out := promise{quote: q, State: p.State, Due: when(p.Due), Evidence: []evidence{}, History: []decision{}}
	for i := range p.Again[:min(len(p.Again), mostEvidence)] {
		again, wrong := quoteOf(&p.Again[i])
		out.Again, err = append(out.Again, again), errors.Join(err, wrong)
	}
	for _, l := range p.Evidence[:min(len(p.Evidence), mostEvidence)] {
		one := evidence{Link: l.Link.ID, Type: l.Link.Type, Reason: line(l.Link.Reason), Confidence: l.Link.Confidence, Verdict: l.Link.Verdict}
		if l.B != nil && err == nil {
			var b quote
			b, err = quoteOf(l.B)
			one.Entry = &b
		}
		out.Evidence = append(out.Evidence, one)
	}
	for i := range p.History {
		out.History = append(out.History, decisionOf(&p.History[i]))
	}
	return out, err
}

type contradictionInput struct {
	inArchive
	Inside        bool     `json:"inside,omitempty" jsonschema:"contradictions inside one article instead of those between articles"`
	Types         []string `json:"types,omitempty" jsonschema:"between articles: denial, opposite, number, time, place, strength, omission"`
	Entry         string   `json:"entry,omitempty" jsonschema:"between articles: with this entry on either side"`
	Article       string   `json:"article,omitempty" jsonschema:"only of this article (d-…)"`
	From          string   `json:"from,omitempty" jsonschema:"only known from then on: 2022-02-20 or 2022-02-20T18:00:00Z"`
	To            string   `json:"to,omitempty" jsonschema:"only known up to then; a day counts whole"`
	AsOf          string   `json:"as_of,omitempty" jsonschema:"what was known then"`
	MinConfidence float64  `json:"min_confidence,omitempty"`
	Verdict       string   `json:"verdict,omitempty" jsonschema:"confirm, reject, doubt or none"`
	paged
}

// conflict are two entries that cannot both be so.
type conflict struct {
	ID         record.ID `json:"id" jsonschema:"of the link between articles, or of the contradiction inside one"`
	Type       string    `json:"type"`
	Reason     string    `json:"reason"`
	Confidence float64   `json:"confidence"`
	Verdict    string    `json:"verdict,omitempty"`
	A          *quote    `json:"a"`
	B          *quote    `json:"b"`
}

type conflicts struct {
	Contradictions []conflict `json:"contradictions"`
	Next           string     `json:"next,omitempty" jsonschema:"cursor of the next page; none at the end"`
}

func (t *tools) contradictions(ctx context.Context, a *Archive, in contradictionInput) (conflicts, error) {
	if in.Inside {
		return t.inside(ctx, a, &in)
	}
	out := conflicts{Contradictions: []conflict{}}
	q := record.LinkQuery{
		Kinds: []string{record.Conflict}, Types: in.Types, Entry: record.ID(in.Entry), Article: record.ID(in.Article), MinConfidence: in.MinConfidence,
		Verdict: in.Verdict, Limit: in.size(), Cursor: in.Cursor,
	}
	err := q.Check()
	if err != nil {
		return out, err
	}
	if q.From, q.To, q.AsOf, err = span(in.From, in.To, in.AsOf); err != nil {
		return out, err
	}
	links, next, err := a.Links(ctx, q)
	if err != nil {
		return out, err
	}
	list, err := a.Desk.Linked(ctx, links)
	if err != nil {
		return out, err
	}
	for _, l := range list {
		one := conflict{ID: l.Link.ID, Type: l.Link.Type, Reason: line(l.Link.Reason), Confidence: l.Link.Confidence, Verdict: l.Link.Verdict}
		if err := one.fill(l.A, l.B); err != nil {
			return out, err
		}
		out.Contradictions = append(out.Contradictions, one)
	}
	out.Next = next
	return out, nil
}

// fill quotes the sides that are there.
func (c *conflict) fill(a, b *desk.Shown) error {
	for _, side := range []struct {
		of   *desk.Shown
		into **quote
	}{{a, &c.A}, {b, &c.B}} {
		if side.of == nil {
			continue
		}
		q, err := quoteOf(side.of)
		if err != nil {
			return err
		}
		*side.into = &q
	}
	return nil
}

// inside are the contradictions inside single articles.
func (t *tools) inside(ctx context.Context, a *Archive, in *contradictionInput) (conflicts, error) {
	out := conflicts{Contradictions: []conflict{}}
	list := listInput{Article: in.Article, From: in.From, To: in.To, AsOf: in.AsOf, MinConfidence: in.MinConfidence, Verdict: in.Verdict, paged: in.paged}
	q, err := list.query(ctx, a, "contradiction")
	if err != nil {
		return out, err
	}
	page, err := a.Entries(ctx, q)
	if err != nil {
		return out, err
	}
	all, err := a.Desk.Shown(ctx, page.Entries)
	if err != nil {
		return out, err
	}
	for i := range all {
		s := &all[i]
		q, err := quoteOf(s)
		one := conflict{ID: q.ID, Type: q.Label, Reason: q.Reason, Confidence: q.Confidence, Verdict: q.Verdict}
		if err == nil && len(s.Sides) == 2 {
			err = one.fill(&s.Sides[0], &s.Sides[1])
		}
		if err != nil {
			return out, err
		}
		out.Contradictions = append(out.Contradictions, one)
	}
	out.Next = page.Next
	return out, nil
}
