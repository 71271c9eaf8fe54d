package model

import (
	"errors"
	"fmt"
	"math"
)

// Word is one word of a window.
type Word struct {
	Text string
	Gap  Gap // what stands before it
}

// Errors of Read.
var (
	// ErrTooLong means that the words take more than MaxPieces pieces.
	ErrTooLong = errors.New("window is longer than the model reads")
	// ErrNoWords means that there is nothing to read.
	ErrNoWords = errors.New("window has no words")
)

// expandRows is the number of rows that pass through the wide middle of a layer at once, so that they stay in the
// cache between its two products.
const expandRows = 64

// Workspace holds the memory of one reading; it is reused from window to window. The zero value is ready to use. It
// serves one goroutine at a time.
type Workspace struct {
	ids    []int32
	shapes []int
	firsts []int // piece index of each word's first piece

	x, y, z []float32 // rows × hidden: the stream, attention output, product before the norm
	wide    []float32 // rows × 3*hidden, or expandRows × inner
	quant   activations
	attention
	out Output
}

// attention is the memory of one attention head.
type attention struct {
	query, key []int32 // rows × 16 pairs
	keys       []int32 // panels of 32 keys: 16 × 32 pairs
	values     []int32 // rows/2 × 32 pairs of rows
	weights    []int32 // rows × rows/2 pairs
	scores     []float32
	factor     []float32
}

// Read runs one window: the words of one or more consecutive sentences, MaxPieces-2 pieces at most. The output
// belongs to ws and holds until the next Read with it.
func (m *Model) Read(words []Word, ws *Workspace) (*Output, error) {
	if len(words) == 0 {
		return nil, ErrNoWords
	}
	if err := m.lookUp(words, ws); err != nil {
		return nil, err
	}
	n := len(ws.ids)
	rows, hidden := roundUp(n, lanes), m.header.Config.Hidden
	ws.x, ws.y, ws.z = grow(ws.x, rows*hidden), grow(ws.y, rows*hidden), grow(ws.z, rows*hidden)
	m.embed(ws)
	for i := range m.layers {
		if i == m.header.Config.Merge {
			n = ws.merge(n, hidden)
		}
		m.layers[i].apply(&m.route, ws, n, hidden)
	}
	ws.out.reset(m, ws, len(words))
	return &ws.out, nil
}

// lookUp fills ids, shapes and firsts.
func (m *Model) lookUp(words []Word, ws *Workspace) error {
	ws.ids, ws.shapes, ws.firsts = append(ws.ids[:0], m.pieces.first), append(ws.shapes[:0], 0), ws.firsts[:0]
	for i, w := range words {
		ws.firsts = append(ws.firsts, len(ws.ids))
		ws.ids = m.pieces.cut(ws.ids, w.Text)
		shape := shapeOf(w.Text, w.Gap)
		for len(ws.shapes) < len(ws.ids) {
			ws.shapes = append(ws.shapes, shape)
		}
		if len(ws.ids) > MaxPieces-1 {
			return fmt.Errorf("%w: %d pieces after %d of %d words, room for %d", ErrTooLong, len(ws.ids)-1, i+1,
				len(words), MaxPieces-2)
		}
	}
	ws.ids, ws.shapes = append(ws.ids, m.pieces.last), append(ws.shapes, 0)
	return nil
}

func (m *Model) embed(ws *Workspace) {
	hidden := m.header.Config.Hidden
	for i, id := range ws.ids {
		x, y := ws.x[i*hidden:(i+1)*hidden], ws.y[i*hidden:(i+1)*hidden]
		word, scale := m.word[int(id)*hidden:][:hidden], m.wordScale[id]
		shape := m.shape[ws.shapes[i]*hidden:][:hidden]
		copy(y, m.position[i*hidden:(i+1)*hidden])
		for k := range x {
			x[k] = float32(scale*float32(word[k])) + shape[k]
		}
		m.route.addNorm(x, y, m.norm.gain, m.norm.bias, layerNormEpsilon)
	}
}

// merge puts the mean of its pieces in place of each word of the n rows of ws.x and returns how many rows are left:
// [CLS], the words, [SEP].
func (ws *Workspace) merge(n, hidden int) int {
	row := func(i int) []float32 { return ws.x[i*hidden : (i+1)*hidden] }
	for i, first := range ws.firsts {
		end := n - 1
		if i+1 < len(ws.firsts) {
			end = ws.firsts[i+1]
		}
		mean := row(i + 1) // never behind first: a word has one piece at least
		copy(mean, row(first))
		for k := first + 1; k < end; k++ {
			for j, v := range row(k) {
				mean[j] += v
			}
		}
		if end > first+1 {
			share := 1 / float32(end-first)
			for j := range mean {
				mean[j] *= share
			}
		}
	}
	last := len(ws.firsts) + 1
	copy(row(last), row(n-1))
	return last + 1
}

// apply runs one layer over n rows of ws.x: attention, then the wide middle, each added to its input and normalised.
func (l *layer) apply(r *route, ws *Workspace, n, hidden int) {
	rows := roundUp(n, lanes)
	ws.wide = grow(ws.wide, max(rows*l.attention.wide, expandRows*l.expand.wide))
	ws.quant.quantise(r, ws.x, n, hidden, l.inAttention)
	r.multiply(ws.wide, l.attention.wide, &ws.quant, n, l.attention)
	for head := 0; head < hidden/headSize; head++ {
		ws.attend(r, ws.wide[head*headSize:], ws.y[head*headSize:], n, hidden)
	}
	ws.quant.quantise(r, ws.y, n, hidden, l.inMerge)
	r.multiply(ws.z, hidden, &ws.quant, n, l.merge)
	for i := range n {
		r.addNorm(ws.x[i*hidden:(i+1)*hidden], ws.z[i*hidden:], l.mergeNorm.gain, l.mergeNorm.bias, layerNormEpsilon)
	}
	for from := 0; from < n; from += expandRows {
		l.widen(r, ws, ws.x[from*hidden:], min(expandRows, n-from), hidden)
	}
}

// widen passes n rows of x through the wide middle of the layer.
func (l *layer) widen(r *route, ws *Workspace, x []float32, n, hidden int) {
	inner := l.expand.wide
	ws.quant.quantise(r, x, n, hidden, l.inExpand)
	r.multiply(ws.wide, inner, &ws.quant, n, l.expand)
	r.gelu(ws.wide[:n*inner])
	ws.quant.quantise(r, ws.wide, n, inner, l.inReduce)
	r.multiply(ws.z, hidden, &ws.quant, n, l.reduce)
	for i := range n {
		r.addNorm(x[i*hidden:(i+1)*hidden], ws.z[i*hidden:], l.reduceNorm.gain, l.reduceNorm.bias, layerNormEpsilon)
	}
}

// attend computes one attention head. At q begin the head's columns of the queries; its keys are hidden columns
// further and its values 2*hidden; rows are 3*hidden apart. y gets the head's columns of the output.
//
// Queries and keys become 14-bit and values 12-bit integers with one scale for the head and window; the attention
// weights have 12 bits and are divided by their own sum.
func (ws *Workspace) attend(r *route, q, y []float32, n, hidden int) {
	stride := 3 * hidden
	k, v := q[hidden:], q[2*hidden:]
	peakQ, peakK, peakV := r.peak(q, stride, n), r.peak(k, stride, n), r.peak(v, stride, n)
	a := &ws.attention
	a.resize(n)
	r.packPairs(a.query, 16, q, q[16:], stride, n, ratio(topKey, peakQ))
	r.packPairs(a.key, 16, k, k[16:], stride, n, ratio(topKey, peakK))
	a.transposeKeys(n)
	pairs := (n + 1) / 2
	r.packPairs(a.values, 32, v, v[stride:], 2*stride, pairs, ratio(topValue, peakV))
	r.packPairs(a.values[16:], 32, v[16:], v[stride+16:], 2*stride, pairs, ratio(topValue, peakV))

	scale := float32(peakQ/topKey) * float32(peakK/topKey)
	scale = float32(scale * float32(1/math.Sqrt(headSize)))
	for i := range a.factor {
		a.factor[i] = scale
	}
	columns, half := roundUp(n, panelWidth), roundUp(n, lanes)/2
	for p := 0; p < columns; p += panelWidth {
		r.words(a.scores[p:], columns, a.query, 16, a.keys[p*16:], 16, n, a.factor)
	}
	for i := range n {
		sum := r.weigh(a.weights[i*half:(i+1)*half], a.scores[i*columns:(i+1)*columns], n)
		a.factor[i] = float32(peakV/topValue) / float32(sum)
	}
	r.words(y, hidden, a.weights, half, a.values, half, n, a.factor)
}

func ratio(top, peak float32) float32 {
	if peak == 0 {
		return 0
	}
	return top / peak
}

func (a *attention) resize(n int) {
	rows, columns := roundUp(n, lanes), roundUp(n, panelWidth)
	a.query, a.key = grow(a.query, rows*16), grow(a.key, rows*16)
	a.keys = grow(a.keys, columns*16)
	a.values = grow(a.values, rows/2*headSize)
	a.weights = grow(a.weights, rows*rows/2)
	a.scores = grow(a.scores, rows*columns)
	a.factor = grow(a.factor, rows)
}

// transposeKeys packs the keys into panels: pair k of 32 keys side by side.
func (a *attention) transposeKeys(n int) {
	for i := range n {
		panel := a.keys[i/panelWidth*panelWidth*16+i%panelWidth:]
		for k, pair := range a.key[i*16 : (i+1)*16] {
			panel[k*panelWidth] = pair
		}
	}
}

// quantise takes n rows of x, width apart.
func (a *activations) quantise(r *route, x []float32, n, width int, t transform) {
	a.resize(n, width)
	for i := range n {
		a.set(r, i, x[i*width:(i+1)*width], t)
	}
}
