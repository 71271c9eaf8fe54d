package serve

import (
	"context"

	"parley/internal/account"
	"parley/internal/desk"
	"parley/internal/record"
)

// articlesInput asks for a list of articles.
type articlesInput struct {
	InArchive
	Text      string   `query:"text" maxLength:"1000" doc:"words of the title or text"`
	Publisher string   `query:"publisher" maxLength:"200"`
	From      instant  `query:"from" doc:"known from then on"`
	To        until    `query:"to" doc:"known up to then; a day counts whole"`
	AsOf      until    `query:"as_of"`
	State     []string `query:"state,explode" doc:"current, superseded, withdrawn or erased; none: current"`
	Oldest    bool     `query:"oldest"`
	Arrived
	Paged
	Format
}

// articlePage is a page of articles, without their texts.
type articlePage struct {
	Articles []record.Article `json:"articles"`
	Next     string           `json:"next,omitempty" doc:"cursor of the next page; none at the end"`
}

func (s *Server) articleOperations() {
	serveList(s, of("list-articles", "/articles", "articles", "Articles, without their texts"), s.listArticles, s.articleTable)
	serveList(s, of("get-article", "/articles/{id}", "articles", "An article with its record, its origins and versions; CSV: of its entries"), s.getArticle, s.entriesOfArticle)
	register(s, of("get-article-raw", "/articles/{id}/raw", "articles", "The bytes an article came in, as a file"), map[string]any{"application/octet-stream": nil}, s.raw)
	serve(s, of("get-article-receipt", "/articles/{id}/receipt", "articles", "Where an article came from, and whether it is still what it was"), s.receipt)
}

func (in *articlesInput) query() (record.ArticleQuery, error) {
	q := record.ArticleQuery{
		Text: in.Text, Publisher: in.Publisher, From: in.From.Time, To: in.To.Time, AsOf: in.AsOf.Time, Since: in.Since.Time, States: in.State, Oldest: in.Oldest,
		After: in.Cursor, Limit: in.Limit,
	}
	return q, q.Check()
}

func (s *Server) listArticles(ctx context.Context, in *articlesInput) (articlePage, error) {
	q, err := in.query()
	if err != nil {
		return articlePage{}, err
	}
	return s.archives[in.Archive].page(ctx, q)
}

// page is a page of articles.
func (a *served) page(ctx context.Context, q record.ArticleQuery) (articlePage, error) {
	out, size := articlePage{Articles: []record.Article{}}, pageSize(q.Limit)
	q.Limit = size + 1
	for art, err := range a.Articles(ctx, q) {
		if err != nil {
			return out, err
		}
		if len(out.Articles) == size {
			out.Next = out.Articles[size-1].ID
			break
		}
		out.Articles = append(out.Articles, art)
	}
	return out, nil
}

func (s *Server) articleTable(ctx context.Context, in *articlesInput) (table, error) {
	q, err := in.query()
	if err != nil {
		return nil, err
	}
	return rows(s.archives[in.Archive].Articles(ctx, q),
		[]string{"id", "known", "arrived", "published", "publisher", "title", "url", "language", "state", "superseded_by", "text_hash", "raw_hash"}, func(a record.Article) []string {
			return []string{a.ID, stamp(a.Known), stamp(a.Arrived), a.Published, a.Publisher, a.Title, a.URL, a.Language, a.State, string(a.SupersededBy), a.TextHash, a.RawHash}
		}), nil
}

// articleShown is an article with everything its page shows.
type articleShown struct {
	Article    record.Article          `json:"article"`
	Record     *record.Record          `json:"record"`
	Passages   []record.Passage        `json:"passages"`
	Verdicts   map[record.ID]string    `json:"verdicts" doc:"by entry, of those judged"`
	Identities map[record.ID]record.ID `json:"identities" doc:"by actor"`
	Versions   []record.Article        `json:"versions" doc:"other versions of it, without their texts"`
	Links      []desk.Linked           `json:"links"`
}

// linksOfArticle is how many links an article's page shows at most.
const linksOfArticle = 500

func (s *Server) getArticle(ctx context.Context, in *oneByID) (out articleShown, err error) {
	a, id := s.archives[in.Archive], record.ID(in.ID)
	out.Verdicts, out.Identities, out.Versions = map[record.ID]string{}, map[record.ID]record.ID{}, []record.Article{}
	out.Passages, out.Links = []record.Passage{}, []desk.Linked{}
	if out.Article, err = a.Article(ctx, id); err != nil {
		return out, err
	}
	if err = s.inForce(ctx, in.Archive, id); err != nil {
		return out, err
	}
	if out.Article.State == record.Erased {
		return out, nil
	}
	if out.Record, err = a.Record(ctx, id); err != nil {
		return out, err
	}
	if out.Passages, err = a.Passages(ctx, id); err != nil {
		return out, err
	}
	for page, err := range record.Pages(ctx, a, record.Query{Article: id, Superseded: true, Limit: 500}) {
		if err != nil {
			return out, err
		}
		for _, e := range page {
			if e.Verdict != "" {
				out.Verdicts[e.ID] = e.Verdict
			}
		}
	}
	var actors []record.ID
	for _, actor := range out.Record.Actors {
		actors = append(actors, actor.ID)
	}
	if out.Identities, err = a.IdentityOf(ctx, actors); err != nil {
		return out, err
	}
	if out.Versions, err = versions(ctx, a, out.Article, account.From(ctx).Masked(in.Archive)); err != nil {
		return out, err
	}
	links, _, err := a.Links(ctx, record.LinkQuery{Article: id, Limit: linksOfArticle})
	if err != nil {
		return out, err
	}
	out.Links, err = a.desk.Linked(ctx, links)
	return out, err
}

// entriesOfArticle is a table of what was read in an article.
func (s *Server) entriesOfArticle(ctx context.Context, in *oneByID) (table, error) {
	a, id := s.archives[in.Archive], record.ID(in.ID)
	if _, err := a.Article(ctx, id); err != nil {
		return nil, err
	}
	return a.shownTable(ctx, record.Query{Article: id, Superseded: true}, 0)
}

// versions are the other articles that their publisher calls the same, or that stood at the same address; for visitors those
// that were not withdrawn.
func versions(ctx context.Context, in record.Reader, of record.Article, visitor bool) ([]record.Article, error) {
	out, seen := []record.Article{}, map[string]bool{of.ID: true}
	states := []string{record.Current, record.Superseded}
	if !visitor {
		states = append(states, record.Withdrawn)
	}
	for _, q := range []record.ArticleQuery{{GUID: of.GUID}, {URL: of.URL}} {
		if q.GUID == "" && q.URL == "" {
			continue
		}
		q.States, q.Oldest, q.Limit = states, true, 100
		for art, err := range in.Articles(ctx, q) {
			if err != nil {
				return nil, err
			}
			if !seen[art.ID] {
				seen[art.ID] = true
				out = append(out, art)
			}
		}
	}
	return out, nil
}
