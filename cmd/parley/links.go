package main

import (
	"context"
	"fmt"

	"parley/internal/record"
	"parley/internal/view"
)

// contradictionsCommand is parley contradictions: those across articles, then those inside one.
type contradictionsCommand struct {
	archiveArg
	Type       []string `placeholder:"TYPE" help:"Only of this type: denial, opposite, number, time, place, strength, omission."`
	Entry      string   `placeholder:"ID" help:"Only with this entry on either side."`
	From       instant  `placeholder:"TIME" help:"Only known from then on."`
	To         until    `placeholder:"TIME" help:"Only known up to then."`
	AsOf       until    `name:"as-of" placeholder:"TIME" help:"What was known then."`
	Confidence float64  `name:"min-confidence" help:"Only from this confidence on, 0 to 1."`
	Verdict    string   `enum:",confirm,reject,doubt,none" default:"" help:"Only what somebody confirmed, rejected or doubted; none: what nobody judged."`
	Limit      int      `default:"100" help:"This many at most, of each sort."`
	Format     string   `enum:"text,json,csv" default:"text" short:"f" help:"text, json or csv (csv: those inside one article)."`
}

// Help is shown by parley contradictions --help.
func (*contradictionsCommand) Help() string {
	return `Pairs of entries that cannot both be so, each with its reason and both exact quotations: first those between articles,
then those inside one. They are offered: a person confirms or rejects each by its id.

Examples:
  parley contradictions crisis.parley --type denial --type opposite
  parley judge crisis.parley l-0c3m8q2x5v7k reject --why "different weeks"`
}

// Run lists contradictions.
func (c *contradictionsCommand) Run(ctx context.Context, std streams) error {
	q := record.LinkQuery{
		Kinds: []string{record.Conflict}, Types: c.Type, Entry: record.ID(c.Entry), From: c.From.time(), To: c.To.time(),
		AsOf: c.AsOf.time(), MinConfidence: c.Confidence, Verdict: c.Verdict, Limit: c.Limit,
	}
	if err := asUsage(q.Check()); err != nil {
		return err
	}
	if c.Entry != "" && record.KindOf(record.ID(c.Entry)) == "" {
		return usage("--entry wants the id of an entry (s-…, e-…, f-…), not %q", c.Entry)
	}
	in, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer in.Close()
	inside := listFlags{archiveArg: c.archiveArg, From: c.From, To: c.To, AsOf: c.AsOf, Confidence: c.Confidence, Verdict: c.Verdict, Limit: c.Limit, Format: c.Format}
	if c.Format == "csv" {
		return inside.listOf(ctx, std, in, "contradiction")
	}
	links, next, err := in.Links(ctx, q)
	if err != nil {
		return err
	}
	page := record.Page{}
	if len(c.Type) == 0 && c.Entry == "" {
		q, err := inside.query(ctx, in, "contradiction")
		if err != nil {
			return err
		}
		if page, err = in.Entries(ctx, q); err != nil {
			return err
		}
	}
	if c.Format == "json" {
		return printJSON(std.out, struct {
			Between []record.Link  `json:"between"`
			Next    string         `json:"next,omitempty"`
			Inside  []record.Entry `json:"inside"`
		}{links, next, page.Entries})
	}
	return printContradictions(ctx, std, in, links, page.Entries)
}

func printContradictions(ctx context.Context, std streams, in record.Reader, links []record.Link, inside []record.Entry) error {
	opt := textOptions(std.out)
	between, err := linked(ctx, in, links...)
	if err != nil {
		return err
	}
	if between, err = newCopies(in).fold(ctx, between); err != nil {
		return err
	}
	list, err := shown(ctx, in, inside...)
	if err != nil {
		return err
	}
	if list, err = newCopies(in).foldInside(ctx, list); err != nil {
		return err
	}
	if len(between)+len(list) == 0 {
		fmt.Fprintln(std.err, "parley: nothing found")
	}
	if err := view.Links(std.out, between, opt); err != nil {
		return err
	}
	if len(between) > 0 && len(list) > 0 {
		fmt.Fprintln(std.out)
	}
	return view.Entries(std.out, list, opt)
}

// commitmentsCommand is parley commitments.
type commitmentsCommand struct {
	listFlags
}

// Help is shown by parley commitments --help.
func (*commitmentsCommand) Help() string {
	return `What was promised, with what was found later that bears on it. The state of a commitment is what a person decided with
parley judge; until then it is not assessed, whatever evidence is offered.

Examples:
  parley commitments crisis.parley --actor "Vladimir Putin" --role by
  parley judge crisis.parley c-9sd0w1x7k2mb state kept --why "columns seen leaving" --evidence e-33kq…`
}

// Run lists commitments, each with the evidence offered for it.
func (c *commitmentsCommand) Run(ctx context.Context, std streams) error {
	in, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer in.Close()
	if c.Format == "csv" {
		return c.listOf(ctx, std, in, "commitment")
	}
	q, err := c.query(ctx, in, "commitment")
	if err != nil {
		return err
	}
	page, err := in.Entries(ctx, q)
	if err != nil {
		return err
	}
	out := struct {
		Commitments []commitment `json:"commitments"`
		Next        string       `json:"next,omitempty"`
	}{[]commitment{}, page.Next}
	for _, e := range page.Entries {
		links, _, err := in.Links(ctx, record.LinkQuery{Kinds: []string{record.Evidence}, Entry: e.ID, AsOf: c.AsOf.time()})
		if err != nil {
			return err
		}
		out.Commitments = append(out.Commitments, commitment{e, links})
	}
	if c.Format == "json" {
		return printJSON(std.out, out)
	}
	return printCommitments(ctx, std, in, out.Commitments)
}

// commitment is a commitment with what bears on it.
type commitment struct {
	record.Entry
	Evidence []record.Link `json:"evidence"`
}

func printCommitments(ctx context.Context, std streams, in record.Reader, list []commitment) error {
	if len(list) == 0 {
		fmt.Fprintln(std.err, "parley: nothing found")
	}
	entries := make([]record.Entry, len(list))
	for i := range list {
		entries[i] = list[i].Entry
	}
	all, err := shown(ctx, in, entries...)
	if err != nil {
		return err
	}
	var out []view.Promise
	for i := range list {
		found, err := linked(ctx, in, list[i].Evidence...)
		if err != nil {
			return err
		}
		out = append(out, view.Promise{Shown: all[i], Evidence: found})
	}
	return view.Promises(std.out, out, textOptions(std.out))
}
