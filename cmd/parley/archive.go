package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/user"
	"strings"
	"time"

	"parley/internal/record"
	"parley/internal/store"
	"parley/internal/view"
)

// archiveArg names the archive a command works on.
type archiveArg struct {
	Archive string `arg:"" help:"The archive: a file such as crisis.parley, or postgres://user@host/database."`
}

// open opens the archive for reading.
func (a archiveArg) open(ctx context.Context) (*store.Store, error) {
	return store.Open(ctx, a.Archive, store.Options{ReadOnly: true})
}

// change opens the archive for writing.
func (a archiveArg) change(ctx context.Context) (*store.Store, error) {
	return store.Open(ctx, a.Archive, store.Options{})
}

// make opens the archive for writing, and makes it if it is not there.
func (a archiveArg) make(ctx context.Context) (*store.Store, error) {
	return store.Open(ctx, a.Archive, store.Options{Create: true})
}

// instant is a point in time on the command line: a day, or a day and an hour.
type instant time.Time

// UnmarshalText reads 2022-02-20 (its midnight, UTC) or 2022-02-20T18:00Z.
func (i *instant) UnmarshalText(text []byte) error {
	for _, layout := range []string{time.DateOnly, time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04"} {
		if t, err := time.Parse(layout, string(text)); err == nil {
			*i = instant(t.UTC())
			return nil
		}
	}
	return fmt.Errorf("%q is no time: write it as 2022-02-20 or 2022-02-20T18:00Z", text)
}

// until is the end of a span of time: a day counts to its last moment.
type until time.Time

// UnmarshalText reads 2022-02-20 (all of it) or 2022-02-20T18:00Z.
func (u *until) UnmarshalText(text []byte) error {
	var i instant
	if err := i.UnmarshalText(text); err != nil {
		return err
	}
	*u = until(i)
	if _, err := time.Parse(time.DateOnly, string(text)); err == nil {
		*u = until(time.Time(i).Add(24*time.Hour - time.Second))
	}
	return nil
}

// records looks up the records of articles, the last of them kept at hand.
type records struct {
	in   record.Reader
	kept map[record.ID]*record.Record
}

const recordsAtHand = 64

func newRecords(in record.Reader) *records {
	return &records{in: in, kept: map[record.ID]*record.Record{}}
}

func (r *records) of(ctx context.Context, article record.ID) (*record.Record, error) {
	if rec, ok := r.kept[article]; ok {
		return rec, nil
	}
	rec, err := r.in.Record(ctx, article)
	if err != nil {
		return nil, err
	}
	if len(r.kept) >= recordsAtHand {
		clear(r.kept)
	}
	r.kept[article] = rec
	return rec, nil
}

// shown is an entry with its record.
func (r *records) shown(ctx context.Context, e record.Entry) (view.Shown, error) {
	rec, err := r.of(ctx, e.Article)
	if err != nil {
		return view.Shown{}, fmt.Errorf("showing %s: %w", e.ID, err)
	}
	return view.Shown{Entry: e, Record: rec}, nil
}

// linked is a link with its sides.
func (r *records) linked(ctx context.Context, l record.Link) (view.Linked, error) {
	out := view.Linked{Link: l}
	for id, side := range map[record.ID]**view.Shown{l.A: &out.A, l.B: &out.B} {
		if id == "" {
			continue
		}
		e, err := r.in.Entry(ctx, id)
		if err != nil {
			return out, fmt.Errorf("showing %s: %w", l.ID, err)
		}
		s, err := r.shown(ctx, e)
		if err != nil {
			return out, err
		}
		*side = &s
	}
	return out, nil
}

// textOptions say how w can show text.
func textOptions(w io.Writer) view.TextOptions {
	width, colour := terminal(w)
	return view.TextOptions{Width: width, Colour: colour}
}

// printJSON prints one value, indented.
func printJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("writing JSON: %w", err)
	}
	return nil
}

// decider is the name a decision is logged under: the one given, PARLEY_USER, or that of the account.
func decider(given string) (string, error) {
	if given != "" {
		return given, nil
	}
	if name := strings.TrimSpace(os.Getenv("PARLEY_USER")); name != "" {
		return name, nil
	}
	if u, err := user.Current(); err == nil && u.Username != "" {
		return u.Username, nil
	}
	return "", coded{errors.New("who decides? give --who, or set PARLEY_USER"), exitUsage}
}
