package read

import "parley/internal/document"

// Trigger is a word that can be an event, whether or not anybody is known to take part in it: weaker evidence than an
// Event, for whoever must choose a type for a sentence.
type Trigger struct {
	Token  int
	Type   string
	CAMEO  string
	Status string
}

// Triggers are all such words of a document, in order. A word whose frame asks for company it does not have here is left out.
func Triggers(doc *document.Document, r *Reading) []Trigger {
	sc := newScene(doc, r)
	var out []Trigger
	for i := range doc.Tokens {
		if f := sc.triggerAt(i); f != nil {
			out = append(out, Trigger{Token: i, Type: f.kind, CAMEO: f.cameo, Status: sc.statusOf(i)})
		}
	}
	return out
}
