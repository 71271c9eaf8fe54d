package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"parley/internal/desk"
	"parley/internal/export"
	"parley/internal/record"
	"parley/internal/store"
	"parley/internal/view"
)

// listFlags choose entries of an archive.
type listFlags struct {
	archiveArg
	Words      []string `arg:"" optional:"" help:"Only entries whose words hold all of these; quote a phrase."`
	Actor      []string `placeholder:"NAME" help:"Only with this actor, by name or id (i-… or a-…)."`
	Role       string   `enum:",source,addressee,via,actor,recipient,by,to,participant,asserted_by" default:"" help:"The role of that actor: source, addressee, via, actor, recipient, by, to, participant or asserted_by."`
	Label      []string `placeholder:"LABEL" help:"Only with this act, type or kind: deny, ASSAULT, call."`
	Status     []string `placeholder:"STATUS" help:"Only with this status: actual, planned, denied, kept."`
	Publisher  []string `sep:"none" placeholder:"NAME" help:"Only of articles of this publisher."`
	Origin     []string `sep:"none" placeholder:"NAME" help:"Only what this agency or publisher first reported; an id (o-…): only what is part of that report."`
	Article    string   `placeholder:"ID" help:"Only of this article."`
	From       instant  `placeholder:"TIME" help:"Only of articles known from then on: 2022-02-20 or 2022-02-20T18:00Z."`
	To         until    `placeholder:"TIME" help:"Only of articles known up to then; a day counts whole."`
	AsOf       until    `name:"as-of" placeholder:"TIME" help:"What was known then: later articles and decisions do not count."`
	Confidence float64  `name:"min-confidence" help:"Only from this confidence on, 0 to 1."`
	Verdict    string   `enum:",confirm,reject,doubt,none" default:"" help:"Only what somebody confirmed, rejected or doubted; none: what nobody judged."`
	All        bool     `help:"Also of articles that are superseded or withdrawn, and what the newest reading no longer finds."`
	Oldest     bool     `help:"Oldest first."`
	Limit      int      `default:"100" help:"This many at most."`
	Cursor     string   `placeholder:"NEXT" help:"Go on where a page ended: the value of next in its JSON."`
	Format     string   `enum:"text,json,csv" default:"text" short:"f" help:"text, json or csv."`
}

// query is what the flags ask for, of these kinds.
func (c *listFlags) query(ctx context.Context, in record.Reader, kinds ...string) (record.Query, error) {
	q := record.Query{
		Kinds: kinds, Article: record.ID(c.Article), Role: c.Role, Labels: c.Label, Status: c.Status, Publishers: c.Publisher, Origins: c.Origin, From: c.From.time(), To: c.To.time(),
		AsOf: c.AsOf.time(), MinConfidence: c.Confidence, Verdict: c.Verdict, Superseded: c.All, Retired: c.All, Oldest: c.Oldest,
		Limit: c.Limit, Cursor: c.Cursor, Text: joinWords(c.Words),
	}
	if err := c.check(kinds...); err != nil {
		return q, err
	}
	var err error
	if q.Actors, err = desk.New(in).Actors(ctx, c.Actor); errors.Is(err, desk.ErrNobody) {
		err = coded{fmt.Errorf("%w; parley actors %s lists who is", err, c.Archive), exitFailed}
	}
	return q, err
}

// list prints entries of some kinds.
func (c *listFlags) list(ctx context.Context, std streams, kinds ...string) error {
	in, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer in.Close()
	return c.listOf(ctx, std, in, kinds...)
}

func (c *listFlags) listOf(ctx context.Context, std streams, in *store.Store, kinds ...string) error {
	q, err := c.query(ctx, in, kinds...)
	if err != nil {
		return err
	}
	if c.Format == "csv" {
		return export.Write(ctx, std.out, in, export.Options{Format: "csv", Kinds: kinds, Query: q})
	}
	page, err := in.Entries(ctx, q)
	if err != nil {
		return err
	}
	if c.Format == "json" {
		return printJSON(std.out, page)
	}
	list, err := shown(ctx, in, page.Entries...)
	if err != nil {
		return err
	}
	if err := view.Entries(std.out, list, textOptions(std.out)); err != nil {
		return err
	}
	switch {
	case len(list) == 0:
		fmt.Fprintln(std.err, "parley: nothing found")
	case page.Next != "":
		fmt.Fprintf(std.err, "parley: there is more: --limit, or --cursor %s\n", page.Next)
	}
	return nil
}

// joinWords makes one search of the words on the command line; a word that holds blanks was quoted: a phrase.
func joinWords(words []string) string {
	parts := make([]string, len(words))
	for i, w := range words {
		if parts[i] = w; strings.Contains(w, " ") && !strings.Contains(w, `"`) {
			parts[i] = `"` + w + `"`
		}
	}
	return strings.Join(parts, " ")
}

// One command for each kind of entry.
type (
	statementsCommand struct{ listFlags }
	eventsCommand     struct{ listFlags }
	contactsCommand   struct{ listFlags }
	figuresCommand    struct{ listFlags }
)

// Help is shown by parley statements --help.
func (*statementsCommand) Help() string {
	return `Examples:
  parley statements crisis.parley --actor Macron --role source
  parley statements crisis.parley --label deny "contact line" --from 2022-02-17 --to 2022-02-20
  parley statements crisis.parley shelling --origin AFP
  parley statements crisis.parley --as-of 2022-02-20T18:00Z --format json | jq '.entries[].text'`
}

// Run lists statements.
func (c *statementsCommand) Run(ctx context.Context, std streams) error {
	return c.list(ctx, std, "statement")
}

// Help is shown by parley events --help.
func (*eventsCommand) Help() string {
	return `Examples:
  parley events crisis.parley --label ASSAULT --status actual --from 2022-02-17
  parley events crisis.parley --actor Ukraine --role recipient "contact line"
  parley events crisis.parley --status planned --format csv > planned.csv`
}

// Help is shown by parley contacts --help.
func (*contactsCommand) Help() string {
	return `Examples:
  parley contacts crisis.parley --actor Macron --from 2022-02-17
  parley contacts crisis.parley --label call --status held --oldest`
}

// Help is shown by parley figures --help.
func (*figuresCommand) Help() string {
	return `Who gives which number. Numbers that cannot both be right: parley contradictions ARCHIVE --type number.

Examples:
  parley figures crisis.parley wounded
  parley figures crisis.parley "ceasefire violations" --actor OSCE --role asserted_by --format csv`
}

// Run lists events.
func (c *eventsCommand) Run(ctx context.Context, std streams) error { return c.list(ctx, std, "event") }

// Run lists contacts.
func (c *contactsCommand) Run(ctx context.Context, std streams) error {
	return c.list(ctx, std, "contact")
}

// Run lists figures.
func (c *figuresCommand) Run(ctx context.Context, std streams) error {
	return c.list(ctx, std, "figure")
}
