package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode"

	"golang.org/x/term"

	"parley/internal/document"
	"parley/internal/record"
	"parley/internal/source"
	"parley/internal/view"
)

// readCommand is parley read.
type readCommand struct {
	Paths     []string `arg:"" optional:"" name:"file" help:"Articles: text, Markdown, HTML, JSON or JSON Lines; a folder of them; - for standard input."`
	URL       []string `name:"url" help:"Fetch a page and read it. Private and local addresses are refused."`
	Published day      `placeholder:"DATE" help:"Day of publication (2022-02-20): what Sunday and next week are counted from. Overrides the file's own."`
	Publisher string   `help:"Who published it. Overrides the file's own."`
	Format    string   `enum:"text,json,html" default:"text" short:"f" help:"text, json (the record of docs/record.md; one a line when there are several) or html (one self-contained page)."`
	Out       string   `short:"o" type:"path" placeholder:"DIR" help:"Write one file for each article into this folder instead of printing."`
	Explain   bool     `help:"Say for every item why it was made."`
	MaxMB     int64    `name:"max-mb" default:"10" help:"Refuse inputs larger than this many megabytes."`
	readingFlags
}

// Help is shown by parley read --help.
func (*readCommand) Help() string {
	return `Examples:
  parley read examples/leaders-call.txt
  parley read --published 2022-02-20 --format json article.txt | jq .statements
  parley read --format html -o pages articles/
  curl -s https://example.org/story.html | parley read --explain -`
}

// Run reads every input and prints or writes its record.
func (c *readCommand) Run(ctx context.Context, std streams) error {
	switch {
	case len(c.Paths) == 0 && len(c.URL) == 0:
		return usage("nothing to read: name a file, a folder, - for standard input, or --url")
	case c.MaxMB < 1:
		return usage("--max-mb wants a whole number from 1 on")
	}
	pipe, workers, err := c.pipeline()
	if err != nil {
		return err
	}
	sink, err := c.sink(std)
	if err != nil {
		return err
	}
	bar := newCounter(std.err, "articles read")
	done, failed := 0, 0
	err = pipe.Each(c.documents(ctx, std), workers, func(rec *record.Record, err error) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			failed++
			complain(std.err, err)
			return nil
		}
		done++
		bar.set(done)
		if !c.Explain {
			rec.StripWhy()
		}
		return sink.write(rec)
	})
	bar.end()
	if err = errors.Join(err, sink.close()); err != nil {
		return err
	}
	return unread(failed, failed+done)
}

// documents are the inputs in the order they were named: files first, then pages.
func (c *readCommand) documents(ctx context.Context, std streams) iter.Seq2[*document.Document, error] {
	opt := source.Options{Published: time.Time(c.Published), Publisher: c.Publisher, MaxBytes: c.MaxMB << 20, Stdin: std.in}
	return func(yield func(*document.Document, error) bool) {
		for doc, err := range source.Walk(c.Paths, opt) {
			if !yield(doc, err) {
				return
			}
		}
		for _, url := range c.URL {
			doc, err := source.Fetch(ctx, url, opt)
			if !yield(doc, err) {
				return
			}
		}
	}
}

// sink is where records go.
type sink interface {
	write(*record.Record) error
	close() error
}

func (c *readCommand) sink(std streams) (sink, error) {
	if c.Out != "" {
		if err := os.MkdirAll(c.Out, 0o755); err != nil {
			return nil, fmt.Errorf("making the output folder: %w", err)
		}
		return &folder{dir: c.Out, format: c.Format, explain: c.Explain, log: std.err}, nil
	}
	if c.Format == "json" {
		return &jsonStream{w: std.out}, nil
	}
	return &pages{w: std.out, format: c.Format, explain: c.Explain}, nil
}

// jsonStream prints a single record indented, and several as JSON Lines.
type jsonStream struct {
	w     io.Writer
	first *record.Record
	many  bool
}

func (s *jsonStream) write(rec *record.Record) error {
	if !s.many && s.first == nil {
		s.first = rec
		return nil
	}
	if s.first != nil {
		if err := encode(s.w, s.first, ""); err != nil {
			return err
		}
		s.first, s.many = nil, true
	}
	return encode(s.w, rec, "")
}

func (s *jsonStream) close() error {
	if s.first == nil {
		return nil
	}
	return encode(s.w, s.first, "  ")
}

func encode(w io.Writer, rec *record.Record, indent string) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", indent)
	if err := enc.Encode(rec); err != nil {
		return fmt.Errorf("writing the record as JSON: %w", err)
	}
	return nil
}

// pages prints records as text, one under the other, or a single one as HTML: that waits until no second one comes,
// so that a refusal leaves no half-right page behind.
type pages struct {
	w       io.Writer
	format  string
	explain bool
	n       int
	only    *record.Record
}

func (s *pages) write(rec *record.Record) error {
	s.n++
	if s.format == "html" {
		if s.n > 1 {
			s.only = nil
			return usage("--format html prints one article only; give --out DIR for several")
		}
		s.only = rec
		return nil
	}
	if s.n > 1 {
		if _, err := fmt.Fprint(s.w, "\n\n"); err != nil {
			return fmt.Errorf("writing the record as text: %w", err)
		}
	}
	width, colour := terminal(s.w)
	return view.Text(s.w, rec, view.TextOptions{Width: width, Colour: colour, Explain: s.explain})
}

func (s *pages) close() error {
	if s.only == nil {
		return nil
	}
	return view.HTML(s.w, s.only, s.explain)
}

// folder writes one file a record, named by its day, its title and its id.
type folder struct {
	dir, format string
	explain     bool
	n           int
	log         io.Writer
}

func (s *folder) write(rec *record.Record) (err error) {
	ending := map[string]string{"text": ".txt", "json": ".json", "html": ".html"}[s.format]
	f, err := os.Create(filepath.Join(s.dir, fileName(&rec.Document)+ending))
	if err != nil {
		return fmt.Errorf("writing a record: %w", err)
	}
	s.n++
	defer func() { err = errors.Join(err, f.Close()) }()
	switch s.format {
	case "json":
		return encode(f, rec, "  ")
	case "html":
		return view.HTML(f, rec, s.explain)
	}
	return view.Text(f, rec, view.TextOptions{Explain: s.explain})
}

func (s *folder) close() error {
	fmt.Fprintf(s.log, "parley: %d files written to %s\n", s.n, s.dir)
	return nil
}

// fileName is "2022-02-20-first-words-of-the-title-1a2b3c4d": letters and digits only, whatever the title holds.
func fileName(doc *record.Document) string {
	parts := []string{doc.Published[:min(len(time.DateOnly), len(doc.Published))]}
	for _, word := range strings.FieldsFunc(strings.ToLower(doc.Title), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if len(parts) <= 6 && len(word) <= 30 {
			parts = append(parts, word)
		}
	}
	parts = append(parts, doc.ID[:min(8, len(doc.ID))])
	return strings.Trim(strings.Join(parts, "-"), "-")
}

// day is a day on the command line.
type day time.Time

// UnmarshalText reads 2022-02-20, or an instant of which the day and the hour count.
func (d *day) UnmarshalText(text []byte) error {
	for _, layout := range []string{time.DateOnly, time.RFC3339} {
		if t, err := time.Parse(layout, string(text)); err == nil {
			*d = day(t)
			return nil
		}
	}
	return fmt.Errorf("%q is no day: write it as 2022-02-20", text)
}

// terminal is the width of w and whether it shows colour (NO_COLOR is honoured); 100 and no for a pipe.
func terminal(w io.Writer) (width int, colour bool) {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return 100, false
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil || width < 40 {
		width = 100
	}
	return min(width, 120), os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}
