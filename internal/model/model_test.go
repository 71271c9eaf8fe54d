package model

import (
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"testing"
)

var (
	weightsFlag   = flag.String("weights", "", "weights file to test instead of the embedded one")
	referenceFlag = flag.String("reference", filepath.Join("testdata", "reference.json"), "float32 scores to compare with")
)

// weightsBytes returns the weights under test, or skips.
func weightsBytes(t testing.TB) []byte {
	t.Helper()
	if *weightsFlag != "" {
		b, err := os.ReadFile(*weightsFlag)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	b, err := weights.ReadFile(weightsFile)
	if err != nil {
		t.Skip(ErrNoWeights)
	}
	return b
}

func loaded(t testing.TB) *Model {
	t.Helper()
	m, err := LoadBytes(weightsBytes(t))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// window is one window of the reference that train/export.py writes.
type window struct {
	Words []struct {
		Text string `json:"text"`
		Gap  Gap    `json:"gap"`
	} `json:"words"`
	Pieces []int32                `json:"pieces"`
	Shapes []int                  `json:"shapes"`
	Scores map[string][][]float64 `json:"scores"`
	Pairs  map[string][][]float64 `json:"pairs"`
	Trees  []struct {
		First int         `json:"first"`
		End   int         `json:"end"`
		Arcs  [][]float64 `json:"arcs"`
		Heads []int       `json:"heads"`
		Rels  [][]float64 `json:"rels"`
	} `json:"trees"`
}

func reference(t testing.TB) []window {
	t.Helper()
	b, err := os.ReadFile(*referenceFlag)
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("no reference scores")
	}
	if err != nil {
		t.Fatal(err)
	}
	var ws []window
	if err := json.Unmarshal(b, &ws); err != nil {
		t.Fatal(err)
	}
	return ws
}

func (w *window) words() []Word {
	words := make([]Word, len(w.Words))
	for i, word := range w.Words {
		words[i] = Word(word)
	}
	return words
}

func TestDefaultWithoutWeights(t *testing.T) {
	if _, err := Default(); err != nil && !errors.Is(err, ErrNoWeights) {
		t.Errorf("Default: %v", err)
	}
}

func TestReadAgreesWithFloat(t *testing.T) {
	m, ws := loaded(t), new(Workspace)
	total := map[string]*[2]int{}
	count := func(name string, same bool) {
		if total[name] == nil {
			total[name] = new([2]int)
		}
		total[name][1]++
		if same {
			total[name][0]++
		}
	}
	for _, w := range reference(t) {
		out, err := m.Read(w.words(), ws)
		if err != nil {
			t.Fatal(err)
		}
		for i, id := range w.Pieces {
			if ws.ids[i] != id || ws.shapes[i] != w.Shapes[i] {
				t.Fatalf("piece %d is %d shape %d, want %d shape %d", i, ws.ids[i], ws.shapes[i], id, w.Shapes[i])
			}
		}
		for head, want := range w.Scores {
			scores, labels := out.Scores(head)
			for i, row := range want {
				count(head, bestOf(scores[i*len(labels):(i+1)*len(labels)]) == bestOf(row))
			}
		}
		for name, want := range w.Pairs {
			from, to := out.Pairs(name)
			to = append(append([]float32{}, m.Nothing(name)...), to...)
			size := m.PairSize()
			for i, row := range want {
				got := make([]float32, len(row))
				for j := range got {
					got[j] = m.Dot(from[i*size:(i+1)*size], to[j*size:(j+1)*size])
				}
				count(name, bestOf(got) == bestOf(row))
			}
		}
		for _, tree := range w.Trees {
			n := tree.End - tree.First
			arcs := out.Arcs(tree.First, tree.End)
			for i, row := range tree.Arcs {
				arcs[i*(n+1)+1+i] = -99 // no word is its own head
				count("arc", bestOf(arcs[i*(n+1):(i+1)*(n+1)]) == bestOf(row))
				head := tree.Heads[i]
				if head >= 0 {
					head += tree.First
				}
				count("rel", bestOf(out.Rels(tree.First+i, head)) == bestOf(tree.Rels[i]))
			}
		}
	}
	for name, n := range total {
		share := float64(n[0]) / float64(n[1])
		t.Logf("%-8s %5.1f %% of %d words agree", name, 100*share, n[1])
		if share < 0.95 {
			t.Errorf("%s: %d of %d best labels agree with float32, want 95 %%", name, n[0], n[1])
		}
	}
}

func bestOf[T float32 | float64](row []T) int {
	best := 0
	for i, v := range row {
		if v > row[best] {
			best = i
		}
	}
	return best
}
