package export

// formats is the table of formats.
func formats() []format {
	return []format{
		{Format{"csv", "text/csv; charset=utf-8; header=present", "csv", "one table of one kind, for spreadsheets and statistics", tableKinds(), true}, writeCSV},
		{Format{"jsonl", "application/jsonl", "jsonl", "every entry as the archive has it, one JSON object a line, with names beside ids", allKinds(), false}, writeJSONL},
		{Format{"plover", "application/jsonl", "plover.jsonl", "events with the field names of the PLOVER manual (2021), one a line", []string{"event"}, false}, writePLOVER},
		{Format{"geojson", "application/geo+json", "geojson", "events, contacts and figures on the map (RFC 7946)", []string{"event", "contact", "figure"}, false}, writeGeoJSON},
		{Format{"parquet", "application/vnd.apache.parquet", "parquet", "the tables of csv with types, for DuckDB, pandas, R, Spark", tableKinds(), true}, writeParquet},
		{Format{"annotation", `application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"`, "jsonld", "statements and events as W3C Web Annotations on their exact words", []string{"statement", "event"}, false}, writeAnnotations},
		{Format{"schemaorg", "application/ld+json", "jsonld", "statements as schema.org Quotation, and ClaimReview where somebody has verified one", []string{"statement"}, false}, writeSchemaOrg},
		{Format{"atom", "application/atom+xml; charset=utf-8", "atom", "a feed of the newest entries (RFC 4287)", []string{"statement", "event", "commitment", "contact", "figure", "contradiction"}, false}, writeAtom},
		{Format{"ics", "text/calendar; charset=utf-8", "ics", "commitments on the day they are due (RFC 5545)", []string{"commitment"}, false}, writeICS},
		{Format{"brief", "text/html; charset=utf-8", "html", "one page for people: said, done, promised, figures, contradictions", []string{"statement", "event", "commitment", "contact", "figure", "contradiction"}, false}, writeBrief},
	}
}

// allKinds are the kinds of entry.
func allKinds() []string { return tableKinds() }
