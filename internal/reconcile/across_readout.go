package reconcile

import (
	"fmt"

	"parley/internal/record"
)

// readout is one side's account of a contact: what it says was agreed, promised, asked for or offered.
type readout struct {
	contact *frame
	points  []*frame
}

const (
	readoutsApart = 2 * day
	pointCovered  = 0.3 // share of a point's terms that the other side's account must have, for it to be mentioned
)

// omissions compare the accounts that two sides give of one contact, and offer what one side's tells was agreed,
// promised or asked and the other's does not mention. It is no lie to leave a thing out, and the confidence is low.
func omissions(x *Across, fresh []*frame) []record.Link {
	var out []record.Link
	for _, c := range fresh {
		if c.kind != contactFrame || !ofParticipant(c) {
			continue
		}
		mine := readout{c, points(fresh, c)}
		for _, other := range x.rivalsOf(c) {
			if !ofParticipant(other) || other.act != c.act || other.status != "held" || c.status != "held" || !sameParties(other, c) ||
				!other.when.meets(c.when) || apart(other, c) > readoutsApart || other.by.together(c.by) {
				continue
			}
			theirs := readout{other, points(x.of(other.art), other)}
			out = append(append(out, missing(theirs, mine)...), missing(mine, theirs)...)
		}
	}
	return out
}

// ofParticipant says whether a contact is told by one of its own sides.
// A participant whose side the article does not tell may be of the teller's.
func ofParticipant(c *frame) bool {
	return c.by.known() && (c.by.together(c.who) || len(c.by.sides) > 0 && len(c.who.sides) < len(c.who.ids))
}

// points are what the teller of a contact says beside it, in the same article.
func points(frames []*frame, c *frame) []*frame {
	var out []*frame
	for _, f := range frames {
		if f.kind == claimFrame && f.art.id == c.art.id && (f.by.together(c.by) || f.via.together(c.by)) && len(f.set) >= 3 {
			out = append(out, f)
		}
	}
	return out
}

// missing are the weighty points of one account that the other leaves out: one link at most, the first.
func missing(told, silent readout) []record.Link {
	if len(silent.points) == 0 {
		return nil
	}
	for _, p := range told.points {
		if !weighty(p.act) {
			continue
		}
		mentioned := false
		for _, q := range silent.points {
			mentioned = mentioned || float64(shared(p.set, q.set)) >= pointCovered*float64(len(p.set))
		}
		if !mentioned {
			a, b := p, silent.contact
			return []record.Link{conflict(a, b, "omission", 0.3, fmt.Sprintf("the account of %s tells of %s; that of %s does not mention it", told.contact.by.name, quote(p.text), silent.contact.by.name))}
		}
	}
	return nil
}

// weighty lists the acts whose absence from an account matters.
func weighty(act string) bool {
	switch act {
	case "agree", "pledge", "offer", "demand", "request", "threaten", "reject", "warn", "intend", "acknowledge":
		return true
	}
	return false
}

// of are the frames of an article that are still in the window.
func (x *Across) of(art *told) []*frame {
	var out []*frame
	for _, n := range x.articles[art] {
		if f := x.frames[n]; f != nil {
			out = append(out, f)
		}
	}
	return out
}
