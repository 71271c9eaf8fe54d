// Package nearest finds, among all sentences of an archive, those that mean most nearly what is asked. In go an archive
// with the meanings of its sentences (record.Meaning) and a direction; out come the sentences closest to it, by the cosine
// between the two. Only meanings of one model are compared. The index lives in memory: it is built from the archive at the
// first search, and brought up to date by the archive's log before every later one.
//
// A search has two steps. Each sentence has a code of 128 bits, the signs of its vector (random hyperplanes: Charikar, STOC
// 2002), which a model turns at random so that every one tells as much as any other (docs/model.md). From a code, sixteen lookups in a table made of the
// vector that is looked for estimate how close the two are. The sentences that seem closest are then put in order by the exact
// products of the vectors. Everything that ties with the last of those is taken too, so that the answer does not depend on the order
// of arrival.
//
// A sentence takes about 170 bytes, with its share of its article. An Index is safe for concurrent use.
package nearest

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"parley/internal/record"
)

// Dimensions is how many numbers a meaning has; others are not compared.
const Dimensions = 128

// MostSentences bounds an index and all beside it: 10 million sentences take 1.7 GB. Where an archive has more, the newest articles
// count.
const MostSentences = 10_000_000

// Archive is what the index is made of.
type Archive interface {
	Meanings(ctx context.Context, of []record.ID) iter.Seq2[record.Meant, error]
	Judgements(ctx context.Context, q record.JudgementQuery) iter.Seq2[record.Judgement, error]
	Mark(ctx context.Context) (last record.Judgement, changes int64, err error)
}

// Index holds the meanings of an archive's sentences.
type Index struct {
	in   Archive
	room *room
	used atomic.Int64 // number of the last search

	mu        sync.RWMutex
	seq       int64 // of the log, up to which the index is
	full      bool  // it was built
	articles  map[record.ID]*article
	list      []*article // the same, in no order
	sentences int
}

// article is one, with its sentences; these take next to all of the memory.
type article struct {
	id        record.ID
	at        int // in Index.list
	known     time.Time
	publisher string
	current   bool
	dropped   bool // its sentences did not fit
	model     string
	spans     [][2]uint32
	codes     []code
	vectors   []int8 // Dimensions for each sentence
}

// New makes an index that is empty until the first search.
func New(in Archive) *Index { return newIndex(in, MostSentences) }

func newIndex(in Archive, most int) *Index {
	return (&room{most: most, filling: make(chan struct{}, 1)}).index(in)
}

// Beside makes an index of another archive. The two, and all that are made beside them, hold no more than MostSentences together: those
// that were searched longest ago give way, and are built again when they are next searched.
func (x *Index) Beside(in Archive) *Index { return x.room.index(in) }

// reading brings the index up to date and locks it for reading, which the caller ends where there is no error.
func (x *Index) reading(ctx context.Context) error {
	x.used.Store(x.room.searches.Add(1))
	for {
		if err := x.refresh(ctx); err != nil {
			return err
		}
		x.mu.RLock()
		if x.full { // else another index took its room just now
			return nil
		}
		x.mu.RUnlock()
	}
}

// is says whether the index is built, up to a place in the log.
func (x *Index) is(seq int64) bool {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.full && x.seq == seq
}

// refresh brings the index up to date. Whoever comes while another does so, or one beside it, waits. The work goes on when ctx ends, so
// that an index that takes longer to build than one answer may take is there for a later one.
func (x *Index) refresh(ctx context.Context) error {
	last, _, err := x.in.Mark(ctx)
	if err != nil || x.is(last.Seq) {
		return err
	}
	select {
	case x.room.filling <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	last, _, err = x.in.Mark(ctx)
	if err != nil || x.is(last.Seq) {
		<-x.room.filling
		return err
	}
	done := make(chan error, 1)
	go func() {
		err := x.fill(context.WithoutCancel(ctx), last.Seq)
		<-x.room.filling
		done <- err
	}()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// fill reads everything, or what the log says has changed, up to a place in it.
func (x *Index) fill(ctx context.Context, seq int64) error {
	if !x.full || seq < x.seq { // a log that got shorter is another archive
		x.clear()
		if err := x.read(ctx, nil); err != nil {
			return err
		}
		x.done(seq)
		return nil
	}
	changed := map[record.ID]bool{}
	for j, err := range x.in.Judgements(ctx, record.JudgementQuery{After: x.seq, Verbs: []string{"ingest", "read", "supersede", "withdraw", "restore", "erase"}}) {
		if err != nil {
			return fmt.Errorf("reading what has changed: %w", err)
		}
		changed[j.Subject] = true
	}
	var ids []record.ID
	for id := range changed {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for part := range slices.Chunk(ids, 500) {
		if err := x.read(ctx, part); err != nil {
			return err
		}
	}
	x.done(seq)
	return nil
}

func (x *Index) done(seq int64) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.seq, x.full = seq, true
}

// read takes articles into the index as they are now: all, for nil. Those that are not there any more leave it.
func (x *Index) read(ctx context.Context, of []record.ID) error {
	const page = 200
	gone := slices.Clone(of)
	var fresh []*article
	for m, err := range x.in.Meanings(ctx, of) {
		if err != nil {
			return err
		}
		fresh = append(fresh, articleOf(&m))
		if at, there := slices.BinarySearch(gone, m.Article); there {
			gone = slices.Delete(gone, at, at+1)
		}
		if len(fresh) == page {
			x.put(fresh, nil)
			fresh = nil
		}
	}
	x.put(fresh, gone)
	return nil
}

// articleOf is an article as the index holds it.
func articleOf(m *record.Meant) *article {
	a := &article{id: m.Article, known: m.Known, publisher: m.Publisher, current: m.State == record.Current}
	if len(m.Sentences) == 0 || len(m.Sentences[0].Vector) != Dimensions {
		return a
	}
	a.model = m.Model
	a.spans, a.codes = make([][2]uint32, len(m.Sentences)), make([]code, len(m.Sentences))
	a.vectors = make([]int8, 0, len(m.Sentences)*Dimensions)
	for i := range m.Sentences {
		s := &m.Sentences[i]
		a.spans[i] = [2]uint32{uint32(s.Span[0]), uint32(s.Span[1])}
		a.codes[i] = codeOf(s.Vector)
		a.vectors = append(a.vectors, s.Vector...)
	}
	return a
}

func (x *Index) clear() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.full, x.articles, x.list, x.sentences = false, map[record.ID]*article{}, nil, 0
}

// put takes articles in, in place of those with their ids, and others out, and makes room for them.
func (x *Index) put(fresh []*article, gone []record.ID) {
	x.change(fresh, gone)
	x.room.fit(x)
}

func (x *Index) change(fresh []*article, gone []record.ID) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, id := range gone {
		x.remove(id)
	}
	for _, a := range fresh {
		x.remove(a.id)
		a.at = len(x.list)
		x.articles[a.id], x.list = a, append(x.list, a)
		x.sentences += len(a.codes)
	}
}

func (x *Index) remove(id record.ID) {
	a := x.articles[id]
	if a == nil {
		return
	}
	last := x.list[len(x.list)-1]
	x.list[a.at], last.at = last, a.at
	x.list = x.list[:len(x.list)-1]
	delete(x.articles, id)
	x.sentences -= len(a.codes)
}

// trim drops the sentences of the oldest articles until a tenth of the room is free.
func (x *Index) trim() {
	x.mu.Lock()
	defer x.mu.Unlock()
	oldest := slices.Clone(x.list)
	slices.SortFunc(oldest, func(a, b *article) int { return cmp.Or(a.known.Compare(b.known), cmp.Compare(a.id, b.id)) })
	for _, a := range oldest {
		if x.sentences <= x.room.most-x.room.most/10 {
			return
		}
		if len(a.codes) > 0 {
			x.sentences -= len(a.codes)
			a.dropped, a.spans, a.codes, a.vectors = true, nil, nil, nil
		}
	}
}
