package nearest

import (
	"math"
	"math/bits"
)

// code are the signs of a vector, one bit each: set where the number is not negative.
type code [Dimensions / 64]uint64

func codeOf(v []int8) (c code) {
	for i, n := range v[:Dimensions] {
		if n >= 0 {
			c[i/64] |= 1 << (i % 64)
		}
	}
	return c
}

// estimate guesses from a code how close its vector is to the one that is looked for: it is the product of the vector looked
// for and the signs, read from a table for each byte of the code. That is nearer to the truth than counting the signs
// in which two codes differ, and as fast.
type estimate struct {
	bytes [Dimensions / 8][256]int32
	most  int32 // what the product can be at most; -most is the least
	shift int   // makes a bucket of a product
}

// buckets is how many the products are counted in.
const buckets = 4096

func newEstimate(v []int8) *estimate {
	e := &estimate{}
	for b := range e.bytes {
		table, numbers := &e.bytes[b], v[8*b:][:8]
		for _, n := range numbers {
			table[0] -= int32(n)
			e.most += max(int32(n), -int32(n))
		}
		for signs := 1; signs < 256; signs++ {
			table[signs] = table[signs&(signs-1)] + 2*int32(numbers[bits.TrailingZeros8(uint8(signs))])
		}
	}
	e.shift = max(0, bits.Len32(uint32(2*e.most))-bits.Len(buckets-1))
	return e
}

// bucket is the one that a code falls into; codes in a higher one are closer.
func (e *estimate) bucket(c *code) uint16 {
	t, low, high := &e.bytes, c[0], c[1]
	sum := t[0][uint8(low)] + t[1][uint8(low>>8)] + t[2][uint8(low>>16)] + t[3][uint8(low>>24)] +
		t[4][uint8(low>>32)] + t[5][uint8(low>>40)] + t[6][uint8(low>>48)] + t[7][uint8(low>>56)] +
		t[8][uint8(high)] + t[9][uint8(high>>8)] + t[10][uint8(high>>16)] + t[11][uint8(high>>24)] +
		t[12][uint8(high>>32)] + t[13][uint8(high>>40)] + t[14][uint8(high>>48)] + t[15][uint8(high>>56)]
	return uint16(uint32(sum+e.most) >> e.shift)
}

// product is that of two vectors; a has as many numbers as b at least.
func product(a, b []int8) (sum int32) {
	a = a[:len(b)]
	for i := range b {
		sum += int32(a[i]) * int32(b[i])
	}
	return sum
}

// closeness is the cosine between two vectors, from their product and their own squares.
func closeness(both, a, b int32) float64 {
	if a == 0 || b == 0 {
		return 0
	}
	return float64(both) / (math.Sqrt(float64(a)) * math.Sqrt(float64(b)))
}
