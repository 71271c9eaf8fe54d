package times

import (
	"strings"

	"parley/internal/number"
)

// which reads "last week", "next Tuesday", "this month", "last summer", "this morning", "last Christmas", "the
// following day", "next quarter", "this coming Friday".
func (p *parser) which(i int) (*node, int) {
	pick, j := p.pick(i)
	if pick == anyOne {
		return nil, i
	}
	shift := float64(min(int(pick), int(nextOne)) - int(thisOne))
	switch next := p.at(j); next.class {
	case unitName:
		return p.unitOf(i, j, shift)
	case partName:
		if p.is(i, spanWord) {
			return nil, i
		}
		return &node{op: opDaypart, unit: day, number: next.value, a: &node{op: opShift, unit: day, n: shift}}, j + 1
	case seasonName:
		return &node{op: opCycle, unit: season, number: next.value, which: pick}, j + 1
	}
	if n, to := p.holiday(j); n != nil && n.year == 0 {
		n.which = pick
		return n, to
	}
	if n, to := p.cycleAt(j); n != nil && n.op == opCycle && n.year == 0 {
		n.which = pick
		return n, to
	}
	return nil, i
}

// pick reads the word that picks one of many; anyOne when none stands at i.
func (p *parser) pick(i int) (pick which, to int) {
	tok := p.at(i)
	switch {
	case tok.class == spanWord && tok.value > 0:
		pick = comingOne
	case tok.class == spanWord, tok.class == whichWord && tok.value < 0:
		pick = lastOne
	case tok.class == whichWord && tok.value > 0:
		pick = nextOne
	case tok.class == whichWord, tok.class == sameWord:
		pick = thisOne
	default:
		return anyOne, i
	}
	if strings.EqualFold(p.str(i), "following") && p.before(i).class != theWord && p.before(i).start >= 0 {
		return anyOne, i // "following Tuesday's attack": after it
	}
	to = i + 1
	if pick == thisOne && p.is(to, spanWord) { // "this past Wednesday"
		pick = lastOne
		if p.at(to).value > 0 {
			pick = comingOne
		}
		to++
	}
	if w := p.str(to); strings.EqualFold(w, "calendar") || strings.EqualFold(w, "working") {
		to++
	}
	return pick, to
}

// unitOf reads the unit at j that the word at i picks: "last night", "the past week", "next year".
func (p *parser) unitOf(i, j int, shift float64) (*node, int) {
	tok, u := p.at(i), unit(p.at(j).value)
	span := tok.class == spanWord || j > i+1 && p.is(j-1, spanWord)
	switch {
	case u == second, u == minute, u == quarter && p.is(j+1, ofWord), shift == 0 && (u == hour || u == fortnight):
		return nil, i
	case u == night:
		return &node{op: opDaypart, unit: day, number: 20, a: &node{op: opShift, unit: day, n: shift}}, j + 1
	case span && u != weekend && u != quarter, u == fortnight, u == hour:
		return &node{op: opPeriod, unit: u, n: shift}, j + 1
	}
	inText := tok.class == sameWord || strings.EqualFold(p.str(i), "following") || tok.class == whichWord && u == day && shift != 0
	return p.unitTail(&node{op: opShift, unit: u, n: shift, context: inText}, j+1)
}

// cycleAt reads a date that a word such as "next" picks: "March 5", "5/12".
func (p *parser) cycleAt(i int) (*node, int) {
	if p.is(i, theWord) {
		return nil, i
	}
	if p.digits(i) && p.sign(i+1) == '/' && p.tight(i+1) && p.digits(i+2) && !p.glued(i+3) && p.width(i) <= 2 {
		return orNil(monthDay(p.at(i).value, p.at(i+2).value), i, i+3)
	}
	return p.calendar(i)
}

// unitTail reads what makes "next week" a day: "next week on Tuesday", "this week Monday", "last year's first quarter".
func (p *parser) unitTail(n *node, i int) (*node, int) {
	if n.unit == week {
		j := p.optional(p.comma(i), onWord)
		if p.is(j, weekdayName) && (j > i || p.capital(j)) && p.sign(i) != ',' {
			if d, to := p.weekday(j); d != nil && d.day == 0 {
				return &node{op: opWeekday, weekday: d.weekday, a: n}, to
			}
		}
	}
	if n.unit == year {
		if j := p.possessive(i); j > i {
			v, to := p.ordinal(j)
			if u := p.at(to); v > 0 && (u.class == unitName && unit(u.value) > day && unit(u.value) < year || u.class == halfWord) {
				q := &node{op: opNth, unit: unit(u.value), n: float64(v), count: 1, a: n}
				if u.class == halfWord {
					q.unit = half
				}
				return q, to + 1
			}
		}
	}
	return n, i
}

// possessive skips 's.
func (p *parser) possessive(i int) int {
	if s := p.sign(i); (s == '\'' || s == '’') && p.tight(i) {
		if p.is(i+1, sWord) && p.tight(i+1) {
			return i + 2
		}
		return i + 1
	}
	return i
}

// relativeDay reads "today", "yesterday", "the day before yesterday", "the following day", "now".
func (p *parser) relativeDay(i int) (*node, int) {
	tok := p.at(i)
	switch tok.class {
	case dayWord:
		if p.inTitle(i) {
			return nil, i
		}
		return &node{op: opShift, unit: day, n: float64(tok.value)}, i + 1
	case tonightWord:
		return &node{op: opDaypart, unit: day, number: 20, a: &node{op: opShift, unit: day}}, i + 1
	case overnightWord:
		return &node{op: opDaypart, unit: day, number: 22, a: &node{op: opShift, unit: day}}, i + 1
	case nowWord:
		if strings.EqualFold(p.str(i), "now") && p.is(i+1, ofWord) {
			return nil, i
		}
		return &node{op: opNow}, i + 1
	case theWord:
		if n, to := p.theDay(i + 1); n != nil {
			return n, to
		}
	}
	if tok.class == atWord && (strings.EqualFold(p.str(i+1), "present") || p.is(i+1, whichWord) && p.at(i+1).value == 0 && p.is(i+2, timeWord)) {
		if p.is(i+1, whichWord) {
			return &node{op: opNow}, i + 3
		}
		return &node{op: opNow}, i + 2
	}
	return nil, i
}

// inTitle says whether a capitalised word follows another: "USA Today", "Entertainment Weekly".
func (p *parser) inTitle(i int) bool {
	prev := p.before(i)
	return p.capital(i) && prev.kind == number.Letter && isCapital(p.text, prev) && prev.class == other
}

// theDay reads what follows "the": "day before yesterday", "day after tomorrow", "week after next", "day before", "weekend".
func (p *parser) theDay(i int) (*node, int) {
	if !p.is(i, unitName) {
		return nil, i
	}
	u := unit(p.at(i).value)
	j := i + 1
	sign := 0.
	if p.is(j, beforeWord) {
		sign = -1
	} else if p.is(j, afterWord) {
		sign = 1
	}
	switch {
	case u < day || u == quarter || u == decade || u == century || u == night:
		return nil, i
	case sign == 0:
		if u == weekend {
			return &node{op: opCycle, unit: weekend}, j
		}
		if n, to := p.weekOf(j, u); n != nil {
			return n, to
		}
		return nil, i
	case p.is(j+1, whichWord) && p.at(j+1).value != 0 && (p.ends(j+2) || !p.is(j+2, unitName)):
		return &node{op: opShift, unit: u, n: 2 * sign}, j + 2
	}
	if a, to := p.point(j + 1); a != nil && u == day {
		return &node{op: opOffset, unit: day, n: sign, a: a}, to
	}
	if p.ends(j + 1) {
		return &node{op: opShift, unit: u, n: sign, context: true}, j + 1
	}
	return nil, i
}

// weekOf reads what follows "the week": "of April 10", "beginning February 4".
func (p *parser) weekOf(i int, u unit) (*node, int) {
	w := p.str(i)
	if u != week || !p.is(i, ofWord) && !p.is(i, startingWord) && !strings.EqualFold(w, "beginning") && !strings.EqualFold(w, "commencing") {
		return nil, i
	}
	j := p.optional(i+1, onWord)
	n, to := p.calendar(j)
	if n == nil && p.is(j, theWord) {
		if v, end := p.ordinal(j + 1); v > 0 && v <= 31 {
			n, to = &node{op: opCycle, unit: day, day: v}, end
		}
	}
	if n == nil || n.op != opCycle || n.day == 0 {
		return nil, i
	}
	return &node{op: opWeekOf, a: n}, to
}

// piece reads "early March", "mid-2021", "late on Sunday", "the end of the month", "start of next year".
func (p *parser) piece(i int) (*node, int) {
	if !p.is(i, pieceWord) {
		return nil, i
	}
	part, j := piece(p.at(i).value), i+1
	noun := part >= atStart || strings.EqualFold(p.str(i), "middle")
	switch {
	case noun && !p.is(j, ofWord):
		return nil, i
	case noun, dash(p.sign(j)):
		j++
	default:
		j = p.optional(j, inWord, onWord)
	}
	k := p.optional(j, theWord)
	if (noun || k > j && !p.is(k+1, ofWord)) && p.is(k, unitName) && unit(p.at(k).value) >= day {
		return &node{op: opPart, piece: part, a: &node{op: opShift, unit: unit(p.at(k).value)}}, k + 1
	}
	if k > j && (p.is(k, partName) || p.digits(k)) {
		j = k
	}
	if p.is(j, partName) && part <= late {
		return p.dayAround(&node{op: opDaypart, unit: day, number: p.at(j).value}, j+1)
	}
	a, to := p.point(j)
	if a == nil || !a.dated() || a.op == opOffset && !noun {
		return nil, i
	}
	return &node{op: opPart, piece: part, a: a}, to
}

// side reads "earlier this month", "later in the day", "later this week", "later on Sunday", "earlier in the year".
func (p *parser) side(i int) (*node, int) {
	if !p.is(i, earlierWord) && !p.is(i, laterWord) {
		return nil, i
	}
	side := piece(p.at(i).value)
	j := i + 1
	if p.is(j, inWord) && p.is(j+1, theWord) {
		if p.is(j+2, partName) {
			return p.dayAround(&node{op: opDaypart, unit: day, number: p.at(j + 2).value}, j+3)
		}
		if p.is(j+2, unitName) && unit(p.at(j+2).value) >= day && !p.is(j+3, ofWord) {
			return &node{op: opSide, piece: side, a: &node{op: opShift, unit: unit(p.at(j + 2).value)}}, j + 3
		}
		return nil, i
	}
	j = p.optional(j, onWord, inWord)
	if p.is(j, theWord) {
		return nil, i
	}
	a, to := p.point(j)
	if a == nil || !a.dated() || a.op == opPeriod {
		return nil, i
	}
	return &node{op: opSide, piece: side, a: a}, to
}

// nth reads "first week of 2019", "the last week of July", "third quarter", "first half of next year", "first
// three months of 2021", "first Monday of March"; a is nil when nothing says of what.
func (p *parser) nth(i int) (*node, int) {
	nth, j := p.ordinal(i)
	if nth == 0 {
		if !p.is(i, whichWord) || p.at(i).value >= 0 {
			return nil, i
		}
		nth, j = -1, i+1
	}
	n := &node{op: opNth, n: float64(nth), count: 1}
	if v, to := p.cardinal(j); v > 0 && p.is(to, unitsName) {
		n.count, j = v, to
	}
	switch tok := p.at(j); {
	case tok.class == unitName || tok.class == unitsName && n.count > 1:
		n.unit = unit(tok.value)
	case tok.class == halfWord && n.n > 0 && n.n <= 2:
		n.unit = half
	case tok.class == weekdayName && p.width(j) > 5:
		n.unit, n.weekday = day, tok.value
	default:
		return nil, i
	}
	if n.unit == century {
		if n.n < 1 || n.n > 22 {
			return nil, i
		}
		return &node{op: opCycle, unit: century, year: int(n.n-1) * 100}, j + 1
	}
	if n.unit < day || n.unit >= decade || n.unit == night {
		return nil, i
	}
	to := j + 1
	var tail *node
	if n.weekday > 0 && p.is(to, partName) {
		tail = &node{op: opDaypart, unit: day, number: p.at(to).value}
		to++
	}
	n, to = p.nthOf(n, i, to)
	if tail != nil && n != nil {
		tail.a = n
		return tail, to
	}
	return n, to
}

// nthOf reads of what longer time the n-th unit is.
func (p *parser) nthOf(n *node, from, i int) (*node, int) {
	if p.is(i, ofWord) || p.is(i, inWord) {
		j := i + 1
		if p.is(j, theWord) && p.is(j+1, unitName) && unit(p.at(j+1).value) > n.unit && !p.is(j+2, ofWord) {
			n.a = &node{op: opShift, unit: unit(p.at(j + 1).value)}
			return n, j + 2
		}
		j = p.optional(j, theWord)
		if a, to := p.which(j); a != nil && (a.op == opShift || a.op == opCycle) {
			n.a = a
			return n, to
		}
		if a, to := p.calendar(j); a != nil && a.op == opCycle && a.day == 0 && a.weekday == 0 {
			n.a = a
			if n.unit == week && n.count == 1 && p.is(to, onWord) && p.is(to+1, weekdayName) {
				return &node{op: opWeekday, weekday: p.at(to + 1).value, a: n}, to + 2
			}
			return n, to
		}
	}
	if n.n > 0 && n.n <= 4 && n.count == 1 && (n.unit == quarter || n.unit == half && p.before(from).class == theWord) {
		q := &node{op: opCycle, unit: n.unit, number: int(n.n)}
		if y, to := p.year(i, false); y > 0 {
			q.year = y
			return q, to
		}
		if n.unit == quarter && (p.before(from).class == theWord || p.before(from).class == inWord) && !p.is(i, ofWord) {
			return q, i
		}
	}
	return nil, from
}

// season reads "summer 2021", "the spring of 2022", "winter". Fall and spring are verbs and more: they want
// a year or "in the" before them.
func (p *parser) season(i int) (*node, int) {
	if !p.is(i, seasonName) {
		return nil, i
	}
	n := &node{op: opCycle, unit: season, number: p.at(i).value}
	if y, to := p.year(i+1, false); y > 0 {
		n.year = y
		return n, to
	}
	w := p.str(i)
	if !strings.EqualFold(w, "fall") && !strings.EqualFold(w, "spring") {
		return n, i + 1
	}
	if prev := p.before(i); prev.class == theWord && i >= 2 && !p.is(i+1, ofWord) && p.at(i+1).class != other {
		switch p.toks[i-2].class {
		case inWord, byWord, untilWord, sinceWord:
			return n, i + 1
		}
	} else if prev.class == pieceWord || prev.class == inWord {
		return n, i + 1
	}
	return nil, i
}

// holiday reads a name of the table of holidays, with its year.
func (p *parser) holiday(i int) (*node, int) {
	if p.at(i).kind != number.Letter {
		return nil, i
	}
	list, _ := number.Fold(p.lex.byFirst, p.str(i))
	for _, k := range list {
		if !p.spells(p.lex.holidays[k].words, i) {
			continue
		}
		n := &node{op: opHoliday, unit: day, number: k}
		to := i + len(p.lex.holidays[k].words)
		if y, end := p.year(to, false); y > 0 {
			n.year = y
			to = end
		} else if p.is(to, ofWord) && p.is(to+1, whichWord) && p.is(to+2, unitName) && p.at(to+2).value == int(year) {
			n.which = which(p.at(to+1).value + int(thisOne))
			to += 3
		}
		return n, to
	}
	return nil, i
}

func (p *parser) spells(words []string, i int) bool {
	for k, w := range words {
		s := p.str(i + k)
		if !strings.EqualFold(s, w) && !(w == "'" && s == "’") {
			return false
		}
	}
	return true
}
