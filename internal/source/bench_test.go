package source

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func benchmark(b *testing.B, name, text string) {
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		for _, err := range Read(strings.NewReader(text), name, Options{}) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}

func example(tb testing.TB, name string) string {
	tb.Helper()
	raw, err := os.ReadFile(filepath.Join("../../examples", name))
	if err != nil {
		tb.Fatal(err)
	}
	return string(raw)
}

func BenchmarkText(b *testing.B)     { benchmark(b, "a.txt", example(b, "leaders-call.txt")) }
func BenchmarkHTML(b *testing.B)     { benchmark(b, "a.html", example(b, "ceasefire-violations.html")) }
func BenchmarkMarkdown(b *testing.B) { benchmark(b, "a.md", example(b, "sanctions-threat.md")) }
func BenchmarkJSON(b *testing.B)     { benchmark(b, "a.json", example(b, "summit-promises.json")) }

// A hostile text must cost no more than its size: these are as large as they may be nested.
func BenchmarkHostile(b *testing.B) {
	text, err := json.Marshal(map[string]string{"text": strings.Repeat("a (", 100_000)})
	if err != nil {
		b.Fatal(err)
	}
	b.Run("brackets", func(b *testing.B) { benchmark(b, "a.json", string(text)) })
	b.Run("markdown", func(b *testing.B) {
		benchmark(b, "a.md", strings.Repeat("[a](*_`", 40_000)+"\n\n"+strings.Repeat("> # |\n", 10_000))
	})
	b.Run("html", func(b *testing.B) {
		benchmark(b, "a.html", strings.Repeat(strings.Repeat("<div>", 100)+"<p>x, y, z, and more than that"+strings.Repeat("</div>", 100), 700))
	})
	b.Run("lines", func(b *testing.B) { benchmark(b, "a.txt", strings.Repeat("a: b\n", 200_000)) })
}

func BenchmarkFeed(b *testing.B) {
	text := sample(b, "rss2.xml")
	at := strings.Index(text, "  <item>")
	end := strings.Index(text, "</item>") + len("</item>")
	benchmark(b, "a.rss", text[:at]+strings.Repeat(text[at:end], 500)+"</channel></rss>")
}

func BenchmarkWARC(b *testing.B) {
	var plain, gz strings.Builder
	for n := range 200 {
		record := response("a", answer("text/html", storyPage(n)+strings.Repeat("<!-- page furniture of the usual kind -->\n", 500)))
		plain.WriteString(record)
		gz.WriteString(packed(b, record))
	}
	b.Run("plain", func(b *testing.B) { benchmark(b, "a.warc", plain.String()) })
	b.Run("packed", func(b *testing.B) { benchmark(b, "a.warc.gz", gz.String()) })
}

// Passing over what is not wanted is what reading a crawl mostly is.
func BenchmarkWARCPassOver(b *testing.B) {
	benchmark(b, "a.warc", strings.Repeat(response("a.png", answer("image/png", strings.Repeat("x", 50_000))), 100))
}
