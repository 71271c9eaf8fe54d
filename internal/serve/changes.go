package serve

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"parley/internal/account"
	"parley/internal/record"
)

// Change is one row of the log, as far as somebody who follows an archive needs it.
type Change struct {
	Seq     int64     `json:"seq"`
	At      time.Time `json:"at"`
	Verb    string    `json:"verb" doc:"ingest, read, supersede, or what somebody decided"`
	Subject record.ID `json:"subject"`
	Object  record.ID `json:"object,omitempty"`
	Value   string    `json:"value,omitempty"`
}

type changePage struct {
	Changes []Change `json:"changes"`
	Next    int64    `json:"next" doc:"since of the next question: the number of the last change there is"`
}

type changesInput struct {
	InArchive
	Since int64 `query:"since" minimum:"0" doc:"the number after which changes are wanted; 0: from the beginning"`
	Limit int   `query:"limit" default:"100" minimum:"1" maximum:"1000"`
}

func (s *Server) changeOperations() {
	serve(s, of("list-changes", "/changes", "changes", "What changed, by number"), s.changes)
	follow := of("follow-changes", "/stream", "changes", "What changes, as it does: server-sent events named change, whose ids are numbers of changes")
	follow.slow = true
	register(s, follow, map[string]any{"text/event-stream": Change{}}, s.follow)
}

func (s *Server) changes(ctx context.Context, in *changesInput) (changePage, error) {
	list, err := changesAfter(ctx, s.archives[in.Archive], in.Since, in.Limit)
	out := changePage{list, in.Since}
	if len(list) > 0 {
		out.Next = list[len(list)-1].Seq
	}
	return out, err
}

func changesAfter(ctx context.Context, in record.Reader, since int64, limit int) ([]Change, error) {
	out := []Change{}
	for j, err := range in.Judgements(ctx, record.JudgementQuery{After: since, Limit: limit}) {
		if err != nil {
			return nil, err
		}
		out = append(out, Change{j.Seq, j.At, j.Verb, j.Subject, j.Object, short(j.Value)})
	}
	return out, nil
}

// valueSize is how much of a change's value is shown: the archive's own verbs log hashes there, which are long.
const valueSize = 200

func short(s string) string {
	if len(s) > valueSize {
		return ""
	}
	return s
}

// How often a stream looks for changes, how often it shows that it lives, and how long a client may take to listen.
const (
	streamTick   = time.Second
	streamBeat   = 15 * time.Second
	streamStall  = 20 * time.Second
	streamAtOnce = 100
)

type followInput struct {
	InArchive
	Since int64  `query:"since" minimum:"0" doc:"begin after this change; without it, with the next one"`
	Last  string `header:"Last-Event-ID" doc:"as browsers send it when they come back"`
}

// follow streams changes until the client goes, the server stops, or the stream has lasted so long that the client must
// show again that it may. Each stream looks at the mark of its archive, which
// costs next to nothing; their number is bounded, for everybody together and for each.
func (s *Server) follow(ctx context.Context, in *followInput) (*huma.StreamResponse, error) {
	a := s.archives[in.Archive]
	since := in.Since
	if n, err := strconv.ParseInt(in.Last, 10, 64); err == nil && n > 0 {
		since = n
	}
	if since == 0 {
		last, _, err := a.Mark(ctx)
		if err != nil {
			return nil, err
		}
		since = last.Seq
	}
	end, err := s.streams.open(cmp.Or(account.From(ctx).Name, clientIn(ctx)))
	if err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(ctx huma.Context) {
		defer end()
		ctx.SetHeader("Content-Type", "text/event-stream")
		ctx.SetHeader("Cache-Control", "no-store")
		ctx.SetHeader("X-Accel-Buffering", "no")
		_, w := humago.Unwrap(ctx)
		f := follower{s: s, in: a, since: since, out: ctx.BodyWriter(), control: http.NewResponseController(w)}
		if err := f.run(ctx.Context()); err != nil {
			s.Log.DebugContext(ctx.Context(), "a stream ended", "error", err)
		}
	}}, nil
}

// follower is one stream.
type follower struct {
	s       *Server
	in      *served
	since   int64
	out     io.Writer
	control *http.ResponseController
}

func (f *follower) run(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, f.s.Limits.Stream)
	defer cancel()
	tick, beat := time.NewTicker(streamTick), time.NewTicker(streamBeat)
	defer tick.Stop()
	defer beat.Stop()
	if err := f.write(": here\n\n"); err != nil {
		return err
	}
	for {
		if err := f.news(ctx); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-f.s.stopping:
			return nil
		case <-beat.C:
			if err := f.write(": still here\n\n"); err != nil {
				return err
			}
		case <-tick.C:
		}
	}
}

// news writes what has changed since the last time.
func (f *follower) news(ctx context.Context) error {
	for {
		last, _, err := f.in.Mark(ctx)
		if err != nil || last.Seq <= f.since {
			return err
		}
		list, err := changesAfter(ctx, f.in, f.since, streamAtOnce)
		if err != nil || len(list) == 0 {
			return err
		}
		for _, c := range list {
			data, err := json.Marshal(c)
			if err != nil {
				return fmt.Errorf("encoding a change: %w", err)
			}
			if err := f.write(fmt.Sprintf("id: %d\nevent: change\ndata: %s\n\n", c.Seq, data)); err != nil {
				return err
			}
			f.since = c.Seq
		}
	}
}

func (f *follower) write(text string) error {
	if err := f.control.SetWriteDeadline(time.Now().Add(streamStall)); err != nil {
		return fmt.Errorf("streaming: %w", err)
	}
	if _, err := io.WriteString(f.out, text); err != nil {
		return fmt.Errorf("streaming: %w", err)
	}
	if err := f.control.Flush(); err != nil {
		return fmt.Errorf("streaming: %w", err)
	}
	return nil
}
