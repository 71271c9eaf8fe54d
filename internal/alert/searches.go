package alert

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Search is a saved search: a list of the desk with its filters.
type Search struct {
	ID      string    `json:"id"`
	Owner   string    `json:"owner"`
	Archive string    `json:"archive"`
	Name    string    `json:"name"`
	Terms   Terms     `json:"terms" doc:"what the list asks for, as a rule would"`
	Page    string    `json:"page,omitempty" doc:"the page it is of, such as statements"`
	Query   string    `json:"query,omitempty" doc:"the parameters of the page, to open it as it was: label=deny&view=time"`
	News    *int      `json:"news,omitempty" doc:"how much has come in since it was looked at, where that was counted; 100 stands for that many or more"`
	Looked  time.Time `json:"looked" doc:"when its owner looked at it last, or made it"`
	Created time.Time `json:"created"`
}

// maxNews is up to where news are counted, and maxQuery how long the parameters of a page may be.
const (
	maxNews  = 100
	maxQuery = 2000
)

// pages are those that a search can be of.
func pages() []string {
	return []string{"", "statements", "events", "commitments", "contacts", "figures", "contradictions", "search"}
}

// Searches are the owner's saved searches, oldest first.
func (s *Store) Searches(ctx context.Context, owner string) ([]Search, error) {
	out := []Search{}
	err := each(ctx, s.db, func(rows *sql.Rows) error {
		var one Search
		var terms []byte
		var looked, created int64
		err := rows.Scan(&one.ID, &one.Owner, &one.Archive, &one.Name, &terms, &one.Page, &one.Query, &looked, &created)
		if err == nil {
			err = json.Unmarshal(terms, &one.Terms)
		}
		one.Looked, one.Created = moment(looked), moment(created)
		out = append(out, one)
		return err
	}, "SELECT id, owner, archive, name, terms, page, query, looked, created FROM alert_searches WHERE owner = ? ORDER BY created, id", owner)
	if err != nil {
		return nil, fmt.Errorf("listing saved searches: %w", err)
	}
	return out, nil
}

// check says what is wrong with a search, in words for whoever saves it.
func (one *Search) check() error {
	if strings.TrimSpace(one.Name) == "" || one.Archive == "" {
		return fmt.Errorf("a search needs a name and an archive: %w", ErrInvalid)
	}
	if !slices.Contains(pages(), one.Page) {
		return fmt.Errorf("%q is no page that can be saved: %w", one.Page, ErrInvalid)
	}
	if _, err := url.ParseQuery(one.Query); err != nil {
		return fmt.Errorf("the parameters of the page cannot be read: %w: %w", err, ErrInvalid)
	}
	return errors.Join(checkText(one.Name, maxName), checkText(one.Archive, maxName), checkText(one.Query, maxQuery), one.Terms.check())
}

// AddSearch keeps a search under a new id. What cannot be kept is ErrInvalid.
func (s *Store) AddSearch(ctx context.Context, one Search) (Search, error) {
	if err := one.check(); err != nil {
		return Search{}, err
	}
	terms, err := json.Marshal(one.Terms)
	if err != nil {
		return Search{}, fmt.Errorf("keeping a search: %w", err)
	}
	one.ID, one.Created, one.News = newID("q"), s.now().UTC().Truncate(time.Microsecond), nil
	one.Looked = one.Created
	err = s.write(ctx, func(t *sql.Tx) error {
		if _, err := t.ExecContext(ctx, "INSERT INTO alert_searches (id, owner, archive, name, terms, page, query, looked, created) VALUES (?,?,?,?,?,?,?,?,?)",
			one.ID, one.Owner, one.Archive, one.Name, terms, one.Page, one.Query, micros(one.Looked), micros(one.Created)); err != nil {
			return err
		}
		return full(ctx, t, "alert_searches", one.Owner)
	})
	if err != nil {
		return Search{}, fmt.Errorf("keeping a search: %w", err)
	}
	return one, nil
}

// RenameSearch gives the owner's search another name.
func (s *Store) RenameSearch(ctx context.Context, owner, id, name string) error {
	if strings.TrimSpace(name) == "" {
		return fmt.Errorf("a search needs a name: %w", ErrInvalid)
	}
	err := checkText(name, maxName)
	if err == nil {
		err = changed(s.db.ExecContext(ctx, "UPDATE alert_searches SET name = ? WHERE id = ? AND owner = ?", name, id, owner))
	}
	if err != nil {
		return fmt.Errorf("renaming search %s: %w", id, err)
	}
	return nil
}

// Looked notes that the owner has looked at a search: its news are counted from now on.
func (s *Store) Looked(ctx context.Context, owner, id string) error {
	err := changed(s.db.ExecContext(ctx, "UPDATE alert_searches SET looked = ? WHERE id = ? AND owner = ?", micros(s.now()), id, owner))
	if err != nil {
		return fmt.Errorf("noting that search %s was looked at: %w", id, err)
	}
	return nil
}

// DeleteSearch deletes the owner's search.
func (s *Store) DeleteSearch(ctx context.Context, owner, id string) error {
	if err := changed(s.db.ExecContext(ctx, "DELETE FROM alert_searches WHERE id = ? AND owner = ?", id, owner)); err != nil {
		return fmt.Errorf("deleting search %s: %w", id, err)
	}
	return nil
}
