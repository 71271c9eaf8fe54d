package reconcile

import (
	"cmp"
	"hash/fnv"
	"maps"
	"slices"
	"time"

	"parley/internal/record"
)

// Limits that keep the cost of an article bounded however much is told in the window.
const (
	mostPosted  = 96 // frames looked at for one key, the newest first
	mostRanked  = 40 // frames compared with one frame, those that share most keys first
	mostKeyed   = 14 // terms of a frame that make keys
	mostAbout   = 7  // actors of a frame that make keys
	fewestHits  = 2  // keys two frames must share to be compared
	sweepEvery  = 50_000
	mostPresent = 2_000_000 // frames kept at most
)

// keys are what a frame can be found by: somebody or some place in it together with something in it. Frames of one
// matter share several.
func (fr *frame) keys() []uint64 {
	var anchors []string
	for _, id := range fr.about {
		anchors = append(anchors, string(id))
	}
	for _, place := range fr.places {
		anchors = append(anchors, "@"+place)
	}
	if fr.kind != contactFrame {
		for _, name := range slices.Sorted(maps.Keys(fr.others)) {
			anchors = append(anchors, "@"+name)
		}
		for _, id := range fr.art.topics {
			if !slices.Contains(anchors, string(id)) {
				anchors = append(anchors, string(id))
			}
		}
	}
	anchors = anchors[:min(len(anchors), mostAbout)]
	terms := fr.terms[:min(len(fr.terms), mostKeyed)]
	out := make([]uint64, 0, len(anchors)*(len(terms)+1))
	for _, anchor := range anchors {
		if fr.kind == contactFrame {
			out = append(out, keyOf(fr.kind, anchor, ""), keyOf(fr.kind, anchor, fr.act))
			continue
		}
		for _, t := range terms {
			out = append(out, keyOf(fr.kind, anchor, t))
		}
	}
	return out
}

func keyOf(kind frameKind, anchor, term string) uint64 {
	h := fnv.New64a()
	h.Write([]byte{byte(kind)})
	h.Write([]byte(anchor))
	h.Write([]byte{0})
	h.Write([]byte(term))
	return h.Sum64()
}

// keep makes a frame known to later ones.
func (x *Across) keep(f *frame) {
	n := x.next
	x.next++
	x.frames[n] = f
	if f.inside != "" {
		x.inside[f.id] = f.inside
	}
	x.articles[f.art] = append(x.articles[f.art], n)
	for _, k := range f.keys() {
		x.index[k] = append(x.index[k], n)
	}
}

// rivalsOf are the earlier frames that a frame is compared with, those that share most first.
func (x *Across) rivalsOf(f *frame) []*frame {
	hits, touched := x.counters(), []int32{}
	for _, k := range f.keys() {
		list := x.index[k]
		for i := len(list) - 1; i >= 0 && i >= len(list)-mostPosted && list[i] >= x.oldest; i-- {
			if hits[list[i]-x.oldest]++; hits[list[i]-x.oldest] == 1 {
				touched = append(touched, list[i])
			}
		}
	}
	least := fewestHits
	if len(f.terms) < fewestHits && f.kind != contactFrame {
		least = 1
	}
	var order []int32
	for _, n := range touched {
		if int(hits[n-x.oldest]) >= least {
			order = append(order, n)
		}
	}
	slices.SortFunc(order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(hits[b-x.oldest], hits[a-x.oldest]), cmp.Compare(b, a))
	})
	for _, n := range touched {
		hits[n-x.oldest] = 0
	}
	var out []*frame
	for _, n := range order[:min(len(order), mostRanked)] {
		if other := x.frames[n]; other != nil {
			out = append(out, other)
		}
	}
	return out
}

// counters are as many zeros as there are frames in the window, in one slice that is used again.
func (x *Across) counters() []uint16 {
	n := int(x.next - x.oldest)
	if len(x.hits) < n {
		x.hits = make([]uint16, 2*n)
	}
	return x.hits
}

// forget drops what has left the window.
func (x *Across) forget(now time.Time) {
	for x.oldest < x.next {
		f := x.frames[x.oldest]
		if f != nil && now.Sub(f.art.known) <= time.Duration(x.opt.Window)*day && x.next-x.oldest < mostPresent {
			break
		}
		if f != nil {
			delete(x.articles, f.art)
			delete(x.inside, f.id)
		}
		delete(x.frames, x.oldest)
		x.oldest++
	}
	if x.oldest-x.swept < sweepEvery {
		return
	}
	x.swept = x.oldest
	for k, list := range x.index {
		at, _ := slices.BinarySearch(list, x.oldest)
		if at == len(list) {
			delete(x.index, k)
			continue
		}
		x.index[k] = slices.Clone(list[at:])
	}
}

const day = 24 * time.Hour

// conflict makes a contradiction between two frames. It is no surer than they are.
func conflict(a, b *frame, kind string, confidence float64, reason string) record.Link {
	for _, f := range []*frame{a, b} {
		if f.sure > 0 {
			confidence = min(confidence, f.sure)
		}
	}
	return record.Link{Kind: record.Conflict, Type: kind, A: a.id, B: b.id, Confidence: confidence, Reason: reason}
}
