package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/user"
	"strings"
	"time"

	"parley/internal/desk"
	"parley/internal/record"
	"parley/internal/resolve"
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
	if !store.IsAddress(a.Archive) && missing(a.Archive) {
		if err := placeFor(a.Archive); err != nil {
			return nil, err
		}
	}
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

func (i instant) time() time.Time { return time.Time(i) }

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

func (u until) time() time.Time { return time.Time(u) }

// shown are entries with a record of what they name, for view.
func shown(ctx context.Context, in record.Reader, entries ...record.Entry) ([]view.Shown, error) {
	rec, err := desk.New(in).Excerpt(ctx, entries)
	if err != nil {
		return nil, err
	}
	out := make([]view.Shown, len(entries))
	for i, e := range entries {
		out[i] = view.Shown{Entry: e, Record: rec}
	}
	return out, nil
}

// linked are links with their sides, for view.
func linked(ctx context.Context, in record.Reader, links ...record.Link) ([]view.Linked, error) {
	list, err := desk.New(in).Linked(ctx, links)
	if err != nil {
		return nil, err
	}
	var sides []record.Entry
	for _, l := range list {
		for _, s := range []*desk.Shown{l.A, l.B} {
			if s != nil {
				sides = append(sides, s.Entry)
			}
		}
	}
	rec, err := desk.New(in).Excerpt(ctx, sides)
	if err != nil {
		return nil, err
	}
	out := make([]view.Linked, len(list))
	for i, l := range list {
		out[i] = view.Linked{Link: l.Link}
		for s, into := range map[*desk.Shown]**view.Shown{l.A: &out[i].A, l.B: &out[i].B} {
			if s != nil {
				*into = &view.Shown{Entry: s.Entry, Record: rec}
			}
		}
	}
	return out, nil
}

// textOptions say how w can show text.
func textOptions(w io.Writer) view.TextOptions {
	width, colour := terminal(w)
	countries, err := resolve.Countries()
	if err != nil {
		countries = nil // the codes are shown
	}
	return view.TextOptions{Width: width, Colour: colour, Countries: countries}
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
	return "", usage("who decides? give --who, or set PARLEY_USER")
}
