package alert_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"parley/internal/alert"
)

func TestSearches(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	kept, err := d.Store.AddSearch(ctx, alert.Search{Owner: "ada", Archive: "crisis", Name: "Troops", Terms: alert.Terms{Text: `"troops left"`, Kinds: []string{"statement"}, From: "2021-03-01", MinConfidence: 0.5}})
	if err != nil {
		t.Fatal(err)
	}
	list, err := d.Store.Searches(ctx, "ada")
	if err != nil {
		t.Fatal(err)
	}
	want(t, list, []alert.Search{kept})
	for name, bad := range map[string]alert.Search{
		"no name":    {Archive: "crisis", Name: "  "},
		"no archive": {Name: "x"},
		"line break": {Archive: "crisis", Name: "x\r\nBcc: y"},
		"direction":  {Archive: "crisis", Name: "x\u202ey"},
		"long":       {Archive: "crisis", Name: strings.Repeat("x", 201)},
		"kind":       {Archive: "crisis", Name: "x", Terms: alert.Terms{Kinds: []string{"rumour"}}},
		"role":       {Archive: "crisis", Name: "x", Terms: alert.Terms{Role: "boss"}},
		"label":      {Archive: "crisis", Name: "x", Terms: alert.Terms{Kinds: []string{"event"}, Labels: []string{"BATTLE"}}},
		"status":     {Archive: "crisis", Name: "x", Terms: alert.Terms{Status: []string{"done"}}},
		"time":       {Archive: "crisis", Name: "x", Terms: alert.Terms{From: "yesterday"}},
		"many":       {Archive: "crisis", Name: "x", Terms: alert.Terms{Labels: make([]string, 31)}},
		"confidence": {Archive: "crisis", Name: "x", Terms: alert.Terms{MinConfidence: 2}},
	} {
		if _, err := d.Store.AddSearch(ctx, bad); !errors.Is(err, alert.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := d.Store.DeleteSearch(ctx, "bo", kept.ID); !errors.Is(err, alert.ErrNotFound) {
		t.Errorf("somebody else's search: %v", err)
	}
	if err := d.Store.DeleteSearch(ctx, "ada", kept.ID); err != nil {
		t.Error(err)
	}
	for n := range 200 {
		if _, err := d.Store.AddSearch(ctx, alert.Search{Owner: "ada", Archive: "crisis", Name: fmt.Sprint(n)}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.Store.AddSearch(ctx, alert.Search{Owner: "ada", Archive: "crisis", Name: "one more"}); !errors.Is(err, alert.ErrInvalid) {
		t.Errorf("the 201st: %v", err)
	}
}

// TestRules changes rules: channels keep their secrets as long as they lead to the same place.
func TestRules(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	rule := actor()
	rule.Channels = []alert.Channel{{Kind: alert.Webhook, To: "https://hooks.example/a", ID: "mine", Secret: "mine"}, {Kind: alert.Atom}, {Kind: alert.Email, To: "ada@desk.example"}}
	r := d.rule(rule)
	secrets := func() (out []string) {
		rows, err := d.db.QueryContext(ctx, "SELECT secret FROM alert_channels ORDER BY rowid")
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			var s string
			if err := rows.Scan(&s); err != nil {
				t.Fatal(err)
			}
			out = append(out, s)
		}
		return out
	}
	before := secrets()
	if r.Channels[0].Secret != before[0] || before[0] == "mine" || !strings.HasPrefix(before[0], "whsec_") || before[2] != "" {
		t.Errorf("the secrets are %q", before)
	}
	rules, err := d.Store.Rules(ctx, "ada")
	if err != nil {
		t.Fatal(err)
	}
	same := rules[0]
	same.Name = "another name"
	changed, err := d.Store.ChangeRule(ctx, same)
	if err != nil {
		t.Fatal(err)
	}
	want(t, secrets(), before)
	want(t, []string{changed.Name, changed.Channels[0].Secret}, []string{"another name", ""})
	same.Channels = append(same.Channels[:0:0], same.Channels...)
	same.Channels[0].To = "https://other.example/"
	if changed, err = d.Store.ChangeRule(ctx, same); err != nil {
		t.Fatal(err)
	}
	if after := secrets(); after[0] == before[0] || after[0] != changed.Channels[0].Secret || after[1] != before[1] {
		t.Errorf("the secrets are %q, before %q", after, before)
	}
	same.Owner = "bo"
	if _, err := d.Store.ChangeRule(ctx, same); !errors.Is(err, alert.ErrNotFound) {
		t.Errorf("somebody else's rule: %v", err)
	}
	if err := d.Store.DeleteRule(ctx, "bo", r.ID); !errors.Is(err, alert.ErrNotFound) {
		t.Errorf("somebody else's rule: %v", err)
	}
	d.news(1, "said that all was well.")
	if err := d.Store.DeleteRule(ctx, "ada", r.ID); err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"rules", "channels", "alerts", "findings", "parts", "messages", "deliveries"} {
		var n int
		if err := d.db.QueryRowContext(ctx, "SELECT count(*) FROM alert_"+table).Scan(&n); err != nil || n > 0 {
			t.Errorf("%d %s are left, %v", n, table, err)
		}
	}
}

func TestBadRules(t *testing.T) {
	d := newDesk(t)
	for name, change := range map[string]func(*alert.Rule){
		"no kind":    func(r *alert.Rule) { r.Kind = "rumour" },
		"nobody":     func(r *alert.Rule) { r.Terms.Actors = nil },
		"no label":   func(r *alert.Rule) { r.Kind = alert.Act },
		"no days":    func(r *alert.Rule) { r.Kind = alert.Due },
		"no jump":    func(r *alert.Rule) { r.Kind, r.Factor = alert.Jump, 1 },
		"everything": func(r *alert.Rule) { r.Kind, r.Terms = alert.Free, alert.Terms{} },
		"past":       func(r *alert.Rule) { r.Terms.From = "2021-03-01" },
		"quiet":      func(r *alert.Rule) { r.Quiet = -1 },
		"line break": func(r *alert.Rule) { r.Name = "x\nBcc: y" },
		"channels":   func(r *alert.Rule) { r.Channels = make([]alert.Channel, 6) },
		"no channel": func(r *alert.Rule) { r.Channels = []alert.Channel{{Kind: "pigeon"}} },
		"file":       func(r *alert.Rule) { r.Channels = []alert.Channel{{Kind: alert.Webhook, To: "file:///etc/passwd"}} },
		"no host":    func(r *alert.Rule) { r.Channels = []alert.Channel{{Kind: alert.Webhook, To: "https:///x"}} },
		"password": func(r *alert.Rule) {
			r.Channels = []alert.Channel{{Kind: alert.Webhook, To: "https://a:b@hooks.example/"}}
		},
		"mail header": func(r *alert.Rule) {
			r.Channels = []alert.Channel{{Kind: alert.Email, To: "a@b.example\r\nBcc: c@d.example"}}
		},
		"two mails": func(r *alert.Rule) { r.Channels = []alert.Channel{{Kind: alert.Email, To: "a@b.example, c@d.example"}} },
		"mail name": func(r *alert.Rule) { r.Channels = []alert.Channel{{Kind: alert.Email, To: "Ada <a@b.example>"}} },
	} {
		r := actor()
		r.Owner, r.Archive, r.Name = "ada", "crisis", "rule"
		change(&r)
		if _, err := d.Store.AddRule(t.Context(), r); !errors.Is(err, alert.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestOff: a rule that was off tells of what arrives once it is on again.
func TestOff(t *testing.T) {
	d := newDesk(t)
	r := d.rule(actor())
	turn := func(off bool) {
		r.Off = off
		if _, err := d.Store.ChangeRule(t.Context(), r); err != nil {
			t.Fatal(err)
		}
		d.evaluate(0)
	}
	turn(true)
	d.take(says(1, "said that all was well."))
	d.evaluate(time.Hour)
	turn(false)
	want(t, d.alerts(), []string{})
	d.take(says(2, "said that nothing was well."))
	d.evaluate(time.Second)
	want(t, len(d.list()), 1)
}

// TestPages: the pages of a list hold every alert once.
func TestPages(t *testing.T) {
	d := newDesk(t)
	d.rule(actor())
	for n := range 7 {
		d.take(says(n, fmt.Sprintf("said thing %d.", n)))
	}
	d.evaluate(time.Second) // all at the same moment
	seen := map[string]bool{}
	q := alert.Query{Owner: "ada", Limit: 3, States: []string{alert.Pending, alert.Firing}}
	for pages := 0; pages < 10; pages++ {
		list, next, err := d.Store.Alerts(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range list {
			if seen[a.ID] {
				t.Errorf("%s twice", a.ID)
			}
			seen[a.ID] = true
		}
		if q.Cursor = next; next == "" {
			break
		}
	}
	want(t, len(seen), 7)
	if list, _, err := d.Store.Alerts(t.Context(), alert.Query{Owner: "bo"}); err != nil || len(list) > 0 {
		t.Errorf("somebody else sees %d alerts, %v", len(list), err)
	}
	if _, _, err := d.Store.Alerts(t.Context(), alert.Query{Owner: "ada", Cursor: "x"}); !errors.Is(err, alert.ErrInvalid) {
		t.Errorf("a bad cursor: %v", err)
	}
}

// TestTidy deletes what is over for more than a year, and forgets who is gone.
func TestTidy(t *testing.T) {
	d := newDesk(t)
	d.rule(actor())
	d.news(1, "said that all was well.")
	d.evaluate(25 * time.Hour)
	d.news(2, "said that nothing was well.")
	d.now = d.now.Add(399 * 24 * time.Hour)
	if err := d.Store.Tidy(t.Context()); err != nil {
		t.Fatal(err)
	}
	want(t, len(d.list()), 2)
	d.now = d.now.Add(3 * 24 * time.Hour)
	if err := d.Store.Tidy(t.Context()); err != nil {
		t.Fatal(err)
	}
	want(t, d.alerts(), []string{"firing: a new statement (say)"}) // it was never resolved: nobody evaluated
	if err := d.Store.Forget(t.Context(), "ada"); err != nil {
		t.Fatal(err)
	}
	want(t, d.alerts(), []string{})
}

// TestRunner does its work until it is told to stop, and leaves nothing running.
func TestRunner(t *testing.T) {
	d := newDesk(t)
	hook := newReceiver(t, 200)
	rule := actor()
	rule.Channels = []alert.Channel{{Kind: alert.Webhook, To: hook.URL}}
	d.rule(rule)
	d.news(1, "said that all was well.")
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	done := make(chan struct{})
	r := &alert.Runner{Engine: d.Engine, Sender: d.sender(hook, nil), Every: 5 * time.Millisecond}
	go func() { r.Run(ctx); close(done) }()
	deadline := time.After(10 * time.Second)
	for {
		hook.mu.Lock()
		n := len(hook.bodies)
		hook.mu.Unlock()
		if n > 0 {
			break
		}
		select {
		case <-deadline:
			t.Fatal("nothing was sent")
		case <-time.After(time.Millisecond):
		}
	}
	stop()
	select {
	case <-done:
	case <-time.After(10 * time.Second):
		t.Fatal("it does not stop")
	}
}

// FuzzRule reads rules that anybody may send: they are refused or kept, and what is kept makes a subject of one line.
func FuzzRule(f *testing.F) {
	for _, seed := range []string{
		`{"name":"Ruiz","archive":"crisis","kind":"actor","terms":{"actor":["Ana Ruiz"],"role":"about"},"channels":[{"kind":"email","to":"ada@desk.example"}]}`,
		`{"name":"x\r\nBcc: y","archive":"crisis","kind":"search","terms":{"q":"\"a"}}`,
		`{"name":"j","archive":"c","kind":"figure","factor":1e308,"channels":[{"kind":"webhook","to":"https://[::1]:99999/"}]}`,
		`{"name":"\u202e","archive":"c","kind":"due","days":3,"channels":[{"kind":"atom"}]}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var r alert.Rule
		if json.Unmarshal(data, &r) != nil {
			return
		}
		d := newDesk(t)
		r.Owner = "ada"
		kept, err := d.Store.AddRule(t.Context(), r)
		if err != nil {
			if !errors.Is(err, alert.ErrInvalid) {
				t.Fatal(err)
			}
			return
		}
		m := alert.Message{Archive: kept.Archive, Rule: alert.Named{Name: kept.Name}}
		if s := m.Subject(); strings.ContainsAny(s, "\r\n") {
			t.Errorf("the subject %q", s)
		}
		_ = d.Evaluate(t.Context()) // may find no such archive
	})
}
