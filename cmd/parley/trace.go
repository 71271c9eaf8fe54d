package main

import (
	"context"

	"parley/internal/desk"
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
	switch kind := record.KindOf(record.ID(c.ID)); kind {
	case "":
		return usage("%q is no id of an entry; lists and pages show ids, such as s-1f8gk20mzq4a", c.ID)
	case "article", "identity", "link", "origin":
		return usage("%s is the id of an %s: only entries have a trace; parley show shows it", c.ID, kind)
	}
	in, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer in.Close()
	t, err := desk.New(in).Trace(ctx, record.ID(c.ID))
	if err != nil {
		return err
	}
	if c.Format == "json" {
		return printJSON(std.out, t)
	}
	return view.TraceText(std.out, t, textOptions(std.out))
}
