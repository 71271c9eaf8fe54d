// Command gen writes kernels_amd64.s and kernels_amd64.go of package model: the integer matrix products (AVX-512
// VNNI and AVX2) and the element-wise steps between them (AVX2). It has its own module, so that the product does not
// depend on avo. Run it with
//
//	cd internal/model/gen && go run . -out ../kernels_amd64.s -stubs ../kernels_amd64.go -pkg model
//
// Every floating-point step is a separate multiplication or addition in the order in which ops.go of package model
// writes it, so all routes give the same bits. Never use a fused multiply-add here.
package main

import (
	. "github.com/mmcloughlin/avo/build"
)

func main() {
	ConstraintExpr("amd64,!purego")
	products()
	elementwise()
	attention()
	Generate()
}
