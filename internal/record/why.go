package record

// StripWhy removes the reasons why items were made, which are there for people who ask.
func (rec *Record) StripWhy() {
	for i := range rec.Actors {
		rec.Actors[i].Why = ""
	}
	for i := range rec.Places {
		rec.Places[i].Why = ""
	}
	for i := range rec.Statements {
		rec.Statements[i].Why = ""
	}
	for i := range rec.Events {
		rec.Events[i].Why = ""
	}
	for i := range rec.Commitments {
		rec.Commitments[i].Why = ""
	}
	for i := range rec.Contacts {
		rec.Contacts[i].Why = ""
	}
	for i := range rec.Figures {
		rec.Figures[i].Why = ""
	}
	for i := range rec.Contradictions {
		rec.Contradictions[i].Why = ""
	}
	for i := range rec.Agreements {
		rec.Agreements[i].Why = ""
	}
}
