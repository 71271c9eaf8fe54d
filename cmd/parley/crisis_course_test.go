package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"parley/internal/record"
)

func commitmentFacts(c *crisis, l *ledger) {
	for _, p := range c.Commitments {
		m := p.mark.or(p.At.mark)
		l.fact(p.ID, m, func() error { return c.promise(p) })
		for i, again := range p.Also {
			l.fact(fmt.Sprintf("%s/also %d", p.ID, i+1), m.or(again.mark), func() error {
				_, err := c.at(again, "commitment")
				return err
			})
		}
		if p.Evidence != nil {
			l.fact(p.ID+"/evidence", m.or(p.Evidence.mark), func() error { return c.evidence(p) })
		}
		not := p.NotEvidence
		if p.Trigger != nil {
			not = append(slices.Clone(not), p.Trigger.NotEvidence...)
			l.fact(p.ID+"/trigger", m, func() error { return c.triggered(p) })
		}
		for i, n := range not {
			l.fact(fmt.Sprintf("%s/no evidence %d", p.ID, i+1), m.or(n.mark), func() error { return c.noEvidence(p, n) })
		}
		state := m.part("state")
		if p.Evidence != nil {
			state = state.or(p.Evidence.mark)
		}
		l.fact(p.ID+"/"+p.State, state, func() error { return c.offered(p, p.State, p.AsOf) })
		if p.Before != nil {
			l.fact(p.ID+"/before", m.or(p.Before.mark), func() error { return c.offered(p, p.Before.State, p.Before.AsOf) })
		}
	}
}

// promise wants a commitment at the place, by whom and by when it is planted.
func (c *crisis) promise(p promised) error {
	entries, err := c.at(p.At, "commitment")
	if err != nil {
		return err
	}
	var faults []error
	for _, e := range entries {
		if err = c.promises(e, p); err == nil {
			return nil
		}
		faults = append(faults, fmt.Errorf("%s: %w", e.ID, err))
	}
	return errors.Join(faults...)
}

func (c *crisis) promises(e record.Entry, p promised) error {
	var com record.Commitment
	if err := json.Unmarshal(e.Item, &com); err != nil {
		return err
	}
	due := ""
	if com.Due != nil && com.Due.End != nil {
		due = *com.Due.End
	}
	switch {
	case !slices.ContainsFunc(com.By, func(id record.ID) bool { return c.called(id, p.By) }):
		return fmt.Errorf("by %q, want %s", c.names(com.By), p.By)
	case p.Due != "" && (len(due) < len(p.Due) || due[:len(p.Due)] != p.Due):
		return fmt.Errorf("due %q, want %s", due, p.Due)
	case p.Condition != "" && !slices.ContainsFunc(com.Conditions, func(k record.Condition) bool { return k.Kind == p.Condition }):
		return fmt.Errorf("conditions %+v, want %s", com.Conditions, p.Condition)
	}
	return nil
}

// called says whether an actor of one article, or whom it stands for, has a name.
func (c *crisis) called(id record.ID, name string) bool {
	if slices.Contains(c.names([]record.ID{id}), name) {
		return true
	}
	who, err := c.in.IdentityOf(c.ctx, []record.ID{id})
	if err != nil || who[id] == "" {
		return false
	}
	one, err := c.in.Identity(c.ctx, who[id])
	return err == nil && one.Name == name
}

func (c *crisis) names(actors []record.ID) []string {
	var out []string
	for _, id := range actors {
		var a record.Actor
		if json.Unmarshal(c.byID[id].Item, &a) == nil {
			out = append(out, a.Name)
		}
	}
	return out
}

// bears are the links of evidence about a commitment, wherever it is told, as known at a time.
func (c *crisis) bears(p promised, asOf string) ([]record.Link, error) {
	at, err := instantOf(asOf)
	if err != nil {
		return nil, err
	}
	entries, err := c.at(p.At, "commitment")
	if err != nil {
		return nil, err
	}
	for _, again := range p.Also {
		more, _ := c.at(again, "commitment") // a fact of its own
		entries = append(entries, more...)
	}
	var out []record.Link
	for _, e := range entries {
		links, _, err := c.in.Links(c.ctx, record.LinkQuery{Kinds: []string{record.Evidence}, Entry: e.ID, AsOf: at, Limit: 1000})
		if err != nil {
			return nil, err
		}
		out = append(out, slices.DeleteFunc(links, func(l record.Link) bool { return l.A != e.ID })...)
	}
	return out, nil
}

func (c *crisis) evidence(p promised) error {
	links, err := c.bears(p, p.AsOf)
	if err != nil {
		return err
	}
	found, err := c.at(p.Evidence.place)
	if err != nil {
		return err
	}
	for _, l := range links {
		if l.Type == p.Evidence.Type && slices.Contains(ids(found), l.B) {
			return nil
		}
	}
	return fmt.Errorf("no evidence of type %s there; %d others: %s", p.Evidence.Type, len(links), c.told(links))
}

// told describes links of evidence.
func (c *crisis) told(links []record.Link) string {
	out := ""
	for _, l := range links {
		out += fmt.Sprintf("[%s %q] ", l.Type, c.byID[l.B].Text)
	}
	return out
}

// everAfter is later than all that happens in the crisis.
const everAfter = "2025-12-31"

func (c *crisis) noEvidence(p promised, not place) error {
	links, err := c.bears(p, everAfter)
	if err != nil {
		return err
	}
	there, err := c.at(not)
	if _, quoted := c.span(not); quoted == nil && not.Reader == "" {
		err = nil // what is not read, and need not be, is evidence of nothing
	}
	if err != nil {
		return err
	}
	for _, l := range links {
		if slices.Contains(ids(there), l.B) {
			return fmt.Errorf("%s is taken for evidence (%s): %s", l.B, l.Type, l.Reason)
		}
	}
	return nil
}

func (c *crisis) triggered(p promised) error {
	links, err := c.bears(p, p.AsOf)
	if err != nil {
		return err
	}
	if fired := slices.ContainsFunc(links, func(l record.Link) bool { return l.Type == "trigger" }); fired != p.Trigger.Fired {
		return fmt.Errorf("the condition is met: %t, want %t: %s", fired, p.Trigger.Fired, c.told(links))
	}
	return nil
}

// offered wants the evidence at a time to speak for a state, and for no other that excludes it. Delays and disputes may
// stand beside any.
func (c *crisis) offered(p promised, state, asOf string) error {
	links, err := c.bears(p, asOf)
	if err != nil {
		return err
	}
	var have, want []string
	for _, l := range links {
		if slices.Contains([]string{"kept", "broken", "withdrawn", "lapsed"}, l.Type) {
			have = append(have, l.Type)
		}
	}
	if state != "not_assessed" {
		want = []string{state}
	}
	if !sameSet(have, want) {
		return fmt.Errorf("as of %s offered as %q, want %s: %s", asOf, have, state, c.told(links))
	}
	return nil
}

func correctionFacts(c *crisis, l *ledger) {
	for _, p := range c.Corrections {
		l.fact(p.ID, p.mark, func() error {
			earlier, later := c.articles[p.Earlier], c.articles[p.Later]
			if earlier.State != record.Superseded || string(earlier.SupersededBy) != later.ID || later.State != record.Current {
				return fmt.Errorf("the earlier is %s (by %q), the later %s", earlier.State, earlier.SupersededBy, later.State)
			}
			return nil
		})
		l.fact(p.ID+"/replaced", p.mark.or(p.Replaced.mark), func() error { return c.listed(p.Replaced.place, &p.Replaced.Value, "", false) })
		l.fact(p.ID+"/by", p.mark.or(p.By.mark), func() error { return c.listed(p.By.place, &p.By.Value, "", true) })
		l.fact(p.ID+"/once", p.mark.or(p.By.mark), func() error { return c.countsOnce(p.By.place) })
		for _, m := range []moment{p.Before, p.After} {
			for _, v := range []valued{p.Replaced, p.By} {
				l.fact(fmt.Sprintf("%s/%s %s", p.ID, m.At, v.Article), p.mark.or(m.mark, v.mark), func() error {
					return c.listed(v.place, &v.Value, m.At, v.Article == m.Current)
				})
			}
		}
	}
}

// listed wants an entry at a place, with a value where one is given, to be in the lists as of a time, or not to be.
// That it was read at all is wanted either way.
func (c *crisis) listed(p place, value *float64, asOf string, want bool) error {
	entries, err := c.at(p, p.Kind)
	if err != nil {
		return err
	}
	var when time.Time
	if asOf != "" {
		if when, err = instantOf(asOf); err != nil {
			return err
		}
	}
	read := false
	for _, e := range entries {
		var fig struct{ Value float64 } // of figures
		if err := json.Unmarshal(e.Item, &fig); err != nil {
			return err
		}
		if value != nil && fig.Value != *value {
			continue
		}
		read = true
		now, err := c.list(record.Query{Kinds: []string{e.Kind}, Article: e.Article, AsOf: when})
		if err != nil {
			return err
		}
		if slices.Contains(ids(now), e.ID) != want {
			return fmt.Errorf("%s listed as of %q: %t, want %t", e.ID, asOf, !want, want)
		}
	}
	if !read {
		return fmt.Errorf("no %s with the value %v there", p.Kind, *value)
	}
	return nil
}

func killFacts(c *crisis, l *ledger) {
	for _, p := range c.Kills {
		l.fact(p.ID, p.mark, func() error {
			if art := c.articles[p.Article]; art.State != record.Withdrawn {
				return fmt.Errorf("the article is %s", art.State)
			}
			return nil
		})
		l.fact(p.ID+"/links", p.mark, func() error {
			links, _, err := c.in.Links(c.ctx, record.LinkQuery{Article: record.ID(c.articles[p.Article].ID)})
			if err == nil && len(links) > 0 {
				err = fmt.Errorf("%d links lead to it", len(links))
			}
			return err
		})
		for i, gone := range p.Gone {
			name := fmt.Sprintf("%s/gone %d", p.ID, i+1)
			l.fact(name, p.mark.or(gone.mark), func() error { return c.listed(gone, nil, "", false) })
			for _, m := range []moment{p.Before, p.After} {
				l.fact(name+" "+m.At, p.mark.or(m.mark, gone.mark), func() error {
					return c.listed(gone, nil, m.At, m.State == record.Current)
				})
			}
		}
	}
}
