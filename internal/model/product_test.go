package model

import (
	"math"
	"math/rand/v2"
	"testing"
)

func random(r *rand.Rand, n int, spread float64) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(r.NormFloat64() * spread)
	}
	return x
}

func randomMatrix(r *rand.Rand, in, out int) *matrix {
	rows := make([]int8, in*out)
	for i := range rows {
		rows[i] = int8(r.IntN(2*topWeightByte+1) - topWeightByte)
	}
	scale := make([]float32, out)
	for i := range scale {
		scale[i] = float32(r.Float64()*0.01 + 0.001)
	}
	return newMatrix(in, out, rows, scale, random(r, out, 0.1), true)
}

func identity(n int) transform {
	t := transform{make([]float32, n), make([]float32, n)}
	for i := range t.mul {
		t.mul[i] = 1
	}
	return t
}

func sameBits(t *testing.T, what string, got, want []float32) {
	t.Helper()
	for i := range want {
		if math.Float32bits(got[i]) != math.Float32bits(want[i]) {
			t.Fatalf("%s: element %d is %v (%#x), want %v (%#x)", what, i, got[i], math.Float32bits(got[i]), want[i],
				math.Float32bits(want[i]))
		}
	}
}

// product quantises x and multiplies it by m on route r.
func product(r *route, x []float32, rows int, m *matrix) []float32 {
	var a activations
	a.resize(rows, m.in)
	for i := range rows {
		a.set(r, i, x[i*m.in:(i+1)*m.in], identity(m.in))
	}
	c := make([]float32, roundUp(rows, rowTile)*m.wide)
	r.multiply(c, m.wide, &a, rows, m)
	out := make([]float32, 0, rows*m.out)
	for i := range rows {
		out = append(out, c[i*m.wide:i*m.wide+m.out]...)
	}
	return out
}

func TestProductSameOnAllRoutes(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 60 {
		rows, in, out := 1+rnd.IntN(40), 32*(1+rnd.IntN(12)), 1+rnd.IntN(130)
		m, x := randomMatrix(rnd, in, out), random(rnd, rows*in, 1)
		want := product(&plain, x, rows, m)
		for _, r := range routes() {
			sameBits(t, r.name, product(&r, x, rows, m), want)
		}
	}
}

// The extreme values must not saturate: all activations 127, all weights 31 or -31.
func TestProductDoesNotSaturate(t *testing.T) {
	for _, w := range []int8{topWeightByte, -topWeightByte} {
		const in, out = 1536, 33
		rows := make([]int8, in*out)
		scale := make([]float32, out)
		for i := range rows {
			rows[i] = w
		}
		for i := range scale {
			scale[i] = 1
		}
		m := newMatrix(in, out, rows, scale, make([]float32, out), true)
		x := make([]float32, in)
		for i := range x {
			x[i] = 127
		}
		x[0] = 0
		for _, r := range routes() {
			for j, y := range product(&r, x, 1, m) {
				if want := float32(127*(in-1)) * float32(w); y != want {
					t.Fatalf("%s: column %d is %v, want %v", r.name, j, y, want)
				}
			}
		}
	}
}

func TestProductCloseToFloat(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	const rows, in, out = 16, 384, 96
	m, x := randomMatrix(rnd, in, out), random(rnd, rows*in, 1)
	got := product(&plain, x, rows, m)
	var err, norm float64
	for i := range rows {
		for j := range out {
			want := float64(m.bias[j])
			for k := range in {
				want += float64(x[i*in+k]) * float64(m.rows[j*in+k]) * float64(m.scale[j])
			}
			d := float64(got[i*out+j]) - want
			err, norm = err+d*d, norm+want*want
		}
	}
	if e := math.Sqrt(err / norm); e > 0.02 {
		t.Errorf("relative error %.4f, want at most 0.02", e)
	}
}

func TestPairProductSameOnAllRoutes(t *testing.T) {
	rnd := rand.New(rand.NewPCG(5, 6))
	for range 30 {
		rows, steps := 1+rnd.IntN(40), 8*(1+rnd.IntN(16))
		a, panel := make([]int32, roundUp(rows, rowTile)*steps), make([]int32, steps*panelWidth)
		for _, s := range [][]int32{a, panel} {
			for i := range s {
				s[i] = int32(rnd.IntN(4095)-2047)&0xffff | int32(rnd.IntN(4095)-2047)<<16
			}
		}
		scale := random(rnd, roundUp(rows, rowTile), 1)
		want := make([]float32, roundUp(rows, rowTile)*panelWidth)
		pairProduct(want, panelWidth, a, steps, panel, steps, rows, scale)
		for _, r := range routes() {
			got := make([]float32, len(want))
			r.words(got, panelWidth, a, steps, panel, steps, rows, scale)
			sameBits(t, r.name, got[:rows*panelWidth], want[:rows*panelWidth])
		}
	}
}

func BenchmarkProduct(b *testing.B) {
	rnd := rand.New(rand.NewPCG(7, 8))
	const rows = 128
	for _, r := range routes() {
		for _, s := range []struct {
			name    string
			in, out int
		}{{"384x384", 384, 384}, {"384x1536", 384, 1536}, {"1536x384", 1536, 384}} {
			b.Run(r.name+"/"+s.name, func(b *testing.B) {
				m, x := randomMatrix(rnd, s.in, s.out), random(rnd, rows*s.in, 1)
				var a activations
				a.resize(rows, s.in)
				for i := range rows {
					a.set(&r, i, x[i*s.in:(i+1)*s.in], identity(s.in))
				}
				c := make([]float32, rows*m.wide)
				for b.Loop() {
					r.multiply(c, m.wide, &a, rows, m)
				}
				ops := 2 * float64(rows*s.in*s.out) * float64(b.N)
				b.ReportMetric(ops/b.Elapsed().Seconds()/1e9, "GOP/s")
			})
		}
	}
}
