package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"parley/internal/store"
)

// verifyCommand is parley verify.
type verifyCommand struct {
	archiveArg
	Head   string `placeholder:"HASH" help:"The head of the log as an earlier run printed it: the log must still lead through it."`
	Format string `enum:"text,json" default:"text" short:"f" help:"text or json."`
}

// Help is shown by parley verify --help.
func (*verifyCommand) Help() string {
	return `Checks the whole archive, offline: every hash of bytes, texts and records, every span and its words, and the chain of
decisions. It names the first fault it finds, and exits with 1.

Examples:
  parley verify crisis.parley
  parley verify crisis.parley --head 9f2c…   # the head that was written down last month`
}

// Run checks the archive.
func (c *verifyCommand) Run(ctx context.Context, std streams) error {
	if hash, err := hex.DecodeString(c.Head); err != nil || c.Head != "" && len(hash) != sha256.Size {
		return usage("--head wants the hash that an earlier run printed, %d digits 0 to 9 and a to f", 2*sha256.Size)
	}
	in, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer in.Close()
	bar := newCounter(std.err, "articles checked")
	report, err := in.Verify(ctx, c.Head, func(done, _ int) { bar.set(done) })
	bar.end()
	if err != nil {
		return err
	}
	if c.Format == "json" {
		err = printJSON(std.out, report)
	} else {
		err = printReport(std, report)
	}
	if err == nil && report.Fault != "" {
		return coded{fmt.Errorf("the archive is not sound: %s", report.Fault), exitFailed}
	}
	return err
}

func printReport(std streams, r store.Report) error {
	_, err := fmt.Fprintf(std.out, "%d articles, %d readings, %d entries, %d decisions checked\nhead of the log: %d %s\n",
		r.Articles, r.Readings, r.Entries, r.Judgements, r.Seq, r.Head)
	return err
}
