package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// limits writes loops of the products' instructions over registers alone: what a processor can do at most. Only the
// benchmarks run them.
func limits() {
	TEXT("limitVNNI", NOSPLIT, "func(n int)")
	Doc("limitVNNI does n rounds of 16 dot products of 64 bytes.")
	n := Load(Param("n"), GP64())
	x, w := ZMM(), ZMM()
	VPXORD(x, x, x)
	VPXORD(w, w, w)
	acc := make([]VecVirtual, 16)
	for i := range acc {
		acc[i] = ZMM()
		VPXORD(acc[i], acc[i], acc[i])
	}
	Label("loop")
	for i := range acc {
		VPDPBUSD(w, x, acc[i])
	}
	SUBQ(Imm(1), n)
	JG(LabelRef("loop"))
	VZEROUPPER()
	RET()

	TEXT("limitAVX2", NOSPLIT, "func(n int)")
	Doc("limitAVX2 does n rounds of 16 products of 32 bytes, widened in fours as the product kernel does.")
	n = Load(Param("n"), GP64())
	x, w, ones := YMM(), YMM(), YMM()
	VPXOR(x, x, x)
	VPXOR(w, w, w)
	VPXOR(ones, ones, ones)
	sums := make([]VecVirtual, 4)
	for i := range sums {
		sums[i] = YMM()
		VPXOR(sums[i], sums[i], sums[i])
	}
	Label("loop")
	for i := range sums {
		words := YMM()
		VPMADDUBSW(w, x, words)
		for range wordSums - 1 {
			t := YMM()
			VPMADDUBSW(w, x, t)
			VPADDW(t, words, words)
		}
		VPMADDWD(words, ones, words)
		VPADDD(words, sums[i], sums[i])
	}
	SUBQ(Imm(1), n)
	JG(LabelRef("loop"))
	VZEROUPPER()
	RET()
}
