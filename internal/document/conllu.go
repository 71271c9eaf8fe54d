package document

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// ReadCoNLLU reads a treebank in CoNLL-U (universaldependencies.org/format.html) as documents, one for
// each "# newdoc" (one in all when there is none), with text rebuilt from the forms, SpaceAfter=No and
// "# newpar". Multi-word tokens are taken apart into their words, which share the surface token's text as
// far as their forms spell it. Enhanced dependencies and empty nodes are passed over.
func ReadCoNLLU(r io.Reader) ([]*Document, error) {
	b := &treebank{}
	scan := bufio.NewScanner(r)
	scan.Buffer(make([]byte, 1<<16), 1<<22)
	for line := 1; scan.Scan(); line++ {
		if err := b.add(scan.Text()); err != nil {
			return nil, fmt.Errorf("reading CoNLL-U, line %d: %w", line, err)
		}
	}
	if err := scan.Err(); err != nil {
		return nil, fmt.Errorf("reading CoNLL-U: %w", err)
	}
	if err := b.endDocument(); err != nil {
		return nil, fmt.Errorf("reading CoNLL-U: %w", err)
	}
	return b.docs, nil
}

// treebank builds documents line by line.
type treebank struct {
	docs    []*Document
	doc     *Document
	text    strings.Builder
	first   int // first token of the sentence being read
	space   bool
	newPar  bool
	skipTo  int // last word of the multi-word token being read
	surface string
	after   bool // whether a space follows that multi-word token
}

func (b *treebank) add(line string) error {
	switch {
	case line == "":
		return b.endSentence()
	case strings.HasPrefix(line, "# newdoc"):
		if err := b.endDocument(); err != nil {
			return err
		}
		b.start()
		if _, id, ok := strings.Cut(line, "= "); ok {
			b.doc.ID = id
		}
	case strings.HasPrefix(line, "# newpar"):
		b.newPar = true
	case strings.HasPrefix(line, "#"):
	default:
		return b.word(strings.Split(line, "\t"))
	}
	return nil
}

func (b *treebank) start() {
	b.doc = &Document{Language: "en"}
	b.text.Reset()
	b.first, b.space, b.newPar = 0, false, false
}

func (b *treebank) word(f []string) error {
	if len(f) != 10 {
		return fmt.Errorf("%d columns, want 10", len(f))
	}
	if b.doc == nil {
		b.start()
	}
	if strings.Contains(f[0], ".") {
		return nil
	}
	after := !strings.Contains(f[9], "SpaceAfter=No")
	if _, last, ok := strings.Cut(f[0], "-"); ok {
		n, err := strconv.Atoi(last)
		b.skipTo, b.surface, b.after = n, f[1], after
		return err
	}
	id, err := strconv.Atoi(f[0])
	if err != nil {
		return err
	}
	head, err := strconv.Atoi(f[6])
	if err != nil {
		return fmt.Errorf("head: %w", err)
	}
	b.gap()
	form := f[1]
	if id <= b.skipTo { // part of a multi-word token: spelled from what is left of its surface
		if id == b.skipTo || len(form) > len(b.surface) {
			form = b.surface
		} else {
			form = b.surface[:len(form)]
		}
		b.surface = b.surface[len(form):]
		after = id == b.skipTo && b.after
	}
	at := b.text.Len()
	b.text.WriteString(form)
	b.space = after
	tok := Token{Span: Span{at, at + len(form)}, Form: form, Lemma: f[2], UPOS: f[3], XPOS: f[4], Head: head - 1, Rel: f[7]}
	if f[5] != "_" {
		tok.Feats = f[5]
	}
	if head < 0 {
		return fmt.Errorf("head %d: want 0 or more", head)
	}
	if head > 0 {
		tok.Head += b.first
	}
	b.doc.Tokens = append(b.doc.Tokens, tok)
	return nil
}

// gap writes the white space before the next word.
func (b *treebank) gap() {
	switch {
	case len(b.doc.Tokens) == 0:
		b.doc.Paragraphs = append(b.doc.Paragraphs, Paragraph{Kind: Body})
	case b.newPar:
		b.text.WriteString("\n\n")
		at := b.text.Len()
		b.doc.Paragraphs = append(b.doc.Paragraphs, Paragraph{Span: Span{at, at}, Kind: Body})
	case b.space:
		b.text.WriteByte(' ')
	}
	b.newPar = false
}

func (b *treebank) endSentence() error {
	if b.doc == nil || b.first == len(b.doc.Tokens) {
		return nil
	}
	end := len(b.doc.Tokens)
	sent := Sentence{First: b.first, End: end, Root: -1, Paragraph: len(b.doc.Paragraphs) - 1}
	for i := b.first; i < end; i++ {
		switch h := b.doc.Tokens[i].Head; {
		case h < 0:
			sent.Root = i
		case h < b.first || h >= end:
			return fmt.Errorf("word %d has its head outside its sentence", i-b.first+1)
		}
	}
	sent.Span = b.doc.TokenSpan(b.first, end)
	b.doc.Paragraphs[sent.Paragraph].Span.End = sent.Span.End
	b.doc.Sentences = append(b.doc.Sentences, sent)
	b.first, b.skipTo = end, 0
	return nil
}

func (b *treebank) endDocument() error {
	if b.doc == nil || len(b.doc.Tokens) == 0 {
		return nil
	}
	if err := b.endSentence(); err != nil {
		return err
	}
	b.doc.Text = b.text.String()
	for i := range b.doc.Tokens {
		tok := &b.doc.Tokens[i]
		tok.Form = b.doc.Slice(tok.Span)
	}
	b.doc.Link()
	b.docs = append(b.docs, b.doc)
	b.doc = nil
	return nil
}
