package main

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"parley/internal/record"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"parley": main})
}

// TestScripts runs testdata/script/*.txtar, which are also the manual of each command.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/script", RequireExplicitExec: true, Cmds: map[string]func(*testscript.TestScript, bool, []string){
		"exits": exits,
	}})
}

// exits runs parley and wants an exit code: exits CODE ARGS…
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: exits CODE ARGS…")
	}
	out, errOut := &capture{}, &capture{}
	dir, err := os.Getwd()
	ts.Check(err)
	ts.Check(os.Chdir(ts.MkAbs(".")))
	code := run(args[1:], streams{os.Stdin, out, errOut})
	ts.Check(os.Chdir(dir))
	ts.Logf("%s%s", out.b, errOut.b)
	ts.Check(os.WriteFile(ts.MkAbs("stderr"), errOut.b, 0o644))
	if want := args[0]; want != itoa(code) {
		ts.Fatalf("exit code %d, want %s", code, want)
	}
}

type capture struct{ b []byte }

func (c *capture) Write(p []byte) (int, error) { c.b = append(c.b, p...); return len(p), nil }

func itoa(n int) string {
	if n >= 10 {
		return itoa(n/10) + string(rune('0'+n%10))
	}
	return string(rune('0' + n))
}

func checkRecord(rec *record.Record) []error { return record.Check(rec) }
