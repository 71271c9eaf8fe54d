package alert_test

import (
	"slices"
	"testing"
	"time"

	"parley/internal/alert"
	"parley/internal/record"
)

func sorted(list []string) []string {
	slices.Sort(list)
	return list
}

func link(kind, typ string, a, b record.ID) record.Link {
	return record.Link{ID: record.NewID("l", kind, string(a), string(b)), Kind: kind, Type: typ, A: a, B: b, Reason: "both cannot be so", Confidence: 0.8, Known: time.Date(2021, 3, 1, 9, 0, 0, 0, time.UTC)}
}

// due is a story whose promise is due on a day.
func due(n int, day string) record.Arrival {
	a := says(n, "promised something.")
	c := &a.Record.Commitments[0]
	c.Due = &record.Time{Text: c.Text, Span: c.Span, Start: &day, End: &day}
	return a
}

// of is a figure of a day.
func of(f record.Figure, day string, value float64) record.Figure {
	f.Value, f.When = value, &record.Time{Text: f.Text, Span: f.Span, Start: &day, End: &day}
	return f
}

// gives is a story with a figure.
func gives(n int, value float64) record.Arrival {
	a := says(n, "gave a figure.")
	a.Record.Figures[0].Value = value
	return a
}

// TestActor tells of what somebody says, not of what others say; and of what is said about somebody.
func TestActor(t *testing.T) {
	d := newDesk(t)
	d.rule(actor())
	d.rule(alert.Rule{Name: "about", Kind: alert.Actor, Terms: alert.Terms{Actors: []string{"Ana Ruiz"}, Role: "about"}})
	mine := says(1, "said that Ana Ruiz was well.")
	d.take(mine)
	d.evaluate(time.Second)
	want(t, len(d.list()), 1)                        // her own words are not about her
	other := says(2, "said that Ana Ruiz was gone.") // the first word is a mention of her, and part of what is said
	other.Record.Statements[0].Source = []record.ID{other.Record.Actors[1].ID}
	d.take(other)
	d.evaluate(time.Second)
	list := d.list()
	want(t, len(list), 2)
	want(t, list[0].RuleName, "about")
	want(t, list[0].Entries, []record.ID{other.Record.Statements[0].ID})
}

func TestAct(t *testing.T) {
	d := newDesk(t)
	d.rule(alert.Rule{Kind: alert.Act, Terms: alert.Terms{Labels: []string{"ASSAULT", "threaten"}}})
	d.take(says(1, "said that all was well."))
	d.evaluate(time.Second)
	want(t, d.alerts(), []string{"pending: a new event (assault)"})
}

// TestDue tells of a promise some days before its day, also of one that was there before the rule, and ends with the day
// or when somebody assesses it.
func TestDue(t *testing.T) {
	d := newDesk(t)
	d.now = time.Date(2021, 4, 10, 12, 0, 0, 0, time.UTC)
	d.take(due(1, "2021-04-20"))
	d.take(due(2, "2021-04-01")) // over
	d.rule(alert.Rule{Kind: alert.Due, Days: 3})
	d.evaluate(time.Hour)
	want(t, d.alerts(), []string{})
	kept := due(3, "2021-04-12")
	d.take(kept)
	d.evaluate(time.Hour)
	want(t, d.alerts(), []string{"pending: a commitment is due by 2021-04-12"})
	d.evaluate(time.Hour)
	d.judge(kept.Record.Commitments[0].ID, "state", "kept")
	d.evaluate(time.Hour)
	want(t, d.alerts(), []string{"resolved: a commitment is due by 2021-04-12: set to kept by Bo Lind"})
	d.now = time.Date(2021, 4, 18, 0, 0, 0, 0, time.UTC)
	d.evaluate(0)
	d.evaluate(time.Hour)
	want(t, d.alerts()[0], "firing: a commitment is due by 2021-04-20")
	d.now = time.Date(2021, 4, 21, 0, 0, 1, 0, time.UTC)
	d.evaluate(0)
	want(t, d.alerts()[0], "resolved: a commitment is due by 2021-04-20: its time is over")
}

// TestBroken tells of a person's decision as such, and of an article's evidence as a machine's finding.
func TestBroken(t *testing.T) {
	d := newDesk(t)
	d.rule(alert.Rule{Kind: alert.Broken})
	first, second := says(1, "promised something."), says(2, "did something else.")
	d.take(first)
	d.judge(first.Record.Commitments[0].ID, "state", "broken")
	d.evaluate(time.Second)
	list := d.list()
	want(t, []string{list[0].Why, list[0].Decider}, []string{"a commitment was set to broken", "Bo Lind"})
	d.take(second, link(record.Evidence, "broken", second.Record.Commitments[0].ID, first.Record.Events[0].ID))
	d.evaluate(time.Second)
	list = d.list()
	want(t, len(list), 2)
	want(t, []string{list[0].Why, list[0].Decider}, []string{"an article tells what would break a commitment", ""})
	d.judge(second.Record.Commitments[0].ID, "state", "kept")
	d.evaluate(time.Second)
	want(t, d.alerts()[0], "resolved: an article tells what would break a commitment: set to kept by Bo Lind")
}

func TestContradiction(t *testing.T) {
	d := newDesk(t)
	d.rule(alert.Rule{Kind: alert.Contradiction, Terms: alert.Terms{Labels: []string{"denial"}, Text: "left"}})
	d.rule(alert.Rule{Name: "any", Kind: alert.Contradiction})
	first, second := says(1, "said that troops had left."), says(2, "said that none were gone.")
	d.take(first)
	d.evaluate(time.Second)
	want(t, d.alerts(), []string{"pending: a contradiction inside one article"}) // inside the story, for the second rule
	l := link(record.Conflict, "denial", first.Record.Statements[0].ID, second.Record.Statements[0].ID)
	d.take(second, l, link(record.Conflict, "number", first.Record.Figures[0].ID, second.Record.Figures[0].ID))
	d.evaluate(time.Second)
	count := map[string]int{}
	for _, a := range d.list() {
		count[a.RuleName+" "+a.Why]++
	}
	want(t, count, map[string]int{"rule a contradiction (denial)": 1, "any a contradiction (denial)": 1, "any a contradiction (number)": 1, "any a contradiction inside one article": 2})
	d.judge(l.ID, "reject", "")
	d.evaluate(time.Second)
	open := 0
	for _, a := range d.list() {
		if a.State == alert.Pending && a.Why == "a contradiction (denial)" {
			open++
		}
	}
	want(t, open, 0)
}

func TestCeasefire(t *testing.T) {
	d := newDesk(t)
	d.states = []alert.CeasefireState{{ID: "north", Name: "North line", State: "holding", Since: "2021-04-01"}, {ID: "south", Name: "South", State: "holding"}}
	d.rule(alert.Rule{Kind: alert.Ceasefire, Ceasefire: "north"})
	want(t, d.alerts(), []string{})
	story := says(1, "said that all was well.")
	d.take(story)
	d.states[0] = alert.CeasefireState{ID: "north", Name: "North line", State: "severely_strained", Since: "2021-04-12", Why: "Twice as many explosions.", Entries: []record.ID{story.Record.Events[0].ID}}
	d.evaluate(time.Minute)
	want(t, d.alerts(), []string{"pending: North line: holding before, severely strained since 2021-04-12. Twice as many explosions."})
	d.evaluate(2 * time.Minute)
	quote := d.messages()[0].Firing[0].Quotes[0]
	want(t, []string{string(quote.Entry), quote.Words}, []string{string(story.Record.Events[0].ID), story.Record.Events[0].Text})
	d.judge(story.Record.Events[0].ID, "reject", "")
	d.evaluate(time.Hour)
	want(t, d.alerts()[0][:6], "firing") // others may say the same: its state decides
	d.states[0] = alert.CeasefireState{ID: "north", Name: "North line", State: "broken", Since: "2021-04-13"}
	d.evaluate(time.Minute) // looked at again and again, also when nothing arrives
	want(t, d.alerts(), []string{
		"pending: North line: severely strained before, broken since 2021-04-13",
		"resolved: North line: holding before, severely strained since 2021-04-12. Twice as many explosions.: it changed again",
	})
}

func TestJump(t *testing.T) {
	d := newDesk(t)
	d.rule(alert.Rule{Kind: alert.Jump, Factor: 2})
	d.rule(alert.Rule{Name: "amount", Kind: alert.Jump, Amount: 40})
	for n, value := range []float64{100, 110, 160, 350} {
		d.take(gives(n, value))
		d.evaluate(time.Second)
	}
	other := gives(10, 4000)
	other.Record.Figures[0].AssertedBy = []record.ID{other.Record.Actors[1].ID} // somebody else's
	d.take(other)
	d.evaluate(time.Second)
	two := says(11, "gave two figures.") // of Monday and of Tuesday, told in this order
	first, second := of(two.Record.Figures[0], "2021-03-01", 300), of(two.Record.Figures[0], "2021-03-02", 320)
	second.ID = record.NewID("f", "second")
	two.Record.Figures = []record.Figure{first, second}
	d.take(two)
	d.evaluate(time.Second)
	d.take(gives(12, 1000))
	d.evaluate(time.Second)
	found := map[string][]string{}
	for _, a := range d.list() {
		found[a.RuleName] = append(found[a.RuleName], a.Why)
	}
	want(t, found, map[string][]string{
		"rule":   {"a figure jumped: 320 before, 1000 now, given by the same for the same thing", "a figure jumped: 160 before, 350 now, given by the same for the same thing"},
		"amount": {"a figure jumped: 320 before, 1000 now, given by the same for the same thing", "a figure jumped: 350 before, 300 now, given by the same for the same thing", "a figure jumped: 160 before, 350 now, given by the same for the same thing", "a figure jumped: 110 before, 160 now, given by the same for the same thing"},
	})
}
