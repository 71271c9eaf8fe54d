package ceasefire

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// draw makes an agreement and reports on it.
func draw(t *rapid.T) (*Agreement, []Observation) {
	more := rapid.SampledFrom([]string{"", "recommitments: [2031-03-12]", "declared_ends: [{party: Velia, date: 2031-03-06}]\nrecommitments: [2031-03-20]"}).Draw(t, "more")
	a, err := Load(strings.NewReader(fmt.Sprintf(testLine, more, rapid.IntRange(1, 3).Draw(t, "strained"))))
	if err != nil {
		t.Fatal(err)
	}
	n := rapid.IntRange(0, 40).Draw(t, "n")
	var obs []Observation
	for i := range n {
		o := total(a.Start+Day(rapid.IntRange(-3, 30).Draw(t, "day")), float64(rapid.SampledFrom([]int{0, 0, 1, 4, 5, 9, 20, 31, 60, 200}).Draw(t, "value")))
		o.Window.End = o.Window.Start + Day(rapid.SampledFrom([]int{1, 1, 1, 2, 3}).Draw(t, "length"))
		o.Observer = rapid.SampledFrom([]string{"Joint Mission", "JMM", "Other Mission", "Velia"}).Draw(t, "observer")
		o.Place.Name = rapid.SampledFrom([]string{"Karst", "Dorn", "Karst region", "Lorne", ""}).Draw(t, "place")
		o.What = rapid.SampledFrom([]string{"violations", "explosions", "attacks"}).Draw(t, "what")
		o.Counting = rapid.SampledFrom([]string{Total, Total, Incident}).Draw(t, "counting")
		o.Says = rapid.SampledFrom([]string{Reported, Reported, Reported, Denied}).Draw(t, "says")
		o.Ref.Line = i
		o.seal()
		obs = append(obs, o)
	}
	return a, obs
}

// TestOrder holds that neither the order of observations nor their repetition matters.
func TestOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, obs := draw(t)
		mixed := append(slices.Clone(obs), obs...)
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		r.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		through := a.Start + 35
		if diff := cmp.Diff(Assess(a, obs, through), Assess(a, mixed, through)); diff != "" {
			t.Fatal(diff)
		}
	})
}

// TestZero holds that one more report of no violations never makes a day worse. Not enough reports is neither better nor
// worse than the others.
func TestZero(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, obs := draw(t)
		through := a.Start + 35
		zero := total(a.Start+Day(rapid.IntRange(0, 30).Draw(t, "zero")), 0)
		zero.Window.End = zero.Window.Start + Day(rapid.IntRange(1, 5).Draw(t, "zero days"))
		zero.Place.Name = rapid.SampledFrom([]string{"Karst", "Dorn", ""}).Draw(t, "zero place")
		zero.Counting = rapid.SampledFrom([]string{Total, Incident}).Draw(t, "zero counting")
		zero.Ref.Line = -1
		zero.seal()
		before, after := Assess(a, obs, through), Assess(a, append(slices.Clone(obs), zero), through)
		for i := range before.Days {
			b, n := before.Days[i], after.Days[i]
			if b.State != NotEnough && n.State != NotEnough && n.State.severity() > b.State.severity() {
				t.Fatalf("%s: %s became %s: %v", b.Day, b.State, n.State, n.Reasons)
			}
		}
	})
}

// TestKept holds that every observation is in a series, a claim or left out with a reason, that claims never move the
// state, and that every sentence rests on something.
func TestKept(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, obs := draw(t)
		rep := Assess(a, obs, a.Start+40)
		kept := map[string]bool{}
		for _, s := range rep.Series {
			for _, p := range s.Points {
				for _, id := range p.Observations {
					kept[id] = true
				}
			}
		}
		var counted []Observation
		for _, o := range rep.Observations {
			if kept[o.ID] {
				counted = append(counted, o)
			}
		}
		for _, c := range rep.Claims {
			kept[c.Observation] = true
		}
		for _, l := range rep.LeftOut {
			kept[l.Observation] = true
		}
		for _, o := range obs {
			if !kept[o.ID] {
				t.Fatalf("%+v is nowhere", o)
			}
		}
		if diff := cmp.Diff(rep.Days, Assess(a, counted, a.Start+40).Days); diff != "" {
			t.Fatalf("claims move the state: %s", diff)
		}
		for _, d := range rep.Days {
			for _, s := range rep.Brief(d.Day) {
				if len(s.Refs) == 0 {
					t.Fatalf("nothing behind %q", s.Text)
				}
			}
		}
	})
}

func TestSparklineProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOf(rapid.Float64()).Draw(t, "values")
		if got := utf8.RuneCountInString(Sparkline(values)); got != len(values) {
			t.Fatalf("%d characters for %d values", got, len(values))
		}
	})
}

// TestWritten holds that a written agreement is read back as it was.
func TestWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, _ := draw(t)
		a.Name = "N " + clean(rapid.String().Draw(t, "name"))
		a.Terms = []string{clean(rapid.String().Draw(t, "term"))}
		var text strings.Builder
		if err := a.Write(&text); err != nil {
			t.Fatal(err)
		}
		back, err := Load(strings.NewReader(text.String()))
		if err != nil {
			t.Fatalf("%v in\n%s", err, text.String())
		}
		if diff := cmp.Diff(a, back); diff != "" {
			t.Fatal(diff)
		}
	})
}
