package serve

import (
	"context"
	"io"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/export"
)

type exportInput struct {
	InArchive
	As   string   `query:"as" required:"true" doc:"csv, jsonl, plover, geojson, parquet, annotation, schemaorg, atom, ics or brief"`
	Kind []string `query:"kind,explode" doc:"which entries; without it, all that the format holds"`
	Filters
	Limit int `query:"limit" minimum:"0" doc:"this many at most; 0: all"`
}

func (s *Server) exportOperations() {
	op := of("export", "/export", "export", "Entries in a format of other tools, as a file")
	op.slow = true
	answers := map[string]any{}
	for _, f := range export.Formats() {
		answers[f.MediaType] = nil
	}
	register(s, op, answers, s.export)
}

func (s *Server) export(ctx context.Context, in *exportInput) (*huma.StreamResponse, error) {
	formats := export.Formats()
	i := slices.IndexFunc(formats, func(f export.Format) bool { return f.Name == in.As })
	if i < 0 {
		return nil, wrong("query.as", "there is no such format; docs/exports.md lists them", in.As)
	}
	f := formats[i]
	for _, kind := range in.Kind {
		if !slices.Contains(f.Kinds, kind) {
			return nil, wrong("query.kind", f.Name+" does not hold it", kind)
		}
	}
	if f.OneKind && len(in.Kind) != 1 {
		return nil, wrong("query.kind", f.Name+" holds one kind a file", in.Kind)
	}
	kinds := in.Kind
	if len(kinds) == 0 {
		kinds = f.Kinds
	}
	a := s.archives[in.Archive]
	q, err := in.query(ctx, a, kinds...)
	if err != nil {
		return nil, err
	}
	q.Limit = in.Limit
	return stream(http.StatusOK, f.MediaType, attachment(in.Archive+"."+f.Extension), func(w io.Writer) error {
		return export.Write(ctx, w, a, export.Options{Format: f.Name, Kinds: in.Kind, Query: q, Now: s.Now().UTC()})
	}), nil
}
