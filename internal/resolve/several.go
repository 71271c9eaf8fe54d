package resolve

import "strings"

// several reads office-holders of several countries in one phrase: "the Egyptian and Saudi foreign ministers", "the
// leaders of Poland and Romania". Each is a person, named elsewhere in the text or not.
func (w *work) several(p phrase) []*actor {
	if !w.plural(p.head) {
		return nil
	}
	r, words, from := w.pluralRole(p)
	if r == nil {
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
