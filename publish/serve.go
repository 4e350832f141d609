package publish

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"commonspend/store/disk"
)

// serveName is the database of a release that its pages read.
const serveName = "serve.duckdb"

// serveTables are small: each release writes them anew.
func serveTables() map[string]string {
	return map[string]string{"bodies": "bodies", "publishers": "publishers", "files": "files", "sheets": "accounts",
		"coverage": "coverage", "comparisons": "comparisons"}
}

// serveSchema changes whenever what serve.duckdb holds changes.
func serveSchema() string {
	digest := sha256.New()
	for _, name := range []string{"serve_create", "serve_payments", "serve_issues", "serve_figures", "scope_standing",
		"scope_payments", "scope_issues", "scope_named", "scope_figures", "table_bodies"} {
		io.WriteString(digest, query(name))
	}
	return hex.EncodeToString(digest.Sum(nil))
}

// slice names a partition in the table of what is replaced.
type slice struct {
	Dataset       string `json:"dataset"`
	Owner         string `json:"owner"`
	FinancialYear string `json:"financial_year"`
}

// writeServe makes serve.duckdb: a copy of the last one with the changed
// slices replaced, or the whole anew where there is none, where it was made by
// other SQL, or where more than a quarter of it would be out of order.
func (b *build) writeServe(ctx context.Context) error {
	slices, scattered := b.changed()
	whole := b.last == nil || b.last.ServeSchema != b.next.ServeSchema || 4*scattered > b.next.Payments
	if !whole {
		err := b.copyServe()
		if whole = err != nil; whole && ctx.Err() != nil {
			return err
		}
	}
	if whole {
		slices, scattered = b.allSlices(), 0
	}
	b.next.ServeScattered = scattered
	if err := b.fillServe(ctx, whole, slices); err != nil {
		return fmt.Errorf("write %s: %w", serveName, err)
	}
	b.step(serveName)
	return disk.Sync(b.file(serveName))
}

// changed lists the slices that differ from the last release, and how many
// payments serve.duckdb would hold out of order.
func (b *build) changed() (list []slice, scattered int64) {
	seen := map[[3]string]bool{}
	note := func(p Partition) {
		dataset := p.Dataset
		if dataset == "issues" {
			dataset = "payments" // replaced together
		}
		place := [3]string{dataset, p.owner(), p.FinancialYear}
		if !seen[place] {
			seen[place] = true
			list = append(list, slice{dataset, p.owner(), p.FinancialYear})
		}
	}
	kept := map[[3]string]bool{}
	for _, p := range b.next.Partitions {
		kept[p.place()] = true
		if b.lastPartitions[p.place()].Fingerprint != p.Fingerprint {
			note(p)
		}
	}
	if b.last != nil {
		scattered = b.last.ServeScattered
		for _, p := range b.last.Partitions {
			if !kept[p.place()] {
				note(p)
			}
		}
	}
	for _, p := range b.next.Partitions {
		if p.Dataset == "payments" && seen[p.place()] {
			scattered += p.Rows
		}
	}
	return list, scattered
}

// allSlices lists every slice.
func (b *build) allSlices() []slice {
	empty := &build{next: b.next}
	list, _ := empty.changed()
	return list
}

// copyServe copies the last serve.duckdb, refusing one whose bytes changed
// since it was published.
func (b *build) copyServe() (err error) {
	sums, err := readSums(b.last.Folder())
	if err != nil {
		return err
	}
	from, err := os.Open(filepath.Join(b.last.Folder(), serveName))
	if err != nil {
		return err
	}
	defer from.Close()
	to, err := os.Create(b.file(serveName))
	if err != nil {
		return err
	}
	digest := sha256.New()
	_, err = io.CopyBuffer(struct{ io.Writer }{io.MultiWriter(to, digest)}, struct{ io.Reader }{from}, make([]byte, 1<<20))
	if err == nil && sums[serveName] != hex.EncodeToString(digest.Sum(nil)) {
		err = fmt.Errorf("the last %s is damaged", serveName)
	}
	if err = errors.Join(err, to.Close()); err != nil {
		os.Remove(to.Name())
	}
	return err
}

// fillServe attaches the new file, replaces the slices and writes the small
// tables.
func (b *build) fillServe(ctx context.Context, whole bool, slices []slice) (err error) {
	conn := b.scope.first()
	if _, err := conn.ExecContext(ctx, "ATTACH "+literal(b.file(serveName))+" AS serving"); err != nil {
		return err
	}
	defer func() {
		_, detached := conn.ExecContext(context.WithoutCancel(ctx), "DETACH serving")
		err = errors.Join(err, detached)
	}()
	clear := "serve_clear"
	if whole {
		clear = "serve_create"
	}
	if err := listReplaced(ctx, conn, slices); err != nil {
		return err
	}
	for _, step := range []string{clear, "serve_payments", "serve_issues"} {
		if _, err := conn.ExecContext(ctx, query(step)); err != nil {
			return fmt.Errorf("%s: %w", step, err)
		}
	}
	if err := b.fillFigures(ctx, conn, slices); err != nil {
		return fmt.Errorf("figures: %w", err)
	}
	if err := b.fillSmall(ctx, conn); err != nil {
		return err
	}
	_, err = conn.ExecContext(ctx, "CHECKPOINT serving")
	return err
}

func listReplaced(ctx context.Context, conn *sql.Conn, slices []slice) error {
	_, err := conn.ExecContext(ctx, "CREATE OR REPLACE TEMP TABLE replaced (dataset VARCHAR, owner VARCHAR, financial_year VARCHAR)")
	if err != nil || len(slices) == 0 {
		return err
	}
	return insertAll(ctx, conn, "replaced", `{"dataset":"VARCHAR","owner":"VARCHAR","financial_year":"VARCHAR"}`, slices)
}

// fillFigures loads the changed figures from their Parquet objects.
func (b *build) fillFigures(ctx context.Context, conn *sql.Conn, slices []slice) error {
	wanted := map[[3]string]bool{}
	for _, s := range slices {
		wanted[[3]string{s.Dataset, s.Owner, s.FinancialYear}] = true
	}
	var paths []string
	for _, p := range b.next.Partitions {
		if p.Dataset == "figures" && wanted[p.place()] {
			paths = append(paths, literal(b.object(p)))
		}
	}
	if len(paths) == 0 {
		return nil
	}
	list := "[" + strings.Join(paths, ", ") + "]"
	_, err := conn.ExecContext(ctx, strings.ReplaceAll(query("serve_figures"), ":paths", list))
	return err
}

// object is where a partition's object lies now: aside, or kept.
func (b *build) object(p Partition) string {
	if path, ok := b.fresh[p.Object]; ok {
		return path
	}
	return b.next.Object(p)
}

// fillSmall writes the tables that are not kept from release to release.
func (b *build) fillSmall(ctx context.Context, conn *sql.Conn) error {
	for table, text := range serveTables() {
		if _, err := conn.ExecContext(ctx, "CREATE OR REPLACE TABLE serving."+table+" AS\n"+query("table_"+text)); err != nil {
			return fmt.Errorf("%s: %w", table, err)
		}
	}
	// sheets as the warehouse has it: the file's hash stands in files.
	if _, err := conn.ExecContext(ctx, "ALTER TABLE serving.sheets DROP COLUMN file"); err != nil {
		return fmt.Errorf("sheets: %w", err)
	}
	if err := b.fillDownloads(ctx, conn); err != nil {
		return fmt.Errorf("downloads: %w", err)
	}
	_, err := conn.ExecContext(ctx, `CREATE OR REPLACE TABLE serving.release AS SELECT
		CAST(? AS VARCHAR) AS number, CAST(? AS TIMESTAMP) AS published, CAST(? AS BIGINT) AS journal_length,
		CAST(? AS VARCHAR) AS journal_head, CAST(? AS BIGINT) AS payments, CAST(? AS BIGINT) AS pence,
		CAST(? AS BIGINT) AS bodies, CAST(? AS BIGINT) AS publishers, CAST(? AS BIGINT) AS files, CAST(? AS VARCHAR) AS program`,
		b.next.Number, b.next.Published, b.next.JournalLength, b.next.JournalHead, b.next.Payments, int64(b.next.Pence),
		b.next.Bodies, b.next.Publishers, b.next.Files, b.next.Program)
	return err
}

// download is one file to fetch, by its path below the data directory.
// Publisher is a body's id for figures, which are of a body.
type download struct {
	Dataset       string `json:"dataset"`
	Publisher     string `json:"publisher"`
	FinancialYear string `json:"financial_year"`
	Path          string `json:"path"`
	SHA256        string `json:"sha256"`
	Bytes         int64  `json:"bytes"`
	Rows          int64  `json:"rows"`
}

func (b *build) fillDownloads(ctx context.Context, conn *sql.Conn) error {
	var list []download
	for _, p := range b.next.Partitions {
		list = append(list, download{p.Dataset, p.owner(), p.FinancialYear, filepath.ToSlash(ObjectPath(p.Object)), p.Object, p.Bytes, p.Rows})
	}
	for _, t := range b.next.Tables {
		list = append(list, download{t.Name, "", "", "releases/" + b.next.Number + "/" + t.Name + ".parquet", t.SHA256, t.Bytes, t.Rows})
	}
	_, err := conn.ExecContext(ctx, `CREATE OR REPLACE TABLE serving.downloads (dataset VARCHAR, publisher VARCHAR,
		financial_year VARCHAR, path VARCHAR, sha256 VARCHAR, bytes BIGINT, rows BIGINT)`)
	if err != nil {
		return err
	}
	return insertAll(ctx, conn, "serving.downloads", `{"dataset":"VARCHAR","publisher":"VARCHAR","financial_year":"VARCHAR",`+
		`"path":"VARCHAR","sha256":"VARCHAR","bytes":"BIGINT","rows":"BIGINT"}`, list)
}
