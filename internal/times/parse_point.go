package times

// maxNesting is how deep constructions may stand inside one another, two steps for each point: "three days
// after the end of next month" needs six. It bounds the time that one expression can take.
const maxNesting = 8

// point reads one point in time with all that belongs to it.
func (p *parser) point(i int) (*node, int) {
	if p.depth == maxNesting {
		return nil, i
	}
	p.depth++
	defer func() { p.depth-- }()
	n, to := p.plain(i)
	if n == nil {
		return nil, i
	}
	if p.is(to, orWord) || p.is(to, andWord) {
		if n, to := p.orLater(n, to); n != nil {
			return n, to
		}
	}
	switch {
	case n.op == opCycle && n.unit == day, n.op == opShift && n.unit == day, n.op == opWeekday, n.op == opHoliday,
		n.op == opDaypart, n.op == opNth && n.unit == day && n.count <= 1:
		return p.dayAround(n, to)
	}
	return n, to
}

// orLater reads what opens a point: "2025 or later", "1 January and after".
func (p *parser) orLater(a *node, i int) (*node, int) {
	if a.op != opCycle && a.op != opShift && a.op != opClock {
		return nil, i
	}
	switch {
	case p.is(i+1, laterWord), p.is(i+1, afterWord) && p.ends(i+2):
		return &node{op: opSince, a: a}, i + 2
	case p.is(i+1, earlierWord), p.is(i+1, beforeWord) && p.ends(i+2):
		return &node{op: opUntil, a: a}, i + 2
	}
	return nil, i
}

// plain reads one point in time by its first word.
func (p *parser) plain(i int) (*node, int) {
	if p.depth == maxNesting {
		return nil, i
	}
	p.depth++
	defer func() { p.depth-- }()
	for _, rule := range p.rules(i) {
		if rule == nil {
			break
		}
		if n, to := rule(p, i); n != nil && to > i {
			return n, to
		}
	}
	return nil, i
}

type rule func(p *parser, i int) (*node, int)

// rules are the constructions that can begin with token i, in the order in which they are tried.
func (p *parser) rules(i int) [6]rule {
	switch tok := p.at(i); tok.class {
	case weekdayName:
		return [6]rule{(*parser).holiday, (*parser).calendar}
	case monthName:
		return [6]rule{(*parser).holiday, (*parser).calendar}
	case weekdaysName, oftenWord, everyWord, onceWord, partsName:
		return [6]rule{(*parser).set}
	case unitName:
		return [6]rule{(*parser).nth, (*parser).bareUnit}
	case whichWord:
		return [6]rule{(*parser).period, (*parser).nth, (*parser).which}
	case spanWord:
		return [6]rule{(*parser).period, (*parser).which}
	case sameWord:
		return [6]rule{(*parser).which}
	case dayWord, tonightWord, overnightWord, nowWord, atWord:
		return [6]rule{(*parser).relativeDay}
	case theWord:
		return [6]rule{(*parser).relativeDay, (*parser).theNth, (*parser).calendar}
	case pieceWord:
		return [6]rule{(*parser).piece}
	case earlierWord, laterWord:
		return [6]rule{(*parser).side}
	case seasonName:
		return [6]rule{(*parser).season}
	case partName:
		return [6]rule{(*parser).part}
	case hourName:
		return [6]rule{(*parser).clockPoint}
	case eveWord:
		return [6]rule{(*parser).eve}
	case aboutWord:
		return [6]rule{(*parser).aboutClock}
	case ordinalWord:
		return [6]rule{(*parser).nth, (*parser).calendar}
	case articleWord, vagueWord, coupleWord, halfWord, allWord:
		return [6]rule{(*parser).spent, (*parser).holiday}
	case holidayWord:
		return [6]rule{(*parser).holiday}
	case cardinalWord:
		return [6]rule{(*parser).spokenYearPoint, (*parser).calendar, (*parser).clockPoint, (*parser).nth, (*parser).spent}
	case qWord:
		return [6]rule{(*parser).quarterMark}
	case other:
		if p.digits(i) {
			return [6]rule{(*parser).nth, (*parser).clockPoint, (*parser).calendar, (*parser).spent}
		}
	}
	return [6]rule{}
}

// theNth reads "the last week of July", "the second week of 2021" with their article.
func (p *parser) theNth(i int) (*node, int) {
	n, to := p.nth(i + 1)
	if n == nil || n.op == opCycle {
		return nil, i
	}
	return n, to
}

// part reads a part of the day that stands alone: "in the evening", "morning of February 12".
func (p *parser) part(i int) (*node, int) {
	n := &node{op: opDaypart, unit: day, number: p.at(i).value}
	if p.is(i+1, ofWord) || p.is(i+1, onWord) {
		if a, _ := p.dayPoint(i + 2); a != nil && a.op != opDaypart {
			return n, i + 1 // dayAround reads the day
		}
		return nil, i
	}
	if prev := p.before(i); prev.class == theWord && i >= 2 && p.toks[i-2].class == inWord {
		return n, i + 1
	}
	return nil, i
}

// aboutClock reads "around 6 p.m.".
func (p *parser) aboutClock(i int) (*node, int) {
	if n, to := p.clockPoint(i + 1); n != nil {
		return n, to
	}
	return nil, i
}

// eve reads "the eve of Sunday's vote".
func (p *parser) eve(i int) (*node, int) {
	if !p.is(i+1, ofWord) {
		return nil, i
	}
	if a, to := p.dayPoint(p.optional(i+2, theWord)); a != nil {
		return &node{op: opOffset, unit: day, n: -1, a: a}, to
	}
	return nil, i
}

// bareUnit reads "week 31" and "weekend".
func (p *parser) bareUnit(i int) (*node, int) {
	switch unit(p.at(i).value) {
	case year:
		if p.digits(i+1) && p.width(i+1) == 4 && !p.glued(i+2) {
			return &node{op: opCycle, unit: year, year: p.at(i + 1).value}, i + 2
		}
	case week:
		if p.digits(i+1) && p.width(i+1) <= 2 && p.at(i+1).value >= 1 && p.at(i+1).value <= 53 {
			return &node{op: opNth, unit: week, n: float64(p.at(i + 1).value), count: 1, a: &node{op: opShift, unit: year}}, i + 2
		}
	case weekend:
		if p.ends(i + 1) {
			return &node{op: opCycle, unit: weekend}, i + 1
		}
	}
	return nil, i
}

// spokenYearPoint reads a year in words, "two thousand and twenty"; alone it wants a preposition.
func (p *parser) spokenYearPoint(i int) (*node, int) {
	switch p.before(i).class {
	case inWord, sinceWord, untilWord, byWord, fromWord:
		if y, to := p.spokenYear(i); y > 0 && to > i+1 && p.ends(to) {
			return &node{op: opCycle, unit: year, year: y}, to
		}
	}
	return nil, i
}
