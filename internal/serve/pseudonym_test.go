package serve

import (
	"strings"
	"testing"

	"parley/internal/record"
)

func TestPseudonyms(t *testing.T) {
	secret := []byte("a secret of this test")
	p, err := newPseudonyms(secret, "crisis")
	if err != nil {
		t.Fatal(err)
	}
	again, _ := newPseudonyms(secret, "crisis")
	elsewhere, _ := newPseudonyms(secret, "border")
	other, _ := newPseudonyms([]byte("another secret"), "crisis")
	for _, letter := range []string{"a", "d", "i", "s"} {
		id := string(record.NewID(letter, "Olive Marsh"))
		hidden := p.hide(id)
		if !pseudonymForm.MatchString(hidden) || idForm.MatchString(hidden) || len(hidden) > 40 {
			t.Errorf("%s became %s", id, hidden)
		}
		if again.hide(id) != hidden || p.show(hidden) != id {
			t.Errorf("%s comes back as %s", id, p.show(hidden))
		}
		for name, q := range map[string]pseudonyms{"archive": elsewhere, "desk": other} {
			if q.hide(id) == hidden || q.show(hidden) != hidden {
				t.Errorf("another %s knows %s", name, hidden)
			}
		}
	}
	// Another kind's, one letter changed, and one made up are nothing's.
	hidden := p.hide("a-000000000001")
	for _, bad := range []string{"i" + hidden[1:], hidden[:27] + map[bool]string{true: "0", false: "1"}[hidden[27] != '0'], "a-" + strings.Repeat("0", 26)} {
		if got := p.show(bad); got != bad {
			t.Errorf("%s is taken for %s", bad, got)
		}
	}
}

func TestPseudonymsInAnswers(t *testing.T) {
	p, _ := newPseudonyms([]byte("x"), "crisis")
	id := "s-000000000001"
	for name, c := range map[string]struct {
		in, want any
		key      string
		problem  bool
	}{
		"an id":        {in: id, want: p.hide(id)},
		"words":        {in: "see s-000000000001 there", want: "see s-000000000001 there", key: "text"},
		"a cursor":     {in: "7ps.s-000000000001", want: "7ps." + p.hide(id), key: "next"},
		"in a problem": {in: "reading s-000000000001: not found", want: "reading " + p.hide(id) + ": not found", problem: true},
		"a short one":  {in: "s-1", want: "s-1"},
	} {
		if got := p.answer(c.in, c.key, c.problem); got != c.want {
			t.Errorf("%s: %v, not %v", name, got, c.want)
		}
	}
	got := p.answer(map[string]any{id: []any{id}}, "", false).(map[string]any)
	if list, ok := got[p.hide(id)].([]any); !ok || len(got) != 1 || list[0] != p.hide(id) {
		t.Errorf("%v", got)
	}
}

// FuzzPseudonyms takes back what anybody may send.
func FuzzPseudonyms(f *testing.F) {
	p, err := newPseudonyms([]byte("x"), "crisis")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(p.hide("a-000000000001"))
	f.Add("a-00000000000000000000000000")
	f.Fuzz(func(t *testing.T, s string) {
		pseudonymForm.ReplaceAllStringFunc(s, func(one string) string {
			if id := p.show(one); id != one && p.hide(id) != one {
				t.Errorf("%s and %s are both %s", one, p.hide(id), id)
			}
			return one
		})
	})
}
