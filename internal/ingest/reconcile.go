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
	Since  time.Time
	Vector func(text string) []float32 // reconcile.AcrossOptions
	Done   func(articles int)          // called after each batch with how many are compared; nil: not called
}

// memory is how far back an article is compared with others.
const memory = 30 * 24 * time.Hour

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
	q := record.ArticleQuery{Oldest: true}
	if !c.Since.IsZero() {
		q.From = c.Since.Add(-memory)
	}
	for art, err := range in.Articles(ctx, q) {
		if err != nil {
			return fmt.Errorf("reconciling: %w", err)
		}
		if err := r.add(ctx, art); err != nil {
			return fmt.Errorf("reconciling %s: %w", art.ID, err)
		}
	}
	r.found.Links = append(r.found.Links, r.across.Lapsed(r.last)...)
	if err := r.flush(ctx); err != nil {
		return err
	}
	r.found.Identities, r.found.Memberships = r.identities.Judged()
	return r.flush(ctx)
}

// reconciler is one run.
type reconciler struct {
	in         Archive
	since      time.Time
	done       func(int)
	origins    *reconcile.Origins
	identities *reconcile.Identities
	across     *reconcile.Across
	identity   map[record.ID]record.ID        // of actors
	passages   map[record.ID][]record.Passage // of articles
	found      record.Found
	last       time.Time // when the last article was known
	count      int
}

func newReconciler(ctx context.Context, in Archive, c Comparison) (*reconciler, error) {
	var log []record.Judgement
	for j, err := range in.Judgements(ctx, record.JudgementQuery{Verbs: []string{"merge", "split", "same_origin", "own_origin"}}) {
		if err != nil {
			return nil, fmt.Errorf("reading the decisions: %w", err)
		}
		log = append(log, j)
	}
	var known []record.Identity
	if !c.Since.IsZero() { // else all of them are found again
		var err error
		if known, err = in.Identities(ctx, "", 0); err != nil {
			return nil, fmt.Errorf("reading the identities: %w", err)
		}
	}
	r := &reconciler{in: in, since: c.Since, done: c.Done, identity: map[record.ID]record.ID{}, passages: map[record.ID][]record.Passage{}}
	r.origins = reconcile.NewOrigins(reconcile.OriginOptions{})
	r.origins.Decide(log)
	r.identities = reconcile.NewIdentities(known, nil, log)
	r.across = reconcile.NewAcross(reconcile.AcrossOptions{
		Identity: func(actor record.ID) record.ID { return r.identity[actor] },
		Origin:   r.reporter, Vector: c.Vector,
	})
	return r, nil
}

// reporter is who first reported the words of a span.
func (r *reconciler) reporter(article record.ID, span record.Span) string {
	for _, p := range r.passages[article] {
		if p.Span[0] <= span[0] && span[0] < p.Span[1] {
			return p.Label
		}
	}
	return ""
}

// add compares the next article with those before it. One from before the time asked for is only remembered.
func (r *reconciler) add(ctx context.Context, art record.Article) error {
	id := record.ID(art.ID)
	rec, err := r.in.Record(ctx, id)
	if err != nil {
		return err
	}
	art.Document = rec.Document
	identities, members := r.identities.Add(rec)
	for _, m := range members {
		r.identity[m.Actor] = m.Identity
	}
	r.passages[id] = r.origins.Add(&art)
	links := r.across.Add(&art, rec)
	r.last = art.Known
	if art.Known.Before(r.since) {
		return nil
	}
	r.found.Articles = append(r.found.Articles, id)
	r.found.Identities = append(r.found.Identities, identities...)
	r.found.Memberships = append(r.found.Memberships, members...)
	r.found.Links = append(r.found.Links, links...)
	r.found.Passages = append(r.found.Passages, r.passages[id]...)
	r.count++
	if len(r.found.Articles) == compared {
		return r.flush(ctx)
	}
	return nil
}

func (r *reconciler) flush(ctx context.Context) error {
	if err := r.in.Reconcile(ctx, r.found); err != nil {
		return fmt.Errorf("keeping what was found: %w", err)
	}
	r.found = record.Found{}
	if r.done != nil {
		r.done(r.count)
	}
	return nil
}
