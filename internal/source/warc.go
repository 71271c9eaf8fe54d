package source

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/textproto"
	"strconv"
	"strings"

	"github.com/klauspost/compress/gzip"

	"parley/internal/document"
)

const (
	maxWARCHead   = 64 << 10 // bytes of the header of a record, and of the HTTP header in it
	maxWARCRecord = 8 << 30  // bytes of a record that is passed over
	maxGarbage    = 32 << 20 // bytes looked through for the next record
	maxTries      = 5000     // places in them that look like the beginning of a packed one
)

var warcMagic = []byte("WARC/")

// readWARC yields the pages in a WARC file of version 1.0 or 1.1 (ISO 28500), as its records come: responses and
// resources, and the texts of conversion records, that are HTML, text, JSON or XML; of HTTP answers those that say 200.
// Everything else is passed over. The file may be packed, each record by itself. A broken record is an error that
// names its place, and reading goes on with the next record that can be found. At any time one record is in memory.
func readWARC(in *bufio.Reader, name string, opt Options, yield yielder) bool {
	opt.Format = "" // of each record its own
	w := &warcReader{tape: &tape{r: in}, name: name, opt: opt, yield: yield}
	for {
		w.tape.mark()
		if err := skipBlank(w.tape); err != nil {
			if errors.Is(err, io.EOF) {
				return true
			}
			return yield(Item{}, broken(err, name))
		}
		at := w.tape.at
		err := w.next(at)
		if w.stopped {
			return false
		}
		if err != nil && !w.recover(at, err) {
			return !w.stopped
		}
	}
}

// warcReader reads one WARC file.
type warcReader struct {
	tape    *tape
	gzip    *gzip.Reader // of packed records, used again for each
	name    string
	opt     Options
	yield   yielder
	number  int  // of the record, from 1
	stopped bool // yield wants no more
}

// bytesReader is what records are read from: the tape, or the unpacked record.
type bytesReader interface {
	io.Reader
	io.ByteReader
	Peek(n int) ([]byte, error)
}

// next reads the record at this place, or the records in the packed member at this place.
func (w *warcReader) next(at int64) error {
	head, _ := w.tape.Peek(len(warcMagic))
	switch {
	case bytes.Equal(head, warcMagic):
		return w.record(w.tape, at)
	case !bytes.HasPrefix(head, gzipMagic):
		return &Error{Kind: ErrSyntax, Detail: "no record begins here"}
	}
	plain, err := w.member(at)
	if err != nil {
		return err
	}
	for {
		if err := skipBlank(plain); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
		if err := w.record(plain, at); err != nil || w.stopped {
			return err
		}
	}
}

// member opens the packed member at this place.
func (w *warcReader) member(at int64) (*bufio.Reader, error) {
	var err error
	if w.gzip == nil {
		w.gzip, err = gzip.NewReader(w.tape)
	} else {
		err = w.gzip.Reset(w.tape)
	}
	if err != nil {
		w.gzip = nil
		return nil, &Error{Kind: ErrSyntax, Detail: "broken gzip: " + err.Error()}
	}
	w.gzip.Multistream(false)
	return bufio.NewReaderSize(&unpacker{packed: func() int64 { return w.tape.at - at }, plain: w.gzip}, 64<<10), nil
}

// skipBlank passes over the line ends between records. The error is io.EOF at the end.
func skipBlank(r bytesReader) error {
	for range maxGarbage {
		head, err := r.Peek(1)
		if err != nil || head[0] != '\r' && head[0] != '\n' {
			return err
		}
		if _, err := r.ReadByte(); err != nil {
			return err
		}
	}
	return &Error{Kind: ErrSyntax, Detail: "nothing but blank lines", Hint: "look whether it is a WARC file"}
}

// recover reports a broken record and finds the next one; false when there is none, or nobody wants it.
func (w *warcReader) recover(at int64, err error) bool {
	var own *Error
	if !errors.As(err, &own) {
		own = &Error{Kind: ErrSyntax, Detail: err.Error()}
	}
	found := w.seekRecord(at + 1)
	hint := "it is passed over, and no further record is found"
	if found {
		hint = fmt.Sprintf("it is passed over; the next record is at byte %d", w.tape.at)
	}
	w.stopped = !w.yield(Item{}, &Error{Name: fmt.Sprintf("%s, record at byte %d", w.name, at), Kind: own.Kind, Detail: own.Detail, Hint: hint})
	return found && !w.stopped
}

// seekRecord goes to the first place from here on at which a record begins.
func (w *warcReader) seekRecord(from int64) bool {
	w.tape.rewind(from)
	end := w.tape.at + maxGarbage
	for tries := 0; w.tape.at < end && tries < maxTries; {
		head, err := w.tape.Peek(2)
		if err != nil {
			return false
		}
		switch {
		case head[0] == 'W' && head[1] == 'A':
			if head, _ := w.tape.Peek(len("WARC/1.")); string(head) == "WARC/1." {
				return true
			}
		case bytes.Equal(head, gzipMagic):
			tries++
			if head, _ := w.tape.Peek(sniffBytes); isPackedWARC(head) {
				return true
			}
		}
		if _, err := w.tape.ReadByte(); err != nil {
			return false
		}
	}
	return false
}

// isPackedWARC says whether bytes are the beginning of a packed WARC record.
func isPackedWARC(head []byte) bool {
	plain, err := gzip.NewReader(bytes.NewReader(head))
	if err != nil {
		return false
	}
	first := make([]byte, len(warcMagic))
	_, err = io.ReadFull(plain, first)
	return err == nil && bytes.Equal(first, warcMagic)
}

// record reads one record and yields what is in it. An error means that the record is broken.
func (w *warcReader) record(r bytesReader, at int64) error {
	w.number++
	head, fields, err := warcHead(r)
	if err != nil {
		return err
	}
	length, err := strconv.ParseInt(fields["content-length"], 10, 64)
	if err != nil || length < 0 || length > maxWARCRecord {
		return &Error{Kind: ErrSyntax, Detail: "its length is “" + clip(oneLine(fields["content-length"]), 30) + "”"}
	}
	where := fmt.Sprintf("%s, record %d at byte %d", w.name, w.number, at)
	block, err := w.block(r, fields, length)
	var tooMuch *Error
	if err != nil && !errors.As(err, &tooMuch) {
		return &Error{Kind: ErrSyntax, Detail: "it ends before its length of " + size(length)}
	}
	if end := recordEnd(r); end != nil {
		return end
	}
	switch {
	case errors.Is(err, ErrTooLarge):
		w.stopped = !w.yield(Item{}, named(err, where))
	case err != nil:
		return err
	case block != nil:
		w.stopped = !w.page(&warcRecord{raw: append(head, block...), fields: fields, block: block, where: where})
	}
	return nil
}

// warcHead reads the header of a record: its bytes, and its fields by lower-case name.
func warcHead(r io.ByteReader) (raw []byte, fields map[string]string, err error) {
	for !bytes.HasSuffix(raw, []byte("\n\r\n")) && !bytes.HasSuffix(raw, []byte("\n\n")) {
		c, err := r.ReadByte()
		switch {
		case errors.Is(err, io.EOF):
			return nil, nil, &Error{Kind: ErrSyntax, Detail: "it ends in its header"}
		case err != nil:
			return nil, nil, err
		}
		if raw = append(raw, c); len(raw) > maxWARCHead || len(raw) == len(warcMagic) && !bytes.Equal(raw, warcMagic) {
			return nil, nil, &Error{Kind: ErrSyntax, Detail: "its header is not one of WARC"}
		}
	}
	_, lines, _ := strings.Cut(string(raw), "\n")
	return raw, headerFields(lines), nil
}

// headerFields reads header lines as "name: value", by lower-case name; lines that are none are passed over.
func headerFields(lines string) map[string]string {
	fields := map[string]string{}
	last := ""
	for line := range strings.Lines(lines) {
		name, value, ok := strings.Cut(line, ":")
		switch {
		case last != "" && (line[0] == ' ' || line[0] == '\t'): // goes on from the line before
			fields[last] += " " + strings.TrimSpace(line)
		case ok:
			last = strings.ToLower(strings.TrimSpace(name))
			fields[last] = strings.TrimSpace(value)
		}
	}
	return fields
}

// block reads the block of a record: nil when it is none that is read. It is passed over then, and when it is too
// large, which is the only *Error here.
func (w *warcReader) block(r io.Reader, fields map[string]string, length int64) ([]byte, error) {
	block := make([]byte, min(length, maxWARCHead))
	if _, err := io.ReadFull(r, block); err != nil {
		return nil, err
	}
	rest := length - int64(len(block))
	wanted := isWanted(fields, block)
	limit := w.opt.maxBytes()
	if !wanted || length > limit+maxWARCHead {
		if _, err := io.CopyN(io.Discard, r, rest); err != nil {
			return nil, err
		}
		if wanted {
			return nil, tooLarge("", limit)
		}
		return nil, nil
	}
	var all bytes.Buffer // grows as bytes come, not as the header promises
	all.Write(block)
	if _, err := io.CopyN(&all, r, rest); err != nil {
		return nil, err
	}
	return all.Bytes(), nil
}

// recordEnd reads the two line ends after a record. Where they are missing the length was wrong.
func recordEnd(r bytesReader) error {
	for _, want := range "\r\n\r\n" {
		c, err := r.ReadByte()
		switch {
		case errors.Is(err, io.EOF):
			return nil // the last record of a file, or of a member
		case err != nil:
			return err
		case c != byte(want):
			return &Error{Kind: ErrSyntax, Detail: "it does not end where its length says"}
		}
	}
	if _, err := r.Peek(1); err != nil && !errors.Is(err, io.EOF) {
		return err // at the end of a packed record its checksum is looked at
	}
	return nil
}

// warcRecord is a record that holds a page.
type warcRecord struct {
	raw    []byte // all of it
	fields map[string]string
	block  []byte
	where  string
}

// page yields the article, or the articles, of a record.
func (w *warcReader) page(rec *warcRecord) bool {
	body, headers, notes, err := rec.payload(w.opt.maxBytes())
	if err != nil {
		return w.yield(Item{}, named(err, rec.where))
	}
	opt := w.opt
	opt.URL = strings.Trim(rec.fields["warc-target-uri"], "<>")
	opt.contentType = headers["content-type"]
	opt.Format, _ = formatOfType(opt.contentType)
	fetched, _ := parseTime(rec.fields["warc-date"])
	kept := keptHeaders(headers, rec.fields)
	return readPlain(bufio.NewReader(bytes.NewReader(body)), rec.where, opt, func(item Item, err error) bool {
		switch {
		case err != nil && opt.Format == JSON && errors.Is(err, ErrEmpty):
			return true // what scripts fetch is mostly no article
		case err != nil:
			return w.yield(Item{}, err)
		case item.Status == Link || item.Status == Feed:
			return true // whoever made the file has followed them
		}
		if item.Location == rec.where { // the record is the article
			item.Raw, item.MediaType = rec.raw, "application/warc"
		}
		item.Fetched, item.Headers = fetched, maps.Clone(kept)
		item.Doc.Notices = append(item.Doc.Notices, notes...)
		return w.yield(item, nil)
	})
}

// keptHeaders are the headers of an answer and what names the record it stood in.
func keptHeaders(headers, fields map[string]string) map[string]string {
	out := map[string]string{}
	for name, value := range headers {
		out[textproto.CanonicalMIMEHeaderKey(name)] = value
	}
	for _, name := range [...]string{"WARC-Record-ID", "WARC-Target-URI", "WARC-Date", "WARC-Payload-Digest", "WARC-Block-Digest"} {
		if value := fields[strings.ToLower(name)]; value != "" {
			out[name] = value
		}
	}
	return out
}

// warcNotices says what is wrong with a record that can be read all the same.
func warcNotices(fields map[string]string, digestsFit bool) []document.Notice {
	var notes []document.Notice
	if !digestsFit {
		notes = append(notes, document.Notice{Kind: "bad_digest", Text: "the bytes do not have the digest that the WARC record gives: they were changed after they were recorded"})
	}
	if why := fields["warc-truncated"]; why != "" {
		notes = append(notes, document.Notice{Kind: "truncated", Text: "the WARC record says that the page was cut short: " + clip(oneLine(why), 40)})
	}
	return notes
}
