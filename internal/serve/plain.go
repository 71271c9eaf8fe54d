package serve

import (
	"context"
	_ "embed"
	"html/template"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/account"
	"parley/internal/mcp"
)

// plain registers what is no part of the API: health, metrics, the API's documentation.
func (s *Server) plain() {
	s.mux.HandleFunc("GET /healthz", s.named("health", func(w http.ResponseWriter, _ *http.Request) { answer(w, "ok") }))
	s.mux.HandleFunc("GET /readyz", s.named("ready", s.ready))
	s.mux.HandleFunc("GET /metrics", s.named("metrics", func(w http.ResponseWriter, r *http.Request) {
		if n := access()["metrics"]; !n.lets(account.From(r.Context()), "") {
			plainProblem(w, http.StatusForbidden, "metrics need the role "+n.role.String()+" of every archive: send a token")
			return
		}
		s.metrics.handler().ServeHTTP(w, r)
	}))
	s.mux.HandleFunc("/mcp", s.named("mcp", s.models().ServeHTTP))
	s.mux.HandleFunc("GET /docs", s.named("docs", s.docs))
	s.mux.HandleFunc("GET /docs/style.css", s.named("docs", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/css; charset=utf-8")
		w.Header().Set("Cache-Control", "max-age=3600")
		_, _ = w.Write([]byte(docsStyle))
	}))
}

// models answers language models (internal/mcp) about the archives that whoever sends them may read.
func (s *Server) models() http.Handler {
	return mcp.Handler(func(r *http.Request) (seen []mcp.Archive) {
		for _, name := range s.names() {
			if a := s.archives[name]; account.From(r.Context()).May(name, account.Reader) {
				seen = append(seen, mcp.Archive{Name: name, Reader: a, Desk: a.desk})
			}
		}
		return seen
	}, mcp.Options{Version: s.Version, Log: s.Log})
}

// named notes a name for the log and the metrics, and who asks for the log.
func (s *Server) named(name string, h http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if t, ok := r.Context().Value(tripKey{}).(*trip); ok {
			t.operation, t.who = name, account.From(r.Context()).Name
		}
		h(w, r)
	}
}

func answer(w http.ResponseWriter, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write([]byte(text + "\n")) // the client may have gone
}

// readyTime is how long an archive may take to say that it is there.
const readyTime = 2 * time.Second

// ready says whether every archive answers and the server is not stopping.
func (s *Server) ready(w http.ResponseWriter, r *http.Request) {
	select {
	case <-s.stopping:
		plainProblem(w, http.StatusServiceUnavailable, "the server is stopping")
		return
	default:
	}
	ctx, cancel := context.WithTimeout(r.Context(), readyTime)
	defer cancel()
	for _, name := range s.names() {
		if _, _, err := s.archives[name].Mark(ctx); err != nil {
			s.Log.ErrorContext(ctx, "an archive does not answer", "archive", name, "error", err)
			plainProblem(w, http.StatusServiceUnavailable, "an archive does not answer; the server's log says why")
			return
		}
	}
	answer(w, "ready")
}

var (
	//go:embed docs.html
	docsPage string
	//go:embed docs.css
	docsStyle string
)

// docs shows what the API can do, from its OpenAPI.
func (s *Server) docs(w http.ResponseWriter, r *http.Request) {
	page, err := template.New("docs").Parse(docsPage)
	if err == nil {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Cache-Control", "no-cache")
		err = page.Execute(w, s.manual())
	}
	if err != nil {
		s.Log.ErrorContext(r.Context(), "writing the documentation", "error", err)
	}
}

// manual is the API as its documentation shows it.
type manual struct {
	Version  string
	Chapters []chapter
}

type chapter struct {
	Name       string
	Operations []manualOperation
}

type manualOperation struct {
	ID, Method, Path, Summary, Needs string
	Parameters                       []manualParameter
	Body                             []manualParameter
	Types                            []string
}

type manualParameter struct {
	Name, In, Type, Doc string
	Required            bool
}

func (s *Server) manual() manual {
	spec, byTag := s.api.OpenAPI(), map[string][]manualOperation{}
	for path, item := range spec.Paths {
		for _, op := range []*huma.Operation{item.Get, item.Post, item.Put, item.Patch, item.Delete} {
			if op == nil || len(op.Tags) == 0 {
				continue
			}
			byTag[op.Tags[0]] = append(byTag[op.Tags[0]], s.manualOperation(path, op))
		}
	}
	out := manual{Version: s.Version}
	for tag, list := range byTag {
		slices.SortFunc(list, func(a, b manualOperation) int {
			return strings.Compare(a.Path+" "+a.Method, b.Path+" "+b.Method)
		})
		out.Chapters = append(out.Chapters, chapter{tag, list})
	}
	slices.SortFunc(out.Chapters, func(a, b chapter) int { return strings.Compare(a.Name, b.Name) })
	return out
}

func (s *Server) manualOperation(path string, op *huma.Operation) manualOperation {
	out := manualOperation{ID: op.OperationID, Method: op.Method, Path: path, Summary: op.Summary}
	out.Needs = access()[op.OperationID].String()
	for _, p := range op.Parameters {
		out.Parameters = append(out.Parameters, manualParameter{p.Name, p.In, typeName(p.Schema), p.Description, p.Required})
	}
	if op.RequestBody != nil {
		for _, media := range op.RequestBody.Content {
			out.Body = s.fields(media.Schema)
		}
	}
	for status, response := range op.Responses {
		if status[0] == '2' {
			for name := range response.Content {
				out.Types = append(out.Types, name)
			}
		}
	}
	slices.Sort(out.Types)
	return out
}

// fields are those of an object in a body.
func (s *Server) fields(schema *huma.Schema) []manualParameter {
	if schema.Ref != "" {
		schema = s.api.OpenAPI().Components.Schemas.SchemaFromRef(schema.Ref)
	}
	var out []manualParameter
	for name, p := range schema.Properties {
		out = append(out, manualParameter{name, "body", typeName(p), p.Description, slices.Contains(schema.Required, name)})
	}
	slices.SortFunc(out, func(a, b manualParameter) int { return strings.Compare(a.Name, b.Name) })
	return out
}

func typeName(schema *huma.Schema) string {
	switch {
	case schema == nil:
		return ""
	case len(schema.Enum) > 0:
		var list []string
		for _, v := range schema.Enum {
			if word, ok := v.(string); ok {
				list = append(list, word)
			}
		}
		return strings.Join(list, " | ")
	case schema.Type == huma.TypeArray && schema.Items != nil:
		return typeName(schema.Items) + ", repeatable"
	}
	return schema.Type
}
