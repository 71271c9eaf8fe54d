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
		if len(row) != 2 || !slices.Contains([]string{"deny", "lack", "wish", "plan"}, row[0]) {
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

// TestWordLists holds that every list is read whole and that the lists that are asked for have the words they are for.
func TestWordLists(t *testing.T) {
	lists := map[string]bool{}
	for _, row := range rows(wordFile) {
		if len(row) != 2 || lists[row[0]] {
			t.Errorf("%q: not a name and words, or the name stands twice", row)
			continue
		}
		lists[row[0]] = true
		seen := map[string]bool{}
		for _, w := range strings.Split(row[1], ";") {
			if w == "" || w != strings.ToLower(strings.TrimSpace(w)) || seen[w] {
				t.Errorf("%s: %q is empty, not in lower case, or stands twice", row[0], w)
			}
			seen[w] = true
		}
	}
	for _, list := range []string{"not", "turn", "denying", "future", "wished", "supposed", "conditional", "resolve", "half", "clause", "proof", "light", "hollow",
		"common", "spot", "self", "theirs", "portion", "kept", "back", "charges", "charging", "mistaken", "falsehood", "portions", "parts", "harmed", "growing", "order", "day", "vague", "ahead", "openended", "lasting", "describing", "otherholder", "fates", "counting", "partly", "ofthem", "ours", "spanning", "beside", "exact"} {
		if !lists[list] {
			t.Errorf("there is no list %s", list)
		}
		delete(lists, list)
	}
	for list := range lists {
		t.Errorf("nobody asks for the list %s", list)
	}
	for _, class := range []string{planned, troops, civilians, talked, involved, dead} {
		if !strings.Contains("\n"+classFile, "\n"+strings.TrimPrefix(class, "=")+"\t") {
			t.Errorf("there is no class %s", class)
		}
	}
}

func TestLists(t *testing.T) {
	m := matter{classes: loadClasses()}
	for _, c := range []struct {
		list, word string
	}{{"light", "someone"}, {"common", "people"}, {"common", "members"}, {"common", "troops"}, {"hollow", "allegations"}, {"hollow", "stories"}, {"parts", "wounded"},
		{"parts", "killed"}, {"growing", "injuries"}, {"growing", "vote"}, {"harmed", "detained"}, {"spot", "towns"}} {
		if !isTerm(c.list, m.term(c.word)) {
			t.Errorf("%s is not of the list %s", c.word, c.list)
		}
	}
	for _, c := range []struct {
		list, text string
		want       bool
	}{{"conditional", "They left, if they could.", true}, {"conditional", "The iffy mayor left.", false}, {"future", "It is, he said, due to leave", true},
		{"falsehood", "is not true.", true}, {"portions", "A third bomb", true}, {"portions", "A thirdhand bomb", false}, {"supposed", "HOPES rose", true}} {
		if got := says(c.list, c.text); got != c.want {
			t.Errorf("%s in %q: %v, want %v", c.list, c.text, got, c.want)
		}
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
