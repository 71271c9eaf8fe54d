package serve

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"
)

// operation is what is said of one endpoint.
type operation struct {
	id, method, path, tag, summary string
}

// archivePath is where everything of an archive is.
const archivePath = "/api/v1/archives/{archive}"

// of is an operation on an archive; without a method it is GET.
func of(id, path, tag, summary string) operation {
	return operation{id, http.MethodGet, archivePath + path, tag, summary}
}

// huma makes huma's operation of it, with the guard and the schema of its answer.
func (s *Server) huma(op operation, answer reflect.Type) huma.Operation {
	n, listed := access()[op.id]
	if !listed {
		s.unlisted = append(s.unlisted, op.id)
	}
	schema := s.api.OpenAPI().Components.Schemas.Schema(answer, true, op.id)
	return huma.Operation{
		OperationID: op.id, Method: op.method, Path: op.path, Tags: []string{op.tag}, Summary: op.summary,
		Middlewares: huma.Middlewares{s.allow(n)},
		Responses:   map[string]*huma.Response{"200": {Description: "OK", Content: map[string]*huma.MediaType{"application/json": {Schema: schema}}}},
		Errors:      []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusUnprocessableEntity},
	}
}

// table writes an answer as CSV.
type table func(io.Writer) error

// tabular is an input that can ask for CSV.
type tabular interface{ csv() bool }

// serve registers an operation. A nil table says that there is none for the answer.
func serve[I, O any](s *Server, op operation, handle func(context.Context, *I) (O, error)) {
	huma.Register(s.api, s.huma(op, reflect.TypeFor[O]()), func(ctx context.Context, in *I) (*huma.StreamResponse, error) {
		out, err := handle(ctx, in)
		if err != nil {
			return nil, s.explain(ctx, err)
		}
		return stream("application/json", func(w io.Writer) error {
			enc := json.NewEncoder(w)
			enc.SetEscapeHTML(false)
			return enc.Encode(out)
		}), nil
	})
}

// stream is an answer that write writes. One that breaks off leaves the answer incomplete, which the client can tell.
func stream(mediaType string, write func(io.Writer) error) *huma.StreamResponse {
	return &huma.StreamResponse{Body: func(ctx huma.Context) {
		ctx.SetHeader("Content-Type", mediaType)
		if err := write(ctx.BodyWriter()); err != nil {
			panic(http.ErrAbortHandler)
		}
	}}
}
