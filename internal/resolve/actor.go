package resolve

import (
	"slices"
	"sort"
	"strconv"
	"strings"

	"parley/internal/document"
	"parley/internal/record"
)

// actor is an actor in the making.
type actor struct {
	key     string // who it is: one actor for each key
	name    string
	kind    string
	country string
	sector  string
	roles   []holding // persons: every role the text gives
	role    string    // as shown
	partOf  *actor
	sameAs  string
	aliases []string
	spans   []document.Span
	at      map[document.Span]bool // spans, for looking up
	used    bool                   // somebody in the record refers to it, or the text names it as a person or organisation
	order   int                    // the first byte that mentions it
	plural  bool
	members []*actor // of a group that is not an actor of its own: "both leaders"
	why     string
}

func itoa(n int) string { return strconv.Itoa(n) }

// newActor makes an actor, or returns the one that has the key.
func (w *work) newActor(key, kind, name string) *actor {
	if a := w.byKey[key]; a != nil {
		return a
	}
	a := &actor{key: key, kind: kind, name: name, order: len(w.doc.Text)}
	w.byKey[key] = a
	w.actors = append(w.actors, a)
	return a
}

// alias notes a name that the text uses.
func (a *actor) alias(name string) {
	name = strings.TrimSpace(strings.Join(strings.Fields(name), " "))
	if name != "" && !slices.Contains(a.aliases, name) {
		a.aliases = append(a.aliases, name)
	}
}

// mention notes where the text speaks of the actor.
func (a *actor) mention(s document.Span, used bool) {
	if s.Empty() {
		return
	}
	a.order = min(a.order, s.Start)
	if !a.at[s] {
		if a.at == nil {
			a.at = map[document.Span]bool{}
		}
		a.spans, a.at[s] = append(a.spans, s), true
	}
	a.used = a.used || used
}

// finish settles roles, countries and the rest once the whole text is known.
func (w *work) finish(a *actor) {
	if a.kind != "person" {
		return
	}
	if best := bestHolding(a.roles); best != nil {
		w.applyRole(a, best)
	}
	if a.country == "" {
		for i := range a.roles {
			if c := w.holdingCountry(&a.roles[i]); c != "" {
				a.country = c
				break
			}
		}
	}
	if a.sector == "" {
		a.sector = "CVL"
	}
}

// bestHolding is the role that says most about somebody: one that is held now, with a country or body.
func bestHolding(roles []holding) *holding {
	var best *holding
	rank := -1
	for i := range roles {
		h := &roles[i]
		if h.role == nil {
			continue
		}
		r := 1
		if !h.former {
			r += 8
		}
		if h.country != "" || h.org != nil {
			r += 4
		}
		if h.role.key != "chief" && h.role.key != "commander" {
			r += 2
		}
		if r > rank {
			best, rank = h, r
		}
	}
	return best
}

// holdingCountry is the country of a role: as given, or that of the body it is held in.
func (w *work) holdingCountry(h *holding) string {
	if h.country != "" {
		return h.country
	}
	if h.org != nil {
		return h.org.country
	}
	return ""
}

// applyRole settles what a role says of a person: country, sector, whose part they are, and the role as shown.
func (w *work) applyRole(a *actor, h *holding) {
	a.country = w.holdingCountry(h)
	a.sector = h.role.sector
	if a.country == "" && h.org == nil && h.body != nil {
		h.country, h.body = w.bodyBefore(h)
		a.country = h.country
	}
	if (h.words == "leader" || h.table && a.sector == "") && h.country != "" && h.org == nil {
		a.sector = "GOV"
	}
	of := w.roleScope(a, h)
	words := h.words
	if h.role.key == "foreign_minister" && strings.Contains(words, "diplomat") || words == "premier" || words == "pm" {
		words = strings.ToLower(h.role.shown)
	}
	a.role = titleCase(w.inFull(words))
	switch h.role.key { // offices that are not of the state as a whole
	case "mayor", "governor", "pope", "patriarch", "police_chief", "legislator":
		if h.org == nil && h.body == nil && h.within < 0 {
			of = ""
		}
	}
	switch h.role.sector {
	case "CVL", "EDU", "MED", "HLT", "BUS":
		if h.org == nil && h.body == nil {
			of = "" // a lawyer from a country is no lawyer of it
		}
	}
	switch h.role.key {
	case "spokesperson", "chief", "commander", "politician", "chief_of_staff":
		if h.table {
			of = ""
		}
	}
	if of != "" && !(h.table && strings.Contains(words, " of ")) {
		a.role += " of " + article(of) + of
	}
	if h.former {
		a.role = "Former " + a.role
	}
	if a.sector == "" {
		a.sector = "CVL"
	}
}

// roleScope is of what somebody holds a role, by name; it settles what follows from that.
func (w *work) roleScope(a *actor, h *holding) string {
	state := w.t.countries[h.country]
	switch {
	case h.org != nil && state != nil && h.role.key == "ambassador":
		a.country = h.country
		return article(state.name) + state.name + " to " + article(h.org.name) + h.org.name
	case h.org != nil:
		org := w.orgActor(h.org)
		a.partOf, org.used = org, true
		if a.sector == "" || h.role.key == "spokesperson" || h.role.key == "ambassador" && h.country == "" || a.sector == "GOV" && org.sector == "IGO" {
			a.sector = org.sector
		}
		return h.org.name
	case state != nil && h.body != nil:
		b := w.bodyActor(h.country, h.body)
		a.partOf, b.used = b, true
		if h.role.key == "spokesperson" {
			a.sector = b.sector
		}
		return b.name
	case state != nil:
		return state.name
	case h.within >= 0:
		return w.roleWithin(a, h)
	}
	return ""
}

// roleWithin is roleScope for a role held with somebody, or in a body, that a phrase names: "his spokeswoman", "head of
// the mission".
func (w *work) roleWithin(a *actor, h *holding) string {
	in := only(w.refer(h.within))
	if in == nil || in == a {
		return ""
	}
	if in.kind == "person" {
		w.settle(in)
		a.country = in.country
		if h.role.sector == "GOV" && in.sector != "" {
			a.sector = in.sector
		}
		return in.name
	}
	if in.kind != "state" {
		a.partOf, in.used = in, true
	}
	if a.country == "" {
		a.country = in.country
	}
	if a.sector == "" || h.role.key == "spokesperson" && in.sector != "" {
		a.sector = in.sector
	}
	return in.name
}

// bodyBefore is the country of the body of state that a title means without saying whose it is: "ministry spokesman X"
// after "Norland's defence ministry".
func (w *work) bodyBefore(h *holding) (string, *body) {
	at, country, found := -1, "", h.body
	for _, a := range w.actors {
		if !strings.HasPrefix(a.key, "body:") || len(a.spans) == 0 || a.order >= w.doc.Tokens[h.first].Span.Start {
			continue
		}
		key := a.key[strings.LastIndexByte(a.key, ':')+1:]
		if (key == h.body.key || h.body.key == "ministry" && strings.HasSuffix(key, "_ministry")) && a.order > at {
			at, country, found = a.order, a.country, w.t.bodyKeys[key]
		}
	}
	return country, found
}

// article is "the " for countries and organisations that take it.
func article(name string) string {
	if _, last, ok := cutLast(name); ok {
		switch last {
		case "Union", "Nations", "Organization", "Organisation", "Committee", "Council", "Commission", "Ministry", "Department", "League", "Bank",
			"Fund", "Agency", "Programme", "Parliament", "Forces", "Group", "Court", "Authority", "Office", "House", "Party", "Movement", "Army",
			"Service", "Assembly", "presidency", "parliament", "forces", "Corps", "Cross":
			return "the "
		}
	}
	switch {
	case name == "Kremlin", name == "Pentagon", name == "Taliban", name == "Houthis":
		return "the "
	case strings.HasPrefix(name, "United "), strings.HasSuffix(name, "Islands"), strings.HasSuffix(name, "Republic"),
		strings.HasPrefix(name, "Republic of"), strings.HasPrefix(name, "Democratic Republic"),
		name == "Netherlands", name == "Philippines", name == "Maldives", name == "Bahamas", name == "Gambia":
		return "the "
	}
	return ""
}

// inFull writes the abbreviations in the words of a role out: "lt gen" as "Lieutenant General".
func (w *work) inFull(words string) string {
	out := strings.Fields(words)
	for i := range out {
		for pair := range w.t.words["abbreviation"] {
			if short, long, _ := strings.Cut(pair, "="); out[i] == short {
				out[i] = long
			}
		}
	}
	return strings.Join(out, " ")
}

// cutLast parts the last word of a name from those before it.
func cutLast(s string) (before, last string, ok bool) {
	i := strings.LastIndexByte(s, ' ')
	if i < 0 {
		return "", s, false
	}
	return s[:i], s[i+1:], true
}

// titleCase writes the words of a role with capitals, small words aside.
func titleCase(s string) string {
	words := strings.Fields(s)
	for i, word := range words {
		switch word {
		case "of", "the", "for", "and", "in", "to":
			if i > 0 {
				continue
			}
		case "un", "u.n.", "eu", "us", "pm", "mp", "ceo", "cia", "fbi":
			words[i] = strings.ToUpper(word)
			continue
		}
		for k, part := range strings.Split(word, "-") {
			if k == 0 {
				words[i] = ""
			} else {
				words[i] += "-"
			}
			if part != "" {
				words[i] += strings.ToUpper(part[:1]) + part[1:]
			}
		}
	}
	return strings.Join(words, " ")
}

// orgActor is the actor for an organisation of the tables.
func (w *work) orgActor(o *organization) *actor {
	key := "org:" + o.name
	if o.body != "" && w.t.bodyKeys[o.body] != nil {
		key = "body:" + o.country + ":" + o.body
	}
	if a := w.byKey[key]; a != nil {
		if o.body != "" {
			a.name = o.name
			if o.wikidata != "" {
				a.sameAs = "wikidata:" + o.wikidata
			}
		}
		return a
	}
	a := w.newActor(key, o.kind, o.name)
	a.sector, a.country, a.why = o.sector, o.country, "table"
	if o.wikidata != "" {
		a.sameAs = "wikidata:" + o.wikidata
	}
	if parent := w.t.orgs[o.partOf]; parent != nil && parent != o {
		a.partOf = w.orgActor(parent)
	}
	return a
}

// stateActor is the actor for a state.
func (w *work) stateActor(iso3 string) *actor {
	c := w.t.countries[iso3]
	key := "state:" + iso3
	if a := w.byKey[key]; a != nil {
		return a
	}
	a := w.newActor(key, "state", c.name)
	a.country, a.sector, a.why = iso3, "GOV", "country"
	if c.wikidata != "" {
		a.sameAs = "wikidata:" + c.wikidata
	}
	return a
}

// bodyActor is the actor for a body of a state.
func (w *work) bodyActor(iso3 string, b *body) *actor {
	if b.key == "state" {
		return w.stateActor(iso3)
	}
	if o := w.t.seats[iso3+":"+b.key]; o != nil && b.key != "presidency" && b.key != "government" && b.key != "intelligence" {
		return w.orgActor(o)
	}
	c := w.t.countries[iso3]
	key := "body:" + iso3 + ":" + b.key
	if a := w.byKey[key]; a != nil {
		return a
	}
	a := w.newActor(key, b.kind, strings.NewReplacer("{C}", article(c.name)+c.name, "{A}", c.adjective).Replace(b.shown))
	a.country, a.sector, a.why = iso3, b.sector, "body of a state"
	return a
}

// actorList writes the actors of the record, in the order in which the text first mentions them.
func (w *work) actorList() []record.Actor {
	for _, a := range slices.Clone(w.actors) {
		w.finish(a)
	}
	for changed := true; changed; { // whoever a used actor is part of is used
		changed = false
		for _, a := range w.actors {
			if a.used && a.partOf != nil && !a.partOf.used && len(a.partOf.spans) > 0 {
				a.partOf.used, changed = true, true
			}
		}
	}
	var kept []*actor
	for _, a := range w.actors {
		if a.used && len(a.members) == 0 && len(a.spans) > 0 {
			kept = append(kept, a)
		}
	}
	sort.SliceStable(kept, func(i, j int) bool { return kept[i].order < kept[j].order })
	for i, a := range kept {
		w.ids[a] = record.ID("a" + itoa(i+1))
	}
	out := make([]record.Actor, 0, len(kept))
	for _, a := range kept {
		sort.Slice(a.spans, func(i, j int) bool {
			if a.spans[i].Start != a.spans[j].Start {
				return a.spans[i].Start < a.spans[j].Start
			}
			return a.spans[i].End < a.spans[j].End
		})
		r := record.Actor{ID: w.ids[a], Name: a.name, Kind: a.kind, Country: a.country, Sector: a.sector, Role: a.role,
			Aliases: []string{}, Mentions: []record.Span{}, SameAs: []string{}, Why: a.why}
		if id, ok := w.ids[a.partOf]; ok && a.partOf != nil && a.partOf != a {
			r.PartOf = &id
		}
		r.Aliases = append(r.Aliases, a.aliases...)
		for _, s := range a.spans {
			r.Mentions = append(r.Mentions, w.span(s))
		}
		if a.sameAs != "" {
			r.SameAs = append(r.SameAs, a.sameAs)
		}
		out = append(out, r)
	}
	return out
}
