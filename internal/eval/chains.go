package eval

import (
	"cmp"
	"math"
	"slices"
)

// ratio is a sum of shares and what it is a share of.
type ratio struct{ part, whole float64 }

func (r *ratio) add(part, whole float64) { r.part, r.whole = r.part+part, r.whole+whole }

func (r ratio) share() float64 {
	if r.whole == 0 {
		return 0
	}
	return r.part / r.whole
}

// chainMetric is the recall and precision of one way of comparing chains, added up over documents.
type chainMetric struct{ recall, precision ratio }

// F1 is the harmonic mean, in per cent.
func (m *chainMetric) F1() float64 {
	p, r := m.precision.share(), m.recall.share()
	if p+r == 0 {
		return 0
	}
	return 100 * 2 * p * r / (p + r)
}

// chainScore compares chains of mentions with annotated ones as the CoNLL scorer does (Pradhan et al. 2014, Scoring
// Coreference Partitions of Predicted Mentions): MUC counts links (Vilain et al. 1995), B³ mentions (Bagga and
// Baldwin 1998), CEAF-e entities (Luo 2005, with phi4). Chains of one mention count on both sides.
type chainScore struct {
	muc, b3, ceaf chainMetric
	mentions      PRF
}

// average is the CoNLL average, in per cent.
func (s *chainScore) average() float64 { return (s.muc.F1() + s.b3.F1() + s.ceaf.F1()) / 3 }

// add compares the chains of one document. Both map mentions, named by any number, to their chain; a mention with
// the same number on both sides is the same one.
func (s *chainScore) add(gold, given map[int]int) {
	s.mentions.Add(compare(keys(gold), keys(given)))
	key, response := gather(gold), gather(given)
	links(&s.muc.recall, key, given)
	links(&s.muc.precision, response, gold)
	shared := overlaps(gold, given)
	for _, pair := range shared {
		same := float64(pair.mentions * pair.mentions)
		s.b3.recall.part += same / float64(len(key[pair.gold]))
		s.b3.precision.part += same / float64(len(response[pair.given]))
	}
	s.b3.recall.whole += float64(len(gold))
	s.b3.precision.whole += float64(len(given))
	alike := aligned(key, response, shared)
	s.ceaf.recall.add(alike, float64(len(key)))
	s.ceaf.precision.add(alike, float64(len(response)))
}

func keys(chainOf map[int]int) map[int]bool {
	out := make(map[int]bool, len(chainOf))
	for mention := range chainOf {
		out[mention] = true
	}
	return out
}

// gather is the mentions of each chain.
func gather(chainOf map[int]int) map[int][]int {
	out := map[int][]int{}
	for mention, chain := range chainOf {
		out[chain] = append(out[chain], mention)
	}
	return out
}

// links counts the links a chain needs at least, and how many of them are left when the other side cuts it.
func links(r *ratio, chains map[int][]int, other map[int]int) {
	for _, mentions := range chains {
		parts, seen := 0, map[int]bool{}
		for _, m := range mentions {
			chain, ok := other[m]
			if !ok || !seen[chain] {
				parts++
			}
			if ok {
				seen[chain] = true
			}
		}
		r.add(float64(len(mentions)-parts), float64(len(mentions)-1))
	}
}

// overlap is how many mentions two chains share.
type overlap struct{ gold, given, mentions int }

// overlaps are the pairs of chains that share mentions, always in one order: the last digit of a sum depends on it.
func overlaps(gold, given map[int]int) []overlap {
	type pair struct{ gold, given int }
	counts := map[pair]int{}
	for mention, chain := range gold {
		if other, ok := given[mention]; ok {
			counts[pair{chain, other}]++
		}
	}
	var out []overlap
	for p, n := range counts {
		out = append(out, overlap{p.gold, p.given, n})
	}
	slices.SortFunc(out, func(a, b overlap) int { return cmp.Or(a.gold-b.gold, a.given-b.given) })
	return out
}

// aligned is the greatest sum of phi4, 2·|K∩R| / (|K|+|R|), over the ways of giving each chain one of the other side.
func aligned(key, response map[int][]int, shared []overlap) float64 {
	rows, columns := map[int]int{}, map[int]int{}
	for _, pair := range shared { // chains that share nothing add nothing
		if _, ok := rows[pair.gold]; !ok {
			rows[pair.gold] = len(rows)
		}
		if _, ok := columns[pair.given]; !ok {
			columns[pair.given] = len(columns)
		}
	}
	n := max(len(rows), len(columns))
	gain := make([][]float64, n)
	for i := range gain {
		gain[i] = make([]float64, n)
	}
	for _, pair := range shared {
		gain[rows[pair.gold]][columns[pair.given]] = 2 * float64(pair.mentions) / float64(len(key[pair.gold])+len(response[pair.given]))
	}
	return assign(gain)
}

// assign is the greatest sum of a square matrix with one entry from each row and column, by the Hungarian method
// (Kuhn 1955) with potentials, in time n³.
func assign(gain [][]float64) float64 {
	n := len(gain)
	u, v := make([]float64, n+1), make([]float64, n+1) // potentials of rows and columns, counted from 1
	rowOf, way := make([]int, n+1), make([]int, n+1)
	for i := 1; i <= n; i++ {
		rowOf[0] = i
		at := 0
		least, used := make([]float64, n+1), make([]bool, n+1)
		for j := range least {
			least[j] = math.Inf(1)
		}
		for rowOf[at] != 0 {
			used[at] = true
			row, next, delta := rowOf[at], 0, math.Inf(1)
			for j := 1; j <= n; j++ {
				if used[j] {
					continue
				}
				if cost := -gain[row-1][j-1] - u[row] - v[j]; cost < least[j] {
					least[j], way[j] = cost, at
				}
				if least[j] < delta {
					delta, next = least[j], j
				}
			}
			for j := range n + 1 {
				if used[j] {
					u[rowOf[j]] += delta
					v[j] -= delta
				} else {
					least[j] -= delta
				}
			}
			at = next
		}
		for at != 0 {
			rowOf[at] = rowOf[way[at]]
			at = way[at]
		}
	}
	sum := 0.0
	for j := 1; j <= n; j++ {
		sum += gain[rowOf[j]-1][j-1]
	}
	return sum
}
