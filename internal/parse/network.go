package parse

import (
	"iter"
	"sync"

	"parley/internal/model"
)

// network is what the parser needs of a model; tests put a fake in its place. docs/model.md says what each
// number means.
type network interface {
	// Pieces is how many word pieces a word takes in a window.
	Pieces(word string) int
	// Labels is the inventory of a head: sent, upos, xpos, feats, lemma, name, source, cue, content, rel.
	Labels(head string) []string
	// Transitions are what a label of the head adds to the score of the next word's label, labels × labels, rows from;
	// nil for none.
	Transitions(head string) []float32
	// PairSize is the length of the vectors of Pairs; Nothing stands for nothing among them; Dot is how well one word
	// points at another.
	PairSize() int
	Nothing(name string) []float32
	Dot(from, to []float32) float32
	// Distance is what the distance in words between two mentions adds to the score of coreference, and whether
	// they are spelled alike.
	Distance(words int, same bool) float32
	// Meaning is a direction that stands for what words say together; nil for none.
	Meaning(words iter.Seq[string]) []int8
	// session lends working memory for one document; release gives it back.
	session() session
}

// session reads windows one after the other; each reading is valid until the next.
type session interface {
	read(words []model.Word) (reading, error)
	release()
}

// reading is what the network says of one window.
type reading interface {
	// Scores are the scores of a linear head, one row a word, one column a label, and the labels.
	Scores(head string) ([]float32, []string)
	// Arcs are the scores of heads in the sentence [first, end): a row each dependent, 1+end-first columns,
	// the root first.
	Arcs(first, end int) []float32
	// Pairs are the vectors of every word as one that points and as one that is pointed at; nil for a head the
	// network does not have: link, coref.
	Pairs(name string) (from, to []float32)
	// Rels are the scores of the relations between a dependent and its head, which is -1 for the root. They
	// are valid until the next call.
	Rels(dep, head int) []float32
}

// loaded makes a network of a model. Working memory, some ten megabytes, is kept for the next document.
type loaded struct {
	*model.Model
	idle *sync.Pool // of *model.Workspace
}

func newLoaded(m *model.Model) loaded {
	return loaded{m, &sync.Pool{New: func() any { return new(model.Workspace) }}}
}

func (l loaded) session() session { return &modelSession{l, l.idle.Get().(*model.Workspace)} }

// modelSession holds the working memory of one document's reading.
type modelSession struct {
	network loaded
	ws      *model.Workspace
}

func (s *modelSession) read(words []model.Word) (reading, error) {
	out, err := s.network.Read(words, s.ws)
	if err != nil {
		return nil, err //nolint:wrapcheck // sweep says which tokens were read
	}
	return out, nil
}

func (s *modelSession) release() {
	s.network.idle.Put(s.ws)
	s.ws = nil
}
