package times

import (
	"strings"

	"parley/internal/number"
)

// calendar reads a date of the calendar: a day, month or year, with or without its weekday.
func (p *parser) calendar(i int) (*node, int) {
	switch tok := p.at(i); {
	case tok.class == weekdayName:
		return p.weekday(i)
	case tok.class == monthName:
		return p.monthFirst(i)
	case tok.kind == number.Digit:
		if n, to := p.numeric(i); n != nil {
			return n, to
		}
		if n, to := p.dayFirst(i); n != nil {
			return n, to
		}
		return p.yearFirst(i)
	case tok.class == theWord:
		return p.dayFirst(i + 1)
	case tok.class == cardinalWord, p.ordinalAt(i) > 0:
		return p.dayFirst(i)
	}
	return nil, i
}

// ordinalAt is the value of an ordinal word ("second" stands in the table as a unit), 0 for none.
func (p *parser) ordinalAt(i int) int {
	tok := p.at(i)
	switch {
	case tok.class == ordinalWord:
		return tok.value
	case tok.class == unitName && tok.value == int(second):
		return 2
	}
	return 0
}

// ordinal reads "3rd", "third", "twenty-first".
func (p *parser) ordinal(i int) (v, to int) {
	if p.digits(i) && p.tight(i+1) && p.width(i) <= 2 {
		switch strings.ToLower(p.str(i + 1)) {
		case "st", "nd", "rd", "th":
			return p.at(i).value, i + 2
		}
		return 0, i
	}
	if p.is(i, cardinalWord) && p.at(i).value >= 20 {
		j := i + 1
		if dash(p.sign(j)) {
			j++
		}
		if v := p.ordinalAt(j); v > 0 && v < 10 {
			return p.at(i).value + v, j + 1
		}
		return 0, i
	}
	if v := p.ordinalAt(i); v > 0 {
		return v, i + 1
	}
	return 0, i
}

// cardinal reads "12", "twelve", "twenty nine".
func (p *parser) cardinal(i int) (v, to int) {
	if p.digits(i) && p.width(i) <= 2 {
		return p.at(i).value, i + 1
	}
	if !p.is(i, cardinalWord) {
		return 0, i
	}
	v, to = p.at(i).value, i+1
	if v >= 20 {
		j := to
		if dash(p.sign(j)) && p.tight(j) {
			j++
		}
		if p.is(j, cardinalWord) && p.at(j).value > 0 && p.at(j).value < 10 {
			return v + p.at(j).value, j + 1
		}
	}
	return v, to
}

// dayNumber reads a day of the month.
func (p *parser) dayNumber(i int) (v int, isOrdinal bool, to int) {
	if v, to = p.ordinal(i); v > 0 && v <= 31 {
		return v, true, to
	}
	if v, to = p.cardinal(i); v > 0 && v <= 31 {
		return v, false, to
	}
	return 0, false, i
}

// month reads the name of a month. Names that are common words or names of persons want a sign that they
// are meant as months: a number beside them, or a preposition before them.
func (p *parser) month(i int) (m, to int) { return p.monthName(i, false) }

// monthName is month; with dayBefore a day of the month stands before it, which settles all but "12 may".
func (p *parser) monthName(i int, dayBefore bool) (m, to int) {
	if !p.is(i, monthName) {
		return 0, i
	}
	m, to = p.at(i).value, i+1
	abbreviated := p.width(i) <= 4 && m != 3 && m != 5 && m != 6 && m != 7 || strings.EqualFold(p.str(i), "mar")
	if abbreviated && p.sign(to) == '.' && p.tight(to) {
		to++
	}
	verb := m == 3 || m == 5
	if p.capital(i) && (dayBefore || !verb && !abbreviated) || dayBefore && !verb {
		return m, to
	}
	_, isOrdinal, _ := p.dayNumber(to)
	if p.digits(to) && (p.capital(i) || isOrdinal || p.tight(to)) || isOrdinal && (p.capital(i) || !verb) {
		return m, to
	}
	if !verb && (p.is(to, ofWord) || p.is(to, inWord)) && p.digits(to+1) && p.width(to+1) == 4 {
		return m, to
	}
	if p.capital(i) && (p.is(to, cardinalWord) || dash(p.sign(to)) && p.tight(to) && p.tight(to+1) || p.sign(to) == '/' || p.is(to, ofWord) && p.digits(to+1)) {
		return m, to
	}
	switch prev := p.before(i); prev.class {
	case inWord, sinceWord, untilWord, byWord, ofWord, betweenWord, pieceWord, afterWord, ordinalWord:
		return m, to
	case fromWord, toWord, whichWord, beforeWord, forWord, andWord, orWord, aboutWord, spanWord, laterWord, earlierWord:
		if p.capital(i) || !verb {
			return m, to
		}
	default:
		if dash(prev.sign) && i > 1 && (p.toks[i-2].class == pieceWord || p.toks[i-2].class == monthName || p.toks[i-2].kind == number.Digit) {
			return m, to
		}
		if prev.kind == number.Digit || prev.sign == '/' {
			return m, to
		}
		plain := !abbreviated && !p.is(to, forWord) && !(p.at(to).kind == number.Letter && p.capital(to))
		if p.capital(i) && prev.kind == number.Letter && m != 5 && plain && !isCapital(p.text, prev) && prev.class != sWord {
			return m, to
		}
	}
	return 0, i
}

func isCapital(text string, tok token) bool {
	return tok.start >= 0 && text[tok.start] >= 'A' && text[tok.start] <= 'Z'
}

// year reads a year behind a month or day: ", 2022", " of 1995", "2016", "'87", "two thousand and five".
func (p *parser) year(i int, far bool) (y, to int) {
	j := i
	switch {
	case p.sign(j) == ',', p.is(j, ofWord), p.is(j, inWord) && far:
		j++
	case (dash(p.sign(j)) || p.sign(j) == '/') && p.tight(j) && p.tight(j+1):
		j++
	}
	if p.digits(j) && p.width(j) == 4 && !p.glued(j+1) && p.at(j).value >= 1000 && p.at(j).value <= 2200 && !p.countsNoun(j) {
		return p.at(j).value, j + 1
	}
	if y, end := p.spokenYear(j); y > 0 {
		return y, end
	}
	if p.digits(j) && p.width(j) == 2 && j > i && p.is(j-1, ofWord) && !p.glued(j+1) {
		return century100(p.at(j).value), j + 1
	}
	return 0, i
}

// century100 is the year two digits stand for in writing about the present.
func century100(v int) int {
	if v >= 50 {
		return 1900 + v
	}
	return 2000 + v
}

// glued says whether token i is a letter, digit or decimal that belongs to the number before it.
func (p *parser) glued(i int) bool {
	if !p.tight(i) {
		return false
	}
	tok := p.at(i)
	return tok.kind == number.Letter || tok.kind == number.Digit || tok.sign == '%' ||
		(tok.sign == '.' || tok.sign == ',' || tok.sign == ':' || tok.sign == '/') && p.tight(i+1) && p.digits(i+1)
}

// countsNoun says whether the four digits at i count something: a round number before a plural noun.
func (p *parser) countsNoun(i int) bool {
	next := p.str(i + 1)
	plural := len(next) > 3 && next[0] >= 'a' && next[0] <= 'z' && (next[len(next)-1] == 's' || next == "people" || next == "women" || next == "children")
	if number.Measure(next) {
		return true
	}
	return p.at(i).value%100 == 0 && plural && p.at(i+1).class == other || p.is(i+1, unitsName) || p.is(i+1, shortUnit)
}

// spokenYear reads "nineteen eighty-six", "two thousand and twenty", "nineteen hundred ninety three".
func (p *parser) spokenYear(i int) (y, to int) {
	v, j := p.cardinal(i)
	if j == i || p.digits(i) || v < 2 {
		return 0, i
	}
	low := func(k int) (int, int) {
		if p.is(k, andWord) {
			k++
		}
		return p.cardinal(k)
	}
	switch {
	case v == 2 && strings.EqualFold(p.str(j), "thousand"):
		w, end := low(j + 1)
		if end == j+1 || w == 0 || p.digits(end-1) {
			return 2000, j + 1
		}
		return 2000 + w, end
	case v >= 11 && v <= 20 && strings.EqualFold(p.str(j), "hundred"):
		if w, end := low(j + 1); w > 0 && !p.digits(end-1) {
			return 100*v + w, end
		}
		return 100 * v, j + 1
	case v >= 15 && v <= 20:
		if w, end := p.cardinal(j); w >= 10 && w < 100 && !p.digits(j) {
			return 100*v + w, end
		}
	}
	return 0, i
}

// monthFirst reads "February 12, 2022", "Feb. 21", "March 2023", "June of 1992", "April".
func (p *parser) monthFirst(i int) (*node, int) {
	m, to := p.month(i)
	if m == 0 {
		return nil, i
	}
	n := &node{op: opCycle, unit: month, month: m}
	j := p.optional(to, theWord)
	if s := p.sign(j); j == to && (s == '/' || dash(s)) && p.tight(j) && p.tight(j+1) || s == ',' && p.ordinalBehind(j+1) {
		j++
	}
	if p.is(j, cardinalWord) && j == to {
		if y, end := p.spokenYear(j); y > 0 && end > j+1 {
			n.year = y
			return n, end
		}
	}
	if d, isOrdinal, end := p.dayNumber(j); d > 0 && !p.glued(end) && p.dayStands(j, end, isOrdinal) {
		n.unit, n.day = day, d
		to = end
		if p.sign(to) == ',' && p.digits(to+1) && p.width(to+1) != 4 {
			return n, to
		}
	}
	if y, end := p.year(to, true); y > 0 {
		n.year = y
		return n, end
	}
	return n, to
}

func (p *parser) ordinalBehind(i int) bool {
	v, _ := p.ordinal(i)
	return v > 0 && v <= 31
}

// dayStands says whether the number at i, which ends before end, is the day of the month before it and not
// the hour or a count: "May 5 p.m." and "in March 12 people" are not days.
func (p *parser) dayStands(i, end int, isOrdinal bool) bool {
	if isOrdinal {
		return p.is(i-1, monthName) || !p.is(end, unitName) && !p.is(end, unitsName) || p.tight(i+1)
	}
	if p.is(end, amWord) || p.is(end, pmWord) || p.is(end, unitsName) || p.sign(end) == ':' && p.tight(end) {
		return false
	}
	return true
}

// dayFirst reads "12 February 2022", "the 12th of March", "the 4th".
func (p *parser) dayFirst(i int) (*node, int) {
	d, isOrdinal, to := p.dayNumber(i)
	if d == 0 {
		return nil, i
	}
	j := to
	if isOrdinal && p.is(j, unitName) && p.at(j).value == int(day) && p.is(j+1, ofWord) { // "the 15th day of June"
		if a, end := p.dayOf(j + 2); a != nil {
			return &node{op: opNth, unit: day, n: float64(d), count: 1, a: a}, end
		}
	}
	if p.is(j, ofWord) && isOrdinal {
		j++
	} else if s := p.sign(j); (s == '/' || dash(s)) && p.tight(j) && p.tight(j+1) {
		j++
	}
	if m, end := p.dayMonth(j, isOrdinal); m > 0 {
		n := &node{op: opCycle, unit: day, month: m, day: d}
		if y, yearEnd := p.year(end, true); y > 0 {
			n.year, end = y, yearEnd
		}
		return n, end
	}
	if isOrdinal && p.before(i).class == theWord && p.loneDay(i, to) {
		return &node{op: opCycle, unit: day, day: d}, to
	}
	return nil, i
}

// dayMonth reads the month behind a day. "12 may" in small letters is no date, "12th may" is.
func (p *parser) dayMonth(i int, isOrdinal bool) (m, to int) {
	if m := p.at(i).value; p.is(i, monthName) && isOrdinal && (m == 3 || m == 5) {
		return m, i + 1
	}
	return p.monthName(i, true)
}

// dayOf reads the month or year a numbered day stands in.
func (p *parser) dayOf(i int) (*node, int) {
	if p.is(i, theWord) && p.is(i+1, unitName) {
		return &node{op: opShift, unit: unit(p.at(i + 1).value)}, i + 2
	}
	if n, to := p.which(i); n != nil {
		return n, to
	}
	return p.monthFirst(i)
}

// loneDay says whether "the 4th" stands as a date: digits, after a preposition or weekday, with no noun behind it.
func (p *parser) loneDay(i, to int) bool {
	next := p.at(to)
	if !p.digits(i) || next.kind == number.Letter && (next.class == other || next.class == unitName || next.class == ofWord) || dash(next.sign) {
		return false
	}
	if i < 2 {
		return false
	}
	switch prev := p.toks[i-2]; prev.class {
	case onWord, byWord, untilWord, sinceWord, beforeWord, afterWord, fromWord, weekdayName, toWord, betweenWord, ofWord, andWord:
		return true
	}
	return false
}

// weekday reads "Sunday", "Tuesday, March 7, 2018", "Monday the 21st", "Friday 2018-07-06".
func (p *parser) weekday(i int) (*node, int) {
	w, to := p.at(i).value, i+1
	if p.width(i) <= 5 {
		if !p.shortDay(i) {
			return nil, i
		}
		if p.sign(to) == '.' && p.tight(to) && !p.ends(to+1) {
			to++
		}
	}
	j := to
	if s := p.sign(j); s == ',' || (dash(s) || s == '(') && p.tight(j) {
		j++
	} else if s == '.' && p.width(i) <= 5 && p.sign(j+1) == ',' {
		j += 2
	}
	if p.is(j, theWord) {
		if v, end := p.ordinal(j + 1); v > 0 && v <= 31 && !p.is(end, unitName) {
			if n, end := p.dayFirst(j + 1); n != nil && n.month > 0 {
				n.weekday = w
				return n, end
			}
			return &node{op: opCycle, unit: day, weekday: w, day: v}, end
		}
	}
	if n, end := p.calendarNoDay(j); n != nil && n.op == opCycle && n.day > 0 && n.weekday == 0 {
		n.weekday = w
		return n, end
	}
	if v, end := p.ordinal(j); j == to && p.digits(j) && v > 0 && v <= 31 && (p.ends(end) || p.at(end).class != other) {
		return &node{op: opCycle, unit: day, weekday: w, day: v}, end
	}
	if j == to && p.digits(j) && p.width(j) <= 2 && p.at(j).value >= 1 && p.at(j).value <= 31 && (p.ends(j+1) && !p.glued(j+1) && p.sign(j+1) != ':' && !dash(p.sign(j+1)) || p.is(j+1, atWord)) {
		return &node{op: opCycle, unit: day, weekday: w, day: p.at(j).value}, j + 1
	}
	return &node{op: opCycle, unit: day, weekday: w}, to
}

func (p *parser) calendarNoDay(i int) (*node, int) {
	if p.is(i, weekdayName) {
		return nil, i
	}
	return p.calendar(i)
}

// shortDay says whether an abbreviated weekday is one: "Sat" and "Sun" are words and newspapers too.
func (p *parser) shortDay(i int) bool {
	j := i + 1
	if p.sign(j) == '.' || p.sign(j) == ',' {
		j++
	}
	dated := p.is(j, monthName) || p.digits(j) || p.is(j, theWord) && p.digits(j+1)
	s := p.str(i)
	if strings.EqualFold(s, "sun") || strings.EqualFold(s, "sat") || strings.EqualFold(s, "wed") {
		return dated || p.capital(i) && (p.before(i).class == onWord || p.is(i+1, partName) || p.is(i+1, atWord) || p.before(i).class == whichWord)
	}
	return dated || p.capital(i)
}
