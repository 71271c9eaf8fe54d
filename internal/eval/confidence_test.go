package eval

import (
	"math"
	"testing"
)

func closeTo(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-9 {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

// judged makes n items of one evidence, right of them right.
func judged(evidence float64, n, right int) []Judged {
	out := make([]Judged, n)
	for i := range out {
		out[i] = Judged{Evidence: evidence, Confidence: evidence, Right: i < right}
	}
	return out
}

func TestIsotonic(t *testing.T) {
	items := append(append(judged(0.2, 100, 30), judged(0.5, 100, 20)...), judged(0.9, 100, 80)...)
	c := Isotonic(items)
	closeTo(t, "the pooled share at .2", c.At(0.2), 51./202)
	closeTo(t, "the pooled share at .35", c.At(0.35), 51./202)
	closeTo(t, "the share at .9", c.At(0.9), 81./102)
	closeTo(t, "the share at 1", c.At(1), 81./102)
	for i := 1; i < len(c); i++ {
		if c[i].Share < c[i-1].Share || c[i].Evidence <= c[i-1].Evidence {
			t.Errorf("point %d falls: %v", i, c)
		}
	}
}

func TestCalibrationError(t *testing.T) {
	closeTo(t, "error of a perfect reader", calibrationError(judged(0.8, 10, 8)), 0)
	closeTo(t, "error of a boaster", calibrationError(judged(0.8, 10, 5)), 0.3)
	closeTo(t, "error of both", calibrationError(append(judged(0.8, 10, 5), judged(0.6, 10, 6)...)), 0.15)
}
