package reconcile

import (
	"cmp"
	"slices"
	"time"

	"parley/internal/record"
)

const (
	originDayLength = 24 * time.Hour
	mostPostings    = 32 // articles of one day kept for one hash: stock phrases would fill the index otherwise
	piecePicks      = 8  // articles that a piece is compared with
	articlePicks    = 32 // articles that an article is compared with
)

// originDay indexes the articles of one day, so that a day can be forgotten as a whole.
type originDay struct {
	articles []*originArticle
	heads    map[uint32]int32 // hash → place in postings, plus one
	postings []originPosting
}

// originPosting is an article in a chain of those that have a hash, the latest added first.
type originPosting struct {
	article int32
	next    int32 // place in postings, plus one; 0 at the end
}

func originDayOf(t time.Time) int64 { return t.Unix() / int64(originDayLength/time.Second) }

// index puts an article into its day, and forgets the days that have fallen out of the window. An article dated later
// than it was fetched does not move the window.
func (o *Origins) index(a *originArticle, m *originMatter) {
	now := a.known
	if f := m.article.Fetched; !f.IsZero() && f.Before(now) {
		now = f
	}
	if now.After(o.newest) {
		o.newest = now
		o.forget()
	}
	if originDayOf(a.known) < originDayOf(o.newest.Add(-o.window)) {
		delete(o.articles, a.id)
		return
	}
	day := o.days[originDayOf(a.known)]
	if day == nil {
		day = &originDay{heads: map[uint32]int32{}}
		o.days[originDayOf(a.known)] = day
	}
	day.articles = append(day.articles, a)
	for i := range m.sheet.pieces {
		for _, h := range m.sheet.pieces[i].prints {
			day.add(h, int32(len(day.articles)-1))
		}
	}
}

func (d *originDay) add(hash uint32, article int32) {
	n := 0
	for at := d.heads[hash]; at != 0; at = d.postings[at-1].next {
		if d.postings[at-1].article == article {
			return
		}
		n++
	}
	if n < mostPostings {
		d.postings = append(d.postings, originPosting{article, d.heads[hash]})
		d.heads[hash] = int32(len(d.postings))
	}
}

// forget drops the days before the window, their articles, and the reports that no article has any longer.
func (o *Origins) forget() {
	oldest := originDayOf(o.newest.Add(-o.window))
	dropped := false
	for n, day := range o.days {
		if n >= oldest {
			continue
		}
		dropped = true
		delete(o.days, n)
		for _, a := range day.articles {
			if o.articles[a.id] == a {
				delete(o.articles, a.id)
			}
		}
	}
	if !dropped {
		return
	}
	clear(o.reports)
	for _, a := range o.articles {
		for _, r := range a.reports {
			o.reports[r.id] = r
		}
	}
}

// candidates are the remembered articles that share indexed hashes with a text, those that share most first. Articles
// further away than the window, and those a decision keeps apart, are none.
func (o *Origins) candidates(s *originSheet, id record.ID, known time.Time) []*originArticle {
	low, high := originDayOf(known.Add(-o.window)), originDayOf(known.Add(o.window))
	var days []*originDay
	for n := range o.days {
		if n >= low && n <= high {
			days = append(days, o.days[n])
		}
	}
	total := map[*originArticle]int{}
	for i := range s.pieces {
		hits := map[*originArticle]int{}
		for _, day := range days {
			for _, h := range s.pieces[i].prints {
				for at := day.heads[h]; at != 0; at = day.postings[at-1].next {
					hits[day.articles[day.postings[at-1].article]]++
				}
			}
		}
		for _, a := range mostHits(hits, piecePicks, o.apart[id]) {
			total[a] += hits[a]
		}
	}
	return mostHits(total, articlePicks, nil)
}

// mostHits orders articles by hits, then by when they became known, and takes the first ones.
func mostHits(hits map[*originArticle]int, limit int, not map[record.ID]bool) []*originArticle {
	out := make([]*originArticle, 0, len(hits))
	for a := range hits {
		if !a.gone && !not[a.id] {
			out = append(out, a)
		}
	}
	slices.SortFunc(out, func(x, y *originArticle) int {
		return cmp.Or(hits[y]-hits[x], x.known.Compare(y.known), cmp.Compare(x.id, y.id))
	})
	return out[:min(limit, len(out))]
}
