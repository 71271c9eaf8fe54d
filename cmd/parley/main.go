// Command parley keeps the record of a crisis: it reads news copy and field reports and prints or keeps who
// said what, to whom, through whom, with the exact words behind each entry.
//
// Rules for what it prints: results go to standard output, everything else to standard error; messages
// start with "parley: ", in lower case, and say what to do next where that is known; colour and progress
// appear on terminals only.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"strings"

	"github.com/alecthomas/kong"

	"parley/internal/store"
)

// The exit codes, also listed in the help and in the README.
const (
	exitOK          = 0
	exitFailed      = 1   // nothing could be done
	exitUsage       = 2   // the command line is wrong
	exitPartial     = 3   // some inputs could not be read; the others were
	exitBelow       = 4   // eval: a figure is below its floor
	exitInterrupted = 130 // stopped by the user
)

const description = `Parley reads news copy and field reports and keeps who said what, to whom, through whom, with the exact words.

Exit codes: 0 done; 1 failed; 2 wrong usage; 3 some inputs could not be read; 4 a figure below its floor (eval); 130 interrupted.`

// cli is the command line: one field for each command, one file for each command's code.
type cli struct {
	Read   readCommand   `cmd:"" help:"Read articles and print their records."`
	Ingest ingestCommand `cmd:"" help:"Take articles into an archive."`
	Watch  watchCommand  `cmd:"" help:"Poll feeds into an archive."`

	Show           showCommand           `cmd:"" group:"archive" help:"Show an article, an entry, or what an archive holds."`
	Statements     statementsCommand     `cmd:"" group:"archive" help:"List who said what."`
	Events         eventsCommand         `cmd:"" group:"archive" help:"List who did what to whom."`
	Commitments    commitmentsCommand    `cmd:"" group:"archive" help:"List what was promised, and what bears on it."`
	Contacts       contactsCommand       `cmd:"" group:"archive" help:"List calls, meetings and talks."`
	Figures        figuresCommand        `cmd:"" group:"archive" help:"List numbers and who gives them."`
	Contradictions contradictionsCommand `cmd:"" group:"archive" help:"List what cannot both be so."`
	Actors         actorsCommand         `cmd:"" group:"archive" help:"List actors across articles; merge and split them."`
	Search         searchCommand         `cmd:"" group:"archive" help:"Look for words, or for sentences that mean nearly the same."`
	Trace          traceCommand          `cmd:"" group:"archive" help:"Show where an entry comes from, link by link."`
	Judge          judgeCommand          `cmd:"" group:"archive" help:"Decide: confirm, reject, set the state of a commitment."`
	Ceasefire      ceasefireCommand      `cmd:"" group:"archive" help:"Say whether a ceasefire is holding, day by day."`
	Export         exportCommand         `cmd:"" group:"archive" help:"Write entries for other tools: CSV, PLOVER, GeoJSON, Parquet, a brief, …"`
	Verify         verifyCommand         `cmd:"" group:"archive" help:"Check every hash, span and decision of an archive."`
	Backup         backupCommand         `cmd:"" group:"archive" help:"Copy an archive into one file while it is in use."`
	Restore        restoreCommand        `cmd:"" group:"archive" help:"Make an archive of a backup."`
	Serve          serveCommand          `cmd:"" group:"archive" help:"Serve the pages and the API of archives."`
	MCP            mcpCommand            `cmd:"" name:"mcp" group:"archive" help:"Answer the questions of a language model about archives."`
	Users          usersCommand          `cmd:"" group:"archive" help:"Keep the users of a desk."`
	Reread         rereadCommand         `cmd:"" group:"archive" help:"Read the articles of an archive again with a newer model."`
	Reconcile      reconcileCommand      `cmd:"" group:"archive" help:"Compare the articles of an archive again."`

	Eval    evalCommand      `cmd:"" group:"parley" help:"Measure how well Parley reads, on corpora with known answers."`
	Model   modelCommand     `cmd:"" group:"parley" help:"Show what the reading model is and what it was trained on."`
	Version kong.VersionFlag `help:"Show the version." short:"V"`
}

// streams are where a command reads and writes.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

func main() {
	os.Exit(run(os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr}))
}

// run does what the arguments say and returns the exit code.
func run(args []string, std streams) int {
	var c cli
	code := -1
	parser, err := kong.New(&c,
		kong.Name("parley"), kong.Description(description), kong.UsageOnError(),
		kong.Writers(std.out, std.err), kong.Vars{"version": version()},
		kong.Exit(func(n int) { code = n }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.ExplicitGroups([]kong.Group{{Key: "archive", Title: "With an archive:"}, {Key: "parley", Title: "About Parley itself:"}}),
	)
	if err != nil {
		return complain(std.err, fmt.Errorf("internal error: %w", err))
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	parsed, err := parser.Parse(args)
	if code >= 0 { // --help and --version have printed what they print
		return code
	}
	if err != nil {
		return misspelt(std.err, args[0], err)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once
	parsed.BindTo(ctx, (*context.Context)(nil))
	if err := parsed.Run(std); err != nil {
		return complain(std.err, err)
	}
	return exitOK
}

// misspelt tells what is wrong with a command line that cannot be read, and returns the exit code.
func misspelt(w io.Writer, first string, err error) int {
	if strings.HasPrefix(err.Error(), "unexpected argument "+first) {
		err = fmt.Errorf("there is no command %s", first)
	}
	fmt.Fprintf(w, "parley: %v\n", err)
	switch _, missing := os.Stat(first); {
	case missing == nil && filepath.Ext(first) == ".parley":
		fmt.Fprintf(w, "parley: hint: to see what is in it, write parley show %s; in a browser, parley serve %s\n", first, first)
	case missing == nil:
		fmt.Fprintf(w, "parley: hint: to read it, write parley read %s\n", first)
	}
	fmt.Fprintln(w, "parley: run parley --help, or parley COMMAND --help")
	return exitUsage
}

// coded is an error with an exit code of its own.
type coded struct {
	error
	code int
}

func (c coded) Unwrap() error { return c.error }

// complain prints an error with its hint and returns the exit code.
func complain(w io.Writer, err error) int {
	invalid := errors.Is(err, store.ErrInvalid)
	text := err.Error()
	if invalid { // the reason alone says it
		text = strings.TrimSuffix(text, ": "+store.ErrInvalid.Error())
	}
	fmt.Fprintf(w, "parley: %s\n", text)
	var hinted interface{ Hint() string }
	if errors.As(err, &hinted) && hinted.Hint() != "" {
		fmt.Fprintf(w, "parley: hint: %s\n", hinted.Hint())
	}
	var c coded
	switch {
	case errors.As(err, &c):
		return c.code
	case invalid:
		return exitUsage
	case errors.Is(err, context.Canceled):
		return exitInterrupted
	}
	return exitFailed
}

// version is the module's version and commit, as the Go tool stamped them.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	v := info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			v += " " + s.Value[:12]
		}
	}
	return v
}
