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
	for i, c := range cols {
		writeCell(w, c.Name, i == 0)
	}
	w.WriteString("\r\n")
	return x.each(ctx, x.opt.Kinds, func(it *item) error {
		for i, c := range cols {
			writeCell(w, cell(c.Sort, c.of(it)), i == 0)
		}
		_, err := w.WriteString("\r\n")
		return err
	})
}

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
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, "'"))
	if strings.ContainsRune("=+-@\t\r\n＝＋－＠", first) && first != utf8.RuneError {
		return "'" + s
	}
	return s
}

// writeCell writes one cell and the comma before it. An error of w is kept by w and comes out at the end of the row.
func writeCell(w *bufio.Writer, s string, first bool) {
	if !first {
		w.WriteByte(',')
	}
	if !strings.ContainsAny(s, ",\"\r\n") && s == strings.TrimSpace(s) {
		w.WriteString(s)
		return
	}
	w.WriteByte('"')
	for part, rest, more := strings.Cut(s, `"`); ; part, rest, more = strings.Cut(rest, `"`) {
		w.WriteString(part)
		if !more {
			break
		}
		w.WriteString(`""`)
	}
	w.WriteByte('"')
}
