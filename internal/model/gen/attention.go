package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

func (w width) peak() {
	w.text("peak", "func(x *float32, stride int, rows int) float32",
		"peak in ops.go: the largest absolute value of rows of 32.")
	x, stride, rows := Load(Param("x"), GP64()), Load(Param("stride"), GP64()), Load(Param("rows"), GP64())
	SHLQ(Imm(2), stride)
	mask := w.ones()
	VPSRLD(Imm(1), mask, mask)
	top := w.sixteen()
	w.zero(top...)
	Label("row")
	for j := range 128 / w.bytes() {
		v := w.vec()
		w.and(Mem{Base: x, Disp: w.bytes() * j}, mask, v)
		VMAXPS(v, top[j%len(top)], top[j%len(top)])
	}
	ADDQ(stride, x)
	DECQ(rows)
	JG(LabelRef("row"))
	Store(w.fold(top, maxOp), ReturnIndex(0))
	VZEROUPPER()
	RET()
}

func (w width) packPairs() {
	w.text("packPairs", "func(dst *int32, dstStride int, low *float32, high *float32, stride int, rows int, factor float32)",
		"packPairs in ops.go: rows of 16 pairs of rounded words.")
	dst, dstStride := Load(Param("dst"), GP64()), Load(Param("dstStride"), GP64())
	low, high := Load(Param("low"), GP64()), Load(Param("high"), GP64())
	stride, rows := Load(Param("stride"), GP64()), Load(Param("rows"), GP64())
	SHLQ(Imm(2), dstStride)
	SHLQ(Imm(2), stride)
	f, mask := w.vec(), w.ones()
	VBROADCASTSS(NewParamAddr("factor", 48), f)
	VPSRLD(Imm(16), mask, mask)
	Label("row")
	for j := range 64 / w.bytes() {
		a, b := w.vec(), w.vec()
		VMULPS(Mem{Base: low, Disp: w.bytes() * j}, f, a)
		VMULPS(Mem{Base: high, Disp: w.bytes() * j}, f, b)
		VCVTPS2DQ(a, a)
		VCVTPS2DQ(b, b)
		w.and(mask, a, a)
		VPSLLD(Imm(16), b, b)
		w.or(b, a, a)
		VMOVUPS(a, Mem{Base: dst, Disp: w.bytes() * j})
	}
	ADDQ(dstStride, dst)
	ADDQ(stride, low)
	ADDQ(stride, high)
	DECQ(rows)
	JG(LabelRef("row"))
	VZEROUPPER()
	RET()
}

// maskTable holds 16 zeros, then 16 values that no score outweighs.
func (w width) maskTable() Mem {
	return table("tail"+w.suffix+"Mask", append(make([]float32, 16), repeat(masked, 16)...))
}

func (w width) weigh() {
	consts := table("exp"+w.suffix+"Constants", append([]float32{expFloor, log2E, weightTop}, expCoefficients...))
	mask := w.maskTable()
	w.text("weigh", "func(dst *int16, x *float32, n int) int32",
		"weigh in ops.go; x and dst are read and written up to the next multiple of 16.")
	dst, x, n := Load(Param("dst"), GP64()), Load(Param("x"), GP64()), Load(Param("n"), GP64())
	blocks := GP64()
	LEAQ(Mem{Base: n, Disp: 15}, blocks)
	SHRQ(Imm(4), blocks)
	w.maskTail(x, n, blocks, mask)

	top := w.sixteen()
	for j := range top {
		top[j] = w.float(masked)
	}
	p, left := GP64(), GP64()
	MOVQ(x, p)
	MOVQ(blocks, left)
	Label("top")
	for j := range top {
		VMAXPS(Mem{Base: p, Disp: w.bytes() * j}, top[j], top[j])
	}
	ADDQ(Imm(64), p)
	DECQ(left)
	JG(LabelRef("top"))
	high := w.vec()
	VBROADCASTSS(w.fold(top, maxOp), high)

	c, sum := w.constants(consts, 3+len(expCoefficients)), w.sixteen()
	w.zero(sum...)
	Label("loop")
	var weights []VecVirtual
	for j := range sum {
		e := w.exp(Mem{Base: x, Disp: w.bytes() * j}, high, c)
		VMULPS(c[2], e, e)
		VCVTPS2DQ(e, e)
		VPADDD(e, sum[j], sum[j])
		weights = append(weights, e)
	}
	if w.wide {
		VPMOVDW(weights[0], Mem{Base: dst})
	} else {
		VPACKSSDW(weights[1], weights[0], weights[0])
		VPERMQ(Imm(0b11011000), weights[0], weights[0])
		VMOVDQU(weights[0], Mem{Base: dst})
	}
	ADDQ(Imm(32), dst)
	ADDQ(Imm(64), x)
	DECQ(blocks)
	JG(LabelRef("loop"))
	out := GP32()
	VMOVD(w.fold(sum, countOp), out)
	Store(out, ReturnIndex(0))
	VZEROUPPER()
	RET()
}

// maskTail masks the end of the last block: the table is entered so that its last -n mod 16 lanes are masked.
func (w width) maskTail(x, n, blocks Register, mask Mem) {
	last, entry, skip := GP64(), GP64(), GP64()
	MOVQ(blocks, last)
	DECQ(last)
	SHLQ(Imm(6), last)
	MOVQ(n, skip)
	NEGQ(skip)
	ANDQ(Imm(15), skip)
	LEAQ(mask, entry)
	for j := range 64 / w.bytes() {
		v := w.vec()
		VMOVUPS(Mem{Base: x, Index: last, Scale: 1, Disp: w.bytes() * j}, v)
		VADDPS(Mem{Base: entry, Index: skip, Scale: 4, Disp: w.bytes() * j}, v, v)
		VMOVUPS(v, Mem{Base: x, Index: last, Scale: 1, Disp: w.bytes() * j})
	}
}

// exp is exp in ops.go of the values at m less high. c begins with the floor and log2 e, and has the polynomial from 3.
func (w width) exp(m Mem, high VecVirtual, c []VecVirtual) VecVirtual {
	v, k, e := w.vec(), w.vec(), w.vec()
	VMOVUPS(m, v)
	VSUBPS(high, v, v)
	VMAXPS(c[0], v, v)
	VMULPS(c[1], v, v)
	w.round(v, k)
	VSUBPS(k, v, v)
	VCVTPS2DQ(k, k)
	VPSLLD(Imm(23), k, k)
	VMOVAPS(c[len(c)-1], e)
	for i := len(c) - 2; i >= 3; i-- {
		VMULPS(v, e, e)
		VADDPS(c[i], e, e)
	}
	VPADDD(k, e, e)
	return e
}
