package number

import "math"

// worded reads a quantity in words: "twenty-one thousand", "half a million", "two dozen", "two-thirds",
// "hundreds of thousands", "twenty-first".
func (p *parser) worded(i int) (a amount, ok bool) {
	switch p.class(i) {
	case plural:
		return p.vague(i)
	case vulgar:
		if p.tight(i) {
			return a, false
		}
		a = amount{value: p.at(i).value, from: i, to: i + 1}
		p.scales(&a)
		return a, true
	case denominator:
		return p.half(i)
	case couple:
		return a, false
	case unit, teen, ten, article, ordinal, hundred, scale:
	default:
		return a, false
	}
	if v, next, ok := p.wordFraction(i); ok {
		a = amount{value: v, from: i, to: next}
		if p.class(a.to) == wordOf && p.class(a.to+1) == article && p.class(a.to+2) == scale { // "two thirds of a million"
			a.value *= p.at(a.to + 2).value
			a.to += 3
		}
		p.scales(&a)
		return a, true
	}
	return p.cardinal(i)
}

// vague reads bare plurals: the least they can mean.
func (p *parser) vague(i int) (a amount, ok bool) {
	a = amount{value: p.at(i).value, from: i, to: i + 1, vague: true}
	for p.class(a.to) == wordOf && p.class(a.to+1) == plural {
		a.value *= p.at(a.to + 1).value
		a.to += 2
	}
	v := p.at(i).value
	if (v == 20 || v == 10 && a.to == i+1) && p.class(a.to) != wordOf || v == 10 && a.to == i+1 {
		return a, false // "scores" in sport, "tens" on their own
	}
	return a, true
}

// half reads "half a million", "half of", "quarter million"; "half" in "the first half" is none.
func (p *parser) half(i int) (a amount, ok bool) {
	if p.tight(i) {
		return a, false
	}
	switch p.class(i - 1) {
	case ordinal, wordThe, picker, denominator:
		return a, false
	}
	tok := p.at(i)
	if tok.value != 2 && tok.value != 4 || p.str(i) == "halves" || p.str(i) == "quarters" {
		return a, false
	}
	a = amount{value: 1 / tok.value, from: i, to: i + 1}
	j := i + 1
	if p.class(j) == article && tok.value == 2 {
		j++
	}
	if c := p.class(j); (c == scale || c == hundred || c == dozen) && p.follows(j) {
		a.to = j
		p.scales(&a)
		return a, true
	}
	return a, tok.value == 2 && (p.class(j) == wordOf || p.class(j) == wordThe || p.bounded(i))
}

// bounded says whether a bounding phrase stands right before token i.
func (p *parser) bounded(i int) bool {
	_, _, ok := p.boundBefore(i)
	return ok
}

// wordFraction reads "a half", "two-thirds", "three quarters", "a twenty-first", "one in five" not.
func (p *parser) wordFraction(i int) (value float64, next int, ok bool) {
	var n float64
	switch p.class(i) {
	case article, unit, teen:
		n, next = p.at(i).value, i+1
	case ten:
		n, next = p.at(i).value, i+1
		if j := p.joined(next); p.class(j) == unit {
			n, next = n+p.at(j).value, j+1
		}
	default:
		return 0, i, false
	}
	isArticle := p.class(i) == article
	j := p.joined(next)
	if !p.follows(j) {
		return 0, i, false
	}
	if dash(p.sign(j+1)) && p.tight(j+1) && p.tight(j+2) && p.at(j).value == 2 && isArticle {
		return 0, i, false // "a half-sister"
	}
	switch tok := p.at(j); {
	case tok.class == denominator && (n != 1 || tok.value == 2 || tok.value == 4):
		if isArticle && tok.value == 4 && p.class(j+1) != wordOf && p.class(j+1) != scale && p.class(j+1) != hundred {
			return 0, i, false // "a quarter" may be a time or a part of town
		}
		return n / tok.value, j + 1, tok.value > 1
	case tok.class == ordinal && n == 1 && tok.value > 2 && (!isArticle || p.class(j+1) == wordOf):
		d, end := tok.value, j+1
		return 1 / d, end, true
	case tok.class == ten && n == 1: // "one twenty-fifth"
		if k := p.joined(j + 1); k == j+2 && p.class(k) == ordinal && p.at(k).value < 10 {
			return 1 / (tok.value + p.at(k).value), k + 1, true
		}
	}
	return 0, i, false
}

// joined skips a hyphen between two words.
func (p *parser) joined(i int) int {
	if dash(p.sign(i)) && p.tight(i) == p.tight(i+1) {
		return i + 1
	}
	return i
}

// cardinal adds up words by the rules of English: "two hundred and six thousand and five", "twenty twelve" not.
func (p *parser) cardinal(i int) (a amount, ok bool) {
	a = amount{from: i, to: i, scale: 1}
	var total, group float64
	open, seen, last := false, false, math.Inf(1) // open: a group is begun; last: the last multiplier
	for j := i; j < i+maxWords && (j == i || p.follows(j)); {
		tok := p.at(j)
		switch {
		case tok.class == article && j == i:
			if c := p.class(j + 1); c != hundred && c != scale && c != dozen || !p.follows(j+1) {
				return a, false
			}
			group, open = 1, true
		case tok.class == unit && (!open || group >= 20 && math.Mod(group, 10) == 0 && (tok.value > 0)),
			(tok.class == teen || tok.class == ten) && (!open || group >= 100 && math.Mod(group, 100) == 0):
			group, open = group+tok.value, true
		case tok.class == hundred && open && group > 0 && group < 100:
			group *= 100
		case tok.class == scale && open && tok.value < last:
			total, group, open = total+group*tok.value, 0, false
			last, a.scale, a.scaled = tok.value, tok.value, true
		case tok.class == scale && seen && !open && tok.value > 1e5 && last < tok.value: // "three lakh crore"
			total, last, a.scale = total*tok.value, tok.value, a.scale*tok.value
		case tok.class == dozen && open && group < 100:
			group *= 12
		case tok.class == plural && tok.value == 12 && open && group < 100 && group > 0:
			group *= 12
		case tok.class == ordinal && p.ordinalFits(tok.value, group, open, j == i):
			return p.ordinal(a, j, total, group, open)
		default:
			return p.closeCardinal(a, total+group, seen)
		}
		seen = seen || tok.class != article
		a.to = j + 1
		j = p.nextWord(j+1, open, group)
	}
	return p.closeCardinal(a, total+group, seen)
}

func (p *parser) ordinalFits(v, group float64, open, first bool) bool {
	switch {
	case v < 10:
		return !open || group >= 20 && math.Mod(group, 10) == 0
	case v < 100:
		return !open || group >= 100 && math.Mod(group, 100) == 0
	}
	return !first
}

// ordinal ends a number whose last word is an ordinal.
func (p *parser) ordinal(a amount, j int, total, group float64, open bool) (amount, bool) {
	tok := p.at(j)
	switch {
	case tok.value >= 100 && open:
		a.value = total + group*tok.value
	case tok.value >= 100:
		a.value = total * tok.value
	default:
		a.value = total + group + tok.value
	}
	a.to, a.ordinal = j+1, true
	return a, !p.tight(j+1) || p.at(j+1).kind == Sign
}

// nextWord skips a hyphen or an "and" that joins the words of one number.
func (p *parser) nextWord(j int, open bool, group float64) int {
	if dash(p.sign(j)) && !p.tight(j) && !p.tight(j+1) && p.class(j-1) == ten && p.class(j+1) == unit && p.at(j+1).value > 0 {
		return j + 1 // "fifty - two" in tokenised text
	}
	if dash(p.sign(j)) && p.tight(j) && p.tight(j+1) {
		if c := p.class(j + 1); c == unit || c == ordinal || c == scale || c == hundred || c == teen || c == ten {
			return j + 1
		}
		return j
	}
	hundreds := open && group >= 100 && math.Mod(group, 100) == 0
	if p.class(j) == wordAnd && p.follows(j) && (hundreds || !open) {
		if c := p.class(j + 1); c == unit || c == teen || c == ten || c == ordinal && hundreds {
			if _, _, ok := p.wordFraction(j + 1); !ok {
				return j + 1
			}
		}
	}
	return j
}

// closeCardinal ends a number in words: decimals ("two point five"), halves, multipliers behind them.
func (p *parser) closeCardinal(a amount, value float64, seen bool) (amount, bool) {
	a.value = value
	if !seen {
		return a, false
	}
	if j := p.joined(a.to); p.class(j) == denominator && p.at(j).value > 4 && p.follows(j) { // "thirty-two fifths"
		a.value /= p.at(j).value
		a.to = j + 1
		return a, true
	}
	if p.class(a.to) == wordPoint && p.follows(a.to) {
		end, power := a.to+1, 0.1
		for ; p.class(end) == unit && p.follows(end) && end < a.to+9; end++ {
			a.value += p.at(end).value * power
			power /= 10
		}
		if end > a.to+1 {
			a.to = end
		}
	}
	if a.scaled || p.class(a.to) != wordAnd {
		p.andAHalf(&a)
	} else if v, next, ok := p.wordFraction(a.to + 1); ok { // "five and a half million"
		a.value, a.to = a.value+v, next
	}
	p.scales(&a)
	if p.class(a.to-1) == hundred { // "two to three hundred"
		a.scale, a.scaled = 100, true
	}
	return a, true
}
