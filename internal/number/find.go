package number

import (
	"strings"
	"unicode/utf8"

	"parley/internal/document"
)

// number reads the number at token i, if one starts there; next is where to go on.
func (p *parser) number(i int) (n Number, next int, ok bool) {
	switch tok := p.at(i); {
	case tok.class == address && p.tight(i+1):
		return n, p.runEnd(i), false
	case tok.class == label, tok.class == picker && p.str(i) == "No" && p.sign(i+1) == '.':
		return n, p.labelled(i), false
	}
	a, ok := p.amount(i)
	if !ok {
		if p.at(i).kind == Digit {
			return n, p.runEnd(i), false
		}
		return n, i + 1, false
	}
	if p.code(a) || p.numeral(a) {
		return n, p.runEnd(a.to - 1), false
	}
	return p.measure(a)
}

// runEnd is the first token behind i that does not touch its neighbour.
func (p *parser) runEnd(i int) int {
	for i++; i < len(p.toks) && p.tight(i); i++ {
	}
	return i
}

// labelled passes over the number of a named thing: "Resolution 2202", "No. 5", "Articles 5 and 6" (the 5).
func (p *parser) labelled(i int) int {
	i++
	if p.sign(i) == '.' {
		i++
	}
	if p.at(i).kind == Digit && p.follows(i) {
		return p.runEnd(i)
	}
	return i
}

// measured is an amount with its unit.
type measured struct {
	amount
	start, end int // tokens with the unit
	unit, kind string
}

// measure reads units, ranges and bounds around an amount.
func (p *parser) measure(a amount) (n Number, next int, ok bool) {
	m := p.withUnit(a)
	if a.literal && m.end == a.to && p.at(a.to).kind == Letter && p.tight(a.to) && !a.ordinal && !a.scaled {
		return n, p.runEnd(a.to), false // "3D", "1990s"
	}
	if p.date(a) || p.clock(a) {
		return n, a.to, false
	}
	if a.literal && p.sign(a.to) == '/' && p.tight(a.to) && p.tight(a.to+1) && p.at(a.to+1).kind == Digit {
		return n, p.runEnd(a.to), false // "12/03/2021"
	}
	p.compound(&m)
	if whole, ok := p.ratio(m); ok {
		m.value, m.to, m.end = m.value/whole.value, whole.to, whole.to
	}
	high, end, isRange := p.high(&m)
	if isRange && end < 0 {
		return n, -end, false
	}
	if !isRange && (p.year(m) || p.pronoun(m) || p.named(m)) {
		return n, a.to, false
	}
	start, core := m.start, m.start
	last := m.end
	n = Number{Value: m.value, Bound: Exactly, Unit: m.unit, Ordinal: m.ordinal}
	amountEnd := m.to
	if isRange {
		n.High, last, amountEnd, n.Unit = &high.value, high.end, high.to, high.unit
		if c := p.class(start - 1); (c == wordBetween || c == wordFrom) && start-1 >= p.floor && p.follows(start) {
			start--
		}
	}
	if m.vague {
		n.Bound = AtLeast
	}
	span := [2]int{start, last}
	if !m.ordinal {
		p.bound(&n, m.kind, &span)
	}
	n.Core = p.span(core, last)
	n.Amount = p.span(m.from, amountEnd)
	span[1] = p.both(&n, span[1])
	n.Span = p.span(span[0], span[1])
	return n, span[1], true
}

func (p *parser) span(from, to int) document.Span {
	return document.Span{Start: int(p.toks[from].start), End: int(p.toks[to-1].end)}
}

// withUnit finds money before the amount and any unit behind it.
func (p *parser) withUnit(a amount) measured {
	m := measured{amount: a, start: a.from, end: a.to}
	if a.ordinal {
		return m
	}
	if start, iso := p.money(a.from); start >= 0 {
		m.start, m.unit, m.kind = start, iso, "money"
		return m
	}
	i := a.to
	if dash(p.sign(i)) && p.tight(i) && p.tight(i+1) && p.at(i+1).kind == Letter {
		i++
	}
	if !p.follows(i) && i < len(p.toks) {
		return m
	}
	if ph, end := p.forward(p.lex.units, a.to); end > 0 {
		m.unit, m.kind, m.end = ph.to, ph.kind, end
	}
	if ph, end := p.forward(p.lex.units, i); end > m.end {
		m.unit, m.kind, m.end = ph.to, ph.kind, end
	}
	if ph, end := p.forward(p.lex.money, i); end > m.end {
		m.unit, m.kind, m.end = ph.to, "money", end
	}
	if iso, ok := p.lex.codes[p.str(i)]; ok && m.end == a.to {
		m.unit, m.kind, m.end = iso, "money", i+1
	}
	if m.kind == "dimension" && !a.literal && m.end == i+1 && p.at(i).end-p.at(i).start < 3 {
		m.unit, m.kind, m.end = "", "", a.to // "one in", "two m": abbreviations want digits
	}
	return m
}

// money finds a currency sign or code that ends before token i; start is -1 when there is none.
func (p *parser) money(i int) (start int, iso string) {
	if i == 0 || !p.follows(i) || i-1 < p.floor {
		return -1, ""
	}
	if iso, ok := p.lex.codes[p.str(i-1)]; ok && !(p.lex.acronyms[p.str(i-1)] && len(p.str(i)) < 3 && p.class(i+1) != scale) {
		return i - 1, iso
	}
	if ph, from := p.backward(p.lex.symbols, i); from >= 0 {
		if n := i - from; n == 2 && !p.tight(i-1) && len(p.str(from)) == 1 && !strings.EqualFold(p.str(from), "c") {
			return i - 1, "USD" // "a $ 5 note": the article
		}
		return from, ph.to
	}
	return -1, ""
}

func (p *parser) moneyBefore(i int) int {
	start, _ := p.money(i)
	return start
}

// forward matches the longest phrase of a book that starts at token i; end is 0 when none fits.
func (p *parser) forward(book map[string][]phrase, i int) (ph phrase, end int) {
	if i >= len(p.toks) || !p.follows(i) {
		return ph, 0
	}
	list, _ := Fold(book, p.str(i))
	for _, ph := range list {
		end := i + len(ph.pieces)
		if p.spells(ph.pieces, i) && (!p.tight(end) || p.at(end).kind == Sign || p.at(end-1).kind == Sign) {
			return ph, end
		}
	}
	return ph, 0
}

// backward matches the longest phrase of a book that ends before token i and is part of no other number.
func (p *parser) backward(book map[string][]phrase, i int) (ph phrase, from int) {
	list, _ := Fold(book, p.str(i-1))
	for _, ph := range list {
		from := i - len(ph.pieces)
		if from >= p.floor && p.spells(ph.pieces, from) && (from == 0 || !p.tight(from) || p.at(from-1).kind == Sign || p.at(from).kind == Sign) {
			return ph, from
		}
	}
	return ph, -1
}

func (p *parser) spells(pieces []string, i int) bool {
	for k, w := range pieces {
		if !strings.EqualFold(p.str(i+k), w) || k > 0 && !p.follows(i+k) || k > 0 && p.at(i+k).kind == Digit && !p.tight(i+k) {
			return false
		}
	}
	return true
}

// high reads the upper end of a range behind m and shares scale and unit with the lower end. end is
// negative (the token to go on from) when the two are no numbers at all: a score, a date, a telephone number.
func (p *parser) high(m *measured) (h measured, end int, ok bool) {
	i := m.end
	between := p.class(m.start-1) == wordBetween && m.start > p.floor
	tightDash := dash(p.sign(i)) && p.tight(i) && p.tight(i+1)
	switch {
	case !p.follows(i) || !p.follows(i+1) || m.vague:
		return h, 0, false
	case tightDash, dash(p.sign(i)) && !p.tight(i) && !p.tight(i+1), p.sign(i) == '~':
	case p.class(i) == wordTo, between && p.class(i) == wordAnd, p.str(i) == "or" && !m.literal && m.unit == "" && !m.ordinal:
	default:
		return h, 0, false
	}
	j := i + 1
	if p.class(j) == wordThe && m.ordinal {
		j++
	}
	if ph, n := p.forward(p.lex.symbols, j); n == j+1 && len(ph.pieces) == 1 {
		j++
	}
	b, h, good := p.amountFrom(i, j)
	switch {
	case !good && tightDash && p.at(j).kind == Digit: // a date or telephone number
		return h, -p.runEnd(j), true
	case !good || b.ordinal != m.ordinal || b.vague:
		return h, 0, false
	case p.date(b) || p.clock(b):
		return h, -b.to, true
	case tightDash && dash(p.sign(b.to)) && p.tight(b.to) && p.tight(b.to+1) && p.at(b.to+1).kind == Digit:
		return h, -p.runEnd(b.to), true
	case m.plain && b.literal && p.year(*m) && (p.year(h) || b.value < 100):
		return h, -b.to, true // "2014-2018", "2021-22"
	}
	if m.unit == "" && h.start < h.from || tightDash && p.phone(m.amount, b) {
		if tightDash {
			return h, -b.to, true
		}
		return h, 0, false // "from 2019 to $66 billion"
	}
	if b.scaled && !m.scaled && m.value < b.value/max(b.scale, 1) && b.scale > 1 {
		m.value *= b.scale
	}
	if m.unit != "" && h.unit == "" {
		h.unit, h.kind = m.unit, m.kind
	}
	if m.unit != "" && m.unit != h.unit || h.value <= m.value {
		if tightDash && m.literal {
			return h, -b.to, true // a score
		}
		return h, 0, false
	}
	if tightDash && p.score(m.amount, h) {
		return h, -b.to, true
	}
	return h, h.end, true
}

// amountFrom reads the amount at token j and its unit, neither of which may reach back before token floor.
func (p *parser) amountFrom(floor, j int) (b amount, h measured, ok bool) {
	old := p.floor
	p.floor = floor
	defer func() { p.floor = old }()
	if b, ok = p.amount(j); ok {
		h = p.withUnit(b)
	}
	return b, h, ok
}

// score says whether "1-3" is one: single figures that count nothing.
func (p *parser) score(a amount, h measured) bool {
	next := p.at(h.end)
	counts := next.kind == Letter && p.follows(h.end) && !p.capital(h.end) && next.class == other
	return a.literal && h.literal && h.value < 10 && h.unit == "" && !counts && p.class(a.from-1) != wordBetween
}

// bound looks for bounding phrases before and behind the number and widens its span over them.
func (p *parser) bound(n *Number, kind string, span *[2]int) {
	found := false
	for k := 0; k < 3; k++ {
		bound, from, ok := p.boundBefore(span[0])
		if !ok || kind == "time" && from == span[0]-1 && p.class(from) == wordOver {
			break
		}
		if !found || n.Bound == About {
			n.Bound = bound
		}
		found, span[0] = true, from
	}
	ph, end := p.forward(p.lex.after, span[1])
	if end == 0 || strings.EqualFold(p.str(end), "than") || p.at(end).kind == Digit && p.follows(end) {
		return
	}
	if !found && n.Bound == Exactly || n.Bound == About && ph.to != About {
		n.Bound = ph.to
	}
	span[1] = end
}

// both reads a number bounded on both sides: "more than 100 but fewer than 300". i is behind the first number.
func (p *parser) both(n *Number, i int) (end int) {
	if n.Bound != AtLeast || n.High != nil || p.class(i) != wordAnd && !strings.EqualFold(p.str(i), "but") || !p.follows(i) {
		return i
	}
	floor := p.floor
	defer func() { p.floor = floor }()
	p.floor = i + 1
	for j := i + 2; j <= i+6 && p.follows(j); j++ {
		ph, from := p.backward(p.lex.before, j)
		if from != i+1 || ph.to != AtMost {
			continue
		}
		if b, ok := p.amount(j); ok && b.value > n.Value && !b.ordinal && !b.vague {
			h := p.withUnit(b)
			if h.unit == n.Unit || n.Unit == "" {
				n.High, n.Unit, n.Bound = &h.value, h.unit, Exactly
				n.Amount.End, n.Core.End = p.span(h.from, h.to).End, p.span(h.from, h.end).End
				return h.end
			}
		}
	}
	return i
}

// compound adds the smaller unit behind the larger: "5 feet 2 inches", "3 dollars 50 cents".
func (p *parser) compound(m *measured) {
	part := map[string]float64{"feet": 12, "USD": 100, "EUR": 100, "GBP": 100}[m.unit]
	j := m.end
	if p.class(j) == wordAnd {
		j++
	}
	if part == 0 || m.start != m.from || !p.follows(j) {
		return
	}
	a, ok := p.amount(j)
	if !ok || a.ordinal || a.vague || a.value >= part {
		return
	}
	small := p.withUnit(a)
	if small.unit == "inches" && m.unit == "feet" || (small.unit == "cents" || small.unit == "pence") && m.unit != "feet" {
		m.value += a.value / part
		m.end = small.end
	}
}

// ratio reads the whole of a part: "one in five", "two out of three". "12 in six boxes" is none.
func (p *parser) ratio(m measured) (whole amount, ok bool) {
	j, out := m.to, false
	switch {
	case m.unit != "" || m.ordinal || m.vague || m.scaled || m.value != float64(int(m.value)) || !p.follows(j):
		return whole, false
	case strings.EqualFold(p.str(j), "in"):
		j++
	case strings.EqualFold(p.str(j), "out") && p.class(j+1) == wordOf:
		j, out = j+2, true
	default:
		return whole, false
	}
	if p.class(j) == wordEvery {
		j++
	}
	whole, ok = p.amount(j)
	if !ok || whole.ordinal || whole.vague || whole.value <= m.value || m.value <= 0 || whole.plain || !p.follows(j) || p.date(whole) || p.clock(whole) {
		return whole, false
	}
	if p.withUnit(whole).unit != "" {
		return whole, false
	}
	round := whole.value <= 10 || whole.value == 100 || whole.value == 1000
	return whole, out || m.value == 1 || m.value < 10 && round
}

// boundBefore finds the bounding phrase that ends before token i.
func (p *parser) boundBefore(i int) (bound string, from int, ok bool) {
	if i <= p.floor || !p.follows(i) {
		return "", 0, false
	}
	ph, from := p.backward(p.lex.before, i)
	if from < 0 && p.class(i-1) == article && i-1 > p.floor && p.follows(i-1) { // "less than a three-hour drive"
		ph, from = p.backward(p.lex.before, i-1)
	}
	return ph.to, from, from >= 0
}

func (p *parser) capital(i int) bool {
	r, _ := utf8.DecodeRuneInString(p.str(i))
	return r >= 'A' && r <= 'Z'
}
