package view

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"parley/internal/record"
)

// Trace is the way of one entry from the speaker to the archive, link by link, down to the exact words.
type Trace struct {
	Entry     record.Entry       `json:"entry"`
	Words     string             `json:"words"`  // exactly what stands at the span
	Before    string             `json:"before"` // what stands before and after it in the text
	After     string             `json:"after"`
	Chain     []string           `json:"chain"` // speaker, relays, article; who acts for other kinds
	Article   record.Article     `json:"article"`
	Model     string             `json:"model"`
	Rules     string             `json:"rules"`
	Why       string             `json:"why,omitempty"`
	Origins   []record.Passage   `json:"origins"` // of the passage it stands in and of those that say the same
	Reporters []string           `json:"reporters"`
	Articles  int                `json:"articles"` // that have it or say the same
	Links     []record.Link      `json:"links"`
	Decisions []record.Judgement `json:"decisions"`
}

// TraceText writes a trace for the terminal.
func TraceText(w io.Writer, t Trace, opt TextOptions) error {
	p := newPage(nil, opt)
	e, art := t.Entry, t.Article
	p.line(0, p.style.title(string(e.ID))+"  "+e.Kind+" "+p.style.act(Clean(e.Label)))
	p.line(2, strings.TrimLeft(spaced(t.Before), " ")+p.style.speaker("«"+Clean(t.Words)+"»")+spaced(t.After))
	p.row("words", fmt.Sprintf("characters %d to %d of the text", e.Span[0], e.Span[1]))
	p.row("chain", strings.Join(cleanAll(t.Chain), " → "))
	p.row("article", art.ID+"  "+Clean(art.Title))
	p.row("", joinParts(Clean(art.Publisher), art.Published, Clean(art.URL), art.State, Clean(art.StateReason)))
	if art.SupersededBy != "" {
		p.row("", "superseded by "+string(art.SupersededBy))
	}
	for _, o := range t.Origins {
		p.row("origin", joinParts(string(o.Article), Clean(o.Label), o.Basis, Clean(o.Reason)))
	}
	if len(t.Reporters) > 0 {
		p.row("", fmt.Sprintf("%s, %s: %s", plural(t.Articles, "article"), plural(len(t.Reporters), "independent origin"), strings.Join(cleanAll(t.Reporters), ", ")))
	}
	for _, l := range t.Links {
		other := l.A
		if other == e.ID {
			other = l.B
		}
		p.row(l.Kind, joinParts(string(l.ID), string(other), l.Type, Clean(l.Reason), l.Verdict))
	}
	p.row("read by", joinParts("model "+t.Model, "rules "+t.Rules, fmt.Sprintf("reading %d", art.Reading), fmt.Sprintf("confidence %.2f", e.Confidence)))
	p.row("why", Clean(t.Why))
	p.row("bytes", joinParts(art.MediaType, Clean(art.Location), "fetched "+art.Fetched.Format(time.RFC3339)))
	p.row("", "SHA-256 of the bytes "+art.RawHash)
	p.row("", "SHA-256 of the text "+art.TextHash)
	for _, j := range t.Decisions {
		p.row(fmt.Sprintf("log %d", j.Seq), joinParts(j.At.Format(time.RFC3339), j.Verb, string(j.Object), Clean(j.Value), "by "+Clean(j.Who), Clean(j.Why)))
		p.row("", p.style.dim("hash "+j.Hash))
	}
	return p.writeTo(w, "the trace")
}

// spaced is a cleaned text that keeps, as one blank, white space at either end: a text goes on there.
func spaced(s string) string {
	clean := Clean(s)
	if first, _ := utf8.DecodeRuneInString(s); unicode.IsSpace(first) {
		clean = " " + clean
	}
	if last, _ := utf8.DecodeLastRuneInString(s); unicode.IsSpace(last) && strings.TrimSpace(clean) != "" {
		clean += " "
	}
	return clean
}

// rowIndent is where the second column of a trace begins.
const rowIndent = 16

// row writes a line of two columns; nothing for an empty value.
func (p *page) row(name, value string) {
	if strings.TrimSpace(value) == "" {
		return
	}
	lines := strings.Split(ansi.Wordwrap(value, p.opt.Width-rowIndent, " "), "\n")
	for i, l := range lines {
		if i > 0 {
			name = ""
		}
		p.out.WriteString(strings.TrimRight("  "+p.style.dim(fmt.Sprintf("%-*s", rowIndent-2, name))+l, " ") + "\n")
	}
}

// joinParts joins what is there by dots.
func joinParts(parts ...string) string {
	var there []string
	for _, s := range parts {
		if strings.TrimSpace(s) != "" {
			there = append(there, s)
		}
	}
	return strings.Join(there, " · ")
}

func cleanAll(texts []string) []string {
	out := make([]string, len(texts))
	for i, s := range texts {
		out[i] = Clean(s)
	}
	return out
}
