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
			if !opposed(p.stem, q.stem) || p.meant || q.meant || !oneDoer(a, b, p, q) {
				continue
			}
			n := max(sharedBehind(a, b, p, q), sharedThing(a, b, p, q))
			if n < 2 || !placesAgree(a, b) {
				continue
			}
			return conflict(a, b, "opposite", min(0.8, 0.35+0.1*float64(n)), fmt.Sprintf("%s says “%s”, %s says “%s”: %s against %s",
				a.by.name, p.word, b.by.name, q.word, quote(a.text), quote(b.text)))
		}
	}
	return record.Link{}
}

// oneDoer says whether two acts are of one actor. Where one sentence names nobody who acts ("the crossing was open"), two
// short sentences of one place and one thing will do.
func oneDoer(a, b *frame, p, q act) bool {
	first, second := a.doerAt(p.at), b.doerAt(q.at)
	if len(first) > 0 && len(second) > 0 {
		return overlapIDs(first, second)
	}
	const short = 6 // terms
	return max(len(a.set), len(b.set)) <= short && telling(a.set, b.set) > 0 && shared(a.others, b.others) > 0
}

// sharedBehind counts the telling terms that stand close behind both acts, a shared place as one.
func sharedBehind(a, b *frame, p, q act) int {
	n := 0
	for _, t := range a.terms {
		at, other := a.at[t], 0
		if b.set[t] {
			other = b.at[t]
		}
		if light(t) && t != troops && t != civilians || hollow(t) || at <= p.at || at > p.at+behindAct || other <= q.at || other > q.at+behindAct {
			continue
		}
		n++
	}
	if overlapStrings(a.places, b.places) || shared(a.others, b.others) > 0 {
		n++
	}
	return n
}

// sharedThing counts what two sentences share where the thing stands before one of the acts: "the crossing was open".
func sharedThing(a, b *frame, p, q act) int {
	if len(a.doerAt(p.at)) > 0 && len(b.doerAt(q.at)) > 0 {
		return 0
	}
	return telling(a.set, b.set) + boolInt(shared(a.others, b.others) > 0)
}
