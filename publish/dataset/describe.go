package dataset

import (
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"commonspend/store/disk"
)

// whole writes all payments as one Parquet file. The CSV files of all payments
// are joined from the others as they are sent.
func (m *maker) whole(ctx context.Context) error {
	if len(m.release.Partitions) == 0 {
		return nil
	}
	from := filepath.Join(m.into, "payments", "*", "*.parquet")
	text := "COPY (SELECT * FROM read_parquet(" + literal(from) + ") ORDER BY publisher, financial_year, file, sheet, member, row) TO " +
		literal(filepath.Join(m.into, "payments.parquet")) + " (FORMAT parquet, COMPRESSION zstd)"
	if _, err := m.conn.ExecContext(ctx, text); err != nil {
		return fmt.Errorf("all payments in one file: %w", err)
	}
	return m.describeWhole()
}

// describeWhole lists what holds all payments among the resources.
func (m *maker) describeWhole() error {
	var columns struct{ parquet, csv []column }
	for _, r := range m.pack.Resources {
		if strings.HasPrefix(r.Path, "payments/") && r.Format == "parquet" {
			columns.parquet = r.Schema.Fields
		} else if strings.HasPrefix(r.Path, "payments/") {
			columns.csv = r.Schema.Fields
		}
	}
	info, err := os.Stat(filepath.Join(m.into, "payments.parquet"))
	if err != nil {
		return err
	}
	parquet := resource{Name: "payments-parquet", Title: "All payments", Path: "payments.parquet", Format: "parquet", Mediatype: kindOf("x.parquet"), Bytes: info.Size()}
	parquet.Schema.Fields = columns.parquet
	m.pack.Resources = append(m.pack.Resources, parquet)
	made := map[string]string{}
	for _, y := range m.years() {
		for _, path := range y.paths {
			stem := strings.TrimSuffix(path, ".parquet")
			made[stem+".csv"], made[stem+".excel.csv"] = "", ""
		}
	}
	for _, name := range joinedNames() {
		whole, err := openJoined(m.into, name, made)
		if err != nil {
			return err
		}
		r := resource{Name: strings.ReplaceAll(name, ".", "-"), Title: "All payments", Path: name, Format: "csv", Mediatype: "text/csv", Bytes: whole.size}
		if name == "payments.csv" {
			r.Schema.Fields = columns.csv
		} else {
			r.Title = "All payments, for Excel"
			for _, c := range columns.csv {
				r.Schema.Fields = append(r.Schema.Fields, column{header(c), c.Type})
			}
		}
		m.pack.Resources = append(m.pack.Resources, r)
	}
	return nil
}

func literal(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }

// describe writes what programs read of the folder: CSVW beside each CSV, a
// DCAT catalogue, schema.org, a sitemap.
func (m *maker) describe(context.Context) error {
	for _, r := range m.pack.Resources {
		if r.Format != "csv" || strings.HasSuffix(r.Path, ".excel.csv") || m.has(r.Path+"-metadata.json") {
			continue
		}
		if err := m.writeJSON(r.Path+"-metadata.json", csvw(r)); err != nil {
			return err
		}
	}
	if err := m.writeJSON(catalogueName, m.dcat()); err != nil {
		return err
	}
	if err := m.writeJSON("dataset.jsonld", m.schemaOrg()); err != nil {
		return err
	}
	if m.base == "" {
		return nil // a sitemap cannot be without the address it will be found at
	}
	return m.sitemap()
}

// csvw describes a CSV file's columns as CSV on the Web has it.
func csvw(r resource) map[string]any {
	var columns []map[string]any
	for _, c := range r.Schema.Fields {
		kind := any(c.Type)
		switch c.Type {
		case "number":
			kind = "decimal"
		case "datetime":
			kind = "dateTime"
		}
		columns = append(columns, map[string]any{"name": c.Name, "titles": c.Name, "datatype": kind, "null": ""})
	}
	return map[string]any{"@context": "http://www.w3.org/ns/csvw", "url": r.Path[strings.LastIndex(r.Path, "/")+1:], "dc:title": r.Title,
		"dialect":     map[string]any{"encoding": "utf-8", "lineTerminators": []string{"\r\n"}, "header": true, "quoteChar": "\"", "doubleQuote": true},
		"tableSchema": map[string]any{"columns": columns}}
}

// address is where a file will be served.
func (m *maker) address(name string) string { return m.base + (&url.URL{Path: name}).EscapedPath() }

// licences are the addresses, or else the names, of all licences.
func (m *maker) licences() []string {
	list := []string{}
	for _, l := range m.pack.Licenses {
		if l.Path != "" {
			list = append(list, l.Path)
		} else {
			list = append(list, l.Name)
		}
	}
	return list
}

// catalogueName is the DCAT catalogue, whose own address stands in it.
const catalogueName = "catalog.jsonld"

// namesAddress tells the files that are other ones once the release is laid out
// for another address.
func namesAddress(name string) bool {
	return slices.Contains([]string{catalogueName, "dataset.jsonld", "sitemap.xml", sumsName}, name)
}

// dcat is a catalogue of one dataset for each table.
func (m *maker) dcat() map[string]any {
	byTable := map[string][]map[string]any{}
	var order []string
	for _, r := range m.pack.Resources {
		table, _, _ := strings.Cut(strings.TrimSuffix(strings.TrimSuffix(r.Path, ".csv"), ".parquet"), "/")
		if byTable[table] == nil {
			order = append(order, table)
		}
		byTable[table] = append(byTable[table], map[string]any{"@type": "dcat:Distribution", "dct:title": r.Title,
			"dcat:downloadURL": map[string]string{"@id": m.address(r.Path)}, "dcat:mediaType": r.Mediatype, "dcat:byteSize": r.Bytes})
	}
	datasets := []map[string]any{}
	for _, table := range order {
		datasets = append(datasets, map[string]any{"@type": "dcat:Dataset", "@id": m.base + "#" + table, "dct:title": m.pack.Title + ": " + table,
			"dct:identifier": table, "dcat:version": m.pack.Version, "dct:issued": m.pack.Created, "dct:license": m.licences(), "dcat:distribution": byTable[table]})
	}
	return map[string]any{"@context": map[string]string{"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/"},
		"@type": "dcat:Catalog", "@id": m.base + catalogueName, "dct:title": m.pack.Title, "dct:description": m.pack.Description,
		"dct:issued": m.pack.Created, "dcat:dataset": datasets}
}

// schemaOrg is what search engines read.
func (m *maker) schemaOrg() map[string]any {
	creators := []map[string]string{}
	for _, s := range m.pack.Sources {
		creators = append(creators, map[string]string{"@type": "Organization", "name": s.Title})
	}
	parts := []map[string]any{}
	for _, r := range m.pack.Resources {
		parts = append(parts, map[string]any{"@type": "DataDownload", "name": r.Title, "contentUrl": m.address(r.Path), "encodingFormat": r.Mediatype, "contentSize": fmt.Sprint(r.Bytes)})
	}
	return map[string]any{"@context": "https://schema.org", "@type": "Dataset", "name": m.pack.Title, "description": m.pack.Description, "version": m.pack.Version,
		"datePublished": m.pack.Created, "license": m.licences(), "creator": creators, "isAccessibleForFree": true, "url": m.base, "distribution": parts}
}

// mostAddresses is what a sitemap may hold.
const mostAddresses = 50_000

// sitemap lists the files; where there are more than one may hold, the first.
func (m *maker) sitemap() error {
	type place struct {
		Loc     string `xml:"loc"`
		Lastmod string `xml:"lastmod"`
	}
	set := struct {
		XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
		URL     []place  `xml:"url"`
	}{}
	err := filepath.WalkDir(m.into, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() || len(set.URL) == mostAddresses || slices.Contains([]string{".zst", ".gz"}, filepath.Ext(path)) {
			return err
		}
		name, err := filepath.Rel(m.into, path)
		set.URL = append(set.URL, place{m.address(filepath.ToSlash(name)), m.release.Published.UTC().Format("2006-01-02")})
		return err
	})
	if err != nil {
		return err
	}
	return disk.Write(filepath.Join(m.into, "sitemap.xml"), func(w io.Writer) error {
		if _, err := io.WriteString(w, xml.Header); err != nil {
			return err
		}
		return xml.NewEncoder(w).Encode(set)
	})
}

// corrections writes what changed since the release before.
func (m *maker) corrections(context.Context) error {
	return m.writeJSON("changes.json", Compare(m.last, m.release))
}
