package serve

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"parley/internal/account"
)

// me is whoever asks.
type me struct {
	Name  string                  `json:"name" doc:"empty without an account"`
	Role  map[string]account.Role `json:"role" doc:"by archive; * is every archive, and the desk itself"`
	Local bool                    `json:"local" doc:"at this machine, where nobody needs an account"`
	Token bool                    `json:"token" doc:"known by an API token"`
	Seen  map[string]time.Time    `json:"seen" doc:"up to when you have looked at what is new, by archive"`
}

// ways are how people come in.
type ways struct {
	Password bool `json:"password" doc:"by name and password"`
	OIDC     bool `json:"oidc" doc:"by an identity provider, at /auth/oidc"`
}

type loginInput struct {
	Body struct {
		Name     string `json:"name" maxLength:"64"`
		Password string `json:"password" maxLength:"512"`
	}
}

type passwordInput struct {
	Body struct {
		Old string `json:"old" maxLength:"512"`
		New string `json:"new" maxLength:"512"`
	}
}

type seenInput struct {
	Body struct {
		Archive string    `json:"archive" maxLength:"200"`
		At      time.Time `json:"at"`
	}
}

type linkInput struct {
	Body struct {
		Token string `json:"token" maxLength:"100" doc:"of the one-time link"`
	}
}

type setupInput struct {
	Body struct {
		Token    string `json:"token" maxLength:"100" doc:"of the one-time link"`
		Name     string `json:"name,omitempty" maxLength:"64" doc:"that the first administrator chooses; others have one"`
		Password string `json:"password" maxLength:"512"`
	}
}

// invitation is whom a one-time link is for.
type invitation struct {
	Name  string `json:"name" doc:"empty for the first administrator, who chooses one"`
	First bool   `json:"first" doc:"it makes the first administrator"`
}

// done is the answer where there is nothing to say.
type done struct {
	Done bool `json:"done"`
}

// at is an operation on the desk itself.
func at(method, id, path, tag, summary string) operation {
	return operation{id: id, method: method, path: "/api/v1" + path, tag: tag, summary: summary}
}

// accountOperations registers what concerns people: who asks, coming in and going, users, grants, tokens.
func (s *Server) accountOperations() {
	serve(s, at(http.MethodGet, "get-me", "/me", "account", "Who you are and what you may do"), s.getMe)
	serve(s, at(http.MethodPut, "set-seen", "/me/seen", "account", "Note up to when you have looked at what is new"), s.setSeen)
	serve(s, at(http.MethodGet, "get-session", "/session", "account", "How one comes in"), s.ways)
	if s.Accounts == nil {
		return
	}
	serve(s, at(http.MethodPut, "set-password", "/me/password", "account", "Change your password; your other sessions end"), s.setPassword)
	serve(s, at(http.MethodPost, "login", "/session", "account", "Come in by name and password"), s.login)
	serve(s, at(http.MethodDelete, "logout", "/session", "account", "Go"), s.logout)
	serve(s, at(http.MethodPost, "check-link", "/setup/check", "account", "Whom a one-time link is for; it still holds afterwards"), s.checkLink)
	serve(s, at(http.MethodPost, "set-up", "/setup", "account", "Set a password by a one-time link, which is used up"), s.setUp)
	s.userOperations()
	s.tokenOperations()
	s.mux.HandleFunc("GET /auth/oidc", s.named("oidc", s.beginOIDC))
	s.mux.HandleFunc("GET "+account.CallbackPath, s.named("oidc", s.finishOIDC))
}

// getMe says who asks. Somebody without an account who may see nothing here has to come in first.
func (s *Server) getMe(ctx context.Context, _ *struct{}) (me, error) {
	who := account.From(ctx)
	out := me{Name: who.Name, Role: map[string]account.Role{}, Local: who.Local, Token: who.Token != "", Seen: map[string]time.Time{}}
	visible := who.Archives(s.names())
	if who.Name == "" && len(visible) == 0 {
		return out, huma.Error401Unauthorized("sign in to see anything here")
	}
	for _, name := range visible {
		out.Role[name] = who.Role(name)
	}
	if role := who.Roles[account.Everywhere]; role > account.None {
		out.Role[account.Everywhere] = role
	}
	if s.Accounts == nil || who.Name == "" {
		return out, nil
	}
	looked, err := s.Accounts.Looked(ctx, who.Name)
	maps.DeleteFunc(looked, func(archive string, _ time.Time) bool { return !who.May(archive, account.Visitor) })
	maps.Copy(out.Seen, looked)
	return out, err
}

func (s *Server) setSeen(ctx context.Context, in *seenInput) (done, error) {
	who := account.From(ctx)
	if _, there := s.archives[in.Body.Archive]; !there || !who.May(in.Body.Archive, account.Visitor) {
		return done{}, huma.Error404NotFound("there is no archive " + in.Body.Archive + " here, or you may not see it")
	}
	if s.Accounts == nil {
		return done{}, huma.Error409Conflict("this desk has no database to keep that in: start it with --desk FILE")
	}
	return done{true}, s.Accounts.Look(ctx, who.Name, in.Body.Archive, in.Body.At)
}

func (s *Server) ways(ctx context.Context, _ *struct{}) (ways, error) {
	local := account.From(ctx).Local
	return ways{Password: !local, OIDC: !local && s.Accounts != nil && s.Accounts.HasOIDC()}, nil
}

func (s *Server) login(ctx context.Context, in *loginInput) (done, error) {
	return s.told(s.Accounts.Login(ctx, in.Body.Name, in.Body.Password, clientIn(ctx)))
}

func (s *Server) logout(ctx context.Context, _ *struct{}) (done, error) {
	return s.told(s.Accounts.Logout(ctx))
}

func (s *Server) setPassword(ctx context.Context, in *passwordInput) (done, error) {
	return s.told(s.Accounts.ChangePassword(ctx, account.From(ctx).Name, in.Body.Old, in.Body.New, clientIn(ctx)))
}

func (s *Server) checkLink(ctx context.Context, in *linkInput) (invitation, error) {
	name, err := s.Accounts.LinkFor(ctx, in.Body.Token)
	_, err = s.told(err)
	return invitation{name, name == ""}, err
}

func (s *Server) setUp(ctx context.Context, in *setupInput) (invitation, error) {
	name, err := s.Accounts.SetUp(ctx, in.Body.Token, in.Body.Name, in.Body.Password)
	_, err = s.told(err)
	return invitation{Name: name}, err
}

// told turns an error of accounts into a problem that whoever asked can do something about.
func (s *Server) told(err error) (done, error) {
	var refused *account.Refused
	var many *account.TooMany
	switch {
	case err == nil:
		return done{true}, nil
	case errors.As(err, &many):
		return done{}, huma.Error429TooManyRequests(many.Error())
	case errors.As(err, &refused):
		return done{}, huma.Error422UnprocessableEntity(refused.Error())
	case errors.Is(err, account.ErrCredentials):
		return done{}, huma.Error401Unauthorized(account.ErrCredentials.Error())
	case errors.Is(err, account.ErrLink):
		return done{}, huma.Error410Gone(account.ErrLink.Error())
	case errors.Is(err, account.ErrNoUser):
		return done{}, huma.Error404NotFound(account.ErrNoUser.Error())
	case errors.Is(err, account.ErrNoToken):
		return done{}, huma.Error404NotFound(account.ErrNoToken.Error())
	}
	return done{}, err
}

// clientKey is the key of a request's client in its context.
type clientKey struct{}

// fromClient puts the client into the context, for operations that count what it does.
func (s *Server) fromClient(ctx huma.Context, next func(huma.Context)) {
	r, _ := humago.Unwrap(ctx)
	next(huma.WithValue(ctx, clientKey{}, s.clientOf(r)))
}

func clientIn(ctx context.Context) string {
	client, _ := ctx.Value(clientKey{}).(string)
	return client
}

// beginOIDC sends a browser to the identity provider.
func (s *Server) beginOIDC(w http.ResponseWriter, r *http.Request) {
	to, err := s.Accounts.LoginOIDC(r.Context(), r.URL.Query().Get("next"))
	s.sendOn(w, r, to, err)
}

// finishOIDC takes a browser back from the identity provider.
func (s *Server) finishOIDC(w http.ResponseWriter, r *http.Request) {
	to, err := s.Accounts.FinishOIDC(r.Context(), r.URL.Query())
	s.sendOn(w, r, to, err)
}

// sendOn sends a browser on, or back to where one comes in. What went wrong there goes into the log, and as a word into
// the address: no text of others stands on that page.
func (s *Server) sendOn(w http.ResponseWriter, r *http.Request, to string, err error) {
	var refused *account.Refused
	switch {
	case errors.As(err, &refused):
		s.Log.WarnContext(r.Context(), "login by identity provider refused", "why", refused.Error())
		to = "/login?problem=refused"
	case err != nil:
		s.Log.ErrorContext(r.Context(), "login by identity provider", "error", err)
		to = "/login?problem=provider"
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
}
