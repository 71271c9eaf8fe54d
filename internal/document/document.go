// Package document holds the nouns every stage shares: a source text that never changes, its paragraphs,
// and what the parser found in it (tokens, trees, names, quotations, mentions). Everything points into
// Document.Text by half-open byte spans; Offsets turns bytes into the code points of the record.
// It has no behaviour beyond finding one's way in these arrays, and imports nothing of ours.
package document

import "time"

// Span is a half-open range of bytes, [Start, End), of Document.Text.
type Span struct{ Start, End int }

// Len is the number of bytes in the span.
func (s Span) Len() int { return s.End - s.Start }

// Empty says whether the span holds nothing.
func (s Span) Empty() bool { return s.End <= s.Start }

// Contains says whether o lies wholly inside s.
func (s Span) Contains(o Span) bool { return s.Start <= o.Start && o.End <= s.End }

// Overlaps says whether the two spans share a byte.
func (s Span) Overlaps(o Span) bool { return s.Start < o.End && o.Start < s.End }

// ParagraphKind says what part a paragraph plays in the page.
type ParagraphKind string

// The kinds of paragraph. Only Body, Heading and Title carry copy that is read for statements;
// the others are kept so that the text rebuilds exactly, and are not read.
const (
	Body       ParagraphKind = "body"
	Title      ParagraphKind = "title"
	Heading    ParagraphKind = "heading"
	Byline     ParagraphKind = "byline"
	Credit     ParagraphKind = "credit"
	Correction ParagraphKind = "correction"
	Caption    ParagraphKind = "caption"
	Furniture  ParagraphKind = "furniture" // "Read more", "WATCH:", share lines, page numbers
)

// Paragraph is one block of the text, without the line breaks around it.
type Paragraph struct {
	Span Span
	Kind ParagraphKind
}

// Notice is trouble in the input or in reading it: kept with the document, never fatal, never silent.
type Notice struct {
	Kind string `json:"kind"` // stable, snake_case: "not_english", "truncated", "bad_encoding", …
	Span Span   `json:"-"`
	Text string `json:"text"` // for a person: what is wrong and what was done about it
}

// Document is one source text with what is known about where it comes from and, after parsing, its
// analysis. source fills the first part, parse the second; nobody changes either afterwards.
type Document struct {
	ID        string // hash of the content
	URL       string
	Title     string
	Publisher string
	Authors   []string
	Published time.Time // zero when unknown; midnight UTC when only the day is known
	Dateline  string    // "New Delhi"
	Language  string    // ISO 639-1
	Credits   []string  // agencies whose copy it carries, by canonical short name: AFP, PTI, AP
	Text      string    // valid UTF-8; every span points into it
	// DatelineSpan is the dateline at the head of the first body paragraph ("New Delhi: ", "GENEVA (Reuters) - "),
	// with its punctuation; empty when there is none. Parsing starts behind it.
	DatelineSpan Span
	Paragraphs   []Paragraph
	Notices      []Notice

	Tokens    []Token
	Sentences []Sentence
	Names     []Name
	Quotes    []Quote
	Mentions  []Mention
	Marks     []Mark

	children []int32 // filled by Link: token indexes grouped by head
	childAt  []int32 // childAt[i] is where the children of token i start in children
}

// Slice is the text a span points to.
func (d *Document) Slice(s Span) string { return d.Text[s.Start:s.End] }
