package alert_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/internal/alert"
	"parley/internal/record"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// desk is a desk with one archive and a clock that the test sets.
type desk struct {
	*alert.Engine
	t       *testing.T
	archive *store.Store
	db      *sql.DB
	now     time.Time
	states  []alert.CeasefireState
	denied  bool // the owner may see nothing
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{t: t, now: storetest.Begin().Add(1000 * time.Hour)}
	clock := func() time.Time { return d.now }
	var err error
	if d.archive, err = store.Open(t.Context(), archiveAddress(t), store.Options{Create: true, Now: clock}); err != nil {
		t.Fatal(err)
	}
	if d.db, err = sql.Open("sqlite", "file:"+filepath.Join(t.TempDir(), "crisis.desk")+"?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.db.Close(); d.archive.Close() })
	d.open()
	return d
}

// open opens the desk's tables, again too, as after a restart.
func (d *desk) open() {
	d.t.Helper()
	s, err := alert.Open(d.t.Context(), d.db, alert.Options{Now: func() time.Time { return d.now }, Private: true})
	if err != nil {
		d.t.Fatal(err)
	}
	d.Engine = &alert.Engine{Store: s, Access: alert.Access{
		Archives: func(name string) (record.Reader, bool) { return d.archive, name == "crisis" },
		May:      func(context.Context, string, string) bool { return !d.denied },
	}, Ceasefires: func(context.Context, string) ([]alert.CeasefireState, error) { return d.states, nil }}
}

// rule adds a rule and evaluates it for the first time.
func (d *desk) rule(r alert.Rule) alert.Rule {
	d.t.Helper()
	r.Owner, r.Archive = "ada", "crisis"
	if r.Name == "" {
		r.Name = "rule"
	}
	r, err := d.Store.AddRule(d.t.Context(), r)
	if err != nil {
		d.t.Fatal(err)
	}
	d.evaluate(0)
	return r
}

// evaluate lets some time go by and evaluates all rules.
func (d *desk) evaluate(later time.Duration) {
	d.t.Helper()
	d.now = d.now.Add(later)
	if err := d.Evaluate(d.t.Context()); err != nil {
		d.t.Fatal(err)
	}
}

// put takes stories in, without comparing them.
func (d *desk) put(stories ...record.Arrival) {
	d.t.Helper()
	if err := d.archive.Put(d.t.Context(), stories); err != nil {
		d.t.Fatal(err)
	}
}

// take takes a story in and compares it: its first actor is the identity of that name.
func (d *desk) take(story record.Arrival, links ...record.Link) {
	d.t.Helper()
	d.put(story)
	d.compare(story, links...)
}

func (d *desk) compare(story record.Arrival, links ...record.Link) {
	d.t.Helper()
	found := record.Found{Articles: []record.ID{record.ID(story.Article.ID)}, Links: links,
		Passages: []record.Passage{{Article: record.ID(story.Article.ID), Span: record.Span{0, 5}, Origin: record.NewID("o", story.Article.ID), Label: "own", Basis: "own", Share: 1}}}
	for _, a := range story.Record.Actors {
		id := record.NewID("i", a.Name)
		found.Identities = append(found.Identities, record.Identity{ID: id, Name: a.Name, Kind: a.Kind, SameAs: []string{}, Aliases: a.Aliases})
		found.Memberships = append(found.Memberships, record.Membership{Actor: a.ID, Identity: id, Reason: "name", Score: 1})
	}
	if err := d.archive.Reconcile(d.t.Context(), found); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) judge(subject record.ID, verb, value string) {
	d.t.Helper()
	if _, err := d.archive.Judge(d.t.Context(), record.Judgement{Who: "Bo Lind", Verb: verb, Subject: subject, Value: value, Why: "looked again"}); err != nil {
		d.t.Fatal(err)
	}
}

// alerts are all alerts, newest first, as "state: why".
func (d *desk) alerts() []string {
	d.t.Helper()
	out := []string{}
	for _, a := range d.list() {
		line := a.State + ": " + a.Why
		if a.Reason != "" {
			line += ": " + a.Reason
		}
		out = append(out, line)
	}
	return out
}

func (d *desk) list() []alert.Alert {
	d.t.Helper()
	list, _, err := d.Store.Alerts(d.t.Context(), alert.Query{Owner: "ada"})
	if err != nil {
		d.t.Fatal(err)
	}
	return list
}

// messages are all messages, oldest first.
func (d *desk) messages() []alert.Message {
	d.t.Helper()
	rows, err := d.db.QueryContext(d.t.Context(), "SELECT id FROM alert_messages ORDER BY at")
	if err != nil {
		d.t.Fatal(err)
	}
	var ids []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			d.t.Fatal(err)
		}
		ids = append(ids, id)
	}
	rows.Close()
	var out []alert.Message
	for _, id := range ids {
		m, err := alert.Composed(d.composer(), d.t.Context(), id)
		if err != nil {
			d.t.Fatal(err)
		}
		out = append(out, m)
	}
	return out
}

func (d *desk) composer() *alert.Composer {
	return &alert.Composer{Store: d.Store, Access: d.Access, Base: "https://desk.example"}
}

// says is a story in which Ana Ruiz says something.
func says(n int, words string) record.Arrival {
	a := storetest.Told(n, "Ruiz "+words, 1)
	a.Record.Statements[0].Act = "say"
	return a
}

// actor is the rule that tells of what Ana Ruiz says.
func actor() alert.Rule {
	return alert.Rule{Kind: alert.Actor, Terms: alert.Terms{Actors: []string{"Ana Ruiz"}, Role: "source"}}
}

func words(m []alert.Message) string {
	var b strings.Builder
	for i := range m {
		b.WriteString(m[i].Subject() + "\n" + m[i].Text())
	}
	return b.String()
}
