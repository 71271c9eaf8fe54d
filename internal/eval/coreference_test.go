package eval

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"parley/internal/document"
)

func equalShares(got, want float64) bool { return math.Abs(got-want) < 1e-9 }

// TestChainScore holds the metrics to values worked out by hand. The first case is the example of Pradhan et al.
// 2014: key {a b c} {d e f g}, response {a b} {c d} {f g h i}.
func TestChainScore(t *testing.T) {
	const a, b, c, d, e, f, g, h, i = 0, 1, 2, 3, 4, 5, 6, 7, 8
	type pr struct{ r, p float64 }
	tests := []struct {
		name          string
		gold, given   map[int]int
		muc, b3, ceaf pr
	}{
		{"Pradhan", map[int]int{a: 1, b: 1, c: 1, d: 2, e: 2, f: 2, g: 2}, map[int]int{a: 1, b: 1, c: 2, d: 2, f: 3, g: 3, h: 3, i: 3},
			pr{2.0 / 5, 2.0 / 5}, pr{35.0 / 12 / 7, 4.0 / 8}, pr{13.0 / 10 / 2, 13.0 / 10 / 3}},
		{"the same", map[int]int{a: 1, b: 1, c: 2}, map[int]int{a: 7, b: 7, c: 9}, pr{1, 1}, pr{1, 1}, pr{1, 1}},
		{"all in one", map[int]int{a: 1, b: 1, c: 2, d: 2}, map[int]int{a: 1, b: 1, c: 1, d: 1},
			pr{1, 2.0 / 3}, pr{1, 0.5}, pr{2.0 / 3 / 2, 2.0 / 3}},
		{"each alone", map[int]int{a: 1, b: 1, c: 1}, map[int]int{a: 1, b: 2, c: 3}, pr{0, 0}, pr{1.0 / 3, 1}, pr{0.5, 0.5 / 3}},
		{"greedy would be wrong", // best pair first would take 2·3/(5+4), and leave 0 for the rest
			map[int]int{0: 1, 1: 1, 2: 1, 3: 1, 4: 1, 5: 2}, map[int]int{0: 1, 1: 1, 2: 1, 5: 1, 3: 2, 4: 2},
			pr{3.0 / 4, 3.0 / 4}, pr{(13.0/5 + 1) / 6, (10.0/4 + 4.0/2) / 6}, pr{(2*2.0/7 + 2*1.0/5) / 2, (2*2.0/7 + 2*1.0/5) / 2}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var s chainScore
			s.add(test.gold, test.given)
			check := func(name string, m chainMetric, want pr) {
				if !equalShares(m.recall.share(), want.r) || !equalShares(m.precision.share(), want.p) {
					t.Errorf("%s: recall %.4f, precision %.4f, want %.4f, %.4f", name, m.recall.share(), m.precision.share(), want.r, want.p)
				}
			}
			check("MUC", s.muc, test.muc)
			check("B³", s.b3, test.b3)
			check("CEAF-e", s.ceaf, test.ceaf)
		})
	}
}

// TestChainScoreSame holds that scores are the same to the last digit however often they are worked out.
func TestChainScoreSame(t *testing.T) {
	gold, given := map[int]int{}, map[int]int{}
	for m := range 400 {
		gold[m], given[m] = m*m%37, m*7%61%41
	}
	var first chainScore
	first.add(gold, given)
	for range 20 {
		var again chainScore
		again.add(gold, given)
		if again != first {
			t.Fatalf("%+v, then %+v", first, again)
		}
	}
}

func TestAssign(t *testing.T) {
	for _, test := range []struct {
		gain [][]float64
		want float64
	}{
		{nil, 0},
		{[][]float64{{3}}, 3},
		{[][]float64{{5, 4}, {4, 0}}, 8},
		{[][]float64{{1, 2, 3}, {2, 4, 6}, {3, 6, 9}}, 14},
		{[][]float64{{7, 5, 11}, {5, 4, 1}, {9, 3, 2}}, 24},
	} {
		if got := assign(test.gain); !equalShares(got, test.want) {
			t.Errorf("assign(%v) = %v, want %v", test.gain, got, test.want)
		}
	}
}

func TestGUMEntities(t *testing.T) {
	word := func(n, misc string) string { return n + "\tx\tx\tNOUN\tNN\t_\t0\troot\t_\t" + misc + "\n" }
	in := "# newdoc id = A\n" + word("1", "Entity=(1-person-new-x(2-place-new-x)") + word("2-3", "_") + word("2", "_") + word("3", "SpaceAfter=No|Entity=1)(3-event-x") +
		"\n" + word("1", "Entity=(1-person-giv)3)") + "\n# newdoc id = B\n" + word("1", "Entity=(1-organization-new)")
	got, err := gumEntities(strings.NewReader(in))
	want := [][]gumMention{{{0, 1, "2", "place"}, {0, 3, "1", "person"}, {3, 4, "1", "person"}, {2, 4, "3", "event"}}, {{0, 1, "1", "organization"}}}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(gumMention{}), cmpopts.EquateEmpty()); diff != "" || err != nil {
		t.Errorf("%v, (-want +got):\n%s", err, diff)
	}
}

// TestChainsOnHeads follows mentions through both settings: "Ada Stone , Roe and he" with Ada and Roe one in the gold.
func TestChainsOnHeads(t *testing.T) {
	gold := &document.Document{Tokens: []document.Token{{Head: 3}, {Head: 0}, {Head: 0}, {Head: -1}, {Head: 3}, {Head: 3}}}
	key := goldChains(gold, []gumMention{{0, 3, "9", "person"}, {0, 2, "4", "person"}, {3, 4, "4", "person"}, {4, 5, "5", "object"}, {5, 6, "6", "place"}})
	if diff := cmp.Diff(map[int]int{0: 0, 3: 0, 5: 1}, key); diff != "" {
		t.Errorf("gold (-want +got):\n%s", diff)
	}
	gold.Tokens[1].Feats = "PronType=Rel"
	found := []document.Mention{{Head: 0, Entity: 0, Class: "PER"}, {Head: 1, Entity: 0, Class: "PER"}, {Head: 3, Entity: 0}, {Head: 4, Entity: 2, Class: "ORG"}}
	if diff := cmp.Diff(map[int]int{0: 0, 3: 0, 5: -6}, restricted(key, found)); diff != "" {
		t.Errorf("restricted (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[int]int{0: 0, 4: 2}, claimed(&document.Document{Tokens: gold.Tokens, Mentions: found})); diff != "" {
		t.Errorf("claimed (-want +got):\n%s", diff)
	}
}
