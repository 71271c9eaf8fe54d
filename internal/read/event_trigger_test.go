package read

import "testing"

func TestTriggersGuess(t *testing.T) {
	for words, want := range map[string]string{
		"Norland/Norland/NNP/2/nsubj supplied/supply/VBD/0/root paint/paint/NN/2/obj to/to/IN/5/case Ardan/Ardan/NNP/2/obl": "AID",
		"Norland/Norland/NNP/2/nsubj held/hold/VBD/0/root the/the/DT/4/det key/key/NN/2/obj":                                "", // no type has most of its frames
	} {
		doc := compact(t, []string{words})
		r := Read(doc)
		got := ""
		for _, tr := range Triggers(doc, &r) {
			if !tr.Guess {
				t.Errorf("%s: %+v is no guess", doc.Text, tr)
			}
			got = tr.Type
		}
		if got != want || len(r.Events) > 0 {
			t.Errorf("%s: guessed %q, want %q; %d events, want none", doc.Text, got, want, len(r.Events))
		}
	}
}
