package reconcile

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"parley/internal/record"
)

// mostScope is how many terms behind a "not" it is taken to reach.
const mostScope = 8

// word is a word of a claim, in lower case and bare of signs, and where that begins.
type word struct {
	bare string
	at   int
	last bool // a sign behind it ends the clause
}

// signs are what is stripped off a word.
const signs = `.,;:!?"“”()[]'—`

// wordsAt takes a stretch of the text apart.
func (f *framer) wordsAt(in record.Span) []word {
	var out []word
	in = f.within(in)
	for at := in[0]; at < in[1]; {
		from := at
		for at < in[1] && !unicode.IsSpace(f.runes[at]) {
			at++
		}
		if raw := string(f.runes[from:at]); raw != "" {
			bare := strings.Trim(strings.ReplaceAll(strings.ToLower(raw), "’", "'"), signs)
			ends := strings.LastIndexAny(raw, ",;:.!?”—") >= len(raw)-3 && strings.ContainsAny(raw[max(0, len(raw)-3):], ",;:.!?”—")
			for from < at && strings.ContainsRune(signs, f.runes[from]) {
				from++
			}
			out = append(out, word{bare, from, ends && !(bare != "" && bare[0] >= '0' && bare[0] <= '9')})
		}
		at++
	}
	return out
}

// layOut notes where the terms of a claim stand, who is named in it, and what it says is not so.
func (f *framer) layOut(fr *frame, in record.Span) {
	list := f.wordsAt(in)
	fr.at, fr.called = map[string]int{}, map[string]bool{}
	for name := range fr.others {
		fr.called[f.term(name)] = true
	}
	for i, w := range list {
		fr.lacks = fr.lacks || does(w.bare, "lack") || negates(w.bare)
		if st := verbStem(w.bare); hasOpposite(st) || loadStrength()[st].scale == "agree" {
			fr.acts = append(fr.acts, act{st, w.bare, w.at, i > 0 && list[i-1].bare == "to" && (i == 1 || !does(list[i-2].bare, "wish"))})
		}
		if st := verbStem(w.bare); len(loadBearing()[st]) > 0 {
			fr.bears = append(fr.bears, act{stem: st, word: w.bare, at: w.at})
		}
		if i > 1 && list[i-1].bare == "to" && !does(list[i-2].bare, "wish") {
			fr.meant = append(fr.meant, f.term(w.bare))
		}
		if t := f.term(w.bare); t != "" && fr.set[t] {
			if _, ok := fr.at[t]; !ok {
				fr.at[t] = w.at
			}
			if strings.HasSuffix(w.bare, "ers") || strings.HasSuffix(w.bare, "ors") {
				fr.doers = append(fr.doers, t)
			}
		}
		if isWord("self", w.bare) {
			own := head{ids: fr.by.ids, at: w.at}
			if isWord("ours", w.bare) {
				own.sides = fr.by.sides
			}
			fr.heads = append(fr.heads, own)
			fr.spoken = merge(fr.spoken, fr.by.ids)
		}
	}
	slices.SortStableFunc(fr.heads, func(a, b head) int { return cmp.Compare(a.at, b.at) })
	fr.unmeant = fr.act == "deny" && cueDoes(fr.cue, "plan")
	fr.plainly = fr.act == "deny" && (fr.unmeant || cueDoes(fr.cue, "deny")) || fr.act == "reject" && turnsDown(list)
	switch {
	case fr.plainly && !fr.mood.denied:
		fr.denies, fr.reach = fr.terms, in[1]
	case fr.act != "deny" && !fr.plainly:
		fr.denies, fr.reach = f.scope(fr, list)
	}
}

// turnsDown says whether what is rejected is a claim told in full: "claims that its army shelled a clinic".
func turnsDown(list []word) bool {
	for i, w := range list[:min(len(list), 5)] {
		if w.bare == "that" {
			return i > 0 && hollow(stem(list[i-1].bare))
		}
	}
	return false
}

// cueDoes says whether a cue has a word of denying that does a thing: denied, not did not want; had no plan.
func cueDoes(cue, what string) bool {
	return slices.ContainsFunc(words(cue), func(w string) bool { return does(w, what) })
}

// scope are the terms in reach of the only "not", "never" or "no" of a claim, in their order, and where they begin.
func (f *framer) scope(fr *frame, list []word) ([]string, int) {
	not := -1
	for i, w := range list {
		if negates(w.bare) {
			if not >= 0 {
				return nil, 0
			}
			not = i
		}
	}
	if not < 0 || not+1 == len(list) || list[not].last || isWord("half", list[not+1].bare) || not > 0 && list[not-1].last && list[not].bare == "not" {
		return nil, 0 // the last: a contrast, "from the bottom up, not the top down"
	}
	var out []string
	for _, w := range list[not+1:] {
		if isWord("clause", w.bare) {
			break
		}
		if t := f.term(w.bare); (fr.set[t] || len(out) == 1 && fr.called[t]) && !slices.Contains(out, t) && !(len(out) == 0 && isWord("proof", w.bare)) {
			out = append(out, t)
		}
		if w.last || len(out) == mostScope {
			break
		}
	}
	return out, list[not].at
}

// head is an actor named in a claim, or its speaker who says I or we, and where.
type head struct {
	ids   []record.ID
	at    int
	sides []string // the states that a body or "we" stands for
}

// doerWithin is how far before an act its doer is looked for, in code points.
const doerWithin = 90

// doerAt are the identities of the last actor named in a claim before a place: who, roughly, does what stands there.
// Empty when that is unknown.
func (fr *frame) doerAt(at int) []record.ID { return fr.headAt(at).ids }

func (fr *frame) headAt(at int) (last head) {
	for _, h := range fr.heads {
		if h.at < at && at-h.at <= doerWithin {
			last = h
		}
	}
	return last
}

// sameDoer says whether what a denial denies and an assertion asserts is done by the same. Told is false when one of
// them does not say by whom.
func sameDoer(d, s *frame) (same, told bool) {
	first := s.span[1]
	for _, t := range d.denies {
		if at, ok := s.at[t]; ok && !light(t) {
			first = min(first, at)
		}
	}
	p, q := d.headAt(d.reach), s.headAt(first)
	return overlapIDs(p.ids, q.ids) || overlapStrings(p.sides, q.sides), len(p.ids) > 0 && len(q.ids) > 0
}

// closeBy says whether the denied terms that an assertion has stand together there.
func closeBy(d, s *frame) bool {
	const most = 90 // code points
	from, to := s.span[1], s.span[0]
	for _, t := range d.denies {
		if at, ok := s.at[t]; ok && !light(t) {
			from, to = min(from, at), max(to, at)
		}
	}
	return to-from <= most
}
