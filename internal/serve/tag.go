package serve

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/account"
)

// tagged gives answers an ETag and answers 304 to who has the answer already (RFC 9110, section 13). The tag is worked
// out before the answer, from what the answer depends on: the marks of the archives, who asks, the address, this run of
// the server and, where the clock matters, the minute. An archive that changes meanwhile gives a newer answer under the
// older tag, which then no longer holds: that is safe.
func (s *Server) tagged(op operation, n need) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		tag, err := s.tag(ctx.Context(), ctx, op, n)
		if err != nil {
			if ctx.Context().Err() == nil { // else the client went away
				s.Log.WarnContext(ctx.Context(), "reading the mark of an archive", "error", err)
			}
			next(ctx)
			return
		}
		ctx.SetHeader("ETag", tag)
		ctx.SetHeader("Cache-Control", "private, no-cache")
		if matches(ctx.Header("If-None-Match"), tag) {
			ctx.SetStatus(http.StatusNotModified)
			return
		}
		s.once(ctx, tag, next)
	}
}

// once answers with what is kept under a tag, or works it out and keeps it. Files are not kept.
func (s *Server) once(ctx huma.Context, tag string, next func(huma.Context)) {
	if ctx.Query("format") == "csv" {
		next(ctx)
		return
	}
	a, found, done := s.kept.answer(ctx.Context(), tag)
	if found {
		send(ctx, http.StatusOK, a.mediaType, a.body)
		return
	}
	if done == nil {
		s.problem(ctx, http.StatusServiceUnavailable, tookTooLong)
		return
	}
	var got *keptAnswer
	defer func() { done(got) }() // also where next panics
	held := &heldAnswer{asked: ctx, status: http.StatusOK}
	next(held)
	a = keptAnswer{tag, held.mediaType, held.body.Bytes()}
	if held.status == http.StatusOK && held.mediaType == jsonType {
		got = &a
	}
	send(ctx, held.status, held.mediaType, held.body.Bytes())
}

// send sends an answer that is there as a whole.
func send(ctx huma.Context, status int, mediaType string, body []byte) {
	ctx.SetHeader("Content-Type", mediaType)
	ctx.SetStatus(status)
	_, _ = ctx.BodyWriter().Write(body) // the client may have gone
}

func (s *Server) tag(ctx context.Context, req huma.Context, op operation, n need) (string, error) {
	who, u := account.From(ctx), req.URL()
	sum := sha256.New()
	fmt.Fprintf(sum, "%d\n%s\n%s\n%v\n", s.started.UnixNano(), u.EscapedPath(), u.RawQuery, who.Roles)
	names := []string{req.Param("archive")}
	if n.scope != archive {
		names = s.names()
		fmt.Fprintf(sum, "%q\n", who.Name)
	}
	for _, name := range names {
		last, changes, err := s.archives[name].Mark(ctx)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(sum, "%s %d %d\n", name, last.Seq, changes)
	}
	if op.clocked {
		fmt.Fprintln(sum, s.Now().Truncate(time.Minute).Unix())
	}
	return `W/"` + hex.EncodeToString(sum.Sum(nil)[:12]) + `"`, nil
}

// names are those of the archives, sorted.
func (s *Server) names() []string {
	var names []string
	for name := range s.archives {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// matches says whether a tag is among those of If-None-Match, by the weak comparison.
func matches(header, tag string) bool {
	for one := range strings.SplitSeq(header, ",") {
		one = strings.TrimSpace(one)
		if one == "*" || strings.TrimPrefix(one, "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}
