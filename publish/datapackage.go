package publish

import (
	"bytes"
	"context"
	"database/sql"
	_ "embed"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"commonspend/store/disk"
)

// columnsCSV describes every published column.
//
//go:embed columns.csv
var columnsCSV []byte

// field is a column of a published table, as Data Package v2 describes it.
type field struct {
	Name        string `json:"name"`
	Type        string `json:"type"`
	Description string `json:"description,omitempty"`
}

// fields returns the columns of each dataset, in their order, as a columns.csv
// lists them.
func fields(text []byte) (map[string][]field, error) {
	lines, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("the list of published columns: %w", err)
	}
	found := map[string][]field{}
	for _, line := range lines[min(1, len(lines)):] {
		if len(line) != 4 {
			return nil, fmt.Errorf("the list of published columns has %d columns, not 4", len(line))
		}
		found[line[0]] = append(found[line[0]], field{line[1], line[2], line[3]})
	}
	return found, nil
}

// datapackage is a Data Package v2 descriptor.
type datapackage struct {
	Schema      string     `json:"$schema"`
	Name        string     `json:"name"`
	Title       string     `json:"title"`
	Description string     `json:"description"`
	Version     string     `json:"version"`
	Created     string     `json:"created"`
	Licenses    []licence  `json:"licenses,omitempty"`
	Sources     []source   `json:"sources,omitempty"`
	Resources   []resource `json:"resources"`
}

type licence struct {
	Name string `json:"name,omitempty"`
	Path string `json:"path,omitempty"`
}

type source struct {
	Title string `json:"title"`
}

type resource struct {
	Name      string  `json:"name"`
	Title     string  `json:"title"`
	Path      string  `json:"path"`
	Format    string  `json:"format"`
	Mediatype string  `json:"mediatype"`
	Encoding  string  `json:"encoding,omitempty"`
	Hash      string  `json:"hash"`
	Bytes     int64   `json:"bytes"`
	Schema    *schema `json:"schema,omitempty"`
}

type schema struct {
	Fields        []field  `json:"fields"`
	MissingValues []string `json:"missingValues"`
}

// parquetResource describes one Parquet file.
func parquetResource(name, title, path, sha string, bytes int64, columns []field) resource {
	return resource{Name: name, Title: title, Path: path, Format: "parquet", Mediatype: "application/vnd.apache.parquet",
		Hash: "sha256:" + sha, Bytes: bytes, Schema: &schema{Fields: columns, MissingValues: []string{""}}}
}

// brief leaves the descriptions out: a release has thousands of partitions,
// and columns.csv beside them describes each column once.
func brief(columns []field) []field {
	short := slices.Clone(columns)
	for i := range short {
		short[i].Description = ""
	}
	return short
}

// describe writes all of the release that is text, and last its checksums.
func (b *build) describe(ctx context.Context) error {
	licensed, err := b.licensed(ctx)
	if err != nil {
		return fmt.Errorf("list licences: %w", err)
	}
	// A Data Package may not point outside its folder; through this link the
	// objects are inside it.
	if err := os.Symlink("../../objects", b.file("objects")); err != nil {
		return err
	}
	pack, err := describePackage(b.next, licensed)
	if err != nil {
		return err
	}
	for _, write := range []func() error{
		func() error { return writeText(b.file("columns.csv"), columnsCSV) },
		func() error { return writeText(b.file("ATTRIBUTION.txt"), attribution(licensed)) },
		func() error { return writeJSON(b.file("manifest.json"), b.next) },
		func() error { return writeJSON(b.file("datapackage.json"), pack) },
		func() error { return writeSums(filepath.Join(b.aside, "release"), b.next) },
	} {
		if err := write(); err != nil {
			return fmt.Errorf("describe the release: %w", err)
		}
	}
	b.step("checksums")
	return nil
}

// describePackage lists the partitions and tables of a release.
func describePackage(r *Release, licensed []publisher) (*datapackage, error) {
	columns, err := fields(columnsCSV)
	if err != nil {
		return nil, err
	}
	pack := newPackage(r, licensed)
	slugs := map[string]string{}
	for _, p := range licensed {
		slugs[p.id] = p.slug
	}
	short := map[string][]field{}
	for _, dataset := range datasets() {
		short[dataset] = brief(columns[dataset])
	}
	named := map[string]bool{}
	for _, p := range r.Partitions {
		slug := slugs[p.Publisher]
		if p.Dataset == "figures" {
			slug = slugOf(p.Body)
		}
		name := p.Dataset + "-" + slug + "-" + yearSlug(p.FinancialYear)
		if named[name] { // two bodies' ids differ in marks alone
			name += "-" + p.Object[:12]
		}
		named[name] = true
		pack.Resources = append(pack.Resources, parquetResource(name, p.Dataset+" of "+p.owner()+", "+yearName(p.FinancialYear),
			filepath.ToSlash(ObjectPath(p.Object)), p.Object, p.Bytes, short[p.Dataset]))
	}
	for _, t := range r.Tables {
		pack.Resources = append(pack.Resources, parquetResource(t.Name, t.Name, t.Name+".parquet", t.SHA256, t.Bytes, columns[t.Name]))
	}
	return pack, nil
}

// newPackage fills in what a descriptor says of the whole.
func newPackage(r *Release, licensed []publisher) *datapackage {
	pack := &datapackage{
		Schema: "https://datapackage.org/profiles/2.0/datapackage.json",
		Name:   "commonspend", Title: "Published spending of public bodies in common terms",
		Description: "Payments as public bodies published them, each with its way back to file, sheet and row; " +
			"coverage, figures and comparisons made from them; issues found. Amounts are in pence. " +
			"columns.csv describes every column; ATTRIBUTION.txt names every source and its licence.",
		Version: r.Number, Created: r.Published.Format(time.RFC3339)}
	seen := map[string]bool{}
	for _, p := range licensed {
		pack.Sources = append(pack.Sources, source{Title: p.name})
		if seen[p.licence] {
			continue
		}
		seen[p.licence] = true
		if strings.HasPrefix(p.licence, "http") {
			pack.Licenses = append(pack.Licenses, licence{Path: p.licence})
		} else {
			pack.Licenses = append(pack.Licenses, licence{Name: p.licence})
		}
	}
	return pack
}

// publisher is one whose licence is on record.
type publisher struct{ id, name, licence, attribution, slug string }

func (b *build) licensed(ctx context.Context) (list []publisher, err error) {
	text := "SELECT publisher, name, licence, attribution, slug FROM (" + query("table_publishers") + ") ORDER BY publisher"
	err = each(ctx, b.scope.first(), text, nil, func(rows *sql.Rows) error {
		var p publisher
		err := rows.Scan(&p.id, &p.name, &p.licence, &p.attribution, &p.slug)
		list = append(list, p)
		return err
	})
	return list, err
}

// attribution writes ATTRIBUTION.txt: each publisher, its licence, its words.
func attribution(licensed []publisher) []byte {
	var out bytes.Buffer
	out.WriteString("This release holds information published by the bodies below, each under the licence named with it.\n")
	for _, p := range licensed {
		fmt.Fprintf(&out, "\n%s (%s)\n  Licence: %s\n", p.name, p.id, p.licence)
		if p.attribution != "" {
			fmt.Fprintf(&out, "  Attribution: %s\n", p.attribution)
		}
	}
	return out.Bytes()
}

// slugOf writes an id as part of a file or resource name: small letters,
// digits and hyphens.
func slugOf(id string) string {
	var out strings.Builder
	for _, r := range strings.ToLower(id) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			out.WriteRune(r)
		} else if s := out.String(); s != "" && !strings.HasSuffix(s, "-") {
			out.WriteByte('-')
		}
	}
	return strings.Trim(out.String(), "-")
}

// yearSlug writes "2018-19" for 2018/19.
func yearSlug(year string) string {
	if year == "" {
		return "unknown-year"
	}
	return strings.ReplaceAll(year, "/", "-")
}

func writeText(path string, text []byte) error {
	return disk.Write(path, func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
}
