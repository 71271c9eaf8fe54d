package ceasefire

import (
	"cmp"
	"slices"
	"strings"

	"parley/internal/record"
)

// Offer is a statement by a party that reads like the end of the ceasefire, or like a recommitment to it. It is offered to
// a person, who may enter it under declared_ends or recommitments; by itself it changes nothing.
type Offer struct {
	Kind  string `json:"kind"` // end, recommitment
	Party string `json:"party"`
	Day   Day    `json:"day"`
	Ref   Ref    `json:"ref"`
}

// Offers finds such statements in records, by day and entry. What is negated, conditional, asked of others or blamed on
// them is passed over.
func (a *Agreement) Offers(recs ...*record.Record) []Offer {
	w := newWorld()
	out := []Offer{}
	for _, rec := range recs {
		r := newReader(w, rec, "")
		for i := range rec.Statements {
			if o, ok := a.offer(r, &rec.Statements[i]); ok {
				out = append(out, o)
			}
		}
	}
	slices.SortFunc(out, func(x, y Offer) int { return cmp.Or(cmp.Compare(x.Day, y.Day), cmp.Compare(x.Ref.Entry, y.Ref.Entry)) })
	return out
}

// TruceWords are the words and phrases of which an offer has one at least, so that an archive can be searched for it.
func TruceWords() []string {
	var out []string
	for _, t := range terms("truces") {
		out = append(out, t.words...)
	}
	return out
}

func (a *Agreement) offer(r *reader, s *record.Statement) (Offer, bool) {
	var said []string
	for _, c := range s.Content {
		said = append(said, c.Text)
	}
	text := strings.Join(said, " ")
	turn := lookup(r.w.turns, text)
	if turn == nil || turn.meaning == "not" || s.Act == "deny" || lookup(r.w.truces, text) == nil {
		return Offer{}, false
	}
	o := Observation{Window: Window{r.published, r.published + 1}}
	r.date(&o, s.SaidAt, "")
	for _, id := range s.Source {
		if actor := r.actors[id]; actor != nil && a.isParty(append([]string{actor.Name}, actor.Aliases...)) {
			return Offer{turn.meaning, clean(actor.Name), o.Window.Start, r.ref(s.ID, s.Text)}, o.Window.Start != 0
		}
	}
	return Offer{}, false
}
