package ceasefire

import (
	"math"
	"strings"
)

// The steps of a sparkline, and what stands where there was no report.
const (
	steps = "▁▂▃▄▅▆▇█"
	gap   = '·'
)

// Sparkline draws values as a line of bars, one character each, the greatest at full height. Zero is the lowest bar and
// only zero is; NaN is a gap, drawn as a dot, so that no report never looks like calm. Negative values count as zero.
func Sparkline(values []float64) string {
	var top float64
	for _, v := range values {
		if !math.IsInf(v, 0) {
			top = max(top, v0(v))
		}
	}
	bars := []rune(steps)
	var out strings.Builder
	for _, v := range values {
		switch {
		case math.IsNaN(v):
			out.WriteRune(gap)
		case v <= 0:
			out.WriteRune(bars[0])
		case v >= top:
			out.WriteRune(bars[len(bars)-1])
		default:
			out.WriteRune(bars[1+int(v/top*float64(len(bars)-1))])
		}
	}
	return out.String()
}

// v0 is a value, or zero for a gap.
func v0(v float64) float64 {
	if math.IsNaN(v) {
		return 0
	}
	return v
}

// Values are the rates of a series on the days from first through last, NaN where it was not reported.
func (s *Series) Values(first, last Day) []float64 {
	if last < first {
		return nil
	}
	out := make([]float64, last-first+1)
	for i := range out {
		out[i] = math.NaN()
	}
	for _, r := range s.Points {
		if r.Day >= first && r.Day <= last {
			out[r.Day-first] = r.Rate
		}
	}
	return out
}
