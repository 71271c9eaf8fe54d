package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"parley/internal/record"
	"parley/internal/store"
	"parley/internal/view"
)

// showCommand is parley show.
type showCommand struct {
	archiveArg
	ID     string `arg:"" optional:"" help:"An article (d-…) with its record, or any entry, link or identity; without it, what the archive holds."`
	Format string `enum:"text,json,html" default:"text" short:"f" help:"text, json, or for an article html."`
}

// Help is shown by parley show --help.
func (*showCommand) Help() string {
	return `Examples:
  parley show crisis.parley
  parley show crisis.parley d-4n1b8x30k2wq
  parley show crisis.parley d-4n1b8x30k2wq --format html > article.html`
}

// Run prints what the id names.
func (c *showCommand) Run(ctx context.Context, std streams) error {
	in, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer in.Close()
	id := record.ID(c.ID)
	switch kind := record.KindOf(id); {
	case c.ID == "":
		return c.stats(ctx, std, in)
	case kind == "article":
		return c.article(ctx, std, in, id)
	case c.Format == "html":
		return usage("--format html shows articles only; give an id that begins with d-")
	case kind == "link":
		return c.link(ctx, std, in, id)
	case kind == "identity":
		return c.identity(ctx, std, in, id)
	case kind == "" || kind == "origin":
		return usage("%q is no id of an article, entry, link or identity; lists and pages show ids, such as s-1f8gk20mzq4a", c.ID)
	}
	return c.entry(ctx, std, in, id)
}

func (c *showCommand) article(ctx context.Context, std streams, in record.Reader, id record.ID) error {
	rec, err := in.Record(ctx, id)
	if err != nil {
		return err
	}
	switch c.Format {
	case "json":
		return encode(std.out, rec, "  ")
	case "html":
		return view.HTML(std.out, rec, false)
	}
	return view.Text(std.out, rec, textOptions(std.out))
}

func (c *showCommand) entry(ctx context.Context, std streams, in record.Reader, id record.ID) error {
	e, err := in.Entry(ctx, id)
	if err != nil {
		return err
	}
	if c.Format == "json" {
		return printJSON(std.out, e)
	}
	list, err := shown(ctx, in, e)
	if err != nil {
		return err
	}
	return view.Entries(std.out, list, textOptions(std.out))
}

func (c *showCommand) link(ctx context.Context, std streams, in record.Reader, id record.ID) error {
	l, err := in.Link(ctx, id)
	if err != nil {
		return err
	}
	if c.Format == "json" {
		return printJSON(std.out, l)
	}
	list, err := linked(ctx, in, l)
	if err != nil {
		return err
	}
	return view.Links(std.out, list, textOptions(std.out))
}

// identity prints an identity and the actors it stands for, with the reason for each.
func (c *showCommand) identity(ctx context.Context, std streams, in record.Reader, id record.ID) error {
	who, err := in.Identity(ctx, id)
	if err != nil {
		return err
	}
	members, err := in.Memberships(ctx, id)
	if err != nil {
		return err
	}
	if c.Format == "json" {
		return printJSON(std.out, struct {
			record.Identity
			Of []record.Membership `json:"memberships"`
		}{who, members})
	}
	list := make([]view.Member, 0, len(members))
	for _, m := range members {
		e, err := in.Entry(ctx, m.Actor)
		if err != nil {
			return err
		}
		list = append(list, view.Member{Entry: e, Membership: m})
	}
	return view.Identity(std.out, who, list, textOptions(std.out))
}

// stats prints how much of what the archive holds.
func (c *showCommand) stats(ctx context.Context, std streams, in *store.Store) error {
	s, err := in.Count(ctx)
	if err != nil {
		return err
	}
	if c.Format == "json" {
		return printJSON(std.out, s)
	}
	var b strings.Builder
	table := func(title string, counts map[string]int) {
		fmt.Fprintf(&b, "%s\n", title)
		for _, name := range sortedKeys(counts) {
			fmt.Fprintf(&b, "  %10d %s\n", counts[name], name)
		}
	}
	table("articles", s.Articles)
	table("entries", s.Entries)
	table("links", s.Links)
	fmt.Fprintf(&b, "%d identities, %d decisions, %d bytes\n", s.Identities, s.Judgements, s.Bytes)
	_, err = fmt.Fprint(std.out, b.String())
	return err
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
