package read

import "parley/internal/document"

// Read reads a parsed document: times and attributions first, then what stands on them. It never changes the
// document, and the same document always gives the same reading.
func Read(doc *document.Document) Reading {
	var reading Reading
	reading.Times = readTimes(doc)
	reading.Attributions, reading.LeftOut = readAttributions(doc, reading.Times)
	readEvents(doc, &reading)
	readContacts(doc, &reading)
	readCommitments(doc, &reading)
	readFigures(doc, &reading)
	readConflicts(doc, &reading)
	readAgreements(doc, &reading)
	return reading
}
