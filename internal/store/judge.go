package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"

	"parley/internal/record"
)

// machine is who takes in, reads and replaces articles in the log.
const machine = "parley"

// HashOf is what Hash of a judgement must be: the SHA-256, in hex, of Prev followed by the judgement as JSON with prev
// and hash empty.
func HashOf(j record.Judgement) (string, error) {
	prev := j.Prev
	j.Prev, j.Hash = "", ""
	data, err := json.Marshal(j)
	if err != nil {
		return "", fmt.Errorf("encoding judgement %d: %w", j.Seq, err)
	}
	sum := sha256.Sum256(append([]byte(prev), data...))
	return hex.EncodeToString(sum[:]), nil
}

// Judge appends a decision to the log and carries it out: withdraw, restore and erase change the article's state in the
// same transaction. Who and Why must be given, the verb must be of record.Verbs (ingest, read and supersede are the
// archive's own), and subject, object and evidence must be in the archive.
func (s *Store) Judge(ctx context.Context, j record.Judgement) (record.Judgement, error) {
	j.Who, j.Why, j.Value = clean(j.Who), clean(j.Why), clean(j.Value)
	if err := wellFormed(&j); err != nil {
		return record.Judgement{}, err
	}
	err := s.write(ctx, true, func(t *tx) error {
		if err := t.known(ctx, append([]record.ID{j.Subject}, nonEmpty(append(slices.Clone(j.Evidence), j.Object))...)); err != nil {
			return err
		}
		if err := t.carryOut(ctx, &j); err != nil {
			return err
		}
		logged, err := t.log(ctx, []record.Judgement{j})
		if err == nil {
			j = logged[0]
		}
		return err
	})
	if err != nil {
		return record.Judgement{}, fmt.Errorf("deciding on %s: %w", j.Subject, err)
	}
	if j.Verb == "erase" {
		if err := s.d.purge(ctx, s.writer); err != nil {
			return j, s.explain(ctx, "writing to", err)
		}
	}
	return j, nil
}

func nonEmpty(ids []record.ID) []record.ID {
	return slices.DeleteFunc(ids, func(id record.ID) bool { return id == "" })
}

// subjects says what the subject and the object of each verb that a person may use can be, by the letters of their ids.
func subjects() map[string][2]string {
	judged := "spceakfxgl"
	return map[string][2]string{
		"confirm": {judged, ""}, "reject": {judged, ""}, "doubt": {judged, ""}, "clear": {judged, ""},
		"state": {"c", ""}, "seen": {judged, ""}, "checked": {judged, ""}, "attributed": {judged, ""},
		"merge": {"i", "i"}, "split": {"ai", "i"}, "same_origin": {"d", "d"}, "own_origin": {"d", "d"},
		"withdraw": {"d", "?d"}, "restore": {"d", ""}, "erase": {"d", ""},
	}
}

// wellFormed checks what can be told from the decision alone.
func wellFormed(j *record.Judgement) error {
	bad := func(format string, args ...any) error {
		return fmt.Errorf("deciding on %s: %s: %w", j.Subject, fmt.Sprintf(format, args...), ErrInvalid)
	}
	may, ok := subjects()[j.Verb]
	switch {
	case !ok && slices.ContainsFunc(record.Verbs(), func(k record.Kind) bool { return k.Name == j.Verb }):
		return bad("%s is the archive's own", j.Verb)
	case !ok:
		return bad("%q is no decision; choose of %s", j.Verb, strings.Join(slices.Sorted(maps.Keys(subjects())), ", "))
	case strings.TrimSpace(j.Who) == "":
		return bad("it does not say who decides")
	case strings.TrimSpace(j.Why) == "":
		return bad("it does not say why")
	case !lettered(j.Subject, may[0]):
		return bad("%s cannot be said of it, but of %s", j.Verb, called(may[0]))
	case j.Object == "" && may[1] != "" && !strings.HasPrefix(may[1], "?"):
		return bad("%s needs the other one too, %s", j.Verb, called(may[1]))
	case j.Object != "" && !lettered(j.Object, may[1]):
		return bad("%s cannot be said of it and %s", j.Verb, j.Object)
	case j.Object == j.Subject:
		return bad("both are the same")
	}
	switch j.Verb {
	case "state":
		if !slices.Contains(record.States(), j.Value) {
			return bad("%q is no state of a commitment; choose of %s", j.Value, strings.Join(record.States(), ", "))
		}
	case "seen", "checked", "attributed":
		if j.Value != "yes" && j.Value != "no" {
			return bad("%s is yes or no, not %q", j.Verb, j.Value)
		}
	}
	return nil
}

// called names the kinds of ids with these letters.
func called(letters string) string {
	switch letters {
	case "c":
		return "a commitment (c-…)"
	case "d":
		return "an article (d-…)"
	case "i":
		return "an actor across articles (i-…)"
	case "ai":
		return "an actor (i-…, or a-… of one article)"
	}
	return "an entry (s-…, e-…, c-…) or a link (l-…)"
}

// lettered says whether an id is of one of the kinds with these letters.
func lettered(id record.ID, letters string) bool {
	letter, rest, ok := strings.Cut(string(id), "-")
	return ok && len(letter) == 1 && rest != "" && strings.Contains(letters, letter)
}

// known checks that all ids are in the archive.
func (t *tx) known(ctx context.Context, ids []record.ID) error {
	for _, id := range ids {
		table := "entries"
		switch {
		case lettered(id, "d"):
			table = "articles"
		case lettered(id, "i"):
			table = "identities"
		case lettered(id, "l"):
			table = "links"
		}
		var one int
		err := t.row(ctx, "SELECT 1 FROM "+table+" WHERE id = ?", string(id)).Scan(&one)
		if errors.Is(err, sql.ErrNoRows) {
			return fmt.Errorf("%s: %w", id, record.ErrNotFound)
		}
		if err != nil {
			return fmt.Errorf("looking up %s: %w", id, err)
		}
	}
	return nil
}

// carryOut does to an article what a decision says. Its state is a pure function of the log (verify_log.go replays it).
func (t *tx) carryOut(ctx context.Context, j *record.Judgement) error {
	if j.Verb != "withdraw" && j.Verb != "restore" && j.Verb != "erase" {
		return nil
	}
	var n int64
	var state string
	var by sql.NullString
	if err := t.row(ctx, "SELECT n, state, superseded_by FROM articles WHERE id = ?", string(j.Subject)).Scan(&n, &state, &by); err != nil {
		return err
	}
	next, ok := afterDecision(state, j.Verb, by.String != "")
	if !ok {
		return fmt.Errorf("it is %s: %w", state, ErrInvalid)
	}
	if j.Verb == "erase" {
		if err := t.erase(ctx, n); err != nil {
			return err
		}
	}
	reason := j.Why
	if j.Verb == "restore" {
		reason = ""
	}
	return t.exec(ctx, "UPDATE articles SET state = ?, state_reason = ?, state_at = ? WHERE n = ?", next, reason, micros(t.at), n)
}

// afterDecision is the state of an article after a decision; ok is false where the decision makes no sense.
func afterDecision(state, verb string, hasLater bool) (next string, ok bool) {
	switch {
	case state == record.Erased:
		return state, false
	case verb == "erase":
		return record.Erased, true
	case verb == "withdraw":
		return record.Withdrawn, state != record.Withdrawn
	case state != record.Withdrawn:
		return state, false
	case hasLater:
		return record.Superseded, true
	}
	return record.Current, true
}

// log appends decisions in order and fills in when, number and hashes.
func (t *tx) log(ctx context.Context, js []record.Judgement) ([]record.Judgement, error) {
	var seq int64
	var prev string
	err := t.row(ctx, "SELECT seq, hash FROM judgements ORDER BY seq DESC LIMIT 1").Scan(&seq, &prev)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("reading the log: %w", err)
	}
	rows := make([][]any, len(js))
	for i := range js {
		j := &js[i]
		seq++
		j.Seq, j.At, j.Prev = seq, t.at, prev
		if j.Hash, err = HashOf(*j); err != nil {
			return nil, err
		}
		prev = j.Hash
		rows[i] = []any{j.Seq, micros(j.At), j.Who, j.Verb, string(j.Subject), string(j.Object), j.Value, j.Why, joined(j.Evidence), j.Prev, j.Hash}
	}
	if err := t.d.insert(ctx, t, "judgements", strings.Split(judgementColumns, ", "), rows); err != nil {
		return nil, fmt.Errorf("writing the log: %w", err)
	}
	return js, nil
}

const judgementColumns = "seq, at, who, verb, subject, object, value, why, evidence, prev, hash"

// joined and split are how a list of ids stands in a column; ids hold no spaces.
func joined(ids []record.ID) string {
	parts := make([]string, len(ids))
	for i, id := range ids {
		parts[i] = string(id)
	}
	return strings.Join(parts, " ")
}

func split(s string) []record.ID {
	var out []record.ID
	for id := range strings.FieldsSeq(s) {
		out = append(out, record.ID(id))
	}
	return out
}

// Judgements are the decisions asked for, in order.
func (s *Store) Judgements(ctx context.Context, q record.JudgementQuery) iter.Seq2[record.Judgement, error] {
	const page = 1000
	return func(yield func(record.Judgement, error) bool) {
		for left := q.Limit; ; {
			size := page
			if q.Limit > 0 {
				size = min(page, left)
			}
			got, err := s.read().judgements(ctx, q, size)
			if err != nil {
				yield(record.Judgement{}, s.explain(ctx, "reading", err))
				return
			}
			for _, j := range got {
				if !yield(j, nil) {
					return
				}
				if q.Newest {
					q.Before = j.Seq
				} else {
					q.After = j.Seq
				}
			}
			left -= len(got)
			if len(got) < size || q.Limit > 0 && left == 0 {
				return
			}
		}
	}
}

func (h handle) judgements(ctx context.Context, q record.JudgementQuery, size int) ([]record.Judgement, error) {
	w := where{}
	w.and("seq > ?", q.After)
	if q.People {
		w.and("who <> ?", machine)
	}
	order := ""
	if q.Newest {
		order = " DESC"
	}
	if q.Before > 0 {
		w.and("seq < ?", q.Before)
	}
	if q.Subject != "" {
		w.and("(subject = ? OR object = ? AND object <> '')", string(q.Subject), string(q.Subject))
	}
	if len(q.Subjects) > chunk {
		return nil, fmt.Errorf("%d subjects are too many for one question: %w", len(q.Subjects), ErrInvalid)
	}
	if len(q.Subjects) > 0 {
		w.and("subject IN ("+marks(len(q.Subjects))+")", anys(q.Subjects)...)
	}
	if len(q.Verbs) > 0 {
		w.and("verb IN ("+marks(len(q.Verbs))+")", anys(q.Verbs)...)
	}
	if !q.AsOf.IsZero() {
		w.and("at <= ?", micros(q.AsOf))
	}
	var out []record.Judgement
	err := h.each(ctx, func(rows *sql.Rows) error {
		j, err := scanJudgement(rows)
		out = append(out, j)
		return err
	}, "SELECT "+judgementColumns+" FROM judgements"+w.sql()+" ORDER BY seq"+order+" LIMIT ?", append(w.args, size)...)
	return out, err
}

func scanJudgement(rows *sql.Rows) (record.Judgement, error) {
	var j record.Judgement
	var at int64
	var evidence string
	err := rows.Scan(&j.Seq, &at, &j.Who, &j.Verb, &j.Subject, &j.Object, &j.Value, &j.Why, &evidence, &j.Prev, &j.Hash)
	j.At, j.Evidence = instant(at), split(evidence)
	return j, err
}

// verdict is the SQL for the latest verdict on what has an id, up to a time if one is given; none is ”.
func verdict(id string, asOf time.Time) (sql string, args []any) {
	until, args := judgedBy(asOf)
	return `COALESCE((SELECT CASE j.verb WHEN 'clear' THEN '' ELSE j.verb END FROM judgements j
		WHERE j.subject = ` + id + ` AND j.verb IN ('confirm','reject','doubt','clear')` + until + ` ORDER BY j.seq DESC LIMIT 1), '')`, args
}

// unassessed is the state of a commitment that nobody has judged. What its article says of it is part of the record.
const unassessed = "not_assessed"

// assessed is the SQL for the state that a commitment was last judged to be in, up to a time if one is given.
func assessed(id string, asOf time.Time) (sql string, args []any) {
	until, args := judgedBy(asOf)
	return "COALESCE((SELECT j.value FROM judgements j WHERE j.subject = " + id + " AND j.verb = 'state'" + until +
		" ORDER BY j.seq DESC LIMIT 1), '" + unassessed + "')", args
}

// judgedBy is the SQL that leaves out judgements j from after a time; without a time it leaves out none.
func judgedBy(asOf time.Time) (sql string, args []any) {
	if asOf.IsZero() {
		return "", nil
	}
	return " AND j.at <= ?", []any{micros(asOf)}
}
