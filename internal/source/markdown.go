package source

import (
	"strings"
	"unicode/utf8"

	"parley/internal/document"
)

// markdownDraft renders Markdown (CommonMark with tables and front matter) to what a reader reads: the words
// stay, the marks of headings, lists, quotations, links and emphasis go. Code, rules and link definitions
// are no copy: code is kept as furniture, the others leave nothing. Line breaks inside a paragraph stay.
func markdownDraft(text string) *draft {
	text, notes := clean(text)
	m := &markdown{links: map[string]bool{}}
	lines := strings.Split(m.frontMatter(text), "\n")
	for _, line := range lines {
		if label, ok := definition(line); ok {
			m.links[label] = true
		}
	}
	for i := 0; i < len(lines); i++ {
		i = m.line(lines, i)
	}
	m.end()
	d := compose(m.blocks)
	d.notes = append(notes, d.notes...)
	d.meta = m.meta
	d.untitled = m.meta.title == ""
	return d
}

// markdown gathers the blocks of a text line by line.
type markdown struct {
	meta   metadata
	links  map[string]bool // labels of link definitions
	blocks []block
	open   []string // lines of the paragraph being gathered
}

// end closes the paragraph being gathered.
func (m *markdown) end() {
	if len(m.open) == 0 {
		return
	}
	raw := strings.Join(m.open, "\n")
	m.open = nil
	if alt, ok := onlyImage(raw); ok {
		m.add(alt, document.Caption)
		return
	}
	m.add(raw, "")
}

func (m *markdown) add(raw string, kind document.ParagraphKind) {
	m.blocks = append(m.blocks, block{inline(raw, m.links), kind})
}

// line takes the line at i and gives the index of the last line it has used.
func (m *markdown) line(lines []string, i int) int {
	line := strings.TrimSpace(unquote(lines[i]))
	switch {
	case line == "":
		m.end()
	case strings.HasPrefix(line, "```") || strings.HasPrefix(line, "~~~"):
		m.end()
		return m.fence(lines, i, line[:3])
	case strings.HasPrefix(line, "<!--"):
		m.end()
		for !strings.Contains(lines[i], "-->") && i+1 < len(lines) {
			i++
		}
	case isSetext(line) && len(m.open) > 0:
		m.heading(strings.Join(m.open, " "))
		m.open = nil
	case isRule(line):
		m.end()
	case headingMark(line) > 0:
		m.end()
		m.heading(strings.TrimRight(strings.TrimSpace(line[headingMark(line):]), "# "))
	case isDelimiterRow(line):
	case strings.HasPrefix(line, "|"):
		m.end()
		m.add(strings.ReplaceAll(strings.Trim(line, "| "), "|", "\t"), document.Furniture)
	case listMark(line) > 0:
		m.end()
		m.open = append(m.open, strings.TrimSpace(line[listMark(line):]))
	default:
		if _, ok := definition(line); ok && len(m.open) == 0 {
			return i
		}
		m.open = append(m.open, line)
	}
	return i
}

// heading adds a heading; the first one, before any copy, is the title when nothing else gave one.
func (m *markdown) heading(raw string) {
	if text := oneLine(inline(raw, m.links)); m.meta.title == "" && len(m.blocks) == 0 {
		m.meta.title = text
	}
	m.add(raw, document.Heading)
}

// fence takes a block of code up to its closing fence.
func (m *markdown) fence(lines []string, i int, mark string) int {
	var code []string
	for i++; i < len(lines) && !strings.HasPrefix(strings.TrimSpace(lines[i]), mark); i++ {
		code = append(code, lines[i])
	}
	// Code is cut at blank lines so that it stays one paragraph a block like everything else.
	for _, part := range strings.Split(strings.Join(code, "\n"), "\n\n") {
		m.blocks = append(m.blocks, block{part, document.Furniture})
	}
	return i
}

// frontMatter reads the "key: value" lines between two lines of dashes (or pluses) at the head of a text
// and gives the rest.
func (m *markdown) frontMatter(text string) string {
	fence, rest, ok := strings.Cut(text, "\n")
	fence = strings.TrimSpace(fence)
	if !ok || fence != "---" && fence != "+++" {
		return text
	}
	end := strings.Index("\n"+rest, "\n"+fence)
	if end < 0 {
		return text
	}
	for line := range strings.SplitSeq(rest[:max(end-1, 0)], "\n") {
		key, value, ok := strings.Cut(line, ":")
		if !ok || fence == "+++" {
			if k, v, equals := strings.Cut(line, "="); equals {
				key, value = k, v
			}
		}
		m.field(strings.ToLower(strings.TrimSpace(key)), oneLine(strings.Trim(strings.TrimSpace(value), `"'[]`)))
	}
	_, after, _ := strings.Cut(rest[end:]+"\n", "\n")
	return after
}

func (m *markdown) field(key, value string) {
	if value == "" {
		return
	}
	switch key {
	case "title", "headline":
		m.meta.title = first(m.meta.title, value)
	case "date", "published", "pubdate", "published_at", "datepublished":
		m.meta.published = first(m.meta.published, value)
	case "author", "authors", "byline":
		m.meta.authors = append(m.meta.authors, value)
	case "publisher", "source", "site", "outlet":
		m.meta.publisher = first(m.meta.publisher, value)
	case "url", "link", "canonical_url", "source_url", "original_url":
		m.meta.url = first(m.meta.url, value)
	case "lang", "language":
		m.meta.language = first(m.meta.language, value)
	case "agency", "credit", "credits", "wire":
		m.meta.credits = append(m.meta.credits, value)
	}
}

// unquote takes the marks of a block quotation off a line.
func unquote(line string) string {
	for range 8 {
		rest, ok := strings.CutPrefix(strings.TrimLeft(line, " "), ">")
		if !ok {
			break
		}
		line = rest
	}
	return line
}

// headingMark is the length of the mark of an ATX heading.
func headingMark(line string) int {
	n := len(line) - len(strings.TrimLeft(line, "#"))
	if n > 6 || n == 0 || n < len(line) && line[n] != ' ' && line[n] != '\t' {
		return 0
	}
	return n
}

// listMark is the length of the mark of a list's item.
func listMark(line string) int {
	if len(line) > 1 && strings.IndexByte("-*+", line[0]) >= 0 && line[1] == ' ' {
		return 2
	}
	n := len(line) - len(strings.TrimLeft(line, "0123456789"))
	if n > 0 && n < 4 && n+1 < len(line) && (line[n] == '.' || line[n] == ')') && line[n+1] == ' ' {
		return n + 2
	}
	return 0
}

func isSetext(line string) bool {
	return len(line) >= 2 && (strings.Trim(line, "=") == "" || strings.Trim(line, "-") == "")
}

func isRule(line string) bool {
	bare := strings.ReplaceAll(line, " ", "")
	return len(bare) >= 3 && (strings.Trim(bare, "*") == "" || strings.Trim(bare, "-") == "" || strings.Trim(bare, "_") == "")
}

// isDelimiterRow says whether a line is the rule under the head of a table: "| --- | :-: |".
func isDelimiterRow(line string) bool {
	return strings.Contains(line, "|") && strings.Contains(line, "-") && strings.Trim(line, "|-: ") == ""
}

// definition reads "[label]: address" and gives the label as links use it.
func definition(line string) (string, bool) {
	line = strings.TrimSpace(line)
	if !strings.HasPrefix(line, "[") {
		return "", false
	}
	label, rest, ok := strings.Cut(line[1:], "]:")
	rest = strings.TrimSpace(rest)
	if !ok || label == "" || strings.ContainsAny(label, "[]") || rest == "" || strings.Contains(strings.Fields(rest)[0], " ") || !isAddress(rest) {
		return "", false
	}
	return strings.ToLower(label), true
}

func isAddress(s string) bool {
	return strings.HasPrefix(s, "<") || strings.HasPrefix(s, "/") || strings.HasPrefix(s, "#") || strings.Contains(s, "://") || strings.HasPrefix(s, "mailto:")
}

// onlyImage gives the description of a picture that is a paragraph of its own.
func onlyImage(raw string) (string, bool) {
	rest, ok := strings.CutPrefix(raw, "![")
	if !ok || !strings.HasSuffix(raw, ")") {
		return "", false
	}
	alt, address, ok := strings.Cut(rest, "](")
	if !ok || strings.ContainsAny(address[:len(address)-1], ")]") || !utf8.ValidString(alt) {
		return "", false
	}
	return alt, true
}
