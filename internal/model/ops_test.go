package model

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestElementwiseSameOnAllRoutes(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 1))
	for _, r := range routes() {
		for range 200 {
			n := 32 * (1 + rnd.IntN(12))
			x, y, g, h := random(rnd, n, 3), random(rnd, n, 1), random(rnd, n, 1), random(rnd, n, 1)
			if rnd.IntN(10) == 0 {
				clear(x)
			}
			checkQuantise(t, &r, x, g, h)
			a, b := append([]float32{}, x...), append([]float32{}, x...)
			r.gelu(a)
			gelu(b)
			sameBits(t, r.name+" gelu", a, b)
			copy(a, x)
			copy(b, x)
			r.addNorm(a, y, g, h, 1e-12)
			addNorm(b, y, g, h, 1e-12)
			sameBits(t, r.name+" addNorm", a, b)
			sameBits(t, r.name+" dot", []float32{r.dot(x, y)}, []float32{dot(x, y)})
			sameBits(t, r.name+" peak", []float32{r.peak(x, 32, n/32)}, []float32{peak(x, 32, n/32)})
			checkWeigh(t, &r, x, n-rnd.IntN(32))
			p, q := make([]int32, n/2), make([]int32, n/2)
			r.packPairs(p, 16, x, x[16:], 32, n/32, topKey/peak(x, 32, n/32))
			packPairs(q, 16, x, x[16:], 32, n/32, topKey/peak(x, 32, n/32))
			if peak(x, 32, n/32) > 0 {
				sameInts(t, r.name+" packPairs", p, q)
			}
		}
	}
}

func checkQuantise(t *testing.T, r *route, x, mul, add []float32) {
	t.Helper()
	p, q := make([]uint8, len(x)), make([]uint8, len(x))
	s, l := r.quantise(p, x, mul, add)
	s2, l2 := quantise(q, x, mul, add)
	sameBits(t, r.name+" quantise", []float32{s, l}, []float32{s2, l2})
	for i, v := range q {
		if p[i] != v || v > topByte {
			t.Fatalf("%s quantise: element %d is %d, want %d", r.name, i, p[i], v)
		}
	}
}

func checkWeigh(t *testing.T, r *route, x []float32, n int) {
	t.Helper()
	p, q := make([]int32, len(x)/2), make([]int32, len(x)/2)
	a, b := append([]float32{}, x...), append([]float32{}, x...)
	s, s2 := r.weigh(p, a, n), weigh(q, b, n)
	if s != s2 || s < topWeight {
		t.Fatalf("%s weigh: sum %d, want %d", r.name, s, s2)
	}
	sameInts(t, r.name+" weigh", p[:roundUp(n, 16)/2], q)
}

func sameInts(t *testing.T, what string, got, want []int32) {
	t.Helper()
	for i := range got {
		if got[i] != want[i] {
			t.Fatalf("%s: element %d is %#x, want %#x", what, i, got[i], want[i])
		}
	}
}

func TestGeluIsClose(t *testing.T) {
	for x := -10.0; x <= 10; x += 0.001 {
		v := []float32{float32(x)}
		gelu(v)
		if want := x * 0.5 * (1 + math.Erf(x/math.Sqrt2)); math.Abs(float64(v[0])-want) > 6e-4 {
			t.Fatalf("gelu(%.3f) = %v, want %v", x, v[0], want)
		}
	}
}

func TestExpIsClose(t *testing.T) {
	for x := -80.0; x <= 0; x += 0.001 {
		want := math.Exp(float64(float32(x)))
		if got := float64(exp(float32(x))); math.Abs(got-want) > 1e-5*want {
			t.Fatalf("exp(%v) = %v, want %v", x, got, want)
		}
	}
}
