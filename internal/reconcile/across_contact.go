package reconcile

import (
	"fmt"
	"strings"

	"parley/internal/record"
)

// compareContacts compares two contacts of two articles between the same participants.
func compareContacts(a, b *frame) record.Link {
	if a.act != b.act || a.status != b.status || a.status != "held" && a.status != "planned" || !sameParties(a, b) {
		return record.Link{}
	}
	oneDay := a.when.exact() && b.when.exact() && a.when.meets(b.when)
	elsewhere := len(a.spots) > 0 && len(b.spots) > 0 && !overlapStrings(a.spots, b.spots)
	switch {
	case oneDay && elsewhere && a.act != "call" && a.act != "visit" && tellersDiffer(a, b):
		return conflict(a, b, "place", 0.5, fmt.Sprintf("one %s of %s, in %s according to %s, in %s according to %s", a.act, a.who.name, title(a.spots[0]), a.by.name, title(b.spots[0]), b.by.name))
	case oneDay && !elsewhere, !elsewhere && a.when.meets(b.when) && apart(a, b) <= day:
		return record.Link{Kind: record.SameClaim, A: a.id, B: b.id, Confidence: 0.6, Reason: fmt.Sprintf("one %s of %s, told twice", a.act, a.who.name)}
	case otherTime(a, b):
		return conflict(a, b, "time", 0.45, fmt.Sprintf("one %s of %s, on %s according to %s, on %s according to %s", a.act, a.who.name, onDay(a.when), a.by.name, onDay(b.when), b.by.name))
	}
	return record.Link{}
}

// sameParties says whether two contacts are between the same two or more, as far as they are known.
func sameParties(a, b *frame) bool {
	n := 0
	for _, id := range a.who.ids {
		if overlapIDs([]record.ID{id}, b.who.ids) {
			n++
		}
	}
	return n >= 2 && n >= min(len(a.who.ids), len(b.who.ids))
}

// otherTime says whether one contact is put at two times: the words about it must be of one matter, as calls are often
// repeated the next day.
func otherTime(a, b *frame) bool {
	return a.when.exact() && b.when.exact() && !a.when.meets(b.when) && tellersDiffer(a, b) && telling(a.set, b.set) >= 3 &&
		apart(a, b) <= day && a.when.from.Sub(b.when.from).Abs() <= 3*day
}

// tellersDiffer says whether two entries are told by different people or papers.
func tellersDiffer(a, b *frame) bool {
	return !a.by.together(b.by) && (a.by.known() || b.by.known() || a.art.publisher != b.art.publisher)
}

func onDay(i interval) string { return i.from.Format("2 January") }

func title(s string) string {
	f := strings.Fields(s)
	for i, w := range f {
		r := []rune(w)
		f[i] = strings.ToUpper(string(r[:1])) + string(r[1:])
	}
	return strings.Join(f, " ")
}
