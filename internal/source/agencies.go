package source

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/internal/document"
)

// found is an agency's name in a text.
type found struct {
	agency
	span document.Span
}

// longestAgency is the most words an agency's name has.
const longestAgency = 8

// findAgencies finds the names of agencies in a short text from left to right, the longest at each place.
func findAgencies(text string) []found {
	words := wordSpans(text)
	var out []found
	for i := 0; i < len(words); {
		step := 1
		for j := min(len(words), i+longestAgency); j > i; j-- {
			s := document.Span{Start: words[i].Start, End: words[j-1].End}
			if a, ok := lookupAgency(text[s.Start:s.End]); ok {
				out = append(out, found{a, s})
				step = j - i
				break
			}
		}
		i += step
	}
	return out
}

// lookupAgency is the agency of a name; a possessive and a full stop after it do not matter.
func lookupAgency(name string) (agency, bool) {
	if a, ok := agencies()[name]; ok {
		return a, true
	}
	trimmed := strings.TrimRight(name, ".")
	for _, tail := range [...]string{"'s", "’s", "'", "’"} {
		trimmed = strings.TrimSuffix(trimmed, tail)
	}
	if strings.ContainsAny(trimmed, "\n\t") || strings.Contains(trimmed, "  ") {
		trimmed = strings.Join(strings.Fields(trimmed), " ")
	}
	a, ok := agencies()[trimmed]
	return a, ok
}

// wordSpans are the words of a text: runs of letters, digits, apostrophes and inner full stops.
func wordSpans(text string) []document.Span {
	var out []document.Span
	start := -1
	for i, r := range text {
		inside := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) || start >= 0 && (r == '\'' || r == '’' || r == '.')
		switch {
		case inside && start < 0:
			start = i
		case !inside && start >= 0:
			out = append(out, document.Span{Start: start, End: i})
			start = -1
		}
	}
	if start >= 0 {
		out = append(out, document.Span{Start: start, End: len(text)})
	}
	return out
}

// credited are the agencies named in a credit line, by short name.
func credited(line string) []string {
	var out []string
	for _, f := range findAgencies(line) {
		out = append(out, f.short)
	}
	return out
}

// longestLead is how many bytes of a first paragraph are looked at.
const longestLead = 3000

// reporting are the agencies that a paragraph says reported its news: "news agency X (Y) reported", "X said",
// "according to the X news agency". Somebody who "told X" something is not reported by X.
func reporting(paragraph string) []string {
	var out []string
	paragraph = paragraph[:min(len(paragraph), longestLead)]
	all := findAgencies(paragraph)
	for i, f := range all {
		before, after := paragraph[:f.span.Start], paragraph[f.span.End:]
		if i+1 < len(all) && all[i+1].short == f.short && isBracketed(paragraph, all[i+1].span) {
			after = paragraph[all[i+1].span.End:] // the full name, its short name in brackets
		}
		after = strings.TrimLeft(after, ") ")
		next, rest := firstWord(after)
		word := isWord("agencyword", lastWord(before))
		for next == "news" || next == "state" || next == "official" || isWord("agencyword", next) {
			word = word || isWord("agencyword", next)
			next, rest = firstWord(rest)
		}
		if next == "has" || next == "have" || next == "also" {
			next, _ = firstWord(rest)
		}
		says := isWord("report", next)
		if !says {
			lead := strings.ToLower(before[max(0, len(before)-40):])
			lead = strings.TrimSuffix(strings.TrimRight(lead, " ("), " the")
			says = hasAnySuffix(lead, "according to", "reported by") || word && hasAnySuffix(lead, "according to news agency", "according to the news agency")
		}
		if says && (word || !f.common) {
			out = append(out, f.short)
		}
	}
	return out
}

func isBracketed(text string, s document.Span) bool {
	return s.Start > 0 && text[s.Start-1] == '(' && strings.HasPrefix(text[s.End:], ")")
}

func hasAnySuffix(s string, tails ...string) bool {
	for _, tail := range tails {
		if strings.HasSuffix(s, tail) {
			return true
		}
	}
	return false
}

// firstWord parts a text after its first word, which it gives in lower case without punctuation.
func firstWord(s string) (word, rest string) {
	s = strings.TrimLeftFunc(s, unicode.IsSpace)
	word, rest, _ = strings.Cut(s, " ")
	return strings.ToLower(strings.Trim(word, ".,;:()")), rest
}

func lastWord(s string) string {
	s = strings.TrimRightFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '(' })
	at := strings.LastIndexFunc(s, unicode.IsSpace)
	if at >= 0 {
		_, n := utf8.DecodeRuneInString(s[at:])
		at += n
	}
	return strings.ToLower(strings.Trim(s[max(at, 0):], ".,;:()"))
}
