package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"parley/internal/record"
)

// Excerpt is a record of some entries of an archive, whatever articles they stand in, and of the actors, places,
// statements and sides of contradictions that they name. It has no document. Archive ids are the same nowhere else, so
// that one excerpt serves a whole page: a few questions to the archive, whatever the page holds.
func (d *Desk) Excerpt(ctx context.Context, entries []record.Entry) (*record.Record, error) {
	x, err := d.excerpt(ctx, entries)
	if err != nil {
		return nil, err
	}
	return x.rec, nil
}

// excerpt is a record that grows entry by entry.
type excerpt struct {
	rec     *record.Record
	entries map[record.ID]record.Entry
	names   map[record.ID][]record.ID // entry → what it names
	sources map[record.ID][]record.ID // statement → who makes it
}

func (d *Desk) excerpt(ctx context.Context, entries []record.Entry) (*excerpt, error) {
	x := &excerpt{rec: record.Empty(record.Document{}), entries: map[record.ID]record.Entry{}, names: map[record.ID][]record.ID{}, sources: map[record.ID][]record.ID{}}
	wanted, err := x.add(entries)
	// A contradiction names its sides, these the statement they stand in, that its speakers: no chain is longer.
	for range 3 {
		if err != nil || len(wanted) == 0 {
			break
		}
		var found []record.Entry
		if found, err = d.entries(ctx, wanted); err == nil {
			wanted, err = x.add(found)
		}
	}
	return x, err
}

// add puts the items of entries into the record and says what else they name.
func (x *excerpt) add(entries []record.Entry) (wanted []record.ID, err error) {
	for i := range entries {
		e := &entries[i]
		if _, there := x.entries[e.ID]; there {
			continue
		}
		names, err := x.item(e)
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", e.ID, err)
		}
		x.entries[e.ID], x.names[e.ID] = *e, names
		wanted = append(wanted, names...)
	}
	return slices.DeleteFunc(wanted, func(id record.ID) bool { _, there := x.entries[id]; return there }), nil
}

// around are the ids that an entry names, and those that the statements it names name in turn.
func (x *excerpt) around(id record.ID) []record.ID {
	ids := slices.Clone(x.names[id])
	for _, other := range x.names[id] {
		ids = append(ids, x.names[other]...)
	}
	return distinct(ids)
}

// sides are the two entries that a contradiction sets against each other; of anything else none.
func (x *excerpt) sides(id record.ID) []record.ID {
	if x.entries[id].Kind != "contradiction" {
		return nil
	}
	ids := x.names[id]
	return ids[len(ids)-2:]
}

// item puts one item into the record; names are the ids that showing it needs.
func (x *excerpt) item(e *record.Entry) (names []record.ID, err error) {
	r := x.rec
	switch e.Kind {
	case "actor":
		_, err = taken(e, &r.Actors)
	case "place":
		_, err = taken(e, &r.Places)
	case "statement":
		var s *record.Statement
		if s, err = taken(e, &r.Statements); err == nil {
			x.sources[s.ID] = s.Source
			names = slices.Concat(s.Source, s.Addressee, s.Via)
		}
	case "event":
		var v *record.Event
		if v, err = taken(e, &r.Events); err == nil {
			names = slices.Concat(v.Actors, v.Recipients, v.Where, one(v.AssertedBy))
		}
	case "commitment":
		var c *record.Commitment
		if c, err = taken(e, &r.Commitments); err == nil {
			names = slices.Concat(c.By, c.To, one(c.MadeIn))
		}
	case "contact":
		var k *record.Contact
		if k, err = taken(e, &r.Contacts); err == nil {
			names = slices.Concat(k.Participants, k.Where, one(k.AssertedBy))
		}
	case "figure":
		var f *record.Figure
		if f, err = taken(e, &r.Figures); err == nil {
			names = slices.Concat(f.AssertedBy, f.Where)
		}
	case "contradiction":
		var c *record.Contradiction
		if c, err = taken(e, &r.Contradictions); err == nil {
			names = slices.Concat(c.By, []record.ID{c.A, c.B})
		}
	case "agreement":
		var g *record.Agreement
		if g, err = taken(e, &r.Agreements); err == nil {
			names = g.Parties
		}
	}
	return names, err
}

// taken decodes an entry's item into a list and gives it.
func taken[T any](e *record.Entry, list *[]T) (*T, error) {
	var item T
	if err := json.Unmarshal(e.Item, &item); err != nil {
		return nil, fmt.Errorf("decoding its item: %w", err)
	}
	*list = append(*list, item)
	return &(*list)[len(*list)-1], nil
}

// one is the id as a list.
func one(id *record.ID) []record.ID {
	if id == nil {
		return nil
	}
	return []record.ID{*id}
}
