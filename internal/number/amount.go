package number

import (
	"strconv"
	"strings"
)

// amount is a quantity as digits or words, before units and bounds are looked at.
type amount struct {
	value    float64
	from, to int // tokens [from, to)
	literal  bool
	plain    bool // four digits and nothing else: it may be a year
	ordinal  bool
	vague    bool // a bare plural, "hundreds": the least it can be
	scaled   bool // with a multiplier, which may hold for the lower end of a range too
	scale    float64
	unitOK   bool // false when letters follow that must be read as a unit or make it no number
}

const maxWords = 24 // tokens looked at for one number

// parser walks the tokens of one text.
type parser struct {
	text  string
	lex   *lexicon
	toks  []token
	floor int // first token that belongs to no number yet
}

func (p *parser) at(i int) token {
	if i < 0 || i >= len(p.toks) {
		return token{gap: Break}
	}
	return p.toks[i]
}

func (p *parser) class(i int) class { return p.at(i).class }

func (p *parser) sign(i int) rune { return p.at(i).sign }

func (p *parser) str(i int) string {
	if i < 0 || i >= len(p.toks) {
		return ""
	}
	return p.text[p.toks[i].start:p.toks[i].end]
}

// tight says whether token i touches the one before it.
func (p *parser) tight(i int) bool { return p.at(i).gap == None }

// follows says whether token i goes on in the same paragraph.
func (p *parser) follows(i int) bool { return i < len(p.toks) && p.toks[i].gap != Break }

func dash(r rune) bool {
	return r == '-' || r == '‐' || r == '‑' || r == '–' || r == '—' || r == '−'
}

// amount reads the quantity that starts at token i.
func (p *parser) amount(i int) (a amount, ok bool) {
	from, negative := i, false
	if p.sign(i) == '-' || p.sign(i) == '−' || p.class(i) == minus {
		if p.tight(i) || !p.follows(i+1) || (p.at(i).kind == Sign && !p.tight(i+1) && p.at(i+1).kind != Digit) {
			return a, false
		}
		negative = true
		i++
	}
	switch {
	case p.at(i).kind == Digit, p.sign(i) == '.' && !p.tight(i) && p.tight(i+1) && p.at(i+1).kind == Digit:
		a, ok = p.digits(i)
	default:
		a, ok = p.worded(i)
	}
	if !ok || (negative && (a.ordinal || a.vague)) {
		return a, false
	}
	if negative {
		a.value = -a.value
		a.plain = false
	}
	a.from = from
	return a, true
}

// digits reads "1,234.5", "40 000", "3 million", "5 1/2", "1.2bn", "21st".
func (p *parser) digits(i int) (a amount, ok bool) {
	value, next, ok := p.literal(i)
	if !ok {
		return a, false
	}
	a = amount{value: value, from: i, to: next, literal: true, unitOK: true}
	a.plain = next == i+1 && p.at(i).end-p.at(i).start == 4
	if p.class(next) == ending && p.tight(next) && next == i+1 {
		a.to, a.ordinal, a.plain = next+1, true, false
		return a, !p.tight(next+1) || p.at(next+1).kind == Sign
	}
	if p.fraction(&a) {
		return a, true
	}
	p.scales(&a)
	p.rest(&a)
	return a, true
}

// rest adds what follows a multiplied number in smaller multiples: "3 million 200 thousand", "4 thousand 3
// hundred and 21".
func (p *parser) rest(a *amount) {
	for n := 0; n < 3 && a.scaled; n++ {
		j := a.to
		and := p.class(j) == wordAnd && p.follows(j)
		if and {
			j++
		}
		if p.at(j).kind != Digit || !p.follows(j) || p.at(j).end-p.at(j).start > 3 {
			return
		}
		b := amount{value: float64(p.small(j)), from: j, to: j + 1, literal: true}
		p.scales(&b)
		if b.value >= a.scale || !b.scaled && !(and && a.scale == 100) {
			return
		}
		a.value += b.value
		a.to, a.scale, a.scaled = b.to, b.scale, b.scaled
	}
}

// fraction reads what makes digits a fraction: "3/4", "5 1/2", "2½".
func (p *parser) fraction(a *amount) bool {
	simple := func(i int) (float64, bool) {
		if p.at(i).kind != Digit || p.sign(i+1) != '/' || p.at(i+2).kind != Digit || p.tight(i+3) && p.at(i+3).kind != Sign || p.sign(i+3) == '/' {
			return 0, false
		}
		n, d := p.small(i), p.small(i+2)
		return float64(n) / float64(d), n > 0 && n < d && (d <= 10 || d == 16 || d == 32 || d == 64) && !(n == 9 && d == 11)
	}
	if v, ok := simple(a.from); ok && a.to == a.from+1 {
		a.value, a.to, a.plain = v, a.from+3, false
		return true
	}
	if p.class(a.to) == vulgar && p.follows(a.to) {
		a.value += p.at(a.to).value
		a.to, a.plain = a.to+1, false
		return true
	}
	if v, ok := simple(a.to); ok && p.at(a.to).gap == Space {
		a.value += v
		a.to, a.plain = a.to+3, false
		return true
	}
	return false
}

// small is the value of a run of at most six digits, -1 for longer ones.
func (p *parser) small(i int) int {
	if s := p.str(i); len(s) <= 6 {
		if n, err := strconv.Atoi(s); err == nil {
			return n
		}
	}
	return -1
}

// literal reads digits with separators; ok is false when the run is a date, a clock time, a telephone
// number, an address or a code.
func (p *parser) literal(i int) (value float64, next int, ok bool) {
	var b strings.Builder
	next = i
	if p.sign(i) == '.' {
		b.WriteByte('0')
	} else {
		b.WriteString(p.str(i))
		next = i + 1
		for p.grouped(next, next-1 == i) {
			b.WriteString(p.str(next + 1))
			next += 2
		}
		if next == i+1 && p.at(i).end-p.at(i).start <= 3 { // "40 000"
			for p.at(next).gap == Space && p.at(next).kind == Digit && p.at(next).end-p.at(next).start == 3 && next < i+6 {
				b.WriteString(p.str(next))
				next++
			}
			if next > i+1 && p.at(next).gap == Space && p.at(next).kind == Digit {
				return 0, next, false
			}
		}
	}
	if p.sign(next) == '.' && (p.tight(next) || next == i) && p.tight(next+1) && p.at(next+1).kind == Digit {
		b.WriteByte('.')
		b.WriteString(p.str(next + 1))
		next += 2
	}
	if p.tight(next) && chains(p.sign(next)) && p.tight(next+1) && p.at(next+1).kind == Digit {
		return 0, next, false
	}
	if e, end := p.exponent(next); end > next {
		b.WriteString(e)
		next = end
	}
	if b.Len() > 30 {
		return 0, next, false
	}
	value, err := strconv.ParseFloat(b.String(), 64)
	return value, next, err == nil
}

// exponent reads the "e6" and "e-4" of scientific notation.
func (p *parser) exponent(i int) (e string, to int) {
	if s := p.str(i); s != "e" && s != "E" || !p.tight(i) || !p.tight(i+1) {
		return "", i
	}
	j, sign := i+1, ""
	if s := p.sign(j); s == '-' || s == '+' {
		j, sign = j+1, string(s)
	}
	if p.at(j).kind != Digit || !p.tight(j) || p.at(j).end-p.at(j).start > 2 || p.tight(j+1) && p.at(j+1).kind != Sign {
		return "", i
	}
	return "e" + sign + p.str(j), j + 1
}

// grouped says whether a comma and a group of digits follow at i: three, or two in the Indian system.
func (p *parser) grouped(i int, first bool) bool {
	if p.sign(i) != ',' || !p.tight(i) || !p.tight(i+1) || p.at(i+1).kind != Digit {
		return false
	}
	switch p.at(i+1).end - p.at(i+1).start {
	case 3:
		return !first || p.at(i-1).end-p.at(i-1).start <= 3
	case 2:
		return p.sign(i+2) == ',' && p.tight(i+2) && p.tight(i+3) && p.at(i+3).kind == Digit && p.at(i+3).end-p.at(i+3).start >= 2
	}
	return false
}

// chains says whether a sign between digits makes them something else than a number.
func chains(r rune) bool { return r == '.' || r == ':' || r == ',' || r == '_' || r == '@' }

// scales multiplies by what follows: "million", "bn", "hundred thousand", "dozen".
func (p *parser) scales(a *amount) {
	for n := 0; n < 3; n++ {
		i := a.to
		hyphen := p.tight(i) && dash(p.sign(i)) && p.tight(i+1)
		if hyphen {
			i++
		}
		tok := p.at(i)
		if !p.follows(i) || !hyphen && p.tight(i) && tok.class != suffix && tok.class != scale && !p.shortMillion(a, i) {
			return
		}
		switch {
		case tok.class == scale, tok.class == hundred, tok.class == dozen && a.value > 0,
			tok.class == plural && tok.value == 12 && a.value < 100,
			tok.class == suffix && a.literal && (p.tight(i) || tok.value >= 1e9 || n == 0 && p.spacedSuffix(i)):
			a.value *= tok.value
			a.scale = max(a.scale, 1) * tok.value
		case p.shortMillion(a, i):
			a.value *= 1e6
			a.scale = 1e6
		default:
			return
		}
		a.to, a.scaled, a.plain = i+1, true, false
		p.andAHalf(a)
	}
}

// spacedSuffix says whether an abbreviated multiplier may stand apart from its digits: "5 mn", not "20 k".
func (p *parser) spacedSuffix(i int) bool {
	return !strings.EqualFold(p.str(i), "k")
}

// shortMillion says whether token i is an m for millions right behind digits: a capital, or money before
// them, or a plural noun behind ("5m people"), but no other measure.
func (p *parser) shortMillion(a *amount, i int) bool {
	s := p.str(i)
	if !a.literal || (s != "m" && s != "M") || !p.tight(i) || a.scaled || p.tight(i+1) && p.at(i+1).kind != Sign {
		return false
	}
	if s == "M" || p.moneyBefore(a.from) >= 0 {
		return true
	}
	next := p.str(i + 1)
	return p.follows(i+1) && p.at(i+1).kind == Letter && len(next) > 4 && next[len(next)-1] == 's' || next == "people"
}

// andAHalf reads the half behind a multiplier: "3 million and a half", "one billion and three quarters".
func (p *parser) andAHalf(a *amount) {
	if p.class(a.to) != wordAnd || !p.follows(a.to) {
		return
	}
	if v, next, ok := p.wordFraction(a.to + 1); ok {
		if p.class(next) == scale && p.follows(next) { // "one billion and a half million"
			a.value += v * p.at(next).value
			a.to = next + 1
			return
		}
		a.value += v * max(a.scale, 1)
		a.to = next
	}
}
