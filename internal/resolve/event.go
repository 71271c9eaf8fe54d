package resolve

import (
	"slices"

	"parley/internal/document"
	"parley/internal/read"
	"parley/internal/record"
)

// eventDraft is an event with its actors.
type eventDraft struct{ actors, recipients []*actor }

func (w *work) draftEvents(d *drafts) {
	for i := range w.in.Events {
		ev := &w.in.Events[i]
		recipients := ev.Recipients
		if ev.Type == "ASSAULT" { // a capital that is attacked is the city
			recipients = slices.DeleteFunc(slices.Clone(recipients), func(p read.Phrase) bool { return w.capital(p.Head) })
		}
		e := eventDraft{w.doers(ev.Actors), w.actorsOfAll(recipients)}
		if slices.Equal(e.actors, e.recipients) {
			e.recipients = nil // both phrases mean the same: nobody is known to act on themselves
		}
		d.events = append(d.events, e)
	}
}

// doers are the actors of an event; what is done or sent stands for the country it is said to be of ("Israeli
// airstrikes killed …").
func (w *work) doers(ps []read.Phrase) []*actor {
	out := w.actorsOfAll(ps)
	for _, p := range ps {
		if p.Head < 0 || p.Head >= len(w.doc.Tokens) || !w.t.words["deed"][w.lemma(p.Head)] {
			continue
		}
		iso3, org := w.owner(w.phraseAt(p.Head), p.Head)
		var a *actor
		switch {
		case org != nil:
			a = w.orgActor(org)
		case iso3 != "":
			a = w.stateActor(iso3)
		default:
			continue
		}
		a.mention(w.ownerSpan(w.phraseAt(p.Head)), true)
		out = addActor(out, a)
	}
	return out
}

// ownerSpan is where a phrase names its country or organisation, or else the phrase.
func (w *work) ownerSpan(p phrase) document.Span {
	for at := w.skipDet(p.first); at < p.head; at++ {
		if stop, _, ok := w.longestStarting(at, p.head); ok {
			return w.doc.TokenSpan(at, stop)
		}
	}
	return w.doc.TokenSpan(p.first, p.end)
}

// capital says whether a phrase is the bare name of a capital.
func (w *work) capital(head int) bool {
	if head < 0 || head >= len(w.doc.Tokens) {
		return false
	}
	p := w.phraseAt(head)
	found := w.senses(w.skipDet(p.first), p.end)
	_, is := pick(found, senseCapital)
	_, other := pick(found, senseCountry, senseOrg)
	return is && !other
}

func (w *work) writeEvents(d *drafts) []record.Event {
	out := []record.Event{}
	w.eventOf = make([]record.ID, len(w.in.Events))
	for i := range w.in.Events {
		ev := &w.in.Events[i]
		span := hull(ev.Span, ev.Trigger)
		words := w.words(span)
		id := record.ID("e" + itoa(len(out)+1))
		w.eventOf[i] = id
		r := record.Event{ID: id, Type: ev.Type, Mode: ev.Mode, Context: []string{}, CAMEO: ev.CAMEO, Actors: w.idsOf(d.events[i].actors),
			Recipients: w.idsOf(d.events[i].recipients), Trigger: w.words(ev.Trigger), Span: words.Span, Text: words.Text, Status: ev.Status,
			When: w.time(ev.When), Where: placeIDs(w.placesOf(ev.Where)), AssertedBy: w.statementID(ev.Assertion), Confidence: ev.Confidence, Why: ev.Why}
		r.Context = append(r.Context, ev.Context...)
		out = append(out, r)
	}
	return out
}

// commitmentDraft is a commitment with its actors.
type commitmentDraft struct {
	by, to []*actor
	void   bool // said by somebody who does not speak for them
}

func (w *work) draftCommitments(d *drafts) {
	for i := range w.in.Commitments {
		c := &w.in.Commitments[i]
		by := w.actorsOfAll(c.By)
		if len(by) == 0 && c.MadeIn >= 0 {
			by = w.speaker(c.MadeIn)
		}
		d.commitments = append(d.commitments, commitmentDraft{by, w.actorsOfAll(c.To), c.ByOther && !w.speaksFor(w.speaker(c.MadeIn), by)})
	}
}

// speaksFor says whether one of the speakers can bind one of the others: an official or office of a state binds the
// state, its government and its forces; who belongs to a body binds the body.
func (w *work) speaksFor(speakers, others []*actor) bool {
	for _, s := range speakers {
		w.settle(s)
		official := s.kind == "government" || s.kind == "office" || s.kind == "armed_force"
		if best := bestHolding(s.roles); s.kind == "person" && best != nil && !best.former {
			official = best.role.sector == "GOV" || best.role.sector == "MIL"
		}
		for _, o := range others {
			ofState := o.kind == "state" || o.kind == "government" || o.kind == "armed_force"
			if s != o && (s.partOf == o || official && ofState && s.country != "" && s.country == o.country) {
				return true
			}
		}
	}
	return false
}

// deniedCommitment says whether the words that would make a commitment deny it.
func (w *work) deniedCommitment(att int) bool {
	return att >= 0 && att < len(w.in.Attributions) && w.in.Attributions[att].Act == "deny"
}

func (w *work) writeCommitments(d *drafts) []record.Commitment {
	out := []record.Commitment{}
	for i := range w.in.Commitments {
		c := &w.in.Commitments[i]
		if c.Action.Empty() || d.commitments[i].void || w.deniedCommitment(c.MadeIn) {
			continue
		}
		words := w.words(c.Action)
		r := record.Commitment{ID: record.ID("c" + itoa(len(out)+1)), By: w.idsOf(d.commitments[i].by), To: w.idsOf(d.commitments[i].to),
			Action: words.Text, Span: words.Span, Text: words.Text, Conditions: []record.Condition{}, Due: w.time(c.Due), State: "open",
			Confidence: c.Confidence, Why: c.Why}
		for _, k := range c.Conditions {
			s := w.words(k.Span)
			r.Conditions = append(r.Conditions, record.Condition{Kind: k.Kind, Text: s.Text, Span: s.Span})
		}
		switch {
		case c.MadeIn >= 0:
			r.MadeIn = w.statementID(c.MadeIn)
		case c.MadeInEvent >= 0 && c.MadeInEvent < len(w.eventOf):
			id := w.eventOf[c.MadeInEvent]
			r.MadeIn = &id
		}
		if c.MadeIn >= 0 {
			w.commitmentOf[c.MadeIn] = r.ID
		}
		out = append(out, r)
	}
	return out
}

// conflictDraft is a stated conflict with whoever states it.
type conflictDraft struct{ by []*actor }

func (w *work) draftConflicts(d *drafts) {
	for i := range w.in.Conflicts {
		c := &w.in.Conflicts[i]
		by := w.actorsOfAll(c.By)
		if len(by) == 0 && c.Assertion >= 0 {
			by = w.speaker(c.Assertion)
		}
		d.conflicts = append(d.conflicts, conflictDraft{by})
	}
}

// writeContradictions writes the conflicts that somebody in the text states, where both sides are in the record,
// and marks the commitments they touch as disputed.
func (w *work) writeContradictions(rec *record.Record, d *drafts) []record.Contradiction {
	out := []record.Contradiction{}
	for i := range w.in.Conflicts {
		c := &w.in.Conflicts[i]
		a, b := w.sideID(c.A.Attribution, c.A.Phrase.Head, c.A.Phrase.First < c.A.Phrase.End), w.sideID(c.B.Attribution, c.B.Phrase.Head, c.B.Phrase.First < c.B.Phrase.End)
		if a == "" || b == "" || a == b {
			continue
		}
		words := w.words(c.Span)
		out = append(out, record.Contradiction{ID: record.ID("x" + itoa(len(out)+1)), A: a, B: b, Basis: "stated", By: w.idsOf(d.conflicts[i].by),
			Reason: "stated in the text", Span: &words.Span, Text: words.Text, Confidence: 0.8, Why: c.Why})
		for k := range rec.Commitments {
			cm := &rec.Commitments[k]
			if cm.ID == a || cm.ID == b || cm.MadeIn != nil && (*cm.MadeIn == a || *cm.MadeIn == b) {
				cm.State = "disputed"
			}
		}
	}
	return out
}

// sideID is the item a side of a conflict means: the attribution's statement, or the statement or event
// whose words hold the phrase.
func (w *work) sideID(attribution, head int, phrase bool) record.ID {
	if attribution >= 0 && attribution < len(w.statementOf) {
		return w.statementOf[attribution]
	}
	if !phrase || head < 0 || head >= len(w.doc.Tokens) {
		return ""
	}
	at := w.doc.Tokens[head].Span
	best, size := record.ID(""), len(w.doc.Text)+1
	for i := range w.in.Attributions {
		att := &w.in.Attributions[i]
		if w.statementOf[i] == "" {
			continue
		}
		if att.CueHead == head || !att.Cue.Empty() && att.Cue.Contains(at) {
			return w.statementOf[i]
		}
	}
	for i := range w.in.Events {
		ev := &w.in.Events[i]
		if ev.TriggerTok == head {
			return w.eventOf[i]
		}
		if s := ev.Span; s.Contains(at) && s.Len() < size {
			best, size = w.eventOf[i], s.Len()
		}
	}
	_ = document.Span{}
	return best
}
