package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// width is the vector length of element-wise kernels: 16 lanes are one AVX-512 vector or two AVX2 vectors.
type width struct {
	suffix string
	wide   bool
}

func elementwise() {
	for _, w := range []width{{"AVX2", false}, {"AVX512", true}} {
		w.quantise()
		w.gelu()
		w.addNorm()
		w.dot()
		w.peak()
		w.packPairs()
		w.weigh()
	}
}

// text begins a function.
func (w width) text(name, signature, doc string) {
	TEXT(name+w.suffix, NOSPLIT, signature)
	Pragma("noescape")
	Doc(name + w.suffix + " is " + doc)
}

func (w width) vec() VecVirtual {
	if w.wide {
		return ZMM()
	}
	return YMM()
}

// bytes is the length of a vector.
func (w width) bytes() int {
	if w.wide {
		return 64
	}
	return 32
}

// sixteen returns the vectors that make 16 lanes.
func (w width) sixteen() []VecVirtual {
	list := []VecVirtual{w.vec()}
	if !w.wide {
		list = append(list, w.vec())
	}
	return list
}

func (w width) zero(list ...VecVirtual) {
	for _, v := range list {
		if w.wide {
			VPXORD(v, v, v)
		} else {
			VPXOR(v, v, v)
		}
	}
}

// ones sets all bits.
func (w width) ones() VecVirtual {
	v := w.vec()
	if w.wide {
		VPTERNLOGD(U8(0xff), v, v, v)
	} else {
		VPCMPEQD(v, v, v)
	}
	return v
}

func (w width) and(a Op, b, dst VecVirtual) {
	if w.wide {
		VPANDD(a, b, dst)
	} else {
		VPAND(a, b, dst)
	}
}

func (w width) or(a, b, dst VecVirtual) {
	if w.wide {
		VPORD(a, b, dst)
	} else {
		VPOR(a, b, dst)
	}
}

func (w width) round(a, dst VecVirtual) {
	if w.wide {
		VRNDSCALEPS(U8(0), a, dst)
	} else {
		VROUNDPS(Imm(0), a, dst)
	}
}

// float broadcasts a constant.
func (w width) float(x float32) VecVirtual {
	t, v := GP32(), w.vec()
	MOVL(U32(math.Float32bits(x)), t)
	VMOVD(t, v.AsX())
	VBROADCASTSS(v.AsX(), v)
	return v
}

// table is a list of constants in memory.
func table(name string, values []float32) Mem {
	m := GLOBL(name, RODATA|NOPTR)
	for i, x := range values {
		DATA(4*i, F32(x))
	}
	return m
}

// constants broadcasts a table into registers.
func (w width) constants(m Mem, n int) []VecVirtual {
	c := make([]VecVirtual, n)
	for i := range c {
		c[i] = w.vec()
		VBROADCASTSS(m.Offset(4*i), c[i])
	}
	return c
}

// fold reduces 16 lanes to one, in the low lane, in the order of ops.go: lanes 8 apart, then 4, 2, 1.
func (w width) fold(list []VecVirtual, op func(a, b, dst Op)) Register {
	t, y := YMM(), list[0].AsY()
	if w.wide {
		VEXTRACTF64X4(Imm(1), list[0], t)
		op(t, y, y)
	} else {
		op(list[1], y, y)
	}
	VEXTRACTF128(Imm(1), y, t.AsX())
	op(t, y, y)
	VPERMILPS(Imm(0b1110), y, t)
	op(t, y, y)
	VPERMILPS(Imm(0b01), y, t)
	op(t, y, y)
	return list[0].AsX()
}

func addOp(a, b, dst Op)   { VADDPS(a, b, dst) }
func minOp(a, b, dst Op)   { VMINPS(a, b, dst) }
func maxOp(a, b, dst Op)   { VMAXPS(a, b, dst) }
func countOp(a, b, dst Op) { VPADDD(a, b, dst) }
