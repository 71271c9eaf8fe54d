package serve

import (
	"context"

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
	Paged
	Format string `query:"format" enum:"json,csv" default:"json"`
}

// linkPage is a page of links.
type linkPage struct {
	Links []desk.Linked `json:"links"`
	Next  string        `json:"next,omitempty" doc:"cursor of the next page; none at the end"`
}

func (s *Server) linkOperations() {
	serve(s, of("list-contradictions", "/contradictions", "links", "What cannot both be so, between articles"), s.contradictions)
}

func (s *Server) contradictions(ctx context.Context, in *linksInput) (linkPage, error) {
	a := s.archives[in.Archive]
	links, next, err := a.Links(ctx, record.LinkQuery{
		Kinds: []string{record.Conflict}, Types: in.Type, Entry: record.ID(in.Entry), Article: record.ID(in.Article), From: in.From.Time, To: in.To.Time,
		AsOf: in.AsOf.Time, MinConfidence: in.MinConfidence, Verdict: in.Verdict, Limit: in.Limit, Cursor: in.Cursor,
	})
	if err != nil {
		return linkPage{}, err
	}
	list, err := a.desk.Linked(ctx, links)
	return linkPage{list, next}, err
}
