package source

import (
	"crypto/sha1"
	"encoding/base32"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/google/go-cmp/cmp"
)

// warcRec writes a record; more are further header lines.
func warcRec(kind, uri, contentType, block string, more ...string) string {
	head := "WARC/1.1\r\nWARC-Type: " + kind + "\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2027-03-14T12:00:00Z\r\nContent-Type: " + contentType + "\r\n"
	if uri != "" {
		head += "WARC-Target-URI: " + uri + "\r\n"
	}
	for _, line := range more {
		head += line + "\r\n"
	}
	return head + fmt.Sprintf("Content-Length: %d\r\n\r\n%s\r\n\r\n", len(block), block)
}

func answer(contentType, body string, more ...string) string {
	return "HTTP/1.1 200 OK\r\nContent-Type: " + contentType + "\r\n" + strings.Join(append(more, ""), "\r\n") + "\r\n" + body
}

func response(path, block string, more ...string) string {
	return warcRec("response", "https://courier.example/"+path, "application/http; msgtype=response", block, more...)
}

func storyPage(n int) string {
	return fmt.Sprintf("<html><head><title>Story %d</title></head><body><article><p>The harbour master said on Sunday that ship %d had sailed with grain for the islands.</p></article></body></html>", n, n)
}

func chunked(s string) string {
	var out strings.Builder
	for len(s) > 0 {
		n := min(len(s), 50)
		fmt.Fprintf(&out, "%x\r\n%s\r\n", n, s[:n])
		s = s[n:]
	}
	return out.String() + "0\r\n\r\n"
}

func digest(s string) string {
	sum := sha1.Sum([]byte(s))
	return "sha1:" + base32.StdEncoding.EncodeToString(sum[:])
}

// squeezed is a text as browsers' crawlers often keep it (RFC 7932).
func squeezed(t testing.TB, s string) string {
	var out strings.Builder
	w := brotli.NewWriter(&out)
	if _, err := w.Write([]byte(s)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// crawl is a small file of all sorts of records.
func crawl(t testing.TB) []string {
	block := answer("text/html; charset=utf-8", storyPage(1))
	return []string{
		warcRec("warcinfo", "", "application/warc-fields", "software: test\r\n"),
		warcRec("request", "https://courier.example/1", "application/http; msgtype=request", "GET /1 HTTP/1.1\r\n\r\n"),
		response("1", block, "WARC-Block-Digest: "+digest(block)),
		response("2", answer("text/html", chunked(packed(t, storyPage(2))), "Transfer-Encoding: chunked", "Content-Encoding: gzip")),
		response("3", answer("text/html", storyPage(3)), "WARC-Payload-Digest: "+digest("something else")),
		response("gone", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>No such page, said the server to whoever asked for it."),
		response("a.png", answer("image/png", "\x89PNG")),
		response("api", answer("application/json", `{"clicks":[1,2]}`)),
		response("robots.txt", answer("text/plain", "User-agent: *")),
		response("feed", answer("application/rss+xml", sample(t, "rss1.rdf"))),
		warcRec("resource", "file:///note.txt", "text/plain", "A note said that the bridge was closed on Monday."),
		warcRec("resource", "metadata://crawler.example/log.txt", "text/plain", "It came and it was fetched."),
		warcRec("revisit", "https://courier.example/1", "application/http; msgtype=response", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"),
		response("cut", answer("text/html", chunked(storyPage(4)), "Transfer-Encoding: chunked"), "WARC-Truncated: length"),
		response("5", answer("text/html", squeezed(t, storyPage(5)), "Content-Encoding: br")),
	}
}

func TestWARC(t *testing.T) {
	records := crawl(t)
	var gz strings.Builder
	for _, r := range records {
		gz.WriteString(packed(t, r))
	}
	plain := strings.Join(records, "")
	want := []string{"https://courier.example/1 Story 1 ", "https://courier.example/2 Story 2 ", "https://courier.example/3 Story 3 bad_digest",
		"https://gazette.example/1 Pass reopened summary_only", "file:///note.txt  ", "https://courier.example/cut Story 4 truncated", "https://courier.example/5 Story 5 "}
	for name, text := range map[string]string{"a.warc": plain, "a.warc.gz": gz.String(), "whole.warc.gz": packed(t, plain), "-": gz.String()} {
		list, errs := items(t, text, name, Options{})
		var got []string
		for _, i := range list {
			got = append(got, i.Doc.URL+" "+i.Doc.Title+" "+strings.Join(notices(i.Doc), " "))
			if i.Fetched.Format(time.RFC3339) != "2027-03-14T12:00:00Z" || i.Headers["WARC-Record-ID"] != "<urn:uuid:1>" {
				t.Errorf("%s: fetched %v, headers %v", i.Location, i.Fetched, i.Headers)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" || len(errs) > 0 {
			t.Errorf("%s: errors %v (-want +got):\n%s", name, errs, diff)
			continue
		}
		if string(list[0].Raw)+"\r\n\r\n" != records[2] || list[0].MediaType != "application/warc" || list[0].Headers["Content-Type"] != "text/html; charset=utf-8" {
			t.Errorf("%s: %s %q", name, list[0].MediaType, list[0].Raw)
		}
		if list[3].MediaType != "application/rss+xml" || !strings.HasPrefix(string(list[3].Raw), "<item") {
			t.Errorf("%s: the feed's entry is %s %q", name, list[3].MediaType, list[3].Raw)
		}
	}
}

// A broken record costs no other: the error names where it is and where reading goes on.
func TestBrokenWARC(t *testing.T) {
	one, two, three := response("1", answer("text/html", storyPage(1))), response("2", answer("text/html", storyPage(2))), response("3", answer("text/html", storyPage(3)))
	gz1, gz2, gz3 := packed(t, one), packed(t, two), packed(t, three)
	flipped := []byte(gz2)
	flipped[len(flipped)/2] ^= 0x55
	for _, c := range []struct {
		what, text string
		bad, next  int // offsets; next < 0: nothing comes
		stories    string
	}{
		{"length too long", one + strings.Replace(two, "Content-Length: ", "Content-Length: 1", 1) + three, len(one), len(one) + len(two) + 1, "1 3"},
		{"length too short", one + strings.Replace(two, "Content-Length: 2", "Content-Length: 1", 1) + three, len(one), len(one) + len(two), "1 3"},
		{"no length", one + strings.Replace(two, "Content-Length", "Content-Size", 1) + three, len(one), len(one) + len(two) - 2, "1 3"},
		{"rubbish between", one + "rubbish\r\n" + three, len(one), len(one) + 9, "1 3"},
		{"rubbish before", "rubbish\r\n" + one, 0, 9, "1"},
		{"cut short", one + two[:len(two)-100], len(one), -1, "1"},
		{"far too long", one + warcRec("metadata", "", "text/plain", strings.Repeat("x", 3*tapeBytes))[:3*tapeBytes] + "\r\n" + three, len(one), len(one) + 3*tapeBytes + 2, "1 3"},
		{"packed: a bit flipped", gz1 + string(flipped) + gz3, len(gz1), len(gz1) + len(gz2), "1 3"},
		{"packed: cut in the middle", gz1 + gz2[:len(gz2)/2] + gz3, len(gz1), len(gz1) + len(gz2)/2, "1 3"},
		{"packed: cut at the end", gz1 + gz2[:len(gz2)-30], len(gz1), -1, "1"},
		{"packed: rubbish between", gz1 + "rubbish" + gz3, len(gz1), len(gz1) + 7, "1 3"},
	} {
		name := "a.warc"
		list, errs := items(t, c.text, name, Options{})
		var got []string
		for _, i := range list {
			got = append(got, strings.TrimPrefix(i.Doc.Title, "Story "))
		}
		if strings.Join(got, " ") != c.stories || len(errs) != 1 {
			t.Errorf("%s: stories %v, errors %v", c.what, got, errs)
			continue
		}
		next := fmt.Sprintf("the next record is at byte %d", c.next)
		if c.next < 0 {
			next = "no further record"
		}
		if text := errs[0].Error(); !strings.Contains(text, fmt.Sprintf("record at byte %d:", c.bad)) || !strings.Contains(text, next) {
			t.Errorf("%s: %s; want byte %d and %s", c.what, text, c.bad, next)
		}
	}
}

// What is large or without end takes bounded memory and ends in an error.
func TestHugeWARC(t *testing.T) {
	const limit = 1 << 20
	image := response("a.mp4", answer("video/mp4", strings.Repeat("x", 3*limit)))
	large := response("large", answer("text/html", strings.Repeat("<p>It came. ", limit/6)))
	bomb := response("bomb", answer("text/html", packed(t, strings.Repeat(" ", 4*limit)), "Content-Encoding: gzip"))
	nested := response("nested", answer("text/plain", response("1", answer("text/html", storyPage(1)))))
	list, errs := items(t, image+large+bomb+nested+response("1", answer("text/html", storyPage(1))), "a.warc", Options{MaxBytes: limit})
	if len(list) != 2 || list[1].Doc.Title != "Story 1" || len(errs) != 2 || !errors.Is(errs[0], ErrTooLarge) || !errors.Is(errs[1], ErrTooLarge) {
		t.Errorf("%d items, errors %v", len(list), errs)
	}
	for _, unit := range []string{"x", "\r\n", "WARC/1.0 ", "WARC/1.0\r\n", "\x1f\x8b\x08\x00", "WARC/1.0\r\nContent-Length: 99999999\r\n\r\n"} {
		r := &endless{unit: unit}
		n := 0
		for _, err := range ReadItems(io.MultiReader(strings.NewReader(image), r), "a.warc", Options{MaxBytes: limit}) {
			if err == nil {
				t.Errorf("%q: an item", unit)
			}
			if n++; n > 3 {
				break
			}
		}
		if n == 0 || r.n > 1<<30 {
			t.Errorf("%q: %d errors after %d bytes", unit, n, r.n)
		}
	}
}
