package times

import (
	"strconv"
	"strings"

	"parley/internal/number"
)

// count reads how many: "3", "2.5", "twenty-four", "a", "half an", "one and a half", "several", "a few", "a
// couple of". A number nobody states is 0.
func (p *parser) count(i int) (v float64, to int, ok bool) {
	switch tok := p.at(i); {
	case tok.kind == number.Digit:
		return p.digitCount(i)
	case tok.class == vagueWord:
		return 0, p.optional(i+1, moreWord), true
	case tok.class == coupleWord:
		return 2, p.optional(i+1, ofWord), true
	case tok.class == halfWord && p.is(i+1, articleWord):
		return 0.5, i + 2, true
	case tok.class == articleWord:
		switch {
		case p.is(i+1, vagueWord) && strings.EqualFold(p.str(i+1), "few"):
			return 0, i + 2, true
		case p.is(i+1, coupleWord):
			return 2, p.optional(i+2, ofWord), true
		case strings.EqualFold(p.str(i+1), "dozen"):
			return 12, i + 2, true
		case strings.EqualFold(p.str(i+1), "hundred"):
			return 100, i + 2, true
		}
		if f, ok := number.VulgarFraction(p.str(i + 1)); ok {
			return f, i + 2, true
		}
		return 1, i + 1, true
	case tok.class == cardinalWord:
		n, to := p.cardinal(i)
		if strings.EqualFold(p.str(to), "dozen") {
			return 12 * float64(n), to + 1, true
		}
		if end := p.andHalf(to); end > to {
			return float64(n) + 0.5, end, true
		}
		return float64(n), to, true
	case tok.kind == number.Sign && tok.start >= 0:
		if f, ok := number.VulgarFraction(p.str(i)); ok {
			return f, i + 1, true
		}
	}
	return 0, i, false
}

// andHalf skips "and a half".
func (p *parser) andHalf(i int) int {
	if p.is(i, andWord) {
		j := p.optional(i+1, articleWord)
		if p.is(j, halfWord) {
			return j + 1
		}
	}
	return i
}

func (p *parser) digitCount(i int) (v float64, to int, ok bool) {
	s, to := p.str(i), i+1
	for p.sign(to) == ',' && p.tight(to) && p.tight(to+1) && p.digits(to+1) && p.width(to+1) == 3 && to < i+6 {
		s += p.str(to + 1)
		to += 2
	}
	if p.sign(to) == '.' && p.tight(to) && p.tight(to+1) && p.digits(to+1) {
		s += "." + p.str(to+1)
		to += 2
	}
	if len(s) > 12 {
		return 0, i, false
	}
	v, err := strconv.ParseFloat(s, 64)
	if f, half := number.VulgarFraction(p.str(to)); half && err == nil {
		return v + f, to + 1, true
	}
	return v, to, err == nil
}

// unit reads "hours", "day" (after one or a hyphen), "business days".
func (p *parser) unit(i int, v float64) (u unit, to int, ok bool) {
	if w := p.str(i); strings.EqualFold(w, "business") || strings.EqualFold(w, "working") || strings.EqualFold(w, "consecutive") || strings.EqualFold(w, "straight") || strings.EqualFold(w, "full") || strings.EqualFold(w, "calendar") {
		i++
	}
	hyphen := dash(p.sign(i)) && p.tight(i) && p.tight(i+1)
	if hyphen {
		i++
	}
	tok := p.at(i)
	switch tok.class {
	case unitsName:
		return unit(tok.value), i + 1, true
	case unitName:
		if tok.value == int(second) && !hyphen && v != 1 && p.is(i-1, articleWord) {
			return noUnit, i, false
		}
		return unit(tok.value), i + 1, true
	case shortUnit:
		if p.digits(i-1) && (p.width(i) > 1 || p.tight(i)) && !p.glued(i+1) {
			return unit(tok.value), i + 1, true
		}
	}
	return noUnit, i, false
}

// length reads a length: "105 minutes", "two days", "1 hour and 30 minutes", "two and a half years", "several weeks".
func (p *parser) length(i int) (*node, int) {
	v, j, ok := p.count(i)
	if !ok || v > 1e6 {
		return nil, i
	}
	if p.is(i, articleWord) && j == i+1 && p.is(j, halfWord) { // "a half hour"
		v, j = 0.5, j+1
	}
	if k, ok := p.upTo(i, j); ok {
		v, j = 0, k
	}
	u, to, ok := p.unit(j, v)
	if !ok || u == quarter || p.is(i, articleWord) && u == second {
		return nil, i
	}
	if p.tight(j) && p.at(j).kind == number.Letter && !p.digits(j-1) {
		return nil, i
	}
	if end := p.andHalf(to); end > to && v > 0 {
		v, to = v+0.5, end
	}
	n := &node{op: opLength, unit: u, n: v}
	if k := to + 1; strings.EqualFold(p.str(to), "old") || dash(p.sign(to)) && strings.EqualFold(p.str(k), "old") || strings.EqualFold(p.str(k), "age") && p.is(to, ofWord) {
		return nil, i // an age
	}
	last := n
	for parts := 0; parts < 3; parts++ {
		k := p.optional(to, andWord)
		if k == to && p.sign(to) == ',' && p.digits(to+1) {
			k++
		}
		w, m, more := p.count(k)
		if !more || w <= 0 || p.is(k, articleWord) || last.n != float64(int(last.n)) {
			break
		}
		x, end, good := p.unit(m, w)
		if !good || x >= last.unit {
			break
		}
		last.a = &node{op: opLength, unit: x, n: w}
		last, to = last.a, end
	}
	return n, to
}

// upTo reads the second number of "two to three weeks", "5-10 minutes", "one or two days": the length is
// then not known exactly.
func (p *parser) upTo(i, j int) (to int, ok bool) {
	if p.is(i, articleWord) || !p.is(j, toWord) && !p.is(j, orWord) && !dash(p.sign(j)) {
		return j, false
	}
	if !p.digits(j+1) && !p.is(j+1, cardinalWord) {
		return j, false
	}
	_, k, ok := p.count(j + 1)
	if !ok {
		return j, false
	}
	return k, p.is(k, unitsName) || p.is(k, shortUnit)
}

// spent reads lengths and what places them: "two days ago", "a week earlier", "three weeks after Sunday",
// "3 minutes from now", "5 past years"; a bare length otherwise.
func (p *parser) spent(i int) (*node, int) {
	if n, to := p.countedSpan(i); n != nil {
		return n, to
	}
	if p.is(i, allWord) && p.is(i+1, unitName) && p.at(i+1).value >= int(day) {
		return &node{op: opLength, unit: unit(p.at(i + 1).value), n: 1}, i + 2
	}
	n, to := p.length(i)
	if n == nil {
		return nil, i
	}
	if placed, end := p.placed(n, i, to); placed != nil {
		return placed, end
	}
	if p.is(i, articleWord) && n.a == nil && !p.lengthMeant(i, n) {
		return nil, i
	}
	if n.unit == century || n.unit == weekend && n.n == 1 {
		return nil, i
	}
	return n, to
}

// placed reads the words behind a length, which stands at [from, i), that count it from some time.
func (p *parser) placed(n *node, from, i int) (*node, int) {
	switch tok := p.at(i); tok.class {
	case agoWord, earlierWord:
		return n.offsetFrom(-1, nil), i + 1
	case henceWord:
		return n.offsetFrom(1, nil), i + 1
	case laterWord:
		o := n.offsetFrom(1, nil)
		o.context = true
		return o, i + 1
	case beforeWord:
		if a, end := p.point(i + 1); a != nil && a.anchors() {
			return n.offsetFrom(-1, a), end
		}
		if p.ends(i+1) && n.unit >= day {
			return n.offsetFrom(-1, nil), i + 1
		}
	case fromWord, afterWord:
		if p.is(i+1, nowWord) {
			return n.offsetFrom(1, nil), i + 2
		}
		a, end := p.point(i + 1)
		switch {
		case a == nil || !a.anchors() || tok.class == fromWord && n.unit < day:
		case tok.class == fromWord && p.before(from).class == forWord:
			return &node{op: opBegins, unit: n.unit, n: n.n, a: a}, end
		default:
			return n.offsetFrom(1, a), end
		}
	case startingWord:
		if a, end := p.point(p.optional(p.optional(i+1, onWord), fromWord)); a != nil && a.anchors() {
			return &node{op: opBegins, unit: n.unit, n: n.n, a: a}, end
		}
	}
	return nil, i
}

// offsetFrom is the time that lies a length before (sign -1) or after another; a nil: the reference.
func (n *node) offsetFrom(sign float64, a *node) *node {
	o := &node{op: opOffset, unit: n.unit, n: sign * n.n, a: a}
	for part := n.a; part != nil; part = part.a {
		o = &node{op: opOffset, unit: part.unit, n: sign * part.n, a: o}
	}
	if n.n == 0 {
		o.n, o.count = sign, 1 // "several days ago": known to be before, not by how much
	}
	return o
}

// anchors says whether a length can be counted from a point.
func (n *node) anchors() bool {
	switch n.op {
	case opCycle, opShift, opHoliday, opWeekday, opNow:
		return true
	}
	return false
}

// dated says whether a point is made of days, so that it has an early and a late part.
func (n *node) dated() bool {
	switch n.op {
	case opClock, opNow, opSet, opLength:
		return false
	}
	return true
}

// lengthMeant says whether "a week", "an hour" is a length: after "for", "than", "lasted" and the like, not
// "a day of mourning", "a night club".
func (p *parser) lengthMeant(i int, n *node) bool {
	if n.n != 1 {
		return true
	}
	switch prev := p.before(i); prev.class {
	case forWord, moreWord, lastsWord, afterWord, aboutWord:
		return true
	}
	return false
}

// countedSpan reads "2 next days", "5 past years".
func (p *parser) countedSpan(i int) (*node, int) {
	v, to := p.cardinal(i)
	if v == 0 || !p.is(to, spanWord) && !p.is(to, whichWord) || !p.is(to+1, unitsName) || p.at(to).value == 0 {
		return nil, i
	}
	return &node{op: opPeriod, unit: unit(p.at(to + 1).value), n: float64(v * p.at(to).value)}, to + 2
}

// period reads "past 24 hours", "next few days", "coming weeks", "recent months", "last two years".
func (p *parser) period(i int) (*node, int) {
	tok := p.at(i)
	if tok.class != spanWord && tok.class != whichWord || tok.value == 0 {
		return nil, i
	}
	sign := float64(tok.value)
	j := i + 1
	if tok.class == whichWord && p.isVerb(i) {
		return nil, i
	}
	if p.is(j, unitsName) { // "coming days", "recent weeks"; "last years" is no English
		if tok.class == whichWord {
			return nil, i
		}
		return &node{op: opPeriod, unit: unit(p.at(j).value), which: pickOf(sign)}, j + 1
	}
	if p.is(j, articleWord) || p.is(j, halfWord) {
		return nil, i
	}
	v, k, ok := p.count(j)
	if !ok || v > 1e5 {
		return nil, i
	}
	if end, ok := p.upTo(j, k); ok {
		v, k = 0, end
	}
	u, to, ok := p.unit(k, v)
	if !ok {
		return nil, i
	}
	if v == 0 {
		return &node{op: opPeriod, unit: u, which: pickOf(sign)}, to
	}
	return &node{op: opPeriod, unit: u, n: sign * v}, to
}

// isVerb says whether "last" is a verb: "should last two hours". The adjective follows an article,
// a preposition or a possessive.
func (p *parser) isVerb(i int) bool {
	prev := p.before(i)
	return strings.EqualFold(p.str(i), "last") && prev.kind == number.Letter && prev.class == other &&
		!isCapital(p.text, prev) && !strings.EqualFold(p.text[prev.start:prev.end], "over") && !strings.EqualFold(p.text[prev.start:prev.end], "during")
}

func pickOf(sign float64) which {
	if sign < 0 {
		return lastOne
	}
	return nextOne
}

// set reads "every Monday", "each week", "daily", "Tuesdays at 9 a.m.", "once a year", "every two days".
func (p *parser) set(i int) (*node, int) {
	switch tok := p.at(i); tok.class {
	case oftenWord:
		if p.inTitle(i) {
			return nil, i
		}
		return &node{op: opSet, unit: unit(tok.value)}, i + 1
	case partsName:
		return &node{op: opSet, unit: day}, i + 1
	case weekdaysName:
		return p.setClock(&node{op: opSet, weekday: tok.value}, i+1)
	case onceWord:
		if p.is(i+1, articleWord) && p.is(i+2, unitName) {
			return &node{op: opSet, unit: unit(p.at(i + 2).value)}, i + 3
		}
	case everyWord:
		return p.every(i)
	}
	return nil, i
}

func (p *parser) every(i int) (*node, int) {
	j := i + 1
	if p.is(j, otherWord) {
		j++
	}
	n := &node{op: opSet, n: 1}
	if v, to := p.cardinal(j); v > 0 && (p.is(to, unitsName) || p.is(to, unitName)) {
		n.n, j = float64(v), to
	} else if v, to := p.ordinal(j); v > 0 && p.is(to, unitName) {
		n.n, j = float64(v), to
	}
	switch tok := p.at(j); tok.class {
	case unitName, unitsName:
		n.unit = unit(tok.value)
	case weekdayName:
		n.weekday = tok.value
	case partName:
		n.unit = day
	case monthName:
		m, _ := p.month(j)
		n.month = m
	case seasonName:
		n.unit = year
	default:
		return nil, i
	}
	return p.setClock(n, j+1)
}

// setClock adds the hour to a set: it is part of the expression, not of its value.
func (p *parser) setClock(n *node, i int) (*node, int) {
	if p.is(i, partName) {
		i++
	}
	if j := p.optional(i, atWord); j > i {
		if c, to, ok := p.clock(j, true); ok {
			n.clock = c
			return n, to
		}
	}
	return n, i
}
