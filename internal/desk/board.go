package desk

import "parley/internal/record"

// Promise is a commitment with what bears on it.
type Promise struct {
	Shown Shown `json:"shown"`
	// State is what a person last decided, else not_assessed.
	State string `json:"state"`
	// Due is when it is to be done, as the article says; null where it does not.
	Due *record.Time `json:"due"`
	// Conditions are what it hangs on.
	Conditions []record.Condition `json:"conditions"`
	// Evidence is what was found that bears on it, offered to a person.
	Evidence []Linked `json:"evidence"`
	// History are the decisions about its state, oldest first.
	History []record.Judgement `json:"history"`
}
