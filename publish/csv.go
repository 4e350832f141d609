package publish

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io"
	"os"
	"strings"

	"commonspend/store/disk"
)

// csvFields are the columns of a dataset's CSV form: money in pounds as plain
// decimals, under a name that says so.
func csvFields(columns []field) []field {
	list := brief(columns)
	for i, column := range list {
		if isPence(column) {
			list[i] = field{Name: csvName(column), Type: "number"}
		}
	}
	return list
}

func isPence(column field) bool {
	return column.Type == "integer" && (column.Name == "pence" || strings.HasSuffix(column.Name, "_pence"))
}

// csvName writes amount_pounds for amount_pence.
func csvName(column field) string {
	if isPence(column) {
		return strings.TrimSuffix(column.Name, "pence") + "pounds"
	}
	return column.Name
}

// csvValue is the SQL of a column's CSV form. Text that a spreadsheet would
// take for a formula gets an apostrophe before it; a plain number does not.
func csvValue(column field) string {
	name := `"` + column.Name + `"`
	switch {
	case isPence(column):
		return "CAST(CAST(" + name + " AS DECIMAL(20, 0)) * 0.01 AS DECIMAL(20, 2))"
	case column.Type == "datetime":
		return "strftime(" + name + ", '%Y-%m-%dT%H:%M:%SZ')"
	case column.Type == "string":
		return `CASE WHEN regexp_matches(` + name + `, '^[-=+@\t\r]')
			AND NOT regexp_full_match(` + name + `, '[-+]?[0-9][0-9,]*([.][0-9]+)?') THEN '''' || ` + name + ` ELSE ` + name + ` END`
	}
	return name
}

// writeCSV writes a Parquet file's rows, in its order, as RFC 4180 asks: comma,
// double quote, CRLF, UTF-8, one header line.
func writeCSV(ctx context.Context, conn *sql.Conn, columns []field, from, path string) error {
	values := make([]string, len(columns))
	for i, column := range columns {
		values[i] = csvValue(column) + ` AS "` + csvName(column) + `"`
	}
	plain := path + disk.TempPrefix
	defer os.Remove(plain)
	text := "COPY (SELECT " + strings.Join(values, ", ") + " FROM read_parquet(" + literal(from) + ", file_row_number = true) " +
		"ORDER BY file_row_number) TO " + literal(plain) + " (FORMAT csv, HEADER)"
	if _, err := conn.ExecContext(ctx, text); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	file, err := os.Open(plain)
	if err != nil {
		return err
	}
	defer file.Close()
	return disk.Write(path, func(w io.Writer) error { return endLines(w, file) })
}

// endLines copies CSV with each line feed that ends a record written as CRLF;
// those inside quotes are part of a value and stay.
func endLines(w io.Writer, r io.Reader) error {
	buffer := make([]byte, 1<<18)
	var out bytes.Buffer
	quoted := false
	for {
		n, err := r.Read(buffer)
		out.Reset()
		for _, c := range buffer[:n] {
			if c == '"' {
				quoted = !quoted
			}
			if c == '\n' && !quoted {
				out.WriteByte('\r')
			}
			out.WriteByte(c)
		}
		if _, err := w.Write(out.Bytes()); err != nil {
			return err
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}
