package reconcile

import (
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestOpposites(t *testing.T) {
	for _, row := range rows(oppositeFile) {
		if len(row) != 2 {
			t.Errorf("%q: not two columns", row)
			continue
		}
		for _, p := range stems(row[0]) {
			if slices.Contains(stems(row[1]), p) {
				t.Errorf("%s stands on both sides of %q", p, row)
			}
		}
	}
	for _, pair := range [][2]string{{"withdrew", "reinforced"}, {"deploying", "withdrawing"}, {"opened", "closed"}, {"signed", "refuses"}, {"accept", "rejected"}, {"sent", "withdrawn"}} {
		if !opposed(verbStem(pair[0]), verbStem(pair[1])) || !opposed(verbStem(pair[1]), verbStem(pair[0])) {
			t.Errorf("%v are not opposed", pair)
		}
	}
	for _, pair := range [][2]string{{"withdraw", "retreat"}, {"said", "denied"}, {"attack", "attacked"}} {
		if opposed(verbStem(pair[0]), verbStem(pair[1])) {
			t.Errorf("%v are opposed", pair)
		}
	}
}

func TestStrength(t *testing.T) {
	seen := map[string]string{}
	for _, row := range rows(strengthFile) {
		if len(row) != 3 {
			t.Errorf("%q: not three columns", row)
			continue
		}
		if rank, err := strconv.Atoi(row[1]); err != nil || rank < 1 || rank > 4 {
			t.Errorf("%q: the rank is not 1 to 4", row)
		}
		for _, w := range strings.Split(row[2], ";") {
			if other, ok := seen[verbStem(w)]; ok {
				t.Errorf("%s stands twice, as %s too", w, other)
			}
			seen[verbStem(w)] = w
		}
	}
	if a, b := loadStrength()[verbStem("agreed")], loadStrength()[verbStem("discussed")]; a.scale != b.scale || a.rank <= b.rank {
		t.Errorf("agreed is %v, discussed is %v", a, b)
	}
}

func TestBearing(t *testing.T) {
	for _, row := range rows(bearingFile) {
		if len(row) != 2 || !slices.Contains([]string{"delayed", "withdrawn", "disputed"}, row[0]) {
			t.Errorf("%q: not a kind of evidence and words", row)
		}
	}
	if got := loadBearing()[verbStem("postponed")]; !slices.Equal(got, []string{"delayed"}) {
		t.Errorf("postponed: %v", got)
	}
}

func TestDenialWords(t *testing.T) {
	for _, row := range rows(denialFile) {
		if len(row) != 2 || !slices.Contains([]string{"deny", "lack", "wish"}, row[0]) {
			t.Errorf("%q: not a kind and words", row)
		}
	}
	for word, what := range map[string]string{"denied": "deny", "denies": "deny", "refuted": "deny", "escaped": "lack", "wanted": "wish"} {
		if !does(word, what) {
			t.Errorf("%s does not %s", word, what)
		}
	}
	if does("wants", "deny") {
		t.Error("wants is a denial")
	}
}

func TestIrregular(t *testing.T) {
	for _, row := range rows(irregularFile) {
		if len(row) != 2 {
			t.Errorf("%q: not two columns", row)
			continue
		}
		for _, form := range strings.Split(row[1], ";") {
			if verbStem(form) != verbStem(row[0]) {
				t.Errorf("%s is not a form of %s", form, row[0])
			}
		}
	}
}

func TestMood(t *testing.T) {
	for text, want := range map[string]mood{
		"they left":              {},
		"they didn’t leave":      {denied: true},
		"they will leave":        {future: true},
		"they won't leave":       {denied: true, future: true},
		"they might leave":       {supposed: true},
		"they should leave":      {wished: true},
		"they never said no":     {},
		"they are going to stay": {future: true},
	} {
		if got := moodOf(text); got != want {
			t.Errorf("%s: %+v, want %+v", text, got, want)
		}
	}
}
