package source

import (
	"io"
	"iter"
	"strings"
	"time"

	"parley/internal/document"
)

// What is known of an article's standing, in the words of IPTC's publishing status, and two kinds of item that are
// no articles but addresses. Usable is the empty string, so that most inputs need not speak of it.
const (
	Usable    = ""
	Canceled  = "canceled"  // killed by its publisher: it must no longer be used
	Withheld  = "withheld"  // not to be used until its publisher says so
	Corrected = "corrected" // usable, and mends what an earlier version had wrong
	Updated   = "updated"   // usable, and goes further than an earlier version
	Link      = "link"      // from a sitemap, a package, or an entry without a text: the address of an article, in Doc.URL
	Feed      = "feed"      // from an OPML list or an index of sitemaps: the address of a feed or sitemap, in Doc.URL
)

// Item is one article with the bytes it came in.
type Item struct {
	// Doc is never nil. Its Text is empty, and it has no ID, where Status says Link or Feed, and where a kill brings no text.
	Doc *document.Document
	// Raw is what the article came in: a whole file, or the bytes of its line, entry or record in a larger one. Of a
	// feed that is not in UTF-8 they are the entry's UTF-8.
	Raw       []byte
	MediaType string    // of Raw, without parameters: "text/html", "application/rss+xml"
	Location  string    // file, with the line, entry or record in it; or web address
	Fetched   time.Time // when it was taken from the web; zero where the input does not say, as for a file
	Headers   map[string]string
	// GUID is what its publisher calls the article in all its versions: a feed's guid, NewsML's guid, ninjs' uri. One
	// that is no URI is told apart by what it came in ("https://courier.example/#4711").
	GUID   string
	Status string
	// Replaces are other articles, by GUID, that its publisher says it takes the place of.
	Replaces []string
}

// Killed says whether the publisher has taken the article back, for now or for good.
func (i Item) Killed() bool { return i.Status == Canceled || i.Status == Withheld }

// Article says whether the item has a text to be read; kills may have none, and addresses never do.
func (i Item) Article() bool { return i.Doc != nil && i.Doc.Text != "" }

// yielder takes the items of an input one by one and says whether to go on.
type yielder func(Item, error) bool

// Items yields the articles of files, folders and standard input ("-"), in the order of paths: like Walk, with the
// bytes each came in, and with kills and addresses too.
func Items(paths []string, opt Options) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		if err := checkFields(opt.Fields); err != nil {
			yield(Item{}, err)
			return
		}
		for _, path := range paths {
			if !walkOne(path, opt, yield) {
				return
			}
		}
	}
}

// ReadItems yields the articles of one input. Name is the file's name or web address: it decides the format where its
// extension says one, and stands in errors. After an error in a stream of several articles the next ones still
// come, as long as the stream itself can be read.
func ReadItems(r io.Reader, name string, opt Options) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		if err := checkFields(opt.Fields); err != nil {
			yield(Item{}, err)
			return
		}
		readItems(r, name, opt, yield)
	}
}

// documents keeps of items what can be read as text. Of a list of addresses, and of a kill without a text, it makes an error.
func documents(items iter.Seq2[Item, error]) iter.Seq2[*document.Document, error] {
	return func(yield func(*document.Document, error) bool) {
		list := "" // the list of addresses whose error has been given
		for item, err := range items {
			doc := item.Doc
			switch {
			case err != nil:
				doc = nil
			case item.Status == Link || item.Status == Feed:
				if item.Location == list {
					continue
				}
				list = item.Location
				doc, err = nil, &Error{Name: list, Kind: ErrEmpty, Detail: "it gives addresses, not texts",
					Hint: "fetch the pages it names, or give it to parley watch"}
			case !item.Article():
				doc, err = nil, &Error{Name: item.Location, Kind: ErrEmpty, Detail: "its publisher has " + item.Status + " it"}
			}
			if !yield(doc, err) {
				return
			}
		}
	}
}

// statusOf reads a word for the standing of an article, with or without the prefix of a controlled vocabulary ("stat:canceled").
func statusOf(word string) string {
	word = strings.ToLower(strings.TrimSpace(word))
	word = word[strings.LastIndexAny(word, ":/")+1:]
	switch word {
	case "canceled", "cancelled", "cancel", "kill", "killed", "retracted", "withdrawn", "deleted":
		return Canceled
	case "withheld", "withhold", "embargoed":
		return Withheld
	case "corrected", "correction", "corrective":
		return Corrected
	case "updated", "update":
		return Updated
	}
	return Usable
}
