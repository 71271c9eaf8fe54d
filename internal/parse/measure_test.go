package parse

import (
	"compress/gzip"
	"os"
	"path/filepath"
	"sort"
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

// TestSentencesMeasured holds the sentence splitter with the embedded model to its figures on running text.
func TestSentencesMeasured(t *testing.T) {
	if testing.Short() {
		t.Skip("reads two treebanks with the model")
	}
	m, err := model.Default()
	if err != nil {
		t.Skip(err)
	}
	parser := New(m)
	for _, name := range []string{"ewt-dev", "gum-dev"} {
		right, found, gold, las, uas, upos, toks, goldToks := 0, 0, 0, 0, 0, 0, 0, 0
		missed, extra := []string{}, []string{}
		for _, doc := range treebank(t, name) {
			want := map[int]bool{}
			heads := map[document.Span]document.Token{}
			for _, s := range doc.Sentences {
				want[s.Span.Start] = true
			}
			goldTokens := doc.Tokens
			for _, tok := range goldTokens {
				heads[tok.Span] = tok
			}
			goldToks += len(goldTokens)
			gold += len(want)
			got := &document.Document{Text: doc.Text, Paragraphs: doc.Paragraphs}
			if err := parser.Parse(got); err != nil {
				t.Fatal(err)
			}
			for _, s := range got.Sentences {
				found++
				if want[s.Span.Start] {
					right++
				} else {
					extra = append(extra, doc.Text[max(0, s.Span.Start-30):s.Span.Start]+"¶"+doc.Text[s.Span.Start:min(len(doc.Text), s.Span.Start+20)])
				}
				delete(want, s.Span.Start)
			}
			for at := range want {
				missed = append(missed, doc.Text[max(0, at-30):at]+"¶"+doc.Text[at:min(len(doc.Text), at+20)])
			}
			for _, tok := range got.Tokens {
				toks++
				g, ok := heads[tok.Span]
				if !ok {
					continue
				}
				if g.UPOS == tok.UPOS {
					upos++
				}
				same := g.Head < 0 && tok.Head < 0 || g.Head >= 0 && tok.Head >= 0 && goldTokens[g.Head].Span == got.Tokens[tok.Head].Span
				if same {
					uas++
				}
				if same && g.Rel == tok.Rel {
					las++
				}
			}
		}
		f := func(n int) float64 { return 2 * float64(n) / float64(toks+goldToks) }
		t.Logf("%s: sentence starts F1 %.4f (%d right of %d found, %d in the treebank); from raw text UPOS %.4f UAS %.4f LAS %.4f", name,
			2*float64(right)/float64(found+gold), right, found, gold, f(upos), f(uas), f(las))
		if testing.Verbose() {
			sort.Strings(missed)
			for _, s := range missed[:min(60, len(missed))] {
				t.Logf("missed %q", s)
			}
			for _, s := range extra[:min(60, len(extra))] {
				t.Logf("extra %q", s)
			}
		}
	}
}
