package nearest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/internal/record"
)

// fake is an archive of meanings, with a log.
type fake struct {
	mu       sync.Mutex
	articles map[record.ID]record.Meant
	log      []record.ID
	whole    int // how often everything was read
	fail     error
}

func (f *fake) put(m record.Meant) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.articles == nil {
		f.articles = map[record.ID]record.Meant{}
	}
	f.articles[m.Article] = m
	f.log = append(f.log, m.Article)
}

func (f *fake) erase(id record.ID) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.articles, id)
	f.log = append(f.log, id)
}

func (f *fake) Meanings(_ context.Context, of []record.ID) iter.Seq2[record.Meant, error] {
	return func(yield func(record.Meant, error) bool) {
		f.mu.Lock()
		defer f.mu.Unlock()
		if f.fail != nil {
			yield(record.Meant{}, f.fail)
			return
		}
		if of == nil {
			f.whole++
			for id := range f.articles {
				of = append(of, id)
			}
			slices.SortFunc(of, func(a, b record.ID) int { return f.articles[b].Known.Compare(f.articles[a].Known) })
		}
		for _, id := range of {
			if m, there := f.articles[id]; there && !yield(m, nil) {
				return
			}
		}
	}
}

func (f *fake) Judgements(_ context.Context, q record.JudgementQuery) iter.Seq2[record.Judgement, error] {
	return func(yield func(record.Judgement, error) bool) {
		f.mu.Lock()
		defer f.mu.Unlock()
		for i, id := range f.log[q.After:] {
			if !yield(record.Judgement{Seq: q.After + int64(i) + 1, Subject: id}, nil) {
				return
			}
		}
	}
}

func (f *fake) Mark(context.Context) (record.Judgement, int64, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return record.Judgement{Seq: int64(len(f.log))}, int64(len(f.log)), nil
}

// unit is a vector as a model gives it.
func unit(v []float64) []int8 {
	square := 0.0
	for _, n := range v {
		square += n * n
	}
	out := make([]int8, len(v))
	for i, n := range v {
		out[i] = int8(math.Round(127 * n / math.Sqrt(square)))
	}
	return out
}

// world makes sentences about topics: some hundred directions, and each sentence some way off one of them, with dimensions
// that weigh unequally and a direction that all share, as a model's do.
type world struct {
	rand   *rand.Rand
	topics [][]float64
}

func newWorld(seed uint64) *world {
	w := &world{rand: rand.New(rand.NewPCG(seed, 1))}
	for range 300 {
		w.topics = append(w.topics, w.around(nil, 1))
	}
	return w
}

// around is a direction some way off another.
func (w *world) around(from []float64, off float64) []float64 {
	out := make([]float64, Dimensions)
	for i := range out {
		out[i] = off * w.rand.NormFloat64() / (1 + float64(i)/32)
		if from != nil {
			out[i] += from[i]
		}
	}
	if from == nil {
		out[0] += 2
	}
	return out
}

func (w *world) sentence() []float64 { return w.around(w.topics[w.rand.IntN(len(w.topics))], 0.8) }

// article is the nth, with as many sentences.
func (w *world) article(n, sentences int) record.Meant {
	m := record.Meant{
		Article: record.NewID("d", fmt.Sprint(n)), Known: time.Date(2031, 5, 1, n, 0, 0, 0, time.UTC), Publisher: fmt.Sprint("Paper ", n%3), State: record.Current, Model: "m1",
	}
	for i := range sentences {
		m.Sentences = append(m.Sentences, record.Meaning{Span: record.Span{i * 10, i*10 + 9}, Vector: unit(w.sentence())})
	}
	return m
}

func search(t testing.TB, x *Index, q Query) Found {
	t.Helper()
	if q.Model == "" {
		q.Model = "m1"
	}
	if q.Limit == 0 {
		q.Limit = 10
	}
	found, err := x.Search(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// exactly is what a search would find that compared every sentence.
func exactly(x *Index, q Query) []Hit {
	within, out := x.choose(&q)
	return newScan(&q, within, out.Sentences).best(0)
}

// TestRecall holds how many of the closest sentences the codes let through.
func TestRecall(t *testing.T) {
	w, f := newWorld(7), &fake{}
	for n := range 2500 {
		f.put(w.article(n, 20))
	}
	x := New(f)
	found, all := 0, 0
	for range 100 {
		q := Query{Vector: unit(w.around(w.sentence(), 0.3)), Model: "m1", Limit: 10}
		got := search(t, x, q).Hits
		for _, want := range exactly(x, q) {
			all++
			if slices.Contains(got, want) {
				found++
			}
		}
	}
	t.Logf("%d of %d among %d sentences", found, all, x.sentences)
	if found < all*99/100 {
		t.Errorf("%d of the %d closest were found", found, all)
	}
}

func TestSearch(t *testing.T) {
	w, f := newWorld(1), &fake{}
	for n := range 400 {
		f.put(w.article(n, 3))
	}
	x := New(f)
	asked := f.articles[record.NewID("d", "7")].Sentences[1]
	found := search(t, x, Query{Vector: asked.Vector})
	if best := found.Hits[0]; best.Article != record.NewID("d", "7") || best.Span != asked.Span || math.Abs(best.Closeness-1) > 1e-9 || found.Sentences != 1200 || len(found.Hits) != 10 {
		t.Errorf("%+v", found)
	}
	for i := range found.Hits[1:] {
		if found.Hits[i].before(&found.Hits[i+1]) >= 0 {
			t.Errorf("not in order: %+v", found.Hits)
		}
	}
	if got := search(t, x, Query{Vector: asked.Vector, Least: 0.999}); len(got.Hits) != 1 {
		t.Errorf("below the floor: %+v", got.Hits)
	}
	if got := search(t, x, Query{Vector: asked.Vector, Model: "m2"}); len(got.Hits) != 0 || got.Others != 400 {
		t.Errorf("of another model: %+v", got)
	}
	for _, bad := range [][]int8{nil, make([]int8, 64)} {
		if _, err := x.Search(t.Context(), Query{Vector: bad}); !errors.Is(err, ErrVector) {
			t.Error(err)
		}
	}
	if got := search(t, x, Query{Vector: make([]int8, Dimensions), Least: 0.1}); len(got.Hits) != 0 {
		t.Errorf("nothing is close to nothing: %+v", got.Hits)
	}
	m, model, ok, err := x.Sentence(t.Context(), record.NewID("d", "7"), 15)
	if err != nil || !ok || model != "m1" || cmp.Diff(asked, m) != "" {
		t.Errorf("%+v %q %v %v", m, model, ok, err)
	}
	if _, _, ok, _ := x.Sentence(t.Context(), record.NewID("d", "7"), 9); ok {
		t.Error("a sentence where there is none")
	}
}

func TestFilters(t *testing.T) {
	w, f := newWorld(2), &fake{}
	for n := range 30 {
		m := w.article(n, 1)
		if n%10 == 9 {
			m.State = record.Withdrawn
		}
		f.put(m)
	}
	x, at := New(f), func(n int) time.Time { return time.Date(2031, 5, 1, n, 0, 0, 0, time.UTC) }
	for name, c := range map[string]struct {
		q    Query
		want int
	}{
		"current": {Query{}, 27}, "all": {Query{All: true}, 30}, "publisher": {Query{Publishers: []string{"Paper 1"}}, 9}, "from": {Query{From: at(20)}, 9},
		"to": {Query{To: at(4)}, 5}, "as of": {Query{AsOf: at(4)}, 5}, "withdrawn later": {Query{AsOf: at(9)}, 10},
		"withdrawn then": {Query{AsOf: at(4), Past: map[record.ID]bool{record.NewID("d", "3"): true}}, 4},
	} {
		c.q.Vector, c.q.Least, c.q.Limit = unit(w.sentence()), -1, 100
		if got := search(t, x, c.q); len(got.Hits) != c.want || got.Sentences != c.want {
			t.Errorf("%s: %d sentences, not %d", name, len(got.Hits), c.want)
		}
	}
}

// TestChanges holds that an index that followed the changes is the same as one that is built anew.
func TestChanges(t *testing.T) {
	w, f := newWorld(3), &fake{}
	for n := range 250 {
		f.put(w.article(n, 2))
	}
	x := New(f)
	asked := unit(w.sentence())
	search(t, x, Query{Vector: asked})
	for n := range 50 {
		f.put(w.article(n, 4)) // read again
		f.put(w.article(1000+n, 1))
		f.erase(record.NewID("d", fmt.Sprint(100+n)))
	}
	gone := w.article(60, 2)
	gone.State = record.Withdrawn
	f.put(gone)
	got := search(t, x, Query{Vector: asked, Limit: 100})
	if diff := cmp.Diff(search(t, New(f), Query{Vector: asked, Limit: 100}), got); diff != "" || f.whole != 2 {
		t.Errorf("everything was read %d times\n%s", f.whole, diff)
	}
	if len(x.list) != len(f.articles) || len(x.articles) != len(f.articles) {
		t.Errorf("%d articles, not %d", len(x.list), len(f.articles))
	}
}

// TestBounded holds that memory does: the newest articles stay.
func TestBounded(t *testing.T) {
	w, f := newWorld(4), &fake{}
	for n := range 300 {
		f.put(w.article(n, 10))
	}
	x := newIndex(f, 1000)
	search(t, x, Query{Vector: unit(w.sentence())})
	for n := range 300 {
		f.put(w.article(300+n, 10))
	}
	found := search(t, x, Query{Vector: f.articles[record.NewID("d", "599")].Sentences[0].Vector, Least: -1, Limit: 5000})
	if found.Sentences > 1000 || found.Sentences < 800 || found.Dropped != 600-found.Sentences/10 || found.Hits[0].Article != record.NewID("d", "599") {
		t.Errorf("%d sentences, %d articles dropped", found.Sentences, found.Dropped)
	}
	for _, h := range found.Hits {
		if f.articles[h.Article].Known.Before(time.Date(2031, 5, 1, 500, 0, 0, 0, time.UTC)) {
			t.Fatalf("an old article stayed: %+v", f.articles[h.Article].Known)
		}
	}
}

// TestBeside holds that indexes share their room: the one that was searched longest ago gives way, and is whole when it is asked again.
func TestBeside(t *testing.T) {
	w := newWorld(6)
	var archives [3]*fake
	for i, articles := range []int{60, 40, 30} {
		archives[i] = &fake{}
		for n := range articles {
			archives[i].put(w.article(1000*i+n, 10))
		}
	}
	a := newIndex(archives[0], 1000)
	b, c := a.Beside(archives[1]), a.Beside(archives[2])
	ask := Query{Vector: unit(w.sentence()), Model: "m1", Limit: 5, Least: -1}
	for _, step := range []struct {
		x    *Index
		held [3]int // sentences afterwards
	}{{a, [3]int{600, 0, 0}}, {c, [3]int{600, 0, 300}}, {a, [3]int{600, 0, 300}}, {b, [3]int{600, 400, 0}}, {c, [3]int{0, 400, 300}}} {
		found, err := step.x.Search(t.Context(), ask)
		if err != nil || found.Dropped != 0 {
			t.Fatalf("%+v, %v", found, err)
		}
		if held := [3]int{a.sentences, b.sentences, c.sentences}; held != step.held {
			t.Errorf("held %v, not %v", held, step.held)
		}
	}
	var group sync.WaitGroup
	for _, x := range []*Index{a, b, c} {
		group.Go(func() {
			for range 20 {
				if found, err := x.Search(t.Context(), ask); err != nil || found.Sentences != 10*len(x.in.(*fake).articles) {
					t.Errorf("%d sentences, %v", found.Sentences, err)
				}
			}
		})
	}
	group.Wait()
}

// TestAtOnce searches while articles come in; some who ask do not wait.
func TestAtOnce(t *testing.T) {
	w, f := newWorld(5), &fake{}
	for n := range 500 {
		f.put(w.article(n, 2))
	}
	x, asked := New(f), unit(w.sentence())
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := x.Search(gone, Query{Vector: asked, Model: "m1", Limit: 1}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for range 20 {
				if found, err := x.Search(t.Context(), Query{Vector: asked, Model: "m1", Limit: 5, Least: -1}); err != nil || len(found.Hits) != 5 {
					t.Errorf("%+v, %v", found, err)
				}
			}
		})
	}
	for n := range 40 {
		f.put(w.article(n, 3))
	}
	group.Wait()
	if f.whole != 1 {
		t.Errorf("built %d times", f.whole)
	}
}

func TestTrouble(t *testing.T) {
	f := &fake{fail: errors.New("the disk is gone")}
	x := New(f)
	for range 2 { // the second time it does not hang
		if _, err := x.Search(t.Context(), Query{Vector: make([]int8, Dimensions)}); !errors.Is(err, f.fail) {
			t.Error(err)
		}
	}
	f.fail = nil
	search(t, x, Query{Vector: make([]int8, Dimensions)})
}

// BenchmarkSearch is one search in a million sentences on one core, and which part of the ten closest it finds.
func BenchmarkSearch(b *testing.B) {
	w, f := newWorld(6), &fake{}
	for n := range 40_000 {
		f.put(w.article(n, 25))
	}
	x := New(f)
	asked := make([]Query, 50)
	want := make([][]Hit, len(asked))
	search(b, x, Query{Vector: make([]int8, Dimensions)})
	for i := range asked {
		asked[i] = Query{Vector: unit(w.around(w.sentence(), 0.3)), Model: "m1", Limit: 10}
		want[i] = exactly(x, asked[i])
	}
	for _, compared := range []int{1000, 2000, 5000, candidates} {
		b.Run(fmt.Sprint(compared), func(b *testing.B) {
			n, found := 0, 0
			for b.Loop() {
				i := n % len(asked)
				within, out := x.choose(&asked[i])
				s := newScan(&asked[i], within, out.Sentences)
				for _, h := range s.best(s.threshold(compared)) {
					if slices.Contains(want[i], h) {
						found++
					}
				}
				n++
			}
			b.ReportMetric(float64(found)/float64(10*n), "recall")
		})
	}
}
