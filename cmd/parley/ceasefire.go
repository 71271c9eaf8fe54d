package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"parley/internal/ceasefire"
	"parley/internal/desk"
	"parley/internal/record"
)

// ceasefireCommand is parley ceasefire.
type ceasefireCommand struct {
	archiveArg
	Agreement string   `type:"existingfile" placeholder:"FILE" help:"The ceasefire: parties, area, days, who counts. Without it, drafts of those the archive tells of are printed."`
	Table     []string `type:"existingfile" placeholder:"FILE" help:"A table of violations (CSV); --map says how it is read, one for each table or one for all."`
	Map       []string `placeholder:"MAP" help:"How tables are read: osce, acled, … or a file of your own (docs/ceasefire.md)."`
	Day       string   `placeholder:"DATE" help:"The last day: 2022-02-20. Without it, the last that was reported on."`
	AsOf      until    `name:"as-of" placeholder:"TIME" help:"What articles told up to then."`
	TableOnly bool     `name:"tables-only" help:"Leave out what articles report."`
	Format    string   `enum:"text,json" default:"text" short:"f" help:"text or json."`
}

// Help is shown by parley ceasefire --help.
func (*ceasefireCommand) Help() string {
	return `Says day by day whether a ceasefire holds, is strained or broken, or whether there are too few reports to say; with the
counts of each observer, never added up, and the brief of the day, every sentence with what it rests on.

Examples:
  parley ceasefire crisis.parley > draft.yaml                       # what agreements the archive tells of
  parley ceasefire crisis.parley --agreement truce.yaml --table counts.csv --map osce
  parley ceasefire crisis.parley --agreement truce.yaml --day 2022-02-18 --format json`
}

// Run judges the ceasefire, or drafts it.
func (c *ceasefireCommand) Run(ctx context.Context, std streams) error {
	if c.Agreement == "" && (len(c.Table)+len(c.Map) > 0 || c.Day != "" || !c.AsOf.time().IsZero() || c.TableOnly || c.Format != "text") {
		return coded{hinted{errors.New("tables, days and formats go with --agreement"), "write a draft with parley ceasefire " + c.Archive + " > draft.yaml, and fill it in"}, exitUsage}
	}
	in, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer in.Close()
	if c.Agreement == "" {
		return c.drafts(ctx, std, in)
	}
	agreement, err := loadAgreement(c.Agreement)
	if err != nil {
		return err
	}
	var through ceasefire.Day
	if c.Day != "" {
		if through, err = ceasefire.ParseDay(c.Day); err != nil {
			return usage("--day: %w", err)
		}
		if through < agreement.Start {
			return usage("--day: the ceasefire begins on %s", agreement.Start)
		}
	}
	d := desk.New(in)
	counts, err := importTables(c.Table, c.Map)
	if err != nil {
		return err
	}
	observations := counts.Observations
	if !c.TableOnly {
		found, _, err := d.Observations(ctx, agreement, through, c.AsOf.time(), 0)
		if err != nil {
			return err
		}
		observations = append(observations, found...)
	}
	report := ceasefire.Assess(agreement, observations, through)
	report.Problems = counts.Problems
	if report.Offers, err = d.Offers(ctx, agreement, through, c.AsOf.time(), 0); err != nil {
		return err
	}
	if c.Format == "json" {
		return printJSON(std.out, report)
	}
	width, _ := terminal(std.out)
	return ceasefire.WriteText(std.out, report, width)
}

func loadAgreements(paths []string) (out []*ceasefire.Agreement, err error) {
	for _, path := range paths {
		a, err := loadAgreement(path)
		if err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	return out, nil
}

func loadAgreement(path string) (*ceasefire.Agreement, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading the agreement: %w", err)
	}
	defer f.Close()
	a, err := ceasefire.Load(f)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	return a, nil
}

// importTables reads tables, each by its map or all by one, and says what in them could not be used.
func importTables(tables, maps []string) (out ceasefire.Imported, err error) {
	if len(maps) > 1 && len(maps) != len(tables) {
		return out, usage("give one --map for all tables, or one for each")
	}
	for i, path := range tables {
		name := "osce"
		if len(maps) > 0 {
			name = maps[min(i, len(maps)-1)]
		}
		got, err := importTable(path, name)
		if err != nil {
			return out, err
		}
		out.Problems = append(out.Problems, got.Problems...)
		out.Observations = append(out.Observations, got.Observations...)
	}
	return out, nil
}

func importTable(path, name string) (*ceasefire.Imported, error) {
	how, err := tableMap(name)
	if err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading the table: %w", err)
	}
	defer f.Close()
	got, err := ceasefire.Import(f, how, filepath.Base(path))
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	return got, nil
}

// tableMap is a map that comes with parley, or one in a file.
func tableMap(name string) (*ceasefire.Map, error) {
	f, err := os.Open(name)
	if errors.Is(err, os.ErrNotExist) {
		m, err := ceasefire.Preset(name)
		if err != nil {
			return nil, coded{err, exitUsage}
		}
		return m, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading the map: %w", err)
	}
	defer f.Close()
	m, err := ceasefire.LoadMap(f)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	return m, nil
}

// drafts prints agreements as the archive's articles name them, to be filled in.
func (c *ceasefireCommand) drafts(ctx context.Context, std streams, in record.Reader) error {
	var named []record.Entry
	for page, err := range record.Pages(ctx, in, record.Query{Kinds: []string{"agreement"}, Oldest: true, Limit: 1000}) {
		if err != nil {
			return err
		}
		named = append(named, page...)
	}
	rec, err := desk.New(in).Excerpt(ctx, named)
	if err != nil {
		return err
	}
	found := ceasefire.Drafts(rec)
	if len(found) == 0 {
		fmt.Fprintln(std.err, "parley: no article in this archive names a ceasefire; docs/ceasefire.md shows how to write one down")
	}
	for i, a := range found {
		if i > 0 {
			fmt.Fprintln(std.out, "---")
		}
		if err := a.Write(std.out); err != nil {
			return err
		}
	}
	return nil
}
