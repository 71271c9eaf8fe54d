//go:build linux

package main

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// memoryLimit is what no input may make ingest hold, in MB.
const memoryLimit = 300

// testSpoiltFolder gives a folder in which good articles stand between all that can be wrong with a file.
func testSpoiltFolder(t *testing.T, parley program) {
	folder, articles := newsroom(t, 3)
	deep := strings.Repeat(`{"text":[`, 100_000) + strings.Repeat("]}", 100_000)
	spoilt := []struct{ name, content, say string }{
		{"a-empty.txt", "", "a-empty.txt: no text in it"},
		{"b-blank.html", "<html><body>  </body></html>", "b-blank.html: no text in it"},
		{"c-binary.txt", "\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x03\x00\x3e", "c-binary.txt: not a text"},
		{"d-deep.json", deep, "d-deep.json: nested too deeply"},
		{"e-deep.xml", `<rss><channel><item>` + strings.Repeat("<b>", 5000) + "news", "e-deep.xml: "},
		{"f-entities.xml", `<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><rss><channel><item><title>&b;</title></item></channel></rss>`, "f-entities.xml: address not allowed (it defines entities of its own)"},
		{"g-broken.json", `{"text": "cut off in the mid`, "g-broken.json: not well formed"},
		{"h-lines.jsonl", "{\"text\": \"Envoy Bo Lind said on Friday that Kelm was quiet.\", \"title\": \"Quiet\"}\nnot json\n{\"title\": \"no text\"}\n", "h-lines.jsonl, line 2: not well formed"},
		{"i-torn.json.gz", "\x1f\x8b\x08\x00torn", "i-torn.json.gz: not well formed"},
		{"j-unknown.xml", "<catalogue><book/></catalogue>", "XML that begins with <catalogue> is not known"},
		{"k-kill.json", `{"uri": "", "pubstatus": "canceled", "versioncreated": "2031-05-03T11:00:00Z"}`, "k-kill.json"},
		{"l-map.xml", `<urlset><url><loc>https://courier.example/1</loc></url><url><loc>https://courier.example/2</loc></url></urlset>`, "l-map.xml: no text in it (it is a list of addresses)"},
		{"m-fifo.txt", "", ""},
	}
	want := 0
	var say []string
	for _, s := range spoilt {
		if s.say != "" {
			write(t, folder, s.name, s.content)
			say = append(say, s.say)
			want++
		}
	}
	want++                                                                             // h-lines.jsonl has two bad lines
	if err := syscall.Mkfifo(filepath.Join(folder, "m-fifo.txt"), 0o644); err != nil { // is no file, and would be waited for
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(folder, "gone"), filepath.Join(folder, "n-nowhere.txt")); err != nil {
		t.Fatal(err)
	}
	write(t, folder, "o-latin1.txt", "Pr\xe9sident Mara Lund said on Monday that the caf\xe9 in Kelm was quiet.")
	write(t, folder, "p-noise.txt", "Mara Lund said \xff\xfe\x81 on Monday that Kelm was quiet.")
	write(t, folder, "q-warc.warc", brokenWARC())
	say = append(say, "q-warc.warc, record at byte", "missing.txt: no such file or directory")
	want += 2
	archive := filepath.Join(t.TempDir(), "spoilt.parley")
	taken := articles + 1 + 2 + 2 // a line, two odd encodings, two pages
	r := parley.run(t, nil, nil, "ingest", archive, folder, filepath.Join(folder, "missing.txt"))
	r.wants(t, exitPartial, append(say, fmt.Sprintf("%d failed", want), fmt.Sprintf("%d of %d inputs could not be read", want, want+taken))...)
	if n := verified(t, archive).Articles; n != taken {
		t.Errorf("%d articles, want %d", n, taken)
	}
	again := parley.run(t, nil, nil, "ingest", archive, folder)
	again.wants(t, exitPartial, fmt.Sprintf("%d known", taken))
	verified(t, archive)
	if err := os.Chmod(filepath.Join(folder, "story-001.json"), 0); err != nil {
		t.Fatal(err)
	}
	fresh := filepath.Join(t.TempDir(), "nobody.parley")
	if err := os.Chmod(filepath.Dir(fresh), 0o777); err != nil {
		t.Fatal(err)
	}
	parley.nobody(t, "ingest", fresh, folder).wants(t, exitPartial, "story-001.json: permission denied", fmt.Sprintf("%d failed", want))
	verified(t, fresh)
	none := parley.run(t, nil, nil, "ingest", archive, filepath.Join(folder, "a-empty.txt"))
	none.wants(t, exitFailed, "nothing was read")
}

// testDisappearing takes away files of a folder that is being read.
func testDisappearing(t *testing.T, parley program) {
	folder, articles := newsroom(t, 77)
	archive := filepath.Join(t.TempDir(), "short.parley")
	r := parley.run(t, nil, func(*os.Process) {
		for range 1000 {
			if _, err := os.Stat(archive); err == nil {
				break
			}
			time.Sleep(2 * time.Millisecond)
		}
		time.Sleep(50 * time.Millisecond) // now the folder is listed, and the first articles are read
		_ = os.Remove(filepath.Join(folder, "story-076.json"))
	}, "ingest", archive, folder)
	r.wants(t, exitPartial, "story-076.json: no such file or directory", "1 failed")
	if n := verified(t, archive).Articles; n != articles-1 {
		t.Errorf("%d articles, want %d", n, articles-1)
	}
}

// brokenWARC is a crawl of two good pages with broken records around them.
func brokenWARC() string {
	page := func(n int) string {
		body := fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body><article><p>General Ivo Hart said on Sunday that road %d to Kelm had been opened.</p></article></body></html>", n)
		return fmt.Sprintf("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://crawl.example/%d\r\nWARC-Date: 2031-05-02T10:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", n, len(body), body)
	}
	return page(1) + "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: minus one\r\n\r\nnoise\r\n\r\n" + page(2)
}

// endless repeats itself for ever, after a beginning, and counts what was taken of it.
type endless struct {
	begin, again string
	at           int
	taken        int64
}

func (e *endless) Read(p []byte) (int, error) {
	n := copy(p, e.begin)
	e.begin = e.begin[n:]
	for n < len(p) {
		m := copy(p[n:], e.again[e.at:])
		n += m
		e.at = (e.at + m) % len(e.again)
	}
	e.taken += int64(n)
	return n, nil
}

// testEndless feeds inputs that never end. Where it can be told it is refused; a stream of good articles is read on, in
// bounded memory, until somebody stops it.
func testEndless(t *testing.T, parley program) {
	item := `<item><title>Kelm</title><guid>1</guid><description>Envoy Bo Lind said that Kelm was quiet.</description></item>`
	for _, c := range []struct {
		name string
		in   *endless
		say  string
	}{
		{"a feed", &endless{begin: `<?xml version="1.0"?><rss version="2.0"><channel><title>Courier</title>`, again: item}, "too large (more than 10 MB)"},
		{"a page", &endless{begin: "<html><body>", again: "<p>Envoy Bo Lind said that Kelm was quiet.</p>\n"}, "too large (more than 10 MB)"},
		{"text", &endless{again: "Envoy Bo Lind said that Kelm was quiet.\n"}, "too large (more than 10 MB)"},
		{"blanks", &endless{again: "\n"}, "standard input"},
		{"zeros", &endless{again: strings.Repeat("\x00", 512)}, "standard input"},
		{"one JSON value", &endless{begin: `{"title": "`, again: "Kelm "}, "too large"},
		{"nested JSON", &endless{begin: `{"text": `, again: "["}, "nested too deeply"},
		{"blanks in JSON", &endless{begin: "[", again: " \n"}, "too large"},
		{"a WARC header", &endless{begin: "WARC/1.0\r\n", again: "X-Filler: 1\r\n"}, "record at byte 0"},
		{"a WARC record", &endless{begin: "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 8000000000000\r\n\r\n", again: "x"}, "record at byte 0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			archive := filepath.Join(t.TempDir(), "endless.parley")
			late := func(p *os.Process) {
				time.Sleep(45 * time.Second)
				_ = p.Kill()
			}
			r := parley.run(t, c.in, late, "ingest", archive, "-")
			r.wants(t, exitFailed, c.say, "nothing was read")
			if r.memory > memoryLimit {
				t.Errorf("it held %d MB", r.memory)
			}
			t.Logf("%d MB taken in %v, %d MB held", c.in.taken>>20, r.took, r.memory)
			if _, err := os.Stat(archive); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("an archive of nothing is there: %v", err)
			}
		})
	}
	t.Run("good articles", func(t *testing.T) {
		archive := filepath.Join(t.TempDir(), "endless.parley")
		r := parley.run(t, &lines{}, func(p *os.Process) {
			time.Sleep(4 * time.Second)
			_ = p.Signal(os.Interrupt)
		}, "ingest", archive, "-")
		r.wants(t, exitInterrupted, "the same command goes on from here")
		report := verified(t, archive)
		t.Logf("%d articles, %d MB held", report.Articles, r.memory)
		if report.Articles < 32 || r.memory > memoryLimit {
			t.Errorf("%d articles were kept, %d MB held", report.Articles, r.memory)
		}
	})
}

// lines is an endless stream of JSON Lines, no two the same.
type lines struct {
	n    int
	rest []byte
}

func (l *lines) Read(p []byte) (int, error) {
	if len(l.rest) == 0 {
		l.n++
		l.rest = fmt.Appendf(nil, "{\"title\": \"Day %d\", \"published\": \"2031-05-02\", \"text\": \"General Ivo Hart said that road %d to Kelm had been opened.\"}\n", l.n, l.n)
	}
	n := copy(p, l.rest)
	l.rest = l.rest[n:]
	return n, nil
}

// testBombs gives small files that unpack to 2 GB, beside a good article.
func testBombs(t *testing.T, parley program) {
	for _, c := range []struct{ name, begin, again string }{
		{"bomb.html.gz", "<html><body><p>Envoy Bo Lind said: ", "boom "},
		{"tags.html.gz", "<html><body>", "<div>"},
		{"bomb.xml.gz", "<rss><channel>", "<item>"},
		{"bomb.json.gz", `{"text": "`, "boom "},
		{"bomb.jsonl.gz", `{"text": "`, "boom "},
		{"blank.jsonl.gz", "", "\n"},
		{"bomb.txt.gz", "", "\x00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			folder := t.TempDir()
			good := write(t, folder, "good.txt", "Envoy Bo Lind said on Friday that Kelm was quiet.")
			bomb := filepath.Join(folder, c.name)
			packed := pack(t, bomb, c.begin, strings.Repeat(c.again, (32<<20)/len(c.again)))
			archive := filepath.Join(t.TempDir(), "bombed.parley")
			r := parley.run(t, nil, nil, "ingest", archive, bomb, good)
			r.wants(t, exitPartial, "1 added, 1 failed", c.name)
			t.Logf("%d kB; refused in %v, %d MB held", packed>>10, r.took, r.memory)
			if r.memory > memoryLimit || r.took > 20*time.Second {
				t.Errorf("it took %v and %d MB", r.took, r.memory)
			}
			verified(t, archive)
		})
	}
}

// pack writes a gzip file of the beginning and 64 times what comes again, and gives its size. Packed parts may stand one
// behind the other, so that again is packed only once.
func pack(t *testing.T, path, begin, again string) int {
	t.Helper()
	var out, part bytes.Buffer
	for _, p := range []struct {
		to   *bytes.Buffer
		text string
	}{{&out, begin}, {&part, again}} {
		z := gzip.NewWriter(p.to)
		if _, err := io.WriteString(z, p.text); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
	}
	out.Write(bytes.Repeat(part.Bytes(), 64))
	if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return out.Len()
}

// testLargeArticles gives many pages just under the limit: what they hold in all may not be held at once.
func testLargeArticles(t *testing.T, parley program) {
	folder := t.TempDir()
	rng := rand.NewChaCha8([32]byte{1})
	for i := range 12 {
		filler := make([]byte, 9<<20)
		_, _ = rng.Read(filler)
		for j := range filler { // cannot be packed well, cannot end the comment
			filler[j] = 'a' + filler[j]%16
		}
		page := bytes.Join([][]byte{[]byte("<html><body><!-- "), filler, fmt.Appendf(nil, " --><article><p>Envoy Bo Lind said on day %d that Kelm was quiet.</p></article></body></html>", i)}, nil)
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("page-%02d.html", i)), page, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	archive := filepath.Join(t.TempDir(), "large.parley")
	r := parley.run(t, nil, nil, "ingest", archive, folder)
	r.wants(t, 0, "12 added")
	t.Logf("108 MB taken in %v, %d MB held", r.took, r.memory)
	if r.memory > 2*memoryLimit {
		t.Errorf("it held %d MB", r.memory)
	}
	verified(t, archive)
}
