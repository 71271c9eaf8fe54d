package record

import (
	"fmt"
	"slices"
	"strings"
)

// NoSuch is a word that somebody asked for and nothing in an archive can have, for it is not in the closed list of those there are: an
// empty answer would look as if there were nothing of the kind.
type NoSuch struct {
	Field string   // what it was asked for as: label, status, type, state or verb
	Word  string   // as it was asked for
	Known []string // those there are; none where what is asked for has none of this field
}

// Error names the words there are.
func (e *NoSuch) Error() string {
	if len(e.Known) == 0 {
		return fmt.Sprintf("%q: entries of this kind have no %s", e.Word, e.Field)
	}
	return fmt.Sprintf("there is no %s %q here: choose of %s", e.Field, e.Word, strings.Join(e.Known, ", "))
}

// Check is a *NoSuch for the first label or status that no entry of the kinds that are asked for can have. Units of figures and names
// of agreements are words of articles: where these are asked for, any label may be.
func (q *Query) Check() error {
	kinds := q.Kinds
	if len(kinds) == 0 {
		kinds = entryKinds()
	}
	if !slices.Contains(kinds, "figure") && !slices.Contains(kinds, "agreement") {
		if err := among("label", q.Labels, labels(kinds)); err != nil {
			return err
		}
	}
	return among("status", q.Status, statuses(kinds))
}

// Check is a *NoSuch for the first type that no contradiction has, where only these are asked for.
func (q *LinkQuery) Check() error {
	if !slices.Equal(q.Kinds, []string{Conflict}) {
		return nil
	}
	return among("type", q.Types, conflictTypes())
}

// Check is a *NoSuch for the first state that no article is in.
func (q *ArticleQuery) Check() error {
	return among("state", q.States, []string{Current, Superseded, Withdrawn, Erased})
}

// Check is a *NoSuch for the first verb that is none.
func (q *JudgementQuery) Check() error { return among("verb", q.Verbs, verbs()) }

// among is a *NoSuch for the first word that is not known.
func among(field string, asked, known []string) error {
	for _, word := range asked {
		if !slices.Contains(known, word) {
			return &NoSuch{field, word, known}
		}
	}
	return nil
}

// labels are what the lists of the record have as labels of entries of some kinds.
func labels(kinds []string) []string {
	return ofKinds(kinds, map[string]string{
		"actor": "actor.kind", "place": "place.kind", "statement": "statement.act", "event": "event.type", "contact": "contact.kind", "contradiction": "contradiction.basis",
	})
}

// statuses are those that entries of some kinds can have; that of a commitment is the state somebody decided on.
func statuses(kinds []string) []string {
	out := ofKinds(kinds, map[string]string{"event": "event.status", "contact": "contact.status"})
	if slices.Contains(kinds, "commitment") {
		out = append(out, States()...)
	}
	return out
}

// ofKinds joins the lists that belong to kinds; a word of several stands there once.
func ofKinds(kinds []string, fields map[string]string) (out []string) {
	all := Kinds()
	for _, kind := range kinds {
		for _, k := range all[fields[kind]] {
			if !slices.Contains(out, k.Name) {
				out = append(out, k.Name)
			}
		}
	}
	return out
}

func verbs() (out []string) {
	for _, v := range Verbs() {
		out = append(out, v.Name)
	}
	return out
}

// entryKinds are the kinds of entry.
func entryKinds() []string {
	return []string{"statement", "event", "commitment", "contact", "figure", "contradiction", "agreement", "actor", "place"}
}

// conflictTypes are the ways in which two entries cannot both be so.
func conflictTypes() []string {
	return []string{"denial", "opposite", "number", "time", "place", "strength", "omission"}
}
