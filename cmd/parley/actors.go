package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"parley/internal/record"
	"parley/internal/view"
)

// actorsCommand is parley actors.
type actorsCommand struct {
	List  actorsListCommand `cmd:"" default:"withargs" help:"List actors across articles."`
	Merge mergeCommand      `cmd:"" help:"Decide that two identities are one."`
	Split splitCommand      `cmd:"" help:"Decide that an actor or identity is not the other."`
}

// actorsListCommand is parley actors ARCHIVE.
type actorsListCommand struct {
	archiveArg
	Name   []string `arg:"" optional:"" help:"Words of the name."`
	Limit  int      `default:"50" help:"This many at most, those of most articles first."`
	Format string   `enum:"text,json" default:"text" short:"f" help:"text or json."`
}

// Help is shown by parley actors --help.
func (*actorsListCommand) Help() string {
	return `Examples:
  parley actors crisis.parley lukashenko
  parley show crisis.parley i-70zzm2k4v8wd        # every article's actor behind it, and why
  parley actors merge crisis.parley i-70zzm2k4v8wd i-2bq91c5f0t6h --why "two spellings"`
}

// Run lists identities.
func (c *actorsListCommand) Run(ctx context.Context, std streams) error {
	if c.Limit < 1 {
		return usage("--limit wants a whole number from 1 on")
	}
	in, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer in.Close()
	found, err := in.Identities(ctx, strings.Join(c.Name, " "), c.Limit)
	if err != nil {
		return err
	}
	if c.Format == "json" {
		return printJSON(std.out, found)
	}
	if len(found) == 0 {
		fmt.Fprintln(std.err, "parley: nobody found")
	}
	return view.Identities(std.out, found, textOptions(std.out))
}

// pairCommand decides something about two identities, and reconciles the archive by it.
type pairCommand struct {
	archiveArg
	First  string `arg:"" help:"An identity (i-…); for split also an actor of one article (a-…)."`
	Second string `arg:"" help:"The other identity (i-…)."`
	Why    string `required:"" help:"Why. It is kept with the decision, for ever."`
	Who    string `help:"Who decides; without it PARLEY_USER or the name of the account."`
}

type (
	mergeCommand struct{ pairCommand }
	splitCommand struct{ pairCommand }
)

// Help is shown by parley actors merge --help.
func (*mergeCommand) Help() string {
	return `Examples:
  parley actors crisis.parley lukashenko        # shows the ids
  parley actors merge crisis.parley i-70zzm2k4v8wd i-2bq91c5f0t6h --why "two spellings of one name"`
}

// Help is shown by parley actors split --help.
func (*splitCommand) Help() string {
	return `Examples:
  parley show crisis.parley i-70zzm2k4v8wd      # each article's actor behind it, and why
  parley actors split crisis.parley a-5d0c8m2x7k1q i-70zzm2k4v8wd --why "his namesake, a mayor"`
}

// Run merges.
func (c *mergeCommand) Run(ctx context.Context, std streams) error {
	return c.decide(ctx, std, "merge")
}

// Run splits.
func (c *splitCommand) Run(ctx context.Context, std streams) error {
	return c.decide(ctx, std, "split")
}

func (c *pairCommand) decide(ctx context.Context, std streams, verb string) error {
	who, err := decider(c.Who)
	if err != nil {
		return err
	}
	in, err := c.change(ctx)
	if err != nil {
		return err
	}
	defer in.Close()
	j, err := in.Judge(ctx, record.Judgement{Who: who, Verb: verb, Subject: record.ID(c.First), Object: record.ID(c.Second), Why: c.Why})
	if err != nil {
		return err
	}
	fmt.Fprintf(std.out, "decision %d: %s\n", j.Seq, j.Hash)
	return reconcileArchive(ctx, in, time.Time{}, std.err)
}
