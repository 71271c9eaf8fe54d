package times

import "parley/internal/number"

// numeric reads dates in digits: "2022-02-20", "20/02/2022", "2/20", "2015-3", "20.02.2022", "20161016",
// "2019-aug-01". Month before day as in American copy unless only the other order is possible.
func (p *parser) numeric(i int) (*node, int) {
	if p.width(i) == 8 && !p.glued(i+1) {
		v := p.at(i).value
		if n := ymd(v/10000, v/100%100, v%100); n != nil && v/10000 >= 1900 && v/10000 <= 2100 {
			return n, i + 1
		}
		return nil, i
	}
	s := p.sign(i + 1)
	if !p.tight(i+1) || !p.tight(i+2) || s != '/' && s != '.' && !dash(s) {
		return nil, i
	}
	if n, to := p.namedMonth(i); n != nil {
		return n, to
	}
	if !p.digits(i + 2) {
		return nil, i
	}
	a, b := p.at(i).value, p.at(i+2).value
	if p.sign(i+3) == s && p.tight(i+3) && p.tight(i+4) && p.digits(i+4) && (!p.tight(i+5) || p.at(i+5).kind == number.Sign) {
		c := p.at(i + 4).value
		switch {
		case p.width(i) == 4:
			return orNil(ymd(a, b, c), i, i+5)
		case p.width(i+4) == 4 || p.width(i+4) == 2 && s == '/':
			if p.width(i+4) == 2 {
				c = century100(c)
			}
			if n := ymd(c, a, b); n != nil && s != '.' {
				return n, i + 5
			}
			return orNil(ymd(c, b, a), i, i+5)
		}
		return nil, i
	}
	if p.glued(i + 3) {
		return nil, i
	}
	switch {
	case p.width(i) == 4 && dash(s) && p.width(i+2) <= 2 && b >= 1 && b <= 12 && a >= 1900 && a <= 2100 && !p.fiscal(i):
		return &node{op: opCycle, unit: month, year: a, month: b}, i + 3
	case p.width(i+2) == 4 && p.width(i) <= 2 && dash(s) && a >= 1 && a <= 12 && b >= 1900 && b <= 2100:
		return &node{op: opCycle, unit: month, year: b, month: a}, i + 3
	case s == '/' && p.width(i) <= 2 && p.width(i+2) <= 2 && p.dateBefore(i):
		if n := monthDay(a, b); n != nil {
			return n, i + 3
		}
		return orNil(monthDay(b, a), i, i+3)
	}
	return nil, i
}

// fiscal says whether "2021-22" is meant as two years: the second number continues the first.
func (p *parser) fiscal(i int) bool {
	return p.width(i+2) == 2 && p.at(i).value%100+1 == p.at(i+2).value
}

// dateBefore says whether "10/2" is a date: after a preposition, weekday or comma, not "9/11", "24/7" or "1/2".
func (p *parser) dateBefore(i int) bool {
	switch p.before(i).class {
	case onWord, byWord, untilWord, sinceWord, beforeWord, afterWord, fromWord, betweenWord, toWord, weekdayName, whichWord, forWord, orWord, andWord, startingWord:
		return true
	}
	return p.before(i).sign == ',' || dash(p.before(i).sign)
}

func orNil(n *node, from, to int) (*node, int) {
	if n == nil {
		return nil, from
	}
	return n, to
}

// ymd is a date by its numbers, nil when they are none.
func ymd(y, m, d int) *node {
	if y < 1000 || y > 2200 || m < 1 || m > 12 || d < 1 || d > 31 {
		return nil
	}
	return &node{op: opCycle, unit: day, year: y, month: m, day: d}
}

func monthDay(m, d int) *node {
	if m < 1 || m > 12 || d < 1 || d > 31 {
		return nil
	}
	return &node{op: opCycle, unit: day, month: m, day: d}
}

// namedMonth reads "2019-aug-01", "23/Sep/2020".
func (p *parser) namedMonth(i int) (*node, int) {
	if !p.is(i+2, monthName) || !p.tight(i+3) || !p.tight(i+4) || !p.digits(i+4) || p.sign(i+3) != p.sign(i+1) {
		return nil, i
	}
	m, a, b := p.at(i+2).value, p.at(i).value, p.at(i+4).value
	if p.width(i) == 4 {
		a, b = b, a
	}
	return orNil(ymd(b, m, a), i, i+5)
}

// yearFirst reads "2014", "2017 Q1", "2017 April", "the 1990s", "21st century".
func (p *parser) yearFirst(i int) (*node, int) {
	if n, to := p.decade(i); n != nil {
		return n, to
	}
	y := p.at(i).value
	if p.width(i) != 4 || y < 1000 || y > 2199 || p.glued(i+1) {
		return nil, i
	}
	j := i + 1
	if dash(p.sign(j)) && p.tight(j) && p.tight(j+1) {
		j++
	}
	if n, to := p.quarterMark(j); n != nil {
		n.year = y
		return n, to
	}
	if j == i+1 && p.is(j, monthName) && !p.digits(j+1) {
		if m, to := p.month(j); m > 0 {
			return &node{op: opCycle, unit: month, year: y, month: m}, to
		}
	}
	if !p.yearStands(i) {
		return nil, i
	}
	return &node{op: opCycle, unit: year, year: y}, i + 1
}

// quarterMark reads "Q1" or "H2", with a year behind it.
func (p *parser) quarterMark(i int) (*node, int) {
	s := p.str(i)
	if (s != "Q" && s != "q" && s != "H" && s != "h") || !p.tight(i+1) || !p.digits(i+1) || p.width(i+1) != 1 || p.glued(i+2) {
		return nil, i
	}
	v := p.at(i + 1).value
	n := &node{op: opCycle, unit: quarter, number: v}
	limit := 4
	if s == "H" || s == "h" {
		n.unit, limit = half, 2
	}
	if v < 1 || v > limit {
		return nil, i
	}
	if y, to := p.year(i+2, false); y > 0 {
		n.year = y
		return n, to
	}
	return n, i + 2
}

// decade reads "1990s", "'90s", "90s".
func (p *parser) decade(i int) (*node, int) {
	to := i + 1
	if p.sign(to) == '\'' || p.sign(to) == '’' {
		to++
	}
	if !p.is(to, sWord) || !p.tight(i+1) || !p.tight(to) || p.at(i).value%10 != 0 || p.glued(to+1) {
		return nil, i
	}
	y := p.at(i).value
	switch {
	case p.width(i) == 4 && y >= 1000 && y <= 2100:
	case p.width(i) == 2 && y >= 20 && p.decadeMeant(i):
		y = century100(y)
	default:
		return nil, i
	}
	u := decade
	if y%100 == 0 && y < 2000 {
		u = century // "the 1800s"
	}
	return &node{op: opCycle, unit: u, year: y}, to + 1
}

// decadeMeant tells "in the 90s" and "the late 80s" from ages and temperatures.
func (p *parser) decadeMeant(i int) bool {
	prev := p.before(i)
	if prev.class == pieceWord || prev.sign == '\'' || prev.sign == '’' {
		return true
	}
	if prev.class != theWord || i < 2 {
		return false
	}
	switch p.toks[i-2].class {
	case inWord, sinceWord, ofWord, pieceWord, untilWord, byWord:
		return true
	}
	return false
}

// yearStands says whether four digits that nothing else explains are a year: nothing before them counts,
// labels or prices them, and they count no noun.
func (p *parser) yearStands(i int) bool {
	y, prev := p.at(i).value, p.before(i)
	if p.countsNoun(i) || p.is(i+1, pmWord) || p.is(i+1, amWord) || prev.kind == number.Digit || p.zoneAt(i+1) {
		return false
	}
	if prev.class == moreWord || prev.class == atWord || prev.sign == '$' || prev.sign == '€' || prev.sign == '£' {
		return false
	}
	word := ""
	if prev.start >= 0 {
		word = p.text[prev.start:prev.end]
	}
	switch word {
	case "than":
		if i >= 2 && p.toks[i-2].class == laterWord {
			break
		}
		return false
	case "nearly", "almost", "some", "at":
		return false
	}
	if prev.class == labelWord && isCapital(p.text, prev) {
		return false
	}
	if y >= 1800 && y <= 2100 {
		return true
	}
	switch prev.class {
	case inWord, sinceWord, untilWord, byWord, fromWord, pieceWord, beforeWord, afterWord, ofWord:
		return y >= 1200
	}
	return false
}
