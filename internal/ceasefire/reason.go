package ceasefire

import (
	"fmt"
	"strings"
)

// maxReasons is how many series explain one day; the others are counted.
const maxReasons = 5

// most are the reasons that the first machines give, the last of them with how many more there are.
func most(machines []*machine, reason func(*machine) Reason) []Reason {
	var out []Reason
	for _, m := range machines[:min(len(machines), maxReasons)] {
		out = append(out, reason(m))
	}
	if more := len(machines) - maxReasons; more > 0 {
		out[maxReasons-1].Text += fmt.Sprintf(" (and %d more counts like it)", more)
	}
	return out
}

// title names a series in a sentence: violations recorded by the mission, Karst.
func (s *Series) title() string {
	return fmt.Sprintf("%s %s by %s, %s", s.What, done(s.Means), s.Observer, s.Place)
}

// done is how something was observed, as a participle.
func done(means string) string {
	switch means {
	case "saw":
		return "seen"
	case "unknown":
		return "reported"
	}
	return means
}

// called is a level in the words of a sentence.
func called(level string) string {
	switch level {
	case levelQuiet:
		return "low"
	case levelRaised:
		return "high"
	case levelSevere:
		return "very high"
	}
	return level
}

// reason says why a series that reports is in its state.
func (m *machine) reason() Reason {
	severe, raised := m.rates()
	last := &m.s.Points[m.next-1]
	r := Reason{Series: m.s.ID}
	switch {
	case m.state == Holding && m.why == nil:
		r.Text = fmt.Sprintf("%s: %s on %s%s", m.s.title(), last.words(), last.Day.words(), m.against(raised, levelRaised))
		r.take(last)
		return r
	case m.state == Holding:
		r.Text = fmt.Sprintf("%s: holding again after %d reported days in a row that were low; %s on %s%s", m.s.title(), len(m.why), last.words(), last.Day.words(), m.against(raised, levelRaised))
	default:
		r.Text = fmt.Sprintf("%s: %s since %s, %s", m.s.title(), m.state.Words(), m.s.Points[m.why[len(m.why)-1]].Day.words(), m.cause(severe, raised))
	}
	for _, i := range m.why {
		r.take(&m.s.Points[i])
	}
	if last.Day != m.s.Points[m.why[len(m.why)-1]].Day {
		r.take(last)
		if m.state != Holding {
			r.Text += fmt.Sprintf("; last %s on %s, %d of the %d low reported days in a row that it takes to ease", last.words(), last.Day.words(), m.quiet, m.a.Rule.QuietDays)
		}
	}
	return r
}

// cause is what brought a state about that is not holding.
func (m *machine) cause(severe, raised float64) string {
	first, lastOf := &m.s.Points[m.why[0]], &m.s.Points[m.why[len(m.why)-1]]
	var top float64
	for _, i := range m.why {
		top = max(top, m.s.Points[i].Rate)
	}
	days := fmt.Sprintf("on %s", lastOf.Day.words())
	if first != lastOf {
		days = fmt.Sprintf("in %d reports from %s to %s", m.reports(), first.From.words(), lastOf.Day.words())
	}
	if lastOf.Level == levelQuiet {
		return fmt.Sprintf("eased from broken after %d low reported days in a row", len(m.why))
	}
	word, rate := levelRaised, raised
	if lastOf.Level == levelSevere {
		word, rate = levelSevere, severe
	}
	return fmt.Sprintf("%s %s with up to %s a day%s", called(word), days, number(top), m.against(rate, word))
}

// reports is how many reports the readings that decided come from.
func (m *machine) reports() int {
	n := 0
	for i, at := range m.why {
		if i == 0 || m.s.Points[at].From != m.s.Points[m.why[i-1]].From {
			n++
		}
	}
	return n
}

// against says what rate a level begins at now, and what it is relative to.
func (m *machine) against(rate float64, word string) string {
	if m.base == 0 {
		return fmt.Sprintf(" (%s from %s a day; no usual level is known yet)", called(word), number(rate))
	}
	return fmt.Sprintf(" (%s from %s a day; the usual level is %s)", called(word), number(rate), number(m.base))
}

// silence says that a series is no longer heard.
func (m *machine) silence(day Day) Reason {
	last := &m.s.Points[m.next-1]
	r := Reason{Series: m.s.ID, Text: fmt.Sprintf("%s: no report for %d days; %s when it last reported, on %s", m.s.title(), day-m.last, m.state.Words(), m.last.words())}
	r.take(last)
	return r
}

func (r *Reason) take(p *Reading) {
	r.Days = append(r.Days, p.Day)
	r.Observations = append(r.Observations, p.Observations...)
}

// words is a reading as a sentence has it.
func (r *Reading) words() string {
	var s strings.Builder
	switch r.Bound {
	case "at_least":
		s.WriteString("at least ")
	case "about":
		s.WriteString("about ")
	case "at_most":
		s.WriteString("at most ")
	}
	s.WriteString(number(r.Rate))
	if r.Window > 1 {
		fmt.Fprintf(&s, " a day (over %d days)", r.Window)
	}
	return s.String()
}

// reason is a declared end as one.
func (d *DeclaredEnd) reason() Reason {
	text := fmt.Sprintf("%s declared the end on %s", d.Party, d.Date.words())
	if d.Note != "" {
		text += ": " + d.Note
	}
	ref := Ref{Kind: "agreement", Entry: d.Entry, URL: d.URL, Text: text}
	if d.Entry != "" {
		ref.Kind = "entry"
	}
	return Reason{Text: text, Days: []Day{d.Date}, Ref: &ref}
}

// unreported is why nothing can be said of a day.
func (a *Agreement) unreported(day Day) Reason {
	from := a.period(day)
	text := fmt.Sprintf("no observer of the agreement has reported since %s", from.words())
	return Reason{Text: text, Days: []Day{from}, Ref: &Ref{Kind: "agreement", Text: text}}
}
