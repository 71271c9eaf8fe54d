package record

// StripWhy removes the reasons why items were made, which are there for people who ask.
func (r *Record) StripWhy() {
	for i := range r.Actors {
		r.Actors[i].Why = ""
	}
	for i := range r.Places {
		r.Places[i].Why = ""
	}
	for i := range r.Statements {
		r.Statements[i].Why = ""
	}
	for i := range r.Events {
		r.Events[i].Why = ""
	}
	for i := range r.Commitments {
		r.Commitments[i].Why = ""
	}
	for i := range r.Contacts {
		r.Contacts[i].Why = ""
	}
	for i := range r.Figures {
		r.Figures[i].Why = ""
	}
	for i := range r.Contradictions {
		r.Contradictions[i].Why = ""
	}
	for i := range r.Agreements {
		r.Agreements[i].Why = ""
	}
}
