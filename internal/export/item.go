package export

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"parley/internal/record"
)

// item is an entry with its structure and its article. Of the pointers to structures one is set, by kind.
type item struct {
	record.Entry
	in    *article
	stmt  *record.Statement
	ev    *record.Event
	com   *record.Commitment
	con   *record.Contact
	fig   *record.Figure
	dis   *record.Contradiction
	actor *record.Actor
	agr   *record.Agreement
	spot  *record.Place
	a, b  *item  // the sides of a contradiction
	basis string // of a contradiction: stated, inferred, archive
	state string // of a commitment: what was decided, not_assessed before that
}

// exporter walks through the entries of one export.
type exporter struct {
	src      Source
	opt      Options
	articles articles
	states   map[record.ID]string // decided, by commitment; nil before it is asked for
}

func newExporter(src Source, opt Options) *exporter {
	return &exporter{src: src, opt: opt, articles: articles{src: src, found: map[record.ID]*article{}}}
}

// pageSize is how many entries are asked for at once.
const pageSize = 500

// each visits the entries asked for, of some kinds; contradictions found across articles come after all others.
func (x *exporter) each(ctx context.Context, kinds []string, visit func(*item) error) error {
	limit, seen := x.opt.Query.Limit, 0
	err := x.entries(ctx, kinds, func(it *item) error {
		seen++
		return visit(it)
	})
	if err != nil || !slices.Contains(kinds, "contradiction") || limit > 0 && seen >= limit {
		return err
	}
	return x.conflicts(ctx, max(0, limit-seen), visit)
}

// entries visits the entries asked for, page by page, in the order of the source.
func (x *exporter) entries(ctx context.Context, kinds []string, visit func(*item) error) error {
	q, left := x.opt.Query, x.opt.Query.Limit
	q.Kinds, q.Limit = kinds, pageSize
	if left > 0 {
		q.Limit = min(pageSize, left)
	}
	for page, err := range record.Pages(ctx, x.src, q) {
		if err != nil {
			return fmt.Errorf("listing entries: %w", err)
		}
		for _, entry := range page {
			if err := x.visit(ctx, entry, visit); err != nil {
				return err
			}
			if left--; left == 0 {
				return nil
			}
		}
	}
	return nil
}

func (x *exporter) visit(ctx context.Context, entry record.Entry, visit func(*item) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	it, err := x.item(ctx, entry)
	if err != nil {
		return err
	}
	if it.dis != nil {
		it.basis = it.dis.Basis
		if it.a, err = x.side(ctx, it.dis.A); err != nil {
			return err
		}
		if it.b, err = x.side(ctx, it.dis.B); err != nil {
			return err
		}
	}
	if it.com != nil {
		if it.state, err = x.state(ctx, it.ID); err != nil {
			return err
		}
	}
	return visit(it)
}

// item reads the structure of an entry and finds its article.
func (x *exporter) item(ctx context.Context, entry record.Entry) (*item, error) {
	art, err := x.articles.get(ctx, entry.Article)
	if err != nil {
		return nil, err
	}
	it := &item{Entry: entry, in: art}
	if into := it.structure(); into != nil && len(entry.Item) > 0 {
		if err := json.Unmarshal(entry.Item, into); err != nil {
			return nil, fmt.Errorf("reading entry %s: %w", entry.ID, err)
		}
	}
	return it, nil
}

// structure makes room for the item of the entry's kind; nil for kinds that no format takes apart.
func (it *item) structure() any {
	switch it.Kind {
	case "statement":
		it.stmt = &record.Statement{}
		return it.stmt
	case "event":
		it.ev = &record.Event{}
		return it.ev
	case "commitment":
		it.com = &record.Commitment{}
		return it.com
	case "contact":
		it.con = &record.Contact{}
		return it.con
	case "figure":
		it.fig = &record.Figure{}
		return it.fig
	case "contradiction":
		it.dis = &record.Contradiction{}
		return it.dis
	case "actor":
		it.actor = &record.Actor{}
		return it.actor
	case "agreement":
		it.agr = &record.Agreement{}
		return it.agr
	case "place":
		it.spot = &record.Place{}
		return it.spot
	}
	return nil
}

// side is one side of a contradiction; one that is gone is known by its id only.
func (x *exporter) side(ctx context.Context, id record.ID) (*item, error) {
	entry, err := x.src.Entry(ctx, id)
	if errors.Is(err, record.ErrNotFound) || errors.Is(err, record.ErrErased) {
		return &item{Entry: record.Entry{ID: id}, in: &article{}}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading entry %s: %w", id, err)
	}
	return x.item(ctx, entry)
}

// conflicts visits the contradictions that the archive found across articles, at most left of them where that is not
// zero. Labels are types here, and an actor asked for is named on either side. Links have neither words nor a status:
// a query for those has none.
func (x *exporter) conflicts(ctx context.Context, left int, visit func(*item) error) error {
	q := x.opt.Query
	if q.Text != "" || len(q.Status) > 0 {
		return nil
	}
	lq := record.LinkQuery{
		Kinds: []string{record.Conflict}, Types: q.Labels, Article: q.Article, From: q.From, To: q.To, AsOf: q.AsOf,
		MinConfidence: q.MinConfidence, Verdict: q.Verdict, Limit: pageSize,
	}
	for seen := 0; ; {
		links, next, err := x.src.Links(ctx, lq)
		if err != nil {
			return fmt.Errorf("listing links: %w", err)
		}
		for _, link := range links {
			it, err := x.conflict(ctx, link)
			if err != nil {
				return err
			}
			if !it.a.involves(q.Actors) && !it.b.involves(q.Actors) {
				continue
			}
			if err := visit(it); err != nil {
				return err
			}
			if seen++; seen == left {
				return nil
			}
		}
		if next == "" {
			return nil
		}
		lq.Cursor = next
	}
}

// involves says whether the item names one of the actors or identities; always where none is asked for.
func (it *item) involves(actors []record.ID) bool {
	return len(actors) == 0 || slices.ContainsFunc(it.refs(), func(id record.ID) bool {
		return slices.Contains(actors, id) || slices.Contains(actors, it.in.identities[id])
	})
}

// conflict shows a link as a contradiction that stands where its first side stands.
func (x *exporter) conflict(ctx context.Context, link record.Link) (*item, error) {
	a, err := x.side(ctx, link.A)
	if err != nil {
		return nil, err
	}
	b, err := x.side(ctx, link.B)
	if err != nil {
		return nil, err
	}
	it := &item{Entry: a.Entry, in: a.in, a: a, b: b, basis: "archive"}
	it.ID, it.Kind, it.Label, it.Status, it.Known = link.ID, "contradiction", link.Type, "", link.Known
	it.Confidence, it.Verdict, it.Retired = link.Confidence, link.Verdict, 0
	it.dis = &record.Contradiction{ID: link.ID, A: link.A, B: link.B, Basis: it.basis, Reason: link.Reason, Confidence: link.Confidence}
	if it.Item, err = json.Marshal(it.dis); err != nil {
		return nil, fmt.Errorf("writing link %s: %w", link.ID, err)
	}
	return it, nil
}

// state is what was decided of a commitment. All such decisions are read once: people make them, so they are few.
func (x *exporter) state(ctx context.Context, id record.ID) (string, error) {
	if x.states == nil {
		x.states = map[record.ID]string{}
		q := record.JudgementQuery{Verbs: []string{"state"}, AsOf: x.opt.Query.AsOf}
		for j, err := range x.src.Judgements(ctx, q) {
			if err != nil {
				return "", fmt.Errorf("reading decisions: %w", err)
			}
			x.states[j.Subject] = j.Value
		}
	}
	if s := x.states[id]; s != "" {
		return s, nil
	}
	return "not_assessed", nil
}

// names gives the name of each actor and place that the item names.
func (it *item) names() map[record.ID]string {
	out := map[record.ID]string{}
	for _, id := range it.refs() {
		if name := it.in.name(id); name != "" {
			out[id] = name
		}
	}
	return out
}

// refs are the ids of actors, places and statements that the item names.
func (it *item) refs() []record.ID {
	switch {
	case it.stmt != nil:
		return slices.Concat(it.stmt.Source, it.stmt.Addressee, it.stmt.Via, some(it.stmt.ReportedIn))
	case it.ev != nil:
		return slices.Concat(it.ev.Actors, it.ev.Recipients, it.ev.Where, some(it.ev.AssertedBy))
	case it.com != nil:
		return slices.Concat(it.com.By, it.com.To, some(it.com.MadeIn))
	case it.con != nil:
		return slices.Concat(it.con.Participants, it.con.Where, some(it.con.AssertedBy))
	case it.fig != nil:
		return slices.Concat(it.fig.Where, it.fig.AssertedBy)
	case it.dis != nil:
		return it.dis.By
	case it.actor != nil:
		return some(it.actor.PartOf)
	}
	return nil
}
