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
	borne      bool // something was found that bears on it: it is not lapsed
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
			pr.conditions = append(pr.conditions, m.terms(c.Text))
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
		if f.kind != eventFrame && f.kind != claimFrame {
			continue
		}
		for _, pr := range p.near(f) {
			if link := pr.evidence(f); link.Kind != "" {
				out = append(out, link)
			}
		}
	}
	for _, f := range fresh {
		if f.kind == promiseFrame {
			p.take(f)
		}
	}
	return out
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

// evidence is what a later entry says of a commitment; a zero link when it says nothing of it.
func (pr *promised) evidence(f *frame) record.Link {
	if pr.condition(f) {
		pr.triggered = true
		return pr.link(f, "trigger", 0.5, "what it waits for is told: ")
	}
	n := pr.inCommon(f)
	covered := min(1, float64(n)/float64(max(1, len(pr.set))))
	if n < 2 || covered < 0.5 || !placesAgree(pr.frame, f) {
		return record.Link{}
	}
	kind, why := pr.bearing(f)
	if kind == "" || len(pr.conditions) > 0 && !pr.triggered && (kind == "kept" || kind == "broken") {
		return record.Link{}
	}
	pr.borne = true
	confidence := 0.25 + 0.45*covered
	if kind == "kept" && (f.status == "ongoing" || f.by.together(pr.who)) {
		confidence *= 0.7 // not done yet, or told by the giver's own side
	}
	return pr.link(f, kind, confidence, why)
}

func (pr *promised) link(f *frame, kind string, confidence float64, why string) record.Link {
	return record.Link{Kind: record.Evidence, Type: kind, A: pr.id, B: f.id, Confidence: confidence, Reason: fmt.Sprintf("%s promised %s; %s%s", pr.who.name, quote(pr.text), why, quote(f.text))}
}

// inCommon counts what a commitment and an entry share: terms, a place, and an act against its opposite.
func (pr *promised) inCommon(f *frame) int {
	n := 0
	for t := range pr.set {
		if f.set[t] && (!light(t) || t == troops || t == civilians) {
			n++
		}
	}
	if overlapStrings(pr.places, f.places) || shared(pr.others, f.others) > 0 {
		n++
	}
	if opposed(pr.verb, f.verb) || pr.verb != f.verb && alikeActs(pr.verb, f.verb) && !f.set[pr.verb] {
		n++
	}
	return n
}

// condition says whether an entry tells as a fact what a commitment waits for.
func (pr *promised) condition(f *frame) bool {
	told := f.kind == eventFrame && done(f) || f.kind == claimFrame && asserting(f.act)
	if pr.triggered || !told || f.mood.denied || !f.mood.plain() {
		return false
	}
	for _, terms := range pr.conditions {
		if n := shared(terms, f.set); n >= 2 && float64(n) >= 0.6*float64(len(terms)) && telling(terms, f.set) > 0 {
			return true
		}
	}
	return false
}

// bearing says which evidence an entry is on a commitment of the same matter, and how a reason puts it.
func (pr *promised) bearing(f *frame) (kind, why string) {
	words := bearingWords(f)
	own := f.by.together(pr.who)
	if f.kind == claimFrame {
		switch {
		case f.mood.supposed || f.mood.wished || !f.by.known():
		case !own && !f.mood.future && (f.mood.denied || words["disputed"]) && pr.spokenOfIn(f):
			return "disputed", f.by.name + " says that it is not so: "
		case words["delayed"] && !f.mood.denied && (own || pr.spokenOfIn(f)):
			return "delayed", f.by.name + " says that it is put off: "
		case own && words["withdrawn"], own && f.mood.denied && f.mood.future && !pr.mood.denied:
			return "withdrawn", "its giver takes it back: "
		}
		return "", ""
	}
	if !f.who.together(pr.who) || f.mood.supposed || f.when.known() && !f.when.to.IsZero() && f.when.to.Before(pr.art.known.Add(-day)) {
		return "", ""
	}
	switch {
	case f.status == "denied" && !own && f.by.known():
		return "disputed", f.by.name + " says that it is not done: "
	case !done(f) && !ahead(f), f.mood.denied:
		return "", ""
	case done(f) && opposed(f.verb, pr.verb):
		return "broken", "the contrary is told: "
	case words["delayed"] && f.verb != pr.verb:
		return "delayed", "it is put off: "
	case words["withdrawn"] && f.verb != pr.verb:
		return "withdrawn", "it is called off: "
	case done(f) && alikeActs(f.verb, pr.verb):
		return "kept", "it is told as done: "
	}
	return "", ""
}

// spokenOfIn says whether an entry speaks of the giver of a commitment or their state.
func (pr *promised) spokenOfIn(f *frame) bool {
	return overlapIDs(f.about, pr.who.ids) || overlapStrings(f.sides, pr.who.sides)
}

// bearingWords are the kinds of evidence that the words of a text speak for.
func bearingWords(f *frame) map[string]bool {
	out := map[string]bool{}
	for _, w := range words(f.text) {
		for _, kind := range loadBearing()[verbStem(w)] {
			out[kind] = true
		}
	}
	return out
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
			Reason: fmt.Sprintf("%s promised %s, due by %s; nothing since bears on it", pr.who.name, quote(pr.text), due.Format("2 January 2006"))}, due)
	}
	return links.sorted()
}
