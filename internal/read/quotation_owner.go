package read

import "slices"

// widen adds to a content the rest of every quotation that it is part of, unless the cue itself is quoted.
func (a *attributor) widen(d *draft) {
	content := d.content
	seen := map[int]bool{}
	for _, t := range content {
		q := a.quote[t]
		if q < 0 || seen[q] {
			continue
		}
		seen[q] = true
		quote := &a.doc.Quotes[q]
		if a.quote[d.cue] == q {
			if !quote.Open || d.rule != "says, host" || t > d.cue {
				continue
			}
			d.content = union(d.content, a.tokens(quote.First, t))
			continue
		}
		d.content = union(d.content, a.tokens(quote.First, quote.End))
		d.quotes = append(d.quotes, q)
	}
}

// toldNearer takes from a draft the quotations of other sentences that a cue in their own sentence tells: "released a statement.
// “…,” read the statement".
func (a *attributor) toldNearer(d *draft) {
	if d.dropped || d.cue < 0 {
		return
	}
	own := a.doc.SentenceOf(d.cue)
	for _, q := range d.quotes {
		quote := &a.doc.Quotes[q]
		at := a.doc.SentenceOf(quote.First)
		if at == own {
			continue
		}
		for _, e := range a.drafts {
			if e != d && !e.dropped && e.cue >= 0 && slices.Contains(e.quotes, q) && a.doc.SentenceOf(e.cue) == at {
				d.content = slices.DeleteFunc(slices.Clone(d.content), func(t int) bool { return t >= quote.First && t < quote.End })
			}
		}
	}
	d.dropped = len(d.content) == 0
}

func (a *attributor) tokens(first, end int) []int {
	var out []int
	for t := max(first, 0); t < end && t < len(a.doc.Tokens); t++ {
		out = append(out, t)
	}
	return out
}

// claimed is the draft, not inside the quotation itself, whose content holds most of it; nil for none.
func (a *attributor) claimed(q int) *draft {
	quote := &a.doc.Quotes[q]
	for _, d := range a.drafts {
		if d.dropped || len(d.content) == 0 || d.content[0] >= quote.End || d.content[len(d.content)-1] < quote.First {
			continue
		}
		if d.cue >= quote.First && d.cue < quote.End && !quote.Open {
			continue
		}
		n := 0
		for t := quote.First; t < quote.End; t++ {
			if contains(d.content, t) {
				n++
			}
		}
		if 2*n >= quote.End-quote.First {
			return d
		}
	}
	return nil
}

func (a *attributor) join(d *draft, q int) {
	d.content = union(d.content, a.tokens(a.doc.Quotes[q].First, a.doc.Quotes[q].End))
	d.quotes = append(d.quotes, q)
}
