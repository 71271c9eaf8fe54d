package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"parley/internal/record"
)

// TestDocumented holds the manual (docs/commands.md) against the command line: every command, flag and exit
// code stands in it.
func TestDocumented(t *testing.T) {
	manual, err := os.ReadFile(filepath.Join("..", "..", "docs", "commands.md"))
	if err != nil {
		t.Fatal(err)
	}
	var c cli
	parser, err := kong.New(&c, kong.Vars{"version": ""})
	if err != nil {
		t.Fatal(err)
	}
	want := func(s string) {
		if !strings.Contains(string(manual), s) {
			t.Errorf("docs/commands.md does not mention %s", s)
		}
	}
	for _, command := range parser.Model.Children {
		want("parley " + command.Name)
		for _, flag := range command.Flags {
			want("`--" + flag.Name)
		}
	}
	for _, code := range []int{exitOK, exitFailed, exitUsage, exitPartial, exitBelow, exitInterrupted} {
		want("| " + strconv.Itoa(code) + " |")
	}
}

// TestKindsDocumented holds the record's manual against the table of kinds: every value of every closed list.
func TestKindsDocumented(t *testing.T) {
	manual, err := os.ReadFile(filepath.Join("..", "..", "docs", "record.md"))
	if err != nil {
		t.Fatal(err)
	}
	for field, kinds := range record.Kinds() {
		for _, k := range kinds {
			if !strings.Contains(string(manual), k.Name) {
				t.Errorf("docs/record.md does not mention %s, a value of %s", k.Name, field)
			}
		}
	}
	for _, v := range record.Verbs() {
		if !strings.Contains(string(manual), "| `"+v.Name+"` | "+v.Meaning+" |") {
			t.Errorf("docs/record.md does not have the verb %s as it is", v.Name)
		}
	}
}

// TestExamples holds that every command line in the manuals and in the help texts can be read: commands, flags and values
// are those of the program.
func TestExamples(t *testing.T) {
	manuals, err := filepath.Glob(filepath.Join("..", "..", "docs", "*.md"))
	if err != nil || len(manuals) == 0 {
		t.Fatal("no manuals", err)
	}
	var texts []string
	for _, path := range append(manuals, filepath.Join("..", "..", "README.md")) {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(text))
	}
	var c cli
	parser, err := kong.New(&c, kong.Vars{"version": ""}, kong.Exit(func(int) {}))
	if err != nil {
		t.Fatal(err)
	}
	for _, node := range parser.Model.Leaves(true) {
		texts = append(texts, node.Detail)
	}
	t.Chdir(t.TempDir())
	read := 0
	for _, found := range regexp.MustCompile(`(?m)^(?:\s+|.*sudo -u \S+ )(?:bin/)?parley ([a-z].*)$`).FindAllStringSubmatch(strings.Join(texts, "\n"), -1) {
		args := shellWords(found[1])
		for _, arg := range args {
			if slices.Contains([]string{".yaml", ".csv", ".pem", ".key", ".json"}, filepath.Ext(arg)) { // flags want files that are there
				if err := os.MkdirAll(filepath.Dir(filepath.Clean(arg)), 0o755); err == nil && !filepath.IsAbs(arg) {
					_ = os.WriteFile(arg, nil, 0o644)
				}
			}
		}
		if read++; len(args) == 0 {
			continue
		}
		if _, err := parser.Parse(args); err != nil {
			t.Errorf("parley %s: %v", found[1], err)
		}
	}
	if read < 80 {
		t.Errorf("only %d examples found", read)
	}
}

// shellWords are the words of a command line up to a comment, pipe or redirection, as a shell would part them.
func shellWords(line string) []string {
	var words []string
	for _, found := range regexp.MustCompile(`"([^"]*)"|'([^']*)'|(#.*|[|>&].*)|(\S+)`).FindAllStringSubmatch(line, -1) {
		if found[3] != "" {
			break
		}
		words = append(words, found[1]+found[2]+found[4])
	}
	return words
}

// TestPublisherWithComma holds that the name of a publisher is one value, whatever stands in it.
func TestPublisherWithComma(t *testing.T) {
	const name = "Kelm Courier, late edition"
	for _, args := range [][]string{{"search", "a.parley", "word"}, {"statements", "a.parley"}, {"export", "a.parley", "--as", "csv"}} {
		var c cli
		parser, err := kong.New(&c, kong.Vars{"version": ""})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := parser.Parse(append(args, "--publisher", name)); err != nil {
			t.Fatal(err)
		}
		if got := slices.Concat(c.Search.Publisher, c.Statements.Publisher, c.Export.Publisher); !slices.Equal(got, []string{name}) {
			t.Errorf("%s: %q", args[0], got)
		}
	}
}
