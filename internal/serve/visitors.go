package serve

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/account"
	"parley/internal/desk"
	"parley/internal/record"
)

// masked gives an operation on an archive the ids that a request means, and stands between visitors and it: it refuses
// questions by which names could be found out, holds back the answer, and hides the names of private persons in it.
func (s *Server) masked(op operation, n need) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		if n.scope != archive {
			next(ctx)
			return
		}
		a, visitor := s.archives[ctx.Param("archive")], account.From(ctx.Context()).Masked(ctx.Param("archive"))
		if visitor {
			at := ctx.URL()
			if what := probing(op.id, at.Query()); what != "" {
				s.problem(ctx, http.StatusForbidden, "visitors cannot ask for "+what+"; this needs the role reader")
				return
			}
		}
		meant, known := a.masker.pseudonyms.taken(ctx, visitor)
		switch {
		case !known:
			s.problem(ctx, http.StatusNotFound, "visitors know this by another id: begin at a page or a list of this desk")
		case visitor:
			held := &heldAnswer{asked: meant, status: http.StatusOK}
			next(held)
			s.release(ctx, held, a.masker)
		default:
			next(meant)
		}
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
	body, err := m.JSON(ctx.Context(), held.body.Bytes(), held.status >= http.StatusBadRequest)
	if err != nil {
		s.Log.ErrorContext(ctx.Context(), "masking an answer", "error", err)
		s.problem(ctx, http.StatusInternalServerError, "the names of private persons could not be masked")
		return
	}
	send(ctx, held.status, held.mediaType, body)
}

// forVisitors are the parameters that visitors may use: none of them takes words, so that no name can be tried, and none
// leads to what is not in force any more, such as articles that were withdrawn.
func forVisitors() []string {
	return []string{"kind", "role", "label", "status", "type", "article", "entry", "origin", "from", "to", "since", "day", "min_confidence", "verdict",
		"oldest", "limit", "cursor"}
}

// probing is what visitors must not ask for in a question of an operation; empty: they may ask it.
func probing(id string, query url.Values) string {
	for _, name := range slices.Sorted(maps.Keys(query)) {
		values := slices.DeleteFunc(query[name], func(value string) bool { return value == "" || value == "false" })
		switch {
		case len(values) == 0, slices.Contains(forVisitors(), name), name == "format" && values[0] == "json", name == "state" && id == "get-commitment-board":
		case name == "actor" || name == "by":
			if slices.ContainsFunc(values, func(actor string) bool { return !idForm.MatchString(actor) && !pseudonymForm.MatchString(actor) }) {
				return "actors by their names, which would give away those that are masked"
			}
		case name == "format":
			return "tables"
		case name == "all" || name == "as_of" || name == "state" || name == "now":
			return "what is not in force any more"
		default:
			return "words, which would give away names that are masked"
		}
	}
	return ""
}

// inForce is an error for visitors who ask for something of an article that was withdrawn: it is not there for them.
func (s *Server) inForce(ctx context.Context, name string, articles ...record.ID) error {
	if !account.From(ctx).Masked(name) {
		return nil
	}
	for _, id := range articles {
		art, err := s.archives[name].Article(ctx, id)
		if err != nil {
			return err
		}
		if art.State == record.Withdrawn {
			return fmt.Errorf("%s for a visitor: %w", id, record.ErrNotFound)
		}
	}
	return nil
}

// membersInForce leaves out the members of an actor whose articles are not there for whoever asks.
func (s *Server) membersInForce(ctx context.Context, name string, actor *desk.Actor) error {
	kept := actor.Members[:0]
	for _, m := range actor.Members {
		err := s.inForce(ctx, name, m.Entry.Article)
		if err == nil {
			kept = append(kept, m)
		} else if !errors.Is(err, record.ErrNotFound) {
			return err
		}
	}
	actor.Members = kept
	return nil
}

// unordered puts those with the same count into the order of their pseudonyms. That of names would show between which a masked one
// stands, and so would that of ids, which are hashes of names: whoever knows the other names can work theirs out.
func unordered[T any](p pseudonyms, list []T, of func(*T) (id record.ID, count int)) {
	slices.SortStableFunc(list, func(a, b T) int {
		idA, countA := of(&a)
		idB, countB := of(&b)
		return cmp.Or(countB-countA, cmp.Compare(p.key(idA), p.key(idB)))
	})
}

// unorderedMatrix does so with a matrix; the actor of a cell that comes first is A.
func unorderedMatrix(p pseudonyms, m *desk.Matrix) {
	unordered(p, m.Actors, func(one *desk.Party) (record.ID, int) { return one.ID, one.Count })
	at := map[record.ID]int{}
	for i := range m.Actors {
		at[m.Actors[i].ID] = i
	}
	for i := range m.Cells {
		if c := &m.Cells[i]; at[c.A] > at[c.B] {
			c.A, c.B = c.B, c.A
		}
	}
	slices.SortFunc(m.Cells, func(a, b desk.Cell) int { return cmp.Or(at[a.A]-at[b.A], at[a.B]-at[b.B]) })
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
