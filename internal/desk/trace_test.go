package desk_test

import (
	"strings"
	"testing"

	"parley/internal/desk"
	"parley/internal/record"
)

// What stands around the words of an entry is cut between words.
func TestTraceSurroundings(t *testing.T) {
	in := archive(t, 0)
	s := told("Kelm Courier", 1, 9, strings.Repeat("Howitzers ", 30)+"Ruiz said that it rains today. "+strings.Repeat("Batteries ", 30))
	s.statement(s.actor("Ruiz"), "say", "it rains", 0.9)
	short := told("Lake Post", 2, 9, "Ruiz said that it snows today.")
	short.statement(short.actor("Ruiz"), "say", "it snows", 0.9)
	long := told("Lake Post", 3, 9, strings.Repeat("x", 300)+" it hails "+strings.Repeat("y", 300))
	long.statement(long.actor("it"), "say", "hails", 0.9)
	keep(t, in, s, short, long)
	for _, c := range []struct {
		id                   record.ID
		before, words, after string
	}{
		{s.rec.Statements[0].ID, " " + strings.Repeat("Howitzers ", 14) + "Ruiz said that ", "it rains", " today. " + strings.Repeat("Batteries ", 15)},
		{short.rec.Statements[0].ID, "Ruiz said that ", "it snows", " today."},
		{long.rec.Statements[0].ID, " it ", "hails", " "},
	} {
		got, err := desk.New(in).Trace(t.Context(), c.id)
		if err != nil || got.Before != c.before || got.Words != c.words || got.After != c.after {
			t.Errorf("%q «%q» %q, %v", got.Before, got.Words, got.After, err)
		}
	}
}
