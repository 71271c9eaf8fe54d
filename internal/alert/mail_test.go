package alert_test

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"log"
	"mime/quotedprintable"
	"net"
	"net/http/httptest"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"parley/internal/alert"
)

// post is an SMTP server that takes mail from whoever is let in.
type post struct {
	mu     sync.Mutex
	from   []string
	to     []string
	data   [][]byte
	refuse error
}

func (p *post) NewSession(*smtp.Conn) (smtp.Session, error) { return &session{post: p}, nil }

type session struct {
	*post
	in bool
}

func (s *session) AuthMechanisms() []string { return []string{sasl.Plain} }

func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != "desk" || password != "open sesame" {
			return errors.New("who is that?")
		}
		s.in = true
		return nil
	}), nil
}

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	if !s.in {
		return smtp.ErrAuthRequired
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.from = append(s.from, from)
	return s.refuse
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.to = append(s.to, to)
	return nil
}

func (s *session) Data(r io.Reader) error {
	data, err := io.ReadAll(r)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.data = append(s.data, data)
	return err
}

func (s *session) Reset()        {}
func (s *session) Logout() error { return nil }

// newPost starts the server on a port of this machine, with the certificate of httptest; implicit: TLS from the first byte.
func newPost(t *testing.T, p *post, implicit bool) *alert.Mail {
	t.Helper()
	certificates := httptest.NewTLSServer(nil)
	t.Cleanup(certificates.Close)
	server := smtp.NewServer(p)
	server.Domain, server.TLSConfig, server.ErrorLog = "localhost", &tls.Config{Certificates: certificates.TLS.Certificates}, log.New(io.Discard, "", 0)
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	m := &alert.Mail{Host: "127.0.0.1", Port: ln.Addr().(*net.TCPAddr).Port, User: "desk", Password: "open sesame", From: "parley@desk.example", TLS: "starttls"}
	if implicit {
		ln, m.TLS = tls.NewListener(ln, server.TLSConfig), "tls"
	}
	go server.Serve(ln)
	t.Cleanup(func() { server.Close() })
	pool := x509.NewCertPool()
	pool.AddCert(certificates.Certificate())
	m.Config = &tls.Config{RootCAs: pool, ServerName: "example.com"} // which the certificate of httptest is for
	return m
}

func mailRule() alert.Rule {
	rule := actor()
	rule.Name = "Östmark & others"
	rule.Channels = []alert.Channel{{Kind: alert.Email, To: "ada@desk.example"}}
	return rule
}

// TestMail sends plain text whose headers nothing in an article can add to.
func TestMail(t *testing.T) {
	for _, implicit := range []bool{false, true} {
		d, p := newDesk(t), &post{}
		s := d.sender(nil, newPost(t, p, implicit))
		d.rule(mailRule())
		story := says(1, "said that all was well.")
		story.Article.Title = "Östmark\r\nBcc: everybody@desk.example\r\n\r\n\u202egnihton"
		d.take(story)
		d.evaluate(time.Second)
		d.evaluate(2 * time.Minute)
		d.deliver(s, 0)
		d.deliver(s, time.Hour)
		want(t, d.delivery().Error, "")
		want(t, p.from, []string{"parley@desk.example"})
		want(t, p.to, []string{"ada@desk.example"})
		want(t, len(p.data), 1)
		checkMail(t, p.data[0])
	}
}

func checkMail(t *testing.T, data []byte) {
	t.Helper()
	m, err := mail.ReadMessage(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if bcc := m.Header.Get("Bcc"); bcc != "" {
		t.Errorf("an article added a header: %s", bcc)
	}
	want(t, m.Header.Get("Auto-Submitted"), "auto-generated")
	if !strings.HasSuffix(m.Header.Get("Message-Id"), "@desk.example>") || !strings.Contains(m.Header.Get("Content-Type"), "text/plain") {
		t.Errorf("headers: %v", m.Header)
	}
	body, err := io.ReadAll(quotedprintable.NewReader(m.Body))
	if err != nil {
		t.Fatal(err)
	}
	text := strings.ReplaceAll(string(body), "\r\n", "\n")
	for _, s := range []string{"Rule: Östmark & others", "  “Ruiz said that all was well.”", "Östmark Bcc: everybody@desk.example gnihton", "found by a machine; nobody has judged it"} {
		if !strings.Contains(text, s) {
			t.Errorf("%q is not in the mail:\n%s", s, text)
		}
	}
}

// TestMailRefused gives up where the server says never, and tries again where it says later or is not there.
func TestMailRefused(t *testing.T) {
	d, p := newDesk(t), &post{refuse: &smtp.SMTPError{Code: 450, EnhancedCode: smtp.EnhancedCode{4, 2, 0}, Message: "busy"}}
	settings := newPost(t, p, false)
	s := d.sender(nil, settings)
	d.rule(mailRule())
	d.news(1, "said that all was well.")
	d.deliver(s, 0)
	want(t, d.delivery().State, alert.Waiting)
	settings.Password = "guessed"
	d.deliver(s, time.Minute)
	if last := d.delivery(); len(p.data) > 0 || strings.Contains(last.Error, "guessed") {
		t.Errorf("with a wrong password: %+v", last)
	}
	p.refuse = &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "nobody here"}
	settings.Password = "open sesame"
	d.news(2, "said that nothing was well.")
	d.evaluate(time.Hour)
	d.deliver(s, time.Hour)
	want(t, d.delivery().State, alert.Failed)
}

// TestMailSettings sends nothing and no password to a server that does not offer TLS.
func TestMailSettings(t *testing.T) {
	for name, m := range map[string]alert.Mail{
		"elsewhere without TLS":  {Host: "mail.example", Port: 25, From: "parley@desk.example", TLS: "none"},
		"a password without TLS": {Host: "localhost", Port: 25, User: "desk", Password: "x", From: "parley@desk.example", TLS: "none"},
		"no such way":            {Host: "mail.example", Port: 25, From: "parley@desk.example", TLS: "maybe"},
		"no sender":              {Host: "mail.example", Port: 587, TLS: "starttls"},
		"no host":                {Port: 587, From: "parley@desk.example", TLS: "starttls"},
	} {
		if err := m.Check(); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
	if err := (&alert.Mail{Host: "localhost", Port: 25, From: "parley@desk.example", TLS: "none"}).Check(); err != nil {
		t.Error(err)
	}
	d, p := newDesk(t), &post{}
	settings := newPost(t, p, false)
	settings.Config = nil // the system does not know the certificate
	s := d.sender(nil, settings)
	d.rule(mailRule())
	d.news(1, "said that all was well.")
	d.deliver(s, 0)
	if last := d.delivery(); last.State != alert.Waiting || !strings.Contains(last.Error, "certificate") || len(p.from) > 0 {
		t.Errorf("an unknown certificate: %+v", last)
	}
}
