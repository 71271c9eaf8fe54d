package parse

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/internal/document"
)

// grown builds a document from trees written out: a sentence a line, its tokens form/UPOS/head/relation with
// heads counted from 1 and 0 for the root. Features follow from form and part of speech as far as the
// resolver reads them. Names are given as "PER Ada Stone".
func grown(trees string, names ...string) *document.Document {
	doc := &document.Document{}
	var text strings.Builder
	for _, line := range strings.Split(strings.TrimSpace(trees), "\n") {
		first := len(doc.Tokens)
		for _, word := range strings.Fields(line) {
			f := strings.Split(word, "/")
			if text.Len() > 0 {
				text.WriteByte(' ')
			}
			at := text.Len()
			text.WriteString(f[0])
			head, err := strconv.Atoi(f[2])
			if err != nil {
				panic(err)
			}
			doc.Tokens = append(doc.Tokens, document.Token{Span: document.Span{Start: at, End: text.Len()}, Form: f[0], Lemma: lemmaOf(f[0], f[1]),
				UPOS: f[1], Feats: featsOf(f[0], f[1]), Head: first + head - 1, Rel: f[3]})
			if head == 0 {
				doc.Tokens[len(doc.Tokens)-1].Head = -1
			}
		}
		sent := document.Sentence{First: first, End: len(doc.Tokens), Span: doc.TokenSpan(first, len(doc.Tokens))}
		doc.Sentences = append(doc.Sentences, sent)
	}
	doc.Text = text.String()
	doc.Paragraphs = []document.Paragraph{{Kind: document.Body, Span: document.Span{End: text.Len()}}}
	for _, name := range names {
		kind, words, _ := strings.Cut(name, " ")
		n := len(strings.Fields(words))
		for i := 0; i+n <= len(doc.Tokens); i++ {
			if doc.Slice(doc.TokenSpan(i, i+n)) == words && (len(doc.Names) == 0 || !overlaps(doc.Names, i)) {
				doc.Names = append(doc.Names, document.Name{First: i, End: i + n, Kind: kind, Score: 1})
			}
		}
	}
	sort.Slice(doc.Names, func(i, j int) bool { return doc.Names[i].First < doc.Names[j].First })
	doc.Link()
	doc.Quotes = quotes(doc, []stretch{{0, len(doc.Tokens), 0}}, quoteSides(doc, []stretch{{0, len(doc.Tokens), 0}}))
	return doc
}

func overlaps(names []document.Name, i int) bool {
	for _, n := range names {
		if n.First <= i && i < n.End {
			return true
		}
	}
	return false
}

func lemmaOf(form, upos string) string {
	lower := strings.ToLower(form)
	irregular := map[string]string{"said": "say", "told": "tell", "met": "meet", "is": "be", "leaders": "leader", "was": "be", "became": "become"}
	if l := irregular[lower]; l != "" {
		return l
	}
	if upos == "PROPN" {
		return form
	}
	return lower
}

func featsOf(form, upos string) string {
	switch lower := strings.ToLower(form); {
	case lower == "the":
		return "Definite=Def|PronType=Art"
	case lower == "which" || lower == "who":
		return "PronType=Rel"
	case lower == "i" || lower == "my":
		return "Number=Sing|Person=1|PronType=Prs"
	case lower == "we":
		return "Number=Plur|Person=1|PronType=Prs"
	case lower == "you":
		return "Person=2|PronType=Prs"
	case lower == "this":
		return "Number=Sing|PronType=Dem"
	case lower == "himself" || lower == "herself":
		return "Number=Sing|Person=3|PronType=Prs|Reflex=Yes"
	case upos == "PRON":
		return "Person=3|PronType=Prs"
	case upos == "NOUN" && strings.HasSuffix(form, "s"):
		return "Number=Plur"
	case upos == "NOUN" || upos == "PROPN":
		return "Number=Sing"
	}
	return ""
}

// chainsOf renders the chains of two mentions or more.
func chainsOf(doc *document.Document) []string {
	byEntity := map[int][]string{}
	for _, m := range mentions(doc, nil) {
		s := doc.Slice(doc.TokenSpan(m.First, m.End))
		if m.Members != nil {
			s += fmt.Sprint(m.Members)
		}
		byEntity[m.Entity] = append(byEntity[m.Entity], s)
	}
	var out []string
	for e := 0; len(byEntity) > 0; e++ {
		if c := byEntity[e]; len(c) > 1 || len(c) == 1 && strings.HasSuffix(c[0], "]") {
			out = append(out, strings.Join(c, " = "))
		}
		delete(byEntity, e)
	}
	return out
}

func TestChains(t *testing.T) {
	tests := []struct {
		name, trees string
		names, want []string
	}{
		{
			"family name, title and pronoun",
			"President/PROPN/2/nmod:desc Ada/PROPN/4/nsubj Stone/PROPN/2/flat left/VERB/0/root ././4/punct\nStone/PROPN/2/nsubj said/VERB/0/root she/PRON/4/nsubj agreed/VERB/2/ccomp",
			[]string{"PER Ada Stone", "PER Stone"},
			[]string{"President Ada Stone = Stone = she"},
		},
		{
			"two persons with other names",
			"Ada/PROPN/3/nsubj Stone/PROPN/1/flat met/VERB/0/root Ada/PROPN/3/obj Roe/PROPN/4/flat\nRoe/PROPN/2/nsubj left/VERB/0/root",
			[]string{"PER Ada Stone", "PER Ada Roe", "PER Roe"},
			[]string{"Ada Roe = Roe"},
		},
		{
			"a possessor is not what it has",
			"Stone/PROPN/3/nmod:poss 's/PART/1/case office/NOUN/4/nsubj said/VERB/0/root Stone/PROPN/6/nsubj left/VERB/4/ccomp",
			[]string{"PER Stone"},
			[]string{"Stone = Stone"},
		},
		{
			"whole name after the short one",
			"President/PROPN/2/nmod:desc Stone/PROPN/3/nsubj left/VERB/0/root\nAda/PROPN/3/nsubj Stone/PROPN/1/flat stayed/VERB/0/root\nStone/PROPN/2/nsubj returned/VERB/0/root",
			[]string{"PER Ada Stone", "PER Stone"},
			[]string{"President Stone = Ada Stone = Stone"},
		},
		{
			"apposition",
			"Ada/PROPN/7/nsubj Stone/PROPN/1/flat ,/PUNCT/5/punct the/DET/5/det chairwoman/NOUN/1/appos ,/PUNCT/1/punct left/VERB/0/root",
			[]string{"PER Ada Stone"},
			[]string{"Ada Stone = the chairwoman"},
		},
		{
			"definite predicate",
			"Ada/PROPN/5/nsubj Stone/PROPN/1/flat is/AUX/5/cop the/DET/5/det leader/NOUN/0/root",
			[]string{"PER Ada Stone"},
			[]string{"Ada Stone = the leader"},
		},
		{
			"indefinite predicate",
			"Ada/PROPN/5/nsubj Stone/PROPN/1/flat was/AUX/5/cop a/DET/5/det lawyer/NOUN/0/root\nShe/PRON/2/nsubj left/VERB/0/root",
			[]string{"PER Ada Stone"},
			[]string{"Ada Stone = a lawyer = She"},
		},
		{
			"pronoun before its predicate",
			"Ada/PROPN/3/nsubj Stone/PROPN/1/flat left/VERB/0/root\nShe/PRON/4/nsubj was/AUX/4/cop a/DET/4/det lawyer/NOUN/0/root",
			[]string{"PER Ada Stone"},
			[]string{"Ada Stone = She = a lawyer"},
		},
		{
			"what somebody became, worked as, and was besides",
			"Ada/PROPN/3/nsubj Stone/PROPN/1/flat became/VERB/0/root a/DET/5/det lawyer/NOUN/3/xcomp and/CCONJ/7/cc worked/VERB/3/conj as/ADP/10/case a/DET/10/det teacher/NOUN/7/obl\nShe/PRON/4/nsubj is/AUX/4/cop a/DET/4/det poet/NOUN/0/root and/CCONJ/7/cc a/DET/7/det painter/NOUN/4/conj",
			[]string{"PER Ada Stone"},
			[]string{"Ada Stone = a lawyer = a teacher = She = a poet = a painter"},
		},
		{
			"what somebody took another for",
			"Stone/PROPN/2/nsubj took/VERB/0/root Roe/PROPN/2/obj as/ADP/6/case a/DET/6/det teacher/NOUN/2/obl",
			[]string{"PER Stone", "PER Roe"},
			nil,
		},
		{
			"predicate supposed",
			"If/SCONJ/5/mark Stone/PROPN/5/nsubj is/AUX/5/cop a/DET/5/det lawyer/NOUN/7/advcl Roe/PROPN/7/nsubj left/VERB/0/root",
			[]string{"PER Stone", "PER Roe"},
			nil,
		},
		{
			"a person is not what she is in",
			"Stone/PROPN/5/nsubj is/AUX/5/cop in/ADP/5/case the/DET/5/det team/NOUN/0/root",
			[]string{"PER Stone"},
			nil,
		},
		{
			"the same words far away",
			"The/DET/2/det harbour/NOUN/3/nsubj froze/VERB/0/root\n" + strings.Repeat("Stone/PROPN/2/nsubj left/VERB/0/root\n", 8) + "The/DET/2/det harbour/NOUN/3/nsubj thawed/VERB/0/root",
			nil,
			[]string{"The harbour = The harbour", "Stone" + strings.Repeat(" = Stone", 7)},
		},
		{
			"this takes up only what is near",
			"The/DET/2/det harbour/NOUN/3/nsubj froze/VERB/0/root\n" + strings.Repeat("Stone/PROPN/2/nsubj left/VERB/0/root\n", 8) + "This/DET/2/det harbour/NOUN/3/nsubj thawed/VERB/0/root",
			nil,
			[]string{"Stone" + strings.Repeat(" = Stone", 7)},
		},
		{
			"a part of a place is not the place",
			"Stone/PROPN/2/nsubj left/VERB/0/root southern/ADJ/4/amod Arden/PROPN/2/obj for/ADP/6/case Arden/PROPN/2/obl",
			[]string{"PER Stone", "LOC Arden"},
			nil,
		},
		{
			"some of a people are not the people",
			"Ardenes/PROPN/2/nsubj met/VERB/0/root forty/NUM/4/nummod Ardenes/PROPN/2/obj\nArdenes/PROPN/2/nsubj left/VERB/0/root",
			[]string{"NORP Ardenes"},
			[]string{"Ardenes = Ardenes"},
		},
		{
			"predicate denied",
			"Ada/PROPN/6/nsubj Stone/PROPN/1/flat is/AUX/6/cop not/PART/6/advmod the/DET/6/det leader/NOUN/0/root",
			[]string{"PER Ada Stone"},
			nil,
		},
		{
			"role taken up",
			"Danish/ADJ/2/amod President/PROPN/3/nmod:desc Ada/PROPN/5/nsubj Stone/PROPN/3/flat met/VERB/0/root Bob/PROPN/5/obj Roe/PROPN/6/flat\nThe/DET/2/det president/NOUN/3/nsubj left/VERB/0/root\nThe/DET/3/det Danish/ADJ/3/amod leader/NOUN/4/nsubj left/VERB/0/root",
			[]string{"PER Ada Stone", "PER Bob Roe"},
			[]string{"Danish President Ada Stone = The president = The Danish leader"},
		},
		{
			"vice president is another role",
			"Vice/PROPN/2/compound President/PROPN/3/nmod:desc Ada/PROPN/5/nsubj Stone/PROPN/3/flat left/VERB/0/root\nThe/DET/2/det president/NOUN/3/nsubj stayed/VERB/0/root",
			[]string{"PER Ada Stone"},
			nil,
		},
		{
			"acronym in brackets",
			"The/DET/4/det Free/PROPN/4/compound Press/PROPN/4/compound Union/PROPN/8/nsubj (/PUNCT/6/punct FPU/PROPN/4/appos )/PUNCT/6/punct met/VERB/0/root\nThe/DET/2/det FPU/PROPN/3/nsubj left/VERB/0/root",
			[]string{"ORG Free Press Union", "ORG FPU"},
			[]string{"The Free Press Union = FPU = The FPU"},
		},
		{
			"object pronoun is not the subject",
			"Bob/PROPN/3/nsubj Roe/PROPN/1/flat met/VERB/0/root him/PRON/3/obj",
			[]string{"PER Bob Roe"},
			nil,
		},
		{
			"reflexive and relative",
			"Bob/PROPN/7/nsubj Roe/PROPN/1/flat ,/PUNCT/5/punct who/PRON/5/nsubj left/VERB/1/acl:relcl ,/PUNCT/5/punct blamed/VERB/0/root himself/PRON/7/obj",
			[]string{"PER Bob Roe"},
			[]string{"Bob Roe = who = himself"},
		},
		{
			"sex keeps apart",
			"Ada/PROPN/3/nsubj Stone/PROPN/1/flat met/VERB/0/root Bob/PROPN/3/obj Roe/PROPN/4/flat\nHe/PRON/2/nsubj left/VERB/0/root",
			[]string{"PER Ada Stone", "PER Bob Roe"},
			[]string{"Bob Roe = He"},
		},
		{
			"plural for two",
			"Stone/PROPN/4/nsubj and/CCONJ/3/cc Roe/PROPN/1/conj met/VERB/0/root\nThey/PRON/2/nsubj agreed/VERB/0/root\nBoth/DET/2/det leaders/NOUN/3/nsubj left/VERB/0/root",
			[]string{"PER Stone", "PER Roe"},
			[]string{"They[0 1] = Both leaders[0 1]"},
		},
		{
			"his counterpart",
			"Bob/PROPN/6/nsubj Roe/PROPN/1/flat and/CCONJ/5/cc his/PRON/5/nmod:poss counterpart/NOUN/1/conj met/VERB/0/root",
			[]string{"PER Bob Roe"},
			[]string{"Bob Roe = his"},
		},
		{
			"first person within a quotation",
			"“/PUNCT/3/punct I/PRON/3/nsubj took/VERB/7/ccomp my/PRON/5/nmod:poss hat/NOUN/3/obj ”/PUNCT/3/punct said/VERB/0/root Stone/PROPN/7/nsubj",
			[]string{"PER Stone"},
			[]string{"I = my = Stone"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			trees := strings.ReplaceAll(test.trees, "././4/punct", "./PUNCT/4/punct")
			if diff := cmp.Diff(test.want, chainsOf(grown(trees, test.names...))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func BenchmarkMentions(b *testing.B) {
	sentence := "President/PROPN/2/nmod:desc Ada/PROPN/4/nsubj Stone/PROPN/2/flat told/VERB/0/root the/DET/6/det envoy/NOUN/4/obj she/PRON/8/nsubj agreed/VERB/4/ccomp\n"
	doc := grown(strings.Repeat(sentence, 50), "PER Ada Stone")
	for b.Loop() {
		mentions(doc, nil)
	}
}

// TestPeopleTables checks that the tables hold what the resolver relies on.
func TestPeopleTables(t *testing.T) {
	know := peopleTables()
	if know.sexOf["queen"] != female || know.sexOf["president"] != male|female || know.given["Ada"] != female || know.titles["mr"] != male {
		t.Error("a sex is wrong")
	}
	for noun, overs := range know.over {
		for _, over := range overs {
			name, _, _ := strings.Cut(over, "/")
			if _, ok := know.sexOf[name]; !ok {
				t.Errorf("people.tsv: %s falls under %s, which is not in the table", noun, name)
			}
		}
	}
	for word := range know.places {
		if _, ok := know.sexOf[word]; ok {
			t.Errorf("%s is both a person and a place", word)
		}
	}
	for word := range know.groups {
		if _, ok := know.sexOf[word]; ok {
			t.Errorf("%s is both a person and a group", word)
		}
	}
}
