package desk

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"parley/internal/record"
	"parley/internal/view"
)

// Matrix says who was in contact with whom.
type Matrix struct {
	Actors   []Party `json:"actors"` // those with most contacts, the most first
	Cells    []Cell  `json:"cells"`
	Of       int     `json:"of"`       // reports of contacts looked at, the newest
	Complete bool    `json:"complete"` // they are all there are in that time
}

// Party is an actor of a matrix. ID is its identity's, or its own where it has none.
type Party struct {
	ID    record.ID `json:"id"`
	Name  string    `json:"name"`
	Kind  string    `json:"kind"`
	Count int       `json:"count"` // of contacts with other actors of the matrix
}

// Cell is two actors of a matrix and their contacts, each pair once: the actor that comes first in the matrix is A.
type Cell struct {
	A       record.ID      `json:"a"`
	B       record.ID      `json:"b"`
	Count   int            `json:"count"`   // contacts: reports of one kind and day count once
	Reports int            `json:"reports"` // entries
	Kinds   map[string]int `json:"kinds"`   // contacts by kind
	Last    string         `json:"last"`    // day of the last, ISO 8601
}

// How much a matrix looks at, and shows where nothing is asked for.
const (
	matrixReports = 2000
	matrixActors  = 30
)

// ContactMatrix counts the contacts that took place, as the newest 2,000 reports of a time tell of them. Reports of one
// kind of contact between the same two on the same day count as one contact; where the day is not said it is that on which
// the article was known. Limit is how many actors are wanted; 0: 30.
func (d *Desk) ContactMatrix(ctx context.Context, q record.Query, limit int) (Matrix, error) {
	q.Kinds, q.Status, q.Limit, q.Cursor = []string{"contact"}, []string{"held"}, matrixReports, ""
	list, err := d.in.Entries(ctx, q)
	if err != nil {
		return Matrix{}, fmt.Errorf("listing contacts: %w", err)
	}
	m, err := d.matching(ctx, list.Entries)
	if err != nil {
		return Matrix{}, err
	}
	if limit <= 0 {
		limit = matrixActors
	}
	out := m.matrix(limit)
	out.Of, out.Complete = len(list.Entries), list.Next == ""
	return out, d.introduce(ctx, out.Actors)
}

// pair are two actors, the one whose id comes first first.
type pair [2]record.ID

// matching counts contacts of pairs.
type matching struct {
	cells map[pair]*Cell
	seen  map[string]bool
}

// matching counts what reports of contacts tell.
func (d *Desk) matching(ctx context.Context, reports []record.Entry) (*matching, error) {
	contacts := make([]record.Contact, len(reports))
	var actors []record.ID
	for i := range reports {
		if err := json.Unmarshal(reports[i].Item, &contacts[i]); err != nil {
			return nil, fmt.Errorf("reading %s: %w", reports[i].ID, err)
		}
		actors = append(actors, contacts[i].Participants...)
	}
	who, err := d.in.IdentityOf(ctx, distinct(actors))
	if err != nil {
		return nil, fmt.Errorf("looking up who is who: %w", err)
	}
	m := &matching{cells: map[pair]*Cell{}, seen: map[string]bool{}}
	for i := range contacts {
		m.contact(&contacts[i], reports[i].Known, who)
	}
	return m, nil
}

// contact counts one report.
func (m *matching) contact(con *record.Contact, known time.Time, who map[record.ID]record.ID) {
	var ids []record.ID
	for _, id := range con.Participants {
		ids = append(ids, cmp.Or(who[id], id))
	}
	ids = distinct(ids)
	day := known.Format(time.DateOnly)
	if con.When != nil && con.When.Start != nil && len(*con.When.Start) >= len(time.DateOnly) {
		day = (*con.When.Start)[:len(time.DateOnly)]
	}
	for i, a := range ids {
		for _, b := range ids[i+1:] {
			m.count(pair{a, b}, con.Kind, day)
		}
	}
}

func (m *matching) count(of pair, kind, day string) {
	c := m.cells[of]
	if c == nil {
		c = &Cell{Kinds: map[string]int{}}
		m.cells[of] = c
	}
	c.Reports++
	c.Last = max(c.Last, day)
	key := string(of[0]) + " " + string(of[1]) + " " + kind + " " + day
	if !m.seen[key] {
		m.seen[key] = true
		c.Count++
		c.Kinds[kind]++
	}
}

// matrix keeps the actors with most contacts and the cells between them.
func (m *matching) matrix(limit int) Matrix {
	total := map[record.ID]int{}
	for of, c := range m.cells {
		total[of[0]] += c.Count
		total[of[1]] += c.Count
	}
	order := slices.Collect(maps.Keys(total))
	slices.SortFunc(order, func(a, b record.ID) int { return cmp.Or(total[b]-total[a], cmp.Compare(a, b)) })
	order = order[:min(len(order), limit)]
	out := Matrix{Actors: []Party{}, Cells: []Cell{}}
	for i, a := range order {
		sum := 0
		for j, b := range order {
			c := m.cells[pair{min(a, b), max(a, b)}]
			if c == nil {
				continue
			}
			sum += c.Count
			if i < j {
				cell := *c
				cell.A, cell.B = a, b
				out.Cells = append(out.Cells, cell)
			}
		}
		out.Actors = append(out.Actors, Party{ID: a, Count: sum})
	}
	return out
}

// introduce fills in the names and kinds of actors.
func (d *Desk) introduce(ctx context.Context, actors []Party) error {
	for i := range actors {
		p := &actors[i]
		if record.KindOf(p.ID) == "identity" {
			one, err := d.in.Identity(ctx, p.ID)
			if err != nil {
				return fmt.Errorf("looking up who is who: %w", err)
			}
			p.Name, p.Kind = view.Clean(one.Name), one.Kind
			continue
		}
		e, err := d.in.Entry(ctx, p.ID)
		if err != nil {
			return fmt.Errorf("looking up who is who: %w", err)
		}
		var one record.Actor
		if err := json.Unmarshal(e.Item, &one); err != nil {
			return fmt.Errorf("reading %s: %w", p.ID, err)
		}
		p.Name, p.Kind = view.Clean(one.Name), one.Kind
	}
	return nil
}
