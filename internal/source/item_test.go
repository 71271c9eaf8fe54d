package source

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/gzip"
)

func packed(t testing.TB, text string) string {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// Each item carries the bytes of its own article, from whatever it was read.
func TestItemsCarryTheirBytes(t *testing.T) {
	one := `{"text":"` + truce + `","guid":"a-1","publisher":"The Post"}`
	two := `{"text":"It came later."}`
	for _, c := range []struct {
		name, text string
		raw        []string
		mediaType  string
	}{
		{"a.txt", truce, []string{truce}, "text/plain"},
		{"a.md", "# Truce\n\n" + truce, []string{"# Truce\n\n" + truce}, "text/markdown"},
		{"a.html", "<p>" + truce, []string{"<p>" + truce}, "text/html"},
		{"a.html.gz", packed(t, "<p>"+truce), []string{"<p>" + truce}, "text/html"},
		{"a.txt.gz", packed(t, truce), []string{truce}, "text/plain"},
		{"a.jsonl", one + "\n" + two + "\n", []string{one + "\n", two + "\n"}, "application/json"},
		{"a.jsonl.gz", packed(t, one+"\n"+two), []string{one + "\n", two}, "application/json"},
		{"a.json", "[" + one + ",\n " + two + "]", []string{one, two}, "application/json"},
		{"a.json", `{"articles":[` + one + `,` + two + `]}`, []string{one, two}, "application/json"},
		{"-", one + "\n" + two, []string{one + "\n", two}, "application/json"},
	} {
		list, errs := items(t, c.text, c.name, Options{})
		var raw []string
		for _, i := range list {
			raw = append(raw, string(i.Raw))
			if i.MediaType != c.mediaType || !strings.HasPrefix(i.Location, c.name) {
				t.Errorf("%s: %s at %s", c.name, i.MediaType, i.Location)
			}
		}
		if diff := cmp.Diff(c.raw, raw); diff != "" || len(errs) > 0 {
			t.Errorf("%s: errors %v (-want +got):\n%s", c.name, errs, diff)
		}
	}
}

func TestFieldMap(t *testing.T) {
	list, errs := items(t, `{"guid":"urn:a:7","pubStatus":"stat:withheld","headline":"Hold: the truce"}`, "a.json", Options{})
	if len(list) != 1 || len(errs) > 0 || list[0].Status != Withheld || !list[0].Killed() || list[0].Article() || list[0].Doc.Title != "Hold: the truce" {
		t.Errorf("a kill without a field map: %v, errors %v", told(list), errs)
	}
	text := `{"id": 7, "meta": {"date": "2021-03-04", "who": [{"n": "Ada Brennan"}]}, "doc.title": "A truce", "body": {"content": "` + truce + `"}, "state": "correction"}` + "\n" +
		`{"id": 8, "state": "KILL", "body": {}}`
	opt := Options{Publisher: "The Post", Fields: map[string]string{
		"text": "body.content", "published": "meta.date", "authors": "meta.who.0.n", "title": "doc.title", "guid": "id", "status": "state"}}
	list, errs = items(t, text, "a.jsonl", opt)
	want := []string{
		"a.jsonl, line 1|application/json|The Post#7|corrected|||A truce|The Post|Ada Brennan|2021-03-04T00:00:00Z||||" + truce,
		"a.jsonl, line 2|application/json|The Post#8|canceled||||The Post||||||",
	}
	if diff := cmp.Diff(want, told(list)); diff != "" || len(errs) > 0 {
		t.Errorf("errors %v (-want +got):\n%s", errs, diff)
	}
	for _, wrong := range []map[string]string{{"txet": "body"}, {"text": " "}} {
		if _, errs := items(t, text, "a.jsonl", Options{Fields: wrong}); len(errs) != 1 || !errors.Is(errs[0], ErrSyntax) {
			t.Errorf("%v: %v", wrong, errs)
		}
	}
	if _, errs := items(t, `{"text":"`+truce+`"}`, "a.jsonl", Options{Fields: map[string]string{"text": "body.0.x"}}); len(errs) != 1 || !strings.Contains(errs[0].Error(), "body.0.x") {
		t.Errorf("a field that is not there: %v", errs)
	}
}

// endless gives the same bytes for ever and counts them.
type endless struct {
	unit string
	n    int64
}

func (e *endless) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		n += copy(p[n:], e.unit[(e.n+int64(n))%int64(len(e.unit)):])
	}
	e.n += int64(n)
	return n, nil
}

// An input that never ends is refused after a bounded number of bytes.
func TestEndless(t *testing.T) {
	const limit = 1 << 20
	for _, c := range []struct{ name, head, unit string }{
		{"a.txt", "", "It came. "}, {"a.html", "<p>", "It came.<p>"}, {"a.jsonl", `{"text":"`, "It came. "}, {"a.json", `[{"text":"`, "It came. "},
		{"a.xml", "<rss><channel>", "<item><title>It</title><description>It came.</description></item>"},
		{"a.xml", "", "<rss>"}, {"a.json", "", " "}, {"a.jsonl", "", "\n"}, {"a.jsonl", "{}", " "}, {"a.json", `{"version":"https://jsonfeed.org/version/1","items":[`, `{"id":"a","content_text":"It came."},`},
	} {
		r := &endless{unit: c.unit}
		failed := false
		for _, err := range ReadItems(io.MultiReader(strings.NewReader(c.head), r), c.name, Options{MaxBytes: limit}) {
			var refusal *Error
			if failed = errors.As(err, &refusal); failed && refusal.Hint == "" {
				t.Errorf("%s: no hint in %v", c.name, err)
			}
		}
		if !failed || r.n > 20*limit {
			t.Errorf("%s %q: failed %v after %d bytes", c.name, c.head, failed, r.n)
		}
	}
}

// A bomb is refused when it has shown what it is, not when memory is full.
func TestBombs(t *testing.T) {
	var bomb bytes.Buffer
	w := gzip.NewWriter(&bomb)
	if _, err := io.CopyN(w, &endless{unit: strings.Repeat(" ", 1<<16)}, 2<<30>>3); err != nil {
		t.Fatal(err)
	}
	w.Close()
	for _, name := range []string{"a.html.gz", "a.txt.gz", "a.jsonl.gz", "a.json.gz", "a.xml.gz", "-"} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, errs := items(t, bomb.String(), name, Options{})
		runtime.ReadMemStats(&after)
		if used := after.TotalAlloc - before.TotalAlloc; used > 10*DefaultMaxBytes {
			t.Errorf("%s: %d MB of memory were asked for", name, used>>20)
		}
		if len(errs) != 1 || !errors.Is(errs[0], ErrTooLarge) && !errors.Is(errs[0], ErrEmpty) || !strings.Contains(errs[0].Error(), "; ") {
			t.Errorf("%s: %v", name, errs)
		}
	}
	if _, errs := items(t, packed(t, truce)[:60], "a.txt.gz", Options{}); len(errs) != 1 || !errors.Is(errs[0], ErrSyntax) {
		t.Errorf("a gzip cut short: %v", errs)
	}
	laughs := "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><rss><channel><item><title>&b;</title></item></channel></rss>"
	deep := "<rss>" + strings.Repeat("<x>", 100_000)
	outlines := "<opml><body>" + strings.Repeat(`<outline text="a">`, 100_000)
	paragraphs := "<nitf><body><body.content>" + strings.Repeat("<p>", 100_000)
	for _, text := range []string{laughs, deep, outlines, paragraphs, strings.Replace(laughs, "rss", "opml", 2)} {
		if _, errs := items(t, text, "a.xml", Options{}); len(errs) != 1 || !errors.Is(errs[0], ErrForbidden) && !errors.Is(errs[0], ErrTooDeep) {
			t.Errorf("%.30s: %v", text, errs)
		}
	}
}

// Walk gives what can be read; of kills and addresses it makes errors.
func TestWalkKills(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.xml"), []byte(sample(t, "atom.xml")), 0o600); err != nil {
		t.Fatal(err)
	}
	docs, errs := 0, 0
	for doc, err := range Walk([]string{dir}, Options{}) {
		if err != nil {
			errs++
			if !strings.Contains(err.Error(), "canceled") {
				t.Error(err)
			}
			continue
		}
		docs++
		if doc.Publisher != "Delta Wire" {
			t.Errorf("publisher %q", doc.Publisher)
		}
	}
	if docs != 1 || errs != 1 {
		t.Errorf("%d documents, %d errors", docs, errs)
	}
}
