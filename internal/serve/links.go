package serve

import (
	"context"
	"errors"
	"strings"
	"time"

	"parley/internal/desk"
	"parley/internal/record"
)

// linksInput asks for contradictions between articles.
type linksInput struct {
	InArchive
	Type          []string `query:"type,explode" doc:"denial, opposite, number, time, place, strength or omission"`
	Entry         string   `query:"entry" maxLength:"40" doc:"with this entry on either side"`
	Article       string   `query:"article" maxLength:"40" doc:"with this article on either side"`
	From          instant  `query:"from"`
	To            until    `query:"to"`
	AsOf          until    `query:"as_of"`
	MinConfidence float64  `query:"min_confidence" minimum:"0" maximum:"1"`
	Verdict       string   `query:"verdict" enum:"confirm,reject,doubt,none"`
	Arrived
	Paged
	Format
}

// linkPage is a page of links.
type linkPage struct {
	Links []desk.Linked `json:"links"`
	Next  string        `json:"next,omitempty" doc:"cursor of the next page; none at the end"`
}

func (s *Server) linkOperations() {
	serveList(s, of("list-contradictions", "/contradictions", "links", "What cannot both be so, between articles"), s.contradictions, s.contradictionTable)
	serve(s, of("get-link", "/links/{id}", "links", "One link with both sides"), s.getLink)
	serve(s, of("get-origin", "/origins/{id}", "links", "One report and its copies"), s.getOrigin)
}

func (in *linksInput) query() (record.LinkQuery, error) {
	q := record.LinkQuery{
		Kinds: []string{record.Conflict}, Types: in.Type, Entry: record.ID(in.Entry), Article: record.ID(in.Article), From: in.From.Time, To: in.To.Time,
		AsOf: in.AsOf.Time, Since: in.Since.Time, MinConfidence: in.MinConfidence, Verdict: in.Verdict, Limit: pageSize(in.Limit), Cursor: in.Cursor,
	}
	return q, q.Check()
}

func (s *Server) contradictions(ctx context.Context, in *linksInput) (linkPage, error) {
	q, err := in.query()
	if err != nil {
		return linkPage{}, err
	}
	return s.archives[in.Archive].links(ctx, q)
}

// links is a page of links with their sides.
func (a *served) links(ctx context.Context, q record.LinkQuery) (linkPage, error) {
	links, next, err := a.Links(ctx, q)
	if err != nil {
		return linkPage{}, err
	}
	list, err := a.desk.Linked(ctx, links)
	return linkPage{list, next}, err
}

func (s *Server) contradictionTable(ctx context.Context, in *linksInput) (table, error) {
	a := s.archives[in.Archive]
	q, err := in.query()
	if err != nil {
		return nil, err
	}
	if in.Limit == 0 {
		q.Limit = maxPage
	}
	page := func(cursor string) ([]desk.Linked, string, error) {
		q.Cursor = cursor
		got, err := a.links(ctx, q)
		return got.Links, got.Next, err
	}
	first, next, err := page(q.Cursor)
	if err != nil {
		return nil, err
	}
	side := []string{"_id", "_article", "_publisher", "_known", "_chain", "_text"}
	header := []string{"id", "type", "reason", "confidence", "known", "verdict"}
	for _, of := range []string{"a", "b"} {
		for _, column := range side {
			header = append(header, of+column)
		}
	}
	return rows(pages(first, next, in.Limit > 0, page), header, func(l desk.Linked) []string {
		k := l.Link
		row := []string{string(k.ID), k.Type, k.Reason, decimal(k.Confidence), stamp(k.Known), k.Verdict}
		return append(append(row, sideCells(l.A)...), sideCells(l.B)...)
	}), nil
}

func sideCells(side *desk.Shown) []string {
	if side == nil {
		return make([]string, 6)
	}
	e := side.Entry
	return []string{string(e.ID), string(e.Article), e.Publisher, stamp(e.Known), strings.Join(side.Chain, " → "), e.Text}
}

func (s *Server) linksOfEntry(ctx context.Context, in *byID) (linkPage, error) {
	a := s.archives[in.Archive]
	e, err := a.Entry(ctx, record.ID(in.ID))
	if err == nil {
		err = s.inForce(ctx, in.Archive, e.Article)
	}
	if err != nil {
		return linkPage{}, err
	}
	return a.links(ctx, record.LinkQuery{Entry: record.ID(in.ID), Limit: maxPage})
}

func (s *Server) getLink(ctx context.Context, in *byID) (desk.Linked, error) {
	a := s.archives[in.Archive]
	l, err := a.Link(ctx, record.ID(in.ID))
	if err != nil {
		return desk.Linked{}, err
	}
	list, err := a.desk.Linked(ctx, []record.Link{l})
	if err != nil {
		return desk.Linked{}, err
	}
	for _, side := range []*desk.Shown{list[0].A, list[0].B} {
		if side != nil {
			err = errors.Join(err, s.inForce(ctx, in.Archive, side.Entry.Article))
		}
	}
	return list[0], err
}

// originShown is one report and the passages that are copies of it.
type originShown struct {
	ID       record.ID      `json:"id"`
	Label    string         `json:"label" doc:"an agency, or the publisher of its own reporting"`
	Passages []passageShown `json:"passages"`
}

type passageShown struct {
	record.Passage
	Title     string    `json:"title"`
	Publisher string    `json:"publisher"`
	URL       string    `json:"url"`
	Known     time.Time `json:"known"`
	Text      string    `json:"text" doc:"its words, 4000 characters at most"`
}

// passageSize is how many characters of a passage are shown.
const passageSize = 4000

func (s *Server) getOrigin(ctx context.Context, in *byID) (originShown, error) {
	a := s.archives[in.Archive]
	out := originShown{ID: record.ID(in.ID), Passages: []passageShown{}}
	passages, err := a.Origin(ctx, out.ID)
	if err != nil {
		return out, err
	}
	out.Label = passages[0].Label
	for _, p := range passages[:min(len(passages), maxPage)] {
		art, err := a.Article(ctx, p.Article)
		if err != nil {
			return out, err
		}
		text := []rune(art.Text)
		end := min(p.Span[1], len(text), p.Span[0]+passageSize)
		out.Passages = append(out.Passages, passageShown{p, art.Title, art.Publisher, art.URL, art.Known, string(text[min(p.Span[0], end):end])})
	}
	return out, nil
}
