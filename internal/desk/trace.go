package desk

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/internal/reconcile"
	"parley/internal/record"
	"parley/internal/view"
)

// surroundings is how many characters of the text are shown on either side of an entry's words.
const surroundings = 160

// Trace follows an entry back, link by link, to the exact words, the bytes they came in and every decision about it.
func (d *Desk) Trace(ctx context.Context, id record.ID) (view.Trace, error) {
	t := view.Trace{}
	var err error
	if t.Entry, err = d.in.Entry(ctx, id); err != nil {
		return t, fmt.Errorf("tracing: %w", err)
	}
	if t.Article, err = d.in.Article(ctx, t.Entry.Article); err != nil {
		return t, fmt.Errorf("tracing %s: %w", id, err)
	}
	rec, err := d.in.Record(ctx, t.Entry.Article)
	if err != nil {
		return t, fmt.Errorf("tracing %s: %w", id, err)
	}
	t.Model, t.Rules = rec.Model, rec.Rules
	t.Before, t.Words, t.After = quoted(t.Article.Text, t.Entry.Span, surroundings)
	t.Article.Text = "" // its words are shown, not all of it
	if t.Why, err = reason(&t.Entry); err != nil {
		return t, err
	}
	shown, err := d.Shown(ctx, []record.Entry{t.Entry})
	if err != nil {
		return t, err
	}
	t.Chain = shown[0].Chain
	if t.Links, _, err = d.in.Links(ctx, record.LinkQuery{Entry: id}); err != nil {
		return t, fmt.Errorf("tracing %s: %w", id, err)
	}
	if t.Origins, t.Articles, err = d.origins(ctx, t.Entry, t.Links); err != nil {
		return t, err
	}
	for _, p := range reconcile.Independent(t.Origins) {
		t.Reporters = append(t.Reporters, p.Label)
	}
	t.Decisions, err = d.about(ctx, t.Entry, t.Links)
	return t, err
}

// quoted cuts the words of a span out of a text, with what stands before and after them, cut between words. A span that is
// not of the text holds nothing.
func quoted(text string, span record.Span, around int) (before, words, after string) {
	runes := []rune(text)
	if span[0] < 0 || span[1] < span[0] || span[1] > len(runes) {
		return "", "", ""
	}
	from, to := max(0, span[0]-around), min(len(runes), span[1]+around)
	before, after = string(runes[from:span[0]]), string(runes[span[1]:to])
	if at := strings.IndexFunc(before, unicode.IsSpace); from > 0 && at > 0 {
		before = before[at:]
	}
	if at := strings.LastIndexFunc(after, unicode.IsSpace); to < len(runes) && at >= 0 {
		_, size := utf8.DecodeRuneInString(after[at:])
		after = after[:at+size]
	}
	return before, string(runes[span[0]:span[1]]), after
}

// reason is why the reader made an entry.
func reason(e *record.Entry) (string, error) {
	var item struct {
		Why string `json:"why"`
	}
	if err := json.Unmarshal(e.Item, &item); err != nil {
		return "", fmt.Errorf("reading %s: %w", e.ID, err)
	}
	return item.Why, nil
}

// about are all rows of the log about an entry, its links and its article.
func (d *Desk) about(ctx context.Context, e record.Entry, links []record.Link) ([]record.Judgement, error) {
	subjects := []record.ID{e.Article, e.ID}
	for _, l := range links {
		subjects = append(subjects, l.ID)
	}
	var out []record.Judgement
	for _, id := range subjects {
		for j, err := range d.in.Judgements(ctx, record.JudgementQuery{Subject: id}) {
			if err != nil {
				return nil, fmt.Errorf("reading the decisions about %s: %w", id, err)
			}
			out = append(out, j)
		}
	}
	slices.SortFunc(out, func(a, b record.Judgement) int { return cmp.Compare(a.Seq, b.Seq) })
	return slices.CompactFunc(out, func(a, b record.Judgement) bool { return a.Seq == b.Seq }), nil
}
