package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"

	"parley/internal/record"
)

// expected is an entry as the readings say it should be.
type expected struct {
	item
	reading int   // the newest that found it
	arrived int64 // with the first that did
}

// readings checks every reading of an article against the log and the text, and the entries against the readings.
func (v *verifier) readings(ctx context.Context, a *articleRow, art record.Article, l *life) error {
	want := map[record.ID]expected{}
	for i, logged := range l.readings {
		number := i + 1
		items, err := v.reading(ctx, a, art, number, logged)
		if err != nil {
			return err
		}
		for _, it := range items {
			came := l.came[i]
			if before, ok := want[it.id]; ok {
				came = before.arrived
			}
			want[it.id] = expected{it, number, came}
		}
		v.report.Readings++
	}
	var more int
	if err := v.row(ctx, "SELECT count(*) FROM readings WHERE article = ?", a.n).Scan(&more); err != nil {
		return err
	}
	if more != len(l.readings) {
		return faulty("article %s: it has %d readings, the log says %d", a.id, more, len(l.readings))
	}
	numbers, err := v.entries(ctx, a, []rune(art.Text), want)
	if err != nil {
		return err
	}
	return v.parts(ctx, a, want, numbers)
}

func (v *verifier) reading(ctx context.Context, a *articleRow, art record.Article, number int, logged string) ([]item, error) {
	var hash, model, rules string
	var packed []byte
	err := v.row(ctx, "SELECT hash, model, rules, record FROM readings WHERE article = ? AND number = ?", a.n, number).Scan(&hash, &model, &rules, &packed)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, faulty("article %s: its reading %d is gone", a.id, number)
	}
	if err != nil {
		return nil, err
	}
	data, err := v.pack.unpack(packed)
	if err != nil {
		return nil, faulty("article %s: its reading %d cannot be unpacked: %v", a.id, number, err)
	}
	if got := record.TextHash(data); got != logged || hash != logged {
		return nil, faulty("article %s: its reading %d was changed: its hash is %s (noted as %s), the log says %s", a.id, number, got, hash, logged)
	}
	rec := &record.Record{}
	if err := json.Unmarshal(data, rec); err != nil {
		return nil, faulty("article %s: its reading %d cannot be decoded: %v", a.id, number, err)
	}
	if model != clean(rec.Model) || rules != clean(rec.Rules) {
		return nil, faulty("article %s: its reading %d is noted as by model %q, rules %q, but was by %q, %q", a.id, number, model, rules, rec.Model, rec.Rules)
	}
	rec.Document = art.Document
	if errs := record.Check(rec); len(errs) > 0 {
		return nil, faulty("article %s: its reading %d is not sound: %v", a.id, number, errs[0])
	}
	return itemsOf(rec), nil
}

// entries checks the entries of an article, and gives their numbers.
func (v *verifier) entries(ctx context.Context, a *articleRow, text []rune, want map[record.ID]expected) (map[record.ID]int64, error) {
	numbers := map[record.ID]int64{}
	err := v.each(ctx, func(rows *sql.Rows) error {
		var e expected
		var n int64
		var packed []byte
		if err := rows.Scan(&n, &e.id, &e.kind, &e.span[0], &e.span[1], &e.label, &e.status, &e.confidence, &e.reading, &packed, &e.arrived); err != nil {
			return err
		}
		numbers[e.id] = n
		v.report.Entries++
		said, ok := want[e.id]
		if !ok {
			return faulty("entry %s of article %s: no reading has it", e.id, a.id)
		}
		words, value, err := v.pack.unpackEntry(packed)
		if err != nil {
			return faulty("entry %s of article %s: %v", e.id, a.id, err)
		}
		e.text = words
		if e.arrived == a.arrived { // so count those of archives from before, whichever reading found them
			said.arrived = a.arrived
		}
		return e.agrees(a.id, text, value, said)
	}, "SELECT n, id, kind, start, finish, label, status, confidence, reading, item, arrived FROM entries WHERE article = ?", a.n)
	if err != nil {
		return nil, err
	}
	ids := make([]record.ID, 0, len(want))
	for id := range want {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		if _, ok := numbers[id]; !ok {
			return nil, faulty("entry %s of article %s: reading %d has it, but it is gone", id, a.id, want[id].reading)
		}
	}
	return numbers, nil
}

// agrees holds an entry against the text and the reading.
func (e expected) agrees(article string, text []rune, value []byte, want expected) error {
	if e.span != (record.Span{}) || e.text != "" {
		if e.span[0] < 0 || e.span[1] < e.span[0] || e.span[1] > len(text) {
			return faulty("entry %s of article %s: span [%d,%d) lies outside the text of %d code points", e.id, article, e.span[0], e.span[1], len(text))
		}
		if got := string(text[e.span[0]:e.span[1]]); got != e.text {
			return faulty("entry %s of article %s: span [%d,%d) holds %q, not %q", e.id, article, e.span[0], e.span[1], got, e.text)
		}
	}
	for _, c := range []struct {
		name      string
		row, said any
	}{
		{"kind", e.kind, want.kind}, {"span", e.span, want.span}, {"text", e.text, want.text}, {"label", e.label, want.label}, {"status", e.status, want.status},
		{"confidence", e.confidence, want.confidence}, {"newest reading", e.reading, want.reading}, {"time of arrival", e.arrived, want.arrived},
	} {
		if c.row != c.said {
			return faulty("entry %s of article %s: its %s is %v, the record says %v", e.id, article, c.name, c.row, c.said)
		}
	}
	said, err := json.Marshal(want.value)
	if err != nil {
		return err
	}
	if !bytes.Equal(said, value) {
		return faulty("entry %s of article %s: its item is %s, the record says %s", e.id, article, value, said)
	}
	return nil
}

// parts checks who takes part in the entries of an article.
func (v *verifier) parts(ctx context.Context, a *articleRow, want map[record.ID]expected, numbers map[record.ID]int64) error {
	type row struct {
		actor, entry int64
		role         int
	}
	missing := map[row]record.ID{}
	for id, e := range want {
		for _, p := range e.parts {
			missing[row{numbers[p.actor], numbers[id], p.role}] = id
		}
	}
	err := v.each(ctx, func(rows *sql.Rows) error {
		var r row
		var id record.ID
		if err := rows.Scan(&r.actor, &r.entry, &r.role, &id); err != nil {
			return err
		}
		if _, ok := missing[r]; !ok {
			return faulty("entry %s of article %s: the list of actors names one that the record does not, in role %d", id, a.id, r.role)
		}
		delete(missing, r)
		return nil
	}, "SELECT ea.actor, ea.entry, ea.role, e.id FROM entries e JOIN entry_actors ea ON ea.entry = e.n WHERE e.article = ?", a.n)
	if err != nil {
		return err
	}
	left := make([]record.ID, 0, len(missing))
	for _, id := range missing {
		left = append(left, id)
	}
	if len(left) > 0 {
		return faulty("entry %s of article %s: the list of actors lacks one that the record names", slices.Min(left), a.id)
	}
	return nil
}
