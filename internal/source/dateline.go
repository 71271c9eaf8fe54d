package source

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/internal/document"
)

// dateline is the head of a story: "KYIV, Ukraine, Feb 20 (AP) — ".
type dateline struct {
	end      int    // bytes up to the story itself; 0: there is no dateline
	place    string // as written: "KYIV, Ukraine"; empty in "Feb 20 (Reuters) - "
	agencies []string
	date     string
	sure     bool // the shape alone tells: an agency, a date, capitals before a dash, a known city
	firm     bool // and so clearly that it counts behind a line that sums the story up
}

const (
	longestDateline = 100 // bytes
	widestPlace     = 5   // words
)

// findDateline looks for a dateline at the head of the first body paragraph, or on a line of its own just
// before it. Behind a line that sums the story up it may come second or third: then only a shape that is
// beyond doubt counts. It gives the index of the paragraph the story begins with; -1 when there is no copy.
func (p *page) findDateline() int {
	lead := p.firstBody()
	for i, seen := lead, 0; i >= 0 && i < len(p.Paragraphs) && seen < 3; i++ {
		if k := p.kind(i); k != "" && k != document.Body {
			continue
		}
		head := parseDateline(p.words(i))
		if seen == 0 && head.end > 0 && (head.sure || p.trusts(head, i)) || seen > 0 && head.firm {
			if p.setDateline(head, i) {
				return i
			}
			break
		}
		seen++
	}
	return lead
}

// setDateline keeps the dateline at the head of paragraph i. It says whether that paragraph holds copy too.
func (p *page) setDateline(head dateline, i int) bool {
	alone := head.end == len(p.words(i))
	if alone && i+1 >= len(p.Paragraphs) {
		return false // nothing follows: not the head of a story
	}
	if alone {
		p.Paragraphs[i].Kind = document.Furniture
	}
	at := p.Paragraphs[i].Span.Start
	p.DatelineSpan = document.Span{Start: at, End: at + head.end}
	p.Dateline = placeName(head.place)
	p.credit(head.agencies...)
	p.dateFrom(head.date, 2)
	return !alone
}

// trusts weighs a head before a colon that could be a speaker or a label as well as a place: it is a place when
// the text says elsewhere that something is in it, and is no transcript.
func (p *page) trusts(head dateline, at int) bool {
	fields := strings.Fields(head.place)
	if len(fields) == 0 || len(fields) > 3 || len(strings.Fields(p.words(at)[head.end:])) < 8 {
		return false
	}
	speeches := 0
	for i := range p.Paragraphs {
		if i != at && speaker(p.words(i)) != "" {
			speeches++
		}
	}
	return speeches < 2 && isWhere(p.Text, placeName(head.place))
}

// isWhere says whether a text says elsewhere that something is in, at or near a place.
func isWhere(text, place string) bool {
	for rest := text; ; {
		i := strings.Index(rest, place)
		if i < 0 {
			return false
		}
		if isWord("where", lastWord(rest[max(0, i-20):i])) {
			return true
		}
		rest = rest[i+len(place):]
	}
}

// speaker is the name before the colon where a paragraph begins as a turn in a transcript does ("MS. ROE: "); empty
// where it does not.
func speaker(words string) string {
	head, _, ok := strings.Cut(words[:min(len(words), 60)], ": ")
	if !ok || countWords(head) > 5 {
		return ""
	}
	for w := range strings.FieldsSeq(head) {
		if r, _ := utf8.DecodeRuneInString(w); !unicode.IsUpper(r) {
			return ""
		}
	}
	return head
}

// parseDateline reads a dateline at the head of a paragraph. The zero value means that there is none.
func parseDateline(words string) dateline {
	window := words[:min(len(words), longestDateline)]
	for i := 0; i < len(window); i++ {
		n := separator(window, i, len(words) == len(window))
		if n == 0 {
			continue
		}
		end := i + n
		end = len(words) - len(strings.TrimLeftFunc(words[end:], unicode.IsSpace))
		head, ok := parseHead(window[:i])
		if ok && head.accept(words[i:end], words[end:]) {
			head.end = end
			return head
		}
	}
	return dateline{}
}

// separator is the length of the mark at i that can part a dateline from its story; 0 for none.
func separator(s string, i int, whole bool) int {
	for _, dash := range [...]string{"—", "–", "--", "―"} {
		if strings.HasPrefix(s[i:], dash) {
			return len(dash)
		}
	}
	blank := i+1 == len(s) && whole || i+1 < len(s) && (s[i+1] == ' ' || s[i+1] == '\n' || strings.HasPrefix(s[i+1:], "\u00a0"))
	switch s[i] {
	case '-':
		if blank {
			return 1
		}
	case ':':
		if blank {
			return 1
		}
	case '.': // MOSCOW, February 20. /TASS/.
		if i > 0 && (s[i-1] == '/' || s[i-1] == ')') && blank {
			return 1
		}
	case ')', '/': // "PARIS (AFP) The ministers …": the bracket alone parts them
		if blank && i > 1 {
			if a, ok := lookupAgency(s[strings.LastIndexAny(s[:i], "(/")+1 : i]); ok && a.short != "" {
				return 1
			}
		}
	}
	return 0
}

// parseHead reads what stands before the separator: place, region, date, agency in brackets.
func parseHead(s string) (dateline, bool) {
	var d dateline
	s = strings.TrimSpace(s)
	if before, inner := bracket(s); inner != "" {
		d.agencies = credited(inner)
		if len(d.agencies) == 0 && (!isCapitals(inner) || len(inner) > 12) {
			return d, false
		}
		d.sure = len(d.agencies) > 0
		s = strings.TrimRight(before, " ,")
	}
	var place []string
	for k, part := range strings.Split(s, ",") {
		part = strings.TrimSpace(part)
		switch a, isAgency := lookupAgency(part); {
		case part == "":
		case isDatePart(part):
			d.date = strings.TrimSpace(d.date + " " + part)
		case isAgency && (k > 0 || !a.common):
			d.agencies = append(d.agencies, a.short)
			d.sure = true
		case len(place) < 2 && isPlace(part, k > 0):
			place = append(place, part)
		default:
			trimmed, date := splitDate(part) // "KYIV Feb 20"
			if date == "" || len(place) >= 2 || !isPlace(trimmed, k > 0) {
				return d, false
			}
			place, d.date = append(place, trimmed), date
		}
	}
	d.place = strings.Join(place, ", ")
	return d, d.place != "" || len(d.agencies) > 0
}

// bracket parts what stands in brackets, or between strokes as in "/TASS/", from the end of a head. "BEIRUT/AMMAN"
// has no bracket.
func bracket(s string) (before, inner string) {
	s = strings.TrimRight(s, ". ")
	open := -1
	switch body := s[:max(len(s)-1, 0)]; {
	case strings.HasSuffix(s, ")") || strings.HasSuffix(s, "/"):
		open = strings.LastIndexByte(body, "(/"[strings.IndexByte(")/", s[len(s)-1])])
		s = body
	case strings.Contains(s, "("): // the separator was the closing bracket itself
		open = strings.LastIndexByte(s, '(')
	case strings.Contains(s, " /"):
		open = strings.LastIndex(s, " /") + 1
	}
	if open < 0 {
		return s, ""
	}
	return s[:open], strings.TrimSpace(s[open+1:])
}

// accept decides whether a head with this separator and this story is a dateline, and whether its shape
// alone is proof.
func (d *dateline) accept(mark, story string) bool {
	if story != "" && (!beginsLine(story) || len(strings.Fields(story)) < 3) {
		return false
	}
	city, where, region := strings.Cut(d.place, ",")
	known := cities()[strings.ToLower(strings.TrimRight(d.place, "."))] || cities()[strings.ToLower(strings.TrimRight(city, "."))]
	capitals := isCapitals(city)
	if long := countWords(city); !known && len(d.agencies) == 0 && (long > 4 || !region && long > 3 || countWords(where) > 3) {
		return false
	}
	d.firm = len(d.agencies) > 0 || capitals && !strings.HasPrefix(mark, ":") && (known || region || d.date != "")
	switch {
	case len(d.agencies) > 0 && d.place == "":
		return story != "" && !strings.HasPrefix(mark, ":")
	case d.sure: // an agency
		return true
	case d.date != "" && (capitals || known || region):
	case known:
		// A known city before a colon is still speech in a play of capitals: "Washington: …" is how editors write it.
	case strings.HasPrefix(mark, ":"):
		return story != "" && !region // not sure: see trusts
	case capitals && strings.TrimSpace(mark) != "-" && utf8.RuneCountInString(city) > 3:
	case capitals && region:
	default:
		return false
	}
	d.sure = true
	return true
}

// isPlace says whether words can be the name of a place in a dateline, or of the region behind it ("Miss.").
func isPlace(s string, region bool) bool {
	fields := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '/' || r == '\u00a0' })
	if len(fields) == 0 || len(fields) > widestPlace || isWord("label", strings.ToLower(s)) {
		return false
	}
	for i, w := range fields {
		if isWord("honorific", w) && !region || i == 0 && (isWord("label", w) || isWord("weekday", w)) {
			return false
		}
		if strings.EqualFold(w, "the") && i == 0 && !strings.EqualFold(s, "the hague") && !strings.HasPrefix(strings.ToLower(s), "the gambia") {
			return false
		}
		r, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(r) && (i == 0 || !isWord("particle", w)) {
			return false
		}
		if strings.ContainsFunc(w, func(r rune) bool {
			return !unicode.IsLetter(r) && !strings.ContainsRune("'’.-", r) && !unicode.Is(unicode.Mn, r)
		}) {
			return false
		}
		if strings.HasSuffix(w, ".") && utf8.RuneCountInString(w) > 6 { // a sentence's end, not an abbreviation
			return false
		}
	}
	return true
}

// isDatePart says whether words are a day or a year: "Feb 20", "20 February 2022", "2022", "Sunday".
func isDatePart(s string) bool {
	fields := strings.Fields(s)
	if len(fields) > 4 || len(fields) == 0 {
		return false
	}
	dated := false
	for _, w := range fields {
		month := monthOf(w) > 0 || isWord("weekday", w)
		if !month && !isDay(w) && !isYear(w) {
			return false
		}
		dated = dated || month || isYear(w)
	}
	return dated
}

// splitDate parts a date off the end of words.
func splitDate(s string) (rest, date string) {
	fields := strings.Fields(s)
	for n := min(3, len(fields)-1); n > 0; n-- {
		if tail := strings.Join(fields[len(fields)-n:], " "); isDatePart(tail) {
			return strings.Join(fields[:len(fields)-n], " "), tail
		}
	}
	return s, ""
}

// isCapitals says whether a text has at least two letters and no small one, particles aside.
func isCapitals(s string) bool {
	letters := 0
	for w := range strings.FieldsSeq(s) {
		for _, r := range w {
			if unicode.IsLower(r) {
				if isWord("particle", w) && letters > 0 {
					break
				}
				return false
			}
			if unicode.IsUpper(r) {
				letters++
			}
		}
	}
	return letters >= 2
}

// isInitials says whether a word is single letters with full stops: "N.Y.".
func isInitials(w string) bool {
	for part := range strings.SplitSeq(w, ".") {
		if utf8.RuneCountInString(part) > 1 {
			return false
		}
	}
	return true
}

// placeName writes a place in capitals as a name is written: "KYIV, Ukraine" is "Kyiv, Ukraine". Short
// words in capitals and those with full stops (UN, U.S.) stay.
func placeName(s string) string {
	fields := strings.Fields(s)
	for i, w := range fields {
		letters := strings.Trim(w, ",")
		if !isCapitals(letters) || isInitials(letters) {
			continue
		}
		switch letters {
		case "UN", "US", "UK", "EU", "UAE", "USA", "DC", "NATO":
			continue
		}
		lower := strings.ToLower(w)
		if i > 0 && isWord("particle", lower) {
			fields[i] = lower
			continue
		}
		up, title := true, []rune(lower)
		for k, r := range title {
			if up {
				title[k] = unicode.ToUpper(r)
			}
			up = r == '-' || r == '/'
		}
		fields[i] = string(title)
	}
	return strings.Join(fields, " ")
}
