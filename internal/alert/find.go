package alert

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"parley/internal/record"
)

// wordsKey is what entries with the same words have in common: their kind and the letters and digits.
func wordsKey(e *record.Entry) string {
	return e.Kind + "\x00" + strings.Join(strings.FieldsFunc(strings.ToLower(e.Text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r)
	}), " ")
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }

// dueOf is the end of the time that a commitment is due by; false where it has none.
func dueOf(e *record.Entry) (time.Time, bool) {
	var c record.Commitment
	if json.Unmarshal(e.Item, &c) != nil || c.Due == nil {
		return time.Time{}, false
	}
	for _, end := range []*string{c.Due.End, c.Due.Start} {
		if end == nil {
			continue
		}
		if day, err := time.Parse(time.DateOnly, *end); err == nil {
			return day.Add(24*time.Hour - time.Second), true
		}
		for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05", "2006-01-02T15:04"} {
			if at, err := time.Parse(layout, *end); err == nil {
				return at.UTC(), true
			}
		}
	}
	return time.Time{}, false
}

// await notes commitments whose day is to come.
func (t *turn) await(entries []record.Entry) {
	for i := range entries {
		if due, ok := dueOf(&entries[i]); ok && due.After(t.now) {
			t.watch[entries[i].ID] = due
		}
	}
}

// due finds the awaited commitments whose day is near. What this very turn awaits, the next one looks at.
func (t *turn) due(ctx context.Context, s *Store) error {
	if t.rule.Kind != Due {
		return nil
	}
	near := map[record.ID]time.Time{}
	err := each(ctx, s.db, func(rows *sql.Rows) error {
		var id record.ID
		var at int64
		err := rows.Scan(&id, &at)
		near[id] = moment(at)
		return err
	}, "SELECT entry, due FROM alert_watched WHERE rule = ? AND due <= ? ORDER BY due, entry LIMIT 500", t.rule.ID, micros(t.now.Add(time.Duration(t.rule.Days)*24*time.Hour)))
	if err != nil {
		return fmt.Errorf("reading what is awaited: %w", err)
	}
	for _, id := range sortedKeys(near) {
		t.unwatch = append(t.unwatch, id)
		e, err := t.in.Entry(ctx, id)
		if absent(err) || near[id].Before(t.now) {
			continue
		}
		if err != nil {
			return fmt.Errorf("looking at %s: %w", id, err)
		}
		lives, err := t.lives(ctx, Due, partOf(&e))
		if err != nil {
			return fmt.Errorf("looking at %s: %w", id, err)
		}
		if day := near[id].Format(time.DateOnly); lives {
			t.add(finding{id: "due:" + string(id), key: "due\x00" + day + "\x00" + wordsKey(&e), why: "a commitment is due by " + day, expires: near[id], parts: []part{partOf(&e)}})
		}
	}
	return nil
}

// setBroken finds a commitment that a person set to broken.
func (t *turn) setBroken(ctx context.Context, j *record.Judgement) error {
	e, err := t.in.Entry(ctx, j.Subject)
	if absent(err) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("looking at %s: %w", j.Subject, err)
	}
	ok, err := t.want.has(ctx, t.sight, &e)
	if ok {
		t.add(finding{id: "state:" + strconv.FormatInt(j.Seq, 10), key: "broken\x00" + string(e.ID), why: "a commitment was set to broken",
			decider: clip(plain(j.Who), maxName), parts: []part{partOf(&e)}})
	}
	return err
}

// contradictions finds those inside an article. They have no type.
func (t *turn) contradictions(ctx context.Context, article *record.Article) error {
	if len(t.rule.Terms.Labels) > 0 {
		return nil
	}
	want := t.want
	want.q.Kinds = []string{"contradiction"}
	inside, err := want.in(ctx, t.sight, article)
	for i := range inside {
		if err := t.inside(ctx, &inside[i]); err != nil {
			return err
		}
	}
	return err
}

// inside finds a contradiction between two entries of one article.
func (t *turn) inside(ctx context.Context, e *record.Entry) error {
	var x record.Contradiction
	if e.Verdict == "reject" {
		return nil
	}
	if err := json.Unmarshal(e.Item, &x); err != nil {
		return fmt.Errorf("reading %s: %w", e.ID, err)
	}
	f := finding{id: string(e.ID), key: "inside", why: "a contradiction inside one article", parts: []part{partOf(e)}}
	for _, id := range []record.ID{x.A, x.B} {
		side, err := t.in.Entry(ctx, id)
		if absent(err) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("looking at %s: %w", id, err)
		}
		f.parts, f.key = append(f.parts, partOf(&side)), f.key+"\x00"+wordsKey(&side)
	}
	t.add(f)
	return nil
}

// ceasefires finds those whose state is another than when they were looked at last.
func (t *turn) ceasefires(ctx context.Context, e *Engine) error {
	states, err := e.Ceasefires(ctx, t.rule.Archive)
	if err != nil {
		return fmt.Errorf("working out the ceasefires: %w", err)
	}
	before := map[string]string{}
	err = each(ctx, e.Store.db, func(rows *sql.Rows) error {
		var subject, value string
		err := rows.Scan(&subject, &value)
		before[subject] = value
		return err
	}, "SELECT subject, value FROM alert_levels WHERE rule = ?", t.rule.ID)
	if err != nil {
		return fmt.Errorf("reading the states of ceasefires: %w", err)
	}
	t.rule.looked, t.looked = t.now, true
	for i := range states {
		c := &states[i]
		if t.rule.Ceasefire != "" && t.rule.Ceasefire != c.ID {
			continue
		}
		t.levels[c.ID] = c.State
		if was := before[c.ID]; was != "" && was != c.State {
			t.add(c.finding(was, t.now))
		}
	}
	return nil
}

// finding says how the state changed.
func (c *CeasefireState) finding(was string, now time.Time) finding {
	plainly := func(state string) string { return strings.ReplaceAll(state, "_", " ") }
	why := c.Name + ": " + plainly(was) + " before, " + plainly(c.State) + " since " + c.Since
	if c.Why != "" {
		why += ". " + c.Why
	}
	f := finding{id: "ceasefire:" + c.ID + ":" + was + ":" + c.State + ":" + now.Format(time.RFC3339Nano), key: "ceasefire\x00" + c.ID, why: clip(plain(why), maxText), replaces: true}
	for _, id := range c.Entries {
		f.parts = append(f.parts, part{id: id})
	}
	return f
}
