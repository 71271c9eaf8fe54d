package reconcile

import (
	"strings"
	"unicode"

	"parley/internal/record"
)

// claims are the sentences of what somebody says, each with who says it.
func (f *framer) claims(s *record.Statement) []*frame {
	var out []*frame
	for _, c := range s.Content {
		for _, piece := range sentences(c) {
			fr := &frame{id: s.ID, kind: claimFrame, text: strings.TrimSpace(piece.Text), act: s.Act, sure: s.Confidence,
				by: f.voiceOf(s.Source), via: f.relay(s), when: f.timeIn(piece.Span)}
			f.fill(fr, piece.Span)
			fr.about = merge(fr.about, fr.by.ids)
			if s.Cue != nil {
				fr.cue = s.Cue.Text
			}
			fr.mood = moodOf(piece.Text)
			if s.Act == "deny" {
				fr.mood.denied = !fr.mood.denied
			}
			if len(fr.terms) > 0 {
				out = append(out, fr)
			}
		}
	}
	return out
}

// event is the frame of an event and, where the article tells it in its own voice, a claim of that voice.
func (f *framer) event(e *record.Event) []*frame {
	fr := &frame{id: e.ID, kind: eventFrame, text: e.Text, act: e.Type, verb: stem(strings.ToLower(e.Trigger.Text)), status: e.Status, sure: e.Confidence,
		who: f.voiceOf(e.Actors), when: whenOf(e.When), mood: moodOf(e.Text)}
	fr.by, fr.via = f.says(e.AssertedBy)
	if e.AssertedBy != nil && f.statements[*e.AssertedBy] != nil {
		fr.said = f.statements[*e.AssertedBy].Act
	}
	f.fill(fr, e.Span)
	for _, id := range e.Where {
		fr.places = mergeStrings(fr.places, []string{f.places[id]})
	}
	whom := f.voiceOf(e.Recipients)
	fr.whom = whom.ids
	fr.about = merge(merge(fr.about, fr.who.ids), fr.whom)
	out := []*frame{fr}
	if e.AssertedBy == nil && (e.Status == "actual" || e.Status == "ongoing") && !fr.mood.denied {
		own := *fr
		own.kind, own.act = claimFrame, "report"
		out = append(out, &own)
	}
	return out
}

func (f *framer) commitment(c *record.Commitment) *frame {
	fr := &frame{id: c.ID, kind: promiseFrame, text: c.Text, status: c.State, sure: c.Confidence, who: f.voiceOf(c.By), when: whenOf(c.Due), promise: c}
	fr.by, fr.via = f.says(c.MadeIn)
	f.fill(fr, c.Span)
	fr.about = merge(merge(fr.about, fr.who.ids), f.voiceOf(c.To).ids)
	first, _, _ := strings.Cut(strings.TrimSpace(strings.ToLower(c.Action)), " ")
	fr.verb = stem(first)
	// The condition has terms of its own: they tell when the promise falls due, not what it is.
	for _, cond := range c.Conditions {
		for t := range f.matter.terms(cond.Text) {
			if !f.matter.terms(strings.Replace(c.Action, cond.Text, "", 1))[t] {
				delete(fr.set, t)
			}
		}
	}
	fr.terms = keepTerms(fr.terms, fr.set)
	return fr
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
	fr := &frame{id: g.ID, kind: figureFrame, text: f.sentence(g.Span), figure: g, when: whenOf(g.When), sure: 0.8}
	givers := f.givers(g)
	fr.by, fr.via = f.voiceOf(givers), voice{name: f.art.publisher}
	if len(givers) == 0 {
		fr.by.name = f.art.publisher
	}
	f.fill(fr, f.sentenceSpan(g.Span))
	fr.names = f.namesIn(f.sentenceSpan(g.Span))
	for _, id := range g.Where {
		fr.places = mergeStrings(fr.places, []string{f.places[id]})
	}
	return fr
}

// sentenceSpan is the sentence around a span, found by its ends: good enough to look for words beside it.
func (f *framer) sentenceSpan(span record.Span) record.Span {
	const most = 400
	from, to := span[0], span[1]
	for from > 0 && span[0]-from < most && !sentenceEnd(f.runes, from-1) {
		from--
	}
	for to < len(f.runes) && to-span[1] < most && !sentenceEnd(f.runes, to) {
		to++
	}
	return record.Span{from, min(to, len(f.runes))}
}

// sentenceEnd says whether a sentence ends with the rune at i: a stop before a space, or the end of a line.
func sentenceEnd(text []rune, i int) bool {
	if text[i] == '\n' {
		return true
	}
	if text[i] != '.' && text[i] != '!' && text[i] != '?' || i+1 < len(text) && !unicode.IsSpace(text[i+1]) {
		return false
	}
	return i < 2 || text[i] != '.' || !(unicode.IsUpper(text[i-1]) && !unicode.IsLetter(text[i-2])) // not after an initial
}

func (f *framer) sentence(span record.Span) string { return f.slice(f.sentenceSpan(span)) }

func (f *framer) slice(in record.Span) string {
	from, to := max(0, in[0]), min(len(f.runes), in[1])
	if from >= to {
		return ""
	}
	return strings.TrimSpace(string(f.runes[from:to]))
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
