package nearest

import (
	"cmp"
	"container/heap"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"parley/internal/record"
)

// Query says what is looked for, and in which articles.
type Query struct {
	Vector     []int8   // Dimensions numbers
	Model      string   // version of the model that gave it
	Least      float64  // closeness of what is shown, at least
	Limit      int      // sentences at most; none: 0
	Publishers []string // of these only; none: of all
	From, To   time.Time
	AsOf       time.Time // of articles known by then; zero: of all
	// All: also of articles that are not current.
	All bool
	// Past are the articles that were not current at AsOf; without AsOf the index knows which are not.
	Past map[record.ID]bool
}

// Hit is a sentence that was found.
type Hit struct {
	Article   record.ID
	Span      record.Span
	Closeness float64 // cosine, 1 for the same
}

// Found is what a search found, and what it searched.
type Found struct {
	Hits      []Hit // closest first; of equals the one of the lower article id, then the earlier
	Sentences int   // that were compared
	// Others are articles that were not: another model read them, or one that gives no meanings.
	Others int
	// Dropped are articles whose sentences have no room in memory.
	Dropped int
}

// ErrVector says that what was asked is no direction that can be compared.
var ErrVector = errors.New("it has no meaning that can be compared")

// candidates is how many sentences are compared exactly. BenchmarkSearch says what that costs and finds among a million
// made-up sentences, whose dimensions weigh unequally: 8,000 hold all of the ten closest. Among 1,116,721 sentences of the White
// House, by the vectors of parley-4, 2,000 hold all of 400 already.
const candidates = 8000

// Search finds the sentences closest to a direction.
func (x *Index) Search(ctx context.Context, q Query) (Found, error) {
	if len(q.Vector) != Dimensions {
		return Found{}, fmt.Errorf("searching by meaning: %w: it has %d numbers, not %d", ErrVector, len(q.Vector), Dimensions)
	}
	if err := x.reading(ctx); err != nil {
		return Found{}, fmt.Errorf("searching by meaning: %w", err)
	}
	defer x.mu.RUnlock()
	within, out := x.choose(&q)
	s := newScan(&q, within, out.Sentences)
	out.Hits = s.best(s.threshold(candidates))
	return out, nil
}

// Sentence is the meaning of the sentence in which a place of an article lies, and the model that gave it; ok is false
// where there is none.
func (x *Index) Sentence(ctx context.Context, id record.ID, place int) (m record.Meaning, model string, ok bool, err error) {
	if err := x.reading(ctx); err != nil {
		return m, "", false, fmt.Errorf("looking up a sentence: %w", err)
	}
	defer x.mu.RUnlock()
	a := x.articles[id]
	if a == nil {
		return m, "", false, nil
	}
	for i, s := range a.spans {
		if int(s[0]) <= place && place < int(s[1]) {
			return record.Meaning{Span: spanOf(s), Vector: slices.Clone(a.vector(i))}, a.model, true, nil
		}
	}
	return m, "", false, nil
}

func spanOf(s [2]uint32) record.Span { return record.Span{int(s[0]), int(s[1])} }

func (a *article) vector(i int) []int8 { return a.vectors[i*Dimensions:][:Dimensions] }

// choose are the articles that a question is about, and how many of them cannot be searched.
func (x *Index) choose(q *Query) (within []*article, out Found) {
	for _, a := range x.list {
		switch {
		case !q.takes(a):
		case a.dropped:
			out.Dropped++
		case a.model != q.Model:
			out.Others++
		default:
			within = append(within, a)
			out.Sentences += len(a.codes)
		}
	}
	return within, out
}

func (q *Query) takes(a *article) bool {
	current := a.current
	if !q.AsOf.IsZero() {
		current = !q.Past[a.id]
	}
	return (current || q.All) && (len(q.Publishers) == 0 || slices.Contains(q.Publishers, a.publisher)) &&
		(q.From.IsZero() || !a.known.Before(q.From)) && (q.To.IsZero() || !a.known.After(q.To)) && (q.AsOf.IsZero() || !a.known.After(q.AsOf))
}

// scan is one search.
type scan struct {
	q      *Query
	square int32 // of the vector
	by     *estimate
	within []*article
	found  []uint16 // buckets of the sentences, article by article
}

// newScan estimates how close every sentence is.
func newScan(q *Query, within []*article, sentences int) *scan {
	s := &scan{q: q, square: product(q.Vector, q.Vector), by: newEstimate(q.Vector), within: within, found: make([]uint16, 0, sentences)}
	for _, a := range within {
		for i := range a.codes {
			s.found = append(s.found, s.by.bucket(&a.codes[i]))
		}
	}
	return s
}

// threshold is the lowest bucket that one must look into for so many of the sentences that seem closest.
func (s *scan) threshold(want int) uint16 {
	var counts [buckets]int
	for _, b := range s.found {
		counts[b]++
	}
	for b := buckets - 1; b > 0; b-- {
		if want -= counts[b]; want <= 0 {
			return uint16(b)
		}
	}
	return 0
}

// best are the closest of the sentences in the buckets from one on.
func (s *scan) best(least uint16) []Hit {
	var found worst
	at := 0
	for _, a := range s.within {
		for i := range a.codes {
			if at++; s.found[at-1] < least {
				continue
			}
			v := a.vector(i)
			hit := Hit{a.id, spanOf(a.spans[i]), closeness(product(v, s.q.Vector), product(v, v), s.square)}
			switch {
			case hit.Closeness < s.q.Least || s.q.Limit <= 0:
			case len(found) < s.q.Limit:
				heap.Push(&found, hit)
			case hit.before(&found[0]) < 0:
				found[0] = hit
				heap.Fix(&found, 0)
			}
		}
	}
	slices.SortFunc(found, func(a, b Hit) int { return a.before(&b) })
	return found
}

// before orders hits.
func (h *Hit) before(other *Hit) int {
	return cmp.Or(cmp.Compare(other.Closeness, h.Closeness), cmp.Compare(h.Article, other.Article), h.Span[0]-other.Span[0])
}

// worst is a heap of hits with the worst on top.
type worst []Hit

func (w worst) Len() int           { return len(w) }
func (w worst) Less(i, j int) bool { return w[i].before(&w[j]) > 0 }
func (w worst) Swap(i, j int)      { w[i], w[j] = w[j], w[i] }
func (w *worst) Push(v any)        { *w = append(*w, v.(Hit)) }
func (w *worst) Pop() any {
	old := *w
	last := old[len(old)-1]
	*w = old[:len(old)-1]
	return last
}
