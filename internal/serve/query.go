package serve

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/desk"
	"parley/internal/record"
)

// instant is a time in a request: a day (its midnight, UTC) or RFC 3339.
type instant struct{ time.Time }

// UnmarshalText reads 2022-02-20 or 2022-02-20T18:00:00Z.
func (i *instant) UnmarshalText(text []byte) error {
	for _, layout := range []string{time.DateOnly, time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04"} {
		if t, err := time.Parse(layout, string(text)); err == nil {
			i.Time = t.UTC()
			return nil
		}
	}
	return fmt.Errorf("%q is no time: write it as 2022-02-20 or 2022-02-20T18:00:00Z", text)
}

// Schema is that of a string.
func (i instant) Schema(huma.Registry) *huma.Schema { return timeSchema() }

// until is the end of a span of time in a request: a day counts to its last moment.
type until struct{ time.Time }

// UnmarshalText reads what instant does.
func (u *until) UnmarshalText(text []byte) error {
	var i instant
	if err := i.UnmarshalText(text); err != nil {
		return err
	}
	if u.Time = i.Time; len(text) == len(time.DateOnly) {
		u.Time = i.Add(24*time.Hour - time.Second)
	}
	return nil
}

// Schema is that of a string.
func (u until) Schema(huma.Registry) *huma.Schema { return timeSchema() }

func timeSchema() *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Examples: []any{"2022-02-20", "2022-02-20T18:00:00Z"}}
}

// InArchive is the archive in an address.
type InArchive struct {
	Archive string `path:"archive" doc:"the archive's short name"`
}

// Paged is the part of a list that is wanted.
type Paged struct {
	Limit  int    `query:"limit" minimum:"0" maximum:"500" doc:"this many at most; 0 is 50, of CSV all"`
	Cursor string `query:"cursor" maxLength:"200" doc:"go on where a page ended: its next"`
}

// Arrived asks for what came into the archive late enough.
type Arrived struct {
	Since instant `query:"since" doc:"that came into the archive from then on, whenever it was published"`
}

// Filters choose entries; they are those of record.Query.
type Filters struct {
	Q             string   `query:"q" maxLength:"1000" doc:"words that all must stand there; \"…\" is a phrase"`
	Actor         []string `query:"actor,explode" maxItems:"20" doc:"with this actor, by name or id (i-… or a-…)"`
	Role          string   `query:"role" enum:"source,addressee,via,actor,recipient,by,to,participant,asserted_by" doc:"of that actor"`
	Label         []string `query:"label,explode" maxItems:"50" doc:"act of a statement, type of an event, kind of a contact, unit of a figure"`
	Status        []string `query:"status,explode" maxItems:"50"`
	Publisher     []string `query:"publisher,explode" maxItems:"50" doc:"of articles of this publisher"`
	Origin        []string `query:"origin,explode" maxItems:"50" doc:"first reported by this agency or publisher; or part of this report (o-…)"`
	Article       string   `query:"article" maxLength:"40" doc:"of this article"`
	From          instant  `query:"from" doc:"of articles known from then on"`
	To            until    `query:"to" doc:"of articles known up to then; a day counts whole"`
	AsOf          until    `query:"as_of" doc:"what was known then: later articles and decisions do not count"`
	MinConfidence float64  `query:"min_confidence" minimum:"0" maximum:"1"`
	Verdict       string   `query:"verdict" enum:"confirm,reject,doubt,none" doc:"what somebody decided; none: not judged"`
	All           bool     `query:"all" doc:"also of superseded and withdrawn articles, and what the newest reading no longer finds"`
	Oldest        bool     `query:"oldest" doc:"oldest first"`
	Arrived
}

// query is the filter as an archive takes it.
func (f *Filters) query(ctx context.Context, in *served, kinds ...string) (record.Query, error) {
	q := record.Query{
		Kinds: kinds, Article: record.ID(f.Article), Role: f.Role, Labels: f.Label, Status: f.Status, Publishers: f.Publisher, Origins: f.Origin, Text: f.Q, From: f.From.Time, To: f.To.Time,
		AsOf: f.AsOf.Time, Since: f.Since.Time, MinConfidence: f.MinConfidence, Verdict: f.Verdict, Superseded: f.All, Retired: f.All, Oldest: f.Oldest,
	}
	err := q.Check()
	if err != nil {
		return q, err
	}
	q.Actors, err = in.actors(ctx, "query.actor", f.Actor)
	return q, err
}

// actors are the ids of actors given by name or id in a parameter of a request.
func (a *served) actors(ctx context.Context, where string, names []string) ([]record.ID, error) {
	ids, err := a.desk.Actors(ctx, names)
	if errors.Is(err, desk.ErrNobody) {
		return nil, wrong(where, desk.ErrNobody.Error(), names)
	}
	return ids, err
}

// maxPage is how many items a page holds at most.
const maxPage = 500

// pageSize is how many items a page holds where a request says so, and else.
func pageSize(limit int) int {
	if limit == 0 {
		return 50
	}
	return limit
}
