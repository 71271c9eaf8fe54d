// Package resolve makes the record of a document from what was read in it: mentions become actors and
// places, once each however named; expressions of time become dates; attributions become statements,
// and so on. In: a parsed document and its read.Reading. Out: a record.Record whose spans are code points
// of the document's text and hold exactly the words they claim (record.Check proves it).
//
// Who somebody is comes from the text first ("French President Emmanuel Macron" needs no dictionary) and
// from the tables in tables/*.tsv second: countries and their demonyms and capitals, roles, seats, bodies
// of state, organisations, armed groups, media, and a gazetteer drawn from GeoNames. Nothing here depends
// on the day it is run. It decides nothing about what was said or done: that is read's business.
package resolve
