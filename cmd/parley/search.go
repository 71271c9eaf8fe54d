package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"parley/internal/desk"
	"parley/internal/record"
	"parley/internal/store"
	"parley/internal/view"
)

// searchCommand is parley search.
type searchCommand struct {
	archiveArg
	Words     []string `arg:"" optional:"" help:"Words that all must be there, a phrase quoted; with --by meaning, what a sentence should mean."`
	By        string   `enum:"words,meaning" default:"words" help:"words, or meaning: sentences that mean nearly the same, in whatever words."`
	Like      string   `placeholder:"ID" help:"With --by meaning, an entry in place of words: sentences that mean nearly the same as the one it stands in."`
	Publisher []string `sep:"none" placeholder:"NAME" help:"With --by meaning, only of this publisher."`
	From      instant  `placeholder:"TIME" help:"With --by meaning, only of articles known from then on: 2022-02-20 or 2022-02-20T18:00Z."`
	To        until    `placeholder:"TIME" help:"With --by meaning, only of articles known up to then; a day counts whole."`
	AsOf      until    `name:"as-of" placeholder:"TIME" help:"With --by meaning, what was known then."`
	All       bool     `help:"With --by meaning, also of articles that are superseded or withdrawn."`
	Limit     int      `default:"20" help:"This many articles, entries and actors at most, or with --by meaning sentences, up to 100."`
	Format    string   `enum:"text,json" default:"text" short:"f" help:"text or json."`
	meaningFlags
}

// Help is shown by parley search --help.
func (*searchCommand) Help() string {
	return `Looks for words in articles, entries and names of actors, or by meaning for sentences. A number before a sentence says how
close it is to what was asked: 1 is the same. It is close because it is about the same thing; it may say the opposite.

Examples:
  parley search crisis.parley "contact line" shelling
  parley search crisis.parley --by meaning "guns are to be withdrawn"
  parley search crisis.parley --by meaning --like s-4n1b8x30k2wq --from 2022-02-17 --format json`
}

// Run searches.
func (c *searchCommand) Run(ctx context.Context, std streams) error {
	switch {
	case len(c.Words) == 0 && c.Like == "":
		return usage("give words to search for")
	case c.Like != "" && (c.By != "meaning" || len(c.Words) > 0):
		return usage("--like goes with --by meaning, and takes the place of words")
	case c.Limit < 1 || c.Limit > 100:
		return usage("--limit wants a whole number from 1 to 100")
	case c.By == "words" && c.filtered():
		return usage("a search by words takes no filters; parley statements and its like take both")
	}
	in, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer in.Close()
	if c.By == "meaning" {
		return c.byMeaning(ctx, std, in)
	}
	return c.byWords(ctx, std, in)
}

func (c *searchCommand) filtered() bool {
	return len(c.Publisher) > 0 || !c.From.time().IsZero() || !c.To.time().IsZero() || !c.AsOf.time().IsZero() || c.All
}

func (c *searchCommand) byMeaning(ctx context.Context, std streams, in *store.Store) error {
	found, err := desk.New(in).Understanding(c.understanding()).Near(ctx, desk.NearQuery{
		Text: strings.Join(c.Words, " "), Like: record.ID(c.Like), Publishers: c.Publisher, From: c.From.time(), To: c.To.time(), AsOf: c.AsOf.time(),
		All: c.All, Limit: c.Limit,
	})
	if err != nil {
		return err
	}
	if found.Others > 0 {
		fmt.Fprintf(std.err, "parley: %d articles were read by another model and not searched: parley reread %s\n", found.Others, c.Archive)
	}
	if found.Dropped > 0 {
		fmt.Fprintf(std.err, "parley: the oldest %d articles were not searched: there are too many sentences\n", found.Dropped)
	}
	if c.Format == "json" {
		return printJSON(std.out, found)
	}
	for i := range found.Articles {
		if i > 0 {
			fmt.Fprintln(std.out)
		}
		art := &found.Articles[i]
		if err := view.Sentences(std.out, art.Article, sentences(art), textOptions(std.out)); err != nil {
			return err
		}
	}
	if len(found.Articles) == 0 {
		fmt.Fprintf(std.err, "parley: nothing found that is close enough, in %d sentences\n", found.Compared)
	}
	return nil
}

// sentences are those of an article, for view.
func sentences(art *desk.NearArticle) []view.Sentence {
	out := make([]view.Sentence, len(art.Sentences))
	for i := range art.Sentences {
		s := &art.Sentences[i]
		out[i] = view.Sentence{Text: s.Text, Closeness: s.Closeness}
		for k := range s.Entries {
			out[i].Entries = append(out[i].Entries, s.Entries[k].Entry.ID)
		}
		for _, copied := range s.Also {
			out[i].Also = append(out[i].Also, cmp.Or(copied.Publisher, copied.Title)) // some are by nobody
		}
	}
	return out
}

func (c *searchCommand) byWords(ctx context.Context, std streams, in *store.Store) error {
	found, err := desk.New(in).Search(ctx, joinWords(c.Words), c.Limit)
	if err != nil {
		return err
	}
	if c.Format == "json" {
		return printJSON(std.out, found)
	}
	var entries []record.Entry
	for i := range found.Entries {
		entries = append(entries, found.Entries[i].Entry)
	}
	list, err := shown(ctx, in, entries...)
	if err != nil {
		return err
	}
	if len(list)+len(found.Articles)+len(found.Actors) == 0 {
		fmt.Fprintln(std.err, "parley: nothing found")
		return nil
	}
	opt, gap := textOptions(std.out), func(before, after int) {
		if before > 0 && after > 0 {
			fmt.Fprintln(std.out)
		}
	}
	err = view.Entries(std.out, list, opt)
	gap(len(list), len(found.Articles))
	err = errors.Join(err, view.Articles(std.out, found.Articles, opt))
	gap(len(list)+len(found.Articles), len(found.Actors))
	return errors.Join(err, view.Identities(std.out, found.Actors, opt))
}
