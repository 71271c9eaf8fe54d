package serve

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"parley/internal/ceasefire"
	"parley/internal/desk"
	"parley/internal/record"
)

// serveTable registers an answer that JSON gives whole, and CSV as the table that its page shows: columns, separated by
// spaces, and the rows of the answer.
func serveTable[I, O any](s *Server, op operation, handle func(context.Context, *I) (O, error), columns string, cells func(O) [][]string) {
	serveList(s, op, handle, func(ctx context.Context, in *I) (table, error) {
		out, err := handle(ctx, in)
		if err != nil {
			return nil, err
		}
		return cellTable(columns, each(cells(out))), nil
	})
}

// cellTable is a table of rows that are there.
func cellTable(columns string, list iter.Seq2[[]string, error]) table {
	return rows(list, strings.Fields(columns), func(row []string) []string { return row })
}

// each goes through a list.
func each[T any](list []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, one := range list {
			if !yield(one, nil) {
				return
			}
		}
	}
}

// pages goes through a list of which the first page is there; more gives the one after a cursor. Where only is set the
// first page is all.
func pages[T any](first []T, next string, only bool, more func(cursor string) ([]T, string, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for list, err := first, error(nil); ; {
			for _, one := range list {
				if !yield(one, nil) {
					return
				}
			}
			if next == "" || only {
				return
			}
			if list, next, err = more(next); err != nil {
				yield(*new(T), err)
				return
			}
		}
	}
}

// entryColumns are those of entries of any kind.
const entryColumns = "id kind label status confidence known publisher article title chain text verdict"

func entryCells(s *desk.Shown) []string {
	e := &s.Entry
	return []string{
		string(e.ID), e.Kind, e.Label, e.Status, decimal(e.Confidence), stamp(e.Known), e.Publisher, string(e.Article), e.Title, strings.Join(s.Chain, " → "), e.Text, e.Verdict,
	}
}

func decimal(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

func stamp(t time.Time) string { return t.Format(time.RFC3339) }

// shownTable is a table of entries of any kind, those of a query up to limit, 0 for all.
func (a *served) shownTable(ctx context.Context, q record.Query, limit int) (table, error) {
	page := func(cursor string) ([]desk.Shown, string, error) {
		q.Limit, q.Cursor = cmp.Or(limit, maxPage), cursor
		got, err := a.Entries(ctx, q)
		if err != nil {
			return nil, "", err
		}
		list, err := a.shown(ctx, got.Entries)
		return list, got.Next, err
	}
	first, next, err := page(q.Cursor)
	if err != nil {
		return nil, err
	}
	return rows(pages(first, next, limit > 0, page), strings.Fields(entryColumns), func(s desk.Shown) []string { return entryCells(&s) }), nil
}

const facetColumns = "facet id name count"

func facetCells(f desk.Facets) (out [][]string) {
	for _, facet := range []struct {
		name   string
		values []record.Counted
	}{{"speaker", f.Speakers}, {"addressee", f.Addressees}, {"label", f.Labels}, {"publisher", f.Publishers}, {"origin", f.Origins}} {
		for _, v := range facet.values {
			out = append(out, []string{facet.name, string(v.ID), v.Name, strconv.Itoa(v.Count)})
		}
	}
	for _, d := range f.Days {
		out = append(out, []string{"day", d.Day, d.Day, strconv.Itoa(d.Count)})
	}
	return out
}

const matrixColumns = "a_id a b_id b contacts reports kinds last"

func matrixCells(m desk.Matrix) (out [][]string) {
	names := map[record.ID]string{}
	for _, p := range m.Actors {
		names[p.ID] = p.Name
	}
	for _, c := range m.Cells {
		var kinds []string
		for _, kind := range slices.Sorted(maps.Keys(c.Kinds)) {
			kinds = append(kinds, fmt.Sprintf("%s %d", kind, c.Kinds[kind]))
		}
		out = append(out, []string{string(c.A), names[c.A], string(c.B), names[c.B], strconv.Itoa(c.Count), strconv.Itoa(c.Reports), strings.Join(kinds, "; "), c.Last})
	}
	return out
}

const boardColumns = "id state due_start due_end due_text by by_ids to to_ids action conditions known publisher article title text told_by again evidence decided_at decided_by decided_why"

// promiseCells is a row of the board: how it was first told, how many articles tell it, and what bears on it.
func promiseCells(p *desk.Promise) []string {
	var com record.Commitment
	e := &p.Shown.Entry
	_ = json.Unmarshal(e.Item, &com) // what cannot be read is empty; the words are there
	due := cmp.Or(p.Due, &record.Time{})
	var conditions, evidence, again []string
	for _, c := range p.Conditions {
		conditions = append(conditions, c.Kind+": "+c.Text)
	}
	for _, l := range p.Evidence {
		evidence = append(evidence, strings.TrimSpace(l.Link.Type+" "+string(l.Link.B)))
	}
	articles := map[record.ID]bool{e.Article: true}
	for i := range p.Again {
		articles[p.Again[i].Entry.Article] = true
		again = append(again, string(p.Again[i].Entry.ID))
	}
	row := []string{
		string(e.ID), p.State, text(due.Start), text(due.End), due.Text, nameList(com.By, p.Shown.Names), idList(com.By), nameList(com.To, p.Shown.Names), idList(com.To),
		com.Action, strings.Join(conditions, "; "), stamp(e.Known), e.Publisher, string(e.Article), e.Title, e.Text, strconv.Itoa(len(articles)),
		strings.Join(again, " "), strings.Join(evidence, "; "),
	}
	if len(p.History) == 0 {
		return append(row, "", "", "")
	}
	last := p.History[len(p.History)-1]
	return append(row, stamp(last.At), last.Who, last.Why)
}

func nameList(ids []record.ID, names map[record.ID]string) string {
	var list []string
	for _, id := range ids {
		list = append(list, names[id])
	}
	return strings.Join(list, "; ")
}

func idList(ids []record.ID) string {
	var list []string
	for _, id := range ids {
		list = append(list, string(id))
	}
	return strings.Join(list, " ")
}

const todayColumns = "section " + entryColumns + " due b_id b_publisher b_chain b_text reason"

// todayCells are what a day shows, section by section; of a contradiction the first side stands where entries do.
func todayCells(t desk.Today) (out [][]string) {
	add := func(section string, s *desk.Shown, more ...string) {
		row := make([]string, len(strings.Fields(entryColumns)))
		if s != nil {
			row = entryCells(s)
		}
		row = append(append([]string{section}, row...), more...)
		out = append(out, append(row, make([]string, len(strings.Fields(todayColumns))-len(row))...))
	}
	for _, part := range []struct {
		section string
		list    []desk.Shown
	}{{"statement", t.Statements}, {"figure", t.Figures}, {"contact", t.Contacts}} {
		for i := range part.list {
			add(part.section, &part.list[i])
		}
	}
	for i := range t.Due {
		add("due", &t.Due[i].Shown, cmp.Or(text(cmp.Or(t.Due[i].Due, &record.Time{}).End), text(cmp.Or(t.Due[i].Due, &record.Time{}).Start)))
	}
	for _, l := range t.Contradictions {
		b := sideCells(l.B)
		add("contradiction", l.A, "", b[0], b[2], b[4], b[5], l.Link.Type+": "+l.Link.Reason)
	}
	for _, c := range t.Ceasefires {
		row := make([]string, len(strings.Fields(todayColumns)))
		copy(row, []string{"ceasefire", c.ID, "ceasefire", "", c.State, "", c.Day.String(), "", "", c.Name})
		out = append(out, row)
	}
	return out
}

const foundColumns = "section " + entryColumns

// foundCells are what a search by words found: articles, entries, and actors by their names.
func foundCells(f desk.Found) (out [][]string) {
	for _, a := range f.Articles {
		out = append(out, []string{"article", a.ID, "article", "", a.State, "", stamp(a.Known), a.Publisher, a.ID, a.Title, "", "", ""})
	}
	for i := range f.Entries {
		out = append(out, append([]string{"entry"}, entryCells(&f.Entries[i])...))
	}
	for _, who := range f.Actors {
		out = append(out, []string{"actor", string(who.ID), "actor", who.Kind, "", "", "", "", "", "", "", who.Name, ""})
	}
	return out
}

const memberColumns = "actor identity reason score name article publisher known title text"

func memberCells(a desk.Actor) (out [][]string) {
	for i := range a.Members {
		m, e := &a.Members[i].Membership, &a.Members[i].Entry
		var actor record.Actor
		_ = json.Unmarshal(e.Item, &actor) // what cannot be read is empty; the words are there
		out = append(out, []string{string(m.Actor), string(m.Identity), m.Reason, decimal(m.Score), actor.Name, string(e.Article), e.Publisher, stamp(e.Known), e.Title, e.Text})
	}
	return out
}

const truceColumns = "id name state since day parties"

func truceCells(list truceList) (out [][]string) {
	for _, c := range list.Ceasefires {
		out = append(out, []string{c.ID, c.Name, c.State, dayCell(c.Since), dayCell(c.Day), strings.Join(c.Parties, "; ")})
	}
	return out
}

func dayCell(d ceasefire.Day) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

const reportColumns = "day state since reasons observer what place means counting per_day bound window_from window_days level series_state observations"

// reportCells are the days of a ceasefire: a row for each count that was reported of the day, and one without where none was.
func reportCells(r *ceasefire.Report) (out [][]string) {
	byDay := map[ceasefire.Day][][]string{}
	for _, s := range r.Series {
		for _, p := range s.Points {
			byDay[p.Day] = append(byDay[p.Day], []string{
				s.Observer, s.What, s.Place, s.Means, s.Counting, decimal(p.Rate), p.Bound, dayCell(p.From), strconv.Itoa(p.Window), p.Level, string(p.State), strings.Join(p.Observations, " "),
			})
		}
	}
	for _, d := range r.Days {
		var why []string
		for _, reason := range d.Reasons {
			why = append(why, reason.Text)
		}
		day := []string{d.Day.String(), string(d.State), dayCell(d.Since), strings.Join(why, " ")}
		for _, reading := range byDay[d.Day] {
			out = append(out, slices.Concat(day, reading))
		}
		if len(byDay[d.Day]) == 0 {
			out = append(out, slices.Concat(day, make([]string, len(strings.Fields(reportColumns))-len(day))))
		}
	}
	return out
}
