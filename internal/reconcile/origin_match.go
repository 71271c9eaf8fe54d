package reconcile

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"parley/internal/record"
)

const (
	originCopied = 0.5 // share of a piece's shingles that makes it a copy
	// An article that was edited word by word is known by the sum of its pieces.
	rewritten   = 0.3 // that share, where editedWhole of the whole article stands in the other one
	editedWhole = 0.35
	loneShingle = 6   // shingles (ten words in a row) that a copy shares at least, unless its neighbours are copies too
	lonePiece   = 25  // words outside quotations of a copy that is all that two articles share
	fewWords    = 8   // a piece of fewer words decides nothing by itself
	stockCopies = 3   // articles sharing nothing else that make a piece stock text
	preferMain  = 0.1 // how much less of a piece the article that is copied most may share and still be named
)

// originMatter is one article while its passages are found.
type originMatter struct {
	article   *record.Article
	id        record.ID
	publisher string
	credits   []string
	sheet     *originSheet
	others    []*originArticle       // the articles it shares words with
	shares    [][]originShare        // of each other article: of each piece
	enough    []float64              // of each other article: the share of a piece that makes it a copy
	calls     []originCall           // of each piece
	banned    map[*originReport]bool // reports that a decision says it is no copy of
}

// originShare is how much of a piece stands in another article.
type originShare struct {
	all    float64 // of all its shingles
	bare   float64 // of those of its words outside quotations
	count  int     // shingles
	report *originReport
}

// originCall is what is decided about a piece; report is nil while nothing is.
type originCall struct {
	report *originReport
	with   *originArticle
	share  float64
	basis  string
	note   string // added to the reason
	reason string // in place of the reason
}

// compare measures the pieces against each candidate.
func (m *originMatter) compare(candidates []*originArticle) {
	for _, a := range candidates {
		shares := m.against(a)
		found, all := 0, 0
		for i, s := range shares {
			found += s.count
			all += len(m.sheet.pieces[i].all)
		}
		enough := originCopied
		if float64(found) >= editedWhole*float64(all) {
			enough = rewritten
		}
		m.others, m.shares, m.enough = append(m.others, a), append(m.shares, shares), append(m.enough, enough)
	}
}

// against measures the pieces against one article.
func (m *originMatter) against(a *originArticle) []originShare {
	found := make([]*originReport, len(m.sheet.places))
	start := int32(0)
	for i, end := range a.ends {
		for _, h := range a.hashes[start:end] {
			if at, ok := m.sheet.places[h]; ok && found[at] == nil {
				found[at] = a.reports[i]
			}
		}
		start = end
	}
	out := make([]originShare, len(m.sheet.pieces))
	for i := range m.sheet.pieces {
		p := &m.sheet.pieces[i]
		s := &out[i]
		s.all, s.count, s.report = shareFound(p.all, found)
		s.bare, _, _ = shareFound(p.unquoted, found)
	}
	return out
}

// shareFound is the share of shingles that were found, their number, and the report that most of them belong to.
func shareFound(of []int32, found []*originReport) (share float64, n int, most *originReport) {
	counts := map[*originReport]int{}
	for _, at := range of {
		if r := found[at]; r != nil {
			n++
			if counts[r]++; most == nil || counts[r] > counts[most] {
				most = r
			}
		}
	}
	if len(of) > 0 {
		share = float64(n) / float64(len(of))
	}
	return share, n, most
}

// shareOf is how much of each piece stands in an article.
func (m *originMatter) shareOf(a *originArticle) []float64 {
	out := make([]float64, len(m.sheet.pieces))
	for i, s := range m.against(a) {
		out[i] = s.all
	}
	return out
}

// mostlyQuoted says whether too few words of a piece stand outside quotations to tell whose piece it is.
func (p *originPiece) mostlyQuoted() bool { return p.bare < p.words && p.bare < fewWords }

// copies says whether a piece, taken alone, is a copy of a part of another article.
func (m *originMatter) copies(piece, other int) bool {
	p, s := &m.sheet.pieces[piece], m.shares[other][piece]
	return p.words >= fewWords && !m.banned[s.report] && !p.furniture && !p.mostlyQuoted() && s.count >= loneShingle && s.all >= m.enough[other] && s.bare >= m.enough[other]
}

// decide calls the pieces that are copies for themselves.
func (m *originMatter) decide() {
	order := m.byWords()
	for i := range m.sheet.pieces {
		if m.sheet.pieces[i].furniture {
			continue
		}
		best := 0.0
		for k := range m.others {
			if m.copies(i, k) {
				best = max(best, m.shares[k][i].all)
			}
		}
		if best == 0 || m.stock(i) {
			continue
		}
		for _, k := range order {
			if m.copies(i, k) && m.shares[k][i].all >= best-preferMain {
				m.copy(i, k, "")
				break
			}
		}
	}
}

func (m *originMatter) copy(piece, other int, note string) {
	s := m.shares[other][piece]
	m.calls[piece] = originCall{report: s.report, with: m.others[other], share: s.all, basis: "copy", note: note}
}

// byWords orders the other articles by how many words of this one they hold.
func (m *originMatter) byWords() []int {
	words := make([]int, len(m.others))
	order := make([]int, len(m.others))
	for k := range m.others {
		order[k] = k
		for i := range m.sheet.pieces {
			if m.copies(i, k) {
				words[k] += m.sheet.pieces[i].words
			}
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return words[b] - words[a] })
	return order
}

// stock says whether a piece stands in several articles that share nothing else with this one: background, a message
// or furniture that comes with any story. If it is short, or the publisher is the same, one such article is enough.
func (m *originMatter) stock(piece int) bool {
	lone, house := 0, false
	p := &m.sheet.pieces[piece]
	for k, a := range m.others {
		if !m.copies(piece, k) {
			continue
		}
		for i := range m.sheet.pieces {
			if i != piece && m.copies(i, k) {
				return false
			}
		}
		if 2*p.words >= m.sheet.words || 2*p.words >= a.words {
			return false
		}
		lone++
		house = house || a.publisher == m.publisher && !m.shares[k][piece].report.credited
	}
	stock := lone > 0 && (lone >= stockCopies || house || p.bare < lonePiece)
	if stock {
		m.calls[piece].note = fmt.Sprintf("stock text: articles that share nothing else with this one hold it too (%d found)", lone)
	}
	return stock
}

// settle calls the pieces that prove nothing by themselves (quotations, short ones) and stand beside a copy of the
// same article, from the first to the last and back.
func (m *originMatter) settle() {
	for i := 1; i < len(m.calls); i++ {
		m.lean(i, i-1)
	}
	for i := len(m.calls) - 2; i >= 0; i-- {
		m.lean(i, i+1)
	}
	for i := range m.calls {
		if c := &m.calls[i]; c.report == nil && c.note == "" {
			c.note = m.quotedElsewhere(i)
		}
	}
}

// lean calls a piece after its neighbour, when it too stands in the article that the neighbour copies.
func (m *originMatter) lean(piece, beside int) {
	p, with := &m.sheet.pieces[piece], m.calls[beside].with
	if m.calls[piece].report != nil || m.calls[piece].note != "" || with == nil || p.furniture {
		return
	}
	k := slices.Index(m.others, with)
	if k < 0 || m.banned[m.shares[k][piece].report] {
		return
	}
	if s := m.shares[k][piece]; s.all < m.enough[k] || !p.mostlyQuoted() && s.bare < m.enough[k] {
		return
	}
	m.copy(piece, k, "it stands beside another passage of that article")
}

// quotedElsewhere says of a piece that is no copy that its quotation stands elsewhere too.
func (m *originMatter) quotedElsewhere(piece int) string {
	p := &m.sheet.pieces[piece]
	if p.bare == p.words || p.furniture {
		return ""
	}
	for k, a := range m.others {
		if s := m.shares[k][piece]; s.all >= originCopied && !m.banned[s.report] {
			return fmt.Sprintf("%s carries the same quotation, but its words around it are not the same", a.shown())
		}
	}
	return ""
}

// shown is how a reason names an article.
func (a *originArticle) shown() string {
	return fmt.Sprintf("%s (%s, %s)", a.id, a.publisher, a.known.UTC().Format("2006-01-02"))
}

// explain is the reason for a piece's call.
func (m *originMatter) explain(c *originCall) string {
	if c.reason != "" {
		return c.reason
	}
	var parts []string
	if c.basis == "credit" && len(m.credits) > 0 {
		parts = append(parts, "credited to "+strings.Join(m.credits, " and "))
	}
	if c.with != nil {
		when := "which is earlier"
		if c.with.known.After(m.article.Known) {
			when = "which is later"
		} else if c.with.known.Equal(m.article.Known) {
			when = "of the same time"
		}
		parts = append(parts, fmt.Sprintf("%.0f %% of its wording stands in %s, %s", math.Round(100*c.share), c.with.shown(), when))
	} else if c.basis == "own" {
		parts = append(parts, "no agency is credited and it is no copy of another article")
	}
	if c.note != "" {
		parts = append(parts, c.note)
	}
	return strings.Join(parts, "; ")
}
