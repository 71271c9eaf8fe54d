package main

import (
	"testing"

	"parley/internal/eval"
)

func TestWorth(t *testing.T) {
	for want, r := range map[string]eval.Row{
		"56.0 %": {Measure: "it is among the first five", Value: 56, N: 50},
		"0.4 %":  {Measure: "crashed", Value: 0.4, N: 250},
		"1234":   {Measure: "statements (number)", Value: 1234, N: 50},
		"7":      {Measure: "pairs found, pairs", Value: 7, N: 9},
	} {
		if got := worth(r); got != want {
			t.Errorf("%s: %q, want %q", r.Measure, got, want)
		}
	}
}
