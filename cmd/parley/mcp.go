package main

import (
	"context"
	"io"

	"parley/internal/desk"
	"parley/internal/mcp"
	"parley/internal/store"
)

// mcpCommand is parley mcp.
type mcpCommand struct {
	Archive   []string `arg:"" help:"One archive or more, for reading: a file such as crisis.parley, or postgres://user@host/database."`
	Ceasefire []string `type:"existingfile" placeholder:"FILE" help:"A ceasefire to follow (docs/ceasefire.md); may be given several times."`
	meaningFlags
}

// Help is shown by parley mcp --help.
func (*mcpCommand) Help() string {
	return `Answers the questions of a language model about archives by the Model Context Protocol, on standard input and output, until
its input ends. The tools only read, and every answer gives the exact words with their source (docs/mcp.md).

Example, in the settings of a client:
  "mcpServers": { "parley": { "command": "parley", "args": ["mcp", "/data/crisis.parley"] } }`
}

// Run answers until standard input ends.
func (c *mcpCommand) Run(ctx context.Context, std streams) error {
	agreements, err := loadAgreements(c.Ceasefire)
	if err != nil {
		return err
	}
	var archives []mcp.Archive
	understand := c.understanding() // one model for all archives, and one memory of what sentences mean
	var last *desk.Desk
	for _, name := range c.Archive {
		in, err := store.Open(ctx, name, store.Options{ReadOnly: true})
		if err != nil {
			return err
		}
		defer in.Close()
		short := shortName(name)
		for _, other := range archives {
			if other.Name == short {
				return usage("two archives are called %q: rename one", short)
			}
		}
		last = desk.New(in, agreements...).Understanding(understand).Beside(last)
		archives = append(archives, mcp.Archive{Name: short, Reader: in, Desk: last})
	}
	return mcp.Serve(ctx, io.NopCloser(std.in), nopWriteCloser{std.out}, archives, mcp.Options{Version: version()})
}

// nopWriteCloser leaves the stream open when the answers end.
type nopWriteCloser struct{ io.Writer }

func (nopWriteCloser) Close() error { return nil }
