package view

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"sort"
	"strings"
	"sync"

	"parley/internal/record"
)

//go:embed page.html
var pageSource string

// HTML writes the record as one self-contained page: the article with its statements marked, and beside it
// a list of them; hovering or focusing one shows who says it to whom, through whom. No request leaves the
// page: style and script are inside, and its content security policy allows nothing else.
func HTML(w io.Writer, rec *record.Record, explain bool) error {
	tmpl, err := pageTemplate()
	if err != nil {
		return fmt.Errorf("internal error: the page template: %w", err)
	}
	if err := tmpl.Execute(w, newHTMLPage(rec, explain)); err != nil {
		return fmt.Errorf("writing the record as HTML: %w", err)
	}
	return nil
}

// pageTemplate is parsed when the first page is written.
var pageTemplate = sync.OnceValues(func() (*template.Template, error) {
	return template.New("page").Funcs(template.FuncMap{
		"clean": Clean, "day": day, "amount": amount, "length": length,
		"words": words, "title": func(s string) string { return strings.ReplaceAll(s, "_", " ") },
	}).Parse(pageSource)
})

// htmlPage is what the template shows.
type htmlPage struct {
	*record.Record
	Day        string
	Paragraphs [][]segment
	Notes      []note
	Explain    bool
	x          *Index
}

// List names actors, places or the speakers of statements.
func (p *htmlPage) List(ids []record.ID) string { return p.x.list(ids) }

// Speaker names who made the statement, event or commitment with this id.
func (p *htmlPage) Speaker(id record.ID) string { return or(p.x.speakers[id], unnamed) }

// Words are the words of whatever has this id.
func (p *htmlPage) Words(id record.ID) string { return p.x.texts[id] }

// note is a statement in the margin.
type note struct {
	*record.Statement
	Speaker, Role, To string
	Meta              string // the chain, day, channel and kind of quotation, between dots
}

// segment is a run of text under the same statements; Innermost is the one that a click chooses.
type segment struct {
	Text      string
	IDs       string // statement ids, space-separated, outermost first; empty for plain text
	Innermost record.ID
	Part      string // content, cue, source: what the run is in the innermost statement
	Act       string
	Label     string // who, act, to whom: for the tooltip and screen readers
}

func newHTMLPage(rec *record.Record, explain bool) *htmlPage {
	p := &htmlPage{Record: rec, x: NewIndex(rec), Explain: explain}
	date := rec.Document.Published
	p.Day = date
	if t, ok := parseISO(&date); ok {
		p.Day = start1(t)
	}
	labels := map[record.ID]string{}
	for i := range rec.Statements {
		stmt := &rec.Statements[i]
		n := note{
			Statement: stmt, Speaker: p.x.speaker(stmt), To: p.x.list(stmt.Addressee), Meta: p.x.meta(stmt),
		}
		if len(stmt.Source) == 1 {
			n.Role = p.x.roles[stmt.Source[0]]
		}
		label := n.Speaker + ", " + stmt.Act
		if n.To != "" {
			label += " → " + n.To
		}
		labels[stmt.ID] = label
		p.Notes = append(p.Notes, n)
	}
	p.Paragraphs = paragraphs(rec, labels)
	if first := p.Paragraphs; len(first) > 1 && len(first[0]) == 1 && first[0][0].IDs == "" && Clean(first[0][0].Text) == Clean(rec.Document.Title) {
		p.Paragraphs = first[1:] // the title stands above already
	}
	return p
}

// piece is a part of a statement in the text.
type piece struct {
	span record.Span
	part string
	stmt *record.Statement
}

// paragraphs cuts the text at every border of a source, cue or content, and at line breaks.
func paragraphs(rec *record.Record, labels map[record.ID]string) [][]segment {
	text := []rune(rec.Document.Text)
	pieces := statementPieces(rec)
	cuts := map[int]bool{0: true, len(text): true}
	for _, pc := range pieces {
		cuts[pc.span[0]], cuts[pc.span[1]] = true, true
	}
	for i, r := range text {
		if r == '\n' {
			cuts[i], cuts[i+1] = true, true
		}
	}
	order := make([]int, 0, len(cuts))
	for c := range cuts {
		order = append(order, c)
	}
	sort.Ints(order)
	var out [][]segment
	var current []segment
	over := make([][]piece, len(order)) // the pieces over each segment
	for _, pc := range pieces {
		for i := sort.SearchInts(order, pc.span[0]); i < len(order) && order[i] < pc.span[1]; i++ {
			over[i] = append(over[i], pc)
		}
	}
	for i := 0; i+1 < len(order); i++ {
		from, to := order[i], order[i+1]
		if text[from] == '\n' {
			if len(current) > 0 {
				out, current = append(out, current), nil
			}
			continue
		}
		current = append(current, newSegment(string(text[from:to]), over[i], labels))
	}
	if len(current) > 0 {
		out = append(out, current)
	}
	return out
}

// statementPieces lists the parts of all statements, longest first, so that the innermost comes last.
func statementPieces(rec *record.Record) []piece {
	var pieces []piece
	for i := range rec.Statements {
		stmt := &rec.Statements[i]
		for _, c := range stmt.Content {
			pieces = append(pieces, piece{c.Span, "content", stmt})
		}
		if stmt.Cue != nil {
			pieces = append(pieces, piece{stmt.Cue.Span, "cue", stmt})
		}
		if stmt.SourceMention != nil {
			pieces = append(pieces, piece{stmt.SourceMention.Span, "source", stmt})
		}
	}
	slices.SortStableFunc(pieces, func(a, b piece) int {
		return (b.span[1] - b.span[0]) - (a.span[1] - a.span[0])
	})
	return pieces
}

// newSegment makes the segment under the pieces given.
func newSegment(text string, pieces []piece, labels map[record.ID]string) segment {
	seg := segment{Text: text}
	var ids []string
	for _, pc := range pieces {
		if !slices.Contains(ids, string(pc.stmt.ID)) {
			ids = append(ids, string(pc.stmt.ID))
		}
		seg.Innermost, seg.Part, seg.Act, seg.Label = pc.stmt.ID, pc.part, pc.stmt.Act, labels[pc.stmt.ID]
	}
	seg.IDs = strings.Join(ids, " ")
	return seg
}
