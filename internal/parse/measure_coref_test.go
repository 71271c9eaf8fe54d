package parse

import (
	"bufio"
	"compress/gzip"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"parley/internal/document"
)

// goldMention is an annotated mention of a treebank with its entity.
type goldMention struct {
	first, end, head int
	entity, kind     string
}

// goldMentions reads the Entity annotation of GUM, document by document, in the order of ReadCoNLLU.
func goldMentions(t *testing.T, name string) [][]goldMention {
	t.Helper()
	f, err := os.Open(filepath.Join("../../../shared/data/ud", name+".conllu.gz"))
	if err != nil {
		t.Skip("the shared data is not here")
	}
	defer f.Close() //nolint:errcheck // opened for reading
	zip, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var out [][]goldMention
	open := map[string][]goldMention{}
	word := 0
	scan := bufio.NewScanner(zip)
	scan.Buffer(nil, 1<<22)
	for scan.Scan() {
		if strings.HasPrefix(scan.Text(), "# newdoc") {
			out, open, word = append(out, nil), map[string][]goldMention{}, 0
		}
		cols := strings.Split(scan.Text(), "\t")
		if len(cols) != 10 || strings.ContainsAny(cols[0], "-.") {
			continue
		}
		for _, field := range strings.Split(cols[9], "|") {
			value, ok := strings.CutPrefix(field, "Entity=")
			if ok {
				out[len(out)-1] = append(out[len(out)-1], readEntities(value, word, open)...)
			}
		}
		word++
	}
	return out
}

// readEntities reads one Entity annotation at a word: "(1-person-…", "2)", "(3-place-…)" in a row. open holds
// the mentions that have begun, by entity; those that end are returned.
func readEntities(value string, word int, open map[string][]goldMention) []goldMention {
	var out []goldMention
	for value != "" {
		if value[0] != '(' {
			id, rest, _ := strings.Cut(value, ")")
			value = rest
			if n := len(open[id]); n > 0 {
				g := open[id][n-1]
				open[id], g.end = open[id][:n-1], word+1
				out = append(out, g)
			}
			continue
		}
		stop := strings.IndexAny(value[1:], "()")
		whole := value[1:]
		if stop >= 0 {
			whole = value[1 : 1+stop]
		}
		parts := strings.Split(whole, "-")
		g := goldMention{word, word + 1, 0, parts[0], parts[1]}
		if closes := stop >= 0 && value[1+stop] == ')'; closes {
			out, value = append(out, g), value[2+stop:]
			continue
		}
		open[g.entity] = append(open[g.entity], g)
		value = value[1+len(whole):]
	}
	return out
}

// scored says whether mentions of a kind count: persons, bodies and places.
func scored(kind string) bool { return nameKinds[kind] != "" && kind != "time" }

// nameKinds are the kinds of names by the kinds of entities of GUM.
var nameKinds = map[string]string{"person": "PER", "organization": "ORG", "place": "LOC", "time": "TIME"} //nolint:misspell // GUM's word

// nameGold gives a gold document the names a model would find, from the annotated entities.
func nameGold(doc *document.Document, gold []goldMention) {
	taken := map[int]bool{}
	sort.SliceStable(gold, func(i, j int) bool { return gold[i].end-gold[i].first < gold[j].end-gold[j].first })
	for i := range gold {
		g := &gold[i]
		for t := g.first; t < g.end; t++ {
			if h := doc.Tokens[t].Head; h < g.first || h >= g.end {
				g.head = t
				break
			}
		}
		kind := nameKinds[g.kind]
		if kind == "" || doc.Tokens[g.head].UPOS != "PROPN" || taken[g.head] {
			continue
		}
		first, end := g.head, g.head+1
		for first > g.first && doc.Tokens[first-1].UPOS == "PROPN" && !taken[first-1] && doc.Tokens[first-1].Rel != "nmod:desc" {
			first--
		}
		for end < g.end && doc.Tokens[end].UPOS == "PROPN" && !taken[end] {
			end++
		}
		for t := first; t < end; t++ {
			taken[t] = true
		}
		doc.Names = append(doc.Names, document.Name{First: first, End: end, Kind: kind, Score: 1})
	}
	sort.Slice(doc.Names, func(i, j int) bool { return doc.Names[i].First < doc.Names[j].First })
}

// TestCorefMeasured measures the chains on gold trees: B-cubed (Bagga and Baldwin 1998) over the mentions of
// persons, organisations and places that both sides have, by head, and how often the nearest noun in a
// pronoun's chain before it is right.
func TestCorefMeasured(t *testing.T) {
	docs, golds := treebank(t, "gum-dev"), goldMentions(t, "gum-dev")
	var precision, recall float64
	mentionsBoth, mentionsGold := 0, 0
	right, found := map[string]int{}, map[string]int{}
	total := map[string]int{}
	for n, doc := range docs {
		w := &work{doc: doc}
		for i, par := range doc.Paragraphs {
			first, end := doc.TokensIn(par.Span)
			w.paragraphs = append(w.paragraphs, stretch{first, end, i})
		}
		doc.Quotes = quotes(doc, w.paragraphs, quoteSides(doc, w.paragraphs))
		gold := golds[n]
		nameGold(doc, gold)
		entityOf, kindOf := map[int]string{}, map[int]string{}
		for _, g := range gold {
			if _, ok := entityOf[g.head]; !ok {
				entityOf[g.head], kindOf[g.head] = g.entity, g.kind
			}
		}
		var counted []document.Mention
		all := mentions(doc)
		for _, m := range all {
			if scored(kindOf[m.Head]) {
				counted = append(counted, m)
			}
		}
		for _, g := range gold {
			if scored(g.kind) {
				mentionsGold++
			}
		}
		mentionsBoth += len(counted)
		for _, a := range counted {
			same, sys, key := 0.0, 0.0, 0.0
			for _, b := range counted {
				s, k := a.Entity == b.Entity, entityOf[a.Head] == entityOf[b.Head]
				if s {
					sys++
				}
				if k {
					key++
				}
				if s && k {
					same++
				}
			}
			precision += same / sys
			recall += same / key
		}
		for i, m := range all {
			word := strings.ToLower(doc.Tokens[m.Head].Lemma)
			form := strings.ToLower(doc.Tokens[m.Head].Form)
			if m.Kind != document.Pronoun || entityOf[m.Head] == "" {
				continue
			}
			switch form {
			case "her", "his", "their", "its", "him", "them":
				word = form
			}
			total[word]++
			for k := i - 1; k >= 0; k-- {
				if all[k].Entity != m.Entity || all[k].Kind == document.Pronoun {
					continue
				}
				found[word]++
				ok := entityOf[all[k].Head] == entityOf[m.Head]
				if ok {
					right[word]++
				}
				if testing.Verbose() && !ok && (word == "he" || word == "it" || word == "they" || word == "his" || word == "she") {
					s := doc.Sentences[doc.SentenceOf(m.Head)]
					t.Logf("%s@%d: %s → %s, gold %v", word, m.Head-s.First, doc.Slice(s.Span), doc.Slice(doc.TokenSpan(all[k].First, all[k].End)), goldName(doc, gold, entityOf[m.Head]))
				}
				break
			}
		}
	}
	p, r := precision/float64(mentionsBoth), recall/float64(mentionsBoth)
	t.Logf("B³ of %d mentions (%d annotated): precision %.3f, recall %.3f, F1 %.3f", mentionsBoth, mentionsGold, p, r, 2*p*r/(p+r))
	var words []string
	for w := range total {
		words = append(words, w)
	}
	sort.Slice(words, func(i, j int) bool { return total[words[i]] > total[words[j]] })
	for _, w := range words[:min(len(words), 24)] {
		t.Logf("%-8s %4d: %4d resolved, %4d right", w, total[w], found[w], right[w])
	}
	if p < 0.85 {
		t.Errorf("B³ precision %.3f", p)
	}
}

func goldName(doc *document.Document, gold []goldMention, entity string) string {
	best := ""
	for _, g := range gold {
		if s := doc.Slice(doc.TokenSpan(g.first, g.end)); g.entity == entity && (best == "" || len(s) > len(best) && len(s) < 40) {
			best = s
		}
	}
	return best
}
