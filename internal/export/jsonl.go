package export

import (
	"bufio"
	"context"
	"encoding/json"

	"parley/internal/record"
)

// line is a line of the JSONL format: the entry as the archive gives it, with what its ids stand for.
type line struct {
	record.Entry
	Published  string                  `json:"published,omitempty"`
	Names      map[record.ID]string    `json:"names,omitempty"`
	Identities map[record.ID]record.ID `json:"identities,omitempty"` // of the actors named
	State      string                  `json:"state,omitempty"`      // decided, of a commitment
	A          *sideLine               `json:"a,omitempty"`          // of a contradiction
	B          *sideLine               `json:"b,omitempty"`
}

// sideLine is one side of a contradiction.
type sideLine struct {
	ID        record.ID   `json:"id"`
	Kind      string      `json:"kind"`
	Voice     string      `json:"voice"`
	Text      string      `json:"text"`
	Span      record.Span `json:"span"`
	Article   record.ID   `json:"article"`
	URL       string      `json:"url"`
	Publisher string      `json:"publisher"`
	Published string      `json:"published"`
}

// writeJSONL writes one JSON object a line. Map keys are sorted and <, > and & escaped, as encoding/json does.
func writeJSONL(ctx context.Context, x *exporter, w *bufio.Writer) error {
	enc := json.NewEncoder(w)
	return x.each(ctx, x.opt.Kinds, func(it *item) error { return enc.Encode(newLine(it)) })
}

func newLine(it *item) line {
	return line{
		Entry: it.Entry, Published: it.in.published, Names: it.names(), Identities: it.identities(), State: it.state,
		A: newSideLine(it.a), B: newSideLine(it.b),
	}
}

func newSideLine(s *item) *sideLine {
	if s == nil {
		return nil
	}
	return &sideLine{s.ID, s.Kind, s.voice(), s.Text, s.Span, s.Article, s.URL, s.Publisher, s.in.published}
}

// identities are those of the actors that the item names, or is.
func (it *item) identities() map[record.ID]record.ID {
	out := map[record.ID]record.ID{}
	for _, id := range append(it.refs(), it.ID) {
		if identity := it.in.identities[id]; identity != "" {
			out[id] = identity
		}
	}
	return out
}
