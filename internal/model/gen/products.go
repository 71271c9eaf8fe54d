package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

const panelWidth = 32 // output columns of one panel

// shape is one register tile of a product kernel.
type shape struct {
	name  string
	rows  int  // rows of a tile
	lanes int  // 32-bit lanes of a vector
	parts int  // column passes over a panel: each takes 2 vectors
	bytes bool // 4 bytes (u7 x i6) a lane, else 2 words (i16 x i16)
	wide  bool // AVX-512
	dots  bool // has the dot-product instructions of VNNI
	ones  Mem  // four words of 1
}

func products() {
	ones := ConstData("ones", U64(0x0001000100010001))
	for _, s := range []shape{
		{"dotBytesVNNI", 8, 16, 1, true, true, true, ones},
		{"dotBytesAVXVNNI", 4, 8, 2, true, false, true, ones},
		{"dotBytesAVX2", 4, 8, 2, true, false, false, ones},
		{"dotWordsVNNI", 8, 16, 1, false, true, true, ones},
		{"dotWordsAVXVNNI", 4, 8, 2, false, false, true, ones},
		{"dotWordsAVX2", 4, 8, 2, false, false, false, ones},
	} {
		s.generate()
	}
}

// generate writes one kernel: all rows of a times one panel of 32 columns.
func (s shape) generate() {
	if s.bytes {
		TEXT(s.name, NOSPLIT, "func(c *float32, ldc int, a *uint8, lda int, panel *int8, steps int, rows int, rowScale *float32, rowLow *float32, colScale *float32, colSum *float32, bias *float32)")
		Pragma("noescape")
		Doc(s.name+" multiplies rows of 7-bit activations by one panel of weights and turns the sums into floats;",
			"see gemm in product.go.")
	} else {
		TEXT(s.name, NOSPLIT, "func(c *float32, ldc int, a *int32, lda int, panel *int32, steps int, rows int, rowScale *float32)")
		Pragma("noescape")
		Doc(s.name+" multiplies rows of 16-bit pairs by one panel of pairs and scales each row;",
			"see pairProduct in product.go.")
	}
	c, ldc := Load(Param("c"), GP64()), Load(Param("ldc"), GP64())
	a, lda := Load(Param("a"), GP64()), Load(Param("lda"), GP64())
	rowScale := Load(Param("rowScale"), GP64())
	rows := Load(Param("rows"), GP64())
	var rowLow Register
	if s.bytes {
		rowLow = Load(Param("rowLow"), GP64())
	}
	Comment("ldc comes in floats, lda in bytes (bytes kernel) or pairs (words kernel)")
	SHLQ(Imm(2), ldc)
	if !s.bytes {
		SHLQ(Imm(2), lda)
	}
	Label("tile")
	for part := 0; part < s.parts; part++ {
		acc := s.accumulate(part, a, lda)
		s.finish(part, acc, c, ldc, rowScale, rowLow)
	}
	t := GP64()
	MOVQ(lda, t)
	SHLQ(Imm(log2(s.rows)), t)
	ADDQ(t, a)
	MOVQ(ldc, t)
	SHLQ(Imm(log2(s.rows)), t)
	ADDQ(t, c)
	ADDQ(Imm(uint64(4*s.rows)), rowScale)
	if s.bytes {
		ADDQ(Imm(uint64(4*s.rows)), rowLow)
	}
	SUBQ(Imm(uint64(s.rows)), rows)
	JG(LabelRef("tile"))
	VZEROUPPER()
	RET()
}

func log2(n int) uint64 {
	var k uint64
	for ; n > 1; n >>= 1 {
		k++
	}
	return k
}

func (s shape) vec() VecVirtual {
	if s.wide {
		return ZMM()
	}
	return YMM()
}

// accumulate runs over the inner dimension and leaves 32-bit sums of rows x 2 vectors.
func (s shape) accumulate(part int, a, lda Register) [][2]VecVirtual {
	acc := make([][2]VecVirtual, s.rows)
	for r := range acc {
		for j := range acc[r] {
			acc[r][j] = s.vec()
			if s.wide {
				VPXORD(acc[r][j], acc[r][j], acc[r][j])
			} else {
				VPXOR(acc[r][j], acc[r][j], acc[r][j])
			}
		}
	}
	panel, steps := Load(Param("panel"), GP64()), Load(Param("steps"), GP64())
	if part > 0 {
		ADDQ(U32(part*2*s.lanes*4), panel)
	}
	// Every third row has a pointer of its own; the two after it are reached through the index register.
	base := make([]Register, (s.rows+2)/3)
	for i := range base {
		base[i] = GP64()
		if i == 0 {
			MOVQ(a, base[0])
			continue
		}
		LEAQ(Mem{Base: base[i-1], Index: lda, Scale: 2}, base[i])
		ADDQ(lda, base[i])
	}
	loop := s.label("inner", part)
	Label(loop)
	unroll := 2
	if s.bytes && !s.dots {
		unroll = wordSums
		s.wordSteps(acc, base, lda, panel)
	} else {
		for u := 0; u < unroll; u++ {
			s.step(acc, base, lda, panel, u)
		}
	}
	for _, b := range base {
		ADDQ(Imm(uint64(4*unroll)), b)
	}
	ADDQ(U32(panelWidth*4*unroll), panel)
	SUBQ(Imm(uint64(unroll)), steps)
	JG(LabelRef(loop))
	return acc
}

func (s shape) label(name string, part int) string { return name + string(rune('0'+part)) }

// wordSums is the number of products of pairs of bytes that a word holds: weights have 6 bits, and
// wordSums*2*127*31 < 1<<15.
const wordSums = 4

// wordSteps adds the products of wordSums groups of bytes without the dot-product instructions, two rows at a time so
// that the sums fit the registers: pairs add up in words, and only their sums are widened. Multiplications are what
// the processor has fewest of; widening each pair by itself would take 2 for every 4 bytes rather than 1¼.
func (s shape) wordSteps(acc [][2]VecVirtual, base []Register, lda, panel Register) {
	for first := 0; first < s.rows; first += 2 {
		var sums [2][2]VecVirtual
		for u := range wordSums {
			w := s.vec()
			at := Mem{Base: panel, Disp: u * panelWidth * 4}
			VMOVDQU(at, w)
			for r := range sums {
				x := s.vec()
				VPBROADCASTD(s.activation(base, lda, first+r, u), x)
				for j := range sums[r] {
					t := s.vec()
					if j == 0 {
						VPMADDUBSW(w, x, t)
					} else {
						VPMADDUBSW(at.Offset(s.lanes*4), x, t)
					}
					if u == 0 {
						sums[r][j] = t
					} else {
						VPADDW(t, sums[r][j], sums[r][j])
					}
				}
			}
		}
		one := s.vec()
		VPBROADCASTQ(s.ones, one)
		for r := range sums {
			for j, t := range sums[r] {
				VPMADDWD(t, one, t)
				VPADDD(t, acc[first+r][j], acc[first+r][j])
			}
		}
	}
}

// activation is where the group u of a row is.
func (s shape) activation(base []Register, lda Register, row, u int) Mem {
	at := Mem{Base: base[row/3], Disp: u * 4}
	if row%3 > 0 {
		at.Index, at.Scale = lda, uint8(row%3)
	}
	return at
}

// step adds the products of one group of lanes: 4 bytes or 2 words deep.
func (s shape) step(acc [][2]VecVirtual, base []Register, lda, panel Register, u int) {
	w := [2]VecVirtual{s.vec(), s.vec()}
	for j := range w {
		at := Mem{Base: panel, Disp: u*panelWidth*4 + j*s.lanes*4}
		if s.wide {
			VMOVDQU32(at, w[j])
		} else {
			VMOVDQU(at, w[j])
		}
	}
	for r := range acc {
		x := s.vec()
		VPBROADCASTD(s.activation(base, lda, r, u), x)
		for j := range w {
			switch {
			case s.dots && s.bytes:
				VPDPBUSD(w[j], x, acc[r][j])
			case s.dots:
				VPDPWSSD(w[j], x, acc[r][j])
			default:
				t := s.vec()
				VPMADDWD(w[j], x, t)
				VPADDD(t, acc[r][j], acc[r][j])
			}
		}
	}
}

// finish turns the sums into floats and stores them.
//
//	bytes: c = float(sum)*(rowScale*colScale) + (rowLow*colSum + bias)
//	words: c = float(sum)*rowScale
func (s shape) finish(part int, acc [][2]VecVirtual, c, ldc, rowScale, rowLow Register) {
	var scale, sum, bias [2]VecVirtual
	if s.bytes {
		for j := range scale {
			scale[j], sum[j], bias[j] = s.vec(), s.vec(), s.vec()
		}
		for _, p := range []struct {
			name string
			v    [2]VecVirtual
		}{{"colScale", scale}, {"colSum", sum}, {"bias", bias}} {
			ptr := Load(Param(p.name), GP64())
			for j := range p.v {
				VMOVUPS(Mem{Base: ptr, Disp: (part*2 + j) * s.lanes * 4}, p.v[j])
			}
		}
	}
	out := GP64()
	MOVQ(c, out)
	for r := range acc {
		rs := s.vec()
		VBROADCASTSS(Mem{Base: rowScale, Disp: 4 * r}, rs)
		var low VecVirtual
		if s.bytes {
			low = s.vec()
			VBROADCASTSS(Mem{Base: rowLow, Disp: 4 * r}, low)
		}
		for j := range acc[r] {
			y := acc[r][j]
			VCVTDQ2PS(y, y)
			if s.bytes {
				t := s.vec()
				VMULPS(scale[j], rs, t)
				VMULPS(t, y, y)
				VMULPS(sum[j], low, t)
				VADDPS(bias[j], t, t)
				VADDPS(t, y, y)
			} else {
				VMULPS(rs, y, y)
			}
			VMOVUPS(y, Mem{Base: out, Disp: (part*2 + j) * s.lanes * 4})
		}
		if r+1 < len(acc) {
			ADDQ(ldc, out)
		}
	}
}
