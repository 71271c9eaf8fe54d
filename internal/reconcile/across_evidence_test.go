package reconcile

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/internal/record"
)

func TestEvidence(t *testing.T) {
	withdraw := func(p *paper) { p.promises("PER:Peru", "withdraw its troops from the valley", "2027-03-10") }
	for _, c := range []struct {
		name, want   string
		first, later func(*paper)
	}{
		{"kept", "kept", withdraw, func(p *paper) {
			p.does("Red Cross", "PER:Peru", "RETREAT", "withdrew", "actual", "Peru withdrew its troops from the valley")
		}},
		{"broken", "broken", withdraw, func(p *paper) {
			p.does("ECU:Hald", "PER:Peru", "MOBILIZE", "deployed", "actual", "Peru deployed more troops to the valley")
		}},
		{"delayed", "delayed", withdraw, func(p *paper) {
			p.says("PER:Peru", "say", "Peru postponed the withdrawal of its troops from the valley")
		}},
		{"withdrawn", "withdrawn", withdraw, func(p *paper) {
			p.says("PER:Peru", "say", "Peru will not withdraw its troops from the valley")
		}},
		{"disputed", "disputed", withdraw, func(p *paper) {
			p.says("ECU:Hald", "say", "Peru has not withdrawn its troops from the valley")
		}},
		{"somebody else did it", "", withdraw, func(p *paper) {
			p.does("Red Cross", "CHL:Chile", "RETREAT", "withdrew", "actual", "Chile withdrew its troops from the valley")
		}},
		{"another matter", "", withdraw, func(p *paper) {
			p.does("Red Cross", "PER:Peru", "RETREAT", "withdrew", "actual", "Peru withdrew a fishing bill")
		}},
		{"only planned", "", withdraw, func(p *paper) {
			p.does("Red Cross", "PER:Peru", "RETREAT", "withdraw", "possible", "Peru may withdraw its troops from the valley")
		}},
		{"its trigger", "trigger", func(p *paper) {
			p.promises("PER:Peru", "reopen the northern crossing", "", "if the river patrols stop")
		}, func(p *paper) { p.says("ECU:Hald", "say", "the river patrols stopped on Friday") }},
		{"not its trigger", "", func(p *paper) {
			p.promises("PER:Peru", "reopen the northern crossing", "", "if the river patrols stop")
		}, func(p *paper) { p.says("ECU:Hald", "say", "the river patrols will stop") }},
		{"told again, not triggered", "", func(p *paper) {
			p.promises("PER:Peru", "reopen the northern crossing", "", "if the river patrols stop")
		}, func(p *paper) {
			p.promises("PER:Peru", "reopen the northern crossing once the river patrols stopped", "")
			p.says("ECU:Hald", "say", "the river patrols")
		}},
		{"no condition, but a stretch of time", "", func(p *paper) {
			p.promises("PER:Peru", "guard the northern crossing", "", "as long as the river patrols go upstream")
		}, func(p *paper) { p.says("ECU:Hald", "say", "the river patrols went upstream to the mill") }},
		{"open-ended", "", func(p *paper) {
			p.promises("PER:Peru", "support flour mills and bakeries upriver", "")
		}, func(p *paper) {
			p.does("Red Cross", "PER:Peru", "AID", "supported", "actual", "Peru supported flour mills and bakeries upriver")
		}},
		{"of somebody else", "", func(p *paper) {
			p.promises("PER:Peru", "invite the ministers of Chile to a harbour breakfast", "")
			p.who("Chile")
		}, func(p *paper) {
			p.does("Red Cross", "PER:Peru", "CONSULT", "invited", "actual", "Peru invited the ministers of Bolivia to a harbour breakfast")
		}},
		{"another number", "", func(p *paper) {
			c := p.promises("PER:Peru", "send 30 flour mills and bakers upriver", "")
			p.rec.Figures = append(p.rec.Figures, record.Figure{ID: p.id("f"), Value: 30, Bound: "exactly", Of: "mills", Span: c.Span})
		}, func(p *paper) {
			e := p.does("Red Cross", "PER:Peru", "AID", "sent", "actual", "Peru sent 900 flour mills and bakers upriver")
			p.rec.Figures = append(p.rec.Figures, record.Figure{ID: p.id("f"), Value: 900, Bound: "exactly", Of: "mills", Span: e.Span})
		}},
		{"a promise not to, kept up", "", func(p *paper) {
			p.promises("PER:Peru", "not shell the harbour bakeries", "")
		}, func(p *paper) { p.says("PER:Peru", "say", "Peru will not shell the harbour bakeries") }},
		{"its matter has a word of putting off", "", func(p *paper) {
			p.promises("PER:Peru", "defer harbour taxes of bakeries", "")
		}, func(p *paper) { p.says("PER:Peru", "say", "Peru defers harbour taxes of bakeries") }},
		{"broken, but it waits", "", func(p *paper) {
			p.promises("PER:Peru", "open the northern crossing", "", "if the river patrols stop")
		}, func(p *paper) {
			p.does("ECU:Hald", "PER:Peru", "COERCE", "closed", "actual", "Peru closed the northern crossing")
		}},
	} {
		a, b := newPaper("2027-03-01", "Post"), newPaper("2027-03-06", "Wire")
		c.first(a)
		b.who("PER:Peru")
		b.who("CHL:Chile")
		c.later(b)
		_, links := linked(a, b)
		if got := kindsOf(links, record.Evidence); got != c.want {
			t.Errorf("%s: %q, want %q: %v", c.name, got, c.want, links)
		}
	}
}

// TestRetold holds that a promise told by two articles is linked, and that two promises are not.
func TestRetold(t *testing.T) {
	withdraw := func(p *paper) { p.promises("PER:Peru", "withdraw its troops from the valley", "2027-03-10") }
	for _, c := range []struct {
		name, want   string
		first, later func(*paper)
	}{
		{"in the same words", record.SameClaim, withdraw, withdraw},
		{"in other words, the day not named", record.SameClaim, withdraw, func(p *paper) { p.promises("PER:Peru", "withdraw all troops from the valley", "") }},
		{"another day", "", withdraw, func(p *paper) { p.promises("PER:Peru", "withdraw its troops from the valley", "2027-03-20") }},
		{"another giver", "", withdraw, func(p *paper) { p.promises("CHL:Chile", "withdraw its troops from the valley", "2027-03-10") }},
		{"another matter", "", withdraw, func(p *paper) { p.promises("PER:Peru", "withdraw its fishing bill", "2027-03-10") }},
		{"the contrary", "", withdraw, func(p *paper) { p.promises("PER:Peru", "not withdraw its troops from the valley", "2027-03-10") }},
		{"another number", "", func(p *paper) {
			c := p.promises("PER:Peru", "release 30 harbour pilots from prison", "")
			p.rec.Figures = append(p.rec.Figures, record.Figure{ID: p.id("f"), Value: 30, Bound: "exactly", Of: "pilots", Span: c.Span})
		}, func(p *paper) {
			c := p.promises("PER:Peru", "release 900 harbour pilots from prison", "")
			p.rec.Figures = append(p.rec.Figures, record.Figure{ID: p.id("f"), Value: 900, Bound: "exactly", Of: "pilots", Span: c.Span})
		}},
	} {
		a, b := newPaper("2027-03-01", "Post"), newPaper("2027-03-06", "Wire")
		c.first(a)
		b.who("PER:Peru")
		c.later(b)
		_, links := linked(a, b)
		got := ""
		for _, l := range links {
			if record.KindOf(l.A) == "commitment" && l.Kind != record.Evidence {
				got += l.Kind
			}
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q: %v", c.name, got, c.want, links)
		}
	}
}

func TestLapsed(t *testing.T) {
	at := func(day string) time.Time {
		d, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	a, b := newPaper("2027-03-01", "Post"), newPaper("2027-03-12", "Wire")
	due := a.promises("PER:Peru", "publish the flood survey", "2027-03-10").ID
	a.promises("PER:Peru", "release forty pilots", "2027-03-10")
	a.promises("PER:Peru", "rebuild the weather station", "")
	a.promises("PER:Peru", "reopen the northern crossing", "2027-03-10", "if the river patrols stop")
	a.promises("PER:Peru", "send the river patrols home", "2027-03-10")
	b.does("Red Cross", "PER:Peru", "RETREAT", "released", "actual", "Peru released forty pilots")
	b.does("Red Cross", "PER:Peru", "MOBILIZE", "moored", "actual", "Peru moored its river patrols at Iquitos")
	x, _ := linked(a, b)
	var got []record.ID
	for _, l := range x.Lapsed(at("2027-03-12")) {
		if l.Type != "lapsed" || l.B != "" {
			t.Errorf("not a lapse: %+v", l)
		}
		if want := "Peru promised “publish the flood survey”, due by 10 March 2027; nothing was found that bears on it"; l.Reason != want {
			t.Errorf("the reason: %q, want %q", l.Reason, want)
		}
		got = append(got, l.A)
	}
	if diff := cmp.Diff([]record.ID{due}, got); diff != "" {
		t.Errorf("lapsed (-want +got):\n%s", diff)
	}
	if early := x.Lapsed(at("2027-03-09")); len(early) != 0 {
		t.Errorf("before it is due: %v", early)
	}
}
