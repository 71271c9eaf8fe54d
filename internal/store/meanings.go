package store

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"

	"parley/internal/record"
)

// What bounds the meanings of one article: numbers in each, and sentences. No model and no article has nearly as many.
const (
	maxDimensions = 4096
	maxSentences  = 1 << 20
)

// meaningColumns are those of the table.
const meaningColumns = "article, reading, model, sentences, check_sum"

// meaningRow makes the row of an article's meanings; the packed part is made beforehand (packMeanings).
func meaningRow(article int64, number int, model string, packed []byte) ([]any, error) {
	sum, err := checkSum(number, model, packed)
	return []any{article, number, model, packed, sum}, err
}

// packMeanings makes one blob of the meanings of an article: how many dimensions and sentences, where each sentence begins
// after the one before and how long it is, then all vectors; numbers are unsigned varints, the whole is zstd. None is nil.
func (p *packer) packMeanings(list []record.Meaning, runes int) ([]byte, error) {
	if len(list) == 0 {
		return nil, nil
	}
	if len(list) > maxSentences {
		return nil, fmt.Errorf("meanings of %d sentences are more than an article has: %w", len(list), ErrInvalid)
	}
	dims := len(list[0].Vector)
	plain := binary.AppendUvarint(nil, uint64(dims))
	plain = binary.AppendUvarint(plain, uint64(len(list)))
	at := 0
	for i := range list {
		m := &list[i]
		if m.Span[0] < at || m.Span[1] <= m.Span[0] || m.Span[1] > runes || len(m.Vector) != dims || dims == 0 || dims > maxDimensions {
			return nil, fmt.Errorf("meaning %d lies outside its text, not behind the one before, or is no vector of %d numbers: %w", i+1, dims, ErrInvalid)
		}
		plain = binary.AppendUvarint(plain, uint64(m.Span[0]-at))
		plain = binary.AppendUvarint(plain, uint64(m.Span[1]-m.Span[0]))
		at = m.Span[1]
	}
	for i := range list {
		for _, v := range list[i].Vector {
			plain = append(plain, byte(v))
		}
	}
	return p.pack(plain), nil
}

// errMeanings says that packed meanings are none.
var errMeanings = errors.New("unpacking: these are no meanings of sentences")

// unpackMeanings gives back what packMeanings took; the vectors lie in one piece of memory.
func (p *packer) unpackMeanings(packed []byte) ([]record.Meaning, error) {
	plain, err := p.unpack(packed)
	if err != nil {
		return nil, err
	}
	sound := true
	next := func() int {
		n, size := binary.Uvarint(plain)
		if size <= 0 || n > maxBlob {
			sound = false
			return 0
		}
		plain = plain[size:]
		return int(n)
	}
	dims, count := next(), next()
	if !sound || dims == 0 || dims > maxDimensions || count > maxSentences || count > len(plain)/dims {
		return nil, errMeanings
	}
	out := make([]record.Meaning, count)
	at := 0
	for i := range out {
		start := at + next()
		at = start + next()
		out[i].Span = record.Span{start, at}
	}
	if !sound || len(plain) != dims*count {
		return nil, errMeanings
	}
	all := make([]int8, len(plain))
	for i, b := range plain {
		all[i] = int8(b)
	}
	for i := range out {
		out[i].Vector = all[i*dims : (i+1)*dims : (i+1)*dims]
	}
	return out, nil
}

// mean keeps the meanings of a reading of an article in place of those of the one before.
func (in *intake) mean(ctx context.Context, article int64, number int, model string, packed []byte) error {
	if err := in.t.exec(ctx, "DELETE FROM meanings WHERE article = ?", article); err != nil {
		return err
	}
	return in.addMeanings(article, number, model, packed)
}

func (in *intake) addMeanings(article int64, number int, model string, packed []byte) error {
	if packed == nil {
		return nil
	}
	row, err := meaningRow(article, number, model, packed)
	if err == nil {
		in.add("meanings", row...)
	}
	return err
}

// Meanings are those of the newest readings of articles, 500 at most; of none: of all, newest article first. No connection
// is held while the caller works on one.
func (s *Store) Meanings(ctx context.Context, of []record.ID) iter.Seq2[record.Meant, error] {
	const page = 200
	return func(yield func(record.Meant, error) bool) {
		if len(of) > chunk {
			yield(record.Meant{}, fmt.Errorf("%d articles are too many for one question: %w", len(of), ErrInvalid))
			return
		}
		for before := int64(-1); ; {
			got, last, err := s.meant(ctx, of, before, page)
			if err != nil {
				yield(record.Meant{}, fmt.Errorf("meanings of sentences: %w", s.explain(ctx, "reading", err)))
				return
			}
			for _, m := range got {
				if !yield(m, nil) {
					return
				}
			}
			if len(got) < page {
				return
			}
			before = last
		}
	}
}

// meant is a page of articles with their meanings, those numbered below before; -1: from the newest on.
func (s *Store) meant(ctx context.Context, of []record.ID, before int64, size int) (out []record.Meant, last int64, err error) {
	w := where{}
	w.and("a.state <> 'erased'")
	if len(of) > 0 {
		w.and("a.id IN ("+marks(len(of))+")", anys(of)...)
	}
	if before >= 0 {
		w.and("a.n < ?", before)
	}
	err = s.read().each(ctx, func(rows *sql.Rows) error {
		var m record.Meant
		var known int64
		var model sql.NullString
		var packed []byte
		if err := rows.Scan(&last, &m.Article, &known, &m.Publisher, &m.State, &model, &packed); err != nil {
			return err
		}
		m.Known = instant(known)
		if m.Model = model.String; len(packed) > 0 {
			if m.Sentences, err = s.pack.unpackMeanings(packed); err != nil {
				return fmt.Errorf("of article %s: %w: %w", m.Article, err, ErrDamaged)
			}
		}
		out = append(out, m)
		return nil
	}, "SELECT a.n, a.id, a.known, a.publisher, a.state, m.model, m.sentences FROM articles a LEFT JOIN meanings m ON m.article = a.n"+w.sql()+
		" ORDER BY a.n DESC LIMIT ?", append(w.args, size)...)
	return out, last, err
}

// meanings checks what the sentences of an article mean against its readings and its text.
func (v *verifier) meanings(ctx context.Context, a *articleRow, runes int) error {
	return v.each(ctx, func(rows *sql.Rows) error {
		v.report.Meanings++
		var number int
		var model, by string
		var packed []byte
		var sum int64
		if err := rows.Scan(&number, &model, &packed, &sum, &by); err != nil {
			return err
		}
		if number != a.reading || model != by {
			return faulty("article %s: the meanings of its sentences are of reading %d by model %q, its newest reading is %d by %q", a.id, number, model, a.reading, by)
		}
		if err := sums("what the sentences of article "+a.id+" mean", sum, number, model, packed); err != nil {
			return err
		}
		list, err := v.pack.unpackMeanings(packed)
		if err != nil {
			return faulty("article %s: the meanings of its sentences: %v", a.id, err)
		}
		if len(list) == 0 || list[len(list)-1].Span[1] > runes {
			return faulty("article %s: the meanings of its sentences reach beyond its text", a.id)
		}
		return nil
	}, `SELECT m.reading, m.model, m.sentences, m.check_sum, COALESCE(r.model, '') FROM meanings m
		LEFT JOIN readings r ON r.article = m.article AND r.number = m.reading WHERE m.article = ?`, a.n)
}
