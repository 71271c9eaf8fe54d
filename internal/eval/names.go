package eval

import (
	"fmt"
	"hash/crc32"
	"io"
	"strings"

	"parley/internal/document"
)

// namedDocument is a document of given tokens and sentences with its gold names.
type namedDocument struct {
	doc  *document.Document
	gold map[document.Name]bool
}

// Unseen says whether the names of a document of UNER's EWT dev were kept out of training (train/corpora.py,
// in_training_half, keeps the same half).
func Unseen(id string) bool { return crc32.ChecksumIEEE([]byte(id))%2 == 1 }

// Names measures exact names of persons, bodies and places on an IOB2 file of Universal NER (gzip), in the documents that
// keep takes; nil takes all.
func Names(task, path string, keep func(id string) bool, annotate Annotate) ([]Row, error) {
	documents, err := readNames(path)
	if err != nil {
		return nil, err
	}
	counts := map[string]*PRF{"PER": {}, "ORG": {}, "LOC": {}}
	var total PRF
	for _, d := range documents {
		if keep != nil && !keep(d.doc.ID) {
			continue
		}
		if err := annotate(d.doc); err != nil {
			return nil, fmt.Errorf("annotating names: %w", err)
		}
		given := map[document.Name]bool{}
		for _, n := range d.doc.Names {
			if counts[n.Kind] != nil {
				given[document.Name{First: n.First, End: n.End, Kind: n.Kind}] = true
			}
		}
		for kind, c := range counts {
			c.Add(compare(ofKind(d.gold, kind), ofKind(given, kind)))
		}
		total.Add(compare(d.gold, given))
	}
	rows := []Row{{task, "F1", total.F1(), total.Gold}, {task, "precision", total.Precision(), total.Given}, {task, "recall", total.Recall(), total.Gold}}
	for _, kind := range []string{"PER", "ORG", "LOC"} {
		rows = append(rows, Row{task, kind + " F1", counts[kind].F1(), counts[kind].Gold})
	}
	return rows, nil
}

func ofKind(names map[document.Name]bool, kind string) map[document.Name]bool {
	out := map[document.Name]bool{}
	for n := range names {
		if n.Kind == kind {
			out[n] = true
		}
	}
	return out
}

func readNames(path string) ([]*namedDocument, error) {
	var all []byte
	err := unzip(path, func(r io.Reader) (err error) {
		all, err = io.ReadAll(r)
		return err
	})
	if err != nil {
		return nil, err
	}
	var out []*namedDocument
	for block := range strings.SplitSeq(string(all), "\n\n") {
		for line := range strings.SplitSeq(block, "\n") {
			if _, id, ok := strings.Cut(line, "# newdoc id = "); ok || len(out) == 0 {
				out = append(out, &namedDocument{&document.Document{ID: id, Language: "en"}, map[document.Name]bool{}})
			}
		}
		out[len(out)-1].add(block)
	}
	for _, d := range out {
		d.doc.Paragraphs = []document.Paragraph{{Span: document.Span{End: len(d.doc.Text)}, Kind: document.Body}}
	}
	return out, nil
}

// add appends a sentence, with the white space that its "# text" shows.
func (d *namedDocument) add(block string) {
	doc, open := d.doc, document.Name{First: -1}
	shut := func() {
		if open.First >= 0 {
			open.End = len(doc.Tokens)
			d.gold[open] = true
			open = document.Name{First: -1}
		}
	}
	first, left := len(doc.Tokens), ""
	var text strings.Builder
	text.WriteString(doc.Text)
	if text.Len() > 0 {
		text.WriteByte(' ')
	}
	for line := range strings.SplitSeq(block, "\n") {
		if whole, ok := strings.CutPrefix(line, "# text = "); ok {
			left = whole
		}
		f := strings.Split(line, "\t")
		if strings.HasPrefix(line, "#") || len(f) < 3 {
			continue
		}
		if rest := strings.TrimLeft(left, " "); len(doc.Tokens) > first && (len(rest) < len(left) || left == "") {
			text.WriteByte(' ')
		}
		left, _ = strings.CutPrefix(strings.TrimLeft(left, " "), f[1])
		if !strings.HasPrefix(f[2], "I-") {
			shut()
		}
		if kind, ok := strings.CutPrefix(f[2], "B-"); ok {
			open = document.Name{First: len(doc.Tokens), Kind: kind}
		}
		at := text.Len()
		text.WriteString(f[1])
		doc.Tokens = append(doc.Tokens, document.Token{Span: document.Span{Start: at, End: text.Len()}, Form: f[1], Head: -1})
	}
	shut()
	if doc.Text = text.String(); len(doc.Tokens) > first {
		sent := document.Sentence{First: first, End: len(doc.Tokens), Root: -1}
		sent.Span = doc.TokenSpan(first, len(doc.Tokens))
		doc.Sentences = append(doc.Sentences, sent)
	}
}
