package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"sync"
	"time"

	"parley/internal/ingest"
	"parley/internal/source"
)

// ingestCommand is parley ingest.
type ingestCommand struct {
	archiveArg
	Paths     []string          `arg:"" name:"source" help:"Articles, folders of them, JSON Lines, feeds, news sitemaps, WARC, ninjs, NewsML-G2, NITF files; - for standard input."`
	Fields    map[string]string `placeholder:"OURS=THEIRS" help:"Where JSON articles keep what: --fields text=body.content --fields published=meta.date"`
	Published day               `placeholder:"DATE" help:"Day of publication, where the article does not say. Overrides the file's own."`
	Publisher string            `help:"Who published it. Overrides the file's own."`
	MaxMB     int64             `name:"max-mb" default:"10" help:"Refuse articles larger than this many megabytes."`
	readingFlags
	Later  bool   `name:"no-reconcile" help:"Do not compare the new articles with the others; parley reconcile does it later."`
	Format string `enum:"text,json" default:"text" short:"f" help:"How the count at the end is printed: text or json."`
}

// Help is shown by parley ingest --help.
func (*ingestCommand) Help() string {
	return `Takes articles into an archive, which is made if it is not there. What is in it already is passed over: a run that
was cut off is taken up again by the same command, and running it twice is the same as once.

Examples:
  parley ingest crisis.parley articles/ feed.xml
  parley ingest crisis.parley dump.jsonl --fields text=body --fields published=meta.date
  parley ingest postgres://parley@localhost/crisis crawl.warc.gz`
}

// Run takes the articles in and compares them with what is there.
func (c *ingestCommand) Run(ctx context.Context, std streams) error {
	if c.MaxMB < 1 {
		return usage("--max-mb wants a whole number from 1 on")
	}
	pipe, workers, err := c.pipeline()
	if err != nil {
		return err
	}
	in := &interruptible{ctx: ctx, in: std.in}
	opt := source.Options{Published: time.Time(c.Published), Publisher: c.Publisher, MaxBytes: c.MaxMB << 20, Stdin: in, Fields: c.Fields}
	items, found, stop := ahead(source.Items(c.Paths, opt))
	defer stop()
	counts := newTally(std.err)
	if !found && ctx.Err() == nil { // a misspelt source leaves no empty archive behind
		for _, err := range items {
			counts.add(ingest.Outcome{What: ingest.Failed, Err: err})
		}
		counts.end()
		return counts.print(std.out, c.Format)
	}
	into, err := c.make(ctx)
	if err != nil {
		return err
	}
	defer into.Close()
	err = pipe.Ingest(ctx, items, into, ingest.Options{Workers: workers, Done: counts.add})
	counts.end()
	if err == nil && !c.Later && counts.changed {
		err = reconcileArchive(ctx, into, counts.since, std.err)
	}
	if err != nil && len(counts.Counts) > 0 {
		fmt.Fprintf(std.err, "parley: %s until then; the same command goes on from here\n", strings.TrimSpace(counts.line()))
	}
	if errors.Is(err, context.Canceled) {
		return coded{errors.New("stopped"), exitInterrupted}
	}
	if err != nil {
		return err
	}
	return counts.print(std.out, c.Format)
}

// ahead reads up to the first item without an error, and says whether there is one. It gives all items again, once, those
// read already first; stop ends it.
func ahead(items iter.Seq2[source.Item, error]) (all iter.Seq2[source.Item, error], found bool, stop func()) {
	next, stop := iter.Pull2(items)
	var failed []error
	item, err, more := next()
	for ; more && err != nil; item, err, more = next() {
		failed = append(failed, err)
	}
	return func(yield func(source.Item, error) bool) {
		for _, err := range failed {
			if !yield(source.Item{}, err) {
				return
			}
		}
		for ; more; item, err, more = next() {
			if !yield(item, err) {
				return
			}
		}
	}, more, stop
}

// interruptible reads standard input until ctx ends: a feed may be silent for hours, and whoever waits wants to stop.
type interruptible struct {
	ctx  context.Context
	in   io.Reader
	next chan []byte // what a goroutine reads ahead; made by the first Read
	rest []byte
	err  error // set before next is closed
}

// Read gives what came.
func (i *interruptible) Read(p []byte) (int, error) {
	if i.next == nil {
		i.next = make(chan []byte)
		go i.pump()
	}
	if len(i.rest) == 0 {
		select {
		case part, more := <-i.next:
			if !more {
				return 0, i.err
			}
			i.rest = part
		case <-i.ctx.Done():
			return 0, i.ctx.Err()
		}
	}
	n := copy(p, i.rest)
	i.rest = i.rest[n:]
	return n, nil
}

func (i *interruptible) pump() {
	defer close(i.next)
	for {
		part := make([]byte, 64<<10)
		n, err := i.in.Read(part)
		if n > 0 {
			select {
			case i.next <- part[:n]:
			case <-i.ctx.Done():
				return
			}
		}
		if err != nil {
			i.err = err
			return
		}
	}
}

// tally counts what became of items, and shows it while it grows. The bar reads it from a goroutine of its own.
type tally struct {
	mu       sync.Mutex
	log      io.Writer
	progress *progress
	changed  bool      // something came that is to be compared
	since    time.Time // when the earliest of that was known

	Counts  map[ingest.What]int `json:"counts"`
	Undated int                 `json:"undated"` // of those taken in
}

func newTally(log io.Writer) *tally {
	t := &tally{log: log, Counts: map[ingest.What]int{}}
	t.progress = newProgress(log, t.line)
	return t
}

func (t *tally) add(o ingest.Outcome) {
	t.mu.Lock()
	t.Counts[o.What]++
	t.mu.Unlock()
	if o.Pending || o.What != ingest.Known && o.What != ingest.Failed {
		if !t.changed || o.At.Before(t.since) {
			t.since = o.At
		}
		t.changed = true
	}
	if o.Undated {
		t.Undated++
	}
	if o.Err != nil {
		complain(t.log, o.Err)
	}
	t.progress.step()
}

func (t *tally) end() { t.progress.end() }

// line is "12 added, 3 known".
func (t *tally) line() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	parts := []string{}
	for _, what := range []ingest.What{ingest.Added, ingest.Replaced, ingest.Older, ingest.Killed, ingest.Known, ingest.Failed} {
		if n := t.Counts[what]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, what))
		}
	}
	if len(parts) == 0 {
		return "nothing to take in "
	}
	return strings.Join(parts, ", ") + " "
}

// print tells the counts and, where inputs failed, says so with the exit code.
func (t *tally) print(w io.Writer, format string) error {
	var err error
	if format == "json" {
		err = printJSON(w, t)
	} else {
		_, err = fmt.Fprintln(w, strings.TrimSpace(t.line()))
	}
	if t.Undated > 0 {
		fmt.Fprintf(t.log, "parley: %d of them do not say when they were published, so that “Sunday” in them has no date\nparley: hint: take such articles in with --published DATE\n", t.Undated)
	}
	failed := t.Counts[ingest.Failed]
	total := 0
	for _, n := range t.Counts {
		total += n
	}
	if err != nil {
		return err
	}
	return unread(failed, total)
}
