package publish

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"commonspend/store"
	"commonspend/store/disk"
)

// Formats are those that Export writes.
func Formats() []string { return []string{"csv", "parquet"} }

// exporter lays one release out as plain files.
type exporter struct {
	release *Release
	into    string // the folder aside
	formats []string
	conn    *sql.Conn
	columns map[string][]field
	pack    *datapackage
	slugs   map[string]string // publisher to the name of its folder
	sums    map[string]string // of what is written: path to SHA-256

	earlier     string            // another export, whose files are linked to where they would be the same
	earlierSums map[string]string // its SHA256SUMS
}

// Export lays a release out as plain files in a new folder: payments and
// issues by publisher and year, the rest a file each, in the formats asked
// for (all of Formats for none). The folder appears whole or not at all.
func Export(ctx context.Context, release *Release, into string, formats []string) error {
	return ExportAfter(ctx, release, into, formats, "")
}

// ExportAfter is Export beside an earlier one, by the same program: a file made
// from the same object is not written again, but linked to where it is whole.
func ExportAfter(ctx context.Context, release *Release, into string, formats []string, earlier string) error {
	if err := CheckExport(into, formats); err != nil {
		return err
	}
	if len(formats) == 0 {
		formats = Formats()
	}
	db, err := store.OpenScratch(store.Settings{})
	if err != nil {
		return err
	}
	defer db.Close()
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	parent := filepath.Dir(filepath.Clean(into))
	if err := disk.MakeFolder(parent); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	aside, err := os.MkdirTemp(parent, disk.TempPrefix+"*")
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	defer os.RemoveAll(aside)
	e := &exporter{release: release, into: aside, formats: formats, conn: conn, slugs: map[string]string{}, sums: map[string]string{}, earlier: earlier}
	if earlier != "" {
		if e.earlierSums, err = ReadSums(earlier, sumsName); err != nil {
			return fmt.Errorf("export: %w", err)
		}
	}
	if err := inOrder(ctx, e.begin, e.exportPartitions, e.exportFigures, e.exportTables, e.finish); err != nil {
		return fmt.Errorf("export release %s: %w", release.Number, err)
	}
	if err := os.Chmod(aside, 0o755); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return disk.Place(aside, into)
}

// CheckExport refuses a folder that holds something, and unknown formats.
func CheckExport(into string, formats []string) error {
	for _, format := range formats {
		if !slices.Contains(Formats(), format) {
			return fmt.Errorf("%q is not a format to export: choose from %s", format, strings.Join(Formats(), ", "))
		}
	}
	entries, err := os.ReadDir(into)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("export: %w", err)
	}
	if len(entries) > 0 {
		return fmt.Errorf("%s holds files already: name a folder that is new or empty", into)
	}
	return nil
}

// begin reads what the descriptor needs of the publishers.
func (e *exporter) begin(ctx context.Context) (err error) {
	text, err := os.ReadFile(filepath.Join(e.release.Folder(), "columns.csv"))
	if err != nil {
		return err
	}
	if e.columns, err = fields(text); err != nil {
		return err
	}
	if !e.complete() {
		return errors.New("it was made by an earlier program and lacks columns that are needed: `commonspend rebuild`, then `commonspend publish`, makes one that has them")
	}
	var licensed []publisher
	err = each(ctx, e.conn, query("export_publishers"), map[string]any{"path": e.table("publishers")}, func(rows *sql.Rows) error {
		var p publisher
		err := rows.Scan(&p.id, &p.name, &p.licence, &p.attribution, &p.slug)
		licensed = append(licensed, p)
		e.slugs[p.id] = p.slug
		return err
	})
	e.pack = newPackage(e.release, licensed)
	return err
}

// complete says whether the release has the columns that its files are named,
// ordered and joined by.
func (e *exporter) complete() bool {
	for dataset, names := range map[string][]string{
		"publishers": {"publisher", "name", "licence", "attribution", "slug"},
		"payments":   {"publisher", "financial_year", "file", "member", "sheet", "row"},
		"figures":    {"body", "financial_year", "month", "duty", "dimension", "key", "payments", "pence", "credit_pence", "repeated_pence", "comparable_pence"}} {
		for _, name := range names {
			if !slices.ContainsFunc(e.columns[dataset], func(f field) bool { return f.Name == name }) {
				return false
			}
		}
	}
	return true
}

// table is the path of one of the release's own Parquet files.
func (e *exporter) table(name string) string {
	return filepath.Join(e.release.Folder(), name+".parquet")
}

// exportPartitions writes payments and issues, a folder for each publisher.
func (e *exporter) exportPartitions(ctx context.Context) error {
	for _, p := range e.release.Partitions {
		if p.Dataset == "figures" {
			continue
		}
		below := p.Dataset + "/" + e.slugs[p.Publisher] + "/" + yearSlug(p.FinancialYear)
		title := p.Dataset + " of " + p.Publisher + ", " + yearName(p.FinancialYear)
		if err := e.exportFile(ctx, p.Dataset, below, title, e.release.Object(p), p.Object); err != nil {
			return err
		}
	}
	return nil
}

// exportFigures puts the figures of all bodies into one file.
func (e *exporter) exportFigures(ctx context.Context) error {
	var paths []string
	for _, p := range e.release.Partitions {
		if p.Dataset == "figures" {
			paths = append(paths, literal(e.release.Object(p)))
		}
	}
	if len(paths) == 0 {
		return nil
	}
	joined := filepath.Join(e.into, disk.TempPrefix+"figures")
	text := strings.ReplaceAll(query("export_figures"), ":paths", "["+strings.Join(paths, ", ")+"]")
	if err := writeParquet(ctx, e.conn, text, nil, joined); err != nil {
		return fmt.Errorf("figures: %w", err)
	}
	defer os.Remove(joined)
	return e.exportFile(ctx, "figures", "figures", "figures", joined, "")
}

// exportTables writes the release's own tables.
func (e *exporter) exportTables(ctx context.Context) error {
	for _, t := range e.release.Tables {
		if err := e.exportFile(ctx, t.Name, t.Name, t.Name, e.table(t.Name), t.SHA256); err != nil {
			return err
		}
	}
	return nil
}

// exportFile writes one Parquet file in each format. sha is its hash as
// published, "" where it was made just now.
func (e *exporter) exportFile(ctx context.Context, dataset, below, title, from, sha string) error {
	for _, format := range e.formats {
		path := filepath.Join(e.into, filepath.FromSlash(below)+"."+format)
		if err := disk.MakeFolder(filepath.Dir(path)); err != nil {
			return err
		}
		actual, bytes := e.link(below, format, sha, path)
		if actual == "" {
			err := e.write(ctx, dataset, format, from, path)
			if err == nil {
				actual, bytes, err = HashFile(path)
			}
			if err != nil {
				return fmt.Errorf("%s.%s: %w", below, format, err)
			}
		}
		e.sums[below+"."+format] = actual
		if format == "parquet" && sha != "" && actual != sha {
			return fmt.Errorf("%s is damaged: its bytes are not those that were published; remove it and publish again, which makes it anew", from)
		}
		e.describeFile(dataset, below, title, format, actual, bytes)
	}
	return nil
}

// link links to a file of the earlier export that was made from the same
// object, and returns its hash; "" where there is none that is whole.
func (e *exporter) link(below, format, sha, path string) (string, int64) {
	had := e.earlierSums[below+"."+format]
	if sha == "" || had == "" || e.earlierSums[below+".parquet"] != sha {
		return "", 0
	}
	from := filepath.Join(e.earlier, filepath.FromSlash(below)+"."+format)
	actual, bytes, err := HashFile(from)
	if err != nil || actual != had || os.Link(from, path) != nil {
		return "", 0 // it is written again
	}
	return had, bytes
}

func (e *exporter) write(ctx context.Context, dataset, format, from, path string) error {
	if format == "csv" {
		return writeCSV(ctx, e.conn, e.columns[dataset], from, path)
	}
	return disk.Write(path, func(w io.Writer) error {
		file, err := os.Open(from)
		if err != nil {
			return err
		}
		defer file.Close()
		_, err = io.Copy(w, file)
		return err
	})
}

// describeFile adds a file to the descriptor.
func (e *exporter) describeFile(dataset, below, title, format, sha string, bytes int64) {
	name := strings.ReplaceAll(below, "/", "-") + "-" + format
	r := parquetResource(name, title, below+"."+format, sha, bytes, brief(e.columns[dataset]))
	if format == "csv" {
		r.Format, r.Mediatype, r.Encoding = "csv", "text/csv", "utf-8"
		r.Schema.Fields = csvFields(e.columns[dataset])
	}
	e.pack.Resources = append(e.pack.Resources, r)
}

// finish writes the texts, and last the checksums.
func (e *exporter) finish(context.Context) error {
	texts := []string{"ATTRIBUTION.txt", "columns.csv", "manifest.json"}
	for _, name := range texts {
		text, err := os.ReadFile(filepath.Join(e.release.Folder(), name))
		if err != nil {
			return err
		}
		if err := writeText(filepath.Join(e.into, name), text); err != nil {
			return err
		}
	}
	if err := writeJSON(filepath.Join(e.into, "datapackage.json"), e.pack); err != nil {
		return err
	}
	for _, name := range append(texts, "datapackage.json") {
		sha, _, err := HashFile(filepath.Join(e.into, name))
		if err != nil {
			return err
		}
		e.sums[name] = sha
	}
	return writeText(filepath.Join(e.into, sumsName), FormatSums(e.sums))
}
