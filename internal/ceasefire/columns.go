package ceasefire

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Map says how a table is to be read: which column holds what. Presets are in tables/maps; docs/ceasefire.md lists the keys.
type Map struct {
	Name      string              `yaml:"name"`
	About     string              `yaml:"about,omitempty"`
	Format    string              `yaml:"format,omitempty"` // csv (default) or jsonl: an object a line
	Comma     string              `yaml:"comma,omitempty"`  // what stands between cells, of csv; default ","
	Rows      string              `yaml:"rows,omitempty"`   // jsonl: the key of a list whose objects are the rows
	Observer  string              `yaml:"observer,omitempty"`
	Means     string              `yaml:"means,omitempty"`    // heard, saw, recorded; default unknown
	Counting  string              `yaml:"counting,omitempty"` // total (default) or incident: every row is one event
	What      string              `yaml:"what,omitempty"`     // what a row is one of, for incident
	Precision string              `yaml:"precision,omitempty"`
	Columns   Columns             `yaml:"columns"`
	Counts    []CountColumn       `yaml:"counts,omitempty"`
	Only      map[string][]string `yaml:"only,omitempty"`   // column: values that are wanted; other rows are left out and counted
	Skip      map[string][]string `yaml:"skip,omitempty"`   // column: values that say the row reports nothing
	Levels    map[string]string   `yaml:"levels,omitempty"` // value of the precision column: point, settlement, district, region, country
	Covers    *Coverage           `yaml:"covers,omitempty"` // incident: the days on which a missing row means that nothing happened
}

// Columns are the names of columns; only date is needed. Window is the length in hours of the report that ends with the
// date's day; where neither it nor end is given a row is about one day, or one month where the date is a month.
type Columns struct {
	Date      string `yaml:"date"`
	End       string `yaml:"end,omitempty"` // last day, where rows have a first and a last
	Window    string `yaml:"window,omitempty"`
	Note      string `yaml:"note,omitempty"` // free text, kept; "covers evenings 5-9 January" in it sets the window
	Observer  string `yaml:"observer,omitempty"`
	Place     string `yaml:"place,omitempty"`
	Region    string `yaml:"region,omitempty"`
	Lat       string `yaml:"lat,omitempty"`
	Lon       string `yaml:"lon,omitempty"`
	Precision string `yaml:"precision,omitempty"`
	Weapon    string `yaml:"weapon,omitempty"`
	Actors    string `yaml:"actors,omitempty"` // names between commas
	Key       string `yaml:"key,omitempty"`    // what the table calls the row
	URL       string `yaml:"url,omitempty"`
}

// CountColumn is a column of counts. An empty cell is a gap.
type CountColumn struct {
	Column   string `yaml:"column"`
	What     string `yaml:"what"`
	Place    string `yaml:"place,omitempty"`    // for tables with a column for each place
	Previous bool   `yaml:"previous,omitempty"` // it counts the 24 hours before the row's window
	Bound    string `yaml:"bound,omitempty"`    // default exactly
}

// Coverage is a stretch of days that a table of incidents covers without a gap. Whoever declares it vouches for it.
type Coverage struct {
	From Day `yaml:"from"`
	To   Day `yaml:"to"` // last day
}

// maxCovers is how many days a table can be declared to cover.
const maxCovers = 20*365 + 5

// Presets are the names of the maps that come with the package.
func Presets() []string {
	entries, err := files.ReadDir("tables/maps")
	if err != nil {
		panic("internal error: no maps")
	}
	var out []string
	for _, e := range entries {
		out = append(out, strings.TrimSuffix(e.Name(), ".yaml"))
	}
	return out
}

// Preset is a map that comes with the package.
func Preset(name string) (*Map, error) {
	if !slices.Contains(Presets(), name) {
		return nil, fmt.Errorf("there is no map %q: use one of %s, or the path of a YAML file", short(name), strings.Join(Presets(), ", "))
	}
	data, err := files.ReadFile("tables/maps/" + name + ".yaml")
	if err != nil {
		return nil, fmt.Errorf("reading the map %s: %w", name, err)
	}
	return LoadMap(bytes.NewReader(data))
}

// LoadMap reads a map, as strictly as Load.
func LoadMap(r io.Reader) (*Map, error) {
	var m Map
	root, err := decode(r, &m)
	if err != nil {
		return nil, fmt.Errorf("reading the map: %w", err)
	}
	if err := m.check(lines{root}); err != nil {
		return nil, fmt.Errorf("reading the map: %w", err)
	}
	return &m, nil
}

// precisions are the levels of a place, the finest first.
func precisions() []string {
	return []string{"point", "settlement", "district", "region", "country", "unknown"}
}

func (m *Map) check(at lines) error {
	f := &faults{at: at}
	oneOf := func(value, key string, allowed ...string) {
		f.add(value == "" || slices.Contains(allowed, value), path(key), "%s is %q: write one of %s", key, short(value), strings.Join(allowed, ", "))
	}
	f.add(clean(m.Name) != "", path("name"), "the map needs a name: write name: my-table")
	oneOf(m.Format, "format", "csv", "jsonl")
	oneOf(m.Means, "means", "heard", "saw", "recorded", "unknown")
	oneOf(m.Counting, "counting", Total, Incident)
	oneOf(m.Precision, "precision", precisions()...)
	f.add(m.Comma == "" || len(m.Comma) == 1 && strings.Contains(",;\t|", m.Comma), path("comma"), `the comma must be one of "," ";" "|" "\t"`)
	f.add(m.Columns.Date != "", path("columns"), "the map must say which column is the date: write columns: {date: event_date}")
	f.add(m.Observer != "" || m.Columns.Observer != "", path("observer"), "the map must say who observed: write observer: NAME, or observer: COLUMN under columns")
	f.add(m.Counting != Incident || m.What != "", path("what"), "with counting: incident the map must say what a row is one of: write what: events")
	f.add(m.Counting == Incident || len(m.Counts) > 0, path("counts"), "the map counts nothing: list under counts: the columns, such as - {column: violations, what: violations}")
	f.add(m.Counting == Incident || m.Covers == nil, path("covers"), "covers is for tables of incidents: a table of totals has its zeros in its rows")
	f.add(m.Covers == nil || m.Covers.From != 0 && m.Covers.To >= m.Covers.From && m.Covers.To-m.Covers.From < maxCovers, path("covers"),
		"covers needs from and to, at most 20 years apart: write covers: {from: 2031-01-01, to: 2031-12-31}")
	for i, c := range m.Counts {
		f.add(c.Column != "" && c.What != "", path("counts", i), "a count needs column and what: write {column: explosions, what: explosions}")
		f.add(c.Bound == "" || slices.Contains([]string{"exactly", "at_least", "about", "at_most"}, c.Bound), path("counts", i, "bound"), "bound is one of exactly, at_least, about, at_most")
	}
	for k, v := range m.Levels {
		f.add(slices.Contains(precisions(), v), path("levels", k), "a level is one of %s", strings.Join(precisions(), ", "))
	}
	slices.SortFunc(f.list, func(x, y error) int { return strings.Compare(x.Error(), y.Error()) })
	return errors.Join(f.list...)
}

// needed are the columns without which a table cannot be read by the map.
func (m *Map) needed() []string {
	c := m.Columns
	names := []string{c.Date, c.End, c.Window, c.Note, c.Observer, c.Place, c.Region, c.Lat, c.Lon, c.Precision, c.Weapon, c.Actors, c.Key, c.URL}
	for _, n := range m.Counts {
		names = append(names, n.Column)
	}
	for _, set := range []map[string][]string{m.Only, m.Skip} {
		names = append(names, sortedKeys(set)...)
	}
	return slices.DeleteFunc(names, func(s string) bool { return s == "" })
}
