package eval

import (
	"slices"

	"parley/internal/document"
	"parley/internal/read"
)

// purpose is what an event that has not happened counts less than one that has: "opened fire to disperse the crowd".
const purpose = 0.5

// doubt is what a word counts less of which only the usual type is known.
const doubt = 3.0

// background is what an event counts less that only tells when or why another was: "agreed after talks", "condemned it as troops massed".
const background = 2.0

// behind says whether a noun hangs by a preposition of time or circumstance on what is told.
func behind(doc *document.Document, i int) bool {
	if !doc.Tokens[i].Is("obl", "nmod") {
		return false
	}
	return slices.ContainsFunc(doc.Children(i), func(c int32) bool {
		return doc.Tokens[c].Is("case") && slices.Contains([]string{"after", "following", "during", "amid", "despite", "since", "before"}, doc.Tokens[c].Lemma)
	})
}

// EventType chooses the type of what links the pair: the event that best fits source and target, turned by its status (what is refused
// is a REJECT, what is promised an AGREE, what is threatened a THREATEN, what is asked for a REQUEST); failing that, the word nearest
// to both that can be an event; empty when there is none. The CAMEO code is the event's own, before it is turned.
func EventType(doc *document.Document, reading *read.Reading, gold *GoldEvent) (kind, cameo string) {
	pair := &GoldEvent{Source: corefer(doc, gold.Source), Target: corefer(doc, gold.Target)}
	c := choose(doc, reading, pair)
	if side := rallied(doc, reading, pair, c); side != "" {
		return side, ""
	}
	c = aim(doc, reading, c)
	return turned(c.Type, settled(doc, c)), c.CAMEO
}

// choose is the event or word that links the pair; its Token is -1 when there is none.
func choose(doc *document.Document, reading *read.Reading, pair *GoldEvent) read.Trigger {
	best, score := read.Trigger{Token: -1}, -1e9
	for i := range reading.Events {
		ev := &reading.Events[i]
		s := 3.0 + 4*float64(fits(doc, ev.Actors, pair.Source)) + 3*float64(fits(doc, ev.Recipients, pair.Target)) +
			float64(fits(doc, ev.Recipients, pair.Source)) + float64(fits(doc, ev.Actors, pair.Target))
		s -= distance(doc, ev.TriggerTok, pair)
		if ev.Status != "actual" && ev.Status != "ongoing" {
			s -= purpose
		}
		if behind(doc, ev.TriggerTok) {
			s -= background
		}
		if s > score {
			best, score = read.Trigger{Token: ev.TriggerTok, Type: ev.Type, CAMEO: ev.CAMEO, Status: ev.Status}, s
		}
	}
	for _, tr := range read.Triggers(doc, reading) {
		s := -distance(doc, tr.Token, pair)
		if tr.Guess {
			s -= doubt
		}
		if s > score {
			best, score = tr, s
		}
	}
	return best
}

// corefer adds to the marked phrases the pronouns that stand for them: "Stone said he would …". Possessives are left out: what they
// belong to is mostly a part of what somebody did.
func corefer(doc *document.Document, marked []document.Span) []document.Span {
	out := slices.Clone(marked)
	for i := range doc.Mentions {
		m := &doc.Mentions[i]
		if !slices.ContainsFunc(marked, func(s document.Span) bool { return s.Contains(doc.Tokens[m.Head].Span) && !nested(doc, m.Head, s) }) {
			continue
		}
		for k := range doc.Mentions {
			if o := &doc.Mentions[k]; k != i && o.Entity == m.Entity && o.Kind == document.Pronoun && !doc.Tokens[o.Head].Is("nmod:poss") {
				out = append(out, doc.Tokens[o.Head].Span)
			}
		}
	}
	return out
}

// nested says whether a token depends on another within a span, so that it is not what the span as a whole stands for.
func nested(doc *document.Document, i int, s document.Span) bool {
	h := doc.Tokens[i].Head
	return h >= 0 && s.Overlaps(doc.Tokens[h].Span)
}

// rallied: asking others for what is done to the target is a stand on the target, for it (CAMEO 053) or against it (113). Empty when it
// is the target that is asked, or nothing is.
func rallied(doc *document.Document, reading *read.Reading, pair *GoldEvent, best read.Trigger) string {
	at := slices.IndexFunc(reading.Events, func(e read.Event) bool { return e.TriggerTok == best.Token })
	if best.Type != "REQUEST" || at < 0 || fits(doc, reading.Events[at].Recipients, pair.Target) > 0 {
		return ""
	}
	for i := range reading.Events {
		ev := &reading.Events[i]
		if ev.Status != "requested" || fits(doc, ev.Recipients, pair.Target) == 0 {
			continue
		}
		switch ev.Type {
		case "SUPPORT":
			return "SUPPORT"
		case "SANCTION", "MOBILIZE", "ACCUSE":
			return "ACCUSE"
		}
	}
	return ""
}

// aim: a call, visit or meeting that was held in order to say something is coded as what it was to say, but what is demanded or blamed by
// protesting is a PROTEST (CAMEO 141 to 145: to demonstrate "for" or "against").
func aim(doc *document.Document, reading *read.Reading, best read.Trigger) read.Trigger {
	if best.Token < 0 {
		return best
	}
	top := &doc.Tokens[best.Token]
	for i := range reading.Events {
		ev := &reading.Events[i]
		t := &doc.Tokens[ev.TriggerTok]
		switch best.Type {
		case "CONSULT":
			if t.Head == best.Token && t.Is("advcl", "xcomp") && infinitive(doc, ev.TriggerTok) && slices.Contains([]string{"SUPPORT", "ACCUSE", "REJECT"}, ev.Type) {
				return read.Trigger{Token: best.Token, Type: ev.Type, CAMEO: ev.CAMEO, Status: best.Status}
			}
		case "REQUEST", "ACCUSE":
			if top.Is("advcl") && ev.Type == "PROTEST" && len(ev.Actors) > 0 && (ev.TriggerTok == top.Head || t.Head == top.Head && t.Is("obj")) {
				return read.Trigger{Token: ev.TriggerTok, Type: ev.Type, CAMEO: ev.CAMEO, Status: ev.Status}
			}
		}
	}
	return best
}

// settled is the status of what was chosen as the codebook sees it: what was done in order to reach an end counts as that end, and what
// somebody has decided to do as done; what one would do is what one plans to do.
func settled(doc *document.Document, c read.Trigger) string {
	if c.Token < 0 {
		return c.Status
	}
	t := &doc.Tokens[c.Token]
	switch {
	case c.Status == "planned" && t.Head >= 0 && t.Is("advcl") && infinitive(doc, c.Token) && doc.Tokens[t.Head].UPOS == "VERB" && !has(doc, t.Head, "will", "would", "may", "might", "could"):
		return "actual"
	case c.Status == "planned" && t.Head >= 0 && t.Is("xcomp") && doc.Tokens[t.Head].Lemma == "decide":
		return "actual"
	case c.Type == "AID" && c.Status == "planned" && announced(doc, c.Token):
		return "actual" // the giver who announces aid gives it
	case c.Status == "possible" && would(doc, c.Token):
		return "planned"
	}
	return c.Status
}

// announced: a noun that is what somebody announces, or hangs on that.
func announced(doc *document.Document, i int) bool {
	for n := 0; n < 3 && i >= 0 && doc.Tokens[i].UPOS != "VERB"; n++ {
		i = doc.Tokens[i].Head
	}
	return i >= 0 && doc.Tokens[i].Lemma == "announce"
}

func infinitive(doc *document.Document, i int) bool {
	return slices.ContainsFunc(doc.Children(i), func(c int32) bool { return doc.Tokens[c].Is("mark") && doc.Tokens[c].UPOS == "PART" })
}

// would says whether "would" stands with a verb or with the verb that governs a noun.
func would(doc *document.Document, i int) bool {
	if t := &doc.Tokens[i]; t.UPOS == "NOUN" && t.Head >= 0 {
		i = t.Head
	}
	return has(doc, i, "would")
}

// has says whether one of these auxiliaries stands with a verb.
func has(doc *document.Document, i int, aux ...string) bool {
	return slices.ContainsFunc(doc.Children(i), func(c int32) bool { return doc.Tokens[c].Is("aux") && slices.Contains(aux, doc.Tokens[c].Lemma) })
}

// turned is the type of an event that has not taken place.
func turned(kind, status string) string {
	hostile := slices.Contains([]string{"ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "PROTEST", "THREATEN"}, kind)
	speech := slices.Contains([]string{"AGREE", "REQUEST", "REJECT", "ACCUSE", "THREATEN"}, kind)
	switch status {
	case "denied":
		if !hostile || speech {
			return "REJECT"
		}
	case "threatened":
		return "THREATEN"
	case "planned", "pledged":
		if hostile && !(kind == "MOBILIZE" && status == "pledged") { // troops that are promised are promised to somebody
			return "THREATEN"
		}
		if !speech {
			return "AGREE"
		}
	case "requested":
		if !speech {
			return "REQUEST"
		}
	}
	return kind
}

func fits(doc *document.Document, phrases []read.Phrase, marked []document.Span) int {
	for _, p := range phrases {
		span := doc.TokenSpan(p.First, p.End)
		for _, m := range marked {
			if m.Overlaps(span) {
				return 1
			}
		}
	}
	return 0
}

// distance is how far a word stands from the heads of the two marked phrases, up and down the tree, with steps below the lowest clause
// that holds both counting double.
func distance(doc *document.Document, tok int, gold *GoldEvent) float64 {
	d := 0.0
	for _, spans := range [][]document.Span{gold.Source, gold.Target} {
		near := 12.0
		for _, s := range spans {
			first, end := doc.TokensIn(s)
			for i := first; i < end; i++ {
				near = min(near, float64(steps(doc, tok, i)))
			}
		}
		if len(spans) > 0 {
			d += near
		}
	}
	return d/2 + float64(depth(doc, tok))/4
}

// steps is the length of the way between two tokens in a tree.
func steps(doc *document.Document, a, b int) int {
	up := map[int]int{}
	for i, n := a, 0; i >= 0 && n < 40; i, n = doc.Tokens[i].Head, n+1 {
		up[i] = n
	}
	for i, n := b, 0; i >= 0 && n < 40; i, n = doc.Tokens[i].Head, n+1 {
		if k, ok := up[i]; ok {
			return k + n
		}
	}
	return 12
}

func depth(doc *document.Document, i int) int {
	n := 0
	for ; i >= 0 && n < 40; i = doc.Tokens[i].Head {
		n++
	}
	return n
}
