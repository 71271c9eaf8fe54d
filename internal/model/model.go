package model

import (
	"fmt"
)

// MaxPieces is the length of a window in word pieces, its two special pieces included.
const MaxPieces = 256

const (
	layerNormEpsilon = 1e-12
	headSize         = 32 // values of one attention head
	distances        = 10 // classes of the distance between two mentions
	relations        = "rel"
)

// Model is a loaded network. It does not change and may be shared by goroutines.
type Model struct {
	header Header
	sum    string
	route  route
	pieces *vocabulary

	word      []int8 // vocabulary × hidden
	wordScale []float32
	position  []float32 // positions × hidden, the token type added
	shape     []float32 // shapes × hidden
	norm      layerNorm
	layers    []layer

	inputs transform            // of word vectors, for all heads
	heads  map[string]*matrix   // by name, as in the header's labels
	chains map[string][]float32 // labels × labels: the score of each label after each
	pairs  map[string]*pair     // by name, as in the header's pairs
	near   []float32            // what the distance to an antecedent adds to its score, by class; see Distance
	same   float32              // what equal spelling adds
	trees  trees

	meanings *meanings // nil: none
}

type layerNorm struct{ gain, bias []float32 }

// layer is one transformer block; each in… is how the input of the product after it is quantised.
type layer struct {
	inAttention transform
	attention   *matrix // query, key and value, one below the other
	inMerge     transform
	merge       *matrix
	mergeNorm   layerNorm
	inExpand    transform
	expand      *matrix
	inReduce    transform
	reduce      *matrix
	reduceNorm  layerNorm
}

// LoadBytes reads a weights file (file.go has its format) and keeps its bytes, which must not change afterwards. It takes the
// fastest route this machine has. The errors are ErrNotWeights, ErrNewerFormat, ErrTruncated, ErrDamaged and ErrInvalid, wrapped with
// details.
func LoadBytes(b []byte) (*Model, error) {
	return loadRoute(b, routes()[0])
}

func loadRoute(b []byte, r route) (*Model, error) {
	f, err := openFile(b)
	if err != nil {
		return nil, err
	}
	c := f.header.Config
	if err := c.check(); err != nil {
		return nil, err
	}
	m := &Model{header: f.header, sum: f.sum, route: r}
	m.word = f.ints("word.weight", c.Vocab, c.Hidden)
	m.wordScale = f.floats("word.scale", c.Vocab, 1)
	m.position = f.floats("position", c.Positions, c.Hidden)
	m.shape = f.floats("shape", c.Shapes, c.Hidden)
	m.norm = f.norm("norm", c.Hidden)
	for i := range c.Layers {
		m.layers = append(m.layers, f.layer(fmt.Sprintf("layer.%d.", i), c, r.packed))
	}
	m.inputs = f.transform("words", c.Hidden)
	m.heads, m.chains = map[string]*matrix{}, map[string][]float32{}
	for name, labels := range f.header.Labels {
		if name == relations {
			continue
		}
		m.heads[name] = f.matrix("head."+name, len(labels), c.Hidden, r.packed)
		if chain := "chain." + name; f.has(chain) {
			m.chains[name] = f.floats(chain, len(labels), len(labels))
		}
	}
	m.loadPairs(f)
	m.trees = f.trees(c, len(f.header.Labels[relations]), r.packed)
	m.meanings = f.meanings(c.Vocab)
	m.pieces = newVocabulary(f.bytes("vocab", "text", -1, 1))
	if len(m.pieces.start)+len(m.pieces.inside) != c.Vocab {
		f.fail("vocabulary has %d pieces, want %d", len(m.pieces.start)+len(m.pieces.inside), c.Vocab)
	}
	if f.err == nil && !m.pieces.complete() {
		f.fail("vocabulary lacks a special piece")
	}
	if f.err != nil {
		return nil, f.err
	}
	return m, nil
}

func (m *Model) loadPairs(f *file) {
	m.pairs = map[string]*pair{}
	c := f.header.Config
	for _, name := range f.header.Pairs {
		p := f.pair("pair."+name, "none", c.Hidden, c.Pair, m.route.packed)
		m.pairs[name] = &p
	}
	if f.has("coref.near") {
		m.near = f.floats("coref.near", distances, 1)
		m.same = f.floats("coref.same", 1, 1)[0]
	}
}

func (c Config) check() error {
	for _, n := range []int{c.Hidden, c.Inner, c.Arc, c.Rel, c.Pair} {
		if n <= 0 || n%panelWidth != 0 || n > maxInner {
			return fmt.Errorf("%w: width %d", ErrInvalid, n)
		}
	}
	if c.Layers < 1 || c.Layers > 48 || c.Merge < 1 || c.Merge >= c.Layers || c.Heads*headSize != c.Hidden || c.Vocab < 1 || c.Vocab > 1<<20 ||
		c.Positions < MaxPieces || c.Positions > 1<<16 || c.Shapes != shapes {
		return fmt.Errorf("%w: network size %+v", ErrInvalid, c)
	}
	return nil
}

func (f *file) layer(name string, c Config, pack bool) layer {
	return layer{
		inAttention: f.transform(name+"attention", c.Hidden),
		attention:   f.matrix(name+"attention", 3*c.Hidden, c.Hidden, pack),
		inMerge:     f.transform(name+"merge", c.Hidden),
		merge:       f.matrix(name+"merge", c.Hidden, c.Hidden, pack),
		mergeNorm:   f.norm(name+"merge.norm", c.Hidden),
		inExpand:    f.transform(name+"expand", c.Hidden),
		expand:      f.matrix(name+"expand", c.Inner, c.Hidden, pack),
		inReduce:    f.transform(name+"reduce", c.Inner),
		reduce:      f.matrix(name+"reduce", c.Hidden, c.Inner, pack),
		reduceNorm:  f.norm(name+"reduce.norm", c.Hidden),
	}
}

// Header returns the description of the weights, model card included. The caller must not change it.
func (m *Model) Header() Header { return m.header }

// Version names the weights: their name and the first 12 digits of their checksum, as in "parley-1 3f2a90b1c7de".
func (m *Model) Version() string { return m.header.Name + " " + m.sum[:12] }

// Route names the instructions in use: "avx512-vnni", "avx2" or "plain".
func (m *Model) Route() string { return m.route.name }

// Labels returns the labels of a head in the order of its scores; "rel" names the relations of trees. It is nil for
// an unknown head. The caller must not change it.
func (m *Model) Labels(head string) []string { return m.header.Labels[head] }

// Transitions returns what a label adds to the score of the label of the next word, labels × labels in rows, from by to,
// for a head whose labels were trained as a chain (Lafferty et al. 2001): the best sequence has the largest sum of
// scores and transitions, without any for its start and end. It is nil for the other heads. The caller must not
// change it.
func (m *Model) Transitions(head string) []float32 { return m.chains[head] }

// Pieces returns how many word pieces a word takes in a window: 1 to 8.
func (m *Model) Pieces(text string) int {
	var buffer [maxWordPieces]int32
	return len(m.pieces.cut(buffer[:0], text))
}
