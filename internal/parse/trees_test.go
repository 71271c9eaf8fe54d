package parse

import (
	"math"
	"math/rand/v2"
	"testing"
)

// total is the score of a tree, minus infinity when the heads are none or have more than one root.
func total(scores []float64, heads []int, n int) float64 {
	sum, roots := 0.0, 0
	for d := 1; d <= n; d++ {
		if heads[d] == 0 {
			roots++
		}
		if heads[d] == d {
			return math.Inf(-1)
		}
		sum += scores[d*(n+1)+heads[d]]
	}
	if roots != 1 || findCycle(heads) != nil || crossesSlowly(heads) {
		return math.Inf(-1)
	}
	return sum
}

// crossesSlowly compares every arc with every other.
func crossesSlowly(heads []int) bool {
	for a := 1; a < len(heads); a++ {
		for b := 1; b < len(heads); b++ {
			i, j := min(a, heads[a]), max(a, heads[a])
			k, l := min(b, heads[b]), max(b, heads[b])
			if i < k && k < j && j < l {
				return true
			}
		}
	}
	return false
}

// TestSpanningTree compares with all trees over up to five words.
func TestSpanningTree(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		n := 1 + rng.IntN(5)
		scores := make([]float64, (n+1)*(n+1))
		for i := range scores {
			scores[i] = math.Round(rng.NormFloat64() * 10)
		}
		best := math.Inf(-1)
		heads := make([]int, n+1)
		var try func(d int)
		try = func(d int) {
			if d > n {
				best = math.Max(best, total(scores, heads, n))
				return
			}
			for heads[d] = 0; heads[d] <= n; heads[d]++ {
				try(d + 1)
			}
		}
		try(1)
		got := spanningTree(append([]float64(nil), scores...), n)
		if sum := total(scores, got, n); sum != best {
			t.Fatalf("tree %v of %v has %v, the best %v", got, scores, sum, best)
		}
	}
}

func TestSpanningTreeOdd(t *testing.T) {
	const n = 6
	scores := make([]float64, (n+1)*(n+1))
	for i := range scores {
		scores[i] = []float64{math.NaN(), math.Inf(1), math.Inf(-1), 0}[i%4]
	}
	heads := spanningTree(scores, n)
	zero := make([]float64, (n+1)*(n+1))
	if math.IsInf(total(zero, heads, n), -1) {
		t.Errorf("%v is no tree", heads)
	}
}

func BenchmarkSpanningTree(b *testing.B) {
	const n = 250
	rng := rand.New(rand.NewPCG(1, 2))
	scores := make([]float64, (n+1)*(n+1))
	for i := range scores {
		scores[i] = rng.NormFloat64()
	}
	work := make([]float64, len(scores))
	for b.Loop() {
		copy(work, scores)
		spanningTree(work, n)
	}
}

func TestDecodeBIO(t *testing.T) {
	set := bioLabels([]string{"O", "B-A", "I-A", "B-B", "I-B"})
	rows := func(tops ...int) []float32 {
		var out []float32
		for _, top := range tops {
			for l := range set {
				p := 0.05
				if l == top {
					p = 0.8
				}
				out = append(out, float32(math.Log(p)))
			}
		}
		return out
	}
	found := decodeBIO(rows(0, 1, 2, 2, 0, 3, 1), nil, set, nil)
	if len(found) != 3 || found[0].first != 1 || found[0].end != 4 || found[0].kind != "A" || found[1].kind != "B" || found[2].first != 6 {
		t.Errorf("spans %+v", found)
	}
	if found[0].score < 0.79 || found[0].score > 0.81 {
		t.Errorf("score %v", found[0].score)
	}
	if found := decodeBIO(rows(1, 2, 2), nil, set, map[int]bool{1: true}); len(found) != 1 && found[0].end != 1 {
		t.Errorf("a span crosses a break: %+v", found)
	}
	// two labels as good as each other at the middle word: a learned step from inside to inside keeps the span whole
	even := []float32{-9, 0, -9, -1, -9, -1.5, -9, -9, 0}
	steps := []float32{0, 0, 0, 0, 0, 0, 0, 0, 2}
	small := bioLabels([]string{"O", "B", "I"})
	if broken, whole := decodeBIO(even, nil, small, nil), decodeBIO(even, steps, small, nil); len(whole) != 1 || whole[0].end != 3 || len(broken) == 0 {
		t.Errorf("without steps %v, with steps %v; want one span of three words", broken, whole)
	}
	if found := decodeBIO(nil, nil, set, nil); found != nil {
		t.Errorf("spans %+v of nothing", found)
	}
}
