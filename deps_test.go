package parley_test

import (
	"os/exec"
	"strings"
	"testing"
)

// mayImport is the layer rule of docs/architecture.md: nouns at the bottom, verbs above, edges outside, one
// assembler. .golangci.yml holds the same rule for editors; this test holds it for everybody.
var mayImport = map[string]string{
	"document":  "",
	"number":    "document",
	"times":     "document number",
	"record":    "document",
	"model":     "",
	"dial":      "",
	"source":    "dial document",
	"parse":     "document model",
	"read":      "document number times",
	"resolve":   "document number times read record",
	"reconcile": "record",
	"ceasefire": "record",
	"store":     "document record",
	"nearest":   "record",
	"export":    "record",
	"view":      "document record",
	"ingest":    "document read reconcile record source",
	"eval":      "document number times read record",
	"desk":      "document nearest reconcile record view ceasefire",
	"account":   "",
	"alert":     "dial record",
	"mcp":       "document record desk view",
	"serve":     "document record desk account alert export view ceasefire mcp",
}

func TestLayers(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", "{{.ImportPath}}: {{join .Imports \" \"}}", "./internal/...").Output()
	if err != nil {
		t.Fatalf("listing packages: %v", err)
	}
	seen := 0
	for line := range strings.Lines(string(out)) {
		path, imports, _ := strings.Cut(strings.TrimSpace(line), ": ")
		name := strings.Split(strings.TrimPrefix(path, "parley/internal/"), "/")[0]
		allowed, known := mayImport[name]
		if !known {
			t.Errorf("package %s is not in the layer table: add it here, to .golangci.yml and to docs/architecture.md", path)
			continue
		}
		seen++
		for imp := range strings.FieldsSeq(imports) {
			of, ours := strings.CutPrefix(imp, "parley/")
			if !ours {
				continue
			}
			of = strings.Split(strings.TrimPrefix(of, "internal/"), "/")[0]
			if of != name && !strings.Contains(" "+allowed+" ", " "+of+" ") {
				t.Errorf("%s imports %s, which the layer rule forbids", path, imp)
			}
		}
	}
	if seen < 10 {
		t.Errorf("only %d packages seen: is the test run in the module's root?", seen)
	}
}
