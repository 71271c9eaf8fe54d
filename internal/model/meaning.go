package model

import (
	"iter"
	"math"
)

// MeaningSize is the number of dimensions of a meaning.
const MeaningSize = 128

// meanings gives each word piece a vector.
type meanings struct {
	vectors []int8 // vocabulary × MeaningSize
	scale   []float32
}

func (f *file) meanings(vocab int) *meanings {
	const name = "meaning"
	if !f.has(name + ".weight") {
		return nil
	}
	return &meanings{f.ints(name+".weight", vocab, MeaningSize), f.floats(name+".scale", vocab, 1)}
}

// Meaning is a direction that stands for what words say together: the sum of the vectors of their pieces, as a unit
// vector times 127, rounded. The closer two are, by the cosine between them, the more alike what is said. The order of the
// words matters by no more than rounding (docs/model.md has the method and what it is worth). It is nil for a model without
// such vectors and for words that say nothing.
func (m *Model) Meaning(words iter.Seq[string]) []int8 {
	if m.meanings == nil {
		return nil
	}
	var sum [MeaningSize]float32
	var pieces []int32
	for word := range words {
		pieces = m.pieces.cut(pieces[:0], word)
		for _, id := range pieces {
			scale := m.meanings.scale[id]
			for i, v := range m.meanings.vectors[int(id)*MeaningSize:][:MeaningSize] {
				sum[i] += float32(scale * float32(v)) // rounded before it is added: the same bits on every processor
			}
		}
	}
	return unit(&sum)
}

// unit is the direction of a vector, times 127 and rounded; nil for none.
func unit(v *[MeaningSize]float32) []int8 {
	var square float64
	for _, x := range v {
		square += float64(float64(x) * float64(x))
	}
	if square == 0 {
		return nil
	}
	out, length := make([]int8, MeaningSize), math.Sqrt(square)
	for i, x := range v {
		out[i] = int8(math.RoundToEven(float64(x) / length * math.MaxInt8))
	}
	return out
}
