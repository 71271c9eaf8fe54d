// Package read turns a parsed document into mentions of what the record keeps: attributions with their
// chains, events and their status, commitments, contacts, figures, times, stated conflicts and named
// agreements. It works over syntax (UD trees, quotations, mentions) with what it knows of language in
// tables (tables/*.tsv); it knows nothing of the world: who "the Kremlin" is, is resolve's business.
// Everything it returns points at tokens or bytes of the document, which it does not change.
package read

import (
	"parley/internal/document"
	"parley/internal/times"
)

// Phrase is a noun phrase: its head token and the tokens it covers. Coordinated heads ("Macron and
// Putin") are one phrase headed by the first conjunct; resolve takes it apart.
type Phrase struct {
	Head       int
	First, End int // token range
}

// Reading is all that was read in one document, in the order of the text.
type Reading struct {
	Attributions []Attribution
	// LeftOut are the attributions that the model marks and that are not for the record: what was not said (negated,
	// supposed, asked), what nobody said who can speak, what is too doubtful. Only spans are known of them.
	LeftOut     []Attribution
	Events      []Event
	Commitments []Commitment
	Contacts    []Contact
	Figures     []Figure
	Times       []Time
	Conflicts   []Conflict
	Agreements  []Agreement
}

// Attribution is one act of saying, believing, wanting or denying.
type Attribution struct {
	Source     []Phrase      // who says it; empty when nobody is named
	SourceSpan document.Span // the words that name the source, as PolNeAR's annotators mark them
	// SameSource is the attribution whose source speaks here too (a quotation that goes on without a cue,
	// "adding that …"); -1 for none. Source is then empty.
	SameSource int
	Cue        document.Span // empty when a quotation carries no cue
	CueHead    int           // token that heads the cue, -1 for none
	Content    []document.Span
	Addressee  []Phrase
	// Via are the relays between the source and this page, nearest the speaker first:
	// "Putin told Macron …, said Macron's office, according to AFP" has [Macron's office, AFP] for Putin.
	Via []Phrase
	// Within is the attribution whose content holds this one, -1 for none.
	Within     int
	Marked     bool    // the model marks it, as PolNeAR's annotators would
	Act        string  // see record.md: say, claim, announce, …
	Quotation  string  // direct, indirect, mixed
	Channel    string  // phone, interview, speech, …; empty when unknown
	SaidAt     int     // index in Reading.Times, -1 for none
	Evidence   float64 // what Confidence was made of, before calibration
	Confidence float64
	Why        string // the rule that made it, for --explain
}

// Event is who did, does or will do what to whom, typed by PLOVER.
type Event struct {
	Type, Mode string   // PLOVER: AGREE CONSULT …; mode may be empty
	Context    []string // PLOVER contexts: military, diplomatic, …
	CAMEO      string
	Actors     []Phrase
	Recipients []Phrase
	Trigger    document.Span
	TriggerTok int
	Span       document.Span // the clause
	Status     string        // actual, ongoing, planned, pledged, threatened, requested, possible, denied
	When       int           // index in Reading.Times, -1 for none
	Where      []Phrase
	Assertion  int     // innermost attribution whose content holds it, -1: the document's own voice
	Evidence   float64 // what Confidence was made of, before calibration
	Confidence float64
	Why        string
}

// Commitment is something an actor said it will do, agreed to do or is due to do.
type Commitment struct {
	By, To     []Phrase
	Action     document.Span
	Conditions []Condition
	Due        int // index in Reading.Times, -1 for none
	// MadeIn is the attribution that makes it, -1 for none; MadeInEvent the event, -1 for none.
	MadeIn, MadeInEvent int
	// ByOther: somebody else says that they will do it. It binds them only if that is one who speaks for them, a
	// minister for the state; whoever knows who is who decides.
	ByOther    bool
	Confidence float64
	Why        string
}

// Condition is what a commitment or threat hangs on.
type Condition struct {
	Kind string // if, unless, after, until
	Span document.Span
}

// Contact is a call, meeting, visit, session or talks between actors.
type Contact struct {
	Kind         string // call, meeting, talks, visit, summit, session, address
	Participants []Phrase
	Status       string // held, planned, proposed, refused, unanswered
	When         int    // index in Reading.Times, -1 for none
	Where        []Phrase
	Duration     int           // index in Reading.Times of a duration, -1 for none
	About        document.Span // empty when unknown
	Trigger      int           // token
	Span         document.Span
	Assertion    int // as in Event
	// SameAs is an earlier contact that this mention speaks of again ("during the call"), -1 for none.
	SameAs     int
	Confidence float64
	Why        string
}

// Figure is a number somebody gives for something.
type Figure struct {
	Value     float64
	High      *float64 // upper end of a range
	Bound     string   // about, exactly, at_least, at_most
	Unit      string   // "minutes", "percent", "USD"; empty for a plain count
	Of        document.Span
	Where     []Phrase
	When      int // index in Reading.Times, -1 for none
	Span      document.Span
	Assertion int // as in Event
	// By are the sources named right at the number without a clause of saying, if any
	By  []Phrase
	Why string
}

// Time is an expression of time found in the text.
type Time struct {
	Span       document.Span
	First, End int              // tokens
	Expr       times.Expression // what it means, still to be resolved against a date
	// Anchor is the verb whose time it gives, -1 for none; Tense ("past", "future", "present") tells which
	// Sunday a bare "Sunday" is.
	Anchor int
	Tense  string
}

// Conflict is a contradiction that somebody in the text states.
type Conflict struct {
	By        []Phrase // who says that the two conflict; empty: the document's own voice
	A, B      Side
	Span      document.Span
	Assertion int
	Why       string
}

// Side is one side of a conflict: an attribution, or a phrase that names something said or done
// ("this claim", "a statement by the Belarusian government").
type Side struct {
	Attribution int // index, -1 for none
	Phrase      Phrase
}

// Agreement is a named accord, ceasefire, protocol or format the text refers to.
type Agreement struct {
	Name     Phrase
	Mentions []document.Span
	Date     int // index in Reading.Times, -1 for none
	Parties  []Phrase
	Terms    []document.Span
	Why      string
}
