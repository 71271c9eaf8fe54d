package record

import (
	"slices"
	"strings"
	"unicode"
)

// SentenceOf is the sentence of a text in which a span stands, with the white space behind it, no more than side code points
// to either side of the span. ok is false for a span that is empty or not of the text. It goes by marks and capitals alone, for
// texts whose sentences nobody kept.
func SentenceOf(text []rune, span Span, side int) (whole Span, ok bool) {
	if span[0] < 0 || span[1] <= span[0] || span[1] > len(text) {
		return Span{}, false
	}
	first, last := max(0, span[0]-side), min(len(text), span[1]+side)
	from, to := span[0], span[1]
	for from > first && !endsSentence(text, from-1) {
		from--
	}
	for to < last && !endsSentence(text, to-1) {
		to++
	}
	return Span{from, to}, true
}

// endsSentence says whether a sentence ends with the character at a place: a line break, or the space after a full stop and what
// closes with it, before anything but a small letter. After a short word with a capital, such as Gen, a full stop ends nothing.
func endsSentence(text []rune, at int) bool {
	if text[at] == '\n' {
		return true
	}
	if !unicode.IsSpace(text[at]) || at+1 < len(text) && unicode.IsLower(text[at+1]) {
		return false
	}
	end := at - 1
	for end >= 0 && strings.ContainsRune(`"'”’)]`, text[end]) {
		end--
	}
	if end < 0 || !strings.ContainsRune(".!?", text[end]) {
		return false
	}
	begin := end
	for begin > 0 && end-begin < 4 && unicode.IsLetter(text[begin-1]) {
		begin--
	}
	word := text[begin:end]
	return text[end] != '.' || len(word) == 0 || len(word) > 3 || !slices.ContainsFunc(word[:1], unicode.IsUpper)
}
