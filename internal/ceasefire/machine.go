package ceasefire

import (
	"fmt"
	"slices"
)

// The levels of a reported day.
const (
	levelQuiet  = "quiet"
	levelRaised = "raised"
	levelSevere = "severe"
)

// machine takes one series through the days. Its state goes up by raised and severe days that stand close together and
// comes down one step after each run of quiet ones.
type machine struct {
	a                *Agreement
	s                *Series
	strained, broken Threshold
	first            int // the first reading of the period
	next             int // the reading to come
	state            State
	last             Day // last reported day since the period began; zero: none
	base             float64
	baseFrom         Day   // first day of the baseline's window
	quiet            int   // length of the quiet run up to the last reported day
	why              []int // readings that brought the state about
}

func newMachine(a *Agreement, s *Series) *machine {
	m := &machine{a: a, s: s, state: Holding, baseFrom: a.Start}
	s.Bases = []Base{}
	m.strained, m.broken = a.thresholds(s.What)
	if from := a.Rule.Baseline.From; from != 0 {
		m.baseFrom = from
	}
	for m.next < len(s.Points) && s.Points[m.next].Day < a.Start {
		m.next++
	}
	m.first = m.next
	return m
}

// step goes to a day, on which the agreement may have been renewed.
func (m *machine) step(day Day, renewed bool) {
	if renewed {
		*m = machine{a: m.a, s: m.s, strained: m.strained, broken: m.broken, first: m.next, next: m.next, state: Holding, baseFrom: day}
	}
	if due := m.baseFrom + Day(m.a.Rule.Baseline.Days); day == max(due, m.a.Start) {
		m.adopt(day, due)
	}
	if m.next >= len(m.s.Points) || m.s.Points[m.next].Day != day {
		return
	}
	if m.last != 0 && m.silent(day-1) {
		m.quiet = 0
	}
	r := &m.s.Points[m.next]
	m.last = day
	m.read(r)
	r.State = m.state
	m.next++
}

// read moves the state by one reported day.
func (m *machine) read(r *Reading) {
	severe, raised := m.rates()
	switch {
	case r.Rate >= severe:
		r.Level, m.quiet = levelSevere, 0
	case r.Rate >= raised:
		r.Level, m.quiet = levelRaised, 0
	default:
		r.Level = levelQuiet
		m.quiet++
	}
	if r.Level == levelSevere && m.state != Broken {
		if near := m.near(m.broken, levelSevere); near != nil {
			m.state, m.why = Broken, near
			return
		}
	}
	if r.Level != levelQuiet && m.state == Holding {
		near := m.near(m.strained, levelRaised, levelSevere)
		if near == nil && r.Level == levelSevere {
			near = []int{m.next}
		}
		if near != nil {
			m.state, m.why = Strained, near
		}
	}
	if m.quiet >= m.a.Rule.QuietDays && m.state != Holding {
		m.stepDown()
	}
}

// near are the readings of the levels within the threshold's days up to now, if they come from as many reports as it
// takes. The days of one report are one: it gives only their average.
func (m *machine) near(t Threshold, levels ...string) []int {
	var found []int
	reports := 0
	now := m.s.Points[m.next].Day
	for i := m.next; i >= m.first && m.s.Points[i].Day > now-Day(t.Within); i-- {
		p := &m.s.Points[i]
		if !slices.Contains(levels, p.Level) {
			continue
		}
		if len(found) == 0 || m.s.Points[found[len(found)-1]].From != p.From {
			if reports == t.Days {
				break
			}
			reports++
		}
		found = append(found, i)
	}
	if reports < t.Days {
		return nil
	}
	slices.Reverse(found)
	return found
}

// stepDown goes one state down after a quiet run, which then begins anew.
func (m *machine) stepDown() {
	m.why = nil
	for i := m.next; len(m.why) < m.quiet; i-- {
		m.why = append(m.why, i)
	}
	slices.Reverse(m.why)
	m.quiet = 0
	if m.state == Broken {
		m.state = Strained
	} else {
		m.state = Holding
	}
}

// rates are those from which a day is severe and raised.
func (m *machine) rates() (severe, raised float64) {
	severe = m.broken.at(m.base)
	return severe, min(severe, m.strained.at(m.base))
}

func (m *machine) silent(day Day) bool { return int(day-m.last) > m.a.Rule.SilenceDays }

// adopt sets the baseline when its window is over.
func (m *machine) adopt(day, due Day) {
	var rates []float64
	for _, r := range m.s.Points {
		if r.Day >= m.baseFrom && r.Day < due && r.Rate > 0 {
			rates = append(rates, r.Rate)
		}
	}
	b := Base{From: day, Days: len(rates)}
	switch {
	case m.state == Broken:
		b.Why = "none: the count was broken when these days ended, and open fighting is no measure"
	case len(rates) < m.a.Rule.Baseline.MinDays:
		b.Why = fmt.Sprintf("none: %d days with violations, %d are needed", len(rates), m.a.Rule.Baseline.MinDays)
	default:
		slices.Sort(rates)
		b.Rate = (rates[(len(rates)-1)/2] + rates[len(rates)/2]) / 2
		b.Why = fmt.Sprintf("the median of %d days with violations between %s and %s", len(rates), m.baseFrom.words(), (due - 1).words())
	}
	m.base = b.Rate
	m.s.Bases = append(m.s.Bases, b)
}
