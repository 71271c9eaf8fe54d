package serve

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/account"
)

// masked holds back the answers that visitors get of an archive, hides the names of private persons in them, and refuses
// questions by which names could be found out.
func (s *Server) masked(n need) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		name := ctx.Param("archive")
		if n.scope != archive || n.role >= account.Reader || !account.From(ctx.Context()).Masked(name) {
			next(ctx)
			return
		}
		at := ctx.URL()
		if what := probing(at.Query()); what != "" {
			s.problem(ctx, http.StatusForbidden, "visitors cannot ask for "+what+", which would give away names that are masked; this needs the role reader")
			return
		}
		held := &heldAnswer{asked: ctx, status: http.StatusOK}
		next(held)
		s.release(ctx, held, s.archives[name].masker)
	}
}

// release sends an answer that was held back. What cannot be masked is not sent.
func (s *Server) release(ctx huma.Context, held *heldAnswer, m *masker) {
	if held.body.Len() == 0 {
		ctx.SetStatus(held.status)
		return
	}
	if !strings.Contains(held.mediaType, "json") {
		s.problem(ctx, http.StatusForbidden, "visitors get answers as JSON only; this needs the role reader")
		return
	}
	body, err := m.JSON(ctx.Context(), held.body.Bytes())
	if err != nil {
		s.Log.ErrorContext(ctx.Context(), "masking an answer", "error", err)
		s.problem(ctx, http.StatusInternalServerError, "the names of private persons could not be masked")
		return
	}
	send(ctx, held.status, held.mediaType, body)
}

// probing is what in a question could find out a name that is masked: words, and actors by their names.
func probing(query url.Values) string {
	for _, words := range []string{"q", "text", "name", "publisher"} {
		if query.Get(words) != "" {
			return "words"
		}
	}
	for _, actor := range append(query["actor"], query["by"]...) {
		if !idLike(actor) {
			return "actors by their names"
		}
	}
	if query.Get("format") == "csv" {
		return "CSV"
	}
	return ""
}

// asked is a request under a name that is not that of one of its methods.
type asked = huma.Context

// heldAnswer is a request whose answer is kept until it has been masked.
type heldAnswer struct {
	asked
	status    int
	mediaType string
	body      bytes.Buffer
}

// SetStatus keeps the status.
func (h *heldAnswer) SetStatus(status int) { h.status = status }

// Status is the status kept.
func (h *heldAnswer) Status() int { return h.status }

// SetHeader keeps the media type; other headers hold no names.
func (h *heldAnswer) SetHeader(name, value string) {
	if strings.EqualFold(name, "Content-Type") {
		h.mediaType = value
		return
	}
	h.asked.SetHeader(name, value)
}

// BodyWriter keeps the body.
func (h *heldAnswer) BodyWriter() io.Writer { return &h.body }

// Unwrap is the request itself.
func (h *heldAnswer) Unwrap() huma.Context { return h.asked }
