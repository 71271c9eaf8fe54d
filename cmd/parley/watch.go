package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"

	"parley/internal/ingest"
	"parley/internal/source"
	"parley/internal/store"
)

// watchCommand is parley watch.
type watchCommand struct {
	archiveArg
	Feeds        []string      `arg:"" optional:"" name:"feed" help:"Addresses of feeds or sitemaps, or OPML files that list them. They are remembered: later runs need not name them."`
	Every        time.Duration `default:"15m" help:"How often a feed that is well is asked."`
	Pages        bool          `help:"Fetch the pages of entries that give only a summary."`
	Once         bool          `help:"Ask each feed that is due once, then stop."`
	Forget       []string      `placeholder:"URL" help:"Ask this feed no more."`
	Agent        string        `placeholder:"NAME" help:"What to call oneself to servers; best with an address to reach."`
	AllowPrivate []string      `name:"allow-private" placeholder:"HOST" help:"Also ask this server of a private network, such as an intranet's, on any port. No other private address is asked."`
	readingFlags
}

// Help is shown by parley watch --help.
func (*watchCommand) Help() string {
	return `Polls feeds into an archive, politely: only what robots.txt allows, only what has changed, one request at a time to each
server, ever more rarely where a feed fails. Private and local addresses are refused but for servers named with
--allow-private. Stop it with Ctrl-C.

Examples:
  parley watch crisis.parley https://example.org/world.rss
  parley watch crisis.parley outlets.opml --pages
  parley watch crisis.parley --once          # from cron, with the feeds named before
  parley watch crisis.parley http://wire.newsroom.lan:8080/feed --allow-private wire.newsroom.lan`
}

// feedKey is where the state of a feed stands among the settings of an archive.
const feedKey = "feed "

// Run polls until it is stopped.
func (c *watchCommand) Run(ctx context.Context, std streams) error {
	if c.Every <= 0 {
		return usage("--every wants a time such as 15m or 1h")
	}
	named, err := addresses(c.Feeds)
	if err != nil {
		return err
	}
	if len(named) == 0 && !store.IsAddress(c.Archive) && missing(c.Archive) { // nothing is remembered where there is no archive
		return errNoFeeds()
	}
	pipe, workers, err := c.pipeline()
	if err != nil {
		return err
	}
	into, err := c.make(ctx)
	if err != nil {
		return err
	}
	defer into.Close()
	feeds, err := c.feeds(ctx, into, named)
	if err != nil {
		return err
	}
	w := &watcher{into: into, pipe: pipe, log: std.err, opt: ingest.Options{Workers: workers},
		poller: source.NewPoller(source.PollOptions{Pages: c.Pages, Every: c.Every, Agent: c.Agent, Private: c.AllowPrivate})}
	for {
		w.failed = 0
		for _, feed := range feeds {
			if err := w.poll(ctx, feed); err != nil {
				return err
			}
		}
		if c.Once {
			return w.outcome(len(feeds))
		}
		if err := w.wait(ctx, feeds); err != nil {
			return err
		}
	}
}

// feeds are those remembered and those named now, by address.
func (c *watchCommand) feeds(ctx context.Context, in *store.Store, named []string) ([]*source.FeedState, error) {
	kept, err := in.Settings(ctx, feedKey)
	if err != nil {
		return nil, err
	}
	states := map[string]*source.FeedState{}
	for key, value := range kept {
		var st source.FeedState
		if err := json.Unmarshal([]byte(value), &st); err != nil {
			return nil, fmt.Errorf("reading what is known of %s: %w", strings.TrimPrefix(key, feedKey), err)
		}
		if st.URL != "" {
			states[st.URL] = &st
		}
	}
	for _, url := range named {
		if states[url] == nil {
			states[url] = &source.FeedState{URL: url}
		}
	}
	for _, url := range c.Forget {
		if states[url] == nil {
			return nil, coded{fmt.Errorf("%s is not among the feeds of %s", url, c.Archive), exitFailed}
		}
		delete(states, url)
		if err := in.SetSetting(ctx, feedKey+url, "{}"); err != nil {
			return nil, err
		}
	}
	if len(states) == 0 {
		return nil, errNoFeeds()
	}
	return slices.SortedFunc(maps.Values(states), func(a, b *source.FeedState) int { return strings.Compare(a.URL, b.URL) }), nil
}

func errNoFeeds() error {
	return usage("no feeds: name an address such as https://example.org/world.rss, or an OPML file")
}

// addresses takes those in OPML files out of their files.
func addresses(named []string) ([]string, error) {
	var out []string
	for _, name := range named {
		if strings.Contains(name, "://") {
			out = append(out, name)
			continue
		}
		for item, err := range source.Items([]string{name}, source.Options{}) {
			if err != nil {
				return nil, hinted{err, "give the address of a feed, such as https://example.org/world.rss, or an OPML file"}
			}
			if item.Status != source.Feed {
				return nil, usage("%s is no list of feeds: give the address of a feed, or an OPML file; parley ingest takes articles", name)
			}
			out = append(out, item.Doc.URL)
		}
	}
	return out, nil
}

// watcher polls feeds into an archive.
type watcher struct {
	into   *store.Store
	pipe   *ingest.Pipeline
	poller *source.Poller
	opt    ingest.Options
	log    io.Writer
	failed int // feeds that could not be read in this round
}

// outcome says with the exit code that feeds could not be read.
func (w *watcher) outcome(feeds int) error {
	switch w.failed {
	case 0:
		return nil
	case feeds:
		return coded{errors.New("no feed could be read"), exitFailed}
	}
	return coded{fmt.Errorf("%d of %d feeds could not be read", w.failed, feeds), exitPartial}
}

// poll asks one feed if it is due. A feed that fails is told of and tried again later; the error is of the archive.
func (w *watcher) poll(ctx context.Context, feed *source.FeedState) error {
	before := *feed
	items, err := w.poller.Poll(ctx, feed)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		complain(w.log, err)
		w.failed++
	}
	counts := newTally(w.log)
	opt := w.opt
	opt.Done = counts.add
	if len(items) > 0 {
		err := w.pipe.Ingest(ctx, each(items), w.into, opt)
		counts.end()
		if err != nil {
			return err
		}
		fmt.Fprintf(w.log, "parley: %s: %s\n", feed.URL, strings.TrimSpace(counts.line()))
	}
	if counts.changed {
		if err := reconcileArchive(ctx, w.into, counts.since, w.log); err != nil {
			return err
		}
	}
	return w.remember(ctx, &before, feed)
}

// remember keeps the state of a feed, under its new address if it has moved. The articles are kept before it, so that
// what a crash lets slip is asked for again.
func (w *watcher) remember(ctx context.Context, before, feed *source.FeedState) error {
	value, err := json.Marshal(feed)
	if err != nil {
		return fmt.Errorf("keeping the state of %s: %w", feed.URL, err)
	}
	if before.URL != feed.URL {
		if err := w.into.SetSetting(ctx, feedKey+before.URL, "{}"); err != nil {
			return err
		}
	}
	return w.into.SetSetting(ctx, feedKey+feed.URL, string(value))
}

// wait sleeps until the next feed is due.
func (w *watcher) wait(ctx context.Context, feeds []*source.FeedState) error {
	next := feeds[0].Next
	for _, f := range feeds {
		if f.Next.Before(next) {
			next = f.Next
		}
	}
	timer := time.NewTimer(max(time.Until(next), time.Second))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// each yields the items of a list.
func each(items []source.Item) iter.Seq2[source.Item, error] {
	return func(yield func(source.Item, error) bool) {
		for _, item := range items {
			if !yield(item, nil) {
				return
			}
		}
	}
}
