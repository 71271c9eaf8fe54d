package model

// route is one way to compute on this machine. All routes give the same bits.
type route struct {
	name   string
	packed bool // reads panels of weights rather than rows

	bytes     func(c []float32, ldc int, a *activations, rows int, m *matrix, p int)
	words     func(c []float32, ldc int, a []int32, lda int, panel []int32, steps, rows int, scale []float32)
	quantise  func(dst []uint8, x, mul, add []float32) (scale, low float32)
	gelu      func(x []float32)
	addNorm   func(x, y, gain, bias []float32, epsilon float32)
	dot       func(a, b []float32) float32
	peak      func(x []float32, stride, rows int) float32
	packPairs func(dst []int32, dstStride int, low, high []float32, stride, rows int, factor float32)
	weigh     func(dst []int32, x []float32, n int) int32
}

// plain runs everywhere.
var plain = route{
	name: "plain", bytes: bytesRows, words: pairProduct, quantise: quantise, gelu: gelu, addNorm: addNorm, dot: dot,
	peak: peak, packPairs: packPairs, weigh: weigh,
}
