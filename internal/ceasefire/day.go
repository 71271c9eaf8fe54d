package ceasefire

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// Day is a reporting day of an observer, counted from 1 January 1970. A mission whose day runs from evening to evening
// names it by the evening on which it ends. Zero is unknown. In JSON and YAML it is an ISO 8601 date, empty when unknown.
type Day int

// The calendar this package works in: a century and a half is more than any table of it spans.
const (
	firstDay = Day(-25567) // 1900-01-01
	lastDay  = Day(47482)  // 2100-01-01
)

// DayOf is the day of an instant in its own time zone.
func DayOf(t time.Time) Day {
	y, m, d := t.Date()
	return Day(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// ParseDay reads an ISO 8601 date; an instant counts as its date.
func ParseDay(s string) (Day, error) {
	if len(s) > 10 && s[10] == 'T' {
		s = s[:10]
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("%q is not a date: write it as 2031-03-01", short(s))
	}
	d := DayOf(t)
	if d < firstDay || d > lastDay || d == 0 {
		return 0, fmt.Errorf("%s is out of range: dates from 1900 to 2100 are read", s)
	}
	return d, nil
}

// Time is midnight UTC at the start of the calendar day.
func (d Day) Time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

func (d Day) String() string {
	if d == 0 {
		return ""
	}
	return d.Time().Format(time.DateOnly)
}

// words is the day as a sentence has it.
func (d Day) words() string { return d.Time().Format("2 January 2006") }

// MarshalJSON writes an ISO 8601 date.
func (d Day) MarshalJSON() ([]byte, error) { return json.Marshal(d.String()) }

// UnmarshalJSON reads what MarshalJSON writes.
func (d *Day) UnmarshalJSON(data []byte) error {
	var s string
	if err := json.Unmarshal(data, &s); err != nil {
		return fmt.Errorf("reading a day: %w", err)
	}
	if s == "" {
		*d = 0
		return nil
	}
	day, err := ParseDay(s)
	*d = day
	return err
}

// MarshalYAML writes an ISO 8601 date.
func (d Day) MarshalYAML() (any, error) {
	node := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!timestamp", Value: d.String()}
	if d == 0 {
		node.Tag = "!!str" // an empty one, which UnmarshalYAML takes for unknown
	}
	return node, nil
}

// UnmarshalYAML reads an ISO 8601 date, or nothing.
func (d *Day) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode && strings.TrimSpace(n.Value) == "" {
		*d = 0
		return nil
	}
	day, err := ParseDay(strings.TrimSpace(n.Value))
	if err != nil {
		return fmt.Errorf("line %d: %w", n.Line, err)
	}
	*d = day
	return nil
}

// IsZero says that the day is unknown.
func (d Day) IsZero() bool { return d == 0 }

// Window is a half-open range of reporting days: a report of a weekend that ends on the 10th is [8th, 11th), three days.
type Window struct {
	Start Day `json:"start"`
	End   Day `json:"end"`
}

// Days is the length of the window.
func (w Window) Days() int { return int(w.End - w.Start) }

func (w Window) String() string {
	if w.Days() == 1 {
		return w.Start.words()
	}
	return fmt.Sprintf("%s to %s (%d days)", w.Start.words(), (w.End - 1).words(), w.Days())
}
