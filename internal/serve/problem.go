package serve

import (
	"context"
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/desk"
	"parley/internal/record"
)

// tookTooLong is what a client is told when its time is up.
const tookTooLong = "this took too long; ask for less at once, or try again"

// problem answers with problem+json.
func (s *Server) problem(ctx huma.Context, status int, detail string) {
	if err := huma.WriteErr(s.api, ctx, status, detail); err != nil {
		s.Log.WarnContext(ctx.Context(), "writing a problem", "error", err)
	}
}

// explain turns an error of an archive into a problem. What is nobody's business goes into the log only.
func (s *Server) explain(ctx context.Context, err error) error {
	var known huma.StatusError
	var none *record.NoSuch
	status := 0
	if s.Status != nil {
		status = s.Status(err)
	}
	switch {
	case errors.As(err, &known):
		return err
	case errors.As(err, &none):
		return wrong("query."+none.Field, none.Error(), none.Word)
	case errors.Is(err, record.ErrNotFound):
		return huma.Error404NotFound(err.Error())
	case errors.Is(err, record.ErrErased):
		return huma.NewError(http.StatusGone, err.Error())
	case errors.Is(err, desk.ErrCursor):
		return wrong("query.cursor", desk.ErrCursor.Error(), nil)
	case status >= http.StatusInternalServerError: // its text names files, servers and users of databases
		s.Log.ErrorContext(ctx, "answering", "error", err)
		return huma.NewError(status, "the archive cannot answer now; the server's log says why")
	case status != 0:
		return huma.NewError(status, err.Error())
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return huma.Error503ServiceUnavailable(tookTooLong)
	}
	s.Log.ErrorContext(ctx, "answering", "error", err)
	return huma.Error500InternalServerError("something went wrong here; the server's log says what")
}

// wrong is a problem with one parameter of a request.
func wrong(where, message string, value any) error {
	return huma.Error422UnprocessableEntity("the request cannot be answered as it is", &huma.ErrorDetail{Location: where, Message: message, Value: value})
}
