package parse

import "math"

// projectiveTree is the best tree without crossing arcs and with one word under the root (Eisner 1996), over
// the same scores as spanningTree, in O(n³) time and O(n²) memory. Root arcs must already be made dear, as
// spanningTree does.
func projectiveTree(scores []float64, n int) []int {
	size := n + 1
	e := eisner{n: size, score: scores}
	for k := range e.value {
		e.value[k], e.split[k] = make([]float64, size*size), make([]int16, size*size)
	}
	for length := 1; length < size; length++ {
		for i := 0; i+length < size; i++ {
			e.span(i, i+length)
		}
	}
	heads := make([]int, size)
	e.read(heads)
	return heads
}

// The four kinds of span between words i and j: an arc from right to left or left to right, and the complete
// span whose head is at its right or left end.
const (
	arcLeft = iota
	arcRight
	fullLeft
	fullRight
)

type eisner struct {
	n     int
	score []float64
	value [4][]float64
	split [4][]int16
}

func (e *eisner) span(i, j int) {
	best, at := math.Inf(-1), i
	for k := i; k < j; k++ {
		if v := e.value[fullRight][i*e.n+k] + e.value[fullLeft][(k+1)*e.n+j]; v > best {
			best, at = v, k
		}
	}
	cell := i*e.n + j
	e.value[arcLeft][cell], e.split[arcLeft][cell] = math.Inf(-1), int16(at)
	if i > 0 {
		e.value[arcLeft][cell] = best + e.score[i*e.n+j]
	}
	e.value[arcRight][cell], e.split[arcRight][cell] = best+e.score[j*e.n+i], int16(at)
	best, at = math.Inf(-1), i
	for k := i; k < j; k++ {
		if v := e.value[fullLeft][i*e.n+k] + e.value[arcLeft][k*e.n+j]; v > best {
			best, at = v, k
		}
	}
	e.value[fullLeft][cell], e.split[fullLeft][cell] = best, int16(at)
	best, at = math.Inf(-1), j
	for k := i + 1; k <= j; k++ {
		if v := e.value[arcRight][i*e.n+k] + e.value[fullRight][k*e.n+j]; v > best {
			best, at = v, k
		}
	}
	e.value[fullRight][cell], e.split[fullRight][cell] = best, int16(at)
}

// read takes the heads from the best complete span over all words.
func (e *eisner) read(heads []int) {
	type part struct{ kind, i, j int }
	stack := []part{{fullRight, 0, e.n - 1}}
	for len(stack) > 0 {
		p := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if p.i == p.j {
			continue
		}
		k := int(e.split[p.kind][p.i*e.n+p.j])
		switch p.kind {
		case arcLeft, arcRight:
			if p.kind == arcLeft {
				heads[p.i] = p.j
			} else {
				heads[p.j] = p.i
			}
			stack = append(stack, part{fullRight, p.i, k}, part{fullLeft, k + 1, p.j})
		case fullLeft:
			stack = append(stack, part{fullLeft, p.i, k}, part{arcLeft, k, p.j})
		case fullRight:
			stack = append(stack, part{arcRight, p.i, k}, part{fullRight, k, p.j})
		}
	}
}

// crosses says whether two arcs of a tree cross: whether a word under an arc has its head beyond the arc.
func crosses(heads []int) bool {
	for d := 1; d < len(heads); d++ {
		low, high := min(d, heads[d]), max(d, heads[d])
		for between := low + 1; between < high; between++ {
			if h := heads[between]; h < low || h > high {
				return true
			}
		}
	}
	return false
}
