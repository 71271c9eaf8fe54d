package serve

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// operation is what is said of one endpoint.
type operation struct {
	id, method, path, tag, summary string
	status                         int  // of success; 0: 200
	tagged                         bool // its answer depends on archives, and carries their ETag
	clocked                        bool // its answer changes with the time of day
	slow                           bool // it may take longer than other answers: a stream, an export
}

// archivePath is where everything of an archive is.
const archivePath = "/api/v1/archives/{archive}"

// of is an operation on an archive that reads.
func of(id, path, tag, summary string) operation {
	return operation{id: id, method: http.MethodGet, path: archivePath + path, tag: tag, summary: summary, tagged: true}
}

// clocked says that an answer may change though the archive does not: counts, and the states of ceasefires, are worked out
// once in a while.
func clocked(op operation) operation {
	op.clocked = true
	return op
}

// jsonType and csvType are the media types of answers.
const (
	jsonType = "application/json"
	csvType  = "text/csv; charset=utf-8; header=present"
)

// register puts an operation into the API, with who may call it and what goes around every call. answers are the media
// types of its answer, with a value of the Go type that each holds.
func register[I any](s *Server, op operation, answers map[string]any, handle func(context.Context, *I) (*huma.StreamResponse, error)) {
	n, listed := access()[op.id]
	if !listed {
		s.unlisted = append(s.unlisted, op.id)
	}
	content := map[string]*huma.MediaType{}
	for name, of := range answers {
		schema := &huma.Schema{Type: huma.TypeString}
		if of != nil {
			schema = s.api.OpenAPI().Components.Schemas.Schema(reflect.TypeOf(of), true, op.id)
		}
		content[name] = &huma.MediaType{Schema: schema}
	}
	status := "200"
	if op.status == http.StatusCreated {
		status = "201"
	}
	around := huma.Middlewares{s.watched(op), s.fromClient, s.allow(n)}
	if op.tagged && op.method == http.MethodGet && !op.slow {
		around = append(around, s.tagged(op, n))
	}
	around = append(around, s.masked(op, n))
	huma.Register(s.api, huma.Operation{
		OperationID: op.id, Method: op.method, Path: op.path, Tags: []string{op.tag}, Summary: op.summary, Middlewares: around,
		Security: n.security(), Extensions: n.extensions(),
		DefaultStatus: op.status, RejectUnknownQueryParameters: true, MaxBodyBytes: maxBody,
		Responses: map[string]*huma.Response{status: {Description: "Done", Content: content}},
		Errors:    []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusUnprocessableEntity, http.StatusTooManyRequests},
	}, func(ctx context.Context, in *I) (*huma.StreamResponse, error) {
		out, err := handle(ctx, in)
		if err != nil {
			return nil, s.explain(ctx, err)
		}
		return out, nil
	})
}

// serve registers an operation that answers JSON.
func serve[I, O any](s *Server, op operation, handle func(context.Context, *I) (O, error)) {
	var zero O
	register(s, op, map[string]any{jsonType: zero}, func(ctx context.Context, in *I) (*huma.StreamResponse, error) {
		out, err := handle(ctx, in)
		if err != nil {
			return nil, err
		}
		return stream(op.status, jsonType, nil, encoded(out)), nil
	})
}

// formatted is an input that says which format is wanted.
type formatted interface{ wantsCSV() bool }

// Format is how a list is wanted.
type Format struct {
	Format string `query:"format" enum:"json,csv" default:"json" doc:"csv: a table of the whole list, or of limit rows"`
}

func (f *Format) wantsCSV() bool { return f.Format == "csv" }

// table writes rows; it is made before the answer begins, so that a wrong question is answered with a problem.
type table func(io.Writer) error

// serveList registers a list, which answers JSON or CSV.
func serveList[I, O any](s *Server, op operation, handle func(context.Context, *I) (O, error), tabulate func(context.Context, *I) (table, error)) {
	var zero O
	register(s, op, map[string]any{jsonType: zero, "text/csv": nil}, func(ctx context.Context, in *I) (*huma.StreamResponse, error) {
		if !any(in).(formatted).wantsCSV() {
			out, err := handle(ctx, in)
			if err != nil {
				return nil, err
			}
			return stream(op.status, jsonType, nil, encoded(out)), nil
		}
		write, err := tabulate(ctx, in)
		if err != nil {
			return nil, err
		}
		return stream(op.status, csvType, attachment(strings.TrimPrefix(op.id, "list-")+".csv"), write), nil
	})
}

// encoded writes a value as JSON.
func encoded(v any) table {
	return func(w io.Writer) error {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		return enc.Encode(v)
	}
}

// attachment are the headers of what is to be saved as a file, never shown by a browser.
func attachment(name string) map[string]string {
	safe := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || strings.ContainsRune(`"\/:*?<>|`, r) {
			return '-'
		}
		return r
	}, name)
	return map[string]string{"Content-Disposition": `attachment; filename="` + safe + `"`}
}

// stream is an answer that write writes, with a status, 0 for 200. One that breaks off leaves the answer incomplete, which the client can tell.
func stream(status int, mediaType string, headers map[string]string, write table) *huma.StreamResponse {
	return &huma.StreamResponse{Body: func(ctx huma.Context) {
		ctx.SetHeader("Content-Type", mediaType)
		for name, value := range headers {
			ctx.SetHeader(name, value)
		}
		ctx.SetStatus(max(status, http.StatusOK))
		if err := write(ctx.BodyWriter()); err != nil {
			panic(http.ErrAbortHandler)
		}
	}}
}
