package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"parley/internal/export"
	"parley/internal/record"
)

// exportCommand is parley export.
type exportCommand struct {
	archiveArg
	As         string   `required:"" placeholder:"FORMAT" help:"How it is written; the list is below."`
	Kind       []string `placeholder:"KIND" help:"Which entries: statement, event, …; without it, all that the format holds."`
	Out        string   `short:"o" type:"path" placeholder:"FILE" help:"Write into this file instead of printing."`
	Words      string   `placeholder:"WORDS" help:"Only entries whose words hold all of these."`
	Actor      []string `placeholder:"NAME" help:"Only with this actor, by name or id."`
	Label      []string `placeholder:"LABEL" help:"Only with this act, type or kind."`
	Publisher  []string `sep:"none" placeholder:"NAME" help:"Only of articles of this publisher."`
	Origin     []string `sep:"none" placeholder:"NAME" help:"Only what this agency or publisher first reported, or what is part of this report (o-…)."`
	From       instant  `placeholder:"TIME" help:"Only of articles known from then on: 2022-02-20 or 2022-02-20T18:00Z."`
	To         until    `placeholder:"TIME" help:"Only of articles known up to then; a day counts whole."`
	AsOf       until    `name:"as-of" placeholder:"TIME" help:"What was known then."`
	Confidence float64  `name:"min-confidence" help:"Only from this confidence on, 0 to 1."`
	Verdict    string   `enum:",confirm,reject,doubt,none" default:"" help:"Only what somebody confirmed, rejected or doubted; none: what nobody judged."`
	Limit      int      `help:"This many at most; 0 is all."`
	Base       string   `placeholder:"URL" help:"Address of a parley server that links lead to."`
}

// Help is shown by parley export --help.
func (*exportCommand) Help() string {
	var b strings.Builder
	b.WriteString("Formats (docs/exports.md):\n")
	for _, f := range export.Formats() {
		fmt.Fprintf(&b, "  %-16s %s\n", f.Name, f.Holds)
	}
	b.WriteString(`
Examples:
  parley export crisis.parley --as csv --kind statement -o statements.csv
  parley export crisis.parley --as plover --from 2022-02-17 > events.jsonl
  parley export crisis.parley --as brief --from 2022-02-17 --to 2022-02-20 -o brief.html`)
	return b.String()
}

// Run writes the export. A file appears only when it is whole.
func (c *exportCommand) Run(ctx context.Context, std streams) error {
	opt := export.Options{Format: c.As, Kinds: c.Kind, Base: c.Base, Query: record.Query{Labels: c.Label}}
	if err := opt.Check(); err != nil {
		return coded{hinted{err, "parley export --help lists the formats and has examples"}, exitUsage}
	}
	if c.Out != "" {
		if err := placeFor(c.Out); err != nil {
			return err
		}
	}
	in, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer in.Close()
	chosen := listFlags{archiveArg: c.archiveArg, Words: strings.Fields(c.Words), Actor: c.Actor, Label: c.Label, Publisher: c.Publisher, Origin: c.Origin, From: c.From, To: c.To, AsOf: c.AsOf,
		Confidence: c.Confidence, Verdict: c.Verdict, Limit: 1}
	if opt.Query, err = chosen.query(ctx, in, c.Kind...); err != nil {
		return err
	}
	opt.Query.Limit, opt.Now = c.Limit, time.Now().UTC()
	if c.Out == "" {
		return export.Write(ctx, std.out, in, opt)
	}
	return writeFile(c.Out, func(w io.Writer) error { return export.Write(ctx, w, in, opt) })
}

// writeFile writes beside the file and takes its place when all is written.
func writeFile(path string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".parley-*")
	if err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	defer os.Remove(f.Name())
	if err := write(f); err != nil {
		f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	return nil
}
