package nearest

import (
	"sync"
	"sync/atomic"

	"parley/internal/record"
)

// room is the memory that indexes share. One of them at a time is brought up to date; it empties those that were searched longest ago
// where all together would hold too many sentences. An index that was emptied is built again when it is next searched.
type room struct {
	most     int           // sentences of all indexes
	filling  chan struct{} // holds one while an index is brought up to date
	searches atomic.Int64

	mu      sync.Mutex
	indexes []*Index
}

// index makes another index in the room.
func (r *room) index(in Archive) *Index {
	x := &Index{in: in, room: r, articles: map[record.ID]*article{}}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.indexes = append(r.indexes, x)
	return x
}

// fit makes room for what an index holds: at the cost of others first, then of its own oldest articles. Only the index that is being
// brought up to date asks for that, so that no other changes meanwhile.
func (r *room) fit(x *Index) {
	for {
		held, last := r.held(x)
		switch {
		case held <= r.most:
			return
		case last == nil:
			x.trim()
			return
		}
		last.clear()
	}
}

// held is how many sentences there are, and which other index that holds some was searched longest ago; nil: none.
func (r *room) held(x *Index) (sentences int, last *Index) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, other := range r.indexes {
		sentences += other.sentences
		if other != x && other.sentences > 0 && (last == nil || other.used.Load() < last.used.Load()) {
			last = other
		}
	}
	return sentences, last
}
