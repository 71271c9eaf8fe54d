package alert

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"
)

const (
	senders = 8  // deliveries under way at once
	sheaf   = 64 // deliveries taken up at once
	// lease is how long a delivery is left to whoever took it up; longer than any attempt takes.
	lease = 5 * time.Minute
)

// pauses are those after each failed attempt; after the last one a delivery is given up. All together they are about a day.
func pauses() []time.Duration {
	return []time.Duration{30 * time.Second, 2 * time.Minute, 10 * time.Minute, time.Hour, 3 * time.Hour, 8 * time.Hour, 14 * time.Hour}
}

// Sender delivers messages.
type Sender struct {
	Composer
	Mail   *Mail // nil: there is no mail server, and mail waits
	hooks  *hooks
	trials trials
}

// NewSender makes a sender; mail may be nil. Webhooks lead where the store's options allow.
func NewSender(c Composer, mail *Mail) *Sender {
	return &Sender{Composer: c, Mail: mail, hooks: newHooks(c.Store.private)}
}

// Deliver makes an attempt at every delivery that is due. A failed attempt is noted with it and made again after a pause; the
// error is one of the desk's database.
func (s *Sender) Deliver(ctx context.Context) error {
	for {
		now := s.Store.now().UTC().Truncate(time.Microsecond)
		due, err := s.Store.parcels(ctx, "WHERE d.state = ? AND d.next <= ? ORDER BY d.next, d.message, d.channel LIMIT ?", Waiting, micros(now), sheaf)
		if err != nil {
			return fmt.Errorf("reading deliveries: %w", err)
		}
		g, ctx := errgroup.WithContext(ctx)
		g.SetLimit(senders)
		for i := range due {
			g.Go(func() error { return s.attempt(ctx, &due[i], now) })
		}
		if err := g.Wait(); err != nil {
			return fmt.Errorf("delivering messages: %w", err)
		}
		if len(due) < sheaf {
			return nil
		}
	}
}

// attempt takes a delivery up, unless somebody else has, and notes what became of it.
func (s *Sender) attempt(ctx context.Context, p *parcel, now time.Time) error {
	err := changed(s.Store.db.ExecContext(ctx, "UPDATE alert_deliveries SET attempts = attempts + 1, next = ? WHERE message = ? AND channel = ? AND state = ? AND next = ?",
		micros(now.Add(lease)), p.Message, p.Channel, Waiting, micros(*p.Next)))
	if err != nil {
		if errors.Is(err, ErrNotFound) {
			return nil
		}
		return err
	}
	fault := s.send(ctx, p, now)
	if ctx.Err() != nil {
		return ctx.Err() // it is sent again when the lease is over
	}
	state, text, done, next := Sent, "", micros(now), int64(0)
	if fault != nil {
		text = plainFault(fault)
		state = Failed
		if p.Attempts < len(pauses()) && !errors.Is(fault, errGone) {
			state, done, next = Waiting, 0, micros(now.Add(pauses()[p.Attempts]))
		}
	}
	_, err = s.Store.db.ExecContext(ctx, "UPDATE alert_deliveries SET state = ?, error = ?, done = ?, next = ? WHERE message = ? AND channel = ?",
		state, text, done, next, p.Message, p.Channel)
	return err
}

// send makes one attempt.
func (s *Sender) send(ctx context.Context, p *parcel, now time.Time) error {
	m, err := s.message(ctx, p.Message)
	if err != nil {
		return err
	}
	return s.hand(ctx, &m, p, now)
}

// hand gives a message to a webhook, or to the mail server.
func (s *Sender) hand(ctx context.Context, m *Message, p *parcel, now time.Time) error {
	switch {
	case p.Kind == Webhook:
		return s.hooks.send(ctx, m, p.To, p.secret, now)
	case s.Mail == nil:
		return errors.New("this desk has no mail server: its operator gives one with --smtp")
	}
	return s.Mail.send(ctx, m, p.To, p.Channel)
}
