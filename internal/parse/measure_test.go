package parse

import (
	"compress/gzip"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"parley/internal/document"
	"parley/internal/model"
)

// treebank reads a treebank of the shared data, or skips the test where it is not there.
func treebank(t testing.TB, name string) []*document.Document {
	t.Helper()
	f, err := os.Open(filepath.Join("../../../shared/data/ud", name+".conllu.gz"))
	if err != nil {
		t.Skip("the shared data is not here")
	}
	defer f.Close() //nolint:errcheck // opened for reading
	zip, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	docs, err := document.ReadCoNLLU(zip)
	if err != nil {
		t.Fatal(err)
	}
	return docs
}

// TestTokensMeasured holds the tokeniser to its figures on running text.
func TestTokensMeasured(t *testing.T) {
	for name, floor := range map[string]float64{"ewt-dev": 0.985, "gum-dev": 0.99} {
		t.Run(name, func(t *testing.T) {
			right, found, gold := 0, 0, 0
			wrong := map[string]int{}
			for _, doc := range treebank(t, name) {
				want := map[document.Span]bool{}
				for _, tok := range doc.Tokens {
					want[tok.Span] = true
				}
				gold += len(want)
				for _, par := range doc.Paragraphs {
					for _, s := range tokenSpans(doc.Text, par.Span) {
						found++
						if want[s] {
							right++
							continue
						}
						wrong[doc.Text[max(0, s.Start-8):s.Start]+"["+doc.Slice(s)+"]"+doc.Text[s.End:min(len(doc.Text), s.End+8)]]++
					}
				}
			}
			f1 := 2 * float64(right) / float64(found+gold)
			t.Logf("token F1 %.4f, %d right of %d found and %d in the treebank", f1, right, found, gold)
			if f1 < floor {
				t.Errorf("token F1 %.4f is below %.3f", f1, floor)
			}
			if testing.Verbose() {
				var list []string
				for w := range wrong {
					list = append(list, w)
				}
				sort.Strings(list)
				for _, w := range list[:min(len(list), 150)] {
					t.Logf("%q", w)
				}
			}
		})
	}
}

// BenchmarkParse measures the whole parser with the embedded model on an article of some 1,000 words.
func BenchmarkParse(b *testing.B) {
	m, err := model.Default()
	if err != nil {
		b.Skip(err)
	}
	paragraph := "President Ada Stone told reporters on Friday that she would meet her counterpart, Bob Roe, in the coming days. " +
		"“We will do everything to keep the peace,” she said, adding that 1,500 troops had left the border."
	text := strings.Repeat(paragraph+"\n\n", 26)
	p := New(m)
	b.ReportAllocs()
	for b.Loop() {
		if err := p.Parse(body(text)); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkDecode measures what is left of it when the network costs next to nothing.
func BenchmarkDecode(b *testing.B) {
	text := strings.Repeat("Ada Stone met Roe in the town. He said they left.\n\n", 80)
	for b.Loop() {
		parseFake(b, body(text), false)
	}
}
