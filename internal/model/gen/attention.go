package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

func attention() {
	peak()
	packPairs()
	softmax()
}

func peak() {
	TEXT("peakVector", NOSPLIT, "func(x *float32, stride int, rows int) float32")
	Pragma("noescape")
	Doc("peakVector is peak in ops.go: the largest absolute value of rows of 32.")
	x, stride, rows := Load(Param("x"), GP64()), Load(Param("stride"), GP64()), Load(Param("rows"), GP64())
	SHLQ(Imm(2), stride)
	mask := YMM()
	VPCMPEQD(mask, mask, mask)
	VPSRLD(Imm(1), mask, mask)
	top := newPair()
	for _, v := range top {
		VXORPS(v, v, v)
	}
	Label("row")
	for j := 0; j < 4; j++ {
		v := YMM()
		VANDPS(Mem{Base: x, Disp: 32 * j}, mask, v)
		VMAXPS(v, top[j%2], top[j%2])
	}
	ADDQ(stride, x)
	DECQ(rows)
	JG(LabelRef("row"))
	Store(fold(top, maxOp).AsX(), ReturnIndex(0))
	VZEROUPPER()
	RET()
}

func packPairs() {
	TEXT("packPairsVector", NOSPLIT, "func(dst *int32, dstStride int, low *float32, high *float32, stride int, rows int, factor float32)")
	Pragma("noescape")
	Doc("packPairsVector is packPairs in ops.go: rows of 16 pairs of rounded words.")
	dst, dstStride := Load(Param("dst"), GP64()), Load(Param("dstStride"), GP64())
	low, high := Load(Param("low"), GP64()), Load(Param("high"), GP64())
	stride, rows := Load(Param("stride"), GP64()), Load(Param("rows"), GP64())
	SHLQ(Imm(2), dstStride)
	SHLQ(Imm(2), stride)
	f := YMM()
	VBROADCASTSS(NewParamAddr("factor", 48), f)
	mask := YMM()
	VPCMPEQD(mask, mask, mask)
	VPSRLD(Imm(16), mask, mask)
	Label("row")
	for j := 0; j < 2; j++ {
		a, b := YMM(), YMM()
		VMULPS(Mem{Base: low, Disp: 32 * j}, f, a)
		VMULPS(Mem{Base: high, Disp: 32 * j}, f, b)
		VCVTPS2DQ(a, a)
		VCVTPS2DQ(b, b)
		VPAND(mask, a, a)
		VPSLLD(Imm(16), b, b)
		VPOR(b, a, a)
		VMOVDQU(a, Mem{Base: dst, Disp: 32 * j})
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
func maskTable() Mem {
	m := GLOBL("tailMask", RODATA|NOPTR)
	for i := 0; i < 32; i++ {
		x := float32(0)
		if i >= 16 {
			x = masked
		}
		DATA(4*i, F32(x))
	}
	return m
}

func softmax() {
	consts := table("expConstants", append([]float32{expFloor, log2E, weightTop}, expCoefficients...))
	mask := maskTable()
	TEXT("weighVector", NOSPLIT, "func(dst *int16, x *float32, n int) int32")
	Pragma("noescape")
	Doc("weighVector is weigh in ops.go; x and dst are read and written up to the next multiple of 16.")
	dst, x, n := Load(Param("dst"), GP64()), Load(Param("x"), GP64()), Load(Param("n"), GP64())
	blocks := GP64()
	LEAQ(Mem{Base: n, Disp: 15}, blocks)
	SHRQ(Imm(4), blocks)

	Comment("mask the end of the last block: the table is entered so that the last (-n mod 16) lanes are masked")
	last, entry, skip := GP64(), GP64(), GP64()
	MOVQ(blocks, last)
	DECQ(last)
	SHLQ(Imm(6), last)
	MOVQ(n, skip)
	NEGQ(skip)
	ANDQ(Imm(15), skip)
	LEAQ(mask, entry)
	for j := 0; j < 2; j++ {
		v := YMM()
		VMOVUPS(Mem{Base: x, Index: last, Scale: 1, Disp: 32 * j}, v)
		VADDPS(Mem{Base: entry, Index: skip, Scale: 4, Disp: 32 * j}, v, v)
		VMOVUPS(v, Mem{Base: x, Index: last, Scale: 1, Disp: 32 * j})
	}

	top := pair{float(masked), YMM()}
	VMOVAPS(top[0], top[1])
	p, left := GP64(), GP64()
	MOVQ(x, p)
	MOVQ(blocks, left)
	Label("top")
	for j := range top {
		VMAXPS(Mem{Base: p, Disp: 32 * j}, top[j], top[j])
	}
	ADDQ(Imm(64), p)
	DECQ(left)
	JG(LabelRef("top"))
	high := fold(top, maxOp)
	VBROADCASTSS(high.AsX(), high)

	c := make([]VecVirtual, 3+len(expCoefficients))
	for i := range c {
		c[i] = YMM()
		VMOVUPS(consts.Offset(32*i), c[i])
	}
	sum := YMM()
	VPXOR(sum, sum, sum)
	Label("loop")
	var w [2]VecVirtual
	for j := range w {
		v, k := YMM(), YMM()
		VMOVUPS(Mem{Base: x, Disp: 32 * j}, v)
		VSUBPS(high, v, v)
		VMAXPS(c[0], v, v)
		VMULPS(c[1], v, v)
		VROUNDPS(Imm(0), v, k)
		VSUBPS(k, v, v)
		VCVTPS2DQ(k, k)
		VPSLLD(Imm(23), k, k)
		e := YMM()
		VMOVAPS(c[len(c)-1], e)
		for i := len(c) - 2; i >= 3; i-- {
			VMULPS(v, e, e)
			VADDPS(c[i], e, e)
		}
		VPADDD(k, e, e)
		VMULPS(c[2], e, e)
		VCVTPS2DQ(e, e)
		VPADDD(e, sum, sum)
		w[j] = e
	}
	VPACKSSDW(w[1], w[0], w[0])
	VPERMQ(Imm(0b11011000), w[0], w[0])
	VMOVDQU(w[0], Mem{Base: dst})
	ADDQ(Imm(32), dst)
	ADDQ(Imm(64), x)
	DECQ(blocks)
	JG(LabelRef("loop"))
	t := YMM()
	VEXTRACTI128(Imm(1), sum, t.AsX())
	VPADDD(t, sum, sum)
	VPSHUFD(Imm(0b1110), sum, t)
	VPADDD(t, sum, sum)
	VPSHUFD(Imm(0b01), sum, t)
	VPADDD(t, sum, sum)
	out := GP32()
	VMOVD(sum.AsX(), out)
	Store(out, ReturnIndex(0))
	VZEROUPPER()
	RET()
}
