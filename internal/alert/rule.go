package alert

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"net/mail"
	"net/url"
	"slices"
	"strings"
	"time"

	"parley/internal/record"
)

// The kinds of rule.
const (
	Actor         = "actor"         // somebody says something, or is spoken about
	Act           = "act"           // a statement or event with a label
	Due           = "due"           // a commitment falls due within some days
	Broken        = "broken"        // a commitment is broken, or an article says so
	Contradiction = "contradiction" // two things that cannot both be so
	Ceasefire     = "ceasefire"     // the state of a ceasefire changed
	Jump          = "figure"        // one giver's figure for one thing is far from the one before
	Free          = "search"        // a search finds something new
)

// RuleKinds are the kinds of rule and what each tells of.
func RuleKinds() []record.Kind {
	return []record.Kind{
		{Name: Actor, Meaning: "somebody says something, or is spoken about"}, {Name: Act, Meaning: "a statement or event of a kind"},
		{Name: Due, Meaning: "a commitment falls due"}, {Name: Broken, Meaning: "a commitment is broken"},
		{Name: Contradiction, Meaning: "two things that cannot both be so"}, {Name: Ceasefire, Meaning: "the state of a ceasefire changed"},
		{Name: Jump, Meaning: "a figure jumped"}, {Name: Free, Meaning: "a search finds something new"},
	}
}

// Rule says what to tell, when, and to whom.
type Rule struct {
	ID        string    `json:"id"`
	Owner     string    `json:"owner"`
	Archive   string    `json:"archive" doc:"short name of the archive"`
	Name      string    `json:"name"`
	Kind      string    `json:"kind" enum:"actor,act,due,broken,contradiction,ceasefire,figure,search"`
	Terms     Terms     `json:"terms" doc:"narrows it; for a contradiction labels are its types"`
	Days      int       `json:"days,omitempty" doc:"due: tell this many days before"`
	Factor    float64   `json:"factor,omitempty" doc:"figure: at least this many times the one before, or one part in so many"`
	Amount    float64   `json:"amount,omitempty" doc:"figure: at least this far from the one before"`
	Ceasefire string    `json:"ceasefire,omitempty" doc:"ceasefire: its id; empty: all"`
	Wait      int       `json:"wait,omitempty" doc:"minutes to gather findings before they are told; 0: 1"`
	Quiet     int       `json:"quiet,omitempty" doc:"minutes between two messages at least; 0: 15"`
	Lasts     int       `json:"lasts,omitempty" doc:"hours after which an alert with nothing new is over; 0: 24"`
	Off       bool      `json:"off,omitempty" doc:"not evaluated; turned on again, it looks at what arrives from then on"`
	Channels  []Channel `json:"channels" doc:"where messages go"`
	Created   time.Time `json:"created"`
	Fault     string    `json:"fault,omitempty" doc:"why the last evaluation failed"`
}

// Channel is where the messages of a rule go.
type Channel struct {
	ID   string `json:"id,omitempty"`
	Kind string `json:"kind" enum:"webhook,email,atom"`
	To   string `json:"to,omitempty" doc:"webhook: an address that begins with https://; email: a mail address"`
	// Secret is what a webhook's messages are signed with, and what stands in a feed's address.
	Secret string `json:"secret,omitempty"`
}

// The kinds of channel.
const (
	Webhook = "webhook"
	Email   = "email"
	Atom    = "atom"
)

const maxChannels = 5

// minutes and hours with their defaults.
func (r *Rule) wait() time.Duration  { return time.Duration(orElse(r.Wait, 1)) * time.Minute }
func (r *Rule) quiet() time.Duration { return time.Duration(orElse(r.Quiet, 15)) * time.Minute }
func (r *Rule) lasts() time.Duration { return time.Duration(orElse(r.Lasts, 24)) * time.Hour }

func orElse(n, usual int) int {
	if n == 0 {
		return usual
	}
	return n
}

// kinds are the entries that a rule is about where its terms do not say.
func (r *Rule) kinds() []string {
	switch r.Kind {
	case Actor:
		return []string{"statement"}
	case Act:
		return []string{"statement", "event"}
	case Due, Broken:
		return []string{"commitment"}
	case Jump:
		return []string{"figure"}
	case Free:
		return []string{"statement", "event", "commitment", "contact", "figure", "agreement"}
	}
	return nil
}

// check says what is wrong with a rule, in words for whoever wrote it.
func (r *Rule) check() error {
	bad := func(format string, args ...any) error {
		return fmt.Errorf("%s: %w", fmt.Sprintf(format, args...), ErrInvalid)
	}
	if strings.TrimSpace(r.Name) == "" || r.Archive == "" {
		return bad("a rule needs a name and an archive")
	}
	if err := errors.Join(checkText(r.Name, maxName), checkText(r.Archive, maxName)); err != nil {
		return err
	}
	if err := r.Terms.check(); err != nil {
		return err
	}
	t := &r.Terms
	if t.From != "" || t.To != "" || t.Article != "" || t.Origin != "" || t.Verdict != "" || t.All {
		return bad("a rule looks at what arrives: from, to, article, origin, verdict and all do not go with it")
	}
	switch {
	case !slices.ContainsFunc(RuleKinds(), func(k record.Kind) bool { return k.Name == r.Kind }):
		return bad("%q is no kind of rule", r.Kind)
	case r.Kind == Actor && len(t.Actors) == 0:
		return bad("who? give an actor")
	case t.Role == about && (len(t.Kinds) > 1 || r.Kind != Actor || len(t.Kinds) == 1 && t.Kinds[0] != "statement"):
		return bad("about is a role in statements, for rules about an actor")
	case r.Kind == Act && len(t.Labels) == 0:
		return bad("which act? give a label")
	case r.Kind == Free && t.empty():
		return bad("a search for nothing in particular would find everything")
	case r.Kind == Due && (r.Days < 1 || r.Days > 365):
		return bad("days is not between 1 and 365")
	case r.Kind == Jump && !(r.Factor > 1 || r.Amount > 0):
		return bad("give a factor above 1 or an amount above 0")
	case r.Wait < 0 || r.Wait > 1440 || r.Quiet < 0 || r.Quiet > 10080 || r.Lasts < 0 || r.Lasts > 8760:
		return bad("wait is at most 1440 minutes, quiet 10080 minutes, lasts 8760 hours")
	case len(r.Channels) > maxChannels:
		return bad("more than %d channels", maxChannels)
	}
	return checkText(r.Ceasefire, maxName)
}

// prepare checks a channel and gives it an id and a secret where it has none.
func (c *Channel) prepare(private bool) error {
	switch c.Kind {
	case Webhook:
		if err := checkHook(c.To, private); err != nil {
			return err
		}
	case Email:
		if a, err := mail.ParseAddress(c.To); err != nil || a.Address != c.To || len(c.To) > 254 || strings.ContainsFunc(c.To, hidden) {
			return fmt.Errorf("%q is no mail address: %w", c.To, ErrInvalid)
		}
	case Atom:
		c.To = ""
	default:
		return fmt.Errorf("%q is no kind of channel: %w", c.Kind, ErrInvalid)
	}
	if c.ID == "" {
		c.ID, c.Secret = "ch-"+rand.Text()[:12], ""
	}
	switch {
	case c.Secret != "" || c.Kind == Email:
	case c.Kind == Webhook:
		key := make([]byte, 24)
		rand.Read(key) // never fails
		c.Secret = hookPrefix + base64.StdEncoding.EncodeToString(key)
	default:
		c.Secret = strings.ToLower(rand.Text())
	}
	return nil
}

// checkHook refuses an address by its form; where its name leads is checked when it is called.
func checkHook(address string, private bool) error {
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Hostname() == "" || len(address) > 2000 || strings.ContainsFunc(address, hidden):
		return fmt.Errorf("%q is no web address: %w", address, ErrInvalid)
	case u.Scheme != "https" && !(private && u.Scheme == "http"):
		return fmt.Errorf("a webhook's address begins with https://: %w", ErrInvalid)
	case u.User != nil || u.Fragment != "":
		return fmt.Errorf("a webhook's address holds no user, password or fragment: %w", ErrInvalid)
	}
	return nil
}
