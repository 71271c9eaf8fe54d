package model

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// benchmarkWords returns n words of testdata/sentences.txt, repeated as needed; ^ marks words without a space before.
func benchmarkWords(b *testing.B, n int) []Word {
	text, err := os.ReadFile(filepath.Join("testdata", "sentences.txt"))
	if err != nil {
		b.Fatal(err)
	}
	words, out := strings.Fields(string(text)), make([]Word, n)
	for i := range out {
		word, touches := strings.CutPrefix(words[i%len(words)], "^")
		out[i] = Word{word, GapSpace}
		if touches {
			out[i].Gap = GapNone
		}
	}
	return out
}

// BenchmarkRead measures whole windows, with all heads and the trees of sentences of 20 words.
func BenchmarkRead(b *testing.B) {
	for _, r := range routes() {
		for _, n := range []int{20, 80, 190} {
			b.Run(fmt.Sprintf("%s/%d", r.name, n), func(b *testing.B) {
				m, err := loadRoute(weightsBytes(b), r)
				if err != nil {
					b.Fatal(err)
				}
				words, ws, pieces := benchmarkWords(b, n), new(Workspace), 0
				b.ReportAllocs()
				for b.Loop() {
					out, err := m.Read(words, ws)
					if err != nil {
						b.Fatal(err)
					}
					pieces += len(ws.ids)
					for _, head := range linearHeads {
						out.Scores(head)
					}
					for i := 0; i < n; i += 20 {
						out.Arcs(i, min(i+20, n))
					}
					for i := range n {
						out.Rels(i, -1)
					}
				}
				b.ReportMetric(float64(b.N*n)/b.Elapsed().Seconds(), "words/s")
				b.ReportMetric(float64(pieces)/b.Elapsed().Seconds(), "pieces/s")
			})
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	data := weightsBytes(b)
	for b.Loop() {
		if _, err := LoadBytes(data); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPieces(b *testing.B) {
	m, words := loaded(b), benchmarkWords(b, 150)
	for b.Loop() {
		for _, w := range words {
			m.Pieces(w.Text)
		}
	}
	b.ReportMetric(float64(b.N*len(words))/b.Elapsed().Seconds(), "words/s")
}
