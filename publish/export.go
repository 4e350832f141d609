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
}

// Export lays a release out as plain files in a new folder: payments and
// issues by publisher and year, the rest a file each, in the formats asked
// for (all of Formats for none). The folder appears whole or not at all.
func Export(ctx context.Context, release *Release, into string, formats []string) error {
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
	e := &exporter{release: release, into: aside, formats: formats, conn: conn, slugs: map[string]string{}}
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
	if e.columns, err = fields(); err != nil {
		return err
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
		if err := e.write(ctx, dataset, format, from, path); err != nil {
			return fmt.Errorf("%s.%s: %w", below, format, err)
		}
		actual, bytes, err := hashFile(path)
		if err != nil {
			return err
		}
		if format == "parquet" && sha != "" && actual != sha {
			return fmt.Errorf("%s is damaged: its bytes are not those that were published; remove it and publish again, which makes it anew", from)
		}
		e.describeFile(dataset, below, title, format, actual, bytes)
	}
	return nil
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
	for _, name := range []string{"ATTRIBUTION.txt", "columns.csv", "manifest.json"} {
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
	sums, err := hashFolder(e.into)
	if err != nil {
		return err
	}
	return writeText(filepath.Join(e.into, sumsName), formatSums(sums))
}
