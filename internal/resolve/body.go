package resolve

import (
	"strings"
)

// owner finds the country that a phrase speaks of by its modifiers, possessor or complement; from is the
// first token that belongs to the head noun's own name.
func (w *work) owner(p phrase, from int) (iso3 string, org *organization) {
	for at := w.skipDet(p.first); at < from; {
		stop, found, ok := w.longestStarting(at, from)
		if !ok {
			if r := w.regionAt(at, from); r != "" {
				return r, nil
			}
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
	if p.of >= 0 && (p.ofCase == "of" || p.ofCase == "in" && !w.t.words["abroad"][w.lemma(p.head)]) {
		q := w.phraseAt(p.of)
		if stop, found, ok := w.longestStarting(w.skipDet(q.first), q.end); ok && stop == q.end {
			if s, ok := pick(found, senseCountry); ok {
				return s.iso3, nil
			}
			if s, ok := pick(found, senseCapital); ok && p.ofCase == "in" && w.t.bodies[w.lemma(p.head)] != nil {
				return s.iso3, nil // "the ministry in Moscow"
			}
		}
		if r := w.t.regions[fold(w.doc.Slice(w.doc.TokenSpan(w.skipDet(q.first), q.end)))]; r != nil {
			return r.country, nil
		}
	}
	return "", nil
}

// regionAt is the country of the region of the table whose name starts at a token.
func (w *work) regionAt(first, end int) string {
	if w.doc.Tokens[first].UPOS != "PROPN" {
		return ""
	}
	for stop := min(end, first+3); stop > first; stop-- {
		if r := w.t.regions[fold(w.doc.Slice(w.doc.TokenSpan(first, stop)))]; r != nil {
			return r.country
		}
	}
	return ""
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
	if b.kind == "armed_force" && (org == nil || org.kind != "armed_group") {
		if k := w.othersForces(p.first, first); k >= 0 {
			return w.groupNamed(w.lemma(k), p.first)
		}
	}
	p.reach(p.first, stop)
	if org != nil && org.kind == "armed_group" && (b.kind == "armed_force" || b.key == "state") {
		return w.orgActor(org)
	}
	if org != nil && org.sector == "IGO" {
		return nil // "UN mission", "EU delegation": an organisation's, not a state's
	}
	if iso3 != "" && w.t.countries[iso3] != nil {
		if b.key == "ministry" {
			if a := w.ownMinistry(iso3, b, *p); a != nil {
				return a
			}
			b = w.sameMinistry(iso3, b, p.head)
		}
		return w.bodyActor(iso3, b)
	}
	switch w.lemma(p.head) {
	case "state", "side", "leadership", "administration", "people", "public", "population":
		return nil // too common to mean a state without its name
	}
	return w.bodyUnowned(*p, b)
}

// bodyUnowned is the body meant by a phrase that does not say whose it is: the chain's, the one that the text speaks of
// elsewhere, or that of the country the article is about.
func (w *work) bodyUnowned(p phrase, b *body) *actor {
	if a := w.fromChain(p.head); a != nil {
		return a
	}
	if p.of >= 0 && p.ofCase == "of" && w.doc.Tokens[p.head].UPOS == "PROPN" && w.doc.Tokens[p.of].UPOS == "PROPN" {
		return nil // a body with a name of its own: "the Court of Session"
	}
	if a := w.onlyBody(b); a != nil {
		return a
	}
	if w.indefinite(p) || !w.definiteBody(p) {
		return nil
	}
	home := w.home()
	if iso3 := w.bodyAnywhere(b, p.head); iso3 != "" && (home == "" || home == iso3) {
		return w.bodyActor(iso3, b)
	}
	if home != "" {
		return w.bodyActor(home, b)
	}
	return nil
}

// bodyAnywhere is the one country of which the text names a body, before or after: "the army" of the first sentence is
// "the Norland army" of the third. Where it names that of several, it is the one country named before.
func (w *work) bodyAnywhere(b *body, before int) string {
	switch b.key {
	case "state", "people", "court", "embassy", "delegation", "ministry":
		return "" // of these a country has many, or the word means several things
	}
	if w.bodyOf == nil {
		w.bodyOf = w.ownedBodies()
	}
	all, earlier := map[string]bool{}, map[string]bool{}
	for _, o := range w.bodyOf[b.key] {
		all[o.iso3] = true
		if o.at < before {
			earlier[o.iso3] = true
		}
	}
	for _, isos := range []map[string]bool{all, earlier} {
		if len(isos) == 1 {
			for iso3 := range isos {
				return iso3
			}
		}
	}
	return ""
}

// owned is a body of a country that the text names, by the token that heads it.
type owned struct {
	at   int
	iso3 string
}

// ownedBodies are the bodies that the text names with their countries ("the Norland army"), by the key of the body.
func (w *work) ownedBodies() map[string][]owned {
	out := map[string][]owned{}
	for i := range w.doc.Tokens {
		if tok := &w.doc.Tokens[i]; tok.UPOS != "NOUN" && tok.UPOS != "PROPN" || !w.readable(i) {
			continue
		}
		found, first := w.bodyEnding(max(0, i-longestBody), i+1)
		if found == nil {
			continue
		}
		_, names, ok := w.longestEnding(max(0, first-longestBody), first)
		if k := first - 1; !ok && k > 0 && (w.lower(k) == "'s" || w.lower(k) == "’s") {
			_, names, ok = w.longestEnding(max(0, k-longestBody), k)
		}
		if s, country := pick(names, senseAdjective, senseCountry); ok && country {
			out[found.key] = append(out[found.key], owned{i, s.iso3})
		}
	}
	return out
}

// longestBody is how many words the longest noun phrase for a body of state has.
const longestBody = 4

// othersForces is the word among tokens [first, end) that makes forces those of somebody else than a state: "rebel
// forces", "coalition troops"; -1 for none.
func (w *work) othersForces(first, end int) int {
	for i := first; i < end; i++ {
		lemma := w.lemma(i)
		if w.t.people[lemma].many == "armed_group" && !w.sideTaking(i, i+1) || w.t.words["others"][lemma] {
			return i
		}
	}
	return -1
}

// groupNamed is the one alliance named before a token whose name ends in a noun: "coalition troops" after "the Saudi-led
// coalition".
func (w *work) groupNamed(noun string, before int) *actor {
	var found *actor
	for _, a := range w.actors {
		if a.kind != "alliance" || a.order >= w.doc.Tokens[before].Span.Start || !strings.HasSuffix(fold(a.name), " "+noun) {
			continue
		}
		if found != nil {
			return nil
		}
		found = a
	}
	return found
}

// ownMinistry is a ministry that the table has no line for, by its name: "Norland's Unification Ministry".
func (w *work) ownMinistry(iso3 string, b *body, p phrase) *actor {
	k := p.head - 1
	if k < p.first || w.possessive(k) || !w.capital1(k) || w.doc.Tokens[k].UPOS == "PUNCT" {
		return nil
	}
	if found := w.senses(k, k+1); len(found) > 0 {
		return nil
	}
	c := w.t.countries[iso3]
	name := w.text(k, p.head+1)
	a := w.newActor("body:"+iso3+":ministry:"+fold(name), b.kind, c.adjective+" "+name)
	a.country, a.sector, a.why = iso3, b.sector, "body of a state"
	return a
}

// sameMinistry is which ministry "the Norland ministry" means: the one of that country named before, or the one that the
// other side's ministry named before is.
func (w *work) sameMinistry(iso3 string, b *body, head int) *body {
	at := -1
	for _, a := range w.actors {
		if !strings.HasPrefix(a.key, "body:") || !strings.HasSuffix(a.key, "_ministry") || a.order >= w.doc.Tokens[head].Span.Start {
			continue
		}
		key := w.t.bodyKeys[a.key[strings.LastIndexByte(a.key, ':')+1:]]
		if key == nil {
			continue
		}
		if a.country == iso3 {
			return key
		}
		if a.order > at && w.doc.Tokens[head].Span.Start-a.order < 600 {
			at, b = a.order, key
		}
	}
	return b
}

// definiteBody says whether a body of state is spoken of as one that is known: with the article, or by its name.
func (w *work) definiteBody(p phrase) bool {
	return w.definite(p) || w.doc.Tokens[p.head].UPOS == "PROPN" || strings.HasPrefix(w.bare(p), "state ")
}

// onlyBody is the body of this sort that the text speaks of elsewhere, if there is only one.
func (w *work) onlyBody(b *body) *actor {
	var found *actor
	for _, n := range w.people() { // "Norland's army chief" makes "the army" Norland's
		for i := range n.shownRoles() {
			if r := &n.roles[i]; r.role != nil && r.role.heads == b.key && r.country != "" {
				a := w.bodyActor(r.country, b)
				if found != nil && found != a {
					return nil
				}
				found = a
			}
		}
	}
	if found != nil {
		if b.key == "state" && w.rivalled(found.country) {
			return nil // one leader named does not make every government theirs
		}
		return found
	}
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

// rivalled says whether the text names another country at least half as often as this one.
func (w *work) rivalled(iso3 string) bool {
	for other, n := range w.mentioned {
		if other != iso3 && 2*n >= w.mentioned[iso3] {
			return true
		}
	}
	return false
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
	if p.poss >= 0 {
		if a := only(w.refer(p.poss)); a != nil && a.kind == "armed_group" {
			return a // "the movement said its fighters …"
		}
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
	iso3, _ := w.owner(p, p.head)
	key := "group:" + noun + ":"
	if iso3 == "" || w.byKey[key+iso3] == nil {
		for _, a := range w.actors { // the same noun with and without the country
			if strings.HasPrefix(a.key, key) && (iso3 == "" || a.country == "") {
				if a.country == "" {
					a.country = iso3
				}
				return a
			}
		}
	}
	a := w.newActor(key+iso3, "armed_group", w.bare(p))
	a.sector, a.country, a.why = "REB", iso3, "noun"
	return a
}
