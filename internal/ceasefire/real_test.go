package ceasefire

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// monitoring opens a file of real counts, which is not part of the repository; the test is skipped where it is not there.
func monitoring(t *testing.T, name string) io.Reader {
	t.Helper()
	for _, dir := range []string{os.Getenv("PARLEY_SHARED"), "../../../shared", "/work/shared"} {
		data, err := os.ReadFile(filepath.Join(dir, "data", "monitoring", name))
		if dir == "" || err != nil {
			continue
		}
		if strings.HasSuffix(name, ".gz") {
			z, err := gzip.NewReader(bytes.NewReader(data))
			if err != nil {
				t.Fatal(err)
			}
			return z
		}
		return bytes.NewReader(data)
	}
	t.Skipf("no %s on this machine", name)
	return nil
}

// imported reads a real table by a preset; it must give no problem.
func imported(t *testing.T, preset, name string) *Imported {
	t.Helper()
	m, err := Preset(preset)
	if err != nil {
		t.Fatal(err)
	}
	im, err := Import(monitoring(t, name), m, name)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range im.Problems {
		t.Errorf("problem: %+v", p)
	}
	return im
}

// agreement loads an agreement written in a test.
func agreement(t *testing.T, text string) *Agreement {
	t.Helper()
	a, err := Load(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

const contactLine = `
id: contact-line-2020
name: Contact line, measures of 22 July 2020
parties: [Ukraine, Russian Federation]
area: {places: [Donetsk, Luhansk]}
start: 2020-07-27
observers: [{name: OSCE Special Monitoring Mission to Ukraine, aliases: [SMM]}]
counts:
  - {what: violations, strained: {floor: 20}, broken: {floor: 100, days: 2}}
  - {what: explosions, strained: {floor: 10}, broken: {floor: 50, days: 2}}
`

// TestOSCE reads the mission's own counts: calm in September 2020, far from it in January 2022.
func TestOSCE(t *testing.T) {
	quiet := imported(t, "osce-summaries", "osce-smm-summaries-2020-09.jsonl")
	later := imported(t, "osce", "osce-smm-counts-2021-2022-01.csv")
	if quiet.Asides["it has no list expected_counts"] != 1 {
		t.Errorf("the weekly report has no counts: %v", quiet.Asides)
	}
	a := agreement(t, contactLine)
	rep := Assess(a, append(quiet.Observations, later.Observations...), 0)
	state := map[string]State{}
	for _, d := range rep.Days {
		state[d.Day.String()] = d.State
	}
	for day, want := range map[string]State{
		"2020-08-15": NotEnough,                                               // no report in the table
		"2020-09-07": Strained, "2020-09-13": Strained, "2020-09-14": Holding, // 50 in Luhansk on the 7th, then seven quiet days
		"2020-10-15": NotEnough, // a gap is not calm
		"2021-08-30": Strained,  // 676 in Luhansk after one severe day
		"2022-01-14": Broken, "2022-01-26": Broken,
	} {
		if state[day] != want {
			t.Errorf("%s: %s, want %s", day, state[day], want)
		}
	}
	for _, s := range rep.Series {
		for _, r := range s.Points {
			if s.Place == "Donetsk" && s.What == "violations" && r.Day.String() == "2022-01-08" && (r.Rate != 38 || r.Window != 4) {
				t.Errorf("the report of 9 January covers four days: %+v", r)
			}
		}
	}
}

const lineOfControl = `
id: loc-2003
name: Line of Control ceasefire of 2003
parties: [India, Pakistan]
start: 2003-11-26
observers: [{name: jatinkataria94/Ceasefire-Violations}]
counts: [{what: violations}]
rule:
  baseline: {from: 2013-01-01, days: 1095}
  strained: {floor: 0.2}
  broken: {floor: 0.5, ratio: 4, days: 2}
  quiet_days: 60
`

// TestLineOfControl holds the rule against what is known of 2013 to 2019: many more violations from late 2016 on.
func TestLineOfControl(t *testing.T) {
	im := imported(t, "loc-monthly", "india-pakistan-loc-violations-monthly.csv")
	if len(im.Observations) != 84 || im.Observations[1].Window.Days() != 28 {
		t.Fatalf("84 months: %d, %+v", len(im.Observations), im.Observations[1].Window)
	}
	rep := Assess(agreement(t, lineOfControl), im.Observations, 0)
	broken := map[int]int{}
	for _, d := range rep.Days {
		if d.State == Broken {
			broken[d.Day.Time().Year()]++
		}
	}
	for year := 2004; year < 2016; year++ {
		if broken[year] > 0 {
			t.Errorf("%d: broken on %d days", year, broken[year])
		}
	}
	for _, year := range []int{2017, 2018, 2019} {
		if broken[year] < 180 {
			t.Errorf("%d: broken on %d days only", year, broken[year])
		}
	}
	if s := rep.Days[len(rep.Days)-1]; s.State != Broken {
		t.Errorf("at the end of 2019: %+v", s)
	}
}

// TestKhartoum holds the rule against events after the accord of 6 February 2019 in the Central African Republic: never
// without violence, and broken when the rebellion of December 2020 set in, not before.
func TestKhartoum(t *testing.T) {
	m, err := Preset("ucdp")
	if err != nil {
		t.Fatal(err)
	}
	m.Covers = &Coverage{}
	if m.Covers.From, err = ParseDay("2019-01-01"); err != nil {
		t.Fatal(err)
	}
	m.Covers.To = m.Covers.From + 4*365
	im, err := Import(monitoring(t, "ucdp-ged-23.1-central-african-republic.jsonl.gz"), m, "ucdp")
	if err != nil {
		t.Fatal(err)
	}
	a := agreement(t, `
id: khartoum-2019
name: Political agreement of Khartoum
parties: [Government of Central African Republic, armed groups]
start: 2019-02-06
observers: [{name: UCDP}]
counts: [{what: events}]
rule: {strained: {floor: 0.3, days: 2, within: 14}, broken: {floor: 1, days: 4, within: 21}, quiet_days: 30}
`)
	first := Day(0)
	for _, d := range Assess(a, im.Observations, 0).Days {
		if d.State == Broken && first == 0 {
			first = d.Day
		}
	}
	if got := first.String(); got < "2020-12-15" || got > "2021-01-15" {
		t.Errorf("first broken on %s", got)
	}
}

// TestOtherTables reads the rest of the real tables without a problem.
func TestOtherTables(t *testing.T) {
	for _, tt := range []struct {
		preset, name string
		rows, least  int
	}{
		{"loc-sectors", "india-pakistan-loc-violations-by-sector.csv", 84, 500},
		{"casualties", "gaza-casualties-daily.csv", 1051, 1500},
		{"ucdp", "ucdp-ged-23.1-central-african-republic.jsonl.gz", 1848, 1848},
	} {
		im := imported(t, tt.preset, tt.name)
		if im.Rows != tt.rows || len(im.Observations) < tt.least {
			t.Errorf("%s: %d rows, %d observations; want %d, %d at least", tt.name, im.Rows, len(im.Observations), tt.rows, tt.least)
		}
	}
}

func TestPAX(t *testing.T) {
	drafts, problems, err := FromPAX(monitoring(t, "pax-agreements.jsonl.gz"))
	if err != nil || len(problems) > 0 || len(drafts) != 665 {
		t.Fatalf("%d drafts, %v, %v", len(drafts), problems, err)
	}
	for _, a := range drafts {
		if a.Name == "" || a.Start == 0 || a.ID == "" {
			t.Errorf("%+v", a)
		}
	}
}
