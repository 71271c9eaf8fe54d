package resolve

import (
	"strings"

	"parley/internal/document"
	"parley/internal/read"
)

// ref is what a noun phrase refers to.
type ref struct {
	actors []*actor
	done   bool // false while it is being worked out: a circle of references ends here
}

// actorsOf resolves a phrase, taking coordinated phrases apart. Whoever comes out acts, speaks or is
// addressed, and so is used.
func (w *work) actorsOf(p read.Phrase) []*actor {
	if p.Head < 0 || p.Head >= len(w.doc.Tokens) {
		return nil
	}
	var out []*actor
	for _, head := range w.conjuncts(p.Head, p.First, p.End) {
		for _, a := range w.refer(head) {
			out = addActor(out, a)
		}
	}
	for _, a := range out {
		a.used = true
	}
	return out
}

func (w *work) actorsOfAll(ps []read.Phrase) []*actor {
	var out []*actor
	for _, p := range ps {
		for _, a := range w.actorsOf(p) {
			out = addActor(out, a)
		}
	}
	return out
}

func addActor(list []*actor, a *actor) []*actor {
	for _, have := range list {
		if have == a {
			return list
		}
	}
	return append(list, a)
}

// refer is whom the noun phrase headed by a token means; empty when that cannot be told, or when it means
// nobody who can act.
func (w *work) refer(head int) []*actor {
	if r := w.refs[head]; r != nil {
		return r.actors
	}
	r := &ref{}
	w.refs[head] = r
	r.actors = w.referNew(head)
	r.done = true
	return r.actors
}

func (w *work) referNew(head int) []*actor {
	if a := w.tokens[head]; a != nil {
		return []*actor{a}
	}
	if w.doc.Tokens[head].UPOS == "PRON" && w.lower(head) != "both" && w.lower(head) != "all" {
		return w.pronoun(head)
	}
	p := w.phraseAt(head)
	if group := w.group(p); group != nil {
		return group
	}
	if a := w.classify(&p); a != nil {
		w.note(a, p)
		return []*actor{a}
	}
	return nil
}

// reach makes a phrase as long as the name that was found for it.
func (p *phrase) reach(first, end int) {
	p.first, p.end = min(p.first, first), max(p.end, end)
}

// note adds a phrase to its actor's mentions and names.
func (w *work) note(a *actor, p phrase) {
	span := w.doc.TokenSpan(p.first, p.end)
	a.mention(span, false)
	if first := w.skipDet(p.first); a.kind != "state" || !directions[w.lower(first)] {
		a.alias(w.text(first, p.end))
	}
}

// classify finds or makes the actor for a noun phrase that is not a named person.
func (w *work) classify(p *phrase) *actor {
	if head, ok := w.acronyms[w.doc.Tokens[p.head].Form]; ok && head != p.head && w.doc.Tokens[p.head].UPOS == "PROPN" {
		if a := only(w.refer(head)); a != nil {
			return a
		}
	}
	if a := w.tableActor(p, w.skipDet(p.first)); a != nil {
		return a
	}
	if a := w.officeOf(*p); a != nil {
		return a
	}
	if a := w.bodyPhrase(p); a != nil {
		return a
	}
	if a := w.armed(*p); a != nil {
		return a
	}
	if a := w.roleHolder(*p); a != nil {
		return a
	}
	if a := w.partOfName(*p); a != nil {
		return a
	}
	if a := w.namedOrg(*p); a != nil {
		return a
	}
	if a := w.fromChain(p.head); a != nil && w.compatible(*p, a) {
		return a
	}
	return w.unnamed(*p)
}

// partOfName is the organisation named before of whose name a capitalised word is a part: "the Observatory"
// after "the Syrian Observatory for Human Rights".
func (w *work) partOfName(p phrase) *actor {
	word := w.doc.Tokens[p.head].Form
	if len(word) < 4 || word[0] < 'A' || word[0] > 'Z' || p.end-w.skipDet(p.first) != 1 || w.skipDet(p.first) == p.first {
		return nil
	}
	var found *actor
	for _, a := range w.actors {
		if a.kind == "person" || a.kind == "state" || a.order >= w.doc.Tokens[p.head].Span.Start || !strings.Contains(a.name, " ") {
			continue
		}
		for _, part := range strings.Fields(a.name) {
			if part == word {
				found = a
			}
		}
	}
	return found
}

// tableActor looks a phrase up whole, with and without its complement, as a name of the tables.
func (w *work) tableActor(p *phrase, first int) *actor {
	ranges := [][2]int{{first, p.end}}
	if p.of >= 0 {
		q := w.phraseAt(p.of)
		ranges = append([][2]int{{first, q.end}}, ranges...)
	}
	if n := w.nameAt(p.head); n != nil {
		ranges = append(ranges, [2]int{w.skipDet(n.First), n.End})
	}
	if at, _, ok := w.longestStarting(first, p.end); ok && at <= p.head && p.of >= 0 {
		q := w.phraseAt(p.of)
		ranges = append(ranges, [2]int{at, q.end}) // "United States Department of State"
	}
	if at, _, ok := w.longestEnding(first, p.end); ok && at <= p.head && at > first && w.describes(first, at) {
		ranges = append(ranges, [2]int{at, p.end}) // "the news agency AFP"
	}
	if p.poss >= 0 {
		q := w.phraseAt(p.poss)
		after := q.end
		for after < p.head && (w.lower(after) == "'s" || w.lower(after) == "’s" || w.lower(after) == "'" || w.lower(after) == "’") {
			after++
		}
		ranges = append(ranges, [2]int{after, p.end})
	}
	for _, r := range ranges {
		if r[0] >= r[1] || r[1] > len(w.doc.Tokens) {
			continue
		}
		if a := w.senseActor(w.senses(r[0], r[1]), *p); a != nil {
			p.reach(r[0], r[1])
			return a
		}
	}
	return nil
}

// describes says whether the words in front of a name only describe it ("the news agency AFP"), and are no part
// of a longer name ("the National Security Council").
func (w *work) describes(first, end int) bool {
	for at := first; at < end; {
		if stop, found, ok := w.longestStarting(at, end); ok {
			if _, ok := pick(found, senseAdjective, senseCountry, senseCapital); ok {
				at = stop
				continue
			}
		}
		form := w.doc.Tokens[at].Form
		if form[0] >= 'A' && form[0] <= 'Z' && !w.possessive(at) {
			return false
		}
		at++
	}
	return true
}

// senseActor is the actor for what a name stands for.
func (w *work) senseActor(found []sense, p phrase) *actor {
	if s, ok := pick(found, senseOrg); ok {
		if _, also := pick(found, senseCountry); !also {
			return w.seatActor(s.org, p)
		}
	}
	if s, ok := pick(found, senseCountry, senseCapital); ok {
		if s.kind == senseCapital && (w.locative(p.head) || w.doc.Tokens[p.head].Is("compound")) {
			return nil
		}
		return w.stateActor(s.iso3)
	}
	if s, ok := pick(found, sensePeople); ok && (w.plural(p.head) || w.doc.Child(p.head, "det") >= 0) {
		return w.population(s.iso3)
	}
	return nil
}

// seatActor is the actor for an organisation, unless the phrase gives a body's name to another country: "the
// Libyan House of Representatives" is not that of the United States.
func (w *work) seatActor(o *organization, p phrase) *actor {
	if o.body == "" && (o.country == "" || o.kind != "body") {
		return w.orgActor(o)
	}
	iso3 := ""
	for at := w.skipDet(p.first); at < p.head; at++ {
		if stop, found, ok := w.longestStarting(at, p.head); ok {
			if s, ok := pick(found, senseAdjective, senseCountry); ok {
				iso3 = s.iso3
			}
			at = stop - 1
		}
	}
	if iso3 == "" && p.poss >= 0 {
		if a := only(w.refer(p.poss)); a != nil && a.kind == "state" {
			iso3 = a.country
		}
	}
	if iso3 == "" || iso3 == o.country {
		return w.orgActor(o)
	}
	if b := w.t.bodyKeys[o.body]; b != nil {
		return w.bodyActor(iso3, b)
	}
	return nil
}

func (w *work) population(iso3 string) *actor {
	c := w.t.countries[iso3]
	a := w.newActor("people:"+iso3, "population", "People of "+article(c.name)+c.name)
	a.country, a.sector, a.why = iso3, "CVL", "people of a country"
	return a
}

// nameAt is the named entity, other than a person, that a token stands in.
func (w *work) nameAt(i int) *document.Name {
	if k, ok := w.inName[i]; ok {
		return &w.doc.Names[k]
	}
	return nil
}

// officeOf reads "Macron's office", "the office of the president", "the Biden administration".
func (w *work) officeOf(p phrase) *actor {
	var holder *actor
	for i := p.first; i < p.head; i++ {
		if a := w.tokens[i]; a != nil && a.kind == "person" {
			holder = a
		}
	}
	switch w.lemma(p.head) {
	case "administration", "government", "cabinet", "regime":
		if holder == nil {
			return nil
		}
		w.settle(holder)
		if holder.country != "" {
			return w.stateActor(holder.country)
		}
		return nil
	case "office", "camp", "team", "entourage", "aide":
	default:
		return nil
	}
	if holder == nil && p.poss >= 0 {
		holder = only(w.refer(p.poss))
	}
	if holder == nil && p.of >= 0 && p.ofCase == "of" {
		holder = only(w.refer(p.of))
	}
	if holder == nil || holder.kind != "person" || w.lemma(p.head) != "office" {
		return nil
	}
	w.settle(holder)
	if h := bestHolding(holder.roles); h != nil && h.country != "" && h.role != nil && !h.former {
		if b := w.t.bodyKeys[officeBody(h.role)]; b != nil {
			a := w.bodyActor(h.country, b)
			return a
		}
	}
	a := w.newActor("office:"+holder.key, "office", holder.name+"'s office")
	a.country, a.sector, a.why = holder.country, "GOV", "office of a person"
	if holder.sector != "" {
		a.sector = holder.sector
	}
	return a
}

// officeBody is the body in which somebody with a role works.
func officeBody(r *role) string {
	switch {
	case r.key == "president":
		return "presidency"
	case r.heads == "state" || r.heads == "-":
		return ""
	}
	return r.heads
}

// settle fills country and sector of a person from the roles known so far.
func (w *work) settle(a *actor) {
	if a.kind == "person" && a.country == "" {
		if best := bestHolding(a.roles); best != nil {
			a.country = w.holdingCountry(best)
		}
		for i := range a.roles {
			if a.country == "" {
				a.country = w.holdingCountry(&a.roles[i])
			}
		}
	}
}

func only(list []*actor) *actor {
	if len(list) == 1 {
		return list[0]
	}
	return nil
}

// owner finds the country that a phrase speaks of by its modifiers, possessor or complement; from is the
// first token that belongs to the head noun's own name.
func (w *work) owner(p phrase, from int) (iso3 string, org *organization) {
	for at := w.skipDet(p.first); at < from; {
		stop, found, ok := w.longestStarting(at, from)
		if !ok {
			at++
			continue
		}
		if !w.sideTaking(at, stop) {
			if s, ok := pick(found, senseAdjective, senseCountry, senseCapital); ok {
				return s.iso3, nil
			}
			if s, ok := pick(found, senseOrg); ok {
				org = s.org
			}
		}
		at = stop
	}
	if org != nil {
		return org.country, org
	}
	if p.poss >= 0 {
		if a := only(w.refer(p.poss)); a != nil {
			w.settle(a)
			if a.country != "" {
				return a.country, nil
			}
		}
	}
	if p.of >= 0 && (p.ofCase == "of" || p.ofCase == "in") {
		q := w.phraseAt(p.of)
		if stop, found, ok := w.longestStarting(w.skipDet(q.first), q.end); ok && stop == q.end {
			if s, ok := pick(found, senseCountry); ok {
				return s.iso3, nil
			}
		}
		if r := w.t.regions[fold(w.doc.Slice(w.doc.TokenSpan(w.skipDet(q.first), q.end)))]; r != nil {
			return r.country, nil
		}
	}
	return "", nil
}

// sideTaking says whether a country's name only tells whose side somebody is on: "Russian-backed",
// "pro-Russian", "anti-US", "Kurdish-led".
func (w *work) sideTaking(first, end int) bool {
	if end+1 < len(w.doc.Tokens) && w.doc.Tokens[end].Form == "-" {
		return true
	}
	if end < len(w.doc.Tokens) && strings.HasPrefix(w.doc.Tokens[end].Form, "-") {
		return true
	}
	if first >= 2 && w.doc.Tokens[first-1].Form == "-" {
		switch w.lower(first - 2) {
		case "pro", "anti", "non":
			return true
		}
	}
	return false
}

// bodyPhrase reads "the Belarusian government", "Russia's defence ministry", "Israeli troops".
func (w *work) bodyPhrase(p *phrase) *actor {
	b, first := w.bodyEnding(p.first, p.head+1)
	stop := p.head + 1
	{
		if b2, end := w.bodyWithComplement(*p); b2 != nil {
			b, first, stop = b2, p.head, end
		}
	}
	if b == nil {
		return nil
	}
	if stop > p.head+1 && p.of >= 0 {
		q := w.phraseAt(p.of)
		p.of, p.ofCase = q.of, q.ofCase
	}
	iso3, org := w.owner(*p, first)
	p.reach(p.first, stop)
	if org != nil && org.kind == "armed_group" && (b.kind == "armed_force" || b.key == "state") {
		return w.orgActor(org)
	}
	if org != nil && org.sector == "IGO" {
		return nil // "UN mission", "EU delegation": an organisation's, not a state's
	}
	if iso3 != "" && w.t.countries[iso3] != nil {
		a := w.bodyActor(iso3, b)
		return a
	}
	if a := w.fromChain(p.head); a != nil {
		return a
	}
	if a := w.onlyBody(b); a != nil {
		return a
	}
	if home := w.home(); home != "" && !w.indefinite(*p) && w.definiteBody(*p) {
		return w.bodyActor(home, b)
	}
	return nil
}

// definiteBody says whether a body of state is spoken of as one that is known: with the article, or by its name.
func (w *work) definiteBody(p phrase) bool {
	return w.definite(p) || w.doc.Tokens[p.head].UPOS == "PROPN"
}

// onlyBody is the body of this sort that the text speaks of elsewhere, if there is only one.
func (w *work) onlyBody(b *body) *actor {
	var found *actor
	for _, a := range w.actors {
		if strings.HasPrefix(a.key, "body:") && strings.HasSuffix(a.key, ":"+b.key) {
			if found != nil {
				return nil
			}
			found = a
		}
	}
	return found
}

// bodyEnding is the body whose common noun ends right before end.
func (w *work) bodyEnding(from, end int) (*body, int) {
	for first := max(from, end-4); first < end; first++ {
		if b := w.t.bodies[fold(w.doc.Slice(w.doc.TokenSpan(first, end)))]; b != nil {
			return b, first
		}
	}
	return nil, end
}

// bodyWithComplement is the body named with "of": "ministry of foreign affairs", "office of the president".
func (w *work) bodyWithComplement(p phrase) (*body, int) {
	for end := min(p.head+6, len(w.doc.Tokens)); end > p.head+1; end-- {
		if w.dot(end - 1) {
			continue
		}
		if b := w.t.bodies[fold(w.doc.Slice(w.doc.TokenSpan(p.head, end)))]; b != nil {
			return b, end
		}
	}
	return nil, 0
}

// armed reads armed groups: by name with a common noun ("Houthi rebels"), or by the noun alone.
func (w *work) armed(p phrase) *actor {
	who, ok := w.t.people[w.lemma(p.head)]
	if !ok || who.many != "armed_group" {
		return nil
	}
	if _, org := w.owner(p, p.head); org != nil && org.kind == "armed_group" {
		return w.orgActor(org)
	}
	if !w.plural(p.head) {
		switch w.lemma(p.head) {
		case "militia", "insurgency", "faction", "paramilitary":
		default:
			return nil
		}
	}
	noun := w.lemma(p.head)
	for i := p.first; i < p.head; i++ {
		if l := w.lemma(i); l == "separatist" || l == "secessionist" {
			noun = "separatist"
		}
	}
	a := w.newActor("group:"+noun, "armed_group", w.text(w.skipDet(p.first), p.end))
	a.sector, a.why = "REB", "noun"
	return a
}

// namedOrg is an organisation named in the text that no table knows.
func (w *work) namedOrg(p phrase) *actor {
	n := w.nameAt(p.head)
	if n == nil || n.Kind != "ORG" {
		return nil
	}
	name := w.text(w.skipDet(n.First), n.End)
	if fold(name) == "" || w.lower(p.head) == name {
		return nil
	}
	a := w.newActor("name:"+fold(name), "body", name)
	a.why = "name"
	words := strings.Fields(fold(name))
	for i := len(words) - 1; i >= 0; i-- {
		if h, ok := w.t.orgHints[words[i]]; ok {
			a.kind, a.sector = h.kind, h.sector
			break
		}
	}
	if iso3, _ := w.owner(p, p.head); iso3 != "" {
		a.country = iso3
	}
	a.mention(w.doc.TokenSpan(n.First, n.End), false)
	a.alias(name)
	return a
}
