package model

import "fmt"

// pair is a biaffine score of one word pointing at another or at nothing (after Dozat & Manning 2017).
type pair struct {
	head, dep *matrix
	in        transform // of the dependents' vectors, before meet
	meet      *matrix   // dependent to the vector that meets each head
	none      []float32 // stands for nothing (in trees: for the root) as a head
}

func (f *file) pair(name, none string, hidden, size int, pack bool) pair {
	return pair{
		head: f.matrix(name+".head", size, hidden, pack),
		dep:  f.matrix(name+".dep", size, hidden, pack),
		in:   f.transform(name+".meet", size),
		meet: f.matrix(name+".meet", size, size, pack),
		none: f.floats(name+"."+none, size, 1),
	}
}

// pairVectors is what Output computes of one pair, once a window.
type pairVectors struct {
	ready        bool
	heads, meets []float32 // words × size
	deps         []float32
	quant        activations
}

func (v *pairVectors) prepare(o *Output, p *pair) {
	if v.ready {
		return
	}
	v.ready = true
	v.heads, v.deps = o.project(v.heads, p.head), o.project(v.deps, p.dep)
	v.quant.quantise(&o.m.route, v.deps, o.words, p.meet.in, p.in)
	v.meets = grow(v.meets, roundUp(o.words, rowTile)*p.meet.wide)
	o.m.route.multiply(v.meets, p.meet.wide, &v.quant, o.words, p.meet)
}

// project multiplies the word vectors by w and keeps what is positive (ReLU).
func (o *Output) project(dst []float32, w *matrix) []float32 {
	dst = grow(dst, roundUp(o.words, rowTile)*w.wide)
	o.m.route.multiply(dst, w.wide, &o.vector, o.words, w)
	for i, x := range dst[:o.words*w.wide] {
		dst[i] = max(x, 0)
	}
	return dst
}

// Pairs returns, for a head of pairs ("link", "coref"), the vector of every word as the one that points and as the one
// that is pointed at, words × PairSize in rows. How well word i points at word j is Dot of row i of from and row j of to;
// the words may be of different windows. Both are nil for a head that the model does not have. They hold until the
// workspace's next Read.
func (o *Output) Pairs(name string) (from, to []float32) {
	p, v := o.m.pairs[name], o.pairs[name]
	if p == nil || v == nil {
		return nil, nil
	}
	v.prepare(o, p)
	n := o.words * o.m.header.Config.Pair
	return v.meets[:n], v.heads[:n]
}

// PairSize is the length of a vector of Pairs.
func (m *Model) PairSize() int { return m.header.Config.Pair }

// Nothing is the vector that stands for nothing in a head of pairs: a word whose best score is with it points at
// nothing. It is nil for a head that the model does not have. The caller must not change it.
func (m *Model) Nothing(name string) []float32 {
	if p := m.pairs[name]; p != nil {
		return p.none
	}
	return nil
}

// Dot is the scalar product of two vectors of Pairs, the same bits on every machine.
func (m *Model) Dot(a, b []float32) float32 {
	if len(a) != len(b) || len(a)%lanes != 0 || len(a) == 0 {
		panic(fmt.Sprintf("internal error: model: product of vectors of %d and %d values", len(a), len(b)))
	}
	return m.route.dot(a, b)
}

// Distance is what the distance in words between two mentions adds to the score of the later one going back to the
// earlier; same says whether their head words are spelled alike, but for case.
func (m *Model) Distance(words int, same bool) float32 {
	if len(m.near) == 0 {
		return 0
	}
	class := 0
	for limit := 1; limit < words && class < len(m.near)-1; limit *= 2 {
		class++
	}
	score := m.near[class]
	if same {
		score += m.same
	}
	return score
}
