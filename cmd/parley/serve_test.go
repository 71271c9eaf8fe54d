package main

import (
	"fmt"
	"strings"
	"testing"
)

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

func TestProxies(t *testing.T) {
	for _, c := range []struct {
		listen, address string
		trust           []string
		want            string // the networks, or what is wrong
		open            bool   // others reach the port past the proxy
	}{
		{"127.0.0.1:8787", "", nil, "[]", false},
		{"127.0.0.1:8787", "https://desk.example.org", nil, "[127.0.0.0/8 ::1/128]", false},
		{"127.0.0.1:8787", "https://desk.example.org", []string{"10.0.0.5", "fd00::/8", "10.9.8.7/16"}, "[10.0.0.5/32 fd00::/8 10.9.0.0/16]", false},
		{":8787", "https://desk.example.org", nil, "[127.0.0.0/8 ::1/128]", true},
		{":8787", "https://desk.example.org", []string{"the proxy"}, `--trust-proxy: "the proxy" is no address`, true},
		{":8787", "", []string{"10.0.0.5"}, "give --address", false},
	} {
		s := serveCommand{Listen: c.listen, deskFlags: deskFlags{Address: c.address, TrustProxy: c.trust}}
		got, err := s.proxies()
		if err != nil && !strings.Contains(err.Error(), c.want) || err == nil && fmt.Sprint(got) != c.want {
			t.Errorf("%+v: %v, %v", c, got, err)
		}
		if warned := s.openDoor() != ""; warned != c.open {
			t.Errorf("%+v: warned %v", c, warned)
		}
	}
	if door := (&serveCommand{Listen: ":8443", TLSCert: "desk.pem", deskFlags: deskFlags{Address: "https://desk.example.org"}}).openDoor(); door != "" {
		t.Error("with a certificate of its own: ", door)
	}
}
