package alert

import (
	"context"
	"fmt"
	"slices"
	"time"

	"parley/internal/record"
)

// countNews counts what has come for saved searches, a part of the log at a time, so that rules do not wait for it.
func (e *Engine) countNews(ctx context.Context, sights map[string]*sight, now time.Time) error {
	list, err := e.Store.searches(ctx, "news < ?", maxNews)
	if err != nil {
		return fmt.Errorf("reading the saved searches: %w", err)
	}
	for i := range list {
		one := &list[i]
		in, err := e.open(ctx, &Rule{Owner: one.Owner, Archive: one.Archive})
		if err != nil {
			continue // not here now, or not for its owner any more
		}
		if sights[one.Archive] == nil {
			sights[one.Archive] = &sight{in: in, now: now}
		}
		if err := e.Store.news(ctx, one, sights[one.Archive]); err != nil {
			return fmt.Errorf("search %s: %w", one.ID, err)
		}
	}
	return nil
}

// news brings the count of a search forward. Nothing is noted where somebody has looked at it, or counted, meanwhile.
func (s *Store) news(ctx context.Context, one *savedSearch, in *sight) error {
	next := *one
	if err := in.forward(ctx, s, &next); err != nil {
		return err
	}
	if next.seq == one.seq && next.links == one.links {
		return nil
	}
	_, err := s.db.ExecContext(ctx, "UPDATE alert_searches SET seq = ?, links = ?, news = ? WHERE id = ? AND seq = ? AND links = ? AND news = ?",
		next.seq, next.links, min(next.News, maxNews), one.ID, one.seq, one.links, one.News)
	return err
}

// forward counts what came after the places of a search, and moves them.
func (s *sight) forward(ctx context.Context, kept *Store, one *savedSearch) (err error) {
	if one.seq < 0 {
		if one.links, err = s.newest(ctx, kept, one.Archive); err == nil {
			one.seq, err = head(ctx, s.in)
		}
		return err
	}
	want, err := one.Terms.narrowing(one.kind()).question(ctx, s.in, (&Rule{Kind: Free}).kinds())
	if err != nil {
		return err
	}
	want.q.Verdict = one.Terms.Verdict
	if one.kind() == Contradiction {
		return s.newLinks(ctx, kept, one, &want)
	}
	log, err := s.after(ctx, one.seq)
	if err != nil {
		return err
	}
	for _, j := range log {
		if one.seq = j.Seq; j.Verb != "ingest" {
			continue
		}
		n, err := s.matches(ctx, &want, &one.Terms, j.Subject)
		if err != nil {
			return err
		}
		one.News += n
	}
	return nil
}

// kind is that of the rule that would tell of the same.
func (one *Search) kind() string {
	if slices.Equal(one.Terms.Kinds, []string{"contradiction"}) {
		return Contradiction
	}
	return Free
}

// newLinks counts the contradictions between articles that are new to a search.
func (s *sight) newLinks(ctx context.Context, kept *Store, one *savedSearch, want *wanted) error {
	newest, err := s.newest(ctx, kept, one.Archive)
	if err != nil || newest == one.links {
		return err
	}
	ids, last, err := kept.linksAfter(ctx, one.Archive, one.links)
	if err != nil {
		return err
	}
	for _, id := range ids {
		l, a, b, err := s.sides(ctx, id)
		if err != nil {
			return err
		}
		if l == nil || l.Kind != record.Conflict {
			continue
		}
		ok, err := s.conflict(ctx, want, &one.Terms, l, a, b)
		if err != nil {
			return err
		}
		if ok {
			one.News++
		}
	}
	one.links = last
	return nil
}

// matches counts the entries of an article that a search asks for.
func (s *sight) matches(ctx context.Context, want *wanted, t *Terms, id record.ID) (n int, err error) {
	article, err := s.article(ctx, id)
	if err != nil || article.State != record.Current || t.Origin != "" || t.Article != "" && t.Article != article.ID || !t.within(article.Known) {
		return 0, err
	}
	entries, err := want.in(ctx, s, &article)
	for i := range entries {
		if entries[i].Verdict != "reject" || t.Verdict == "reject" {
			n++
		}
	}
	return n, err
}

// within says whether a time is in the days of a search.
func (t *Terms) within(at time.Time) bool {
	from, errFrom := instant(t.From)
	to, errTo := instant(t.To)
	if len(t.To) == len(time.DateOnly) {
		to = to.Add(24*time.Hour - time.Nanosecond)
	}
	return errFrom == nil && errTo == nil && !at.Before(from) && (t.To == "" || !at.After(to))
}
