package parse

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"parley/internal/document"
)

// markHeads are the heads of the model that mark attribution.
var markHeads = [...]document.MarkKind{document.MarkSource, document.MarkCue, document.MarkContent}

// labels are the inventories of a model, prepared for decoding.
type labels struct {
	sent, upos, xpos, feats, name, rel []string
	lemma                              []script
	begin                              int // the label of sent that begins a sentence
	root                               int // the label of rel for the root
	bio                                []bioLabel
	markBIO                            [len(markHeads)][]bioLabel
	markOutside                        [len(markHeads)]int       // the label of what is outside
	markSteps                          [len(markHeads)][]float32 // scores of one label after another, nil for none
	subject, object                    []bool                    // by relation
}

// script is an edit script that makes a lemma of a form: CASE|CUT|ADD, see docs/model.md.
type script struct {
	lower bool
	cut   int
	add   string
}

func (l *labels) load(net network) error {
	var lemma []string
	for _, head := range []struct {
		name string
		to   *[]string
	}{{"sent", &l.sent}, {"upos", &l.upos}, {"xpos", &l.xpos}, {"feats", &l.feats}, {"lemma", &lemma}, {"name", &l.name}, {"rel", &l.rel}} {
		*head.to = net.Labels(head.name)
		if len(*head.to) == 0 {
			return fmt.Errorf("it has no labels for %s", head.name)
		}
	}
	l.begin, l.root = index(l.sent, "B"), index(l.rel, "root")
	if l.begin < 0 || l.root < 0 {
		return errors.New("its labels lack B for sent or root for rel")
	}
	for _, text := range lemma {
		s, err := parseScript(text)
		if err != nil {
			return err
		}
		l.lemma = append(l.lemma, s)
	}
	l.bio = bioLabels(l.name)
	for i, kind := range markHeads {
		l.markSteps[i] = net.Transitions(string(kind))
		if l.markBIO[i] = bioLabels(net.Labels(string(kind))); len(l.markBIO[i]) == 0 {
			return fmt.Errorf("it has no labels for %s", kind)
		}
		l.markOutside[i] = index(net.Labels(string(kind)), "O")
	}
	for _, rel := range l.rel {
		l.subject = append(l.subject, rel == "nsubj" || rel == "nsubj:pass" || rel == "csubj")
		l.object = append(l.object, rel == "obj")
	}
	return nil
}

func index(list []string, want string) int {
	for i, s := range list {
		if s == want {
			return i
		}
	}
	return -1
}

func parseScript(text string) (script, error) {
	parts := strings.SplitN(text, "|", 3)
	if len(parts) != 3 {
		return script{}, fmt.Errorf("lemma script %q has no three parts", text)
	}
	cut, err := strconv.Atoi(parts[1])
	if err != nil {
		return script{}, fmt.Errorf("lemma script %q: %w", text, err)
	}
	return script{parts[0] == "l", cut, parts[2]}, nil
}

// apply makes the lemma. A script that would leave nothing keeps the form.
func (s script) apply(form string) string {
	base := form
	if s.lower {
		base = strings.ToLower(form)
	}
	end := len(base)
	for n := 0; n < s.cut && end > 0; n++ {
		_, size := utf8.DecodeLastRuneInString(base[:end])
		end -= size
	}
	if lemma := base[:end] + s.add; lemma != "" {
		return lemma
	}
	return form
}

// decode takes what the network says of the sentences that begin at starts, the last one ending before
// token next; the window is tokens [at, end).
func (w *work) decode(out reading, at, end int, starts []int, next int) error {
	w.tag(out, at, next)
	w.link(out, at, end, next)
	w.lookBack(out, at, next)
	for k, first := range starts {
		end := next
		if k+1 < len(starts) {
			end = starts[k+1]
		}
		if err := w.plant(out, at, first, end); err != nil {
			return err
		}
	}
	return nil
}

// tag sets the tags of tokens [at, next) and keeps the scores of names and marks.
func (w *work) tag(out reading, at, next int) {
	l := w.labels
	scores := func(head string) []float32 { s, _ := out.Scores(head); return s }
	upos, xpos, feats, lemma := scores("upos"), scores("xpos"), scores("feats"), scores("lemma")
	known, closed := lemmaTables(), closedClasses()
	for i := at; i < next; i++ {
		k, tok := i-at, &w.doc.Tokens[i]
		form := strings.ToLower(tok.Form)
		tok.UPOS = l.upos[bestWhere(row(upos, k, len(l.upos)), func(u int) bool { return closed.admits(l.upos[u], form) })]
		tok.XPOS = l.xpos[best(xpos, k, len(l.xpos))]
		tok.Feats = l.feats[best(feats, k, len(l.feats))]
		if best(upos, k, len(l.upos)) != index(l.upos, tok.UPOS) { // the other tags must follow
			tok.XPOS = l.xpos[bestWhere(row(xpos, k, len(l.xpos)), func(x int) bool { return fits(tok.UPOS, l.xpos[x]) })]
			tok.Feats = l.feats[bestWhere(row(feats, k, len(l.feats)), func(f int) bool { return !strings.Contains(l.feats[f], "PronType") })]
		}
		if tok.Feats == "_" {
			tok.Feats = ""
		}
		tok.Lemma = l.lemma[best(lemma, k, len(l.lemma))].apply(tok.Form)
		tok.Lemma = known.of(tok)
	}
	w.nameScores = appendLog(w.nameScores, scores("name"), len(l.name), next-at)
	for m, kind := range markHeads {
		w.markScores[m] = appendLog(w.markScores[m], scores(string(kind)), len(l.markBIO[m]), next-at)
	}
}

// plant sets the tree of the sentence [first, end).
func (w *work) plant(out reading, at, first, end int) error {
	n := end - first
	arcs := out.Arcs(first-at, end-at)
	if len(arcs) != n*(n+1) {
		return fmt.Errorf("internal error: %d arc scores for %d words", len(arcs), n)
	}
	scores := make([]float64, (n+1)*(n+1))
	for i, s := range arcs {
		scores[n+1+i] = float64(s)
	}
	heads := spanningTree(scores, n)
	rels := make([][]float32, n)
	chosen := make([]int, n)
	for d := 0; d < n; d++ {
		head := heads[d+1] - 1 // in the sentence, -1 for the root
		to := head
		if head >= 0 {
			to += first - at
		}
		rels[d] = append([]float32(nil), out.Rels(first-at+d, to)...)
		tok := &w.doc.Tokens[first+d]
		if tok.Head = -1; head >= 0 {
			tok.Head = first + head
			chosen[d] = bestWhere(rels[d], func(l int) bool { return l != w.labels.root })
		} else {
			chosen[d] = w.labels.root
		}
	}
	w.single(heads, rels, chosen, w.labels.subject)
	w.single(heads, rels, chosen, w.labels.object)
	for d, l := range chosen {
		w.doc.Tokens[first+d].Rel = w.labels.rel[l]
	}
	w.mend(first, end)
	return nil
}

// maxSwitch is how much score a relation may lose so that a verb keeps one subject and one object.
const maxSwitch = 4

// single lets a head keep only its best dependent among those whose relation is in the set; the others take
// their next relation outside it, where that is not much worse.
func (w *work) single(heads []int, rels [][]float32, chosen []int, set []bool) {
	holder := make(map[int]int)
	for d := range chosen {
		if !set[chosen[d]] {
			continue
		}
		loser := d
		if other, ok := holder[heads[d+1]]; ok {
			if rels[d][chosen[d]]-alternative(rels[d], set, w.labels.root) > rels[other][chosen[other]]-alternative(rels[other], set, w.labels.root) {
				loser, holder[heads[d+1]] = other, d
			}
		} else {
			holder[heads[d+1]] = d
			continue
		}
		next := bestWhere(rels[loser], func(l int) bool { return !set[l] && l != w.labels.root })
		if rels[loser][chosen[loser]]-rels[loser][next] <= maxSwitch {
			chosen[loser] = next
		}
	}
}

// alternative is the best score outside a set of relations.
func alternative(scores []float32, set []bool, root int) float32 {
	return scores[bestWhere(scores, func(l int) bool { return !set[l] && l != root })]
}

// best is the label with the highest score in row k of n columns; the first of equals.
func best(scores []float32, k, n int) int {
	return bestWhere(row(scores, k, n), func(int) bool { return true })
}

func row(scores []float32, k, n int) []float32 { return scores[k*n : (k+1)*n] }

func bestWhere(row []float32, ok func(int) bool) int {
	top := -1
	for i, s := range row {
		if ok(i) && (top < 0 || s > row[top]) {
			top = i
		}
	}
	return max(top, 0)
}

// softmaxOf is the probability of one label of a row.
func softmaxOf(row []float32, label int) float64 {
	return math.Exp(float64(row[label]) - logSum(row))
}

func logSum(row []float32) float64 {
	top := math.Inf(-1)
	for _, s := range row {
		top = math.Max(top, float64(s))
	}
	sum := 0.0
	for _, s := range row {
		sum += math.Exp(float64(s) - top)
	}
	return top + math.Log(sum)
}

// appendLog adds the first rows of scores, n columns each, as log probabilities.
func appendLog(to, scores []float32, n, rows int) []float32 {
	for k := range rows {
		one := row(scores, k, n)
		norm := logSum(one)
		for _, s := range one {
			to = append(to, float32(float64(s)-norm))
		}
	}
	return to
}
