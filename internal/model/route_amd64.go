//go:build amd64 && !purego

package model

import (
	"unsafe"

	"golang.org/x/sys/cpu"
)

// routes lists what this machine can run, fastest first.
func routes() []route {
	var list []route
	x := &cpu.X86
	if x.HasAVX2 {
		if x.HasAVX512F && x.HasAVX512BW && x.HasAVX512VL && x.HasAVX512VNNI {
			list = append(list, vnni)
		}
		list = append(list, avx2)
	}
	return append(list, plain)
}

var avx2 = route{
	name: "avx2", packed: true,
	bytes: func(c []float32, ldc int, a *activations, rows int, m *matrix, p int) {
		dotBytesAVX2(&c[0], ldc, &a.q[0], a.width, &m.panels[p*m.in], m.in/4, rows, &a.scale[0], &a.low[0],
			&m.scale[p], &m.sum[p], &m.bias[p])
	},
	words: func(c []float32, ldc int, a []int32, lda int, panel []int32, steps, rows int, scale []float32) {
		dotWordsAVX2(&c[0], ldc, &a[0], lda, &panel[0], steps, rows, &scale[0])
	},
	quantise: func(dst []uint8, x, mul, add []float32) (scale, low float32) {
		return quantiseAVX2(&dst[0], &x[0], &mul[0], &add[0], len(x))
	},
	gelu: func(x []float32) { geluAVX2(&x[0], len(x)) },
	addNorm: func(x, y, gain, bias []float32, epsilon float32) {
		addNormAVX2(&x[0], &y[0], &gain[0], &bias[0], len(x), 1/float32(len(x)), epsilon)
	},
	dot:  func(a, b []float32) float32 { return dotAVX2(&a[0], &b[0], len(a)) },
	peak: func(x []float32, stride, rows int) float32 { return peakAVX2(&x[0], stride, rows) },
	packPairs: func(dst []int32, dstStride int, low, high []float32, stride, rows int, factor float32) {
		packPairsAVX2(&dst[0], dstStride, &low[0], &high[0], stride, rows, factor)
	},
	weigh: func(dst []int32, x []float32, n int) int32 {
		return softmaxAVX2((*int16)(unsafe.Pointer(&dst[0])), &x[0], n)
	},
}

// vnni takes the element-wise steps from avx2: memory, not arithmetic, bounds them.
var vnni = func() route {
	r := avx2
	r.name = "avx512-vnni"
	r.bytes = func(c []float32, ldc int, a *activations, rows int, m *matrix, p int) {
		dotBytesVNNI(&c[0], ldc, &a.q[0], a.width, &m.panels[p*m.in], m.in/4, rows, &a.scale[0], &a.low[0],
			&m.scale[p], &m.sum[p], &m.bias[p])
	}
	r.words = func(c []float32, ldc int, a []int32, lda int, panel []int32, steps, rows int, scale []float32) {
		dotWordsVNNI(&c[0], ldc, &a[0], lda, &panel[0], steps, rows, &scale[0])
	}
	return r
}()
