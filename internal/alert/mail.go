package alert

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"time"

	"github.com/wneessen/go-mail"
)

const mailTime = 30 * time.Second // for one message, all in all

// Mail is the server that e-mail goes through, as the operator of the desk gives it.
type Mail struct {
	Host     string
	Port     int
	User     string // empty: without a login
	Password string
	From     string // the address that messages come from
	// TLS is starttls (the rule on port 587), tls (port 465), or none, which is for a server on this machine only and
	// sends no password.
	TLS string
	// Config is for servers with a certificate of their own; nil: that of the system.
	Config *tls.Config
}

// Check says what is wrong with the settings.
func (m *Mail) Check() error {
	if _, err := m.client(); err != nil {
		return err
	}
	if err := mail.NewMsg().From(m.From); err != nil {
		return fmt.Errorf("%q is no mail address to send from: %w", m.From, err)
	}
	return nil
}

func (m *Mail) client() (*mail.Client, error) {
	opts := []mail.Option{mail.WithPort(m.Port), mail.WithTimeout(mailTime)}
	if m.Config != nil {
		opts = append(opts, mail.WithTLSConfig(m.Config))
	}
	switch m.TLS {
	case "starttls":
		opts = append(opts, mail.WithTLSPolicy(mail.TLSMandatory))
	case "tls":
		opts = append(opts, mail.WithSSL())
	case "none":
		if !m.local() || m.User != "" {
			return nil, fmt.Errorf("mail without TLS goes to a server on this machine only, without a login: %w", ErrInvalid)
		}
		opts = append(opts, mail.WithTLSPolicy(mail.NoTLS))
	default:
		return nil, fmt.Errorf("%q is no way to reach a mail server: starttls, tls or none: %w", m.TLS, ErrInvalid)
	}
	if m.User != "" {
		opts = append(opts, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(m.User), mail.WithPassword(m.Password))
	}
	c, err := mail.NewClient(m.Host, opts...)
	if err != nil {
		return nil, fmt.Errorf("preparing mail: %w", err)
	}
	return c, nil
}

// local says whether the server is on this machine.
func (m *Mail) local() bool {
	ip, err := netip.ParseAddr(m.Host)
	return m.Host == "localhost" || err == nil && ip.IsLoopback()
}

// send sends a message as plain text. Its Message-ID stays the same when it is sent again, so that mail programs can tell.
func (m *Mail) send(ctx context.Context, message *Message, to, channel string) error {
	msg := mail.NewMsg(mail.WithNoDefaultUserAgent())
	if err := errors.Join(msg.From(m.From), msg.To(to)); err != nil {
		return fmt.Errorf("addressing mail to %s: %w: %w", to, err, errGone)
	}
	_, domain, _ := strings.Cut(m.From, "@")
	msg.SetMessageIDWithValue(message.ID + "." + channel + "@" + strings.TrimRight(domain, ">"))
	msg.SetDateWithValue(message.At)
	msg.Subject(message.Subject())
	msg.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: nobody's automatic answer wanted
	msg.SetBodyString(mail.TypeTextPlain, message.Text())
	c, err := m.client()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, mailTime)
	defer cancel()
	err = c.DialAndSendWithContext(ctx, msg)
	var refused *mail.SendError
	var down net.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &refused) && !refused.IsTemp() && refused.ErrorCode() >= 500 && !errors.As(err, &down):
		return fmt.Errorf("sending mail: %w: %w", err, errGone)
	}
	return fmt.Errorf("sending mail: %w", err)
}
