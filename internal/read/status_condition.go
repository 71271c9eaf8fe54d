package read

// mark is what opens a clause as a condition.
type mark struct {
	kind  string
	first int // first token of the opening words
	end   int
}

// opening tells whether the clause headed by i opens as a condition ("if", "as soon as", inverted "should they"), and of which
// kind; kind is empty when not.
func (sc *scene) opening(i int) mark {
	first, _ := sc.doc.Subtree(i)
	for _, c := range sc.doc.Children(i) {
		if !sc.tok(int(c)).Is("mark", "advmod", "case") || int(c) > i {
			continue
		}
		for _, op := range sc.tab.openers {
			if at := sc.openerAt(int(c), op); at >= 0 {
				if op.finite && !sc.finite(i) {
					continue
				}
				return mark{op.kind, at, at + len(op.words)}
			}
		}
	}
	// "should they invade": the auxiliary stands before the subject and opens the clause.
	s := sc.doc.Child(i, "nsubj")
	a := sc.doc.Child(i, "aux", "cop")
	if m := sc.doc.Child(i, "mark"); a < 0 && m >= 0 && sc.tok(m).XPOS == "MD" {
		a = m
	}
	if s >= 0 && a >= 0 && a < s && a <= first+1 && !sc.question(i) {
		switch sc.lemma(a) {
		case "should", "have", "be":
			if sc.lemma(a) == "should" || sc.lowerForm(a) == "had" || sc.lowerForm(a) == "were" {
				return mark{"if", a, a}
			}
		}
	}
	return mark{}
}

// openerAt finds where the words of an opener stand when token c is one of them; -1 when they do not.
func (sc *scene) openerAt(c int, op opener) int {
	for k := range op.words {
		at := c - k
		if at < 0 || at+len(op.words) > len(sc.doc.Tokens) {
			continue
		}
		ok := true
		for n, w := range op.words {
			if sc.lowerForm(at+n) != w {
				ok = false
				break
			}
		}
		if ok {
			return at
		}
	}
	return -1
}

func (sc *scene) question(i int) bool {
	s := sc.doc.SentenceOf(i)
	return s >= 0 && sc.tok(sc.doc.Sentences[s].End-1).Form == "?"
}
