// Package times finds expressions of time in English text and resolves them against a reference date.
package times

import (
	"time"

	"parley/internal/document"
)

// Kind is the sort of an expression.
type Kind string

// The sorts of expression.
const (
	Point    Kind = "point"    // a day, week, month, year or instant: "Sunday", "February 12", "next week"
	Range    Kind = "range"    // "from Monday to Friday", "in the coming days", "for months", "within 48 hours"
	Duration Kind = "duration" // a bare length: "105 minutes", "two days"
	Set      Kind = "set"      // "every Monday"
)

// Expression is one expression of time, not yet resolved.
type Expression struct {
	Span document.Span
	Kind Kind
}

// Direction tells which of the possible days a bare "Sunday" or "March" is.
type Direction int

// The directions; Nearest is for when the verb's tense is unknown.
const (
	Nearest Direction = iota
	Past
	Future
)

// Interval is a resolved time, both ends included; a zero time is an open end.
type Interval struct{ Start, End time.Time }

// Find returns the expressions in text, from left to right, longest first, never overlapping.
func Find(text string) []Expression { return nil }

// Resolve gives the days or instants an expression covers, seen from a reference (the publication time).
// ok is false when it cannot be placed (a bare duration, a set).
func (e Expression) Resolve(ref time.Time, dir Direction) (i Interval, ok bool) {
	return Interval{}, false
}

// Length is the ISO 8601 duration of a Duration expression ("PT105M"), empty for others.
func (e Expression) Length() string { return "" }
