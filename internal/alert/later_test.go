package alert_test

import (
	"testing"
	"time"

	"parley/internal/alert"
	"parley/internal/record"
)

// TestLaterLinks tells once of links that turn up between articles that were looked at long ago, and not of those that were
// there before the rule, also when they are found again.
func TestLaterLinks(t *testing.T) {
	d := newDesk(t)
	first, second, third := says(1, "promised something."), says(2, "did something else."), says(3, "said the opposite.")
	early := link(record.Conflict, "time", first.Record.Statements[0].ID, third.Record.Statements[0].ID)
	for _, story := range []record.Arrival{first, second, third} {
		d.take(story)
	}
	d.compare(third, early)
	d.rule(alert.Rule{Name: "broken", Kind: alert.Broken})
	d.rule(alert.Rule{Name: "against", Kind: alert.Contradiction, Terms: alert.Terms{Labels: []string{"denial", "time"}}})
	d.evaluate(time.Hour)
	want(t, d.alerts(), []string{})
	denial := link(record.Conflict, "denial", second.Record.Statements[0].ID, third.Record.Statements[0].ID)
	d.compare(third, early, denial, link(record.Evidence, "broken", first.Record.Commitments[0].ID, third.Record.Events[0].ID),
		link(record.Evidence, "kept", second.Record.Commitments[0].ID, third.Record.Events[0].ID))
	d.evaluate(time.Minute)
	told := []string{"pending: a contradiction (denial)", "pending: an article tells what would break a commitment"}
	want(t, sorted(d.alerts()), told)
	want(t, len(d.list()[0].Entries), 3) // both sides and the link
	d.compare(third)                     // all links gone
	d.evaluate(time.Minute)
	d.open()
	d.compare(third, early, denial)
	d.evaluate(time.Hour)
	want(t, len(d.list()), 2)
	want(t, len(d.messages()), 2)
	d.evaluate(48 * time.Hour) // over
	d.compare(second, denial)
	d.evaluate(time.Hour)
	want(t, len(d.list()), 2)
	want(t, len(d.messages()), 2)
}

// TestLaterLinkOfOld says nothing of a link between articles of which one does not stand any more, or that somebody rejected.
func TestLaterLinkOfOld(t *testing.T) {
	d := newDesk(t)
	first, second, third := says(1, "said one thing."), says(2, "said another thing."), says(3, "said a third thing.")
	for _, story := range []record.Arrival{first, second, third} {
		d.take(story)
	}
	d.rule(alert.Rule{Kind: alert.Contradiction, Terms: alert.Terms{Labels: []string{"denial"}}})
	withdrawn := link(record.Conflict, "denial", first.Record.Statements[0].ID, second.Record.Statements[0].ID)
	rejected := link(record.Conflict, "denial", second.Record.Statements[0].ID, third.Record.Statements[0].ID)
	d.compare(second, withdrawn, rejected)
	d.judge(record.ID(first.Article.ID), "withdraw", "")
	d.judge(rejected.ID, "reject", "")
	d.evaluate(time.Minute)
	want(t, d.alerts(), []string{})
}

// TestBeforeFirst tells of what arrives, and of links that turn up, between the making of a rule and its first evaluation; and
// nothing of what came while it was off.
func TestBeforeFirst(t *testing.T) {
	d := newDesk(t)
	first, second := says(1, "said one thing."), says(2, "said another thing.")
	d.take(first)
	var rules []alert.Rule
	for _, r := range []alert.Rule{actor(), {Kind: alert.Contradiction, Terms: alert.Terms{Labels: []string{"denial"}}}} {
		r.Owner, r.Archive, r.Name = "ada", "crisis", r.Kind
		r, err := d.Store.AddRule(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		rules = append(rules, r)
	}
	d.now = d.now.Add(time.Second)
	d.take(second, link(record.Conflict, "denial", first.Record.Statements[0].ID, second.Record.Statements[0].ID))
	d.evaluate(time.Second)
	want(t, sorted(d.alerts()), []string{"pending: a contradiction (denial)", "pending: a new statement (say)"})
	for _, off := range []bool{true, false} {
		d.now = d.now.Add(time.Second)
		rules[0].Off = off
		if _, err := d.Store.ChangeRule(t.Context(), rules[0]); err != nil {
			t.Fatal(err)
		}
		d.now = d.now.Add(time.Second)
		d.take(says(map[bool]int{true: 3, false: 4}[off], "said a third thing, or a fourth."))
	}
	d.evaluate(time.Second)
	list := d.list()
	want(t, len(list), 3)
	want(t, list[0].Kind+" "+string(list[0].Entries[0]), "actor "+string(says(4, "said a third thing, or a fourth.").Record.Statements[0].ID))
}
