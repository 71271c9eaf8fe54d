package desk

import (
	"context"
	"fmt"

	"parley/internal/reconcile"
	"parley/internal/record"
)

// Origins says how many articles tell of one thing, and how many reporters are behind them.
type Origins struct {
	Articles    int      `json:"articles"`
	Independent int      `json:"independent"`
	Labels      []string `json:"labels"` // of the independent ones: an agency, or a publisher for its own reporting
}

// Origins counts the articles that have an entry or say the same, and the reporters they can be told to go back to:
// "12 articles, 2 independent origins (AFP, Kelm Courier)". reconcile.Independent says who counts as one reporter.
func (d *Desk) Origins(ctx context.Context, e record.Entry) (Origins, error) {
	links, _, err := d.in.Links(ctx, record.LinkQuery{Entry: e.ID, Kinds: []string{record.SameClaim, record.Corroboration}})
	if err != nil {
		return Origins{}, fmt.Errorf("looking for the origins of %s: %w", e.ID, err)
	}
	passages, articles, err := d.origins(ctx, e, links)
	if err != nil {
		return Origins{}, err
	}
	out := Origins{Articles: articles, Labels: []string{}}
	for _, p := range reconcile.Independent(passages) {
		out.Labels = append(out.Labels, p.Label)
	}
	out.Independent = len(out.Labels)
	return out, nil
}

// origins finds the passages behind an entry and those that its links show to say the same, one for an article, and how
// many articles there are.
func (d *Desk) origins(ctx context.Context, e record.Entry, links []record.Link) ([]record.Passage, int, error) {
	var others []record.ID
	for _, l := range links {
		switch {
		case l.Kind != record.SameClaim && l.Kind != record.Corroboration:
		case l.A == e.ID:
			others = append(others, l.B)
		default:
			others = append(others, l.A)
		}
	}
	found, err := d.entries(ctx, others)
	if err != nil {
		return nil, 0, err
	}
	var out []record.Passage
	articles := map[record.ID]bool{}
	for _, one := range append([]record.Entry{e}, found...) {
		if articles[one.Article] {
			continue
		}
		articles[one.Article] = true
		passages, err := d.in.Passages(ctx, one.Article)
		if err != nil {
			return nil, 0, fmt.Errorf("looking for the origins of %s: %w", e.ID, err)
		}
		if p, ok := reconcile.OriginAt(passages, one.Span); ok {
			out = append(out, p)
		}
	}
	return out, len(articles), nil
}
