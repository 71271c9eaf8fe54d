package desk

import (
	"context"
	"errors"
	"fmt"
	"time"

	"parley/internal/record"
)

// Receipt is how an article came into the archive, and whether it is still what came.
type Receipt struct {
	Article   record.ID          `json:"article"`
	Location  string             `json:"location"` // file, line or address it was read from
	Fetched   time.Time          `json:"fetched"`
	Headers   map[string]string  `json:"headers,omitempty"`
	MediaType string             `json:"media_type"`
	RawHash   string             `json:"raw_hash"`  // SHA-256 of the bytes, hex, noted when they came
	TextHash  string             `json:"text_hash"` // SHA-256 of the text
	Bytes     int                `json:"bytes"`
	Verified  bool               `json:"verified"`        // both hashes were worked out again now, and are the same
	Fault     string             `json:"fault,omitempty"` // why not
	CheckedAt time.Time          `json:"checked_at"`
	Decisions []record.Judgement `json:"decisions"` // about the article, oldest first; the first is its arrival
}

// Receipt works the hashes of an article out again. Damage is no error: it is a fault in the receipt.
func (d *Desk) Receipt(ctx context.Context, id record.ID, now time.Time) (Receipt, error) {
	art, err := d.in.Article(ctx, id)
	if err != nil {
		return Receipt{}, fmt.Errorf("making a receipt: %w", err)
	}
	r := Receipt{
		Article: id, Location: art.Location, Fetched: art.Fetched, Headers: art.Headers, MediaType: art.MediaType, RawHash: art.RawHash, TextHash: art.TextHash,
		CheckedAt: now.UTC(), Decisions: []record.Judgement{},
	}
	raw, err := d.in.Raw(ctx, id)
	r.Bytes = len(raw)
	switch {
	case ctx.Err() != nil:
		return r, fmt.Errorf("making a receipt: %w", ctx.Err())
	case art.State == record.Erased || errors.Is(err, record.ErrErased):
		r.Fault = "its text and bytes were erased; the hashes stay"
	case err != nil:
		r.Fault = "its bytes cannot be read: " + err.Error()
	case record.TextHash(raw) != art.RawHash:
		r.Fault = "its bytes are not those that came in"
	case record.TextHash(art.Text) != art.TextHash:
		r.Fault = "its text is not the one that was read"
	default:
		r.Verified = true
	}
	for j, err := range d.in.Judgements(ctx, record.JudgementQuery{Subject: id}) {
		if err != nil {
			return r, fmt.Errorf("reading the decisions about %s: %w", id, err)
		}
		r.Decisions = append(r.Decisions, j)
	}
	return r, nil
}
