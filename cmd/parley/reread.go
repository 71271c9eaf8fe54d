package main

import (
	"context"
	"fmt"
	"time"

	"parley/internal/ingest"
	"parley/internal/record"
)

// rereadCommand is parley reread.
type rereadCommand struct {
	archiveArg
	readingFlags
}

// Help is shown by parley reread --help.
func (*rereadCommand) Help() string {
	return `Reads again every article whose record was made by another model or other rules, from the text that was kept. Entries that
are found again keep their ids and what was decided about them; others are marked as no longer found, never deleted.
It can be cut off and run again.

Example:
  parley reread crisis.parley`
}

// Run reads the articles again and compares them anew.
func (c *rereadCommand) Run(ctx context.Context, std streams) error {
	pipe, workers, err := c.pipeline()
	if err != nil {
		return err
	}
	in, err := c.change(ctx)
	if err != nil {
		return err
	}
	defer in.Close()
	bar := newCounter(std.err, "articles looked at")
	seen, anew := 0, 0
	err = pipe.Reread(ctx, record.ArticleQuery{}, in, ingest.Options{Workers: workers, Done: func(o ingest.Outcome) {
		seen++
		if o.What == ingest.Replaced {
			anew++
		}
		bar.set(seen)
	}})
	bar.end()
	if err != nil {
		return err
	}
	fmt.Fprintf(std.out, "%d of %d articles read anew\n", anew, seen)
	if anew == 0 {
		return nil
	}
	return reconcileArchive(ctx, in, time.Time{}, std.err)
}
