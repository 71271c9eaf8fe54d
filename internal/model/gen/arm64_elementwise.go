package main

import "math"

func bits(x float32) uint32 { return math.Float32bits(x) }

// set broadcasts a constant.
func (a *arm) set(v int, x float32) {
	a.op("MOVD $%#08x, R20", bits(x))
	a.op("VDUP R20, V%d.S4", v)
}

func (a *arm) quantise() {
	a.text("quantiseNEON", "(dst *uint8, x *float32, mul *float32, add *float32, n int) (scale float32, low float32)", 48)
	a.load("dst", "x", "mul", "add", "n")
	for i, r := range []int{5, 6, 7, 8} {
		a.op("MOVD R%d, R%d", 1+i, r)
	}
	values := func(x, mul, add int) { // V0-V3
		a.four("VLD1", x, 0)
		a.four("VLD1", mul, 4)
		a.four("VLD1", add, 8)
		for j := range 4 {
			a.fmul(j, j, 4+j)
			a.fadd(j, j, 8+j)
		}
	}
	for j := range 4 {
		a.set(16+j, math.MaxFloat32)
		a.set(20+j, -math.MaxFloat32)
	}
	a.loop(8, 16, func() {
		values(5, 6, 7)
		for j := range 4 {
			a.fmin(16+j, 16+j, j)
			a.fmax(20+j, 20+j, j)
		}
	})
	for _, j := range []int{1, 2, 3} {
		a.fmin(16, 16, 16+j)
		a.fmax(20, 20, 20+j)
	}
	a.fminv(16, 16)
	a.fmaxv(20, 20)
	a.zero(24, 25, 26) // zero, inverse, scale
	a.op("FADDS F24, F16, F16")
	a.op("FSUBS F16, F20, F20")
	a.set(27, 127)
	a.op("FCMPS F24, F20")
	a.op("BLE flat")
	a.op("FDIVS F20, F27, F25")
	a.op("FDIVS F27, F20, F26")
	a.line("flat:")
	a.op("FMOVS F26, scale+40(FP)")
	a.op("FMOVS F16, low+44(FP)")
	a.op("VDUP V16.S[0], V16.S4")
	a.op("VDUP V25.S[0], V25.S4")
	a.loop(4, 16, func() {
		values(1, 2, 3)
		for j := range 4 {
			a.fsub(j, j, 16)
			a.fmul(j, j, 25)
			a.fcvtns(j, j)
		}
		a.op("VUZP1 V1.H8, V0.H8, V0.H8")
		a.op("VUZP1 V3.H8, V2.H8, V2.H8")
		a.op("VUZP1 V2.B16, V0.B16, V0.B16")
		a.op("VST1.P [V0.B16], 16(R0)")
	})
	a.op("RET")
}

func (a *arm) gelu() {
	a.text("geluNEON", "(x *float32, n int)", 16)
	a.load("x", "n")
	n := 3 + len(geluCoefficients)
	a.constants("geluConstants", n, 16)
	a.op("MOVD R0, R2")
	a.loop(1, 16, func() {
		a.four("VLD1", 0, 0)
		for j := range 4 {
			a.fmin(4+j, j, 16)
			a.fmax(4+j, 4+j, 17)
			a.fmul(8+j, 4+j, 4+j)
			a.op("VMOV V%d.B16, V%d.B16", 16+n-1, 12+j)
		}
		for c := 16 + n - 2; c >= 19; c-- {
			for j := range 4 {
				a.fmul(12+j, 12+j, 8+j)
				a.fadd(12+j, 12+j, c)
			}
		}
		for j := range 4 {
			a.fmul(12+j, 12+j, 4+j)
			a.fadd(12+j, 12+j, 18)
			a.fmul(j, j, 12+j)
		}
		a.four("VST1.P", 2, 0)
	})
	a.op("RET")
}

func (a *arm) addNorm() {
	a.text("addNormNEON", "(x *float32, y *float32, gain *float32, bias *float32, n int, share float32, epsilon float32)", 48)
	a.load("x", "y", "gain", "bias", "n")
	a.op("FMOVS share+40(FP), F28")
	a.op("FMOVS epsilon+44(FP), F29")
	pass := func(body func()) {
		a.op("MOVD R0, R5")
		a.op("MOVD R0, R6")
		a.op("MOVD R4, R7")
		a.loop(7, 16, func() {
			a.four("VLD1", 5, 0)
			body()
			a.four("VST1.P", 6, 0)
		})
	}
	a.zero(16, 17, 18, 19)
	pass(func() {
		a.four("VLD1", 1, 4)
		for j := range 4 {
			a.fadd(j, j, 4+j)
			a.fadd(16+j, 16+j, j)
		}
	})
	a.fold(16, 20)
	a.op("FMULS F28, F16, F16")
	a.op("VDUP V16.S[0], V24.S4")
	a.zero(16, 17, 18, 19)
	pass(func() {
		for j := range 4 {
			a.fsub(j, j, 24)
			a.fmul(4+j, j, j)
			a.fadd(16+j, 16+j, 4+j)
		}
	})
	a.fold(16, 20)
	a.op("FMULS F28, F16, F16")
	a.op("FADDS F29, F16, F16")
	a.op("FSQRTS F16, F16")
	a.set(25, 1)
	a.op("FDIVS F16, F25, F16")
	a.op("VDUP V16.S[0], V16.S4")
	pass(func() {
		a.four("VLD1", 2, 4)
		a.four("VLD1", 3, 8)
		for j := range 4 {
			a.fmul(j, j, 16)
			a.fmul(j, j, 4+j)
			a.fadd(j, j, 8+j)
		}
	})
	a.op("RET")
}

func (a *arm) dot() {
	a.text("dotNEON", "(a *float32, b *float32, n int) float32", 28)
	a.load("a", "b", "n")
	a.zero(16, 17, 18, 19)
	a.loop(2, 16, func() {
		a.four("VLD1", 0, 0)
		a.four("VLD1", 1, 4)
		for j := range 4 {
			a.fmul(j, j, 4+j)
			a.fadd(16+j, 16+j, j)
		}
	})
	a.fold(16, 20)
	a.op("FMOVS F16, ret+24(FP)")
	a.op("RET")
}

func (a *arm) peak() {
	a.text("peakNEON", "(x *float32, stride int, rows int) float32", 28)
	a.load("x", "stride", "rows")
	a.op("LSL $2, R1, R1")
	a.zero(16, 17, 18, 19)
	a.loop(2, 1, func() {
		a.op("MOVD R0, R3")
		a.four("VLD1", 3, 0)
		a.four("VLD1", 3, 4)
		for j := range 8 {
			a.fabs(j, j)
			a.fmax(16+j%4, 16+j%4, j)
		}
		a.op("ADD R1, R0, R0")
	})
	for _, j := range []int{1, 2, 3} {
		a.fmax(16, 16, 16+j)
	}
	a.fmaxv(16, 16)
	a.op("FMOVS F16, ret+24(FP)")
	a.op("RET")
}

func (a *arm) packPairs() {
	a.text("packPairsNEON", "(dst *int32, dstStride int, low *float32, high *float32, stride int, rows int, factor float32)", 52)
	a.load("dst", "dstStride", "low", "high", "stride", "rows")
	a.op("FMOVS factor+48(FP), F16")
	a.op("VDUP V16.S[0], V16.S4")
	a.op("LSL $2, R1, R1")
	a.op("LSL $2, R4, R4")
	a.loop(5, 1, func() {
		a.op("VLD1.P (R2)(R4), [V0.S4, V1.S4, V2.S4, V3.S4]")
		a.op("VLD1.P (R3)(R4), [V4.S4, V5.S4, V6.S4, V7.S4]")
		for j := range 8 {
			a.fmul(j, j, 16)
			a.fcvtns(j, j)
		}
		for j := range 4 {
			a.op("VSLI $16, V%d.S4, V%d.S4", 4+j, j)
		}
		a.op("VST1.P [V0.S4, V1.S4, V2.S4, V3.S4], (R0)(R1)")
	})
	a.op("RET")
}

func (a *arm) weigh() {
	a.text("weighNEON", "(dst *int16, x *float32, n int) int32", 28)
	a.load("dst", "x", "n")
	a.op("ADD $15, R2, R3")
	a.op("LSR $4, R3, R3") // blocks
	a.op("SUB $1, R3, R4")
	a.op("ADD R4<<6, R1, R4") // last block
	a.op("NEG R2, R5")
	a.op("AND $15, R5, R5")
	a.op("MOVD $tailMask<>(SB), R6")
	a.op("ADD R5<<2, R6, R6")
	a.op("VLD1 (R4), [V0.S4, V1.S4, V2.S4, V3.S4]")
	a.op("VLD1 (R6), [V4.S4, V5.S4, V6.S4, V7.S4]")
	for j := range 4 {
		a.fadd(j, j, 4+j)
	}
	a.op("VST1 [V0.S4, V1.S4, V2.S4, V3.S4], (R4)")

	for j := range 4 {
		a.set(28+j, masked)
	}
	a.op("MOVD R1, R4")
	a.op("MOVD R3, R5")
	a.loop(5, 1, func() {
		a.four("VLD1", 4, 0)
		for j := range 4 {
			a.fmax(28+j, 28+j, j)
		}
	})
	for _, j := range []int{29, 30, 31} {
		a.fmax(28, 28, j)
	}
	a.fmaxv(28, 28)
	a.op("VDUP V28.S[0], V28.S4")
	n := 3 + len(expCoefficients)
	a.constants("expConstants", n, 16)
	a.zero(29)
	a.loop(3, 1, func() {
		a.four("VLD1", 1, 0)
		for j := range 4 {
			a.fsub(j, j, 28)
			a.fmax(j, j, 16)
			a.fmul(j, j, 17)
			a.frintn(4+j, j)
			a.fsub(j, j, 4+j)
			a.fcvtns(4+j, 4+j)
			a.op("VSHL $23, V%d.S4, V%d.S4", 4+j, 4+j)
			a.op("VMOV V%d.B16, V%d.B16", 16+n-1, 8+j)
		}
		for c := 16 + n - 2; c >= 19; c-- {
			for j := range 4 {
				a.fmul(8+j, 8+j, j)
				a.fadd(8+j, 8+j, c)
			}
		}
		for j := range 4 {
			a.op("VADD V%d.S4, V%d.S4, V%d.S4", 4+j, 8+j, 8+j)
			a.fmul(8+j, 8+j, 18)
			a.fcvtns(8+j, 8+j)
			a.op("VADD V%d.S4, V29.S4, V29.S4", 8+j)
		}
		a.op("VUZP1 V9.H8, V8.H8, V8.H8")
		a.op("VUZP1 V11.H8, V10.H8, V10.H8")
		a.op("VST1.P [V8.B16], 16(R0)")
		a.op("VST1.P [V10.B16], 16(R0)")
	})
	a.op("VADDV V29.S4, V29")
	a.op("FMOVS F29, ret+24(FP)")
	a.op("RET")
}
