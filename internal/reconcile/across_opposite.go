package reconcile

import (
	"fmt"

	"parley/internal/record"
)

// act is a word of a claim that has an opposite.
type act struct {
	stem, word string
	at         int
	meant      bool // behind "to": asked or meant, not done
}

// oppositeWithin is how far apart two reports of opposite acts may be: later ones tell of a change.
const oppositeWithin = 3 * day

// behindAct is how far behind an act its object is looked for, in code points.
const behindAct = 70

// oppositeClaim finds that two voices tell opposite acts of one actor on one thing: "its troops are withdrawing", "it is
// massing troops". Who acts must be named in both, and what follows the acts must be the same.
func oppositeClaim(a, b *frame) record.Link {
	if a.by.together(b.by) || !a.by.known() || !b.by.known() || a.by.part || b.by.part || !asserting(a.act) || !asserting(b.act) {
		return record.Link{}
	}
	if a.mood.denied || b.mood.denied || a.lacks || b.lacks || !comparable(a, b) || apart(a, b) > oppositeWithin {
		return record.Link{}
	}
	for _, p := range a.acts {
		for _, q := range b.acts {
			if !opposed(p.stem, q.stem) || p.meant || q.meant || !overlapIDs(a.doerAt(p.at), b.doerAt(q.at)) {
				continue
			}
			n := sharedBehind(a, b, p, q)
			if n < 2 || !placesAgree(a, b) {
				continue
			}
			return conflict(a, b, "opposite", min(0.8, 0.35+0.1*float64(n)), fmt.Sprintf("%s says “%s”, %s says “%s”: %s against %s",
				a.by.name, p.word, b.by.name, q.word, quote(a.text), quote(b.text)))
		}
	}
	return record.Link{}
}

// sharedBehind counts the telling terms that stand close behind both acts, a shared place as one.
func sharedBehind(a, b *frame, p, q act) int {
	n := 0
	for _, t := range a.terms {
		at, other := a.at[t], 0
		if b.set[t] {
			other = b.at[t]
		}
		if light(t) && t != "=troops" && t != "=civilian" || hollow(t) || at <= p.at || at > p.at+behindAct || other <= q.at || other > q.at+behindAct {
			continue
		}
		n++
	}
	if overlapStrings(a.places, b.places) || shared(a.others, b.others) > 0 {
		n++
	}
	return n
}
