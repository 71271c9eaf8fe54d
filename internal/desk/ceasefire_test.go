package desk_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/internal/ceasefire"
	"parley/internal/desk"
	"parley/internal/record"
)

const lakeTruce = `
id: lake-truce
name: Lake truce
parties: [North, South]
start: 2031-05-01
observers: [{name: Lake Mission}]
counts: [{what: violations}]
`

// missionDay is a report of the mission on a day's violations.
func missionDay(day int, count float64, words string) *story {
	s := told("Kelm Courier", day, 20, "The Lake Mission recorded "+words+" on the lake.")
	s.figure(count, words, "violations", "", time.Date(2031, 5, day, 0, 0, 0, 0, time.UTC).Format(time.DateOnly), s.actor("Lake Mission"))
	return s
}

func TestCeasefires(t *testing.T) {
	a, err := ceasefire.Load(strings.NewReader(lakeTruce))
	if err != nil {
		t.Fatal(err)
	}
	in := archive(t, 0)
	named := told("Lake Post", 2, 9, "North and South signed the Reed ceasefire. North said the ceasefire is over.")
	north := named.actor("North")
	named.statement(north, "announce", "the ceasefire is over", 0.9)
	named.rec.Agreements = append(named.rec.Agreements, record.Agreement{ID: "g1", Name: "Reed ceasefire", Parties: []record.ID{north, named.actor("South")}, Terms: []record.Words{}, Mentions: []record.Span{named.at("Reed ceasefire")}})
	keep(t, in, missionDay(1, 0, "0 violations"), named, missionDay(2, 0, "no violations"))
	d := desk.New(in, a)
	got, err := d.Ceasefires(t.Context())
	if err != nil || len(got) != 2 {
		t.Fatalf("%+v, %v", got, err)
	}
	if got[0].ID != "lake-truce" || got[0].State != "holding" || got[0].Day.String() != "2031-05-02" || got[1].Name != "Reed ceasefire" || got[1].State != desk.Draft || !slices.Equal(got[1].Parties, []string{"North", "South"}) {
		t.Errorf("%+v", got)
	}
	report, err := d.Ceasefire(t.Context(), "lake-truce", 0, time.Time{})
	if err != nil || len(report.Days) != 2 || len(report.Offers) != 1 || report.Offers[0].Kind != "end" || report.Offers[0].Party != "North" || report.Offers[0].Day.String() != "2031-05-02" {
		t.Errorf("%+v, %v", report, err)
	}
	keep(t, in, missionDay(3, 3, "3 violations"), missionDay(4, 30, "30 violations"))
	for _, c := range []struct {
		name  string
		day   string
		asOf  time.Time
		state string
	}{
		{"by a day", "2031-05-04", time.Time{}, "strained"}, {"an earlier day", "2031-05-02", time.Time{}, "holding"},
		{"as of then", "", time.Date(2031, 5, 3, 0, 0, 0, 0, time.UTC), "holding"},
	} {
		var day ceasefire.Day
		if c.day != "" {
			if day, err = ceasefire.ParseDay(c.day); err != nil {
				t.Fatal(err)
			}
		}
		report, err := d.Ceasefire(t.Context(), "lake-truce", day, c.asOf)
		if err != nil || string(report.Days[len(report.Days)-1].State) != c.state {
			t.Errorf("%s: %v, %v", c.name, report.Days, err)
		}
	}
	day, err := ceasefire.ParseDay("2031-05-05")
	if err != nil {
		t.Fatal(err)
	}
	row := ceasefire.Observation{
		ID: "o-1", Observer: "Lake Mission", Says: ceasefire.Reported, What: "violations", Counting: ceasefire.Total, Means: "recorded",
		Count: ceasefire.Count{Value: 31, Bound: "exactly"}, Window: ceasefire.Window{Start: day, End: day + 1}, Dated: "stated",
	}
	tables := ceasefire.Imported{Observations: []ceasefire.Observation{row}, Problems: []ceasefire.Problem{{Text: "line 7: no day"}}}
	counted, err := desk.New(in, a).Counting(tables).Ceasefire(t.Context(), "lake-truce", 0, time.Time{})
	if err != nil || counted.Days[len(counted.Days)-1].Day != day || len(counted.Problems) != 1 {
		t.Errorf("with a table: %+v, %v", counted, err)
	}
	draft, err := d.Ceasefire(t.Context(), got[1].ID, 0, time.Time{})
	if err != nil || draft.Agreement.Name != "Reed ceasefire" || len(draft.Days) != 0 || len(draft.Problems) != 1 {
		t.Errorf("%+v, %v", draft, err)
	}
	if _, err := d.Ceasefire(t.Context(), "nothing", 0, time.Time{}); !errors.Is(err, record.ErrNotFound) {
		t.Error(err)
	}
}

// TestCeasefiresTogether asks for one ceasefire many times at once, while the archive grows.
func TestCeasefiresTogether(t *testing.T) {
	a, err := ceasefire.Load(strings.NewReader(lakeTruce))
	if err != nil {
		t.Fatal(err)
	}
	in := archive(t, 0)
	keep(t, in, missionDay(1, 0, "0 violations"))
	d := desk.New(in, a)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 5 {
				if got, err := d.Ceasefires(t.Context()); err != nil || len(got) != 1 || got[0].State != "holding" {
					t.Errorf("%+v, %v", got, err)
				}
			}
		})
	}
	keep(t, in, missionDay(2, 0, "no violations"))
	group.Wait()
}
