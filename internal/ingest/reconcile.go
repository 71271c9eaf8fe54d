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
	r := &reconciler{in: in, done: c.Done, identity: map[record.ID]record.ID{}, passages: map[record.ID][]record.Passage{}}
	r.origins = reconcile.NewOrigins(reconcile.OriginOptions{})
	r.origins.Decide(log)
	r.across = reconcile.NewAcross(reconcile.AcrossOptions{
		Identity: func(actor record.ID) record.ID { return r.identity[actor] },
		Origin:   r.reporter, Vector: c.Vector,
	})
	if c.Since.IsZero() { // all is found again
		r.identities = reconcile.NewIdentities(nil, nil, log)
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
				r.identity[a] = i
				members = append(members, record.Membership{Actor: a, Identity: i})
			}
		}
	}
	r.identities = reconcile.NewIdentities(known, members, log)
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
	for {
		page, err := r.in.Entries(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, e := range page.Entries {
			promising[e.Article] = true
		}
		if q.Cursor = page.Next; q.Cursor == "" {
			break
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
	id := record.ID(art.ID)
	rec, err := r.in.Record(ctx, id)
	if err != nil {
		return err
	}
	art.Document = rec.Document
	if recent {
		r.identities.Add(rec)
		if r.passages[id], err = r.in.Passages(ctx, id); err != nil {
			return err
		}
		r.origins.Remember(&art, r.passages[id])
	}
	r.across.Add(&art, rec)
	r.last = art.Known
	return nil
}

// reporter is who first reported the words of a span, as it is known by now.
func (r *reconciler) reporter(article record.ID, span record.Span) string {
	p, ok := reconcile.OriginAt(r.passages[article], span)
	if !ok {
		return ""
	}
	if label := r.origins.Label(p.Origin); label != "" {
		return label
	}
	return p.Label
}

// add compares the next article with those before it.
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
