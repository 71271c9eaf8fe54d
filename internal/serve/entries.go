package serve

import (
	"context"

	"parley/internal/desk"
	"parley/internal/record"
)

// EntriesInput asks for a list of entries.
type EntriesInput struct {
	InArchive
	Filters
	Paged
	Format string `query:"format" enum:"json,csv" default:"json"`
}

// shownPage is a page of entries.
type shownPage struct {
	Entries []desk.Shown `json:"entries"`
	Next    string       `json:"next,omitempty" doc:"cursor of the next page; none at the end"`
}

// entryOperations registers the lists of entries and single ones.
func (s *Server) entryOperations() {
	for _, list := range []struct{ kind, path, summary string }{
		{"statement", "statements", "Who said what"},
		{"event", "events", "Who did what to whom"},
		{"commitment", "commitments", "What was promised"},
		{"contact", "contacts", "Calls, meetings and talks"},
		{"figure", "figures", "Numbers and who gives them"},
		{"agreement", "agreements", "Agreements that articles name"},
		{"place", "places", "Places"},
	} {
		serve(s, of("list-"+list.path, "/"+list.path, "entries", list.summary), func(ctx context.Context, in *EntriesInput) (shownPage, error) {
			return s.entries(ctx, in, list.kind)
		})
	}
	type anyKind struct {
		EntriesInput
		Kind []string `query:"kind,explode" doc:"statement, event, commitment, contact, figure, contradiction, agreement, actor or place; none: all"`
	}
	serve(s, of("list-entries", "/entries", "entries", "Entries of any kind"), func(ctx context.Context, in *anyKind) (shownPage, error) {
		return s.entries(ctx, &in.EntriesInput, in.Kind...)
	})
	serve(s, of("get-entry", "/entries/{id}", "entries", "One entry"), s.getEntry)
}

// byID asks for one thing of an archive.
type byID struct {
	InArchive
	ID string `path:"id" maxLength:"40" doc:"its id"`
}

func (s *Server) entries(ctx context.Context, in *EntriesInput, kinds ...string) (shownPage, error) {
	a := s.archives[in.Archive]
	q, err := in.query(ctx, a, kinds...)
	if err != nil {
		return shownPage{}, err
	}
	q.Limit, q.Cursor = in.Limit, in.Cursor
	page, err := a.Entries(ctx, q)
	if err != nil {
		return shownPage{}, err
	}
	list, err := a.desk.Shown(ctx, page.Entries)
	return shownPage{list, page.Next}, err
}

func (s *Server) getEntry(ctx context.Context, in *byID) (desk.Shown, error) {
	a := s.archives[in.Archive]
	e, err := a.Entry(ctx, record.ID(in.ID))
	if err != nil {
		return desk.Shown{}, err
	}
	list, err := a.desk.Shown(ctx, []record.Entry{e})
	if err != nil {
		return desk.Shown{}, err
	}
	return list[0], nil
}
