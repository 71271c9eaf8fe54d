package dial_test

import (
	"errors"
	"net"
	"net/netip"
	"strings"
	"testing"

	"parley/internal/dial"
)

func TestIsPublic(t *testing.T) {
	for address, want := range map[string]bool{
		"93.184.216.34": true, "2606:2800:220:1::1": true,
		"127.0.0.1": false, "10.1.2.3": false, "172.16.0.1": false, "192.168.1.1": false, "169.254.169.254": false, "100.64.0.1": false,
		"0.0.0.0": false, "224.0.0.1": false, "255.255.255.255": false, "::1": false, "fe80::1%eth0": false, "fc00::1": false,
		"::ffff:127.0.0.1": false, "64:ff9b::7f00:1": false, "2002:7f00:1::": false, "::": false,
	} {
		if got := dial.IsPublic(netip.MustParseAddr(address)); got != want {
			t.Errorf("IsPublic(%s) = %v", address, got)
		}
	}
}

// TestDialer refuses by what a name resolves to, before anything is sent.
func TestDialer(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	refused := errors.New("refused here")
	_, port, _ := strings.Cut(ln.Addr().String(), ":")
	d := dial.Dialer(func(to netip.AddrPort) error {
		if !dial.IsPublic(to.Addr()) {
			return refused
		}
		return nil
	})
	if conn, err := d.DialContext(t.Context(), "tcp", "localhost:"+port); !errors.Is(err, refused) {
		t.Errorf("localhost: %v, %v", conn, err)
	}
}
