//go:build (amd64 || arm64) && !purego

package model

import "unsafe"

// kernels are the assembly functions of one instruction set. Lengths are multiples of 32, rows are rounded up to whole
// tiles, and strides are in elements.
type kernels struct {
	bytes func(c *float32, ldc int, a *uint8, lda int, panel *int8, steps int, rows int, rowScale *float32,
		rowLow *float32, colScale *float32, colSum *float32, bias *float32)
	words func(c *float32, ldc int, a *int32, lda int, panel *int32, steps int, rows int, rowScale *float32)

	quantise  func(dst *uint8, x *float32, mul *float32, add *float32, n int) (scale float32, low float32)
	gelu      func(x *float32, n int)
	addNorm   func(x *float32, y *float32, gain *float32, bias *float32, n int, share float32, epsilon float32)
	dot       func(a *float32, b *float32, n int) float32
	peak      func(x *float32, stride int, rows int) float32
	packPairs func(dst *int32, dstStride int, low *float32, high *float32, stride int, rows int, factor float32)
	weigh     func(dst *int16, x *float32, n int) int32
}

// route wraps the kernels, which take pointers.
func (k kernels) route(name string) route {
	return route{
		name: name, packed: true,
		bytes: func(c []float32, ldc int, a *activations, rows int, m *matrix, p int) {
			k.bytes(&c[0], ldc, &a.q[0], a.width, &m.panels[p*m.in], m.in/4, rows, &a.scale[0], &a.low[0],
				&m.scale[p], &m.sum[p], &m.bias[p])
		},
		words: func(c []float32, ldc int, a []int32, lda int, panel []int32, steps, rows int, scale []float32) {
			k.words(&c[0], ldc, &a[0], lda, &panel[0], steps, rows, &scale[0])
		},
		quantise: func(dst []uint8, x, mul, add []float32) (scale, low float32) {
			return k.quantise(&dst[0], &x[0], &mul[0], &add[0], len(x))
		},
		gelu: func(x []float32) { k.gelu(&x[0], len(x)) },
		addNorm: func(x, y, gain, bias []float32, epsilon float32) {
			k.addNorm(&x[0], &y[0], &gain[0], &bias[0], len(x), 1/float32(len(x)), epsilon)
		},
		dot:  func(a, b []float32) float32 { return k.dot(&a[0], &b[0], len(a)) },
		peak: func(x []float32, stride, rows int) float32 { return k.peak(&x[0], stride, rows) },
		packPairs: func(dst []int32, dstStride int, low, high []float32, stride, rows int, factor float32) {
			k.packPairs(&dst[0], dstStride, &low[0], &high[0], stride, rows, factor)
		},
		weigh: func(dst []int32, x []float32, n int) int32 {
			return k.weigh((*int16)(unsafe.Pointer(&dst[0])), &x[0], n)
		},
	}
}
