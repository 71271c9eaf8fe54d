package serve

import (
	"context"
	"net/http"
	"strings"
	"time"

	"parley/internal/account"
)

type userList struct {
	Users []account.User `json:"users" doc:"by name; public is whoever has no account"`
}

// invited is a user with the link that lets them set a password. It is shown once.
type invited struct {
	Name    string `json:"name"`
	Setup   string `json:"setup" doc:"the address of the one-time link, at this server; it holds for an hour"`
	Expires string `json:"expires"`
}

type addInput struct {
	Body struct {
		Name  string `json:"name" minLength:"1" maxLength:"64"`
		Email string `json:"email,omitempty" maxLength:"254" doc:"by which an identity provider knows them"`
	}
}

type userInput struct {
	Name string `path:"name" maxLength:"64"`
}

type grantInput struct {
	Name    string `path:"name" maxLength:"64" doc:"a user; or public: whoever has no account"`
	Archive string `path:"archive" maxLength:"200" doc:"an archive; or *: every archive"`
	Body    struct {
		Role string `json:"role" enum:"none,visitor,reader,contributor,reviewer,manager,admin"`
	}
}

func (s *Server) userOperations() {
	serve(s, at(http.MethodGet, "list-users", "/users", "users", "The users and their roles"), s.users)
	serve(s, at(http.MethodPost, "add-user", "/users", "users", "Add a user; the answer has the link to set a password with"), s.addUser)
	serve(s, at(http.MethodPost, "reset-user", "/users/{name}/link", "users", "End a user's password, sessions and tokens; the answer has a new link"), s.resetUser)
	serve(s, at(http.MethodDelete, "remove-user", "/users/{name}", "users", "Let a user in no more; the name stays taken"), s.removeUser)
	serve(s, at(http.MethodPut, "grant", "/users/{name}/archives/{archive}", "users", "Give a user a role in an archive; none takes it away"), s.grant)
}

func (s *Server) users(ctx context.Context, _ *struct{}) (userList, error) {
	users, err := s.Accounts.Users(ctx)
	return userList{users}, err
}

func (s *Server) addUser(ctx context.Context, in *addInput) (invited, error) {
	secret, err := s.Accounts.Add(ctx, account.From(ctx).Name, in.Body.Name, in.Body.Email)
	return s.invite(in.Body.Name, secret, err)
}

func (s *Server) resetUser(ctx context.Context, in *userInput) (invited, error) {
	secret, err := s.Accounts.Reset(ctx, account.From(ctx).Name, in.Name)
	return s.invite(in.Name, secret, err)
}

func (s *Server) invite(name, secret string, err error) (invited, error) {
	if _, err := s.told(err); err != nil {
		return invited{}, err
	}
	return invited{strings.ToLower(strings.TrimSpace(name)), account.SetupPath(secret), s.Now().Add(account.LinkHolds).UTC().Format(time.RFC3339)}, nil
}

func (s *Server) removeUser(ctx context.Context, in *userInput) (done, error) {
	return s.told(s.Accounts.Remove(ctx, account.From(ctx).Name, in.Name))
}

func (s *Server) grant(ctx context.Context, in *grantInput) (done, error) {
	role, err := account.ParseRole(in.Body.Role)
	if err != nil {
		return done{}, err
	}
	return s.told(s.Accounts.Grant(ctx, account.From(ctx).Name, in.Name, in.Archive, role))
}

type tokenList struct {
	Tokens []account.Token `json:"tokens" doc:"newest first"`
}

// madeToken is a token with its secret, which is shown this once.
type madeToken struct {
	Token  account.Token `json:"token"`
	Secret string        `json:"secret" doc:"send it as Authorization: Bearer …"`
}

type tokenInput struct {
	Body struct {
		Label    string   `json:"label" minLength:"1" maxLength:"100" doc:"what it is for"`
		Archives []string `json:"archives" minItems:"1" maxItems:"100" nullable:"false" doc:"only of these; * for all of yours"`
		Role     string   `json:"role" enum:"visitor,reader,contributor,reviewer,manager,admin" doc:"at most"`
		Days     int      `json:"days,omitempty" minimum:"1" maximum:"366" doc:"that it holds; 90 if not given"`
	}
}

type tokenIDInput struct {
	ID string `path:"id" maxLength:"40"`
}

func (s *Server) tokenOperations() {
	serve(s, at(http.MethodGet, "list-tokens", "/tokens", "account", "Your API tokens"), s.tokens)
	serve(s, at(http.MethodPost, "make-token", "/tokens", "account", "Make an API token; its secret is shown this once"), s.makeToken)
	serve(s, at(http.MethodDelete, "revoke-token", "/tokens/{id}", "account", "End an API token"), s.revokeToken)
}

func (s *Server) tokens(ctx context.Context, _ *struct{}) (tokenList, error) {
	tokens, err := s.Accounts.Tokens(ctx, account.From(ctx).Name)
	return tokenList{tokens}, err
}

func (s *Server) makeToken(ctx context.Context, in *tokenInput) (madeToken, error) {
	role, err := account.ParseRole(in.Body.Role)
	if err != nil {
		return madeToken{}, err
	}
	want := account.Token{Label: in.Body.Label, Archives: in.Body.Archives, Role: role}
	if in.Body.Days > 0 {
		expires := s.Now().AddDate(0, 0, in.Body.Days).UTC()
		want.Expires = &expires
	}
	token, secret, err := s.Accounts.NewToken(ctx, account.From(ctx), want)
	_, err = s.told(err)
	return madeToken{token, secret}, err
}

func (s *Server) revokeToken(ctx context.Context, in *tokenIDInput) (done, error) {
	return s.told(s.Accounts.Revoke(ctx, account.From(ctx).Name, in.ID))
}
