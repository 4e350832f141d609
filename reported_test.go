package main

import (
	"bytes"
	"crypto/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"commonspend/publish/api"
)

// TestReportedIsInNoTotal holds a payment that a sales list tells of again to
// be in no total, and to be found where it is asked for.
func TestReportedIsInNoTotal(t *testing.T) {
	dir := t.TempDir()
	files := map[string]string{
		"PUBLISHERS.csv":      "folder,publisher,body_id,duty,licence\nanytown,Anytown Council,GB-LAE-LDS,LGTC500,OGL-UK-3.0\nsales,Sales to the public sector,,LGTC500,OGL-UK-3.0\n",
		"anytown/2023-04.csv": "Date,Amount,Supplier,Description\n05/04/2023,1000.00,Brook Software Ltd,Computer software licences\n",
		"sales/2023-04.csv": "Month,Customer,Supplier,Amount,Description\n2023-04-05,Leeds City Council,Brook Software Ltd,1000.00,Computer software licences\n" +
			"2023-04-06,Leeds City Council,Only Sold Ltd,500.00,Computer software licences\n",
	}
	for name, text := range files {
		path := filepath.Join(dir, "files", name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var log bytes.Buffer
	a := &app{out: &log, err: &log, now: time.Now, random: rand.Reader, dir: filepath.Join(dir, "data")}
	if err := a.ingest(t.Context(), []string{filepath.Join(dir, "files")}, ingestFlags{}); err != nil {
		t.Fatal(err, log.String())
	}
	if err := a.publish(t.Context(), publishFlags{}); err != nil {
		t.Fatal(err, log.String())
	}
	ask := askOf(t, siteOf(t, a.dir))
	own, reported := total{1, 100000}, total{2, 150000}
	for words, want := range map[string]total{"": own, "supplier=": own, "body=GB-LAE-LDS": own, "q=software": own, "publisher=sales": {}, "duty=REPORTED": reported, "duty=LGTC500&duty=REPORTED": {3, 250000}} {
		for what, got := range map[string]total{
			"the API":    listTotal(t, ask(api.Prefix+"/payments?"+words)),
			"the CSV":    csvTotal(t, ask(api.Prefix+"/payments.csv?"+words)),
			"the NDJSON": linesTotal(t, ask(api.Prefix+"/payments.ndjson?"+words)),
		} {
			if got != want {
				t.Errorf("%q: %s has %+v, want %+v", words, what, got, want)
			}
		}
	}
	for address, want := range map[string]total{"/index.json": own, "/search.json": own, "/search.json?q=software": own, "/search.json?q=sold": {},
		"/bodies/anytown-council.json": own, "/bodies/anytown-council/payments.json": own, "/bodies/anytown-council/payments.json?duty=REPORTED": reported} {
		if got := pageTotal(t, ask(address)); got != want {
			t.Errorf("%s: the page has %+v, want %+v", address, got, want)
		}
	}
	for address, want := range map[string]string{
		"/suppliers.csv":           "Brook Software Ltd,company,1,1000.00,1,",
		api.Prefix + "/suppliers":  `"payments":1,"pence":100000,"bodies":1`,
		api.Prefix + "/categories": `"payments":1,"pence":100000,"bodies":1`,
		"/categories.csv":          ",1,1000.00,1,1",
		"/suppliers.json":          "stand under a duty of their own, and are never added",
		"/search.json?q=brook":     "counted under each",
		api.Prefix + "/bodies":     `"payments":1,"pence":100000`,
	} {
		if got := string(ask(address)); !strings.Contains(got, want) || strings.Contains(got, "Only Sold") {
			t.Errorf("%s: no %q in, or a supplier that is only reported:\n%s", address, want, got)
		}
	}
}
