package serve

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"parley/internal/account"
	"parley/internal/ceasefire"
	"parley/internal/desk"
	"parley/internal/record"
)

// boardOperations registers what is worked out from many entries.
func (s *Server) boardOperations() {
	serveTable(s, of("get-facets", "/facets", "boards", "What a list of entries is made of"), s.facets, facetColumns, facetCells)
	serveTable(s, of("get-contact-matrix", "/contacts/matrix", "boards", "Who was in contact with whom; CSV: a row for each two"), s.matrix, matrixColumns, matrixCells)
	serveTable(s, of("get-figure-series", "/figures/series", "boards", "Numbers of one giver for one thing, over time"), s.series, seriesColumns, seriesCells)
	serveList(s, clocked(of("get-commitment-board", "/commitments/board", "boards", "Commitments with what bears on them, those due first")), s.board, s.boardTable)
	serveList(s, of("search", "/search", "boards", "Articles, entries and actors with these words, or sentences with this meaning"), s.search, s.searchTable)
	serveTable(s, clocked(of("get-today", "/today", "boards", "What is new, and what is due")), s.today, todayColumns, todayCells)
	serveTable(s, clocked(of("list-ceasefires", "/ceasefires", "boards", "Ceasefires and their states; drafts of those articles name")), s.truces, truceColumns, truceCells)
	serveTable(s, clocked(of("get-ceasefire", "/ceasefires/{id}", "boards", "A ceasefire day by day, with what its state rests on")), s.truce, reportColumns, reportCells)
	serveList(s, of("review", "/review", "boards", "What waits for a person's verdict, the most telling and doubtful first; CSV: 500 of them, or limit"), s.review, s.reviewTable)
}

func (s *Server) facets(ctx context.Context, in *struct {
	InArchive
	Kind []string `query:"kind,explode" maxItems:"9" doc:"statement, event, …; none: all"`
	Filters
	Format
}) (desk.Facets, error) {
	a := s.archives[in.Archive]
	q, err := in.query(ctx, a, in.Kind...)
	if err != nil {
		return desk.Facets{}, err
	}
	out, err := a.desk.Facets(ctx, q)
	if account.From(ctx).Masked(in.Archive) {
		for _, list := range [][]record.Counted{out.Speakers, out.Addressees} {
			unordered(a.masker.pseudonyms, list, func(one *record.Counted) (record.ID, int) { return one.ID, one.Count })
		}
	}
	return out, err
}

func (s *Server) matrix(ctx context.Context, in *struct {
	InArchive
	From instant `query:"from"`
	To   until   `query:"to"`
	AsOf until   `query:"as_of"`
	Arrived
	Publisher []string `query:"publisher,explode" maxItems:"50" doc:"of articles of this publisher"`
	Origin    []string `query:"origin,explode" maxItems:"50" doc:"first reported by this agency or publisher; or part of this report (o-…)"`
	Limit     int      `query:"limit" minimum:"0" maximum:"100" doc:"this many actors at most; 0: 30"`
	Format
}) (desk.Matrix, error) {
	q := record.Query{From: in.From.Time, To: in.To.Time, AsOf: in.AsOf.Time, Since: in.Since.Time, Publishers: in.Publisher, Origins: in.Origin}
	a, visitor := s.archives[in.Archive], account.From(ctx).Masked(in.Archive)
	if visitor && in.Limit != 0 {
		in.Limit = 100 // with others, one more at a time, whoever comes next would show their order
	}
	out, err := a.desk.ContactMatrix(ctx, q, in.Limit)
	if visitor {
		unorderedMatrix(a.masker.pseudonyms, &out)
	}
	return out, err
}

// seriesInput asks for series of figures.
type seriesInput struct {
	InArchive
	Of []string `query:"of,explode" maxItems:"50" doc:"what is counted, as the series say it, in lower case, and with its unit in brackets where it has one: wounded, grain (tonnes)"`
	Filters
	Format
}

func (s *Server) series(ctx context.Context, in *seriesInput) (desk.Figures, error) {
	a := s.archives[in.Archive]
	q, err := in.query(ctx, a, "figure")
	if err != nil {
		return desk.Figures{}, err
	}
	out, err := a.desk.FigureSeries(ctx, q)
	if account.From(ctx).Masked(in.Archive) {
		unordered(a.masker.pseudonyms, out.Series, func(one *desk.Series) (record.ID, int) { return one.ID, len(one.Points) })
	}
	if len(in.Of) > 0 {
		out.Series = slices.DeleteFunc(out.Series, func(one desk.Series) bool { return !slices.Contains(in.Of, counted(&one)) })
	}
	return out, err
}

// counted is what a series counts, as a question names it.
func counted(s *desk.Series) string {
	what := strings.ToLower(strings.TrimSpace(s.Of))
	if s.Unit != "" {
		what += " (" + s.Unit + ")"
	}
	return what
}

const seriesColumns = "series of unit where giver giver_id id value high bound start end known article publisher title text verdict"

func seriesCells(f desk.Figures) (out [][]string) {
	for _, one := range f.Series {
		for _, p := range one.Points {
			high := ""
			if p.High != nil {
				high = decimal(*p.High)
			}
			out = append(out, []string{
				string(one.ID), one.Of, one.Unit, one.Where, one.Giver, string(one.GiverID), string(p.ID), decimal(p.Value), high, p.Bound, text(p.Start), text(p.End),
				stamp(p.Known), string(p.Article), p.Publisher, p.Title, p.Text, p.Verdict,
			})
		}
	}
	return out
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// boardInput asks for commitments.
type boardInput struct {
	InArchive
	By   []string `query:"by,explode" maxItems:"20" doc:"promised by this actor, by name or id"`
	Q    string   `query:"q" maxLength:"1000" doc:"words that all must stand there"`
	From instant  `query:"from"`
	To   until    `query:"to"`
	AsOf until    `query:"as_of"`
	Arrived
	State     []string `query:"state,explode" maxItems:"10" enum:"not_assessed,kept,broken,delayed,withdrawn,disputed,lapsed" doc:"what somebody decided; not_assessed: nobody did"`
	Due       string   `query:"due" enum:"overdue,soon" doc:"of those that nobody settled: the day has passed, or is within a week; of as_of, or else of today"`
	Publisher []string `query:"publisher,explode" maxItems:"50" doc:"of articles of this publisher"`
	Origin    []string `query:"origin,explode" maxItems:"50" doc:"first reported by this agency or publisher; or part of this report (o-…)"`
	Paged
	Format
}

func (s *Server) board(ctx context.Context, in *boardInput) (desk.Board, error) {
	a := s.archives[in.Archive]
	q := record.Query{
		Text: in.Q, From: in.From.Time, To: in.To.Time, AsOf: in.AsOf.Time, Since: in.Since.Time, Status: in.State, Publishers: in.Publisher, Origins: in.Origin,
		Limit: in.Limit, Cursor: in.Cursor,
	}
	var err error
	if q.Actors, err = a.actors(ctx, "query.by", in.By); err != nil {
		return desk.Board{}, err
	}
	if len(q.Actors) > 0 {
		q.Role = "by"
	}
	out, err := a.desk.Board(ctx, q)
	if in.Due != "" {
		day := in.AsOf.Time
		if day.IsZero() {
			day = s.Now()
		}
		out.Promises = slices.DeleteFunc(out.Promises, func(p desk.Promise) bool { return p.Waits(day) != in.Due })
	}
	return out, err
}

func (s *Server) boardTable(ctx context.Context, in *boardInput) (table, error) {
	only := in.Limit > 0
	in.Limit = cmp.Or(in.Limit, maxPage)
	page := func(cursor string) ([]desk.Promise, string, error) {
		in.Cursor = cursor
		got, err := s.board(ctx, in)
		return got.Promises, got.Next, err
	}
	first, next, err := page(in.Cursor)
	if err != nil {
		return nil, err
	}
	return rows(pages(first, next, only, page), strings.Fields(boardColumns), func(p desk.Promise) []string { return promiseCells(&p) }), nil
}

// reviewInput asks for what waits for a verdict.
type reviewInput struct {
	InArchive
	Kind []string `query:"kind,explode" maxItems:"9" doc:"statement, event, …; none: all but actors and places"`
	Filters
	Paged
	Format
}

func (s *Server) review(ctx context.Context, in *reviewInput) (desk.Review, error) {
	a := s.archives[in.Archive]
	q, err := in.query(ctx, a, in.Kind...)
	if err != nil {
		return desk.Review{}, err
	}
	q.Limit, q.Cursor = in.Limit, in.Cursor
	return a.desk.ReviewQueue(ctx, q)
}

func (s *Server) reviewTable(ctx context.Context, in *reviewInput) (table, error) {
	in.Limit = cmp.Or(in.Limit, maxPage)
	found, err := s.review(ctx, in)
	if err != nil {
		return nil, err
	}
	return rows(each(found.Entries), strings.Fields(entryColumns+" why"), func(s desk.Shown) []string { return append(entryCells(&s), s.Why) }), nil
}

func (s *Server) today(ctx context.Context, in *struct {
	InArchive
	Since instant `query:"since" doc:"when you last looked: what came into the archive from then on is new, whenever it was published; without it, a day before the last thing came in"`
	Now   instant `query:"now" doc:"the time by which commitments are due; articles known later are left out; without it, when the newest article was known"`
	Format
}) (desk.Today, error) {
	return s.archives[in.Archive].desk.Today(ctx, in.Since.Time, in.Now.Time)
}

// truceList are ceasefires and drafts of some.
type truceList struct {
	Ceasefires []desk.Ceasefire `json:"ceasefires"`
}

func (s *Server) truces(ctx context.Context, in *struct {
	InArchive
	Format
}) (truceList, error) {
	list, err := s.archives[in.Archive].desk.Ceasefires(ctx)
	return truceList{list}, err
}

func (s *Server) truce(ctx context.Context, in *struct {
	InArchive
	ID   string  `path:"id" maxLength:"200" doc:"of the ceasefire's file, or of a draft"`
	Day  instant `query:"day" doc:"the last day; without it, the last that was reported on"`
	AsOf until   `query:"as_of" doc:"what was known then"`
	Format
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
	serveTable(s, of("get-actor", "/actors/{id}", "actors", "One actor across articles, and why these are the same"), func(ctx context.Context, in *oneByID) (desk.Actor, error) {
		who, err := s.archives[in.Archive].desk.Actor(ctx, record.ID(in.ID))
		if err == nil {
			err = s.membersInForce(ctx, in.Archive, &who)
		}
		return who, err
	}, memberColumns, memberCells)
}

func (s *Server) actorList(ctx context.Context, in *actorsInput) (actorPage, error) {
	a, visitor, size := s.archives[in.Archive], account.From(ctx).Masked(in.Archive), pageSize(in.Limit)
	most := size
	if visitor {
		most = maxPage // what a page of one more has more would show the order of names
	}
	list, err := a.Identities(ctx, in.Name, most)
	if visitor {
		unordered(a.masker.pseudonyms, list, func(one *record.Identity) (record.ID, int) { return one.ID, one.Members })
	}
	return actorPage{append([]record.Identity{}, list[:min(len(list), size)]...)}, err
}

func (s *Server) actorTable(ctx context.Context, in *actorsInput) (table, error) {
	if in.Limit == 0 {
		in.Limit = maxPage
	}
	page, err := s.actorList(ctx, in)
	if err != nil {
		return nil, err
	}
	return rows(each(page.Actors), strings.Fields("id name kind country sector members same_as aliases"), func(i record.Identity) []string {
		return []string{string(i.ID), i.Name, i.Kind, i.Country, i.Sector, strconv.Itoa(i.Members), strings.Join(i.SameAs, " "), strings.Join(i.Aliases, "; ")}
	}), nil
}
