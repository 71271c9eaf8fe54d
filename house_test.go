package parley_test

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Budgets of the house style. Generated code and its generators (gen folders) do not count; a test may be longer.
const (
	maxFileLines = 500
	maxFuncLines = 60
)

// TestHouseStyle holds what no linter of ours checks: sizes, package comments, names that say nothing.
func TestHouseStyle(t *testing.T) {
	packages := map[string]bool{} // folder → has a package comment
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") && path != "." || d.Name() == "node_modules" || d.Name() == "testdata" || d.Name() == "gen") {
			return filepath.SkipDir
		}
		if filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if bytes.Contains(src, []byte("DO NOT EDIT")) {
			return nil
		}
		checkFile(t, path, src, packages)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for dir, commented := range packages {
		if !commented {
			t.Errorf("package in %s has no package comment", dir)
		}
	}
}

func checkFile(t *testing.T, path string, src []byte, packages map[string]bool) {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, path, src, parser.ParseComments)
	if err != nil {
		t.Errorf("%s: %v", path, err)
		return
	}
	dir := filepath.Dir(path)
	packages[dir] = packages[dir] || file.Doc != nil
	if n := bytes.Count(src, []byte("\n")); n > maxFileLines {
		t.Errorf("%s has %d lines, more than %d", path, n, maxFileLines)
	}
	switch file.Name.Name {
	case "util", "utils", "helpers", "common", "models", "misc":
		t.Errorf("%s: package name %s says nothing", path, file.Name.Name)
	}
	for _, decl := range file.Decls {
		fn, ok := decl.(*ast.FuncDecl)
		if !ok {
			continue
		}
		lines := files.Position(fn.End()).Line - files.Position(fn.Pos()).Line + 1
		if lines > maxFuncLines {
			t.Errorf("%s: %s has %d lines, more than %d", path, fn.Name.Name, lines, maxFuncLines)
		}
		if fn.Recv == nil && fn.Name.Name == "init" {
			t.Errorf("%s: init functions are not used here", path)
		}
	}
}
