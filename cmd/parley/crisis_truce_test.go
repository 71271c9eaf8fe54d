package main

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"parley/internal/ceasefire"
	"parley/internal/record"
)

func ceasefireFacts(c *crisis, l *ledger) {
	p, r := c.Ceasefire, ceasefire.Report{}
	err := parleyJSON(&r, "ceasefire", c.path, "--agreement", filepath.Join(crisisFolder, "ceasefire.yaml"),
		"--table", filepath.Join(crisisFolder, p.Counts), "--map", filepath.Join(crisisFolder, "violations.map.yaml"))
	if err != nil {
		l.t.Fatal(err)
	}
	l.fact("agreement", mark{}, func() error {
		a := r.Agreement
		if a.Name != p.Name || !sameSet(a.Parties, p.Parties) || a.Start.String() != p.Start || a.End.String() != p.End {
			return fmt.Errorf("%s of %q, %s to %s", a.Name, a.Parties, a.Start, a.End)
		}
		return nil
	})
	l.fact("drafted", mark{}, func() error {
		out, err := parley(exitOK, "ceasefire", c.path)
		if err == nil && !strings.Contains(out, "name: "+p.Name+"\n") {
			err = fmt.Errorf("no draft of the %s: %s", p.Name, out)
		}
		return err
	})
	l.fact("signed", p.Signed.mark, func() error { return c.signed(p.Signed) })
	for i, n := range p.Counted {
		l.fact(fmt.Sprintf("counted/%d %s %v", i+1, n.Day, n.Value), n.mark, func() error { return c.counts(r, n) })
	}
	for i, m := range p.Means {
		l.fact(fmt.Sprintf("means/%d %s", i+1, m.Means), m.mark, func() error { return c.means(r, m.place, m.Means) })
	}
	for _, d := range p.Days {
		l.fact("days/"+d.Day, d.mark, func() error { return onDay(r, d) })
		if d.State == "not enough reports" {
			l.fact("days/"+d.Day+" a gap", mark{}, func() error { return unreported(r, d.Day) })
		}
	}
	for i, u := range p.Unconfirmed {
		name := fmt.Sprintf("unconfirmed/%d", i+1)
		l.fact(name+" not counted", u.mark, func() error { return c.uncounted(r, u) })
		l.fact(name+" claimed", u.mark, func() error { return c.claim(r, u) })
	}
}

// signed wants the signing read as an event, or an agreement, of its day.
func (c *crisis) signed(d dated) error {
	entries, err := c.at(d.place, "event", "agreement")
	if err != nil {
		return err
	}
	var have []string
	for _, e := range entries {
		var item struct{ When, Date *record.Time }
		if err := json.Unmarshal(e.Item, &item); err != nil {
			return err
		}
		for _, at := range []*record.Time{item.When, item.Date} {
			if at != nil && at.Start != nil && *at.Start == d.Day {
				return nil
			}
			have = append(have, fmt.Sprint(e.Kind, at))
		}
	}
	return fmt.Errorf("of another day, want %s: %q", d.Day, have)
}

// seen are the observations of a report that rest on the entries at a place.
func (c *crisis) seen(r ceasefire.Report, p place) ([]ceasefire.Observation, error) {
	entries, err := c.at(p)
	if err != nil {
		return nil, err
	}
	var out []ceasefire.Observation
	for _, o := range r.Observations {
		if o.Ref.Entry != "" && slices.Contains(ids(entries), o.Ref.Entry) {
			out = append(out, o)
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("no observation at %q in %s", p.Quote, p.Article)
	}
	return out, nil
}

// counts wants a count of an observer, of its day, in a series, and the same from the table.
func (c *crisis) counts(r ceasefire.Report, n counted) error {
	sum, err := tableSum(c.Ceasefire.Counts, n.Day)
	if err != nil {
		return err
	}
	if sum != n.Value {
		return fmt.Errorf("the table has %v for %s", sum, n.Day)
	}
	found, err := c.seen(r, n.place)
	if err != nil {
		return err
	}
	var have []string
	for _, o := range found {
		if o.Count.Value == n.Value && o.Window.Start.String() == n.Day && o.Window.End == o.Window.Start+1 && inSeries(r, o.ID) {
			return nil
		}
		have = append(have, fmt.Sprintf("%v %s from %s until %s by %s, in a series: %t", o.Count.Value, o.What, o.Window.Start, o.Window.End, o.Observer, inSeries(r, o.ID)))
	}
	return fmt.Errorf("not counted: %s", strings.Join(have, "; "))
}

// tableSum is what the table counts on an evening, in all sectors.
func tableSum(file, day string) (sum float64, err error) {
	f, err := os.Open(filepath.Join(crisisFolder, file))
	if err != nil {
		return 0, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	for _, row := range rows {
		if row[1] == day {
			n, err := strconv.ParseFloat(row[3], 64)
			if err != nil {
				return 0, err
			}
			sum += n
		}
	}
	return sum, err
}

func inSeries(r ceasefire.Report, observation string) bool {
	for _, s := range r.Series {
		for _, point := range s.Points {
			if slices.Contains(point.Observations, observation) {
				return true
			}
		}
	}
	return false
}

func (c *crisis) means(r ceasefire.Report, p place, want string) error {
	found, err := c.seen(r, p)
	if err != nil {
		return err
	}
	var have []string
	for _, o := range found {
		if have = append(have, o.Means); o.Means == want {
			return nil
		}
	}
	return fmt.Errorf("%q, want %s", have, want)
}

// onDay wants the state of a day.
func onDay(r ceasefire.Report, d dated) error {
	i := slices.IndexFunc(r.Days, func(s ceasefire.DayState) bool { return s.Day.String() == d.Day })
	if i < 0 {
		return errors.New("the report has no such day")
	}
	if state := strings.ReplaceAll(string(r.Days[i].State), "_", " "); state != d.State {
		return fmt.Errorf("%s, want %s", state, d.State)
	}
	return nil
}

// unreported wants a day to be a gap in every series, not a calm day.
func unreported(r ceasefire.Report, day string) error {
	for _, s := range r.Series {
		for _, point := range s.Points {
			if point.Day.String() == day {
				return fmt.Errorf("%s has %v on a day without a count", s.ID, point.Rate)
			}
		}
	}
	return nil
}

// uncounted wants nothing of what a party says to be in a series.
func (c *crisis) uncounted(r ceasefire.Report, u claimed) error {
	entries, err := c.at(u.place)
	if err != nil {
		return err
	}
	for _, o := range r.Observations {
		if o.Ref.Entry != "" && slices.Contains(ids(entries), o.Ref.Entry) && inSeries(r, o.ID) {
			return fmt.Errorf("counted as %v %s of %s", o.Count.Value, o.What, o.Observer)
		}
	}
	return nil
}

// claim wants what a party says kept in the report, as its own, beside the series.
func (c *crisis) claim(r ceasefire.Report, u claimed) error {
	found, err := c.seen(r, u.place)
	if err != nil {
		return err
	}
	var have []string
	for _, o := range found {
		claims := slices.ContainsFunc(r.Claims, func(k ceasefire.Claim) bool { return k.Observation == o.ID })
		leftOut := slices.ContainsFunc(r.LeftOut, func(k ceasefire.LeftOut) bool { return k.Observation == o.ID })
		if (claims || leftOut) && (o.Observer == u.By || slices.Contains(o.Also, u.By)) {
			return nil
		}
		have = append(have, fmt.Sprintf("%s of %s (a claim: %t, left out: %t)", o.What, o.Observer, claims, leftOut))
	}
	return fmt.Errorf("no claim of %s: %s", u.By, strings.Join(have, "; "))
}
