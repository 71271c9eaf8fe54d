package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"parley/internal/reconcile"
	"parley/internal/record"
	"parley/internal/view"
)

// traceCommand is parley trace.
type traceCommand struct {
	archiveArg
	ID     string `arg:"" help:"An entry: s-…, e-…, c-…, k-…, f-…, a-…"`
	Format string `enum:"text,json" default:"text" short:"f" help:"text or json."`
}

// Help is shown by parley trace --help.
func (*traceCommand) Help() string {
	return `Shows where an entry comes from, link by link: who said it, through whom, the article, the report it copies, the exact
words, what read them, the bytes they came in, and every decision about it.

Example:
  parley trace crisis.parley s-1f8gk20mzq4a`
}

// Run prints the trace.
func (c *traceCommand) Run(ctx context.Context, std streams) error {
	in, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer in.Close()
	t, err := trace(ctx, in, record.ID(c.ID))
	if err != nil {
		return err
	}
	if c.Format == "json" {
		return printJSON(std.out, t)
	}
	return view.TraceText(std.out, t, textOptions(std.out))
}

// around is how many characters of the text are shown on either side of an entry's words.
const around = 160

func trace(ctx context.Context, in record.Reader, id record.ID) (view.Trace, error) {
	t := view.Trace{}
	var err error
	if t.Entry, err = in.Entry(ctx, id); err != nil {
		return t, err
	}
	if t.Article, err = in.Article(ctx, t.Entry.Article); err != nil {
		return t, err
	}
	rec, err := in.Record(ctx, t.Entry.Article)
	if err != nil {
		return t, err
	}
	t.Model, t.Rules, t.Chain = rec.Model, rec.Rules, view.Chain(rec, id)
	text := []rune(t.Article.Text)
	s := t.Entry.Span
	t.Before, t.Words, t.After = string(text[max(0, s[0]-around):s[0]]), string(text[s[0]:s[1]]), string(text[s[1]:min(len(text), s[1]+around)])
	var why struct {
		Why string `json:"why"`
	}
	if err := json.Unmarshal(t.Entry.Item, &why); err != nil {
		return t, fmt.Errorf("reading %s: %w", id, err)
	}
	t.Why = why.Why
	if t.Links, _, err = in.Links(ctx, record.LinkQuery{Entry: id}); err != nil {
		return t, err
	}
	if err := origins(ctx, in, &t); err != nil {
		return t, err
	}
	t.Article.Text = "" // its words are shown, not all of it
	return t, decisions(ctx, in, &t)
}

// origins finds the reports behind the entry and those that say the same.
func origins(ctx context.Context, in record.Reader, t *view.Trace) error {
	entries := []record.Entry{t.Entry}
	for _, l := range t.Links {
		if l.Kind != record.SameClaim && l.Kind != record.Corroboration {
			continue
		}
		other := l.A
		if other == t.Entry.ID {
			other = l.B
		}
		e, err := in.Entry(ctx, other)
		if err != nil {
			return err
		}
		entries = append(entries, e)
	}
	articles := map[record.ID]bool{}
	for _, e := range entries {
		passages, err := in.Passages(ctx, e.Article)
		if err != nil {
			return err
		}
		if p, ok := reconcile.OriginAt(passages, e.Span); ok && !articles[e.Article] {
			t.Origins = append(t.Origins, p)
		}
		articles[e.Article] = true
	}
	t.Articles = len(articles)
	for _, p := range reconcile.Independent(t.Origins) {
		t.Reporters = append(t.Reporters, p.Label)
	}
	return nil
}

// decisions are all rows of the log about the entry, its links and its article.
func decisions(ctx context.Context, in record.Reader, t *view.Trace) error {
	subjects := []record.ID{t.Entry.Article, t.Entry.ID}
	for _, l := range t.Links {
		subjects = append(subjects, l.ID)
	}
	for _, id := range subjects {
		for j, err := range in.Judgements(ctx, record.JudgementQuery{Subject: id}) {
			if err != nil {
				return err
			}
			t.Decisions = append(t.Decisions, j)
		}
	}
	slices.SortFunc(t.Decisions, func(a, b record.Judgement) int { return int(a.Seq - b.Seq) })
	t.Decisions = slices.CompactFunc(t.Decisions, func(a, b record.Judgement) bool { return a.Seq == b.Seq })
	return nil
}
