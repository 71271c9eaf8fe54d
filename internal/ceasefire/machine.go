package ceasefire

import (
	"fmt"
	"slices"
)

// machine takes one series through the days. Its state goes up by runs of raised and severe days and comes down one step
// after each run of quiet ones.
type machine struct {
	a                *Agreement
	s                *Series
	strained, broken Threshold
	next             int // the reading to come
	from             Day // first day of the window of the last raised reading
	state            State
	last             Day // last reported day since the period began; zero: none
	base             float64
	baseFrom         Day // first day of the baseline's window
	raised, severe   int // length of the runs up to the last reported day
	quiet            int
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
	return m
}

// step goes to a day.
func (m *machine) step(day Day) {
	if slices.Contains(m.a.Recommitments, day) {
		*m = machine{a: m.a, s: m.s, strained: m.strained, broken: m.broken, next: m.next, state: Holding, baseFrom: day}
	}
	if due := m.baseFrom + Day(m.a.Rule.Baseline.Days); day == max(due, m.a.Start) {
		m.adopt(day, due)
	}
	if m.next >= len(m.s.Points) || m.s.Points[m.next].Day != day {
		return
	}
	if m.last != 0 && m.silent(day-1) {
		m.raised, m.severe, m.quiet = 0, 0, 0
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
	more := 1
	if m.raised > 0 && r.From == m.from {
		more = 0 // another day of the same report: one average, one piece of evidence
	}
	m.from = r.From
	switch {
	case r.Rate >= severe:
		r.Level = "severe"
		m.severe, m.raised, m.quiet = max(1, m.severe+more), m.raised+more, 0
	case r.Rate >= raised:
		r.Level = "raised"
		m.severe, m.raised, m.quiet = 0, m.raised+more, 0
	default:
		r.Level = "quiet"
		m.severe, m.raised, m.quiet = 0, 0, m.quiet+1
	}
	switch {
	case m.state != Broken && m.severe >= m.broken.Days:
		m.enter(Broken, m.back(m.broken.Days))
	case m.state == Holding && (m.severe > 0 || m.raised >= m.strained.Days):
		m.enter(Strained, m.back(max(1, m.raised)))
	case m.quiet >= m.a.Rule.QuietDays && m.state != Holding:
		to := Holding
		if m.state == Broken {
			to = Strained
		}
		m.enter(to, m.quiet)
		m.quiet = 0
	}
}

// back is how many readings up to now the last n windows have.
func (m *machine) back(n int) int {
	i := m.next
	for windows := 1; i > 0; i-- {
		if m.s.Points[i-1].From != m.s.Points[i].From {
			if windows++; windows > n {
				break
			}
		}
	}
	return m.next - i + 1
}

// enter takes the state on the last n readings.
func (m *machine) enter(to State, n int) {
	m.state, m.why = to, nil
	for i := max(0, m.next-n+1); i <= m.next; i++ {
		m.why = append(m.why, i)
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
		b.Why = "none: the series was broken when the window ended, and open fighting is no yardstick"
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
