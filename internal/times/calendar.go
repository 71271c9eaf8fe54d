package times

import "time"

// The years that can be resolved: the zero time, which stands for an open end, lies before them.
const (
	firstYear = 2
	lastYear  = 9990
)

// view is where an expression is seen from.
type view struct {
	ref   time.Time
	today time.Time // midnight of the reference's day
	clock bool      // the reference has a clock time
	dir   Direction
}

func newView(ref time.Time, dir Direction) view {
	y, m, d := ref.Date()
	today := time.Date(y, m, d, 0, 0, 0, 0, ref.Location())
	return view{ref: ref, today: today, clock: !ref.Equal(today), dir: dir}
}

// from is the same view from another day.
func (v view) from(t time.Time, dir Direction) view {
	y, m, d := t.Date()
	today := time.Date(y, m, d, 0, 0, 0, 0, v.ref.Location())
	return view{ref: today, today: today, dir: dir}
}

func (v view) day(y, m, d int) time.Time {
	return time.Date(y, time.Month(m), d, 0, 0, 0, 0, v.ref.Location())
}

// window is a resolved stretch of time: days by their midnights, both included, or instants; a zero end is open.
type window struct {
	start, end time.Time
	clock      bool
}

func days(start, end time.Time) window { return window{start: start, end: end} }

// sane says whether the window lies in the years that can be resolved and runs forward.
func (w window) sane() bool {
	in := func(t time.Time) bool { return t.IsZero() || t.Year() >= firstYear && t.Year() <= lastYear+9 }
	if w.start.IsZero() && w.end.IsZero() {
		return false
	}
	return in(w.start) && in(w.end) && (w.start.IsZero() || w.end.IsZero() || !w.end.Before(w.start))
}

// isoWeekday is 1 for Monday to 7 for Sunday.
func isoWeekday(t time.Time) int { return (int(t.Weekday())+6)%7 + 1 }

func addDays(t time.Time, n int) time.Time { return t.AddDate(0, 0, n) }

func monthEnd(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month()+1, 0, 0, 0, 0, 0, t.Location())
}

// unitAround is the unit of the calendar that holds day t, shifted n units on.
func (v view) unitAround(t time.Time, u unit, n int) (window, bool) {
	y, m, _ := t.Date()
	switch u {
	case day, night:
		d := addDays(t, n)
		return days(d, d), true
	case week:
		monday := addDays(t, 1-isoWeekday(t)+7*n)
		return days(monday, addDays(monday, 6)), true
	case fortnight:
		return v.unitAround(t, week, 2*n)
	case weekend:
		saturday := addDays(t, 6-isoWeekday(t)+7*n)
		return days(saturday, addDays(saturday, 1)), true
	case month:
		first := v.day(y, int(m)+n, 1)
		return days(first, monthEnd(first)), true
	case quarter:
		first := v.day(y, (int(m)-1)/3*3+1+3*n, 1)
		return days(first, monthEnd(v.day(first.Year(), int(first.Month())+2, 1))), true
	case half:
		first := v.day(y, (int(m)-1)/6*6+1+6*n, 1)
		return days(first, monthEnd(v.day(first.Year(), int(first.Month())+5, 1))), true
	case year, decade, century:
		length := map[unit]int{year: 1, decade: 10, century: 100}[u]
		first := y/length*length + n*length
		return days(v.day(first, 1, 1), v.day(first+length-1, 12, 31)), true
	}
	return window{}, false
}

// shiftBy moves day t by n units; ok is false for units of the clock and for absurd numbers.
func shiftBy(t time.Time, u unit, n float64) (time.Time, bool) {
	if n > 1e5 || n < -1e5 {
		return t, false
	}
	whole := int(n)
	rest := n - float64(whole)
	switch u {
	case day, night:
		return addDays(t, whole), true
	case week, weekend:
		return addDays(t, int(7*n)), true
	case fortnight:
		return addDays(t, int(14*n)), true
	case month:
		return addDays(addMonths(t, whole), int(30*rest)), true
	case quarter:
		return addMonths(t, int(3*n)), true
	case half:
		return addMonths(t, int(6*n)), true
	case year:
		return addMonths(t, int(12*n)), true
	case decade:
		return addMonths(t, int(120*n)), true
	case century:
		return addMonths(t, int(1200*n)), true
	}
	return t, false
}

// addMonths moves by months and stays at the end of a shorter month: 31 January and a month is 28 February.
func addMonths(t time.Time, n int) time.Time {
	first := time.Date(t.Year(), t.Month()+time.Month(n), 1, 0, 0, 0, 0, t.Location())
	return addDays(first, min(t.Day(), monthEnd(first).Day())-1)
}

// easter is Easter Sunday of a year of the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8).
func easter(y int) (m, d int) {
	a, b, c := y%19, y/100, y%100
	h := (19*a + b - b/4 - (b-(b+8)/25+1)/3 + 15) % 30
	l := (32 + 2*(b%4) + 2*(c/4) - h - c%4) % 7
	k := (a + 11*h + 22*l) / 451
	n := h + l - 7*k + 114
	return n / 31, n%31 + 1
}

// in is the day a holiday falls on in a year.
func (h holiday) in(v view, y int) time.Time {
	switch h.rule {
	case "easter":
		m, d := easter(y)
		return v.day(y, m, d+h.day)
	case "weekday":
		if h.week < 0 {
			last := monthEnd(v.day(y, h.month, 1))
			return addDays(last, -((isoWeekday(last) - h.day + 7) % 7))
		}
		first := v.day(y, h.month, 1)
		return addDays(first, (h.day-isoWeekday(first)+7)%7+7*(h.week-1))
	}
	return v.day(y, h.month, h.day)
}
