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
	identity   map[record.ID]record.ID        // of the actors that an archive knows, and of the last article's
	last       []record.Membership            // of the last article
	passages   map[record.ID][]record.Passage // of the articles that Across may look at
	order      []dated                        // those articles, oldest first
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

// dated is an article and when it was known.
type dated struct {
	id    record.ID
	known time.Time
}

// hold keeps the passages of an article for as long as Across compares it with later ones.
func (c *Comparer) hold(id record.ID, known time.Time, passages []record.Passage) {
	c.passages[id] = passages
	c.order = append(c.order, dated{id, known})
	n := 0
	for n < len(c.order) && known.Sub(c.order[n].known) > time.Duration(c.across.opt.Window+1)*day {
		delete(c.passages, c.order[n].id)
		n++
	}
	c.order = c.order[n:]
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
	for _, m := range c.last { // nobody asks for them again
		delete(c.identity, m.Actor)
	}
	c.last = found.Memberships
	c.join(found.Memberships)
	found.Passages = c.origins.Add(a)
	c.hold(id, a.Known, found.Passages)
	found.Links = c.across.Add(a, rec)
	return found
}

// Recall remembers an article that was compared before, with the passages found of it then.
func (c *Comparer) Recall(a *record.Article, rec *record.Record, passages []record.Passage) {
	c.hold(record.ID(a.ID), a.Known, passages)
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
