package mcp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"parley/internal/desk"
	"parley/internal/record"
)

// tools answer about archives.
type tools struct {
	archives []Archive
	log      *slog.Logger
}

// add registers every tool.
func (t *tools) add(s *sdk.Server) {
	for _, list := range []struct{ name, kind, about string }{
		{"list_statements", "statement", "Who said what to whom, through whom, newest first."},
		{"list_events", "event", "Who did, does or will do what to whom, newest first; status says whether it happened, is planned, denied, …"},
		{"list_contacts", "contact", "Calls, meetings, visits and talks, newest first; status says whether they took place."},
		{"list_figures", "figure", "Numbers and who gives them, newest first."},
	} {
		tool(t, s, list.name, list.about, func(ctx context.Context, a *Archive, in listInput) (quotes, error) {
			return t.list(ctx, a, &in, list.kind)
		})
	}
	tool(t, s, "list_commitments", "What was promised, with conditions, the day it is due, the state a person decided on, and evidence offered for another.", t.commitments)
	tool(t, s, "list_contradictions", "Pairs of entries that cannot both be so, with the words of both: between articles, or inside one with inside=true.", t.contradictions)
	tool(t, s, "search", "Looks for words in articles, entries and names of actors.", t.search)
	tool(t, s, "search_meaning", "Looks for sentences that mean nearly what is asked, in whatever words, the closest first, with the entries in them. "+
		"It finds what is about the same thing, not only what agrees: read the words.", t.near)
	tool(t, s, "get_entry", "One entry by its id, with how many articles and independent reporters are behind it.", t.entry)
	tool(t, s, "trace", "Where an entry comes from, link by link: words and what stands around them, chain, article, origins, hashes, decisions.", t.trace)
	tool(t, s, "get_article", "The text of an article by its id, a part at a time.", t.article)
	tool(t, s, "list_actors", "Actors across articles, those in most articles first; their ids narrow other lists.", t.actors)
	tool(t, s, "ceasefire", "Ceasefires and their states; with id, the brief of its last day, every sentence with what it rests on.", t.ceasefire)
}

// asked is what every input has.
type asked interface{ archive() string }

func (in inArchive) archive() string { return in.Archive }

// slowest is how long an answer may take.
const slowest = 30 * time.Second

// tool registers a tool that reads one archive. The answer stands in the result twice: as text, after the notice, for
// clients that show text, and as it is.
func tool[In asked, Out any](t *tools, s *sdk.Server, name, about string, answer func(context.Context, *Archive, In) (Out, error)) {
	closed := false
	sdk.AddTool(s, &sdk.Tool{Name: name, Description: about, Annotations: &sdk.ToolAnnotations{ReadOnlyHint: true, IdempotentHint: true, OpenWorldHint: &closed}},
		func(ctx context.Context, _ *sdk.CallToolRequest, in In) (*sdk.CallToolResult, Out, error) {
			var none Out
			ctx, cancel := context.WithTimeout(ctx, slowest)
			defer cancel()
			a, err := t.choose(in.archive())
			if err != nil {
				return nil, none, err
			}
			out, err := answer(ctx, a, in)
			if err != nil {
				return nil, none, t.told(name, err)
			}
			data, err := json.Marshal(out)
			if err != nil {
				return nil, none, fmt.Errorf("internal error: encoding the answer: %w", err)
			}
			return &sdk.CallToolResult{Content: []sdk.Content{&sdk.TextContent{Text: notice}, &sdk.TextContent{Text: string(data)}}}, out, nil
		})
}

// choose finds the archive with a name; without one there must be only one.
func (t *tools) choose(name string) (*Archive, error) {
	var names []string
	for i := range t.archives {
		if t.archives[i].Name == name || name == "" && len(t.archives) == 1 {
			return &t.archives[i], nil
		}
		names = append(names, t.archives[i].Name)
	}
	return nil, wrong(fmt.Sprintf("give archive, one of: %s", strings.Join(names, ", ")))
}

// told is an error as a model is told it: what it can mend, but not what is wrong with the archive.
func (t *tools) told(name string, err error) error {
	var mistake wrong
	var none *record.NoSuch
	switch {
	case errors.As(err, &mistake):
		return mistake
	case errors.As(err, &none):
		return none
	case errors.Is(err, record.ErrNotFound), errors.Is(err, record.ErrErased), errors.Is(err, desk.ErrNobody):
		return err
	case errors.Is(err, context.DeadlineExceeded):
		return wrong("it took too long: ask for less, of fewer days, or with more words")
	case errors.Is(err, context.Canceled):
		return err
	}
	t.log.Error("a tool failed", "tool", name, "error", err)
	return wrong("the archive does not take this question: check kinds, roles, labels, ids and the cursor")
}
