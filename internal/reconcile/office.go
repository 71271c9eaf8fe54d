package reconcile

import (
	_ "embed" // for the table of offices
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"parley/internal/record"
)

//go:embed tables/offices.tsv
var officeFile string

// tenure is one line of tables/offices.tsv: who held an office, and between which days.
type tenure struct {
	name, link string
	from, to   time.Time
}

// loadOffices reads the table by country and office.
var loadOffices = sync.OnceValue(func() map[string][]tenure {
	out := map[string][]tenure{}
	for _, row := range rows(officeFile) {
		if len(row) != 6 {
			continue // a test reads every line
		}
		held := tenure{name: row[2]}
		held.from, _ = time.Parse(time.DateOnly, row[3])
		held.to, _ = time.Parse(time.DateOnly, row[4])
		if row[5] != "-" {
			held.link = "wikidata:" + row[5]
		}
		for _, office := range strings.Split(row[1], ";") {
			key := officeKey(strings.Trim(row[0], "-"), office)
			out[key] = append(out[key], held)
		}
	}
	return out
})

// officeKey names an office: of a state by its country and the role without that country, else by the whole role.
func officeKey(country, role string) string {
	role = foldRole(role)
	if country != "" {
		if i := strings.LastIndex(role, " of "); i > 0 && role != "secretary of state" && !strings.HasPrefix(role[i:], " of defen") {
			role = role[:i]
		}
	}
	return country + "|" + role
}

// holderOn is who held an office on a day; zero where the table does not say, or the office changed hands that day.
func holderOn(country, role string, at time.Time) tenure {
	day := at.Truncate(24 * time.Hour)
	for _, held := range loadOffices()[officeKey(country, role)] {
		if day.After(held.from) && day.Before(held.to) {
			return held
		}
	}
	return tenure{}
}

// inOffice is an actor whom an article gives by office alone, under the name of who held that office then, with how that
// is known. Nil where it is not.
func inOffice(rec *record.Record, a *record.Actor, at time.Time) (named *record.Actor, how string) {
	if a.Kind != "person" || a.Role == "" || at.IsZero() || !definite(rec, a) {
		return nil, ""
	}
	held := holderOn(a.Country, a.Role, at)
	if held.name == "" {
		return nil, ""
	}
	as := *a
	as.Name = held.name
	if held.link != "" && len(a.SameAs) == 0 {
		as.SameAs = []string{held.link}
	}
	return &as, fmt.Sprintf("%s on %s, an office held by %s from %s", a.Role, at.Format(time.DateOnly), held.name, held.from.Format(time.DateOnly))
}

// definite says whether an office is spoken of as that of its holder of the day: not "a president", "the next president".
func definite(rec *record.Record, a *record.Actor) bool {
	const before = 25 // code points before a mention: its article may not be part of it
	text := []rune(rec.Document.Text)
	for _, m := range a.Mentions {
		from, to := min(max(0, m[0]-before), len(text)), min(max(0, m[1]), len(text))
		if from >= to {
			return false
		}
		around := words(string(text[from:to]))
		own := len(words(string(text[min(max(0, m[0]), to):to])))
		around = around[max(0, len(around)-own-2):]
		if slices.ContainsFunc(around, func(w string) bool { return isWord("otherholder", w) }) {
			return false
		}
	}
	return len(a.Mentions) > 0
}
