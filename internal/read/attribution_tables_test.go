package read

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestCueTables checks that the tables of attribution are well formed: known acts and frames, no line twice,
// every rule with a trust that falls from marked to unmarked.
func TestCueTables(t *testing.T) {
	acts := strings.Fields("say claim announce report confirm deny acknowledge estimate expect believe hope fear doubt warn threaten pledge " +
		"intend agree offer propose request demand ask reject accuse criticise praise")
	frame := regexp.MustCompile(`^(that|that:hear|q|to|ing|np|np-as|np-for|np-of|doc|@[a-z]+)$`)
	for name, text := range map[string]string{"cues": cuesTSV, "nouns": nounsTSV, "adjectives": adjectivesTSV} {
		seen := map[string]bool{}
		for _, row := range cueRows(text) {
			if len(row) != 3 || !slices.Contains(acts, row[1]) {
				t.Errorf("%s: %q: want a lemma, an act and frames", name, row)
				continue
			}
			if key := row[0] + " " + row[1]; seen[key] {
				t.Errorf("%s: %s stands twice", name, key)
			} else {
				seen[key] = true
			}
			for _, f := range strings.Split(row[2], ",") {
				if !frame.MatchString(f) {
					t.Errorf("%s: %s: unknown frame %q", name, row[0], f)
				}
			}
		}
	}
	lex, err := readLexicon()
	if err != nil {
		t.Fatal(err)
	}
	for rule, tr := range lex.trust {
		for _, p := range []float64{tr.alone, tr.marked, tr.unmarked} {
			if p <= 0 || p >= 1 {
				t.Errorf("trust %s: %v is no probability", rule, p)
			}
		}
		if tr.marked < tr.unmarked {
			t.Errorf("trust %s: the model's mark lowers it", rule)
		}
	}
	for word, channel := range lex.channels {
		if word != strings.ToLower(word) || channel == "" {
			t.Errorf("channels: %s %s", word, channel)
		}
	}
}
