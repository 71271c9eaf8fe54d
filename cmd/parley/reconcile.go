package main

import (
	"context"
	"io"
	"time"

	"parley/internal/ingest"
	"parley/internal/store"
)

// reconcileCommand is parley reconcile.
type reconcileCommand struct {
	archiveArg
	Since instant `placeholder:"TIME" help:"Compare only articles known from then on with those before them; without it, all."`
}

// Help is shown by parley reconcile --help.
func (*reconcileCommand) Help() string {
	return `Compares the articles of an archive: who is the same, which reports are copies, what says the same, what cannot both be
so, what bears on a promise. parley ingest does it for new articles; this does it again for all, for instance after
decisions about actors. Decisions are kept.

Example:
  parley reconcile crisis.parley`
}

// Run compares.
func (c *reconcileCommand) Run(ctx context.Context, std streams) error {
	in, err := c.change(ctx)
	if err != nil {
		return err
	}
	defer in.Close()
	return reconcileArchive(ctx, in, c.Since.time(), std.err)
}

func reconcileArchive(ctx context.Context, in *store.Store, since time.Time, log io.Writer) error {
	bar := newCounter(log, "articles compared")
	defer bar.end()
	return ingest.Reconcile(ctx, in, ingest.Comparison{Since: since, Done: bar.set})
}
