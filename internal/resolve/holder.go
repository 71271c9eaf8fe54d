package resolve

import "strings"

// roleHolder is the person that a noun phrase names by a role: "the French foreign minister", "Ukraine's
// president", "the top US diplomat", "the premier", "his French counterpart".
func (w *work) roleHolder(p phrase) *actor {
	if w.plural(p.head) {
		return nil
	}
	h, ok := w.holdingOf(p)
	if !ok {
		return nil
	}
	if h.former || w.indefinite(p) {
		return w.unnamedHolder(p, &h)
	}
	if a := w.inRole(&h, p.head); a != nil {
		return a
	}
	if a := w.fromChain(p.head); a != nil && a.kind == "person" && a != h.besides && !w.otherOffice(a, &h) {
		return a
	}
	return w.unnamedHolder(p, &h)
}

// holdingOf reads the role a noun phrase names, "counterpart" included.
func (w *work) holdingOf(p phrase) (h holding, ok bool) {
	if w.lemma(p.head) == "counterpart" {
		iso3, _ := w.owner(phrase{head: p.head, first: p.first, end: p.end, poss: -1, of: -1}, p.head)
		other := w.possessor(p.head, nil)
		if other == nil && p.poss >= 0 {
			other = only(w.refer(p.poss))
		}
		if other == nil || iso3 == "" {
			return h, false
		}
		best := bestHolding(other.roles)
		if best == nil {
			return h, false
		}
		return holding{role: best.role, words: best.words, body: best.body, country: iso3, within: -1, first: p.first, besides: other}, true
	}
	if h, ok = w.roleOf(p); !ok {
		return h, false
	}
	if h.country == "" && h.org == nil && h.within >= 0 {
		if a := only(w.refer(h.within)); a != nil {
			switch {
			case a.kind == "state" || a.kind == "person":
				w.settle(a)
				h.country = a.country
			case strings.HasPrefix(a.key, "org:"):
				h.org = w.t.orgs[a.name]
			case a.country != "":
				h.country = a.country
			}
		}
	}
	return h, true
}

// indefinite says whether a phrase has an indefinite article: "a French minister" is not the French minister.
func (w *work) indefinite(p phrase) bool {
	d := w.doc.Child(p.head, "det")
	if d < 0 {
		return false
	}
	switch w.lower(d) {
	case "a", "an", "another", "some", "any", "one", "no", "every", "each":
		return true
	}
	return false
}

// otherOffice says whether somebody is known to hold another office than a role: no chain of mentions makes a prime
// minister a director.
func (w *work) otherOffice(a *actor, h *holding) bool {
	best := bestHolding(a.roles)
	if best == nil || best.former || best.role == h.role {
		return false
	}
	plain := func(r *role) bool {
		return r.key == "chief" || r.key == "commander" || r.key == "minister" || r.key == "adviser" || r.sector == "CVL" || r.sector == "PTY"
	}
	return !plain(best.role) && !plain(h.role)
}

// inRole finds the named person who holds a role in this text: the one with that office and country, or, where
// the phrase gives no country, the one named last before it.
func (w *work) inRole(h *holding, at int) *actor {
	var found *actor
	best := -1 << 30
	seen := map[*actor]bool{}
	for _, n := range w.names {
		a := n.who
		if !w.holds(a, h) {
			continue
		}
		score := 0
		switch {
		case n.first < at:
			score = n.first - at // the nearest before
		default:
			score = at - n.first - 100000 // or else the first after
		}
		if score > best {
			found, best = a, score
		}
		seen[a] = true
	}
	if found == nil && h.country != "" && h.org == nil {
		found = w.onlyHolder(h)
	}
	if len(seen) > 1 && h.country == "" && h.org == nil && best < -400 {
		return nil
	}
	return found
}

// onlyHolder is the one person with a role for whom the text gives no country, where there is one such.
func (w *work) onlyHolder(h *holding) *actor {
	var found *actor
	for _, a := range w.people() {
		if a.country != "" || a == h.besides {
			continue
		}
		for i := range a.shownRoles() {
			r := &a.roles[i]
			if r.role != h.role || r.former || w.holdingCountry(r) != "" || r.org != nil || r.body != nil || r.within >= 0 {
				continue
			}
			if found != nil && found != a {
				return nil
			}
			found = a
		}
	}
	if found != nil {
		for i := range found.roles {
			if found.roles[i].role == h.role {
				found.roles[i].country = h.country
			}
		}
	}
	return found
}

// holds says whether a person holds a role now.
func (w *work) holds(a *actor, h *holding) bool {
	if a == h.besides {
		return false
	}
	for i := range a.roles {
		r := &a.roles[i]
		if r.role == nil || r.former {
			continue
		}
		if h.country != "" && r.country != "" && w.holdingCountry(r) != h.country {
			continue
		}
		if h.country != "" && r.country == "" && !w.countryMay(a, h.country) {
			continue
		}
		if h.org != nil && r.org != h.org {
			continue
		}
		if r.role.key == h.role.key {
			return true
		}
		// "the Russian leader": whoever heads the state or government
		if h.words == "leader" && (h.country != "" || h.org == nil) && (r.role.heads == "state" || r.role.heads == "government") {
			return true
		}
	}
	return false
}

func (w *work) countryMay(a *actor, iso3 string) bool {
	w.settle(a)
	return a.country == iso3
}

// unnamedHolder is somebody known by a role alone.
func (w *work) unnamedHolder(p phrase, h *holding) *actor {
	name := w.bare(p)
	key := "holder:" + h.role.key + ":" + h.country
	if h.org != nil {
		key += ":" + h.org.name
	}
	if h.country == "" && h.org == nil || w.indefinite(p) || h.former {
		key = "holder:" + h.role.key + "@" + w.chainKey(p.head)
	}
	a := w.newActor(key, "person", name)
	if len(a.roles) == 0 {
		a.roles = append(a.roles, *h)
		a.why = "role"
	}
	return a
}

// chainKey names the coreference chain of a phrase, or the place it stands at.
func (w *work) chainKey(head int) string {
	if m, ok := w.atHead[head]; ok {
		return "chain" + itoa(w.doc.Mentions[m].Entity)
	}
	return "token" + itoa(head)
}

// fromChain is the actor that other mentions in the coreference chain have: a named person before all others.
func (w *work) fromChain(head int) *actor {
	if a := w.chainPerson(head); a != nil {
		return a
	}
	m, ok := w.atHead[head]
	if !ok {
		return nil
	}
	var found *actor
	for _, i := range w.chainAround(m) {
		other := w.doc.Mentions[i].Head
		if other == head {
			continue
		}
		if r := w.refs[other]; r != nil {
			if len(r.actors) == 1 {
				found = r.actors[0]
			}
			continue
		}
		if w.doc.Tokens[other].UPOS == "PROPN" {
			if list := w.refer(other); len(list) == 1 {
				found = list[0]
			}
		}
	}
	return found
}

// compatible says whether a definite common noun can mean an actor that its chain names: "the group" an
// organisation, "the diplomat" a person, "the country" a state. An indefinite phrase brings in somebody new.
func (w *work) compatible(p phrase, a *actor) bool {
	if w.doc.Tokens[p.head].UPOS == "PROPN" {
		return true
	}
	if w.indefinite(p) || w.plural(p.head) || !w.definite(p) {
		return false
	}
	lemma := w.lemma(p.head)
	switch lemma {
	case "group", "organization", "organisation", "agency", "body", "alliance", "bloc", "union", "movement", "party", "mission", "watchdog",
		"network", "broadcaster", "newspaper", "company", "ministry", "council", "court", "parliament", "militia", "force", "coalition":
		return a.kind != "person" && a.kind != "state" && a.kind != "population"
	case "country", "nation", "government", "state", "regime", "republic", "kingdom":
		return a.kind == "state"
	}
	if who, ok := w.t.people[lemma]; ok && who.kind == "person" {
		if h := bestHolding(a.roles); h != nil && (lemma == "official" || lemma == "source" || lemma == "aide" || lemma == "adviser") &&
			(h.role.heads == "state" || h.role.heads == "government") {
			return false
		}
		return a.kind == "person" && !w.hasOwner(p)
	}
	return false
}

func (w *work) hasOwner(p phrase) bool {
	iso3, org := w.owner(p, p.head)
	return iso3 != "" || org != nil
}

// unnamed is a person or group without a name: "a senior US official", "residents", "Western leaders".
func (w *work) unnamed(p phrase) *actor {
	who, ok := w.t.people[w.lemma(p.head)]
	if !ok {
		return nil
	}
	name := w.bare(p)
	iso3, org := w.owner(p, p.head)
	plural := w.plural(p.head)
	key := "unnamed:" + fold(name)
	alone := who.kind == "body" && who.sector == "COP" && fold(name) == w.lemma(p.head) // "police", "the police": no others are told apart
	if !plural && !alone || w.doc.Child(p.head, "nummod") >= 0 {
		key = "unnamed@" + w.chainKey(p.head)
	}
	kind := who.kind
	if plural {
		kind = who.many
	}
	if kind == "" {
		return nil
	}
	a := w.newActor(key, kind, name)
	a.sector, a.country, a.plural, a.why = who.sector, iso3, plural, "noun"
	if strings.Contains(fold(name), "opposition") {
		a.sector = "OPP"
	}
	if kind == "armed_force" && w.othersForces(p.first, p.head) >= 0 {
		if k := w.othersForces(p.first, p.head); !w.t.words["others"][w.lemma(k)] || w.lemma(k) == "opposition" {
			a.kind, a.sector = "armed_group", "REB"
		}
	} else if low := fold(name); strings.Contains(low, "army") || strings.Contains(low, "military") {
		a.sector = "MIL"
	}
	if org != nil {
		if org.sector != "" && who.sector == "GOV" {
			a.sector = org.sector
		}
		if a.partOf == nil {
			a.partOf = w.orgActor(org)
			a.partOf.mention(w.ownerSpan(p), false)
		}
		if org.sector == "IGO" && a.kind == "body" {
			a.kind, a.sector = "international_organization", "IGO"
		}
	}
	return a
}
