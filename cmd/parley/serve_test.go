package main

import "testing"

func TestShortName(t *testing.T) {
	for path, want := range map[string]string{
		"/data/crisis.parley":                              "crisis",
		"crisis.v2.parley":                                 "crisis.v2",
		"postgres://ida@db.example/crisis":                 "crisis",
		"postgresql://ida:swordfish@db.example:5432/a1":    "a1",
		"postgres://ida@db.example/crisis?search_path=x/y": "crisis",
		"postgres://ida:swordfish@db.example":              "archive",
		"postgres://ida:swordfish@db.example/":             "archive",
		"postgres://ida:sword%zzfish@db.example":           "archive",
		"postgres://ida:sword/fish@db.example":             "archive",
		"postgres://ida:sword?fish@db.example":             "archive",
	} {
		if got := shortName(path); got != want {
			t.Errorf("%s is called %q, not %q", path, got, want)
		}
	}
}
