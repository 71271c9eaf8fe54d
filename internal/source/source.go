// Package source is the edge where outside text comes in: files, folders, standard input, web pages, feeds and crawls
// go in; documents come out, with the text fixed for good, where it comes from (title, publisher, authors,
// publication time, dateline, agency credits) and what part each paragraph plays (title, heading, byline, credit,
// correction, caption, furniture, body). It reads plain text, Markdown, HTML, JSON, JSON Lines with a field map,
// RSS, Atom, JSON Feed, IPTC's ninjs, NewsML-G2 and NITF, WARC, sitemaps and OPML, each also packed with gzip;
// docs/sources.md says how each is known and where its fields go.
//
// Read and Walk give documents. ReadItems and Items give each with the exact bytes it came in, its
// publisher's name for it and its standing, and also kills without a text and addresses of more. Poller asks for feeds
// again and again, politely.
//
// Promises: Document.Text is valid UTF-8 with lone "\n" line ends and no control characters but "\n" and
// tabs, and is what a reader of the page would read (Markdown, HTML and NITF are rendered; a JSON article gives
// its text field; plain text is kept as it is). Paragraph spans ascend, never overlap, and nothing but
// white space lies between them. Whatever was wrong with the input and could be mended is a Notice; what
// could not is an *Error that says what to do. No input, however hostile, makes it panic, hang or take
// memory beyond a small multiple of Options.MaxBytes. XML follows no entities but HTML's named characters.
//
// Document.ID is the SHA-256 of Document.Text in hex: the same text has the same id wherever it was found.
//
// Credits are the agencies whose copy a document carries: those in the bracket of the dateline, in the
// byline, in credit lines ("With inputs from …", "… contributed to this report"), and, because much copy
// is a rewrite that says so at once, those said in the first paragraph to have reported its news ("news
// agency Agence France-Presse (AFP) reported"). An agency quoted further down is no credit.
package source

import (
	"bufio"
	"bytes"
	"io"
	"iter"
	"path/filepath"
	"strings"
	"time"

	"parley/internal/document"
)

// DefaultMaxBytes is the size limit of one document where Options gives none: 10 MB.
const DefaultMaxBytes = 10 << 20

// Options say what the caller knows of a document. A value given here overrides what the file says.
type Options struct {
	Published time.Time // zero: what the file says
	Title     string
	Publisher string
	URL       string
	Language  string    // ISO 639-1
	Format    Format    // empty: by extension, then by looking at the content
	MaxBytes  int64     // limit for one document; 0 is DefaultMaxBytes
	Stdin     io.Reader // what Walk reads for "-"; nil is os.Stdin
	// Fields says for articles in JSON where each of our fields stands: ours → theirs, dotted for fields in fields
	// ("text" → "body.content"). What is not in it is looked for under the usual names.
	Fields map[string]string

	contentType string // of an HTTP answer, for its charset
}

func (o Options) maxBytes() int64 {
	if o.MaxBytes > 0 {
		return o.MaxBytes
	}
	return DefaultMaxBytes
}

// Format is how an input is written.
type Format string

// The formats that are read.
const (
	Plain    Format = "text"
	Markdown Format = "markdown"
	HTML     Format = "html"
	JSON     Format = "json"  // one article, an array of articles, ninjs, a JSON Feed
	JSONL    Format = "jsonl" // one article a line
	WARC     Format = "warc"  // pages as a crawler kept them
	XML      Format = "xml"   // RSS, Atom, NewsML-G2, NITF, sitemaps, OPML: by its first element
)

// formatOf is the format an extension stands for, empty when it stands for none that is read. Text is sniffed,
// because much that ends in .txt is something else.
func formatOf(name string) Format {
	switch strings.ToLower(filepath.Ext(unpackedName(name))) {
	case ".md", ".markdown":
		return Markdown
	case ".html", ".htm", ".xhtml":
		return HTML
	case ".json":
		return JSON
	case ".jsonl", ".ndjson":
		return JSONL
	case ".xml", ".rss", ".atom", ".rdf", ".opml", ".nitf":
		return XML
	case ".warc":
		return WARC
	case ".txt", ".text":
		return Plain
	}
	return ""
}

// Text makes a document of a text that is already in memory, as plain text. The text is kept byte for byte
// unless it holds carriage returns, control characters or invalid UTF-8.
func Text(text string, opt Options) (*document.Document, error) {
	return finish(plainDraft(text), "text", opt)
}

// Read yields the documents of one input: what ReadItems yields, as far as it has a text.
func Read(r io.Reader, name string, opt Options) iter.Seq2[*document.Document, error] {
	return documents(ReadItems(r, name, opt))
}

// readItems reads one input by its format.
func readItems(r io.Reader, name string, opt Options, yield yielder) bool {
	packed := bufio.NewReaderSize(r, 64<<10)
	if isWARC(packed, name, opt.Format) {
		return readWARC(packed, name, opt, yield)
	}
	in, plain, err := unpacked(packed, name)
	if err != nil {
		return yield(Item{}, err)
	}
	if opt.Format == "" {
		opt.Format = formatOf(plain)
	}
	return readPlain(in, name, opt, yield)
}

// readPlain reads an input that is not packed and no WARC file, by its format or else by its first bytes.
func readPlain(in *bufio.Reader, name string, opt Options, yield yielder) bool {
	format := opt.Format
	if format == "" || format == Plain {
		head, _ := in.Peek(sniffBytes)
		format = sniff(head, format)
	}
	switch format {
	case JSONL:
		return readLines(in, name, opt, yield)
	case JSON:
		return readJSON(in, name, opt, yield)
	case XML:
		return readXML(in, name, opt, yield)
	}
	raw, err := readLimited(in, name, opt)
	if err != nil {
		return yield(Item{}, err)
	}
	return yield(wholeItem(raw, name, format, opt))
}

// isWARC says whether an input is a WARC file. It must be known before it is unpacked, because its records are packed one
// by one.
func isWARC(in *bufio.Reader, name string, format Format) bool {
	if format == "" {
		format = formatOf(name)
	}
	if format != "" && format != Plain {
		return format == WARC
	}
	head, _ := in.Peek(sniffBytes)
	return bytes.HasPrefix(head, []byte("WARC/1.")) || bytes.HasPrefix(head, gzipMagic) && isPackedWARC(head)
}

// wholeItem is the item of an input that holds one article.
func wholeItem(raw []byte, name string, format Format, opt Options) (Item, error) {
	doc, err := wholeDocument(raw, name, format, opt)
	if err != nil {
		return Item{}, err
	}
	return Item{Doc: doc, Raw: raw, MediaType: format.mediaType(), Location: name}, nil
}

// mediaType is the media type of one article in a format.
func (f Format) mediaType() string {
	switch f {
	case HTML:
		return "text/html"
	case Markdown:
		return "text/markdown"
	case JSON, JSONL:
		return "application/json"
	}
	return "text/plain"
}

// wholeDocument reads an input that holds one document.
func wholeDocument(raw []byte, name string, format Format, opt Options) (*document.Document, error) {
	if err := refuseBinary(raw, name); err != nil {
		return nil, err
	}
	text, notes := decode(raw, format, opt.contentType)
	var d *draft
	var err error
	switch format {
	case HTML:
		d, err = htmlDraft(text, opt.URL)
	case Markdown:
		d = markdownDraft(text)
	default:
		d = plainDraft(text)
	}
	if err != nil {
		return nil, named(err, name)
	}
	d.notes = append(notes, d.notes...)
	return finish(d, name, opt)
}

// readLimited reads all of r, or refuses it when it is larger than the limit.
func readLimited(r io.Reader, name string, opt Options) ([]byte, error) {
	limit := opt.maxBytes()
	raw, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, broken(err, name)
	}
	if int64(len(raw)) > limit {
		return nil, tooLarge(name, limit)
	}
	return raw, nil
}

const sniffBytes = 4096

// sniff guesses the format of an input from its first bytes. A file that calls itself text is taken at its
// word unless it plainly begins as an HTML page or a JSON article.
func sniff(head []byte, said Format) Format {
	start := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(head, bomUTF8), " \t\r\n"))
	if bytes.HasPrefix(start, []byte("<")) && xmlReader(firstElement(start)) != nil {
		return XML
	}
	for _, mark := range [...]string{"<!doctype html", "<html", "<head", "<body", "<article", "<?xml"} {
		if bytes.HasPrefix(start, []byte(mark)) {
			return HTML
		}
	}
	if bytes.HasPrefix(start, []byte("{")) || bytes.HasPrefix(start, []byte("[")) {
		if f := sniffJSON(start); f != "" {
			return f
		}
	}
	if said == "" && bytes.HasPrefix(start, []byte("---\n")) && bytes.Contains(start, []byte("\n---\n")) {
		return Markdown
	}
	return Plain
}

// sniffJSON tells one article or an array of articles from lines of articles; empty when it is neither.
func sniffJSON(start []byte) Format {
	rest := bytes.TrimLeft(start[1:], " \t\r\n")
	switch {
	case start[0] == '[' && bytes.HasPrefix(rest, []byte("{")):
		return JSON
	case start[0] == '{' && bytes.HasPrefix(rest, []byte(`"`)):
		line, _, more := bytes.Cut(start, []byte("\n"))
		if more && bytes.HasSuffix(bytes.TrimSpace(line), []byte("}")) {
			return JSONL
		}
		return JSON
	}
	return ""
}
