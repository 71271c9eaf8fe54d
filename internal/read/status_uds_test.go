package read

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"parley/internal/document"
)

// TestStatusUDS measures whether what the trees and tables call actual is what the readers of UDS (White et al., decompositional
// semantics) called factual, on the development trees of EWT. It runs where the corpus lies and holds a floor.
func TestStatusUDS(t *testing.T) {
	const folder = "../../../shared/data/"
	part := os.Getenv("PARLEY_UDS")
	if part == "" {
		part = "dev"
	}
	trees, err := os.Open(folder + "ud/ewt-" + part + ".conllu.gz")
	if err != nil {
		t.Skip("no corpus here")
	}
	defer trees.Close()
	z, err := gzip.NewReader(bufio.NewReader(trees))
	if err != nil {
		t.Fatal(err)
	}
	sents, err := sentencesByID(bufio.NewScanner(z))
	if err != nil {
		t.Fatal(err)
	}
	facts, err := os.Open(folder + "factuality/uds-ewt-" + part + ".jsonl.gz")
	if err != nil {
		t.Skip("no corpus here")
	}
	defer facts.Close()
	fz, err := gzip.NewReader(facts)
	if err != nil {
		t.Fatal(err)
	}
	dec := json.NewDecoder(fz)
	var right, n int
	cell := map[string]int{}
	for dec.More() {
		var row struct {
			ID         string `json:"sent_id"`
			Text       string
			Predicates []struct {
				Token   int
				Form    string
				Factual float64
			}
		}
		if err := dec.Decode(&row); err != nil {
			t.Fatal(err)
		}
		doc := sents[row.ID]
		if doc == nil {
			continue
		}
		sc := newScene(doc, &Reading{})
		for _, p := range row.Predicates {
			if p.Token-1 >= len(doc.Tokens) || doc.Tokens[p.Token-1].UPOS != "VERB" {
				continue
			}
			got, want := happening(sc.statusOf(p.Token-1)), p.Factual > 0
			n++
			if got == want {
				right++
			} else if os.Getenv("PARLEY_UDS_SHOW") != "" {
				fmt.Printf("%s got=%s want=%.1f rel=%s\t%s\n", p.Form, sc.statusOf(p.Token-1), p.Factual, doc.Tokens[p.Token-1].Rel, row.Text)
			}
			cell[fmt.Sprint(got, want)]++
		}
	}
	t.Logf("%d of %d predicates agree (%.1f %%): %v", right, n, 100*float64(right)/float64(n), cell)
	if 100*right < 79*n {
		t.Errorf("agreement fell below 79 %%")
	}
}

// sentencesByID reads each sentence of a treebank as a document of its own.
func sentencesByID(in *bufio.Scanner) (map[string]*document.Document, error) {
	in.Buffer(make([]byte, 1<<16), 1<<22)
	out := map[string]*document.Document{}
	var block []string
	id := ""
	for in.Scan() {
		line := in.Text()
		if after, ok := strings.CutPrefix(line, "# sent_id = "); ok {
			id = after
		}
		if line != "" {
			if !strings.HasPrefix(line, "#") {
				block = append(block, line)
			}
			continue
		}
		docs, err := document.ReadCoNLLU(strings.NewReader(strings.Join(block, "\n") + "\n\n"))
		if err != nil {
			return nil, err
		}
		if len(docs) == 1 {
			out[id] = docs[0]
		}
		block = block[:0]
	}
	return out, in.Err()
}
