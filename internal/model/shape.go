package model

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Gap is what stands before a word.
type Gap uint8

// The gaps, in the order of the shape table.
const (
	GapNone  Gap = iota // nothing: the word touches the one before
	GapSpace            // white space
	GapLine             // a line break, or the start of the text
)

// Shape classes of docs/model.md; class 0 is for special pieces.
const (
	shapeLower = 1 + iota
	shapeTitle
	shapeUpper
	shapeInitial
	shapeMixed
	shapeDigits
	shapeBoth
	shapeNeither
	shapeOther

	shapeClasses = 10
	shapes       = 3 * shapeClasses
)

// shapeOf is class + 10*gap of a word.
func shapeOf(word string, gap Gap) int { return shapeClass(word) + shapeClasses*int(min(gap, GapLine)) }

// shapeClass tells letters and digits of a word apart; punctuation inside it ("U.S.") does not count.
func shapeClass(word string) int {
	letters, upper, digits, firstUpper := 0, 0, 0, false
	for _, r := range word {
		switch {
		case unicode.IsLetter(r):
			if unicode.IsUpper(r) || unicode.IsTitle(r) {
				upper++
				firstUpper = firstUpper || letters == 0
			}
			letters++
		case unicode.IsDigit(r):
			digits++
		}
	}
	switch {
	case digits > 0 && letters > 0:
		return shapeBoth
	case digits > 0 && isNumber(word):
		return shapeDigits
	case digits > 0:
		return shapeOther
	case letters == 0:
		return shapeNeither
	case upper == 0:
		return shapeLower
	case letters == 1:
		return shapeInitial
	case upper == letters:
		return shapeUpper
	case firstUpper && upper == 1:
		return shapeTitle
	}
	return shapeMixed
}

// isNumber: digits at both ends, digits and , . : / - between.
func isNumber(word string) bool {
	first, _ := utf8.DecodeRuneInString(word)
	last, _ := utf8.DecodeLastRuneInString(word)
	if !unicode.IsDigit(first) || !unicode.IsDigit(last) {
		return false
	}
	return !strings.ContainsFunc(word, func(r rune) bool {
		return !unicode.IsDigit(r) && !strings.ContainsRune(",.:/-", r)
	})
}
