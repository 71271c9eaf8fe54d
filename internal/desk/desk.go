// Package desk works out what the pages and answers of Parley show, from an archive: entries with everybody they name,
// links with both sides, what is new today, boards, series and the review queue. In goes a record.Reader and a question;
// out come values whose JSON is that of the API. It changes nothing, keeps nothing but the state of
// ceasefires and, from the first search by meaning on, the meanings of sentences (package nearest), and asks the archive a bounded
// number of times whatever the archive holds: where an answer rests on a sample of the newest, it says so. A Desk is safe
// for concurrent use. Errors are those of the archive, with what was being worked out.
package desk

import (
	"context"
	"fmt"
	"slices"

	"parley/internal/ceasefire"
	"parley/internal/nearest"
	"parley/internal/record"
)

// Desk answers questions about one archive.
type Desk struct {
	in         record.Reader
	agreements []*ceasefire.Agreement
	tables     ceasefire.Imported
	truces     truces
	meanings   *nearest.Index
	understand Understand
}

// New makes a desk over an archive, with the ceasefires that it is to follow; they must be as ceasefire.Load gives them.
func New(in record.Reader, agreements ...*ceasefire.Agreement) *Desk {
	return &Desk{in: in, agreements: agreements, meanings: nearest.New(in)}
}

// atOnce is how many ids the archive is asked for in one question.
const atOnce = 500

// entries looks entries up by their ids, in whatever state their articles are. Those that are not there, or whose
// article is erased, are not in the answer.
func (d *Desk) entries(ctx context.Context, ids []record.ID) ([]record.Entry, error) {
	var out []record.Entry
	for part := range slices.Chunk(distinct(ids), atOnce) {
		page, err := d.in.Entries(ctx, record.Query{IDs: part, Superseded: true, Retired: true, Limit: atOnce})
		if err != nil {
			return nil, fmt.Errorf("looking up %d entries: %w", len(part), err)
		}
		out = append(out, page.Entries...)
	}
	return out, nil
}

// distinct are the ids that are not empty, each once, in order.
func distinct(ids []record.ID) []record.ID {
	list := slices.Compact(slices.Sorted(slices.Values(ids)))
	if len(list) > 0 && list[0] == "" {
		list = list[1:]
	}
	return list
}
