package parse

import (
	"bufio"
	"embed"
	"fmt"
	"strings"
)

//go:embed tables/*.tsv
var tableFiles embed.FS

// readTable yields the rows of an embedded table: tab-separated fields, lines that start with # and empty
// lines left out. A row with another number of fields than want is a broken build, so it panics.
func readTable(name string, want int) [][]string {
	f, err := tableFiles.Open("tables/" + name)
	if err != nil {
		panic(fmt.Sprintf("internal error: table %s: %v", name, err))
	}
	defer f.Close() //nolint:errcheck // an embedded file
	var rows [][]string
	scan := bufio.NewScanner(f)
	for line := 1; scan.Scan(); line++ {
		text := scan.Text()
		if text == "" || strings.HasPrefix(text, "#") {
			continue
		}
		fields := strings.Split(text, "\t")
		if len(fields) != want {
			panic(fmt.Sprintf("internal error: table %s, line %d: %d fields, want %d", name, line, len(fields), want))
		}
		rows = append(rows, fields)
	}
	return rows
}
