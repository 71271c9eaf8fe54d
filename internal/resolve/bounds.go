package resolve

import "sort"

// Bounds on what one look-up goes through, far above what an article needs, so that a long text takes time in
// proportion to its length.
const (
	chainReach = 200 // mentions of a chain before and after the one asked about
	mostRoles  = 100 // roles of one person
)

// chainAround is the mentions of the chain of mention m, in the order of the text; of a long chain the nearest.
func (w *work) chainAround(m int) []int {
	chain := w.chains[w.doc.Mentions[m].Entity]
	if len(chain) <= 2*chainReach {
		return chain
	}
	at := sort.SearchInts(chain, m)
	return chain[max(0, at-chainReach):min(len(chain), at+chainReach)]
}

// people is every person who is named, once, in the order of the names.
func (w *work) people() []*actor {
	if w.whos != nil {
		return w.whos
	}
	seen := map[*actor]bool{}
	for _, n := range w.names {
		if !seen[n.who] {
			seen[n.who] = true
			w.whos = append(w.whos, n.who)
		}
	}
	return w.whos
}

// shownRoles is the first roles the text gives a person.
func (a *actor) shownRoles() []holding { return a.roles[:min(len(a.roles), mostRoles)] }
