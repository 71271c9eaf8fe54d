package parse

import "math"

// spanningTree finds the heads of the best tree over n words with exactly one word under the root and no
// crossing arcs. scores holds a row for each dependent 1…n and row 0 unused, a column for each head 0…n, 0 the
// root; it is changed. Entries on the diagonal are passed over. Ties go to the head further left.
//
// Mostly the best head of every word makes such a tree, and is taken. Else the best tree of any shape is found
// (Chu-Liu/Edmonds, McDonald et al. 2005, cycles contracted one at a time, at most maxContractions of them); where its
// arcs cross, or the cycles do not end, the best projective tree takes its place (the best tree of any shape, when it is
// projective, is that tree too): of the arcs of English treebanks one in two hundred crosses, of those a parser crosses
// most are wrong. One root is had by making every arc from the root dearer than any tree without it could gain, which
// keeps the best of the single-rooted trees (Stanojević and Cohen 2021, "A Root of a Problem").
func spanningTree(scores []float64, n int) []int {
	low, high := math.Inf(1), math.Inf(-1)
	for i, s := range scores {
		if math.IsNaN(s) || math.IsInf(s, 0) {
			s = math.Max(-1e6, math.Min(1e6, s)) // NaN stays; replaced below
			if math.IsNaN(s) {
				s = -1e6
			}
			scores[i] = s
		}
		low, high = math.Min(low, s), math.Max(high, s)
	}
	heads := make([]int, n+1)
	if bestHeads(scores, heads); isTree(heads) {
		return heads // nothing can be better than the best head for every word
	}
	cost := float64(n+1) * (high - low + 1)
	for d := 1; d <= n; d++ {
		scores[d*(n+1)] -= cost
	}
	if !edmonds(scores, heads, maxContractions) || crosses(heads) {
		return projectiveTree(scores, n)
	}
	return heads
}

// maxContractions bounds the cycles that are contracted: each costs the memory and time of a whole matrix, and a
// word salad has one for every other word.
const maxContractions = 24

// edmonds fills heads with the best arborescence into node 0 over len(heads) nodes; false when that takes more
// than left contractions.
func edmonds(scores []float64, heads []int, left int) bool {
	bestHeads(scores, heads)
	cycle := findCycle(heads)
	switch {
	case cycle == nil:
		return true
	case left == 0:
		return false
	}
	return contract(scores, heads, cycle, left-1)
}

// bestHeads gives each word its best head, whatever becomes of the others.
func bestHeads(scores []float64, heads []int) {
	n := len(heads)
	for d := 1; d < n; d++ {
		best := -1
		for h := 0; h < n; h++ {
			if h != d && (best < 0 || scores[d*n+h] > scores[d*n+best]) {
				best = h
			}
		}
		heads[d] = best
	}
}

// isTree says whether heads are a tree with one word under the root and no crossing arcs.
func isTree(heads []int) bool {
	roots := 0
	for _, h := range heads[1:] {
		if h == 0 {
			roots++
		}
	}
	return roots == 1 && findCycle(heads) == nil && !crosses(heads)
}

// contract solves the graph in which the cycle is one node, the last, and opens it again.
func contract(scores []float64, heads, cycle []int, left int) bool {
	n := len(heads)
	inside := make([]bool, n)
	for _, c := range cycle {
		inside[c] = true
	}
	var rest []int
	for i := 0; i < n; i++ {
		if !inside[i] {
			rest = append(rest, i)
		}
	}
	m := len(rest) + 1
	small := make([]float64, m*m)
	leave, enter := make([]int, m), make([]int, m) // per node outside: the node of the cycle it hangs on, and enters at
	for i, v := range rest {
		for j, u := range rest {
			small[i*m+j] = scores[v*n+u]
		}
		leave[i], enter[i] = cycle[0], cycle[0]
		for _, c := range cycle[1:] {
			if scores[v*n+c] > scores[v*n+leave[i]] {
				leave[i] = c
			}
			if gain(scores, heads, n, c, v) > gain(scores, heads, n, enter[i], v) {
				enter[i] = c
			}
		}
		small[i*m+m-1] = scores[v*n+leave[i]]
		small[(m-1)*m+i] = gain(scores, heads, n, enter[i], v)
	}
	solved := make([]int, m)
	if !edmonds(small, solved, left) {
		return false
	}
	for i, v := range rest {
		switch {
		case i == 0:
		case solved[i] == m-1:
			heads[v] = leave[i]
		default:
			heads[v] = rest[solved[i]]
		}
	}
	entry := solved[m-1]
	heads[enter[entry]] = rest[entry]
	return true
}

// gain is what a tree gains when node c of a cycle hangs on v instead of its head in the cycle.
func gain(scores []float64, heads []int, n, c, v int) float64 {
	return scores[c*n+v] - scores[c*n+heads[c]]
}

// findCycle is the first cycle among the heads, nil when they are a tree into node 0.
func findCycle(heads []int) []int {
	seen := make([]int, len(heads)) // 0 not yet, else the walk it was met on
	seen[0] = -1
	for start := 1; start < len(heads); start++ {
		at := start
		for seen[at] == 0 {
			seen[at] = start
			at = heads[at]
		}
		if seen[at] != start {
			continue
		}
		cycle := []int{at}
		for next := heads[at]; next != at; next = heads[next] {
			cycle = append(cycle, next)
		}
		return cycle
	}
	return nil
}
