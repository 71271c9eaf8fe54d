package alert

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
)

// kept is a rule with how far it was evaluated.
type kept struct {
	Rule
	seq, turn    int64
	links        int64
	told, looked time.Time
	since        time.Time // when it was made, or turned on
}

const ruleColumns = "id, owner, archive, body, created, seq, turn, links, told, looked, since, fault"

func scanRule(scan func(...any) error) (*kept, error) {
	var k kept
	var id, owner, archive, fault string
	var body []byte
	var created, told, looked, since int64
	if err := scan(&id, &owner, &archive, &body, &created, &k.seq, &k.turn, &k.links, &told, &looked, &since, &fault); err != nil {
		return nil, err
	}
	if err := k.decode(body); err != nil {
		return nil, fmt.Errorf("rule %s: %w", id, err)
	}
	k.ID, k.Owner, k.Archive, k.Fault, k.Created = id, owner, archive, fault, moment(created)
	k.told, k.looked, k.since = moment(told), moment(looked), moment(since)
	return &k, nil
}

func (k *kept) decode(body []byte) error { return json.Unmarshal(body, &k.Rule) }

// keptRules are rules with their channels, oldest first.
func (s *Store) keptRules(ctx context.Context, where string, args ...any) ([]*kept, error) {
	var out []*kept
	byID := map[string]*kept{}
	err := each(ctx, s.db, func(rows *sql.Rows) error {
		k, err := scanRule(rows.Scan)
		if err == nil {
			k.Channels = []Channel{}
			out, byID[k.ID] = append(out, k), k
		}
		return err
	}, "SELECT "+ruleColumns+" FROM alert_rules WHERE "+where+" ORDER BY created, id", args...)
	if err != nil {
		return nil, err
	}
	err = each(ctx, s.db, func(rows *sql.Rows) error {
		var c Channel
		var rule string
		if err := rows.Scan(&rule, &c.ID, &c.Kind, &c.To, &c.Secret); err != nil {
			return err
		}
		if k := byID[rule]; k != nil {
			k.Channels = append(k.Channels, c)
		}
		return nil
	}, "SELECT rule, id, kind, target, secret FROM alert_channels WHERE rule IN (SELECT id FROM alert_rules WHERE "+where+") ORDER BY rowid", args...)
	return out, err
}

// Rules are the owner's, oldest first. The secrets of webhooks are left out: they are shown once, when they are made.
func (s *Store) Rules(ctx context.Context, owner string) ([]Rule, error) {
	list, err := s.keptRules(ctx, "owner = ?", owner)
	if err != nil {
		return nil, fmt.Errorf("listing rules: %w", err)
	}
	out := []Rule{}
	for _, k := range list {
		out = append(out, k.shown())
	}
	return out, nil
}

// shown is the rule without the secrets of webhooks.
func (k *kept) shown() Rule {
	r := k.Rule
	r.Channels = slices.Clone(r.Channels)
	for i := range r.Channels {
		if c := &r.Channels[i]; c.Kind == Webhook {
			c.Secret = ""
		}
	}
	return r
}

// one is the owner's rule.
func (s *Store) one(ctx context.Context, owner, id string) (*kept, error) {
	list, err := s.keptRules(ctx, "owner = ? AND id = ?", owner, id)
	if err == nil && len(list) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("rule %s: %w", id, err)
	}
	return list[0], nil
}

// AddRule keeps a rule under a new id and gives its channels ids and secrets. It looks at what arrives from now on. What
// cannot be kept is ErrInvalid.
func (s *Store) AddRule(ctx context.Context, r Rule) (Rule, error) {
	r.ID, r.Fault, r.Created = newID("r"), "", s.now().UTC().Truncate(time.Microsecond)
	for i := range r.Channels {
		r.Channels[i].ID = ""
	}
	if err := s.prepare(&r, nil); err != nil {
		return Rule{}, err
	}
	err := s.write(ctx, func(t *sql.Tx) error {
		if err := putRule(ctx, t, &r); err != nil {
			return err
		}
		return full(ctx, t, "alert_rules", r.Owner)
	})
	if err != nil {
		return Rule{}, fmt.Errorf("keeping a rule: %w", err)
	}
	return r, nil
}

// ChangeRule puts a rule in the place of the owner's rule with the same id. A channel with the id of one that is there keeps
// its secret; a channel without an id is new, and only then its secret is in the answer. A rule that was off looks at what
// arrives from now on; so does one of another kind or archive than before, whose alerts are deleted.
func (s *Store) ChangeRule(ctx context.Context, r Rule) (Rule, error) {
	before, err := s.one(ctx, r.Owner, r.ID)
	if err != nil {
		return Rule{}, err
	}
	r.Created, r.Fault = before.Created, ""
	fresh := map[string]bool{}
	for i := range r.Channels {
		fresh[r.Channels[i].ID] = true
	}
	if err := s.prepare(&r, before.Channels); err != nil {
		return Rule{}, err
	}
	another := before.Archive != r.Archive || before.Kind != r.Kind
	err = s.write(ctx, func(t *sql.Tx) error {
		if another || before.Off && !r.Off {
			if _, err := t.ExecContext(ctx, "UPDATE alert_rules SET seq = -1, links = -1, turn = turn + 1, since = ? WHERE id = ?", micros(s.now()), r.ID); err != nil {
				return err
			}
		}
		if another {
			if err := dropRule(ctx, t, r.ID); err != nil {
				return err
			}
		}
		return putRule(ctx, t, &r)
	})
	if err != nil {
		return Rule{}, fmt.Errorf("changing rule %s: %w", r.ID, err)
	}
	for i := range r.Channels {
		if c := &r.Channels[i]; c.Kind == Webhook && fresh[c.ID] {
			c.Secret = ""
		}
	}
	return r, nil
}

// prepare checks a rule and its channels. Those that were there before keep their secrets.
func (s *Store) prepare(r *Rule, before []Channel) error {
	if err := r.check(); err != nil {
		return err
	}
	if r.Channels == nil {
		r.Channels = []Channel{}
	}
	secrets := map[string]Channel{}
	for _, c := range before {
		secrets[c.ID] = c
	}
	for i := range r.Channels {
		c := &r.Channels[i]
		old, there := secrets[c.ID]
		if there = there && old.Kind == c.Kind && old.To == c.To; !there {
			c.ID = ""
		}
		delete(secrets, c.ID)
		c.Secret = old.Secret
		if err := c.prepare(s.private); err != nil {
			return err
		}
	}
	return nil
}

// putRule writes a rule and its channels.
func putRule(ctx context.Context, t *sql.Tx, r *Rule) error {
	bare := *r
	bare.Channels = nil
	body, err := json.Marshal(bare)
	if err != nil {
		return err
	}
	if _, err := t.ExecContext(ctx, `INSERT INTO alert_rules (id, owner, archive, body, enabled, created, since) VALUES (?,?,?,?,?,?,?)
		ON CONFLICT (id) DO UPDATE SET archive = excluded.archive, body = excluded.body, enabled = excluded.enabled, fault = ''`,
		r.ID, r.Owner, r.Archive, body, !r.Off, micros(r.Created), micros(r.Created)); err != nil {
		return err
	}
	if _, err := t.ExecContext(ctx, "DELETE FROM alert_channels WHERE rule = ?", r.ID); err != nil {
		return err
	}
	for _, c := range r.Channels {
		if _, err := t.ExecContext(ctx, "INSERT INTO alert_channels (id, rule, kind, target, secret) VALUES (?,?,?,?,?)", c.ID, r.ID, c.Kind, c.To, c.Secret); err != nil {
			return err
		}
	}
	return nil
}

// DeleteRule deletes the owner's rule with its alerts and messages.
func (s *Store) DeleteRule(ctx context.Context, owner, id string) error {
	err := s.write(ctx, func(t *sql.Tx) error {
		if err := changed(t.ExecContext(ctx, "DELETE FROM alert_rules WHERE id = ? AND owner = ?", id, owner)); err != nil {
			return err
		}
		return dropRule(ctx, t, id)
	})
	if err != nil {
		return fmt.Errorf("deleting rule %s: %w", id, err)
	}
	return nil
}

// dropRule deletes what was kept for a rule.
func dropRule(ctx context.Context, t *sql.Tx, id string) error {
	for _, statement := range []string{
		"DELETE FROM alert_parts WHERE alert IN (SELECT id FROM alert_alerts WHERE rule = ?)",
		"DELETE FROM alert_deliveries WHERE message IN (SELECT id FROM alert_messages WHERE rule = ?)",
		"DELETE FROM alert_messages WHERE rule = ?", "DELETE FROM alert_findings WHERE rule = ?", "DELETE FROM alert_alerts WHERE rule = ?",
		"DELETE FROM alert_watched WHERE rule = ?", "DELETE FROM alert_levels WHERE rule = ?", "DELETE FROM alert_channels WHERE rule = ?",
	} {
		if _, err := t.ExecContext(ctx, statement, id); err != nil {
			return err
		}
	}
	return nil
}

// Forget deletes everything of an owner who is gone.
func (s *Store) Forget(ctx context.Context, owner string) error {
	rules, err := s.Rules(ctx, owner)
	if err != nil {
		return err
	}
	for _, r := range rules {
		if err := s.DeleteRule(ctx, owner, r.ID); err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
	}
	if _, err := s.db.ExecContext(ctx, "DELETE FROM alert_searches WHERE owner = ?", owner); err != nil {
		return fmt.Errorf("deleting the searches of %s: %w", owner, err)
	}
	return nil
}
