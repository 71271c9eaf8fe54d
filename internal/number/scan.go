package number

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// PieceKind tells what a piece is made of.
type PieceKind uint8

// The kinds of piece.
const (
	Sign   PieceKind = iota // one rune that is neither letter nor digit
	Letter                  // a run of letters
	Digit                   // a run of ASCII digits
)

// Gap is what lies between a piece and the one before it.
type Gap uint8

// The gaps.
const (
	None  Gap = iota // nothing: the pieces touch
	Space            // white space, at most one line break
	Break            // an empty line or the start of the text
)

// Piece is the smallest unit of text that numbers and times are read from.
type Piece struct {
	Start, End int
	Kind       PieceKind
	Gap        Gap
}

// Next returns the first piece at or after byte at; ok is false at the end of the text.
func Next(text string, at int) (piece Piece, ok bool) {
	gap, lines := None, 0
	if at == 0 {
		gap = Break
	}
	for at < len(text) {
		r, size := rune(text[at]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[at:])
		}
		if !unicode.IsSpace(r) {
			break
		}
		if r == '\n' {
			lines++
		}
		gap = max(gap, Space)
		at += size
	}
	if lines > 1 {
		gap = Break
	}
	if at >= len(text) {
		return Piece{}, false
	}
	piece = Piece{Start: at, Gap: gap}
	piece.Kind, piece.End = run(text, at)
	return piece, true
}

// run finds the end of the piece that starts at byte at.
func run(text string, at int) (PieceKind, int) {
	kind := Sign
	for i := at; i < len(text); {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		k := Sign
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z':
			k = Letter
		case '0' <= r && r <= '9':
			k = Digit
		case r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsMark(r)):
			k = Letter
		}
		switch {
		case i == at:
			kind = k
			if kind == Sign {
				return kind, at + size
			}
		case k != kind:
			return kind, i
		}
		i += size
	}
	return kind, len(text)
}

// token is a piece with what the table of words says about it.
type token struct {
	start, end int32
	kind       PieceKind
	gap        Gap
	class      class
	sign       rune // of a Sign
	value      float64
}

// tokens cuts text into pieces and looks the words up.
func tokens(text string) []token {
	lex := words()
	out := make([]token, 0, len(text)/5+4)
	for at := 0; ; {
		piece, ok := Next(text, at)
		if !ok {
			return out
		}
		at = piece.End
		tok := token{start: int32(piece.Start), end: int32(piece.End), kind: piece.Kind, gap: piece.Gap}
		switch piece.Kind {
		case Letter:
			e := lex.word(text[piece.Start:piece.End])
			tok.class, tok.value = e.class, e.value
		case Sign:
			tok.sign, _ = utf8.DecodeRuneInString(text[piece.Start:piece.End])
			if v, ok := lex.vulgar[tok.sign]; ok {
				tok.class, tok.value = vulgar, v
			}
		}
		out = append(out, tok)
	}
}

// Fold looks a word up in a table keyed by lower-case words without allocating; ok is false for words that
// are too long to stand in one.
func Fold[V any](table map[string]V, word string) (v V, ok bool) {
	var buf [24]byte
	if len(word) > len(buf) {
		return v, false
	}
	for i := 0; i < len(word); i++ {
		c := word[i]
		if c >= utf8.RuneSelf {
			v, ok = table[strings.ToLower(word)]
			return v, ok
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		buf[i] = c
	}
	v, ok = table[string(buf[:len(word)])]
	return v, ok
}
