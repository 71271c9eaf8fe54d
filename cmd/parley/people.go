package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"parley/internal/account"
	"parley/internal/serve"
	"parley/internal/store"
)

// deskFlags say who comes in, and by which door.
type deskFlags struct {
	Desk       string   `placeholder:"FILE" help:"The desk: users, tokens, saved searches, alerts. Without it crisis.desk beside crisis.parley."`
	Accounts   bool     `help:"Ask everybody to sign in, also at this machine. Where nobody can yet, a link for the first administrator is printed."`
	Address    string   `placeholder:"URL" help:"How browsers reach the desk through a proxy that does HTTPS, such as https://desk.example.org."`
	TrustProxy []string `name:"trust-proxy" placeholder:"ADDRESS" help:"Where that proxy is, as an address or a network such as 10.0.0.0/8: who its X-Forwarded-For says is asking is believed. Without it, on this machine."`
	OIDCIssuer string   `name:"oidc-issuer" env:"PARLEY_OIDC_ISSUER" placeholder:"URL" help:"An identity provider (OpenID Connect) by which users can sign in."`
	OIDCClient string   `name:"oidc-client" env:"PARLEY_OIDC_CLIENT" placeholder:"ID" help:"What the provider calls this desk."`
	OIDCSecret string   `name:"oidc-secret" env:"PARLEY_OIDC_SECRET_FILE" type:"existingfile" placeholder:"FILE" help:"A file that holds the client's secret and nothing else."`
}

// openDesk opens the desk's database; nil where nothing can be kept and nobody asked for it.
func (c *serveCommand) openDesk(ctx context.Context, std streams) (*sql.DB, error) {
	path := c.deskPath()
	db, err := account.Open(ctx, path)
	if errors.Is(err, fs.ErrPermission) && !c.Accounts && c.Desk == "" && missing(path) {
		fmt.Fprintln(std.err, "parley: nothing can be kept beside the archive, such as saved searches: give --desk FILE")
		return nil, nil
	}
	return db, err
}

// people sets who may do what: everybody at this machine, or those who have accounts in the desk.
func (c *serveCommand) people(ctx context.Context, std streams, db *sql.DB, cfg *serve.Config) (err error) {
	if db != nil {
		if cfg.Accounts, err = c.accounts(ctx, db, cfg); err != nil {
			return err
		}
		if cfg.Secret, err = cfg.Accounts.Key(ctx, "pseudonyms"); err != nil {
			return err
		}
		if err := cfg.Accounts.Clean(ctx); err != nil {
			return err
		}
		go clean(ctx, cfg)
	}
	there := false
	if cfg.Accounts != nil {
		if there, err = cfg.Accounts.Any(ctx); err != nil {
			return err
		}
	}
	if !there && !c.Accounts && c.here() {
		name, err := decider("")
		cfg.Guard = account.Local{Name: name}
		if cfg.Accounts != nil {
			cfg.Guard = account.NewUntilUsers(name, cfg.Accounts)
		}
		return err
	}
	if err := c.safe(there); err != nil {
		return err
	}
	if warning := c.openDoor(); warning != "" {
		fmt.Fprintln(std.err, "parley: "+warning)
	}
	cfg.Guard = cfg.Accounts
	return c.firstAdmin(ctx, std, cfg)
}

// safe says why a desk cannot be reached from other machines as the flags have it. there says whether it has users.
func (c *serveCommand) safe(there bool) error {
	switch {
	case !there && !c.Accounts:
		return coded{hinted{fmt.Errorf("%s can be reached from other machines, and this desk has no accounts", c.door()),
			"add --accounts, which prints a link for the first administrator, or make one with parley users " + c.deskPath() + " add NAME --role admin"}, exitUsage}
	case !c.here() && !c.secure() && !account.Loopback(hostOf(c.Address)):
		return coded{hinted{fmt.Errorf("passwords would go to %s in the clear", c.door()),
			"give --tls-cert and --tls-key, or --address https://… where a proxy does HTTPS"}, exitUsage}
	}
	return nil
}

// firstAdmin prints a link for the first administrator, where there is none.
func (c *serveCommand) firstAdmin(ctx context.Context, std streams, cfg *serve.Config) error {
	secret, err := cfg.Accounts.FirstAdmin(ctx)
	var has *account.Refused
	if errors.As(err, &has) {
		return nil
	}
	if err == nil {
		fmt.Fprintf(std.err, "parley: the first administrator sets a password at %s, once, within an hour\n", c.base()+account.SetupPath(secret))
	}
	return err
}

// accounts opens the accounts of a desk as the flags want them.
func (c *serveCommand) accounts(ctx context.Context, db *sql.DB, cfg *serve.Config) (_ *account.Accounts, err error) {
	if cfg.Proxies, err = c.proxies(); err != nil {
		return nil, err
	}
	opt := account.Options{Secure: c.secure(), Log: cfg.Log}
	if c.OIDCIssuer != "" || c.OIDCClient != "" || c.OIDCSecret != "" {
		secret, err := os.ReadFile(c.OIDCSecret)
		if err != nil {
			return nil, usage("reading the secret of --oidc-secret: %w", err)
		}
		opt.OIDC = &account.OIDC{Issuer: c.OIDCIssuer, ClientID: c.OIDCClient, Secret: strings.TrimSpace(string(secret)), Address: c.base()}
	}
	return account.New(ctx, db, opt)
}

// proxies are the addresses of the proxies that are believed: none where no proxy stands in front.
func (c *serveCommand) proxies() ([]netip.Prefix, error) {
	trust := c.TrustProxy
	switch {
	case c.Address == "" && len(trust) > 0:
		return nil, usage("--trust-proxy is for a desk behind a proxy: give --address, how browsers reach it")
	case c.Address == "":
		return nil, nil
	case len(trust) == 0:
		trust = []string{"127.0.0.0/8", "::1/128"}
	}
	var out []netip.Prefix
	for _, one := range trust {
		network, err := netip.ParsePrefix(one)
		if ip, single := netip.ParseAddr(one); single == nil {
			network, err = ip.Prefix(ip.BitLen())
		}
		if err != nil {
			return nil, usage("--trust-proxy: %q is no address and no network: give one such as 10.0.0.5 or 10.0.0.0/8", one)
		}
		out = append(out, network.Masked())
	}
	return out, nil
}

// openDoor says what is wrong with a port that others reach past the proxy; empty: they do not.
func (c *serveCommand) openDoor() string {
	if c.Address == "" || c.TLSCert != "" || account.Loopback(c.Listen) {
		return ""
	}
	return "other machines can reach " + c.Listen + " past the proxy, where passwords go in the clear: let a firewall keep them out, or listen at 127.0.0.1"
}

// door is by which address other machines come.
func (c *serveCommand) door() string {
	if c.Address != "" {
		return c.Address
	}
	return c.Listen
}

// here says whether only this machine can reach the desk.
func (c *serveCommand) here() bool { return account.Loopback(c.Listen) && c.Address == "" }

// secure says whether browsers come by HTTPS.
func (c *serveCommand) secure() bool {
	return c.TLSCert != "" || strings.HasPrefix(c.Address, "https://")
}

// base is the address that links to the desk begin with.
func (c *serveCommand) base() string {
	if c.Address != "" {
		return strings.TrimSuffix(c.Address, "/")
	}
	host, port, err := net.SplitHostPort(c.Listen)
	if ip := net.ParseIP(host); err == nil && (host == "" || ip != nil && ip.IsUnspecified()) {
		if name, err := os.Hostname(); err == nil {
			host = name
		}
	}
	at := url.URL{Scheme: "http", Host: net.JoinHostPort(host, port)}
	if c.TLSCert != "" {
		at.Scheme = "https"
	}
	return at.String()
}

// deskPath is the file of the desk: beside the first archive, unless another is given.
func (c *serveCommand) deskPath() string {
	if c.Desk != "" {
		return c.Desk
	}
	first := c.Archive[0]
	if store.IsAddress(first) {
		return shortName(first) + ".desk"
	}
	return strings.TrimSuffix(first, filepath.Ext(first)) + ".desk"
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Host
}

func missing(path string) bool {
	_, err := os.Lstat(path)
	return errors.Is(err, fs.ErrNotExist)
}

// clean forgets what is over, once an hour, until ctx ends.
func clean(ctx context.Context, cfg *serve.Config) {
	tick := time.NewTicker(time.Hour)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if err := cfg.Accounts.Clean(ctx); err != nil && ctx.Err() == nil {
			cfg.Log.Error("clearing the desk", "error", err)
		}
	}
}
