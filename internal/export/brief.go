package export

import (
	"bufio"
	"cmp"
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

//go:embed brief.html
var briefSource string

//go:embed brief.css
var briefStyle string

// mostRows is how many rows a part of a brief shows at most. It says how many more there are.
const mostRows = 300

// weak is the confidence below which a row is marked as unsure.
const weak = 0.7

// brief is what the template shows.
type brief struct {
	Period, Made, Policy string
	Style                template.CSS
	Parts                []*part
	Counts               string
}

// part is a section of the brief.
type part struct {
	ID, Title, Note string
	Count           int // of rows, shown or not
	Groups          []*group
	keys            map[string]*group
	shown           int
}

// group is rows under one name; the name is empty in parts that are not grouped.
type group struct {
	Name string
	Rows []row
}

// row is a line of the brief: what it says, its exact words, and where they stand.
type row struct {
	ID, Who, Tag, Text string
	Words              string // exact, when Text is not
	Small              []string
	From               from
	Sides              []row     // of a contradiction
	order              time.Time // due days sort before the order of arrival
}

// from is where the words of a row stand.
type from struct{ Publisher, Title, Day, Address, Link, Page, Place string }

// writeBrief writes one HTML page for a period. No request leaves it, it runs no script, and its content security
// policy allows nothing but its own style, by hash.
func writeBrief(ctx context.Context, x *exporter, w *bufio.Writer) error {
	tmpl, err := briefTemplate()
	if err != nil {
		return fmt.Errorf("internal error: the brief's template: %w", err)
	}
	c := newCollector(x)
	if err := x.each(ctx, x.opt.Kinds, c.add); err != nil {
		return err
	}
	return tmpl.Execute(w, c.brief())
}

// briefTemplate is parsed when the first brief is written.
var briefTemplate = sync.OnceValues(func() (*template.Template, error) { return template.New("brief").Parse(briefSource) })

// policy is the content security policy: one style, known by its hash, and nothing else.
func policy() string {
	sum := sha256.Sum256([]byte(briefStyle))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'"
}

// collector sorts items into the parts of a brief.
type collector struct {
	x           *exporter
	parts       []*part
	articles    map[string]bool
	publishers  map[string]bool
	first, last time.Time
}

func newCollector(x *exporter) *collector {
	c := &collector{x: x, articles: map[string]bool{}, publishers: map[string]bool{}}
	for _, p := range [][3]string{
		{"said", "What was said", "By speaker. What somebody said is not thereby so."},
		{"done", "What was done", "Reported as done or under way."},
		{"not-done", "Planned, threatened, asked for or denied", "Not reported as done."},
		{"contacts", "Who met or called whom", ""},
		{"promised", "What was promised", "By the day it is due. Not assessed means that nobody has judged it."},
		{"figures", "Figures", "By who gives them. Figures of different givers may count different things."},
		{"contradictions", "What does not fit together", "Both in their exact words. Which is right is not said here."},
	} {
		c.parts = append(c.parts, &part{ID: p[0], Title: p[1], Note: p[2], keys: map[string]*group{}})
	}
	return c
}

// add puts an item in its part. Rejected ones are left out.
func (c *collector) add(it *item) error {
	if !it.accepted() {
		return nil
	}
	id, key, name, r := c.row(it)
	i := slices.IndexFunc(c.parts, func(p *part) bool { return p.ID == id })
	r.tidy()
	c.parts[i].add(key, name, r)
	c.articles[string(it.Article)] = true
	c.publishers[it.Publisher] = true
	if c.first.IsZero() || it.Known.Before(c.first) {
		c.first = it.Known
	}
	if it.Known.After(c.last) {
		c.last = it.Known
	}
	return nil
}

// row shows an item: its part, the group it goes to and that group's name, and the line.
func (c *collector) row(it *item) (part, key, name string, r row) {
	r = c.base(it)
	switch {
	case it.stmt != nil:
		r.Tag, r.Text = it.stmt.Act+after(", to ", it.people(it.stmt.Addressee)), content(it.stmt)
		r.small(after("through ", it.people(it.stmt.Via)), it.stmt.Quotation, dates(it.stmt.SaidAt), it.stmt.Channel)
		key, name = it.giver()
		return "said", key, name, r
	case it.ev != nil:
		r.Who, r.Tag = arrow(it.people(it.ev.Actors), it.people(it.ev.Recipients)), it.ev.Type+", "+it.ev.Status
		r.small(dates(it.ev.When), it.people(it.ev.Where), after("so says ", it.people(some(it.ev.AssertedBy))))
		if it.ev.Status == "actual" || it.ev.Status == "ongoing" {
			return "done", "", "", r
		}
		return "not-done", "", "", r
	case it.com != nil:
		r.Who, r.Tag = arrow(it.people(it.com.By), it.people(it.com.To)), c.state(it)
		r.small(conditions(it.com))
		r.order, _ = dueDay(it.com)
		return "promised", "", "", r
	case it.con != nil:
		r.Who, r.Tag = it.people(it.con.Participants), it.con.Kind+", "+it.con.Status
		r.small(dates(it.con.When), it.people(it.con.Where), after("about ", it.con.About))
		return "contacts", "", "", r
	case it.fig != nil:
		r.Text = amount(it.fig)
		r.Words = it.Text
		r.small(dates(it.fig.When), it.people(it.fig.Where))
		key, name = it.giver()
		return "figures", key, name, r
	}
	r.Tag, r.Text = it.Label, it.dis.Reason
	r.Sides = []row{c.sideRow(it.a), c.sideRow(it.b)}
	return "contradictions", "", "", r
}

// base is what every row has.
func (c *collector) base(it *item) row {
	r := row{ID: string(it.ID), Text: it.Text, From: c.from(it)}
	if it.fig == nil && it.Confidence < weak {
		r.Small = append(r.Small, fmt.Sprintf("unsure (%.2f)", it.Confidence))
	}
	switch it.Verdict {
	case "confirm":
		r.Small = append(r.Small, "confirmed")
	case "doubt":
		r.Small = append(r.Small, "in doubt")
	}
	return r
}

// sideRow is one side of a contradiction.
func (c *collector) sideRow(s *item) row {
	r := row{ID: string(s.ID), Who: s.voice(), Text: s.Text, From: c.from(s)}
	if r.Who == "" {
		r.Who = s.Publisher
	}
	return r
}

func (c *collector) from(it *item) from {
	f := from{
		Publisher: clipped(it.Publisher, mostName), Title: clipped(it.Title, mostName), Day: date(day(it.in.published)), Address: web(it.URL),
		Place: string(it.ID),
	}
	if it.Span[1] > it.Span[0] {
		f.Place += fmt.Sprintf(" [%d–%d]", it.Span[0], it.Span[1])
	}
	if f.Publisher == "" {
		f.Publisher = "article"
	}
	if f.Day == "" && !it.Known.IsZero() {
		f.Day = "known " + it.Known.UTC().Format("2 Jan 2006")
	}
	if f.Address != "" {
		f.Link = f.Address + fragment(f.Address, it.Text)
	}
	if web(c.x.opt.Base) != "" {
		f.Page = c.x.page(it.ID)
	}
	return f
}

// state says when a commitment is due and what was decided of it.
func (c *collector) state(it *item) string {
	state := strings.ReplaceAll(it.state, "_", " ")
	due, ok := dueDay(it.com)
	if !ok {
		return "no day given, " + state
	}
	tag := "due " + due.Format("2 Jan 2006")
	if it.state == "not_assessed" && c.x.opt.Now.After(due.AddDate(0, 0, 1)) {
		tag += ", day passed"
	}
	return tag + ", " + state
}

// giver is who a statement or figure is by: across articles where that is known, or else by name.
func (it *item) giver() (key, name string) {
	name = clipped(it.voice(), mostName)
	if name == "" {
		return "publisher " + it.Publisher, "The article itself" + after(": ", clipped(it.Publisher, mostName))
	}
	ids := it.refs()
	if it.stmt != nil {
		ids = it.stmt.Source
	}
	if len(ids) == 1 && it.in.identities[ids[0]] != "" {
		return string(it.in.identities[ids[0]]), name
	}
	return "name " + name, name
}

// small adds to the small print what is not empty and not said there already.
func (r *row) small(parts ...string) {
	for _, p := range parts {
		if p = strings.ReplaceAll(clipped(p, 2*mostName), "_", " "); p != "" && p != r.From.Day {
			r.Small = append(r.Small, p)
		}
	}
}

// tidy makes what comes from texts safe to read and not too long.
func (r *row) tidy() {
	r.Who, r.Tag = clipped(r.Who, 2*mostName), clipped(r.Tag, mostName)
	r.Text, r.Words = clipped(r.Text, mostWords), clipped(r.Words, mostWords)
	for i := range r.Sides {
		r.Sides[i].tidy()
	}
}

// after puts a word before a name, if there is one.
func after(word, name string) string {
	if name == "" {
		return ""
	}
	return word + name
}

// add counts a row and keeps it while there is room.
func (p *part) add(key, name string, r row) {
	p.Count++
	if p.shown == mostRows {
		return
	}
	p.shown++
	g := p.keys[key]
	if g == nil {
		g = &group{Name: name}
		p.keys[key] = g
		p.Groups = append(p.Groups, g)
	}
	g.Rows = append(g.Rows, r)
}

// Hidden is how many rows are not shown.
func (p *part) Hidden() int { return p.Count - p.shown }

// brief puts the parts that have rows in order: groups by size, promises by the day they are due.
func (c *collector) brief() brief {
	b := brief{Style: template.CSS(briefStyle), Policy: policy(), Period: c.period(), Counts: c.counts()}
	if !c.x.opt.Now.IsZero() {
		b.Made = c.x.opt.Now.UTC().Format("2 Jan 2006, 15:04 UTC")
	}
	for _, p := range c.parts {
		if p.Count == 0 {
			continue
		}
		slices.SortStableFunc(p.Groups, func(a, b *group) int {
			return cmp.Or(cmp.Compare(len(b.Rows), len(a.Rows)), cmp.Compare(a.Name, b.Name))
		})
		for _, g := range p.Groups {
			slices.SortStableFunc(g.Rows, byDue)
		}
		b.Parts = append(b.Parts, p)
	}
	return b
}

// byDue puts rows with a day before those without.
func byDue(a, b row) int {
	if a.order.IsZero() != b.order.IsZero() {
		if a.order.IsZero() {
			return 1
		}
		return -1
	}
	return a.order.Compare(b.order)
}

// period is that of the query, or else that of what was found.
func (c *collector) period() string {
	first, last := c.x.opt.Query.From, c.x.opt.Query.To
	if first.IsZero() {
		first = c.first
	}
	if last.IsZero() {
		last = c.last
	}
	if first.IsZero() && last.IsZero() {
		return "no period"
	}
	from, to := first.UTC().Format("2 January 2006"), last.UTC().Format("2 January 2006")
	switch {
	case from == to || last.IsZero():
		return from
	case first.UTC().Format("2006-01") == last.UTC().Format("2006-01"):
		return fmt.Sprintf("%d to %s", first.UTC().Day(), to)
	}
	return from + " to " + to
}

func (c *collector) counts() string {
	total := 0
	for _, p := range c.parts {
		total += p.Count
	}
	return plural(total, "entry", "entries") + " from " + plural(len(c.articles), "article", "articles") + " of " + plural(len(c.publishers), "publisher", "publishers")
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// fragment makes a link go to the words in the page (WICG, URL Fragment Text Directives): all of a few words on one
// line, or the first and last of many.
func fragment(address, words string) string {
	all := strings.Fields(strings.ToValidUTF8(words, "\uFFFD"))
	if len(all) == 0 {
		return ""
	}
	directive := escapeDirective(strings.Join(all, " "))
	if len(all) > 10 || strings.Contains(words, "\n") && len(all) > 1 {
		n := min(4, len(all)/2)
		directive = escapeDirective(strings.Join(all[:n], " ")) + "," + escapeDirective(strings.Join(all[len(all)-n:], " "))
	}
	if strings.Contains(address, "#") {
		return ":~:text=" + directive
	}
	return "#:~:text=" + directive
}

// escapeDirective escapes what has a meaning in a text directive as well as in an address.
func escapeDirective(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(url.QueryEscape(s), "+", "%20"), "-", "%2D")
}
