package serve

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"parley/internal/desk"
	"parley/internal/record"
)

// findInput asks for what has some words, or means something.
type findInput struct {
	InArchive
	Q         string   `query:"q" maxLength:"1000" doc:"words that all must stand there, \"…\" is a phrase; by=meaning: what a sentence should mean, best said as a sentence"`
	By        string   `query:"by" enum:"words,meaning" default:"words" doc:"meaning: sentences that mean nearly the same as q, in whatever words"`
	Like      string   `query:"like" maxLength:"40" doc:"by=meaning, without q: an entry, for sentences that mean nearly the same as the one it stands in"`
	Publisher []string `query:"publisher,explode" maxItems:"50" doc:"by=meaning: of this publisher"`
	From      instant  `query:"from" doc:"by=meaning: of articles known from then on"`
	To        until    `query:"to" doc:"by=meaning: of articles known up to then; a day counts whole"`
	AsOf      until    `query:"as_of" doc:"by=meaning: what was known then"`
	All       bool     `query:"all" doc:"by=meaning: also of superseded and withdrawn articles"`
	Limit     int      `query:"limit" minimum:"0" maximum:"100" doc:"by=meaning: this many sentences at most; 0 is 20"`
	Format
}

// searched is what a search found.
type searched struct {
	desk.Found
	Near *desk.Near `json:"near" doc:"by=meaning: the sentences; null for a search by words"`
}

func (s *Server) search(ctx context.Context, in *findInput) (searched, error) {
	if in.By == "meaning" {
		near, err := s.near(ctx, in)
		return searched{desk.Found{Articles: []record.Article{}, Entries: []desk.Shown{}, Actors: []record.Identity{}}, &near}, err
	}
	if in.Like != "" || len(in.Publisher) > 0 || !in.From.IsZero() || !in.To.IsZero() || !in.AsOf.IsZero() || in.All || in.Limit != 0 {
		return searched{}, wrong("query.by", "a search by words takes q alone; the lists of statements, events and articles take words and filters", in.By)
	}
	found, err := s.archives[in.Archive].desk.Search(ctx, in.Q, 0)
	return searched{found, nil}, err
}

// near searches by meaning.
func (s *Server) near(ctx context.Context, in *findInput) (desk.Near, error) {
	if in.Q != "" && in.Like != "" {
		return desk.Near{}, wrong("query.like", "give q or like, not both", in.Like)
	}
	near, err := s.archives[in.Archive].desk.Near(ctx, desk.NearQuery{
		Text: in.Q, Like: record.ID(in.Like), Publishers: in.Publisher, From: in.From.Time, To: in.To.Time, AsOf: in.AsOf.Time, All: in.All, Limit: in.Limit,
	})
	switch {
	case errors.Is(err, desk.ErrUnderstand):
		err = wrong("query.by", desk.ErrUnderstand.Error(), in.By)
	case errors.Is(err, desk.ErrMeaning):
		err = wrong("query.like", desk.ErrMeaning.Error(), in.Like)
	}
	return near, err
}

// searchTable is a table of what words found, or of sentences.
func (s *Server) searchTable(ctx context.Context, in *findInput) (table, error) {
	if in.By != "meaning" {
		found, err := s.search(ctx, in)
		return cellTable(foundColumns, each(foundCells(found.Found))), err
	}
	near, err := s.near(ctx, in)
	return cellTable(nearColumns, each(nearCells(near))), err
}

const nearColumns = "article start end text closeness known publisher title url entries also"

// nearCells are the sentences that a search by meaning found, article by article.
func nearCells(near desk.Near) (out [][]string) {
	for i := range near.Articles {
		art := &near.Articles[i].Article
		for _, s := range near.Articles[i].Sentences {
			var entries, also []string
			for k := range s.Entries {
				entries = append(entries, string(s.Entries[k].Entry.ID))
			}
			for _, c := range s.Also {
				also = append(also, string(c.Article))
			}
			out = append(out, []string{
				art.ID, strconv.Itoa(s.Span[0]), strconv.Itoa(s.Span[1]), s.Text, strconv.FormatFloat(s.Closeness, 'f', 3, 64),
				stamp(art.Known), art.Publisher, art.Title, art.URL, strings.Join(entries, " "), strings.Join(also, " "),
			})
		}
	}
	return out
}
