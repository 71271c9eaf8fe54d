// Package export writes entries of an archive in the formats other people's tools read. In goes a Source (a record.Reader
// is one) with Options that say which entries; out goes one stream of one Format. Every row, object or line carries the
// entry's id, its article, address, publisher, date, place in the text (code points) and exact words, so that it can be
// traced. Streams are bounded in memory and depend on nothing but the source and the options: the same in, the same out.
// Text of articles is hostile; each format escapes it by its own rules. docs/exports.md describes the formats.
package export

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"time"

	"parley/internal/record"
)

// Source is the part of record.Reader that an export asks.
type Source interface {
	// Record is the newest reading of an article: its names, text and date.
	Record(ctx context.Context, article record.ID) (*record.Record, error)
	Entry(ctx context.Context, id record.ID) (record.Entry, error)
	Entries(ctx context.Context, q record.Query) (record.Page, error)
	IdentityOf(ctx context.Context, actors []record.ID) (map[record.ID]record.ID, error)
	Links(ctx context.Context, q record.LinkQuery) ([]record.Link, string, error)
	Judgements(ctx context.Context, q record.JudgementQuery) iter.Seq2[record.Judgement, error]
}

// Options say what is written.
type Options struct {
	Format string   // name of one of Formats
	Kinds  []string // statement, event, …; empty: all that the format holds
	// Query picks the entries. Its Kinds give way to Options.Kinds; its Limit is that of the whole export, 0: all.
	Query record.Query
	Now   time.Time // written where a format asks for a time and there is no entry to take it from
	Base  string    // address of a Parley server for links to entries, without a slash at the end; may be empty
}

// Format is a way of writing entries.
type Format struct {
	Name      string
	MediaType string
	Extension string // of a file, without the dot
	Holds     string // what it is good for, for help texts
	Kinds     []string
	OneKind   bool // a table: exactly one kind in a file
}

// format is a Format with what writes it.
type format struct {
	Format
	write func(ctx context.Context, x *exporter, w *bufio.Writer) error
}

// Formats lists all formats in the order of docs/exports.md.
func Formats() []Format {
	var out []Format
	for _, f := range formats() {
		out = append(out, f.Format)
	}
	return out
}

// Write writes entries of a source to w. Errors say which format or kind is not known, or what could not be read or
// written; what was written before an error is not a whole file.
func Write(ctx context.Context, w io.Writer, src Source, opt Options) error {
	f, err := choose(&opt)
	if err != nil {
		return err
	}
	buffered := bufio.NewWriterSize(w, 64<<10)
	if err := f.write(ctx, newExporter(src, opt), buffered); err != nil {
		return fmt.Errorf("exporting %s: %w", f.Name, err)
	}
	if err := buffered.Flush(); err != nil {
		return fmt.Errorf("writing %s: %w", f.Name, err)
	}
	return nil
}

// Check says what is wrong with the format, the kinds, or labels and statuses that these cannot have, before anything is opened.
func (opt Options) Check() error {
	if _, err := choose(&opt); err != nil {
		return err
	}
	opt.Query.Kinds = opt.Kinds
	return opt.Query.Check()
}

// choose finds the format and settles the kinds.
func choose(opt *Options) (format, error) {
	all := formats()
	i := slices.IndexFunc(all, func(f format) bool { return f.Name == opt.Format })
	if i < 0 {
		return format{}, fmt.Errorf("there is no export format %q: choose one of %s", opt.Format, names(all))
	}
	f := all[i]
	for _, kind := range opt.Kinds {
		if !slices.Contains(f.Kinds, kind) {
			return f, fmt.Errorf("%s does not hold kind %q: choose of %s", f.Name, kind, strings.Join(f.Kinds, ", "))
		}
	}
	if f.OneKind && len(opt.Kinds) != 1 {
		return f, fmt.Errorf("%s holds one kind a file: choose one of %s", f.Name, strings.Join(f.Kinds, ", "))
	}
	if len(opt.Kinds) == 0 {
		opt.Kinds = f.Kinds
	}
	return f, nil
}

func names(all []format) string {
	var list []string
	for _, f := range all {
		list = append(list, f.Name)
	}
	return strings.Join(list, ", ")
}
