package serve

import (
	"context"
	"io"
	"slices"

	"parley/internal/desk"
	"parley/internal/export"
	"parley/internal/record"
	"parley/internal/view"
)

// EntriesInput asks for a list of entries.
type EntriesInput struct {
	InArchive
	Filters
	Paged
	Format
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
		serveList(s, of("list-"+list.path, "/"+list.path, "entries", list.summary), func(ctx context.Context, in *EntriesInput) (shownPage, error) {
			return s.entries(ctx, in, list.kind)
		}, func(ctx context.Context, in *EntriesInput) (table, error) { return s.entryTable(ctx, in, list.kind) })
	}
	type anyKind struct {
		EntriesInput
		Kind []string `query:"kind,explode" doc:"statement, event, commitment, contact, figure, contradiction, agreement, actor or place; none: all"`
	}
	serveList(s, of("list-entries", "/entries", "entries", "Entries of any kind; CSV: of one kind its own columns, of several those that all have"), func(ctx context.Context, in *anyKind) (shownPage, error) {
		return s.entries(ctx, &in.EntriesInput, in.Kind...)
	}, func(ctx context.Context, in *anyKind) (table, error) {
		return s.entryTable(ctx, &in.EntriesInput, in.Kind...)
	})
	serveTable(s, of("get-entry", "/entries/{id}", "entries", "One entry"), s.getEntry, entryColumns, func(one desk.Shown) [][]string { return [][]string{entryCells(&one)} })
	serve(s, of("trace-entry", "/entries/{id}/trace", "entries", "Where an entry comes from, link by link"), func(ctx context.Context, in *byID) (view.Trace, error) {
		return s.archives[in.Archive].desk.Trace(ctx, record.ID(in.ID))
	})
	serve(s, of("list-links-of-entry", "/entries/{id}/links", "entries", "What was found between an entry and others"), s.linksOfEntry)
}

// byID asks for one thing of an archive.
type byID struct {
	InArchive
	ID string `path:"id" maxLength:"40" doc:"its id"`
}

// oneByID asks for one thing that has a table.
type oneByID struct {
	InArchive
	ID string `path:"id" maxLength:"40" doc:"its id"`
	Format
}

func (s *Server) entries(ctx context.Context, in *EntriesInput, kinds ...string) (shownPage, error) {
	a := s.archives[in.Archive]
	q, err := in.query(ctx, a, kinds...)
	if err != nil {
		return shownPage{}, err
	}
	q.Limit, q.Cursor = pageSize(in.Limit), in.Cursor
	page, err := a.Entries(ctx, q)
	if err != nil {
		return shownPage{}, err
	}
	list, err := a.shown(ctx, page.Entries)
	return shownPage{list, page.Next}, err
}

func (s *Server) getEntry(ctx context.Context, in *oneByID) (desk.Shown, error) {
	a := s.archives[in.Archive]
	e, err := a.Entry(ctx, record.ID(in.ID))
	if err == nil {
		err = s.inForce(ctx, in.Archive, e.Article)
	}
	if err != nil {
		return desk.Shown{}, err
	}
	list, err := a.shown(ctx, []record.Entry{e})
	if err != nil {
		return desk.Shown{}, err
	}
	origins, err := a.desk.Origins(ctx, e)
	list[0].Origins = &origins
	return list[0], err
}

// entryTable is a table of entries, of one kind with the columns of package export.
func (s *Server) entryTable(ctx context.Context, in *EntriesInput, kinds ...string) (table, error) {
	a := s.archives[in.Archive]
	q, err := in.query(ctx, a, kinds...)
	if err != nil {
		return nil, err
	}
	q.Limit, q.Cursor = in.Limit, in.Cursor
	if len(kinds) != 1 || !slices.Contains(tableKinds(), kinds[0]) {
		return a.shownTable(ctx, q, in.Limit)
	}
	return func(w io.Writer) error {
		return export.Write(ctx, w, a, export.Options{Format: "csv", Kinds: kinds, Query: q})
	}, nil
}

// tableKinds are the kinds of entry that have a table.
func tableKinds() []string {
	formats := export.Formats()
	return formats[slices.IndexFunc(formats, func(f export.Format) bool { return f.Name == "csv" })].Kinds
}
