package reconcile

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"parley/internal/record"
)

type frameKind byte

const (
	claimFrame   frameKind = 's' // one sentence of what somebody says, or of an event that an article tells itself
	eventFrame   frameKind = 'e'
	contactFrame frameKind = 'k'
	figureFrame  frameKind = 'f'
	promiseFrame frameKind = 'c'
)

// frame is an entry, or one sentence of one, brought to slots that can be compared across articles.
type frame struct {
	id      record.ID
	kind    frameKind
	art     *told
	span    record.Span
	text    string
	by      voice       // who says it
	via     voice       // who relays that; the article when nobody does
	who     voice       // who does it: actors of an event, participants of a contact, giver of a promise
	whom    []record.ID // recipients
	about   []record.ID // identities spoken of, speakers and actors among them
	spoken  []record.ID // of a claim: identities its own words speak of; of a promise: those beside its sides
	heads   []head      // of a claim: who is named in it, in order
	sides   []string    // states whose officials are spoken of
	act     string      // act of a statement, type of an event, kind of a contact
	cue     string      // words that tell that somebody says it
	said    string      // act of the statement that asserts an event
	verb    string      // stem of the word an event turns on, or of an action's first word
	status  string
	terms   []string // of its matter, names left out
	set     map[string]bool
	at      map[string]int  // where the terms of a claim stand first
	denies  []string        // terms of what a claim says is not so
	reach   int             // where that begins
	plainly bool            // it says so in so many words: denied, rejected the claim that
	unmeant bool            // what it says is not so is a plan
	acts    []act           // words of a claim that have opposites, in order
	lacks   bool            // a word of a claim turns something round without a "not"
	doers   []string        // terms that name who does, not what is done: voters
	meant   []string        // terms that a claim tells as asked or meant, not as done: "required to leave"
	places  []string        // names, lower case
	spots   []string        // of a contact: the towns and buildings among them
	names   map[string]bool // words with capitals
	others  map[string]bool // those of them that belong to no actor: places, mostly
	called  map[string]bool // of a claim: their terms
	dates   map[string]bool // days and months named in it
	values  map[string]bool // numbers given in it
	inside  record.ID       // statement that asserts an event
	when    interval
	mood    mood
	figure  *record.Figure
	listed  bool            // of a figure: its sentence gives the same of several
	beside  map[string]bool // of a figure: terms close to it that are not what is counted
	toll    toll            // of a figure: what befell those it counts
	scenes  []string        // of a figure: the towns and buildings where it counts
	bears   []act           // of a claim: words by which news bears on promises
	doing   string          // term of what verb is the stem of
	promise *record.Commitment
	sure    float64
}

// told is the article a frame stands in.
type told struct {
	id        record.ID
	known     time.Time
	publisher string          // what it is called by; its title where nobody is named
	paper     string          // its publisher, empty where that is unknown
	topics    []record.ID     // identities it names most
	undated   bool            // it does not say when it was published
	texts     map[string]bool // what its frames say
}

// mostTopics is how many of the actors that an article names most it is taken to be about.
const mostTopics = 3

// voice is who says or does a thing, as identities, and the states they are officials of.
type voice struct {
	ids   []record.ID
	sides []string
	name  string
	part  bool // only some of a group
	human bool // nobody but people
}

// known says whether anybody across articles is meant.
func (v voice) known() bool { return len(v.ids) > 0 || len(v.sides) > 0 }

// one says whether two voices are the same person or body.
func (v voice) one(o voice) bool { return overlapIDs(v.ids, o.ids) }

// together says whether two voices are one or speak for one state.
func (v voice) together(o voice) bool { return v.one(o) || overlapStrings(v.sides, o.sides) }

// acts says whether what one voice does can be the doing of another: both are one, or for one of them a state is spoken
// of. Two people of one state are two.
func (v voice) acts(o voice) bool {
	if v.human && o.human && len(v.ids) > 0 && len(o.ids) > 0 {
		return v.one(o)
	}
	return v.together(o)
}

func overlapStrings(a, b []string) bool {
	for _, s := range a {
		if slices.Contains(b, s) {
			return true
		}
	}
	return false
}

// framer makes the frames of one record.
type framer struct {
	*matter
	x      *Across
	art    *told
	actor  map[record.ID]voice // by actor of the record
	marks  []mark              // where actors and places are named, in order
	places map[record.ID]string
	spot   map[record.ID]bool // towns and buildings
}

// mark is one mention of an actor or a place.
type mark struct {
	span  record.Span
	actor record.ID
	place string
}

func (x *Across) framesOf(a *record.Article, rec *record.Record) []*frame {
	f := &framer{matter: newMatter(rec), x: x, art: &told{id: record.ID(a.ID), known: a.Known, publisher: cmp.Or(a.Publisher, a.Title, "the article"), paper: a.Publisher, undated: a.Published == "", texts: map[string]bool{}},
		actor: map[record.ID]voice{}, places: map[record.ID]string{}, spot: map[record.ID]bool{}}
	f.readMarks()
	var out []*frame
	for i := range rec.Statements {
		out = append(out, f.claims(&rec.Statements[i])...)
	}
	for i := range rec.Events {
		out = append(out, f.event(&rec.Events[i])...)
	}
	for i := range rec.Commitments {
		out = append(out, f.commitment(&rec.Commitments[i]))
	}
	for i := range rec.Contacts {
		out = append(out, f.contact(&rec.Contacts[i]))
	}
	for i := range rec.Figures {
		out = append(out, f.count(&rec.Figures[i]))
	}
	for _, fr := range out {
		if len(fr.terms) > 3 { // few words are often the same without being copied
			f.art.texts[fr.text] = true
		}
	}
	return out
}

func (f *framer) readMarks() {
	for i := range f.rec.Actors {
		a := &f.rec.Actors[i]
		v := voice{name: a.Name, human: a.Kind == "person"}
		if id := f.x.opt.Identity(a.ID); id != "" {
			v.ids = []record.ID{id}
		}
		if official(a) && a.Country != "" {
			v.sides = []string{a.Country}
		}
		f.actor[a.ID] = v
		for _, span := range a.Mentions {
			f.marks = append(f.marks, mark{span: span, actor: a.ID})
		}
	}
	for i := range f.rec.Places {
		p := &f.rec.Places[i]
		f.places[p.ID] = strings.ToLower(p.Name)
		f.spot[p.ID] = p.Kind == "city" || p.Kind == "site"
		for _, span := range p.Mentions {
			f.marks = append(f.marks, mark{span: span, place: f.places[p.ID]})
		}
	}
	f.readTopics()
	slices.SortStableFunc(f.marks, func(p, q mark) int { return cmp.Compare(p.span[0], q.span[0]) })
}

// readTopics finds whom the article is about.
func (f *framer) readTopics() {
	order := make([]int, len(f.rec.Actors))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(len(f.rec.Actors[j].Mentions), len(f.rec.Actors[i].Mentions)) })
	for _, i := range order[:min(len(order), mostTopics)] {
		f.art.topics = merge(f.art.topics, f.actor[f.rec.Actors[i].ID].ids)
	}
}

// voiceOf joins actors of the record to one voice.
func (f *framer) voiceOf(ids []record.ID) voice {
	v := voice{human: len(ids) > 0}
	for _, id := range ids {
		a := f.actor[id]
		v.human = v.human && a.human
		v.ids = append(v.ids, a.ids...)
		v.sides = append(v.sides, a.sides...)
	}
	v.name = f.names(ids)
	return v
}

// says is the voice behind an entry that a statement asserts, and who relays it; the article itself for none.
func (f *framer) says(by *record.ID) (speaker, via voice) {
	own := voice{name: f.art.publisher}
	if by == nil || f.statements[*by] == nil {
		return own, own
	}
	s := f.statements[*by]
	return f.voiceOf(s.Source), f.relay(s)
}

func (f *framer) relay(s *record.Statement) voice {
	if s.ReportedIn != nil && f.statements[*s.ReportedIn] != nil {
		return f.voiceOf(f.statements[*s.ReportedIn].Source)
	}
	if len(s.Via) > 0 {
		return f.voiceOf(s.Via[:1])
	}
	return voice{name: f.art.publisher}
}

// fill reads off a stretch of the text who and where it speaks of, and its terms.
func (f *framer) fill(fr *frame, in record.Span) {
	fr.span, fr.art = in, f.art
	var named []record.Span
	for _, m := range f.marksIn(in) {
		if f.isName(m.span) {
			named = append(named, m.span)
		}
		if m.actor != "" {
			v := f.actor[m.actor]
			fr.about, fr.sides = merge(fr.about, v.ids), mergeStrings(fr.sides, v.sides)
			h := head{ids: v.ids, at: m.span[0]}
			if !v.human && !f.behindPreposition(m.span) {
				h.sides = v.sides
			}
			fr.heads = append(fr.heads, h)
		} else {
			fr.places = mergeStrings(fr.places, []string{m.place})
		}
	}
	fr.names, fr.values = f.namesIn(in), f.valuesIn(in)
	fr.dates = datesIn(f.slice(in))
	fr.others = f.othersIn(in, fr.names)
	fr.setTerms(f.termList(in, named))
}

// behindPreposition says whether a preposition stands right before a mention: "from the army" does nothing.
func (f *framer) behindPreposition(span record.Span) bool {
	const most = 12 // code points: "against the "
	to := f.within(span)[0]
	before := words(string(f.runes[max(0, to-most):to]))
	if n := len(before); n > 0 && before[n-1] == "the" {
		before = before[:n-1]
	}
	return len(before) > 0 && isWord("beside", before[len(before)-1])
}

func (fr *frame) setTerms(list []string) {
	slices.SortStableFunc(list, func(a, b string) int { return cmp.Compare(boolInt(common(a)), boolInt(common(b))) })
	fr.terms, fr.set = list, map[string]bool{}
	for _, t := range list {
		fr.set[t] = true
	}
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func merge(into, more []record.ID) []record.ID {
	for _, id := range more {
		if !slices.Contains(into, id) {
			into = append(into, id)
		}
	}
	return into
}

func mergeStrings(into, more []string) []string {
	for _, s := range more {
		if s != "" && !slices.Contains(into, s) {
			into = append(into, s)
		}
	}
	return into
}

// whenOf is the time of an entry.
func whenOf(t *record.Time) interval {
	if t == nil {
		return interval{}
	}
	return interval{from: parseTime(t.Start, false), to: parseTime(t.End, true)}
}

// interval is a stretch of time; a zero end is open.
type interval struct{ from, to time.Time }

func (i interval) known() bool { return !i.from.IsZero() || !i.to.IsZero() }

// exact says whether it is a day or less.
func (i interval) exact() bool {
	return !i.from.IsZero() && !i.to.IsZero() && i.to.Sub(i.from) <= day
}

// meets says whether both can be of one time; what is unknown can be of any.
func (i interval) meets(o interval) bool {
	return (i.to.IsZero() || o.from.IsZero() || !i.to.Before(o.from)) && (o.to.IsZero() || i.from.IsZero() || !o.to.Before(i.from))
}

// parseTime reads an ISO 8601 date or instant; the end of a day when it closes an interval.
func parseTime(s *string, end bool) time.Time {
	if s == nil {
		return time.Time{}
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", "2006-01-02T15:04"} {
		if t, err := time.Parse(layout, *s); err == nil {
			return t
		}
	}
	t, err := time.Parse(time.DateOnly, *s)
	if err != nil {
		return time.Time{}
	}
	if end {
		t = t.Add(day - time.Second)
	}
	return t
}
