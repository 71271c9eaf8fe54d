package read

import "parley/internal/document"

// Trigger is a word that can be an event, whether or not anybody is known to take part in it: weaker evidence than an
// Event, for whoever must choose a type for a sentence.
type Trigger struct {
	Token  int
	Type   string
	CAMEO  string
	Status string
	Guess  bool // no frame of the word holds here; most of its frames are of this type
}

// Triggers are all such words of a document, in order; a word whose frames ask for company it does not have here is a guess at most.
func Triggers(doc *document.Document, r *Reading) []Trigger {
	sc := newScene(doc, r)
	var out []Trigger
	for i := range doc.Tokens {
		if f := sc.triggerAt(i); f != nil {
			out = append(out, Trigger{Token: i, Type: f.kind, CAMEO: f.cameo, Status: sc.statusOf(i)})
		} else if f := sc.nearest(i); f != nil {
			out = append(out, Trigger{Token: i, Type: f.kind, CAMEO: f.cameo, Status: sc.statusOf(i), Guess: true})
		}
	}
	return out
}

// nearest is the first frame of the type that more than half of a word's frames have, nil when no type has so many.
func (sc *scene) nearest(i int) *frame {
	if t := sc.tok(i); t.UPOS != "VERB" && t.UPOS != "NOUN" || t.Is("amod", "compound") {
		return nil
	}
	fs := sc.tab.frames[sc.key(i)]
	count := map[string]int{}
	for n := range fs {
		count[fs[n].kind]++
	}
	for n := range fs {
		if 2*count[fs[n].kind] > len(fs) {
			return &fs[n]
		}
	}
	return nil
}
