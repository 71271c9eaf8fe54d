package desk_test

import (
	"strings"
	"testing"

	"parley/internal/desk"
	"parley/internal/record"
)

// A figure is shown in its sentence.
func TestFigureInSentence(t *testing.T) {
	in := archive(t, 0)
	long := strings.Repeat("and so on ", 40)
	var stories []*story
	cases := []struct{ text, words, before, after string }{
		{"It rained. Four drones fell. Gen. Ruiz left.", "Four", "", " drones fell."},
		{"It rained. Near the pier, Gen. Ruiz counted 11. He left.", "11", "Near the pier, Gen. Ruiz counted ", "."},
		{"Ferry sunk\n“It took 12 lives,” he said.", "12", "“It took ", " lives,” he said."},
		{"He said “no.” About 3.5 tons came to the U.S. base! All sank.", "3.5", "About ", " tons came to the U.S. base!"},
		{"At 9 a.m. on Monday 40 left", "40", "At 9 a.m. on Monday ", " left"},
		{long + "saw 5 boats " + long, "5", "…", "…"},
	}
	for i, c := range cases {
		s := told("Kelm Courier", 1, i, c.text)
		s.figure(1, c.words, "", "", "")
		stories = append(stories, s)
	}
	keep(t, in, stories...)
	for i, c := range cases {
		shown, err := desk.New(in).Shown(t.Context(), list(t, in, record.Query{IDs: []record.ID{stories[i].rec.Figures[0].ID}}))
		if err != nil || len(shown) != 1 || shown[0].Around == nil {
			t.Fatal(shown, err)
		}
		got := shown[0].Around
		if c.before == "…" && strings.HasPrefix(got.Before, "… ") && strings.HasSuffix(got.After, "…") && len(got.Before)+len(got.After) < 620 {
			continue
		}
		if got.Before != c.before || got.After != c.after {
			t.Errorf("%q «%s» %q", got.Before, c.words, got.After)
		}
	}
}
