// Package gazetteer finds towns and first-level regions of the world by name. Its two tables are drawn from
// GeoNames (geonames.org, CC BY 4.0) by the command in ../gen and embedded as they are: places.tsv with
// one place a line, names.tsv with folded names, sorted by bytes, and where their place stands. A look-up
// is a binary search in the embedded bytes; nothing is parsed or copied before it.
package gazetteer

import (
	_ "embed" // for the two tables
	"sort"
	"strconv"
	"strings"
)

//go:embed places.tsv
var places string

//go:embed names.tsv
var names string

// Kind is the sort of a place.
type Kind string

// The sorts of place.
const (
	Capital Kind = "C"
	Town    Kind = "c"
	Region  Kind = "r" // first-level division: oblast, province, governorate, state
)

// Place is one place. Country is ISO 3166 alpha-2; Region the GeoNames code of its first-level region; People
// how many live there; ID the GeoNames id, 0 for regions.
type Place struct {
	Name     string
	Kind     Kind
	Country  string
	Region   string
	Lat, Lon float64
	People   int
	ID       int
}

// Find returns the places that go by a name, the largest first.
func Find(name string) []Place {
	key := Key(name) + "\t"
	at := sort.Search(len(names), func(i int) bool { return lineAt(i) >= key })
	at = strings.LastIndexByte(names[:min(at, len(names))], '\n') + 1
	var out []Place
	for at < len(names) {
		end := strings.IndexByte(names[at:], '\n')
		if end < 0 {
			break
		}
		line := names[at : at+end]
		at += end + 1
		if line+"\t" < key {
			continue
		}
		offset, ok := strings.CutPrefix(line, key)
		if !ok {
			break
		}
		if p, ok := placeAt(offset); ok {
			out = append(out, p)
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].People > out[j].People })
	return out
}

// lineAt is the line of names that byte i stands in.
func lineAt(i int) string {
	start := strings.LastIndexByte(names[:i], '\n') + 1
	if end := strings.IndexByte(names[start:], '\n'); end >= 0 {
		return names[start : start+end]
	}
	return names[start:]
}

func placeAt(offset string) (Place, bool) {
	at, err := strconv.Atoi(offset)
	if err != nil || at < 0 || at >= len(places) {
		return Place{}, false
	}
	line, _, _ := strings.Cut(places[at:], "\n")
	f := strings.Split(line, "\t")
	if len(f) != 8 {
		return Place{}, false
	}
	p := Place{Name: f[0], Kind: Kind(f[1]), Country: f[2], Region: f[3]}
	p.Lat, _ = strconv.ParseFloat(f[4], 64)
	p.Lon, _ = strconv.ParseFloat(f[5], 64)
	p.People, _ = strconv.Atoi(f[6])
	p.ID, _ = strconv.Atoi(f[7])
	return p, true
}
