package ceasefire

import (
	"cmp"
	"slices"
)

// Assess says how a ceasefire stood on each day from its start through a day; zero is the last day that an observer of the
// agreement reported on. The agreement must be one that Load gave or would take. Observations may come in any order
// and more than once.
func Assess(a *Agreement, observations []Observation, through Day) *Report {
	all := append([]Observation{}, observations...)
	a.lag(all)
	slices.SortFunc(all, func(x, y Observation) int {
		return cmp.Or(cmp.Compare(x.Window.Start, y.Window.Start), cmp.Compare(x.Window.End, y.Window.End), cmp.Compare(x.ID, y.ID))
	})
	all = slices.CompactFunc(all, func(x, y Observation) bool { return x.ID == y.ID })
	rep := &Report{
		Agreement: a, Rule: a.Explain(), From: a.Start, Days: []DayState{}, Claims: []Claim{}, LeftOut: []LeftOut{},
		Observations: all, Offers: []Offer{}, Problems: []Problem{},
	}
	s := &sorter{a: a, w: newWorld(), first: a.Start, bare: map[string]string{}, series: map[string]*builder{}, report: rep}
	if from := a.Rule.Baseline.From; from != 0 {
		s.first = min(s.first, from)
	}
	for i := range all {
		s.put(&all[i])
	}
	rep.Series = s.finish()
	rep.To = a.lastOf(rep.Series, through)
	rep.run()
	rep.weighClaims()
	rep.Today = rep.Brief(rep.To)
	return rep
}

// lag moves what is dated by its publication only to the day that its observer's reports are about.
func (a *Agreement) lag(all []Observation) {
	days := map[string]Day{}
	for _, o := range a.Observers {
		days[o.Name] = Day(o.LagDays)
	}
	for i := range all {
		if o := &all[i]; o.Dated == "publication" {
			by := days[a.observer(o)]
			o.Window = Window{o.Window.Start - by, o.Window.End - by}
		}
	}
}

// lastOf is the last day to be judged.
func (a *Agreement) lastOf(series []Series, through Day) Day {
	last := through
	if last == 0 {
		last = a.Start
		for i := range series {
			if p := series[i].Points; len(p) > 0 {
				last = max(last, p[len(p)-1].Day)
			}
		}
	}
	if a.End != 0 {
		last = min(last, a.End)
	}
	return min(last, lastDay)
}

// run takes every series through the days.
func (rep *Report) run() {
	a := rep.Agreement
	var machines []*machine
	for i := range rep.Series {
		machines = append(machines, newMachine(a, &rep.Series[i]))
	}
	renewed := map[Day]bool{}
	for _, d := range a.Recommitments {
		renewed[d] = true
	}
	var since Day
	for day := a.Start; day <= rep.To; day++ {
		for _, m := range machines {
			m.step(day, renewed[day])
		}
		state, reasons := a.judge(machines, day)
		if n := len(rep.Days); n == 0 || rep.Days[n-1].State != state {
			since = day
		}
		rep.Days = append(rep.Days, DayState{Day: day, State: state, Since: since, Reasons: reasons})
	}
	for i := range rep.Series {
		rep.Series[i].Points = slices.DeleteFunc(rep.Series[i].Points, func(r Reading) bool { return r.Day > rep.To })
	}
}

// judge is the state of the whole on a day, as the package's rule has it.
func (a *Agreement) judge(machines []*machine, day Day) (State, []Reason) {
	if end := a.declared(day); end != nil {
		return Broken, []Reason{end.reason()}
	}
	worst := -1
	for _, m := range machines {
		if m.last != 0 {
			worst = max(worst, m.state.severity())
		}
	}
	if worst < 0 {
		return NotEnough, []Reason{a.unreported(day)}
	}
	var heard, silent []*machine
	for _, m := range machines {
		switch {
		case m.last == 0 || m.state.severity() != worst:
		case m.silent(day):
			silent = append(silent, m)
		default:
			heard = append(heard, m)
		}
	}
	if len(heard) == 0 {
		return NotEnough, most(silent, func(m *machine) Reason { return m.silence(day) })
	}
	return heard[0].state, most(heard, (*machine).reason)
}

// declared is the declared end in force on a day, the first where there are several.
func (a *Agreement) declared(day Day) *DeclaredEnd {
	from := a.period(day)
	for i := range a.DeclaredEnds {
		if d := &a.DeclaredEnds[i]; d.Date <= day && d.Date >= from {
			return d
		}
	}
	return nil
}

// period is the start or the last recommitment up to a day.
func (a *Agreement) period(day Day) Day {
	from := a.Start
	for _, r := range a.Recommitments {
		if r <= day {
			from = r
		}
	}
	return from
}

// weighClaims finds for each claim what the observers reported in its window.
func (rep *Report) weighClaims() {
	byID := map[string]*Observation{}
	for i := range rep.Observations {
		byID[rep.Observations[i].ID] = &rep.Observations[i]
	}
	on := map[Day][]string{} // days → observations of violations
	for i := range rep.Series {
		for _, r := range rep.Series[i].Points {
			for _, id := range r.Observations {
				if byID[id].Count.Value > 0 {
					on[r.Day] = append(on[r.Day], id)
				}
			}
		}
	}
	for i := range rep.Claims {
		c := &rep.Claims[i]
		w := byID[c.Observation].Window
		for d := w.Start; d < w.End; d++ {
			c.With = append(c.With, on[d]...)
		}
		slices.Sort(c.With)
		c.With = slices.Compact(c.With)
		c.Alone = len(c.With) == 0
	}
}
