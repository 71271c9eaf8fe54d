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

const (
	// settleTime is how long an arrived article waits to be compared with the others before it is looked at as it is:
	// identities and contradictions are known only then.
	settleTime = 2 * time.Hour
	// lookTime is how often ceasefires are looked at, also when nothing arrives: what is worked out may be a minute old.
	lookTime = time.Minute
	// logPart is how many rows of the log one turn of a rule takes.
	logPart = 200
)

// Engine evaluates rules. Same log, same clock, same alerts: nothing in it is left to chance.
type Engine struct {
	Store *Store
	Access
	// Ceasefires are the states of an archive's ceasefires now; nil: there are none.
	Ceasefires func(ctx context.Context, archive string) ([]CeasefireState, error)
}

// Access is what rules may look into.
type Access struct {
	// Archives gives the archive of a short name; false: there is none now.
	Archives func(name string) (record.Reader, bool)
	// May says whether the owner of a rule may see an archive now; nil: everybody may.
	May func(ctx context.Context, owner, archive string) bool
}

// open gives a rule's archive, as long as its owner may see it.
func (a *Access) open(ctx context.Context, r *Rule) (record.Reader, error) {
	if a.May != nil && !a.May(ctx, r.Owner, r.Archive) {
		return nil, fmt.Errorf("%s may not see %s", r.Owner, r.Archive)
	}
	in, ok := a.Archives(r.Archive)
	if !ok {
		return nil, fmt.Errorf("there is no archive %s here", r.Archive)
	}
	return in, nil
}

// CeasefireState is how a ceasefire stands.
type CeasefireState struct {
	ID, Name string
	State    string      // such as holding, strained, broken
	Since    string      // the day, 2022-02-20
	Why      string      // in sentences
	Entries  []record.ID // what it rests on, the last first
}

// Evaluate brings all rules up to the end of their archives' logs and makes the messages that are due. An error of one rule
// does not keep the others from theirs; it stands in the rule as its Fault and is part of the error.
func (e *Engine) Evaluate(ctx context.Context) error {
	now := e.Store.now().UTC().Truncate(time.Microsecond)
	rules, err := e.Store.keptRules(ctx, "enabled")
	if err != nil {
		return fmt.Errorf("reading the rules: %w", err)
	}
	var errs []error
	sights := map[string]*sight{}
	for _, k := range rules {
		err := e.rule(ctx, k, sights, now)
		if ctx.Err() != nil {
			return fmt.Errorf("evaluating rules: %w", ctx.Err())
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("rule %s: %w", k.ID, err))
		}
		if err := e.Store.fault(ctx, k, err); err != nil {
			errs = append(errs, err)
		}
	}
	return errors.Join(append(errs, e.Store.expire(ctx, now))...)
}

// errStale says that somebody else changed or evaluated the rule meanwhile. The next time will do.
var errStale = errors.New("evaluated elsewhere")

func (e *Engine) rule(ctx context.Context, k *kept, sights map[string]*sight, now time.Time) error {
	in, err := e.open(ctx, &k.Rule)
	if err != nil {
		return err
	}
	if sights[k.Archive] == nil {
		sights[k.Archive] = &sight{in: in, now: now}
	}
	for more := true; more; {
		if more, err = e.turn(ctx, k, sights[k.Archive], now); err != nil {
			if errors.Is(err, errStale) {
				return nil
			}
			return err
		}
	}
	if err = e.Store.tell(ctx, k, now); errors.Is(err, errStale) {
		return nil
	}
	return err
}

// turn is one evaluation of one rule.
type turn struct {
	*sight
	rule    *kept
	want    wanted
	found   []finding
	touched []record.Judgement // what may have ended an alert
	watch   map[record.ID]time.Time
	unwatch []record.ID
	levels  map[string]string
	looked  bool // at the ceasefires
	seq     int64
	links   int64
}

// finding is something that a rule tells of.
type finding struct {
	id       string // of this rule's findings: found again, it is the same
	key      string // findings with one key are one alert while it is open
	why      string
	decider  string
	expires  time.Time // zero: never by itself
	replaces bool      // an open alert with this key ends
	parts    []part
}

// part is an entry or link that a finding rests on, and its article.
type part struct{ id, article record.ID }

// turn takes a part of the log; more: there is another, or commitments to look at whose day is near.
func (e *Engine) turn(ctx context.Context, k *kept, in *sight, now time.Time) (more bool, err error) {
	t := &turn{sight: in, rule: k, seq: k.seq, links: k.links, watch: map[record.ID]time.Time{}, levels: map[string]string{}}
	if t.want, err = k.Terms.narrowing(k.Kind).question(ctx, in.in, k.kinds()); err != nil {
		return false, err
	}
	begins := k.seq < 0
	if begins {
		if err := t.begin(ctx); err != nil {
			return false, err
		}
	}
	log, err := in.after(ctx, t.seq)
	if err != nil {
		return false, err
	}
	for _, j := range log {
		if err := t.take(ctx, &j); err != nil {
			return false, err
		}
		t.seq = j.Seq
	}
	if k.Kind == Ceasefire && e.Ceasefires != nil && (begins || len(log) > 0 || now.Sub(k.looked) >= lookTime) {
		if err := t.ceasefires(ctx, e); err != nil {
			return false, err
		}
	}
	if err := t.due(ctx, e.Store); err != nil {
		return false, err
	}
	if more, err = t.linked(ctx, e.Store); err != nil {
		return false, err
	}
	return more || len(log) == logPart || len(t.watch) > 0, e.Store.keep(ctx, t)
}

// narrowing are the terms as a question about entries: the labels of a contradiction are its types, and its kind is not that
// of its sides.
func (t Terms) narrowing(kind string) *Terms {
	if kind == Contradiction {
		t.Labels = nil
		t.Kinds = slices.DeleteFunc(slices.Clone(t.Kinds), func(k string) bool { return k == "contradiction" })
	}
	return &t
}

// begin sets out from where the log ended when the rule was made, with what was there already as the state of things.
func (t *turn) begin(ctx context.Context) (err error) {
	if t.seq, err = head(ctx, t.in, t.rule.since); err != nil || t.rule.Kind != Due {
		return err
	}
	q := t.want.q
	if q.Actors, q.Role, q.Limit = t.want.who, t.want.role, 1000; t.want.some && len(q.Actors) == 0 {
		return nil
	}
	for page, err := range record.Pages(ctx, t.in, q) {
		if err != nil {
			return fmt.Errorf("reading the commitments: %w", err)
		}
		t.await(page)
	}
	return nil
}

// take looks at one row of the log.
func (t *turn) take(ctx context.Context, j *record.Judgement) error {
	switch j.Verb {
	case "ingest":
		return t.arrived(ctx, j.Subject)
	case "state":
		if t.rule.Kind == Broken && j.Value == "broken" {
			if err := t.setBroken(ctx, j); err != nil {
				return err
			}
		}
		fallthrough
	case "reject", "withdraw", "supersede", "erase", "read":
		if t.rule.Kind == Ceasefire {
			return nil // whether its state is another now is worked out anew
		}
		t.touched = append(t.touched, *j)
	}
	return nil
}

// arrived looks at an article that is new. One that was superseded or erased since has nothing to tell.
func (t *turn) arrived(ctx context.Context, id record.ID) error {
	article, err := t.article(ctx, id)
	if err != nil {
		return err
	}
	if article.State != record.Current || t.rule.Kind == Ceasefire || t.rule.Kind == Broken {
		return nil
	}
	if t.rule.Kind == Contradiction {
		return t.contradictions(ctx, &article)
	}
	entries, err := t.want.in(ctx, t.sight, &article)
	if err != nil {
		return err
	}
	entries = slices.DeleteFunc(entries, func(e record.Entry) bool { return e.Verdict == "reject" })
	switch t.rule.Kind {
	case Due:
		t.await(entries)
	case Jump:
		return t.jumps(ctx, entries)
	default:
		for i := range entries {
			t.tellOf(&entries[i])
		}
	}
	return nil
}

// tellOf makes a finding of one entry.
func (t *turn) tellOf(e *record.Entry) {
	why := "a new " + e.Kind
	if e.Label != "" && e.Kind != "agreement" {
		why += " (" + strings.ToLower(strings.ReplaceAll(e.Label, "_", " ")) + ")"
	}
	t.add(finding{id: string(e.ID), key: wordsKey(e), why: why, parts: []part{partOf(e)}})
}

// add notes a finding that lasts as long as the rule says.
func (t *turn) add(f finding) {
	if f.expires.IsZero() && !f.replaces {
		f.expires = t.now.Add(t.rule.lasts())
	}
	t.found = append(t.found, f)
}

func partOf(e *record.Entry) part { return part{e.ID, e.Article} }

// fault notes why a rule could not be evaluated, where that is another reason than before.
func (s *Store) fault(ctx context.Context, k *kept, fault error) error {
	text := ""
	if fault != nil {
		text = clip(plain(fault.Error()), 500)
	}
	if text == k.Fault {
		return nil
	}
	_, err := s.db.ExecContext(ctx, "UPDATE alert_rules SET fault = ? WHERE id = ?", text, k.ID)
	if err != nil {
		return fmt.Errorf("noting the fault of rule %s: %w", k.ID, err)
	}
	return nil
}

// expire ends what was told and whose time is over.
func (s *Store) expire(ctx context.Context, now time.Time) error {
	var any bool
	err := s.db.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM alert_alerts WHERE state = ? AND expires > 0 AND expires <= ?)", Firing, micros(now)).Scan(&any)
	if err == nil && any {
		err = s.write(ctx, func(t *sql.Tx) error {
			_, err := t.ExecContext(ctx, "UPDATE alert_alerts SET state = ?, resolved = ?, reason = 'its time is over' WHERE state = ? AND expires > 0 AND expires <= ?",
				Resolved, micros(now), Firing, micros(now))
			return err
		})
	}
	if err != nil {
		return fmt.Errorf("ending alerts whose time is over: %w", err)
	}
	return nil
}
