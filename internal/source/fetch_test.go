package source

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// anywhere is the hook by which these tests let a fetcher reach the loopback.
func anywhere(netip.AddrPort) error { return nil }

func TestFetchRefusesPrivateAddresses(t *testing.T) {
	asked := false
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked = true }))
	defer server.Close()
	for _, address := range []string{server.URL, strings.Replace(server.URL, "127.0.0.1", "localhost", 1), "http://[::1]:1/", "http://169.254.169.254/latest/", "http://0.0.0.0/"} {
		if _, err := Fetch(t.Context(), address, Options{}); !errors.Is(err, ErrForbidden) {
			t.Errorf("%s: %v", address, err)
		}
	}
	for _, address := range []string{"file:///etc/passwd", "ftp://example.org/x", "https://", "http://me:secret@example.org/", "gopher://example.org", "::", "javascript:alert(1)"} {
		if _, err := Fetch(t.Context(), address, Options{}); !errors.Is(err, ErrForbidden) {
			t.Errorf("%s: %v", address, err)
		}
	}
	if asked {
		t.Error("the server on the loopback was asked")
	}
}

func TestPublicOnly(t *testing.T) {
	for _, address := range []string{
		"127.0.0.1:80", "10.1.2.3:443", "172.16.0.1:80", "192.168.1.1:80", "169.254.169.254:80", "100.64.0.1:80", "0.1.2.3:80", "224.0.0.1:80",
		"255.255.255.255:80", "198.18.0.1:80", "240.0.0.1:80", "[::1]:80", "[::]:80", "[fe80::1]:80", "[fe80::1%eth0]:80", "[fc00::1]:80", "[fd12::1]:80", "[ff02::1]:80",
		"[::ffff:127.0.0.1]:80", "[::ffff:10.0.0.1]:80", "[64:ff9b::7f00:1]:80", "[2002:7f00:1::]:80", "[2001:db8::1]:80", "[::127.0.0.1]:80",
		"8.8.8.8:22", "8.8.8.8:8080",
	} {
		if err := publicOnly(netip.MustParseAddrPort(address)); !errors.Is(err, ErrForbidden) {
			t.Errorf("%s: %v", address, err)
		}
	}
	for _, address := range []string{"8.8.8.8:443", "1.1.1.1:80", "[2606:4700::1111]:443", "[::ffff:8.8.8.8]:80"} {
		if err := publicOnly(netip.MustParseAddrPort(address)); err != nil {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func TestFetch(t *testing.T) {
	mux := http.NewServeMux()
	answer := func(path, contentType, body string) {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", contentType)
			fmt.Fprint(w, body)
		})
	}
	answer("/text", "text/plain; charset=iso-8859-1", "The caf\xe9 at the bridge is open again.")
	answer("/html", "text/html", "<title>Truce</title><p>"+truce)
	answer("/json", "application/json", `{"text":"`+truce+`"}`)
	answer("/image", "image/png", "\x89PNG")
	answer("/empty", "text/plain", "")
	answer("/large", "text/plain", strings.Repeat("The envoys came. ", 100))
	mux.HandleFunc("/moved", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/text", http.StatusFound) })
	mux.HandleFunc("/loop", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop", http.StatusFound) })
	mux.HandleFunc("/away", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "file:///etc/passwd", http.StatusFound)
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	f := newFetcher(anywhere)

	for path, want := range map[string]string{"/text": "The café at the bridge is open again.", "/moved": "The café at the bridge is open again.", "/html": truce, "/json": truce} {
		d, err := f.fetch(t.Context(), server.URL+path, Options{})
		if err != nil || d.Text != want {
			t.Errorf("%s: %v, error %v", path, d, err)
			continue
		}
		if end := strings.Replace(path, "/moved", "/text", 1); d.URL != server.URL+end {
			t.Errorf("%s: the address kept is %s", path, d.URL)
		}
	}
	for path, want := range map[string]error{"/image": ErrAnswer, "/none": ErrAnswer, "/empty": ErrEmpty, "/large": ErrTooLarge, "/loop": ErrAnswer, "/away": ErrForbidden} {
		if _, err := f.fetch(t.Context(), server.URL+path, Options{MaxBytes: 1000}); !errors.Is(err, want) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v, want %v", path, err, want)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := f.fetch(ctx, server.URL+"/text", Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// A redirect to an address that is not allowed is refused at the connection, whatever the name says.
func TestFetchChecksRedirects(t *testing.T) {
	inner := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the inner server was asked") }))
	defer inner.Close()
	outer := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, inner.URL, http.StatusFound) }))
	defer outer.Close()
	gate := netip.MustParseAddrPort(strings.TrimPrefix(outer.URL, "http://"))
	f := newFetcher(func(to netip.AddrPort) error {
		if to == gate {
			return nil
		}
		return publicOnly(to)
	})
	if _, err := f.fetch(t.Context(), outer.URL, Options{}); !errors.Is(err, ErrForbidden) {
		t.Error(err)
	}
}

// Of a feed all entries come, each under its own address.
func TestFetchFeed(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/atom+xml")
		w.Header().Set("Last-Modified", "Mon, 15 Mar 2027 05:00:00 GMT")
		fmt.Fprint(w, sample(t, "atom.xml"))
	}))
	defer server.Close()
	var got []string
	for item, err := range newFetcher(anywhere).items(t.Context(), server.URL, Options{}) {
		if err != nil || item.Fetched.IsZero() || item.Headers["Last-Modified"] == "" {
			t.Errorf("%+v, error %v", item, err)
			continue
		}
		got = append(got, item.Doc.URL+" "+item.Status)
	}
	if diff := cmp.Diff([]string{"https://delta.example/2027/denial ", " canceled"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
