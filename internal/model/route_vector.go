//go:build (amd64 || arm64) && !purego

package model

import "unsafe"

// vector has the element-wise steps in assembly; with completes it.
var vector = route{
	packed: true,
	quantise: func(dst []uint8, x, mul, add []float32) (scale, low float32) {
		return quantiseVector(&dst[0], &x[0], &mul[0], &add[0], len(x))
	},
	gelu: func(x []float32) { geluVector(&x[0], len(x)) },
	addNorm: func(x, y, gain, bias []float32, epsilon float32) {
		addNormVector(&x[0], &y[0], &gain[0], &bias[0], len(x), 1/float32(len(x)), epsilon)
	},
	dot:  func(a, b []float32) float32 { return dotVector(&a[0], &b[0], len(a)) },
	peak: func(x []float32, stride, rows int) float32 { return peakVector(&x[0], stride, rows) },
	packPairs: func(dst []int32, dstStride int, low, high []float32, stride, rows int, factor float32) {
		packPairsVector(&dst[0], dstStride, &low[0], &high[0], stride, rows, factor)
	},
	weigh: func(dst []int32, x []float32, n int) int32 {
		return weighVector((*int16)(unsafe.Pointer(&dst[0])), &x[0], n)
	},
}

// bytesKernel and wordsKernel are products with one panel, in assembly. rows is rounded up to whole tiles.
type (
	bytesKernel func(c *float32, ldc int, a *uint8, lda int, panel *int8, steps int, rows int, rowScale *float32,
		rowLow *float32, colScale *float32, colSum *float32, bias *float32)
	wordsKernel func(c *float32, ldc int, a *int32, lda int, panel *int32, steps int, rows int, rowScale *float32)
)

// with adds the products to the element-wise steps.
func (r route) with(name string, bytes bytesKernel, words wordsKernel) route {
	r.name = name
	r.bytes = func(c []float32, ldc int, a *activations, rows int, m *matrix, p int) {
		bytes(&c[0], ldc, &a.q[0], a.width, &m.panels[p*m.in], m.in/4, rows, &a.scale[0], &a.low[0],
			&m.scale[p], &m.sum[p], &m.bias[p])
	}
	r.words = func(c []float32, ldc int, a []int32, lda int, panel []int32, steps, rows int, scale []float32) {
		words(&c[0], ldc, &a[0], lda, &panel[0], steps, rows, &scale[0])
	}
	return r
}
