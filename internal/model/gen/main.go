// Command gen writes the assembly of package model: the integer matrix products (AVX-512 VNNI, AVX-VNNI, AVX2,
// arm64 with dot products) and the element-wise steps between them (AVX-512, AVX2, arm64). It has its own module, so that the product does
// not depend on avo. Run both of
//
//	cd internal/model/gen
//	go run . -out ../kernels_amd64.s -stubs ../kernels_amd64.go -pkg model
//	go run . -arm64 ../kernels_arm64
//
// Every floating-point step is a separate multiplication or addition in the order in which ops.go of package model
// writes it, so all routes give the same bits. Never use a fused multiply-add here.
package main

import (
	"flag"
	"log"

	. "github.com/mmcloughlin/avo/build"
)

func main() {
	path := flag.String("arm64", "", "write the arm64 kernels to this path with .s and .go, and no others")
	flag.Parse() // avo adds -out, -stubs and -pkg
	if *path != "" {
		if err := armKernels(*path); err != nil {
			log.Fatal(err)
		}
		return
	}
	ConstraintExpr("amd64,!purego")
	products()
	elementwise()
	limits()
	Generate()
	if err := encodeVEX(flag.Lookup("out").Value.String()); err != nil {
		log.Fatal(err)
	}
}
