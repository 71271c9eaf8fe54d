package ceasefire

import (
	"fmt"
	"strings"
)

// ParseMap reads a map written as pairs between commas or line ends, for a command line:
//
//	observer=JMM,means=recorded,date=day,region=where,count.violations=total,count.explosions=blasts
//
// The keys are those of a map's file, those of its columns, and count.WHAT for a column of counts. A base map (a preset,
// or nil) gives what the pairs do not.
func ParseMap(base *Map, pairs string) (*Map, error) {
	m := &Map{Name: "pairs"}
	if base != nil {
		*m = *base
		m.Counts = append([]CountColumn{}, base.Counts...)
	}
	for pair := range strings.FieldsFuncSeq(pairs, func(r rune) bool { return r == ',' || r == '\n' }) {
		key, value, found := strings.Cut(strings.TrimSpace(pair), "=")
		if !found || value == "" {
			return nil, fmt.Errorf("reading the map: %q is no pair: write key=value, such as date=event_date", short(pair))
		}
		if what, is := strings.CutPrefix(key, "count."); is {
			m.Counts = append(m.Counts, CountColumn{Column: value, What: what})
			continue
		}
		field := m.field(key)
		if field == nil {
			return nil, fmt.Errorf("reading the map: there is no key %q: docs/ceasefire.md lists the keys", short(key))
		}
		*field = value
	}
	if err := m.check(lines{}); err != nil {
		return nil, fmt.Errorf("reading the map: %w", err)
	}
	return m, nil
}

// field is where the value of a key goes, nil for a key that there is not.
func (m *Map) field(key string) *string {
	c := &m.Columns
	return map[string]*string{
		"name": &m.Name, "format": &m.Format, "rows": &m.Rows, "observer": &m.Observer, "means": &m.Means, "counting": &m.Counting, "what": &m.What,
		"date": &c.Date, "end": &c.End, "window": &c.Window, "note": &c.Note, "place": &c.Place, "region": &c.Region, "lat": &c.Lat, "lon": &c.Lon,
		"weapon": &c.Weapon, "key": &c.Key, "url": &c.URL, "by": &c.Observer,
	}[key]
}
