package eval

import (
	"bufio"
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"parley/internal/record"
)

// ContradictionTask names the rows of Contradictions; the halves stand behind it.
const ContradictionTask = "contradictions, labelled pairs"

// CorpusText is one article of a corpus.
type CorpusText struct {
	Corpus    string `json:"-"`
	ID        string `json:"id"`
	Date      string `json:"date"` // ISO 8601
	Title     string `json:"title"`
	Publisher string `json:"publisher"`
	URL       string `json:"url"`
	Text      string `json:"text"`
}

// Archive reads articles and compares them with one another, as an archive that held nothing else would: the record of
// each, in the order of texts and with archive ids, with what is inferred inside it, and the links between them.
type Archive func(texts []CorpusText) ([]*record.Record, []record.Link, error)

// passage is a stretch of an article of a corpus, in code points.
type passage struct {
	corpus, doc string
	span        record.Span
}

// meets says whether two passages are one entry's: they share at least half of the shorter one and a quarter of the
// longer. Readings move by some words; a number inside a sentence is not the sentence.
func (p passage) meets(q passage) bool {
	common := min(p.span[1], q.span[1]) - max(p.span[0], q.span[0])
	first, second := p.span[1]-p.span[0], q.span[1]-q.span[0]
	return p.corpus == q.corpus && p.doc == q.doc && 2*common >= min(first, second) && 4*common >= max(first, second)
}

// labelledPair is two passages and what a person found between them: a type of contradiction, or none.
type labelledPair struct {
	a, b  passage
	label string
}

// held says whether a pair belongs to the half that nothing was set on: by the first bit of a hash of its documents.
func (p labelledPair) held() bool {
	sum := sha256.Sum256([]byte(min(p.a.doc, p.b.doc) + "|" + max(p.a.doc, p.b.doc)))
	return sum[0]%2 == 1
}

// found says whether a contradiction between two passages is this pair.
func (p labelledPair) found(a, b passage) bool {
	return p.a.meets(a) && p.b.meets(b) || p.a.meets(b) && p.b.meets(a)
}

// Contradictions measures what is found to contradict, against pairs of passages that were labelled by hand (columns:
// corpus, document, start, end, twice, then label and note). Only the articles that the pairs name are taken out of the
// corpora in the folder data. Precision is over the labelled pairs that were found, recall over those labelled as
// contradictions; what is found and has no label is counted apart.
func Contradictions(pairs, data string, archive Archive) ([]Row, error) {
	list, err := readPairs(pairs)
	if err != nil {
		return nil, err
	}
	texts, err := textsOf(list, data)
	if err != nil {
		return nil, err
	}
	records, links, err := archive(texts)
	if err != nil {
		return nil, err
	}
	return pairRows(list, foundPairs(texts, records, links)), nil
}

// pairRows count, of all pairs and of each half.
func pairRows(list []labelledPair, found [][2]passage) []Row {
	var rows []Row
	for _, half := range []struct {
		name string
		in   func(labelledPair) bool
	}{
		{"all", func(labelledPair) bool { return true }},
		{"tuning half", func(p labelledPair) bool { return !p.held() }},
		{"held-out half", labelledPair.held},
	} {
		count, of := PRF{}, 0
		for _, p := range list {
			if !half.in(p) {
				continue
			}
			of++
			hit := slices.ContainsFunc(found, func(f [2]passage) bool { return p.found(f[0], f[1]) })
			count.Add(PRF{Right: one(hit && p.label != "none"), Given: one(hit), Gold: one(p.label != "none")})
		}
		task := ContradictionTask + ", " + half.name
		rows = append(rows, Row{task, "precision", count.Precision(), count.Given}, Row{task, "recall", count.Recall(), count.Gold},
			Row{task, "pairs found, pairs", float64(count.Given), of})
	}
	unknown := 0
	for _, f := range found {
		unknown += one(!slices.ContainsFunc(list, func(p labelledPair) bool { return p.found(f[0], f[1]) }))
	}
	return append(rows, Row{ContradictionTask, "found without a label, pairs", float64(unknown), len(found)})
}

// foundPairs are the passages of every contradiction, inside records and between them, each pair once.
func foundPairs(texts []CorpusText, records []*record.Record, links []record.Link) [][2]passage {
	at := map[record.ID]passage{}
	var ids [][2]record.ID
	for i, rec := range records {
		for id, span := range spansOf(rec) {
			at[id] = passage{texts[i].Corpus, texts[i].ID, span}
		}
		for _, c := range rec.Contradictions {
			if c.Basis == "inferred" {
				ids = append(ids, [2]record.ID{c.A, c.B})
			}
		}
	}
	for _, l := range links {
		if l.Kind == record.Conflict {
			ids = append(ids, [2]record.ID{l.A, l.B})
		}
	}
	out := make([][2]passage, len(ids))
	for i, pair := range ids {
		out[i] = [2]passage{at[pair[0]], at[pair[1]]}
	}
	return out
}

// spansOf are the places of the entries that can contradict each other.
func spansOf(rec *record.Record) map[record.ID]record.Span {
	out := map[record.ID]record.Span{}
	for i := range rec.Statements {
		out[rec.Statements[i].ID] = rec.Statements[i].Span
	}
	for i := range rec.Events {
		out[rec.Events[i].ID] = rec.Events[i].Span
	}
	for i := range rec.Contacts {
		out[rec.Contacts[i].ID] = rec.Contacts[i].Span
	}
	for i := range rec.Figures {
		out[rec.Figures[i].ID] = rec.Figures[i].Span
	}
	return out
}

// readPairs reads the table of labelled pairs.
func readPairs(path string) ([]labelledPair, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("opening the labelled pairs: %w", err)
	}
	defer f.Close()
	list, err := parsePairs(f)
	if err != nil {
		return nil, fmt.Errorf("reading the labelled pairs in %s: %w", path, err)
	}
	return list, nil
}

func parsePairs(r io.Reader) ([]labelledPair, error) {
	var out []labelledPair
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		col := strings.Split(lines.Text(), "\t")
		if strings.HasPrefix(lines.Text(), "#") || col[0] == "corpus" || lines.Text() == "" {
			continue
		}
		if len(col) != 10 {
			return nil, fmt.Errorf("line %d has %d columns, not 10", n, len(col))
		}
		a, err := parsePassage(col[:4])
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		b, err := parsePassage(col[4:8])
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		out = append(out, labelledPair{a, b, col[8]})
	}
	return out, lines.Err()
}

func parsePassage(col []string) (passage, error) {
	from, err := strconv.Atoi(col[2])
	if err != nil {
		return passage{}, fmt.Errorf("start: %w", err)
	}
	to, err := strconv.Atoi(col[3])
	if err != nil {
		return passage{}, fmt.Errorf("end: %w", err)
	}
	if from < 0 || to <= from {
		return passage{}, fmt.Errorf("no passage from %d to %d", from, to)
	}
	return passage{col[0], col[1], record.Span{from, to}}, nil
}

// textsOf takes the articles that pairs name out of their corpora, in the order of their dates.
func textsOf(list []labelledPair, data string) ([]CorpusText, error) {
	wanted := map[string]map[string]int{} // corpus → document → where its last passage ends
	for _, pair := range list {
		for _, p := range []passage{pair.a, pair.b} {
			if wanted[p.corpus] == nil {
				wanted[p.corpus] = map[string]int{}
			}
			wanted[p.corpus][p.doc] = max(wanted[p.corpus][p.doc], p.span[1])
		}
	}
	var out []CorpusText
	for _, corpus := range slices.Sorted(maps.Keys(wanted)) {
		texts, err := pick(corpus, data, wanted[corpus])
		if err != nil {
			return nil, err
		}
		out = append(out, texts...)
	}
	slices.SortStableFunc(out, func(a, b CorpusText) int { return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.ID, b.ID)) })
	return out, nil
}

// corpusFile is where a corpus lies in the folder of corpora.
func corpusFile(corpus, data string) string {
	if part, ok := strings.CutPrefix(corpus, "polnear-"); ok {
		return filepath.Join(data, "polnear", part+".jsonl.gz")
	}
	return filepath.Join(data, "news", corpus+".jsonl.gz")
}

func pick(corpus, data string, wanted map[string]int) ([]CorpusText, error) {
	var out []CorpusText
	seen := map[string]bool{}
	err := unzip(corpusFile(corpus, data), func(r io.Reader) error {
		for dec := json.NewDecoder(r); dec.More(); {
			text := CorpusText{}
			if err := dec.Decode(&text); err != nil {
				return err
			}
			end, ok := wanted[text.ID]
			if !ok || seen[text.ID] {
				continue
			}
			if n := len([]rune(text.Text)); n < end {
				return fmt.Errorf("%s has %d code points; a labelled passage ends at %d", text.ID, n, end)
			}
			text.Corpus, text.Publisher = corpus, cmp.Or(text.Publisher, corpus)
			out, seen[text.ID] = append(out, text), true
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, id := range slices.Sorted(maps.Keys(wanted)) {
		if !seen[id] {
			return nil, fmt.Errorf("the corpus %s has no document %s", corpus, id)
		}
	}
	return out, nil
}
