package ceasefire

import (
	"slices"
	"strings"

	"parley/internal/record"
)

// Drafts are agreements as records name them: one for each name that is a ceasefire's, with the parties, the earliest
// date, the terms and the entries that all records together give. A draft names no observers and no counts: a person
// fills these in (Write gives the file to edit) before Load takes it.
func Drafts(recs ...*record.Record) []*Agreement {
	byName := map[string]*Agreement{}
	w := newWorld()
	for _, rec := range recs {
		r := newReader(w, rec, "")
		for i := range rec.Agreements {
			if g := &rec.Agreements[i]; lookup(w.truces, g.Name) != nil {
				r.draft(byName, g)
			}
		}
	}
	var out []*Agreement
	for _, name := range sortedKeys(byName) {
		a := byName[name]
		slices.Sort(a.Entries)
		slices.Sort(a.Parties)
		a.Parties = slices.Compact(a.Parties)
		slices.Sort(a.Terms)
		a.Terms = slices.Compact(a.Terms)
		a.ID = slug(a.Name, a.Start)
		a.defaults()
		out = append(out, a)
	}
	return out
}

func (r *reader) draft(byName map[string]*Agreement, g *record.Agreement) {
	key := fold(g.Name)
	a := byName[key]
	if a == nil {
		a = &Agreement{Name: clean(g.Name)}
		byName[key] = a
	}
	a.Entries = append(a.Entries, g.ID)
	for _, p := range g.Parties {
		a.Parties = append(a.Parties, r.name(p))
	}
	for _, t := range g.Terms {
		a.Terms = append(a.Terms, clean(t.Text))
	}
	if g.Date != nil && g.Date.Start != nil {
		if d, err := ParseDay(*g.Date.Start); err == nil && (a.Start == 0 || d < a.Start) {
			a.Start = d
		}
	}
}

// slug is an id made of a name and a year.
func slug(name string, start Day) string {
	id := strings.Join(strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }), "-")
	if start != 0 {
		id += start.Time().Format("-2006")
	}
	if strings.Trim(id, "-") == "" {
		return "ceasefire"
	}
	return strings.Trim(id, "-")
}
