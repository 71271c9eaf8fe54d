package alert

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"parley/internal/record"
)

// keep writes what a turn found, then what it ended, and only then moves the rule's place in the log: after a crash in
// between, the turn is done again and changes nothing that it had done.
func (s *Store) keep(ctx context.Context, t *turn) error {
	k := t.rule
	if len(t.found)+len(t.watch)+len(t.unwatch) > 0 || t.looked || t.links != k.links {
		if err := s.write(ctx, func(w *sql.Tx) error { return t.put(ctx, w) }); err != nil {
			return fmt.Errorf("keeping what was found: %w", err)
		}
		k.turn++
		k.links = t.links
	}
	if len(t.touched) == 0 && t.seq == k.seq {
		return nil
	}
	ended, err := t.ended(ctx, s)
	if err != nil {
		return err
	}
	err = s.write(ctx, func(w *sql.Tx) error {
		if err := k.lock(ctx, w, "seq = ?", t.seq); err != nil {
			return err
		}
		for _, e := range ended {
			if err := end(ctx, w, e.alert, e.reason, t.now); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("keeping the place in the log: %w", err)
	}
	k.seq = t.seq
	k.turn++
	return nil
}

// lock makes sure that nobody else has evaluated or changed the rule since it was read, and changes it.
func (k *kept) lock(ctx context.Context, w *sql.Tx, set string, args ...any) error {
	err := changed(w.ExecContext(ctx, "UPDATE alert_rules SET turn = turn + 1, "+set+" WHERE id = ? AND turn = ?", append(args, k.ID, k.turn)...))
	if errors.Is(err, ErrNotFound) {
		return errStale
	}
	return err
}

// put writes findings, the commitments that are waited for, and the states of ceasefires.
func (t *turn) put(ctx context.Context, w *sql.Tx) error {
	id := t.rule.ID
	if err := t.rule.lock(ctx, w, "looked = ?, links = ?", micros(t.rule.looked), t.links); err != nil {
		return err
	}
	for i := range t.found {
		if err := t.putFinding(ctx, w, &t.found[i]); err != nil {
			return err
		}
	}
	for _, entry := range sortedKeys(t.watch) {
		if _, err := w.ExecContext(ctx, "INSERT OR IGNORE INTO alert_watched (rule, entry, due) VALUES (?,?,?)", id, string(entry), micros(t.watch[entry])); err != nil {
			return err
		}
	}
	for _, entry := range t.unwatch {
		if _, err := w.ExecContext(ctx, "DELETE FROM alert_watched WHERE rule = ? AND entry = ?", id, string(entry)); err != nil {
			return err
		}
	}
	for _, subject := range sortedKeys(t.levels) {
		if _, err := w.ExecContext(ctx, `INSERT INTO alert_levels (rule, subject, value) VALUES (?,?,?)
			ON CONFLICT (rule, subject) DO UPDATE SET value = excluded.value`, id, subject, t.levels[subject]); err != nil {
			return err
		}
	}
	return nil
}

// putFinding makes an alert of a finding, or adds it to the open one with its key. One that is kept already is passed over.
func (t *turn) putFinding(ctx context.Context, w *sql.Tx, f *finding) error {
	rule, key := t.rule.ID, record.TextHash(f.key) // not the key itself, which may hold words
	var known bool
	if err := w.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM alert_findings WHERE rule = ? AND finding = ?)", rule, f.id).Scan(&known); err != nil || known {
		return err
	}
	var alert string
	err := w.QueryRowContext(ctx, "SELECT id FROM alert_alerts WHERE rule = ? AND key = ? AND state <> ?", rule, key, Resolved).Scan(&alert)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if alert != "" && f.replaces {
		if err := end(ctx, w, alert, "it changed again", t.now); err != nil {
			return err
		}
		alert = ""
	}
	if alert == "" {
		alert = string(record.NewID("al", rule, f.id))
		_, err = w.ExecContext(ctx, "INSERT INTO alert_alerts (id, rule, key, state, why, decider, found, expires) VALUES (?,?,?,?,?,?,?,?)",
			alert, rule, key, Pending, f.why, f.decider, micros(t.now), expiry(f.expires))
	} else {
		_, err = w.ExecContext(ctx, "UPDATE alert_alerts SET expires = max(expires, ?) WHERE id = ?", expiry(f.expires), alert)
	}
	if err != nil {
		return err
	}
	if _, err := w.ExecContext(ctx, "INSERT INTO alert_findings (rule, finding, alert) VALUES (?,?,?)", rule, f.id, alert); err != nil {
		return err
	}
	return putParts(ctx, w, alert, f)
}

// putParts keeps what a finding rests on, up to a number of findings for an alert.
func putParts(ctx context.Context, w *sql.Tx, alert string, f *finding) error {
	var place int
	if err := w.QueryRowContext(ctx, "SELECT COALESCE(max(place) + 1, 0) FROM alert_parts WHERE alert = ?", alert).Scan(&place); err != nil || place >= maxParts {
		return err
	}
	for n, p := range f.parts {
		if _, err := w.ExecContext(ctx, "INSERT INTO alert_parts (alert, finding, place, n, part, article) VALUES (?,?,?,?,?,?)",
			alert, f.id, place, n, string(p.id), string(p.article)); err != nil {
			return err
		}
	}
	return nil
}

func expiry(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return micros(t)
}

// end resolves an alert. The end of one that was told is to be told too.
func end(ctx context.Context, w *sql.Tx, alert, reason string, now time.Time) error {
	_, err := w.ExecContext(ctx, "UPDATE alert_alerts SET state = ?, resolved = ?, reason = ?, corrected = (state <> ?) WHERE id = ? AND state <> ?",
		Resolved, micros(now), reason, Firing, alert, Resolved)
	return err
}

// ending is an alert that no longer holds.
type ending struct{ alert, reason string }

// ended are the open alerts that decisions have left without a finding that holds.
func (t *turn) ended(ctx context.Context, s *Store) ([]ending, error) {
	var out []ending
	for i := range t.touched {
		j := &t.touched[i]
		var open []string
		err := each(ctx, s.db, func(rows *sql.Rows) error {
			var id string
			err := rows.Scan(&id)
			open = append(open, id)
			return err
		}, `SELECT DISTINCT a.id FROM alert_parts p JOIN alert_alerts a ON a.id = p.alert
			WHERE (p.part = ? OR p.article = ?) AND a.rule = ? AND a.state <> ? ORDER BY a.id`, string(j.Subject), string(j.Subject), t.rule.ID, Resolved)
		if err != nil {
			return nil, fmt.Errorf("finding alerts on %s: %w", j.Subject, err)
		}
		for _, id := range open {
			if slices.ContainsFunc(out, func(e ending) bool { return e.alert == id }) {
				continue
			}
			holds, err := t.holds(ctx, s, id)
			if err != nil {
				return nil, err
			}
			if !holds {
				out = append(out, ending{id, reasonOf(j)})
			}
		}
	}
	return out, nil
}

// holds says whether one of the findings of an alert has all its parts.
func (t *turn) holds(ctx context.Context, s *Store, alert string) (bool, error) {
	var findings [][]part
	last := ""
	err := each(ctx, s.db, func(rows *sql.Rows) error {
		var finding string
		var p part
		if err := rows.Scan(&finding, &p.id, &p.article); err != nil {
			return err
		}
		if finding != last {
			findings, last = append(findings, nil), finding
		}
		findings[len(findings)-1] = append(findings[len(findings)-1], p)
		return nil
	}, "SELECT finding, part, article FROM alert_parts WHERE alert = ? ORDER BY place, n", alert)
	if err != nil {
		return false, fmt.Errorf("reading alert %s: %w", alert, err)
	}
	for _, parts := range findings {
		all := true
		for _, p := range parts {
			if all, err = t.lives(ctx, t.rule.Kind, p); err != nil {
				return false, fmt.Errorf("looking at %s again: %w", p.id, err)
			}
			if !all {
				break
			}
		}
		if all {
			return true, nil
		}
	}
	return false, nil
}

// reasonOf says in words why something no longer holds.
func reasonOf(j *record.Judgement) string {
	who := clip(plain(j.Who), maxName)
	switch j.Verb {
	case "reject":
		return "rejected by " + who
	case "state":
		return "set to " + strings.ReplaceAll(j.Value, "_", " ") + " by " + who
	case "supersede":
		return "a later version of the article no longer says it"
	case "withdraw":
		return "the article was withdrawn"
	case "erase":
		return "the article was erased"
	}
	return "read again, it is no longer found"
}
