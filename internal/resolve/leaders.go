package resolve

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// leader is one line of leaders.tsv.
type leader struct {
	name, country, shown, wikidata string
	role                           *role
	from, to                       int
	common                         bool       // the family name alone says nothing
	names                          [][]string // folded words of every spelling
}

func (t *tables) loadLeaders() error {
	lines, err := rows("leaders.tsv", 8)
	if err != nil {
		return err
	}
	for _, f := range lines {
		l := &leader{country: f[1], shown: f[3], wikidata: f[6], role: t.roleKeys[f[2]]}
		l.name, l.common = strings.CutPrefix(f[0], "*")
		if l.role == nil {
			return fmt.Errorf("reading table leaders.tsv, %s: no role %q", l.name, f[2])
		}
		if l.from, err = strconv.Atoi(f[4]); err != nil {
			return fmt.Errorf("reading table leaders.tsv, %s: first year: %w", l.name, err)
		}
		if l.to, err = strconv.Atoi(f[5]); err != nil {
			return fmt.Errorf("reading table leaders.tsv, %s: last year: %w", l.name, err)
		}
		for _, name := range append([]string{l.name}, list(f[7])...) {
			l.names = append(l.names, nameParts(name))
		}
		for _, parts := range l.names {
			last := skeleton(parts[len(parts)-1])
			if !slices.Contains(t.leaders[last], l) {
				t.leaders[last] = append(t.leaders[last], l)
			}
			if first := skeleton(parts[0]); first != last && !slices.Contains(t.leaders[first], l) {
				t.leaders[first] = append(t.leaders[first], l)
			}
		}
	}
	return nil
}

// wellKnown fills what the text leaves open about persons whose office is known worldwide.
func (w *work) wellKnown() {
	seen := map[*actor]bool{}
	known := map[string]*actor{}
	for _, n := range w.names {
		if seen[n.who] {
			continue
		}
		seen[n.who] = true
		l := w.leaderFor(n.who)
		if l == nil {
			continue
		}
		if first := known[l.name]; first != nil && l.wordy() {
			w.mergePerson(n.who, first)
			continue
		}
		known[l.name] = n.who
		w.applyLeader(n.who, l)
	}
}

// wordy says whether the line has spellings under which one text can know somebody twice.
func (l *leader) wordy() bool { return len(l.names) > 1 }

// mergePerson gives everything of one person to another: two names of one.
func (w *work) mergePerson(from, to *actor) {
	for _, n := range w.names {
		if n.who == from {
			n.who = to
			w.addName(n)
		}
	}
	for i, a := range w.tokens {
		if a == from {
			w.tokens[i] = to
		}
	}
	to.roles = append(to.roles, from.roles...)
	from.spans, from.at, from.used = nil, nil, false
	w.whos = nil
}

// leaderFor finds the line for a person: all words of the name agree and, for a family name alone, the role or
// the country does, too. Years must cover the publication.
func (w *work) leaderFor(a *actor) *leader {
	parts := nameParts(a.name)
	if len(parts) == 0 {
		return nil
	}
	var found *leader
	for _, l := range w.t.leaders[skeleton(parts[len(parts)-1])] {
		if !l.goesBy(parts) || !w.inOffice(l) {
			continue
		}
		if best := bestHolding(a.roles); best != nil && !best.former && w.against(l, best) {
			continue
		}
		if len(parts) == 1 && !w.surnameFits(a, l) {
			continue
		}
		if found != nil && found.name != l.name {
			return nil
		}
		if found == nil || l.from > found.from {
			found = l
		}
	}
	return found
}

func (l *leader) goesBy(parts []string) bool {
	for _, name := range l.names {
		if len(parts) == 1 {
			if sameWord(parts[0], name[len(name)-1]) || len(name) > 2 && parts[0] == name[0] {
				return true
			}
			continue
		}
		if sameFullName(parts, name) && (sameWord(parts[0], name[0]) || suffix(parts, name) || initial(parts[0], name[0])) {
			return true
		}
	}
	return false
}

func (w *work) inOffice(l *leader) bool {
	if w.doc.Published.IsZero() {
		return true
	}
	year := w.doc.Published.Year()
	return l.from <= year && year <= l.to
}

// against says whether the text gives somebody an office that the line does not know.
func (w *work) against(l *leader, h *holding) bool {
	if c := w.holdingCountry(h); c != "" && l.country != "" && c != l.country {
		return true
	}
	return (h.role.heads == "state" || h.role.heads == "government") && h.role != l.role && l.role.heads != h.role.heads
}

// surnameFits says whether a family name alone can be taken for a leader's: the text gives that office, or it
// speaks of the country.
func (w *work) surnameFits(a *actor, l *leader) bool {
	for i := range a.roles {
		if a.roles[i].role == l.role {
			return true
		}
	}
	return !l.common && l.country != "" && w.mentioned[l.country] > 0
}

func (w *work) applyLeader(a *actor, l *leader) {
	h := holding{role: l.role, words: strings.ToLower(l.shown), country: l.country, within: -1, table: true}
	best := bestHolding(a.roles)
	switch {
	case best == nil || best.former && l.to >= w.doc.Published.Year():
		a.roles = append(a.roles, h)
	case best.within >= 0:
	case best.country == "" && best.org == nil && best.role == l.role:
		best.country = l.country
	case best.country == "" && best.org == nil:
		a.roles = append(a.roles, h)
	}
	if a.country == "" {
		a.country = l.country
	}
	if len(nameParts(a.name)) == 1 {
		a.name = l.name
	}
	if l.wikidata != "" {
		a.sameAs = "wikidata:" + l.wikidata
	}
}
