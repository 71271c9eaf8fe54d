package alert

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"parley/internal/dial"
)

const (
	hookPrefix = "whsec_"
	hookTime   = 10 * time.Second // for one call, all in all
	hookAnswer = 64 << 10         // bytes of an answer that are read
)

// errGone says that it is of no use to try again.
var errGone = errors.New("given up")

// hooks calls webhooks.
type hooks struct{ client *http.Client }

// newHooks makes a client that follows no redirect, uses no proxy and, unless private is set, connects to public addresses
// only, whatever a name resolves to.
func newHooks(private bool) *hooks {
	allowed := func(to netip.AddrPort) error {
		if !private && !dial.IsPublic(to.Addr()) {
			return privateAddress(to.Addr().String())
		}
		return nil
	}
	return &hooks{client: &http.Client{
		Timeout: hookTime,
		Transport: &http.Transport{
			DialContext: dial.Dialer(allowed).DialContext, TLSHandshakeTimeout: hookTime, ResponseHeaderTimeout: hookTime,
			MaxResponseHeaderBytes: hookAnswer, DisableKeepAlives: true, ForceAttemptHTTP2: true,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// send posts a message, signed after the Standard Webhooks specification 1.0 (HMAC-SHA256 over id, time and body), so
// that any of its libraries checks it. Every answer but 2xx is an error.
func (h *hooks) send(ctx context.Context, m *Message, to, secret string, now time.Time) error {
	body, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("writing message %s: %w", m.ID, err)
	}
	stamp := strconv.FormatInt(now.Unix(), 10)
	signature, err := sign(secret, m.ID, stamp, body)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, to, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("calling the webhook: %w", err)
	}
	for name, value := range map[string]string{
		"Content-Type": "application/json", "User-Agent": "parley/1 (alerts)",
		"Webhook-Id": m.ID, "Webhook-Timestamp": stamp, "Webhook-Signature": signature,
	} {
		req.Header.Set(name, value)
	}
	res, err := h.client.Do(req)
	if err != nil {
		return fmt.Errorf("calling the webhook: %w", err)
	}
	defer res.Body.Close()
	if _, err := io.Copy(io.Discard, io.LimitReader(res.Body, hookAnswer)); err != nil {
		return fmt.Errorf("reading the webhook's answer: %w", err)
	}
	switch {
	case res.StatusCode == http.StatusGone:
		return fmt.Errorf("the webhook says %s: %w", res.Status, errGone)
	case res.StatusCode >= 300 && res.StatusCode < 400:
		return fmt.Errorf("the webhook says %s, which leads elsewhere: give the address that it leads to", res.Status)
	case res.StatusCode < 200 || res.StatusCode > 299:
		return fmt.Errorf("the webhook says %s", res.Status)
	}
	return nil
}

// sign is the signature of a message.
func sign(secret, id, stamp string, body []byte) (string, error) {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, hookPrefix))
	if err != nil {
		return "", fmt.Errorf("reading the webhook's secret: %w", err)
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(id + "." + stamp + "."))
	mac.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil)), nil
}
