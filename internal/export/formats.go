package export

// formats is the table of formats.
func formats() []format {
	return []format{
		{Format{"csv", "text/csv; charset=utf-8; header=present", "csv", "one table of one kind, for spreadsheets and statistics", tableKinds(), true}, writeCSV},
		{Format{"jsonl", "application/jsonl", "jsonl", "every entry as the archive has it, one JSON object a line, with names beside ids", allKinds(), false}, writeJSONL},
	}
}

// allKinds are the kinds of entry.
func allKinds() []string { return append(tableKinds(), "agreement", "place") }
