package record

import "testing"

func TestRoundConfidences(t *testing.T) {
	// Two processors' sums of the same numbers.
	a, b := 0.8790199152039919, 0.879019915203992
	r := Record{Statements: []Statement{{Confidence: a}}, Events: []Event{{Confidence: a}}, Commitments: []Commitment{{Confidence: a}},
		Contacts: []Contact{{Confidence: a}}, Contradictions: []Contradiction{{Confidence: a}}}
	r.RoundConfidences()
	for kind, got := range map[string]float64{"statement": r.Statements[0].Confidence, "event": r.Events[0].Confidence,
		"commitment": r.Commitments[0].Confidence, "contact": r.Contacts[0].Confidence, "contradiction": r.Contradictions[0].Confidence} {
		if got != 0.879 {
			t.Errorf("confidence of a %s is %v, want 0.879", kind, got)
		}
	}
	if Sure(a) != Sure(b) {
		t.Errorf("%v and %v are kept as %v and %v", a, b, Sure(a), Sure(b))
	}
}
