package document

// Link indexes the trees after parse has set the heads: Children, Subtree and Path need it.
func (d *Document) Link() {
	n := len(d.Tokens)
	d.childAt = make([]int32, n+1)
	for i := range d.Tokens {
		if h := d.Tokens[i].Head; h >= 0 {
			d.childAt[h+1]++
		}
	}
	for i := 0; i < n; i++ {
		d.childAt[i+1] += d.childAt[i]
	}
	d.children = make([]int32, d.childAt[n])
	next := append([]int32(nil), d.childAt[:n]...)
	for i := range d.Tokens {
		if h := d.Tokens[i].Head; h >= 0 {
			d.children[next[h]] = int32(i)
			next[h]++
		}
	}
}

// Children yields the dependents of token i from left to right.
func (d *Document) Children(i int) []int32 { return d.children[d.childAt[i]:d.childAt[i+1]] }

// Child is the first dependent of token i with one of these relations, subtype ignored unless asked
// for ("nsubj" matches nsubj:pass, "nsubj:pass" only that); -1 when there is none.
func (d *Document) Child(i int, rels ...string) int {
	for _, c := range d.Children(i) {
		if d.Tokens[c].Is(rels...) {
			return int(c)
		}
	}
	return -1
}

// Is says whether the token bears one of these relations, subtype ignored unless asked for.
func (t *Token) Is(rels ...string) bool {
	base := t.BaseRel()
	for _, r := range rels {
		if t.Rel == r || base == r {
			return true
		}
	}
	return false
}

// Subtree is the smallest range of tokens [first, end) that covers token i and all below it. Trees may
// be non-projective, so a range can hold tokens that do not belong to the subtree; Under tells.
func (d *Document) Subtree(i int) (first, end int) {
	first, end = i, i+1
	stack := []int{i}
	for len(stack) > 0 {
		t := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		for _, c := range d.Children(t) {
			first, end = min(first, int(c)), max(end, int(c)+1)
			stack = append(stack, int(c))
		}
	}
	return first, end
}

// Under says whether token i is token top or lies below it.
func (d *Document) Under(i, top int) bool {
	for i >= 0 {
		if i == top {
			return true
		}
		i = d.Tokens[i].Head
	}
	return false
}

// TokenSpan is the text span that tokens [first, end) cover.
func (d *Document) TokenSpan(first, end int) Span {
	if first >= end {
		return Span{}
	}
	return Span{d.Tokens[first].Span.Start, d.Tokens[end-1].Span.End}
}

// SentenceOf is the index of the sentence that token i stands in, by binary search; -1 outside.
func (d *Document) SentenceOf(i int) int {
	lo, hi := 0, len(d.Sentences)
	for lo < hi {
		mid := (lo + hi) / 2
		if d.Sentences[mid].End <= i {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(d.Sentences) && d.Sentences[lo].First <= i {
		return lo
	}
	return -1
}

// TokensIn is the range of tokens [first, end) that lie wholly inside a text span.
func (d *Document) TokensIn(s Span) (first, end int) {
	first = d.tokenFrom(s.Start)
	end = first
	for end < len(d.Tokens) && d.Tokens[end].Span.End <= s.End {
		end++
	}
	return first, end
}

// tokenFrom is the first token that starts at byte offset at or later.
func (d *Document) tokenFrom(at int) int {
	lo, hi := 0, len(d.Tokens)
	for lo < hi {
		mid := (lo + hi) / 2
		if d.Tokens[mid].Span.Start < at {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}
