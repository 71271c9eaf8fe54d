package number

import "strings"

// What looks like a number and is none: each rule has its own function here.

// code says whether the amount is part of a name such as "T-72", "G7", "B2B", "#5".
func (p *parser) code(a amount) bool {
	i := a.from
	if !a.literal || !p.tight(i) || i == 0 {
		return false
	}
	if p.sign(i-1) == '(' && p.sign(a.to) == ')' && p.at(a.to+1).kind == Digit {
		return true // an area code
	}
	if start, _ := p.money(i); start >= 0 {
		return start > 0 && p.tight(start) && p.at(start).kind == Letter
	}
	switch prev := p.at(i - 1); {
	case prev.kind == Letter:
		return true
	case dash(prev.sign):
		return p.tight(i-1) && (p.at(i-2).kind == Letter && p.class(i-2) != month || i-2 >= 0 && p.at(i-2).kind == Digit)
	}
	return strings.ContainsRune("#@_/:&=%+'’", p.at(i-1).sign)
}

// numeral says whether the amount numbers an item of a list ("1. …", "2) …", "(3) …" at the head of a line).
func (p *parser) numeral(a amount) bool {
	if !a.literal || a.to != a.from+1 || a.value >= 100 {
		return false
	}
	i := a.from
	if p.sign(i-1) == '(' && p.tight(i) {
		i--
	}
	closed := (p.sign(a.to) == '.' || p.sign(a.to) == ')') && p.tight(a.to) && p.at(a.to+1).gap == Space && a.to+1 < len(p.toks)
	return closed && p.lineStart(i)
}

// lineStart says whether token i is the first of its line.
func (p *parser) lineStart(i int) bool {
	at := int(p.at(i).start)
	from := 0
	if i > 0 {
		from = int(p.toks[i-1].end)
	}
	return i == 0 || strings.Contains(p.text[from:at], "\n")
}

// monthAt says whether token i names a month. "May" and "March" want their capital.
func (p *parser) monthAt(i int) bool {
	tok := p.at(i)
	if tok.class != month || !p.follows(i) && i > 0 && tok.gap == Break {
		return false
	}
	return p.capital(i) || tok.value != 3 && tok.value != 5
}

// date says whether the amount is a day or year beside the name of a month.
func (p *parser) date(a amount) bool {
	if a.value < 1 || a.scaled || a.vague || a.value > 31 && !a.plain {
		return false
	}
	i := a.from - 1
	if (p.sign(i) == '.' || p.sign(i) == ',' || dash(p.sign(i)) || p.sign(i) == '/' || p.class(i) == wordOf || p.class(i) == wordThe) && p.follows(i+1) {
		i--
	}
	if p.monthAt(i) && p.follows(a.from) {
		return true
	}
	if a.plain && p.sign(a.from-1) == ',' { // "February 12, 2022"
		day := a.from - 2
		if p.class(day) == ending {
			day--
		}
		if p.monthAt(day-1) || p.sign(day-1) == '.' && p.monthAt(day-2) {
			return true
		}
	}
	if a.value > 31 {
		return false
	}
	j := a.to
	if p.class(j) == wordOf || dash(p.sign(j)) || p.sign(j) == '/' {
		j++
	}
	return p.monthAt(j) && p.follows(j) || a.ordinal && (strings.EqualFold(p.str(a.to), "century") || strings.EqualFold(p.str(a.to+1), "century"))
}

// clock says whether the amount is an hour: "10 a.m.", "1400 GMT", "7 o'clock".
func (p *parser) clock(a amount) bool {
	if a.value < 0 || a.value > 2400 || a.scaled || a.ordinal || !p.follows(a.to) {
		return false
	}
	s := p.str(a.to)
	if p.class(a.to) == clock {
		return true
	}
	return len(s) == 1 && strings.ContainsAny(s, "aApP") && p.sign(a.to+1) == '.' && strings.EqualFold(p.str(a.to+2), "m")
}

// phone says whether two numbers joined by a hyphen have the shape of a subscriber's number, "555-0123".
func (p *parser) phone(a, b amount) bool {
	return a.literal && a.to == a.from+1 && p.at(a.from).end-p.at(a.from).start == 3 && b.plain
}

// named says whether bare digits belong to a name: "Area 25", "Highway 100", with a capital before them and
// nothing behind them that they could count.
func (p *parser) named(m measured) bool {
	i := m.from
	if !m.literal || m.to != i+1 || m.unit != "" || m.ordinal || p.at(i).end-p.at(i).start > 4 || !p.follows(i) || p.lineStart(i-1) {
		return false
	}
	next := p.at(m.to)
	counts := next.kind == Letter && p.follows(m.to) && !p.capital(m.to) && next.class == other
	start := p.sign(i-2) == '.' || p.sign(i-2) == '"' || p.sign(i-2) == '“' || p.sign(i-2) == '”'
	return p.at(i-1).kind == Letter && p.class(i-1) == other && p.capital(i-1) && !start && !counts
}

// year says whether four digits are a year: 1500 to 2099 with no unit, no money and no bound before them.
// Round numbers that count a plural noun ("2000 soldiers") are numbers.
func (p *parser) year(m measured) bool {
	if !m.plain || m.unit != "" || m.value < 1500 || m.value > 2099 {
		return false
	}
	if bound, _, ok := p.boundBefore(m.start); ok && bound != About && bound != Exactly {
		return false
	}
	next := p.str(m.to)
	noun := p.follows(m.to) && len(next) > 3 && next[0] >= 'a' && (next[len(next)-1] == 's' || next == "people" || next == "women" || next == "children")
	return int(m.value)%100 != 0 || !noun || p.class(m.start-1) == temporal
}

// pronoun says whether "one" stands for a thing or a person instead of counting.
func (p *parser) pronoun(m measured) bool {
	if m.value != 1 || m.literal || m.ordinal || m.to != m.from+1 || !strings.EqualFold(p.str(m.from), "one") {
		return false
	}
	if c := p.class(m.from - 1); (c == picker || c == wordEvery || c == wordThe || c == article) && p.follows(m.from) {
		return m.unit == ""
	}
	if m.unit != "" || p.bounded(m.from) {
		return false
	}
	next := p.at(m.to)
	if next.kind != Letter || !p.follows(m.to) || p.tight(m.to) || next.class != other || p.capital(m.to) {
		return true
	}
	return false
}
