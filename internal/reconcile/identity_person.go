package reconcile

import (
	"cmp"
	"slices"
	"strings"
)

// namedPerson says whether a person has a name, and not only a role or a description.
func namedPerson(c *identityCandidate) bool {
	words := strings.Fields(c.actor.Name)
	if len([]rune(c.name.last.text)) < 2 || len(words) > 7 || !properName(words) {
		return false
	}
	t := loadIdentityWords()
	for _, w := range nameProper(c.actor.Name, t) {
		if t["role"][w] && !t["title"][w] || w == "of" || w == "and" || w == "for" {
			return false
		}
	}
	return !onlyGeneric(words)
}

// placePerson finds or makes the identity of a named person.
func (x *Identities) placePerson(c *identityCandidate) (*identity, string, float64) {
	if len(c.name.given) == 0 {
		return x.placeFamilyName(c)
	}
	keys := c.name.keys()
	for _, under := range [][]string{keys[1:], keys[:1]} { // the very name first: many share a family name
		if id, reason, score := x.bestPerson(c, under); id != nil || reason != "" {
			return id, reason, score
		}
	}
	if id := x.onlyFamilyName(c); id != nil && len(id.people[0].given) == 0 {
		return id, "the only one of that family name; " + x.agreement(c, id), 0.7
	}
	key := "person|" + c.name.folded()
	return x.make(c, key, key+"|"+c.actor.Country), "the first article that names this person", 1
}

// wellKnown is how many times as often somebody must have been met as a namesake to be meant where nothing else tells
// them apart, and how often at least.
const wellKnown = 5

// bestPerson is the identity under some keys whose full name fits best. Of two that fit alike the one met far more often is meant, or
// nobody; the reason says so.
func (x *Identities) bestPerson(c *identityCandidate, keys []string) (best *identity, reason string, score float64) {
	namesakes := 0 // members of the others that fit as well
	for _, id := range x.peopleUnder(keys) {
		why, s := x.samePerson(c, id)
		switch {
		case s == 0:
		case best == nil || s > score:
			best, reason, score, namesakes = id, why, s, 0
		case s < score || x.rulings.root(id.ID) == x.rulings.root(best.ID):
		case id.Members > best.Members:
			namesakes = max(namesakes, best.Members)
			best, reason = id, why
		default:
			namesakes = max(namesakes, id.Members)
		}
	}
	if namesakes == 0 {
		return best, reason, score
	}
	if best.Members < wellKnown*namesakes || best.Members < wellKnown {
		return nil, "several people of that name", 0
	}
	return best, reason + ", who is named far more often than namesakes", score - 0.1
}

// peopleUnder are the identities under keys, each once, by id.
func (x *Identities) peopleUnder(keys []string) []*identity {
	var out []*identity
	for _, key := range keys {
		out = append(out, x.keys[key]...)
	}
	slices.SortFunc(out, func(a, b *identity) int { return cmp.Compare(a.ID, b.ID) })
	return slices.Compact(out)
}

// samePerson says whether a full name is that of an identity, why, and how surely.
func (x *Identities) samePerson(c *identityCandidate, id *identity) (why string, score float64) {
	if x.conflict(c, id) {
		return "", 0
	}
	agrees := x.agreement(c, id)
	for _, name := range id.people {
		how := compareNames(c.name, name)
		support := agrees
		if support == "" && how.needsMore() && !c.name.titled() && x.aloneInFamily(c, id) {
			support = "nobody else of that family name in the window"
		}
		if how == differentName || (how.needsMore() || c.name.titled()) && support == "" {
			continue
		}
		s := how.score()
		if agrees == "" {
			s -= 0.1
		}
		if s > score {
			score, why = s, how.String()+" as "+id.describe()
			if support != "" {
				why += "; " + support
			}
		}
	}
	return why, score
}

// aloneInFamily says whether an identity is the only one of its family name: of those in the window or, where it was
// not seen in the window itself, of all.
func (x *Identities) aloneInFamily(c *identityCandidate, id *identity) bool {
	for _, other := range x.keys[c.name.familyKey()] {
		if other != id && (other.near(c) || !id.near(c)) {
			return false
		}
	}
	return true
}

// agreement says what beside the name speaks for an actor being an identity: role or country. Empty: nothing does.
func (x *Identities) agreement(c *identityCandidate, id *identity) string {
	switch {
	case c.role != "" && id.roles[c.role] && specificRole(c.role):
		return "the same role: " + c.actor.Role
	case sameCountry(id, c):
		return "the same country: " + id.Country
	}
	return ""
}

// foldRole is the form by which roles are compared.
func foldRole(role string) string { return strings.Join(foldWords(role), " ") }

// specificRole says whether a role says of what: "foreign minister of norland", not "spokesman".
func specificRole(role string) bool {
	return strings.Contains(role, " of ") || strings.Contains(role, " for ")
}

// placeFamilyName places a person who is known by one name only.
func (x *Identities) placeFamilyName(c *identityCandidate) (*identity, string, float64) {
	if id := x.onlyFamilyName(c); id != nil {
		return id, "the only one of that family name in the window: " + id.describe() + "; " + x.agreement(c, id), 0.6
	}
	if c.actor.Country == "" || !specificRole(c.role) || len(x.peopleUnder(c.name.keys())) > 0 {
		return nil, "", 0
	}
	return x.make(c, "person|"+c.name.last.text+"|"+c.actor.Country), "the first article that names this person, by family name and role", 0.6
}

// onlyFamilyName is the one identity of a family name seen in the window, when role or country agree with it. Others of
// that name, of whatever country, make it nobody, unless the role is the same.
func (x *Identities) onlyFamilyName(c *identityCandidate) *identity {
	var only, sameRole *identity
	others, holders := 0, 0
	for _, id := range x.peopleUnder([]string{c.name.familyKey()}) {
		if !slices.ContainsFunc(id.people, func(n personName) bool { return sameToken(n.last, c.name.last) == equalToken }) || !id.near(c) {
			continue
		}
		if only == nil || x.rulings.root(only.ID) != x.rulings.root(id.ID) {
			others++
		}
		only = id
		if c.role != "" && id.roles[c.role] && specificRole(c.role) && !x.conflict(c, id) {
			sameRole = id
			holders++
		}
	}
	if holders == 1 {
		return sameRole
	}
	if others == 1 && !x.conflict(c, only) && x.agreement(c, only) != "" {
		return only
	}
	return nil
}

// near says whether an identity was seen in the window before or after an actor's article. An article without a date
// is near everything.
func (id *identity) near(c *identityCandidate) bool {
	return c.at.IsZero() || id.seen.IsZero() || c.at.Sub(id.seen).Abs() <= identityWindow
}
