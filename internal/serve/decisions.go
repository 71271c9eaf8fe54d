package serve

import (
	"context"
	"fmt"
	"io"
	"iter"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/account"
	"parley/internal/desk"
	"parley/internal/export"
	"parley/internal/record"
)

type decisionsInput struct {
	InArchive
	Subject string   `query:"subject" maxLength:"40" doc:"about this entry, link, article or identity"`
	Verb    []string `query:"verb,explode" maxItems:"20"`
	AsOf    until    `query:"as_of"`
	All     bool     `query:"all" doc:"also what the program wrote: articles taken in, read again, replaced"`
	Oldest  bool     `query:"oldest" doc:"oldest first"`
	After   int64    `query:"after" minimum:"0" doc:"after this number, oldest first"`
	Before  int64    `query:"before" minimum:"0" doc:"before this number"`
	Limit   int      `query:"limit" minimum:"0" maximum:"500" doc:"this many at most; 0 is 50, of CSV all"`
	Format
}

type decisionPage struct {
	Decisions []record.Judgement `json:"decisions" doc:"of people, newest first"`
	About     desk.About         `json:"about" doc:"what they are about"`
	Next      int64              `json:"next,omitempty" doc:"before of the next page, or after where they are oldest first; none at the end"`
}

func (s *Server) decisionOperations() {
	serveList(s, of("list-decisions", "/decisions", "decisions", "The log of decisions"), s.decisions, s.decisionTable)
	decide := of("decide", "/decisions", "decisions", "Decide: it is added to the log under your name, and never changed")
	decide.method, decide.status = http.MethodPost, http.StatusCreated
	serve(s, decide, s.decide)
}

func (in *decisionsInput) query() (record.JudgementQuery, error) {
	q := record.JudgementQuery{
		Subject: record.ID(in.Subject), Verbs: in.Verb, AsOf: in.AsOf.Time, After: in.After, Before: in.Before, Limit: in.Limit,
		People: !in.All && len(in.Verb) == 0, Newest: !in.Oldest && in.After == 0,
	}
	return q, q.Check()
}

func (s *Server) decisions(ctx context.Context, in *decisionsInput) (decisionPage, error) {
	out := decisionPage{Decisions: []record.Judgement{}}
	q, err := in.query()
	if err != nil {
		return out, err
	}
	size := pageSize(in.Limit)
	q.Limit = size + 1
	for j, err := range s.archives[in.Archive].Judgements(ctx, q) {
		if err != nil {
			return out, err
		}
		if len(out.Decisions) == size {
			out.Next = out.Decisions[size-1].Seq
			break
		}
		out.Decisions = append(out.Decisions, j)
	}
	out.About, err = s.archives[in.Archive].desk.About(ctx, out.Decisions)
	return out, err
}

func (s *Server) decisionTable(ctx context.Context, in *decisionsInput) (table, error) {
	q, err := in.query()
	if err != nil {
		return nil, err
	}
	return rows(s.archives[in.Archive].Judgements(ctx, q),
		[]string{"seq", "at", "who", "verb", "subject", "object", "value", "why", "evidence", "hash"}, func(j record.Judgement) []string {
			evidence := make([]string, len(j.Evidence))
			for i, id := range j.Evidence {
				evidence[i] = string(id)
			}
			return []string{strconv.FormatInt(j.Seq, 10), stamp(j.At), j.Who, j.Verb, string(j.Subject), string(j.Object), j.Value, j.Why,
				strings.Join(evidence, " "), j.Hash}
		}), nil
}

// decision is what somebody sends.
type decision struct {
	Verb     string      `json:"verb" enum:"confirm,reject,doubt,clear,state,seen,checked,attributed,merge,split,same_origin,own_origin,withdraw,restore,erase" doc:"what is decided; clear takes an earlier verdict back"`
	Subject  record.ID   `json:"subject" minLength:"3" maxLength:"40" doc:"entry, link, article or identity"`
	Object   record.ID   `json:"object,omitempty" maxLength:"40" doc:"the other one, of merge, split, same_origin and own_origin"`
	Value    string      `json:"value,omitempty" maxLength:"200" doc:"of state: kept, broken, delayed, withdrawn, disputed, lapsed, not_assessed; of seen, checked, attributed: yes or no"`
	Why      string      `json:"why" minLength:"1" maxLength:"4000" doc:"kept with the decision, for ever"`
	Evidence []record.ID `json:"evidence,omitempty" maxItems:"50" nullable:"false" doc:"entries it rests on"`
}

// decide appends a decision under the name of who asks. Each verb needs a role of its own.
func (s *Server) decide(ctx context.Context, in *struct {
	InArchive
	Body decision
}) (record.Judgement, error) {
	who, b := account.From(ctx), in.Body
	a := s.archives[in.Archive]
	if needed, known := deciders()[b.Verb]; !known || !who.May(in.Archive, needed) {
		own, err := a.ownDoubt(ctx, who, b)
		if err != nil {
			return record.Judgement{}, err
		}
		if !own {
			return record.Judgement{}, huma.Error403Forbidden(fmt.Sprintf("to %s needs the role %s", strings.ReplaceAll(b.Verb, "_", " "), needed))
		}
	}
	j, err := a.Judge(ctx, record.Judgement{
		Who: who.Name, Verb: b.Verb, Subject: b.Subject, Object: b.Object, Value: b.Value, Why: b.Why, Evidence: b.Evidence,
	})
	if err == nil {
		a.decided(b.Verb)
	}
	return j, err
}

// ownDoubt says whether a decision takes back a doubt of the one who decides, while it is the last word on its subject. Who
// may doubt may think again.
func (a *served) ownDoubt(ctx context.Context, who account.Who, b decision) (bool, error) {
	if b.Verb != "clear" || !who.May(a.Name, deciders()["doubt"]) {
		return false, nil
	}
	var last record.Judgement
	for j, err := range a.Judgements(ctx, record.JudgementQuery{Subject: b.Subject, Verbs: []string{"confirm", "reject", "doubt", "clear"}}) {
		if err != nil {
			return false, err
		}
		last = j
	}
	return last.Verb == "doubt" && last.Who == who.Name, nil
}

// rows is a table of a list.
func rows[T any](list iter.Seq2[T, error], header []string, row func(T) []string) table {
	return func(w io.Writer) error {
		return export.Rows(w, header, func(yield func([]string, error) bool) {
			for item, err := range list {
				if err != nil {
					yield(nil, err)
					return
				}
				if !yield(row(item), nil) {
					return
				}
			}
		})
	}
}
