package reconcile

import (
	"time"

	"parley/internal/record"
)

// Comparer takes articles one after another through all that is found between articles: Identities, Origins and Across,
// each of which tells the next what it found. A Comparer is for one goroutine.
type Comparer struct {
	identities *Identities
	origins    *Origins
	across     *Across
	identity   map[record.ID]record.ID        // of actors
	passages   map[record.ID][]record.Passage // of articles
}

// NewComparer starts from the identities and memberships that an archive has, and the whole log of decisions about both
// identities and origins, in order.
func NewComparer(known []record.Identity, members []record.Membership, decisions []record.Judgement) *Comparer {
	c := &Comparer{identities: NewIdentities(known, members, decisions), origins: NewOrigins(OriginOptions{}),
		identity: map[record.ID]record.ID{}, passages: map[record.ID][]record.Passage{}}
	c.origins.Decide(decisions)
	c.across = NewAcross(AcrossOptions{Identity: func(actor record.ID) record.ID { return c.identity[actor] }, Origin: c.reporter})
	c.join(members)
	return c
}

func (c *Comparer) join(members []record.Membership) {
	for _, m := range members {
		c.identity[m.Actor] = m.Identity
	}
}

// reporter is who first reported the words of a span, as it is known by now.
func (c *Comparer) reporter(article record.ID, span record.Span) string {
	p, ok := OriginAt(c.passages[article], span)
	if !ok {
		return ""
	}
	if label := c.origins.Label(p.Origin); label != "" {
		return label
	}
	return p.Label
}

// Add compares the next article with those before it and gives what was found. Articles come in the order of Known, with
// their texts; ids of the record are an archive's.
func (c *Comparer) Add(a *record.Article, rec *record.Record) record.Found {
	id := record.ID(a.ID)
	found := record.Found{Articles: []record.ID{id}}
	found.Identities, found.Memberships = c.identities.Add(rec)
	c.join(found.Memberships)
	c.passages[id] = c.origins.Add(a)
	found.Passages = c.passages[id]
	found.Links = c.across.Add(a, rec)
	return found
}

// Recall remembers an article that was compared before, with the passages found of it then.
func (c *Comparer) Recall(a *record.Article, rec *record.Record, passages []record.Passage) {
	c.passages[record.ID(a.ID)] = passages
	c.identities.Add(rec)
	c.origins.Remember(a, passages)
	c.across.Add(a, rec)
}

// RecallPromises remembers an article from so long ago that only its commitments are still followed.
func (c *Comparer) RecallPromises(a *record.Article, rec *record.Record) { c.across.Add(a, rec) }

// Lapsed are the commitments that lapsed before a time (Across.Lapsed).
func (c *Comparer) Lapsed(now time.Time) []record.Link { return c.across.Lapsed(now) }

// Judged are the changes that decisions make to what NewComparer was given (Identities.Judged).
func (c *Comparer) Judged() ([]record.Identity, []record.Membership) { return c.identities.Judged() }
