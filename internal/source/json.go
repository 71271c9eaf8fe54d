package source

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/transform"

	xunicode "golang.org/x/text/encoding/unicode"

	"parley/internal/document"
)

// maxJSONDepth is how deeply an article may be nested.
const maxJSONDepth = 64

// The names under which articles carry what we want, the commonest first.
var (
	textFields      = []string{"text", "body", "content", "articleBody", "article_body", "body_text", "content_text", "full_text", "maintext", "story", "article", "body_html", "content_html"}
	titleFields     = []string{"title", "headline", "name", "head_line", "subject"}
	publishedFields = []string{"published", "date", "datePublished", "date_published", "published_at", "publishedAt", "publication_date", "date_publish", "pubDate", "pub_date", "pubdate", "created", "created_at", "versioncreated", "timestamp"}
	publisherFields = []string{"publisher", "source", "site_name", "siteName", "site", "outlet", "provider", "source_domain"}
	urlFields       = []string{"url", "link", "uri", "permalink", "canonical_url", "source_url"}
	authorFields    = []string{"authors", "author", "byline", "creator"}
	languageFields  = []string{"language", "lang", "inLanguage"}
	creditFields    = []string{"credits", "credit", "agency", "agencies", "wire", "creditline", "sourceOrganization"}
	statusFields    = []string{"pubstatus", "publishing_status"}
	wrapperFields   = []string{"articles", "items", "results", "data", "documents", "entries", "hits", "response", "docs"}
)

// readLines reads one article a line. A line that cannot be read is an error of its own.
func readLines(in *bufio.Reader, name string, opt Options, yield yielder) bool {
	in, limit := utf8Reader(in), opt.maxBytes()
	blank := int64(0)
	for number := 1; ; number++ {
		line, tooLong, err := readLine(in, limit)
		at := func() string { return fmt.Sprintf("%s, line %d", name, number) }
		switch {
		case err != nil && !errors.Is(err, io.EOF):
			return yield(Item{}, broken(err, at()))
		case tooLong:
			if !yield(Item{}, tooLarge(at(), limit)) {
				return false
			}
		case len(bytes.TrimSpace(line)) == 0:
			if blank += int64(len(line)); blank > limit {
				return yield(Item{}, &Error{Name: at(), Kind: ErrEmpty, Detail: "nothing but blank lines", Hint: "check that it has one article a line"})
			}
		default:
			blank = 0
			if !articles(line, at(), opt, yield) {
				return false
			}
		}
		if err != nil {
			return true
		}
	}
}

// maxPassedOver is how many times the limit of a document a line may be before the input is given up.
const maxPassedOver = 16

// readLine reads up to the next line end; what is beyond the limit is passed over and tooLong says so.
func readLine(in *bufio.Reader, limit int64) (line []byte, tooLong bool, err error) {
	for read := int64(0); ; {
		part, err := in.ReadSlice('\n')
		read += int64(len(part))
		if read > limit {
			line, tooLong = nil, true
		}
		if read > maxPassedOver*limit {
			return nil, true, &Error{Kind: ErrTooLarge, Detail: "a line without an end", Hint: "check that it has one article a line"}
		}
		if !tooLong {
			line = append(line, part...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, tooLong, err
		}
	}
}

// readJSON reads one article, an array of articles, or articles one after the other, each as it comes.
func readJSON(in *bufio.Reader, name string, opt Options, yield yielder) bool {
	in = utf8Reader(in)
	budget := &allowance{r: in, limit: opt.maxBytes()}
	dec := json.NewDecoder(budget)
	array, err := arrayAhead(in, opt.maxBytes())
	if errors.Is(err, io.EOF) {
		return yield(Item{}, &Error{Name: name, Kind: ErrEmpty, Hint: "give an article"})
	}
	if err == nil && array {
		_, err = dec.Token()
	}
	if err != nil {
		return yield(Item{}, badJSON(err, name, budget))
	}
	for number := 1; dec.More(); number++ {
		var raw json.RawMessage
		budget.start()
		if err := dec.Decode(&raw); err != nil {
			return yield(Item{}, badJSON(err, name, budget))
		}
		at := name
		if array || number > 1 {
			at = fmt.Sprintf("%s, article %d", name, number)
		}
		if !articles(raw, at, opt, yield) {
			return false
		}
	}
	if array {
		if _, err := dec.Token(); err != nil {
			return yield(Item{}, badJSON(err, name, budget))
		}
	} else if budget.failed != nil {
		return yield(Item{}, badJSON(budget.failed, name, budget))
	}
	return true
}

// utf8Reader takes the byte order mark off a stream and turns UTF-16 into UTF-8.
func utf8Reader(in *bufio.Reader) *bufio.Reader {
	head, _ := in.Peek(3)
	if bytes.HasPrefix(head, bomUTF16LE) || bytes.HasPrefix(head, bomUTF16BE) {
		utf16 := xunicode.UTF16(xunicode.LittleEndian, xunicode.UseBOM)
		return bufio.NewReaderSize(transform.NewReader(in, utf16.NewDecoder()), 64<<10)
	}
	if bytes.Equal(head, bomUTF8) {
		_, _ = in.Discard(3)
	}
	return in
}

// arrayAhead says whether the next thing in a JSON stream is an array; an error when there is nothing.
func arrayAhead(in *bufio.Reader, limit int64) (bool, error) {
	for range limit {
		c, err := in.ReadByte()
		if err != nil {
			return false, err
		}
		if c != ' ' && c != '\t' && c != '\r' && c != '\n' {
			return c == '[', in.UnreadByte()
		}
	}
	return false, &Error{Kind: ErrEmpty, Detail: "nothing but blanks", Hint: "give an article"}
}

// allowance lets through a limited number of bytes for each article.
type allowance struct {
	r           io.Reader
	limit, used int64
	failed      error
}

var errAllowance = errors.New("article over the limit")

func (a *allowance) start() { a.used = 0 }

func (a *allowance) Read(p []byte) (int, error) {
	if a.used > a.limit {
		a.failed = errAllowance
		return 0, errAllowance
	}
	n, err := a.r.Read(p)
	a.used += int64(n)
	if err != nil && !errors.Is(err, io.EOF) {
		a.failed = err
	}
	return n, err
}

func badJSON(err error, name string, a *allowance) error {
	var own *Error
	switch {
	case errors.As(err, &own):
		return named(err, name)
	case errors.Is(err, errAllowance) || errors.Is(a.failed, errAllowance):
		return tooLarge(name, a.limit)
	case a.failed != nil:
		return broken(a.failed, name)
	case strings.Contains(err.Error(), "max depth"): // encoding/json has no value for it
		return &Error{Name: name, Kind: ErrTooDeep, Hint: "give articles with a text field"}
	}
	return &Error{Name: name, Kind: ErrSyntax, Detail: err.Error(), Hint: "check that it is JSON in UTF-8; for one article a line use the ending .jsonl"}
}

// articles yields the article in a JSON value, the entries of a JSON Feed, or the articles of a list the value holds
// ({"articles": [...]}).
func articles(raw json.RawMessage, name string, opt Options, yield yielder) bool {
	if depth(raw) > maxJSONDepth {
		return yield(Item{}, &Error{Name: name, Kind: ErrTooDeep, Hint: "give the article as one object with a text field"})
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(raw, &fields); err != nil {
		return yield(Item{}, &Error{Name: name, Kind: ErrSyntax, Detail: err.Error(), Hint: "an article is a JSON object with a text field"})
	}
	if isJSONFeed(fields) {
		return readJSONFeed(fields, name, opt, yield)
	}
	if opt.Fields["text"] == "" && isNinjs(fields) {
		return readNinjs(raw, fields, name, opt, yield)
	}
	if opt.field(fields, "text", textFields) == nil {
		for _, key := range wrapperFields {
			var list []json.RawMessage
			if json.Unmarshal(fields[key], &list) != nil || len(list) == 0 {
				continue
			}
			for i, item := range list {
				if !listed(item, fmt.Sprintf("%s, article %d", name, i+1), opt, yield) {
					return false
				}
			}
			return true
		}
	}
	return yield(article(raw, name, opt))
}

// listed yields the article in an element of a list.
func listed(raw json.RawMessage, name string, opt Options, yield yielder) bool {
	var fields map[string]json.RawMessage
	if opt.Fields["text"] == "" && json.Unmarshal(raw, &fields) == nil && isNinjs(fields) {
		return readNinjs(raw, fields, name, opt, yield)
	}
	return yield(article(raw, name, opt))
}

// article makes an item of one JSON object. Field names match whatever their case.
func article(raw []byte, name string, opt Options) (Item, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(raw, &fields); err != nil {
		return Item{}, &Error{Name: name, Kind: ErrSyntax, Detail: err.Error(), Hint: "an article is a JSON object with a text field"}
	}
	line := func(ours string, usual []string) string {
		if opt.Fields[ours] != "" {
			return oneLine(joined(opt.field(fields, ours, nil), " "))
		}
		return firstOf(fields, usual)
	}
	meta := metadata{
		title: line("title", titleFields), publisher: line("publisher", publisherFields), url: line("url", urlFields),
		language: line("language", languageFields), published: line("published", publishedFields),
		authors: names(opt.field(fields, "authors", authorFields)), credits: names(opt.field(fields, "credits", creditFields)),
	}
	if opt.contentType != "" { // from the web: the address asked for may be that of a list
		meta.url, opt.URL = first(meta.url, opt.URL), ""
	}
	scope := first(opt.Publisher, meta.publisher)
	item := Item{Raw: raw, MediaType: JSON.mediaType(), Location: name, Status: statusOf(line("status", statusFields)), GUID: scopedGUID(line("guid", []string{"guid"}), scope)}
	for _, guid := range names(opt.field(fields, "replaces", nil)) {
		item.Replaces = append(item.Replaces, scopedGUID(guid, scope))
	}
	value := opt.field(fields, "text", textFields)
	if value == nil {
		if item.Killed() {
			item.Doc = bare(meta, opt)
			return item, nil
		}
		return Item{}, noTextField(name, opt)
	}
	d, err := jsonDraft(joined(value, "\n\n"))
	if err != nil {
		return Item{}, named(err, name)
	}
	d.meta = meta
	d.untitled = meta.title == ""
	if item.Doc, err = finish(d, name, opt); err != nil {
		return Item{}, err
	}
	return item, nil
}

func noTextField(name string, opt Options) error {
	hint := "name the text field text, body or content, or say with the field map which it is"
	if path := opt.Fields["text"]; path != "" {
		hint = "the field map says that it is " + clip(oneLine(path), 60)
	}
	return &Error{Name: name, Kind: ErrEmpty, Detail: "no text field", Hint: hint}
}

// jsonDraft reads the text of an article in JSON, which may be HTML.
func jsonDraft(text string) (*draft, error) {
	if looksLikeHTML(text) {
		return fragmentDraft(text)
	}
	return plainDraft(text), nil
}

// bare is a document without a text: of a kill, or of an address.
func bare(meta metadata, opt Options) *document.Document {
	doc := &document.Document{
		Title: first(opt.Title, meta.title), Publisher: first(opt.Publisher, meta.publisher), URL: first(opt.URL, meta.url),
		Language: languageCode(first(opt.Language, meta.language)), Published: opt.Published,
	}
	shorten(doc)
	if doc.Published.IsZero() {
		doc.Published, _ = parseTime(meta.published)
	}
	return doc
}

// pick is the value of the first of the fields that is there and not null or empty.
func pick(fields map[string]json.RawMessage, keys []string) json.RawMessage {
	usable := func(v json.RawMessage) bool {
		s := string(bytes.TrimSpace(v))
		return s != "" && s != "null" && s != `""` && s != "[]" && s != "{}"
	}
	for _, key := range keys {
		if v := fields[key]; usable(v) {
			return v
		}
	}
	for _, key := range keys { // the same in another case: the first in the order of bytes
		best := ""
		for k, v := range fields {
			if strings.EqualFold(k, key) && usable(v) && (best == "" || k < best) {
				best = k
			}
		}
		if best != "" {
			return fields[best]
		}
	}
	return nil
}

func firstOf(fields map[string]json.RawMessage, keys []string) string {
	for _, key := range keys {
		if s := oneLine(joined(pick(fields, []string{key}), " ")); s != "" {
			return s
		}
	}
	return ""
}

// joined is the text in a value: a string, a number, an object's name or text, or a list of these.
func joined(v json.RawMessage, between string) string {
	v = bytes.TrimSpace(v)
	if len(v) == 0 {
		return ""
	}
	switch v[0] {
	case '"':
		var s string
		_ = json.Unmarshal(v, &s)
		return s
	case '[':
		var list []json.RawMessage
		_ = json.Unmarshal(v, &list)
		var parts []string
		for _, item := range list {
			if s := joined(item, between); strings.TrimSpace(s) != "" {
				parts = append(parts, s)
			}
		}
		return strings.Join(parts, between)
	case '{':
		var fields map[string]json.RawMessage
		_ = json.Unmarshal(v, &fields)
		for _, key := range [...]string{"name", "text", "title", "value", "content", "rendered"} {
			if s := joined(fields[key], between); s != "" {
				return s
			}
		}
		return ""
	case 't', 'f', 'n':
		return ""
	}
	return string(v)
}

// names are the people or bodies in a value: a list, or one string that may hold several.
func names(v json.RawMessage) []string {
	var out []string
	for _, part := range strings.Split(joined(v, "\n"), "\n") {
		part = oneLine(part)
		if part != "" && !strings.EqualFold(part, "none") && !strings.EqualFold(part, "null") {
			out = append(out, part)
		}
	}
	return out
}

// depth is how deeply a well-formed JSON value is nested.
func depth(raw []byte) int {
	deepest, open := 0, 0
	for i := 0; i < len(raw); i++ {
		switch raw[i] {
		case '"':
			for i++; i < len(raw) && raw[i] != '"'; i++ {
				if raw[i] == '\\' {
					i++
				}
			}
		case '[', '{':
			open++
			deepest = max(deepest, open)
		case ']', '}':
			open--
		}
	}
	return deepest
}

// oneLine is a text with each run of white space turned into one blank.
func oneLine(s string) string {
	cleaned, _ := clean(s)
	return strings.Join(strings.Fields(cleaned), " ")
}
