package serve

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/klauspost/compress/gzhttp"

	"parley/internal/account"
)

// policy is what browsers are told that pages may do: nothing but what comes from this server, in no frame.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; " +
	"base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// around puts what every request goes through around a handler, the outermost first: log and metrics, headers, the
// client's share, the size of the request, compression, who asks.
func (s *Server) around(h http.Handler) (http.Handler, error) {
	compress, err := gzhttp.NewWrapper(gzhttp.MinSize(1024), gzhttp.CompressionLevel(3), gzhttp.ContentTypes([]string{
		jsonType, "application/problem+json", "text/csv", "text/html", "text/css", "text/javascript", "application/javascript", "image/svg+xml", "text/plain",
		"application/jsonl", "application/geo+json", "application/ld+json", "application/atom+xml", "text/calendar",
	}))
	if err != nil {
		return nil, err
	}
	h = s.Guard.Handler(h)
	h = compress(h)
	h = http.MaxBytesHandler(h, maxBody)
	h = s.limited(h)
	h = s.headed(h)
	return s.logged(h), nil
}

// headed sets the headers of every answer.
func (s *Server) headed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		h.Set("Cache-Control", "no-store") // answers that may be kept say so
		if r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https" && s.proxy(peerOf(r)) {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}

// trip is what is noted of a request on its way.
type trip struct {
	id        string
	operation string // its id; page for pages
	who       string
}

type tripKey struct{}

// logged writes a line for each request, without its query, which may hold what somebody is looking for, and counts it.
// A handler that panics costs its own request only.
func (s *Server) logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun, t := s.Now(), &trip{id: rand.Text()[:12], operation: "page"}
		w.Header().Set("X-Request-Id", t.id)
		rec := &recorder{ResponseWriter: w}
		r = r.WithContext(context.WithValue(r.Context(), tripKey{}, t))
		defer func() {
			fault := recover()
			if err, _ := fault.(error); fault != nil && !errors.Is(err, http.ErrAbortHandler) {
				s.Log.ErrorContext(r.Context(), "panic", "request", t.id, "fault", fault, "stack", string(debug.Stack()))
				if rec.status == 0 {
					plainProblem(rec, http.StatusInternalServerError, "something went wrong here; the server's log says what, under "+t.id)
				}
			}
			s.note(r, t, rec, s.Now().Sub(begun))
			if fault != nil && rec.bytes > 0 {
				panic(http.ErrAbortHandler) // an answer that broke off must not look whole
			}
		}()
		next.ServeHTTP(rec, r)
	})
}

// gone is what the log has for the status where the client went away before there was an answer.
const gone = 499

func (s *Server) note(r *http.Request, t *trip, rec *recorder, took time.Duration) {
	status := max(rec.status, http.StatusOK)
	if r.Context().Err() != nil && (rec.status == 0 || rec.status >= 500) {
		status = gone
	}
	s.metrics.took(t.operation, r.Method, status, took)
	level := slog.LevelInfo
	if status >= 500 {
		level = slog.LevelError
	}
	s.Log.Log(r.Context(), level, "request", "id", t.id, "method", r.Method, "path", loggedPath(r.URL.Path), "operation", t.operation, "status", status,
		"bytes", rec.bytes, "ms", float64(took.Microseconds())/1000, "client", s.clientOf(r), "who", t.who)
}

// loggedPath is an address without the secret of a feed.
func loggedPath(path string) string {
	if strings.HasPrefix(path, "/alerts/") {
		return "/alerts/…"
	}
	return path
}

// recorder notes the status and size of an answer.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int64
}

// WriteHeader notes the status. A problem is nobody's to keep: the tag was that of the answer it takes the place of.
func (r *recorder) WriteHeader(status int) {
	if status >= 400 {
		r.Header().Del("ETag")
		r.Header().Set("Cache-Control", "no-store")
	}
	if r.status == 0 && status >= 200 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

// Write notes the size.
func (r *recorder) Write(data []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	n, err := r.ResponseWriter.Write(data)
	r.bytes += int64(n)
	return n, err
}

// Unwrap is for http.ResponseController.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// watched notes an operation's name and bounds its time. Slow ones, and tables of whole lists, may take as long as their
// client takes what is written.
func (s *Server) watched(op operation) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		if t, ok := ctx.Context().Value(tripKey{}).(*trip); ok {
			t.operation, t.who = op.id, account.From(ctx.Context()).Name
		}
		if op.slow || ctx.Query("format") == "csv" {
			_, w := humago.Unwrap(ctx)
			next(&patient{ctx, http.NewResponseController(w)})
			return
		}
		bounded, cancel := context.WithTimeout(ctx.Context(), s.Limits.Time)
		defer cancel()
		next(huma.WithContext(ctx, bounded))
	}
}

// patient is a request whose answer may take long, as long as its client takes each part of it in time.
type patient struct {
	asked
	control *http.ResponseController
}

// BodyWriter gives the client time anew for every part.
func (p *patient) BodyWriter() io.Writer { return patientWriter{p.asked.BodyWriter(), p.control} }

// Unwrap is the request itself.
func (p *patient) Unwrap() huma.Context { return p.asked }

type patientWriter struct {
	io.Writer
	control *http.ResponseController
}

// Write writes a part.
func (w patientWriter) Write(data []byte) (int, error) {
	_ = w.control.SetWriteDeadline(time.Now().Add(streamStall)) // only a test's recorder has none
	return w.Writer.Write(data)
}

// plainProblem answers with problem+json outside of the API's own handlers.
func plainProblem(w http.ResponseWriter, status int, detail string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(huma.ErrorModel{Title: http.StatusText(status), Status: status, Detail: detail}) // the client may have gone
}
