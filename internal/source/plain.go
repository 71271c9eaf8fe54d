package source

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/internal/document"
)

// draft is a document on its way: its text, the paragraphs found by layout, and what the format itself says
// of it. A paragraph whose Kind is empty is still to be judged by its words.
type draft struct {
	text  string
	paras []document.Paragraph
	notes []document.Notice
	meta  metadata
	// untitled: the format has no place for a title, so the first line may be one.
	untitled bool
}

// metadata is what a format says of an article outside its text.
type metadata struct {
	title, publisher, url, language string
	authors                         []string
	published                       string   // as written
	credits                         []string // as written: names of agencies
}

// block is one paragraph of a format that is rendered, before the text is put together.
type block struct {
	text string
	kind document.ParagraphKind // empty: to be judged by its words
}

// compose puts rendered blocks together, kept apart by blank lines.
func compose(blocks []block) *draft {
	d := &draft{}
	var text strings.Builder
	for _, b := range blocks {
		cleaned, notes := clean(b.text)
		d.notes = append(d.notes, notes...)
		if cleaned = strings.TrimSpace(cleaned); cleaned == "" {
			continue
		}
		if text.Len() > 0 {
			text.WriteString("\n\n")
		}
		at := text.Len()
		text.WriteString(cleaned)
		d.paras = append(d.paras, document.Paragraph{Span: document.Span{Start: at, End: text.Len()}, Kind: b.kind})
	}
	d.text = text.String()
	return d
}

// plainDraft finds the paragraphs of a plain text. Blank lines part them. Within a block, lines are one
// paragraph when the text was wrapped to a width, and one each when it was not.
func plainDraft(text string) *draft {
	text, notes := clean(text)
	d := &draft{text: text, notes: notes, untitled: true}
	width := wrapWidth(text)
	var open document.Span // the paragraph being gathered
	end := func() {
		if !open.Empty() {
			d.paras = append(d.paras, document.Paragraph{Span: open})
		}
		open = document.Span{}
	}
	last := 0 // runes in the line before
	for _, line := range lineSpans(text) {
		words := text[line.Start:line.End]
		if line.Empty() {
			end()
			continue
		}
		if !open.Empty() && (width == 0 || 5*last < 3*width || isItem(words)) {
			end()
		}
		if open.Empty() {
			open.Start = line.Start
		}
		open.End = line.End
		last = utf8.RuneCountInString(words)
	}
	end()
	return d
}

// lineSpans are the lines of a text without the white space around them; a blank line is an empty span.
func lineSpans(text string) []document.Span {
	var lines []document.Span
	for at := 0; at <= len(text); {
		end := strings.IndexByte(text[at:], '\n')
		if end < 0 {
			end = len(text)
		} else {
			end += at
		}
		lines = append(lines, trim(text, document.Span{Start: at, End: end}))
		at = end + 1
	}
	return lines
}

// trim takes the white space off both ends of a span.
func trim(text string, s document.Span) document.Span {
	words := text[s.Start:s.End]
	left := strings.TrimLeftFunc(words, unicode.IsSpace)
	s.Start = s.End - len(left)
	s.End = s.Start + len(strings.TrimRightFunc(left, unicode.IsSpace))
	return s
}

// widestWrap is the most characters a line has that was broken to fit a page or a screen.
const widestWrap = 130

// wrapWidth is the width a text was wrapped to, 0 when it was not: then a line break ends a paragraph. In a
// wrapped text nearly every break inside a block comes where the next word would not have fitted.
func wrapWidth(text string) int {
	lines := lineSpans(text)
	width := 0
	for _, line := range lines {
		width = max(width, utf8.RuneCountInString(text[line.Start:line.End]))
		if width > widestWrap {
			return 0
		}
	}
	breaks, forced := 0, 0
	for i := 1; i < len(lines); i++ {
		if lines[i-1].Empty() || lines[i].Empty() {
			continue
		}
		breaks++
		next, _, _ := strings.Cut(text[lines[i].Start:lines[i].End], " ")
		room := width - utf8.RuneCountInString(text[lines[i-1].Start:lines[i-1].End])
		if utf8.RuneCountInString(next)+1 > room-2 {
			forced++
		}
	}
	if breaks == 0 || forced*10 < breaks*7 {
		return 0
	}
	return width
}

// isItem says whether a line begins as an item of a list.
func isItem(line string) bool {
	for _, mark := range [...]string{"- ", "* ", "• ", "– ", "— "} {
		if strings.HasPrefix(line, mark) {
			return true
		}
	}
	return false
}
