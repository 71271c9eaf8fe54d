package reconcile

import (
	"testing"

	"parley/internal/record"
)

func TestSameAcross(t *testing.T) {
	for _, c := range []struct {
		name, want string
		a, b       said
	}{
		{"another witness", record.Corroboration,
			said{"2027-03-01", "Post", "ECU:Hald", "say", "Peru burned three bakeries near the old harbour"}, said{"2027-03-02", "Wire", "Red Cross", "say", "three bakeries were burned by Peru at the old harbour"}},
		{"one wording, given to two", "",
			said{"2027-03-01", "Post", "ECU:Hald", "say", "Peru burned three bakeries near the old harbour"}, said{"2027-03-02", "Wire", "Red Cross", "say", "Peru burned three bakeries near the old harbour"}},
		{"a wish of two", "",
			said{"2027-03-01", "Post", "ECU:Hald", "say", "Peru has to rebuild three burned bakeries near the old harbour"}, said{"2027-03-02", "Wire", "Red Cross", "say", "three burned bakeries at the old harbour have to be rebuilt by Peru"}},
		{"the same of another place", "",
			said{"2027-03-01", "Post", "ECU:Hald", "say", "that an emergency with floods exists in the State of Oruro"}, said{"2027-03-02", "Wire", "ECU:Hald", "say", "that an emergency with floods exists in the State of Beni"}},
		{"the same again", record.SameClaim,
			said{"2027-03-01", "Post", "ECU:Hald", "say", "that an emergency with floods exists in the State of Oruro"}, said{"2027-03-02", "Wire", "ECU:Hald", "say", "that an emergency with floods exists in the State of Oruro"}},
		{"what comes below", "",
			said{"2027-03-01", "Post", "ECU:Hald", "say", "to nominate the following individuals to harbour posts"}, said{"2027-03-02", "Wire", "ECU:Hald", "say", "to nominate the following individuals to harbour posts"}},
	} {
		a, b := newPaper(c.a.day, c.a.paper), newPaper(c.b.day, c.b.paper)
		a.says(c.a.who, c.a.act, c.a.text)
		a.who("PER:Peru")
		b.says(c.b.who, c.b.act, c.b.text)
		b.who("PER:Peru")
		_, links := linked(a, b)
		got := ""
		if len(links) > 0 {
			got = links[0].Kind
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q: %v", c.name, got, c.want, links)
		}
	}
}
