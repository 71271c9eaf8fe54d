package resolve

import "strings"

// several reads office-holders of several countries in one phrase: "the Egyptian and Saudi foreign ministers", "the
// leaders of Poland and Romania". Each is a person, named elsewhere in the text or not.
func (w *work) several(p phrase) []*actor {
	if !w.plural(p.head) {
		return nil
	}
	r, words, from := w.pluralRole(p)
	if w.lemma(p.head) == "counterpart" {
		if other := w.possessor(p.head, nil); other != nil {
			if best := bestHolding(other.roles); best != nil {
				r, words, from = best.role, best.words, p.head
			}
		}
	}
	if r == nil {
		return w.severalBodies(p)
	}
	countries := w.countriesIn(w.skipDet(p.first), from)
	if p.of >= 0 && p.ofCase == "of" {
		for _, h := range w.conjuncts(p.of, 0, 0) {
			q := w.phraseAt(h)
			countries = append(countries, w.countriesIn(w.skipDet(q.first), q.end)...)
		}
	}
	if len(countries) < 2 {
		return nil
	}
	var out []*actor
	for _, iso3 := range countries {
		h := holding{role: r, words: words, country: iso3, within: -1, first: p.first}
		a := w.inRole(&h, p.head)
		if a == nil {
			c := w.t.countries[iso3]
			a = w.newActor("holder:"+r.key+":"+iso3, "person", c.adjective+" "+words)
			if len(a.roles) == 0 {
				a.roles, a.why = append(a.roles, h), "role"
			}
			a.mention(w.doc.TokenSpan(p.first, p.end), false)
		}
		out = addActor(out, a)
	}
	return out
}

// severalBodies reads bodies of several countries in one phrase: "Russian and Ukrainian forces", "the coast guards of
// China and the Philippines".
func (w *work) severalBodies(p phrase) []*actor {
	b, from := w.bodyEnding(p.first, p.head+1)
	if b == nil {
		words := w.lemma(p.head)
		from = p.head
		if p.head > p.first {
			if two := w.lower(p.head-1) + " " + words; w.t.bodies[two] != nil {
				words, from = two, p.head-1
			}
		}
		b = w.t.bodies[words]
	}
	if b == nil || b.key == "state" || b.key == "people" {
		return nil
	}
	countries := w.countriesIn(w.skipDet(p.first), from)
	if p.of >= 0 && p.ofCase == "of" {
		for _, h := range w.conjuncts(p.of, 0, 0) {
			q := w.phraseAt(h)
			countries = append(countries, w.countriesIn(w.skipDet(q.first), q.end)...)
		}
	}
	if len(countries) < 2 {
		return nil
	}
	var out []*actor
	for _, iso3 := range countries {
		a := w.bodyActor(iso3, b)
		w.note(a, p)
		out = addActor(out, a)
	}
	return out
}

// pluralRole is the role that a noun in the plural names, with its words in the singular and where they start.
func (w *work) pluralRole(p phrase) (*role, string, int) {
	last := w.lemma(p.head)
	for first := max(p.first, p.head-longestRole); first <= p.head; first++ {
		words := last
		if first < p.head {
			words = fold(w.doc.Slice(w.doc.TokenSpan(first, p.head))) + " " + last
		}
		if r := w.t.roles[words]; r != nil && (r.heads != "" || strings.HasSuffix(r.key, "minister") || words == "leader" || r.key == "ambassador") {
			return r, words, first
		}
	}
	return nil, "", 0
}

// countriesIn are the countries named in tokens [first, end), in their order.
func (w *work) countriesIn(first, end int) []string {
	var out []string
	for at := first; at < end; {
		stop, found, ok := w.longestStarting(at, end)
		if !ok {
			at++
			continue
		}
		if s, ok := pick(found, senseAdjective, senseCountry); ok && !w.sideTaking(at, stop) {
			out = append(out, s.iso3)
		}
		at = stop
	}
	return out
}

// pluralCounterparts reads "his Greek and French counterparts, X and Y": as many names as countries, in their order,
// with the role of whoever "his" means.
func (w *work) pluralCounterparts() {
	for i := range w.doc.Tokens {
		if w.lemma(i) != "counterpart" || !w.plural(i) {
			continue
		}
		p := w.phraseAt(i)
		first := p.first
		for first > 0 && (w.doc.Tokens[first-1].Form == "," || w.doc.Tokens[first-1].UPOS == "ADJ" || w.lower(first-1) == "and") {
			first-- // adjectives that the tree leaves outside: "his Greek, Cypriot and French counterparts"
		}
		countries := w.countriesIn(first, i)
		names := w.namesAfter(i + 1)
		other := w.possessor(i, nil)
		if len(countries) < 2 || len(names) < len(countries) || other == nil {
			continue
		}
		best := bestHolding(other.roles)
		if best == nil {
			continue
		}
		list := []*actor{}
		for k, iso3 := range countries {
			a := names[k].who
			a.roles = append(a.roles, holding{role: best.role, words: best.words, country: iso3, within: -1, first: first})
			list = addActor(list, a)
		}
		w.refs[i] = &ref{actors: list, done: true}
	}
}

// namesAfter are the persons named one after another from a token on, with nothing but commas and "and" between.
func (w *work) namesAfter(at int) []*personName {
	var out []*personName
	for _, n := range w.names {
		if n.first < at {
			continue
		}
		for at < n.first && (w.doc.Tokens[at].Form == "," || w.lower(at) == "and") {
			at++
		}
		if at != n.first {
			return out
		}
		out = append(out, n)
		at = n.end
	}
	return out
}
