package eval

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"parley/internal/read"
)

// Judged is an item that was read, with how sure the reader was and whether it is right.
type Judged struct {
	Evidence   float64 // the score before calibration
	Confidence float64
	Right      bool
}

// bins are the lower ends of the classes of confidence in a table of reliability.
var bins = []float64{0, 0.5, 0.6, 0.7, 0.8, 0.9}

// Reliability says for each class of confidence how many of its items are right, and how far confidence and that share
// lie apart on average (the expected calibration error, Naeini et al. 2015), as it is and as it would be if it were
// fitted on one half of the items and applied to the other.
func Reliability(task string, items []Judged) []Row {
	var rows []Row
	for i, low := range bins {
		high := 1.01
		if i+1 < len(bins) {
			high = bins[i+1]
		}
		in := slices.DeleteFunc(slices.Clone(items), func(j Judged) bool { return j.Confidence < low || j.Confidence >= high })
		if len(in) > 0 {
			rows = append(rows, Row{task, fmt.Sprintf("right at %.1f to %.1f, said %.2f", low, min(high, 1), meanConfidence(in)), 100 * share(in), len(in)})
		}
	}
	return append(rows, Row{task, "calibration error", 100 * calibrationError(items), len(items)},
		Row{task, "calibration error, cross-fitted", 100 * crossFitted(items), len(items)})
}

func meanConfidence(items []Judged) float64 {
	sum := 0.0
	for _, j := range items {
		sum += j.Confidence
	}
	return sum / float64(len(items))
}

func share(items []Judged) float64 {
	n := 0
	for _, j := range items {
		if j.Right {
			n++
		}
	}
	return float64(n) / float64(len(items))
}

// calibrationError is the mean distance between said and true shares over ten classes of confidence.
func calibrationError(items []Judged) float64 {
	classes := map[int][]Judged{}
	for _, j := range items {
		k := min(int(10*j.Confidence), 9)
		classes[k] = append(classes[k], j)
	}
	sum := 0.0
	for k := range 10 {
		if in := classes[k]; len(in) > 0 {
			sum += float64(len(in)) * math.Abs(meanConfidence(in)-share(in))
		}
	}
	return sum / float64(max(len(items), 1))
}

func crossFitted(items []Judged) float64 {
	halves := [2][]Judged{}
	for i, j := range items {
		halves[i%2] = append(halves[i%2], j)
	}
	var applied []Judged
	for i, half := range halves {
		curve := Isotonic(halves[1-i])
		for _, j := range half {
			j.Confidence = curve.At(j.Evidence)
			applied = append(applied, j)
		}
	}
	return calibrationError(applied)
}

// leastItems is how many items a step of a curve needs.
const leastItems = 40

// pool is neighbouring items with their mean evidence.
type pool struct{ evidence, right, n float64 }

// poolOf is the items at the head of a sorted list that share one evidence.
func poolOf(items []Judged, evidence float64) pool {
	p := pool{evidence: evidence}
	for _, j := range items {
		if j.Evidence != evidence {
			break
		}
		p.n++
		if j.Right {
			p.right++
		}
	}
	return p
}

// Isotonic fits a curve by the pool-adjacent-violators algorithm (Zadrozny and Elkan 2002). No share is 0 or 1: each is
// counted with one right and one wrong item more (Laplace).
func Isotonic(items []Judged) read.Curve {
	items = slices.Clone(items)
	slices.SortStableFunc(items, func(a, b Judged) int { return cmp.Compare(a.Evidence, b.Evidence) })
	var pools []pool
	for i, j := range items {
		if i > 0 && j.Evidence == items[i-1].Evidence {
			continue // counted with the first of its evidence
		}
		pools = append(pools, poolOf(items[i:], j.Evidence))
		for k := len(pools) - 1; k > 0; k-- {
			a, b := pools[k-1], pools[k]
			if a.n >= leastItems && a.right/a.n < b.right/b.n {
				break
			}
			pools[k-1] = pool{(a.evidence*a.n + b.evidence*b.n) / (a.n + b.n), a.right + b.right, a.n + b.n}
			pools = pools[:k]
		}
	}
	var c read.Curve
	for _, p := range pools {
		c = append(c, read.Point{Evidence: p.evidence, Share: (p.right + 1) / (p.n + 2)})
	}
	if n := len(c); n > 1 && pools[n-1].n < leastItems && c[n-1].Share < c[n-2].Share {
		c = c[:n-1]
	}
	return c
}
