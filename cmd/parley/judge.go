package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"parley/internal/record"
)

// judgeCommand is parley judge.
type judgeCommand struct {
	archiveArg
	ID       string   `arg:"" help:"What is judged: an entry (s-…, c-…), a link (l-…), an article (d-…) or an identity (i-…)."`
	Verb     string   `arg:"" help:"What is decided; the list is below."`
	Value    string   `arg:"" optional:"" help:"For state: kept, broken, …; for seen, checked, attributed: yes or no; for merge, split, same_origin and own_origin: the other id."`
	Why      string   `required:"" help:"Why. It is kept with the decision, for ever."`
	Who      string   `help:"Who decides; without it PARLEY_USER or the name of the account."`
	Evidence []string `placeholder:"ID" help:"Entries the decision rests on."`
	Format   string   `enum:"text,json" default:"text" short:"f" help:"text or json."`
}

// Help is shown by parley judge --help.
func (*judgeCommand) Help() string {
	var b strings.Builder
	b.WriteString("Decisions are added to a log and never changed; a later one about the same thing takes the place of an earlier one.\n\nVerbs:\n")
	for _, v := range record.Verbs() {
		if !madeByParley(v.Name) {
			fmt.Fprintf(&b, "  %-12s %s\n", v.Name, v.Meaning)
		}
	}
	b.WriteString(`
Examples:
  parley judge crisis.parley s-1f8gk20mzq4a confirm --why "checked against the readout"
  parley judge crisis.parley c-9sd0w1x7k2mb state broken --why "shelling on the 19th" --evidence e-33kq…
  parley judge crisis.parley i-70zzm2k4v8wd merge i-2bq91c5f0t6h --why "two spellings of one name"`)
	return b.String()
}

// madeByParley says whether a verb is written by the program only.
func madeByParley(verb string) bool {
	return slices.Contains([]string{"ingest", "read", "supersede"}, verb)
}

// Run appends the decision.
func (c *judgeCommand) Run(ctx context.Context, std streams) error {
	who, err := decider(c.Who)
	if err != nil {
		return err
	}
	j := record.Judgement{Who: who, Verb: c.Verb, Subject: record.ID(c.ID), Why: c.Why}
	for _, id := range c.Evidence {
		j.Evidence = append(j.Evidence, record.ID(id))
	}
	switch {
	case madeByParley(c.Verb):
		return usage("%s is written by parley itself", c.Verb)
	case record.KindOf(record.ID(c.Value)) != "":
		j.Object = record.ID(c.Value)
	default:
		j.Value = c.Value
	}
	in, err := c.change(ctx)
	if err != nil {
		return err
	}
	defer in.Close()
	j, err = in.Judge(ctx, j)
	if err != nil {
		return err
	}
	if c.Format == "json" {
		return printJSON(std.out, j)
	}
	fmt.Fprintf(std.out, "decision %d: %s\n", j.Seq, j.Hash)
	return nil
}
