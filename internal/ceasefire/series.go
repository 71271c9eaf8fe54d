package ceasefire

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"

	"parley/internal/record"
)

// Limits that keep one assessment small enough to read and to compute.
const (
	maxSeries = 1000
	maxWindow = 100 // days: an average over more says nothing of single days
)

// sorter puts observations where they belong: into a series, among the claims, or aside with a reason.
type sorter struct {
	a      *Agreement
	w      *world
	first  Day               // first day that matters
	bare   map[string]string // names already bared
	series map[string]*builder
	report *Report
}

// builder is a series with the observations of each day.
type builder struct {
	Series
	days map[Day]*dayCount
}

// dayCount is what one observer gave for one day.
type dayCount struct {
	rate   float64
	bound  string
	window Window
	ids    []string
	rates  map[float64]bool
}

// observer is the name under which the agreement counts the observer, or nothing.
func (a *Agreement) observer(o *Observation) string {
	names := map[string]bool{fold(o.Observer): true}
	for _, n := range o.Also {
		names[fold(n)] = true
	}
	for _, obs := range a.Observers {
		for _, n := range append([]string{obs.Name}, obs.Aliases...) {
			if names[fold(n)] {
				return obs.Name
			}
		}
	}
	return ""
}

// concerns says whether a party to the agreement speaks or is said to act.
func (a *Agreement) concerns(o *Observation) bool {
	return a.isParty(append(append([]string{o.Observer}, o.Also...), o.Actors...))
}

// party says whether a party to the agreement speaks.
func (a *Agreement) party(o *Observation) bool {
	return a.isParty(append([]string{o.Observer}, o.Also...))
}

// isParty says whether one of the names is a party's, or holds one.
func (a *Agreement) isParty(names []string) bool {
	for _, p := range a.Parties {
		for _, n := range names {
			if p = fold(p); p != "" && strings.Contains(spaced(fold(n)), spaced(p)) {
				return true
			}
		}
	}
	return false
}

// wholeArea is the place of what an observer says without naming one.
const wholeArea = "whole area"

// placeOf is the place of the agreement that an observation is about; false: outside the area.
func (s *sorter) placeOf(p *Place) (string, bool) {
	area := s.a.Area
	if p.Name == "" && p.Region == "" && p.Lat == nil {
		return wholeArea, true
	}
	if len(area.Places)+len(area.Points)+len(area.Box) == 0 {
		return cmp.Or(p.Region, p.Name, wholeArea), true
	}
	names := []string{s.name(p.Name), s.name(p.Region)}
	var in []string
	for _, of := range area.Places {
		if names[0] == s.name(of) {
			return of, true
		}
		if strings.Contains(names[0], s.name(of)) || strings.Contains(names[1], s.name(of)) {
			in = append(in, of)
		}
	}
	switch {
	case len(in) == 1:
		return in[0], true
	case len(in) > 1: // a count for several places is none of each
		return wholeArea, true
	}
	for _, of := range area.Points {
		if names[0] == s.name(of.Name) || p.Lat != nil && kilometres(*p.Lat, *p.Lon, of.Lat, of.Lon) <= of.Km {
			return of.Name, true
		}
	}
	if b := area.Box; len(b) == 4 && p.Lat != nil && *p.Lon >= b[0] && *p.Lat >= b[1] && *p.Lon <= b[2] && *p.Lat <= b[3] {
		return wholeArea, true
	}
	return "", false
}

// name is a place's name without the words for its kind.
func (s *sorter) name(of string) string {
	bare, known := s.bare[of]
	if !known {
		bare = s.w.bare(of)
		s.bare[of] = bare
	}
	return bare
}

// kilometres is the distance of two points on a sphere of the Earth's mean radius (haversine).
func kilometres(lat1, lon1, lat2, lon2 float64) float64 {
	rad := math.Pi / 180
	h := math.Pow(math.Sin((lat2-lat1)*rad/2), 2) + math.Cos(lat1*rad)*math.Cos(lat2*rad)*math.Pow(math.Sin((lon2-lon1)*rad/2), 2)
	return 2 * 6371 * math.Asin(math.Sqrt(min(1, h)))
}

// put takes in one observation.
func (s *sorter) put(o *Observation) {
	aside := func(format string, args ...any) {
		s.report.LeftOut = append(s.report.LeftOut, LeftOut{o.ID, fmt.Sprintf(format, args...)})
	}
	place, inside := s.placeOf(&o.Place)
	observer := s.a.observer(o)
	switch {
	case o.Window.Days() <= 0 || o.Window.Start == 0:
		aside("it has no day")
	case !inside:
		aside("%s is not in the agreement's area", cmp.Or(o.Place.Name, o.Place.Region, "its place"))
	case observer == "" && o.Ref.Kind == "entry" && place == wholeArea && o.Place.Name == "" && !s.a.concerns(o):
		aside("it names no place, and no party says or does it")
	case o.Window.End <= s.first:
		aside("it is from before the agreement and the days that give the usual level")
	case s.a.End != 0 && o.Window.Start > s.a.End:
		aside("it is from after the agreement's end")
	case o.Window.Days() > maxWindow && !o.covers():
		aside("it is about %d days at once, too many to say anything of single days", o.Window.Days())
	case observer == "" || o.Says == Denied:
		s.report.Claims = append(s.report.Claims, Claim{Observation: o.ID, Party: s.a.party(o)})
	case !slices.ContainsFunc(s.a.Counts, func(c Counted) bool { return c.What == o.What }):
		aside("the agreement does not count %s", o.What)
	case !(o.Count.Value >= 0) || o.Count.Value > 1e12:
		aside("its count is no number of things")
	default:
		if b := s.at(observer, place, o); b != nil {
			b.add(o, s.first)
		} else {
			aside("there are more than %d counts: name fewer places under area", maxSeries)
		}
	}
}

// at is the series an observation belongs to, nil when there are too many.
func (s *sorter) at(observer, place string, o *Observation) *builder {
	key := strings.Join([]string{observer, o.What, o.Means, o.Counting, place}, "\x00")
	if b := s.series[key]; b != nil || len(s.series) >= maxSeries {
		return b
	}
	b := &builder{days: map[Day]*dayCount{}, Series: Series{
		ID: string(record.NewID("r", key)), Observer: observer, What: o.What, Means: o.Means, Counting: o.Counting, Place: place,
	}}
	s.series[key] = b
	return b
}

// add spreads a count evenly over its window. Of totals for one day the highest stands; incidents are added.
func (b *builder) add(o *Observation, first Day) {
	rate := o.Count.Value / float64(o.Window.Days())
	for d := max(o.Window.Start, first); d < o.Window.End; d++ {
		c := b.days[d]
		if c == nil {
			c = &dayCount{bound: "exactly", window: Window{d, d + 1}}
			b.days[d] = c
			if o.Counting == Total {
				c.rate, c.rates = -1, map[float64]bool{}
			}
		}
		c.ids = append(c.ids, o.ID)
		switch {
		case o.Counting == Incident:
			c.rate += rate
			if o.Count.Bound != "exactly" && o.Count.Value > 0 {
				c.bound = o.Count.Bound
			}
		case rate > c.rate:
			c.rate, c.bound, c.window = rate, cmp.Or(o.Count.Bound, "exactly"), o.Window
			c.rates[rate] = true
		default:
			c.rates[rate] = true
		}
	}
}

// spreadZeros gives a zero that a table declares for its whole area to every place it has incidents in.
func (s *sorter) spreadZeros() {
	for _, key := range sortedKeys(s.series) {
		zero := s.series[key]
		if zero.Counting != Incident || zero.Place != wholeArea {
			continue
		}
		for _, b := range s.series {
			if b == zero || b.Observer != zero.Observer || b.What != zero.What || b.Means != zero.Means || b.Counting != Incident {
				continue
			}
			for d, c := range zero.days {
				if c.rate == 0 && b.days[d] == nil {
					b.days[d] = &dayCount{bound: "exactly", window: Window{d, d + 1}, ids: slices.Clip(c.ids)}
				}
			}
		}
	}
}

// finish is the series in order of observer, thing, place, means.
func (s *sorter) finish() []Series {
	s.spreadZeros()
	out := []Series{}
	for _, key := range sortedKeys(s.series) {
		b := s.series[key]
		for d, c := range b.days {
			r := Reading{Day: d, Rate: c.rate, Bound: c.bound, Window: c.window.Days(), From: c.window.Start, Observations: c.ids}
			if len(c.rates) > 1 {
				r.Rates = len(c.rates)
			}
			b.Points = append(b.Points, r)
		}
		sort.Slice(b.Points, func(i, j int) bool { return b.Points[i].Day < b.Points[j].Day })
		out = append(out, b.Series)
	}
	return out
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
