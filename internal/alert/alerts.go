package alert

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"
	"time"

	"parley/internal/record"
)

// The states of an alert.
const (
	Pending  = "pending"  // found, and not told yet
	Firing   = "firing"   // told
	Resolved = "resolved" // no longer so, or over
)

// Alert is something a rule found. It holds no words of a source: Entries name what it rests on.
type Alert struct {
	ID       string      `json:"id"`
	Rule     string      `json:"rule"`
	RuleName string      `json:"rule_name"`
	Kind     string      `json:"kind"`
	Archive  string      `json:"archive"`
	State    string      `json:"state"`
	Why      string      `json:"why"`                // what was found, in a sentence without words of the source
	Decider  string      `json:"decider,omitempty"`  // the person whose decision it is; empty: a machine's finding
	Found    time.Time   `json:"found"`              // pending since
	Told     *time.Time  `json:"told,omitempty"`     // firing since
	Resolved *time.Time  `json:"resolved,omitempty"` // since
	Reason   string      `json:"reason,omitempty"`   // why it is resolved
	Entries  []record.ID `json:"entries"`            // entries and links, the first found first
}

// maxParts is how many parts of an alert are shown.
const maxParts = 100

// Query says which alerts are wanted: the last found first.
type Query struct {
	Owner  string
	Rule   string // empty: all of the owner's
	States []string
	Limit  int    // 0: 50; at most 500
	Cursor string // of the page before
}

const alertColumns = "a.id, a.rule, r.body, r.archive, a.state, a.why, a.decider, a.found, a.told, a.resolved, a.reason"

// Alerts is a page of the owner's alerts and the cursor of the next, empty at the end.
func (s *Store) Alerts(ctx context.Context, q Query) ([]Alert, string, error) {
	if q.Limit <= 0 {
		q.Limit = 50
	}
	q.Limit = min(q.Limit, 500)
	where, args := "r.owner = ?", []any{q.Owner}
	if q.Rule != "" {
		where, args = where+" AND a.rule = ?", append(args, q.Rule)
	}
	if len(q.States) > 0 {
		where += " AND a.state IN (?" + strings.Repeat(",?", len(q.States)-1) + ")"
		for _, state := range q.States {
			args = append(args, state)
		}
	}
	if q.Cursor != "" {
		at, id, ok := strings.Cut(q.Cursor, ".")
		found, err := strconv.ParseInt(at, 36, 64)
		if err != nil || !ok {
			return nil, "", fmt.Errorf("%q is no cursor of this list: %w", q.Cursor, ErrInvalid)
		}
		where, args = where+" AND (a.found, a.id) < (?, ?)", append(args, found, id)
	}
	list, err := s.alerts(ctx, where+" ORDER BY a.found DESC, a.id DESC LIMIT "+strconv.Itoa(q.Limit+1), args...)
	if err != nil {
		return nil, "", fmt.Errorf("listing alerts: %w", err)
	}
	next := ""
	if len(list) > q.Limit {
		list = list[:q.Limit]
		last := &list[q.Limit-1]
		next = strconv.FormatInt(micros(last.Found), 36) + "." + last.ID
	}
	return list, next, nil
}

// alerts are those that a condition is true of, with what they rest on.
func (s *Store) alerts(ctx context.Context, where string, args ...any) ([]Alert, error) {
	out := []Alert{}
	err := each(ctx, s.db, func(rows *sql.Rows) error {
		a := Alert{Entries: []record.ID{}}
		var found, told, resolved int64
		var k kept
		var body []byte
		if err := rows.Scan(&a.ID, &a.Rule, &body, &a.Archive, &a.State, &a.Why, &a.Decider, &found, &told, &resolved, &a.Reason); err != nil {
			return err
		}
		if err := k.decode(body); err != nil {
			return err
		}
		a.RuleName, a.Kind, a.Found, a.Told, a.Resolved = k.Name, k.Rule.Kind, moment(found), pointer(told), pointer(resolved)
		out = append(out, a)
		return nil
	}, "SELECT "+alertColumns+" FROM alert_alerts a JOIN alert_rules r ON r.id = a.rule WHERE "+where, args...)
	if err != nil {
		return nil, err
	}
	for i := range out {
		a := &out[i]
		err := each(ctx, s.db, func(rows *sql.Rows) error {
			var id record.ID
			err := rows.Scan(&id)
			a.Entries = append(a.Entries, id)
			return err
		}, "SELECT part FROM alert_parts WHERE alert = ? GROUP BY part ORDER BY min(place), min(n), part LIMIT "+strconv.Itoa(maxParts), a.ID)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

func pointer(us int64) *time.Time {
	if us == 0 {
		return nil
	}
	t := moment(us)
	return &t
}
