package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"commonspend/compare/comparison"
	"commonspend/publish"
	"commonspend/store"

	"github.com/spf13/cobra"
)

func (a *app) reproduceCommand() *cobra.Command {
	var release string
	cmd := &cobra.Command{
		Use:     "reproduce ID",
		Short:   "Make a published figure again from a release alone, with its SQL, files and rows",
		Example: "  commonspend reproduce per_head:GB-LAE-LDS:procurement.72000000:2018-19:nearest-15 --release data/releases/2026-11-22.1",
		Long: `Transactions are formed again from the release's Parquet payments, and the figure from
them. Written are the SQL that made it, the SHA-256 of the Parquet files read, and every
payment behind it: file as received, sheet and row. The same SQL runs in any DuckDB shell.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.reproduce(cmd.Context(), args[0], release) },
	}
	addRelease(cmd, &release)
	return cmd
}

// reproduced is what `reproduce --json` writes.
type reproduced struct {
	Comparison *comparison.Comparison `json:"comparison"`
	Agrees     *bool                  `json:"agrees"`  // with what the release's own tables give; null where it has none
	Files      []publishedFile        `json:"files"`   // Parquet files read
	Setup      string                 `json:"setup"`   // makes the tables that sql reads
	SQL        string                 `json:"sql"`     // makes the figure
	RowSQL     string                 `json:"row_sql"` // finds the rows
	Rows       []comparison.Row       `json:"rows"`    // the body's payments behind the figure
}

// publishedFile is a Parquet file of a release.
type publishedFile struct {
	Path   string `json:"path"` // in the folder, as its SHA256SUMS writes it
	SHA256 string `json:"sha256"`
}

func (a *app) reproduce(ctx context.Context, id, folder string) error {
	request, err := comparison.ParseID(id)
	if err != nil {
		return &usageError{err.Error()}
	}
	if folder == "" {
		if folder, err = publish.Latest(a.dir); err != nil {
			return errors.New("there is no release in " + a.dir + " to make it again from: name one with --release")
		}
	}
	release, err := openFiles(folder)
	if err != nil {
		return err
	}
	result, err := a.makeAgain(ctx, release, request)
	if err != nil {
		return err
	}
	if err := a.writeResult(result, result.text()); err != nil {
		return err
	}
	if result.Agrees != nil && !*result.Agrees {
		return &integrityError{"the figure made again differs from what the release's own tables give"}
	}
	return nil
}

// releaseFiles are those of a release in a folder, whatever it is called: the
// release's own, a copy, or one that was exported.
type releaseFiles struct {
	*publish.Release
	*publish.Located
	folder string
}

func openFiles(folder string) (*releaseFiles, error) {
	release, err := publish.Open(folder)
	if err != nil {
		return nil, fmt.Errorf("%s is not the folder of a release: %s", folder, plainCause(err))
	}
	located, err := publish.Locate(folder)
	if err != nil {
		return nil, err
	}
	return &releaseFiles{release, located, folder}, nil
}

// serving is the path of the database that the release is served from, which
// an exported one lacks: "" then.
func (r *releaseFiles) serving() string {
	path := filepath.Join(r.folder, "serve.duckdb")
	if _, err := os.Stat(path); err != nil {
		return ""
	}
	return path
}

// parquet is the path of a Parquet file, which is added to the files read.
func (r *releaseFiles) parquet(what, sha string, read *[]publishedFile) (string, error) {
	path, written, err := r.Parquet(sha)
	if errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("%s lacks the Parquet file of %s that its manifest names: copy a release with what it links to (cp -rL), or lay one out with `commonspend publish --export DIR`", r.folder, what)
	}
	*read = append(*read, publishedFile{written, sha})
	return path, err
}

// remakingMemory is what making a figure again may take: more only makes it
// faster, since what it does not hold lies on disk.
const remakingMemory = "1GB"

// makeAgain works in memory, from the release's files alone.
func (a *app) makeAgain(ctx context.Context, release *releaseFiles, request comparison.Request) (*reproduced, error) {
	db, err := store.OpenScratch(store.Settings{Memory: remakingMemory, Threads: 2})
	if err != nil {
		return nil, err
	}
	defer db.Close()
	db.SetMaxOpenConns(1) // what is in memory belongs to one connection
	result := &reproduced{}
	if err := result.load(ctx, db, release); err != nil {
		return nil, err
	}
	engine := comparison.New(db)
	engine.Release = release.Number
	if result.Comparison, err = engine.Compare(ctx, request); err != nil {
		return nil, refused(err)
	}
	result.SQL = result.Comparison.SQL
	if result.Rows, result.RowSQL, err = comparison.RowsBehind(ctx, db, result.Comparison); err != nil {
		return nil, err
	}
	return result, result.agree(ctx, release, request)
}

// load makes the tables that comparisons read from the release's files.
func (r *reproduced) load(ctx context.Context, db *sql.DB, release *releaseFiles) error {
	var payments []string
	for _, p := range release.Partitions {
		if p.Dataset != "payments" {
			continue
		}
		path, err := release.parquet("payments of "+p.Publisher+" of "+p.FinancialYear, p.Object, &r.Files)
		if err != nil {
			return err
		}
		payments = append(payments, path)
	}
	if len(payments) == 0 {
		return fmt.Errorf("release %s holds no payments", release.Number)
	}
	var setup []string
	if serving := release.serving(); serving != "" {
		setup = append(setup, store.AttachServing(serving))
	}
	setup = append(setup, store.ParquetView("payments", payments))
	for _, table := range []string{"files", "coverage", "register", "denominators", "suppliers"} {
		view, err := r.view(release, table)
		if err != nil {
			return err
		}
		setup = append(setup, view)
	}
	setup = append(setup, "CREATE TABLE published AS\n"+comparison.PublishedSQL, "CREATE TABLE transactions AS\n"+comparison.TransactionsSQL)
	for _, statement := range setup {
		if _, err := db.ExecContext(ctx, statement); store.Lacking(err) {
			return fmt.Errorf("%w (%w)", lacks(release), err)
		} else if err != nil {
			return fmt.Errorf("make the tables again from release %s: %w", release.Number, err)
		}
	}
	r.Setup = strings.Join(setup, ";\n") + ";"
	return nil
}

func lacks(release *releaseFiles) error {
	return fmt.Errorf("release %s does not hold all that comparisons read; `commonspend publish` makes one that does", release.Number)
}

// view reads a table of the release from its Parquet file, or where it was made
// without one, from its serve.duckdb.
func (r *reproduced) view(release *releaseFiles, name string) (string, error) {
	at := slices.IndexFunc(release.Tables, func(t publish.Table) bool { return t.Name == name })
	switch {
	case at >= 0:
		path, err := release.parquet(name, release.Tables[at].SHA256, &r.Files)
		return store.ParquetView(name, []string{path}), err
	case release.serving() == "":
		return "", lacks(release)
	}
	return store.ServingView(name), nil
}

// agree compares with what the release's own tables give, if it holds them.
func (r *reproduced) agree(ctx context.Context, release *releaseFiles, request comparison.Request) error {
	if release.serving() == "" {
		return nil
	}
	db, err := store.OpenReadOnly(ctx, release.serving(), store.Settings{})
	if err != nil {
		return err
	}
	defer db.Close()
	published, err := comparison.New(db).Compare(ctx, request)
	if is[*comparison.Refusal](err) || store.Lacking(err) {
		return nil // it holds none of it: then there is nothing to agree with
	}
	if err != nil {
		return fmt.Errorf("compare with the release's own tables: %w", err)
	}
	agrees := reflect.DeepEqual(published.Indicators, r.Comparison.Indicators)
	r.Agrees = &agrees
	return nil
}

func (r *reproduced) text() string {
	var b strings.Builder
	b.WriteString(r.Comparison.Text())
	b.WriteString("\nFiles read, by SHA-256:\n")
	for _, file := range r.Files {
		fmt.Fprintf(&b, "  %s  %s\n", file.SHA256, file.Path)
	}
	fmt.Fprintf(&b, "\nTables, from payments and files:\n%s\n\nThe figure:\n%s;\n\nThe rows behind it:\n%s;\n\n", r.Setup, r.SQL, r.RowSQL)
	for _, row := range r.Rows {
		fmt.Fprintf(&b, "%s %s %s row %d: %s, %s\n", row.File, row.Member, row.Sheet, row.Row, row.Month[:7], pence(row.Pence))
	}
	switch {
	case r.Agrees == nil:
		b.WriteString("The release's own tables hold nothing to compare this with.\n")
	case *r.Agrees:
		b.WriteString("It agrees with what the release's own tables give.\n")
	default:
		b.WriteString("It does NOT agree with what the release's own tables give.\n")
	}
	return b.String()
}

// pence writes pence as pounds, to the penny.
func pence(amount int64) string {
	sign := ""
	if amount < 0 {
		sign, amount = "-", -amount
	}
	return fmt.Sprintf("%s£%d.%02d", sign, amount/100, amount%100)
}
