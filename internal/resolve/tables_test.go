package resolve

import (
	"strings"
	"testing"

	"parley/internal/record"
)

func loaded(t testing.TB) *tables {
	t.Helper()
	tab, err := loadTables()
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

func TestCountries(t *testing.T) {
	tab := loaded(t)
	if n := len(tab.countries); n < 195 {
		t.Errorf("%d countries", n)
	}
	iso2 := map[string]bool{}
	for code, c := range tab.countries {
		if len(code) != 3 || len(c.iso2) != 2 || iso2[c.iso2] || c.name == "" || c.adjective == "" {
			t.Errorf("%s: %+v", code, c)
		}
		iso2[c.iso2] = true
		if c.lat < -90 || c.lat > 90 || c.lon < -180 || c.lon > 180 {
			t.Errorf("%s lies at %v, %v", code, c.lat, c.lon)
		}
		if c.wikidata != "" && !strings.HasPrefix(c.wikidata, "Q") {
			t.Errorf("%s: Wikidata id %q", code, c.wikidata)
		}
	}
}

func TestNames(t *testing.T) {
	tab := loaded(t)
	for _, c := range []struct {
		name string
		kind senseKind
		want string // country, or the organisation's name
	}{
		{"Ukraine", senseCountry, "UKR"}, {"Côte d’Ivoire", senseCountry, "CIV"}, {"Belarusian", senseAdjective, "BLR"},
		{"Kiev", senseCapital, "UKR"}, {"Ukrainians", sensePeople, "UKR"}, {"the Kremlin", senseOrg, "Kremlin"},
		{"Élysée", senseOrg, "Élysée"}, {"Downing Street", senseOrg, "Downing Street"}, {"U.N. Security Council", senseOrg, "UN Security Council"},
		{"Hizbollah", senseOrg, "Hezbollah"}, {"Agence France-Presse", senseOrg, "AFP"}, {"Foggy Bottom", senseOrg, "US State Department"},
	} {
		s, ok := pick(tab.names[fold(c.name)], c.kind)
		got := s.iso3
		if s.org != nil {
			got = s.org.name
		}
		if !ok || got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestKindsOfTables(t *testing.T) {
	tab := loaded(t)
	kinds := map[string]bool{}
	for _, k := range record.Kinds()["actor.kind"] {
		kinds[k.Name] = true
	}
	sectors := map[string]bool{}
	for _, s := range strings.Fields("GOV MIL REB OPP PTY JUD SPY IGO NGO MED EDU BUS CVL LEG COP REL HLT") {
		sectors[s] = true
	}
	for _, o := range tab.orgs {
		if !kinds[o.kind] || !sectors[o.sector] {
			t.Errorf("%s: kind %q, sector %q", o.name, o.kind, o.sector)
		}
		if o.country != "" && tab.countries[o.country] == nil {
			t.Errorf("%s: country %q", o.name, o.country)
		}
		if o.partOf != "" && tab.orgs[o.partOf] == nil {
			t.Errorf("%s is part of %q, which is no line", o.name, o.partOf)
		}
	}
	for _, b := range tab.bodyKeys {
		if !kinds[b.kind] || !sectors[b.sector] {
			t.Errorf("%s: kind %q, sector %q", b.key, b.kind, b.sector)
		}
	}
	for lemma, p := range tab.people {
		if p.kind != "" && !kinds[p.kind] || !kinds[p.many] || !sectors[p.sector] {
			t.Errorf("%s: %+v", lemma, p)
		}
	}
	for word, h := range tab.orgHints {
		if !kinds[h.kind] || !sectors[h.sector] {
			t.Errorf("%s: %+v", word, h)
		}
	}
	for _, r := range tab.roleKeys {
		if r.sector != "" && !sectors[r.sector] {
			t.Errorf("%s: sector %q", r.key, r.sector)
		}
		switch r.heads {
		case "", "state", "government":
		default:
			if tab.bodyKeys[r.heads] == nil {
				t.Errorf("%s heads %q, which is no body", r.key, r.heads)
			}
		}
	}
}

func TestRegions(t *testing.T) {
	kinds := map[string]bool{}
	for _, k := range record.Kinds()["place.kind"] {
		kinds[k.Name] = true
	}
	for name, r := range loaded(t).regions {
		if !kinds[r.kind] || r.lat < -90 || r.lat > 90 || r.lon < -180 || r.lon > 180 {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

func TestLeaders(t *testing.T) {
	tab := loaded(t)
	for _, lines := range tab.leaders {
		for _, l := range lines {
			if l.from > l.to || l.country != "" && tab.countries[l.country] == nil {
				t.Errorf("%s: %d to %d, country %q", l.name, l.from, l.to, l.country)
			}
		}
	}
}

func TestSameWord(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"sergei", "sergey", true}, {"zelensky", "zelenskyy", true}, {"zelenskiy", "zelensky", true}, {"biden", "binden", false},
		{"kim", "kym", false}, {"mohammed", "mohamed", true}, {"gaddafi", "gadafi", true}, {"costa", "casta", false},
	} {
		if got := sameWord(c.a, c.b); got != c.want {
			t.Errorf("%s, %s: %v", c.a, c.b, got)
		}
	}
}
