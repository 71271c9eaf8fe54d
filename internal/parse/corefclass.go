package parse

import "parley/internal/document"

// kindOf is what kind of entity a mention stands for, PER, ORG, LOC or "", by what is known of its chain.
func (r *resolver) kindOf(i int) string {
	ref, top := &r.refs[i], &r.refs[r.find(i)]
	tok := &r.doc.Tokens[ref.m.Head]
	if p := tok.Feat("Person"); ref.m.Kind == document.Pronoun && (p == "1" || p == "2") {
		return "PER"
	}
	switch kind := top.nameKind; kind {
	case "PER", "ORG", "LOC":
		return kind
	case "NORP":
		return "PER"
	case "":
	default:
		return ""
	}
	switch r.says.typeOf(ref.m.Head) {
	case "person":
		return "PER"
	case "organization": //nolint:misspell // GUM's word
		return "ORG"
	case "place":
		return "LOC"
	case "":
	default:
		if ref.m.Kind != document.Pronoun {
			return ""
		}
	}
	switch {
	case top.class == human:
		return "PER"
	case top.place:
		return "LOC"
	case top.class == group:
		return "ORG"
	case ref.m.Kind == document.Pronoun && ref.number == plural && top.class&human != 0:
		return "PER" // "they" that nothing is known of are persons more often than not
	}
	return ""
}
