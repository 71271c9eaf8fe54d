package reconcile

import (
	_ "embed" // for the tables
	"net/url"
	"slices"
	"strings"
	"sync"

	"parley/internal/record"
)

//go:embed tables/furniture.txt
var furnitureFile string

//go:embed tables/reporters.tsv
var reporterFile string

// loadFurniture reads the phrases by which lines under articles are known.
var loadFurniture = sync.OnceValue(func() []string {
	var out []string
	for line := range strings.Lines(furnitureFile) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			out = append(out, line)
		}
	}
	return out
})

// loadReporters reads under which names one reporter publishes: name in lower case → the name used here.
var loadReporters = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for line := range strings.Lines(reporterFile) {
		name, others, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(name, "#") {
			continue
		}
		for _, other := range strings.Split(others, ";") {
			out[other] = name
		}
		out[strings.ToLower(name)] = name
	}
	return out
})

func isFurniture(text string) bool {
	text = strings.ToLower(strings.Join(strings.Fields(text), " "))
	return slices.ContainsFunc(loadFurniture(), func(phrase string) bool { return strings.Contains(text, phrase) })
}

// reporterName is the one name of a reporter.
func reporterName(name string) string {
	name = strings.Join(strings.Fields(name), " ")
	if known := loadReporters()[strings.ToLower(name)]; known != "" {
		return known
	}
	return name
}

// unknownReporter is the label of articles that say nothing of their publisher. They count as one.
const unknownReporter = "unknown publisher"

// originPublisher is who published an article: its publisher, else the host it came from.
func originPublisher(a *record.Article) string {
	if name := reporterName(a.Publisher); name != "" {
		return name
	}
	if u, err := url.Parse(a.URL); err == nil && u.Hostname() != "" {
		return reporterName(strings.TrimPrefix(u.Hostname(), "www."))
	}
	return unknownReporter
}

// originCredits are the agencies credited, each once, in alphabetical order.
func originCredits(credits []string) []string {
	var out []string
	for _, c := range credits {
		if name := reporterName(c); name != "" && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// between stands between several reporters in one label, where it cannot be told which of them it was.
const labelBetween = " / "

func originLabels(label string) []string { return strings.Split(label, labelBetween) }

func (r *originReport) label() string { return strings.Join(r.labels, labelBetween) }

// ownOrigin is the id of what an article reports itself.
func (m *originMatter) ownOrigin() record.ID { return record.NewID("o", string(m.id)) }

// rest calls what is no copy: a credited article is its agency's report, any other its publisher's own. Copies of a
// report are credited too where they make up most of the article. Known is the article's own report, if it was added
// before.
func (m *originMatter) rest(known *originReport) {
	own, basis, note := known, "own", ""
	if own == nil {
		own = &originReport{id: m.ownOrigin(), labels: []string{m.publisher}}
	} else if own.credited {
		basis, note = "credit", "a copy of it credits "+own.label()
	}
	if len(m.credits) > 0 {
		own.labels, own.credited, basis, note = m.credits, true, "credit", ""
		if r := m.credit(); r != nil {
			own = r
		}
	}
	for i := range m.calls {
		if c := &m.calls[i]; c.report == nil {
			c.report, c.basis = own, basis
			if c.note == "" {
				c.note = note
			}
		}
	}
}

// credit brings the article's credits and the reports it copies together. It returns the report that most of the
// article copies, when that is one of a credited agency.
func (m *originMatter) credit() *originReport {
	words := map[*originReport]int{}
	for i, c := range m.calls {
		if c.report != nil {
			words[c.report] += m.sheet.pieces[i].words
		}
	}
	var main *originReport
	for i := range m.calls {
		r := m.calls[i].report
		if r == nil {
			continue
		}
		most := 2*words[r] >= m.sheet.words
		if most && !r.credited {
			r.labels, r.credited = m.credits, true // earlier prints of it did not say whose it was
		}
		common := commonLabels(r.labels, m.credits)
		if !r.credited || len(common) == 0 {
			continue
		}
		r.labels = common
		m.calls[i].basis = "credit"
		if most {
			main = r
		}
	}
	return main
}

func commonLabels(a, b []string) []string {
	var out []string
	for _, x := range a {
		if slices.Contains(b, x) {
			out = append(out, x)
		}
	}
	return out
}

// follow gives short pieces (headings, names of months, stars) the call of the piece before them, else after.
func (m *originMatter) follow() {
	short := func(i int) bool {
		return m.sheet.pieces[i].words < fewWords && m.calls[i].with == nil && m.calls[i].note == ""
	}
	for i := 1; i < len(m.calls); i++ {
		if short(i) && !short(i-1) || short(i) && m.calls[i-1].with != nil {
			m.calls[i] = m.calls[i-1]
		}
	}
	for i := len(m.calls) - 2; i >= 0; i-- {
		if short(i) && m.calls[i+1].with != nil {
			m.calls[i] = m.calls[i+1]
		}
	}
}

// passages joins pieces of one origin, called for the same reason.
func (m *originMatter) passages() []record.Passage {
	var out []record.Passage
	var calls []originCall
	var weight []int
	for i := range m.sheet.pieces {
		c, p := m.calls[i], &m.sheet.pieces[i]
		n := len(out)
		if n > 0 && calls[n-1].joins(&c) {
			w := weight[n-1] + len(p.all)
			if w > 0 {
				calls[n-1].share = (calls[n-1].share*float64(weight[n-1]) + c.share*float64(len(p.all))) / float64(w)
			}
			weight[n-1] = w
			out[n-1].Span[1] = p.span[1]
			continue
		}
		pass := record.Passage{Article: m.id, Span: p.span, Origin: c.report.id, Label: c.report.label(), Basis: c.basis}
		if c.with != nil {
			pass.With = c.with.id
		}
		out, calls, weight = append(out, pass), append(calls, c), append(weight, len(p.all))
	}
	for i := range out {
		out[i].Share = calls[i].share
		out[i].Reason = m.explain(&calls[i])
	}
	return out
}

// joins says whether two calls make one passage.
func (c *originCall) joins(d *originCall) bool {
	beside := func(n string) bool { return n == "" || strings.HasPrefix(n, "it stands beside") }
	return c.report == d.report && c.with == d.with && c.basis == d.basis && c.reason == d.reason &&
		(c.note == d.note || beside(c.note) && beside(d.note))
}
