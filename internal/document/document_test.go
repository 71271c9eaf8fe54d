package document

import (
	"strings"
	"testing"
)

const small = `# newdoc id = one
# newpar
1	Envoys	envoy	NOUN	NNS	Number=Plur	4	nsubj	_	_
2-3	didn't	_	_	_	_	_	_	_	_
2	did	do	AUX	VBD	Mood=Ind|Tense=Past|VerbForm=Fin	4	aux	_	_
3	n't	not	PART	RB	_	4	advmod	_	_
4	meet	meet	VERB	VB	VerbForm=Inf	0	root	_	SpaceAfter=No
5	.	.	PUNCT	.	_	4	punct	_	_

# newpar
1	Café	café	NOUN	NN	_	0	root	_	SpaceAfter=No
2	!	!	PUNCT	.	_	1	punct	_	_

`

func TestReadCoNLLU(t *testing.T) {
	docs, err := ReadCoNLLU(strings.NewReader(small))
	if err != nil || len(docs) != 1 {
		t.Fatalf("got %d documents, error %v", len(docs), err)
	}
	d := docs[0]
	if want := "Envoys didn't meet.\n\nCafé!"; d.Text != want {
		t.Fatalf("text %q, want %q", d.Text, want)
	}
	if d.Child(3, "nsubj") != 0 || d.Sentences[0].Root != 3 || d.Tokens[1].Feat("Tense") != "Past" {
		t.Errorf("tree or features lost: %+v", d.Tokens)
	}
	if first, end := d.Subtree(3); first != 0 || end != 5 {
		t.Errorf("subtree of the root is [%d, %d)", first, end)
	}
	if d.SentenceOf(6) != 1 || d.SentenceOf(4) != 0 || d.SentenceOf(7) != -1 {
		t.Error("SentenceOf is off")
	}
}

func TestOffsets(t *testing.T) {
	text := strings.Repeat("é–x", 100)
	o := NewOffsets(text)
	n := 0
	for at := range text {
		if got := o.Rune(at); got != n {
			t.Fatalf("byte %d: %d code points, want %d", at, got, n)
		}
		n++
	}
	if o.Rune(len(text)) != 300 {
		t.Error("the end is off")
	}
}

// FuzzReadCoNLLU wants no crash, tokens that ascend and lie in the text, and heads inside the document.
func FuzzReadCoNLLU(f *testing.F) {
	f.Add(small)
	f.Add("1-9\ta\t_\t_\t_\t_\t_\t_\t_\t_\n1\tb\tb\tX\tX\t_\t7\tx\t_\t_\n")
	f.Fuzz(func(t *testing.T, text string) {
		docs, err := ReadCoNLLU(strings.NewReader(text))
		if err != nil {
			return
		}
		for _, d := range docs {
			at := 0
			for i, tok := range d.Tokens {
				if tok.Span.Start < at || tok.Span.End > len(d.Text) || tok.Head < -1 || tok.Head >= len(d.Tokens) {
					t.Fatalf("token %d: %+v in %q", i, tok, d.Text)
				}
				at = tok.Span.End
			}
		}
	})
}
