package reconcile

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"parley/internal/record"
)

// How long a commitment is followed: until it is due and some time after, or a year.
const (
	afterDue    = 30 * day
	followed    = 365 * day
	mostFollows = 24 // commitments looked at for one later entry
)

// promises are the commitments that are followed, by who gave them and a word of what they are about.
type promises struct {
	open  map[record.ID]*promised
	order []*promised
	index map[uint64][]*promised
	swept time.Time // when drop last looked
}

type promised struct {
	*frame
	conditions []map[string]bool // terms of each condition
	triggered  bool
	borne      bool // something was found that may bear on it: it is not lapsed
}

func newPromises() *promises {
	return &promises{open: map[record.ID]*promised{}, index: map[uint64][]*promised{}}
}

// take follows a commitment from now on.
func (p *promises) take(f *frame) {
	if f.who.known() && len(f.terms) > 0 && p.open[f.id] == nil {
		m := matter{classes: loadClasses()}
		pr := &promised{frame: f}
		for _, c := range f.promise.Conditions {
			if !lasting(c.Text) {
				pr.conditions = append(pr.conditions, m.terms(c.Text))
			}
		}
		p.open[f.id] = pr
		p.order = append(p.order, pr)
		for _, k := range promiseKeys(f.who, f.terms) {
			p.index[k] = append(p.index[k], pr)
		}
		for _, cond := range pr.conditions {
			for t := range cond {
				k := keyOf(promiseFrame, "if", t)
				p.index[k] = append(p.index[k], pr)
			}
		}
	}
}

func promiseKeys(who voice, terms []string) []uint64 {
	anchors := slices.Clone(who.sides)
	for _, id := range who.ids {
		anchors = append(anchors, string(id))
	}
	var out []uint64
	for _, a := range anchors[:min(len(anchors), mostAbout)] {
		for _, t := range terms[:min(len(terms), mostKeyed)] {
			out = append(out, keyOf(promiseFrame, a, t))
		}
	}
	return out
}

// follow gives the evidence that the frames of one article are on the commitments of earlier ones, then takes up the
// commitments of this one.
func (p *promises) follow(fresh []*frame, now time.Time) []record.Link {
	p.drop(now)
	var out []record.Link
	for _, f := range fresh {
		if f.kind == promiseFrame {
			for _, pr := range p.near(f) {
				if link := pr.retold(f); link.Kind != "" {
					out = append(out, link)
				}
			}
		}
		if f.kind != eventFrame && f.kind != claimFrame {
			continue
		}
		again := retold(f, fresh)
		for _, pr := range p.near(f) {
			if link := pr.evidence(f, again); link.Kind != "" {
				out = append(out, link)
			}
			pr.borne = pr.borne || !again && pr.touches(f)
		}
	}
	for _, f := range fresh {
		if f.kind == promiseFrame {
			p.take(f)
		}
	}
	return out
}

// retold finds that a later article tells a commitment again: one giver, one matter, and one day where both name a day. A
// person's and that of their state are one only where they are due on the same day.
func (pr *promised) retold(f *frame) record.Link {
	due := !pr.when.to.IsZero() && !f.when.to.IsZero()
	switch {
	case pr.mood != f.mood, due && !pr.when.to.Equal(f.when.to), !pr.who.acts(f.who), !pr.who.one(f.who) && !due,
		!numbersAgree(pr.frame, f), !placesAgree(pr.frame, f), !namesAgree(pr.frame, f):
		return record.Link{}
	}
	n, _, both := likeness(pr.frame, f)
	if n < fewestHits || telling(pr.set, f.set) < fewestHits || both < sameAlike {
		return record.Link{}
	}
	return record.Link{Kind: record.SameClaim, A: pr.id, B: f.id, Confidence: min(0.95, 0.4+0.6*both),
		Reason: fmt.Sprintf("one promise of %s, told twice: %s", pr.who.name, quote(f.text))}
}

// near are the commitments that share somebody and two words with an entry, or the words of a condition.
func (p *promises) near(f *frame) []*promised {
	voices := voice{ids: f.about, sides: f.sides}
	keys := promiseKeys(voices, f.terms)
	for _, t := range f.terms {
		keys = append(keys, keyOf(promiseFrame, "if", t))
	}
	hits := map[*promised]int{}
	for _, k := range keys {
		list := p.index[k]
		for _, pr := range list[max(0, len(list)-mostPosted):] {
			hits[pr]++
		}
	}
	var out []*promised
	for pr, n := range hits {
		if (n >= fewestHits || n > 0 && (opposed(pr.verb, f.verb) || alikeActs(pr.verb, f.verb) || len(pr.set) < 3)) && p.open[pr.id] == pr && pr.art.id != f.art.id {
			out = append(out, pr)
		}
	}
	slices.SortFunc(out, func(a, b *promised) int {
		return cmp.Or(cmp.Compare(hits[b], hits[a]), strings.Compare(string(a.id), string(b.id)))
	})
	return out[:min(len(out), mostFollows)]
}

// drop stops following what is long due or long made.
func (p *promises) drop(now time.Time) {
	if now.Sub(p.swept) < day {
		return
	}
	p.swept = now
	kept := p.order[:0]
	for _, pr := range p.order {
		if now.After(pr.until()) {
			delete(p.open, pr.id)
			continue
		}
		kept = append(kept, pr)
	}
	if len(kept) < len(p.order) {
		p.sweep()
	}
	p.order = kept
}

func (p *promises) sweep() {
	for k, list := range p.index {
		list = slices.DeleteFunc(list, func(pr *promised) bool { return p.open[pr.id] != pr })
		if len(list) == 0 {
			delete(p.index, k)
			continue
		}
		p.index[k] = list
	}
}

func (pr *promised) until() time.Time {
	if !pr.when.to.IsZero() {
		return maxTime(pr.when.to, pr.art.known).Add(afterDue)
	}
	return pr.art.known.Add(followed)
}

func maxTime(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// touches says whether an entry tells something done that is close to the matter of a commitment, if in words too different for
// evidence: then it cannot be said that nothing bears on it.
func (pr *promised) touches(f *frame) bool {
	told := f.kind == eventFrame && done(f) || f.kind == claimFrame && asserting(f.act)
	return told && f.mood.plain() && pr.inCommon(f) >= fewestHits && placesAgree(pr.frame, f)
}

// lapsed are the commitments due before now on which nothing bears.
func (p *promises) lapsed(now time.Time) []record.Link {
	links := linkSet{seen: map[[2]record.ID]bool{}}
	for _, pr := range p.order {
		due := pr.when.to
		if due.IsZero() || !due.Before(now) || due.Before(pr.art.known) || pr.borne || len(pr.conditions) > 0 && !pr.triggered {
			continue
		}
		links.add(record.Link{Kind: record.Evidence, Type: "lapsed", A: pr.id, Confidence: 0.5,
			Reason: fmt.Sprintf("%s promised %s, due by %s; nothing was found that bears on it", pr.who.name, quote(pr.text), due.Format("2 January 2006"))}, due)
	}
	return links.sorted()
}
