package export

import (
	"bufio"
	"fmt"
	"io"
	"iter"
	"strings"
)

// Rows writes a table of text as the format csv does: a header, CRLF after each row, cells that a spreadsheet would run
// as formulas made harmless. It ends with the first error.
func Rows(w io.Writer, header []string, rows iter.Seq2[[]string, error]) error {
	buffered := bufio.NewWriter(w)
	write := func(cells []string, safe func(string) string) error {
		var row []byte
		for _, c := range cells {
			row = appendCell(row, safe(strings.ToValidUTF8(c, "\uFFFD")))
		}
		_, err := buffered.Write(endRow(row))
		return err
	}
	if err := write(header, func(s string) string { return s }); err != nil {
		return fmt.Errorf("writing a table: %w", err)
	}
	for cells, err := range rows {
		if err == nil {
			err = write(cells, escapeFormula)
		}
		if err != nil {
			return fmt.Errorf("writing a table: %w", err)
		}
	}
	if err := buffered.Flush(); err != nil {
		return fmt.Errorf("writing a table: %w", err)
	}
	return nil
}
