package view

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"parley/internal/record"
)

// TextOptions says how Text may look.
type TextOptions struct {
	Width   int  // columns; 0 is 100
	Colour  bool // with ANSI styling
	Explain bool // with the reason why each item was made

	Countries map[string]string // names by the codes of a record; a code that has none stays as it is
}

// Text writes the record as a page for the terminal: statements by speaker with their chains, then
// commitments, contacts, figures, contradictions, events, agreements.
func Text(w io.Writer, rec *record.Record, opt TextOptions) error {
	p := newPage(rec, opt)
	p.header()
	p.notices()
	p.statements()
	p.commitments()
	p.contacts()
	p.figures()
	p.contradictions()
	p.events()
	p.agreements()
	return p.writeTo(w, "the record")
}

// newPage begins a page; without a record its items are given one by one.
func newPage(rec *record.Record, opt TextOptions) *page {
	p := &page{rec: rec, opt: opt, style: newStyles(opt.Colour)}
	if rec != nil {
		p.x = NewIndex(rec)
	}
	if p.opt.Width <= 0 {
		p.opt.Width = 100
	}
	return p
}

func (p *page) writeTo(w io.Writer, what string) error {
	if _, err := io.WriteString(w, p.out.String()); err != nil {
		return fmt.Errorf("writing %s as text: %w", what, err)
	}
	return nil
}

// styles turn text into styled text; plain output leaves it as it is.
type styles struct {
	title, section, speaker, act, dim, warn func(...string) string
}

func newStyles(colour bool) styles {
	if !colour {
		plain := func(s ...string) string { return strings.Join(s, " ") }
		return styles{plain, plain, plain, plain, plain, plain}
	}
	base := lipgloss.NewStyle()
	return styles{
		title:   base.Bold(true).Render,
		section: base.Bold(true).Foreground(lipgloss.Color("6")).Render,
		speaker: base.Bold(true).Render,
		act:     base.Foreground(lipgloss.Color("3")).Render,
		dim:     base.Faint(true).Render,
		warn:    base.Foreground(lipgloss.Color("1")).Render,
	}
}

// page is a record being written.
type page struct {
	x     *Index
	rec   *record.Record
	opt   TextOptions
	style styles
	out   strings.Builder
}

// line writes text wrapped to the width, every line indented.
func (p *page) line(indent int, text string) {
	if text == "" {
		return
	}
	pad := strings.Repeat(" ", indent)
	for l := range strings.SplitSeq(ansi.Wordwrap(text, p.opt.Width-indent, " "), "\n") {
		p.out.WriteString(strings.TrimRight(pad+l, " ") + "\n")
	}
}

// meta writes the parts that are there, between dots, dimmed.
func (p *page) meta(indent int, parts ...string) {
	parts = slices.DeleteFunc(parts, func(s string) bool { return s == "" })
	if len(parts) > 0 {
		p.line(indent, p.style.dim(strings.Join(parts, " · ")))
	}
}

func (p *page) section(name string, n int) bool {
	if n == 0 {
		return false
	}
	p.out.WriteString("\n" + p.style.section(fmt.Sprintf("%s (%d)", strings.ToUpper(name), n)) + "\n")
	return true
}

func (p *page) why(id record.ID, why string) {
	if p.opt.Explain && why != "" {
		p.line(4, p.style.dim(fmt.Sprintf("[%s] %s", id, Clean(why))))
	}
}

func (p *page) header() {
	doc := &p.rec.Document
	p.line(0, p.style.title(or(Clean(doc.Title), "Untitled")))
	credits := ""
	if len(doc.Credits) > 0 {
		credits = "carries " + strings.Join(doc.Credits, ", ")
	}
	date := doc.Published
	if t, ok := parseISO(&date); ok {
		date = start1(t)
	}
	p.meta(0, Clean(doc.Publisher), or(date, "date unknown: give --published for weekdays to become dates"), Clean(doc.Dateline), credits)
}

func (p *page) statements() {
	if !p.section("statements", len(p.rec.Statements)) {
		return
	}
	var order []string
	groups := map[string][]*record.Statement{}
	for i := range p.rec.Statements {
		stmt := &p.rec.Statements[i]
		key := p.x.speaker(stmt)
		if groups[key] == nil {
			order = append(order, key)
		}
		groups[key] = append(groups[key], stmt)
	}
	for _, key := range order {
		role := ""
		if src := groups[key][0].Source; len(src) == 1 {
			role = p.x.roles[src[0]]
		}
		if role != "" {
			role = p.style.dim(", " + role)
		}
		p.out.WriteString("\n")
		p.line(0, p.style.speaker(key)+role)
		for _, stmt := range groups[key] {
			p.statement(stmt)
		}
	}
}

func (p *page) statement(stmt *record.Statement) {
	act := p.style.act(stmt.Act)
	if to := p.x.list(stmt.Addressee); to != "" {
		act += " → " + to
	}
	p.line(2, act+": "+words(stmt.Content))
	p.meta(4, p.x.meta(stmt))
	p.why(stmt.ID, stmt.Why)
}

func (p *page) commitments() {
	if !p.section("commitments", len(p.rec.Commitments)) {
		return
	}
	for i := range p.rec.Commitments {
		p.commitment(&p.rec.Commitments[i])
	}
}

func (p *page) commitment(com *record.Commitment) {
	to := ""
	if len(com.To) > 0 {
		to = " → " + p.x.list(com.To)
	}
	p.line(2, p.style.speaker(or(p.x.list(com.By), unnamed))+to+": "+Clean(com.Action))
	conditions := make([]string, len(com.Conditions))
	for i, c := range com.Conditions {
		conditions[i] = c.Kind + ": " + Clean(c.Text)
	}
	due := day(com.Due)
	if due != "" {
		due = "due " + due
	}
	state := com.State
	if state == "disputed" {
		state = p.style.warn(state)
	}
	p.meta(4, append([]string{state}, append(conditions, due, doubt(com.Confidence))...)...)
	p.why(com.ID, com.Why)
}

func (p *page) contacts() {
	if !p.section("contacts", len(p.rec.Contacts)) {
		return
	}
	for i := range p.rec.Contacts {
		p.contact(&p.rec.Contacts[i])
	}
}

func (p *page) contact(con *record.Contact) {
	who := or(p.x.list(con.Participants), Clean(con.Text))
	p.line(2, p.style.act(con.Kind)+": "+who)
	about := ""
	if con.About != "" {
		about = "about " + Clean(con.About)
	}
	p.meta(4, con.Status, day(con.When), p.x.list(con.Where), length(con.Duration), about, doubt(con.Confidence))
	p.why(con.ID, con.Why)
}

func (p *page) figures() {
	if !p.section("figures", len(p.rec.Figures)) {
		return
	}
	for i := range p.rec.Figures {
		p.figure(&p.rec.Figures[i])
	}
}

func (p *page) figure(fig *record.Figure) {
	p.line(2, p.style.speaker(amount(fig))+"  "+Clean(fig.Of))
	by := p.x.list(fig.AssertedBy)
	if by != "" {
		by = "by " + by
	}
	p.meta(4, by, p.x.list(fig.Where), day(fig.When))
	p.why(fig.ID, fig.Why)
}

func (p *page) contradictions() {
	if !p.section("contradictions", len(p.rec.Contradictions)) {
		return
	}
	for i := range p.rec.Contradictions {
		p.contradiction(&p.rec.Contradictions[i])
	}
}

func (p *page) contradiction(con *record.Contradiction) {
	basis := con.Basis
	if by := p.x.list(con.By); by != "" {
		basis += " by " + by
	}
	p.line(2, p.style.warn(basis)+": "+Clean(con.Reason))
	for _, id := range []record.ID{con.A, con.B} {
		p.line(4, "≠ "+or(p.x.speakers[id], unnamed)+": "+p.x.texts[id])
	}
	p.why(con.ID, con.Why)
}

func (p *page) events() {
	if !p.section("events", len(p.rec.Events)) {
		return
	}
	for i := range p.rec.Events {
		p.event(&p.rec.Events[i])
	}
}

func (p *page) event(ev *record.Event) {
	who := p.x.list(ev.Actors)
	if to := p.x.list(ev.Recipients); to != "" {
		who = or(who, unnamed) + " → " + to
	}
	p.line(2, fmt.Sprintf("%s %s: %s", p.style.act(ev.Type), ev.Status, or(who, unnamed)))
	asserted := ""
	if ev.AssertedBy != nil {
		asserted = "so says " + p.x.speakers[*ev.AssertedBy]
	}
	p.meta(4, "“"+Clean(ev.Trigger.Text)+"”", day(ev.When), p.x.list(ev.Where), asserted, doubt(ev.Confidence))
	p.why(ev.ID, ev.Why)
}

func (p *page) agreements() {
	if !p.section("agreements", len(p.rec.Agreements)) {
		return
	}
	for i := range p.rec.Agreements {
		p.agreement(&p.rec.Agreements[i])
	}
}

func (p *page) agreement(ag *record.Agreement) {
	p.line(2, p.style.speaker(Clean(ag.Name)))
	p.meta(4, day(ag.Date), p.x.list(ag.Parties), words(ag.Terms))
	p.why(ag.ID, ag.Why)
}

func (p *page) notices() {
	if !p.section("notices", len(p.rec.Notices)) {
		return
	}
	for _, n := range p.rec.Notices {
		p.line(2, p.style.warn(n.Kind)+": "+Clean(n.Text))
	}
}
