package model

import "fmt"

// trees holds the biaffine part of the network (Dozat & Manning 2017).
type trees struct {
	arc pair

	relHead, relDep *matrix
	inRel           transform
	// rel gives, for each label, the vector that meets a head (label-major), and then one constant for each label.
	rel     *matrix
	relRoot []float32
}

func (f *file) trees(c Config, labels int, pack bool) trees {
	return trees{
		arc:     f.pair("arc", "root", c.Hidden, c.Arc, pack),
		relHead: f.matrix("rel.head", c.Rel, c.Hidden, pack),
		relDep:  f.matrix("rel.dep", c.Rel, c.Hidden, pack),
		inRel:   f.transform("rel.meet", c.Rel),
		rel:     f.matrix("rel.meet", labels*(c.Rel+1), c.Rel, pack),
		relRoot: f.floats("rel.root", c.Rel, 1),
	}
}

// treeScores is what Output computes for trees, once a window.
type treeScores struct {
	arc     pairVectors
	ready   bool      // of relations
	relHead []float32 // words × rel
	relDep  []float32
	quant   activations

	block  int       // first dependent of relMeets, -1 for none
	relRow []float32 // relBlock × wide
	arcs   []float32
	rels   []float32
}

// relBlock is the number of dependents whose relation vectors are computed together.
const relBlock = rowTile

func (t *treeScores) reset() { t.arc.ready, t.ready, t.block = false, false, -1 }

// Arcs returns the scores of arcs within the sentence of words [first, end): (end-first) rows of (end-first+1)
// columns, dependent by head. Column 0 is the root and column 1+j the word first+j (a word as its own head is scored
// too and means nothing). The slice holds until the next call.
func (o *Output) Arcs(first, end int) []float32 {
	if first < 0 || end > o.words || first >= end {
		panic(fmt.Sprintf("internal error: model: words %d to %d of %d", first, end, o.words))
	}
	o.tree.arc.prepare(o, &o.m.trees.arc)
	n, size, t, r := end-first, o.m.header.Config.Arc, &o.tree, &o.m.route
	t.arcs = grow(t.arcs, n*(n+1))
	for d := range n {
		meet := t.arc.meets[(first+d)*size:][:size]
		row := t.arcs[d*(n+1) : (d+1)*(n+1)]
		row[0] = r.dot(meet, o.m.trees.arc.none)
		for h := range n {
			row[1+h] = r.dot(meet, t.arc.heads[(first+h)*size:][:size])
		}
	}
	return t.arcs
}

// Rels returns the scores of the relations of word dep under the word head, or under the root when head is -1. The
// slice holds until the next call. Asking for dependents in order is cheapest.
func (o *Output) Rels(dep, head int) []float32 {
	if dep < 0 || dep >= o.words || head < -1 || head >= o.words {
		panic(fmt.Sprintf("internal error: model: arc from %d to %d of %d words", head, dep, o.words))
	}
	size, t, m := o.m.header.Config.Rel, &o.tree, o.m.trees.rel
	if !t.ready {
		t.ready = true
		t.relHead, t.relDep = o.project(t.relHead, o.m.trees.relHead), o.project(t.relDep, o.m.trees.relDep)
	}
	if block := dep / relBlock * relBlock; t.block != block {
		t.block = block
		rows := min(relBlock, o.words-block)
		t.quant.quantise(&o.m.route, t.relDep[block*size:], rows, size, o.m.trees.inRel)
		t.relRow = grow(t.relRow, relBlock*m.wide)
		o.m.route.multiply(t.relRow, m.wide, &t.quant, rows, m)
	}
	vector := o.m.trees.relRoot
	if head >= 0 {
		vector = t.relHead[head*size:][:size]
	}
	labels := m.out / (size + 1)
	row := t.relRow[(dep-t.block)*m.wide:][:m.out]
	t.rels = grow(t.rels, labels)
	for l := range labels {
		t.rels[l] = o.m.route.dot(row[l*size:(l+1)*size], vector) + row[labels*size+l]
	}
	return t.rels
}
