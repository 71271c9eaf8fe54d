package source

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"parley/internal/document"
)

// pages puts the whole page in the place of each entry that is only a summary or a link, through robots.txt and the
// pauses of its server. What was handed on before is left out. A page that cannot be had for now is left out too and
// comes with a later poll; of one that cannot be had at all, the summary stays.
func (p *Poller) pages(ctx context.Context, st *FeedState, items []Item) (out []Item, err error) {
	before := map[string]bool{}
	for _, key := range st.Seen {
		before[key] = true
	}
	var seen []string
	var errs []error
	asked, later := 0, false
	for _, item := range items {
		if !wantsPage(item) {
			out = append(out, item)
			continue
		}
		key := entryKey(item)
		if before[key] {
			seen = append(seen, key)
			continue
		}
		if asked++; asked > maxPages || ctx.Err() != nil {
			later = true
			continue
		}
		whole, again, err := p.page(ctx, item)
		if err != nil {
			errs = append(errs, err)
		}
		if again {
			later = true
			continue
		}
		seen = append(seen, key)
		if whole.Status != Link {
			out = append(out, whole)
		}
	}
	st.Seen = seen
	if later { // the next poll must bring the entries again
		st.ETag, st.LastModified = "", ""
	}
	return out, errors.Join(errs...)
}

// wantsPage says whether the page of an entry is to be fetched.
func wantsPage(item Item) bool {
	return item.Doc.URL != "" && (item.Status == Link || item.Article() && hasNotice(item.Doc, "summary_only"))
}

// entryKey tells an entry, as it now is, from others.
func entryKey(item Item) string {
	text := item.Doc.ID
	if item.Status == Link {
		text = item.Doc.Published.UTC().Format(time.RFC3339)
	}
	return first(item.GUID, item.Doc.URL) + " " + text[:min(len(text), 20)]
}

// page is an entry with its whole page. again says that it cannot be had for now.
func (p *Poller) page(ctx context.Context, item Item) (whole Item, again bool, err error) {
	got, err := p.ask(ctx, item.Doc.URL, map[string]string{"Accept": "text/html, text/plain;q=0.9"})
	switch {
	case err != nil && !errors.Is(err, ErrForbidden) && !errors.Is(err, ErrTooLarge):
		return item, true, err
	case err == nil && (got.status == http.StatusTooManyRequests || got.status >= 500):
		return item, true, &Error{Name: item.Doc.URL, Kind: ErrAnswer, Detail: fmt.Sprintf("the server said %d", got.status), Hint: "it is tried again later"}
	case err == nil && got.status != http.StatusOK:
		err = &Error{Name: item.Doc.URL, Kind: ErrAnswer, Detail: fmt.Sprintf("the server said %d", got.status), Hint: "the feed's summary is kept"}
	}
	if err == nil {
		whole, err = p.readPage(got, item)
	}
	if err != nil {
		if item.Article() {
			item.Doc.Notices = append(item.Doc.Notices, document.Notice{Kind: "page_not_read", Text: "the whole page could not be read: " + err.Error()})
		}
		return item, false, err
	}
	return whole, false, nil
}

// readPage reads a page that was fetched. What the feed says of the entry fills what the page does not say.
func (p *Poller) readPage(got reply, entry Item) (Item, error) {
	opt := p.opt.Options
	opt.URL, opt.contentType = got.url, got.header.Get("Content-Type")
	format, err := formatOfType(opt.contentType)
	if err != nil {
		return Item{}, named(err, got.url)
	}
	opt.Format = format
	whole, failed := Item{}, error(&Error{Name: got.url, Kind: ErrEmpty})
	readPlain(bufio.NewReader(bytes.NewReader(got.body)), got.url, opt, func(item Item, err error) bool {
		whole, failed = item, err
		return false
	})
	if failed != nil {
		return Item{}, failed
	}
	doc := whole.Doc
	doc.Title, doc.Publisher = first(doc.Title, entry.Doc.Title), first(doc.Publisher, entry.Doc.Publisher)
	if doc.Published.IsZero() && !entry.Doc.Published.IsZero() {
		doc.Published = entry.Doc.Published
		doc.Notices = slices.DeleteFunc(doc.Notices, func(n document.Notice) bool { return n.Kind == "no_date" })
	}
	whole.GUID, whole.Replaces = entry.GUID, entry.Replaces
	if entry.Status != Link {
		whole.Status = entry.Status
	}
	whole.Fetched, whole.Headers = p.now().UTC(), replyHeaders(got.header)
	return whole, nil
}
