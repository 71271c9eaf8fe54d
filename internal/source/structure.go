package source

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/internal/document"
)

// page is a document whose paragraphs are being judged.
type page struct {
	*document.Document
	untitled bool
	credits  []string // short names, in the order they were found
}

// words is the text of a paragraph.
func (p *page) words(i int) string { return p.Slice(p.Paragraphs[i].Span) }

// kind is what a paragraph has been judged to be, empty while it has not.
func (p *page) kind(i int) document.ParagraphKind { return p.Paragraphs[i].Kind }

// finish makes the document of a draft: it judges the paragraphs, fills the fields and notes what is wrong.
func finish(d *draft, name string, opt Options) (*document.Document, error) {
	if strings.TrimFunc(d.text, func(r rune) bool { return unicode.IsSpace(r) || isInvisible(r) }) == "" || len(d.paras) == 0 {
		return nil, &Error{Name: name, Kind: ErrEmpty, Hint: "give an article of at least one sentence"}
	}
	doc := &document.Document{
		Text: d.text, Paragraphs: d.paras, Notices: append(d.notes, hidden(d.text)...),
		Title: first(opt.Title, d.meta.title), Publisher: first(opt.Publisher, d.meta.publisher),
		URL: first(opt.URL, d.meta.url),
	}
	shorten(doc)
	sum := sha256.Sum256([]byte(doc.Text))
	doc.ID = hex.EncodeToString(sum[:])
	p := &page{Document: doc, untitled: d.untitled && doc.Title == ""}
	for _, name := range d.meta.credits {
		p.credit(credited(name)...)
	}
	p.setAuthors(d.meta.authors)
	p.judge()
	p.setPublished(d.meta.published, opt)
	for i := range p.Paragraphs {
		if p.Paragraphs[i].Kind == "" {
			p.Paragraphs[i].Kind = document.Body
		}
	}
	own, _ := lookupAgency(doc.Publisher)
	for _, short := range p.credits {
		if short != own.short && short != doc.Publisher {
			doc.Credits = append(doc.Credits, short)
		}
	}
	p.setLanguage(d.meta.language, opt.Language)
	return doc, nil
}

// longestTitle is how many characters of a title or a publisher's name are kept. Real titles have some hundred; lists carry
// them with every entry.
const longestTitle = 1000

// shorten cuts a title or publisher that is none, and says so. The bytes that came in still hold all of it.
func shorten(doc *document.Document) {
	for _, field := range []struct {
		name  string
		words *string
	}{{"title", &doc.Title}, {"publisher", &doc.Publisher}} {
		n := utf8.RuneCountInString(*field.words)
		if n <= longestTitle {
			continue
		}
		*field.words = clip(*field.words, longestTitle-1)
		doc.Notices = append(doc.Notices, document.Notice{Kind: "cut",
			Text: fmt.Sprintf("the %s has %d characters; %d are kept", field.name, n, longestTitle-1)})
	}
}

func first(values ...string) string {
	for _, v := range values {
		if v = oneLine(v); v != "" {
			return v
		}
	}
	return ""
}

// credit adds agencies, each once.
func (p *page) credit(shorts ...string) {
	for _, short := range shorts {
		known := false
		for _, c := range p.credits {
			known = known || c == short
		}
		if !known {
			p.credits = append(p.credits, short)
		}
	}
}

// setPublished takes the time of publication from the caller, the metadata or, failing these, a line of its
// own in the text.
func (p *page) setPublished(said string, opt Options) {
	switch t, ok := parseTime(said); {
	case !opt.Published.IsZero():
		p.Published = opt.Published
	case ok:
		p.Published = t
	case said != "" && p.Published.IsZero():
		p.Notices = append(p.Notices, document.Notice{Kind: "bad_date",
			Text: "the publication date “" + clip(oneLine(said), 40) + "” is not understood: give it with --published"})
		return
	}
	if p.Published.IsZero() {
		p.Notices = append(p.Notices, document.Notice{Kind: "no_date",
			Text: "the day of publication is not known, so “Sunday” or “next week” cannot be dated: give it with --published"})
	}
}

func clip(s string, runes int) string {
	for i := range s {
		if runes == 0 {
			return s[:i] + "…"
		}
		runes--
	}
	return s
}

// judge finds out what part each paragraph plays. The order matters: what is plain from a line's own words
// first, then what depends on its place.
func (p *page) judge() {
	for i := range p.Paragraphs {
		was := p.kind(i)
		if was == "" || was == document.Heading { // "Read more" is furniture however it is set
			if kind := p.lineKind(i); kind != "" && (was == "" || kind != document.Caption) {
				p.Paragraphs[i].Kind = kind
			}
		}
	}
	for i := 1; i < len(p.Paragraphs); i++ { // "CORRECTION:" on a line of its own is about the next one
		if p.kind(i-1) == document.Correction && p.kind(i) == "" && strings.HasSuffix(p.words(i-1), ":") {
			p.Paragraphs[i].Kind = document.Correction
		}
	}
	p.findTitle()
	p.findBylines()
	lead := p.findDateline()
	if lead >= 0 {
		p.credit(reporting(p.words(lead))...)
	}
	p.findHeadings()
	p.splitCredit()
	for i := range p.Paragraphs {
		if p.kind(i) == document.Credit {
			p.credit(credited(p.words(i))...)
		}
	}
}

// firstBody is the first paragraph that has not been judged to be anything but body; -1 for none.
func (p *page) firstBody() int {
	for i := range p.Paragraphs {
		if k := p.kind(i); k == "" || k == document.Body {
			return i
		}
	}
	return -1
}

// How many paragraphs at the head and at the foot of a page may be about the story rather than of it: its
// date, its agencies.
const headLines, footLines = 6, 4

// lineKind judges a paragraph by its own words alone; empty when they do not tell.
func (p *page) lineKind(i int) document.ParagraphKind {
	words := p.words(i)
	if !strings.ContainsFunc(words, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
		return document.Furniture
	}
	count := countWords(words)
	if count > 130 {
		return ""
	}
	plain := strings.TrimLeft(typewriter.Replace(words), "*_~>| ")
	lower := strings.ToLower(plain)
	head, _ := utf8.DecodeRuneInString(lower)
	for _, pattern := range linePatterns() {
		text := lower
		if pattern.exact {
			text = plain
		}
		if count <= pattern.words && (pattern.head == 0 || pattern.head == head) && pattern.fits(text) {
			if pattern.kind == document.Furniture && i < headLines {
				p.dateFrom(words, 8)
			}
			return pattern.kind
		}
	}
	margin := i < headLines || i >= len(p.Paragraphs)-footLines
	switch {
	case margin && p.dateFrom(words, 0):
		return document.Furniture
	case i > 0 && isCaption(words):
		return document.Caption
	case margin && isAgencyLine(words, count): // elsewhere it stands below a picture
		return document.Credit
	}
	return ""
}

// countWords is the number of words in a text without making them.
func countWords(s string) int {
	count := 0
	for range strings.FieldsSeq(s) {
		count++
	}
	return count
}

// typewriter turns typographic quotation marks and no-break spaces into plain ones, for comparing only.
var typewriter = strings.NewReplacer("’", "'", "‘", "'", "“", `"`, "”", `"`, "\u00a0", " ", "\n", " ")

// fits says whether a line, in lower case unless the phrase is in capitals, has the phrase in its place. A
// phrase that begins or ends with a letter must not go on in the text with another.
func (l linePattern) fits(text string) bool {
	bounded := func(before, after string) bool {
		last, _ := utf8.DecodeLastRuneInString(l.phrase)
		next, _ := utf8.DecodeRuneInString(after)
		head, _ := utf8.DecodeRuneInString(l.phrase)
		prev, _ := utf8.DecodeLastRuneInString(before)
		goesOn := unicode.IsLetter(last) && unicode.IsLetter(next) || unicode.IsLetter(head) && unicode.IsLetter(prev)
		return !goesOn
	}
	switch l.where {
	case "start":
		rest, ok := strings.CutPrefix(text, l.phrase)
		return ok && bounded("", rest)
	case "end":
		return strings.HasSuffix(strings.TrimRight(text, ". "), l.phrase)
	case "whole":
		return strings.TrimRight(text, ". ") == l.phrase
	default:
		before, after, ok := strings.Cut(text, l.phrase)
		return ok && bounded(before, after)
	}
}

// dateFrom takes the publication day from a line that holds a date and at most so many other words. It says
// whether the line is such a one.
func (p *page) dateFrom(words string, others int) bool {
	if len(words) > 120 || !strings.ContainsAny(words, "0123456789") {
		return false
	}
	day, more, ok := dayIn(words)
	if !ok || more > others {
		return false
	}
	if p.Published.IsZero() {
		p.Published = day
	}
	return true
}

// isAgencyLine says whether a line holds nothing but agencies: "(AFP)", "— Reuters", "AP/Reuters".
func isAgencyLine(words string, count int) bool {
	if count > 8 {
		return false
	}
	at := 0
	agencies := findAgencies(words)
	sure := strings.HasPrefix(words, "(") || !beginsLine(words) // in brackets, behind a dash
	for _, f := range agencies {
		if !isGlue(words[at:f.span.Start]) {
			return false
		}
		at = f.span.End
		sure = sure || !f.common
	}
	return sure && len(agencies) > 0 && isGlue(words[at:])
}

// isGlue says whether nothing but marks and "and" or "with" stands in a text.
func isGlue(s string) bool {
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if w != "and" && w != "with" && w != "With" && w != "agencies" {
			return false
		}
	}
	return true
}

// isCaption says whether a paragraph has the shape of a picture's caption: one sentence told in the present
// that ends in a place and a day ("… before talks in Amman, Jordan, Feb. 21, 2016.").
func isCaption(words string) bool {
	if tail := strings.TrimRight(words, ".) "); tail == "" || tail[len(tail)-1] < '0' || tail[len(tail)-1] > '9' {
		return false // no year at the end
	}
	fields := strings.Fields(strings.TrimRight(words, ".) "))
	n := len(fields)
	if n < 9 || n > 60 || strings.ContainsAny(words, "\"“”") {
		return false
	}
	tail, weekday := 3, false // Feb. 21, 2016
	if monthOf(fields[n-3]) == 0 || !isDay(strings.TrimRight(fields[n-2], ",")) || !isYear(fields[n-1]) {
		return false
	}
	if isWord("weekday", fields[n-tail-1]) {
		tail, weekday = 4, true // on Sunday, Feb. 21, 2016
	}
	before := fields[n-tail-1]
	if !strings.HasSuffix(before, ",") && (!weekday || before != "on") { // copy says "on Feb. 21, 2016"
		return false
	}
	for _, w := range fields {
		if isWord("past", w) {
			return false
		}
	}
	for _, w := range fields[:n-tail] {
		if strings.HasSuffix(w, ".") && utf8.RuneCountInString(w) > 5 { // a sentence ends here: not one sentence
			return false
		}
	}
	return true
}

// sameWords says whether two texts are equal but for case, spacing and punctuation.
func sameWords(a, b string) bool {
	fold := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				return unicode.ToLower(r)
			}
			return -1
		}, s)
	}
	a = fold(a)
	return a != "" && a == fold(b)
}

// findTitle marks the title in the text: the paragraph that repeats the title the format gives, or the
// first line where the format has none and the line looks like one.
func (p *page) findTitle() {
	if !p.untitled {
		for i := 0; i < min(4, len(p.Paragraphs)); i++ {
			if k := p.kind(i); (k == "" || k == document.Heading || k == document.Title) && sameWords(p.words(i), p.Title) {
				p.Paragraphs[i].Kind = document.Title
				return
			}
		}
		return
	}
	i := p.firstBody()
	if i < 0 || i > 2 || !isTitle(p.words(i)) {
		return
	}
	if head := parseDateline(p.words(i)); head.end > 0 && head.sure {
		return
	}
	for j := i + 1; j < len(p.Paragraphs); j++ {
		if p.kind(j) == "" && endsSentence(p.words(j)) && len(p.words(j)) > len(p.words(i))/2 {
			p.Paragraphs[i].Kind = document.Title
			p.Title = oneLine(p.words(i))
			return
		}
	}
}

// isTitle says whether a first line can be a title: short, one line, no full stop, not speech.
func isTitle(words string) bool {
	count := countWords(words)
	if count < 2 || count > 25 || utf8.RuneCountInString(words) > 160 || strings.Contains(words, "\n") {
		return false
	}
	return beginsLine(words) && !endsSentence(words) && !strings.ContainsAny(words[len(words)-1:], ":;,-") && !strings.HasSuffix(words, "—")
}

// beginsLine says whether a line begins with a capital, a digit or an opening mark.
func beginsLine(words string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(words, "\"'“‘«([¿¡ "))
	return unicode.IsUpper(r) || unicode.IsDigit(r) || unicode.IsLetter(r) && !unicode.IsLower(r)
}

// endsSentence says whether a text ends as a sentence does; a question mark alone does not make a line one.
func endsSentence(words string) bool {
	words = strings.TrimRight(words, "\"'”’»)] \u00a0")
	r, _ := utf8.DecodeLastRuneInString(words)
	return strings.ContainsRune(".!…。", r)
}

// findHeadings marks the headings between paragraphs: a short line without a stop before longer copy.
func (p *page) findHeadings() {
	start := p.firstBody()
	for i := max(start, 0); i+1 < len(p.Paragraphs); i++ {
		if p.kind(i) != "" || !isHeading(p.words(i)) || i == start && p.Title == "" {
			continue
		}
		next := i + 1 // captions and the like may stand between a heading and its copy
		for next+1 < len(p.Paragraphs) && (p.kind(next) == document.Caption || p.kind(next) == document.Furniture) {
			next++
		}
		if (p.kind(next) == "" || p.kind(next) == document.Body) && !isHeading(p.words(next)) && len(p.words(next)) > len(p.words(i)) {
			p.Paragraphs[i].Kind = document.Heading
		}
	}
	// What a format calls a heading heads nothing when no copy follows it: "Related", "Most read".
	for i := len(p.Paragraphs) - 1; i >= 0 && p.kind(i) != "" && p.kind(i) != document.Body; i-- {
		if p.kind(i) == document.Heading {
			p.Paragraphs[i].Kind = document.Furniture
		}
	}
}

func isHeading(words string) bool {
	count := countWords(words)
	if count == 0 || count > 14 || utf8.RuneCountInString(words) > 100 || strings.Contains(words, "\n") || isItem(words) {
		return false
	}
	if who := speaker(words); len(who) == 1 || isCapitals(who) || strings.HasPrefix(words, "Q ") || strings.HasPrefix(words, "(") || !strings.ContainsFunc(words, unicode.IsLetter) {
		return false // a turn of an interview, a number
	}
	bare := strings.TrimRight(words, "\"'”’ ")
	return bare != "" && beginsLine(words) && !endsSentence(words) && !strings.ContainsAny(bare[len(bare)-1:], ":;,-") &&
		!strings.HasSuffix(bare, "—") && !strings.HasSuffix(bare, "–")
}

// splitCredit parts a credit in brackets or behind a dash from the end of the last body paragraph.
func (p *page) splitCredit() {
	last := -1
	for i := range p.Paragraphs {
		if p.kind(i) == "" {
			last = i
		}
	}
	if last < 0 {
		return
	}
	words := p.words(last)
	at := -1
	if strings.HasSuffix(words, ")") {
		at = strings.LastIndexByte(words, '(')
	} else {
		for _, dash := range [...]string{" — ", " – ", " -- ", " - ", " —", " –", " -"} {
			at = max(at, strings.LastIndex(words, dash)+1)
		}
	}
	if at <= 0 || len(words)-at > 200 || !endsSentence(strings.TrimSpace(words[:at])) {
		return
	}
	tail := words[at:]
	probe := &page{Document: &document.Document{Text: tail, Paragraphs: []document.Paragraph{{Span: document.Span{End: len(tail)}}}}}
	if probe.lineKind(0) != document.Credit {
		return
	}
	s := p.Paragraphs[last].Span
	body := trim(p.Text, document.Span{Start: s.Start, End: s.Start + at})
	rest := append([]document.Paragraph{{Span: body}, {Span: document.Span{Start: s.Start + at, End: s.End}, Kind: document.Credit}}, p.Paragraphs[last+1:]...)
	p.Paragraphs = append(p.Paragraphs[:last:last], rest...)
}
