// Package serve is the desk's server: the HTTP API under /api/v1, its documentation, the pages, the stream of changes and
// the metrics, over archives that it is given. In go archives, whoever guards them (account.Guard) and the built pages; out
// comes a Server, which answers JSON and CSV, errors as problem+json (RFC 9457), and never shows text of an article in
// another way than as text. Every operation has an id, stands in the OpenAPI at /openapi.json, and has a row in the table
// of access.go that says who may call it. docs/api.md shows how it is used.
package serve

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"parley/internal/account"
	"parley/internal/alert"
	"parley/internal/ceasefire"
	"parley/internal/desk"
	"parley/internal/record"
)

// Archive is what the server asks of one archive; a store.Store is one.
type Archive interface {
	record.Reader
	// Judge appends a decision to the log.
	Judge(ctx context.Context, j record.Judgement) (record.Judgement, error)
	// Origin are the passages of one origin, in all articles.
	Origin(ctx context.Context, origin record.ID) ([]record.Passage, error)
	// Mark is the last decision in the log, and a number that changes with every change of the archive.
	Mark(ctx context.Context) (last record.Judgement, changes int64, err error)
}

// Named is an archive under the short name that addresses call it by.
type Named struct {
	Name string
	Archive
	Count func(context.Context) (Counts, error)
	// Compare compares the articles again, which takes as long as the archive is large; nil: nobody does. Serve calls it after
	// decisions on who is the same or what is a copy.
	Compare func(context.Context) error
}

// Counts is how much of what an archive holds.
type Counts struct {
	Articles   map[string]int `json:"articles" doc:"by state"`
	Entries    map[string]int `json:"entries" doc:"by kind, also of articles that are not current"`
	Links      map[string]int `json:"links" doc:"by kind"`
	Identities int            `json:"identities"`
	Judgements int            `json:"judgements"`
	Bytes      int64          `json:"bytes" doc:"on disk"`
}

// Config is what a server is made of.
type Config struct {
	Archives   []Named
	Guard      account.Guard
	Accounts   *account.Accounts      // users, their tokens, and what they have seen; nil: none
	Secret     []byte                 // makes the ids that visitors get, the same in every run; nil: one of this run
	Alerts     *alert.Sender          // saved searches, rules and what they found; nil: none
	Pages      fs.FS                  // the built pages; nil: the API alone, and a line that says so
	Ceasefires []*ceasefire.Agreement // defined in files; drafts of the archives come beside them
	Tables     ceasefire.Imported     // counts of violations that no article reports
	Understand desk.Understand        // gives words their meaning, for searches; nil: nobody does
	Version    string                 // of the program
	Log        *slog.Logger           // nil: nothing is logged
	Now        func() time.Time       // nil: time.Now
	Status     func(error) int        // of an archive's own errors; 0: none of them, 500
	Limits     Limits
	// Proxies are the addresses of proxies in front, whose X-Forwarded-For and X-Forwarded-Proto are believed; those of
	// others are not.
	Proxies []netip.Prefix
}

// Server answers requests. It is made by New and safe for concurrent use.
type Server struct {
	Config
	mux      *http.ServeMux
	api      huma.API
	archives map[string]*served
	unlisted []string // operations without a row in the table of access.go
	handler  http.Handler
	clients  *clients
	metrics  *metrics
	kept     *kept
	started  time.Time
	streams  *streams
	stopping chan struct{} // closed when the server begins to stop
}

// New makes a server. Errors say what in the configuration cannot be served.
func New(cfg Config) (*Server, error) {
	if len(cfg.Archives) == 0 {
		return nil, errors.New("serving: no archive was given")
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Limits.Time == 0 {
		cfg.Limits.Time = 30 * time.Second
	}
	if cfg.Limits.Stream == 0 {
		cfg.Limits.Stream = 5 * time.Minute
	}
	if cfg.Secret == nil {
		cfg.Secret = []byte(rand.Text())
	}
	s := &Server{
		Config: cfg, mux: http.NewServeMux(), archives: map[string]*served{}, started: cfg.Now(), clients: newClients(cfg.Limits, cfg.Now), kept: newKept(),
		streams: newStreams(cfg.Limits), stopping: make(chan struct{}),
	}
	var beside *desk.Desk
	for _, a := range cfg.Archives {
		if _, twice := s.archives[a.Name]; twice || !speakable(a.Name) {
			return nil, fmt.Errorf("serving: two archives are called %q, or it is no name for an address: rename the file", a.Name)
		}
		var err error
		if s.archives[a.Name], err = newServed(a, beside, cfg); err != nil {
			return nil, fmt.Errorf("serving: %w", err)
		}
		beside = s.archives[a.Name].desk
	}
	s.metrics = newMetrics(s)
	s.api = humago.New(s.mux, s.apiConfig())
	s.operations()
	refine(s.api.OpenAPI())
	s.plain()
	if len(s.unlisted) > 0 {
		return nil, fmt.Errorf("serving: nobody says who may call %v", s.unlisted)
	}
	s.mux.Handle("/", s.pages())
	var err error
	if s.handler, err = s.around(s.mux); err != nil {
		return nil, fmt.Errorf("serving: %w", err)
	}
	return s, nil
}

// apiConfig is huma's, without its documentation pages, which load scripts from elsewhere.
func (s *Server) apiConfig() huma.Config {
	cfg := huma.DefaultConfig("Parley", s.Version)
	cfg.Info.Description = "Who said what to whom, through whom, with the exact words. Everything of an archive is under /api/v1/archives/{archive}."
	cfg.DocsPath, cfg.SchemasPath = "", ""
	cfg.CreateHooks = nil // no links to schemas in answers
	cfg.Components.Schemas, cfg.Components.SecuritySchemes = schemas(), credentials()
	return cfg
}

// Describe writes what /openapi.json answers, the API's description in OpenAPI 3.1, for whoever makes a client without a server.
func Describe(w io.Writer, version string) error {
	s, err := New(Config{Version: version, Archives: []Named{{Name: "archive"}}, Guard: account.Local{}, Accounts: &account.Accounts{}, Alerts: &alert.Sender{}})
	if err != nil {
		return err
	}
	return json.NewEncoder(w).Encode(s.api.OpenAPI())
}

// Handler answers everything.
func (s *Server) Handler() http.Handler { return s.handler }

// speakable says whether a name can stand in an address as it is, and is no page of the desk.
func speakable(name string) bool {
	for _, r := range name {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' && r != '_' && r != '.' {
			return false
		}
	}
	switch name {
	case "", ".", "..", "api", "auth", "docs", "login", "setup", "account", "alerts", "assets", "healthz", "readyz", "metrics", "mcp", "openapi.json":
		return false
	}
	return true
}
