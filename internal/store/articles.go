package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"

	"parley/internal/record"
)

// articleOf reads what an article arrived as.
func articleOf(body string) (record.Article, error) {
	var art record.Article
	if err := json.Unmarshal([]byte(body), &art); err != nil {
		return art, fmt.Errorf("decoding an article: %w", err)
	}
	return art, nil
}

// scanArticle reads the columns body, state, state_reason, state_at, superseded_by, reading, arrived and n.
func scanArticle(scan func(...any) error) (art record.Article, n int64, err error) {
	var body, state, reason string
	var at sql.NullInt64
	var by sql.NullString
	var number int
	var arrived int64
	if err := scan(&body, &state, &reason, &at, &by, &number, &arrived, &n); err != nil {
		return art, 0, err
	}
	if art, err = articleOf(body); err != nil {
		return art, 0, err
	}
	art.State, art.StateReason, art.SupersededBy, art.Reading = state, reason, record.ID(by.String), number
	art.Arrived = instant(arrived)
	if at.Valid {
		t := instant(at.Int64)
		art.StateAt = &t
	}
	return art, n, nil
}

func notFound(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return record.ErrNotFound
	}
	return err
}

// Article is an article with its text; that of an erased one is empty.
func (s *Store) Article(ctx context.Context, id record.ID) (record.Article, error) {
	art, err := s.article(ctx, id)
	if err != nil {
		return record.Article{}, fmt.Errorf("article %s: %w", id, s.explain(ctx, "reading", err))
	}
	return art, nil
}

func (s *Store) article(ctx context.Context, id record.ID) (record.Article, error) {
	h := s.read()
	art, _, err := scanArticle(h.row(ctx, "SELECT body, state, state_reason, state_at, superseded_by, reading, arrived, n FROM articles WHERE id = ?", string(id)).Scan)
	if err != nil || art.State == record.Erased {
		return art, notFound(err)
	}
	text, err := s.blob(ctx, h, art.TextHash)
	art.Text = string(text)
	return art, err
}

func (s *Store) blob(ctx context.Context, h handle, hash string) ([]byte, error) {
	var data []byte
	if err := h.row(ctx, "SELECT data FROM blobs WHERE hash = ?", hash).Scan(&data); err != nil {
		if errors.Is(err, sql.ErrNoRows) {
			return nil, fmt.Errorf("blob %s is gone: %w", hash, ErrDamaged)
		}
		return nil, err
	}
	return s.pack.unpack(data)
}

// Raw are the bytes an article came in.
func (s *Store) Raw(ctx context.Context, id record.ID) ([]byte, error) {
	h := s.read()
	var hash, state string
	err := h.row(ctx, "SELECT raw_hash, state FROM articles WHERE id = ?", string(id)).Scan(&hash, &state)
	if err == nil && state == record.Erased {
		err = record.ErrErased
	}
	var data []byte
	if err == nil {
		data, err = s.blob(ctx, h, hash)
	}
	if err != nil {
		return nil, fmt.Errorf("bytes of article %s: %w", id, s.explain(ctx, "reading", notFound(err)))
	}
	return data, nil
}

// Record is the newest reading of an article, with the article's own document.
func (s *Store) Record(ctx context.Context, id record.ID) (*record.Record, error) {
	art, err := s.article(ctx, id)
	if err == nil && art.State == record.Erased {
		err = record.ErrErased
	}
	var data []byte
	if err == nil {
		err = s.read().row(ctx, "SELECT r.record FROM readings r JOIN articles a ON a.n = r.article WHERE a.id = ? AND r.number = ?",
			string(id), art.Reading).Scan(&data)
	}
	var rec *record.Record
	if err == nil {
		rec, err = s.unpackRecord(data, art.Document)
	}
	if err != nil {
		return nil, fmt.Errorf("record of article %s: %w", id, s.explain(ctx, "reading", notFound(err)))
	}
	return rec, nil
}

func (s *Store) unpackRecord(data []byte, doc record.Document) (*record.Record, error) {
	plain, err := s.pack.unpack(data)
	if err != nil {
		return nil, err
	}
	rec := &record.Record{}
	if err := json.Unmarshal(plain, rec); err != nil {
		return nil, fmt.Errorf("decoding a record: %w", err)
	}
	rec.Document = doc
	return rec, nil
}

// Articles are the articles asked for, without their texts, newest first unless asked otherwise. After is the id of the
// last article of the page before. No connection is held while the caller works on one.
func (s *Store) Articles(ctx context.Context, q record.ArticleQuery) iter.Seq2[record.Article, error] {
	const page = 200
	return func(yield func(record.Article, error) bool) {
		after, err := s.articleNumber(ctx, record.ID(q.After))
		for left := q.Limit; err == nil; {
			size := page
			if q.Limit > 0 {
				size = min(page, left)
			}
			var got []record.Article
			if got, after, err = s.read().articles(ctx, q, after, size); err != nil {
				break
			}
			for _, art := range got {
				if !yield(art, nil) {
					return
				}
			}
			left -= len(got)
			if len(got) < size || q.Limit > 0 && left == 0 {
				return
			}
		}
		yield(record.Article{}, s.explain(ctx, "reading", err))
	}
}

// articleNumber is 0 for no article.
func (s *Store) articleNumber(ctx context.Context, id record.ID) (n int64, err error) {
	if id == "" {
		return 0, nil
	}
	if err = s.read().row(ctx, "SELECT n FROM articles WHERE id = ?", string(id)).Scan(&n); err != nil {
		return 0, fmt.Errorf("article %s: %w", id, notFound(err))
	}
	return n, nil
}

func (h handle) articles(ctx context.Context, q record.ArticleQuery, after int64, size int) ([]record.Article, int64, error) {
	state, stateArgs := stateAt(q.AsOf)
	l := listing{from: "articles a", number: "a.n", oldest: q.Oldest}
	w := &l.where
	if q.Text != "" {
		search := terms(q.Text)
		if len(search) == 0 {
			return nil, 0, nil
		}
		cond, arg := h.d.search("articles_words", search, nil)
		l.from, l.number = "articles_words w CROSS JOIN articles a", h.d.number()
		w.and("a.n = " + l.number)
		w.and(cond, arg)
	}
	for _, c := range []struct{ column, value string }{{"publisher", q.Publisher}, {"url", q.URL}, {"guid", q.GUID}, {"text_hash", q.TextHash}} {
		if c.value != "" {
			w.and("a."+c.column+" = ?", clean(c.value))
		}
	}
	if q.GUID != "" {
		w.and("a.guid <> ''") // so that the partial index serves
	}
	l.times(q.From, q.To, q.AsOf)
	if _, err := h.since(ctx, q.Since, "articles", "a", &l); err != nil {
		return nil, 0, err
	}
	states := q.States
	if len(states) == 0 {
		states = []string{record.Current}
	}
	w.and(state+" IN ("+marks(len(states))+")", append(slices.Clone(stateArgs), anys(states)...)...)
	if q.AsOf.IsZero() && !slices.Contains(states, record.Current) {
		w.and("a.state <> 'current'") // lets the index of the others serve
	}
	l.after(after)
	var out []record.Article
	err := h.each(ctx, func(rows *sql.Rows) error {
		art, n, err := scanArticle(rows.Scan)
		out, after = append(out, art), n
		return err
	}, "SELECT a.body, "+state+", a.state_reason, a.state_at, a.superseded_by, a.reading, a.arrived, a.n FROM "+l.from+w.sql()+l.order(size),
		append(slices.Clone(stateArgs), w.args...)...)
	return out, after, err
}
