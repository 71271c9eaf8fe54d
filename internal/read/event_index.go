package read

import (
	"slices"
	"sort"

	"parley/internal/document"
)

// timeIndex finds the times of a document without going through all of them.
type timeIndex struct {
	anchored map[int][]int   // by the token they hang on, in the order of Reading.Times
	spans    []document.Span // by their start; the end of each is the furthest up to there
}

// timesAt is the index, made when first asked for: the times are all known before anything is hung on them.
func (sc *scene) timesAt() *timeIndex {
	if sc.index != nil {
		return sc.index
	}
	x := &timeIndex{anchored: map[int][]int{}}
	for n := range sc.r.Times {
		v := sc.timeAnchor(n)
		x.anchored[v] = append(x.anchored[v], n)
		if s := sc.r.Times[n].Span; !s.Empty() {
			x.spans = append(x.spans, s)
		}
	}
	slices.SortFunc(x.spans, func(a, b document.Span) int { return a.Start - b.Start })
	for i := 1; i < len(x.spans); i++ {
		x.spans[i].End = max(x.spans[i].End, x.spans[i-1].End)
	}
	sc.index = x
	return x
}

// overlaps says whether a time shares a byte with a span.
func (x *timeIndex) overlaps(s document.Span) bool {
	k := sort.Search(len(x.spans), func(i int) bool { return x.spans[i].Start >= s.End })
	return k > 0 && x.spans[k-1].End > s.Start
}
