package main

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
)

var dotProduct = regexp.MustCompile(`(?m)^\t(VPDPBUSD|VPDPWSSD) +Y(\d+), Y(\d+), Y(\d+)$`)

// encodeVEX rewrites the 256-bit dot products of an assembly file as bytes. The Go assembler knows only their AVX-512
// form; processors with AVX-VNNI and without AVX-512 (most laptops) have only the VEX form.
func encodeVEX(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	text = dotProduct.ReplaceAllFunc(text, func(line []byte) []byte {
		m := dotProduct.FindSubmatch(line)
		var reg [3]int // the third, second and first operand of the manual
		for i := range reg {
			reg[i], err = strconv.Atoi(string(m[2+i]))
			if err != nil || reg[i] > 15 {
				panic("no VEX form: " + string(line))
			}
		}
		opcode := map[string]int{"VPDPBUSD": 0x50, "VPDPWSSD": 0x52}[string(m[1])]
		code := []int{0xc4, ^reg[2]>>3&1<<7 | 1<<6 | ^reg[0]>>3&1<<5 | 2, ^reg[1]&15<<3 | 1<<2 | 1, opcode,
			0xc0 | reg[2]&7<<3 | reg[0]&7}
		out := []byte("\t")
		for _, b := range code {
			out = fmt.Appendf(out, "BYTE $%#02x; ", b)
		}
		return append(out, "// VEX "+string(line[1:])...)
	})
	return os.WriteFile(path, text, 0o644)
}
