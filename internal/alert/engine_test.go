package alert_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/internal/alert"
	"parley/internal/record"
)

func want(t *testing.T, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
}

// TestCourse follows one alert from pending over firing to resolved, with what is sent.
func TestCourse(t *testing.T) {
	d := newDesk(t)
	d.take(says(1, "said that all was well."))
	d.rule(actor())
	want(t, d.alerts(), []string{}) // what was there before the rule is not news
	d.take(says(2, "denied that troops had left."))
	d.evaluate(time.Second)
	want(t, d.alerts(), []string{"pending: a new statement (say)"})
	d.evaluate(30 * time.Second) // still gathering
	want(t, len(d.messages()), 0)
	d.evaluate(time.Minute)
	want(t, d.alerts(), []string{"firing: a new statement (say)"})
	m := d.messages()
	want(t, len(m), 1)
	q := m[0].Firing[0].Quotes[0]
	want(t, q.Words, "Ruiz denied that troops had left.")
	want(t, q.By, []string{"Ana Ruiz"})
	want(t, q.Via, []string{"northern command"})
	want(t, q.Link, "https://desk.example/crisis/entry/"+string(q.Entry))
	want(t, q.Checked, "found by a machine; nobody has judged it")
	text := m[0].Text()
	for _, s := range []string{"“Ruiz denied that troops had left.”", "by Ana Ruiz; via northern command", "Paper 2, Östmark: day 2, 2021-03-01 08:00 UTC", "https://news.example/2", q.Link, "Found by a machine"} {
		if !strings.Contains(text, s) {
			t.Errorf("%q is not in the message:\n%s", s, text)
		}
	}
	d.evaluate(24 * time.Hour)
	want(t, d.alerts(), []string{"resolved: a new statement (say): its time is over"})
	want(t, len(d.messages()), 1) // that an evening is over is no news
}

// TestRestart evaluates the same log again from other starting points: nothing is found or told twice.
func TestRestart(t *testing.T) {
	d := newDesk(t)
	d.rule(actor())
	for n := range 5 {
		d.take(says(n, fmt.Sprintf("said thing %d.", n)))
		d.open()
		d.evaluate(time.Second)
		d.evaluate(0)
	}
	d.evaluate(5 * time.Minute)
	d.open()
	d.evaluate(time.Hour)
	want(t, len(d.list()), 5)
	want(t, len(d.messages()), 1)
	// The place in the log is lost, as if the program had ended before it was kept: all is found again and is there already.
	if _, err := d.db.ExecContext(t.Context(), "UPDATE alert_rules SET seq = 0"); err != nil {
		t.Fatal(err)
	}
	d.evaluate(time.Hour)
	want(t, len(d.list()), 5)
	want(t, len(d.messages()), 1)
}

// TestBurst gathers many findings into one message, and keeps quiet for a while after it.
func TestBurst(t *testing.T) {
	d := newDesk(t)
	d.rule(actor())
	for n := range 30 {
		d.take(says(n, fmt.Sprintf("said thing %d.", n)))
	}
	d.evaluate(time.Second)
	d.evaluate(2 * time.Minute)
	d.take(says(40, "said one thing more."))
	d.evaluate(time.Second)
	d.evaluate(5 * time.Minute)
	m := d.messages()
	want(t, len(m), 1)
	want(t, []int{len(m[0].Firing), m[0].More}, []int{20, 10})
	want(t, m[0].Subject(), "[crisis] rule: 30 alerts")
	d.evaluate(10 * time.Minute)
	m = d.messages()
	want(t, len(m), 2)
	want(t, m[1].Subject(), "[crisis] rule: a new statement (say)")
}

// TestReprints tells once of what several papers print.
func TestReprints(t *testing.T) {
	d := newDesk(t)
	d.rule(actor())
	d.take(says(1, "said that “all” was well."))
	d.evaluate(time.Second)
	d.evaluate(2 * time.Minute)
	d.take(says(2, "said that 'all' was well."))
	d.evaluate(time.Hour)
	list := d.list()
	want(t, len(list), 1)
	want(t, len(list[0].Entries), 2)
	want(t, len(d.messages()), 1)
}

// TestUnsettled waits for an article to be compared, and not for ever.
func TestUnsettled(t *testing.T) {
	d := newDesk(t)
	d.rule(alert.Rule{Kind: alert.Free, Terms: alert.Terms{Text: "well", Kinds: []string{"statement"}}})
	story := says(1, "said that all was well.")
	d.put(story)
	d.evaluate(time.Minute)
	want(t, d.alerts(), []string{})
	d.compare(story)
	d.evaluate(time.Minute)
	want(t, len(d.list()), 1)
	d.put(says(2, "said that not all was well."))
	d.evaluate(time.Hour)
	want(t, len(d.list()), 1)
	d.evaluate(time.Hour)
	want(t, len(d.list()), 2)
}

// TestEnds resolves what no longer holds and says so to whom it was told.
func TestEnds(t *testing.T) {
	for name, test := range map[string]struct {
		do     func(d *desk, story record.Arrival)
		reason string
	}{
		"reject":   {func(d *desk, a record.Arrival) { d.judge(a.Record.Statements[0].ID, "reject", "") }, "rejected by Bo Lind"},
		"withdraw": {func(d *desk, a record.Arrival) { d.judge(record.ID(a.Article.ID), "withdraw", "") }, "the article was withdrawn"},
		"erase":    {func(d *desk, a record.Arrival) { d.judge(record.ID(a.Article.ID), "erase", "") }, "the article was erased"},
		"corrected": {func(d *desk, a record.Arrival) {
			later := says(2, "said something else.")
			later.Supersedes = []record.ID{record.ID(a.Article.ID)}
			d.take(later)
		}, "a later version of the article no longer says it"},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.rule(alert.Rule{Kind: alert.Free, Terms: alert.Terms{Text: "well", Kinds: []string{"statement"}}})
			story := says(1, "said that all was well.")
			d.take(story)
			d.evaluate(time.Second)
			d.evaluate(2 * time.Minute)
			test.do(d, story)
			d.evaluate(time.Hour)
			want(t, d.alerts(), []string{"resolved: a new statement (say): " + test.reason})
			m := d.messages()
			want(t, len(m), 2)
			want(t, []int{len(m[1].Firing), len(m[1].Ended)}, []int{0, 1})
			if text := m[1].Text(); !strings.Contains(text, "NO LONGER SO") || !strings.Contains(text, test.reason) {
				t.Errorf("the correction says:\n%s", text)
			}
			if name == "erase" && strings.Contains(words(m), "all was well") {
				t.Error("the words of an erased article are still sent")
			}
			d.evaluate(time.Hour)
			want(t, len(d.messages()), 2)
		})
	}
}

// TestLaterVersion does not tell again what a later version of an article still says.
func TestLaterVersion(t *testing.T) {
	d := newDesk(t)
	d.rule(actor())
	story := says(1, "said that all was well.")
	d.take(story)
	d.evaluate(time.Second)
	d.evaluate(2 * time.Minute)
	later := says(2, "said that all was well.")
	later.Supersedes = []record.ID{record.ID(story.Article.ID)}
	d.take(later)
	d.evaluate(time.Hour)
	want(t, d.alerts(), []string{"firing: a new statement (say)"})
	want(t, len(d.messages()), 1)
}

// TestPendingEnds tells nobody of what was taken back before it was told.
func TestPendingEnds(t *testing.T) {
	d := newDesk(t)
	d.rule(actor())
	story := says(1, "said that all was well.")
	d.take(story)
	d.evaluate(time.Second)
	d.judge(story.Record.Statements[0].ID, "reject", "")
	d.evaluate(time.Hour)
	want(t, d.alerts(), []string{"resolved: a new statement (say): rejected by Bo Lind"})
	want(t, len(d.messages()), 0)
}

// TestOwner: who may no longer see an archive is told nothing of it.
func TestOwner(t *testing.T) {
	d := newDesk(t)
	r := d.rule(actor())
	d.denied = true
	d.take(says(1, "said that all was well."))
	if err := d.Evaluate(t.Context()); err == nil || !strings.Contains(err.Error(), "ada may not see crisis") {
		t.Errorf("evaluating: %v", err)
	}
	want(t, d.alerts(), []string{})
	rules, err := d.Store.Rules(t.Context(), "ada")
	if err != nil {
		t.Fatal(err)
	}
	want(t, rules[0].Fault, "ada may not see crisis")
	d.denied = false
	d.evaluate(time.Minute)
	rules, _ = d.Store.Rules(t.Context(), "ada")
	want(t, []string{rules[0].ID, rules[0].Fault}, []string{r.ID, ""})
	want(t, len(d.list()), 1)
}
