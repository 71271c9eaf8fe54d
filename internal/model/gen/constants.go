package main

// The constants of ops.go; the tests of package model compare the routes bit by bit, so a difference would show.
const (
	geluLimit = 4
	expFloor  = -20
	log2E     = 1.4426950408889634
	weightTop = 4095
	masked    = -1e30
)

var (
	geluCoefficients = []float32{0.3978833258152008, -0.06457307189702988, 0.008772369474172592, -0.00081401172792539,
		4.795514905708842e-05, -1.5985843901944463e-06, 2.278110322606608e-08}
	expCoefficients = []float32{1.0000001192092896, 0.6931469440460205, 0.24022120237350464, 0.05550713464617729,
		0.009675541892647743, 0.0013276467798277736}
)
