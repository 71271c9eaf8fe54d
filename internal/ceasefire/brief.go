package ceasefire

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// maxTold is how many claims of a day, and how many silent series, are told one by one.
const maxTold = 20

// briefing is a brief being written.
type briefing struct {
	rep  *Report
	day  Day
	byID map[string]*Observation
	out  []Sentence

	silent int   // series without a report for the day
	more   []Ref // of those that are not told one by one
}

// Brief is the brief of a day: the state and why, what each observer reported, what is missing, and what others claim.
// Every sentence names what it rests on. A day that was not judged gives none.
func (rep *Report) Brief(day Day) []Sentence {
	i := slices.IndexFunc(rep.Days, func(d DayState) bool { return d.Day == day })
	if i < 0 {
		return []Sentence{}
	}
	b := &briefing{rep: rep, day: day, byID: map[string]*Observation{}, out: []Sentence{}}
	for i := range rep.Observations {
		b.byID[rep.Observations[i].ID] = &rep.Observations[i]
	}
	b.state(&rep.Days[i])
	for j := range rep.Series {
		b.series(&rep.Series[j])
	}
	if b.silent > maxTold {
		b.say("missing", b.more, "No report for this day of %d more counts.", b.silent-maxTold)
	}
	b.unheard()
	b.claims()
	return b.out
}

func (b *briefing) say(kind string, refs []Ref, format string, args ...any) {
	b.out = append(b.out, Sentence{kind, fmt.Sprintf(format, args...), refs})
}

// agreement is a reference to the agreement itself.
func (b *briefing) agreement() []Ref {
	return []Ref{{Kind: "agreement", Key: b.rep.Agreement.ID, Text: b.rep.Agreement.Name}}
}

// refs are those of observations, each once.
func (b *briefing) refs(ids []string) []Ref {
	var out []Ref
	for _, id := range ids {
		if o := b.byID[id]; o != nil && !slices.Contains(out, o.Ref) {
			out = append(out, o.Ref)
		}
	}
	return out
}

func (b *briefing) state(d *DayState) {
	var all []Ref
	why := b.out
	for _, r := range d.Reasons {
		refs := b.refs(r.Observations)
		if r.Ref != nil {
			own := *r.Ref
			own.Key = b.rep.Agreement.ID
			refs = append(refs, own)
		}
		if len(refs) == 0 {
			refs = b.agreement()
		}
		why = append(why, Sentence{"why", upper(r.Text) + ".", refs})
		for _, ref := range refs {
			if !slices.Contains(all, ref) {
				all = append(all, ref)
			}
		}
	}
	since := ""
	if d.Since != d.Day {
		since = ", since " + d.Since.words()
	}
	b.say("state", all, "%s, %s: %s%s.", b.rep.Agreement.Name, d.Day.words(), d.State.Words(), since)
	b.out = append(b.out, why...)
}

// series tells what a series has for the day, or that it has nothing.
func (b *briefing) series(s *Series) {
	if len(s.Points) == 0 {
		return
	}
	at, found := slices.BinarySearchFunc(s.Points, b.day, func(r Reading, d Day) int { return int(r.Day - d) })
	if !found {
		near := &s.Points[min(at, len(s.Points)-1)]
		switch b.silent++; {
		case b.silent > maxTold:
			b.more = append(b.more, b.refs(near.Observations)...)
		case at > 0:
			last := &s.Points[at-1]
			b.say("missing", b.refs(last.Observations), "No report for this day of %s; the last was for %s.", s.title(), last.Day.words())
		default:
			b.say("missing", b.refs(near.Observations), "No report yet of %s; the first was for %s.", s.title(), near.Day.words())
		}
		return
	}
	r := &s.Points[at]
	b.say("report", b.refs(r.Observations), "%s.", b.reading(s, r))
}

// reading is what an observer gave for a day, in its own counts.
func (b *briefing) reading(s *Series, r *Reading) string {
	verb := cmp.Or(map[string]string{"unknown": "reported"}[s.Means], s.Means)
	var said []string
	var weapons []string
	for _, id := range r.Observations {
		o := b.byID[id]
		if w := strings.TrimSpace(o.Weapon + " " + o.Count.Qualifier); w != "" && !slices.Contains(weapons, w) {
			weapons = append(weapons, w)
		}
		if text := o.amount(); s.Counting == Total && !slices.Contains(said, text) {
			said = append(said, text)
		}
	}
	text := strings.Join(said, " and, elsewhere, ")
	if s.Counting == Incident {
		text = r.words() + " " + things(s.What, r.Rate)
	}
	if len(weapons) > 0 {
		slices.Sort(weapons)
		text += " (" + strings.Join(weapons, ", ") + ")"
	}
	return fmt.Sprintf("%s %s %s, %s", s.Observer, verb, text, s.Place)
}

// amount is the count of an observation with its window.
func (o *Observation) amount() string {
	r := Reading{Rate: o.Count.Value, Bound: o.Count.Bound}
	text := r.words()
	if o.Count.High != nil {
		text += " to " + number(*o.Count.High)
	}
	if o.Count.Value == 0 {
		text = "no"
	}
	text += " " + things(o.What, o.Count.Value)
	if n := o.Window.Days(); n > 1 {
		text += fmt.Sprintf(" in the %d days %s to %s, %s a day", n, o.Window.Start.words(), (o.Window.End - 1).words(), number(o.Count.Value/float64(n)))
	}
	if o.Dated == "publication" {
		text += " (no day given; dated by publication)"
	}
	return text
}

// things is what is counted, in the singular for one.
func things(what string, n float64) string {
	if n == 1 {
		return strings.TrimSuffix(what, "s")
	}
	return what
}

// unheard names the observers and places of the agreement that no series holds.
func (b *briefing) unheard() {
	for _, o := range b.rep.Agreement.Observers {
		if !slices.ContainsFunc(b.rep.Series, func(s Series) bool { return s.Observer == o.Name && len(s.Points) > 0 }) {
			b.say("missing", b.agreement(), "No report at all from %s.", o.Name)
		}
	}
	for _, p := range b.rep.Agreement.Area.Places {
		if !slices.ContainsFunc(b.rep.Series, func(s Series) bool { return s.Place == p && len(s.Points) > 0 }) {
			b.say("missing", b.agreement(), "No report at all about %s.", p)
		}
	}
}

// claims tells what is said by those whose reports do not count.
func (b *briefing) claims() {
	told := 0
	var rest []Ref
	for i := range b.rep.Claims {
		c := &b.rep.Claims[i]
		o := b.byID[c.Observation]
		if b.day < o.Window.Start || b.day >= o.Window.End {
			continue
		}
		if told++; told > maxTold {
			rest = append(rest, o.Ref)
			continue
		}
		b.claim(c, o)
	}
	if len(rest) > 0 {
		b.say("claim", rest, "There are %d more claims for this day.", len(rest))
	}
}

func (b *briefing) claim(c *Claim, o *Observation) {
	who := o.Observer
	if c.Party {
		who += " (a party)"
	}
	where := ""
	if name := cmp.Or(o.Place.Name, o.Place.Region); name != "" {
		where = ", " + name
	}
	if o.Weapon != "" {
		where += ", " + o.Weapon
	}
	refs := append([]Ref{o.Ref}, b.refs(c.With)...)
	if o.Says == Denied {
		heard := "no observer of the agreement reports violations for that time"
		if !c.Alone {
			heard = "observers of the agreement do report violations for that time"
		}
		b.say("denial", refs, "%s denies %s%s; %s.", who, o.What, where, heard)
		return
	}
	heard := "no observer of the agreement reports violations for that time"
	if !c.Alone {
		heard = "observers of the agreement report violations for that time, not necessarily these"
	}
	b.say("claim", refs, "%s says: %s%s; %s.", who, o.amount(), where, heard)
}

// upper is text with its first letter in upper case.
func upper(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}
