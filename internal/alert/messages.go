package alert

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"parley/internal/record"
)

// tell makes one message of what is pending for a rule, when it has been gathered long enough and the rule was quiet long
// enough, and of what was told and has ended since. A delivery waits for each webhook and mail address then.
func (s *Store) tell(ctx context.Context, k *kept, now time.Time) error {
	if now.Sub(k.told) < k.quiet() {
		return nil
	}
	told, oldest, err := s.ids(ctx, "SELECT id, found FROM alert_alerts WHERE rule = ? AND state = ? ORDER BY found, id", k.ID, Pending)
	if err != nil {
		return fmt.Errorf("reading what is pending: %w", err)
	}
	ended, _, err := s.ids(ctx, "SELECT id, resolved FROM alert_alerts WHERE rule = ? AND state = ? AND corrected = 0 ORDER BY resolved, id", k.ID, Resolved)
	if err != nil {
		return fmt.Errorf("reading what has ended: %w", err)
	}
	if now.Sub(oldest) < k.wait() {
		told = nil
	}
	if len(told)+len(ended) == 0 {
		return nil
	}
	if err := s.write(ctx, func(w *sql.Tx) error { return k.tell(ctx, w, told, ended, now) }); err != nil {
		return fmt.Errorf("making a message: %w", err)
	}
	k.turn++
	k.told = now
	return nil
}

// ids are those of alerts, and the time of the first.
func (s *Store) ids(ctx context.Context, query string, args ...any) (ids []string, first time.Time, err error) {
	err = each(ctx, s.db, func(rows *sql.Rows) error {
		var id string
		var at int64
		err := rows.Scan(&id, &at)
		if len(ids) == 0 {
			first = moment(at)
		}
		ids = append(ids, id)
		return err
	}, query, args...)
	return ids, first, err
}

func (k *kept) tell(ctx context.Context, w *sql.Tx, told, ended []string, now time.Time) error {
	if err := k.lock(ctx, w, "told = ?", micros(now)); err != nil {
		return err
	}
	for _, id := range told {
		if _, err := w.ExecContext(ctx, "UPDATE alert_alerts SET state = ?, told = ? WHERE id = ? AND state = ?", Firing, micros(now), id, Pending); err != nil {
			return err
		}
	}
	for _, id := range ended {
		if _, err := w.ExecContext(ctx, "UPDATE alert_alerts SET corrected = 1 WHERE id = ?", id); err != nil {
			return err
		}
	}
	lists := [2][]byte{}
	for i, ids := range [][]string{told, ended} {
		var err error
		if lists[i], err = json.Marshal(ids); err != nil {
			return err
		}
	}
	message := string(record.NewID("m", k.ID, now.Format(time.RFC3339Nano)))
	if _, err := w.ExecContext(ctx, "INSERT INTO alert_messages (id, rule, at, told, ended) VALUES (?,?,?,?,?)", message, k.ID, micros(now), lists[0], lists[1]); err != nil {
		return err
	}
	for _, c := range k.Channels {
		if c.Kind == Atom {
			continue // a feed is asked
		}
		if _, err := w.ExecContext(ctx, "INSERT INTO alert_deliveries (message, channel, state, next) VALUES (?,?,?,?)", message, c.ID, Waiting, micros(now)); err != nil {
			return err
		}
	}
	return nil
}

// The states of a delivery.
const (
	Waiting = "waiting"
	Sent    = "sent"
	Failed  = "failed" // given up
)

// Delivery is a message on its way to a channel.
type Delivery struct {
	Message  string     `json:"message"`
	Rule     string     `json:"rule"`
	RuleName string     `json:"rule_name"`
	Channel  string     `json:"channel"`
	Kind     string     `json:"kind"`
	To       string     `json:"to"`
	At       time.Time  `json:"at"` // when the message was made
	State    string     `json:"state"`
	Attempts int        `json:"attempts"`
	Next     *time.Time `json:"next,omitempty"` // of a waiting one
	Done     *time.Time `json:"done,omitempty"`
	Error    string     `json:"error,omitempty"` // of the last attempt
}

const deliveryColumns = `SELECT d.message, m.rule, d.channel, c.kind, c.target, m.at, d.state, d.attempts, d.next, d.done, d.error, c.secret, r.body
	FROM alert_deliveries d JOIN alert_messages m ON m.id = d.message JOIN alert_channels c ON c.id = d.channel JOIN alert_rules r ON r.id = m.rule`

// parcel is a delivery with what it takes to make it.
type parcel struct {
	Delivery
	secret string
}

func (s *Store) parcels(ctx context.Context, where string, args ...any) ([]parcel, error) {
	var out []parcel
	err := each(ctx, s.db, func(rows *sql.Rows) error {
		var p parcel
		var at, next, done int64
		var k kept
		var body []byte
		err := rows.Scan(&p.Message, &p.Rule, &p.Channel, &p.Kind, &p.To, &at, &p.State, &p.Attempts, &next, &done, &p.Error, &p.secret, &body)
		if err == nil {
			err = k.decode(body)
		}
		p.RuleName = k.Name
		p.At, p.Done = moment(at), pointer(done)
		if p.State == Waiting {
			p.Next = pointer(next)
		}
		out = append(out, p)
		return err
	}, deliveryColumns+" "+where, args...)
	return out, err
}

// Deliveries are the last deliveries of the owner's rules, at most limit, newest first.
func (s *Store) Deliveries(ctx context.Context, owner string, limit int) ([]Delivery, error) {
	list, err := s.parcels(ctx, "WHERE r.owner = ? ORDER BY m.at DESC, d.message, d.channel LIMIT ?", owner, min(max(limit, 1), 500))
	if err != nil {
		return nil, fmt.Errorf("listing deliveries: %w", err)
	}
	out := []Delivery{}
	for _, p := range list {
		out = append(out, p.Delivery)
	}
	return out, nil
}
