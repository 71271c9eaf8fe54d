package alert

import (
	"context"
	"fmt"
	"slices"
	"time"

	"parley/internal/record"
)

// newsTime is how long all searches of one owner may be counted, all in all.
const newsTime = 2 * time.Second

// News are the owner's saved searches, each with how much has come in since it was looked at: up to maxNews. One that cannot be
// counted in time, or whose archive is not here or not for its owner any more, is given without.
func (c *Composer) News(ctx context.Context, owner string) ([]Search, error) {
	list, err := c.Store.Searches(ctx, owner)
	if err != nil {
		return nil, err
	}
	counting, cancel := context.WithTimeout(ctx, newsTime)
	defer cancel()
	for i := range list {
		one := &list[i]
		in, err := c.open(ctx, &Rule{Owner: owner, Archive: one.Archive})
		if err != nil || one.Terms.Role == about { // an archive does not list by who is spoken of
			continue
		}
		n, err := one.news(counting, in)
		if counting.Err() != nil {
			return list, ctx.Err()
		}
		if err != nil {
			return nil, fmt.Errorf("counting what is new for search %s: %w", one.ID, err)
		}
		one.News = &n
	}
	return list, nil
}

// news counts what came into an archive since the search was looked at.
func (one *Search) news(ctx context.Context, in record.Reader) (int, error) {
	t := &one.Terms
	from, to, err := t.days()
	if err != nil {
		return 0, err
	}
	if slices.Equal(t.Kinds, []string{"contradiction"}) {
		links, _, err := in.Links(ctx, record.LinkQuery{Kinds: []string{record.Conflict}, Types: t.Labels, Article: record.ID(t.Article), MinConfidence: t.MinConfidence,
			Verdict: t.Verdict, From: from, To: to, Since: one.Looked, Limit: maxNews})
		return len(links), err
	}
	want, err := t.question(ctx, in, (&Rule{Kind: Free}).kinds())
	if err != nil || want.some && len(want.who) == 0 {
		return 0, err
	}
	q := want.q
	q.Actors, q.Role, q.Article, q.Verdict, q.Superseded, q.Since, q.Limit = want.who, want.role, record.ID(t.Article), t.Verdict, t.All, one.Looked, maxNews
	if q.From, q.To = from, to; t.Origin != "" {
		q.Origins = []string{t.Origin}
	}
	page, err := in.Entries(ctx, q)
	return len(page.Entries), err
}

// days are the times that a search is between; a day counts to its last moment.
func (t *Terms) days() (from, to time.Time, err error) {
	if from, err = instant(t.From); err != nil {
		return from, to, err
	}
	if to, err = instant(t.To); err == nil && len(t.To) == len(time.DateOnly) {
		to = to.Add(24*time.Hour - time.Second)
	}
	return from, to, err
}
