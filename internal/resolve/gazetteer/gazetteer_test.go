package gazetteer

import (
	"sort"
	"strings"
	"testing"
)

func TestFind(t *testing.T) {
	for _, c := range []struct{ name, want, country string }{
		{"Kyiv", "Kyiv", "UA"}, {"Kiev", "Kyiv", "UA"}, {"Kharkov", "Kharkiv", "UA"}, {"homs", "Homs", "SY"}, {"Deir al-Zour", "Deir ez-Zor", "SY"},
		{"Los Angeles", "Los Angeles", "US"}, {"Donetsk", "Donetsk", "UA"}, {"São Paulo", "São Paulo", "BR"}, {"Sao Paulo", "São Paulo", "BR"},
	} {
		found := Find(c.name)
		if len(found) == 0 || found[0].Name != c.want && !has(found, c.want) || found[0].Country != c.country {
			t.Errorf("%s: %+v", c.name, found)
		}
	}
	for _, name := range []string{"", "zzzz", "\x00", "\xff", "~", "Sunday"} {
		if found := Find(name); len(found) > 0 {
			t.Errorf("%q: %+v", name, found)
		}
	}
}

func has(list []Place, name string) bool {
	for _, p := range list {
		if p.Name == name {
			return true
		}
	}
	return false
}

func TestTables(t *testing.T) {
	lines := strings.Split(strings.TrimSuffix(names, "\n"), "\n")
	if !sort.StringsAreSorted(lines) {
		t.Error("names.tsv is not sorted")
	}
	for i := 0; i < len(lines); i += 97 {
		name, offset, _ := strings.Cut(lines[i], "\t")
		p, ok := placeAt(offset)
		if !ok || p.Country == "" || p.Lat < -90 || p.Lat > 90 || p.Lon < -180 || p.Lon > 180 {
			t.Errorf("%s: %+v", name, p)
		}
		if found := Find(name); len(found) == 0 {
			t.Errorf("%s is not found", name)
		}
	}
	if n := len(names) + len(places); n > 3<<20 {
		t.Errorf("the tables hold %d bytes", n)
	}
}

func BenchmarkFind(b *testing.B) {
	for b.Loop() {
		Find("Kharkiv")
	}
}
