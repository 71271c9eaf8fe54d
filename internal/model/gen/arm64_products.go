package main

const (
	armRows = 4  // rows of a tile
	armAcc  = 16 // first accumulator: 4 rows × 4 vectors
)

// tile runs over rows and the two halves of a panel. Registers: R0 c, R1 bytes between its rows, R2 a, R3 bytes
// between its rows, R4 panel, R5 steps, R6 rows, R7 rowScale; in the loops R8-R11 rows of a, R12 panel, R13 steps.
func (a *arm) tile(inner func(), finish func(half int)) {
	a.op("LSL $2, R1, R1")
	a.loop(6, armRows, func() {
		for half := range 2 {
			for i := range 16 {
				a.zero(armAcc + i)
			}
			a.op("MOVD R2, R8")
			for r := 9; r < 12; r++ {
				a.op("ADD R3, R%d, R%d", r-1, r)
			}
			a.op("ADD $%d, R4, R12", 64*half)
			a.op("MOVD R5, R13")
			a.loop(13, 4, func() {
				for r := range armRows {
					a.op("VLD1.P 16(R%d), [V%d.B16]", 8+r, r)
				}
				inner()
			})
			finish(half)
		}
		a.op("ADD R3<<2, R2, R2")
		a.op("ADD R1<<2, R0, R0")
		a.op("ADD $16, R7, R7")
	})
	a.op("RET")
}

func (a *arm) dotBytes() {
	a.text("dotBytesNEON", "(c *float32, ldc int, a *uint8, lda int, panel *int8, steps int, rows int, rowScale *float32, rowLow *float32, colScale *float32, colSum *float32, bias *float32)", 96)
	a.load("c", "ldc", "a", "lda", "panel", "steps", "rows", "rowScale")
	a.op("MOVD rowLow+64(FP), R14")
	a.op("MOVD $128, R15")
	a.tile(func() {
		for step := range 4 {
			w := 4 + 4*(step%2)
			a.op("VLD1.P (R12)(R15), [V%d.B16, V%d.B16, V%d.B16, V%d.B16]", w, w+1, w+2, w+3)
			for r := range armRows {
				for j := range 4 {
					a.sdot(armAcc+4*r+j, w+j, r, step)
				}
			}
		}
	}, a.finishBytes)
}

// finishBytes stores float(sum)*(rowScale*colScale) + (rowLow*colSum + bias).
func (a *arm) finishBytes(half int) {
	for i, name := range []string{"colScale", "colSum", "bias"} {
		a.op("MOVD %s+%d(FP), R16", name, 72+8*i)
		a.op("ADD $%d, R16, R16", 64*half)
		a.four("VLD1", 16, 4+4*i)
	}
	a.op("MOVD R7, R16")
	a.op("MOVD R14, R17")
	a.op("ADD $%d, R0, R19", 64*half)
	for r := range armRows {
		a.op("VLD1R.P 4(R16), [V0.S4]")
		a.op("VLD1R.P 4(R17), [V1.S4]")
		for j := range 4 {
			y := armAcc + 4*r + j
			a.scvtf(y, y)
			a.fmul(2, 4+j, 0)
			a.fmul(y, y, 2)
			a.fmul(3, 8+j, 1)
			a.fadd(3, 3, 12+j)
			a.fadd(y, y, 3)
		}
		a.store(r)
	}
	if half == 1 {
		a.op("ADD $16, R14, R14")
	}
}

func (a *arm) store(r int) {
	v := armAcc + 4*r
	a.op("VST1.P [V%d.S4, V%d.S4, V%d.S4, V%d.S4], (R19)(R1)", v, v+1, v+2, v+3)
}

func (a *arm) dotWords() {
	a.text("dotWordsNEON", "(c *float32, ldc int, a *int32, lda int, panel *int32, steps int, rows int, rowScale *float32)", 64)
	a.load("c", "ldc", "a", "lda", "panel", "steps", "rows", "rowScale")
	a.op("LSL $2, R3, R3")
	a.op("MOVD $96, R15")
	a.tile(func() {
		for step := range 4 {
			// V4 and V6 hold the low words of 8 columns, V5 and V7 the high words.
			w := 4 + 4*(step%2)
			a.op("VLD2.P 32(R12), [V%d.H8, V%d.H8]", w, w+1)
			a.op("VLD2.P (R12)(R15), [V%d.H8, V%d.H8]", w+2, w+3)
			for r := range armRows {
				for j := range 4 {
					for word := range 2 {
						a.smlal(armAcc+4*r+j, w+j/2*2+word, r, 2*step+word, j%2 == 1)
					}
				}
			}
		}
	}, func(half int) {
		a.op("MOVD R7, R16")
		a.op("ADD $%d, R0, R19", 64*half)
		for r := range armRows {
			a.op("VLD1R.P 4(R16), [V0.S4]")
			for j := range 4 {
				y := armAcc + 4*r + j
				a.scvtf(y, y)
				a.fmul(y, y, 0)
			}
			a.store(r)
		}
	})
}
