package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"parley/internal/desk"
	"parley/internal/reconcile"
	"parley/internal/record"
)

func articleFacts(c *crisis, l *ledger) {
	for _, p := range c.Articles {
		l.fact(p.ID, p.mark, func() error {
			art, ok := c.articles[p.ID]
			switch {
			case !ok:
				return errors.New("not in the archive")
			case p.Publisher != "" && art.Publisher != p.Publisher:
				return fmt.Errorf("published by %q, want %q", art.Publisher, p.Publisher)
			case !strings.Contains(art.Location, p.File):
				return fmt.Errorf("read from %s, want %s", art.Location, p.File)
			case !atOnce(art.Published, p.Published):
				return fmt.Errorf("published %s, want %s", art.Published, p.Published)
			case p.Credits != nil && !sameSet(art.Credits, p.Credits):
				return fmt.Errorf("credits %q, want %q", art.Credits, p.Credits)
			}
			return nil
		})
	}
}

func sameSet(a, b []string) bool {
	x, y := slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b))
	return slices.Equal(slices.Compact(x), slices.Compact(y))
}

// passages are where the stretches of a planted article come from.
func (c *crisis) passages(article string) ([]record.Passage, error) {
	art, ok := c.articles[article]
	if !ok {
		return nil, fmt.Errorf("no article %s in the archive", article)
	}
	return c.in.Passages(c.ctx, record.ID(art.ID))
}

// shared are the passages of an article whose origin is also one of another article's.
func (c *crisis) shared(article, other string) ([]record.Passage, error) {
	here, err := c.passages(article)
	if err != nil {
		return nil, err
	}
	there, err := c.passages(other)
	return slices.DeleteFunc(here, func(p record.Passage) bool {
		return !slices.ContainsFunc(there, func(q record.Passage) bool { return q.Origin == p.Origin })
	}), err
}

func copyFacts(c *crisis, l *ledger) {
	for _, p := range c.Copies {
		switch p.How {
		case "exact", "edited":
			l.fact(p.ID, p.mark, func() error { return c.copied(p.Article, p.Of, p.Origin) })
		case "none":
			l.fact(p.ID, p.mark, func() error {
				both, err := c.shared(p.Article, p.Of)
				if err == nil && len(both) > 0 {
					err = fmt.Errorf("%d passages of one origin, want none: %+v", len(both), both)
				}
				return err
			})
		case "merged":
			for i, q := range p.Passages {
				l.fact(fmt.Sprintf("%s/%d", p.ID, i+1), p.mark.or(q.mark), func() error {
					return c.carried(place{Article: p.Article, Quote: q.Quote}, q.Of, q.Origin)
				})
			}
		default:
			l.t.Errorf("%s: unknown way of copying %q", p.ID, p.How)
		}
	}
}

// copied wants nearly all of an article to be of one report with another; its headline may be its own.
func (c *crisis) copied(article, of, label string) error {
	both, err := c.shared(article, of)
	if err != nil {
		return err
	}
	covered := 0
	for _, p := range both {
		if p.Label != label {
			return fmt.Errorf("a passage comes from %q, want %q", p.Label, label)
		}
		covered += p.Span[1] - p.Span[0]
	}
	if whole := len([]rune(c.articles[article].Text)); 10*covered < 8*whole {
		return fmt.Errorf("%d of %d characters are of one report with %s", covered, whole, of)
	}
	return nil
}

// carried wants all passages that overlap a quotation to come from an origin: that of another article, or its own.
func (c *crisis) carried(at place, of, label string) error {
	span, err := c.span(at)
	if err != nil {
		return err
	}
	all, err := c.passages(at.Article)
	if err != nil {
		return err
	}
	there, err := c.passages(of)
	if err != nil && of != "" {
		return err
	}
	found := 0
	for _, p := range all {
		if p.Span[0] >= span[1] || span[0] >= p.Span[1] {
			continue
		}
		found++
		copies := slices.ContainsFunc(there, func(q record.Passage) bool { return q.Origin == p.Origin })
		if p.Label != label || copies != (of != "") {
			return fmt.Errorf("comes from %q (%s, of one origin with %q: %t), want %q", p.Label, p.Basis, of, copies, label)
		}
	}
	if found == 0 {
		return errors.New("no passage there")
	}
	return nil
}

func originFacts(c *crisis, l *ledger) {
	for _, p := range c.Origins {
		l.fact(p.ID, p.mark.or(p.At.mark), func() error {
			entries, err := c.at(p.At, p.Kind)
			if err != nil {
				return err
			}
			var faults []error
			for _, e := range entries {
				if err := c.traced(e.ID, p.In, p.Articles, p.Independent, p.Labels); err != nil {
					faults = append(faults, fmt.Errorf("%s: %w", e.ID, err))
					continue
				}
				return nil
			}
			return errors.Join(faults...)
		})
	}
}

// traced wants parley trace to tell of these articles and of these origins independent of one another.
func (c *crisis) traced(id record.ID, in []string, articles, independent int, labels []string) error {
	tr, err := desk.New(c.in).Trace(c.ctx, id)
	if err != nil {
		return err
	}
	var have, want []string
	for _, o := range tr.Origins {
		have = append(have, string(o.Article))
	}
	for _, id := range in {
		want = append(want, c.articles[id].ID)
	}
	switch {
	case tr.Articles != articles || len(tr.Reporters) != independent:
		return fmt.Errorf("in %d articles from %d origins %q, want %d from %d", tr.Articles, len(tr.Reporters), tr.Reporters, articles, independent)
	case !sameSet(tr.Reporters, labels):
		return fmt.Errorf("from %q, want %q", tr.Reporters, labels)
	case in != nil && !sameSet(have, want):
		return fmt.Errorf("in %q, want %q", have, want)
	}
	return nil
}

func corroborationFacts(c *crisis, l *ledger) {
	for _, p := range c.Corroborated {
		l.fact(p.ID, p.mark.or(p.A.mark, p.B.mark), func() error {
			a, errA := c.at(p.A)
			b, errB := c.at(p.B)
			if err := errors.Join(errA, errB); err != nil {
				return err
			}
			links := c.between(ids(a), ids(b), record.Corroboration)
			switch {
			case p.Stands && len(links) == 0:
				return errors.New("no corroboration between the two")
			case !p.Stands && len(links) > 0:
				return fmt.Errorf("corroboration %s: %s", links[0].ID, links[0].Reason)
			}
			return nil
		})
	}
}

// between are the links of a kind with one side in a and the other in b, in either order.
func (c *crisis) between(a, b []record.ID, kind string, types ...string) []record.Link {
	var out []record.Link
	for _, l := range c.links {
		across := slices.Contains(a, l.A) && slices.Contains(b, l.B) || slices.Contains(b, l.A) && slices.Contains(a, l.B)
		if across && l.Kind == kind && (len(types) == 0 || slices.Contains(types, l.Type)) {
			out = append(out, l)
		}
	}
	return out
}

// clash is a contradiction between a and b: a link, or one inside a single article; empty for none.
func (c *crisis) clash(a, b []record.ID, types ...string) string {
	for _, l := range c.between(a, b, record.Conflict, types...) {
		return fmt.Sprintf("%s %s: %s", l.ID, l.Type, l.Reason)
	}
	for id, x := range c.inside {
		if slices.Contains(a, x.A) && slices.Contains(b, x.B) || slices.Contains(b, x.A) && slices.Contains(a, x.B) {
			return fmt.Sprintf("%s inside one article: %s", id, x.Reason)
		}
	}
	return ""
}

func contradictionFacts(c *crisis, l *ledger) {
	for _, p := range c.Contradictions {
		m := p.mark.or(p.A.mark, p.B.mark)
		l.fact(p.ID, m, func() error {
			a, errA := c.at(p.A, p.A.Kind)
			b, errB := c.at(p.B, p.B.Kind)
			if err := errors.Join(errA, errB); err != nil {
				return err
			}
			if c.clash(ids(a), ids(b), p.Type) == "" {
				anyA, _ := c.at(p.A)
				anyB, _ := c.at(p.B)
				return fmt.Errorf("not found; of other kinds or types: %q", c.clash(ids(anyA), ids(anyB)))
			}
			return nil
		})
		if len(p.Once) > 0 {
			l.fact(p.ID+"/once", m.part("once"), func() error { return c.once(p) })
		}
	}
}

// once wants a contradiction that stands in several copies of one report to be shown once: between two of them, or
// inside one.
func (c *crisis) once(p conflict) error {
	var a, b []record.ID
	for _, article := range p.Once {
		atA, errA := c.at(place{Article: article, Quote: p.A.Quote})
		atB, errB := c.at(place{Article: article, Quote: p.B.Quote})
		if err := errors.Join(errA, errB); err != nil {
			return err
		}
		a, b = append(a, ids(atA)...), append(b, ids(atB)...)
	}
	list, err := linked(c.ctx, c.in, c.between(a, b, record.Conflict)...)
	if err != nil {
		return err
	}
	if list, err = newCopies(c.in).fold(c.ctx, list); err != nil {
		return err
	}
	var entries []record.Entry
	for _, x := range c.inside {
		if slices.Contains(a, x.A) && slices.Contains(b, x.B) || slices.Contains(b, x.A) && slices.Contains(a, x.B) {
			e, err := c.in.Entry(c.ctx, x.ID)
			if err != nil {
				return err
			}
			entries = append(entries, e)
		}
	}
	inside, err := shown(c.ctx, c.in, entries...)
	if err != nil {
		return err
	}
	if inside, err = newCopies(c.in).foldInside(c.ctx, inside); err != nil {
		return err
	}
	if len(list)+len(inside) > 1 {
		return fmt.Errorf("shown %d times between copies and %d times inside one", len(list), len(inside))
	}
	return nil
}

func harmlessFacts(c *crisis, l *ledger) {
	for _, p := range c.Harmless {
		l.fact(p.ID, p.mark.or(p.A.mark, p.B.mark), func() error {
			_, errA := c.at(p.A, p.A.Kind)
			_, errB := c.at(p.B, p.B.Kind)
			if err := errors.Join(errA, errB); err != nil {
				return err // nothing there to be kept apart
			}
			a, errA := c.at(p.A)
			b, errB := c.at(p.B)
			if found := c.clash(ids(a), ids(b)); found != "" {
				return errors.New(found)
			}
			return errors.Join(errA, errB)
		})
	}
}

func identityFacts(c *crisis, l *ledger) {
	for _, p := range c.Identities {
		m := p.mark
		for _, n := range p.Names {
			m = m.or(n.mark)
		}
		l.fact(p.ID, m, func() error {
			var who []record.ID
			for _, n := range p.Names {
				id, err := c.identity(n)
				if err != nil {
					return err
				}
				who = append(who, id)
			}
			distinct := len(slices.Compact(slices.Sorted(slices.Values(who))))
			if p.Same && distinct != 1 || !p.Same && distinct != len(who) {
				return fmt.Errorf("%d names are %d identities: %q", len(who), distinct, who)
			}
			return nil
		})
	}
}

// identity is who a name in an article stands for across articles.
func (c *crisis) identity(n named) (record.ID, error) {
	rec, err := c.in.Record(c.ctx, record.ID(c.articles[n.Article].ID))
	if err != nil {
		return "", err
	}
	for _, a := range rec.Actors {
		if a.Name != n.Name && !slices.Contains(a.Aliases, n.Name) {
			continue
		}
		who, err := c.in.IdentityOf(c.ctx, []record.ID{a.ID})
		if err == nil && who[a.ID] == "" {
			err = fmt.Errorf("%s in %s has no identity", n.Name, n.Article)
		}
		return who[a.ID], err
	}
	return "", fmt.Errorf("nobody is called %s in %s", n.Name, n.Article)
}

// countsOnce wants versions of one article to count as one, for the entries at a place.
func (c *crisis) countsOnce(p place) error {
	entries, err := c.at(p, p.Kind)
	if err != nil {
		return err
	}
	for _, e := range entries {
		tr, err := desk.New(c.in).Trace(c.ctx, e.ID)
		if err != nil {
			return err
		}
		if n := len(reconcile.Independent(tr.Origins)); tr.Articles != 1 || n != 1 {
			return fmt.Errorf("%s counts in %d articles from %d origins, want one", e.ID, tr.Articles, n)
		}
	}
	return nil
}
