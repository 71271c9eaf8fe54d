package reconcile

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"parley/internal/record"
)

// How much of a promise a later entry must tell to bear on it; set on real news copy, precision before recall.
const (
	bearsCovered = 0.6
	bearsShared  = 3   // terms, a name, a place, an actor and a number counted
	bearsWithin  = 100 // code points that the terms of a claim may lie apart

	conditionTold = 1 // share of the words of a condition
)

// evidence is what a later entry says of a commitment; a zero link when it says nothing of it. An entry that tells the
// promise again is no evidence that it was kept, nor that what it waits for has come.
func (pr *promised) evidence(f *frame, again bool) record.Link {
	if !again && pr.condition(f) {
		pr.triggered = true
		return pr.link(f, "trigger", 0.5, "what it waits for is told: ")
	}
	covered, ok := pr.fits(f)
	if !ok {
		return record.Link{}
	}
	kind, why := pr.bearing(f)
	if kind == "" || (again || len(pr.conditions) > 0 && !pr.triggered) && (kind == "kept" || kind == "broken") {
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

// retold says whether an entry stands in a promise that its own article tells.
func retold(f *frame, fresh []*frame) bool {
	return slices.ContainsFunc(fresh, func(p *frame) bool {
		return p.kind == promiseFrame && p.span[0] < f.span[1] && f.span[0] < p.span[1]
	})
}

// lasting says whether what is taken for a condition only says how long a promise lasts: "as long as it takes".
func lasting(condition string) bool {
	low := strings.ToLower(strings.TrimSpace(condition))
	return slices.ContainsFunc(loadWords()["lasting"].phrases, func(p string) bool { return strings.HasPrefix(low, p+" ") })
}

// fits says whether an entry is of the matter of a commitment, and how much of it the entry tells: its words, and, where
// the commitment names actors, names or numbers, those.
func (pr *promised) fits(f *frame) (covered float64, ok bool) {
	n := pr.inCommon(f)
	all := 0
	for t := range pr.set {
		all += boolInt(weighs(t))
	}
	covered = min(1, float64(n)/float64(max(1, all)))
	if covered < bearsCovered || !placesAgree(pr.frame, f) || !numbersAgree(pr.frame, f) || !pr.namedIn(f) || f.kind == claimFrame && !f.closeIn(pr.set) {
		return 0, false
	}
	n += boolInt(overlapIDs(pr.spoken, f.about)) + boolInt(shared(pr.values, f.values) > 0)
	return covered, n >= bearsShared
}

// weighs says whether a term of a promise tells something of it.
func weighs(t string) bool { return !light(t) || t == troops || t == civilians }

// inCommon counts what a commitment and an entry share: terms, a place, and an act against its opposite.
func (pr *promised) inCommon(f *frame) int {
	n := 0
	for t := range pr.set {
		n += boolInt(f.set[t] && weighs(t))
	}
	if overlapStrings(pr.places, f.places) || shared(pr.others, f.others) > 0 {
		n++
	}
	if opposed(pr.verb, f.verb) || n >= 2 && pr.verb != f.verb && alikeActs(pr.verb, f.verb) && !f.set[pr.verb] {
		n++ // words of one side of the table of opposites stand for each other only where the rest is the same
	}
	return n
}

// namedIn says whether an entry names what a promise names: one of the actors beside its sides, and two thirds of its other names unless
// the entry has no names of its own.
func (pr *promised) namedIn(f *frame) bool {
	if len(pr.spoken) > 0 && !overlapIDs(pr.spoken, f.about) {
		return false
	}
	n := 0
	where := " " + strings.Join(f.places, " ") + " "
	for name := range pr.others {
		n += boolInt(f.others[name] || strings.Contains(where, " "+name+" "))
	}
	return 3*n >= 2*len(pr.others) || len(f.others) == 0
}

// closeIn says whether those of some terms that a claim has stand together in it.
func (fr *frame) closeIn(terms map[string]bool) bool {
	from, to := fr.span[1], fr.span[0]
	for t := range terms {
		if at, ok := fr.at[t]; ok && weighs(t) {
			from, to = min(from, at), max(to, at)
		}
	}
	return to-from <= bearsWithin
}

// condition says whether an entry tells what a commitment waits for as a fact: all of it, in one place, with no condition of its own.
func (pr *promised) condition(f *frame) bool {
	told := f.kind == eventFrame && done(f) || f.kind == claimFrame && asserting(f.act)
	if pr.triggered || !told || f.mood.denied || !f.mood.plain() || says("clause", f.text) {
		return false
	}
	m, has := matter{classes: loadClasses()}, maps.Clone(f.set)
	for name := range f.names {
		has[m.term(name)] = true
	}
	for _, terms := range pr.conditions {
		if n := telling(terms, has); n < bearsShared || float64(n) < conditionTold*float64(telling(terms, terms)) {
			continue
		}
		if f.kind == eventFrame && terms[f.doing] || f.kind == claimFrame && f.closeIn(terms) {
			return true
		}
	}
	return false
}

// bearing says which evidence an entry is on a commitment of the same matter, and how a reason puts it.
func (pr *promised) bearing(f *frame) (kind, why string) {
	if f.kind == claimFrame {
		return pr.bearingClaim(f)
	}
	words := pr.bearingWords(f)
	own := f.by.together(pr.who)
	if !f.who.acts(pr.who) || f.mood.supposed || f.when.known() && !f.when.to.IsZero() && f.when.to.Before(pr.art.known.Add(-day)) {
		return "", ""
	}
	switch {
	case f.status == "denied" && !own && f.by.known():
		return "disputed", f.by.name + " says that it is not done: "
	case !done(f) && !ahead(f), f.mood.denied:
		return "", ""
	case done(f) && opposed(f.verb, pr.verb) && !isStem("openended", pr.verb):
		return "broken", "the contrary is told: "
	case words["delayed"]:
		return "delayed", "it is put off: "
	case words["withdrawn"]:
		return "withdrawn", "it is called off: "
	case done(f) && alikeActs(f.verb, pr.verb) && !isStem("openended", pr.verb):
		return "kept", "it is told as done: "
	}
	return "", ""
}

// bearingClaim is the same for what somebody says of it.
func (pr *promised) bearingClaim(f *frame) (kind, why string) {
	if f.mood.supposed || f.mood.wished || !f.by.known() {
		return "", ""
	}
	words, own, denied := pr.bearingWords(f), f.by.together(pr.who), pr.deniedIn(f)
	switch {
	case !own && !f.mood.future && (denied || words["disputed"]) && pr.spokenOfIn(f):
		return "disputed", f.by.name + " says that it is not so: "
	case words["delayed"] && !f.mood.denied && (own || pr.spokenOfIn(f)):
		return "delayed", f.by.name + " says that it is put off: "
	case own && words["withdrawn"], own && denied && f.mood.future && !pr.mood.denied:
		return "withdrawn", "its giver takes it back: "
	}
	return "", ""
}

// deniedIn says whether a claim says of the act that was promised, and of what it was to be done to, that its giver does
// not do it.
func (pr *promised) deniedIn(f *frame) bool {
	if doer := f.doerAt(f.reach); len(doer) > 0 && !overlapIDs(doer, pr.who.ids) {
		return false
	}
	n, act := 0, false
	for _, t := range f.denies {
		n += boolInt(pr.set[t] && weighs(t))
		act = act || t == pr.doing || alikeActs(t, pr.verb)
	}
	return n >= 2 && act
}

// spokenOfIn says whether an entry speaks of the giver of a commitment or their state.
func (pr *promised) spokenOfIn(f *frame) bool {
	return overlapIDs(f.about, pr.who.ids) || overlapStrings(f.sides, pr.who.sides)
}

// bearingWords are the kinds of evidence that the words of an entry speak for: the word that an event turns on; in a
// claim, one that stands before what was promised. A word of the promise itself speaks for nothing.
func (pr *promised) bearingWords(f *frame) map[string]bool {
	out := map[string]bool{}
	add := func(stem string) {
		if stem != pr.verb && !pr.set[stem] {
			for _, kind := range loadBearing()[stem] {
				out[kind] = true
			}
		}
	}
	if f.kind == eventFrame {
		add(f.verb)
	}
	for _, b := range f.bears {
		for t := range pr.set {
			if at, ok := f.at[t]; ok && weighs(t) && at > b.at && at <= b.at+behindAct {
				add(b.stem)
			}
		}
	}
	return out
}
