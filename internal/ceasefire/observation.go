package ceasefire

import (
	"strings"
	"unicode"

	"parley/internal/record"
)

// What an observation says of violations.
const (
	Reported = "reported" // that they happened, or, with a count of zero, that none did
	Denied   = "denied"   // that somebody else's account of them is wrong
)

// How the count of an observation is to be read.
const (
	Total    = "total"    // everything its observer counted in the window and place: two of them are never added
	Incident = "incident" // one event of many: those of one observer in one table are added
)

// Observation is one report of violations, or of none. It is not yet judged: whether it counts is up to the agreement.
type Observation struct {
	ID       string   `json:"id"` // o- and twelve characters: a hash of the rest
	Observer string   `json:"observer"`
	Also     []string `json:"also,omitempty"` // other names of the observer
	Says     string   `json:"says"`           // Reported, Denied
	What     string   `json:"what"`           // what is counted: violations, explosions, events, killed …
	Counting string   `json:"counting"`       // Total, Incident
	Means    string   `json:"means"`          // heard, saw, recorded, unknown
	Count    Count    `json:"count"`
	Weapon   string   `json:"weapon,omitempty"` // explosion, burst, shot, projectile, shelling, airstrike, drone …: tables/weapons.tsv
	Place    Place    `json:"place"`
	Window   Window   `json:"window"`
	Dated    string   `json:"dated"`            // stated, or publication: the day it was published, for want of better
	Actors   []string `json:"actors,omitempty"` // who is said to have fired; never used for the state
	Ref      Ref      `json:"ref"`
}

// Count is how many, as far as the observer could tell.
type Count struct {
	Value     float64  `json:"value"`
	High      *float64 `json:"high,omitempty"`      // of a range
	Bound     string   `json:"bound"`               // exactly, at_least, about, at_most
	Qualifier string   `json:"qualifier,omitempty"` // the observer's own reserve: undetermined, approximately
}

// Place is where, as precisely as the source has it.
type Place struct {
	Name      string   `json:"name"`
	Precision string   `json:"precision"` // point, settlement, district, region, country, unknown
	Region    string   `json:"region,omitempty"`
	Lat       *float64 `json:"lat,omitempty"`
	Lon       *float64 `json:"lon,omitempty"`
}

// Ref is what something rests on: an entry of an archive, a row of a table, or the agreement itself.
type Ref struct {
	Kind    string    `json:"kind"` // entry, row, agreement
	Entry   record.ID `json:"entry,omitempty"`
	Article record.ID `json:"article,omitempty"`
	Table   string    `json:"table,omitempty"`
	Line    int       `json:"line,omitempty"`   // of the table, from 1
	Column  string    `json:"column,omitempty"` // that holds the count
	Key     string    `json:"key,omitempty"`    // what the table calls the row
	URL     string    `json:"url,omitempty"`
	Text    string    `json:"text,omitempty"` // the exact words, or the row's note
}

// Problem is something in the input that could not be used, and why.
type Problem struct {
	Table  string `json:"table"`
	Line   int    `json:"line,omitempty"`
	Column string `json:"column,omitempty"`
	Text   string `json:"text"`
}

// maxText is how many characters of one cell, name or quotation are kept.
const maxText = 500

// clean makes outside text fit to be kept and printed: valid UTF-8, no control or direction characters, not too long.
func clean(s string) string {
	if len(s) > 8*maxText {
		s = s[:8*maxText]
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.Is(unicode.C, r) || r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	s = strings.Join(strings.Fields(s), " ")
	if n := []rune(s); len(n) > maxText {
		return string(n[:maxText-1]) + "…"
	}
	return s
}

// short is clean text for a message.
func short(s string) string {
	if n := []rune(clean(s)); len(n) > 60 {
		return string(n[:59]) + "…"
	}
	return clean(s)
}

// seal gives an observation its id.
func (o *Observation) seal() {
	parts := []string{o.Observer, o.Says, o.What, o.Counting, o.Means, o.Weapon, o.Place.Name, o.Window.Start.String(), o.Window.End.String(), number(o.Count.Value)}
	if o.Counting == Incident && o.Ref.Key != "" {
		parts = []string{o.Observer, o.What, o.Ref.Key} // one event in two tables is one event
	} else {
		parts = append(parts, string(o.Ref.Entry), string(o.Ref.Article), o.Ref.Table, number(float64(o.Ref.Line)), o.Ref.Column)
	}
	o.ID = string(record.NewID("o", parts...))
}
