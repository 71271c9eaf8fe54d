package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

func (w width) quantise() {
	w.text("quantise", "func(dst *uint8, x *float32, mul *float32, add *float32, n int) (scale float32, low float32)",
		"quantise in ops.go for n values, a multiple of 32.")
	dst, x := Load(Param("dst"), GP64()), Load(Param("x"), GP64())
	mul, add := Load(Param("mul"), GP64()), Load(Param("add"), GP64())
	n := Load(Param("n"), GP64())
	SHLQ(Imm(2), n)
	i := GP64()
	value := func(j int) VecVirtual {
		at := func(base Register) Mem { return Mem{Base: base, Index: i, Scale: 1, Disp: w.bytes() * j} }
		v := w.vec()
		VMOVUPS(at(x), v)
		VMULPS(at(mul), v, v)
		VADDPS(at(add), v, v)
		return v
	}
	lo, hi := w.sixteen(), w.sixteen()
	for j := range lo {
		lo[j], hi[j] = w.float(math.MaxFloat32), w.float(-math.MaxFloat32)
	}
	XORQ(i, i)
	Label("range")
	for j := range 128 / w.bytes() {
		v := value(j)
		VMINPS(v, lo[j%len(lo)], lo[j%len(lo)])
		VMAXPS(v, hi[j%len(hi)], hi[j%len(hi)])
	}
	ADDQ(U32(128), i)
	CMPQ(i, n)
	JL(LabelRef("range"))
	low, inv := w.scale(w.fold(lo, minOp), w.fold(hi, maxOp))

	var order VecVirtual
	if !w.wide {
		order = YMM()
		VMOVDQU(orderTable(), order)
	}
	XORQ(i, i)
	Label("pack")
	var q []VecVirtual
	for j := range 128 / w.bytes() {
		v := value(j)
		VSUBPS(low, v, v)
		VMULPS(inv, v, v)
		VCVTPS2DQ(v, v)
		if w.wide {
			VPMOVDB(v, Mem{Base: dst, Disp: 16 * j})
		}
		q = append(q, v)
	}
	if !w.wide {
		VPACKSSDW(q[1], q[0], q[0])
		VPACKSSDW(q[3], q[2], q[2])
		VPACKUSWB(q[2], q[0], q[0])
		VPERMD(q[0], order, q[0])
		VMOVDQU(q[0], Mem{Base: dst})
	}
	ADDQ(Imm(32), dst)
	ADDQ(U32(128), i)
	CMPQ(i, n)
	JL(LabelRef("pack"))
	VZEROUPPER()
	RET()
}

// scale stores scale and low and broadcasts low and the inverse of scale.
func (w width) scale(lowest, highest Register) (low, inv VecVirtual) {
	zero, span, scale, levels := XMM(), XMM(), XMM(), w.float(127).AsX()
	low, inv = w.vec(), w.vec()
	VXORPS(zero, zero, zero)
	VADDSS(zero, lowest, lowest)
	VSUBSS(lowest, highest, span)
	VXORPS(inv.AsX(), inv.AsX(), inv.AsX())
	VXORPS(scale, scale, scale)
	VUCOMISS(zero, span)
	JLS(LabelRef("flat"))
	VDIVSS(span, levels, inv.AsX())
	VDIVSS(levels, span, scale)
	Label("flat")
	Store(scale, Return("scale"))
	Store(lowest, Return("low"))
	VBROADCASTSS(inv.AsX(), inv)
	VBROADCASTSS(lowest, low)
	return low, inv
}

// orderTable undoes the lane-wise order of two pack instructions.
func orderTable() Mem {
	m := GLOBL("packOrder", RODATA|NOPTR)
	for i, v := range []uint32{0, 4, 1, 5, 2, 6, 3, 7} {
		DATA(4*i, U32(v))
	}
	return m
}

func (w width) gelu() {
	consts := table("gelu"+w.suffix+"Constants", append([]float32{geluLimit, -geluLimit, 0.5}, geluCoefficients...))
	w.text("gelu", "func(x *float32, n int)", "gelu in ops.go for n values, a multiple of 32.")
	x, n := Load(Param("x"), GP64()), Load(Param("n"), GP64())
	c := w.constants(consts, 3+len(geluCoefficients))
	Label("loop")
	for j := range 128 / w.bytes() {
		v, u, t, p := w.vec(), w.vec(), w.vec(), w.vec()
		at := Mem{Base: x, Disp: w.bytes() * j}
		VMOVUPS(at, v)
		VMINPS(c[0], v, u)
		VMAXPS(c[1], u, u)
		VMULPS(u, u, t)
		VMOVAPS(c[len(c)-1], p)
		for i := len(c) - 2; i >= 3; i-- {
			VMULPS(t, p, p)
			VADDPS(c[i], p, p)
		}
		VMULPS(u, p, p)
		VADDPS(c[2], p, p)
		VMULPS(v, p, p)
		VMOVUPS(p, at)
	}
	ADDQ(U32(128), x)
	SUBQ(Imm(32), n)
	JG(LabelRef("loop"))
	VZEROUPPER()
	RET()
}

func (w width) addNorm() {
	w.text("addNorm", "func(x *float32, y *float32, gain *float32, bias *float32, n int, share float32, epsilon float32)",
		"addNorm in ops.go for n values, a multiple of 16.")
	x, y := Load(Param("x"), GP64()), Load(Param("y"), GP64())
	gain, bias := Load(Param("gain"), GP64()), Load(Param("bias"), GP64())
	n := Load(Param("n"), GP64())
	SHLQ(Imm(2), n)
	share, epsilon := Load(Param("share"), XMM()), Load(Param("epsilon"), XMM())
	i := GP64()
	at := func(base Register, j int) Mem { return Mem{Base: base, Index: i, Scale: 1, Disp: w.bytes() * j} }
	sum := w.sixteen()
	each := func(label string, body func(j int)) {
		XORQ(i, i)
		Label(label)
		for j := range sum {
			body(j)
		}
		ADDQ(Imm(64), i)
		CMPQ(i, n)
		JL(LabelRef(label))
	}
	w.zero(sum...)
	each("add", func(j int) {
		v := w.vec()
		VMOVUPS(at(x, j), v)
		VADDPS(at(y, j), v, v)
		VMOVUPS(v, at(x, j))
		VADDPS(v, sum[j], sum[j])
	})
	mean := w.vec()
	VMULSS(share, w.fold(sum, addOp), mean.AsX())
	VBROADCASTSS(mean.AsX(), mean)
	w.zero(sum...)
	each("centre", func(j int) {
		v := w.vec()
		VMOVUPS(at(x, j), v)
		VSUBPS(mean, v, v)
		VMOVUPS(v, at(x, j))
		VMULPS(v, v, v)
		VADDPS(v, sum[j], sum[j])
	})
	r, one := w.vec(), w.float(1)
	VMULSS(share, w.fold(sum, addOp), r.AsX())
	VADDSS(epsilon, r.AsX(), r.AsX())
	VSQRTSS(r.AsX(), r.AsX(), r.AsX())
	VDIVSS(r.AsX(), one.AsX(), r.AsX())
	VBROADCASTSS(r.AsX(), r)
	each("scale", func(j int) {
		v := w.vec()
		VMULPS(at(x, j), r, v)
		VMULPS(at(gain, j), v, v)
		VADDPS(at(bias, j), v, v)
		VMOVUPS(v, at(x, j))
	})
	VZEROUPPER()
	RET()
}

func (w width) dot() {
	w.text("dot", "func(a *float32, b *float32, n int) float32", "dot in ops.go for n values, a multiple of 16.")
	a, b := Load(Param("a"), GP64()), Load(Param("b"), GP64())
	n := Load(Param("n"), GP64())
	sum := w.sixteen()
	w.zero(sum...)
	Label("loop")
	for j := range sum {
		v := w.vec()
		VMOVUPS(Mem{Base: a, Disp: w.bytes() * j}, v)
		VMULPS(Mem{Base: b, Disp: w.bytes() * j}, v, v)
		VADDPS(v, sum[j], sum[j])
	}
	ADDQ(Imm(64), a)
	ADDQ(Imm(64), b)
	SUBQ(Imm(16), n)
	JG(LabelRef("loop"))
	Store(w.fold(sum, addOp), ReturnIndex(0))
	VZEROUPPER()
	RET()
}
