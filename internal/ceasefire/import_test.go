package ceasefire

import (
	"fmt"
	"io"
	"strings"
	"testing"
)

// table reads a table by the text of a map.
func table(t *testing.T, mapText, rows string) *Imported {
	t.Helper()
	m, err := LoadMap(strings.NewReader(mapText))
	if err != nil {
		t.Fatal(err)
	}
	im, err := Import(strings.NewReader(rows), m, "t.csv")
	if err != nil {
		t.Fatal(err)
	}
	return im
}

// short forms of observations and problems, for comparing.
func brief(im *Imported) string {
	var s strings.Builder
	for _, o := range im.Observations {
		fmt.Fprintf(&s, "%d %s %s %s [%s,%s) %s/%s %s %s\n", o.Ref.Line, o.Observer, o.Means, o.amount(), o.Window.Start, o.Window.End, o.Place.Name, o.Place.Precision, o.Count.Bound, o.Weapon)
	}
	for _, p := range im.Problems {
		fmt.Fprintf(&s, "! %d %s: %s\n", p.Line, p.Column, p.Text)
	}
	return s.String()
}

func TestImport(t *testing.T) {
	const totals = "name: t\nobserver: JMM\nmeans: recorded\ncolumns: {date: day, region: where, window: hours, note: note}\ncounts: [{column: n, what: violations}, {column: before, what: violations, previous: true}]\n"
	for _, tt := range []struct{ name, mapText, rows, want string }{
		{"a plain row, and the period before", totals, "\ufeffday,where,hours,note,n,before\n2031-03-10,Karst Region,,,5,2\n",
			"2 JMM recorded 5 violations [2031-03-10,2031-03-11) Karst Region/region exactly \n2 JMM recorded 2 violations [2031-03-09,2031-03-10) Karst Region/region exactly \n"},
		{"a weekend", totals, "day,where,hours,note,n,before\n2031-03-10,Karst,72,,\"1,200\",\n",
			"2 JMM recorded 1200 violations in the 3 days 8 March 2031 to 10 March 2031, 400 a day [2031-03-08,2031-03-11) Karst/unknown exactly \n"},
		{"a part of a day", totals, "day,where,hours,note,n,before\n2031-03-10,Karst,18,,8,\n",
			"2 JMM recorded 8 violations [2031-03-10,2031-03-11) Karst/unknown exactly \n"},
		{"a note of the window, across a month", totals, "day,where,hours,note,n,before\n2031-03-02,Karst,,\"covers evenings 27-2 March\",6,\n",
			"2 JMM recorded 6 violations in the 3 days 28 February 2031 to 2 March 2031, 2 a day [2031-02-28,2031-03-03) Karst/unknown exactly \n"},
		{"bounds", totals, "day,where,hours,note,n,before\n2031-03-10,K,,,at least 5,~7\n2031-03-11,K,,,9+,up to 3\n",
			"2 JMM recorded at least 5 violations [2031-03-10,2031-03-11) K/unknown at_least \n2 JMM recorded about 7 violations [2031-03-09,2031-03-10) K/unknown about \n" +
				"3 JMM recorded at least 9 violations [2031-03-11,2031-03-12) K/unknown at_least \n3 JMM recorded at most 3 violations [2031-03-10,2031-03-11) K/unknown at_most \n"},
		{"an empty cell is a gap, what cannot be read is told", totals, "day,where,hours,note,n,before\n2031-03-10,K,,,,\n03/04/2031,K,,,1,\n2031-03-10,K,,,many,\n2031-03-10,K,-5,,1,\n2031-03-10,K\n2031-02-30,K,,,1,\n",
			"! 3 day: \"03/04/2031\" is not a date: write it as 2031-03-01 (days and months in figures, such as 03/01/2031, can be read two ways)\n" +
				"! 4 n: \"many\" is no count: write a number, such as 12 or at least 12, or leave the cell empty\n" +
				"! 5 day: a window of \"-5\" hours cannot be: write a whole number, such as 24 or 72\n" +
				"! 6 : the row has 2 cells, the header 6: correct the row\n" +
				"! 7 day: \"2031-02-30\" is not a date: write it as 2031-03-01 (days and months in figures, such as 03/01/2031, can be read two ways)\n"},
		{"a broken quotation does not hide the next row", totals, "day,where,hours,note,n,before\n2031-03-10,K\"x,,,1,\n2031-03-11,K,,,2,\n",
			"3 JMM recorded 2 violations [2031-03-11,2031-03-12) K/unknown exactly \n! 2 : the row is no CSV (bare \" in non-quoted-field): correct the quotation marks\n"},
		{"hostile text", totals, "day,where,hours,note,n,before\n2031-03-10,\"K\x1b[31m\u202e\n=cmd()\xff\",,,1,\n",
			"2 JMM recorded 1 violation [2031-03-10,2031-03-11) K[31m =cmd()/unknown exactly \n"},
		{"objects a line", "name: t\nformat: jsonl\nobserver: JMM\ncolumns: {date: d}\ncounts: [{column: n, what: violations, bound: at_least}]\n", "{\"d\":\"2031-03-10\",\"n\":3,\"x\":[1]}\n\n{]\n[1]\n{\"d\":\"2031-03-11\",\"n\":null}\n{\"d\":\"2031-03-11\",\"n\":-2}\n",
			"1 JMM unknown at least 3 violations [2031-03-10,2031-03-11) /unknown at_least \n! 3 : the line is no JSON object (invalid character ']' looking for beginning of object key s…): correct it\n" +
				"! 4 : the line is no JSON object (json: cannot unmarshal array into Go value of type map[stri…): correct it\n! 6 n: \"-2\" is no count: write a number, such as 12 or at least 12, or leave the cell empty\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := brief(table(t, tt.mapText, tt.rows)); got != tt.want {
				t.Errorf("got\n%swant\n%s", got, tt.want)
			}
		})
	}
}

const acledHeader = "event_id_cnty,event_date,event_type,sub_event_type,actor1,actor2,admin1,location,latitude,longitude,geo_precision,notes,fatalities\n"

// TestACLED reads invented events in the shape of that export.
func TestACLED(t *testing.T) {
	m, err := Preset("acled")
	if err != nil {
		t.Fatal(err)
	}
	from, err := ParseDay("2031-03-01")
	if err != nil {
		t.Fatal(err)
	}
	m.Covers = &Coverage{From: from, To: from + 4}
	rows := acledHeader +
		"VEL1,02 March 2031,Explosions/Remote violence,Shelling/artillery/missile attack,Ostran Front,,Karst,Old Karst,47.5,38.1,1,Shells fell.,0\n" +
		"VEL2,2031-03-02,Battles,Armed clash,Ostran Front,Velian Army,Karst,Karst,47.6,38.1,3,,2\n" +
		"VEL3,2031-03-02,Protests,Peaceful protest,Protesters,,Karst,Karst,47.6,38.1,1,,0\n" +
		"VEL4,2031-03-03,Battles,Armed clash,A,B,Karst,Karst,147.6,38.1,1,,0\n" +
		"VEL2,2031-03-02,Battles,Armed clash,Ostran Front,Velian Army,Karst,Karst,47.6,38.1,3,,2\n"
	im, err := Import(strings.NewReader(rows), m, "acled.csv")
	if err != nil {
		t.Fatal(err)
	}
	if len(im.Problems) != 1 || im.Problems[0].Line != 5 || len(im.Asides) != 1 {
		t.Errorf("problems %v, asides %v", im.Problems, im.Asides)
	}
	o := im.Observations
	if len(o) != 4 || o[0].Weapon != "shelling" || o[0].Place.Precision != "point" || o[1].Weapon != "shot" || o[1].Place.Precision != "region" || o[1].ID != o[2].ID {
		t.Errorf("%+v", o)
	}
	a := agreement(t, "id: x\nname: X\nparties: [A, B]\narea: {places: [Karst]}\nstart: 2031-03-01\nobservers: [{name: ACLED}]\ncounts: [{what: events, strained: {floor: 2}}]\n")
	rep := Assess(a, im.Observations, 0)
	got := ""
	for _, s := range rep.Series {
		if s.Place == "Karst" {
			for _, p := range s.Points {
				got += fmt.Sprintf("%s:%v ", p.Day, p.Rate)
			}
		}
	}
	if want := "2031-03-01:0 2031-03-02:2 2031-03-03:0 2031-03-04:0 2031-03-05:0 "; got != want {
		t.Errorf("two events on one day, and zeros only where the map vouches for them: %q, want %q", got, want)
	}
}

func TestImportErrors(t *testing.T) {
	m, err := Preset("osce")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		in   io.Reader
		want string
	}{
		{strings.NewReader(""), "it is empty"},
		{strings.NewReader("a,b\n1,2\n"), "it has no column evening_of, note, region, report, source_url, violations"},
		{strings.NewReader("report,evening_of,region,violations,explosions,previous_period,source_url,note\n\"" + strings.Repeat("x\n", maxLine)), "is a quotation mark missing"},
		{strings.NewReader(strings.Repeat("x,", maxColumns+1) + "\n"), "is it the right file?"},
	} {
		if _, err := Import(tt.in, m, "t.csv"); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%v, want %q", err, tt.want)
		}
	}
}

// TestPresets holds that every map that comes along loads and says what it is for.
func TestPresets(t *testing.T) {
	for _, name := range Presets() {
		m, err := Preset(name)
		if err != nil || m.Name != name || m.About == "" {
			t.Errorf("%s: %+v, %v", name, m, err)
		}
	}
	if _, err := Preset("nope"); err == nil || !strings.Contains(err.Error(), "acled, casualties") {
		t.Errorf("an unknown preset names those there are: %v", err)
	}
}
