package source

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"parley/internal/document"
)

// faults says in what a document breaks the promises of the package; empty when it keeps them all.
func faults(d *document.Document) string {
	if !utf8.ValidString(d.Text) {
		return "the text is not valid UTF-8"
	}
	if strings.ContainsAny(d.Text, "\r\x00") {
		return "the text holds a carriage return or a NUL"
	}
	if len(d.ID) != 64 {
		return "the id is " + d.ID
	}
	at := 0
	for i, p := range d.Paragraphs {
		switch {
		case p.Span.Start < at || p.Span.End > len(d.Text) || p.Span.Empty():
			return fmt.Sprintf("paragraph %d has the span %v after %d", i, p.Span, at)
		case strings.TrimSpace(d.Text[at:p.Span.Start]) != "":
			return fmt.Sprintf("%q stands before paragraph %d", d.Text[at:p.Span.Start], i)
		case strings.TrimSpace(d.Slice(p.Span)) != d.Slice(p.Span):
			return fmt.Sprintf("paragraph %d has white space around it: %q", i, d.Slice(p.Span))
		case p.Kind == "":
			return fmt.Sprintf("paragraph %d has no kind", i)
		case !utf8.ValidString(d.Slice(p.Span)):
			return fmt.Sprintf("paragraph %d cuts a character", i)
		}
		at = p.Span.End
	}
	if strings.TrimSpace(d.Text[at:]) != "" {
		return fmt.Sprintf("%q stands after the last paragraph", d.Text[at:])
	}
	if s := d.DatelineSpan; s.Start < 0 || s.End < s.Start || s.End > len(d.Text) || !utf8.ValidString(d.Slice(s)) {
		return fmt.Sprintf("the dateline has the span %v", s)
	}
	for _, n := range d.Notices {
		if n.Kind == "" || n.Text == "" || n.Span.Start < 0 || n.Span.End > len(d.Text) {
			return fmt.Sprintf("notice %+v", n)
		}
	}
	return ""
}
