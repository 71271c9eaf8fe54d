package reconcile

import (
	"slices"
	"strings"

	"parley/internal/record"
)

// claims are the sentences of what somebody says, each with who says it.
func (f *framer) claims(s *record.Statement) []*frame {
	var out []*frame
	for _, c := range s.Content {
		for _, piece := range sentences(c) {
			fr := &frame{id: s.ID, kind: claimFrame, text: strings.TrimSpace(piece.Text), act: s.Act, sure: s.Confidence,
				by: f.speaker(s), via: f.relay(s), when: f.timeIn(piece.Span)}
			f.fill(fr, piece.Span)
			fr.spoken = slices.Clone(fr.about)
			fr.about = merge(fr.about, fr.by.ids)
			if s.Cue != nil {
				fr.cue = s.Cue.Text
			}
			fr.mood = moodOf(piece.Text)
			f.layOut(fr, piece.Span)
			if s.Act == "deny" || fr.plainly {
				fr.mood.denied = !fr.mood.denied
			}
			if len(fr.terms) > 0 {
				out = append(out, fr)
			}
		}
	}
	return out
}

// speaker is the voice of a statement. Some of a group speak for nobody but themselves: "26 percent of voters".
func (f *framer) speaker(s *record.Statement) voice {
	v := f.voiceOf(s.Source)
	if s.SourceMention != nil {
		for _, w := range words(s.SourceMention.Text) {
			v.part = v.part || isWord("portion", w) || w[0] >= '0' && w[0] <= '9'
		}
	}
	return v
}

// event is the frame of an event and, where the article tells it in its own voice, a claim of that voice.
func (f *framer) event(e *record.Event) []*frame {
	fr := &frame{id: e.ID, kind: eventFrame, text: e.Text, act: e.Type, verb: verbStem(strings.ToLower(e.Trigger.Text)), status: e.Status, sure: e.Confidence,
		who: f.voiceOf(e.Actors), when: whenOf(e.When), mood: moodOf(e.Text),
		doing: f.matter.term(strings.ToLower(e.Trigger.Text))}
	fr.by, fr.via = f.says(e.AssertedBy)
	if e.AssertedBy != nil && f.statements[*e.AssertedBy] != nil {
		fr.inside = *e.AssertedBy
		if s := f.statements[*e.AssertedBy]; s.Act != "deny" || s.Cue == nil || cueDoes(s.Cue.Text, "deny") { // "was not willing to" denies nothing
			fr.said = s.Act
		}
	}
	f.fill(fr, e.Span)
	for _, id := range e.Where {
		fr.places = mergeStrings(fr.places, []string{f.places[id]})
	}
	whom := f.voiceOf(e.Recipients)
	fr.whom = whom.ids
	fr.about = merge(merge(fr.about, fr.who.ids), fr.whom)
	out := []*frame{fr}
	if e.AssertedBy == nil && done(fr) && deed(e.Type) && len(e.Actors) > 0 && !fr.mood.denied {
		own := *fr
		own.kind, own.act, own.spoken = claimFrame, "report", fr.about
		f.layOut(&own, e.Span)
		out = append(out, &own)
	}
	return out
}

// deed says whether events of a type are done, not said: what somebody accuses or asks is told by statements.
func deed(eventType string) bool {
	switch eventType {
	case "ACCUSE", "REQUEST", "REJECT", "THREATEN", "SUPPORT", "CONSULT":
		return false
	}
	return true
}

func (f *framer) commitment(c *record.Commitment) *frame {
	fr := &frame{id: c.ID, kind: promiseFrame, text: c.Text, status: c.State, sure: c.Confidence, who: f.voiceOf(c.By), when: whenOf(c.Due), promise: c}
	fr.by, fr.via = f.says(c.MadeIn)
	f.fill(fr, f.beforeClause(c.Span))
	fr.whom = f.voiceOf(c.To).ids
	fr.spoken = f.thirds(fr)
	fr.about = merge(merge(fr.about, fr.who.ids), fr.whom)
	fr.mood = moodOf(c.Action)
	first, _, _ := strings.Cut(strings.TrimSpace(strings.ToLower(c.Action)), " ")
	fr.verb, fr.doing = verbStem(first), f.matter.term(first)
	// The condition has terms of its own: they tell when the promise falls due, not what it is.
	for _, cond := range c.Conditions {
		for t := range f.matter.terms(cond.Text) {
			if !f.matter.terms(strings.Replace(c.Action, cond.Text, "", 1))[t] {
				delete(fr.set, t)
			}
		}
	}
	// Nor does the day: it is in the due time.
	for t := range fr.set {
		if t[0] >= '0' && t[0] <= '9' || isWord("day", t) || isTerm("spot", t) {
			delete(fr.set, t)
		}
	}
	fr.terms = keepTerms(fr.terms, fr.set)
	return fr
}

// thirds are the actors that a promise names beside those who give and get it, and their own side.
func (f *framer) thirds(fr *frame) []record.ID {
	var out []record.ID
	for _, m := range f.marksIn(fr.span) {
		if v := f.actor[m.actor]; m.actor != "" && f.isName(m.span) && !v.together(fr.who) && !overlapIDs(v.ids, fr.whom) {
			out = merge(out, v.ids)
		}
	}
	return out
}

// beforeClause is a stretch without what describes somebody or something in it: "the soldiers who are held at the river".
func (f *framer) beforeClause(in record.Span) record.Span {
	list := f.wordsAt(in)
	for i, w := range list {
		if i > 1 && isWord("describing", w.bare) {
			return record.Span{in[0], w.at}
		}
	}
	return in
}

func keepTerms(list []string, set map[string]bool) []string {
	out := list[:0]
	for _, t := range list {
		if set[t] {
			out = append(out, t)
		}
	}
	return out
}

func (f *framer) contact(k *record.Contact) *frame {
	fr := &frame{id: k.ID, kind: contactFrame, text: k.Text, act: k.Kind, status: k.Status, sure: k.Confidence, who: f.voiceOf(k.Participants), when: whenOf(k.When)}
	fr.by, fr.via = f.says(k.AssertedBy)
	f.fill(fr, k.Span)
	fr.about, fr.places = fr.who.ids, nil
	for _, id := range k.Where {
		fr.places = mergeStrings(fr.places, []string{f.places[id]})
		if f.spot[id] {
			fr.spots = mergeStrings(fr.spots, []string{f.places[id]})
		}
	}
	return fr
}

// count is the frame of a figure: its matter is the sentence it stands in, its terms are what is counted.
func (f *framer) count(g *record.Figure) *frame {
	fr := &frame{id: g.ID, kind: figureFrame, text: f.slice(f.matterOf(g)), figure: g, when: whenOf(g.When), sure: 0.8}
	givers := f.givers(g)
	fr.by, fr.via = f.voiceOf(givers), voice{name: f.art.publisher}
	if len(givers) == 0 {
		fr.by.name = f.art.publisher
	}
	f.fill(fr, f.matterOf(g))
	fr.beside = f.matter.around(g)
	for t := range fr.beside {
		if light(t) || isTerm("day", t) || f.matter.terms(g.Of)[t] {
			delete(fr.beside, t)
		}
	}
	fr.toll = f.matter.tollOf(g)
	fr.listed = f.matter.listed(sentenceAround(f.runes, g.Span), g)
	for _, id := range g.AssertedBy {
		if s := f.statements[id]; s != nil {
			fr.act = s.Act
		}
	}
	for _, id := range g.Where {
		fr.places = mergeStrings(fr.places, []string{f.places[id]})
		if f.spot[id] {
			fr.scenes = mergeStrings(fr.scenes, []string{f.places[id]})
		}
	}
	return fr
}

// matterOf is the sentence of a figure, without those who say it where that is told.
func (f *framer) matterOf(g *record.Figure) record.Span {
	for _, id := range g.AssertedBy {
		if s := f.statements[id]; s != nil {
			for _, c := range s.Content {
				for _, piece := range sentences(c) {
					if holds(piece.Span, g.Span) {
						return piece.Span
					}
				}
			}
		}
	}
	return sentenceAround(f.runes, g.Span)
}

func (f *framer) slice(in record.Span) string {
	in = f.within(in)
	return strings.TrimSpace(string(f.runes[in[0]:in[1]]))
}

// timeIn is the time of the events that stand in a stretch of the text, if all have one.
func (f *framer) timeIn(in record.Span) interval {
	var out interval
	for i := range f.rec.Events {
		e := &f.rec.Events[i]
		if e.Span[0] >= in[0] && e.Span[1] <= in[1] && e.When != nil {
			w := whenOf(e.When)
			if out.known() && w != out {
				return interval{}
			}
			out = w
		}
	}
	return out
}
