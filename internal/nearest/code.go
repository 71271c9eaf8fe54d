package nearest

import (
	"math"
	"math/bits"
)

// code are the signs of a vector, one bit each: set where the number is not negative.
type code [Dimensions / 64]uint64

func codeOf(v []int8) (c code) {
	for i, n := range v {
		if n >= 0 {
			c[i/64] |= 1 << (i % 64)
		}
	}
	return c
}

// differ is in how many signs two codes differ.
func (c *code) differ(other *code) int {
	return bits.OnesCount64(c[0]^other[0]) + bits.OnesCount64(c[1]^other[1])
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
