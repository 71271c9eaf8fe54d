// Package view shows a record to a person: as text for the terminal (Text) or as one self-contained HTML
// page (HTML). It only reads the record. Whatever comes from a source is hostile here: control and
// bidirectional characters are made visible or dropped in text, everything is escaped in HTML.
package view

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"parley/internal/record"
)

// Index says whom and what the ids of a record name, cleaned for one line of text.
type Index struct {
	names      map[record.ID]string
	roles      map[record.ID]string
	statements map[record.ID]*record.Statement
	speakers   map[record.ID]string    // statement or other item → who makes it, acts in it or gives it
	asserted   map[record.ID]record.ID // other item → the statement that holds it
	texts      map[record.ID]string    // anything a contradiction can name → its words
}

// NewIndex goes through a record once.
func NewIndex(rec *record.Record) *Index {
	x := &Index{
		names: map[record.ID]string{}, roles: map[record.ID]string{},
		statements: map[record.ID]*record.Statement{}, speakers: map[record.ID]string{},
		asserted: map[record.ID]record.ID{}, texts: map[record.ID]string{},
	}
	for _, a := range rec.Actors {
		x.names[a.ID], x.roles[a.ID] = Clean(a.Name), Clean(a.Role)
	}
	for _, p := range rec.Places {
		x.names[p.ID] = Clean(p.Name)
	}
	for i := range rec.Statements {
		stmt := &rec.Statements[i]
		x.statements[stmt.ID] = stmt
		x.speakers[stmt.ID] = x.speaker(stmt)
		x.texts[stmt.ID] = words(stmt.Content)
	}
	for _, ev := range rec.Events {
		x.item(ev.ID, ev.Actors, ev.AssertedBy, ev.Text)
	}
	for _, com := range rec.Commitments {
		x.item(com.ID, com.By, com.MadeIn, com.Action)
	}
	for _, con := range rec.Contacts {
		x.item(con.ID, con.Participants, con.AssertedBy, con.Text)
	}
	for _, fig := range rec.Figures {
		x.item(fig.ID, fig.AssertedBy, nil, fig.Text)
		if len(fig.AssertedBy) == 1 && x.statements[fig.AssertedBy[0]] != nil {
			x.asserted[fig.ID] = fig.AssertedBy[0]
		}
	}
	for _, con := range rec.Contradictions {
		x.item(con.ID, con.By, nil, con.Reason)
	}
	for _, ag := range rec.Agreements {
		x.item(ag.ID, ag.Parties, nil, ag.Name)
	}
	return x
}

// item keeps who acts in an item, what statement holds it, and its words.
func (x *Index) item(id record.ID, who []record.ID, in *record.ID, text string) {
	x.speakers[id], x.texts[id] = x.list(who), Clean(text)
	if in != nil && x.statements[*in] != nil {
		x.asserted[id] = *in
	}
}

// Name is what an actor or place is called, or who makes a statement; empty for an id the record does not have.
func (x *Index) Name(id record.ID) string { return or(x.names[id], x.speakers[id]) }

// list names actors or places: "Emmanuel Macron and Vladimir Putin". A statement's id is named by its speakers.
func (x *Index) list(ids []record.ID) string {
	names := make([]string, 0, len(ids))
	for _, id := range ids {
		if name := x.Name(id); name != "" {
			names = append(names, name)
		}
	}
	switch len(names) {
	case 0:
		return ""
	case 1:
		return names[0]
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// unnamed stands for a speaker or actor whom the text does not name.
const unnamed = "not named"

// speaker names who makes a statement: its actors, or the words of the text where nobody is known behind them.
func (x *Index) speaker(stmt *record.Statement) string {
	words := ""
	if stmt.SourceMention != nil {
		words = Clean(stmt.SourceMention.Text)
	}
	return or(or(x.list(stmt.Source), words), unnamed)
}

// thisPage is where every chain ends: at the article itself.
const thisPage = "this page"

// Chain is the way of an item to the reader: of a statement its speaker, relays and this page; of other items who acts, if
// that is somebody else than the speaker, and then the way of the statement that says so.
func (x *Index) Chain(id record.ID) []string {
	stmt := x.statements[id]
	if stmt != nil {
		return x.chain(stmt)
	}
	var links []string
	stmt = x.statements[x.asserted[id]]
	if who := x.speakers[id]; who != "" && (stmt == nil || who != x.speaker(stmt)) {
		links = append(links, who)
	}
	if stmt != nil {
		return append(links, x.chain(stmt)...)
	}
	return append(links, thisPage)
}

func (x *Index) chain(stmt *record.Statement) []string {
	links := []string{x.speaker(stmt)}
	for _, id := range stmt.Via {
		links = append(links, x.names[id])
	}
	return append(links, thisPage)
}

// meta is the small print of a statement: its chain when somebody relays it, day, channel and kind of quotation.
func (x *Index) meta(stmt *record.Statement) string {
	var parts []string
	if len(stmt.Via) > 0 {
		parts = append(parts, strings.Join(x.chain(stmt), " → "))
	}
	quotation := stmt.Quotation
	if quotation == "indirect" {
		quotation = ""
	}
	for _, s := range []string{day(stmt.SaidAt), strings.ReplaceAll(stmt.Channel, "_", " "), quotation, doubt(stmt.Confidence)} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " · ")
}

// weak is the confidence below which an item is marked as unsure.
const weak = 0.7

// doubt says that the reader is unsure of an item.
func doubt(confidence float64) string {
	if confidence >= weak {
		return ""
	}
	return fmt.Sprintf("unsure (%.2f)", confidence)
}

// words joins the pieces of a content.
func words(pieces []record.Words) string {
	parts := make([]string, len(pieces))
	for i, p := range pieces {
		parts[i] = Clean(p.Text)
	}
	return strings.Join(parts, " … ")
}

// day shows a time as a person writes it: "Sun 20 Feb 2022", "21 to 27 Feb 2022", "from 2014"; the words
// of the text where it could not be resolved.
func day(t *record.Time) string {
	if t == nil {
		return ""
	}
	start, startOK := parseISO(t.Start)
	end, endOK := parseISO(t.End)
	switch {
	case !startOK && !endOK:
		return Clean(t.Text)
	case !startOK:
		return "until " + start1(end)
	case !endOK:
		return "from " + start1(start)
	case start.Format(time.DateOnly) == end.Format(time.DateOnly):
		return start1(start)
	case start.Month() == 1 && start.Day() == 1 && end.Month() == 12 && end.Day() == 31:
		if start.Year() == end.Year() {
			return start.Format("2006")
		}
		return start.Format("2006") + " to " + end.Format("2006")
	}
	return start.Format("2 Jan 2006") + " to " + end.Format("2 Jan 2006")
}

func start1(t time.Time) string { return t.Format("Mon 2 Jan 2006") }

// parseISO reads the day of an ISO 8601 date or instant.
func parseISO(s *string) (time.Time, bool) {
	if s == nil || len(*s) < len(time.DateOnly) {
		return time.Time{}, false
	}
	t, err := time.Parse(time.DateOnly, (*s)[:len(time.DateOnly)])
	return t, err == nil
}

// length shows an ISO 8601 duration of hours and minutes as words; others stay as they are.
func length(iso string) string {
	var days int
	if n, err := fmt.Sscanf(iso, "P%dD", &days); n == 1 && err == nil && !strings.Contains(iso, "T") {
		return plural(days, "day")
	}
	d, err := time.ParseDuration(strings.ToLower(strings.TrimPrefix(iso, "PT")))
	if !strings.HasPrefix(iso, "PT") || err != nil {
		return strings.TrimPrefix(iso, "P")
	}
	if d%time.Hour == 0 {
		return fmt.Sprintf("%d h", d/time.Hour)
	}
	return fmt.Sprintf("%d min", d/time.Minute)
}

func plural(n int, unit string) string {
	if n == 1 {
		return "1 " + unit
	}
	return fmt.Sprintf("%d %ss", n, unit)
}

// amount shows a figure's number with its bound and unit: "at least 150,000", "40 to 60 percent".
func amount(fig *record.Figure) string {
	s := number(fig.Value)
	if fig.High != nil {
		s += " to " + number(*fig.High)
	}
	unit := fig.Unit
	if fig.Value == 1 && fig.High == nil {
		unit = strings.TrimSuffix(unit, "s")
	}
	if unit != "" {
		s += " " + unit
	}
	if fig.Bound != "" && fig.Bound != "exactly" {
		s = strings.ReplaceAll(fig.Bound, "_", " ") + " " + s
	}
	return s
}

// number shows a number with thousands separated.
func number(v float64) string {
	whole, frac, _ := strings.Cut(fmt.Sprintf("%.4f", v), ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if frac = strings.TrimRight(frac, "0"); frac != "" {
		frac = "." + frac
	}
	return sign + whole + frac
}

// Clean makes text from a source safe for a terminal and one line: control and bidirectional formatting
// characters become U+FFFD, white space is one blank.
func Clean(s string) string {
	var b strings.Builder
	blank := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			blank = b.Len() > 0
			continue
		case unicode.IsControl(r), bidi(r):
			r = unicode.ReplacementChar
		}
		if blank {
			b.WriteByte(' ')
			blank = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// bidi says whether a character reorders the text around it (UAX #9, explicit formatting).
func bidi(r rune) bool {
	return r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 || r == 0x200E || r == 0x200F || r == 0x061C
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
