package parse

import (
	"strings"
	"sync"

	"parley/internal/document"
)

// The first person is whoever speaks: in a quotation its speaker, elsewhere the writer. A voice is a stretch of text
// whose first persons are one: the quotations of a paragraph, those of one speaker, all that stands outside
// quotations. Where people talk to each other without quotation marks (transcripts, interviews), nothing tells who
// speaks, and each paragraph is a voice of its own.

// spoken is what is known of one quotation.
type spoken struct {
	turn    int  // the first quotation of its turn: what one person says without another coming between
	speaker int  // mention of who speaks, -1 when not known
	whole   bool // clauses of the speaker's own, so that the speaker is no third person in it
}

// listen finds the speakers of the quotations, and their turns.
func (r *resolver) listen() {
	quotes := r.doc.Quotes
	r.spoken = make([]spoken, len(quotes))
	last := map[int]int{} // by enclosing quotation, the quotation before
	for q := range quotes {
		s := &r.spoken[q]
		s.turn = q
		s.speaker, s.whole = r.speakerOf(&quotes[q])
		before := quotes[q].Continues
		if before < 0 {
			k, ok := last[quotes[q].Parent]
			if ok && r.paragraphOf(quotes[k].End-1) == r.paragraphOf(quotes[q].First) && !r.otherSpeaker(r.spoken[k].speaker, s.speaker) {
				before = k
			}
		}
		last[quotes[q].Parent] = q
		if before < 0 {
			continue
		}
		s.turn = r.spoken[before].turn
		if s.speaker < 0 {
			s.speaker = r.spoken[before].speaker
		} else if first := &r.spoken[s.turn]; first.speaker < 0 {
			first.speaker = s.speaker
		}
	}
	for q := range quotes {
		if s := &r.spoken[q]; s.speaker < 0 {
			s.speaker = r.spoken[s.turn].speaker
		}
	}
}

func (r *resolver) paragraphOf(tok int) int {
	if s := r.doc.SentenceOf(tok); s >= 0 {
		return r.doc.Sentences[s].Paragraph
	}
	return -1
}

// otherSpeaker says whether two speakers are known to be two.
func (r *resolver) otherSpeaker(a, b int) bool {
	return a >= 0 && b >= 0 && r.find(a) != r.find(b) && (r.refs[b].m.Kind != document.Pronoun || !r.agree(a, b))
}

// speakerUp is how many heads lie between words in quotation marks and the verb of saying above them.
const speakerUp = 5

// speakerOf is the mention of who speaks a quotation: the subject of the verb of saying that its words hang on, or
// that hangs on its words. It is whole when it is not the rest of a clause begun outside it.
func (r *resolver) speakerOf(q *document.Quote) (speaker int, whole bool) {
	outside := func(t int) bool { return t < q.First || t >= q.End }
	for t := q.First; t < q.End && t < len(r.doc.Tokens); t++ {
		head := r.doc.Tokens[t].Head
		for _, c := range r.doc.Children(t) {
			if c := int(c); outside(c) && r.ofSaying(c) && r.doc.Tokens[c].Is("parataxis", "ccomp") {
				if k := r.subjectOf(c, outside); k >= 0 {
					return k, true
				}
			}
		}
		if head < 0 || !outside(head) {
			continue
		}
		for up := 0; head >= 0 && up < speakerUp; up++ {
			if k := r.subjectOf(head, outside); k >= 0 && r.ofSaying(head) {
				return k, up == 0 && !r.begunOutside(t, outside)
			}
			head = r.doc.Tokens[head].Head
		}
	}
	return -1, false
}

// subjectOf is the mention that is the subject of a verb, -1 when it has none or one that may not be.
func (r *resolver) subjectOf(verb int, may func(int) bool) int {
	subject := r.doc.Child(verb, "nsubj")
	k, ok := r.atHead[subject]
	if subject < 0 || !ok || !may(subject) || r.doc.Tokens[subject].Feat("PronType") == "Rel" {
		return -1
	}
	return k
}

// begunOutside says whether a word has its subject or its conjunction outside: "said he was “proud of his men”".
func (r *resolver) begunOutside(t int, outside func(int) bool) bool {
	for _, c := range r.doc.Children(t) {
		if outside(int(c)) && r.doc.Tokens[c].Is("nsubj", "mark", "aux", "cop") {
			return true
		}
	}
	return false
}

// speaksOf says whether joining would make a third person of who speaks the quotation that mention i stands in.
func (r *resolver) speaksOf(i, k int) bool {
	q := r.refs[i].quote
	if q < 0 || !r.spoken[q].whole || r.spoken[q].speaker < 0 || r.person(i) == "1" {
		return false
	}
	return r.find(r.spoken[q].speaker) == r.find(k)
}

// person is the grammatical person of a mention, "" when it is no personal pronoun.
func (r *resolver) person(i int) string {
	if tok := &r.doc.Tokens[r.refs[i].m.Head]; r.refs[i].m.Kind == document.Pronoun && tok.Feat("PronType") != "Rel" {
		return tok.Feat("Person")
	}
	return ""
}

// voiceKey names the first or second persons that are one: who says it, where, and in which person and number.
type voiceKey struct {
	speaker, turn, paragraph int
	person                   string
	plural                   bool
}

// byVoice joins the first persons of one voice with each other and with who speaks, and the second persons.
func (r *resolver) byVoice() {
	talk := r.isTalk()
	first := map[voiceKey]int{}
	for i := range r.refs {
		person := r.person(i)
		if person != "1" && person != "2" {
			continue
		}
		ref := &r.refs[i]
		key := voiceKey{-1, -1, -1, person, person == "1" && ref.number == plural}
		switch q := ref.quote; {
		case q >= 0:
			key.turn = r.spoken[q].turn
			if s := r.spoken[q].speaker; s >= 0 && person == "1" {
				key.speaker, key.turn = r.find(s), -1
				if !key.plural && r.may(i, s) {
					r.join(s, i)
					key.speaker = r.find(s)
				}
			}
		case talk:
			key.paragraph = r.doc.Sentences[ref.sent].Paragraph
		}
		if k, ok := first[key]; ok {
			r.join(k, i)
		} else {
			first[key] = i
		}
	}
}

// answers are the words that paragraphs begin with where people talk to each other.
var answers = sync.OnceValue(func() map[string]bool {
	set := map[string]bool{}
	for _, row := range readTable("answers.tsv", 1) {
		set[row[0]] = true
	}
	return set
})

const (
	fewAnswers  = 2    // paragraphs that begin as answers
	shareAnswer = 0.08 // of all paragraphs
)

// isTalk says whether several people speak outside quotations: a question to you is answered in the next paragraph
// by a first person, or paragraphs begin as answers.
func (r *resolver) isTalk() bool {
	asked, paragraphs, begun := -1, 0, 0
	first, second := r.paragraphPersons()
	quoted := map[int]bool{}
	for q := range r.doc.Quotes {
		quoted[r.paragraphOf(r.doc.Quotes[q].First)] = true
	}
	at := -1
	for s := range r.doc.Sentences {
		sent := &r.doc.Sentences[s]
		if sent.Paragraph != at {
			at = sent.Paragraph
			paragraphs++
			if answers()[strings.ToLower(r.doc.Tokens[sent.First].Form)] {
				begun++
			}
			if asked >= 0 && first[at] {
				return true
			}
			asked = -1
		}
		if last := s+1 == len(r.doc.Sentences) || r.doc.Sentences[s+1].Paragraph != at; last && r.doc.Tokens[sent.End-1].Form == "?" && second[at] && !quoted[at] {
			asked = at
		}
	}
	return begun >= fewAnswers && float64(begun) >= shareAnswer*float64(paragraphs)
}

// paragraphPersons are the paragraphs that have a first and a second person outside quotations.
func (r *resolver) paragraphPersons() (first, second map[int]bool) {
	first, second = map[int]bool{}, map[int]bool{}
	for i := range r.refs {
		if r.refs[i].quote >= 0 {
			continue
		}
		switch p := r.doc.Sentences[r.refs[i].sent].Paragraph; r.person(i) {
		case "1":
			first[p] = true
		case "2":
			second[p] = true
		}
	}
	return first, second
}
