package export

import (
	"bufio"
	"context"
	"strings"

	"github.com/parquet-go/parquet-go"
)

// groupBytes is about how much text is held before a row group is written: what bounds the memory of an export.
const groupBytes = 32 << 20

// writeParquet writes one flat table, the same columns as CSV with types and nulls, in the order of their names, as
// parquet.Group has it. Words are exact (but for
// what is not UTF-8): a Parquet reader runs no formulas.
func writeParquet(ctx context.Context, x *exporter, w *bufio.Writer) error {
	kind := x.opt.Kinds[0]
	cols := columns(kind)
	schema := schemaOf(kind, cols)
	at := make([]int, len(cols))
	for i, c := range cols {
		leaf, _ := schema.Lookup(c.Name)
		at[i] = leaf.ColumnIndex
	}
	pw := parquet.NewWriter(w, schema, parquet.Compression(&parquet.Zstd), parquet.CreatedBy("parley", "1", ""))
	row, held := make(parquet.Row, len(cols)), 0
	err := x.each(ctx, x.opt.Kinds, func(it *item) error {
		for i, c := range cols {
			v := c.of(it)
			held += len(v.text) + 8
			row[at[i]] = parquetValue(c.Sort, v, at[i])
		}
		if _, err := pw.WriteRows([]parquet.Row{row}); err != nil {
			return err
		}
		if held < groupBytes {
			return nil
		}
		held = 0
		return pw.Flush()
	})
	if err != nil {
		return err
	}
	return pw.Close()
}

func schemaOf(kind string, cols []column) *parquet.Schema {
	group := parquet.Group{}
	for _, c := range cols {
		switch c.Sort {
		case text:
			group[c.Name] = parquet.String()
		case count:
			group[c.Name] = parquet.Int(64)
		case number:
			group[c.Name] = parquet.Optional(parquet.Leaf(parquet.DoubleType))
		case instant:
			group[c.Name] = parquet.Optional(parquet.Timestamp(parquet.Millisecond))
		}
	}
	return parquet.NewSchema(kind, group)
}

// parquetValue is a cell; the levels say whether a column that may be null is.
func parquetValue(s sort, v value, at int) parquet.Value {
	switch {
	case v.null:
		return parquet.NullValue().Level(0, 0, at)
	case s == count:
		return parquet.Int64Value(v.count).Level(0, 0, at)
	case s == number:
		return parquet.DoubleValue(v.number).Level(0, 1, at)
	case s == instant:
		return parquet.Int64Value(v.instant.UnixMilli()).Level(0, 1, at)
	}
	return parquet.ByteArrayValue([]byte(strings.ToValidUTF8(v.text, "\uFFFD"))).Level(0, 0, at)
}
