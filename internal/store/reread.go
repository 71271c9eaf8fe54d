package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"

	"parley/internal/record"
)

// Reread keeps another reading of an article beside the older ones and makes its entries those of the archive: what it
// finds again keeps its id and takes the new content, what it does not find is retired, decisions stay. The record must be
// of the article's text and carry the ids that record.Adopt gave it. One that is the same as the newest changes nothing. The
// meanings of its sentences take the place of those that were there.
func (s *Store) Reread(ctx context.Context, article record.ID, rec *record.Record, meanings []record.Meaning) error {
	items, packed, read, err := s.prepareRecord(rec)
	var meant []byte
	if err == nil {
		meant, err = s.pack.packMeanings(meanings, utf8.RuneCountInString(rec.Document.Text))
	}
	if err != nil {
		return fmt.Errorf("rereading %s: %w", article, err)
	}
	err = s.write(ctx, false, func(t *tx) error {
		in := &intake{t: t, pack: s.pack, tables: map[string][][]any{}, words: map[string][]indexed{}, taken: map[int64]bool{}}
		return in.reread(ctx, article, record.TextHash(rec.Document.Text), items, packed, read, meant)
	})
	if err != nil {
		return fmt.Errorf("rereading %s: %w", article, err)
	}
	return nil
}

func (in *intake) reread(ctx context.Context, article record.ID, textHash string, items []item, packed [][]byte, read reading, meant []byte) error {
	var n, known int64
	var number int
	var kept, state, newest string
	err := in.t.row(ctx, `SELECT a.n, a.known, a.reading, a.text_hash, a.state, r.hash FROM articles a
		JOIN readings r ON r.article = a.n AND r.number = a.reading WHERE a.id = ?`, string(article)).Scan(&n, &known, &number, &kept, &state, &newest)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return record.ErrNotFound
	case err != nil:
		return err
	case state == record.Erased:
		return record.ErrErased
	case kept != textHash:
		return fmt.Errorf("the reading is of another text: %w", ErrInvalid)
	case newest == read.hash:
		return nil
	}
	number++
	in.add("readings", n, number, read.model, read.rules, read.hash, read.data)
	if err := in.t.exec(ctx, "UPDATE articles SET reading = ? WHERE n = ?", number, n); err != nil {
		return err
	}
	if err := in.mean(ctx, n, number, read.model, meant); err != nil {
		return err
	}
	count := &numberer{t: in.t, id: article, known: instant(known), taken: in.taken}
	if err := in.renew(ctx, count, n, number, items, packed); err != nil {
		return err
	}
	_, err = in.t.log(ctx, []record.Judgement{{Who: machine, Verb: "read", Subject: article, Value: readValue(number, read.hash),
		Why: "read again with model " + read.model + ", rules " + read.rules}})
	return err
}

// renew updates the entries that a reading found again, and adds the others.
func (in *intake) renew(ctx context.Context, count *numberer, article int64, number int, items []item, packed [][]byte) error {
	numbers := map[record.ID]int64{}
	lowest := article + block
	err := in.t.each(ctx, func(rows *sql.Rows) error {
		var id record.ID
		var n int64
		err := rows.Scan(&id, &n)
		numbers[id] = n
		if n > article && n < article+block {
			lowest = min(lowest, n)
		}
		return err
	}, "SELECT id, n FROM entries WHERE article = ?", article)
	if err != nil {
		return err
	}
	count.base, count.next = article, lowest-1
	var again []int64
	for i := range items {
		it := &items[i]
		n, found := numbers[it.id]
		if !found {
			if n, err = count.number(ctx); err != nil {
				return err
			}
			numbers[it.id] = n
			in.entry(n, article, number, it, packed[i])
			continue
		}
		again = append(again, n)
		in.words["entries_words"] = append(in.words["entries_words"], indexed{n, it.words, it.kind})
		err := in.t.exec(ctx, "UPDATE entries SET start = ?, finish = ?, label = ?, status = ?, confidence = ?, reading = ?, item = ? WHERE n = ?",
			it.span[0], it.span[1], it.label, it.status, it.confidence, number, packed[i], n)
		if err != nil {
			return err
		}
	}
	for part := range slices.Chunk(again, chunk) {
		args := make([]any, len(part))
		for i, n := range part {
			args[i] = n
		}
		if err := in.t.exec(ctx, "DELETE FROM entry_actors WHERE entry IN ("+marks(len(part))+")", args...); err != nil {
			return err
		}
	}
	if err := in.parts(items, numbers); err != nil {
		return err
	}
	return in.flush(ctx)
}
