package source

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base32"
	"encoding/hex"
	"io"
	"net/http/httputil"
	"strconv"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"

	"parley/internal/document"
)

// isWanted says whether a record holds what may be an article, by its header and the beginning of its block.
func isWanted(fields map[string]string, head []byte) bool {
	contentType := fields["content-type"]
	switch strings.ToLower(fields["warc-type"]) {
	case "response", "resource":
	case "conversion": // the text of a page, as in the WET files of Common Crawl
		return isReadType(contentType)
	default:
		return false
	}
	uri := strings.Trim(fields["warc-target-uri"], "<>")
	own := strings.HasPrefix(uri, "metadata:") || strings.HasSuffix(uri, "/robots.txt") // what the crawler needs for itself
	if segment := fields["warc-segment-number"]; own || segment != "" && segment != "1" {
		return false
	}
	if isHTTP(contentType, head) {
		status, headers, _ := httpHead(head)
		return status == 200 && isReadType(headers["content-type"])
	}
	return isReadType(contentType)
}

func isHTTP(contentType string, head []byte) bool {
	return strings.HasPrefix(strings.ToLower(contentType), "application/http") || contentType == "" && bytes.HasPrefix(head, []byte("HTTP/"))
}

// isReadType says whether a content type is one that is read; what names none is not.
func isReadType(contentType string) bool {
	_, err := formatOfType(contentType)
	return err == nil && contentType != ""
}

// httpHead reads the status and the headers of an HTTP answer; rest is where its body begins. A status of 0 means that
// it is none.
func httpHead(block []byte) (status int, headers map[string]string, rest int) {
	end, gap := bytes.Index(block, []byte("\r\n\r\n")), 4
	if lone := bytes.Index(block, []byte("\n\n")); end < 0 || lone >= 0 && lone < end {
		end, gap = lone, 2
	}
	if end < 0 || end > maxWARCHead {
		return 0, nil, 0
	}
	line, lines, _ := strings.Cut(string(block[:end]), "\n")
	words := strings.Fields(line)
	if len(words) < 2 || !strings.HasPrefix(words[0], "HTTP/") {
		return 0, nil, 0
	}
	status, _ = strconv.Atoi(words[1])
	return status, headerFields(lines), end + gap
}

// payload is the page in a record, out of all its codings, with its headers; at most limit bytes.
func (rec *warcRecord) payload(limit int64) (body []byte, headers map[string]string, notes []document.Notice, err error) {
	sent := rec.block
	headers = map[string]string{"content-type": rec.fields["content-type"]}
	if isHTTP(rec.fields["content-type"], rec.block) {
		var rest int
		_, headers, rest = httpHead(rec.block)
		sent = rec.block[rest:]
	}
	body = sent
	if strings.Contains(strings.ToLower(headers["transfer-encoding"]), "chunked") {
		body = unchunked(body)
	}
	plain := body
	for _, coding := range codings(headers["content-encoding"]) {
		if plain, err = uncoded(plain, coding, limit); err != nil {
			return nil, nil, nil, err
		}
	}
	fit := digestFits(rec.fields["warc-block-digest"], rec.block) && digestFits(rec.fields["warc-payload-digest"], sent, body, plain)
	return plain, headers, warcNotices(rec.fields, fit), nil
}

// unchunked takes the chunks of HTTP/1.1 apart. Many files hold bodies that say chunked and no longer are: those stay.
func unchunked(body []byte) []byte {
	out, err := io.ReadAll(httputil.NewChunkedReader(bytes.NewReader(body)))
	if err != nil && len(out) == 0 {
		return body
	}
	return out
}

// codings are the content codings of a body, the last applied first.
func codings(said string) []string {
	var out []string
	for _, c := range strings.Split(strings.ToLower(said), ",") {
		if c = strings.TrimSpace(c); c != "" && c != "identity" {
			out = append([]string{c}, out...)
		}
	}
	return out
}

// uncoded takes one content coding off a body. One that says gzip and is not stays as it is.
func uncoded(body []byte, coding string, limit int64) ([]byte, error) {
	var plain io.Reader
	var err error
	switch coding {
	case "gzip", "x-gzip":
		if !bytes.HasPrefix(body, gzipMagic) {
			return body, nil
		}
		plain, err = gzip.NewReader(bytes.NewReader(body))
	case "deflate": // meant as zlib, often sent without its head
		if plain, err = zlib.NewReader(bytes.NewReader(body)); err != nil {
			plain, err = flate.NewReader(bytes.NewReader(body)), nil
		}
	case "br":
		plain = brotli.NewReader(bytes.NewReader(body))
	default:
		return nil, &Error{Kind: ErrAnswer, Detail: "the content coding “" + clip(oneLine(coding), 20) + "” is not read"}
	}
	if err != nil {
		return nil, &Error{Kind: ErrSyntax, Detail: "broken " + coding + ": " + err.Error()}
	}
	out, err := io.ReadAll(io.LimitReader(plain, limit+1))
	if int64(len(out)) > limit {
		return nil, tooLarge("", limit)
	}
	if err != nil && len(out) == 0 {
		return nil, &Error{Kind: ErrSyntax, Detail: "broken " + coding + ": " + err.Error()}
	}
	return out, nil
}

// digestFits says whether a digest ("sha1:…", in base 32 or hex) is that of one of the bytes. One that is missing, or of
// a kind not known, fits all. More than one is looked at because writers differ in what they call the payload.
func digestFits(said string, of ...[]byte) bool {
	kind, value, ok := strings.Cut(said, ":")
	if !ok {
		return true
	}
	for _, data := range of {
		var sum []byte
		switch strings.ToLower(strings.ReplaceAll(kind, "-", "")) {
		case "sha1":
			s := sha1.Sum(data)
			sum = s[:]
		case "sha256":
			s := sha256.Sum256(data)
			sum = s[:]
		case "sha512":
			s := sha512.Sum512(data)
			sum = s[:]
		case "md5":
			s := md5.Sum(data)
			sum = s[:]
		default:
			return true
		}
		if strings.EqualFold(value, hex.EncodeToString(sum)) || strings.EqualFold(strings.TrimRight(value, "="), strings.TrimRight(base32.StdEncoding.EncodeToString(sum), "=")) {
			return true
		}
	}
	return false
}
