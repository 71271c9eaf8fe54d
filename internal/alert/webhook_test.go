package alert_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/internal/alert"
)

// receiver is a webhook that keeps what comes and answers with one status after the other, the last one for ever.
type receiver struct {
	*httptest.Server
	mu       sync.Mutex
	statuses []int
	heads    []http.Header
	bodies   [][]byte
}

func newReceiver(t *testing.T, statuses ...int) *receiver {
	r := &receiver{statuses: statuses}
	r.Server = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		body, err := io.ReadAll(req.Body)
		if err != nil || req.Method != http.MethodPost {
			t.Errorf("%s: %v", req.Method, err)
		}
		r.mu.Lock()
		defer r.mu.Unlock()
		r.heads, r.bodies = append(r.heads, req.Header), append(r.bodies, body)
		w.Header().Set("Location", "/elsewhere")
		w.WriteHeader(r.statuses[0])
		if len(r.statuses) > 1 {
			r.statuses = r.statuses[1:]
		}
	}))
	t.Cleanup(r.Close)
	return r
}

// sender is a sender that trusts the receiver.
func (d *desk) sender(r *receiver, mail *alert.Mail) *alert.Sender {
	s := alert.NewSender(*d.composer(), mail)
	if r != nil {
		s.Trust(r.Client().Transport.(*http.Transport).TLSClientConfig)
	}
	return s
}

// news takes in something that the rule finds and lets it be told.
func (d *desk) news(n int, words string) {
	d.t.Helper()
	d.take(says(n, words))
	d.evaluate(time.Second)
	d.evaluate(2 * time.Minute)
}

func (d *desk) deliver(s *alert.Sender, later time.Duration) {
	d.t.Helper()
	d.now = d.now.Add(later)
	if err := s.Deliver(d.t.Context()); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) delivery() alert.Delivery {
	d.t.Helper()
	list, err := d.Store.Deliveries(d.t.Context(), "ada", 10)
	if err != nil || len(list) == 0 {
		d.t.Fatalf("%d deliveries, %v", len(list), err)
	}
	return list[0]
}

// TestWebhook posts a signed message once, whatever is evaluated and delivered again.
func TestWebhook(t *testing.T) {
	d := newDesk(t)
	hook := newReceiver(t, http.StatusNoContent)
	rule := actor()
	rule.Channels = []alert.Channel{{Kind: alert.Webhook, To: hook.URL + "/in?room=1"}}
	r := d.rule(rule)
	secret := r.Channels[0].Secret
	s := d.sender(hook, nil)
	d.news(1, "said that “all” was <b>well</b>.")
	d.deliver(s, 0)
	d.deliver(s, time.Hour)
	d.evaluate(time.Hour)
	d.deliver(s, 0)
	want(t, len(hook.bodies), 1)
	head, body := hook.heads[0], hook.bodies[0]
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil || len(key) < 24 {
		t.Fatalf("the secret %q: %v", secret, err)
	}
	mac := hmac.New(sha256.New, key)
	io.WriteString(mac, head.Get("Webhook-Id")+"."+head.Get("Webhook-Timestamp")+"."+string(body))
	want(t, head.Get("Webhook-Signature"), "v1,"+base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	want(t, head.Get("Content-Type"), "application/json")
	var m alert.Message
	if err := json.Unmarshal(body, &m); err != nil {
		t.Fatal(err)
	}
	want(t, []string{m.ID, m.Archive, m.Rule.ID, m.Firing[0].Quotes[0].Words}, []string{head.Get("Webhook-Id"), "crisis", r.ID, "Ruiz said that “all” was <b>well</b>."})
	rules, err := d.Store.Rules(t.Context(), "ada")
	if err != nil {
		t.Fatal(err)
	}
	want(t, rules[0].Channels[0].Secret, "") // shown once only
}

// TestSignature holds the signature against the worked example of the Standard Webhooks specification.
func TestSignature(t *testing.T) {
	got, err := alert.Sign("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", []byte(`{"test": 2432232314}`))
	if err != nil {
		t.Fatal(err)
	}
	want(t, got, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
}

// TestRetries tries again after ever longer pauses, under the same id, and gives up.
func TestRetries(t *testing.T) {
	d := newDesk(t)
	hook := newReceiver(t, http.StatusInternalServerError, http.StatusFound, http.StatusOK)
	rule := actor()
	rule.Channels = []alert.Channel{{Kind: alert.Webhook, To: hook.URL}}
	d.rule(rule)
	s := d.sender(hook, nil)
	d.news(1, "said that all was well.")
	d.deliver(s, 0)
	d.deliver(s, time.Second) // too early
	want(t, len(hook.bodies), 1)
	want(t, d.delivery().Error, "the webhook says 500 Internal Server Error")
	d.deliver(s, 30*time.Second)
	want(t, d.delivery().Error, "the webhook says 302 Found, which leads elsewhere: give the address that it leads to") // not followed
	d.deliver(s, 2*time.Minute)
	last := d.delivery()
	want(t, []any{last.State, last.Attempts, last.Error}, []any{alert.Sent, 3, ""})
	want(t, hook.heads[2].Get("Webhook-Id"), hook.heads[0].Get("Webhook-Id"))
	want(t, len(hook.bodies), 3)

	hook.statuses = []int{http.StatusBadGateway}
	d.news(2, "said that nothing was well.")
	for range 20 {
		d.evaluate(0)
		d.deliver(s, 20*time.Hour)
	}
	last = d.delivery()
	want(t, []any{last.State, last.Attempts, last.Error}, []any{alert.Failed, 8, "the webhook says 502 Bad Gateway"})
	want(t, len(hook.bodies), 3+8)

	hook.statuses = []int{http.StatusGone}
	d.news(3, "said something else.")
	d.deliver(s, 0)
	last = d.delivery()
	want(t, []any{last.State, last.Attempts}, []any{alert.Failed, 1})
}

// TestPrivateNetwork calls nobody inside: a desk without the permission refuses the form http:// when a rule is made, and the
// address when it is called.
func TestPrivateNetwork(t *testing.T) {
	d := newDesk(t)
	hook := newReceiver(t, http.StatusOK)
	careful, err := alert.Open(t.Context(), d.db, alert.Options{Now: func() time.Time { return d.now }})
	if err != nil {
		t.Fatal(err)
	}
	d.Store = careful
	rule := actor()
	rule.Channels = []alert.Channel{{Kind: alert.Webhook, To: "http://hooks.example/in"}}
	rule.Owner, rule.Archive, rule.Name = "ada", "crisis", "rule"
	if _, err := careful.AddRule(t.Context(), rule); err == nil || !strings.Contains(err.Error(), "begins with https://") {
		t.Errorf("http: %v", err)
	}
	rule.Channels[0].To = strings.Replace(hook.URL, "127.0.0.1", "localhost", 1)
	d.rule(rule)
	s := d.sender(hook, nil)
	d.news(1, "said that all was well.")
	d.deliver(s, 0)
	last := d.delivery()
	want(t, len(hook.bodies), 0)
	want(t, last.State, alert.Failed)
	if !strings.Contains(last.Error, "is not a public address") {
		t.Errorf("the delivery says %q", last.Error)
	}
}

// TestTwoSenders: of two programs on one desk one takes a delivery up.
func TestTwoSenders(t *testing.T) {
	d := newDesk(t)
	hook := newReceiver(t, http.StatusOK)
	rule := actor()
	rule.Channels = []alert.Channel{{Kind: alert.Webhook, To: hook.URL}}
	d.rule(rule)
	d.news(1, "said that all was well.")
	s := d.sender(hook, nil)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			if err := s.Deliver(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	want(t, len(hook.bodies), 1)
}
