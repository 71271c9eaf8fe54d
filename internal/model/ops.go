package model

import "math"

// The functions of this file define the arithmetic of the element-wise steps. Assembly routes must give the same bits,
// so the order of every sum is fixed (16 lanes, folded 8, 4, 2, 1 apart) and every product is rounded before it is
// added: the explicit float32 conversions forbid the compiler to fuse a multiplication with an addition.

const (
	lanes = 16
	// Activations have 7 bits and weights 6, so that a word holds four sums of VPMADDUBSW: 4*2*127*31 < 1<<15.
	topByte       = 127
	topWeightByte = 31

	topKey    = 8191 // queries and keys: 8191*8191*32 < 1<<31
	topValue  = 2047 // values and attention weights: 2047*4095*256 < 1<<31
	topWeight = 4095
	masked    = -1e30         // outweighed by every score
	rounding  = 1.5 * 8388608 // adding and subtracting it rounds a small float32 to the nearest even integer
)

// quantise maps x*mul+add onto 0..127: x*mul+add ≈ scale*dst + low.
func quantise(dst []uint8, x, mul, add []float32) (scale, low float32) {
	low, high := float32(math.MaxFloat32), float32(-math.MaxFloat32)
	mul, add, dst = mul[:len(x)], add[:len(x)], dst[:len(x)]
	for i, v := range x {
		v = float32(v*mul[i]) + add[i]
		low, high = min(low, v), max(high, v)
	}
	if low == 0 {
		low = 0 // not -0
	}
	span := high - low
	var inverse float32
	if span > 0 {
		inverse, scale = topByte/span, span/topByte
	}
	for i, v := range x {
		v = float32(v*mul[i]) + add[i]
		dst[i] = uint8(int32(round(float32((v - low) * inverse))))
	}
	return scale, low
}

func round(x float32) float32 { return float32(x+rounding) - rounding }

// Odd polynomial for the normal distribution function less one half on [-4, 4]; error of gelu below 2e-4, a
// hundredth of the step of the quantisation that follows.
const geluLimit = 4

var geluCoefficients = [7]float32{0.3978833258152008, -0.06457307189702988, 0.008772369474172592,
	-0.00081401172792539, 4.795514905708842e-05, -1.5985843901944463e-06, 2.278110322606608e-08}

// gelu replaces x by x*Φ(x) (Hendrycks & Gimpel 2016).
func gelu(x []float32) {
	c := &geluCoefficients
	for i, v := range x {
		u := max(min(v, geluLimit), -geluLimit)
		t := float32(u * u)
		p := c[6]
		for k := 5; k >= 0; k-- {
			p = float32(p*t) + c[k]
		}
		x[i] = float32(v * (float32(p*u) + 0.5))
	}
}

// addNorm replaces x by the layer normalisation (Ba et al. 2016) of x+y. len(x) is a multiple of 16.
func addNorm(x, y, gain, bias []float32, epsilon float32) {
	share := 1 / float32(len(x))
	var sum [lanes]float32
	y, gain, bias = y[:len(x)], gain[:len(x)], bias[:len(x)]
	for i := range x {
		x[i] += y[i]
		sum[i%lanes] += x[i]
	}
	mean := float32(fold(&sum) * share)
	sum = [lanes]float32{}
	for i := range x {
		x[i] -= mean
		sum[i%lanes] += float32(x[i] * x[i])
	}
	variance := float32(fold(&sum) * share)
	r := 1 / float32(math.Sqrt(float64(variance+epsilon)))
	for i := range x {
		x[i] = float32(float32(x[i]*r)*gain[i]) + bias[i]
	}
}

func fold(sum *[lanes]float32) float32 {
	for n := lanes / 2; n > 0; n /= 2 {
		for i := range n {
			sum[i] += sum[i+n]
		}
	}
	return sum[0]
}

// dot is the scalar product of two vectors whose length is a multiple of 16.
func dot(a, b []float32) float32 {
	var sum [lanes]float32
	b = b[:len(a)]
	for i := range a {
		sum[i%lanes] += float32(a[i] * b[i])
	}
	return fold(&sum)
}

// peak is the largest absolute value of rows of 32 values, stride apart.
func peak(x []float32, stride, rows int) float32 {
	var top float32
	for r := range rows {
		for _, v := range x[r*stride : r*stride+headSize] {
			top = max(top, math.Float32frombits(math.Float32bits(v)&^(1<<31)))
		}
	}
	return top
}

// packPairs rounds rows of 16 values of low and of high, times factor, to words and joins them: low word, high word.
func packPairs(dst []int32, dstStride int, low, high []float32, stride, rows int, factor float32) {
	for r := range rows {
		d, l, h := dst[r*dstStride:][:16], low[r*stride:][:16], high[r*stride:][:16]
		for i := range d {
			a, b := int32(round(float32(l[i]*factor))), int32(round(float32(h[i]*factor)))
			d[i] = a&0xffff | b<<16
		}
	}
}

// 2^f on [-1/2, 1/2], relative error below 1e-7.
const (
	expFloor = -20
	log2E    = 1.4426950408889634
)

var expCoefficients = [6]float32{1.0000001192092896, 0.6931469440460205, 0.24022120237350464, 0.05550713464617729,
	0.009675541892647743, 0.0013276467798277736}

// exp is e to the power x for x in [-80, 0]; the attention weights stop at expFloor.
func exp(x float32) float32 {
	c := &expCoefficients
	x = float32(x * log2E)
	k := round(x)
	f := x - k
	e := c[5]
	for i := 4; i >= 0; i-- {
		e = float32(e*f) + c[i]
	}
	return math.Float32frombits(uint32(int32(math.Float32bits(e)) + int32(k)<<23))
}

// weigh turns n scores into attention weights of 12 bits (4095 for the best), two in one element of dst, and
// returns their sum. Both slices are used up to the next multiple of 16; the weights beyond n are 0.
func weigh(dst []int32, x []float32, n int) int32 {
	end := roundUp(n, lanes)
	for i := n; i < end; i++ {
		x[i] += masked
	}
	top := float32(masked)
	for _, v := range x[:end] {
		top = max(top, v)
	}
	var sum int32
	for i := 0; i < end; i += 2 {
		a := weight(x[i] - top)
		b := weight(x[i+1] - top)
		sum += a + b
		dst[i/2] = a | b<<16
	}
	return sum
}

func weight(x float32) int32 {
	return int32(round(float32(exp(max(x, expFloor)) * topWeight)))
}

func roundUp(n, to int) int { return (n + to - 1) / to * to }
