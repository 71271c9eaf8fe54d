package parse

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/internal/document"
)

// side says what a token does for quotations.
type side uint8

const (
	noQuote side = iota
	opening
	closing
)

// family groups the marks that may open and close the same quotation.
type family uint8

const (
	noFamily family = iota
	double          // “ ” „ ‟ " `` ''
	single          // ‘ ’ ' ‚ `
	angle           // « »
)

// familyOf is the family of a token's form.
func familyOf(form string) family {
	switch form {
	case "“", "”", "„", "‟", `"`, "``", "''", "’’", "＂", "〝", "〞":
		return double
	case "‘", "’", "'", "‚", "`", "‛":
		return single
	case "«", "»":
		return angle
	}
	return noFamily
}

// hint is what the white space and the punctuation around a mark tell.
type hint uint8

const (
	either hint = iota
	hintOpen
	hintClose
)

// marker decides the sides of the marks of one paragraph from left to right.
type marker struct {
	doc        *document.Document
	first, end int
	sides      []side
	open       [angle + 1]int // how many quotations of each family are open
	nextCloser []int          // per token of the paragraph, the next mark that may close a single quotation; end for none
	innermost  family         // of what was opened last
	lowQuotes  bool           // a „ is open: “ closes it
}

// quoteSides decides of every token whether it opens or closes a quotation. Directed marks are taken at
// their word unless the text around them speaks against it; straight marks are decided by white space and
// by what is open; an apostrophe is no mark: a single mark opens only where another can close it.
func quoteSides(doc *document.Document, paragraphs []stretch) []side {
	sides := make([]side, len(doc.Tokens))
	for _, par := range paragraphs {
		m := marker{doc: doc, first: par.first, end: par.end, sides: sides}
		m.findClosers()
		for i := par.first; i < par.end; i++ {
			if f := familyOf(doc.Tokens[i].Form); f != noFamily {
				sides[i] = m.decide(i, f)
				m.count(i, f)
			}
		}
	}
	return sides
}

// count keeps what is open.
func (m *marker) count(i int, f family) {
	switch {
	case m.sides[i] == opening:
		m.open[f]++
		m.innermost = f
		m.lowQuotes = m.lowQuotes || m.doc.Tokens[i].Form == "„"
	case m.sides[i] == closing && m.open[f] > 0:
		m.open[f]--
		m.innermost = noFamily
		for _, other := range [...]family{double, single, angle} {
			if m.open[other] > 0 {
				m.innermost = other
			}
		}
	}
}

func (m *marker) findClosers() {
	m.nextCloser = make([]int, m.end-m.first+1)
	next := m.end
	for i := m.end - 1; i >= m.first; i-- {
		m.nextCloser[i-m.first+1] = next
		form := m.doc.Tokens[i].Form
		if (form == "'" || form == "’") && m.hint(i) == hintClose {
			next = i
		}
	}
	m.nextCloser[0] = next
}

// closerAfter is the next mark after token i that may close a single quotation; m.end for none.
func (m *marker) closerAfter(i int) int { return m.nextCloser[i-m.first+1] }

func (m *marker) decide(i int, f family) side {
	form, h := m.doc.Tokens[i].Form, m.hint(i)
	switch f {
	case double:
		return m.decideDouble(i, form, h)
	case single:
		return m.decideSingle(i, form, h)
	}
	if form == "«" && (m.open[angle] == 0 || h != hintClose) || form == "»" && m.open[angle] == 0 && h == hintOpen {
		return opening
	}
	return closing
}

func (m *marker) decideDouble(i int, form string, h hint) side {
	open := m.open[double] > 0
	switch form {
	case "„", "‟", "``":
		return opening
	case "“":
		if open && (m.lowQuotes && h != hintOpen || h == hintClose) {
			return closing
		}
		return opening
	case "”":
		if !open && h == hintOpen {
			return opening
		}
		return closing
	}
	switch {
	case h == hintOpen:
		return opening
	case h == either && !open:
		return opening
	case !open && i > m.first && isDigit(rune(m.doc.Tokens[i-1].Form[0])):
		return noQuote // inches, seconds
	}
	return closing
}

func (m *marker) decideSingle(i int, form string, h hint) side {
	open := m.open[single] > 0
	switch {
	case form == "‘" && m.clipped(i):
		return noQuote
	case form == "‘" || form == "`" || form == "‚":
		if open && h == hintClose {
			return closing
		}
		if m.closerAfter(i) < m.end || i == m.first || i == m.first+1 && m.sides[m.first] == opening {
			return opening
		}
		return noQuote
	case h == hintOpen:
		if form == "'" && m.closerAfter(i) < m.end && (!open || m.closerAfter(m.closerAfter(i)) < m.end) {
			return opening
		}
		return noQuote
	case !open, m.innermost == double, m.possessive(i):
		return noQuote
	}
	return closing
}

// clipped says whether a mark stands for what is left out of the word behind it: "‘08", "‘em".
func (m *marker) clipped(i int) bool {
	if i+1 >= m.end || m.doc.Tokens[i+1].Span.Start > m.doc.Tokens[i].Span.End {
		return false
	}
	form := m.doc.Tokens[i+1].Form
	return tokenLists().shorts["'"+strings.ToLower(form)] || len(form) >= 2 && len(form) <= 3 && isDigit(rune(form[0])) && isDigit(rune(form[1])) && (len(form) == 2 || form[2] == 's')
}

// possessive says whether a mark that could close is rather the apostrophe of a plural ("the ministers'
// homes'"): after an s, before a word, with another mark left to close.
func (m *marker) possessive(i int) bool {
	if i+1 >= m.end || m.doc.Tokens[i-1].Form == "" {
		return false
	}
	before, after := m.doc.Tokens[i-1].Form, m.doc.Tokens[i+1].Form
	first, _ := utf8.DecodeRuneInString(after)
	return strings.HasSuffix(strings.ToLower(before), "s") && unicode.IsLower(first) && m.closerAfter(i) < m.end
}

// hint looks at the nearest tokens on both sides that are no marks of quotation.
func (m *marker) hint(i int) hint {
	left, right := m.tightLeft(i), m.tightRight(i)
	switch {
	case right && !left:
		return hintOpen
	case left && !right:
		return hintClose
	}
	return either
}

// maxMarks bounds the run of marks the hint looks across.
const maxMarks = 4

// tightLeft says whether a mark hangs on what is written before it.
func (m *marker) tightLeft(i int) bool {
	for k := i; k > m.first && i-k < maxMarks; k-- {
		if m.doc.Tokens[k].Span.Start > m.doc.Tokens[k-1].Span.End {
			return false
		}
		form := m.doc.Tokens[k-1].Form
		if familyOf(form) != noFamily {
			continue
		}
		r, _ := utf8.DecodeLastRuneInString(form)
		return !unicode.In(r, unicode.Ps, unicode.Pd) && r != '/' && r != '='
	}
	return false
}

// tightRight says whether what is written after a mark hangs on it.
func (m *marker) tightRight(i int) bool {
	for k := i; k+1 < m.end && k-i < maxMarks; k++ {
		if m.doc.Tokens[k+1].Span.Start > m.doc.Tokens[k].Span.End {
			return false
		}
		form := m.doc.Tokens[k+1].Form
		if familyOf(form) != noFamily {
			continue
		}
		r, _ := utf8.DecodeRuneInString(form)
		return !unicode.In(r, unicode.Pe, unicode.Pd) && !strings.ContainsRune(".,;:!?/…", r) || form == "..." || form == "…"
	}
	return false
}
