package ceasefire

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"parley/internal/record"
)

// FromEntries takes observations from entries of an archive: figures that count violations and events of armed force.
// Read gives the record of an article, for who spoke and where. Entries that are retired, or that a person rejected, are
// passed over.
func FromEntries(entries []record.Entry, read func(article record.ID) (*record.Record, error)) ([]Observation, error) {
	wanted := map[record.ID][]record.Entry{}
	w := newWorld()
	for i := range entries {
		if e := &entries[i]; e.Retired == 0 && e.Verdict != "reject" && bears(e, w.counted) {
			wanted[e.Article] = append(wanted[e.Article], *e)
		}
	}
	articles := make([]record.ID, 0, len(wanted))
	for id := range wanted {
		articles = append(articles, id)
	}
	slices.Sort(articles)
	var out []Observation
	for _, id := range articles {
		rec, err := read(id)
		if err != nil {
			return nil, fmt.Errorf("reading the record of %s: %w", id, err)
		}
		for _, o := range observe(w, rec, wanted[id][0].Known.UTC().Format("2006-01-02")) {
			if slices.ContainsFunc(wanted[id], func(e record.Entry) bool { return e.ID == o.Ref.Entry }) {
				out = append(out, o)
			}
		}
	}
	return out, nil
}

// bears says whether an entry may be an observation, so that the records of all other articles need not be read.
func bears(e *record.Entry, counted []term) bool {
	switch e.Kind {
	case "event":
		return e.Label == "" || e.Label == "ASSAULT"
	case "figure":
		var f record.Figure
		return json.Unmarshal(e.Item, &f) != nil || lookup(counted, f.Unit+" "+f.Of) != nil
	}
	return false
}

// Queries ask an archive for the entries that FromEntries takes, those known from the agreement's start, or the start of its
// baseline, through a day; zero is no end. Pages and cursors are up to the caller.
func (a *Agreement) Queries(through Day) []record.Query {
	from := a.Start
	if b := a.Rule.Baseline.From; b != 0 {
		from = min(from, b)
	}
	event := record.Query{Kinds: []string{"event"}, Labels: []string{"ASSAULT"}, From: from.Time(), Oldest: true}
	if through != 0 {
		event.To = (through + maxLag).Time()
	}
	figure := event
	figure.Kinds, figure.Labels = []string{"figure"}, nil
	return []record.Query{event, figure}
}

// FromRecord takes all observations from one record. What it does not date at all, in the text or by publication, is left out.
func FromRecord(rec *record.Record) []Observation { return observe(newWorld(), rec, "") }

// reader is a record with its look-ups.
type reader struct {
	w          *world
	rec        *record.Record
	runes      []rune
	published  Day
	actors     map[record.ID]*record.Actor
	places     map[record.ID]*record.Place
	statements map[record.ID]*record.Statement
	recorder   Observation // observer of the last figure that a verb of seeing or recording names
	head       heading     // what the last figure's sentence says of time
}

// heading is the time that one sentence gives to its figures.
type heading struct {
	sentence string
	when     *record.Time
	window   Window // of the last figure that is not of an earlier period
	dated    string // of that figure
}

func newReader(w *world, rec *record.Record, known string) *reader {
	r := &reader{
		w: w, rec: rec, runes: []rune(rec.Document.Text), actors: map[record.ID]*record.Actor{},
		places: map[record.ID]*record.Place{}, statements: map[record.ID]*record.Statement{},
	}
	r.published, _ = ParseDay(cmp.Or(rec.Document.Published, known))
	for i := range rec.Actors {
		r.actors[rec.Actors[i].ID] = &rec.Actors[i]
	}
	for i := range rec.Places {
		r.places[rec.Places[i].ID] = &rec.Places[i]
	}
	for i := range rec.Statements {
		r.statements[rec.Statements[i].ID] = &rec.Statements[i]
	}
	return r
}

func observe(w *world, rec *record.Record, known string) []Observation {
	r := newReader(w, rec, known)
	var out []Observation
	keep := func(o *Observation) {
		if o != nil && o.Window.Start != 0 {
			o.seal()
			out = append(out, *o)
		}
	}
	for i := range rec.Figures {
		o := r.figure(&rec.Figures[i])
		if o == nil {
			continue
		}
		places := [][]record.ID{rec.Figures[i].Where}
		if o.Count.Value == 0 && len(rec.Figures[i].Where) > 1 { // none in both: none in each
			places = nil
			for _, p := range rec.Figures[i].Where {
				places = append(places, []record.ID{p})
			}
		}
		for _, where := range places {
			each := *o
			each.Place = r.place(where)
			keep(&each)
		}
	}
	for i := range rec.Events {
		keep(r.event(&rec.Events[i]))
	}
	return out
}

// figure is the observation of a figure that counts violations, or nil.
func (r *reader) figure(f *record.Figure) *Observation {
	of := f.Unit + " " + f.Of
	t := lookup(r.w.counted, of)
	if t == nil || f.Value < 0 {
		return nil
	}
	o := &Observation{
		Says: Reported, What: t.meaning, Counting: Total, Count: Count{Value: f.Value, High: f.High, Bound: cmp.Or(f.Bound, "exactly")},
		Weapon: r.w.weapon(of), Ref: r.ref(f.ID, f.Text),
	}
	if strings.Contains(spaced(of), " undetermined ") {
		o.Count.Qualifier = "undetermined"
	}
	before, sentence := r.sentence(f.Span)
	o.Ref.Text = cmp.Or(clean(sentence), o.Ref.Text)
	r.speaker(o, f.AssertedBy, before, f.Span)
	when := f.When
	if when == nil && sentence != "" && sentence == r.head.sentence {
		when = r.head.when // "on Sunday it recorded 3 here and 5 there"
	}
	r.date(o, when, sentence)
	r.head.sentence, r.head.when = sentence, when
	return o
}

// event is the observation of an act of armed force, or of its denial, or nil.
func (r *reader) event(e *record.Event) *Observation {
	t := r.assault(e)
	if t == nil || !slices.Contains([]string{"actual", "ongoing", "denied"}, e.Status) {
		return nil
	}
	o := &Observation{
		Says: Reported, What: t.meaning, Counting: Total, Count: Count{Value: 1, Bound: "at_least"},
		Weapon: cmp.Or(t.also, r.w.weapon(e.Trigger.Text), r.w.weapon(e.Mode)), Place: r.place(e.Where), Ref: r.ref(e.ID, e.Text),
	}
	if e.Status == "denied" {
		o.Says = Denied
	}
	for _, id := range e.Actors {
		o.Actors = append(o.Actors, r.name(id))
	}
	var by []record.ID
	if e.AssertedBy != nil {
		by = append(by, *e.AssertedBy)
	}
	before, sentence := r.sentence(e.Span)
	r.speaker(o, by, before, e.Span)
	r.date(o, e.When, sentence)
	return o
}

// assault is the line of the table that an event fits.
func (r *reader) assault(e *record.Event) *term {
	if e.Type != "ASSAULT" {
		return nil
	}
	for _, key := range []string{e.CAMEO, e.Mode} {
		for i := range r.w.assaults {
			if key != "" && slices.Contains(r.w.assaults[i].words, key) {
				return &r.w.assaults[i]
			}
		}
	}
	return nil
}

func (r *reader) ref(id record.ID, text string) Ref {
	return Ref{Kind: "entry", Entry: id, Article: record.ID(r.rec.Document.ID), URL: clean(r.rec.Document.URL), Text: clean(text)}
}

func (r *reader) name(id record.ID) string {
	if a := r.actors[id]; a != nil {
		return clean(a.Name)
	}
	return string(id)
}

// speaker sets who observed, and by what means: whoever the statement's source is; else the actor that the sentence says
// heard, saw or recorded it; else the publisher, in its own voice.
func (r *reader) speaker(o *Observation, by []record.ID, before string, span record.Span) {
	o.Means = "unknown"
	if t := lookup(r.w.means, before); t != nil {
		o.Means = t.meaning
	}
	for _, id := range by {
		if s := r.statements[id]; s != nil {
			r.says(o, s)
			return
		}
		if a := r.actors[id]; a != nil {
			o.call(a)
			return
		}
	}
	if o.Means != "unknown" {
		if a := r.nearest(span[0], len([]rune(before))); a != nil {
			o.call(a)
		} else if name := subject(before, r.w.means); name != "" {
			o.Observer = name
		} else {
			o.Observer, o.Also = r.recorder.Observer, r.recorder.Also // "it recorded"
		}
		if r.recorder = *o; o.Observer != "" {
			return
		}
	}
	o.Observer = cmp.Or(clean(r.rec.Document.Publisher), "the article")
}

// says takes the observer from a statement.
func (r *reader) says(o *Observation, s *record.Statement) {
	if s.Act == "deny" {
		o.Says = Denied
	}
	if s.Cue != nil && o.Means == "unknown" {
		if t := lookup(r.w.means, s.Cue.Text); t != nil {
			o.Means = t.meaning
		}
	}
	for _, id := range s.Source {
		if a := r.actors[id]; a != nil {
			o.call(a)
			return
		}
	}
	o.Observer = "somebody unnamed"
	if s.SourceMention != nil {
		o.Observer = cmp.Or(clean(s.SourceMention.Text), o.Observer)
	}
}

func (o *Observation) call(a *record.Actor) {
	o.Observer = clean(a.Name)
	for _, alias := range a.Aliases {
		if alias = clean(alias); alias != "" && alias != o.Observer {
			o.Also = append(o.Also, alias)
		}
	}
}

// nearest is the actor named last in the stretch before a place in the text.
func (r *reader) nearest(at, stretch int) *record.Actor {
	var best *record.Actor
	end := at - stretch - 1
	for i := range r.rec.Actors {
		for _, m := range r.rec.Actors[i].Mentions {
			if m[0] >= at-stretch && m[1] <= at && m[1] > end {
				best, end = &r.rec.Actors[i], m[1]
			}
		}
	}
	return best
}

// subject is the name right before the verb of recording in a stretch of a sentence, without its article: "The JMM
// recorded". A pronoun is none.
func subject(before string, means []term) string {
	words := strings.Fields(before)
	for i, w := range words {
		if lookup(means, w) == nil {
			continue
		}
		start := i
		for start > 0 && i-start < 6 && !strings.HasSuffix(words[start-1], ",") && !slices.Contains([]string{"—", "–", "-", "--"}, words[start-1]) { // a dash ends a dateline
			start--
		}
		name := clean(strings.Join(words[start:i], " "))
		name = strings.TrimPrefix(strings.TrimPrefix(name, "The "), "the ")
		if strings.ToLower(name) != name && !slices.Contains([]string{"It", "They", "We", "He", "She"}, name) {
			return name
		}
		return ""
	}
	return ""
}

// sentence is the text of the sentence around a span, and its part before the span.
func (r *reader) sentence(span record.Span) (before, whole string) {
	if span[0] < 0 || span[1] > len(r.runes) || span[0] > span[1] {
		return "", ""
	}
	start, end := span[0], span[1]
	for start > 0 && span[0]-start < maxText && !r.stop(start-1) {
		start--
	}
	for end < len(r.runes) && end-span[1] < maxText && !r.stop(end) {
		end++
	}
	return strings.TrimSpace(string(r.runes[start:span[0]])), strings.TrimSpace(string(r.runes[start:min(end+1, len(r.runes))]))
}

// stop says whether a sentence ends with the character: a line end, or a full stop before space.
func (r *reader) stop(i int) bool {
	switch r.runes[i] {
	case '\n', '?', '!':
		return true
	case '.':
		return i+1 == len(r.runes) || r.runes[i+1] == ' ' || r.runes[i+1] == '\n'
	}
	return false
}

// place is where, with how precise its kind is. Several places are named together, without a point.
func (r *reader) place(ids []record.ID) Place {
	var names []string
	for _, id := range ids {
		if p := r.places[id]; p != nil {
			names = append(names, clean(p.Name))
		}
	}
	if len(names) > 1 {
		return Place{Name: strings.Join(names, ", "), Precision: "region"}
	}
	for _, id := range ids {
		p := r.places[id]
		if p == nil {
			continue
		}
		out := Place{Name: clean(p.Name), Precision: "unknown", Lat: p.Lat, Lon: p.Lon}
		if p.Lat == nil || p.Lon == nil {
			out.Lat, out.Lon = nil, nil
		}
		switch p.Kind {
		case "site":
			out.Precision = "point"
		case "city":
			out.Precision = "settlement"
		case "region", "feature":
			out.Precision = "region"
		case "country":
			out.Precision = "country"
		}
		return out
	}
	return Place{Precision: "unknown"}
}

// date sets the window: what the text says, or the day of publication, or the one before where the sentence speaks of an
// earlier period.
func (r *reader) date(o *Observation, when *record.Time, sentence string) {
	if when != nil {
		var start, end Day
		if when.Start != nil {
			start, _ = ParseDay(*when.Start)
		}
		if when.End != nil {
			end, _ = ParseDay(*when.End)
		}
		start, end = cmp.Or(start, end), cmp.Or(end, start)
		if start != 0 && start <= end {
			o.Window, o.Dated = Window{start, end + 1}, "stated"
			r.head.window, r.head.dated = o.Window, o.Dated
			return
		}
	}
	day := r.published
	if day == 0 {
		return
	}
	o.Dated = "publication"
	if lookup(r.w.earlier, sentence) == nil {
		o.Window = Window{day, day + 1}
		r.head.window, r.head.dated = o.Window, o.Dated
		return
	}
	if of := r.head.window.Start; of != 0 {
		day, o.Dated = of, r.head.dated // before the period of the figures before, which may be older than the article
	}
	o.Window = Window{day - 1, day}
}
