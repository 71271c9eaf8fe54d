package ceasefire

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Limits on an agreement: more than this is a mistake or an attack.
const (
	maxNames = 200
	maxWhat  = 20
	maxLag   = 31 // days from an event to its report that are still looked for
)

// lines finds the line of a key in a YAML tree.
type lines struct{ root *yaml.Node }

// of is the line of the value under the keys (list places as numbers), or of the nearest that is there.
func (l lines) of(path ...any) int {
	n := l.root
	if n != nil && n.Kind == yaml.DocumentNode && len(n.Content) > 0 {
		n = n.Content[0]
	}
	if n == nil {
		return 1
	}
	line := n.Line
	for _, step := range path {
		next := child(n, step)
		if next == nil {
			break
		}
		n, line = next, next.Line
	}
	return max(line, 1)
}

func child(n *yaml.Node, step any) *yaml.Node {
	switch k := step.(type) {
	case int:
		if n.Kind == yaml.SequenceNode && k < len(n.Content) {
			return n.Content[k]
		}
	case string:
		for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == k {
				return n.Content[i+1]
			}
		}
	}
	return nil
}

// faults gathers what is wrong with a file, each with its line.
type faults struct {
	at   lines
	list []error
}

func (f *faults) add(ok bool, path []any, format string, args ...any) {
	if !ok {
		where := ""
		if f.at.root != nil {
			where = fmt.Sprintf("line %d: ", f.at.of(path...))
		}
		f.list = append(f.list, errors.New(where+fmt.Sprintf(format, args...)))
	}
}

func path(steps ...any) []any { return steps }

// check says what cannot be right in an agreement.
func (a *Agreement) check(at lines) error {
	f := &faults{at: at}
	f.add(a.ID != "" && clean(a.ID) == a.ID && !strings.Contains(a.ID, " "), path("id"), "the agreement needs an id without spaces: write id: north-line-2031")
	f.add(strings.TrimSpace(a.Name) != "", path("name"), "the agreement needs a name: write name: North Line ceasefire")
	f.add(len(a.Parties) >= 2, path("parties"), "an agreement has two parties at least: list them under parties:")
	f.add(a.Start != 0, path("start"), "the agreement needs its first day: write start: 2031-03-01")
	f.add(a.End == 0 || a.End >= a.Start, path("end"), "the end (%s) is before the start (%s): correct one of them, or take the end out", a.End, a.Start)
	f.add(len(a.Observers) > 0, path("observers"), "nobody's reports count: list under observers: those who watch, such as - name: Joint Monitoring Mission")
	f.add(len(a.Counts) > 0, path("counts"), "nothing is counted: list under counts: what the observers count, such as - what: violations")
	f.add(len(a.Parties)+len(a.Observers)+len(a.Area.Places)+len(a.Area.Points)+len(a.Recommitments)+len(a.DeclaredEnds)+len(a.Terms)+len(a.Entries) <= maxNames && len(a.Counts) <= maxWhat,
		nil, "the lists are too long: at most %d names, places and dates and %d counts are read; shorten them", maxNames, maxWhat)
	a.checkDates(f)
	a.checkObservers(f)
	a.checkArea(f)
	a.checkRule(f)
	return errors.Join(f.list...)
}

func (a *Agreement) checkDates(f *faults) {
	for i, d := range a.Recommitments {
		f.add(d > a.Start && (a.End == 0 || d <= a.End), path("recommitments", i), "the recommitment of %s is not after the start and before the end: correct the date or take it out", d)
	}
	for i, d := range a.DeclaredEnds {
		f.add(d.Date >= a.Start && d.Date != 0, path("declared_ends", i, "date"), "the declared end needs a date not before the start: write date: %s or later", a.Start)
		f.add(slices.Contains(a.Parties, d.Party), path("declared_ends", i, "party"), "%q is no party: only a party can declare the end; write its name as under parties:", short(d.Party))
	}
	slices.Sort(a.Recommitments)
	slices.SortStableFunc(a.DeclaredEnds, func(x, y DeclaredEnd) int { return int(x.Date - y.Date) })
}

func (a *Agreement) checkObservers(f *faults) {
	owner := map[string]string{}
	for i, o := range a.Observers {
		f.add(fold(o.Name) != "", path("observers", i), "the observer needs a name: write name: Joint Monitoring Mission")
		f.add(o.LagDays >= 0 && o.LagDays <= maxLag, path("observers", i), "lag_days must be 0 to %d", maxLag)
		for _, n := range append([]string{o.Name}, o.Aliases...) {
			was, taken := owner[fold(n)]
			f.add(!taken || was == o.Name, path("observers", i), "%q is a name of two observers: keep it with one", short(n))
			owner[fold(n)] = o.Name
		}
	}
	seen := map[string]bool{}
	for i, c := range a.Counts {
		f.add(c.What != "" && !seen[c.What], path("counts", i), "each count needs a what of its own: write what: violations")
		seen[c.What] = true
	}
}

func (a *Agreement) checkArea(f *faults) {
	if b := a.Area.Box; b != nil {
		ok := len(b) == 4 && onEarth(b[1], b[0]) && onEarth(b[3], b[2]) && b[0] < b[2] && b[1] < b[3]
		f.add(ok, path("area", "box"), "the box must be west, south, east, north in degrees: write box: [37.5, 47.0, 39.9, 49.5]")
	}
	for i, p := range a.Area.Points {
		f.add(fold(p.Name) != "" && onEarth(p.Lat, p.Lon) && p.Km > 0 && p.Km <= 1000, path("area", "points", i), "the point needs name, lat, lon and km up to 1000: write {name: Karst, lat: 47.1, lon: 38.2, km: 5}")
	}
	for i, p := range a.Area.Places {
		f.add(fold(p) != "", path("area", "places", i), "the place has no name: write it or take the line out")
	}
}

func (a *Agreement) checkRule(f *faults) {
	r := a.Rule
	f.add(r.Baseline.Days > 0 && r.Baseline.Days <= 3660 && r.Baseline.MinDays > 0 && r.Baseline.MinDays <= r.Baseline.Days, path("rule", "baseline"),
		"the baseline needs 1 to 3660 days, and min_days from 1 up to them")
	f.add(r.QuietDays > 0 && r.QuietDays <= 3660, path("rule", "quiet_days"), "quiet_days must be 1 to 3660")
	f.add(r.SilenceDays > 0 && r.SilenceDays <= 3660, path("rule", "silence_days"), "silence_days must be 1 to 3660")
	pair := func(s, b Threshold, where ...any) {
		for _, t := range []Threshold{s, b} {
			f.add(sane(t), where, "a threshold needs floor and ratio above zero, a ceiling not below the floor, days of 1 or more, and within from days to 3660")
		}
		f.add(s.Floor <= b.Floor && s.Ratio <= b.Ratio && (b.Ceiling == 0 || s.Ceiling > 0 && s.Ceiling <= b.Ceiling || s.Ceiling == 0 && s.Floor <= b.Ceiling),
			where, "strained must not ask for more than broken: lower its floor, ratio or ceiling, or raise those of broken")
	}
	pair(r.Strained, r.Broken, "rule")
	for i, c := range a.Counts {
		s, b := a.thresholds(c.What)
		pair(s, b, "counts", i)
	}
}

func sane(t Threshold) bool {
	for _, v := range []float64{t.Floor, t.Ratio, t.Ceiling} {
		if math.IsNaN(v) || math.IsInf(v, 0) || v < 0 || v > 1e9 {
			return false
		}
	}
	return t.Floor > 0 && t.Ratio > 0 && (t.Ceiling == 0 || t.Ceiling >= t.Floor) && t.Days > 0 && t.Days <= t.Within && t.Within <= 3660
}

func onEarth(lat, lon float64) bool {
	return lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180
}

// fold is a name for comparing: lower case, single spaces, no article in front.
func fold(s string) string {
	s = strings.ToLower(clean(s))
	return strings.TrimPrefix(s, "the ")
}

// number is a count as text, without needless digits.
func number(v float64) string {
	if v >= 100 || v <= -100 {
		return strconv.FormatFloat(math.Round(v), 'f', -1, 64)
	}
	return strconv.FormatFloat(math.Round(v*100)/100, 'f', -1, 64)
}
