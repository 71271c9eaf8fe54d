package ceasefire

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// row turns one row into observations.
func (im *importer) row(line int, row map[string]string) {
	c := im.m.Columns
	if why := im.aside(row); why != "" {
		im.leave(why)
		return
	}
	window, err := im.window(row)
	if err != nil {
		im.problem(line, c.Date, "%v", err)
		return
	}
	base := Observation{
		Observer: cmp.Or(clean(row[c.Observer]), clean(im.m.Observer)), Says: Reported, Means: cmp.Or(im.m.Means, "unknown"),
		Counting: cmp.Or(im.m.Counting, Total), Window: window, Dated: "stated", Actors: im.actors(row), Weapon: im.w.weapon(row[c.Weapon]),
		Ref: Ref{Kind: "row", Table: im.table, Line: line, Key: clean(row[c.Key]), URL: clean(row[c.URL]), Text: clean(row[c.Note])},
	}
	if base.Observer == "" {
		im.problem(line, c.Observer, "nobody is named as the observer: fill the cell")
		return
	}
	if base.Place, err = im.place(row); err != nil {
		im.problem(line, cmp.Or(c.Lat, c.Place), "%v", err)
		return
	}
	if im.m.Counting == Incident {
		base.What, base.Count = im.m.What, Count{Value: 1, Bound: "exactly"}
		im.out.Observations = append(im.out.Observations, base)
	}
	for _, count := range im.m.Counts {
		im.count(line, row, base, count)
	}
}

// aside is why the map does not want the row, empty when it does.
func (im *importer) aside(row map[string]string) string {
	for _, col := range sortedKeys(im.m.Only) {
		if !slices.Contains(im.m.Only[col], row[col]) {
			return fmt.Sprintf("%s is %s, which the map does not take", col, cmp.Or(short(row[col]), "empty"))
		}
	}
	for _, col := range sortedKeys(im.m.Skip) {
		if slices.Contains(im.m.Skip[col], row[col]) {
			return fmt.Sprintf("%s is %s: nothing was reported", col, cmp.Or(short(row[col]), "empty"))
		}
	}
	return ""
}

// count adds the observation of one cell.
func (im *importer) count(line int, row map[string]string, o Observation, count CountColumn) {
	cell := row[count.Column]
	if cell == "" {
		return // a gap
	}
	n, err := parseCount(cell)
	if err != nil {
		im.problem(line, count.Column, "%v", err)
		return
	}
	if n.Bound == "exactly" {
		n.Bound = cmp.Or(count.Bound, n.Bound)
	}
	o.What, o.Count, o.Ref.Column = count.What, n, count.Column
	if count.Place != "" {
		o.Place = Place{Name: count.Place, Precision: cmp.Or(im.m.Precision, "unknown")}
	}
	if count.Previous {
		o.Window = Window{o.Window.Start - 1, o.Window.Start}
	}
	im.out.Observations = append(im.out.Observations, o)
}

var countCell = regexp.MustCompile(`^(at least|about|around|approximately|up to|over|~|>=|<=|[+])?\s*([0-9]{1,12}(?:,[0-9]{3})*(?:\.[0-9]{1,6})?)\s*([+])?$`)

// parseCount reads a cell: 5, 1,200, at least 5, 5+, about 20, up to 10.
func parseCount(cell string) (Count, error) {
	m := countCell.FindStringSubmatch(strings.ToLower(strings.TrimSpace(cell)))
	if m == nil {
		return Count{}, fmt.Errorf("%q is no count: write a number, such as 12 or at least 12, or leave the cell empty", short(cell))
	}
	v, err := strconv.ParseFloat(strings.ReplaceAll(m[2], ",", ""), 64)
	if err != nil || v > 1e12 {
		return Count{}, fmt.Errorf("%q is too large a count: correct it", short(cell))
	}
	c := Count{Value: v, Bound: "exactly"}
	switch {
	case m[3] == "+" || slices.Contains([]string{"at least", "over", ">=", "+"}, m[1]):
		c.Bound = "at_least"
	case slices.Contains([]string{"about", "around", "approximately", "~"}, m[1]):
		c.Bound = "about"
	case m[1] != "":
		c.Bound = "at_most"
	}
	return c, nil
}

var (
	monthCell = regexp.MustCompile(`^(\d{4})-(\d{2})$`)
	covers    = regexp.MustCompile(`(?i)\bcovers\s+(?:the\s+)?evenings\s+(?:of\s+)?(\d{1,2})\s*(?:-|–|to|and)\s*(\d{1,2})\b`)
)

// window is the days a row is about.
func (im *importer) window(row map[string]string) (Window, error) {
	c := im.m.Columns
	cell := row[c.Date]
	if m := monthCell.FindStringSubmatch(cell); m != nil {
		first, err := ParseDay(cell + "-01")
		if err != nil {
			return Window{}, err
		}
		return Window{first, DayOf(first.Time().AddDate(0, 1, 0))}, nil
	}
	day, err := parseDate(cell)
	if err != nil {
		return Window{}, err
	}
	w := Window{day, day + 1}
	switch {
	case c.End != "" && row[c.End] != "":
		last, err := parseDate(row[c.End])
		if err != nil {
			return w, err
		}
		if last < day {
			return w, fmt.Errorf("the row ends on %s, before it begins: correct one of the dates", last)
		}
		w.End = last + 1
	case c.Window != "" && row[c.Window] != "":
		hours, err := strconv.Atoi(row[c.Window])
		if err != nil || hours <= 0 || hours > 24*366 {
			return w, fmt.Errorf("a window of %q hours cannot be: write a whole number, such as 24 or 72", short(row[c.Window]))
		}
		w.Start = w.End - Day((hours+23)/24) // a part of a day counts as that day: what was not watched is not made up
	case c.Note != "":
		w = w.note(row[c.Note])
	}
	return w, nil
}

// note widens a window that ends on an evening to the one that a note says it covers: from the evening of the first number
// to that of the last.
func (w Window) note(text string) Window {
	m := covers.FindStringSubmatch(text)
	if m == nil {
		return w
	}
	first, _ := strconv.Atoi(m[1])
	last, _ := strconv.Atoi(m[2])
	evening := w.End - 1
	if evening.Time().Day() != last {
		return w
	}
	length := last - first
	if length <= 0 { // across the end of a month
		length = last + evening.Time().AddDate(0, 0, -last).Day() - first
	}
	if length < 1 || length > 14 {
		return w
	}
	return Window{w.End - Day(length), w.End}
}

// parseDate reads the forms of a day that tables use.
func parseDate(cell string) (Day, error) {
	if d, err := ParseDay(strings.Replace(cell, " 00:00:00", "", 1)); err == nil {
		return d, nil
	}
	for _, layout := range []string{"2 January 2006", "02 January 2006", "2-Jan-2006", "2-January-2006", "2 Jan 2006", "2006/01/02", "20060102"} {
		if t, err := time.Parse(layout, cell); err == nil {
			return ParseDay(t.Format(time.DateOnly))
		}
	}
	return 0, fmt.Errorf("%q is not a date: write it as 2031-03-01 (days and months in figures, such as 03/01/2031, can be read two ways)", short(cell))
}

// place is where a row is about.
func (im *importer) place(row map[string]string) (Place, error) {
	c := im.m.Columns
	p := Place{Name: clean(row[c.Place]), Region: clean(row[c.Region]), Precision: cmp.Or(im.m.Precision, "unknown")}
	if p.Name == "" {
		p.Name, p.Region = p.Region, ""
	}
	if t := lookup(im.w.kinds, p.Name); t != nil && p.Precision == "unknown" {
		p.Precision = t.meaning
	}
	if lat, lon := row[c.Lat], row[c.Lon]; c.Lat != "" && lat+lon != "" {
		y, errY := strconv.ParseFloat(lat, 64)
		x, errX := strconv.ParseFloat(lon, 64)
		if errY != nil || errX != nil || math.IsNaN(y+x) || !onEarth(y, x) {
			return p, fmt.Errorf("%q, %q are no latitude and longitude: write degrees, such as 47.1 and 38.2", short(lat), short(lon))
		}
		p.Lat, p.Lon = &y, &x
		if p.Precision == "unknown" {
			p.Precision = "settlement"
		}
	}
	if level := im.m.Levels[row[c.Precision]]; level != "" {
		p.Precision = level
	}
	return p, nil
}

// actors are the names in the actors' columns.
func (im *importer) actors(row map[string]string) []string {
	var out []string
	for col := range strings.SplitSeq(im.m.Columns.Actors, ",") {
		if name := clean(row[strings.TrimSpace(col)]); name != "" {
			out = append(out, name)
		}
	}
	return out
}

// covers says that the observation is the zero of a table that its map vouches for.
func (o *Observation) covers() bool {
	return o.Counting == Incident && o.Count.Value == 0 && o.Ref.Line == 0 && o.Ref.Kind == "row"
}

// cover adds the zeros that the map declares for a table of incidents.
func (im *importer) cover() {
	if im.m.Covers == nil || im.m.Observer == "" {
		return
	}
	im.out.Observations = append(im.out.Observations, Observation{
		Observer: clean(im.m.Observer), Says: Reported, What: im.m.What, Counting: Incident, Means: cmp.Or(im.m.Means, "unknown"),
		Count: Count{Bound: "exactly"}, Place: Place{Precision: "unknown"}, Window: Window{im.m.Covers.From, im.m.Covers.To + 1}, Dated: "stated",
		Ref: Ref{Kind: "row", Table: im.table, Key: "covers", Text: fmt.Sprintf("the map says that the table covers %s to %s", im.m.Covers.From, im.m.Covers.To)},
	})
}
