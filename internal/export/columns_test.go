package export

// Column is what docs/exports.md says of a column.
type Column struct{ Name, Type, Meaning string }

// Columns are those of the table of a kind, in the order of CSV.
func Columns(kind string) []Column {
	var out []Column
	for _, c := range columns(kind) {
		out = append(out, Column{c.Name, string(c.Sort), c.Meaning})
	}
	return out
}
