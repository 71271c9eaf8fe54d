package reconcile

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unique"

	"parley/internal/record"
)

// officeScore is how sure it is at most that an article that gives an office alone means who held it that day.
const officeScore = 0.7

// identityWindow is how long somebody known by a family name alone can be taken for somebody spoken of before.
const identityWindow = 30 * 24 * time.Hour

// Identities tells which actors of different articles are one.
//
// In: records with archive ids. Out: identities that are new or changed, and for each actor that has one its identity
// with a reason and a score. The rules, the surest first: a shared link (Wikidata id); a state, or a body of a state, by
// kind, country and name; an organisation by its normalised name or acronym, and country; a person by full name, as
// compareNames tells, and country; a person known by family name alone only when role or country agree with the one
// identity of that name in the window. People of different countries or first names are never one, nor anybody with
// different links. An office alone makes somebody the same only where a table says who held it on the day of a dated
// article (tables/offices.tsv).
// Actors without a name ("officials", "a spokesman", residents) have no identity across articles.
//
// The id of an identity is a hash of the name under which it was first met (for a state, its country; for a body of a
// state or an organisation, kind and country too). It depends on the order of articles only where several people
// share a name, where one is spelled in several ways, or where a country is told only later.
//
// An Identities is for one goroutine.
type Identities struct {
	all     map[record.ID]*identity
	keys    map[string][]*identity
	members map[record.ID]record.Membership // of actors
	rulings identityRulings
}

// identity is one actor across articles, with what rules need.
type identity struct {
	record.Identity
	counts map[string]int // articles by the name used there
	people []personName   // of a person
	roles  map[string]bool
	seen   time.Time
}

// NewIdentities starts from what an archive has: its identities, the memberships of actors whose articles may be added
// again (they keep them), and the whole log of decisions, in order. What an archive does not keep of an identity, its
// roles and when it was last seen, is learnt by adding the records of the last weeks again.
func NewIdentities(known []record.Identity, members []record.Membership, decisions []record.Judgement) *Identities {
	x := &Identities{all: map[record.ID]*identity{}, keys: map[string][]*identity{}, members: map[record.ID]record.Membership{},
		rulings: ruleIdentities(decisions)}
	for _, k := range known {
		id := &identity{Identity: k, counts: map[string]int{k.Name: max(1, k.Members)}, roles: map[string]bool{}}
		id.SameAs, id.Aliases = slices.Clone(k.SameAs), slices.Clone(k.Aliases)
		x.all[k.ID] = id
		for _, name := range append([]string{k.Name}, k.Aliases...) {
			x.learnName(id, name)
		}
		x.learnKeys(id)
	}
	for _, m := range members {
		x.members[m.Actor] = m
	}
	return x
}

// Add places the actors of a record. It returns the identities that are new or changed, by id, and the memberships of
// its actors in their order.
func (x *Identities) Add(rec *record.Record) ([]record.Identity, []record.Membership) {
	changed := map[record.ID]bool{}
	var out []record.Membership
	at := identityTime(rec)
	for i := range rec.Actors {
		a := newIdentityCandidate(&rec.Actors[i], at)
		how := ""
		if as, why := inOffice(rec, a.actor, at); as != nil && !identityNamed(a) {
			a, how = newIdentityCandidate(as, at), why
		}
		id, reason, score := x.place(a)
		if how != "" && !strings.Contains(reason, record.MergedBy) {
			reason, score = how, min(score, officeScore)
		}
		if id == nil {
			continue
		}
		x.learn(id, a)
		m := record.Membership{Actor: a.actor.ID, Identity: id.ID, Reason: reason, Score: score}
		if root := x.rulings.root(id.ID); root != id.ID {
			m.Identity = root
			m.Reason = reason + "; " + record.MergedBy + x.rulings.why[root]
		}
		if old, ok := x.members[m.Actor]; !ok || old.Identity != m.Identity {
			x.count(old.Identity, -1, changed)
			x.count(m.Identity, +1, changed)
		}
		m.Reason = unique.Make(m.Reason).Value() // there are far more members than reasons
		x.members[m.Actor] = m
		changed[id.ID] = true
		out = append(out, m)
	}
	return x.rows(changed), out
}

// count changes how many members an identity has.
func (x *Identities) count(id record.ID, by int, changed map[record.ID]bool) {
	if found := x.all[id]; found != nil {
		found.Members = max(0, found.Members+by)
		changed[id] = true
	}
}

// rows are the identities of a set, by id.
func (x *Identities) rows(ids map[record.ID]bool) []record.Identity {
	var out []record.Identity
	for _, id := range slices.Sorted(maps.Keys(ids)) {
		row := x.all[id].Identity
		row.SameAs, row.Aliases = slices.Clone(row.SameAs), slices.Clone(row.Aliases)
		out = append(out, row)
	}
	return out
}

// Judged are the changes that merge decisions make to what NewIdentities was given. After a split, articles of the
// actors in question are added again instead.
func (x *Identities) Judged() ([]record.Identity, []record.Membership) {
	changed := map[record.ID]bool{}
	var out []record.Membership
	for _, actor := range slices.Sorted(maps.Keys(x.members)) {
		m := x.members[actor]
		root := x.rulings.root(m.Identity)
		if root == m.Identity || x.rulings.apart(actor, root) || x.all[root] == nil {
			continue
		}
		x.count(m.Identity, -1, changed)
		x.count(root, +1, changed)
		m = record.Membership{Actor: actor, Identity: root, Reason: record.MergedBy + x.rulings.why[root], Score: 1}
		x.members[actor] = m
		out = append(out, m)
	}
	return x.rows(changed), out
}

// identityTime is when an article was published, or the zero time.
func identityTime(rec *record.Record) time.Time {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04", time.DateOnly} {
		if t, err := time.Parse(layout, rec.Document.Published); err == nil {
			return t
		}
	}
	return time.Time{}
}

// identityCandidate is an actor on its way to an identity.
type identityCandidate struct {
	actor  *record.Actor
	name   personName
	role   string
	at     time.Time
	member string // the name to remember
}

func newIdentityCandidate(a *record.Actor, at time.Time) *identityCandidate {
	c := &identityCandidate{actor: a, at: at, role: foldRole(a.Role), member: plainName(a.Name)}
	if a.Kind == "person" {
		c.name = parseName(a.Name)
	}
	return c
}

// place finds or makes the identity of an actor.
func (x *Identities) place(c *identityCandidate) (id *identity, reason string, score float64) {
	if old, ok := x.members[c.actor.ID]; ok && !strings.Contains(old.Reason, record.MergedBy) {
		if id := x.all[old.Identity]; id != nil && !x.rulings.apart(c.actor.ID, id.ID) {
			return id, old.Reason, old.Score
		}
	}
	if id, link := x.linked(c); id != nil {
		return id, "both are " + link, 1
	}
	if !identityNamed(c) {
		return nil, "", 0
	}
	if c.actor.Kind == "person" {
		return x.placePerson(c)
	}
	return x.placeBody(c)
}

// linked finds an identity by a link of the actor (same_as).
func (x *Identities) linked(c *identityCandidate) (*identity, string) {
	for _, link := range c.actor.SameAs {
		for _, id := range x.keys["link|"+link] {
			if !x.rulings.apart(c.actor.ID, id.ID) {
				return id, link
			}
		}
	}
	return nil, ""
}

// conflict says whether links or countries speak against an actor being an identity.
func (x *Identities) conflict(c *identityCandidate, id *identity) bool {
	if x.rulings.apart(c.actor.ID, id.ID) || c.actor.Country != "" && id.Country != "" && c.actor.Country != id.Country {
		return true
	}
	for _, link := range c.actor.SameAs {
		scheme, _, _ := strings.Cut(link, ":")
		for _, other := range id.SameAs {
			if s, _, _ := strings.Cut(other, ":"); s == scheme && other != link {
				return true
			}
		}
	}
	return false
}

// make starts an identity for an actor, under the first of the keys that no other identity has.
func (x *Identities) make(c *identityCandidate, keys ...string) *identity {
	for _, key := range append(keys, keys[0]+"|"+string(c.actor.ID)) {
		id := record.NewID("i", key)
		if x.all[id] == nil && !x.rulings.apart(c.actor.ID, id) {
			made := &identity{Identity: record.Identity{ID: id, Name: c.member, Kind: c.actor.Kind, SameAs: []string{}, Aliases: []string{}},
				counts: map[string]int{}, roles: map[string]bool{}}
			x.all[id] = made
			return made
		}
	}
	return nil
}

// mostNames is how many names of one identity are kept.
const mostNames = 16

// learn adds what an actor tells of its identity.
func (x *Identities) learn(id *identity, c *identityCandidate) {
	id.Country = cmp.Or(id.Country, c.actor.Country)
	id.Sector = cmp.Or(id.Sector, c.actor.Sector)
	if c.role != "" && len(id.roles) < mostNames {
		id.roles[c.role] = true
	}
	if c.at.After(id.seen) {
		id.seen = c.at
	}
	for _, link := range c.actor.SameAs {
		if !slices.Contains(id.SameAs, link) {
			id.SameAs = append(id.SameAs, link)
			slices.Sort(id.SameAs)
		}
	}
	if id.counts[c.member] == 0 {
		x.learnName(id, c.member)
	}
	for _, alias := range bodyAcronyms(c.actor) {
		x.learnName(id, alias)
	}
	x.learnKeys(id)
	id.counts[c.member]++
	id.rename(id.bestName())
}

// rename changes the name shown; the old one becomes an alias.
func (id *identity) rename(name string) {
	if name == id.Name {
		return
	}
	id.Aliases = slices.DeleteFunc(id.Aliases, func(a string) bool { return a == name })
	id.Aliases = append(id.Aliases, id.Name)
	slices.Sort(id.Aliases)
	id.Name = name
}

// learnName keeps a name of an identity.
func (x *Identities) learnName(id *identity, name string) {
	if name != id.Name && !slices.Contains(id.Aliases, name) && len(id.Aliases) < mostNames {
		id.Aliases = append(id.Aliases, name)
		slices.Sort(id.Aliases)
	}
	if id.Kind != "person" {
		x.key(id, "body|"+foldBody(name))
		if short := nameInitials(name); short != "" {
			x.key(id, "initials|"+short)
		}
		return
	}
	n := parseName(name)
	if n.last.text == "" || len(id.people) >= mostNames || slices.ContainsFunc(id.people, n.equal) {
		return
	}
	id.people = append(id.people, n)
	for _, key := range n.keys() {
		x.key(id, key)
	}
}

func (x *Identities) learnKeys(id *identity) {
	for _, link := range id.SameAs {
		x.key(id, "link|"+link)
	}
}

// key makes an identity found under a key.
func (x *Identities) key(id *identity, key string) {
	if !slices.Contains(x.keys[key], id) {
		x.keys[key] = append(x.keys[key], id)
	}
}

// bestName is the name used most, the longest of equals, then the first in the alphabet. A family name alone gives way
// to a full name.
func (id *identity) bestName() string {
	names := slices.Sorted(maps.Keys(id.counts))
	full := func(n string) int { return min(1, strings.Count(n, " ")) }
	return slices.MaxFunc(names, func(a, b string) int {
		return cmp.Or(full(a)-full(b), id.counts[a]-id.counts[b], len(a)-len(b), strings.Compare(b, a))
	})
}

// describe names an identity in a reason.
func (id *identity) describe() string {
	if id.Country == "" {
		return fmt.Sprintf("%q", id.Name)
	}
	return fmt.Sprintf("%q (%s)", id.Name, id.Country)
}
