package ceasefire

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
)

const testLine = `
id: test-line
name: Test Line
parties: [Velia, Ostran Front]
area: {places: [Karst, Dorn]}
start: 2031-03-01
%s
observers: [{name: Joint Mission, aliases: [JMM]}, {name: Other Mission}]
counts: [{what: violations}, {what: explosions}]
rule:
  baseline: {days: 5, min_days: 3}
  strained: {floor: 5, days: %d}
  broken: {floor: 30, ratio: 4, days: 2}
  quiet_days: 3
  silence_days: 2
`

// total is a report of the Joint Mission on violations in Karst for one day.
func total(day Day, value float64) Observation {
	o := Observation{
		Observer: "Joint Mission", Says: Reported, What: "violations", Counting: Total, Means: "recorded", Count: Count{Value: value, Bound: "exactly"},
		Place: Place{Name: "Karst", Precision: "region"}, Window: Window{day, day + 1}, Dated: "stated",
		Ref: Ref{Kind: "row", Table: "test.csv", Line: int(day)},
	}
	o.seal()
	return o
}

// days turns "0 7 . 40" into reports from the first of March 2031; a dot is a day without one, "3x60" is one report of 60
// over three days.
func days(t *testing.T, text string) []Observation {
	t.Helper()
	day, err := ParseDay("2031-03-01")
	if err != nil {
		t.Fatal(err)
	}
	var out []Observation
	for _, f := range strings.Fields(text) {
		length, count, long := strings.Cut(f, "x")
		if !long {
			length, count = "1", f
		}
		n, err := strconv.Atoi(length)
		if err != nil {
			t.Fatal(err)
		}
		if v, err := strconv.ParseFloat(count, 64); err == nil {
			o := total(day, v)
			o.Window.End = day + Day(n)
			o.seal()
			out = append(out, o)
		}
		day += Day(n)
	}
	return out
}

// letters are the states of the days: h, s, b, and n for not enough reports.
func letters(rep *Report) string {
	var s strings.Builder
	for _, d := range rep.Days {
		s.WriteByte(d.State[0])
	}
	return s.String()
}

func TestStates(t *testing.T) {
	for _, tt := range []struct {
		name, more, reports, want string
		strainedDays              int
	}{
		{name: "calm", reports: "0 1 0 2", want: "hhhh"},
		{name: "no report is not calm", reports: "0 . . . . 0", want: "hhhnnh"},
		{name: "nothing yet", reports: ". . 0", want: "nnh"},
		{name: "one bad day strains", reports: "0 40 0 0 0 0", want: "hssshh"},
		{name: "two bad days break", reports: "0 40 40 0 0 0 0 0 0", want: "hsbbbsssh"},
		{name: "quiet must be unbroken", reports: "40 40 0 0 6 0 0 0", want: "sbbbbbbs"},
		{name: "a gap is no quiet day", reports: "6 0 0 . . 0", want: "sssssh"},
		{name: "silence breaks a quiet run", reports: "6 0 0 . . . 0 0 0", want: "sssssnssh"},
		{name: "bad days need not be in a row", reports: "40 0 . 40", want: "sssb"},
		{name: "but close together", reports: "40 0 . 0 . 0 . 40", want: "ssssshhs"},
		{name: "silence does not hide them", reports: "40 . . . 40", want: "sssnb"},
		{name: "a weekend counts by the day", reports: "0 3x12 0", want: "hhhhh"},
		{name: "one report of several days is one", reports: "0 3x120 0", want: "hssss"},
		{name: "and two are two", reports: "0 3x120 2x80", want: "hsssbb"},
		{name: "strained by days", strainedDays: 2, reports: "6 0 6 6 0", want: "hhsss"},
		{name: "baseline raises what is a lot", reports: "4 4 4 4 4 7 9", want: "hhhhhhs"},
		{name: "no baseline from open fighting", reports: "90 90 90 90 90 90 90", want: "sbbbbbb"},
		{name: "no baseline from few days", reports: "4 0 0 0 4 7", want: "hhhhhs"},
		{name: "recommitment starts afresh", more: "recommitments: [2031-03-04]", reports: "40 40 40 . 0", want: "sbbnh"},
		{name: "declared end", more: "declared_ends: [{party: Velia, date: 2031-03-02}]", reports: "0 0 0 0", want: "hbbb"},
		{name: "until recommitment", more: "recommitments: [2031-03-04]\ndeclared_ends: [{party: Velia, date: 2031-03-02}]", reports: "0 0 0 0", want: "hbbh"},
		{name: "end", more: "end: 2031-03-02", reports: "0 0 90 90", want: "hh"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := agreement(t, fmt.Sprintf(testLine, tt.more, max(1, tt.strainedDays)))
			rep := Assess(a, days(t, tt.reports), 0)
			if got := letters(rep); got != tt.want {
				t.Errorf("%s: %s, want %s", tt.reports, got, tt.want)
			}
			for _, d := range rep.Days {
				if len(d.Reasons) == 0 {
					t.Errorf("%s has no reason", d.Day)
				}
				for _, s := range rep.Brief(d.Day) {
					if len(s.Refs) == 0 || s.Text == "" {
						t.Errorf("%s: nothing behind %q", d.Day, s.Text)
					}
				}
			}
		})
	}
}

// TestJump is the shape of a contact line that tips: weeks of a few dozen a day, then hundreds, then thousands.
func TestJump(t *testing.T) {
	a := agreement(t, fmt.Sprintf(testLine, "", 1))
	rep := Assess(a, days(t, strings.Repeat("4 ", 20)+"19 180 590 2100"), 0)
	if got, want := letters(rep), strings.Repeat("h", 20)+"ssbb"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// TestWorstSeries holds how series make the whole: the worst that reports, never a sum.
func TestWorstSeries(t *testing.T) {
	a := agreement(t, fmt.Sprintf(testLine, "", 1))
	obs := days(t, "4 4 4 4 0 0 0 0")
	for _, v := range []struct{ place, observer, what string }{{"Dorn region", "JMM", "violations"}, {"Karst", "Other Mission", "violations"}, {"Karst", "The Joint Mission", "explosions"}} {
		o := obs[0]
		o.Place.Name, o.Observer, o.What = v.place, v.observer, v.what
		o.seal()
		obs = append(obs, o)
	}
	rep := Assess(a, obs, 0)
	if len(rep.Series) != 4 || letters(rep) != "hhhhhhhh" {
		t.Fatalf("four series of 4 a day each are kept apart: %d, %s", len(rep.Series), letters(rep))
	}
	bad := total(obs[0].Window.Start, 50)
	bad.Place.Name = "Dorn"
	bad.seal()
	if got := letters(Assess(a, append(obs, bad), 0)); got != "sssnnnnn" {
		t.Errorf("Dorn was strained and is silent: %s", got)
	}
}

// TestClaims holds that those who are no observers never move the state and are always told.
func TestClaims(t *testing.T) {
	a := agreement(t, fmt.Sprintf(testLine, "", 1))
	obs := days(t, "0 0 0")
	claim := obs[1]
	claim.Observer, claim.Count.Value, claim.Ref = "Armed Forces of Velia", 500, Ref{Kind: "entry", Entry: "f-1", Text: "500 violations"}
	claim.seal()
	denial := claim
	denial.Observer, denial.Says = "Ostran Front", Denied
	denial.seal()
	elsewhere := claim
	elsewhere.Place.Name = "Port Lorne"
	elsewhere.seal()
	rep := Assess(a, append(obs, claim, denial, elsewhere), 0)
	if letters(rep) != "hhh" || len(rep.Claims) != 2 || len(rep.LeftOut) != 1 {
		t.Fatalf("%s, claims %v, left out %v", letters(rep), rep.Claims, rep.LeftOut)
	}
	kinds := map[string]string{}
	for _, s := range rep.Brief(obs[1].Window.Start) {
		kinds[s.Kind] += s.Text
	}
	if !strings.Contains(kinds["claim"], "Armed Forces of Velia (a party) says: 500 violations, Karst; no observer of the agreement reports violations for that time.") {
		t.Errorf("claim: %s", kinds["claim"])
	}
	if !strings.Contains(kinds["denial"], "Ostran Front (a party) denies violations") {
		t.Errorf("denial: %s", kinds["denial"])
	}
	if !strings.Contains(kinds["missing"], "Other Mission") || !strings.Contains(kinds["missing"], "Dorn") {
		t.Errorf("missing: %s", kinds["missing"])
	}
}
