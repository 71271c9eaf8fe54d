package serve

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/account"
	"parley/internal/alert"
	"parley/internal/ceasefire"
	"parley/internal/desk"
	"parley/internal/record"
)

// savedInput is a search to keep.
type savedInput struct {
	Body struct {
		Name    string      `json:"name" minLength:"1" maxLength:"200"`
		Archive string      `json:"archive" maxLength:"200"`
		Terms   alert.Terms `json:"terms"`
		Page    string      `json:"page,omitempty" enum:",statements,events,commitments,contacts,figures,contradictions,search" doc:"the page it is of"`
		Query   string      `json:"query,omitempty" maxLength:"2000" doc:"the parameters of the page, to open it as it was: label=deny&view=time"`
	}
}

// ruleBody is a rule as somebody writes it.
type ruleBody struct {
	Name      string        `json:"name" minLength:"1" maxLength:"200"`
	Archive   string        `json:"archive" maxLength:"200"`
	Kind      string        `json:"kind" enum:"actor,act,due,broken,contradiction,ceasefire,figure,search"`
	Terms     alert.Terms   `json:"terms,omitempty" doc:"narrows it; for a contradiction labels are its types"`
	Days      int           `json:"days,omitempty" doc:"due: tell this many days before"`
	Factor    float64       `json:"factor,omitempty" doc:"figure: at least this many times the one before, or one part in so many"`
	Amount    float64       `json:"amount,omitempty" doc:"figure: at least this far from the one before"`
	Ceasefire string        `json:"ceasefire,omitempty" doc:"ceasefire: its id; none: all"`
	Wait      int           `json:"wait,omitempty" doc:"minutes to gather findings before they are told; 0: 1"`
	Quiet     int           `json:"quiet,omitempty" doc:"minutes between two messages at least; 0: 15"`
	Lasts     int           `json:"lasts,omitempty" doc:"hours after which an alert with nothing new is over; 0: 24"`
	Off       bool          `json:"off,omitempty" doc:"not evaluated"`
	Channels  []channelBody `json:"channels,omitempty" maxItems:"5"`
}

type channelBody struct {
	ID   string `json:"id,omitempty" doc:"of a channel the rule has; none: a new one, whose secret is in the answer"`
	Kind string `json:"kind" enum:"webhook,email,atom"`
	To   string `json:"to,omitempty" maxLength:"2000" doc:"webhook: an address that begins with https://; email: a mail address"`
}

// searchChange is what can be changed of a saved search.
type searchChange struct {
	ID   string `path:"id" maxLength:"40"`
	Body struct {
		Name   string `json:"name,omitempty" maxLength:"200" doc:"another name"`
		Looked bool   `json:"looked,omitempty" doc:"you have looked at it: what is new is counted from now on"`
	}
}

type trialList struct {
	Trials []alert.Trial `json:"trials" doc:"what became of the message, for each webhook and mail address"`
}

type searchList struct {
	Searches []alert.Search `json:"searches"`
}

type ruleList struct {
	Rules []alert.Rule `json:"rules" doc:"without the secrets of webhooks"`
}

type alertList struct {
	Alerts []alert.Shown `json:"alerts" doc:"the last found first"`
	Next   string        `json:"next,omitempty"`
}

type deliveryList struct {
	Deliveries []alert.Delivery `json:"deliveries" doc:"newest first"`
}

// alertOperations registers saved searches, rules and what they found. They are their owner's alone.
func (s *Server) alertOperations() {
	if s.Alerts == nil {
		return
	}
	serve(s, at(http.MethodGet, "list-searches", "/searches", "alerts", "Your saved searches"), s.searches)
	add := at(http.MethodPost, "save-search", "/searches", "alerts", "Save a search")
	add.status = http.StatusCreated
	serve(s, add, s.saveSearch)
	serve(s, at(http.MethodPatch, "change-search", "/searches/{id}", "alerts", "Rename a saved search, or note that you have looked at it"), s.changeSearch)
	serve(s, at(http.MethodDelete, "delete-search", "/searches/{id}", "alerts", "Delete a saved search"), s.deleteSearch)
	serve(s, at(http.MethodGet, "list-rules", "/rules", "alerts", "Your rules"), s.rules)
	add = at(http.MethodPost, "add-rule", "/rules", "alerts", "Add a rule; the answer has the secrets of its webhooks, once")
	add.status = http.StatusCreated
	serve(s, add, s.addRule)
	serve(s, at(http.MethodPut, "change-rule", "/rules/{id}", "alerts", "Put a rule in the place of yours"), s.changeRule)
	serve(s, at(http.MethodDelete, "delete-rule", "/rules/{id}", "alerts", "Delete a rule with its alerts"), s.deleteRule)
	serve(s, at(http.MethodPost, "test-rule", "/rules/{id}/test", "alerts", "Send a test message to the webhooks and mail addresses of a rule, now and once"), s.testRule)
	serve(s, at(http.MethodGet, "list-alerts", "/alerts", "alerts", "What your rules found, with the words"), s.listAlerts)
	serve(s, at(http.MethodGet, "list-deliveries", "/deliveries", "alerts", "Messages to your webhooks and mail addresses, and what became of them"), s.deliveries)
	s.mux.HandleFunc("GET /alerts/{feed}", s.named("feed", s.feed))
}

// ofAlerts turns an error of saved searches and rules into a problem.
func ofAlerts[T any](out T, err error) (T, error) {
	var none T
	switch {
	case err == nil:
		return out, nil
	case errors.Is(err, alert.ErrInvalid):
		return none, huma.Error422UnprocessableEntity(strings.TrimSuffix(err.Error(), ": "+alert.ErrInvalid.Error()))
	case errors.Is(err, alert.ErrNotFound):
		return none, huma.Error404NotFound("there is no such search or rule of yours")
	case errors.Is(err, alert.ErrBusy):
		return none, huma.Error429TooManyRequests(alert.ErrBusy.Error())
	}
	return none, err
}

// mayKeep says who asks, if they may keep searches and rules about an archive.
func (s *Server) mayKeep(ctx context.Context, archive string) (string, error) {
	who := account.From(ctx)
	if _, there := s.archives[archive]; !there || !who.May(archive, account.Visitor) {
		return "", huma.Error404NotFound("there is no archive " + archive + " here, or you may not see it")
	}
	if !who.May(archive, account.Contributor) {
		return "", huma.Error403Forbidden("this needs the role contributor; ask an administrator of the desk for it")
	}
	return who.Name, nil
}

func (s *Server) searches(ctx context.Context, _ *struct{}) (searchList, error) {
	who := account.From(ctx)
	list, err := s.Alerts.News(ctx, who.Name)
	list = slices.DeleteFunc(list, func(one alert.Search) bool { return !who.May(one.Archive, account.Visitor) })
	for i := range list {
		if !who.May(list[i].Archive, account.Reader) { // a count of words shows more than this token may
			list[i].News = nil
		}
	}
	return searchList{list}, err
}

func (s *Server) saveSearch(ctx context.Context, in *savedInput) (alert.Search, error) {
	owner, err := s.mayKeep(ctx, in.Body.Archive)
	if err != nil {
		return alert.Search{}, err
	}
	return ofAlerts(s.Alerts.Store.AddSearch(ctx, alert.Search{Owner: owner, Name: in.Body.Name, Archive: in.Body.Archive, Terms: in.Body.Terms, Page: in.Body.Page, Query: in.Body.Query}))
}

func (s *Server) changeSearch(ctx context.Context, in *searchChange) (done, error) {
	owner := account.From(ctx).Name
	if err := s.reachesSearch(ctx, in.ID); err != nil {
		return done{}, err
	}
	if in.Body.Name != "" {
		if err := s.Alerts.Store.RenameSearch(ctx, owner, in.ID, in.Body.Name); err != nil {
			return ofAlerts(done{}, err)
		}
	}
	if !in.Body.Looked {
		return done{true}, nil
	}
	return ofAlerts(done{true}, s.Alerts.Store.Looked(ctx, owner, in.ID))
}

func (s *Server) deleteSearch(ctx context.Context, in *struct {
	ID string `path:"id" maxLength:"40"`
}) (done, error) {
	if err := s.reachesSearch(ctx, in.ID); err != nil {
		return done{}, err
	}
	return ofAlerts(done{true}, s.Alerts.Store.DeleteSearch(ctx, account.From(ctx).Name, in.ID))
}

func (s *Server) rules(ctx context.Context, _ *struct{}) (ruleList, error) {
	who := account.From(ctx)
	list, err := s.Alerts.Store.Rules(ctx, who.Name)
	list = slices.DeleteFunc(list, func(one alert.Rule) bool { return !who.May(one.Archive, account.Visitor) })
	for i := range list {
		if !who.May(list[i].Archive, account.Reader) { // a feed shows more than this token may
			for n := range list[i].Channels {
				list[i].Channels[n].Secret = ""
			}
		}
	}
	return ruleList{list}, err
}

func (s *Server) addRule(ctx context.Context, in *struct{ Body ruleBody }) (alert.Rule, error) {
	owner, err := s.mayKeep(ctx, in.Body.Archive)
	if err != nil {
		return alert.Rule{}, err
	}
	return ofAlerts(s.Alerts.Store.AddRule(ctx, in.Body.rule(owner, "")))
}

func (s *Server) changeRule(ctx context.Context, in *struct {
	ID   string `path:"id" maxLength:"40"`
	Body ruleBody
}) (alert.Rule, error) {
	owner, err := s.mayKeep(ctx, in.Body.Archive)
	if err != nil {
		return alert.Rule{}, err
	}
	if err := s.reachesRule(ctx, in.ID); err != nil {
		return alert.Rule{}, err
	}
	return ofAlerts(s.Alerts.Store.ChangeRule(ctx, in.Body.rule(owner, in.ID)))
}

func (s *Server) deleteRule(ctx context.Context, in *struct {
	ID string `path:"id" maxLength:"40"`
}) (done, error) {
	if err := s.reachesRule(ctx, in.ID); err != nil {
		return done{}, err
	}
	return ofAlerts(done{true}, s.Alerts.Store.DeleteRule(ctx, account.From(ctx).Name, in.ID))
}

// testRule lets the owner of a rule see whether its messages would arrive, as long as they may keep rules about its archive.
func (s *Server) testRule(ctx context.Context, in *struct {
	ID string `path:"id" maxLength:"40"`
}) (trialList, error) {
	who := account.From(ctx)
	list, err := s.Alerts.Store.Rules(ctx, who.Name)
	if err != nil {
		return trialList{}, err
	}
	i := slices.IndexFunc(list, func(one alert.Rule) bool { return one.ID == in.ID })
	if i < 0 {
		return ofAlerts(trialList{}, alert.ErrNotFound)
	}
	if _, err := s.mayKeep(ctx, list[i].Archive); err != nil {
		return trialList{}, err
	}
	trials, err := s.Alerts.Try(ctx, who.Name, in.ID)
	return ofAlerts(trialList{trials}, err)
}

// reachesRule and reachesSearch refuse a token that is not for the archive of its user's rule or saved search. People may always
// change and delete theirs.
func (s *Server) reachesRule(ctx context.Context, id string) error {
	return reaches(ctx, "rule", id, s.Alerts.Store.Rules, func(one *alert.Rule) (id, archive string) { return one.ID, one.Archive })
}

func (s *Server) reachesSearch(ctx context.Context, id string) error {
	return reaches(ctx, "search", id, s.Alerts.Store.Searches, func(one *alert.Search) (id, archive string) { return one.ID, one.Archive })
}

func reaches[T any](ctx context.Context, what, id string, of func(ctx context.Context, owner string) ([]T, error), is func(*T) (id, archive string)) error {
	who := account.From(ctx)
	if who.Token == "" {
		return nil
	}
	list, err := of(ctx, who.Name)
	for i := range list {
		if found, archive := is(&list[i]); found == id && !who.May(archive, account.Contributor) {
			return huma.Error403Forbidden("this token is not for the archive of that " + what + ", or not as contributor")
		}
	}
	return err
}

// rule is the body as an owner's rule.
func (b *ruleBody) rule(owner, id string) alert.Rule {
	r := alert.Rule{ID: id, Owner: owner, Archive: b.Archive, Name: b.Name, Kind: b.Kind, Terms: b.Terms, Days: b.Days, Factor: b.Factor, Amount: b.Amount,
		Ceasefire: b.Ceasefire, Wait: b.Wait, Quiet: b.Quiet, Lasts: b.Lasts, Off: b.Off}
	for _, c := range b.Channels {
		r.Channels = append(r.Channels, alert.Channel{ID: c.ID, Kind: c.Kind, To: c.To})
	}
	return r
}

func (s *Server) listAlerts(ctx context.Context, in *struct {
	State  []string `query:"state,explode" maxItems:"3" enum:"pending,firing,resolved"`
	Rule   string   `query:"rule" maxLength:"40"`
	Limit  int      `query:"limit" minimum:"0" maximum:"500" doc:"0: 50"`
	Cursor string   `query:"cursor" maxLength:"100"`
}) (alertList, error) {
	who := account.From(ctx)
	list, next, err := s.Alerts.Store.Alerts(ctx, alert.Query{Owner: who.Name, Rule: in.Rule, States: in.State, Limit: in.Limit, Cursor: in.Cursor})
	if err != nil {
		return ofAlerts(alertList{}, err)
	}
	list = slices.DeleteFunc(list, func(a alert.Alert) bool { return !who.May(a.Archive, account.Reader) }) // a token may see less than its owner
	shown, err := s.Alerts.Shown(ctx, who.Name, list)
	return alertList{shown, next}, err
}

func (s *Server) deliveries(ctx context.Context, in *struct {
	Limit int `query:"limit" minimum:"1" maximum:"500" default:"50"`
}) (deliveryList, error) {
	who := account.From(ctx)
	rules, err := s.rules(ctx, nil)
	if err != nil {
		return deliveryList{}, err
	}
	list, err := s.Alerts.Store.Deliveries(ctx, who.Name, in.Limit)
	list = slices.DeleteFunc(list, func(one alert.Delivery) bool { // a token may see less than its owner
		return !slices.ContainsFunc(rules.Rules, func(r alert.Rule) bool { return r.ID == one.Rule })
	})
	return deliveryList{list}, err
}

// feed answers with the Atom feed of a rule to whoever has its secret.
func (s *Server) feed(w http.ResponseWriter, r *http.Request) {
	secret, ok := strings.CutSuffix(r.PathValue("feed"), ".atom")
	if !ok {
		plainProblem(w, http.StatusNotFound, "there is nothing here")
		return
	}
	body, updated, err := s.Alerts.Feed(r.Context(), secret)
	switch {
	case errors.Is(err, alert.ErrNotFound):
		plainProblem(w, http.StatusNotFound, "there is no such feed; its rule may have been deleted")
		return
	case err != nil:
		s.Log.ErrorContext(r.Context(), "writing a feed", "error", err)
		plainProblem(w, http.StatusInternalServerError, "something went wrong here; the server's log says what")
		return
	}
	w.Header().Set("Content-Type", "application/atom+xml; charset=utf-8")
	w.Header().Set("Cache-Control", "private, no-cache")
	http.ServeContent(w, r, "", updated, bytes.NewReader(body))
}

// CeasefireStates are how the ceasefires of an archive stand, why, and on which entries it rests, but for those of which
// nobody has said how they are counted: what alerts are told (alert.Engine).
func (s *Server) CeasefireStates(ctx context.Context, archive string) ([]alert.CeasefireState, error) {
	a, there := s.archives[archive]
	if !there {
		return nil, nil
	}
	list, err := a.desk.Ceasefires(ctx)
	var out []alert.CeasefireState
	for _, c := range list {
		if c.State == desk.Draft {
			continue
		}
		report, err := a.desk.Ceasefire(ctx, c.ID, 0, time.Time{})
		if err != nil {
			return nil, err
		}
		one := alert.CeasefireState{ID: c.ID, Name: c.Name, State: c.State, Since: c.Since.String()}
		one.Why, one.Entries = grounds(report.Today)
		out = append(out, one)
	}
	return out, err
}

// grounds are why a ceasefire is in its state, in sentences, and the entries these rest on, the last report first. What
// rests on a table names its line.
func grounds(brief []ceasefire.Sentence) (why string, entries []record.ID) {
	var said []string
	for _, one := range brief {
		if one.Kind != "why" {
			continue
		}
		said = append(said, one.Text)
		for _, ref := range slices.Backward(one.Refs) {
			switch {
			case ref.Entry != "" && !slices.Contains(entries, ref.Entry):
				entries = append(entries, ref.Entry)
			case ref.Kind == "row":
				said = append(said, fmt.Sprintf("(%s, line %d)", ref.Table, ref.Line))
			}
		}
	}
	return strings.Join(said, " "), entries
}
