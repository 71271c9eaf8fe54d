package ceasefire

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"sort"
	"strings"
)

// Limits on tables: what is over them is a problem that is reported, not a crash.
const (
	maxRows     = 2_000_000
	maxLine     = 4 << 20 // bytes
	maxColumns  = 2000
	maxProblems = 1000 // then only counted
)

// Imported is what a table gave.
type Imported struct {
	Observations []Observation
	Problems     []Problem      // rows and cells that could not be used
	Unlisted     int            // problems beyond those listed
	Rows         int            // rows read
	Asides       map[string]int // rows that the map leaves out, by reason
}

// Import reads a table by a map. Name is what references call the table. A row or cell that cannot be used is a Problem
// with its line; the rest is still read. The error is for a table that cannot be read at all.
func Import(r io.Reader, m *Map, name string) (*Imported, error) {
	im := &importer{m: m, w: newWorld(), table: clean(name), out: &Imported{Asides: map[string]int{}}}
	read := im.csv
	if m.Format == "jsonl" {
		read = im.jsonl
	}
	if err := read(bufio.NewReaderSize(r, 1<<16)); err != nil {
		return nil, fmt.Errorf("reading the table %s: %w", im.table, err)
	}
	im.cover()
	for i := range im.out.Observations {
		im.out.Observations[i].seal()
	}
	return im.out, nil
}

type importer struct {
	m     *Map
	w     *world
	table string
	out   *Imported
}

func (im *importer) problem(line int, column, format string, args ...any) {
	if len(im.out.Problems) >= maxProblems {
		im.out.Unlisted++
		return
	}
	im.out.Problems = append(im.out.Problems, Problem{im.table, line, clean(column), fmt.Sprintf(format, args...)})
}

// leave counts a row that the map does not want.
func (im *importer) leave(why string) {
	if _, known := im.out.Asides[why]; !known && len(im.out.Asides) >= 100 {
		why = "other values that the map does not take"
	}
	im.out.Asides[why]++
}

// csv reads rows between commas. The first is the header.
func (im *importer) csv(r *bufio.Reader) error {
	if bom, _ := r.Peek(3); bytes.Equal(bom, []byte("\xef\xbb\xbf")) {
		if _, err := r.Discard(len(bom)); err != nil {
			return err
		}
	}
	in := &limited{r: r, max: maxLine}
	rd := csv.NewReader(in)
	rd.FieldsPerRecord, rd.ReuseRecord = -1, true
	if im.m.Comma != "" {
		rd.Comma = rune(im.m.Comma[0])
	}
	header, err := rd.Read()
	if errors.Is(err, io.EOF) {
		return errors.New("it is empty: export it again, with its header")
	} else if err != nil {
		return fmt.Errorf("its header: %w: export it again as CSV in UTF-8", err)
	}
	names := slices.Clone(header)
	if err := im.header(names); err != nil {
		return err
	}
	for im.out.Rows < maxRows {
		in.since = 0
		cells, err := rd.Read()
		var pe *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.As(err, &pe):
			im.out.Rows++
			im.problem(pe.StartLine, "", "the row is no CSV (%v): correct the quotation marks", pe.Err)
			continue
		case err != nil:
			return err
		}
		im.out.Rows++
		line, _ := rd.FieldPos(0)
		if len(cells) != len(names) {
			im.problem(line, "", "the row has %d cells, the header %d: correct the row", len(cells), len(names))
			continue
		}
		row := make(map[string]string, len(cells))
		for i, c := range cells {
			row[names[i]] = strings.TrimSpace(c)
		}
		im.row(line, row)
	}
	return fmt.Errorf("it has more than %d rows: split it", maxRows)
}

// header checks that the map's columns are there.
func (im *importer) header(names []string) error {
	if len(names) > maxColumns {
		return fmt.Errorf("it has %d columns, at most %d are read: is it the right file?", len(names), maxColumns)
	}
	have := map[string]bool{}
	for i, n := range names {
		names[i] = strings.TrimSpace(n)
		have[names[i]] = true
	}
	var missing []string
	for _, n := range im.m.needed() {
		for part := range strings.SplitSeq(n, ",") {
			if !have[part] && !have[n] {
				missing = append(missing, part)
			}
		}
	}
	if missing != nil {
		var there []string
		for n := range have {
			there = append(there, short(n))
		}
		sort.Strings(there)
		return fmt.Errorf("it has no column %s, which the map %s names: correct the map; the columns are %s", strings.Join(missing, ", "), im.m.Name, short(strings.Join(there, ", ")))
	}
	return nil
}

// limited stops a quoted cell without an end from eating the memory: a row longer than max is an error. Whoever reads sets
// since to zero after each row.
type limited struct {
	r     io.Reader
	since int
	max   int
}

func (l *limited) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	if l.since += n; l.since > l.max {
		return 0, fmt.Errorf("a row is longer than %d bytes: is a quotation mark missing, or is it the wrong file?", l.max)
	}
	return n, err
}

// jsonl reads an object a line.
func (im *importer) jsonl(r *bufio.Reader) error {
	sc := bufio.NewScanner(r)
	sc.Buffer(make([]byte, 1<<16), maxLine)
	for line := 1; sc.Scan(); line++ {
		text := bytes.TrimSpace(sc.Bytes())
		if len(text) == 0 {
			continue
		}
		if im.out.Rows++; im.out.Rows > maxRows {
			return fmt.Errorf("it has more than %d rows: split it", maxRows)
		}
		im.object(line, text)
	}
	if err := sc.Err(); err != nil {
		return fmt.Errorf("%w: lines of at most %d bytes are read, one object each", err, maxLine)
	}
	return nil
}

func (im *importer) object(line int, text []byte) {
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	var o map[string]any
	if err := dec.Decode(&o); err != nil {
		im.problem(line, "", "the line is no JSON object (%s): correct it", short(err.Error()))
		return
	}
	row := flat(o)
	if im.m.Rows == "" {
		im.row(line, row)
		return
	}
	list, ok := o[im.m.Rows].([]any)
	if !ok {
		im.leave("it has no list " + im.m.Rows)
		return
	}
	for _, item := range list {
		inner, ok := item.(map[string]any)
		if !ok {
			im.problem(line, im.m.Rows, "an item is no object: correct it")
			continue
		}
		for k, v := range row {
			if _, own := inner[k]; !own {
				inner[k] = v
			}
		}
		im.row(line, flat(inner))
	}
}

// flat is an object as cells: text as it is, numbers as written, null as nothing; lists and objects are left out.
func flat(o map[string]any) map[string]string {
	row := make(map[string]string, len(o))
	for k, v := range o {
		switch v := v.(type) {
		case string:
			row[k] = strings.TrimSpace(v)
		case json.Number:
			row[k] = v.String()
		case bool:
			row[k] = fmt.Sprint(v)
		}
	}
	return row
}
