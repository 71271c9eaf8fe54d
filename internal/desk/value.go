package desk

import (
	"strings"

	"parley/internal/record"
)

// worth is how much it matters that an entry is right, and what it is in words.
type worth struct {
	kind, label string
	points      float64
	words       string
}

// worths are the entries that matter more than others of their kind; a label of "" is any other. What commits somebody or
// can turn the course of a crisis is worth 3 or more, what informs 1.
func worths() []worth {
	return []worth{
		{"contradiction", "", 4, "a contradiction"},
		{"commitment", "", 4, "a commitment"},
		{"statement", "deny", 3, "a denial"}, {"statement", "threaten", 3, "a threat"}, {"statement", "pledge", 3, "a promise"},
		{"statement", "agree", 3, "somebody agrees"}, {"statement", "reject", 3, "a refusal"}, {"statement", "demand", 3, "a demand"},
		{"statement", "announce", 3, "an announcement"}, {"statement", "offer", 3, "an offer"}, {"statement", "accuse", 3, "an accusation"},
		{"statement", "warn", 3, "a warning"}, {"statement", "confirm", 2, "a confirmation"}, {"statement", "acknowledge", 2, "an admission"},
		{"statement", "propose", 2, "a proposal"}, {"statement", "request", 2, "a request"}, {"statement", "intend", 2, "an intention"},
		{"statement", "estimate", 2, "an estimate"}, {"statement", "", 1, "a statement"},
		{"event", "ASSAULT", 3, "armed force"}, {"event", "MOBILIZE", 3, "forces made ready"}, {"event", "RETREAT", 3, "a withdrawal or release"},
		{"event", "AGREE", 3, "an agreement"}, {"event", "COERCE", 2, "coercion"}, {"event", "THREATEN", 2, "a threat"}, {"event", "SANCTION", 2, "a sanction"},
		{"event", "", 1, "an event"},
		{"contact", "", 2, "a contact"}, {"figure", "", 2, "a figure"}, {"agreement", "", 1, "an agreement named"},
	}
}

// valued gives entries their worth.
type valued map[[2]string]worth

func newValued() valued {
	v := valued{}
	for _, w := range worths() {
		v[[2]string{w.kind, w.label}] = w
	}
	return v
}

// of is the worth of an entry; actors and places have none.
func (v valued) of(e *record.Entry) worth {
	if w, ok := v[[2]string{e.Kind, e.Label}]; ok {
		return w
	}
	if w, ok := v[[2]string{e.Kind, ""}]; ok {
		return w
	}
	return worth{words: strings.TrimSpace("a " + e.Kind)}
}
