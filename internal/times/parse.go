package times

import (
	"strconv"
	"unicode/utf8"

	"parley/internal/number"
)

// token is a piece with what the tables say about it.
type token struct {
	start, end int
	kind       number.PieceKind
	gap        number.Gap
	class      class
	value      int
	sign       rune
}

// parser walks the tokens of one text. Its methods take a token index and return what they read and the
// index behind it; a nil node or ok false means that the construction does not stand there.
type parser struct {
	text  string
	lex   *lexicon
	toks  []token
	depth int // points being read inside one another
	base  int // first token of the expression being read: nothing crosses a paragraph behind it
}

// scan cuts the text into tokens.
func (p *parser) scan() {
	p.toks = make([]token, 0, len(p.text)/5+4)
	for at := 0; ; {
		piece, ok := number.Next(p.text, at)
		if !ok {
			return
		}
		at = piece.End
		tok := token{start: piece.Start, end: piece.End, kind: piece.Kind, gap: piece.Gap}
		switch piece.Kind {
		case number.Letter:
			e := p.lex.word(p.text[piece.Start:piece.End])
			tok.class, tok.value = e.class, e.value
		case number.Sign:
			tok.sign, _ = utf8.DecodeRuneInString(p.text[piece.Start:piece.End])
		case number.Digit:
			tok.value = -1
			if piece.End-piece.Start <= 8 {
				tok.value, _ = strconv.Atoi(p.text[piece.Start:piece.End])
			}
		}
		p.toks = append(p.toks, tok)
	}
}

func (p *parser) at(i int) token {
	if i < 0 || i >= len(p.toks) || i > p.base && p.toks[i].gap == number.Break {
		return token{start: -1, gap: number.Break}
	}
	return p.toks[i]
}

// before is the token before i, whatever lies between.
func (p *parser) before(i int) token {
	if i <= 0 || p.toks[i].gap == number.Break {
		return token{start: -1, gap: number.Break}
	}
	return p.toks[i-1]
}

func (p *parser) is(i int, c class) bool { return p.at(i).class == c }

func (p *parser) sign(i int) rune { return p.at(i).sign }

func (p *parser) str(i int) string {
	tok := p.at(i)
	if tok.start < 0 {
		return ""
	}
	return p.text[tok.start:tok.end]
}

func (p *parser) tight(i int) bool { return p.at(i).gap == number.None }

func (p *parser) digits(i int) bool { return p.at(i).kind == number.Digit }

func (p *parser) width(i int) int { return p.at(i).end - p.at(i).start }

func (p *parser) capital(i int) bool {
	s := p.str(i)
	return s != "" && s[0] >= 'A' && s[0] <= 'Z'
}

func dash(r rune) bool {
	return r == '-' || r == '‐' || r == '‑' || r == '–' || r == '—' || r == '−'
}

// optional skips token i when it has one of these classes.
func (p *parser) optional(i int, classes ...class) int {
	for _, c := range classes {
		if p.is(i, c) {
			return i + 1
		}
	}
	return i
}

// comma skips a comma, or a dash between two words.
func (p *parser) comma(i int) int {
	if p.sign(i) == ',' || dash(p.sign(i)) {
		return i + 1
	}
	return i
}

// lineEnd says whether token i is followed by nothing of its sentence.
func (p *parser) ends(i int) bool {
	tok := p.at(i)
	return tok.start < 0 || tok.kind == number.Sign
}

// expression reads the longest expression that starts at token i; from is i or, when the first word only
// attaches it, behind that.
func (p *parser) expression(i int) (n *node, from, to int) {
	tok := p.toks[i]
	if tok.class == other && tok.kind != number.Digit || p.inCode(i) {
		return nil, i, i
	}
	p.base = i
	switch tok.class {
	case fromWord, betweenWord:
		n, to = p.fromTo(i)
	case sinceWord, untilWord, byWord, beforeWord, afterWord, startingWord, laterWord, noWord, asWord, pieceWord:
		n, to = p.open(i)
	case withinWord:
		n, to = p.within(i)
	case inWord:
		n, to = p.in(i)
	case forWord:
		n, to = p.forMonths(i)
	}
	if n != nil {
		return n, i, to
	}
	n, to = p.span(i)
	return n, i, to
}

// inCode says whether token i is glued to letters or digits before it and so is part of a name or number.
func (p *parser) inCode(i int) bool {
	if i == 0 {
		return false
	}
	prev := p.toks[i-1]
	if p.toks[i].gap != number.None {
		return prev.sign == '$' || prev.sign == '€' || prev.sign == '£'
	}
	switch {
	case prev.kind == number.Digit:
		return p.toks[i].class != pmWord
	case prev.kind == number.Letter:
		return p.toks[i].kind == number.Digit
	case prev.sign == '.' || prev.sign == ',' || prev.sign == ':' || prev.sign == '/':
		return i >= 2 && p.toks[i-1].gap == number.None && p.toks[i-2].kind == number.Digit && p.toks[i].kind == number.Digit
	case prev.sign == '$' || prev.sign == '€' || prev.sign == '£' || prev.sign == '#' || prev.sign == '@' || prev.sign == '+':
		return true
	case dash(prev.sign):
		return i >= 2 && p.toks[i-1].gap == number.None && p.toks[i].kind == number.Digit && p.toks[i-2].class != monthName
	}
	return false
}

// span reads a point, or two joined into a range.
func (p *parser) span(i int) (*node, int) {
	if n, to := p.bareRange(i); n != nil {
		return n, to
	}
	a, to := p.point(i)
	if a == nil {
		return nil, i
	}
	if b, end := p.toPoint(a, to); b != nil {
		return b, end
	}
	if a.op == opCycle && a.weekday > 0 && a.day == 0 && p.is(to, andWord) && p.is(to+1, weekdayName) {
		if b, end := p.point(to + 1); b != nil && b.op == opCycle && b.day == 0 && b.weekday == a.weekday%7+1 && b.which == anyOne {
			return &node{op: opSpan, a: a, b: b}, end // "Saturday and Sunday"
		}
	}
	return a, to
}

// kind is the sort of expression a node stands for.
func (n *node) kind() Kind {
	switch n.op {
	case opLength:
		return Duration
	case opSet:
		return Set
	case opPeriod, opSpan, opSince, opAfter, opUntil, opBefore, opSide, opBegins:
		return Range
	}
	return Point
}
