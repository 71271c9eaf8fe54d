package reconcile

import (
	"cmp"
	"slices"
	"time"

	"parley/internal/record"
)

// Origins tells which stretches of which articles are copies of one report, so that ten reprints of one agency story
// count as one source.
//
// In: articles, best in the order they became known. Out: for each article its passages, which cover the whole text.
// A piece of an article (a paragraph; a long one is cut at sentence ends) is a copy when at least half of its word
// shingles (five words, normalised) stand in one other article: containment after Broder, "On the resemblance and
// containment of documents" (1997). Where a third of the whole article stands there, less of a piece is enough. Which articles are worth comparing is told by the smallest hash of every window
// of eight shingles (MinHash taken locally: Schleimer, Wilkerson and Aiken, "Winnowing", 2003), which finds every
// run of twelve equal words, in a paragraph that was cut or joined as well.
//
// What is no proof of copying: a quotation, which several outlets can carry on their own (the words around it must
// agree too, or the paragraphs beside it be copies of the same article); stock text that stands in articles which
// share nothing else; a short piece alone.
//
// A copy takes the origin of what it copies. The rest of an article that credits an agency is that agency's report,
// one for each article unless most of the article is a copy; the rest of any other article is its publisher's own.
// Nothing is random. An Origins is for one goroutine.
type Origins struct {
	window   time.Duration
	newest   time.Time
	days     map[int64]*originDay
	articles map[record.ID]*originArticle
	reports  map[record.ID]*originReport
	same     map[record.ID][]originRuling
	apart    map[record.ID]map[record.ID]bool
}

// OriginOptions are what can be set. The zero value is sound.
type OriginOptions struct {
	WindowDays int // how many days back an article is compared with and remembered; 0: 30
}

// NewOrigins makes an empty memory.
func NewOrigins(opt OriginOptions) *Origins {
	return &Origins{window: time.Duration(cmp.Or(max(opt.WindowDays, 0), 30)) * originDayLength, days: map[int64]*originDay{},
		articles: map[record.ID]*originArticle{}, reports: map[record.ID]*originReport{},
		same: map[record.ID][]originRuling{}, apart: map[record.ID]map[record.ID]bool{}}
}

// originReport is one report, whoever printed it. Its labels change when a later copy credits an agency.
type originReport struct {
	id       record.ID
	labels   []string
	credited bool
}

// originArticle is what is remembered of an article.
type originArticle struct {
	id        record.ID
	publisher string
	known     time.Time
	words     int
	hashes    []uint32 // shingles, piece after piece
	ends      []int32  // where each piece's hashes end
	reports   []*originReport
	gone      bool // added again since: this copy no longer counts
}

// Add finds the passages of an article (Document.ID, Text, Publisher, URL, Credits and Known are read) and remembers
// it. An article that is added again takes the place of what was remembered of it.
func (o *Origins) Add(a *record.Article) []record.Passage {
	id := record.ID(a.Document.ID)
	o.drop(id)
	sheet := newOriginSheet(a.Document.Text)
	m := originMatter{article: a, id: id, sheet: sheet, publisher: originPublisher(a), credits: originCredits(a.Credits),
		calls: make([]originCall, len(sheet.pieces))}
	m.banned = o.banned(id)
	if own := o.reports[m.ownOrigin()]; own != nil {
		m.banned[own] = true // those who copied it first are no proof that it copied them
	}
	m.compare(o.candidates(sheet, id, a.Known))
	m.decide()
	m.settle()
	o.rule(&m)
	m.rest(o.reports[m.ownOrigin()])
	m.follow()
	o.remember(&m)
	return m.passages()
}

// Remember puts an article and the passages once found of it into memory, as Add did at the time: how a memory is
// filled again when an archive is opened. The passages are taken as they are.
func (o *Origins) Remember(a *record.Article, passages []record.Passage) {
	id := record.ID(a.Document.ID)
	o.drop(id)
	sheet := newOriginSheet(a.Document.Text)
	m := originMatter{article: a, id: id, sheet: sheet, publisher: originPublisher(a), calls: make([]originCall, len(sheet.pieces))}
	own := &originReport{id: m.ownOrigin(), labels: []string{m.publisher}}
	for i := range m.calls {
		m.calls[i].report = own
		for k := range passages {
			if p := &passages[k]; p.Span[0] <= sheet.pieces[i].span[0] && sheet.pieces[i].span[0] < p.Span[1] {
				m.calls[i].report = o.report(p)
			}
		}
	}
	o.remember(&m)
}

// report is the report of a passage found earlier.
func (o *Origins) report(p *record.Passage) *originReport {
	r := o.reports[p.Origin]
	if r == nil {
		r = &originReport{id: p.Origin, labels: originLabels(p.Label)}
		o.reports[p.Origin] = r
	}
	if p.Basis == "credit" && !r.credited {
		r.labels, r.credited = originLabels(p.Label), true
	}
	return r
}

// remember keeps what later articles are compared with.
func (o *Origins) remember(m *originMatter) {
	kept := &originArticle{id: m.id, publisher: m.publisher, known: m.article.Known, words: m.sheet.words}
	for i := range m.sheet.pieces {
		p := &m.sheet.pieces[i]
		kept.hashes = append(kept.hashes, p.kept...)
		kept.ends = append(kept.ends, int32(len(kept.hashes)))
		r := m.calls[i].report
		kept.reports = append(kept.reports, r)
		o.reports[r.id] = r
	}
	o.articles[m.id] = kept
	o.index(kept, m)
}

func (o *Origins) drop(id record.ID) {
	if old := o.articles[id]; old != nil {
		old.gone = true
		delete(o.articles, id)
	}
}

// main is the report that most words of an article belong to, the first of equals.
func (a *originArticle) main() *originReport {
	var best *originReport
	counts, start := map[*originReport]int{}, int32(0)
	for i, end := range a.ends {
		counts[a.reports[i]] += int(end - start)
		start = end
	}
	for _, r := range a.reports {
		if best == nil || counts[r] > counts[best] {
			best = r
		}
	}
	return best
}

// originRuling is a same_origin decision about an article.
type originRuling struct {
	other record.ID
	why   string
}

// Decide sets what people decided, all of it, in the order of the log: same_origin and own_origin of two articles,
// the latest about a pair counting. It holds for articles added afterwards, however alike or unlike their words are.
func (o *Origins) Decide(judgements []record.Judgement) {
	latest := map[[2]record.ID]record.Judgement{}
	for _, j := range judgements {
		if j.Verb != "same_origin" && j.Verb != "own_origin" || j.Subject == j.Object {
			continue
		}
		latest[[2]record.ID{min(j.Subject, j.Object), max(j.Subject, j.Object)}] = j
	}
	clear(o.same)
	clear(o.apart)
	for pair, j := range latest {
		for k, id := range pair {
			other := pair[1-k]
			if j.Verb == "same_origin" {
				o.same[id] = append(o.same[id], originRuling{other, record.DecidedBy + j.Who + ": " + j.Why})
				continue
			}
			if o.apart[id] == nil {
				o.apart[id] = map[record.ID]bool{}
			}
			o.apart[id][other] = true
		}
	}
	for _, rulings := range o.same {
		slices.SortFunc(rulings, func(x, y originRuling) int { return cmp.Compare(x.other, y.other) })
	}
}

// rule applies same_origin decisions: what is not found to be a copy becomes part of the other article's report.
func (o *Origins) rule(m *originMatter) {
	var with *originArticle
	var why string
	for _, r := range o.same[m.id] {
		if a := o.articles[r.other]; a != nil && (with == nil || a.known.Before(with.known)) {
			with, why = a, r.why
		}
	}
	if with == nil || len(with.reports) == 0 {
		return
	}
	share := m.shareOf(with)
	for i := range m.calls {
		if c := &m.calls[i]; c.report == nil {
			*c = originCall{report: with.main(), with: with, share: share[i], basis: "copy", reason: why}
		}
	}
}

// banned are the reports of articles that a decision keeps apart from one.
func (o *Origins) banned(id record.ID) map[*originReport]bool {
	out := map[*originReport]bool{}
	for other := range o.apart[id] {
		if a := o.articles[other]; a != nil {
			out[a.main()] = true
		}
	}
	return out
}
