package times

import (
	"strings"

	"parley/internal/number"
)

// clock reads a time of day: "10:30 a.m.", "6 pm", "1400 GMT", "18:00", "noon", "7 o'clock", "8.30pm". bare
// allows an hour alone, where the words around leave no doubt ("Sunday at 5").
func (p *parser) clock(i int, bare bool) (c clockTime, to int, ok bool) {
	tok := p.at(i)
	if tok.class == hourName {
		c.hour = tok.value
		return p.zone(c, i+1)
	}
	if tok.kind == number.Digit && p.width(i) >= 3 {
		return p.military(i)
	}
	h, j := p.cardinal(i)
	if j == i || h > 24 || tok.kind != number.Digit && h > 12 {
		return c, i, false
	}
	c.hour, c.half = h, h > 0 && h <= 12
	sure := false
	if s := p.sign(j); tok.kind == number.Digit && (s == ':' || s == '.') && p.tight(j) && p.tight(j+1) && p.digits(j+1) && p.width(j+1) == 2 && p.at(j+1).value < 60 {
		c.minute = p.at(j + 1).value
		sure = s == ':'
		j += 2
		if p.sign(j) == ':' && p.tight(j) && p.tight(j+1) && p.digits(j+1) && p.width(j+1) == 2 && p.at(j+1).value < 60 {
			c.second = p.at(j + 1).value
			j += 2
		}
		if s == '.' && !p.meridian(j) && !bare && !p.zoneAt(j) && !p.hoursAt(j) {
			return c, i, false
		}
		if p.tight(j) && (p.sign(j) == ':' || p.digits(j)) {
			return c, i, false
		}
	} else if tok.kind != number.Digit && bare {
		k := j
		if dash(p.sign(k)) {
			k++
		}
		if m, end := p.cardinal(k); end > k && m >= 10 && m < 60 && !p.digits(k) {
			c.minute, j = m, end
		}
	}
	if end := p.meridianEnd(&c, j); end > j {
		return p.zone(c, end)
	}
	if p.is(j, oWord) && p.is(j+2, clockWord) {
		return p.zone(c, j+3)
	}
	if p.is(j, oclockWord) {
		return p.zone(c, j+1)
	}
	if p.zoneAt(j) || p.hoursAt(j) && sure {
		c.half = false
		return p.zone(c, j)
	}
	if sure && (tok.kind == number.Digit && (p.width(i) == 2 && tok.value > 12 || p.width(i) == 2 && p.str(i)[0] == '0')) {
		c.half = false
	}
	return c, j, sure || bare
}

// hoursAt says whether "hours" or "local time" follows.
func (p *parser) hoursAt(i int) bool {
	return p.is(i, unitsName) && p.at(i).value == int(hour) || strings.EqualFold(p.str(i), "local") && p.is(i+1, timeWord)
}

// military reads "1400 GMT", "0730 hours".
func (p *parser) military(i int) (c clockTime, to int, ok bool) {
	v := p.at(i).value
	c.hour, c.minute = v/100, v%100
	if p.width(i) != 4 && p.width(i) != 3 || v < 0 || c.hour > 24 || c.minute > 59 || !p.zoneAt(i+1) && !(p.hoursAt(i+1) && p.width(i) == 4) {
		return c, i, false
	}
	if p.hoursAt(i+1) && p.is(i+1, unitsName) {
		return p.zone(c, i+2)
	}
	return p.zone(c, i+1)
}

// meridian says whether a.m. or p.m. stands at i.
func (p *parser) meridian(i int) bool {
	c := clockTime{hour: 1}
	return p.meridianEnd(&c, i) > i
}

// meridianEnd reads "am", "a.m.", "P.M.", "a" or "p" right behind digits, and sets the hour.
func (p *parser) meridianEnd(c *clockTime, i int) int {
	s := p.str(i)
	one := len(s) == 1 && strings.ContainsAny(s, "aApP")
	var end int
	pm := s == "p" || s == "P" || p.is(i, pmWord)
	switch {
	case c.hour > 12 || c.hour == 0 && !p.is(i, amWord):
		return i
	case s == "PM" && !p.tight(i) && p.capital(i+1) && p.at(i+1).kind == number.Letter && p.at(i+1).class == other && !p.zoneAt(i+1):
		return i // "3 PM Modi" is no hour
	case p.is(i, amWord) && (p.tight(i) || s == "am" || s == "AM"), p.is(i, pmWord):
		end = i + 1
	case p.sign(i) == '.' && p.tight(i) && p.tight(i+1) && (p.is(i+1, amWord) || p.is(i+1, pmWord)):
		end, pm = i+2, p.is(i+1, pmWord)
	case one && p.sign(i+1) == '.' && strings.EqualFold(p.str(i+2), "m"):
		end = i + 3
		if p.sign(end) == '.' {
			end++
		}
	case one && p.digits(i-1) && p.tight(i) && !p.glued(i+1):
		end = i + 1
	case one && strings.EqualFold(p.str(i+1), "m"):
		end = i + 2
	default:
		return i
	}
	if p.tight(end) && p.at(end).kind != number.Sign {
		return i
	}
	c.half = false
	if pm && c.hour < 12 {
		c.hour += 12
	} else if !pm && c.hour == 12 {
		c.hour = 0
	}
	return end
}

// zoneAt says whether token i names a time zone.
func (p *parser) zoneAt(i int) bool {
	if i >= len(p.toks) || p.at(i).kind != number.Letter {
		return false
	}
	_, ok := p.lex.zones[p.str(i)]
	return ok
}

// zone reads the time zone or "local time" behind a clock time.
func (p *parser) zone(c clockTime, i int) (clockTime, int, bool) {
	if p.zoneAt(i) && p.width(i) > 1 {
		c.zoned, c.zone, c.half = true, p.lex.zones[p.str(i)], false
		return c, i + 1, true
	}
	if p.sign(i) == '(' && p.tight(i+1) && p.zoneAt(i+1) && p.sign(i+2) == ')' {
		c.zoned, c.zone, c.half = true, p.lex.zones[p.str(i+1)], false
		return c, i + 3, true
	}
	if strings.EqualFold(p.str(i), "local") && p.is(i+1, timeWord) {
		return c, i + 2, true
	}
	return c, i, true
}

// clockPoint reads an expression that begins with a clock time: "10:30 a.m. on Tuesday", "noon", "3 p.m. tomorrow".
func (p *parser) clockPoint(i int) (*node, int) {
	if p.at(i).class == hourName && (p.is(i+1, oWord) || p.before(i).class == other && p.before(i).start >= 0 && isCapital(p.text, p.before(i))) {
		return nil, i
	}
	j := i
	if p.digits(j) && p.at(j).value == 12 && p.is(j+1, hourName) { // "12 noon"
		j++
	}
	c, to, ok := p.clock(j, false)
	if !ok {
		return p.hourInPart(i)
	}
	n := &node{op: opClock, unit: minute, clock: c}
	if p.is(to, inWord) && p.is(to+1, theWord) && p.is(to+2, partName) {
		n.clock = c.within(p.at(to + 2).value)
		to += 3
	} else if p.is(to, partName) && c.half {
		n.clock = c.within(p.at(to).value)
		to++
	}
	return p.clockDay(n, to)
}

// hourInPart reads "five in the morning".
func (p *parser) hourInPart(i int) (*node, int) {
	h, to := p.cardinal(i)
	if to == i || h < 1 || h > 12 || !p.is(to, inWord) || !p.is(to+1, theWord) || !p.is(to+2, partName) {
		return nil, i
	}
	c := clockTime{hour: h, half: true}
	return p.clockDay(&node{op: opClock, unit: minute, clock: c.within(p.at(to + 2).value)}, to+3)
}

// within settles the half of the day by a part of the day that begins at an hour.
func (c clockTime) within(part int) clockTime {
	if c.half {
		if part >= 12 && c.hour < 12 && !(part >= 20 && c.hour < 5) {
			c.hour += 12
		} else if part < 12 && c.hour == 12 {
			c.hour = 0
		}
		c.half = false
	}
	return c
}

// clockDay adds the day behind a clock time: "6 p.m. on Sunday", "9am tomorrow", "noon, February 3".
func (p *parser) clockDay(n *node, i int) (*node, int) {
	j := p.optional(p.comma(i), onWord, ofWord)
	if p.sign(i) == ',' && j == i+1 && !p.is(j, monthName) && !p.is(j, weekdayName) && !p.is(j, dayWord) {
		return n, i
	}
	if n.a != nil || j == i && p.sign(i) != ',' && !p.dayBegins(j) {
		return n, i
	}
	a, to := p.dayPoint(j)
	if a == nil {
		return n, i
	}
	if a.op == opDaypart {
		n.clock = n.clock.within(a.number)
		a = a.a
	} else if p.is(to, partName) {
		n.clock = n.clock.within(p.at(to).value)
		to++
	}
	n.a = a
	return n, to
}

// dayBegins says whether token i may begin a day without a preposition.
func (p *parser) dayBegins(i int) bool {
	switch p.at(i).class {
	case weekdayName, dayWord, tonightWord, whichWord, monthName, partName:
		return true
	}
	return p.digits(i) && (p.is(i+1, monthName) || p.sign(i+1) == '/')
}

// dayPoint reads a point that is a day.
func (p *parser) dayPoint(i int) (*node, int) {
	n, to := p.plain(i)
	if n == nil {
		return nil, i
	}
	switch {
	case n.op == opCycle && n.unit == day, n.op == opShift && n.unit == day, n.op == opWeekday, n.op == opHoliday, n.op == opDaypart && n.a != nil:
		return n, to
	case n.op == opOffset && n.unit >= day && n.unit <= week, n.op == opNth && n.unit == day:
		return n, to
	}
	return nil, i
}

// dayAround adds to a day what may follow it: a part of the day, a clock time, "next week".
func (p *parser) dayAround(n *node, i int) (*node, int) {
	if n.op == opDaypart && n.a == nil { // "the evening of 12 February", "the morning"
		if p.is(i, ofWord) || p.is(i, onWord) {
			if a, to := p.dayPoint(i + 1); a != nil && a.op != opDaypart {
				n.a = a
				return p.addClock(n, to)
			}
		}
		return n, i
	}
	n, i = p.addWeek(n, i)
	if part, to := p.partAt(i); to > i {
		n, i = &node{op: opDaypart, unit: day, number: part, a: n}, to
	}
	n, i = p.addWeek(n, i)
	if out, to := p.addHours(n, i); out != nil {
		return out, to
	}
	return p.addClock(n, i)
}

// partAt reads a part of the day behind a day: "morning", "in the evening", "at night", "late afternoon", "pm".
func (p *parser) partAt(i int) (hour, to int) {
	const evening = 20
	isNight := func(i int) bool { return p.is(i, unitName) && p.at(i).value == int(night) }
	switch {
	case p.is(i, partName):
		return p.at(i).value, i + 1
	case isNight(i):
		return evening, i + 1
	case p.is(i, atWord) && isNight(i+1):
		return evening, i + 2
	case p.is(i, amWord) && p.ends(i+1):
		return 6, i + 1
	case p.is(i, pmWord) && p.ends(i+1):
		return 12, i + 1
	case p.partFollows(i):
		return p.at(i + 2).value, i + 3
	case p.is(i, pieceWord) && p.at(i).value <= int(late) && p.is(i+1, partName):
		return p.at(i + 1).value, i + 2
	}
	return 0, i
}

// addHours reads hours behind a day: "Tuesday from 2 to 3:30 p.m.", "tomorrow before 5 p.m.".
func (p *parser) addHours(n *node, i int) (*node, int) {
	dayOf := func(c *node) {
		c.a = n
		if n.op == opDaypart {
			c.a, c.clock = n.a, c.clock.within(n.number)
		}
	}
	j := p.comma(i)
	if p.is(j, fromWord) || p.is(j, betweenWord) {
		r, to := p.sharedClockOn(j+1, p.is(j, betweenWord))
		if r == nil || r.a.a != nil {
			return nil, i
		}
		dayOf(r.a)
		dayOf(r.b)
		return r, to
	}
	var o op
	switch p.at(j).class {
	case beforeWord:
		o = opBefore
	case afterWord:
		o = opAfter
	case byWord, untilWord:
		o = opUntil
	case sinceWord:
		o = opSince
	default:
		return nil, i
	}
	c, to := p.clockPoint(j + 1)
	if c == nil || c.op != opClock || c.a != nil {
		return nil, i
	}
	dayOf(c)
	return &node{op: o, a: c}, to
}

// addWeek reads the week a weekday stands in: "Tuesday of next week", "Wednesday evening next week".
func (p *parser) addWeek(n *node, i int) (*node, int) {
	d := n
	if n.op == opDaypart && n.a != nil {
		d = n.a
	}
	if d.op != opCycle || d.weekday == 0 || d.day > 0 || d.which != anyOne {
		return n, i
	}
	j := p.optional(i, ofWord, inWord)
	if !p.is(j, whichWord) || !p.is(j+1, unitName) || p.at(j+1).value != int(week) {
		return n, i
	}
	w := &node{op: opWeekday, weekday: d.weekday, a: &node{op: opShift, unit: week, n: float64(p.at(j).value)}}
	if n.op == opDaypart {
		n.a = w
		return n, j + 2
	}
	return w, j + 2
}

// addClock reads a clock time behind a day: "Sunday at 6 p.m.", "February 12, 10:30 a.m.", "tomorrow 9am".
func (p *parser) addClock(n *node, i int) (*node, int) {
	j := p.comma(i)
	if dash(p.sign(i)) && !p.tight(i) {
		j = i
	}
	at := false
	for k := 0; k < 2 && (p.is(j, atWord) || p.is(j, aboutWord)); k++ {
		j, at = j+1, true
	}
	if p.sign(i) == ',' && !at && p.at(j).kind != number.Digit {
		return n, i
	}
	c, to, ok := p.clock(j, at)
	if !ok || p.is(to, unitsName) || p.sign(to) == '%' || p.sign(to) == '/' && p.tight(to) {
		return n, i
	}
	if at && p.bareHour(j, to) && !p.ends(to) && p.at(to).kind == number.Letter && p.at(to).class == other {
		return n, i // "Sunday at 12 polling stations"
	}
	day := n
	if n.op == opDaypart {
		c = c.within(n.number)
		day = n.a
	}
	if p.is(to, inWord) && p.is(to+1, theWord) && p.is(to+2, partName) {
		c = c.within(p.at(to + 2).value)
		to += 3
	} else if p.is(to, partName) {
		c = c.within(p.at(to).value)
		to++
	}
	out := &node{op: opClock, unit: minute, clock: c, a: day}
	if day.op == opCycle && day.month > 0 && day.year == 0 { // "Wed Oct 26 15:50:06 2016"
		if y, end := p.year(to, false); y > 0 {
			day.year = y
			to = end
		}
	}
	return out, to
}

func (p *parser) bareHour(from, to int) bool { return to == from+1 }
