package serve

import (
	"context"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/desk"
	"parley/internal/record"
)

// raw gives the bytes an article came in, which nobody knows to be harmless: always as a file, never by the type that the
// article's server gave them.
func (s *Server) raw(ctx context.Context, in *byID) (*huma.StreamResponse, error) {
	data, err := s.archives[in.Archive].Raw(ctx, record.ID(in.ID))
	if err != nil {
		return nil, err
	}
	return stream(http.StatusOK, "application/octet-stream", attachment(in.ID+".bin"), func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	}), nil
}

// receipt says where an article came from, and whether its bytes and text are still those of the log.
func (s *Server) receipt(ctx context.Context, in *byID) (desk.Receipt, error) {
	a, id := s.archives[in.Archive], record.ID(in.ID)
	r, err := a.desk.Receipt(ctx, id, s.Now())
	if err != nil || !r.Verified {
		return r, err
	}
	if !slices.ContainsFunc(r.Decisions, func(j record.Judgement) bool {
		return j.Verb == "ingest" && j.Subject == id && strings.HasPrefix(j.Value, "raw="+r.RawHash+" text="+r.TextHash+" ")
	}) {
		r.Verified, r.Fault = false, "the log has other hashes for it than the archive: run parley verify"
	}
	return r, nil
}
