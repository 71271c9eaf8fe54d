package main

import (
	"context"
	"database/sql"
	"net"
	"os"
	"strconv"
	"strings"
	"sync"

	"parley/internal/account"
	"parley/internal/alert"
	"parley/internal/record"
	"parley/internal/serve"
)

// alertFlags say how alerts leave the desk.
type alertFlags struct {
	SMTP            string `name:"smtp" env:"PARLEY_SMTP" placeholder:"HOST:PORT" help:"The mail server that alerts go through by e-mail."`
	SMTPFrom        string `name:"smtp-from" env:"PARLEY_SMTP_FROM" placeholder:"ADDRESS" help:"The mail address that they come from."`
	SMTPUser        string `name:"smtp-user" env:"PARLEY_SMTP_USER" placeholder:"NAME" help:"The name to log in with."`
	SMTPPassword    string `name:"smtp-password" env:"PARLEY_SMTP_PASSWORD_FILE" type:"existingfile" placeholder:"FILE" help:"A file that holds the password and nothing else."`
	SMTPTLS         string `name:"smtp-tls" enum:"starttls,tls,none" default:"starttls" help:"starttls (port 587), tls (port 465), or none, for a server on this machine."`
	PrivateWebhooks bool   `name:"private-webhooks" help:"Let webhooks lead into private networks, and be http://. Only where all users are trusted."`
}

// alerts are the desk's rules and what they found; the runner that evaluates them is nil where nothing can be kept.
func (c *serveCommand) alerts(ctx context.Context, db *sql.DB, cfg *serve.Config) (*alert.Runner, error) {
	mail, err := c.mail()
	if err != nil || db == nil {
		return nil, err
	}
	kept, err := alert.Open(ctx, db, alert.Options{Private: c.PrivateWebhooks})
	if err != nil {
		return nil, err
	}
	archives := map[string]record.Reader{}
	for _, a := range cfg.Archives {
		archives[a.Name] = a.Archive
	}
	access := alert.Access{Archives: func(name string) (record.Reader, bool) { in, ok := archives[name]; return in, ok }}
	if cfg.Accounts != nil {
		access.May = func(ctx context.Context, owner, archive string) bool {
			may, err := ownerMay(ctx, cfg, owner, archive)
			if err != nil && ctx.Err() == nil {
				cfg.Log.Error("asking what the owner of a rule may see", "error", err)
			}
			return may
		}
	}
	cfg.Alerts = alert.NewSender(alert.Composer{Store: kept, Access: access, Base: c.base()}, mail)
	return &alert.Runner{Engine: &alert.Engine{Store: kept, Access: access}, Sender: cfg.Alerts, Log: cfg.Log}, nil
}

// ownerMay says whether the owner of a rule may read an archive: the person at this machine, where there are no users.
func ownerMay(ctx context.Context, cfg *serve.Config, owner, archive string) (bool, error) {
	if until, ok := cfg.Guard.(*account.UntilUsers); ok {
		if there, err := until.Users(ctx); err != nil || !there {
			return err == nil, err
		}
	}
	return cfg.Accounts.May(ctx, owner, archive, account.Reader)
}

// alongside serves, with the runner at work beside it until serving ends.
func alongside(ctx context.Context, runner *alert.Runner, s *serve.Server, listen func(context.Context) error) error {
	if runner == nil {
		return listen(ctx)
	}
	runner.Engine.Ceasefires = s.CeasefireStates
	ctx, stop := context.WithCancel(ctx)
	var working sync.WaitGroup
	working.Go(func() { runner.Run(ctx) })
	err := listen(ctx)
	stop()
	working.Wait()
	return err
}

// mail is the server that alerts go through; nil: there is none.
func (c *serveCommand) mail() (*alert.Mail, error) {
	if c.SMTP == "" {
		return nil, nil
	}
	host, port, err := net.SplitHostPort(c.SMTP)
	if err != nil {
		return nil, usage("--smtp wants HOST:PORT, such as mail.example.org:587: %w", err)
	}
	m := &alert.Mail{Host: host, User: c.SMTPUser, From: c.SMTPFrom, TLS: c.SMTPTLS}
	if m.Port, err = strconv.Atoi(port); err != nil {
		return nil, usage("--smtp wants a number as its port, such as mail.example.org:587")
	}
	if c.SMTPPassword != "" {
		password, err := os.ReadFile(c.SMTPPassword)
		if err != nil {
			return nil, usage("reading the password of --smtp-password: %w", err)
		}
		m.Password = strings.TrimSpace(string(password))
	}
	if err := m.Check(); err != nil {
		return nil, usage("mail through %s: %w", c.SMTP, err)
	}
	return m, nil
}
