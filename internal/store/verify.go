package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"parley/internal/record"
)

// Report is what Verify checked, and the first fault it found.
type Report struct {
	Articles    int    `json:"articles"`
	Erased      int    `json:"erased"` // of the articles
	Readings    int    `json:"readings"`
	Entries     int    `json:"entries"`
	Meanings    int    `json:"meanings"` // articles with what their sentences mean
	Links       int    `json:"links"`
	Identities  int    `json:"identities"`
	Memberships int    `json:"memberships"`
	Passages    int    `json:"passages"`
	Judgements  int    `json:"judgements"`
	Seq         int64  `json:"seq"`             // of the last judgement
	Head        string `json:"head"`            // its hash: whoever notes it can tell later that nothing before it was changed
	Fault       string `json:"fault,omitempty"` // empty: the archive is sound
}

// errFault carries a fault to the end of Verify.
var errFault = errors.New("fault")

type fault struct{ text string }

func (f *fault) Error() string { return f.text }
func (f *fault) Unwrap() error { return errFault }

func faulty(format string, args ...any) error { return &fault{fmt.Sprintf(format, args...)} }

// Verify checks the whole archive as it stands at one moment, while others may write to it: the log (numbers without a
// gap, each hash, each link to the one before), then for every article what it said of itself, its bytes, text and readings
// against the hashes in the log, its state against the decisions in the log, what its sentences mean, each record (record.Check), each entry against
// its record and its words against the text, and last what was found between articles. A head that was noted earlier must
// still be in the log; empty is any. It stops at the first fault, which the report names; err is other trouble.
func (s *Store) Verify(ctx context.Context, head string, progress func(done, total int)) (Report, error) {
	t, err := s.reader.BeginTx(ctx, s.d.snapshot())
	if err != nil {
		return Report{}, fmt.Errorf("verifying: %w", s.explain(ctx, "reading", err))
	}
	defer t.Rollback()
	v := &verifier{handle: handle{t, s.d}, pack: s.pack, want: head, progress: progress}
	err = v.all(ctx)
	var f *fault
	switch {
	case errors.As(err, &f):
		v.report.Fault = f.text
		return v.report, nil
	case err != nil:
		return v.report, fmt.Errorf("verifying: %w", s.explain(ctx, "reading", err))
	}
	return v.report, nil
}

type verifier struct {
	handle
	pack     *packer
	want     string
	progress func(done, total int)
	report   Report
	names    int // of articles that articles say they take the place of
}

func (v *verifier) all(ctx context.Context) error {
	for _, step := range []func(context.Context) error{v.log, v.articles, v.replaces, v.gone, v.searchable, v.identities, v.memberships, v.links, v.passages, v.subjects} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// log checks the chain.
func (v *verifier) log(ctx context.Context) error {
	met := v.want == ""
	for {
		page, err := v.judgements(ctx, record.JudgementQuery{After: v.report.Seq}, chunk)
		if err != nil {
			return err
		}
		for _, j := range page {
			want, err := HashOf(j)
			switch {
			case err != nil:
				return err
			case j.Seq != v.report.Seq+1:
				return faulty("judgement %d is missing from the log", v.report.Seq+1)
			case j.Prev != v.report.Head:
				return faulty("judgement %d does not follow on the one before it: prev is %q, not %q", j.Seq, j.Prev, v.report.Head)
			case j.Hash != want:
				return faulty("judgement %d (%s %s by %s) was changed: its hash is %s, not %s", j.Seq, j.Verb, j.Subject, j.Who, want, j.Hash)
			}
			met = met || j.Hash == v.want
			v.report.Seq, v.report.Head = j.Seq, j.Hash
			v.report.Judgements++
		}
		if len(page) < chunk {
			break
		}
	}
	if !met {
		return faulty("the log, %d decisions up to %s, does not hold the head %s: it was cut or made anew", v.report.Seq, v.report.Head, v.want)
	}
	return nil
}

// articles checks every article, in pages, so that memory does not grow with the archive.
func (v *verifier) articles(ctx context.Context) error {
	var total int
	if err := v.row(ctx, "SELECT count(*) FROM articles").Scan(&total); err != nil {
		return err
	}
	for after := int64(-1); ; {
		rows, err := v.articlePage(ctx, after)
		if err != nil {
			return err
		}
		for i := range rows {
			a := &rows[i]
			if strings.Contains(a.body, `"replaces"`) {
				if art, err := articleOf(a.body); err == nil { // article tells what is wrong with it
					v.names += len(art.Replaces)
				}
			}
			if err := v.article(ctx, a); err != nil {
				return err
			}
			v.report.Articles++
			after = a.n
			if v.progress != nil {
				v.progress(v.report.Articles, total)
			}
		}
		if len(rows) < chunk {
			return nil
		}
	}
}

// articleRow is a row of articles.
type articleRow struct {
	n, known, arrived                                                                 int64
	id, title, publisher, url, guid, textHash, rawHash, body, state, reason, replaced string
	at                                                                                sql.NullInt64
	reading                                                                           int
	undated                                                                           bool
}

func (v *verifier) articlePage(ctx context.Context, after int64) (out []articleRow, err error) {
	err = v.each(ctx, func(rows *sql.Rows) error {
		var a articleRow
		var by sql.NullString
		err := rows.Scan(&a.n, &a.id, &a.known, &a.title, &a.publisher, &a.url, &a.guid, &a.textHash, &a.rawHash, &a.body, &a.state, &a.reason, &a.at, &by, &a.reading, &a.arrived, &a.undated)
		a.replaced = by.String
		out = append(out, a)
		return err
	}, "SELECT "+articleColumns+" FROM articles WHERE n > ? ORDER BY n LIMIT ?", after, chunk)
	return out, err
}

func (v *verifier) article(ctx context.Context, a *articleRow) error {
	l, err := v.life(ctx, a.id)
	if err != nil {
		return err
	}
	if err := l.agrees(a); err != nil {
		return err
	}
	if a.state == record.Erased {
		v.report.Erased++
		return v.erased(ctx, a)
	}
	art, err := described(a, l.article)
	if err != nil {
		return err
	}
	text, err := v.blob(ctx, a.id, "text", a.textHash)
	if err != nil {
		return err
	}
	if a.rawHash != a.textHash {
		if _, err := v.blob(ctx, a.id, "raw bytes", a.rawHash); err != nil {
			return err
		}
	}
	art.Text = string(text)
	if err := v.meanings(ctx, a, utf8.RuneCount(text)); err != nil {
		return err
	}
	return v.readings(ctx, a, art, l)
}

// described checks what an article says of itself: the columns against the body, the body against the log.
func described(a *articleRow, hash string) (record.Article, error) {
	if record.TextHash(a.body) != hash {
		return record.Article{}, faulty("article %s: what it says of itself was changed: its hash is %s, the log says %s", a.id, record.TextHash(a.body), hash)
	}
	art, err := articleOf(a.body)
	if err != nil {
		return art, faulty("article %s: %v", a.id, err)
	}
	for _, c := range []struct{ name, column, body string }{
		{"id", a.id, art.ID}, {"title", a.title, clean(art.Title)}, {"publisher", a.publisher, clean(art.Publisher)}, {"url", a.url, clean(art.URL)},
		{"guid", a.guid, clean(art.GUID)}, {"text_hash", a.textHash, art.TextHash}, {"raw_hash", a.rawHash, art.RawHash},
		{"known", instant(a.known).String(), art.Known.String()}, {"undated", fmt.Sprint(a.undated), fmt.Sprint(undated(&art))},
	} {
		if c.column != c.body {
			return art, faulty("article %s: the column %s holds %q, the article says %q", a.id, c.name, c.column, c.body)
		}
	}
	return art, nil
}

// blob checks that bytes are there and are what their hash says.
func (v *verifier) blob(ctx context.Context, id, what, hash string) ([]byte, error) {
	var packed []byte
	var size int
	err := v.row(ctx, "SELECT data, size FROM blobs WHERE hash = ?", hash).Scan(&packed, &size)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, faulty("article %s: its %s, blob %s, are gone", id, what, hash)
	}
	if err != nil {
		return nil, err
	}
	data, err := v.pack.unpack(packed)
	if err != nil {
		return nil, faulty("article %s: its %s, blob %s, cannot be unpacked: %v", id, what, hash, err)
	}
	if got := record.TextHash(data); got != hash || len(data) != size {
		return nil, faulty("article %s: its %s, blob %s, were changed: %d bytes of hash %s, not %d", id, what, hash, len(data), got, size)
	}
	return data, nil
}

// erased checks that nothing is left of an erased article's words.
func (v *verifier) erased(ctx context.Context, a *articleRow) error {
	var left int
	err := v.row(ctx, "SELECT (SELECT count(*) FROM readings WHERE article = ? AND length(record) > 0) + (SELECT count(*) FROM entries WHERE article = ? AND length(item) > 0)",
		a.n, a.n).Scan(&left)
	if err == nil && left > 0 {
		return faulty("article %s: it was erased, but %d of its readings and entries still hold words", a.id, left)
	}
	return err
}

// gone looks for articles that the log knows and the archive has not, and for bytes that belong to none.
func (v *verifier) gone(ctx context.Context) error {
	for _, q := range []struct{ sql, fault string }{
		{"SELECT subject FROM judgements j WHERE verb = 'ingest' AND NOT EXISTS (SELECT 1 FROM articles a WHERE a.id = j.subject) ORDER BY seq LIMIT 1",
			"article %s: it was taken in, says the log, but it is gone"},
		{"SELECT hash FROM blobs b WHERE NOT EXISTS (SELECT 1 FROM articles a WHERE a.text_hash = b.hash) AND NOT EXISTS (SELECT 1 FROM articles a WHERE a.raw_hash = b.hash) LIMIT 1",
			"blob %s belongs to no article"},
		{"SELECT CAST(m.article AS TEXT) FROM meanings m WHERE NOT EXISTS (SELECT 1 FROM articles a WHERE a.n = m.article AND a.state <> 'erased') LIMIT 1",
			"row %s of meanings is of an article that is not there or was erased"},
		{"SELECT e.id FROM entries e WHERE NOT EXISTS (SELECT 1 FROM articles a WHERE a.n = e.article) LIMIT 1", "entry %s belongs to no article"},
	} {
		if err := v.none(ctx, q.fault, q.sql); err != nil {
			return err
		}
	}
	return nil
}

// searchable checks that a search can find what is there, and cannot find what was erased. Which words lead to an entry is
// not checked: the index keeps no text to check it by.
func (v *verifier) searchable(ctx context.Context) error {
	for _, q := range []struct{ words, rows, fault string }{
		{"entries_words", "SELECT e.id, e.n FROM entries e JOIN articles a ON a.n = e.article WHERE a.state <> 'erased'", "entry %s"},
		{"articles_words", "SELECT id, n FROM articles WHERE state <> 'erased'", "article %s"},
	} {
		number := v.d.number()
		if err := v.none(ctx, q.fault+": a search cannot find it", "SELECT r.id FROM ("+q.rows+") r WHERE NOT EXISTS (SELECT 1 FROM "+q.words+" w WHERE "+number+
			" = r.n) LIMIT 1"); err != nil {
			return err
		}
		if err := v.none(ctx, q.words+": a search finds row %s, which is not there or was erased", "SELECT CAST("+number+" AS TEXT) FROM "+q.words+
			" w WHERE NOT EXISTS (SELECT 1 FROM ("+q.rows+") r WHERE r.n = "+number+") LIMIT 1"); err != nil {
			return err
		}
	}
	return nil
}

// none makes a fault of the first row of a query, which gives one text.
func (v *verifier) none(ctx context.Context, format, query string) error {
	var what string
	err := v.row(ctx, query).Scan(&what)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	return faulty(format, what)
}

// life is what the log says of an article: its hashes, its readings and how its state came about.
type life struct {
	raw, text, article     string // hashes
	readings               []string
	state, reason, replace string
	at                     int64
	came                   []int64 // when it, and each reading, did
	taken                  bool
}

// life replays the log of one article.
func (v *verifier) life(ctx context.Context, id string) (*life, error) {
	l := &life{}
	for after := int64(0); ; {
		page, err := v.judgements(ctx, record.JudgementQuery{Subject: record.ID(id), After: after}, chunk)
		if err != nil {
			return nil, err
		}
		for _, j := range page {
			after = j.Seq
			if string(j.Subject) == id {
				l.live(j)
			}
		}
		if len(page) < chunk {
			return l, nil
		}
	}
}

func (l *life) live(j record.Judgement) {
	said := map[string]string{}
	for field := range strings.FieldsSeq(j.Value) {
		if key, value, ok := strings.Cut(field, "="); ok {
			said[key] = value
		}
	}
	move := func(state, reason string) { l.state, l.reason, l.at = state, reason, micros(j.At) }
	switch j.Verb {
	case "ingest":
		l.taken, l.state = true, record.Current
		l.raw, l.text, l.article, l.readings = said["raw"], said["text"], said["article"], []string{said["record"]}
		l.came = []int64{micros(j.At)}
	case "read":
		l.readings, l.came = append(l.readings, said["record"]), append(l.came, micros(j.At))
	case "supersede":
		l.replace = string(j.Object)
		if l.state == record.Current || l.state == record.Superseded {
			move(record.Superseded, j.Why)
		}
	case "withdraw", "restore", "erase":
		if next, ok := afterDecision(l.state, j.Verb, l.replace != ""); ok {
			reason := j.Why
			if j.Verb == "restore" {
				reason = ""
			}
			move(next, reason)
		}
	}
}

// agrees holds an article's row against the log.
func (l *life) agrees(a *articleRow) error {
	if !l.taken {
		return faulty("article %s: the log does not say that it was taken in", a.id)
	}
	for _, c := range []struct {
		name     string
		row, log any
	}{
		{"text hash", a.textHash, l.text}, {"raw hash", a.rawHash, l.raw}, {"state", a.state, l.state}, {"reason of its state", a.reason, l.reason},
		{"time of its state", a.at.Int64, l.at}, {"time of arrival", a.arrived, l.came[0]}, {"later version", a.replaced, l.replace}, {"number of readings", a.reading, len(l.readings)},
	} {
		if c.row != c.log {
			return faulty("article %s: its %s is %v, the log says %v", a.id, c.name, c.row, c.log)
		}
	}
	return nil
}
