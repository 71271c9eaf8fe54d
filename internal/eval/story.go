package eval

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/txtar"

	"parley/internal/record"
)

// Story is marked copy: a short article of our own and what its record must hold. It is a txtar archive with
// the files "story.txt" (the article), "published" (a date) and "expect", one expectation a line:
//
//	statement: source=Ana Ruiz; to=Tomas Berg; via=Foreign Ministry, Reuters; act=pledge; says=pull back
//	no statement: source=Tomas Berg
//	event: type=RETREAT; status=pledged; actors=Norland; text=pull back
//	? contact: kind=call; status=held; participants=Ana Ruiz, Tomas Berg; when=2021-03-04; duration=PT1H
//
// "no" turns an expectation round. "?" marks one that is not met yet: it is counted, not demanded.
// Every key must hold for one and the same item. Keys that name actors, places or agreements hold a whole
// list (any order, but via in order) by name or alias; keys of times hold a day, or first..last; keys of words
// (says, text, action, of, about, trigger, if, after, until, unless, terms, reason) hold words that the
// item's text contains, ignoring case and the shape of quotation marks; a contradiction's a and b likewise.
type Story struct {
	Name, Text, Published string
	Expect                []Expectation
}

// Expectation is one line of a story.
type Expectation struct {
	Line   string
	Kind   string // statement, event, …
	Keys   map[string]string
	Absent bool // "no"
	Later  bool // "?"
}

// ParseStory reads marked copy.
func ParseStory(name string, data []byte) (*Story, error) {
	s := &Story{Name: name}
	for _, f := range txtar.Parse(data).Files {
		content := strings.TrimSpace(string(f.Data))
		switch f.Name {
		case "story.txt":
			s.Text = content + "\n"
		case "published":
			s.Published = content
		case "expect":
			for line := range strings.SplitSeq(content, "\n") {
				e, err := parseExpectation(strings.TrimSpace(line))
				if err != nil {
					return nil, fmt.Errorf("story %s: %q: %w", name, line, err)
				}
				if e.Kind != "" {
					s.Expect = append(s.Expect, e)
				}
			}
		default:
			return nil, fmt.Errorf("story %s: there is no part %q: story.txt, published and expect are known", name, f.Name)
		}
	}
	if s.Text == "\n" || len(s.Expect) == 0 {
		return nil, fmt.Errorf("story %s: it needs the parts story.txt and expect", name)
	}
	return s, nil
}

func parseExpectation(line string) (Expectation, error) {
	e := Expectation{Line: line, Keys: map[string]string{}}
	if line == "" || strings.HasPrefix(line, "#") {
		return e, nil
	}
	rest, later := strings.CutPrefix(line, "? ")
	rest, absent := strings.CutPrefix(rest, "no ")
	kind, keys, ok := strings.Cut(rest, ":")
	if !ok || lists[kind] == nil {
		return e, fmt.Errorf("want KIND: key=value; …")
	}
	e.Kind, e.Absent, e.Later = kind, absent, later
	for pair := range strings.SplitSeq(keys, ";") {
		k, v, ok := strings.Cut(strings.TrimSpace(pair), "=")
		if !ok || !slices.Contains(listKeys[kind], k) {
			return e, fmt.Errorf("%q is not a key of %s (%s)", k, kind, strings.Join(listKeys[kind], " "))
		}
		e.Keys[k] = v
	}
	return e, nil
}

// Met says whether the record does what the expectation asks.
func (e *Expectation) Met(rec *record.Record) bool {
	x := lookup{}
	for _, a := range rec.Actors {
		x[a.ID] = append([]string{a.Name}, a.Aliases...)
	}
	for _, p := range rec.Places {
		x[p.ID] = []string{p.Name}
	}
	for _, s := range rec.Statements {
		x[s.ID] = []string{text(s.Content)}
	}
	for _, c := range rec.Commitments {
		x[c.ID] = []string{c.Action}
	}
	for _, f := range rec.Figures {
		x[f.ID] = []string{f.Text}
	}
	for _, ev := range rec.Events {
		x[ev.ID] = []string{ev.Text}
	}
	return slices.ContainsFunc(lists[e.Kind](rec, x), e.holds) != e.Absent
}

func (e *Expectation) holds(it item) bool {
	for k, want := range e.Keys {
		if !it[k].holds(k, want) {
			return false
		}
	}
	return true
}

// value is what an item has under a key: a word or text, names (each with its other names), or a time.
type value struct {
	text  string
	names [][]string
	time  *record.Time
}

type (
	item   map[string]value
	lookup map[record.ID][]string
)

// Keys that must be equal; others of text need only contain what is asked.
var exact = []string{"act", "quote", "channel", "type", "status", "mode", "kind", "state", "value", "high", "bound", "unit", "duration", "country", "sector", "basis"}

func (v value) holds(key, want string) bool {
	switch {
	case v.names != nil || isNames(key):
		return sameNames(v.names, strings.Split(want, ","), key == "via")
	case key == "at" || key == "when" || key == "due" || key == "date":
		first, last, ranged := strings.Cut(want, "..")
		if !ranged {
			last = first
		}
		return v.time != nil && startsWith(v.time.Start, first) && startsWith(v.time.End, last)
	case slices.Contains(exact, key):
		return strings.EqualFold(v.text, want)
	}
	return strings.Contains(fold(v.text), fold(want))
}

func isNames(key string) bool {
	return slices.Contains([]string{"source", "to", "via", "actors", "recipients", "participants", "by", "parties", "where"}, key)
}

// startsWith holds an end of a time against a day; an empty wish asks for an open end.
func startsWith(have *string, want string) bool {
	if want == "" || have == nil {
		return want == "" && have == nil
	}
	return strings.HasPrefix(*have, want)
}

func sameNames(have [][]string, want []string, ordered bool) bool {
	if len(have) != len(want) {
		return false
	}
	for i, w := range want {
		is := func(names []string) bool {
			return slices.ContainsFunc(names, func(n string) bool { return bare(n) == bare(w) })
		}
		if ordered && !is(have[i]) || !slices.ContainsFunc(have, is) {
			return false
		}
	}
	return true
}

func bare(name string) string { return strings.TrimPrefix(fold(name), "the ") }

var folder = strings.NewReplacer("“", "", "”", "", `"`, "", "‘", "'", "’", "'")

func fold(s string) string {
	return strings.Join(strings.Fields(strings.ToLower(folder.Replace(s))), " ")
}

func text(pieces []record.Words) string {
	parts := make([]string, len(pieces))
	for i, p := range pieces {
		parts[i] = p.Text
	}
	return strings.Join(parts, " ")
}

func (x lookup) of(ids []record.ID) value {
	v := value{names: [][]string{}}
	for _, id := range ids {
		v.names = append(v.names, x[id])
	}
	return v
}

func words(s string) value { return value{text: s} }

func amount(f float64) value { return words(strconv.FormatFloat(f, 'f', -1, 64)) }
