package reconcile

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"parley/internal/record"
)

// AcrossOptions say what Across is told by others. Every field may be left out.
type AcrossOptions struct {
	// Identity gives the identity, across articles, of an actor of one article; empty when it has none.
	// Nil: nobody is known across articles.
	Identity func(actor record.ID) record.ID
	// Origin labels who first reported the words of a span: two spans with one label are not independent.
	// Nil: every article is an origin of its own.
	Origin func(article record.ID, span record.Span) string
	// Window is how many days an entry is compared with later ones; 0: 14. Commitments are followed for a year, or
	// until thirty days after they are due.
	Window int
}

// Across compares the entries of each new article with those of earlier ones. It brings statements, events, figures,
// contacts and commitments to frames (who, what, to whom, where, when, how much), looks only at pairs that share
// somebody and something, and compares those slot by slot. Precision goes before recall: where a slot that matters is
// unknown, a contradiction is not claimed. An Across is for one goroutine.
type Across struct {
	opt      AcrossOptions
	frames   map[int32]*frame // those in the window
	next     int32            // number of the next frame
	oldest   int32            // no frame below it is in the window
	index    map[uint64][]int32
	hits     []uint16                // of each frame, by its number less oldest; zeros between look-ups
	swept    int32                   // oldest when the index was last swept
	articles map[*told][]int32       // frames of each article in the window
	inside   map[record.ID]record.ID // statement of each event in the window that a statement tells
	promises *promises
}

// NewAcross starts with no articles.
func NewAcross(opt AcrossOptions) *Across {
	if opt.Identity == nil {
		opt.Identity = func(record.ID) record.ID { return "" }
	}
	if opt.Origin == nil {
		opt.Origin = func(article record.ID, _ record.Span) string { return string(article) }
	}
	if opt.Window <= 0 {
		opt.Window = 14
	}
	return &Across{opt: opt, frames: map[int32]*frame{}, index: map[uint64][]int32{}, articles: map[*told][]int32{}, inside: map[record.ID]record.ID{}, promises: newPromises()}
}

// acrossShare is what the confidence of a contradiction inside an article is worth between articles: of 12 denials that
// were found between 100,000 real documents, most of them of one government, six were right (bench/README.md).
const acrossShare = 0.7

// Add takes the next article and its record, with archive ids in both, and gives the links between its entries and
// earlier ones, by kind and then the surest first. Articles come in the order of Known.
func (x *Across) Add(a *record.Article, rec *record.Record) []record.Link {
	x.forget(a.Known)
	fresh := x.framesOf(a, rec)
	links := linkSet{seen: map[[2]record.ID]bool{}}
	for _, f := range fresh {
		for _, other := range x.rivalsOf(f) {
			link := x.compare(other, f)
			if link.Kind == record.Conflict && other.text != f.text && (f.art.texts[other.text] || other.art.texts[f.text]) {
				continue // one article is a copy that says both itself
			}
			if link.Kind == record.Conflict {
				if f.art.undated || other.art.undated {
					continue // whether both speak of one time cannot be told
				}
				link.Confidence *= acrossShare
			}
			links.add(link, f.art.known)
		}
	}
	links.dropDoubles(x, fresh)
	for _, link := range omissions(x, fresh) {
		links.add(link, a.Known)
	}
	for _, link := range x.promises.follow(fresh, a.Known) {
		links.add(link, a.Known)
	}
	for _, f := range fresh {
		x.keep(f)
	}
	return links.sorted()
}

// Lapsed are the commitments whose due date passed before now without anything that bears on them: the evidence
// "lapsed". Conditional ones whose condition was never told of are left alone.
func (x *Across) Lapsed(now time.Time) []record.Link { return x.promises.lapsed(now) }

// compare asks of a pair of frames, the earlier first, all that their kinds can be asked, the strongest finding first.
func (x *Across) compare(a, b *frame) record.Link {
	switch {
	case a.kind == figureFrame && b.kind == figureFrame:
		return x.compareFigures(a, b)
	case a.kind == contactFrame && b.kind == contactFrame:
		return compareContacts(a, b)
	case a.kind == eventFrame && b.kind == eventFrame:
		return x.compareEvents(a, b)
	case a.kind == claimFrame && b.kind == claimFrame:
		return x.compareClaims(a, b)
	}
	return record.Link{}
}

// linkSet keeps one link for each pair of entries and kind: the first that is surest.
type linkSet struct {
	list []record.Link
	seen map[[2]record.ID]bool
}

func (s *linkSet) add(link record.Link, known time.Time) {
	if link.Kind == "" {
		return
	}
	link.ID, link.Known = record.NewID("l", link.Kind, string(link.A), string(link.B)), known
	key := [2]record.ID{link.A, link.B}
	if !s.seen[key] {
		s.seen[key] = true
		s.list = append(s.list, link)
		return
	}
	for i := range s.list {
		if old := &s.list[i]; old.A == link.A && old.B == link.B && (old.Kind == link.Kind && link.Confidence > old.Confidence || rank(link.Kind) < rank(old.Kind)) {
			*old = link
		}
	}
}

// dropDoubles takes out contradictions between events where the statements that tell them are paired already.
func (s *linkSet) dropDoubles(x *Across, fresh []*frame) {
	in := map[record.ID]record.ID{}
	for _, f := range fresh {
		in[f.id] = f.inside
	}
	s.list = slices.DeleteFunc(s.list, func(l record.Link) bool {
		return l.Kind == record.Conflict && in[l.B] != "" && s.seen[[2]record.ID{x.inside[l.A], in[l.B]}] && x.inside[l.A] != ""
	})
}

// rank puts what must not be hidden by something weaker first.
func rank(kind string) int {
	return slices.Index([]string{record.Conflict, record.Evidence, record.Corroboration, record.SameClaim}, kind)
}

func (s *linkSet) sorted() []record.Link {
	slices.SortStableFunc(s.list, func(a, b record.Link) int {
		return cmp.Or(cmp.Compare(rank(a.Kind), rank(b.Kind)), cmp.Compare(b.Confidence, a.Confidence), strings.Compare(string(a.ID), string(b.ID)))
	})
	return s.list
}
