package serve

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

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

// receipt says where an article came from, and whether its bytes and text are still those it came with.
type receipt struct {
	Location  string             `json:"location" doc:"file, line or address it was read from"`
	Fetched   time.Time          `json:"fetched"`
	Headers   map[string]string  `json:"headers" doc:"of the HTTP answer or WARC record"`
	MediaType string             `json:"media_type"`
	RawHash   string             `json:"raw_hash" doc:"SHA-256 of the bytes it came in, hex"`
	TextHash  string             `json:"text_hash" doc:"SHA-256 of the text, hex"`
	Bytes     int                `json:"bytes"`
	Verified  bool               `json:"verified" doc:"bytes and text were hashed now, and are those of the log"`
	Fault     string             `json:"fault,omitempty" doc:"why not"`
	CheckedAt time.Time          `json:"checked_at"`
	Decisions []record.Judgement `json:"decisions" doc:"about the article"`
}

func (s *Server) receipt(ctx context.Context, in *byID) (receipt, error) {
	a, id := s.archives[in.Archive], record.ID(in.ID)
	art, err := a.Article(ctx, id)
	if err != nil {
		return receipt{}, err
	}
	out := receipt{
		Location: art.Location, Fetched: art.Fetched, Headers: art.Headers, MediaType: art.MediaType, RawHash: art.RawHash, TextHash: art.TextHash,
		CheckedAt: s.Now().UTC(), Decisions: []record.Judgement{},
	}
	for j, err := range a.Judgements(ctx, record.JudgementQuery{Subject: id, Limit: maxPage}) {
		if err != nil {
			return out, err
		}
		out.Decisions = append(out.Decisions, j)
	}
	data, err := a.Raw(ctx, id)
	switch {
	case errors.Is(err, record.ErrErased):
		out.Fault = "its bytes and text were erased; the hashes stay"
		return out, nil
	case err != nil:
		out.Fault = fmt.Sprintf("its bytes cannot be read: %v", err)
		return out, nil
	}
	out.Bytes = len(data)
	out.Fault = fault(art, data, out.Decisions)
	out.Verified = out.Fault == ""
	return out, nil
}

// fault compares an article with its hashes, and these with those that the log has from when it was taken in.
func fault(art record.Article, raw []byte, log []record.Judgement) string {
	if got := record.TextHash(raw); got != art.RawHash {
		return "its bytes hash to " + got + ": they are not those it came in"
	}
	if got := record.TextHash(art.Text); got != art.TextHash {
		return "its text hashes to " + got + ": it is not the one that was read"
	}
	if !slices.ContainsFunc(log, func(j record.Judgement) bool {
		return j.Verb == "ingest" && string(j.Subject) == art.ID && strings.HasPrefix(j.Value, "raw="+art.RawHash+" text="+art.TextHash+" ")
	}) {
		return "the log has other hashes for it than the archive: run parley verify"
	}
	return ""
}
