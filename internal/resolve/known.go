package resolve

import (
	"strings"

	"parley/internal/document"
)

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
	if s := w.doc.SentenceOf(first); s >= 0 {
		if stop, found, ok := w.longestStarting(first, w.doc.Sentences[s].End); ok && stop > p.end && stop-first > 2 {
			if _, ok := pick(found, senseOrg); ok {
				ranges = append(ranges, [2]int{first, stop}) // "Doctors Without Borders"
			}
		}
	}
	if n := w.nameAt(p.head); n != nil {
		ranges = append(ranges, [2]int{w.skipDet(n.First), n.End})
	}
	if at, _, ok := w.longestStarting(first, p.end); ok && at <= p.head && p.of >= 0 {
		q := w.phraseAt(p.of)
		ranges = append(ranges, [2]int{at, q.end}) // "United States Department of State"
	}
	if at, found, ok := w.longestEnding(first, p.end); ok && at <= p.head && at > first && (w.groupName(found, at, p.end) || w.describes(first, at)) {
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

// groupName says whether tokens [first, end) are an armed group's name of several words. Whatever stands in front only
// describes it: "the Kurdish-led Syrian Democratic Forces" are not the forces of Syria.
func (w *work) groupName(found []sense, first, end int) bool {
	s, ok := pick(found, senseOrg)
	return ok && s.org.kind == "armed_group" && end-first > 1
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
		if form[0] >= 'A' && form[0] <= 'Z' && !w.possessive(at) && !w.sideTaking(at, at+1) && !strings.HasSuffix(form, "-led") && !strings.HasSuffix(form, "-backed") {
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
		if eu := w.t.orgs["European Union"]; s.kind == senseCapital && s.iso3 == "BEL" && eu != nil && !strings.Contains(w.doc.Text, "Belgi") {
			return w.orgActor(eu) // "Brussels" where Belgium is not spoken of
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
	if iso3 == "" && w.foreignSeat(o) {
		return nil
	}
	if iso3 == "" || iso3 == o.country {
		return w.orgActor(o)
	}
	if b := w.t.bodyKeys[o.body]; b != nil {
		return w.bodyActor(iso3, b)
	}
	return nil
}

// foreignSeat says whether a body of state is of a country that the article does not speak of, while it is about
// another: "Congress" in an article about India is not that of the United States.
func (w *work) foreignSeat(o *organization) bool {
	if o.body == "" || w.mentioned[o.country] > 0 {
		return false
	}
	home := w.home()
	return home != "" && home != o.country
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
	words := strings.Fields(fold(name))
	if last := words[len(words)-1]; w.t.words["nobody"][last] || w.t.words["nobody"][words[0]] && len(words) == 1 || !letters(name) {
		return nil
	}
	a := w.newActor("name:"+fold(name), "body", name)
	a.why = "name"
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
