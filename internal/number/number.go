// Package number reads numbers in English text: "150,000", "about 3 million", "two dozen", "between 40 and 60".
package number

import "parley/internal/document"

// Number is one number in a text. Bound is about, exactly, at_least or at_most.
type Number struct {
	Span    document.Span // with the words that bound it ("more than 150,000")
	Core    document.Span // without them
	Value   float64
	High    *float64 // upper end of a range
	Bound   string
	Unit    string // "percent", "USD", "km", "years" … by its canonical name; empty for a plain count
	Ordinal bool
}
