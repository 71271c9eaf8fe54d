package model

// panelWidth is the number of output columns of one panel of packed weights.
const panelWidth = 32

// rowTile is the largest number of rows a kernel takes at once; buffers have their rows rounded up to it.
const rowTile = 8

// matrix is a weight matrix of out rows by in columns, 6 bits (in bytes) with a scale for each row, with its bias.
//
// The plain route reads rows; the assembly routes read panels: groups of 32 rows, in which 4 columns of row 0, 4
// columns of row 1, … follow one another, so that one vector holds 16 (or 8) rows and a broadcast of 4 activations
// meets them all.
type matrix struct {
	in, out int       // in is a multiple of 32
	wide    int       // out, rounded up to panels; the length of scale, sum and bias
	rows    []int8    // out*in, row-major
	panels  []int8    // wide*in, nil when the route does not use them
	scale   []float32 // of each row
	sum     []float32 // scale times the sum of the row, which meets the low ends of the activations
	bias    []float32
}

// newMatrix wraps row-major weights; rows is kept. pack is false when the route reads rows.
func newMatrix(in, out int, rows []int8, scale, bias []float32, pack bool) *matrix {
	m := &matrix{in: in, out: out, wide: roundUp(out, panelWidth), rows: rows}
	m.scale, m.sum, m.bias = make([]float32, m.wide), make([]float32, m.wide), make([]float32, m.wide)
	copy(m.scale, scale)
	copy(m.bias, bias)
	for i := range out {
		var sum int32
		for _, w := range rows[i*in : (i+1)*in] {
			sum += int32(w)
		}
		m.sum[i] = float32(scale[i] * float32(sum))
	}
	if pack {
		m.pack()
	}
	return m
}

func (m *matrix) pack() {
	m.panels = make([]int8, m.wide*m.in)
	for i := range m.out {
		row := m.rows[i*m.in : (i+1)*m.in]
		panel := m.panels[i/panelWidth*panelWidth*m.in+i%panelWidth*4:]
		for k := 0; k < len(row); k += 4 {
			copy(panel[k*panelWidth:k*panelWidth+4], row[k:k+4])
		}
	}
}

// activations are rows of 7-bit values: value ≈ scale*q + low, each row with a scale and a low of its own.
type activations struct {
	q          []uint8
	scale, low []float32
	width      int
}

// resize makes room for rows of the given width, rounded up to whole tiles.
func (a *activations) resize(rows, width int) {
	rows = roundUp(rows, rowTile)
	a.width = width
	a.q = grow(a.q, rows*width)
	a.scale, a.low = grow(a.scale, rows), grow(a.low, rows)
}

// set quantises one row.
func (a *activations) set(r *route, i int, x []float32, t transform) {
	a.scale[i], a.low[i] = r.quantise(a.q[i*a.width:(i+1)*a.width], x, t.mul, t.add)
}

// transform is the change x*mul+add of each input of a product before it is quantised. Exporting divides outlying
// channels by mul in the weights and folds add into the bias (after SmoothQuant, Xiao et al. 2023).
type transform struct{ mul, add []float32 }

// multiply writes the product of rows of activations and m to c, whose rows are ldc ≥ m.wide apart and rounded up to
// rowTile: c = float(Σ q*w)*(row scale*column scale) + (row low*column sum + bias).
func (r *route) multiply(c []float32, ldc int, a *activations, rows int, m *matrix) {
	for p := 0; p < m.wide; p += panelWidth {
		r.bytes(c[p:], ldc, a, rows, m, p)
	}
}

// bytesRows is the plain route of multiply for the columns from p. Two rows of activations share one 64-bit
// multiplication: (a0 + a1<<32) * w holds both products, and their sums stay below 31 bits.
func bytesRows(c []float32, ldc int, a *activations, rows int, m *matrix, p int) {
	end := min(p+panelWidth, m.out)
	var two [maxInner]int64
	for i := 0; i < rows; i += 2 {
		x := a.q[i*m.in : (i+1)*m.in]
		y := x
		if i+1 < rows {
			y = a.q[(i+1)*m.in : (i+2)*m.in]
		}
		for k, v := range x {
			two[k] = int64(v) | int64(y[k])<<32
		}
		for j := p; j < end; j += 2 {
			second := min(j+1, end-1)
			s, t := dotTwo(two[:m.in], m.rows[j*m.in:(j+1)*m.in], m.rows[second*m.in:(second+1)*m.in])
			for q := i; q < min(i+2, rows); q++ {
				c[q*ldc+j-p] = m.dequantise(int32(s), a.scale[q], a.low[q], j)
				c[q*ldc+second-p] = m.dequantise(int32(t), a.scale[q], a.low[q], second)
				s, t = (s-int64(int32(s)))>>32, (t-int64(int32(t)))>>32
			}
		}
	}
}

// maxInner bounds the inner dimension of a product (the 31 bits of bytesRows allow 16 million over 127*127).
const maxInner = 2048

func dotTwo(two []int64, v, w []int8) (s, t int64) {
	v, w = v[:len(two)], w[:len(two)]
	for k, a := range two {
		s += a * int64(v[k])
		t += a * int64(w[k])
	}
	return s, t
}

func (m *matrix) dequantise(sum int32, scale, low float32, j int) float32 {
	y := float32(float32(sum) * float32(scale*m.scale[j]))
	return y + float32(float32(low*m.sum[j])+m.bias[j])
}

// pairProduct is the plain route of the products of attention: rows of pairs of words times a panel of 32 columns of
// pairs, each row scaled. steps is the number of pairs of a row.
func pairProduct(c []float32, ldc int, a []int32, lda int, panel []int32, steps, rows int, scale []float32) {
	for i := range rows {
		var sum [panelWidth]int32
		for k, x := range a[i*lda : i*lda+steps] {
			lo, hi := int32(int16(x)), x>>16
			for j, w := range panel[k*panelWidth : (k+1)*panelWidth] {
				sum[j] += lo*int32(int16(w)) + hi*(w>>16)
			}
		}
		for j, s := range sum {
			c[i*ldc+j] = float32(float32(s) * scale[i])
		}
	}
}

// grow returns a slice of length n, reusing the memory of s.
func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}
