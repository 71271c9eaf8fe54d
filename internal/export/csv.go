package export

import (
	"bufio"
	"context"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// writeCSV writes one table after RFC 4180: a header, CRLF after each row, quotes where they are needed. encoding/csv
// is not used because it alters line breaks inside cells when rows end in CRLF, and words here are exact.
func writeCSV(ctx context.Context, x *exporter, w *bufio.Writer) error {
	cols := columns(x.opt.Kinds[0])
	var row []byte
	for _, c := range cols {
		row = appendCell(row, c.Name)
	}
	if _, err := w.Write(endRow(row)); err != nil {
		return err
	}
	return x.each(ctx, x.opt.Kinds, func(it *item) error {
		row = row[:0]
		for _, c := range cols {
			row = appendCell(row, cell(c.Sort, c.of(it)))
		}
		_, err := w.Write(endRow(row))
		return err
	})
}

// endRow puts a line end in place of the comma after the last cell.
func endRow(row []byte) []byte { return append(row[:len(row)-1], '\r', '\n') }

// cell shows a value. Text is made safe for spreadsheets; numbers need no care, they cannot be formulas.
func cell(s sort, v value) string {
	switch {
	case v.null:
		return ""
	case s == count:
		return strconv.FormatInt(v.count, 10)
	case s == number:
		return strconv.FormatFloat(v.number, 'f', -1, 64)
	case s == instant:
		return v.instant.UTC().Format(time.RFC3339)
	}
	return escapeFormula(strings.ToValidUTF8(v.text, "\uFFFD"))
}

// escapeFormula puts a ' before text that a spreadsheet would run as a formula: what begins with = + - @, a tab or a
// line break, also in full width (OWASP, CSV Injection). What already begins with such a ' gets another, so that taking
// one away always gives the exact words back.
func escapeFormula(s string) string {
	first, size := utf8.DecodeRuneInString(strings.TrimLeft(s, "'"))
	if size > 0 && strings.ContainsRune("=+-@\t\r\n＝＋－＠", first) {
		return "'" + s
	}
	return s
}

// appendCell appends one cell and the comma after it.
func appendCell(row []byte, s string) []byte {
	if !strings.ContainsAny(s, ",\"\r\n") && s == strings.TrimSpace(s) {
		return append(append(row, s...), ',')
	}
	row = append(row, '"')
	for i := range len(s) {
		if s[i] == '"' {
			row = append(row, '"')
		}
		row = append(row, s[i])
	}
	return append(row, '"', ',')
}
