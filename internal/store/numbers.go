package store

import (
	"context"
	"fmt"
	"hash/fnv"
	"time"

	"parley/internal/record"
)

// The number of an article rises with the second it was known: 33 bits of seconds since 1900 (until 2172), 18 bits of
// its id's hash, and 12 bits that number its entries, the first in the text highest. So the newest entries, each
// article's in the order of its text, are the highest rows of every index, and a list or search is over after one page.
const (
	blockBits = 12
	block     = 1 << blockBits // entries in one block of numbers
	slotBits  = 18
	slots     = 1 << slotBits // blocks in one second
	maxSpill  = 23            // a block is looked for up to 2^23 blocks, half a minute, further
)

// epoch is 1900-01-01 in seconds since 1970.
const epoch = -2208988800

// secondNumber is the lowest number of a second.
func secondNumber(t time.Time) int64 {
	sec := min(max(t.Unix()-epoch, 0), 1<<33-2*slots)
	return sec << (slotBits + blockBits)
}

// spill is how far, in time, an article may stand behind the numbers of its second.
const spill = time.Minute

// blockFor finds a free block of numbers for an article: where its hash says, or at doubling distances behind.
func (t *tx) blockFor(ctx context.Context, id record.ID, known time.Time, taken map[int64]bool) (int64, error) {
	hash := fnv.New64a()
	hash.Write([]byte(id))
	from := secondNumber(known) + int64(hash.Sum64()%slots)<<blockBits
	for step := range maxSpill {
		n := from + int64(1<<step-1)<<blockBits
		if taken[n] {
			continue
		}
		var used int
		err := t.row(ctx, "SELECT (SELECT count(*) FROM articles WHERE n = ?) + (SELECT count(*) FROM entries WHERE n = ?)", n, n+block-1).Scan(&used)
		if err != nil {
			return 0, fmt.Errorf("numbering %s: %w", id, err)
		}
		if used == 0 {
			taken[n] = true
			return n, nil
		}
	}
	return 0, fmt.Errorf("numbering %s: too many articles of one moment", id)
}

// numberer hands out the numbers of an article's entries.
type numberer struct {
	t     *tx
	id    record.ID
	known time.Time
	taken map[int64]bool
	base  int64 // of the block in use
	next  int64
}

func (c *numberer) number(ctx context.Context) (int64, error) {
	if c.next < c.base {
		if err := c.open(ctx); err != nil {
			return 0, err
		}
	}
	c.next--
	return c.next + 1, nil
}

// open takes a block; the number of the first is the article's own.
func (c *numberer) open(ctx context.Context) (err error) {
	if c.base, err = c.t.blockFor(ctx, c.id, c.known, c.taken); err == nil {
		c.next = c.base + block - 1
	}
	return err
}
