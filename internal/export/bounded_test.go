package export_test

import (
	"context"
	"fmt"
	"iter"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"parley/internal/export"
	"parley/internal/record"
)

// endless is a Source that makes entries while it is asked, so that a test sees only the memory of the export. Every
// tenth entry is of another article.
type endless struct {
	entries int
	words   string
	each    func() // called once a page
}

func (e *endless) Record(_ context.Context, id record.ID) (*record.Record, error) {
	return &record.Record{
		Document: record.Document{ID: string(id), Text: strings.Repeat(e.words, 10), Published: "2031-05-02"},
		Actors:   []record.Actor{{ID: "a-1", Name: "Mira Olden", Kind: "person"}},
	}, nil
}

func (e *endless) Entry(context.Context, record.ID) (record.Entry, error) {
	return record.Entry{}, record.ErrNotFound
}

func (e *endless) Entries(_ context.Context, q record.Query) (record.Page, error) {
	e.each()
	from, _ := strconv.Atoi(q.Cursor)
	var page record.Page
	for i := from; i < min(from+q.Limit, e.entries); i++ {
		page.Entries = append(page.Entries, record.Entry{
			ID: record.ID(fmt.Sprint("s-", i)), Kind: "statement", Article: record.ID(fmt.Sprint("d-", i/10)), Known: time.Unix(int64(i), 0),
			Text: fmt.Sprint(i, e.words), Item: []byte(`{"source":["a-1"],"act":"say"}`),
		})
	}
	if next := from + q.Limit; next < e.entries {
		page.Next = strconv.Itoa(next)
	}
	return page, nil
}

func (e *endless) IdentityOf(context.Context, []record.ID) (map[record.ID]record.ID, error) {
	return nil, nil
}

func (e *endless) Links(context.Context, record.LinkQuery) ([]record.Link, string, error) {
	return nil, "", nil
}

func (e *endless) Judgements(context.Context, record.JudgementQuery) iter.Seq2[record.Judgement, error] {
	return func(func(record.Judgement, error) bool) {}
}

// TestBounded holds that an export of 100 MB of words needs a part of that in memory, in every format that streams.
func TestBounded(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 100 MB a format")
	}
	const most = 64 << 20 // a row group of Parquet, several times over in its encoder
	for _, format := range []string{"csv", "jsonl", "parquet", "annotation", "schemaorg", "brief"} {
		var peak uint64
		pages := 0
		src := &endless{entries: 50_000, words: strings.Repeat(" words", 340), each: func() {
			if pages++; pages%10 != 0 {
				return
			}
			runtime.GC()
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			peak = max(peak, m.HeapAlloc)
		}}
		var sink counter
		if err := export.Write(t.Context(), &sink, src, options(format, "statement")); err != nil {
			t.Fatal(err)
		}
		if peak > most {
			t.Errorf("%s: %d MB held at the peak, want at most %d", format, peak>>20, most>>20)
		}
		t.Logf("%s: %d MB written, %d MB held at the peak", format, sink.n>>20, peak>>20)
	}
}
