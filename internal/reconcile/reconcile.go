// Package reconcile finds what cannot both be so. Infer looks inside one record: a denial against an assertion
// of the same thing, rival figures for the same count, an event told as done by one and denied by another.
// In: a record. Out: contradictions with basis "inferred", the surest first, at most a handful: a list that
// cries wolf is not read. Infer never looks outside the record, changes nothing in it, and never calls a side right.
//
// Across documents, Across links what articles tell of one matter: the same, corroboration, contradictions, and what bears
// on a commitment. Origins tells which passages are copies of one report, and Independent counts who reported: copies
// of one origin count once, so do all reports of one agency, whatever their origins, and all of one publisher's own
// reporting. Identities tells which actors of different articles are one. Whatever they find has a reason in words, is
// the same at every run, and gives way to what a person decided.
package reconcile

import (
	"slices"
	"sort"

	"parley/internal/record"
)

// most is how many contradictions are inferred in one document at most.
const most = 5

// Infer finds contradictions inside a record. Those that somebody in the text states are not repeated. Ids are
// left to the caller.
func Infer(rec *record.Record) []record.Contradiction {
	m := newMatter(rec)
	found := append(m.denials(), m.rivalFigures()...)
	found = append(found, m.deniedClaims()...)
	found = append(found, m.deniedEvents()...)
	found = append(found, m.calledFalse()...)
	found = append(found, m.plainDenials()...)
	sort.SliceStable(found, func(i, j int) bool { return found[i].Confidence > found[j].Confidence })
	var out []record.Contradiction
	for i := range found {
		if len(out) == most {
			break
		}
		if !m.known(&found[i]) && !m.toldIn(out, &found[i]) {
			out = append(out, found[i])
		}
	}
	return out
}

// toldIn says whether a list has the same two statements against each other, as statements or by the events that they tell.
func (m *matter) toldIn(list []record.Contradiction, c *record.Contradiction) bool {
	a, b := m.teller(c.A), m.teller(c.B)
	return slices.ContainsFunc(list, func(o record.Contradiction) bool {
		p, q := m.teller(o.A), m.teller(o.B)
		return p == a && q == b || p == b && q == a
	})
}

// teller is the statement that tells an event; the entry itself where there is none.
func (m *matter) teller(id record.ID) record.ID {
	for i := range m.rec.Events {
		if ev := &m.rec.Events[i]; ev.ID == id && ev.AssertedBy != nil {
			return *ev.AssertedBy
		}
	}
	return id
}

// matter is a record with its look-ups.
type matter struct {
	rec        *record.Record
	actors     map[record.ID]*record.Actor
	statements map[record.ID]*record.Statement
	classes    map[string]string
	runes      []rune // the text
}

func newMatter(rec *record.Record) *matter {
	m := &matter{rec: rec, actors: map[record.ID]*record.Actor{}, statements: map[record.ID]*record.Statement{}, classes: loadClasses(), runes: []rune(rec.Document.Text)}
	for i := range rec.Actors {
		m.actors[rec.Actors[i].ID] = &rec.Actors[i]
	}
	for i := range rec.Statements {
		m.statements[rec.Statements[i].ID] = &rec.Statements[i]
	}
	return m
}

// known says whether the text itself states a contradiction of the same pair.
func (m *matter) known(c *record.Contradiction) bool { return pairIn(m.rec.Contradictions, c) }

func pairIn(list []record.Contradiction, c *record.Contradiction) bool {
	for i := range list {
		if list[i].A == c.A && list[i].B == c.B || list[i].A == c.B && list[i].B == c.A {
			return true
		}
	}
	return false
}

// names is how a reason calls actors.
func (m *matter) names(ids []record.ID) string {
	switch len(ids) {
	case 0:
		return "the article"
	case 1:
		return m.name(ids[0])
	}
	return m.name(ids[0]) + " and others"
}

func (m *matter) name(id record.ID) string {
	if a := m.actors[id]; a != nil {
		return a.Name
	}
	return "somebody"
}

func overlapIDs(a, b []record.ID) bool {
	for _, x := range a {
		for _, y := range b {
			if x == y {
				return true
			}
		}
	}
	return false
}

// sameSide says whether two sources speak for the same state: one country, both of its government or forces.
func (m *matter) sameSide(a, b []record.ID) bool {
	for _, x := range a {
		for _, y := range b {
			p, q := m.actors[x], m.actors[y]
			if p != nil && q != nil && p.Country != "" && p.Country == q.Country && official(p) && official(q) {
				return true
			}
		}
	}
	return false
}

func official(a *record.Actor) bool {
	switch a.Sector {
	case "GOV", "MIL", "SPY", "LEG":
		return true
	}
	return false
}
