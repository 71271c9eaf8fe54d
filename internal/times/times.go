// Package times finds expressions of time in English text and resolves them against a reference date.
//
// In: any text, later a reference (the publication time) and, for "Sunday", the direction the verb's tense
// gives. Out: spans with a kind, and for each the days or instants it covers. What words mean stands in
// tables/*.tsv; the parse_*.go files hold the grammar, one function for each construction; resolve*.go the
// calendar. Text without times costs one pass over its pieces.
//
// Spans hold the words that change the meaning ("since", "until", "by", "before", "after", "from … to",
// "between … and", "within", "in two days", "for months") and not those that only attach it ("on", "at", "in
// the" before "coming days"), nor a possessive 's.
//
// What vague expressions mean, seen from Sunday 20 February 2022 (weeks run from Monday, ISO 8601):
//
//	expression                start       end         why
//	Sunday                    2022-02-20  2022-02-20  a bare weekday is the reference's own day when it fits
//	Friday (past, future)     02-18/02-25 same        the nearest when the direction is not known
//	last Tuesday              2022-02-15  same        the last before the reference; next: the first in the next week or later
//	next week                 2022-02-21  2022-02-27  the ISO week after that of the reference
//	the past week             2022-02-13  2022-02-20  as many days up to the reference
//	within 48 hours           2022-02-20  2022-02-22  from the reference on
//	in the coming days        2022-02-20  open        no length is stated
//	in the next few hours     2022-02-20  2022-02-21  less than a day, across midnight
//	in recent weeks           open        2022-02-20
//	for months                open        2022-02-20
//	since Friday              2022-02-18  open        always the past one
//	until Friday, by Friday   open        the Friday  the last day counts; a longer unit counts to its end
//	before Friday             open        the day before
//	after Friday              the day after  open
//	by the end of the month   open        2022-02-28
//	early, mid, late March    03-01…10, 11…20, 21…31; years in four-month parts, weeks Mon–Wed, Tue–Thu, Thu–Sun,
//	                          other lengths in thirds
//	Sunday morning, tonight   the whole day           a part of the day is no clock time
//	the first week of March   2022-02-28  2022-03-06  the week with the first Thursday (ISO 8601)
//	a week ago, in two days   that day                months and years ago: that month, that year
//	several days ago          open        2022-02-20  no number is stated
//	the following day, two days later with a past verb: not placed, they count from another time in the text
//	until March 10 (past)     open        2022-03-10  a plan told in the past: the nearest, not the last
//	earlier this month        2022-02-01  2022-02-20
//	later in the day          2022-02-20  2022-02-20
//	summer                    06-01…08-31             meteorological seasons of the northern hemisphere
//	6 p.m. on Sunday          instant     same        in the zone the text names, else the reference's
//	two hours ago             instant     same        when the reference has a clock time, else its day
//
// A reference at midnight counts as one whose clock time is unknown. Bare lengths ("two days", "105
// minutes") and sets ("every Monday") are found but cannot be placed; nor can "in two days" with a past verb,
// which is a length. Feasts of lunar calendars are not known.
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
	node *node
}

// Equal says whether two expressions stand at the same place and are of the same kind.
func (e Expression) Equal(o Expression) bool { return e.Span == o.Span && e.Kind == o.Kind }

// Direction tells which of the possible days a bare "Sunday" or "March" is.
type Direction int

// The directions; Nearest is for when the verb's tense is unknown.
const (
	Nearest Direction = iota
	Past
	Future
)

// Interval is a resolved time, both ends included; a zero time is an open end. Whole days are given by
// midnight of the first and of the last day; with Clock the ends are instants.
type Interval struct {
	Start, End time.Time
	Clock      bool
}

// ISO gives the ends in ISO 8601, nil for an open one: "2022-02-20" for days, "2022-02-20T18:00:00Z" for instants.
func (i Interval) ISO() (start, end *string) {
	layout := time.DateOnly
	if i.Clock {
		layout = time.RFC3339
	}
	format := func(t time.Time) *string {
		if t.IsZero() {
			return nil
		}
		s := t.Format(layout)
		return &s
	}
	return format(i.Start), format(i.End)
}

// Find returns the expressions in text, from left to right, longest first, never overlapping.
func Find(text string) []Expression {
	p := parser{text: text, lex: words()}
	p.scan()
	var out []Expression
	for i := 0; i < len(p.toks); {
		n, from, to := p.expression(i)
		if n == nil || to <= from {
			i++
			continue
		}
		span := document.Span{Start: p.toks[from].start, End: p.toks[to-1].end}
		out = append(out, Expression{Span: span, Kind: n.kind(), node: n})
		i = to
	}
	return out
}

// Resolve gives the days or instants an expression covers, seen from a reference (the publication time).
// ok is false when it cannot be placed (a bare duration, a set).
func (e Expression) Resolve(ref time.Time, dir Direction) (i Interval, ok bool) {
	if e.node == nil || ref.Year() < firstYear || ref.Year() > lastYear {
		return Interval{}, false
	}
	w, ok := e.node.resolve(newView(ref, dir))
	if !ok || !w.sane() {
		return Interval{}, false
	}
	return Interval{Start: w.start, End: w.end, Clock: w.clock}, true
}

// Length is the ISO 8601 duration of a Duration expression ("PT105M"), empty for others and for lengths
// that are not stated ("several weeks").
func (e Expression) Length() string {
	if e.node == nil || e.Kind != Duration {
		return ""
	}
	return e.node.length()
}
