package ceasefire

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// TestExample holds the example against the code: it loads, and holds every key.
func TestExample(t *testing.T) {
	data, err := os.ReadFile("../../examples/ceasefire-north-line.yaml")
	if err != nil {
		t.Fatal(err)
	}
	a, err := Load(strings.NewReader(string(data)))
	if err != nil {
		t.Fatal(err)
	}
	if a.Observers[0].Aliases[0] != "JMM" || a.Start.String() != "2031-03-01" || a.Rule.Broken.Floor != 30 {
		t.Errorf("%+v", a)
	}
	if s, b := a.thresholds("violations"); s.Floor != 20 || s.Ratio != 2 || b.Ceiling != 800 {
		t.Errorf("a count's own thresholds, and the rule's where it has none: %+v %+v", s, b)
	}
}

func TestLoadErrors(t *testing.T) {
	good := fmt.Sprintf(testLine, "", 1)
	for _, tt := range []struct{ name, from, to, want string }{
		{"unknown key", "name: Test Line", "name: Test Line\ncolour: red", `line 4: there is no key "colour" here: correct it or take it out`},
		{"unknown key inside", "quiet_days: 3", "quiet_day: 3", `line 14: there is no key "quiet_day" here`},
		{"bad date", "start: 2031-03-01", "start: 1 March", `line 6: "1 March" is not a date: write it as 2031-03-01`},
		{"no such day", "start: 2031-03-01", "start: 2031-02-29", `line 6: "2031-02-29" is not a date`},
		{"no parties", "parties: [Velia, Ostran Front]", "parties: [Velia]", "line 4: an agreement has two parties at least: list them"},
		{"no start", "start: 2031-03-01\n", "", "line 2: the agreement needs its first day: write start:"},
		{"wrong kind", "quiet_days: 3", "quiet_days: few", "line 14: `few` cannot stand here: write a number"},
		{"negative", "quiet_days: 3", "quiet_days: -3", "line 14: quiet_days must be 1 to 3660"},
		{"wrong order", "strained: {floor: 5, days: 1}", "strained: {floor: 500, days: 1}", "strained must not ask for more than broken"},
		{"two documents", "id: test-line", "id: a\n---\nid: test-line", "more than one document"},
		{"no YAML", "id: test-line", "id: [", "correct the YAML there"},
		{"box", "area: {places: [Karst, Dorn]}", "area: {box: [4, 3, 2, 1]}", "line 5: the box must be west, south, east, north"},
		{"not a number", "floor: 30", "floor: .nan", "a threshold needs floor and ratio above zero"},
		{"a stranger's end", "name: Test Line", "name: Test Line\ndeclared_ends: [{party: Norland, date: 2031-03-05}]", `"Norland" is no party`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := strings.Replace(good, tt.from, tt.to, 1)
			if text == good {
				t.Fatalf("%q is not in the text", tt.from)
			}
			if _, err := Load(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v\nwant %s", err, tt.want)
			}
		})
	}
	if _, err := Load(strings.NewReader(strings.Repeat("#", maxYAML+1))); err == nil || !strings.Contains(err.Error(), "larger than 1 MiB") {
		t.Errorf("too large: %v", err)
	}
}

func TestMapErrors(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"name: x\ncolumns: {day: d}\n", `line 2: there is no key "day" here`},
		{"name: x\nobserver: O\ncolumns: {date: d}\n", "the map counts nothing"},
		{"name: x\nobserver: O\ncounting: incident\ncolumns: {date: d}\n", "what a row is one of"},
		{"name: x\ncolumns: {date: d}\ncounts: [{column: n, what: v}]\n", "who observed"},
		{"name: x\nobserver: O\nmeans: smelt\ncolumns: {date: d}\ncounts: [{column: n, what: v}]\n", `line 3: means is "smelt": write one of heard, saw`},
		{"", "line 1: the file is empty"},
	} {
		if _, err := LoadMap(strings.NewReader(tt.text)); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%q: %v, want %s", tt.text, err, tt.want)
		}
	}
}

// TestExplain holds that the rule in words has the numbers it is run with.
func TestExplain(t *testing.T) {
	a := agreement(t, strings.Replace(fmt.Sprintf(testLine, "", 2), "{what: explosions}", "{what: explosions, broken: {floor: 77}}", 1))
	text := strings.Join(a.Explain(), "\n")
	for _, want := range []string{"5 days from the start", "from 5 a day", "2 reported days within 7 that are high or very high", "4 times the usual level", "each time after 3 reported days", "more than 2 days without a report", "For explosions a day is high from 5", "from 77 a day"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
}

func TestParseMap(t *testing.T) {
	m, err := ParseMap(nil, "observer=JMM,means=heard,date=day,region=where,count.violations=n")
	if err != nil || m.Observer != "JMM" || m.Columns.Region != "where" || m.Counts[0] != (CountColumn{Column: "n", What: "violations"}) {
		t.Errorf("%+v, %v", m, err)
	}
	osce, err := Preset("osce")
	if err != nil {
		t.Fatal(err)
	}
	m, err = ParseMap(osce, "date=report_date")
	if err != nil || m.Columns.Date != "report_date" || len(m.Counts) != 3 {
		t.Errorf("%+v, %v", m, err)
	}
	for _, tt := range []struct{ pairs, want string }{{"date", "no pair"}, {"colour=red", `no key "colour"`}, {"date=d", "who observed"}} {
		if _, err := ParseMap(nil, tt.pairs); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %s", tt.pairs, err, tt.want)
		}
	}
}
