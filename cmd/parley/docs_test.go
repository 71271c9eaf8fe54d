package main

import (
	"os"
	"path/filepath"
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
