package reconcile

import (
	"slices"

	"parley/internal/record"
)

// identityRulings are the decisions about identities: a pure function of the log's rows. Of each pair only the latest
// decision counts; where decisions contradict each other through others, the later ones win.
type identityRulings struct {
	parent map[record.ID]record.ID
	why    map[record.ID]string             // of roots: who merged, and why
	split  map[record.ID]map[record.ID]bool // both ways
}

func ruleIdentities(decisions []record.Judgement) identityRulings {
	r := identityRulings{parent: map[record.ID]record.ID{}, why: map[record.ID]string{}, split: map[record.ID]map[record.ID]bool{}}
	seen := map[[2]record.ID]bool{}
	for _, j := range slices.Backward(decisions) {
		pair := [2]record.ID{min(j.Subject, j.Object), max(j.Subject, j.Object)}
		if j.Verb != "merge" && j.Verb != "split" || seen[pair] || j.Subject == j.Object {
			continue
		}
		seen[pair] = true
		a, b := r.root(j.Subject), r.root(j.Object)
		switch {
		case j.Verb == "split" && a != b:
			r.part(j.Subject, j.Object)
		case j.Verb == "merge" && a != b && !r.parted(a, b):
			r.parent[b] = a
			r.why[a] = j.Who + ": " + j.Why
		}
	}
	return r
}

func (r *identityRulings) part(a, b record.ID) {
	for _, p := range [][2]record.ID{{a, b}, {b, a}} {
		if r.split[p[0]] == nil {
			r.split[p[0]] = map[record.ID]bool{}
		}
		r.split[p[0]][p[1]] = true
	}
}

// root is the identity that an identity is merged into: the subject of the merge.
func (r *identityRulings) root(id record.ID) record.ID {
	for r.parent[id] != "" {
		id = r.parent[id]
	}
	return id
}

// parted says whether any two of two merged groups are split.
func (r *identityRulings) parted(a, b record.ID) bool {
	for x, others := range r.split {
		if r.root(x) != a {
			continue
		}
		for y := range others {
			if r.root(y) == b {
				return true
			}
		}
	}
	return false
}

// apart says whether an actor is split from an identity or from what that is merged into.
func (r *identityRulings) apart(actor, identity record.ID) bool {
	return r.split[actor][identity] || r.split[actor][r.root(identity)]
}
