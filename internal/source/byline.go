package source

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/internal/document"
)

// findBylines marks the lines around the head of the story, and at its end, that name who wrote it.
func (p *page) findBylines() {
	seen := 0
	for i := 0; i < len(p.Paragraphs) && seen < 3; i++ {
		if k := p.kind(i); k == document.Title || k == document.Furniture || k == document.Caption {
			continue
		}
		seen++
		p.byline(i)
	}
	if last := len(p.Paragraphs) - 1; last > 0 {
		p.byline(last)
	}
}

// byline takes a paragraph's names where it is a byline.
func (p *page) byline(i int) {
	if p.kind(i) != "" {
		return
	}
	people, agencies, ok := parseByline(p.words(i))
	if !ok {
		return
	}
	p.Paragraphs[i].Kind = document.Byline
	p.credit(agencies...)
	p.addAuthors(people)
}

// setAuthors takes authors from metadata, which may be written as bylines and may be agencies.
func (p *page) setAuthors(said []string) {
	for _, name := range said {
		people, agencies, ok := parseByline(name)
		if !ok {
			people, agencies, ok = parseByline("By " + name)
		}
		if !ok {
			people = roughName(name)
		}
		p.credit(agencies...)
		p.addAuthors(people)
	}
}

// roughName saves the name from an author field that holds more: "by Jane Doe 3 March", "Jane Doe (Osh)". Nothing
// is left of a field that is about something else ("Last updated: …").
func roughName(said string) []string {
	if i := strings.IndexFunc(said, func(r rune) bool { return unicode.IsDigit(r) || strings.ContainsRune("(|<•", r) }); i >= 0 {
		said = said[:i]
	}
	fields := strings.Fields(said)
	if len(fields) > 0 && strings.EqualFold(fields[0], "by") {
		fields = fields[1:]
	}
	for n := len(fields); n > 0 && (isWord("weekday", strings.Trim(fields[n-1], ",")) || monthOf(fields[n-1]) > 0 && n > 2); n-- {
		fields = fields[:n-1]
	}
	name := strings.Trim(strings.Join(fields, " "), " ,.-–—")
	if name == "" || len(fields) > 8 || strings.ContainsAny(name, ":/") {
		return nil
	}
	return []string{properName(name)}
}

func (p *page) addAuthors(people []string) {
	for _, name := range people {
		known := false
		for _, a := range p.Authors {
			known = known || sameWords(a, name)
		}
		if !known {
			p.Authors = append(p.Authors, name)
		}
	}
}

// longestByline is the most words a byline has.
const longestByline = 16

// parseByline reads "By Jane Doe and John Roe", "JANE DOE, Associated Press", "Jane Doe | AFP". Without "By"
// an agency or a word such as "correspondent" must say that it is one.
func parseByline(words string) (people, agencies []string, ok bool) {
	words = oneLine(words)
	fields := strings.Fields(words)
	if len(fields) < 2 || len(fields) > longestByline || strings.ContainsAny(words, "\"“”?!:;") {
		return nil, nil, false
	}
	rest := words
	by := strings.EqualFold(fields[0], "by")
	if by {
		rest = strings.TrimSpace(words[len(fields[0]):])
	}
	named := findAgencies(rest)
	if len(named) == 0 && strings.HasPrefix(strings.ToLower(rest), "the ") {
		return nil, nil, false // "By the numbers"
	}
	staff, proof := false, false          // proof: without "By", what shows that this is a byline
	for at := 0; at <= len(named); at++ { // names stand between the agencies
		start, end := 0, len(rest)
		if at > 0 {
			start = named[at-1].span.End
			agencies = append(agencies, named[at-1].short)
			proof = proof || !named[at-1].common
		}
		if at < len(named) {
			end = named[at].span.Start
		}
		for _, part := range splitNames(rest[start:end]) {
			switch {
			case isStaff(part):
				staff = true
				proof = proof || isWord("person", lastWord(part))
			case isPersonName(part):
				people = append(people, properName(part))
			default:
				return nil, nil, false
			}
		}
	}
	if !by && (strings.HasSuffix(words, ".") || len(people) == 0 || !proof) {
		return nil, nil, false
	}
	return people, agencies, len(people)+len(agencies) > 0 || staff
}

// splitNames parts a list of names at commas, bars, dashes, slashes, "and", "with" and "in" (a place follows).
func splitNames(s string) []string {
	var out []string
	var open []string
	aside := false
	end := func() {
		if len(open) > 0 && !aside {
			out = append(out, strings.Join(open, " "))
		}
		open = nil
	}
	for _, w := range strings.Fields(strings.NewReplacer(",", " , ", "|", " , ", "/", " , ", "(", " ( ", ")", " ) ", " - ", " , ", "–", " , ", "—", " , ", "•", " , ").Replace(s)) {
		switch strings.ToLower(w) {
		case "(": // a place or a job: agencies have been taken out before
			end()
			aside = true
		case ")":
			open, aside = nil, false
		case ",", "and", "&", "with", "in", "for", "of", "the", "at", "by":
			end()
		default:
			open = append(open, w)
		}
	}
	end()
	return out
}

// isStaff says whether words are a job or a desk rather than a name: at most five, the last of them one of
// the words for those.
func isStaff(s string) bool {
	fields := strings.Fields(s)
	return len(fields) <= 5 && (isWord("person", fields[len(fields)-1]) || isWord("desk", fields[len(fields)-1]))
}

// isPersonName says whether words have the shape of a name: capitals first, no digits, no calendar words.
func isPersonName(s string) bool {
	fields := strings.Fields(s)
	if len(fields) > 5 {
		return false
	}
	for i, w := range fields {
		r, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(r) && (i == 0 || !isWord("particle", w)) {
			return false
		}
		if isWord("weekday", w) || len(w) > 3 && monthOf(w) > 0 && len(fields) == 1 {
			return false
		}
		if strings.ContainsFunc(w, func(r rune) bool {
			return !unicode.IsLetter(r) && !strings.ContainsRune("'’.-\u00ad", r) && !unicode.Is(unicode.Mn, r)
		}) {
			return false
		}
	}
	return true
}

// properName writes a name in capitals as names are written.
func properName(s string) string {
	s = strings.TrimRight(s, ". ")
	if !isCapitals(s) {
		return s
	}
	return placeName(s)
}
