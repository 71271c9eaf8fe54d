package alert

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"parley/internal/record"
)

// sight is an archive as all rules of one evaluation see it: what several of them ask for is read once.
type sight struct {
	in      record.Reader
	now     time.Time
	ready   map[record.ID]bool // articles that were compared, or waited long enough
	logs    map[int64][]record.Judgement
	current map[record.ID]record.Article
	casts   map[record.ID][]member
	links   int64 // the number of the newest, once counted
	counted bool
}

// member is an actor of an article and its identity, which may be empty.
type member struct {
	actor    record.Actor
	identity record.ID
}

// most is how many articles and parts of the log are kept at hand.
const most = 2 * logPart

// after is the log after a row, up to the first article that is not ready to be looked at.
func (s *sight) after(ctx context.Context, seq int64) ([]record.Judgement, error) {
	if log, ok := s.logs[seq]; ok {
		return log, nil
	}
	var log []record.Judgement
	for j, err := range s.in.Judgements(ctx, record.JudgementQuery{After: seq, Limit: logPart}) {
		if err != nil {
			return nil, fmt.Errorf("reading the log: %w", err)
		}
		if j.Verb == "ingest" {
			ready, err := s.settled(ctx, &j)
			if err != nil {
				return nil, err
			}
			if !ready {
				break
			}
		}
		log = append(log, j)
	}
	if s.logs == nil || len(s.logs) >= most {
		s.logs = map[int64][]record.Judgement{}
	}
	s.logs[seq] = log
	return log, nil
}

// settled says whether an article was compared with the others, which gives it passages, or will not be.
func (s *sight) settled(ctx context.Context, j *record.Judgement) (bool, error) {
	if s.ready[j.Subject] || s.now.Sub(j.At) >= settleTime {
		return true, nil
	}
	passages, err := s.in.Passages(ctx, j.Subject)
	if err != nil && !absent(err) {
		return false, fmt.Errorf("reading the origins of %s: %w", j.Subject, err)
	}
	if len(passages) == 0 {
		article, err := s.article(ctx, j.Subject)
		if err != nil || article.State == record.Current {
			return false, err
		}
	}
	if s.ready == nil || len(s.ready) >= most {
		s.ready = map[record.ID]bool{}
	}
	s.ready[j.Subject] = true
	return true, nil
}

// article is an article without its text; one that is gone is an erased one.
func (s *sight) article(ctx context.Context, id record.ID) (record.Article, error) {
	if a, ok := s.current[id]; ok {
		return a, nil
	}
	a, err := s.in.Article(ctx, id)
	switch {
	case absent(err):
		a = record.Article{Document: record.Document{ID: string(id)}, State: record.Erased}
	case err != nil:
		return a, fmt.Errorf("reading article %s: %w", id, err)
	}
	a.Text = ""
	if s.current == nil || len(s.current) >= most {
		s.current = map[record.ID]record.Article{}
	}
	s.current[id] = a
	return a, nil
}

// newest is the number of the archive's newest link.
func (s *sight) newest(ctx context.Context, kept *Store, archive string) (last int64, err error) {
	if !s.counted {
		if s.links, err = kept.newestLink(ctx, archive, s.in); err != nil {
			return 0, err
		}
		s.counted = true
	}
	return s.links, nil
}

// sides are a link and the entries it is between; nil where one of them, or its article, does not stand any more, or
// somebody rejected the link.
func (s *sight) sides(ctx context.Context, id record.ID) (l *record.Link, a, b *record.Entry, err error) {
	link, err := s.in.Link(ctx, id)
	if err != nil || link.Verdict == "reject" || link.B == "" {
		return nil, nil, nil, orNothing(err)
	}
	entries := [2]record.Entry{}
	for i, side := range []record.ID{link.A, link.B} {
		if entries[i], err = s.in.Entry(ctx, side); err != nil {
			return nil, nil, nil, orNothing(err)
		}
		article, err := s.article(ctx, entries[i].Article)
		if err != nil || article.State != record.Current {
			return nil, nil, nil, err
		}
	}
	return &link, &entries[0], &entries[1], nil
}

// orNothing takes what is not there any more for nothing.
func orNothing(err error) error {
	if absent(err) {
		return nil
	}
	return err
}

// castOf are the actors of an article.
func (s *sight) castOf(ctx context.Context, article *record.Article) ([]member, error) {
	id := record.ID(article.ID)
	if cast, ok := s.casts[id]; ok {
		return cast, nil
	}
	entries, err := ofArticle(ctx, s.in, record.Query{Kinds: []string{"actor"}}, article)
	if err != nil {
		return nil, err
	}
	cast, ids := make([]member, len(entries)), make([]record.ID, len(entries))
	for i := range entries {
		if err := json.Unmarshal(entries[i].Item, &cast[i].actor); err != nil {
			return nil, fmt.Errorf("decoding %s: %w", entries[i].ID, err)
		}
		ids[i] = entries[i].ID
	}
	of, err := s.in.IdentityOf(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("looking up the actors of %s: %w", id, err)
	}
	for i := range cast {
		cast[i].identity = of[ids[i]]
	}
	if s.casts == nil || len(s.casts) >= most {
		s.casts = map[record.ID][]member{}
	}
	s.casts[id] = cast
	return cast, nil
}

func absent(err error) bool {
	return errors.Is(err, record.ErrNotFound) || errors.Is(err, record.ErrErased)
}

// head is the number of the last row that the log had at a time. A Reader gives rows from a number on only: it is found by
// doubling and halving.
func head(ctx context.Context, in record.Reader, at time.Time) (int64, error) {
	last := func(after int64) (int64, bool, error) {
		for j, err := range in.Judgements(ctx, record.JudgementQuery{After: after, Limit: 1}) {
			return j.Seq, err == nil && !j.At.After(at), err
		}
		return 0, false, nil
	}
	low, step := int64(0), int64(1) // there is nothing, or something, after low; a row at low
	for {
		seq, ok, err := last(low + step - 1)
		if err != nil {
			return 0, fmt.Errorf("finding the end of the log: %w", err)
		}
		switch {
		case ok:
			low, step = seq, step*2
		case step > 1:
			step /= 2
		default:
			return low, nil
		}
	}
}

// lives says whether a part of a finding still holds: it is there, is found by the newest reading, nobody rejected it, and
// its article stands.
func (s *sight) lives(ctx context.Context, kind string, p part) (bool, error) {
	if record.KindOf(p.id) == "link" {
		l, err := s.in.Link(ctx, p.id)
		if absent(err) {
			return false, nil
		}
		return l.Verdict != "reject", err
	}
	e, err := s.in.Entry(ctx, p.id)
	if absent(err) {
		return false, nil
	}
	if err != nil || e.Retired > 0 || e.Verdict == "reject" {
		return false, err
	}
	if e.Kind == "commitment" && (kind == Due || kind == Broken) && e.Status != unassessed && (kind == Due || e.Status != "broken") {
		return false, nil
	}
	article, err := s.in.Article(ctx, e.Article) // as it is now, not as it was when this evaluation began
	if absent(err) {
		return false, nil
	}
	return article.State == record.Current, err
}

// unassessed is the state of a commitment that nobody has assessed.
const unassessed = "not_assessed"
