package document

import "unicode/utf8"

// Offsets turns byte offsets of a text into code-point offsets, the unit of the record.
type Offsets struct {
	text  string
	ascii bool
	marks []int // marks[k] is the number of code points before byte k*offsetStep
}

const offsetStep = 64

// NewOffsets prepares the conversion for one text.
func NewOffsets(text string) *Offsets {
	o := &Offsets{text: text, ascii: true}
	count := 0
	for i := 0; i < len(text); i++ {
		if i%offsetStep == 0 {
			o.marks = append(o.marks, count)
		}
		if utf8.RuneStart(text[i]) {
			count++
		}
		if text[i] >= utf8.RuneSelf {
			o.ascii = false
		}
	}
	return o
}

// Rune is the number of code points before byte offset at.
func (o *Offsets) Rune(at int) int {
	if o.ascii || at == 0 {
		return at
	}
	k := min(at/offsetStep, len(o.marks)-1)
	count := o.marks[k]
	for i := k * offsetStep; i < at; i++ {
		if utf8.RuneStart(o.text[i]) {
			count++
		}
	}
	return count
}
