package eval

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/internal/record"
)

// gazette writes a corpus of two articles and a table of pairs into a folder.
func gazette(t *testing.T, pairs string) (table, data string) {
	t.Helper()
	data = t.TempDir()
	if err := os.Mkdir(filepath.Join(data, "news"), 0o755); err != nil {
		t.Fatal(err)
	}
	zip(t, filepath.Join(data, "news", "gazette.jsonl.gz"), `{"id":"n2","date":"2027-01-02","title":"Denied","text":"Norland said it shelled no market."}
{"id":"n1","date":"2027-01-01","title":"Shelled","text":"Westmark said Norland shelled a market."}
{"id":"n3","date":"2027-01-03","title":"Other","text":"It rained."}
`)
	table = filepath.Join(data, "pairs.tsv")
	if err := os.WriteFile(table, []byte(pairs), 0o644); err != nil {
		t.Fatal(err)
	}
	return table, data
}

// TestContradictions counts one right and one wrong find, one miss, and a find without a label.
func TestContradictions(t *testing.T) {
	table, data := gazette(t, "# a comment\ncorpus\tdocument\tstart\tend\tcorpus2\tdocument2\tstart2\tend2\tlabel\tnote\n"+
		"gazette\tn1\t0\t38\tgazette\tn2\t0\t33\tdenial\ta\n"+
		"gazette\tn1\t0\t8\tgazette\tn2\t0\t8\tnone\tb\n"+
		"gazette\tn1\t20\t28\tgazette\tn2\t20\t28\tnumber\tc\n")
	rows, err := Contradictions(table, data, func(texts []CorpusText) ([]*record.Record, []record.Link, error) {
		if len(texts) != 2 || texts[0].ID != "n1" || texts[1].ID != "n2" || texts[0].Publisher != "gazette" {
			t.Fatalf("read %v, not the two named articles in the order of their dates", texts)
		}
		one := &record.Record{Statements: []record.Statement{{ID: "s-1", Span: record.Span{0, 37}}, {ID: "s-2", Span: record.Span{0, 9}}, {ID: "s-3", Span: record.Span{31, 38}}},
			Contradictions: []record.Contradiction{{A: "s-2", B: "s-3", Basis: "inferred"}, {A: "s-1", B: "s-3", Basis: "stated"}}}
		two := &record.Record{Events: []record.Event{{ID: "e-1", Span: record.Span{1, 33}}, {ID: "e-2", Span: record.Span{0, 7}}}}
		return []*record.Record{one, two}, []record.Link{{Kind: record.Conflict, A: "e-1", B: "s-1"}, {Kind: record.Conflict, A: "s-2", B: "e-2"}, {Kind: record.SameClaim, A: "s-3", B: "e-1"}}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]Row{
		ContradictionTask + ", all: precision":               {Value: 50, N: 2},
		ContradictionTask + ", all: recall":                  {Value: 50, N: 2},
		ContradictionTask + ", all: pairs found, pairs":      {Value: 2, N: 3},
		ContradictionTask + ": found without a label, pairs": {Value: 1, N: 3},
	}
	for _, r := range rows {
		key := r.Task + ": " + r.Measure
		if w, ok := want[key]; ok && (w.Value != r.Value || w.N != r.N) {
			t.Errorf("%s is %v of %d, want %v of %d", key, r.Value, r.N, w.Value, w.N)
		}
		delete(want, key)
	}
	for key := range want {
		t.Errorf("%s was not measured", key)
	}
}

func TestContradictionsRefused(t *testing.T) {
	for name, c := range map[string]struct{ pairs, want string }{
		"columns":       {"gazette\tn1\t0\t8\n", "4 columns"},
		"no number":     {"gazette\tn1\tx\t8\tgazette\tn2\t0\t8\tnone\tb\n", "start"},
		"turned round":  {"gazette\tn1\t8\t8\tgazette\tn2\t0\t8\tnone\tb\n", "no passage"},
		"behind":        {"gazette\tn1\t0\t800\tgazette\tn2\t0\t8\tnone\tb\n", "ends at 800"},
		"no document":   {"gazette\tn9\t0\t8\tgazette\tn2\t0\t8\tnone\tb\n", "no document n9"},
		"no such paper": {"courier\tn1\t0\t8\tgazette\tn2\t0\t8\tnone\tb\n", "courier"},
	} {
		table, data := gazette(t, c.pairs)
		_, err := Contradictions(table, data, nil)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q in it", name, err, c.want)
		}
	}
}
