package ceasefire

import (
	"encoding/json"
	"io"
	"strings"
	"testing"
	"unicode"
)

// FuzzLoad: no input makes Load panic, and what it takes can be written, read again and assessed.
func FuzzLoad(f *testing.F) {
	f.Add("id: a\nname: A\nparties: [X, Y]\nstart: 2031-01-01\nobservers: [{name: O}]\ncounts: [{what: v}]\n")
	f.Add("a: &a [*a]\n")
	f.Add("id: x\nstart: 0000-00-00\nrule: {baseline: {days: 99999999999}}\n")
	f.Fuzz(func(t *testing.T, text string) {
		a, err := Load(strings.NewReader(text))
		if err != nil {
			return
		}
		var out strings.Builder
		if err := a.Write(&out); err != nil {
			t.Fatal(err)
		}
		if _, err := Load(strings.NewReader(out.String())); err != nil {
			t.Fatalf("%v\n%s", err, out.String())
		}
		rep := Assess(a, []Observation{total(a.Start, 3)}, 0)
		if err := WriteText(io.Discard, rep, 80); err != nil {
			t.Fatal(err)
		}
	})
}

// FuzzImport: no table makes Import panic; every observation can be assessed, encoded and printed without control characters.
func FuzzImport(f *testing.F) {
	f.Add(true, "day,where,lat,lon,n\n2031-03-01,Karst,47,38,5\n2031-03-01,\"K\x1b]0;x\x07\",,,1\n")
	f.Add(true, "day,where,lat,lon,n\n\"\n2031-03,K,1,2,at least 3\n1 Jan 2031,,NaN,Inf,1e9\n")
	f.Add(false, `{"day":"2031-03-01","where":"K","lat":47,"lon":38,"n":5}`+"\n"+`{"day":{},"n":[]}`)
	a, err := Load(strings.NewReader("id: a\nname: A\nparties: [X, Y]\nstart: 2031-01-01\nend: 2031-12-31\nobservers: [{name: O}]\ncounts: [{what: v}]\n"))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, isCSV bool, text string) {
		m := &Map{Name: "m", Observer: "O", Columns: Columns{Date: "day", Place: "where", Lat: "lat", Lon: "lon"}, Counts: []CountColumn{{Column: "n", What: "v"}}}
		if !isCSV {
			m.Format = "jsonl"
		}
		im, err := Import(strings.NewReader(text), m, "t")
		if err != nil {
			return
		}
		rep := Assess(a, im.Observations, 0)
		rep.Problems = im.Problems
		if _, err := json.Marshal(rep); err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		if err := WriteText(&out, rep, 80); err != nil {
			t.Fatal(err)
		}
		for _, r := range out.String() {
			if r != '\n' && unicode.Is(unicode.C, r) {
				t.Fatalf("control character %U in the page", r)
			}
		}
	})
}

func BenchmarkAssess(b *testing.B) {
	a, err := Load(strings.NewReader(strings.Replace(contactLine, "start: 2020-07-27", "start: 2015-01-01", 1)))
	if err != nil {
		b.Fatal(err)
	}
	var obs []Observation
	for i := range 10 * 365 {
		for _, place := range []string{"Donetsk", "Luhansk"} {
			o := total(a.Start+Day(i), float64(i*7919%400))
			o.Place.Name, o.Observer = place, "SMM"
			o.seal()
			obs = append(obs, o)
		}
	}
	for b.Loop() {
		Assess(a, obs, 0)
	}
}

func BenchmarkImport(b *testing.B) {
	m, err := Preset("acled")
	if err != nil {
		b.Fatal(err)
	}
	row := "VEL1,02 March 2031,Battles,Armed clash,Ostran Front,Velian Army,Karst,Old Karst,47.5,38.1,1,Shots were heard.,0\n"
	text := acledHeader + strings.Repeat(row, 10000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, err := Import(strings.NewReader(text), m, "t"); err != nil {
			b.Fatal(err)
		}
	}
}
