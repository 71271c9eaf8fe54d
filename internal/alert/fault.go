package alert

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"syscall"
)

// plainFault says for people why a message did not get through: what they can do something about in plain words, anything
// else as the program has it. It is one line, and not long.
func plainFault(err error) string {
	var inside privateAddress
	var name *net.DNSError
	var certificate *tls.CertificateVerificationError
	var authority x509.UnknownAuthorityError
	var dialed *net.OpError
	var slow net.Error
	where := "there"
	if errors.As(err, &dialed) && dialed.Addr != nil {
		where = "at " + dialed.Addr.String()
	}
	text := err.Error()
	switch {
	case errors.As(err, &inside):
		text = fmt.Sprintf("nothing was sent: %s, and only the operator of the desk can let messages go to others (--private-webhooks)", inside)
	case errors.As(err, &name) && name.IsNotFound:
		text = fmt.Sprintf("there is no server named %s", name.Name)
	case errors.As(err, &name):
		text = fmt.Sprintf("the name %s cannot be looked up just now", name.Name)
	case errors.Is(err, syscall.ECONNREFUSED):
		text = "nobody listens " + where + ": the connection was refused"
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		text = "no way leads " + where
	case errors.As(err, &certificate), errors.As(err, &authority):
		text = "its certificate cannot be trusted: " + text
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &slow) && slow.Timeout():
		text = "no answer came in time"
	}
	return clip(plain(text), maxText)
}

// privateAddress is an address that nothing is sent to.
type privateAddress string

func (p privateAddress) Error() string { return string(p) + " is not a public address" }

func (privateAddress) Unwrap() error { return errGone }
