package times

import "strings"

// fromTo reads "from Monday to Friday", "between March 1 and 5", "from 2014 on", "from 1 to 22 February".
func (p *parser) fromTo(i int) (*node, int) {
	between := p.is(i, betweenWord)
	j := p.optional(i+1, aboutWord)
	if n, to := p.sharedRange(j, between); n != nil {
		return n, to
	}
	k := j
	if p.is(k, theWord) && p.is(k+1, pieceWord) {
		k++
	}
	a, to := p.point(k)
	if a == nil || a.op == opLength || a.op == opSet {
		return nil, i
	}
	if n, end := p.join(a, to, between); n != nil {
		return n, end
	}
	if !between && p.is(to, onWord) && p.ends(to+1) {
		return &node{op: opSince, a: a}, to + 1
	}
	return nil, i
}

// connects says whether token i joins the ends of a range.
func (p *parser) connects(i int, between bool) bool {
	switch {
	case p.is(i, toWord), p.is(i, untilWord):
		return true
	case p.is(i, andWord):
		return between
	case dash(p.sign(i)):
		return p.tight(i) == p.tight(i+1)
	}
	return p.sign(i) == '~'
}

// toPoint joins a point with a second one: "Monday to Friday", "2014-2018", "March through May".
func (p *parser) toPoint(a *node, i int) (*node, int) {
	if a.op == opLength || a.op == opSet || p.is(i, untilWord) && a.op != opCycle && a.op != opClock {
		return nil, i
	}
	return p.join(a, i, false)
}

func (p *parser) join(a *node, i int, between bool) (*node, int) {
	if !p.connects(i, between) {
		return nil, i
	}
	j := i + 1
	if p.is(j, theWord) && p.is(j+1, pieceWord) {
		j++
	}
	if a.op == opCycle && a.unit == day && a.month > 0 {
		if n, to := p.secondDay(a, j); n != nil {
			return n, to
		}
	}
	if a.op == opCycle && a.unit == year && p.digits(j) && p.width(j) == 2 && p.tight(j) && !p.glued(j+1) && p.at(j).value > a.year%100 {
		return &node{op: opSpan, a: a, b: &node{op: opCycle, unit: year, year: a.year/100*100 + p.at(j).value}}, j + 1
	}
	b, to := p.point(j)
	if b == nil || b.op == opLength || b.op == opSet || b.op == opPeriod || b.op == opSide || !joins(a, b) {
		return nil, i
	}
	share(a, b)
	return &node{op: opSpan, a: a, b: b}, to
}

// secondDay reads the second day of one month: "March 1 to 5", "Feb. 12-14, 2022".
func (p *parser) secondDay(a *node, i int) (*node, int) {
	d, _, to := p.dayNumber(p.optional(i, theWord))
	if d <= a.day || p.glued(to) || p.is(to, ofWord) && p.is(to+1, monthName) || p.is(to, monthName) || p.sign(to) == '/' || dash(p.sign(to)) && p.tight(to) {
		return nil, i
	}
	if p.is(to, amWord) || p.is(to, pmWord) || p.sign(to) == ':' && p.tight(to) {
		return nil, i
	}
	b := &node{op: opCycle, unit: day, month: a.month, day: d, year: a.year}
	if a.year == 0 {
		if y, end := p.year(to, true); y > 0 {
			a.year, b.year, to = y, y, end
		}
	}
	return &node{op: opSpan, a: a, b: b}, to
}

// joins says whether two points can be the ends of one range: both of the clock or both of the calendar.
func joins(a, b *node) bool {
	if a.op == opClock && b.op == opClock {
		return true
	}
	if a.op == opNow || b.op == opNow {
		return true
	}
	return (a.op == opClock) == (b.op == opClock) || a.op == opClock && a.a != nil || b.op == opClock && b.a != nil
}

// share gives each end what only the other states: the year, the day of a clock time, the half of the day.
func share(a, b *node) {
	for (a.op == opPart || a.op == opNth) && a.a != nil {
		a = a.a
	}
	for (b.op == opPart || b.op == opNth) && b.a != nil {
		b = b.a
	}
	switch {
	case a.op == opCycle && b.op == opCycle && a.month > 0 && a.year == 0 && b.year > 0 && b.month > 0:
		a.year = b.year
		if a.month > b.month || a.month == b.month && a.day > b.day && b.day > 0 {
			a.year--
		}
	case a.op == opCycle && b.op == opWeekday && a.weekday > 0 && a.day == 0 && a.which == anyOne: // "Monday to Thursday next week"
		*a = node{op: opWeekday, weekday: a.weekday, a: b.a}
	case a.op == opClock && b.op == opClock:
		if a.clock.half && !b.clock.half {
			if h := a.clock.hour % 12; b.clock.hour >= 12 && h+12 <= b.clock.hour {
				a.clock.hour = h + 12
			}
			a.clock.half = false
		}
		if !a.clock.zoned && b.clock.zoned {
			a.clock.zoned, a.clock.zone = true, b.clock.zone
		}
		if a.a == nil {
			a.a = b.a
		} else if b.a == nil {
			b.a = a.a
		}
	}
}

// sharedRange reads ranges whose first end is a bare number: "1 to 22 February", "5 to 7 p.m.", "4-23 in next month".
func (p *parser) sharedRange(i int, between bool) (*node, int) {
	d, isOrdinal, j := p.dayNumber(p.optional(i, theWord))
	if d == 0 || p.is(j, monthName) || p.is(j, ofWord) {
		return p.sharedClock(i, between)
	}
	if !p.connects(j, between) {
		return p.sharedClock(i, between)
	}
	b, to := p.dayFirst(p.optional(j+1, theWord))
	if b == nil || b.op != opCycle || b.month == 0 || b.day <= d {
		if isOrdinal {
			return nil, i
		}
		return p.sharedClock(i, between)
	}
	a := *b
	a.day = d
	return &node{op: opSpan, a: &a, b: b}, to
}

// sharedClock reads "5 to 6 pm", "between 3 and 8 a.m.", "10:30 to 11".
func (p *parser) sharedClock(i int, between bool) (*node, int) {
	a, b, end := p.twoClocks(i, between)
	if a == nil || !p.clockSure(i) && !p.clockSureBefore(i, end, between) && !p.partFollows(end) && !p.dayFollows(i, end) {
		return nil, i
	}
	if p.partFollows(end) {
		part := p.at(end + 2).value
		a.clock, b.clock, end = a.clock.within(part), b.clock.within(part), end+3
	}
	share(a, b)
	b, end = p.clockDay(b, end)
	a.a = b.a
	return &node{op: opSpan, a: a, b: b}, end
}

// clockSure says whether the clock time at token i could not be a plain number.
func (p *parser) clockSure(i int) bool {
	_, _, ok := p.clock(i, false)
	return ok
}

// clockSureBefore says so of the second of two clock times, which ends before token end.
func (p *parser) clockSureBefore(i, end int, between bool) bool {
	for j := i + 1; j < end; j++ {
		if p.connects(j, between) {
			return p.clockSure(j + 1)
		}
	}
	return false
}

// dayFollows says whether a day right behind "between 3 and 8" makes them hours.
func (p *parser) dayFollows(i, k int) bool {
	prev := p.before(i).class
	return (prev == fromWord || prev == betweenWord) && p.dayBegins(k)
}

// sharedClockOn reads a range of hours that a day stands before, so that bare numbers are hours.
func (p *parser) sharedClockOn(i int, between bool) (*node, int) {
	if n, to := p.sharedClock(i, between); n != nil {
		return n, to
	}
	a, b, to := p.twoClocks(i, between)
	if a == nil || !p.ends(to) && p.at(to).class == other {
		return nil, i
	}
	share(a, b)
	return &node{op: opSpan, a: a, b: b}, to
}

// twoClocks reads two hours joined by "to" or "and", sure or not.
func (p *parser) twoClocks(i int, between bool) (a, b *node, to int) {
	from, j, ok := p.clock(i, true)
	if !ok || !p.connects(j, between) {
		return nil, nil, i
	}
	till, k, ok := p.clock(j+1, true)
	if !ok {
		return nil, nil, i
	}
	return &node{op: opClock, unit: minute, clock: from}, &node{op: opClock, unit: minute, clock: till}, k
}

func (p *parser) partFollows(i int) bool {
	return p.is(i, inWord) && p.is(i+1, theWord) && p.is(i+2, partName)
}

// bareRange reads ranges without "from" whose first end is a bare number.
func (p *parser) bareRange(i int) (*node, int) {
	if !p.digits(i) && !p.is(i, cardinalWord) && !(p.is(i, theWord) && p.digits(i+1)) {
		return nil, i
	}
	if p.before(i).class == moreWord {
		return nil, i
	}
	return p.sharedRange(i, false)
}

// open reads "since Friday", "until March", "by the end of the month", "before 2018", "after Sunday",
// "no later than January 1", "starting Monday".
func (p *parser) open(i int) (*node, int) {
	if p.is(i, pieceWord) {
		return p.beginning(i)
	}
	n, j := p.opener(i)
	if n == nil {
		return nil, i
	}
	for k := 0; k < 2; k++ {
		j = p.optional(j, aboutWord, atWord, onWord)
	}
	if p.is(j, theWord) {
		switch next := p.at(j + 1); {
		case next.class == unitName && next.value == int(year) && p.digits(j+2): // "the year 2019"
			j += 2
		case next.class == whichWord, next.class == seasonName, next.class == spanWord, next.class == pieceWord:
			j++
		case p.digits(j+1) && p.tight(j+2):
			if d, to := p.dayFirst(j + 1); d != nil {
				n.a = d
				return n, to
			}
			j++
		}
	}
	a, to := p.span(j)
	if a != nil && a.op == opDaypart && a.a != nil && (n.op == opBefore || n.op == opAfter) {
		return a, to // "before dawn on Saturday" is on Saturday
	}
	if a == nil || !p.opens(n.op, a) {
		return nil, i
	}
	n.a = a
	if a.op == opPart && a.piece == atEnd && n.op == opBefore {
		n.op = opUntil
	}
	return n, to
}

// opener reads the words that open a time at one end.
func (p *parser) opener(i int) (n *node, to int) {
	than := strings.EqualFold(p.str(i+1), "than")
	switch p.at(i).class {
	case sinceWord:
		return &node{op: opSince, which: lastOne}, i + 1
	case startingWord:
		return &node{op: opSince}, i + 1
	case untilWord, byWord:
		return &node{op: opUntil}, i + 1
	case beforeWord:
		return &node{op: opBefore}, i + 1
	case afterWord:
		return &node{op: opAfter}, i + 1
	case laterWord:
		if than {
			return &node{op: opAfter}, i + 2
		}
	case noWord:
		if p.is(i+1, laterWord) && strings.EqualFold(p.str(i+2), "than") {
			return &node{op: opUntil}, i + 3
		}
	case asWord:
		switch {
		case p.is(i+1, ofWord):
			return &node{op: opSince}, i + 2
		case p.is(i+1, pieceWord) && p.is(i+2, asWord) && p.at(i+1).value == int(late):
			return &node{op: opUntil}, i + 3
		case p.is(i+1, pieceWord) && p.is(i+2, asWord):
			return &node{op: opSince}, i + 3
		}
	}
	return nil, i
}

// opens says whether a time can be open at one end in this way.
func (p *parser) opens(o op, a *node) bool {
	switch a.op {
	case opLength, opSet, opSide, opPeriod:
		return false
	case opNow:
		return o != opAfter
	case opSpan:
		return o == opBefore || o == opAfter
	case opDaypart:
		return a.a != nil
	}
	return true
}

// beginning reads "beginning January 7".
func (p *parser) beginning(i int) (*node, int) {
	if !strings.EqualFold(p.str(i), "beginning") {
		return nil, i
	}
	if n, to := p.calendar(p.optional(i+1, onWord)); n != nil && n.day > 0 {
		return &node{op: opSince, a: n}, to
	}
	return nil, i
}

// within reads "within 48 hours", "within days", "within the next two weeks".
func (p *parser) within(i int) (*node, int) {
	j := p.optional(i+1, theWord)
	if p.is(j, unitsName) {
		return &node{op: opPeriod, unit: unit(p.at(j).value), which: nextOne}, j + 1
	}
	if n, to := p.period(j); n != nil {
		return n, to
	}
	if n, to := p.which(j); n != nil && n.op == opPeriod {
		return n, to
	}
	n, to := p.length(j)
	if n == nil || p.is(to, ofWord) || p.is(to, afterWord) || p.is(to, beforeWord) {
		return nil, i
	}
	if n.n == 0 {
		return &node{op: opPeriod, unit: n.unit, which: nextOne}, to
	}
	return &node{op: opPeriod, unit: n.unit, n: n.n}, to
}

// in reads "in two days", "in a week's time", "in the evening", "in 5 minutes".
func (p *parser) in(i int) (*node, int) {
	j := i + 1
	if p.is(j, theWord) && p.is(j+1, partName) {
		n := &node{op: opDaypart, unit: day, number: p.at(j + 1).value}
		to := j + 2
		if k := p.optional(to, atWord); k > to || p.digits(to) || p.is(to, cardinalWord) {
			if c, end, ok := p.clock(k, k > to); ok {
				return &node{op: opClock, unit: minute, clock: c.within(n.number)}, end
			}
		}
		return p.dayAround(n, to)
	}
	n, to := p.length(j)
	if n == nil || p.is(to, ofWord) || dash(p.sign(j+1)) {
		return nil, i
	}
	if n.n == 0 { // "in a few days"; with a past verb a length
		return &node{op: opPeriod, unit: n.unit, which: nextOne, context: true}, to
	}
	if p.is(to, sinceWord) || p.is(to, andWord) || p.is(to, unitName) {
		return nil, i
	}
	end := to
	if k := p.possessive(to); k > to && p.is(k, timeWord) {
		end = k + 1
	} else if p.is(to, timeWord) {
		end = to + 1
	} else if p.at(to).class == other && p.at(to-1).class == unitName && p.at(to).start >= 0 && !p.ends(to) && n.n != 1 {
		return nil, i // "in two day trips"
	}
	return &node{op: opIn, unit: n.unit, n: n.n, a: n.a}, end
}

// forMonths reads "for months": a length nobody states, up to the reference.
func (p *parser) forMonths(i int) (*node, int) {
	if p.is(i+1, unitsName) && p.at(i+1).value >= int(hour) && !p.is(i+2, ofWord) {
		return &node{op: opPeriod, unit: unit(p.at(i + 1).value), which: lastOne}, i + 2
	}
	return nil, i
}
