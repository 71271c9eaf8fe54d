// Package record holds the nouns of the record: what Parley keeps of a document, as docs/record.md
// defines it word by word. The JSON of these types is the contract of the command line (and of the
// store, the API and the exports when they come). Spans here are code points of Document.Text; every span holds exactly the text
// its item claims (Check proves it). The package has no behaviour beyond that.
package record

// Schema is the version of the record's shape; a change that breaks a reader raises it.
const Schema = "1"

// Span is a half-open range of Unicode code points of the document's text.
type Span [2]int

// ID names an item inside one record: a1, p1, s1, e1, c1, k1 (contacts), f1, x1 (contradictions), g1 (agreements).
type ID string

// Words are words of the text and where they stand.
type Words struct {
	Text string `json:"text"`
	Span Span   `json:"span"`
}

// Time is a time in the text, resolved: ISO 8601 dates or instants, both ends included, null when open.
type Time struct {
	Text  string  `json:"text"`
	Span  Span    `json:"span"`
	Start *string `json:"start"`
	End   *string `json:"end"`
}

// Record is everything kept of one document.
type Record struct {
	Parley         string          `json:"parley"` // Schema
	Model          string          `json:"model"`  // the model's version
	Rules          string          `json:"rules"`  // the version of rules and tables
	Document       Document        `json:"document"`
	Actors         []Actor         `json:"actors"`
	Places         []Place         `json:"places"`
	Statements     []Statement     `json:"statements"`
	Events         []Event         `json:"events"`
	Commitments    []Commitment    `json:"commitments"`
	Contacts       []Contact       `json:"contacts"`
	Figures        []Figure        `json:"figures"`
	Contradictions []Contradiction `json:"contradictions"`
	Agreements     []Agreement     `json:"agreements"`
	Notices        []Notice        `json:"notices"`
}

// Document is the source text and where it comes from.
type Document struct {
	ID        string   `json:"id"`
	URL       string   `json:"url"`
	Title     string   `json:"title"`
	Publisher string   `json:"publisher"`
	Authors   []string `json:"authors"`
	Published string   `json:"published"` // ISO 8601 date or instant; empty when unknown
	Dateline  string   `json:"dateline"`
	Language  string   `json:"language"`
	Credits   []string `json:"credits"`
	Text      string   `json:"text"`
}

// Notice is trouble in the input or in reading it.
type Notice struct {
	Kind string `json:"kind"`
	Span *Span  `json:"span"`
	Text string `json:"text"`
}

// Actor is whoever speaks, acts or is acted on: once per document, however named.
type Actor struct {
	ID       ID       `json:"id"`
	Name     string   `json:"name"`
	Kind     string   `json:"kind"`
	Country  string   `json:"country"` // ISO 3166 alpha-3
	Sector   string   `json:"sector"`  // PLOVER
	Role     string   `json:"role"`
	PartOf   *ID      `json:"part_of"`
	Aliases  []string `json:"aliases"`
	Mentions []Span   `json:"mentions"`
	SameAs   []string `json:"same_as"`
	Why      string   `json:"why,omitempty"`
}

// Place is where things are.
type Place struct {
	ID       ID       `json:"id"`
	Name     string   `json:"name"`
	Kind     string   `json:"kind"`
	Country  string   `json:"country"`
	Lat      *float64 `json:"lat"`
	Lon      *float64 `json:"lon"`
	SameAs   []string `json:"same_as"`
	Mentions []Span   `json:"mentions"`
	Why      string   `json:"why,omitempty"`
}

// Statement is one act of saying, believing, wanting or denying. Span and Text run from the first to the
// last word of source, cue and content.
type Statement struct {
	ID            ID      `json:"id"`
	Source        []ID    `json:"source"`
	SourceMention *Words  `json:"source_mention"`
	Addressee     []ID    `json:"addressee"`
	Via           []ID    `json:"via"`
	Cue           *Words  `json:"cue"`
	Content       []Words `json:"content"`
	Act           string  `json:"act"`
	Quotation     string  `json:"quotation"`
	SaidAt        *Time   `json:"said_at"`
	Channel       string  `json:"channel"`
	ReportedIn    *ID     `json:"reported_in"` // the statement whose content holds this one
	Span          Span    `json:"span"`
	Text          string  `json:"text"`
	Confidence    float64 `json:"confidence"`
	Why           string  `json:"why,omitempty"`
}

// Event is who did, does or will do what to whom.
type Event struct {
	ID         ID       `json:"id"`
	Type       string   `json:"type"`
	Mode       string   `json:"mode"`
	Context    []string `json:"context"`
	CAMEO      string   `json:"cameo"`
	Actors     []ID     `json:"actors"`
	Recipients []ID     `json:"recipients"`
	Trigger    Words    `json:"trigger"`
	Span       Span     `json:"span"`
	Text       string   `json:"text"`
	Status     string   `json:"status"`
	When       *Time    `json:"when"`
	Where      []ID     `json:"where"`
	AssertedBy *ID      `json:"asserted_by"`
	Confidence float64  `json:"confidence"`
	Why        string   `json:"why,omitempty"`
}

// Condition is what a commitment hangs on.
type Condition struct {
	Kind string `json:"kind"`
	Text string `json:"text"`
	Span Span   `json:"span"`
}

// Commitment is something an actor said it will do, agreed to do or is due to do.
type Commitment struct {
	ID         ID          `json:"id"`
	By         []ID        `json:"by"`
	To         []ID        `json:"to"`
	Action     string      `json:"action"`
	Span       Span        `json:"span"`
	Text       string      `json:"text"`
	MadeIn     *ID         `json:"made_in"`
	Conditions []Condition `json:"conditions"`
	Due        *Time       `json:"due"`
	State      string      `json:"state"`
	Confidence float64     `json:"confidence"`
	Why        string      `json:"why,omitempty"`
}

// Contact is a call, meeting, visit, session or talks between actors.
type Contact struct {
	ID           ID      `json:"id"`
	Kind         string  `json:"kind"`
	Participants []ID    `json:"participants"`
	Status       string  `json:"status"`
	When         *Time   `json:"when"`
	Where        []ID    `json:"where"`
	Duration     string  `json:"duration"` // ISO 8601: PT105M; empty when unknown
	About        string  `json:"about"`
	Span         Span    `json:"span"`
	Text         string  `json:"text"`
	Spans        []Span  `json:"spans"` // every mention
	AssertedBy   *ID     `json:"asserted_by"`
	Confidence   float64 `json:"confidence"`
	Why          string  `json:"why,omitempty"`
}

// Figure is a number somebody gives for something.
type Figure struct {
	ID         ID       `json:"id"`
	Value      float64  `json:"value"`
	High       *float64 `json:"high"`
	Bound      string   `json:"bound"`
	Unit       string   `json:"unit"`
	Of         string   `json:"of"`
	Where      []ID     `json:"where"`
	When       *Time    `json:"when"`
	Span       Span     `json:"span"`
	Text       string   `json:"text"`
	AssertedBy []ID     `json:"asserted_by"` // one statement, or actors; empty: the document's own voice
	Why        string   `json:"why,omitempty"`
}

// Contradiction is two things that cannot both be so, or that somebody says conflict.
type Contradiction struct {
	ID         ID      `json:"id"`
	A          ID      `json:"a"`
	B          ID      `json:"b"`
	Basis      string  `json:"basis"` // stated, inferred
	By         []ID    `json:"by"`
	Reason     string  `json:"reason"`
	Span       *Span   `json:"span"` // null when inferred
	Text       string  `json:"text"`
	Confidence float64 `json:"confidence"`
	Why        string  `json:"why,omitempty"`
}

// Agreement is a named accord, ceasefire, protocol or format the text refers to.
type Agreement struct {
	ID       ID      `json:"id"`
	Name     string  `json:"name"`
	Date     *Time   `json:"date"`
	Parties  []ID    `json:"parties"`
	Terms    []Words `json:"terms"`
	Mentions []Span  `json:"mentions"`
	Why      string  `json:"why,omitempty"`
}
