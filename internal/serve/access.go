package serve

import (
	"maps"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/account"
)

// scope is what an operation's role is asked of.
type scope int

const (
	open    scope = iota // nobody is asked
	archive              // the archive in the address
	whole                // the whole desk: every archive
	person               // nothing but an account is needed
	browser              // an account, and no token in its place
	keeper               // the whole desk, and no token in an account's place
)

// need is who may call an operation.
type need struct {
	scope scope
	role  account.Role
}

// signedIn says whether a token is not enough.
func (n need) signedIn() bool { return n.scope == browser || n.scope == keeper }

// lets says whether somebody may call the operation in an archive.
func (n need) lets(who account.Who, name string) bool {
	switch n.scope {
	case open:
		return true
	case person, browser:
		return who.Name != "" && (n.scope == person || who.Token == "")
	case archive:
		return who.May(name, n.role)
	case keeper:
		return who.Token == "" && who.May(account.Everywhere, n.role)
	}
	return who.May(account.Everywhere, n.role)
}

// String says who may, for the documentation; empty: everybody.
func (n need) String() string {
	switch n.scope {
	case open:
		return ""
	case person:
		return "Needs an account."
	case browser:
		return "Needs a login; a token is not enough."
	case archive:
		return "Needs the role " + n.role.String() + " in the archive."
	case keeper:
		return "Needs the role " + n.role.String() + " in every archive, and a login; a token is not enough."
	}
	return "Needs the role " + n.role.String() + " in every archive."
}

// access says for every operation, by its id, who may call it. Nothing is served that is not in it.
func access() map[string]need {
	table := accessOfArchives()
	maps.Copy(table, accessOfPeople())
	return table
}

// accessOfArchives is the part about archives.
func accessOfArchives() map[string]need {
	return map[string]need{
		"list-archives": {open, account.None}, // those the asker may see
		"get-archive":   {archive, account.Visitor},

		"list-articles":       {archive, account.Visitor},
		"get-article":         {archive, account.Visitor},
		"get-article-raw":     {archive, account.Reader},
		"get-article-receipt": {archive, account.Reader},

		"list-entries":        {archive, account.Visitor},
		"list-statements":     {archive, account.Visitor},
		"list-events":         {archive, account.Visitor},
		"list-commitments":    {archive, account.Visitor},
		"list-contacts":       {archive, account.Visitor},
		"list-figures":        {archive, account.Visitor},
		"list-agreements":     {archive, account.Visitor},
		"list-places":         {archive, account.Visitor},
		"get-entry":           {archive, account.Visitor},
		"trace-entry":         {archive, account.Reader},
		"list-links-of-entry": {archive, account.Visitor},

		"list-contradictions": {archive, account.Visitor},
		"get-link":            {archive, account.Visitor},
		"get-origin":          {archive, account.Visitor},

		"get-facets":           {archive, account.Visitor},
		"get-contact-matrix":   {archive, account.Visitor},
		"get-figure-series":    {archive, account.Visitor},
		"get-commitment-board": {archive, account.Visitor},
		"get-today":            {archive, account.Visitor},
		"list-ceasefires":      {archive, account.Visitor},
		"get-ceasefire":        {archive, account.Visitor},
		"search":               {archive, account.Reader}, // words would find out names that are masked
		"review":               {archive, account.Reader},
		"list-actors":          {archive, account.Visitor},
		"get-actor":            {archive, account.Visitor},

		"list-decisions": {archive, account.Reader},
		"decide":         {archive, account.Contributor}, // and deciders, by verb
		"list-changes":   {archive, account.Reader},
		"follow-changes": {archive, account.Reader},
		"export":         {archive, account.Reader},
	}
}

// accessOfPeople is the part about people, and what they keep for themselves.
func accessOfPeople() map[string]need {
	return map[string]need{
		"get-me":       {open, account.None}, // who may see nothing at all is asked to come in
		"set-seen":     {person, account.None},
		"get-session":  {open, account.None},
		"login":        {open, account.None},
		"logout":       {browser, account.None},
		"set-password": {browser, account.None},
		"check-link":   {open, account.None}, // the link is the proof
		"set-up":       {open, account.None}, // the link is the proof
		"list-tokens":  {browser, account.None},
		"make-token":   {browser, account.None}, // for no more than its maker may
		"revoke-token": {browser, account.None}, // one's own
		"list-users":   {whole, account.Admin},
		"add-user":     {keeper, account.Admin}, // who has a token of an administrator must not make a way in that outlives it
		"reset-user":   {keeper, account.Admin},
		"remove-user":  {keeper, account.Admin},
		"grant":        {keeper, account.Admin},

		"list-searches":   {person, account.None}, // one's own
		"save-search":     {person, account.None}, // and mayKeep, by archive
		"change-search":   {person, account.None},
		"delete-search":   {person, account.None},
		"list-rules":      {person, account.None},
		"add-rule":        {person, account.None}, // and mayKeep, by archive
		"change-rule":     {person, account.None}, // and mayKeep, by archive
		"delete-rule":     {person, account.None},
		"test-rule":       {person, account.None}, // and mayKeep, by archive
		"list-alerts":     {person, account.None},
		"list-deliveries": {person, account.None},

		"metrics": {whole, account.Reader},
	}
}

// deciders says who may decide what, by verb.
func deciders() map[string]account.Role {
	return map[string]account.Role{
		"doubt":   account.Contributor,
		"confirm": account.Reviewer, "reject": account.Reviewer, "clear": account.Reviewer, "state": account.Reviewer,
		"seen": account.Reviewer, "checked": account.Reviewer, "attributed": account.Reviewer,
		"merge": account.Manager, "split": account.Manager, "same_origin": account.Manager, "own_origin": account.Manager,
		"withdraw": account.Manager, "restore": account.Manager,
		"erase": account.Admin,
	}
}

// allow lets through who may call the operation. An archive that somebody may not see is not there for them.
func (s *Server) allow(n need) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		who, name := account.From(ctx.Context()), ctx.Param("archive")
		if n.scope == archive {
			if _, there := s.archives[name]; !there || !who.May(name, account.Visitor) {
				s.problem(ctx, http.StatusNotFound, "there is no archive "+name+" here, or you may not see it")
				return
			}
		}
		switch {
		case n.lets(who, name):
			next(ctx)
		case who.Name == "":
			s.problem(ctx, http.StatusUnauthorized, "sign in, or send an API token, to do this")
		case n.signedIn() && who.Token != "":
			s.problem(ctx, http.StatusForbidden, "this needs a login; a token is not enough")
		default:
			s.problem(ctx, http.StatusForbidden, "this needs the role "+n.role.String()+"; ask an administrator of the desk for it")
		}
	}
}
