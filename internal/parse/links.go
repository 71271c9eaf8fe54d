package parse

import (
	"math"

	"parley/internal/document"
)

// anchorAbove is how likely a word must be to begin a cue or a source for others to be linked to it.
const anchorAbove = 0.1

// noLink means that a word points at nothing.
const noLink = -1

// link asks the model, for every word of tokens [at, next) that may be in a source or a content, which cue (or,
// without a cue, which source) of the window [at, end) it belongs to, and keeps the answer: the first token of that cue.
func (w *work) link(out reading, at, end, next int) {
	from, to := out.Pairs("link")
	size := w.net.PairSize()
	anchors := w.anchors(out, at, end)
	for i := at; i < next; i++ {
		best := int32(noLink)
		if len(from) > 0 && len(anchors) > 0 && w.mayLink(i) {
			row := from[(i-at)*size : (i-at+1)*size]
			top := w.net.Dot(row, w.net.Nothing("link"))
			for _, k := range anchors {
				if s := w.net.Dot(row, to[k*size:(k+1)*size]); s > top {
					top, best = s, int32(at+k)
				}
			}
		}
		w.links = append(w.links, best)
	}
}

// anchors are the words of the window, counted from its first, that may begin a cue or a source.
func (w *work) anchors(out reading, at, end int) []int {
	var anchors []int
	for k := range end - at {
		for _, kind := range [...]document.MarkKind{document.MarkCue, document.MarkSource} {
			scores, labels := out.Scores(string(kind))
			if b := index(labels, "B"); b >= 0 && softmaxOf(row(scores, k, len(labels)), b) > anchorAbove {
				anchors = append(anchors, k)
				break
			}
		}
	}
	return anchors
}

// mayLink says whether a token may be part of a source or a content. Its scores are log probabilities already.
func (w *work) mayLink(i int) bool {
	for m, kind := range markHeads {
		if outside := w.labels.markOutside[m]; kind != document.MarkCue && outside >= 0 {
			if w.markScores[m][i*len(w.labels.markBIO[m])+outside] < float32(math.Log(1-anchorAbove)) {
				return true
			}
		}
	}
	return false
}

// linkMarks sets the anchors of sources and contents: the mark at which most of their words point.
func (w *work) linkMarks(marks []document.Mark) {
	at := make([]int32, len(w.doc.Tokens)) // token to 1 + the mark that begins with it or holds it: cues before sources
	for i := range marks {
		for t := marks[i].First; t < marks[i].End; t++ {
			switch marks[i].Kind {
			case document.MarkCue:
				at[t] = int32(i + 1)
			case document.MarkSource:
				if at[t] == 0 {
					at[t] = int32(i + 1)
				}
			}
		}
	}
	for i := range marks {
		if marks[i].Anchor = -1; marks[i].Kind == document.MarkCue {
			continue
		}
		votes := map[int]int{}
		best, top := -1, 0
		for t := marks[i].First; t < marks[i].End; t++ {
			to := -1
			if t < len(w.links) && w.links[t] >= 0 {
				to = int(at[w.links[t]]) - 1
			}
			if votes[to]++; votes[to] > top && to != i {
				best, top = to, votes[to]
			}
		}
		if best >= 0 && (marks[best].Kind == document.MarkCue || marks[i].Kind == document.MarkContent) {
			marks[i].Anchor = best
		}
	}
}
