package record

import (
	"context"
	"encoding/json"
	"errors"
	"iter"
	"strings"
	"time"
)

// An archive keeps many records under ids that stay the same for ever. An id is a letter, a hyphen and twelve
// characters: those of docs/record.md for items (a p s e c k f x g), d for articles, i for identities (one actor
// across articles), l for links, o for origins. Renamed records (Rename) carry these ids in every reference.

// Sentinels of every archive.
var (
	ErrNotFound = errors.New("not in this archive")
	ErrErased   = errors.New("erased from this archive")
)

// The states of an article.
const (
	Current    = "current"
	Superseded = "superseded" // a later version took its place
	Withdrawn  = "withdrawn"  // killed by its publisher, or taken out by a person with a reason
	Erased     = "erased"     // its text is gone on legal demand; the hashes stay
)

// Killed is why an article that its publisher took back is withdrawn, and the kill itself.
const Killed = "killed by its publisher"

// Article is a document as the archive keeps it: what the document says of itself and how it came here. Document.ID
// is the archive's id; Document.Text may be left empty in lists.
type Article struct {
	Document
	TextHash     string            `json:"text_hash"` // SHA-256 of the text, hex
	RawHash      string            `json:"raw_hash"`  // SHA-256 of the bytes it came in, hex
	MediaType    string            `json:"media_type"`
	Location     string            `json:"location"` // file, line or address it was read from
	Fetched      time.Time         `json:"fetched"`
	Headers      map[string]string `json:"headers,omitempty"`  // of the HTTP answer or WARC record
	GUID         string            `json:"guid,omitempty"`     // what its publisher calls it, across versions
	Replaces     []string          `json:"replaces,omitempty"` // articles that it says it takes the place of, by GUID
	Known        time.Time         `json:"known"`              // published, or fetched where that is not known: what as-of counts by
	Arrived      time.Time         `json:"arrived,omitzero"`   // when the archive took it in
	State        string            `json:"state"`
	StateReason  string            `json:"state_reason,omitempty"`
	StateAt      *time.Time        `json:"state_at,omitempty"`
	SupersededBy ID                `json:"superseded_by,omitempty"`
	Reading      int               `json:"reading"` // number of the newest reading, from 1
}

// FileName is the last part of where an article was read from: the name of a file, with the line of one that holds many, or
// the end of an address. It serves where an article has no title.
func (a *Article) FileName() string {
	place := a.Location
	if strings.Contains(place, "://") {
		place, _, _ = strings.Cut(place, "?")
	}
	place = strings.TrimRight(place, `/\`)
	return place[strings.LastIndexAny(place, `/\`)+1:]
}

// Arrival is an article on its way into an archive: its bytes and its record, which carries archive ids.
type Arrival struct {
	Article Article
	Raw     []byte
	Record  *Record
	// Supersedes are the articles it takes the place of, beside the versions of it that the archive finds.
	Supersedes []ID
	// Address is that of all its versions; empty where its own is none of one article's, as a front page's.
	Address string
	// Meanings are those of its sentences, in order; none where the model that read it gives none.
	Meanings []Meaning
}

// Entry is one item of a record as the archive keeps it.
type Entry struct {
	ID         ID              `json:"id"`
	Kind       string          `json:"kind"` // statement, event, commitment, contact, figure, contradiction, agreement, actor, place
	Article    ID              `json:"article"`
	Title      string          `json:"title"` // of its article; where that has none, the name of the file it came in
	Publisher  string          `json:"publisher"`
	URL        string          `json:"url"`
	Known      time.Time       `json:"known"`
	Undated    bool            `json:"undated,omitempty"` // its article bears no date: Known is when that was fetched
	Span       Span            `json:"span"`
	Text       string          `json:"text"`
	Label      string          `json:"label"` // act of a statement, type of an event, kind of a contact, unit of a figure
	Status     string          `json:"status,omitempty"`
	Confidence float64         `json:"confidence"`
	Item       json.RawMessage `json:"item"`              // as in docs/record.md, with archive ids
	Retired    int             `json:"retired,omitempty"` // the reading that no longer found it; 0: still found
	Verdict    string          `json:"verdict,omitempty"` // the latest of confirm, reject, doubt
}

// Query says which entries are wanted; zero fields ask for nothing in particular.
type Query struct {
	IDs           []ID // only of these, 500 at most
	Kinds         []string
	Article       ID
	Actors        []ID   // identities or actors of one article, in any role
	Role          string // of those actors: source, addressee, via, actor, recipient, by, to, participant, asserted_by
	Labels        []string
	Status        []string
	Publishers    []string // of their articles
	Origins       []string // first reported by one of these, by name (AFP), or part of one of these reports, by id (o-…); see Tally
	Text          string   // words to search for, all of them; "…" is a phrase
	From, To      time.Time
	AsOf          time.Time // what was known then: articles known and decisions made up to it
	Since         time.Time // what came into the archive from then on, whenever it was known
	MinConfidence float64
	Verdict       string // confirm, reject, doubt, or none: not judged
	Superseded    bool   // also of articles that are superseded or withdrawn
	Retired       bool   // also entries that the newest reading no longer finds
	Oldest        bool   // oldest first; else newest first
	Limit         int    // 0: 100
	Cursor        string // of the page before
}

// Arrivals are what came into an archive from a time on.
type Arrivals struct {
	Articles int       `json:"articles"`      // current ones
	Undated  int       `json:"undated"`       // of these, without a date
	Older    int       `json:"older"`         // of those with one, published before that time
	From     time.Time `json:"from,omitzero"` // when the first with a date was published
	To       time.Time `json:"to,omitzero"`   // when the last with a date was
	Last     time.Time `json:"last,omitzero"` // when the last article, entry or link of all came in, also before that time
}

// Page is a part of a list.
type Page struct {
	Entries []Entry `json:"entries"`
	Next    string  `json:"next,omitempty"` // Cursor of the next page, empty at the end
}

// Tally is what a list of entries is made of. An entry counts once for each label, publisher and day, and once for each
// actor and role. Origins counts reports, not entries: what forty papers reprint counts once, under whoever first reported
// it. An entry is part of the report whose passage holds its first character; the report is its agency's where any
// passage of it credits one, else that of the publisher whose own it is.
type Tally struct {
	Of         int                  // entries that were counted
	Complete   bool                 // they are all that the query asks for
	Kinds      map[string]int       // by kind
	Labels     map[string]int       // by label; "" where there is none
	Publishers map[string]int       // by publisher
	Origins    map[string]int       // reports by who first reported them: an agency or a publisher
	Days       map[string]int       // by the day, UTC, that their article was known
	Actors     map[string][]Counted // by role: the identities with most, those with more first
}

// Counted is something with an id and a name, and how often it is there.
type Counted struct {
	ID    ID     `json:"id"`
	Name  string `json:"name"`
	Count int    `json:"count"`
}

// Pages are the pages of a list, one after the other; Limit is the size of one. It ends with the first error.
func Pages(ctx context.Context, in interface {
	Entries(ctx context.Context, q Query) (Page, error)
}, q Query) iter.Seq2[[]Entry, error] {
	return func(yield func([]Entry, error) bool) {
		for {
			page, err := in.Entries(ctx, q)
			if !yield(page.Entries, err) || err != nil || page.Next == "" {
				return
			}
			q.Cursor = page.Next
		}
	}
}

// Identity is one actor across articles. Members are the actors of single articles that it stands for; which they are
// is decided by rules and by merge and split decisions, never by rewriting an article's own actors.
type Identity struct {
	ID      ID       `json:"id"`
	Name    string   `json:"name"`
	Kind    string   `json:"kind"`
	Country string   `json:"country"`
	Sector  string   `json:"sector"`
	SameAs  []string `json:"same_as"`
	Aliases []string `json:"aliases"`
	Members int      `json:"members"`
}

// Membership says which identity an actor of one article belongs to, and why.
type Membership struct {
	Actor    ID      `json:"actor"`
	Identity ID      `json:"identity"`
	Reason   string  `json:"reason"`
	Score    float64 `json:"score"`
}

// What begins a reason, or the last part of one behind a semicolon, that is a decision of somebody: their name follows, and why they
// decided so.
const (
	MergedBy  = "merged by "  // of memberships
	DecidedBy = "decided by " // of passages
)

// The kinds of link between entries of different articles.
const (
	SameClaim     = "same"          // both say the same: A first
	Conflict      = "contradiction" // both cannot be so
	Evidence      = "evidence"      // B bears on commitment A
	Corroboration = "corroboration" // B says of its own knowledge what A says
)

// Link is something found between two entries. It is offered, never applied: a person confirms or rejects it by its id.
type Link struct {
	ID         ID        `json:"id"`
	Kind       string    `json:"kind"`
	Type       string    `json:"type"` // of a contradiction: denial, opposite, number, time, place, strength, omission; of evidence: kept, broken, delayed, withdrawn, disputed, lapsed, trigger
	A          ID        `json:"a"`
	B          ID        `json:"b"` // empty for lapsed: nothing was found
	Reason     string    `json:"reason"`
	Confidence float64   `json:"confidence"`
	Known      time.Time `json:"known"` // when the later of the two was known
	Verdict    string    `json:"verdict,omitempty"`
}

// Passage says where a stretch of an article's text comes from. Passages of one origin are copies of one report.
type Passage struct {
	Article ID      `json:"article"`
	Span    Span    `json:"span"`
	Origin  ID      `json:"origin"`
	Label   string  `json:"label"`          // AFP; or the publisher, for own reporting
	Basis   string  `json:"basis"`          // credit, copy, own
	With    ID      `json:"with,omitempty"` // the article it was found to copy, or that copies it
	Share   float64 `json:"share"`          // of its word shingles that stand there too
	Reason  string  `json:"reason"`
}

// Judgement is a decision in the log. It is never edited: a later one about the same thing takes its place. Hash is the
// SHA-256 of Prev and all other fields as JSON, so that nothing can be changed or taken out unseen.
type Judgement struct {
	Seq      int64     `json:"seq"`
	At       time.Time `json:"at"`
	Who      string    `json:"who"`
	Verb     string    `json:"verb"`             // see Verbs
	Subject  ID        `json:"subject"`          // entry, link, article, identity or commitment
	Object   ID        `json:"object,omitempty"` // the other one, of merge, split, same_origin, own_origin
	Value    string    `json:"value,omitempty"`  // state, verification
	Why      string    `json:"why"`
	Evidence []ID      `json:"evidence,omitempty"`
	Prev     string    `json:"prev"`
	Hash     string    `json:"hash"`
}

// Verbs are what can be decided, and what it means.
func Verbs() []Kind {
	return []Kind{
		{"confirm", "the entry or link is right"}, {"reject", "the entry or link is wrong"}, {"doubt", "it cannot be told yet"},
		{"clear", "an earlier confirm, reject or doubt no longer counts"},
		{"state", "a commitment is kept, broken, delayed, withdrawn, disputed, lapsed, or not assessed again"},
		{"seen", "the judge has seen the thing itself: yes or no"}, {"checked", "the judge has checked the claim: yes or no"},
		{"attributed", "the claim stands attributed only: yes or no"},
		{"merge", "two identities are one"}, {"split", "an actor, or an identity, is not the other"},
		{"same_origin", "two articles are copies of one report"}, {"own_origin", "they are not"},
		{"withdraw", "an article is taken out, with a reason"}, {"restore", "a withdrawal is taken back"},
		{"erase", "an article's text is deleted on legal demand; its hashes stay"},
		{"ingest", "an article was taken in"}, {"read", "an article was read again"},
		{"supersede", "a later version takes the place of an article"},
	}
}

// States are what can be said of a commitment in an archive. It starts as not_assessed.
func States() []string {
	return []string{"not_assessed", "kept", "broken", "delayed", "withdrawn", "disputed", "lapsed"}
}

// LinkQuery says which links are wanted.
type LinkQuery struct {
	Kinds, Types  []string
	Entry         ID   // either side
	Entries       []ID // any of these on either side, 500 at most
	Article       ID   // of either side
	From, To      time.Time
	AsOf          time.Time
	Since         time.Time // first found from then on
	MinConfidence float64
	Verdict       string
	Limit         int
	Cursor        string
}

// ArticleQuery says which articles are wanted.
type ArticleQuery struct {
	Publisher string
	URL       string
	GUID      string
	TextHash  string
	Text      string // words of the title or text
	From, To  time.Time
	AsOf      time.Time
	Since     time.Time // taken in from then on
	States    []string  // empty: current
	Oldest    bool      // oldest first
	After     string    // Cursor
	Limit     int       // 0: all
}

// JudgementQuery says which decisions are wanted, oldest first unless Newest.
type JudgementQuery struct {
	Subject  ID   // or Object
	Subjects []ID // any of these, 500 at most
	Verbs    []string
	AsOf     time.Time
	After    int64 // only later than this Seq
	Before   int64 // only earlier than this Seq; 0: all
	Newest   bool  // newest first
	People   bool  // only what people decided, not what the program wrote
	Limit    int   // 0: all
}

// Writer is how things get into an archive.
type Writer interface {
	// Has says which of the articles are there already, in whatever state.
	Has(ctx context.Context, ids []ID) (map[ID]bool, error)
	// Put keeps articles with their bytes and records, all or none. What is there already is left as it is.
	Put(ctx context.Context, arrivals []Arrival) error
	// Reread keeps another reading of an article: entries it still finds keep their ids, others are retired. The meanings
	// of its sentences take the place of those of the reading before.
	Reread(ctx context.Context, article ID, rec *Record, meanings []Meaning) error
	// Judge appends a decision to the log. At, Seq, Prev and Hash are set by the archive.
	Judge(ctx context.Context, j Judgement) (Judgement, error)
	// Reconcile replaces what reconcile found about the articles: identities, links and passages. Links and
	// identities keep their ids and their decisions.
	Reconcile(ctx context.Context, found Found) error
}

// Found is what reconcile hands to an archive for some articles, replacing what it had found of them before.
type Found struct {
	Articles    []ID
	Identities  []Identity // new or changed
	Memberships []Membership
	Links       []Link
	Passages    []Passage
}

// Reader is how an archive is asked.
type Reader interface {
	Article(ctx context.Context, id ID) (Article, error)
	Articles(ctx context.Context, q ArticleQuery) iter.Seq2[Article, error]
	// Arrivals says what came in from a time on.
	Arrivals(ctx context.Context, since time.Time) (Arrivals, error)
	// Record is the newest reading of an article.
	Record(ctx context.Context, article ID) (*Record, error)
	// Raw are the bytes an article came in.
	Raw(ctx context.Context, article ID) ([]byte, error)
	Entry(ctx context.Context, id ID) (Entry, error)
	Entries(ctx context.Context, q Query) (Page, error)
	// Tally counts what a list of entries is made of.
	Tally(ctx context.Context, q Query) (Tally, error)
	Identity(ctx context.Context, id ID) (Identity, error)
	// Identities are those whose names hold all words of name, most members first; empty: all.
	Identities(ctx context.Context, name string, limit int) ([]Identity, error)
	Memberships(ctx context.Context, identity ID) ([]Membership, error)
	// Roles says in how many entries an identity has each role.
	Roles(ctx context.Context, identity ID) (map[string]int, error)
	// IdentityOf gives the identity of each actor of articles that has one.
	IdentityOf(ctx context.Context, actors []ID) (map[ID]ID, error)
	Link(ctx context.Context, id ID) (Link, error)
	Links(ctx context.Context, q LinkQuery) ([]Link, string, error)
	Passages(ctx context.Context, article ID) ([]Passage, error)
	// Meanings are those of the newest readings of articles, 500 at most; of none: of all, newest article first. Articles
	// whose reading gave none come without sentences; those that are erased or not there do not come.
	Meanings(ctx context.Context, of []ID) iter.Seq2[Meant, error]
	Judgements(ctx context.Context, q JudgementQuery) iter.Seq2[Judgement, error]
	// Mark is the last decision in the log (zero where there is none), and a number that grows with every change.
	Mark(ctx context.Context) (last Judgement, changes int64, err error)
}
