package export_test

import (
	"context"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/internal/export"
	"parley/internal/record"
)

var update = flag.Bool("update", false, "write the goldens anew")

// options are those of every golden.
func options(format string, kinds ...string) export.Options {
	return export.Options{Format: format, Kinds: kinds, Now: time.Date(2031, 5, 10, 12, 0, 0, 0, time.UTC), Base: "https://parley.example"}
}

// TestGoldens holds every text format, byte for byte, and that a second run gives the same.
func TestGoldens(t *testing.T) {
	for _, f := range export.Formats() {
		if f.Name == "parquet" {
			continue // binary: TestParquet reads it back
		}
		runs := map[string][]string{f.Name: nil}
		if f.OneKind {
			runs = map[string][]string{}
			for _, kind := range f.Kinds {
				runs[f.Name+"-"+kind] = []string{kind}
			}
		}
		for name, kinds := range runs {
			t.Run(name, func(t *testing.T) {
				got := written(t, crisis(), options(f.Name, kinds...))
				if again := written(t, crisis(), options(f.Name, kinds...)); again != got {
					t.Error("a second run gives something else")
				}
				golden(t, name+"."+f.Extension, got)
			})
		}
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v: run the test with -update to write it", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

func TestErrorsSayWhatToDo(t *testing.T) {
	tests := []struct {
		opt  export.Options
		want string
	}{
		{export.Options{Format: "xls"}, "choose one of csv"},
		{export.Options{Format: "csv"}, "one kind a file: choose one of statement"},
		{export.Options{Format: "csv", Kinds: []string{"statement", "event"}}, "one kind a file"},
		{export.Options{Format: "csv", Kinds: []string{"poem"}}, `does not hold kind "poem"`},
	}
	for _, tt := range tests {
		err := export.Write(context.Background(), &strings.Builder{}, crisis(), tt.opt)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%v: got error %v, want one with %q", tt.opt, err, tt.want)
		}
	}
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("no space left") }

func TestWriteErrorsComeOut(t *testing.T) {
	for _, f := range export.Formats() {
		opt := options(f.Name)
		if f.OneKind {
			opt.Kinds = []string{"statement"}
		}
		if err := export.Write(context.Background(), fullDisk{}, crisis(), opt); err == nil || !strings.Contains(err.Error(), "no space left") {
			t.Errorf("%s: got error %v, want that of the disk", f.Name, err)
		}
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	err := export.Write(ctx, &strings.Builder{}, crisis(), options("jsonl"))
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got error %v, want context.Canceled", err)
	}
}

func TestLimit(t *testing.T) {
	for limit := 1; limit <= 20; limit++ {
		opt := options("jsonl")
		opt.Query.Limit = limit
		if got, want := strings.Count(written(t, crisis(), opt), "\n"), min(limit, 17); got != want {
			t.Errorf("limit %d: %d lines, want %d", limit, got, want)
		}
	}
}

// TestOneLookupAnArticle holds that records are read once an article, not once an entry.
func TestOneLookupAnArticle(t *testing.T) {
	a := crisis()
	written(t, a, options("jsonl"))
	if a.loads != len(a.records) {
		t.Errorf("%d records read, want %d", a.loads, len(a.records))
	}
}

// TestErased holds that entries of an erased article still come out, by what they carry themselves.
func TestErased(t *testing.T) {
	for _, f := range export.Formats() {
		a := crisis()
		a.records = map[record.ID]*record.Record{}
		opt := options(f.Name)
		if f.OneKind {
			opt.Kinds = []string{"contradiction"}
		}
		if written(t, a, opt) == "" {
			t.Errorf("%s: nothing written", f.Name)
		}
	}
}

// TestConflictsOfActors holds that a query for an actor also finds contradictions across articles that name it.
func TestConflictsOfActors(t *testing.T) {
	for actor, want := range map[record.ID]int{"i-000000000001": 1, "i-000000000002": 0} {
		opt := options("jsonl", "contradiction")
		opt.Query.Actors = []record.ID{actor}
		if got := strings.Count(written(t, crisis(), opt), `"basis":"archive"`); got != want {
			t.Errorf("%s: %d contradictions across articles, want %d", actor, got, want)
		}
	}
}

// TestDocs holds docs/exports.md to the code: every format, and every column of every table.
func TestDocs(t *testing.T) {
	raw, err := os.ReadFile("../../docs/exports.md")
	if err != nil {
		t.Fatal(err)
	}
	doc := string(raw)
	for _, c := range export.Columns("statement")[:12] {
		if row := "| `" + c.Name + "` | " + c.Type + " | " + c.Meaning + " |"; !strings.Contains(doc, row) {
			t.Errorf("docs/exports.md lacks %s", row)
		}
	}
	for _, f := range export.Formats() {
		if !strings.Contains(doc, "## `"+f.Name+"`") || !strings.Contains(doc, f.MediaType) {
			t.Errorf("docs/exports.md lacks the format %s (%s)", f.Name, f.MediaType)
		}
		for _, kind := range f.Kinds {
			if !f.OneKind {
				continue
			}
			_, table, found := strings.Cut(doc, "### "+kind+"\n")
			table, _, _ = strings.Cut(table, "\n#")
			want := columnTable(kind)
			if !found || !strings.Contains(table, want) {
				t.Errorf("docs/exports.md: the columns of %s are\n%s", kind, want)
			}
		}
	}
}

// columnTable is the table of docs/exports.md for a kind: the columns that others do not have.
func columnTable(kind string) string {
	var b strings.Builder
	common := export.Columns("statement")[:12]
	for _, c := range export.Columns(kind)[len(common):] {
		b.WriteString("| `" + c.Name + "` | " + c.Type + " | " + c.Meaning + " |\n")
	}
	return b.String()
}
