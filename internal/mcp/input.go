package mcp

import (
	"context"
	"fmt"
	"strings"
	"time"

	"parley/internal/record"
)

// inArchive chooses the archive.
type inArchive struct {
	Archive string `json:"archive,omitempty" jsonschema:"name of the archive; needed only where there are several"`
}

// listInput chooses entries. Its fields are those of record.Query.
type listInput struct {
	inArchive
	Words         string   `json:"words,omitempty" jsonschema:"only entries whose words hold all of these; a phrase stands between quotation marks"`
	Actors        []string `json:"actors,omitempty" jsonschema:"only with one of these actors, by name or id (i-… or a-…)"`
	Role          string   `json:"role,omitempty" jsonschema:"the role of those actors: source, addressee, via, actor, recipient, by, to, participant or asserted_by"`
	Labels        []string `json:"labels,omitempty" jsonschema:"act of a statement (deny, threaten, pledge, …), type of an event (ASSAULT, AGREE, …), kind of a contact (call, meeting, …), unit of a figure"`
	Status        []string `json:"status,omitempty" jsonschema:"status of an event (actual, planned, denied, …) or contact (held, planned, …); state of a commitment (not_assessed, kept, broken, …)"`
	Publishers    []string `json:"publishers,omitempty" jsonschema:"only of articles of one of these publishers"`
	Origins       []string `json:"origins,omitempty" jsonschema:"only what one of these agencies or publishers first reported, or what is part of one of these reports (o-…)"`
	Article       string   `json:"article,omitempty" jsonschema:"only of this article (d-…)"`
	From          string   `json:"from,omitempty" jsonschema:"only of articles known from then on: 2022-02-20 or 2022-02-20T18:00:00Z"`
	To            string   `json:"to,omitempty" jsonschema:"only of articles known up to then; a day counts whole"`
	AsOf          string   `json:"as_of,omitempty" jsonschema:"what was known then: later articles and decisions do not count"`
	MinConfidence float64  `json:"min_confidence,omitempty" jsonschema:"0 to 1"`
	Verdict       string   `json:"verdict,omitempty" jsonschema:"only what a person decided on: confirm, reject, doubt; none: not judged"`
	Oldest        bool     `json:"oldest,omitempty" jsonschema:"oldest first; else newest first"`
	paged
}

// paged is the part of a list that is wanted.
type paged struct {
	Limit  int    `json:"limit,omitempty" jsonschema:"how many, 1 to 50; 20 where it is not given"`
	Cursor string `json:"cursor,omitempty" jsonschema:"next of the page before"`
}

// How many items an answer holds.
const (
	usualItems = 20
	mostItems  = 50
)

func (p paged) size() int {
	if p.Limit <= 0 {
		return usualItems
	}
	return min(p.Limit, mostItems)
}

// wrong is a mistake in what was asked, told to the model as it is.
type wrong string

func (w wrong) Error() string { return string(w) }

// query is what the input asks of an archive.
func (in *listInput) query(ctx context.Context, a *Archive, kinds ...string) (record.Query, error) {
	q := record.Query{
		Kinds: kinds, Role: in.Role, Labels: in.Labels, Status: in.Status, Publishers: in.Publishers, Origins: in.Origins, Text: in.Words, Article: record.ID(in.Article), MinConfidence: in.MinConfidence,
		Verdict: in.Verdict, Oldest: in.Oldest, Limit: in.size(), Cursor: in.Cursor,
	}
	err := q.Check()
	if err != nil {
		return q, err
	}
	if q.From, q.To, q.AsOf, err = span(in.From, in.To, in.AsOf); err != nil {
		return q, err
	}
	if len(in.Actors) > mostItems {
		return q, wrong(fmt.Sprintf("%d actors are too many: ask for %d at most", len(in.Actors), mostItems))
	}
	q.Actors, err = a.Desk.Actors(ctx, in.Actors)
	return q, err
}

// span reads the times of a question; ends count whole days.
func span(from, to, asOf string) (first, last, known time.Time, err error) {
	if first, err = moment(from, false); err != nil {
		return first, last, known, err
	}
	if last, err = moment(to, true); err != nil {
		return first, last, known, err
	}
	known, err = moment(asOf, true)
	return first, last, known, err
}

// moment reads a day or an instant; empty is none. The end of a day is its last second.
func moment(s string, end bool) (time.Time, error) {
	if s = strings.TrimSpace(s); s == "" {
		return time.Time{}, nil
	}
	if day, err := time.Parse(time.DateOnly, s); err == nil {
		if end {
			day = day.Add(24*time.Hour - time.Second)
		}
		return day, nil
	}
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return time.Time{}, wrong(fmt.Sprintf("%q is no time: write it as 2022-02-20 or 2022-02-20T18:00:00Z", clip(s, 40)))
	}
	return t.UTC(), nil
}
