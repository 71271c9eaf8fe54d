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
