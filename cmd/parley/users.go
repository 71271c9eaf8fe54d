package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"parley/internal/account"
)

// usersCommand is parley users.
type usersCommand struct {
	Desk    string `arg:"" help:"The desk's file, such as crisis.desk."`
	Verb    string `arg:"" optional:"" enum:"list,add,reset,remove,grant" default:"list" help:"list, add, reset, remove or grant."`
	Name    string `arg:"" optional:"" help:"The user; for grant also public: whoever has no account."`
	Role    string `enum:"none,visitor,reader,contributor,reviewer,manager,admin," default:"" placeholder:"ROLE" help:"For add and grant: visitor, reader, contributor, reviewer, manager, admin; none takes it away."`
	Archive string `default:"*" placeholder:"NAME" help:"The archive the role is for, by its short name; * is every archive."`
	Email   string `placeholder:"ADDRESS" help:"For add: by which an identity provider knows the user."`
	Address string `default:"http://127.0.0.1:8787" placeholder:"URL" help:"How browsers reach the desk, for links."`
	Format  string `enum:"text,json" default:"text" short:"f" help:"text or json."`
}

// Help is shown by parley users --help.
func (*usersCommand) Help() string {
	return `Keeps the users of a desk, also while it is served. add and reset print a link by which the user sets a password, once, within
an hour. reset ends the user's password, sessions and tokens; remove lets the user in no more, and keeps the name, which
stands in logs of decisions. A role holds in one archive, or in every one; each role holds those before it:

  visitor      sees, with the names of private persons masked     reviewer  confirms, rejects, sets states
  reader       sees, searches, exports                            manager   merges, splits, withdraws, ingests
  contributor  adds doubts and saved searches                     admin     erases; of every archive: keeps the users

Examples:
  parley users crisis.desk
  parley users crisis.desk add mara --role admin
  parley users crisis.desk add ines --role reviewer --archive crisis --address https://desk.example.org
  parley users crisis.desk grant public --role visitor --archive crisis`
}

// Run does it.
func (c *usersCommand) Run(ctx context.Context, std streams) error {
	if c.Verb != "add" && missing(c.Desk) {
		return hinted{fmt.Errorf("opening the desk %s: %w", c.Desk, fs.ErrNotExist), "parley users " + c.Desk + " add NAME --role admin makes one"}
	}
	if c.Name == "" && c.Verb != "list" {
		return usage("name the user")
	}
	if c.Role == "" && c.Verb == "grant" {
		return usage("say which role: --role reader")
	}
	by, err := decider("")
	if err != nil {
		return err
	}
	db, err := account.Open(ctx, c.Desk)
	if err != nil {
		return err
	}
	defer db.Close()
	accounts, err := account.New(ctx, db, account.Options{})
	if err != nil {
		return err
	}
	name := strings.ToLower(c.Name)
	switch c.Verb {
	case "list":
		return c.list(ctx, std, accounts)
	case "add":
		return c.add(ctx, std, accounts, by, name)
	case "reset":
		secret, err := accounts.Reset(ctx, by, name)
		return c.link(std, name, secret, err)
	case "remove":
		return accounts.Remove(ctx, by, name)
	}
	return c.grant(ctx, accounts, by, name)
}

// add makes a user, with a role if one is given.
func (c *usersCommand) add(ctx context.Context, std streams, accounts *account.Accounts, by, name string) error {
	secret, err := accounts.Add(ctx, by, name, c.Email)
	if err == nil && c.Role != "" {
		err = c.grant(ctx, accounts, by, name)
	}
	return c.link(std, name, secret, err)
}

func (c *usersCommand) grant(ctx context.Context, accounts *account.Accounts, by, name string) error {
	role, err := account.ParseRole(c.Role)
	if err != nil {
		return err
	}
	return accounts.Grant(ctx, by, name, c.Archive, role)
}

// link prints the link of a user.
func (c *usersCommand) link(std streams, name, secret string, err error) error {
	if err != nil {
		return err
	}
	link := strings.TrimSuffix(c.Address, "/") + account.SetupPath(secret)
	if c.Format == "json" {
		return json.NewEncoder(std.out).Encode(map[string]string{"name": name, "setup": link})
	}
	fmt.Fprintf(std.err, "parley: %s sets a password here, once, within an hour:\n", name)
	fmt.Fprintln(std.out, link)
	return nil
}

// list prints the users.
func (c *usersCommand) list(ctx context.Context, std streams, accounts *account.Accounts) error {
	users, err := accounts.Users(ctx)
	if err != nil {
		return err
	}
	if len(users) == 0 {
		fmt.Fprintf(std.err, "parley: nobody yet: parley users %s add NAME --role admin\n", c.Desk)
	}
	for _, u := range users {
		if c.Format == "json" {
			if err := json.NewEncoder(std.out).Encode(u); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(std.out, "%-20s %s\n", u.Name, strings.Join(said(u), ", "))
	}
	return nil
}

// said is what a line says of a user.
func said(u account.User) []string {
	var parts []string
	for _, archive := range slices.Sorted(maps.Keys(u.Roles)) {
		where := archive
		if archive == account.Everywhere {
			where = "every archive"
		}
		parts = append(parts, u.Roles[archive].String()+" of "+where)
	}
	if u.Email != "" {
		parts = append(parts, u.Email)
	}
	switch {
	case u.Name == account.Public:
	case u.Removed:
		parts = append(parts, "removed")
	case !u.Password && u.Email == "":
		parts = append(parts, "no password yet")
	}
	if u.Seen != nil {
		parts = append(parts, "last here "+u.Seen.Format("2006-01-02 15:04"))
	}
	return parts
}
