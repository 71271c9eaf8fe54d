package alert_test

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"testing"

	"parley/internal/alert"
)

// TestTrial sends a test message at once to every webhook and mail address of a rule, and says in words what became of it.
func TestTrial(t *testing.T) {
	d, p := newDesk(t), &post{}
	hook := newReceiver(t, http.StatusNoContent)
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()
	rule := mailRule()
	rule.Channels = append(rule.Channels, alert.Channel{Kind: alert.Atom}, alert.Channel{Kind: alert.Webhook, To: hook.URL},
		alert.Channel{Kind: alert.Webhook, To: "http://" + closed.Addr().String()})
	r := d.rule(rule)
	s := d.sender(hook, newPost(t, p, false))
	trials, err := s.Try(t.Context(), "ada", r.ID)
	if err != nil || len(trials) != 3 {
		t.Fatalf("%+v, %v", trials, err)
	}
	var m alert.Message
	if err := json.Unmarshal(hook.bodies[0], &m); err != nil {
		t.Fatal(err)
	}
	want(t, []any{m.Test, m.Rule.Name, len(m.Firing), strings.HasPrefix(hook.heads[0].Get("Webhook-Signature"), "v1,")}, []any{true, r.Name, 0, true})
	for _, s := range []string{"a_test", "Nothing was found"} {
		if !strings.Contains(string(p.data[0]), s) {
			t.Errorf("%q is not in the mail:\n%s", s, p.data[0])
		}
	}
	want(t, []any{trials[0].Sent, trials[1].Sent, trials[2].Sent}, []any{true, true, false})
	if said := trials[2].Said; said != "nobody listens at "+closed.Addr().String()+": the connection was refused" {
		t.Error(said)
	}
	want(t, len(d.messages()), 0) // a test is no message of the rule
	if _, err := s.Try(t.Context(), "eve", r.ID); !errors.Is(err, alert.ErrNotFound) {
		t.Errorf("somebody else's rule: %v", err)
	}
	for range 10 {
		_, err = s.Try(t.Context(), "ada", r.ID)
	}
	if !errors.Is(err, alert.ErrBusy) {
		t.Errorf("the eleventh: %v", err)
	}
	rule.Owner, rule.Archive, rule.Channels = "eve", "crisis", nil
	other, err := d.Store.AddRule(t.Context(), rule)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Try(t.Context(), "eve", other.ID); err != nil {
		t.Errorf("the first of another user: %v", err)
	}
}

// TestPlainFault says in plain words what people can do something about.
func TestPlainFault(t *testing.T) {
	calling := func(err error) error {
		return fmt.Errorf("calling the webhook: %w", &url.Error{Op: "Post", URL: "https://hooks.example", Err: err})
	}
	for want, err := range map[string]error{
		"there is no server named hooks.example":              calling(&net.DNSError{Name: "hooks.example", IsNotFound: true}),
		"the name hooks.example cannot be looked up just now": calling(&net.DNSError{Name: "hooks.example", IsTimeout: true}),
		"no answer came in time":                              calling(context.DeadlineExceeded),
		"its certificate cannot be trusted:":                  calling(x509.UnknownAuthorityError{}),
		"no way leads there":                                  calling(&net.OpError{Op: "dial", Err: syscall.EHOSTUNREACH}),
		"the webhook says 500":                                errors.New("the webhook says 500\r\n\u202eworse"),
	} {
		if got := alert.PlainFault(err); !strings.HasPrefix(got, want) || strings.ContainsAny(got, "\r\n\u202e") {
			t.Errorf("%v: %q", err, got)
		}
	}
}

// TestTrialPrivate calls nobody inside, and says so, and has no mail server.
func TestTrialPrivate(t *testing.T) {
	d := newDesk(t)
	hook := newReceiver(t, http.StatusOK)
	careful, err := alert.Open(t.Context(), d.db, alert.Options{})
	if err != nil {
		t.Fatal(err)
	}
	d.Store = careful
	rule := mailRule()
	rule.Channels = append(rule.Channels, alert.Channel{Kind: alert.Webhook, To: hook.URL})
	r := d.rule(rule)
	trials, err := d.sender(hook, nil).Try(t.Context(), "ada", r.ID)
	if err != nil {
		t.Fatal(err)
	}
	want(t, len(hook.bodies), 0)
	for i, part := range []string{"no mail server", "127.0.0.1 is not a public address"} {
		if trials[i].Sent || !strings.Contains(trials[i].Said, part) {
			t.Errorf("%+v", trials[i])
		}
	}
}
