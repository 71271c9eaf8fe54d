package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"parley/internal/ingest"
	"parley/internal/serve"
	"parley/internal/store"
	"parley/web"
)

// serveCommand is parley serve.
type serveCommand struct {
	Archive   []string `arg:"" help:"The archives: files such as crisis.parley, or postgres://user@host/database."`
	Listen    string   `default:"127.0.0.1:8787" placeholder:"ADDRESS" help:"Where to listen."`
	Ceasefire []string `type:"existingfile" placeholder:"FILE" help:"A ceasefire to follow: parties, area, days, who counts (docs/ceasefire.md)."`
	Table     []string `type:"existingfile" placeholder:"FILE" help:"A table of violations (CSV) that counts beside what articles report; --map says how it is read."`
	Map       []string `placeholder:"MAP" help:"How tables are read: osce, acled, … or a file of your own, one for all tables or one for each."`
	TLSCert   string   `name:"tls-cert" type:"existingfile" placeholder:"FILE" help:"Certificate to serve HTTPS with; --tls-key is its key."`
	TLSKey    string   `name:"tls-key" type:"existingfile" placeholder:"FILE" help:"Key of the certificate."`
	ReadOnly  bool     `name:"read-only" help:"Take no decisions."`
	Rate      float64  `default:"100" help:"Requests a second that one client may make on the average, four times as many at once; 0: any number."`
	Log       string   `enum:"text,json,off" default:"text" help:"A line for each request on standard error: text, json or off."`

	OpenAPI openAPIFlag `name:"openapi" help:"Print the API's description (OpenAPI 3.1) and end; no archive is needed."`
	deskFlags
	alertFlags
	meaningFlags
}

// openAPIFlag prints the API's description in place of the command, as --help does.
type openAPIFlag bool

// BeforeReset is called when the flag is met, before it is asked whether an archive was given.
func (openAPIFlag) BeforeReset(app *kong.Kong) error {
	err := serve.Describe(app.Stdout, version())
	app.Exit(exitOK)
	return err
}

// Help is shown by parley serve --help.
func (*serveCommand) Help() string {
	return `Serves the pages and the API of archives (docs/api.md). At 127.0.0.1 nobody needs an account, unless the desk has
users (docs/security.md). Ctrl-C ends it when what was asked has been answered.

Examples:
  parley serve crisis.parley
  parley serve crisis.parley border.parley --ceasefire truce.yaml
  parley serve crisis.parley --listen 127.0.0.1:9000 --read-only
  parley serve crisis.parley --accounts --listen 127.0.0.1:8787 --address https://desk.example.org
  parley serve crisis.parley --accounts --listen :8443 --tls-cert desk.pem --tls-key desk.key`
}

// Run serves until it is told to stop.
func (c *serveCommand) Run(ctx context.Context, std streams) error {
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGTERM)
	defer stop()
	cfg := serve.Config{Version: version(), Status: archiveStatus, Log: c.logger(std.err), Limits: serve.Limits{Rate: c.Rate}, Understand: c.understanding()}
	if c.Rate < 0 || (c.TLSCert == "") != (c.TLSKey == "") {
		return usage("--rate wants 0 or more, and --tls-cert and --tls-key go together")
	}
	if _, _, err := net.SplitHostPort(c.Listen); err != nil {
		return coded{hinted{fmt.Errorf("--listen: %w", err), "give host and port, such as 127.0.0.1:8787"}, exitUsage}
	}
	for _, path := range c.Archive {
		in, err := store.Open(ctx, path, store.Options{ReadOnly: c.ReadOnly})
		if err != nil {
			return err
		}
		defer in.Close()
		cfg.Archives = append(cfg.Archives, serve.Named{Name: shortName(path), Archive: in, Count: counting(in), Compare: recompared(in)})
	}
	db, err := c.openDesk(ctx, std)
	if err != nil {
		return err
	}
	if db != nil {
		defer db.Close()
	}
	if err := c.people(ctx, std, db, &cfg); err != nil {
		return err
	}
	alerts, err := c.alerts(ctx, db, &cfg)
	if err != nil {
		return err
	}
	if cfg.Ceasefires, err = loadAgreements(c.Ceasefire); err != nil {
		return err
	}
	if cfg.Tables, err = importTables(c.Table, c.Map); err != nil {
		return err
	}
	if cfg.Pages, err = web.Pages(); err != nil {
		fmt.Fprintf(std.err, "parley: %v\n", err)
	}
	s, err := serve.New(cfg)
	if err != nil {
		return err
	}
	return alongside(ctx, alerts, s, func(ctx context.Context) error { return c.listen(ctx, std, s) })
}

// logger writes what happens, as --log has it; what goes wrong is written in any case.
func (c *serveCommand) logger(w io.Writer) *slog.Logger {
	switch c.Log {
	case "json":
		return slog.New(slog.NewJSONHandler(w, nil))
	case "off":
		return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: slog.LevelWarn}))
	}
	return slog.New(slog.NewTextHandler(w, nil))
}

// listen opens the port and answers on it until ctx ends.
func (c *serveCommand) listen(ctx context.Context, std streams, s *serve.Server) error {
	l, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return hinted{fmt.Errorf("listening on %s: %w", c.Listen, err), "give a free port of this machine, such as --listen 127.0.0.1:9000"}
	}
	scheme := "http"
	if c.TLSCert != "" {
		pair, err := tls.LoadX509KeyPair(c.TLSCert, c.TLSKey)
		if err != nil {
			return fmt.Errorf("reading the certificate: %w", err)
		}
		l, scheme = tls.NewListener(l, &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12, NextProtos: []string{"h2", "http/1.1"}}), "https"
	}
	fmt.Fprintf(std.err, "parley: %s://%s/\n", scheme, l.Addr())
	return s.Serve(ctx, l)
}

// shortName is what addresses call an archive: the file's name without its extension, or the database's; archive, where an
// address names none. Nothing else of an address is in it, for there may be a password.
func shortName(path string) string {
	if store.IsAddress(path) {
		u, err := url.Parse(path)
		if err != nil || strings.Trim(u.Path, "/") == "" {
			return "archive"
		}
		path = u.Path
	}
	base := filepath.Base(path)
	return strings.TrimSuffix(base, filepath.Ext(base))
}

// counting counts what an archive holds.
func counting(in *store.Store) func(context.Context) (serve.Counts, error) {
	return func(ctx context.Context) (serve.Counts, error) {
		stats, err := in.Count(ctx)
		return serve.Counts(stats), err
	}
}

// recompared compares the articles of an archive again.
func recompared(in *store.Store) func(context.Context) error {
	return func(ctx context.Context) error { return ingest.Reconcile(ctx, in, ingest.Comparison{}) }
}

// archiveStatus is the status of HTTP for trouble with an archive; 0 where it is not known.
func archiveStatus(err error) int {
	switch {
	case errors.Is(err, store.ErrInvalid):
		return http.StatusUnprocessableEntity
	case errors.Is(err, store.ErrReadOnly):
		return http.StatusConflict
	case errors.Is(err, store.ErrLocked), errors.Is(err, store.ErrUnreachable):
		return http.StatusServiceUnavailable
	case errors.Is(err, store.ErrFull):
		return http.StatusInsufficientStorage
	}
	return 0
}
