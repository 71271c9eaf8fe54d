package reconcile

import (
	"fmt"
	"slices"

	"parley/internal/record"
)

// How alike two sentences must be; set on real news copy, precision before recall.
const (
	denialCovered = 0.65 // share of what is denied that is asserted
	sameAlike     = 0.5
	fewestShared  = 3 // terms, for all of these but a denial in so many words
)

// compareClaims compares what two sentences of two articles say.
func (x *Across) compareClaims(a, b *frame) record.Link {
	if link := deniedClaim(a, b); link.Kind != "" {
		return link
	}
	if link := oppositeClaim(a, b); link.Kind != "" {
		return link
	}
	if link := weakerClaim(a, b); link.Kind != "" {
		return link
	}
	return x.sameClaim(a, b)
}

// deniedClaim finds that one says of a matter that it is so and the other, somebody else, that it is not.
func deniedClaim(a, b *frame) record.Link {
	d, s := a, b
	if len(d.denies) == 0 {
		d, s = b, a
	}
	if len(d.denies) == 0 || !d.by.known() && !s.by.known() || d.by.part || s.by.part || d.by.together(s.by) || !asserting(s.act) || topic(s) || onlyTalk(d, s) || s.mood.denied || !comparable(d, s) {
		return record.Link{}
	}
	denied, told := weigh(d.denies, s)
	covered := float64(told) / float64(max(1, len(denied)))
	oneWord := d.plainly && len(denied) == 1 && (s.act == "accuse" || s.act == "claim") // "denied the fraud claims"
	if told < 2 && !(told == 1 && oneWord) || told < 3 && !d.plainly && !spokenTogether(d, s) || covered < denialCovered || told == 2 && covered < 1 || told < 3 && !d.by.known() || !closeBy(d, s) {
		return record.Link{}
	}
	if s.act != "accuse" && says("charging", s.text) {
		return record.Link{} // it tells of somebody else's charge
	}
	same, known := sameDoer(d, s)
	if d.plainly {
		if refused(d.text) || !spokenOf(s, d) || s.lacks || d.unmeant && !s.set[planned] {
			return record.Link{}
		}
	} else if !asserting(d.act) || s.lacks || slices.Contains(s.meant, denied[0]) || slices.Contains(s.doers, denied[0]) || !s.has(denied[0]) || !s.has(denied[1]) ||
		known && !same || !known && (told < 3 || !sameSubject(d, s)) {
		return record.Link{}
	}
	_, _, both := likeness(d, s)
	return conflict(a, b, "denial", min(0.9, 0.4+0.25*covered+0.3*both),
		fmt.Sprintf("%s denies what %s says: %s against %s", d.by.name, s.by.name, quote(d.text), quote(s.text)))
}

// onlyTalk says whether an assertion tells no more than that the matter was talked about, which a denial of the matter
// leaves alone: "they talked about a trade deal", "he will sign no trade deal".
func onlyTalk(d, s *frame) bool {
	at, ok := s.at[talked]
	if !ok || d.set[talked] {
		return false
	}
	for _, t := range d.denies {
		if other, ok := s.at[t]; ok && !light(t) && other < at {
			return false
		}
	}
	return true
}

// spokenTogether says whether two sentences with little in common are tied to one case by a name or an actor in both.
func spokenTogether(a, b *frame) bool {
	return overlapIDs(a.spoken, b.spoken) || shared(a.others, b.others) > 0 || overlapStrings(a.places, b.places)
}

// weigh gives the terms that tell something of those denied, and how many of them are asserted.
func weigh(denies []string, s *frame) (denied []string, told int) {
	for _, t := range denies {
		if !light(t) && !hollow(t) {
			denied = append(denied, t)
			told += boolInt(s.has(t))
		}
	}
	return denied, told
}

// has says whether a claim has a term, be it as that of a place or another name that belongs to no actor.
func (fr *frame) has(t string) bool { return fr.set[t] || fr.called[t] }

// comparable says whether two sentences speak of facts of one time: neither only supposes or demands, neither tells of
// what is to come while the other tells of what was.
func comparable(a, b *frame) bool {
	return !a.mood.supposed && !b.mood.supposed && !a.mood.wished && !b.mood.wished && a.mood.future == b.mood.future && a.when.meets(b.when) && !otherDay(a.dates, b.dates)
}

// spokenOf says whether an assertion speaks of the denier, of somebody the denial speaks of, or of their state.
func spokenOf(s, d *frame) bool {
	return overlapIDs(s.about, d.about) || overlapStrings(s.sides, d.by.sides)
}

// sameSubject says whether two sentences speak of the same actor and, as far as both name any, of the same places. A
// sentence that names nobody speaks of those its article is about.
func sameSubject(a, b *frame) bool {
	p, q := a.spoken, b.spoken
	if len(p) == 0 {
		p = a.art.topics
	}
	if len(q) == 0 {
		q = b.art.topics
	}
	return overlapIDs(p, q) && (len(a.places) == 0 || len(b.places) == 0 || overlapStrings(a.places, b.places))
}

// weakerClaim finds one act told in a strong and in a weak word by different sides or reporters: agreed and took note,
// will and may.
func weakerClaim(a, b *frame) record.Link {
	if a.mood.denied != b.mood.denied || apart(a, b) > 2*day || !a.when.meets(b.when) || !placesAgree(a, b) {
		return record.Link{}
	}
	if link := weakerAct(a, b); link.Kind != "" {
		return link
	}
	n, less, _ := likeness(a, b)
	if !a.by.one(b.by) || a.via.one(b.via) || a.art.paper == "" || b.art.paper == "" || a.art.paper == b.art.paper || n < fewestShared || less < 0.6 || telling(a.set, b.set) < 2 {
		return record.Link{}
	}
	if p, q := cueGrade(a), cueGrade(b); p.rank > 0 && q.rank > 0 && p.rank != q.rank {
		return weaker(a, b, less, p.word, q.word)
	}
	p, doing := modalGrade(a)
	q, same := modalGrade(b)
	if p.rank > 0 && q.rank > 0 && p.rank != q.rank && doing == same {
		return weaker(a, b, less, p.word, q.word)
	}
	return record.Link{}
}

func weaker(a, b *frame, alike float64, first, second string) record.Link {
	return conflict(a, b, "strength", 0.3+0.3*alike, fmt.Sprintf("%s: “%s” as %s tells it, “%s” as %s tells it, of the same matter", a.by.name, first, a.via.name, second, b.via.name))
}

// weakerAct finds the same in what two sides say of a third: "Roth agreed to an exchange", "Roth discussed an exchange".
func weakerAct(a, b *frame) record.Link {
	if a.by.together(b.by) || !a.by.known() || !b.by.known() || a.mood.denied || b.mood.denied || !comparable(a, b) {
		return record.Link{}
	}
	for _, p := range a.acts {
		for _, q := range b.acts {
			first, second := loadStrength()[p.stem], loadStrength()[q.stem]
			if first.scale != "agree" || second.scale != "agree" || max(first.rank, second.rank) < 4 || min(first.rank, second.rank) > 2 ||
				p.meant || q.meant || !overlapIDs(a.doerAt(p.at), b.doerAt(q.at)) {
				continue
			}
			if sharedBehind(a, b, p, q) >= 2 {
				return conflict(a, b, "strength", 0.5, fmt.Sprintf("%s says “%s”, %s says “%s”: %s against %s", a.by.name, p.word, b.by.name, q.word, quote(a.text), quote(b.text)))
			}
		}
	}
	return record.Link{}
}

// cueGrade is the grade of the word by which somebody is told to say a thing: agreed, acknowledged.
func cueGrade(f *frame) grade {
	for _, w := range words(f.cue) {
		if g := loadStrength()[verbStem(w)]; g.scale == "agree" {
			return g
		}
	}
	return grade{}
}

// modalGrade is the grade of the first word of a claim that says how sure a thing is, and the term of what is done.
func modalGrade(f *frame) (g grade, doing string) {
	m := matter{classes: loadClasses()}
	for _, w := range words(f.text) {
		if g.rank == 0 {
			if found := loadStrength()[verbStem(w)]; found.scale == "will" {
				g = found
			}
			continue
		}
		if t := m.term(w); f.set[t] {
			return g, t
		}
	}
	return grade{}, ""
}

// sameClaim finds that the same speaker says a thing again, or that somebody else says so of their own knowledge.
func (x *Across) sameClaim(a, b *frame) record.Link {
	if a.mood != b.mood || !a.when.meets(b.when) || !a.by.known() || !b.by.known() || !numbersAgree(a, b) || !placesAgree(a, b) {
		return record.Link{}
	}
	n, _, both := likeness(a, b)
	if n < fewestShared || telling(a.set, b.set) < 2 || both < sameAlike || otherDay(a.dates, b.dates) || !namesAgree(a, b) || says("ahead", a.text) || says("ahead", b.text) {
		return record.Link{}
	}
	link := record.Link{A: a.id, B: b.id, Confidence: min(0.95, 0.4+0.6*both)}
	switch {
	case a.by.one(b.by):
		link.Kind, link.Reason = record.SameClaim, fmt.Sprintf("%s says the same: %s", a.by.name, quote(b.text))
	case topic(a) || topic(b) || !a.mood.plain() || a.by.together(b.by) || oneWording(a.text, b.text):
		return record.Link{} // words that are the same were said once, and given to two by mistake
	case knows(a.act) && knows(b.act) && x.independent(a, b) && spokenTogether(a, b) && oneSubject(a, b):
		link.Kind, link.Reason = record.Corroboration, fmt.Sprintf("%s says what %s said: %s", b.by.name, a.by.name, quote(b.text))
	default:
		return record.Link{}
	}
	return link
}

// topic says whether a claim only names what was spoken of: "discussed the border".
func topic(f *frame) bool { return cueGrade(f).rank == 1 }

// placesAgree says whether two entries do not name different places.
func placesAgree(a, b *frame) bool {
	return (len(a.places) == 0 || len(b.places) == 0 || overlapStrings(a.places, b.places)) &&
		(len(a.others) == 0 || len(b.others) == 0 || shared(a.others, b.others) > 0)
}

// namesAgree says whether two sentences name the same: each name of the one that has fewer stands in the other, and
// where both speak of actors, they have one in common.
func namesAgree(a, b *frame) bool {
	return shared(a.others, b.others) == min(len(a.others), len(b.others)) &&
		(len(a.spoken) == 0 || len(b.spoken) == 0 || overlapIDs(a.spoken, b.spoken))
}

// oneSubject says whether those named first in two sentences are one, as far as both name any. What two say of
// themselves are two things.
func oneSubject(a, b *frame) bool {
	return len(a.heads) == 0 || len(b.heads) == 0 || overlapIDs(a.heads[0].ids, b.heads[0].ids)
}

// knows lists the acts by which somebody tells what they know, not what they think, fear or want.
func knows(act string) bool {
	switch act {
	case "say", "announce", "report", "confirm", "acknowledge", "estimate":
		return true
	}
	return false
}

// independent says whether two entries were first reported by different reporters, and neither voice quotes the other.
func (x *Across) independent(a, b *frame) bool {
	return x.opt.Origin(a.art.id, a.span) != x.opt.Origin(b.art.id, b.span) && !overlapIDs(a.via.ids, b.by.ids) && !overlapIDs(b.via.ids, a.by.ids)
}

// numbersAgree says whether the numbers in two sentences do not tell them apart.
func numbersAgree(a, b *frame) bool {
	if len(a.values) > 0 && len(b.values) > 0 && shared(a.values, b.values) == 0 {
		return false
	}
	p, q := digits(a.set), digits(b.set)
	return len(p) == 0 || len(q) == 0 || shared(p, q) > 0
}

func digits(set map[string]bool) map[string]bool {
	out := map[string]bool{}
	for t := range set {
		if t[0] >= '0' && t[0] <= '9' {
			out[t] = true
		}
	}
	return out
}
