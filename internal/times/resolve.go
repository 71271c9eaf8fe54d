package times

import "time"

const maxDepth = 12 // nodes above each other; the grammar makes no more

// resolve places an expression as seen from a view; ok is false when it has no place.
func (n *node) resolve(v view) (window, bool) { return n.place(v, 0) }

func (n *node) place(v view, depth int) (w window, ok bool) {
	if depth > maxDepth || n.context && v.dir == Past {
		return w, false
	}
	sub := func(x *node, v view) (window, bool) {
		if x == nil {
			return days(v.today, v.today), true
		}
		return x.place(v, depth+1)
	}
	switch n.op {
	case opCycle, opHoliday:
		return n.cycle(v)
	case opShift:
		return v.unitAround(v.today, n.unit, int(n.n))
	case opNow:
		return days(v.today, v.today), true
	case opOffset:
		return n.offset(v, sub)
	case opIn:
		if v.dir == Past || v.dir == Nearest && n.unit >= month {
			return w, false // "captured in two days", "the worst in two years": a length
		}
		o := &node{op: opOffset, unit: n.unit, n: n.n}
		for part := n.a; part != nil && depth < maxDepth; part, depth = part.a, depth+1 {
			o = &node{op: opOffset, unit: part.unit, n: part.n, a: o}
		}
		return o.offset(v, sub)
	case opPeriod:
		return n.period(v)
	case opClock:
		base, ok := sub(n.a, v)
		return n.clock.on(base), ok && !base.start.IsZero()
	case opSpan:
		return n.spanOf(v, sub)
	}
	return n.within(v, sub)
}

type placer func(x *node, v view) (window, bool)

// within places what is defined by another time.
func (n *node) within(v view, sub placer) (w window, ok bool) {
	switch n.op {
	case opSince:
		if n.which == lastOne {
			v.dir = pastOf(v.dir, n.a)
		}
	case opUntil, opBefore:
		if v.dir == Past && n.a != nil && n.a.op == opCycle && n.a.month > 0 && n.a.year == 0 {
			v.dir = Nearest // "it was planned until March 10": the verb's past is not the date's
		}
	case opLength, opSet, opNone:
		return w, false
	}
	base, ok := sub(n.a, v)
	if !ok {
		return w, false
	}
	switch n.op {
	case opDaypart:
		return base, true
	case opWeekday:
		d := addDays(base.start, n.weekday-1)
		return days(d, d), true
	case opWeekOf:
		return v.unitAround(base.start, week, 0)
	case opNth:
		return n.nthIn(v, base)
	case opPart:
		return n.pieceOf(base), true
	case opSide:
		if n.piece == early {
			base.end = minTime(base.end, maxTime(v.today, base.start))
		} else {
			base.start = maxTime(base.start, minTime(v.today, base.end))
		}
		return base, true
	case opBegins:
		end, ok := shiftBy(base.start, n.unit, n.n)
		return days(base.start, addDays(end, -1)), ok
	case opSince:
		return window{start: base.start, clock: base.clock}, true
	case opUntil:
		if n.a.op == opPart && n.a.piece == atStart {
			return window{end: base.start}, true
		}
		return window{end: base.end, clock: base.clock}, true
	case opBefore:
		if base.clock {
			return window{end: base.start, clock: true}, true
		}
		return window{end: addDays(base.start, -1)}, true
	case opAfter:
		if base.clock {
			return window{start: base.end, clock: true}, true
		}
		return window{start: addDays(base.end, 1)}, true
	}
	return w, false
}

// pastOf is the direction of what stands behind "since": the past, unless it says otherwise itself.
func pastOf(dir Direction, n *node) Direction {
	if n != nil && n.which == nextOne {
		return dir
	}
	return Past
}

func minTime(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func maxTime(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// on puts a clock time on the day a window begins with.
func (c clockTime) on(w window) window {
	y, m, d := w.start.Date()
	loc := w.start.Location()
	if c.zoned {
		loc = time.UTC
		if c.zone != 0 {
			loc = time.FixedZone("", 60*c.zone)
		}
	}
	t := time.Date(y, m, d, c.hour, c.minute, c.second, 0, loc)
	return window{start: t, end: t, clock: true}
}

// offset places "two days ago" and "three weeks after Sunday". Months and years are as coarse as they sound.
func (n *node) offset(v view, sub placer) (window, bool) {
	base, ok := sub(n.a, v)
	if !ok || base.start.IsZero() {
		return base, false
	}
	from := base.start
	if n.n > 0 && !base.end.IsZero() {
		from = base.end
	}
	if n.count > 0 { // "several days ago"
		if n.n < 0 {
			return window{end: from}, true
		}
		return window{start: from}, true
	}
	if n.unit <= hour {
		return n.clockOffset(v, base, from)
	}
	t, ok := shiftBy(from, n.unit, n.n)
	if !ok {
		return base, false
	}
	exact := n.a != nil && n.a.op != opNow && n.a.op != opOffset
	switch {
	case exact || n.unit < month || n.n != float64(int(n.n)):
		return days(t, t), true
	case n.unit == month:
		return v.unitAround(t, month, 0)
	case n.unit == decade || n.unit == century:
		return v.unitAround(t, year, 0)
	}
	return v.unitAround(t, year, 0)
}

func (n *node) clockOffset(v view, base window, from time.Time) (window, bool) {
	seconds := n.n * map[unit]float64{second: 1, minute: 60, hour: 3600}[n.unit]
	if seconds > 1e9 || seconds < -1e9 {
		return base, false
	}
	at := from
	if n.a == nil && v.clock {
		at = v.ref
	}
	t := at.Add(time.Duration(seconds) * time.Second)
	if n.a == nil && !v.clock && !base.clock {
		y, m, d := t.Date()
		t = v.day(y, int(m), d)
		if seconds < 0 && seconds > -86400 {
			t = from
		}
		return days(t, t), true
	}
	return window{start: t, end: t, clock: true}, true
}

// period places "the past 24 hours", "in the coming days", "for months".
func (n *node) period(v view) (window, bool) {
	if n.n == 0 {
		if n.which == lastOne {
			return window{end: v.today}, true
		}
		if n.unit <= hour {
			return days(v.today, addDays(v.today, 1)), true
		}
		return window{start: v.today}, true
	}
	var t time.Time
	if n.unit <= hour {
		w, ok := (&node{op: opOffset, unit: n.unit, n: n.n}).clockOffset(v, days(v.today, v.today), v.today)
		if !ok {
			return w, false
		}
		t = w.start
		if w.clock {
			if n.n < 0 {
				return window{start: t, end: v.ref, clock: true}, true
			}
			return window{start: v.ref, end: t, clock: true}, true
		}
		if n.n > 0 && t.Equal(v.today) {
			t = addDays(t, 1)
		}
	} else {
		if n.unit == quarter { // quarters are counted whole
			this, _ := v.unitAround(v.today, quarter, 0)
			last, _ := v.unitAround(v.today, quarter, int(n.n))
			if n.n < 0 {
				return days(last.start, addDays(this.start, -1)), true
			}
			return days(addDays(this.end, 1), last.end), true
		}
		var ok bool
		if t, ok = shiftBy(v.today, n.unit, n.n); !ok {
			return window{}, false
		}
	}
	if n.n < 0 {
		return days(t, v.today), true
	}
	return days(v.today, t), true
}

// yearless says whether nothing fixes the round a time belongs to.
func (n *node) yearless() bool {
	switch n.op {
	case opCycle, opHoliday:
		return n.year == 0 && n.which == anyOne
	case opPart, opDaypart, opClock, opNth:
		return n.a != nil && n.a.yearless()
	}
	return false
}

// spanOf places "from Monday to Friday": the second end is sought from the first on.
func (n *node) spanOf(v view, sub placer) (window, bool) {
	a, ok := sub(n.a, v)
	if !ok || a.start.IsZero() {
		return a, false
	}
	bv := v
	if n.b.yearless() {
		bv = v.from(a.start, Future)
	}
	b, ok := sub(n.b, bv)
	if !ok || b.end.IsZero() {
		return b, false
	}
	if n.b.op == opClock && n.a.op == opClock && b.end.Before(a.start) {
		b.end = b.end.Add(12 * time.Hour)
		if b.end.Before(a.start) || n.b.clock.hour >= 12 || !n.b.clock.half {
			b.end = b.end.Add(12 * time.Hour)
		}
	}
	start, end := a.start, b.end
	if n.a.op == opPart && n.a.piece == atEnd {
		start = a.end
	}
	if n.b.op == opPart && n.b.piece == atStart {
		end = b.start
	}
	if a.clock != b.clock && !b.clock { // an instant and a day
		end = end.Add(24*time.Hour - time.Second)
	}
	return window{start: start, end: end, clock: a.clock || b.clock}, true
}

// nthIn counts units inside a longer time.
func (n *node) nthIn(v view, base window) (window, bool) {
	k := int(n.n)
	if base.start.IsZero() || base.end.IsZero() || k == 0 {
		return base, false
	}
	if n.weekday > 0 {
		first := addDays(base.start, (n.weekday-isoWeekday(base.start)+7)%7+7*(k-1))
		if k < 0 {
			first = addDays(base.end, -((isoWeekday(base.end)-n.weekday+7)%7)+7*(k+1))
		}
		return days(first, first), !first.After(base.end) && !first.Before(base.start)
	}
	var start time.Time
	switch {
	case n.unit == week: // the first week is the one with the first Thursday (ISO 8601)
		first := addDays(base.start, 3)
		firstWeek, _ := v.unitAround(first, week, k-1)
		start = firstWeek.start
		if k < 0 {
			lastWeek, _ := v.unitAround(addDays(base.end, -3), week, k+2-n.count)
			start = lastWeek.start
		}
		return days(start, addDays(start, 7*n.count-1)), true
	case n.unit == weekend:
		saturday := addDays(base.start, (6-isoWeekday(base.start)+7)%7+7*(k-1))
		if k < 0 {
			saturday = addDays(base.end, -((isoWeekday(base.end)+1)%7)+7*(k+1))
		}
		return days(saturday, addDays(saturday, 1)), true
	case k < 0:
		end := addDays(base.end, 1)
		start, ok := shiftBy(end, n.unit, float64(-n.count))
		return days(maxTime(start, base.start), base.end), ok
	}
	start, ok := shiftBy(base.start, n.unit, float64((k-1)*n.count))
	if !ok || start.After(base.end) {
		return base, false
	}
	end, ok := shiftBy(start, n.unit, float64(n.count))
	return days(start, addDays(end, -1)), ok
}

// pieceOf cuts a stretch of days into thirds: months by tens, years by four months.
func (n *node) pieceOf(w window) window {
	if w.start.IsZero() || w.end.IsZero() || w.clock {
		return w
	}
	length := int(w.end.Sub(w.start).Hours()/24+0.5) + 1
	if length < 3 {
		return w
	}
	var first, second time.Time // where the middle and the last third begin
	switch {
	case length >= 365 && length <= 366 && w.start.YearDay() == 1:
		first, second = addMonths(w.start, 4), addMonths(w.start, 8)
	case length >= 28 && length <= 31 && w.start.Day() == 1:
		first, second = addDays(w.start, 10), addDays(w.start, 20)
	case length == 3652 || length == 3653: // a decade: 0 to 3, 4 to 6, 7 to 9
		first, second = addMonths(w.start, 48), addMonths(w.start, 84)
	case length == 7: // a week is early until Wednesday and late from Thursday on
		if n.piece == mid {
			return days(addDays(w.start, 1), addDays(w.start, 3))
		}
		first, second = addDays(w.start, 3), addDays(w.start, 3)
	default:
		first, second = addDays(w.start, length/3), addDays(w.start, length-length/3)
	}
	switch n.piece {
	case early, atStart:
		return days(w.start, addDays(first, -1))
	case mid:
		return days(first, addDays(second, -1))
	}
	return days(second, w.end)
}
