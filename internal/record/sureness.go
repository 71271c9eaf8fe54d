package record

import "math"

// Sure is a confidence as records keep it, to four decimals: processors that differ in the last bits of a sum or an exponential
// write the same record.
func Sure(confidence float64) float64 { return math.Round(confidence*1e4) / 1e4 }

// RoundConfidences keeps every confidence of the record as Sure does.
func (rec *Record) RoundConfidences() {
	for i := range rec.Statements {
		rec.Statements[i].Confidence = Sure(rec.Statements[i].Confidence)
	}
	for i := range rec.Events {
		rec.Events[i].Confidence = Sure(rec.Events[i].Confidence)
	}
	for i := range rec.Commitments {
		rec.Commitments[i].Confidence = Sure(rec.Commitments[i].Confidence)
	}
	for i := range rec.Contacts {
		rec.Contacts[i].Confidence = Sure(rec.Contacts[i].Confidence)
	}
	for i := range rec.Contradictions {
		rec.Contradictions[i].Confidence = Sure(rec.Contradictions[i].Confidence)
	}
}
