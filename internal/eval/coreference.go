package eval

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"parley/internal/document"
)

// Coreference measures the chains of mentions of persons, organisations and places on a gzipped CoNLL-U file with
// the Entity annotation of GUM, on gold tokens and sentences, but with trees, names and quotations that annotate
// finds. Mentions are matched by the word that heads them. It is measured twice: over the annotated mentions, those
// that were not found standing alone; and over the mentions that annotate takes for persons, organisations or
// places, right or not. keep says which documents count (nil: all).
func Coreference(task, path string, keep func(id string) bool, annotate Annotate) ([]Row, error) {
	docs, err := readTreebank(path)
	if err != nil {
		return nil, err
	}
	entities, err := readGUMEntities(path)
	if err != nil {
		return nil, err
	}
	if len(entities) != len(docs) {
		return nil, fmt.Errorf("reading %s: %d documents, but mentions of %d", path, len(docs), len(entities))
	}
	var given, whole chainScore
	for n, gold := range docs {
		if keep != nil && !keep(gold.ID) {
			continue
		}
		doc := tokensOnly(gold)
		if err := annotate(doc); err != nil {
			return nil, fmt.Errorf("annotating %s: %w", gold.ID, err)
		}
		key := goldChains(gold, entities[n])
		given.add(key, restricted(key, doc.Mentions))
		whole.add(key, claimed(doc))
	}
	rows := given.rows(task + ", gold mentions")
	whole.mentionRows(task+", whole", &rows)
	return rows, nil
}

func (s *chainScore) rows(task string) []Row {
	n := s.mentions.Gold
	return []Row{
		{task, "MUC F1", s.muc.F1(), n}, {task, "B³ precision", 100 * s.b3.precision.share(), n},
		{task, "B³ recall", 100 * s.b3.recall.share(), n}, {task, "B³ F1", s.b3.F1(), n},
		{task, "CEAF-e F1", s.ceaf.F1(), n}, {task, "CoNLL average", s.average(), n},
	}
}

func (s *chainScore) mentionRows(task string, rows *[]Row) {
	*rows = append(*rows, s.rows(task)...)
	*rows = append(*rows, Row{task, "mention precision", s.mentions.Precision(), s.mentions.Given}, Row{task, "mention recall", s.mentions.Recall(), s.mentions.Gold})
}

// goldChains is the chain of each annotated mention of a person, organisation or place, by its head. Of several
// mentions with the same head, a coordination and its first member, the shortest counts.
func goldChains(gold *document.Document, all []gumMention) map[int]int {
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b gumMention) int { return (a.end - a.first) - (b.end - b.first) })
	out, number, taken := map[int]int{}, map[string]int{}, map[int]bool{}
	for _, m := range all {
		if m.end > len(gold.Tokens) {
			continue
		}
		head := headIn(gold, m.first, m.end)
		if taken[head] {
			continue
		}
		taken[head] = true
		if kindOfGUM(m.kind) == "" {
			continue
		}
		if _, ok := number[m.entity]; !ok {
			number[m.entity] = len(number)
		}
		out[head] = number[m.entity]
	}
	return out
}

// kindOfGUM is the kind of name for a kind of entity of GUM, where it is one that counts.
func kindOfGUM(kind string) string {
	switch kind {
	case "person":
		return "PER"
	case "organization": //nolint:misspell // GUM's word
		return "ORG"
	case "place":
		return "LOC"
	}
	return ""
}

// headIn is the first token of a range whose head lies outside it.
func headIn(doc *document.Document, first, end int) int {
	for t := first; t < end; t++ {
		if h := doc.Tokens[t].Head; h < first || h >= end {
			return t
		}
	}
	return first
}

// restricted is the found chains of the annotated mentions; what was not found stands alone.
func restricted(key map[int]int, found []document.Mention) map[int]int {
	out := map[int]int{}
	for _, m := range found {
		if _, ok := key[m.Head]; ok {
			out[m.Head] = m.Entity
		}
	}
	for head := range key {
		if _, ok := out[head]; !ok {
			out[head] = -1 - head
		}
	}
	return out
}

// claimed is the found chains of what is taken for a person, an organisation or a place. Relative pronouns are left
// out: GUM does not mark them as mentions.
func claimed(doc *document.Document) map[int]int {
	out := map[int]int{}
	for _, m := range doc.Mentions {
		switch m.Class {
		case "PER", "ORG", "LOC":
			if doc.Tokens[m.Head].Feat("PronType") != "Rel" {
				out[m.Head] = m.Entity
			}
		}
	}
	return out
}

// gumMention is an annotated mention with its entity; tokens are counted from the beginning of the document.
type gumMention struct {
	first, end   int
	entity, kind string
}

func readGUMEntities(path string) ([][]gumMention, error) {
	var out [][]gumMention
	err := unzip(path, func(r io.Reader) (err error) {
		out, err = gumEntities(r)
		return err
	})
	return out, err
}

// gumEntities reads the Entity annotation of GUM, document by document.
func gumEntities(r io.Reader) ([][]gumMention, error) {
	var out [][]gumMention
	open := map[string][]gumMention{}
	word := 0
	scan := bufio.NewScanner(r)
	scan.Buffer(nil, 1<<22)
	for scan.Scan() {
		if strings.HasPrefix(scan.Text(), "# newdoc") {
			out, open, word = append(out, nil), map[string][]gumMention{}, 0
		}
		cols := strings.Split(scan.Text(), "\t")
		if len(cols) != 10 || strings.ContainsAny(cols[0], "-.") || len(out) == 0 {
			continue
		}
		for field := range strings.SplitSeq(cols[9], "|") {
			if value, ok := strings.CutPrefix(field, "Entity="); ok {
				out[len(out)-1] = append(out[len(out)-1], entitiesAt(value, word, open)...)
			}
		}
		word++
	}
	return out, scan.Err()
}

// entitiesAt reads one Entity annotation at a word: "(1-person-…", "2)", "(3-place-…)" in a row. open holds the
// mentions that have begun, by entity; those that end are returned.
func entitiesAt(value string, word int, open map[string][]gumMention) []gumMention {
	var out []gumMention
	for value != "" {
		if value[0] != '(' {
			id, rest, _ := strings.Cut(value, ")")
			value = rest
			if n := len(open[id]); n > 0 {
				m := open[id][n-1]
				open[id], m.end = open[id][:n-1], word+1
				out = append(out, m)
			}
			continue
		}
		stop := strings.IndexAny(value[1:], "()")
		whole := value[1:]
		if stop >= 0 {
			whole = value[1 : 1+stop]
		}
		entity, rest, _ := strings.Cut(whole, "-")
		kind, _, _ := strings.Cut(rest, "-")
		m := gumMention{word, word + 1, entity, kind}
		if closes := stop >= 0 && value[1+stop] == ')'; closes {
			out, value = append(out, m), value[2+stop:]
			continue
		}
		open[entity] = append(open[entity], m)
		value = value[1+len(whole):]
	}
	return out
}
