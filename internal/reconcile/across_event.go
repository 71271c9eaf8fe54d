package reconcile

import (
	"fmt"
	"time"

	"parley/internal/record"
)

// compareEvents compares two events told in two articles.
func (x *Across) compareEvents(a, b *frame) record.Link {
	if !a.who.together(b.who) {
		return record.Link{}
	}
	if link := deniedEvent(a, b); link.Kind != "" {
		return link
	}
	if link := oppositeEvent(a, b); link.Kind != "" {
		return link
	}
	return x.sameEvent(a, b)
}

// apart is the time between two articles.
func apart(a, b *frame) time.Duration { return b.art.known.Sub(a.art.known).Abs() }

// done says whether an event is told as a fact.
func done(f *frame) bool { return f.status == "actual" || f.status == "ongoing" }

// ahead says whether an event is told as one that will come.
func ahead(f *frame) bool {
	return f.status == "planned" || f.status == "pledged" || f.status == "threatened"
}

// voicesDiffer says whether two events are told by different sides, at least one of them somebody known.
func voicesDiffer(a, b *frame) bool {
	return (a.by.known() || b.by.known()) && !a.by.together(b.by)
}

// deniedEvent finds an act that one side says was done and another says was not.
func deniedEvent(a, b *frame) record.Link {
	d, s := a, b
	if d.status != "denied" {
		d, s = b, a
	}
	if d.status != "denied" || !done(s) || d.verb != s.verb || !d.by.known() || !voicesDiffer(a, b) || d.mood.future || d.mood.supposed || s.mood.supposed || s.mood.denied {
		return record.Link{}
	}
	if !a.when.meets(b.when) || len(d.whom) > 0 && len(s.whom) > 0 && !overlapIDs(d.whom, s.whom) {
		return record.Link{}
	}
	n, less, _ := likeness(d, s)
	least := fewestShared
	if d.said == "deny" {
		least = 2
	}
	if n < least || less < 0.6 || telling(d.set, s.set) < 2 || d.said != "deny" && (!deed(d.act) || !sameObject(d, s)) {
		return record.Link{}
	}
	return conflict(a, b, "denial", 0.35+0.35*less, fmt.Sprintf("%s says it was done, %s says it was not: %s against %s", s.by.name, d.by.name, quote(s.text), quote(d.text)))
}

// oppositeEvent finds two acts of one actor on one thing that exclude each other, told by different sides of one time.
// What somebody did and what they will do, or plans that changed, do not.
func oppositeEvent(a, b *frame) record.Link {
	if !deed(a.act) || !deed(b.act) || !(done(a) && done(b) || ahead(a) && ahead(b)) || !voicesDiffer(a, b) || !opposed(a.verb, b.verb) || a.mood.denied || b.mood.denied || a.mood.supposed || b.mood.supposed {
		return record.Link{}
	}
	if a.art == b.art && (holds(a.span, b.span) || holds(b.span, a.span)) {
		return record.Link{} // one is told inside the other
	}
	if says("order", a.text) || says("order", b.text) || apart(a, b) > oppositeWithin || !a.when.meets(b.when) || !sameObject(a, b) {
		return record.Link{}
	}
	return conflict(a, b, "opposite", 0.5, fmt.Sprintf("%s: %s according to %s, %s according to %s", a.who.name, quote(a.text), a.by.name, quote(b.text), b.by.name))
}

func holds(outer, inner record.Span) bool { return outer[0] <= inner[0] && inner[1] <= outer[1] }

// sameObject says whether two acts are done to the same: a place or a recipient and a word of the matter, or two words.
func sameObject(a, b *frame) bool {
	n := 0
	for t := range a.set {
		if b.set[t] && (!common(t) || t == troops) && t != a.verb && t != b.verb {
			n++
		}
	}
	if !placesAgree(a, b) || len(a.whom) > 0 && len(b.whom) > 0 && !overlapIDs(a.whom, b.whom) {
		return false
	}
	if overlapStrings(a.places, b.places) || overlapIDs(a.whom, b.whom) || shared(a.others, b.others) > 0 {
		n++
	}
	return n >= 2
}

// sameEvent finds one event told twice: again, or by another side of its own knowledge.
func (x *Across) sameEvent(a, b *frame) record.Link {
	if a.verb != b.verb && a.act != b.act || a.status != b.status || !a.who.one(b.who) || !a.when.meets(b.when) || apart(a, b) > 4*day {
		return record.Link{}
	}
	if len(a.whom) > 0 && len(b.whom) > 0 && !overlapIDs(a.whom, b.whom) || !numbersAgree(a, b) || !placesAgree(a, b) {
		return record.Link{}
	}
	n, less, both := likeness(a, b)
	if n < 2 || telling(a.set, b.set) < 1 || less < 0.7 || both < 0.4 || otherDay(a.dates, b.dates) || !namesAgree(a, b) {
		return record.Link{}
	}
	link := record.Link{Kind: record.SameClaim, A: a.id, B: b.id, Confidence: min(0.9, 0.3+0.6*both), Reason: "one event, told twice: " + quote(b.text)}
	if a.by.known() && b.by.known() && !a.by.together(b.by) && x.independent(a, b) && (b.said == "" || knows(b.said)) && !tellsOwn(a) && !tellsOwn(b) {
		link.Kind, link.Reason = record.Corroboration, fmt.Sprintf("%s tells the event that %s told: %s", b.by.name, a.by.name, quote(b.text))
	}
	return link
}

// tellsOwn says whether an event is told by the one who did it: no witness for what others tell of it.
func tellsOwn(f *frame) bool { return f.by.one(f.who) }
