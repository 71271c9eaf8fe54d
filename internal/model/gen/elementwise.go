package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

func elementwise() {
	quantise()
	gelu()
	addNorm()
	dot()
}

// pair is 16 lanes: two AVX2 vectors.
type pair [2]VecVirtual

func newPair() pair { return pair{YMM(), YMM()} }

// float broadcasts a constant that MOVL can carry.
func float(x float32) VecVirtual {
	t, v := GP32(), YMM()
	MOVL(U32(math.Float32bits(x)), t)
	VMOVD(t, v.AsX())
	VBROADCASTSS(v.AsX(), v)
	return v
}

// table is a list of constants, each repeated over one vector, for loops that need more than registers hold.
func table(name string, values []float32) Mem {
	m := GLOBL(name, RODATA|NOPTR)
	for i, x := range values {
		for lane := 0; lane < 8; lane++ {
			DATA(32*i+4*lane, F32(x))
		}
	}
	return m
}

// fold reduces 16 lanes to one in the order of ops.go: lanes 8 apart, then 4, 2, 1.
func fold(p pair, op func(a, b, dst VecVirtual)) VecVirtual {
	op(p[1], p[0], p[0])
	t := YMM()
	VEXTRACTF128(Imm(1), p[0], t.AsX())
	op(t, p[0], p[0])
	VPERMILPS(Imm(0b1110), p[0], t)
	op(t, p[0], p[0])
	VPERMILPS(Imm(0b01), p[0], t)
	op(t, p[0], p[0])
	return p[0]
}

func addOp(a, b, dst VecVirtual) { VADDPS(a, b, dst) }
func minOp(a, b, dst VecVirtual) { VMINPS(a, b, dst) }
func maxOp(a, b, dst VecVirtual) { VMAXPS(a, b, dst) }

func quantise() {
	TEXT("quantiseVector", NOSPLIT, "func(dst *uint8, x *float32, mul *float32, add *float32, n int) (scale float32, low float32)")
	Pragma("noescape")
	Doc("quantiseVector is quantise in ops.go for n values, a multiple of 32.")
	dst, x := Load(Param("dst"), GP64()), Load(Param("x"), GP64())
	mul, add := Load(Param("mul"), GP64()), Load(Param("add"), GP64())
	n := Load(Param("n"), GP64())
	SHLQ(Imm(2), n)
	i := GP64()
	value := func(disp int, v VecVirtual) {
		VMOVUPS(Mem{Base: x, Index: i, Scale: 1, Disp: disp}, v)
		VMULPS(Mem{Base: mul, Index: i, Scale: 1, Disp: disp}, v, v)
		VADDPS(Mem{Base: add, Index: i, Scale: 1, Disp: disp}, v, v)
	}
	lo, hi := pair{float(math.MaxFloat32), YMM()}, pair{float(-math.MaxFloat32), YMM()}
	VMOVAPS(lo[0], lo[1])
	VMOVAPS(hi[0], hi[1])
	XORQ(i, i)
	Label("range")
	for j := 0; j < 4; j++ {
		v := YMM()
		value(32*j, v)
		VMINPS(v, lo[j%2], lo[j%2])
		VMAXPS(v, hi[j%2], hi[j%2])
	}
	ADDQ(Imm(128), i)
	CMPQ(i, n)
	JL(LabelRef("range"))

	low, high := fold(lo, minOp), fold(hi, maxOp)
	zero := YMM()
	VXORPS(zero, zero, zero)
	VADDSS(zero.AsX(), low.AsX(), low.AsX())
	span := YMM()
	VSUBSS(low.AsX(), high.AsX(), span.AsX())
	levels, inv, scale := float(127), YMM(), YMM()
	VXORPS(inv, inv, inv)
	VXORPS(scale, scale, scale)
	VUCOMISS(zero.AsX(), span.AsX())
	JLS(LabelRef("flat"))
	VDIVSS(span.AsX(), levels.AsX(), inv.AsX())
	VDIVSS(levels.AsX(), span.AsX(), scale.AsX())
	Label("flat")
	Store(scale.AsX(), Return("scale"))
	Store(low.AsX(), Return("low"))
	VBROADCASTSS(inv.AsX(), inv)
	VBROADCASTSS(low.AsX(), low)
	order := YMM()
	VMOVDQU(orderTable(), order)
	XORQ(i, i)
	Label("pack")
	var q [4]VecVirtual
	for j := range q {
		q[j] = YMM()
		value(32*j, q[j])
		VSUBPS(low, q[j], q[j])
		VMULPS(inv, q[j], q[j])
		VCVTPS2DQ(q[j], q[j])
	}
	VPACKSSDW(q[1], q[0], q[0])
	VPACKSSDW(q[3], q[2], q[2])
	VPACKUSWB(q[2], q[0], q[0])
	VPERMD(q[0], order, q[0])
	VMOVDQU(q[0], Mem{Base: dst})
	ADDQ(Imm(32), dst)
	ADDQ(Imm(128), i)
	CMPQ(i, n)
	JL(LabelRef("pack"))
	VZEROUPPER()
	RET()
}

// orderTable undoes the lane-wise order of two pack instructions.
func orderTable() Mem {
	m := GLOBL("packOrder", RODATA|NOPTR)
	for i, v := range []uint32{0, 4, 1, 5, 2, 6, 3, 7} {
		DATA(4*i, U32(v))
	}
	return m
}

func gelu() {
	consts := table("geluConstants", append([]float32{geluLimit, -geluLimit, 0.5}, geluCoefficients...))
	TEXT("geluVector", NOSPLIT, "func(x *float32, n int)")
	Pragma("noescape")
	Doc("geluVector is gelu in ops.go for n values, a multiple of 16.")
	x, n := Load(Param("x"), GP64()), Load(Param("n"), GP64())
	c := make([]VecVirtual, 3+len(geluCoefficients))
	for i := range c {
		c[i] = YMM()
		VMOVUPS(consts.Offset(32*i), c[i])
	}
	Label("loop")
	for j := 0; j < 2; j++ {
		v, u, t := YMM(), YMM(), YMM()
		VMOVUPS(Mem{Base: x, Disp: 32 * j}, v)
		VMINPS(c[0], v, u)
		VMAXPS(c[1], u, u)
		VMULPS(u, u, t)
		p := YMM()
		VMOVAPS(c[len(c)-1], p)
		for i := len(c) - 2; i >= 3; i-- {
			VMULPS(t, p, p)
			VADDPS(c[i], p, p)
		}
		VMULPS(u, p, p)
		VADDPS(c[2], p, p)
		VMULPS(v, p, p)
		VMOVUPS(p, Mem{Base: x, Disp: 32 * j})
	}
	ADDQ(Imm(64), x)
	SUBQ(Imm(16), n)
	JG(LabelRef("loop"))
	VZEROUPPER()
	RET()
}

func addNorm() {
	TEXT("addNormVector", NOSPLIT, "func(x *float32, y *float32, gain *float32, bias *float32, n int, share float32, epsilon float32)")
	Pragma("noescape")
	Doc("addNormVector is addNorm in ops.go for n values, a multiple of 16.")
	x, y := Load(Param("x"), GP64()), Load(Param("y"), GP64())
	gain, bias := Load(Param("gain"), GP64()), Load(Param("bias"), GP64())
	n := Load(Param("n"), GP64())
	SHLQ(Imm(2), n)
	share := Load(Param("share"), XMM())
	i := GP64()
	at := func(base Register, j int) Mem { return Mem{Base: base, Index: i, Scale: 1, Disp: 32 * j} }

	sum := newPair()
	each := func(label string, body func(j int)) {
		XORQ(i, i)
		Label(label)
		for j := 0; j < 2; j++ {
			body(j)
		}
		ADDQ(Imm(64), i)
		CMPQ(i, n)
		JL(LabelRef(label))
	}
	clear := func() {
		for _, v := range sum {
			VXORPS(v, v, v)
		}
	}
	clear()
	each("add", func(j int) {
		v := YMM()
		VMOVUPS(at(x, j), v)
		VADDPS(at(y, j), v, v)
		VMOVUPS(v, at(x, j))
		VADDPS(v, sum[j], sum[j])
	})
	mean := YMM()
	VMULSS(share, fold(sum, addOp).AsX(), mean.AsX())
	VBROADCASTSS(mean.AsX(), mean)
	clear()
	each("centre", func(j int) {
		v := YMM()
		VMOVUPS(at(x, j), v)
		VSUBPS(mean, v, v)
		VMOVUPS(v, at(x, j))
		VMULPS(v, v, v)
		VADDPS(v, sum[j], sum[j])
	})
	r, one := YMM(), float(1)
	VMULSS(share, fold(sum, addOp).AsX(), r.AsX())
	epsilon := Load(Param("epsilon"), XMM())
	VADDSS(epsilon, r.AsX(), r.AsX())
	VSQRTSS(r.AsX(), r.AsX(), r.AsX())
	VDIVSS(r.AsX(), one.AsX(), r.AsX())
	VBROADCASTSS(r.AsX(), r)
	each("scale", func(j int) {
		v := YMM()
		VMULPS(at(x, j), r, v)
		VMULPS(at(gain, j), v, v)
		VADDPS(at(bias, j), v, v)
		VMOVUPS(v, at(x, j))
	})
	VZEROUPPER()
	RET()
}

func dot() {
	TEXT("dotVector", NOSPLIT, "func(a *float32, b *float32, n int) float32")
	Pragma("noescape")
	Doc("dotVector is dot in ops.go for n values, a multiple of 16.")
	a, b := Load(Param("a"), GP64()), Load(Param("b"), GP64())
	n := Load(Param("n"), GP64())
	sum := newPair()
	for _, v := range sum {
		VXORPS(v, v, v)
	}
	Label("loop")
	for j := range sum {
		v := YMM()
		VMOVUPS(Mem{Base: a, Disp: 32 * j}, v)
		VMULPS(Mem{Base: b, Disp: 32 * j}, v, v)
		VADDPS(v, sum[j], sum[j])
	}
	ADDQ(Imm(64), a)
	ADDQ(Imm(64), b)
	SUBQ(Imm(16), n)
	JG(LabelRef("loop"))
	Store(fold(sum, addOp).AsX(), ReturnIndex(0))
	VZEROUPPER()
	RET()
}
