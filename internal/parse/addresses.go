package parse

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxLookahead bounds how far the scanner looks for the rest of an address, in bytes.
const maxLookahead = 80

// address reads what the web writes without blanks: addresses of pages and mail, handles and tags.
func (s *scanner) address(i int, r rune) int {
	rest := s.text[i:s.end]
	switch {
	case r == '@' || r == '#':
		if after, _ := s.rune(i + 1); isLetter(after) || after == '_' {
			end := s.run(i+1, func(o rune) bool { return isAlnum(o) || o == '_' })
			return end
		}
		return i
	case isAlnum(r) && !isAlnum(s.last(i)):
		for _, scheme := range [...]string{"http://", "https://", "ftp://", "mailto:", "www."} {
			if len(rest) > len(scheme) && strings.EqualFold(rest[:len(scheme)], scheme) {
				return s.trimAddress(i, s.end)
			}
		}
		if end := s.mail(i); end > i {
			return end
		}
		return s.host(i)
	}
	return i
}

// trimAddress takes the punctuation of the sentence off the end of an address.
func (s *scanner) trimAddress(i, end int) int {
	bracketed := strings.Contains(s.text[i:end], "(")
	for end > i {
		r, n := utf8.DecodeLastRuneInString(s.text[i:end])
		if !strings.ContainsRune(".,;:!?\"'”’»>]", r) && (r != ')' || bracketed) {
			break
		}
		end -= n
	}
	return end
}

func isMailRune(r rune) bool {
	return r < utf8.RuneSelf && isAlnum(r) || strings.ContainsRune("._%+-", r)
}

// mail reads a mail address.
func (s *scanner) mail(i int) int {
	stop := min(s.end, i+maxLookahead)
	at := i
	for at < stop && isMailRune(rune(s.text[at])) {
		at++
	}
	if at == i || at+1 >= stop || s.text[at] != '@' || !isAlnum(rune(s.text[at+1])) {
		return i
	}
	end := at + 1
	for end < s.end && isMailRune(rune(s.text[end])) {
		end++
	}
	return s.trimAddress(i, end)
}

// host reads a name of a host or file: labels joined by full stops, the last one in the list of suffixes.
func (s *scanner) host(i int) int {
	stop := min(s.end, i+maxLookahead)
	end, label, dots := i, i, 0
	for end < stop {
		c := rune(s.text[end])
		if c == '.' && end > label && end+1 < stop && isAlnum(rune(s.text[end+1])) {
			label, dots = end+1, dots+1
		} else if !isAlnum(c) && c != '-' && c != '_' || c >= utf8.RuneSelf {
			break
		}
		end++
	}
	last := s.text[label:end]
	if dots > 1 && strings.ToLower(s.text[i:end]) == s.text[i:end] && end-i > 3*(dots+1) {
		return end // a name in a hierarchy: "misc.transport.road"
	}
	if dots == 0 || end-label > s.lists.longestListing || !s.lists.suffixes[strings.ToLower(last)] {
		return i
	}
	if unicode.IsUpper(rune(last[0])) && last != strings.ToUpper(last) { // "in the vote.Us"
		return i
	}
	if s.end > end && s.text[end] == '/' { // a page without its scheme
		return s.trimAddress(i, s.end)
	}
	return end
}

// initials reads letters with full stops between them: "U.S.", "a.m.", "Ph.D."; i when there are none.
func (s *scanner) initials(i int) int {
	end, parts, single := i, 0, false
	for parts < 12 {
		stop := end
		for n := 0; n <= 4; n++ {
			r, size := s.rune(stop)
			if !isLetter(r) {
				break
			}
			stop += size
		}
		size := utf8.RuneCountInString(s.text[end:stop])
		dot, _ := s.rune(stop)
		if size == 0 || size > 4 || size > 1 && !unicode.IsUpper(rune(s.text[end])) {
			break
		}
		if dot != '.' {
			if size == 1 && !isAlnum(dot) && parts > 0 { // "U.S" without its last stop
				end, parts = stop, parts+1
			}
			break
		}
		single = single || size == 1
		end, parts = stop+1, parts+1
	}
	if parts < 2 || !single || s.text[end-1] == '.' && s.run(end, func(r rune) bool { return r == '.' }) > end {
		return i
	}
	if s.tooWordy(i, end) {
		return i
	}
	return end
}

// tooWordy says whether what looks like initials is a sentence end without its blank: "war.A", "him.I".
func (s *scanner) tooWordy(i, end int) bool {
	first, _, _ := strings.Cut(s.text[i:end], ".")
	return len(first) > 2 || len(first) > 1 && strings.Count(s.text[i:end], ".") < 2
}

// stopped decides whether the full stop at dot belongs to the word before it.
func (s *scanner) stopped(i, dot int) int {
	if r, _ := s.rune(dot + 1); r == '.' {
		return dot // an ellipsis
	}
	word := s.text[i:dot]
	first, size := utf8.DecodeRuneInString(word)
	if size == len(word) && unicode.IsUpper(first) && word != "I" {
		if r := s.ahead(dot + 1); unicode.IsUpper(r) {
			return dot + 1
		}
	}
	if len(word) > s.lists.longestAbbrev {
		return s.unfused(i, dot)
	}
	switch s.abbreviation(word) {
	case "always", "title":
		return dot + 1
	case "number":
		if r := s.ahead(dot + 1); isDigit(r) || r == '#' {
			return dot + 1
		}
	case "name":
		if r := s.ahead(dot + 1); isDigit(r) || unicode.IsUpper(r) {
			return dot + 1
		}
	}
	return s.unfused(i, dot)
}

// abbreviation looks a word up as it is written, then in lower case, then, when it is written in capitals,
// as a title.
func (s *scanner) abbreviation(word string) string {
	if when := s.lists.abbreviations[word]; when != "" {
		return when
	}
	lower := strings.ToLower(word)
	if when := s.lists.abbreviations[lower]; when != "" {
		return when
	}
	if strings.ToUpper(word) == word && len(word) > 2 {
		return s.lists.abbreviations[word[:1]+lower[1:]]
	}
	return ""
}

// ahead is the first rune from i on that is no blank, within the paragraph and a fixed distance; 0 for none.
func (s *scanner) ahead(i int) rune {
	for stop := min(s.limit, i+maxLookahead); i < stop; {
		r, n := utf8.DecodeRuneInString(s.text[i:s.limit])
		if !isBlank(r) {
			return r
		}
		i += n
	}
	return 0
}
