// Package number reads numbers in English text: "150,000", "about 3 million", "two dozen", "between 40 and 60".
//
// In: any text. Out: every number that is stated as a quantity, with its value, its unit and the words that
// bound it. Figures that only look like quantities are passed over: dates, clock times, years, telephone
// numbers, names such as "T-72", "G7" and "Resolution 2202", list markers, scores ("3-2") and "one" as a
// pronoun. What words mean stands in tables/*.tsv; how words make a number stands in amount.go.
//
// Choices a reader of the results should know:
//
//	text                  value     bound      unit
//	hundreds of people    100       at_least            a bare plural is known to be at least one of its kind
//	tens of thousands     10000     at_least            likewise: the lowest number the words allow
//	30,000                30000     exactly             no bounding word: as stated
//	nearly 200            200       about
//	up to 700             700       at_most             and "as many as", whose number is the highest claimed
//	40 to 60              40…60     exactly             High is set
//	two or three          2…3       exactly
//	$5 million            5000000   exactly    USD      a bare dollar is the American one, as in wire copy
//	5 pounds              5         exactly    lb       money only as "pounds sterling", "British pounds", "£5"
//	5m                    5         exactly    m        millions after a currency sign or before a plural noun
//	a 29-year-old         29        exactly    years old
//
// Time is linear in the text: each number looks at a bounded number of tokens around it.
package number

import "parley/internal/document"

// Number is one number in a text. Bound is about, exactly, at_least or at_most.
type Number struct {
	Span    document.Span // with the words that bound it ("more than 150,000")
	Core    document.Span // without them, with the unit ("$5 million", "40 to 60 km")
	Amount  document.Span // the number alone, without its unit ("5 million"); both ends of a range
	Value   float64
	High    *float64 // upper end of a range
	Bound   string
	Unit    string // "percent", "USD", "km", "years" … by its canonical name; empty for a plain count
	Ordinal bool
}

// The bounds.
const (
	About   = "about"
	Exactly = "exactly"
	AtLeast = "at_least"
	AtMost  = "at_most"
)

// Find returns the numbers in text, from left to right, never overlapping.
func Find(text string) []Number {
	p := parser{text: text, lex: words(), toks: tokens(text)}
	var out []Number
	for i := 0; i < len(p.toks); {
		n, next, ok := p.number(i)
		if ok {
			out = append(out, n)
			p.floor = next
		}
		i = max(next, i+1)
	}
	return out
}
