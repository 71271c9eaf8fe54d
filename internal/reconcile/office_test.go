package reconcile

import (
	"strings"
	"testing"
	"time"

	"parley/internal/record"
)

func TestOfficeTable(t *testing.T) {
	for _, row := range rows(officeFile) {
		if len(row) != 6 {
			t.Errorf("%q: not six columns", row)
			continue
		}
		from, err := time.Parse(time.DateOnly, row[3])
		to, err2 := time.Parse(time.DateOnly, row[4])
		if err != nil || err2 != nil || !from.Before(to) {
			t.Errorf("%q: no days, or not in order", row)
		}
		if row[0] != "-" && (len(row[0]) != 3 || row[0] != strings.ToUpper(row[0])) {
			t.Errorf("%q: no country", row)
		}
		if row[5] != "-" && !strings.HasPrefix(row[5], "Q") {
			t.Errorf("%q: no Wikidata id", row)
		}
		if n := parseName(row[2]); n.last.text == "" {
			t.Errorf("%q: no name", row)
		}
	}
	links := map[string]string{}
	for key, list := range loadOffices() {
		for i, held := range list {
			if i > 0 && held.from.Before(list[i-1].to) {
				t.Errorf("%s: %s begins before %s ends", key, held.name, list[i-1].name)
			}
			if held.link == "" {
				continue
			}
			if old := links[held.link]; old != "" && old != held.name {
				t.Errorf("%s is %s and %s", held.link, old, held.name)
			}
			links[held.link] = held.name
		}
	}
}

func TestHolderOn(t *testing.T) {
	for _, c := range []struct{ country, role, day, want string }{
		{"FRA", "President of France", "2014-03-01", "Francois Hollande"},
		{"FRA", "President of France", "2017-05-14", ""}, // both may be meant
		{"FRA", "President of France", "2017-05-15", "Emmanuel Macron"},
		{"USA", "Secretary of State of the United States", "2018-04-10", ""}, // nobody but an acting one
		{"USA", "Secretary of State of the United States", "2019-04-10", "Mike Pompeo"},
		{"USA", "Secretary of Defense of the United States", "2022-04-10", "Lloyd Austin"},
		{"GBR", "Foreign Secretary of the United Kingdom", "2020-04-10", "Dominic Raab"},
		{"", "Secretary-General of the United Nations", "2012-04-10", "Ban Ki-moon"},
		{"", "Foreign Policy Chief of the European Union", "2021-04-10", "Josep Borrell"},
		{"FRA", "President of France", "1950-01-01", ""},
		{"FRA", "President of France", "2140-01-01", ""},
		{"FRA", "Minister of France", "2014-03-01", ""},
		{"PER", "President of Peru", "2014-03-01", ""},
	} {
		at, err := time.Parse(time.DateOnly, c.day)
		if err != nil {
			t.Fatal(err)
		}
		if got := holderOn(c.country, c.role, at).name; got != c.want {
			t.Errorf("%s on %s: %q, want %q", c.role, c.day, got, c.want)
		}
	}
}

func TestOfficesJoinArticles(t *testing.T) {
	article := func(n string, day, text, name string) *record.Record {
		at := strings.Index(text, name)
		a := record.Actor{ID: record.ID("a-" + n), Name: name, Kind: "person", Country: "FRA", Sector: "GOV", Role: "President of France", Mentions: []record.Span{{at, at + len(name)}}}
		return &record.Record{Document: record.Document{ID: "d-" + n, Published: day, Text: text}, Actors: []record.Actor{a}}
	}
	for _, c := range []struct {
		name, day, text, called string
		same                    bool
	}{
		{"the office", "2018-02-03", "The French president left the harbour.", "French president", true},
		{"another's office", "2013-02-03", "The French president left the harbour.", "French president", false},
		{"no date", "", "The French president left the harbour.", "French president", false},
		{"any holder", "2018-02-03", "A French president leaves no harbour.", "French president", false},
		{"a former holder", "2018-02-03", "The former French president left the harbour.", "French president", false},
	} {
		x := NewIdentities(nil, nil, nil)
		_, named := x.Add(article("1", "2018-02-01", "President Emmanuel Macron came to the harbour.", "Emmanuel Macron"))
		identities, office := x.Add(article("2", c.day, c.text, c.called))
		if got := len(office) == 1 && office[0].Identity == named[0].Identity; got != c.same {
			t.Errorf("%s: %v, want %v: %v", c.name, got, c.same, office)
		}
		for _, id := range identities {
			if strings.Contains(id.Name+strings.Join(id.Aliases, " "), "president") {
				t.Errorf("%s: the office became a name: %v", c.name, id)
			}
		}
	}
}
