package parse

import (
	"math"
	"strings"
	"unicode"

	"parley/internal/document"
)

// bioLabel is one label of a head that marks spans: O, B-PER, I-PER, or plain B and I.
type bioLabel struct {
	begin, inside bool
	kind          string
}

func bioLabels(names []string) []bioLabel {
	var out []bioLabel
	for _, name := range names {
		prefix, kind, _ := strings.Cut(name, "-")
		out = append(out, bioLabel{begin: prefix == "B", inside: prefix == "I", kind: kind})
	}
	return out
}

// follows says whether label b may stand right after label a: an I only goes on from its own kind.
func follows(a, b bioLabel) bool {
	return !b.inside || (a.begin || a.inside) && a.kind == b.kind
}

// bioSpan is a decoded span with the mean probability of its labels.
type bioSpan struct {
	first, end int
	kind       string
	score      float32
}

// decodeBIO finds the best sequence of labels in which every I follows its B (Viterbi), and gives its spans.
// scores are log probabilities, a row each token; steps, when the model has learned them, are added for each pair of
// labels that follow each other (rows: from). breaks, when not nil, are tokens where no span goes on.
func decodeBIO(scores, steps []float32, set []bioLabel, breaks map[int]bool) []bioSpan {
	n, m := len(scores)/len(set), len(set)
	back := make([]uint8, n*m)
	total, next := make([]float64, m), make([]float64, m)
	for i := range n {
		for b := range set {
			top, from := math.Inf(-1), 0
			switch {
			case set[b].inside && (i == 0 || breaks[i]):
			case i == 0:
				top = 0
			default:
				for a := range set {
					sum := total[a]
					if steps != nil {
						sum += float64(steps[a*m+b])
					}
					if sum > top && follows(set[a], set[b]) {
						top, from = sum, a
					}
				}
			}
			next[b] = top + float64(scores[i*m+b])
			back[i*m+b] = uint8(from)
		}
		total, next = next, total
	}
	path := make([]int, n)
	last := 0
	for b := range total {
		if total[b] > total[last] {
			last = b
		}
	}
	for i := n - 1; i >= 0; i-- {
		path[i] = last
		last = int(back[i*m+last])
	}
	return pathSpans(path, scores, set)
}

func pathSpans(path []int, scores []float32, set []bioLabel) []bioSpan {
	var out []bioSpan
	for i := 0; i < len(path); i++ {
		if !set[path[i]].begin {
			continue
		}
		span := bioSpan{first: i, end: i + 1, kind: set[path[i]].kind}
		for span.end < len(path) && set[path[span.end]].inside {
			span.end++
		}
		sum := 0.0
		for k := i; k < span.end; k++ {
			sum += math.Exp(float64(scores[k*len(set)+path[k]]))
		}
		span.score = float32(sum / float64(span.end-span.first))
		out = append(out, span)
		i = span.end - 1
	}
	return out
}

// names decodes the named entities; none crosses a sentence. What has no capital and no figure is no name,
// and marks at the edges are cut off.
func (w *work) names() []document.Name {
	breaks := make(map[int]bool, len(w.starts))
	for _, s := range w.starts {
		breaks[s] = true
	}
	var out []document.Name
	for _, s := range decodeBIO(w.nameScores, nil, w.labels.bio, breaks) {
		for s.first < s.end && !w.hasAlnum(s.first) {
			s.first++
		}
		for s.first < s.end && !w.hasAlnum(s.end-1) {
			s.end--
		}
		s.first, s.end = w.balanced(s.first, s.end)
		if s.first == s.end || w.isAddress(s.first) || s.kind != "TIME" && !w.hasCapital(s.first, s.end) {
			continue
		}
		out = append(out, document.Name{First: s.first, End: s.end, Kind: s.kind, Score: s.score})
	}
	w.amendKinds(out)
	return w.again(w.agreeOnKinds(out))
}

// isAddress says whether a token is an address of mail or of a page; a handle ("@ministry") is a name.
func (w *work) isAddress(i int) bool {
	form := w.doc.Tokens[i].Form
	return strings.LastIndexByte(form, '@') > 0 || strings.Contains(form, "://")
}

// balanced cuts a name at a bracket that is opened or closed inside it only: "Ada) Stone" is Stone.
func (w *work) balanced(first, end int) (from, to int) {
	open := -1
	for i := first; i < end; i++ {
		switch w.doc.Tokens[i].Form {
		case "(", "[":
			open = i
		case ")", "]":
			if open < 0 {
				first = i + 1
			}
			open = -1
		}
	}
	if open >= 0 {
		end = open
	}
	return first, end
}

func (w *work) hasAlnum(i int) bool {
	return strings.ContainsFunc(w.doc.Tokens[i].Form, isAlnum)
}

// hasCapital says whether a capital, a figure, or a letter of a script without capitals stands in the tokens.
func (w *work) hasCapital(first, end int) bool {
	return strings.ContainsFunc(w.doc.Slice(w.doc.TokenSpan(first, end)), func(r rune) bool {
		return isDigit(r) || isLetter(r) && !unicode.IsLower(r)
	})
}

// marks decodes sources, cues and contents; sources and cues end with their sentence, a content may go on.
func (w *work) marks() []document.Mark {
	breaks := make(map[int]bool, len(w.starts))
	for _, s := range w.starts {
		breaks[s] = true
	}
	var out []document.Mark
	for m, kind := range markHeads {
		stop := breaks
		if kind == document.MarkContent {
			stop = nil
		}
		for _, s := range decodeBIO(w.markScores[m], w.labels.markSteps[m], w.labels.markBIO[m], stop) {
			out = append(out, document.Mark{Kind: kind, First: s.first, End: s.end, Score: s.score})
		}
	}
	w.linkMarks(out)
	return out
}
