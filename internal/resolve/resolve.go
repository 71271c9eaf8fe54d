package resolve

import (
	"slices"
	"sync"

	"parley/internal/document"
	"parley/internal/read"
	"parley/internal/record"
)

// Resolver holds the tables. It is safe for several goroutines at once.
type Resolver struct {
	load func() (*tables, error)
}

// New makes a resolver. The tables are parsed at the first use; New itself only checks that this works
// when called for the first time in the life of a resolver, which takes some milliseconds.
func New() (*Resolver, error) {
	r := &Resolver{load: sync.OnceValues(loadTables)}
	if _, err := r.load(); err != nil {
		return nil, err
	}
	return r, nil
}

// work is the state of resolving one document.
type work struct {
	t   *tables
	doc *document.Document
	in  *read.Reading
	off *document.Offsets

	actors       []*actor
	byKey        map[string]*actor
	ids          map[*actor]record.ID
	tokens       map[int]*actor // tokens of names of persons, and heads of phrases settled with them
	refs         map[int]*ref   // what noun phrases refer to, by head
	names        []*personName
	whos         []*actor      // the persons of names, each once; see people
	chains       map[int][]int // mention indexes by coreference chain
	atHead       map[int]int   // mention index by head token
	places       *placeBook
	inName       map[int]int        // name, other than a person, that a token stands in
	acronyms     map[string]int     // head of the name that an acronym in brackets stands for
	mentioned    map[string]int     // how often the text names each country
	sameLemma    map[string][]int   // nouns that head phrases, by lemma
	bodyOf       map[string][]owned // bodies of countries that the text names, by the key of the body
	heads, tails []string           // first and last words of folded tokens
	paras        []bool             // paragraphs that carry copy

	statementOf  []record.ID // by attribution; empty for one that was dropped
	eventOf      []record.ID
	commitmentOf map[int]record.ID // by attribution
	times        []*record.Time
}

// Resolve makes the record of a document from what was read in it. It changes neither.
func (r *Resolver) Resolve(doc *document.Document, reading read.Reading) *record.Record {
	t, err := r.load()
	if err != nil {
		panic("internal error: tables that loaded once do not load: " + err.Error())
	}
	w := &work{t: t, doc: doc, in: &reading, off: document.NewOffsets(doc.Text), byKey: map[string]*actor{},
		ids: map[*actor]record.ID{}, tokens: map[int]*actor{}, refs: map[int]*ref{}, chains: map[int][]int{}, atHead: map[int]int{},
		commitmentOf: map[int]record.ID{}, mentioned: map[string]int{}, inName: map[int]int{}, acronyms: map[string]int{}}
	w.index()
	w.countCountries()
	w.persons()
	w.places = w.newPlaceBook()
	w.nameActors()
	w.resolveTimes()
	rec := &record.Record{Parley: record.Schema, Document: record.DocumentOf(w.doc)}
	d := w.draft()
	rec.Actors = w.actorList()
	w.write(rec, d)
	rec.Places = w.places.list()
	w.notices(rec)
	return rec
}

// index prepares look-ups of mentions and paragraphs.
func (w *work) index() {
	w.heads, w.tails = make([]string, len(w.doc.Tokens)), make([]string, len(w.doc.Tokens))
	for i := range w.doc.Tokens {
		key := fold(w.doc.Tokens[i].Form)
		w.heads[i], w.tails[i] = headWord(key), tailWord(key)
	}
	for i, m := range w.doc.Mentions {
		if m.Head < 0 || m.Head >= len(w.doc.Tokens) {
			continue
		}
		w.chains[m.Entity] = append(w.chains[m.Entity], i)
		if _, ok := w.atHead[m.Head]; !ok {
			w.atHead[m.Head] = i
		}
	}
	for k := range w.doc.Names {
		n := &w.doc.Names[k]
		for i := max(0, n.First); i < min(n.End, len(w.doc.Tokens)) && n.Kind != "PER"; i++ {
			if _, ok := w.inName[i]; !ok {
				w.inName[i] = k
			}
		}
	}
	w.findAcronyms()
	w.paras = make([]bool, len(w.doc.Paragraphs))
	for i, p := range w.doc.Paragraphs {
		w.paras[i] = p.Kind == document.Body || p.Kind == document.Title || p.Kind == document.Heading
	}
}

// readable says whether a token stands in a paragraph that is read.
func (w *work) readable(i int) bool {
	s := w.doc.SentenceOf(i)
	if s < 0 {
		return false
	}
	p := w.doc.Sentences[s].Paragraph
	return p < 0 || p >= len(w.paras) || w.paras[p]
}

// persons gathers who is named and which roles the text gives them.
func (w *work) persons() {
	names := w.personNames()
	names = slices.DeleteFunc(names, func(n *personName) bool { return !w.readable(n.first) })
	for _, n := range names {
		w.title(n)
	}
	w.cluster(names)
	w.names = names
	for _, n := range names {
		w.apposition(n)
	}
	w.wellKnown()
	for _, n := range names {
		w.settle(n.who)
		w.atHome(n.who)
	}
	w.titledTogether()
	w.counterparts()
	for _, n := range names {
		n.who.used = true
	}
}

// span turns a span of the document into one of the record.
func (w *work) span(s document.Span) record.Span {
	return record.Span{w.off.Rune(s.Start), w.off.Rune(s.End)}
}

// words are words of the text for the record.
func (w *work) words(s document.Span) record.Words {
	return record.Words{Text: w.doc.Slice(s), Span: w.span(s)}
}

func (w *work) notices(rec *record.Record) {
	rec.Notices = []record.Notice{}
	for _, n := range w.doc.Notices {
		note := record.Notice{Kind: n.Kind, Text: n.Text}
		if !n.Span.Empty() {
			s := w.span(n.Span)
			note.Span = &s
		}
		rec.Notices = append(rec.Notices, note)
	}
}
