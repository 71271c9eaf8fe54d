package serve

import (
	"context"
	"strconv"
	"strings"
	"time"

	"parley/internal/account"
	"parley/internal/ceasefire"
	"parley/internal/desk"
	"parley/internal/record"
)

// boardOperations registers what is worked out from many entries.
func (s *Server) boardOperations() {
	serve(s, of("get-facets", "/facets", "boards", "What a list of entries is made of"), s.facets)
	serve(s, of("get-contact-matrix", "/contacts/matrix", "boards", "Who was in contact with whom"), s.matrix)
	serveList(s, of("get-figure-series", "/figures/series", "boards", "Numbers of one giver for one thing, over time"), s.series, s.seriesTable)
	serve(s, of("get-commitment-board", "/commitments/board", "boards", "Commitments with what bears on them, those due first"), s.board)
	serveList(s, of("search", "/search", "boards", "Articles, entries and actors with these words, or sentences with this meaning; CSV: of sentences"), s.search, s.searchTable)
	serve(s, clocked(of("get-today", "/today", "boards", "What is new, and what is due")), s.today)
	serve(s, clocked(of("list-ceasefires", "/ceasefires", "boards", "Ceasefires and their states; drafts of those articles name")), s.truces)
	serve(s, clocked(of("get-ceasefire", "/ceasefires/{id}", "boards", "A ceasefire day by day, with what its state rests on")), s.truce)
	serve(s, of("review", "/review", "boards", "What waits for a person's verdict, the most telling and doubtful first"), s.review)
}

func (s *Server) facets(ctx context.Context, in *struct {
	InArchive
	Kind []string `query:"kind,explode" maxItems:"9" doc:"statement, event, …; none: all"`
	Filters
}) (desk.Facets, error) {
	a := s.archives[in.Archive]
	q, err := in.query(ctx, a, in.Kind...)
	if err != nil {
		return desk.Facets{}, err
	}
	out, err := a.desk.Facets(ctx, q)
	if account.From(ctx).Masked(in.Archive) {
		unordered(out.Speakers, out.Addressees)
	}
	return out, err
}

func (s *Server) matrix(ctx context.Context, in *struct {
	InArchive
	From instant `query:"from"`
	To   until   `query:"to"`
	AsOf until   `query:"as_of"`
	Arrived
	Limit int `query:"limit" minimum:"0" maximum:"100" doc:"this many actors at most; 0: 30"`
}) (desk.Matrix, error) {
	q := record.Query{From: in.From.Time, To: in.To.Time, AsOf: in.AsOf.Time, Since: in.Since.Time}
	return s.archives[in.Archive].desk.ContactMatrix(ctx, q, in.Limit)
}

// seriesInput asks for series of figures.
type seriesInput struct {
	InArchive
	Filters
	Format
}

func (s *Server) series(ctx context.Context, in *seriesInput) (desk.Figures, error) {
	a := s.archives[in.Archive]
	q, err := in.query(ctx, a)
	if err != nil {
		return desk.Figures{}, err
	}
	return a.desk.FigureSeries(ctx, q)
}

func (s *Server) seriesTable(ctx context.Context, in *seriesInput) (table, error) {
	found, err := s.series(ctx, in)
	if err != nil {
		return nil, err
	}
	points := func(yield func([]string, error) bool) {
		for _, one := range found.Series {
			for _, p := range one.Points {
				high := ""
				if p.High != nil {
					high = strconv.FormatFloat(*p.High, 'f', -1, 64)
				}
				if !yield([]string{string(one.ID), one.Of, one.Unit, one.Where, one.Giver, string(one.GiverID), string(p.ID), strconv.FormatFloat(p.Value, 'f', -1, 64), high,
					p.Bound, text(p.Start), text(p.End), p.Known.Format(time.RFC3339), string(p.Article), p.Publisher, p.Title, p.Text, p.Verdict}, nil) {
					return
				}
			}
		}
	}
	header := strings.Fields("series of unit where giver giver_id id value high bound start end known article publisher title text verdict")
	return rows(points, header, func(row []string) []string { return row }), nil
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func (s *Server) board(ctx context.Context, in *struct {
	InArchive
	By   []string `query:"by,explode" maxItems:"20" doc:"promised by this actor, by name or id"`
	Q    string   `query:"q" maxLength:"1000" doc:"words that all must stand there"`
	From instant  `query:"from"`
	To   until    `query:"to"`
	AsOf until    `query:"as_of"`
	Arrived
	State []string `query:"state,explode" maxItems:"10" doc:"not_assessed, kept, broken, delayed, withdrawn, disputed or lapsed"`
	Paged
}) (desk.Board, error) {
	a := s.archives[in.Archive]
	q := record.Query{Text: in.Q, From: in.From.Time, To: in.To.Time, AsOf: in.AsOf.Time, Since: in.Since.Time, Status: in.State, Limit: in.Limit, Cursor: in.Cursor}
	var err error
	if q.Actors, err = a.actors(ctx, "query.by", in.By); err != nil {
		return desk.Board{}, err
	}
	if len(q.Actors) > 0 {
		q.Role = "by"
	}
	return a.desk.Board(ctx, q)
}

func (s *Server) review(ctx context.Context, in *struct {
	InArchive
	Kind []string `query:"kind,explode" maxItems:"9" doc:"statement, event, …; none: all but actors and places"`
	Filters
	Paged
}) (desk.Review, error) {
	a := s.archives[in.Archive]
	q, err := in.query(ctx, a, in.Kind...)
	if err != nil {
		return desk.Review{}, err
	}
	q.Limit, q.Cursor = in.Limit, in.Cursor
	return a.desk.ReviewQueue(ctx, q)
}

func (s *Server) today(ctx context.Context, in *struct {
	InArchive
	Since instant `query:"since" doc:"when you last looked: what came into the archive from then on is new, whenever it was published; without it, a day before the last thing came in"`
	Now   instant `query:"now" doc:"the time by which commitments are due; articles known later are left out; without it, when the newest article was known"`
}) (desk.Today, error) {
	return s.archives[in.Archive].desk.Today(ctx, in.Since.Time, in.Now.Time)
}

// truceList are ceasefires and drafts of some.
type truceList struct {
	Ceasefires []desk.Ceasefire `json:"ceasefires"`
}

func (s *Server) truces(ctx context.Context, in *InArchive) (truceList, error) {
	list, err := s.archives[in.Archive].desk.Ceasefires(ctx)
	return truceList{list}, err
}

func (s *Server) truce(ctx context.Context, in *struct {
	InArchive
	ID   string  `path:"id" maxLength:"200" doc:"of the ceasefire's file, or of a draft"`
	Day  instant `query:"day" doc:"the last day; without it, the last that was reported on"`
	AsOf until   `query:"as_of" doc:"what was known then"`
}) (*ceasefire.Report, error) {
	var through ceasefire.Day
	if !in.Day.IsZero() {
		through = ceasefire.DayOf(in.Day.Time)
	}
	return s.archives[in.Archive].desk.Ceasefire(ctx, in.ID, through, in.AsOf.Time)
}

// actorPage are identities.
type actorPage struct {
	Actors []record.Identity `json:"actors" doc:"those with most members first"`
}

// actorsInput asks for actors.
type actorsInput struct {
	InArchive
	Name  string `query:"name" maxLength:"200" doc:"words of the name"`
	Limit int    `query:"limit" minimum:"0" maximum:"500" doc:"this many at most; 0 is 50, of CSV 500"`
	Format
}

// actorOperations registers who is who across articles.
func (s *Server) actorOperations() {
	serveList(s, of("list-actors", "/actors", "actors", "Actors across articles"), s.actorList, s.actorTable)
	serve(s, of("get-actor", "/actors/{id}", "actors", "One actor across articles, and why these are the same"), func(ctx context.Context, in *byID) (desk.Actor, error) {
		who, err := s.archives[in.Archive].desk.Actor(ctx, record.ID(in.ID))
		if err == nil {
			err = s.membersInForce(ctx, in.Archive, &who)
		}
		return who, err
	})
}

func (s *Server) actorList(ctx context.Context, in *actorsInput) (actorPage, error) {
	list, err := s.archives[in.Archive].Identities(ctx, in.Name, pageSize(in.Limit))
	if list == nil {
		list = []record.Identity{}
	}
	return actorPage{list}, err
}

func (s *Server) actorTable(ctx context.Context, in *actorsInput) (table, error) {
	if in.Limit == 0 {
		in.Limit = maxPage
	}
	page, err := s.actorList(ctx, in)
	if err != nil {
		return nil, err
	}
	each := func(yield func(record.Identity, error) bool) {
		for _, who := range page.Actors {
			if !yield(who, nil) {
				return
			}
		}
	}
	return rows(each, strings.Fields("id name kind country sector members same_as aliases"), func(i record.Identity) []string {
		return []string{string(i.ID), i.Name, i.Kind, i.Country, i.Sector, strconv.Itoa(i.Members), strings.Join(i.SameAs, " "), strings.Join(i.Aliases, "; ")}
	}), nil
}
