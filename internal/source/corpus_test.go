package source

import (
	"compress/gzip"
	"flag"
	"os"
	"path/filepath"
	"testing"
)

var everything = flag.Bool("corpora", false, "read every shared corpus, not only the two small ones")

// The corpora are beside the checkout on some machines; no document in them may break a promise.
func TestCorpora(t *testing.T) {
	names := []string{"polnear/dev", "news/wikinews-2019-2020"}
	if *everything {
		names = append(names, "polnear/train", "news/whitehouse-statements", "news/whitehouse-speeches", "news/whitehouse-press-briefings")
	}
	for _, name := range names {
		file, err := os.Open(filepath.FromSlash("../../../shared/data/" + name + ".jsonl.gz"))
		if err != nil {
			t.Skip("no shared data here")
		}
		defer file.Close()
		lines, err := gzip.NewReader(file)
		if err != nil {
			t.Fatal(err)
		}
		count, datelines, credits, titles, headings := 0, 0, 0, 0, 0
		for doc, err := range Read(lines, name+".jsonl", Options{}) {
			if err != nil {
				t.Error(err)
				continue
			}
			if fault := faults(doc); fault != "" {
				t.Errorf("%s: %s: %s", name, doc.Title, fault)
			}
			count++
			if !doc.DatelineSpan.Empty() {
				datelines++
			}
			if len(doc.Credits) > 0 {
				credits++
			}
			for _, p := range doc.Paragraphs {
				switch p.Kind {
				case "title":
					titles++
				case "heading":
					headings++
				}
			}
		}
		t.Logf("%s: %d documents; %d with a dateline, %d with credits; %d titles in the text, %d headings", name, count, datelines, credits, titles, headings)
		if count == 0 {
			t.Errorf("%s: no documents", name)
		}
	}
}
