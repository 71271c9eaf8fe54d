package record

import "math"

// Sure is a confidence as records keep it, to four decimals: processors that differ in the last bits of a sum or an exponential
// write the same record.
func Sure(confidence float64) float64 { return math.Round(confidence*1e4) / 1e4 }

// RoundConfidences keeps every confidence of the record as Sure does.
func (r *Record) RoundConfidences() {
	for i := range r.Statements {
		r.Statements[i].Confidence = Sure(r.Statements[i].Confidence)
	}
	for i := range r.Events {
		r.Events[i].Confidence = Sure(r.Events[i].Confidence)
	}
	for i := range r.Commitments {
		r.Commitments[i].Confidence = Sure(r.Commitments[i].Confidence)
	}
	for i := range r.Contacts {
		r.Contacts[i].Confidence = Sure(r.Contacts[i].Confidence)
	}
	for i := range r.Contradictions {
		r.Contradictions[i].Confidence = Sure(r.Contradictions[i].Confidence)
	}
}
