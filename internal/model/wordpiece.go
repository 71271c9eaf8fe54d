package model

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const (
	maxWordPieces = 8   // of one word; the rest is dropped
	maxPart       = 100 // runes of a part that is looked up at all
)

// vocabulary cuts words into pieces as BERT's uncased WordPiece does (Wu et al. 2016; Devlin et al. 2019).
type vocabulary struct {
	start, inside map[string]int32 // pieces that begin a part, and those after "##"
	longest       int              // bytes of the longest piece
	unknown       int32
	first, last   int32 // [CLS] and [SEP]
}

// newVocabulary reads one piece a line; the line number is its id.
func newVocabulary(text []byte) *vocabulary {
	lines := bytes.Split(bytes.TrimSuffix(text, []byte("\n")), []byte("\n"))
	v := &vocabulary{start: make(map[string]int32, len(lines)), inside: make(map[string]int32, len(lines)/4)}
	for i, line := range lines {
		piece, inside := bytes.CutPrefix(line, []byte("##"))
		v.longest = max(v.longest, len(piece))
		// "##" alone is a piece of its own in the original; it begins a part.
		if inside && len(piece) > 0 {
			v.inside[string(piece)] = int32(i)
		} else {
			v.start[string(line)] = int32(i)
		}
	}
	v.unknown, v.first, v.last = v.start["[UNK]"], v.start["[CLS]"], v.start["[SEP]"]
	return v
}

func (v *vocabulary) complete() bool {
	for _, s := range []string{"[UNK]", "[CLS]", "[SEP]"} {
		if _, ok := v.start[s]; !ok {
			return false
		}
	}
	return true
}

// cut appends the ids of a word's pieces to ids: at least 1, at most 8.
func (v *vocabulary) cut(ids []int32, word string) []int32 {
	before := len(ids)
	var buffer, spare [64]byte
	part, runes := buffer[:0], 0
	flush := func() {
		if len(part) > 0 {
			ids = v.greedy(ids, part, runes)
			part, runes = part[:0], 0
		}
	}
	text := plainText(spare[:0], word)
	for len(text) > 0 && len(ids)-before < maxWordPieces {
		r, size := utf8.DecodeRune(text)
		piece := text[:size]
		text = text[size:]
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsSpace(r):
			flush()
		case isPunctuation(r) || isIdeograph(r):
			flush()
			ids = v.greedy(ids, piece, 1)
		case runes <= maxPart:
			part = append(part, piece...)
			runes++
		}
	}
	flush()
	if len(ids) == before {
		return append(ids, v.unknown)
	}
	return ids[:min(len(ids), before+maxWordPieces)]
}

// greedy takes the longest known piece from the front again and again; a part that cannot be cut is unknown.
func (v *vocabulary) greedy(ids []int32, part []byte, runes int) []int32 {
	if runes > maxPart {
		return append(ids, v.unknown)
	}
	before, known := len(ids), v.start
	for len(part) > 0 {
		end := min(len(part), v.longest)
		id, ok := known[string(part[:end])]
		for !ok && end > 1 {
			end--
			id, ok = known[string(part[:end])]
		}
		if !ok {
			return append(ids[:before], v.unknown)
		}
		ids = append(ids, id)
		part, known = part[end:], v.inside
	}
	return ids
}

// plainText drops control characters and what is not text, lower-cases and decomposes. out is spare room.
func plainText(out []byte, word string) []byte {
	ascii := true
	for i, r := range word {
		switch {
		case r < utf8.RuneSelf && r >= ' ' && r != 0x7f:
			if r >= 'A' && r <= 'Z' {
				r += 'a' - 'A'
			}
			out = append(out, byte(r))
			continue
		case r == utf8.RuneError || r == 0:
		case r != '\t' && r != '\n' && r != '\r' && unicode.In(r, unicode.Cc, unicode.Cf):
		case r == 'Σ' && endsWord(word[:i], word[i+len("Σ"):]):
			out = append(out, "ς"...)
		default:
			out = utf8.AppendRune(out, unicode.ToLower(r))
		}
		ascii = false
	}
	if ascii {
		return out
	}
	return []byte(norm.NFD.String(string(out))) // copies, so that the spare room stays on the stack
}

// endsWord tells whether a sigma between two texts takes its final form (Unicode, Final_Sigma).
func endsWord(before, after string) bool {
	cased := func(r rune) bool { return unicode.IsUpper(r) || unicode.IsLower(r) || unicode.IsTitle(r) }
	ignored := func(r rune) bool {
		return strings.ContainsRune("'.:·’", r) ||
			unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf, unicode.Cc, unicode.Lm, unicode.Sk)
	}
	for len(before) > 0 {
		r, size := utf8.DecodeLastRuneInString(before)
		before = before[:len(before)-size]
		if ignored(r) {
			continue
		}
		if !cased(r) {
			return false
		}
		for _, r := range after {
			if !ignored(r) {
				return !cased(r)
			}
		}
		return true
	}
	return false
}

func isPunctuation(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= '!' && r <= '/' || r >= ':' && r <= '@' || r >= '[' && r <= '`' || r >= '{' && r <= '~'
	}
	return unicode.IsPunct(r)
}

func isIdeograph(r rune) bool {
	return r >= 0x3400 && (r >= 0x4E00 && r <= 0x9FFF || r <= 0x4DBF || r >= 0x20000 && r <= 0x2A6DF ||
		r >= 0x2A700 && r <= 0x2CEAF || r >= 0xF900 && r <= 0xFAFF || r >= 0x2F800 && r <= 0x2FA1F)
}
