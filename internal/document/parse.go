package document

import "strings"

// Token is one syntactic word after Universal Dependencies v2 (clitics and hyphenated compounds are
// split as in UD English EWT). Tokens follow each other in the text and never overlap; what lies
// between two tokens is white space.
type Token struct {
	Span  Span
	Form  string // Document.Text at Span
	Lemma string
	UPOS  string // NOUN, VERB, …
	XPOS  string // Penn Treebank tag: VBD, NNP, …
	Feats string // "Mood=Ind|Tense=Past|VerbForm=Fin"; empty for none
	Head  int    // index of the head in Document.Tokens; -1 for the root of a sentence
	Rel   string // UD relation to the head, with subtype: "nsubj:pass"
}

// Feat is the value of one feature ("Tense" → "Past"), empty when the token does not have it.
func (t *Token) Feat(name string) string {
	for rest := t.Feats; rest != ""; {
		var pair string
		pair, rest, _ = strings.Cut(rest, "|")
		if k, v, ok := strings.Cut(pair, "="); ok && k == name {
			return v
		}
	}
	return ""
}

// BaseRel is the relation without its subtype: "nsubj" for "nsubj:pass".
func (t *Token) BaseRel() string {
	base, _, _ := strings.Cut(t.Rel, ":")
	return base
}

// Sentence is a half-open range of tokens.
type Sentence struct {
	First, End int // token indexes
	Root       int // token index of the root
	Paragraph  int // index in Document.Paragraphs
	Span       Span
	// Meaning is a direction that stands for what the sentence says: the closer two are (by the cosine between them), the
	// more alike what they say. A unit vector times 127, rounded; nil where the model gives none.
	Meaning []int8
}

// Name is a named entity as the model sees it: a range of tokens with a kind
// (PER ORG LOC NORP EVENT MISC TIME) and the model's probability.
type Name struct {
	First, End int // token indexes
	Kind       string
	Score      float32
}

// Quote is one stretch between quotation marks. Span includes the marks, Inner does not. A quotation that
// runs over several paragraphs is one Quote each paragraph, linked by Continues. Nested quotations have a
// Parent. Open marks a quotation whose closing mark is missing: it ends where the parser decided it ends.
type Quote struct {
	Span, Inner Span
	First, End  int // tokens of Inner
	Parent      int // index of the enclosing quote, -1 at the top
	Continues   int // index of the quote in the paragraph before that it goes on from, -1 for none
	Open        bool
}

// MentionKind is the form a mention takes.
type MentionKind string

// The forms of mention.
const (
	Named   MentionKind = "named"   // "President Emmanuel Macron", "NATO"
	Nominal MentionKind = "nominal" // "the French leader", "both sides"
	Pronoun MentionKind = "pronoun" // "he", "their", "who"
)

// Mention is a phrase that refers to somebody or something. Mentions with the same Entity corefer as far
// as grammar and names tell; resolve, which knows offices and capitals, may join entities further.
// Every pronoun and every noun phrase headed by a noun or proper noun is a mention.
type Mention struct {
	First, End int // token range of the phrase, without relative clauses, appositions and trailing commas
	Head       int // token index of the head
	Kind       MentionKind
	Entity     int // number of the coreference chain
	// Class is what kind of entity it stands for, a kind of name: PER for persons, ORG for bodies, LOC for places;
	// empty when it is none of these or not known.
	Class string
	// Members are the chains of those a plural stands for when the text names them one by one ("Stone and Roe …
	// they", "both leaders"); nil otherwise.
	Members []int
}

// MarkKind is the role a model gives to words in an attribution.
type MarkKind string

// The roles in an attribution (PolNeAR).
const (
	MarkSource  MarkKind = "source"
	MarkCue     MarkKind = "cue"
	MarkContent MarkKind = "content"
)

// Mark is a range of tokens the model takes for the source, the cue or the content of an attribution.
type Mark struct {
	Kind       MarkKind
	First, End int     // token indexes
	Score      float32 // mean probability over the range
	// Anchor is the mark a source or content belongs to: its cue, or a content's source where there is no cue; -1 for
	// none, and for cues.
	Anchor int
}
