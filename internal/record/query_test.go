package record

import (
	"errors"
	"strings"
	"testing"
)

// TestCheckQuery holds that what nothing can have is refused with the words there are, and that every word of the record's lists, and
// any word where the lists are open, is taken.
func TestCheckQuery(t *testing.T) {
	checks := []struct {
		q    interface{ Check() error }
		want string // part of the error; empty: none
	}{
		{&Query{Kinds: []string{"statement"}, Labels: []string{"say", "denies"}}, `no label "denies" here: choose of say, claim`},
		{&Query{Kinds: []string{"event"}, Labels: []string{"assault"}}, "choose of AGREE"},
		{&Query{Kinds: []string{"statement", "event"}, Labels: []string{"deny", "ASSAULT"}}, ""},
		{&Query{Kinds: []string{"statement", "event"}, Labels: []string{"call"}}, `no label "call"`},
		{&Query{Kinds: []string{"commitment"}, Labels: []string{"pledge"}}, "have no label"},
		{&Query{Kinds: []string{"figure"}, Labels: []string{"barrels"}}, ""},
		{&Query{Labels: []string{"barrels"}}, ""},
		{&Query{Kinds: []string{"event"}, Status: []string{"kept"}}, "choose of actual"},
		{&Query{Kinds: []string{"commitment"}, Status: []string{"kept", "not_assessed"}}, ""},
		{&Query{Kinds: []string{"commitment"}, Status: []string{"open"}}, "choose of not_assessed"},
		{&Query{Kinds: []string{"statement"}, Status: []string{"actual"}}, "have no status"},
		{&Query{Status: []string{"actual", "held", "kept"}}, ""},
		{&Query{Status: []string{"heldd"}}, "held, proposed"},
		{&LinkQuery{Kinds: []string{Conflict}, Types: []string{"denial", "denials"}}, "choose of denial"},
		{&LinkQuery{Kinds: []string{Evidence}, Types: []string{"broken"}}, ""},
		{&ArticleQuery{States: []string{"current", "killed"}}, "choose of current, superseded"},
		{&JudgementQuery{Verbs: []string{"confirm", "praise"}}, "choose of confirm"},
	}
	for _, c := range checks {
		err := c.q.Check()
		var none *NoSuch
		switch {
		case c.want == "" && err != nil, c.want != "" && (!errors.As(err, &none) || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%+v: got %v, want %q", c.q, err, c.want)
		}
	}
	for field, kind := range map[string]string{"statement.act": "statement", "event.type": "event", "contact.kind": "contact", "actor.kind": "actor", "place.kind": "place"} {
		for _, k := range Kinds()[field] {
			if err := (&Query{Kinds: []string{kind}, Labels: []string{k.Name}}).Check(); err != nil {
				t.Errorf("%s %s: %v", field, k.Name, err)
			}
		}
	}
}
