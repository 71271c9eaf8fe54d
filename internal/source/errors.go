package source

import (
	"errors"
	"fmt"
)

// The kinds of refusal; an *Error matches its kind with errors.Is.
var (
	ErrEmpty     = errors.New("no text in it")
	ErrBinary    = errors.New("not a text")
	ErrTooLarge  = errors.New("too large")
	ErrTooDeep   = errors.New("nested too deeply")
	ErrSyntax    = errors.New("not well formed")
	ErrForbidden = errors.New("address not allowed")
	ErrAnswer    = errors.New("no usable answer")
)

// Error is an input that was refused: what it is called, which kind of trouble, more about it, and what the
// person who wanted it read can do.
type Error struct {
	Name   string
	Kind   error
	Detail string // may be empty
	Hint   string // may be empty
}

// Error says all of it in one line.
func (e *Error) Error() string {
	s := "reading " + e.Name + ": " + e.Kind.Error()
	if e.Name == "" {
		s = e.Kind.Error()
	}
	if e.Detail != "" {
		s += " (" + e.Detail + ")"
	}
	if e.Hint != "" {
		s += "; " + e.Hint
	}
	return s
}

// Unwrap gives the kind.
func (e *Error) Unwrap() error { return e.Kind }

// named puts the input's name into an error that does not have one.
func named(err error, name string) error {
	var e *Error
	if errors.As(err, &e) {
		if e.Name == "" {
			e.Name = name
		}
		return err
	}
	return fmt.Errorf("reading %s: %w", name, err)
}

// broken names the input in an error of reading it.
func broken(err error, name string) error {
	var own *Error
	if errors.As(err, &own) {
		return named(err, name)
	}
	return unreadable(name, err)
}

func tooLarge(name string, limit int64) error {
	return &Error{Name: name, Kind: ErrTooLarge, Detail: "more than " + size(limit),
		Hint: "raise the limit with --max-mb, or split it"}
}

// size writes a number of bytes as a person would.
func size(n int64) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%.4g MB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%.4g kB", float64(n)/(1<<10))
	}
	return fmt.Sprintf("%d bytes", n)
}
