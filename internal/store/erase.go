package store

import (
	"context"
	"database/sql"
	"fmt"

	"parley/internal/record"
)

// erase takes away an article's words: text, bytes, records, items, title, authors, and what was found from them or shows
// what they mean. Its id,
// address, publisher, times and hashes stay, and so do the ids of its entries, so that decisions about them still name
// something. What people wrote into the log stays too: the log cannot be changed.
func (t *tx) erase(ctx context.Context, n int64) error {
	var id string
	if err := t.row(ctx, "SELECT id FROM articles WHERE n = ?", n).Scan(&id); err != nil {
		return fmt.Errorf("erasing: %w", err)
	}
	f := &finding{t: t, found: record.Found{Articles: []record.ID{record.ID(id)}}}
	for _, step := range []func(context.Context) error{f.number, f.clear, f.count} {
		if err := step(ctx); err != nil {
			return fmt.Errorf("erasing what was found: %w", err)
		}
	}
	if err := t.eraseEntries(ctx, n); err != nil {
		return fmt.Errorf("erasing entries: %w", err)
	}
	if err := t.d.unindex(ctx, t, "articles_words", n); err != nil {
		return fmt.Errorf("erasing words: %w", err)
	}
	body, err := t.bareBody(ctx, n)
	if err != nil {
		return err
	}
	for _, q := range []struct {
		sql  string
		args []any
	}{
		{"UPDATE articles SET title = '', state = 'erased', body = ? WHERE n = ?", []any{body, n}},
		{"UPDATE readings SET record = ? WHERE article = ?", []any{[]byte{}, n}},
		{"DELETE FROM meanings WHERE article = ?", []any{n}},
		{`DELETE FROM blobs WHERE hash IN (SELECT text_hash FROM articles WHERE n = ? UNION SELECT raw_hash FROM articles WHERE n = ?)
			AND NOT EXISTS (SELECT 1 FROM articles o WHERE o.state <> 'erased' AND o.text_hash = blobs.hash)
			AND NOT EXISTS (SELECT 1 FROM articles o WHERE o.state <> 'erased' AND o.raw_hash = blobs.hash)`, []any{n, n}},
	} {
		if err := t.exec(ctx, q.sql, q.args...); err != nil {
			return fmt.Errorf("erasing the text: %w", err)
		}
	}
	return nil
}

// bareBody is what an erased article still says of itself.
func (t *tx) bareBody(ctx context.Context, n int64) (string, error) {
	var body string
	if err := t.row(ctx, "SELECT body FROM articles WHERE n = ?", n).Scan(&body); err != nil {
		return "", fmt.Errorf("reading the article: %w", err)
	}
	art, err := articleOf(body)
	if err != nil {
		return "", err
	}
	doc := record.Document{ID: art.ID, URL: art.URL, Publisher: art.Publisher, Published: art.Published, Language: art.Language}
	art.Document, art.Headers = doc, nil
	return bodyOf(&art)
}

func (t *tx) eraseEntries(ctx context.Context, n int64) error {
	var numbers []int64
	err := t.each(ctx, func(rows *sql.Rows) error {
		var entry int64
		err := rows.Scan(&entry)
		numbers = append(numbers, entry)
		return err
	}, "SELECT n FROM entries WHERE article = ?", n)
	if err != nil {
		return err
	}
	for _, entry := range numbers {
		if err := t.d.unindex(ctx, t, "entries_words", entry); err != nil {
			return err
		}
	}
	const of = "IN (SELECT n FROM entries WHERE article = ?)"
	for _, q := range []string{
		"DELETE FROM entry_actors WHERE entry " + of,
		"UPDATE entries SET label = '', status = '', item = '' WHERE article = ?",
	} {
		if err := t.exec(ctx, q, n); err != nil {
			return err
		}
	}
	return t.eraseReasons(ctx, n)
}

// eraseReasons empties the reasons of links that stay because they were judged.
func (t *tx) eraseReasons(ctx context.Context, n int64) error {
	var links []record.Link
	const of = "(SELECT id FROM entries WHERE article = ?)"
	err := t.each(ctx, func(rows *sql.Rows) error {
		l, err := scanLink(rows.Scan)
		links = append(links, l)
		return err
	}, "SELECT "+linkColumns+", '' FROM links WHERE a IN "+of+" OR b <> '' AND b IN "+of, n, n)
	if err != nil {
		return err
	}
	for _, l := range links {
		l.Reason = ""
		row, err := linkRow(l)
		if err != nil {
			return err
		}
		if err := t.exec(ctx, "UPDATE links SET reason = '', check_sum = ? WHERE id = ?", row[len(row)-1], string(l.ID)); err != nil {
			return err
		}
	}
	return nil
}
