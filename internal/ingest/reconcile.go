package ingest

import (
	"context"
	"fmt"
	"time"

	"parley/internal/reconcile"
	"parley/internal/record"
)

// Comparison says how articles of an archive are compared with one another.
type Comparison struct {
	// Since: articles known from then on are compared with those before them; zero: all of them.
	Since time.Time
	Done  func(articles int) // called after each batch with how many are compared; nil: not called
}

// memory is how far back an article is compared with others; followed is how far back a commitment may lie that it
// still bears on (reconcile.AcrossOptions.Window).
const (
	memory   = 30 * 24 * time.Hour
	followed = 400 * 24 * time.Hour
)

// compared is how many articles are written together.
const compared = 64

// Reconcile finds what holds between articles: who is the same, which reports are copies, which entries say the same,
// cannot both be so, or bear on a commitment. What was found before of the articles is replaced; what people decided is
// kept and taken into account. It gives the same again when it is run again.
func Reconcile(ctx context.Context, in Archive, c Comparison) error {
	r, err := newReconciler(ctx, in, c)
	if err != nil {
		return err
	}
	q := record.ArticleQuery{Oldest: true, From: c.Since}
	for art, err := range in.Articles(ctx, q) {
		if err != nil {
			return fmt.Errorf("reconciling: %w", err)
		}
		if err := r.add(ctx, art); err != nil {
			return fmt.Errorf("reconciling %s: %w", art.ID, err)
		}
	}
	r.found.Links = append(r.found.Links, r.comparer.Lapsed(r.last)...)
	if err := r.flush(ctx); err != nil {
		return err
	}
	r.found.Identities, r.found.Memberships = r.comparer.Judged()
	return r.flush(ctx)
}

// reconciler is one run.
type reconciler struct {
	in       Archive
	done     func(int)
	comparer *reconcile.Comparer
	found    record.Found
	last     time.Time // when the last article was known
	count    int
}

func newReconciler(ctx context.Context, in Archive, c Comparison) (*reconciler, error) {
	var log []record.Judgement
	for j, err := range in.Judgements(ctx, record.JudgementQuery{Verbs: []string{"merge", "split", "same_origin", "own_origin"}}) {
		if err != nil {
			return nil, fmt.Errorf("reading the decisions: %w", err)
		}
		log = append(log, j)
	}
	r := &reconciler{in: in, done: c.Done}
	if c.Since.IsZero() { // all is found again
		r.comparer = reconcile.NewComparer(nil, nil, log)
		return r, nil
	}
	if err := r.remember(ctx, c.Since, log); err != nil {
		return nil, fmt.Errorf("recalling earlier articles: %w", err)
	}
	return r, nil
}

// remember fills the memories with what is before the articles that are compared: the last weeks, and articles with
// commitments for as long as those are followed.
func (r *reconciler) remember(ctx context.Context, since time.Time, log []record.Judgement) error {
	known, err := r.in.Identities(ctx, "", 0)
	if err != nil {
		return err
	}
	arts, err := r.earlier(ctx, since)
	if err != nil {
		return err
	}
	var members []record.Membership
	for _, art := range arts {
		rec, err := r.in.Record(ctx, record.ID(art.ID))
		if err != nil {
			return err
		}
		actors := make([]record.ID, len(rec.Actors))
		for i := range rec.Actors {
			actors[i] = rec.Actors[i].ID
		}
		who, err := r.in.IdentityOf(ctx, actors)
		if err != nil {
			return err
		}
		for _, a := range actors {
			if i, ok := who[a]; ok {
				members = append(members, record.Membership{Actor: a, Identity: i})
			}
		}
	}
	r.comparer = reconcile.NewComparer(known, members, log)
	for _, art := range arts {
		if err := r.recall(ctx, art, !art.Known.Before(since.Add(-memory))); err != nil {
			return err
		}
	}
	return nil
}

// earlier are the articles to be remembered, oldest first.
func (r *reconciler) earlier(ctx context.Context, since time.Time) ([]record.Article, error) {
	promising := map[record.ID]bool{}
	q := record.Query{Kinds: []string{"commitment"}, From: since.Add(-followed), To: since, Limit: 1000}
	for page, err := range record.Pages(ctx, r.in, q) {
		if err != nil {
			return nil, err
		}
		for _, e := range page {
			promising[e.Article] = true
		}
	}
	var out []record.Article
	for art, err := range r.in.Articles(ctx, record.ArticleQuery{Oldest: true, From: since.Add(-followed), To: since}) {
		if err != nil {
			return nil, err
		}
		if art.Known.Before(since) && (promising[record.ID(art.ID)] || !art.Known.Before(since.Add(-memory))) {
			out = append(out, art)
		}
	}
	return out, nil
}

// recall puts one article into the memories; recent ones into all, others only where commitments are followed.
func (r *reconciler) recall(ctx context.Context, art record.Article, recent bool) error {
	rec, err := r.in.Record(ctx, record.ID(art.ID))
	if err != nil {
		return err
	}
	art.Document = rec.Document
	r.last = art.Known
	if !recent {
		r.comparer.RecallPromises(&art, rec)
		return nil
	}
	passages, err := r.in.Passages(ctx, record.ID(art.ID))
	if err != nil {
		return err
	}
	r.comparer.Recall(&art, rec, passages)
	return nil
}

// add compares the next article with those before it.
func (r *reconciler) add(ctx context.Context, art record.Article) error {
	rec, err := r.in.Record(ctx, record.ID(art.ID))
	if err != nil {
		return err
	}
	art.Document = rec.Document
	found := r.comparer.Add(&art, rec)
	r.last = art.Known
	r.found.Articles = append(r.found.Articles, found.Articles...)
	r.found.Identities = append(r.found.Identities, found.Identities...)
	r.found.Memberships = append(r.found.Memberships, found.Memberships...)
	r.found.Links = append(r.found.Links, found.Links...)
	r.found.Passages = append(r.found.Passages, found.Passages...)
	r.count++
	if len(r.found.Articles) == compared {
		return r.flush(ctx)
	}
	return nil
}

func (r *reconciler) flush(ctx context.Context) error {
	for i := range r.found.Links {
		r.found.Links[i].Confidence = record.Sure(r.found.Links[i].Confidence)
	}
	if err := r.in.Reconcile(ctx, r.found); err != nil {
		return fmt.Errorf("keeping what was found: %w", err)
	}
	r.found = record.Found{}
	if r.done != nil {
		r.done(r.count)
	}
	return nil
}
