package parse

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"parley/internal/document"
)

// wordLists is what the tokeniser knows of words: tables/abbreviations.tsv and tables/tokens.tsv.
type wordLists struct {
	abbreviations  map[string]string // form without the stop → always, title, number, name
	prefixes       map[string]bool
	units          map[string]bool
	suffixes       map[string]bool
	shorts         map[string]bool
	fused          map[string]int // word → bytes of its first part
	longestAbbrev  int
	longestListing int
}

var tokenLists = sync.OnceValue(func() *wordLists {
	l := &wordLists{abbreviations: map[string]string{}, prefixes: map[string]bool{}, units: map[string]bool{},
		suffixes: map[string]bool{}, shorts: map[string]bool{}, fused: map[string]int{}}
	for _, row := range readTable("abbreviations.tsv", 2) {
		l.abbreviations[row[0]] = row[1]
		l.longestAbbrev = max(l.longestAbbrev, len(row[0]))
	}
	for _, row := range readTable("tokens.tsv", 2) {
		l.longestListing = max(l.longestListing, len(row[1]))
		switch row[0] {
		case "prefix":
			l.prefixes[row[1]] = true
		case "unit":
			l.units[row[1]] = true
		case "suffix":
			l.suffixes[row[1]] = true
		case "short":
			l.shorts[row[1]] = true
		case "fused":
			head, tail, _ := strings.Cut(row[1], "|")
			l.fused[head+tail] = len(head)
		default:
			panic("internal error: tokens.tsv: unknown kind " + row[0])
		}
	}
	return l
})

// tokenSpans cuts text[at] into tokens after the conventions of UD English EWT. Tokens follow each other
// without overlap, and what lies between them is blank (see isBlank).
func tokenSpans(text string, at document.Span) []document.Span {
	s := scanner{lists: tokenLists(), text: text, limit: at.End}
	for i := at.Start; i < at.End; {
		r, n := utf8.DecodeRuneInString(text[i:at.End])
		if isBlank(r) {
			i += n
			continue
		}
		s.start, s.end = i, i
		for s.end < at.End {
			r, n := utf8.DecodeRuneInString(text[s.end:at.End])
			if isBlank(r) {
				break
			}
			s.end += n
		}
		for i < s.end {
			next := min(s.next(i), s.end)
			s.out = append(s.out, document.Span{Start: i, End: next})
			i = next
		}
	}
	return s.out
}

// isBlank says whether a rune separates tokens and belongs to none: white space, controls, and the marks
// of direction and zero width that web pages strew between words.
func isBlank(r rune) bool {
	switch {
	case unicode.IsSpace(r), unicode.IsControl(r), r == '\u200b', r == '\ufeff', r == '\u2060':
		return true
	}
	return r == '\u200e' || r == '\u200f' || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
}

// isLetter says whether a rune is part of a word: letters, their combining marks, joiners and soft hyphens.
func isLetter(r rune) bool {
	return r < utf8.RuneSelf && (r|0x20 >= 'a' && r|0x20 <= 'z') ||
		r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsMark(r) || r == '\u00ad' || r == '\u200c' || r == '\u200d')
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' || r >= utf8.RuneSelf && unicode.IsDigit(r) }

func isAlnum(r rune) bool { return isLetter(r) || isDigit(r) }

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' }

// scanner cuts one stretch without blanks, text[start:end], from left to right. Every method takes the
// byte where a token starts and returns the byte where it ends; none looks further ahead than a fixed
// number of bytes beyond the token, so that the whole is linear.
type scanner struct {
	lists      *wordLists
	text       string
	start, end int // the stretch
	limit      int // end of the paragraph
	out        []document.Span
}

func (s *scanner) rune(i int) (rune, int) {
	if i >= s.end {
		return 0, 0
	}
	return utf8.DecodeRuneInString(s.text[i:s.end])
}

func (s *scanner) last(i int) rune {
	if i <= s.start {
		return 0
	}
	r, _ := utf8.DecodeLastRuneInString(s.text[s.start:i])
	return r
}

// run is the end of the run of runes from i that satisfy ok.
func (s *scanner) run(i int, ok func(rune) bool) int {
	for i < s.end {
		r, n := s.rune(i)
		if !ok(r) {
			break
		}
		i += n
	}
	return i
}

func (s *scanner) next(i int) int {
	r, n := s.rune(i)
	if end := s.address(i, r); end > i {
		return end
	}
	after, _ := s.rune(i + n)
	switch {
	case isDigit(r):
		return s.number(i)
	case (r == '.' || r == '+') && isDigit(after) && !isAlnum(s.last(i)):
		return s.number(i + n)
	case isLetter(r) || r == '_':
		return s.word(i)
	case isApostrophe(r):
		return s.apostrophe(i)
	}
	return s.punctuation(i)
}

// number reads a number with its separators, ordinal ending or telephone groups. Units stay outside.
func (s *scanner) number(i int) int {
	if end := s.grouped(i); end > i {
		return end
	}
	end := i
	for end < s.end {
		r, n := s.rune(end)
		after, _ := s.rune(end + n)
		if !isDigit(r) && (!strings.ContainsRune(",.:/", r) || !isDigit(after)) {
			break
		}
		end += n
	}
	if r, n := s.rune(end); isApostrophe(r) && s.text[end-1] == '0' { // "the 1930's"
		if t, m := s.rune(end + n); t == 's' {
			if after, _ := s.rune(end + n + m); !isAlnum(after) {
				return end + n + m
			}
		}
	}
	letters := s.run(end, isAlnum)
	if letters == end || letters-end <= s.lists.longestListing && s.lists.units[strings.ToLower(s.text[end:letters])] {
		return end
	}
	return letters
}

// grouped reads digits joined by hyphens that are one number: telephone numbers, postal codes, dates in
// figures. Ranges ("10-15", "2014-2015") are not: they give i back.
func (s *scanner) grouped(i int) int {
	var sizes []int
	end := i
	for len(sizes) < 8 {
		stop := s.run(end, isDigit)
		if stop == end || stop-end > 16 {
			return i
		}
		sizes, end = append(sizes, stop-end), stop
		r, _ := s.rune(end)
		after, _ := s.rune(end + 1)
		if r != '-' || !isDigit(after) {
			break
		}
		end++
	}
	if r, _ := s.rune(end); isAlnum(r) {
		return i
	}
	if len(sizes) > 2 || len(sizes) == 2 && sizes[1] == 4 && (sizes[0] == 3 || sizes[0] == 5) {
		return end
	}
	return i
}

// word reads a word that starts with a letter: up to a clitic, a hyphen that stands alone, or the end.
func (s *scanner) word(i int) int {
	if end := s.initials(i); end > i {
		return end
	}
	end := i
	for end < s.end {
		r, n := s.rune(end)
		if isAlnum(r) || r == '_' {
			end += n
			continue
		}
		after, _ := s.rune(end + n)
		switch {
		case end == i:
			return end + n
		case isApostrophe(r) && isLetter(after):
			if cut := s.clitic(i, end); cut > i {
				return cut
			}
			end += n
		case r == '&' && end-i <= 4 && unicode.IsLetter(after) && unicode.IsUpper(after) == unicode.IsUpper(s.last(end)) && s.run(end+1, isAlnum)-end <= 4:
			end += n
		case r == '-' && isAlnum(after) && end-i <= s.lists.longestListing && s.lists.prefixes[strings.ToLower(s.text[i:end])]:
			end += n
		case r == '$' && end-i <= 3 && (isDigit(after) || after == 0) && strings.ToUpper(s.text[i:end]) == s.text[i:end]:
			return end + n
		case r == '.':
			return s.stopped(i, end)
		default:
			return s.unfused(i, end)
		}
	}
	return s.unfused(i, end)
}

// unfused splits words that EWT takes for two ("cannot").
func (s *scanner) unfused(i, end int) int {
	if end-i <= s.lists.longestListing {
		if n := s.lists.fused[strings.ToLower(s.text[i:end])]; n > 0 {
			return i + n
		}
	}
	return end
}

// clitic is where a word ends whose apostrophe at mark begins a clitic ('s 're 've 'll 'd 'm n't); i when
// the apostrophe belongs inside the word ("O'Reilly").
func (s *scanner) clitic(i, mark int) int {
	_, n := s.rune(mark)
	end := s.run(mark+n, isLetter)
	if end-mark-n > 2 {
		return i
	}
	switch strings.ToLower(s.text[mark+n : end]) {
	case "s", "re", "ve", "ll", "d", "m":
		return mark
	case "t":
		if before := s.text[mark-1]; before|0x20 == 'n' {
			if mark-1 == i {
				return end // "n't" itself, the word before it is already cut off
			}
			return mark - 1
		}
	}
	return i
}

// apostrophe reads a clitic, a clipped word or year, or else the mark alone (a quotation mark, or the
// apostrophe of a plural possessive).
func (s *scanner) apostrophe(i int) int {
	r, n := s.rune(i)
	if after, _ := s.rune(i + n); after == r {
		if third, _ := s.rune(i + 2*n); third == r && i > s.start && !isApostrophe(s.last(i)) {
			return i + n // a quotation in a quotation closes: the inner mark first
		}
		return i + 2*n
	}
	end := s.run(i+n, isAlnum)
	if end == i+n || end-i > 16 {
		return i + n
	}
	tail := strings.ToLower(s.text[i+n : end])
	switch {
	case i > s.start:
		switch tail {
		case "s", "re", "ve", "ll", "d", "m":
			return end
		}
	case s.lists.shorts["'"+tail]:
		return end
	case len(tail) == 2 && isDigit(rune(tail[0])) && isDigit(rune(tail[1])), len(tail) == 3 && isDigit(rune(tail[0])) && tail[1:] == "0s":
		return end
	}
	return i + n
}

// punctuation reads a mark, or a run of marks that is written as one.
func (s *scanner) punctuation(i int) int {
	r, n := s.rune(i)
	end := i + n
	switch r {
	case '.', '…':
		return s.run(end, func(o rune) bool { return o == '.' || o == '…' })
	case '!', '?':
		return s.run(end, func(o rune) bool { return o == '!' || o == '?' })
	case '-', '*', '=', '~', '+', '—', '–', '_':
		return s.run(end, func(o rune) bool { return o == r })
	case '`', '<', '>':
		if after, m := s.rune(end); after == r {
			return end + m
		}
	case ':', ';':
		face := end
		if after, m := s.rune(face); after == '-' {
			face += m
		}
		if after, m := s.rune(face); after == ')' || after == '(' {
			if next, _ := s.rune(face + m); next == 0 {
				return face + m
			}
		}
	}
	return s.run(end, func(o rune) bool { return unicode.IsMark(o) || o == '\u200d' })
}
