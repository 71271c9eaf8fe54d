package times

// cycle places what comes round every week, month or year. With a year it is fixed; with last, this or next
// it is counted from the reference; else the direction picks: the last that has begun, the next that has not
// ended, or the nearest.
func (n *node) cycle(v view) (window, bool) {
	if n.year > 0 || n.unit == decade || n.unit == century {
		return n.round(v, n.year)
	}
	switch n.which {
	case lastOne:
		return n.seek(v, -1, func(w window) bool { return w.end.Before(v.today) })
	case nextOne:
		if n.weekday > 0 && n.day == 0 { // "next Friday" is next week's
			return n.nextWeekday(v)
		}
		return n.seek(v, 1, func(w window) bool { return w.start.After(v.today) })
	case comingOne:
		return n.seek(v, 1, func(w window) bool { return w.start.After(v.today) })
	case thisOne:
		return n.thisRound(v)
	}
	begun := func(w window) bool { return !w.start.After(v.today) }
	going := func(w window) bool { return !w.end.Before(v.today) }
	switch v.dir {
	case Past:
		return n.seek(v, -1, begun)
	case Future:
		return n.seek(v, 1, going)
	}
	a, okA := n.seek(v, -1, begun)
	b, okB := n.seek(v, 1, going)
	if !okA || okB && b.start.Sub(v.today) < v.today.Sub(a.end) {
		return b, okB
	}
	return a, okA
}

// nextWeekday is the weekday in the week after the reference's.
func (n *node) nextWeekday(v view) (window, bool) {
	w, _ := v.unitAround(v.today, week, 1)
	d := addDays(w.start, n.weekday-1)
	return days(d, d), true
}

// thisRound is the one in the reference's week, month or year. "This Tuesday" on a Sunday looks ahead.
func (n *node) thisRound(v view) (window, bool) {
	if n.weekday > 0 && n.day == 0 {
		w, _ := v.unitAround(v.today, week, 0)
		d := addDays(w.start, n.weekday-1)
		gone := int(v.today.Sub(d).Hours()/24 + 0.5)
		if gone > 0 && (v.dir == Future || v.dir == Nearest && gone > 3) {
			d = addDays(d, 7)
		}
		if gone < 0 && v.dir == Past {
			d = addDays(d, -7)
		}
		return days(d, d), true
	}
	if n.unit == weekend {
		return v.unitAround(v.today, weekend, 0)
	}
	return n.round(v, v.today.Year())
}

// seek walks the rounds in one direction from the reference until one fits. A leap day may be eight years off.
func (n *node) seek(v view, step int, fits func(window) bool) (window, bool) {
	if n.yearly() {
		y := v.today.Year()
		for k := -1; k <= 12; k++ {
			if w, ok := n.round(v, y+k*step); ok && fits(w) {
				return w, true
			}
		}
		return window{}, false
	}
	if n.day > 0 { // a day of the month
		for k := -1; k <= 48; k++ {
			first := v.day(v.today.Year(), int(v.today.Month())+k*step, 1)
			d := addDays(first, n.day-1)
			if d.Month() == first.Month() && (n.weekday == 0 || isoWeekday(d) == n.weekday) && fits(days(d, d)) {
				return days(d, d), true
			}
		}
		return window{}, false
	}
	for k := -1; k <= 2; k++ {
		monday := addDays(v.today, 1-isoWeekday(v.today)+7*k*step)
		w := days(addDays(monday, n.weekday-1), addDays(monday, n.weekday-1))
		if n.unit == weekend {
			w = days(addDays(monday, 5), addDays(monday, 6))
		}
		if fits(w) {
			return w, true
		}
	}
	return window{}, false
}

// yearly says whether the cycle is a year long.
func (n *node) yearly() bool {
	return n.op == opHoliday || n.month > 0 || n.unit == quarter || n.unit == half || n.unit == season
}

// round is the occurrence in one year; ok is false for 30 February and its like.
func (n *node) round(v view, y int) (window, bool) {
	if n.op == opHoliday {
		d := words().holidays[n.number].in(v, y)
		return days(d, d), y > 1582 || words().holidays[n.number].rule != "easter"
	}
	switch n.unit {
	case day:
		if n.month == 0 {
			return window{}, false
		}
		d := v.day(y, n.month, n.day)
		return days(d, d), int(d.Month()) == n.month
	case month:
		first := v.day(y, n.month, 1)
		return days(first, monthEnd(first)), true
	case quarter, half:
		length := 3
		if n.unit == half {
			length = 6
		}
		first := v.day(y, (n.number-1)*length+1, 1)
		return days(first, monthEnd(v.day(y, n.number*length, 1))), true
	case season: // spring begins in March, winter runs into the next year
		first := v.day(y, 3*n.number, 1)
		return days(first, monthEnd(v.day(y, 3*n.number+2, 1))), true
	case year:
		return days(v.day(y, 1, 1), v.day(y, 12, 31)), true
	case decade:
		return days(v.day(y, 1, 1), v.day(y+9, 12, 31)), true
	case century:
		return days(v.day(max(y, firstYear), 1, 1), v.day(y+99, 12, 31)), true
	}
	return window{}, false
}
