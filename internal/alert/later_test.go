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
