package store

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"parley/internal/record"
)

// where collects conditions that must all hold, and their arguments.
type where struct {
	conds []string
	args  []any
}

func (w *where) and(cond string, args ...any) {
	w.conds = append(w.conds, cond)
	w.args = append(w.args, args...)
}

// among asks for a column to hold one of the values; none asks for nothing. An index of the column is of no use to it,
// which is what keeps a list in the order of another index.
func (w *where) among(column string, values []string) {
	if len(values) > 0 {
		w.and("("+column+" || '') IN ("+marks(len(values))+")", anys(values)...)
	}
}

func (w *where) sql() string {
	if len(w.conds) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(w.conds, " AND ")
}

// stateAt is the SQL for the state of article a at a time, worked out from the log and from when its later version was
// known; without a time it is the state now. What is erased is so at all times. A withdrawal by another article, a kill,
// counts from when that article was known.
func stateAt(asOf time.Time) (sql string, args []any) {
	if asOf.IsZero() {
		return "a.state", nil
	}
	t := micros(asOf)
	return `CASE WHEN a.state_at IS NULL THEN a.state WHEN a.state = 'erased' THEN 'erased'
		WHEN COALESCE((SELECT j.verb FROM judgements j WHERE j.subject = a.id AND j.verb IN ('withdraw','restore')
			AND COALESCE((SELECT k.known FROM articles k WHERE k.id = j.object), j.at) <= ? ORDER BY j.seq DESC LIMIT 1), '') = 'withdraw' THEN 'withdrawn'
		WHEN (SELECT l.known FROM articles l WHERE l.id = a.superseded_by) <= ? THEN 'superseded' ELSE 'current' END`, []any{t, t}
}

// words splits a text as the search indexes do: runs of letters, marks and digits, in lower case.
func words(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r)
	})
}

// fieldBreak stands between texts that are indexed together, as a word that nobody can search for, so that no phrase
// reaches from one into the next. It is a character for private use, which SQLite's tokenizer takes for a letter.
const fieldBreak = "\uE000"

func apart(texts ...string) string { return strings.Join(texts, " "+fieldBreak+" ") }

// maxTerms bounds a search: more words than anybody types.
const maxTerms = 100

// terms reads what somebody searches for: words, and phrases between quotation marks. Every term is a list of words that
// must stand side by side ("cease-fire" is two). Nothing in a search is an operator.
func terms(search string) [][]string {
	search = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "«", `"`, "»", `"`).Replace(search)
	var out [][]string
	for i, part := range strings.Split(search, `"`) {
		pieces := []string{part}
		if i%2 == 0 {
			pieces = strings.Fields(part)
		}
		for _, p := range pieces {
			if w := words(p); len(w) > 0 && len(out) < maxTerms {
				out = append(out, w[:min(len(w), maxTerms)])
			}
		}
	}
	return out
}

// A cursor says after which row a list goes on: the row's number, or a time and an id.
func cursorOf(n int64, id record.ID) string {
	return strconv.FormatInt(n, 36) + "." + string(id)
}

func parseCursor(cursor string) (n int64, id record.ID, err error) {
	number, rest, ok := strings.Cut(cursor, ".")
	if n, err = strconv.ParseInt(number, 36, 64); err != nil || !ok {
		return 0, "", fmt.Errorf("%q is no cursor of a list: %w", cursor, errors.Join(ErrInvalid, err))
	}
	return n, record.ID(rest), nil
}
