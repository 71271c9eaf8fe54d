package serve

import (
	"context"
	"net/http"
	"sync"
	"time"

	"parley/internal/account"
	"parley/internal/desk"
	"parley/internal/record"
)

// served is an archive with what is remembered of it between requests.
type served struct {
	Named
	desk    *desk.Desk
	again   chan struct{} // holds one when the articles are to be compared again
	masker  *masker
	shelf   shelf
	mu      sync.Mutex
	changes int64
	counted time.Time
	summary *Summary
}

// newServed makes an archive ready; beside is the desk of another, which keeps meanings in the same memory, or nil.
func newServed(a Named, beside *desk.Desk, cfg Config) (*served, error) {
	a.Archive = located{a.Archive, a.Name}
	pseudonyms, err := newPseudonyms(cfg.Secret, a.Name)
	return &served{Named: a, again: make(chan struct{}, 1), desk: desk.New(a, cfg.Ceasefires...).Counting(cfg.Tables).Understanding(cfg.Understand).Beside(beside),
		masker: &masker{in: a, pseudonyms: pseudonyms}}, err
}

// Summary is what the list of archives says of one.
type Summary struct {
	Name     string    `json:"name"`
	Articles int       `json:"articles" doc:"current ones"`
	Entries  int       `json:"entries"`
	From     time.Time `json:"from" doc:"when the first article was known"`
	To       time.Time `json:"to" doc:"when the last article was known"`
	Fault    string    `json:"fault,omitempty" doc:"why it could not be counted; none: it was"`
	counts   Counts
}

// countedFor is how long a count serves though the archive has changed: counting walks along all of it.
const countedFor = 30 * time.Second

// sum counts the archive, anew when it has changed.
func (a *served) sum(ctx context.Context) (Summary, error) {
	_, changes, err := a.Mark(ctx)
	if err != nil {
		return Summary{}, err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.summary != nil && (a.changes == changes || time.Since(a.counted) < countedFor) {
		return *a.summary, nil
	}
	out := Summary{Name: a.Name}
	if out.counts, err = a.Count(ctx); err != nil {
		return out, err
	}
	out.Articles = out.counts.Articles[record.Current]
	for _, n := range out.counts.Entries {
		out.Entries += n
	}
	if out.From, err = edge(ctx, a, true); err != nil {
		return out, err
	}
	if out.To, err = edge(ctx, a, false); err != nil {
		return out, err
	}
	a.summary, a.changes, a.counted = &out, changes, time.Now()
	return out, nil
}

// countAll counts all archives, so that the first who looks at the list need not wait for it.
func (s *Server) countAll(ctx context.Context) {
	for _, name := range s.names() {
		if _, err := s.archives[name].sum(ctx); err != nil && ctx.Err() == nil {
			s.Log.WarnContext(ctx, "counting an archive", "archive", name, "error", err)
		}
	}
}

// edge is when the oldest or the newest article was known.
func edge(ctx context.Context, in record.Reader, oldest bool) (at time.Time, err error) {
	for art, err := range in.Articles(ctx, record.ArticleQuery{Oldest: oldest, Limit: 1}) {
		return art.Known, err
	}
	return at, nil
}

type archiveList struct {
	Archives []Summary `json:"archives"`
}

// listArchives lists those the asker may see. One that cannot be counted, such as one on a disk that is gone, does not hide the others.
func (s *Server) listArchives(ctx context.Context, _ *struct{}) (archiveList, error) {
	out := archiveList{Archives: []Summary{}}
	for _, name := range account.From(ctx).Archives(s.names()) {
		sum, err := s.archives[name].sum(ctx)
		if err != nil {
			if ctx.Err() != nil {
				return out, err
			}
			s.Log.ErrorContext(ctx, "counting an archive", "archive", name, "error", err)
			sum = Summary{Name: name, Fault: "it cannot be read now; the server's log says why"}
		}
		out.Archives = append(out.Archives, sum)
	}
	return out, nil
}

// archiveInfo is what an archive holds and was read by.
type archiveInfo struct {
	Summary
	Counts Counts  `json:"counts"`
	Model  string  `json:"model" doc:"the model that read the newest article"`
	Rules  string  `json:"rules" doc:"the version of the rules that did"`
	Head   logHead `json:"head" doc:"the end of the log of decisions"`
}

// logHead is the end of the log: whoever notes it can tell later that nothing before it was changed.
type logHead struct {
	Seq  int64     `json:"seq"`
	At   time.Time `json:"at"`
	Hash string    `json:"hash"`
}

func (s *Server) getArchive(ctx context.Context, in *InArchive) (archiveInfo, error) {
	a := s.archives[in.Archive]
	sum, err := a.sum(ctx)
	if err != nil {
		return archiveInfo{}, err
	}
	out := archiveInfo{Summary: sum, Counts: sum.counts}
	last, _, err := a.Mark(ctx)
	if err != nil {
		return out, err
	}
	out.Head = logHead{last.Seq, last.At, last.Hash}
	for art, err := range a.Articles(ctx, record.ArticleQuery{Limit: 1}) {
		if err != nil {
			return out, err
		}
		rec, err := a.Record(ctx, record.ID(art.ID))
		if err != nil {
			return out, err
		}
		out.Model, out.Rules = rec.Model, rec.Rules
	}
	return out, nil
}

// operations registers all endpoints of archives.
func (s *Server) operations() {
	serve(s, operation{id: "list-archives", method: http.MethodGet, path: "/api/v1/archives", tag: "archives", summary: "The archives you may see", tagged: true, clocked: true}, s.listArchives)
	serve(s, clocked(of("get-archive", "", "archives", "What an archive holds")), s.getArchive)
	s.articleOperations()
	s.entryOperations()
	s.linkOperations()
	s.accountOperations()
	s.boardOperations()
	s.actorOperations()
	s.decisionOperations()
	s.changeOperations()
	s.exportOperations()
	s.alertOperations()
}
