package eval

import (
	"fmt"
	"io"
	"strings"

	"parley/internal/document"
)

// Annotate is a stage under test: it fills in a document what it is there to fill in.
type Annotate func(*document.Document) error

// Treebank measures tags, lemmas and trees on gold tokens and sentences (annotate must keep those), and tokens
// and sentences on raw text, as the CoNLL 2018 shared task does: a relation counts without its subtype,
// tokens and sentences count when both their ends are right. path is a gzipped CoNLL-U file; keep says which
// documents count (nil: all).
func Treebank(task, path string, keep func(id string) bool, annotate, raw Annotate) ([]Row, error) {
	docs, err := readTreebank(path)
	if err != nil {
		return nil, err
	}
	var s treebankScore
	for _, gold := range docs {
		if keep != nil && !keep(gold.ID) {
			continue
		}
		given := tokensOnly(gold)
		if err := annotate(given); err != nil {
			return nil, fmt.Errorf("annotating %s: %w", gold.ID, err)
		}
		if err := s.trees(gold, given); err != nil {
			return nil, err
		}
		plain := textOnly(gold)
		if err := raw(plain); err != nil {
			return nil, fmt.Errorf("parsing %s: %w", gold.ID, err)
		}
		s.segments(gold, plain)
	}
	return s.rows(task), nil
}

func readTreebank(path string) ([]*document.Document, error) {
	var docs []*document.Document
	err := unzip(path, func(r io.Reader) (err error) {
		docs, err = document.ReadCoNLLU(r)
		return err
	})
	return docs, err
}

// tokensOnly is a copy of a document with its tokens and sentences, but nothing said about them.
func tokensOnly(gold *document.Document) *document.Document {
	doc := textOnly(gold)
	doc.Tokens = make([]document.Token, len(gold.Tokens))
	for i, tok := range gold.Tokens {
		doc.Tokens[i] = document.Token{Span: tok.Span, Form: tok.Form, Head: -1}
	}
	doc.Sentences = append([]document.Sentence(nil), gold.Sentences...)
	for i := range doc.Sentences {
		doc.Sentences[i].Root = -1
	}
	return doc
}

func textOnly(gold *document.Document) *document.Document {
	return &document.Document{
		ID: gold.ID, Language: gold.Language, Text: gold.Text,
		Paragraphs: append([]document.Paragraph(nil), gold.Paragraphs...),
	}
}

// treebankScore counts over documents.
type treebankScore struct {
	words, upos, xpos, feats, lemma, uas, las int
	tokens, sentences                         PRF
}

func (s *treebankScore) trees(gold, given *document.Document) error {
	if len(gold.Tokens) != len(given.Tokens) {
		return fmt.Errorf("%s: %d tokens were given and %d came back", gold.ID, len(gold.Tokens), len(given.Tokens))
	}
	for i := range gold.Tokens {
		g, t := &gold.Tokens[i], &given.Tokens[i]
		s.words++
		s.upos += one(g.UPOS == t.UPOS)
		s.xpos += one(g.XPOS == t.XPOS)
		s.feats += one(g.Feats == t.Feats)
		s.lemma += one(strings.EqualFold(g.Lemma, t.Lemma))
		if g.Head == t.Head {
			s.uas++
			s.las += one(g.BaseRel() == t.BaseRel())
		}
	}
	return nil
}

func (s *treebankScore) segments(gold, given *document.Document) {
	spans := func(d *document.Document) (tokens, sentences map[document.Span]bool) {
		tokens, sentences = map[document.Span]bool{}, map[document.Span]bool{}
		for _, tok := range d.Tokens {
			tokens[tok.Span] = true
		}
		for _, sent := range d.Sentences {
			sentences[d.TokenSpan(sent.First, sent.End)] = true
		}
		return tokens, sentences
	}
	goldTokens, goldSentences := spans(gold)
	givenTokens, givenSentences := spans(given)
	s.tokens.Add(compare(goldTokens, givenTokens))
	s.sentences.Add(compare(goldSentences, givenSentences))
}

// compare counts what two sets share.
func compare[K comparable](gold, given map[K]bool) PRF {
	c := PRF{Given: len(given), Gold: len(gold)}
	for k := range given {
		c.Right += one(gold[k])
	}
	return c
}

func (s *treebankScore) rows(task string) []Row {
	row := func(measure string, right int) Row { return Row{task, measure, percent(right, s.words), s.words} }
	return []Row{
		row("UPOS", s.upos), row("XPOS", s.xpos), row("features", s.feats), row("lemma", s.lemma),
		row("UAS", s.uas), row("LAS", s.las),
		{task, "token F1, raw text", s.tokens.F1(), s.tokens.Gold},
		{task, "sentence F1, raw text", s.sentences.F1(), s.sentences.Gold},
	}
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}
