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

	"commonspend/store"
	"commonspend/store/disk"
)

// serveName is the database of a release that its pages read.
const serveName = "serve.duckdb"

// serveTables are small: each release writes them anew.
func serveTables() map[string]string {
	return map[string]string{"bodies": "bodies", "publishers": "publishers", "files": "files", "sheets": "accounts",
		"coverage": "coverage", "comparisons": "comparisons", "benchmarks": "benchmarks", "register": "register",
		"denominators": "denominators", "suppliers": "suppliers", "supplier_links": "supplier_links", "totals": "totals"}
}

// serveSchema changes whenever what serve.duckdb holds changes.
func serveSchema() string {
	digest := sha256.New()
	io.WriteString(digest, store.ServeStorage)
	for _, name := range []string{"serve_create", "serve_search_create", "serve_clear", "serve_payments", "serve_transactions", "serve_issues", "serve_figures",
		"serve_search", "serve_judgements", "scope_standing", "scope_payments", "scope_issues", "scope_named", "scope_figures", "table_bodies"} {
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

// beginServe makes serve.duckdb and fills in payments and issues: a copy of the
// last one with the changed slices replaced, or the whole anew where there is
// none, where it was made by other SQL, or where more than a quarter of it
// would be out of order. The partitions are written from it.
func (b *build) beginServe(ctx context.Context) error {
	scattered := b.scattered()
	whole := b.last == nil || b.last.ServeSchema != b.next.ServeSchema || 4*scattered > b.next.Payments
	if !whole && b.copyServe() != nil {
		whole = true // missing or damaged
	}
	replaced := b.todo
	if whole {
		replaced, scattered = b.everySlice(), 0
	}
	b.next.ServeScattered = scattered
	if err := b.startServe(ctx, whole, replaced); err != nil {
		return fmt.Errorf("write %s: %w", serveName, err)
	}
	b.servePart = replaced
	b.step("payments and issues for pages")
	return nil
}

// changed lists the slices that the last release does not have as they are
// now, and those that it has and this one does not.
func (b *build) changed() (list []slice) {
	kept := map[[3]string]bool{}
	for _, p := range b.next.Partitions {
		kept[p.place()] = true
		if p.Object == "" {
			b.total++
			list = append(list, p.slice())
		}
	}
	if b.last != nil {
		for _, p := range b.last.Partitions {
			if !kept[p.place()] {
				list = append(list, p.slice())
			}
		}
	}
	return unique(list)
}

// slice names the rows of serve.duckdb that a partition stands for. Issues are
// replaced with their payments.
func (p Partition) slice() slice {
	if p.Dataset == "issues" {
		return slice{"payments", p.Publisher, p.FinancialYear}
	}
	return slice{p.Dataset, p.owner(), p.FinancialYear}
}

// everySlice lists the slices of the whole release.
func (b *build) everySlice() (list []slice) {
	for _, p := range b.next.Partitions {
		list = append(list, p.slice())
	}
	return unique(list)
}

func unique(list []slice) []slice {
	seen := map[slice]bool{}
	var once []slice
	for _, s := range list {
		if !seen[s] {
			seen[s] = true
			once = append(once, s)
		}
	}
	return once
}

// scattered counts the payments that a replaced copy would hold out of order.
func (b *build) scattered() (rows int64) {
	if b.last != nil {
		rows = b.last.ServeScattered
	}
	for _, p := range b.next.Partitions {
		if p.Dataset == "payments" && p.Object == "" {
			rows += p.Rows
		}
	}
	return rows
}

// copyServe copies the last serve.duckdb, refusing one whose bytes changed
// since it was published.
func (b *build) copyServe() (err error) {
	sums, err := ReadSums(b.last.Folder(), sumsName)
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

// startServe attaches the file and replaces payments and issues.
func (b *build) startServe(ctx context.Context, whole bool, replaced []slice) error {
	conn := b.scope.first()
	if _, err := conn.ExecContext(ctx, "ATTACH "+literal(b.file(serveName))+" AS serving ("+store.ServeStorage+")"); err != nil {
		return err
	}
	if err := listReplaced(ctx, conn, replaced); err != nil {
		return err
	}
	steps := []string{"serve_clear"}
	if whole {
		steps = []string{"serve_create", "serve_search_create"}
	}
	return runAll(ctx, conn, append(steps, "serve_payments", "serve_transactions", "serve_issues")...)
}

// runAll runs queries in order.
func runAll(ctx context.Context, conn *sql.Conn, names ...string) error {
	for _, name := range names {
		if _, err := conn.ExecContext(ctx, query(name)); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// endServe adds what is known only now: figures from their partitions, the
// small tables, the downloads.
func (b *build) endServe(ctx context.Context) error {
	conn := b.scope.first()
	if err := b.fillFigures(ctx, conn); err != nil {
		return fmt.Errorf("write %s: figures: %w", serveName, err)
	}
	if err := b.fillSmall(ctx, conn); err != nil {
		return fmt.Errorf("write %s: %w", serveName, err)
	}
	if err := b.fillSearch(ctx, conn); err != nil {
		return fmt.Errorf("write %s: %w", serveName, err)
	}
	for _, last := range []string{"CHECKPOINT serving", "DETACH serving"} {
		if _, err := conn.ExecContext(ctx, last); err != nil {
			return fmt.Errorf("finish %s: %w", serveName, err)
		}
	}
	b.step(serveName)
	return disk.Sync(b.file(serveName))
}

func listReplaced(ctx context.Context, conn *sql.Conn, slices []slice) error {
	_, err := conn.ExecContext(ctx, query("scope_replaced"))
	if err != nil || len(slices) == 0 {
		return err
	}
	return insertAll(ctx, conn, "replaced", `{"dataset":"VARCHAR","owner":"VARCHAR","financial_year":"VARCHAR"}`, slices)
}

// fillFigures loads the changed figures from their Parquet objects.
func (b *build) fillFigures(ctx context.Context, conn *sql.Conn) error {
	wanted := map[slice]bool{}
	for _, s := range b.servePart {
		wanted[s] = true
	}
	var paths []string
	for _, p := range b.next.Partitions {
		if p.Dataset == "figures" && wanted[p.slice()] {
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

// fillSearch brings what pages search by up to date with the slices replaced.
func (b *build) fillSearch(ctx context.Context, conn *sql.Conn) error {
	if err := listReplaced(ctx, conn, b.servePart); err != nil {
		return err
	}
	return runAll(ctx, conn, "serve_search", "serve_judgements")
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
	return execute(ctx, conn, query("serve_release"), map[string]any{
		"number": b.next.Number, "published": b.next.Published, "program": b.next.Program,
		"journal_length": b.next.JournalLength, "journal_head": b.next.JournalHead,
		"payments": b.next.Payments, "pence": int64(b.next.Pence),
		"bodies": b.next.Bodies, "publishers": b.next.Publishers, "files": b.next.Files})
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
	if _, err := conn.ExecContext(ctx, query("serve_downloads")); err != nil {
		return err
	}
	return insertAll(ctx, conn, "serving.downloads", `{"dataset":"VARCHAR","publisher":"VARCHAR","financial_year":"VARCHAR",`+
		`"path":"VARCHAR","sha256":"VARCHAR","bytes":"BIGINT","rows":"BIGINT"}`, list)
}
