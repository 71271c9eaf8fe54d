package reconcile

import (
	"slices"

	"parley/internal/record"
)

// Independent picks, from the passages that hold reports of one thing, one passage for each reporter: what counts is
// who reported, not how often it was printed. Copies share an origin and count once. All reports of one agency count
// once, whatever their origins, and so does all of one publisher's own reporting. An origin that one passage credits
// to an agency is that agency's in every passage. A passage of which it cannot be told which of several agencies
// reported it counts only where none of them counts already. The passage shown for a reporter is a credited one,
// before its own, before a copy; the first in the given order of equals.
func Independent(passages []record.Passage) []record.Passage {
	order := slices.Clone(passages)
	slices.SortStableFunc(order, func(a, b record.Passage) int { return basisRank(a.Basis) - basisRank(b.Basis) })
	label := map[record.ID]string{}
	for _, p := range order { // the surest basis of an origin comes first
		if _, ok := label[p.Origin]; !ok {
			label[p.Origin] = p.Label
		}
	}
	slices.SortStableFunc(order, func(a, b record.Passage) int {
		return len(originLabels(label[a.Origin])) - len(originLabels(label[b.Origin]))
	})
	var out []record.Passage
	counted := map[string]bool{}
	for _, p := range order {
		reporters := originLabels(label[p.Origin])
		if slices.ContainsFunc(reporters, func(r string) bool { return counted[r] }) {
			continue
		}
		for _, r := range reporters {
			counted[r] = true
		}
		p.Label = label[p.Origin]
		out = append(out, p)
	}
	return out
}

func basisRank(basis string) int { return slices.Index([]string{"credit", "own", "copy"}, basis) }

// OriginAt is the passage that holds most of a span, the first of equals; false when none touches it.
func OriginAt(passages []record.Passage, span record.Span) (record.Passage, bool) {
	var best record.Passage
	most := 0
	for _, p := range passages {
		if shared := min(p.Span[1], span[1]) - max(p.Span[0], span[0]); shared > most {
			best, most = p, shared
		}
	}
	return best, most > 0
}

// Label is what an origin is called by now, when a later copy may have told whose report it is; empty for an origin
// that is not remembered.
func (o *Origins) Label(origin record.ID) string {
	if r := o.reports[origin]; r != nil {
		return r.label()
	}
	return ""
}
