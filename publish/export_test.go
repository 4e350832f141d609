package publish

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestExport(t *testing.T) {
	m := newMade(t).usual()
	r := m.publish()
	into := filepath.Join(t.TempDir(), "out", "release")
	if err := Export(context.Background(), r, into, nil); err != nil {
		t.Fatal(err)
	}
	want := []string{"ATTRIBUTION.txt", "SHA256SUMS", "accounts.csv", "accounts.parquet", "benchmarks.csv", "benchmarks.parquet", "columns.csv", "comparisons.csv", "comparisons.parquet",
		"coverage.csv", "coverage.parquet", "datapackage.json", "denominators.csv", "denominators.parquet", "figures.csv", "figures.parquet", "files.csv", "files.parquet",
		"issues/upper-mere/2024-25.csv", "issues/upper-mere/2024-25.parquet", "manifest.json",
		"payments/low-fen/2024-25.csv", "payments/low-fen/2024-25.parquet", "payments/upper-mere/2023-24.csv", "payments/upper-mere/2023-24.parquet",
		"payments/upper-mere/2024-25.csv", "payments/upper-mere/2024-25.parquet", "publishers.csv", "publishers.parquet",
		"register.csv", "register.parquet", "supplier_links.csv", "supplier_links.parquet", "suppliers.csv", "suppliers.parquet", "totals.csv", "totals.parquet"}
	if got := below(t, into); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	sha256sum(t, into)
	sha256sum(t, r.Folder())
	if err := Export(context.Background(), r, into, nil); err == nil || !strings.Contains(err.Error(), "holds files already") {
		t.Errorf("a second export: %v", err)
	}
	if err := Export(context.Background(), r, into+"2", []string{"xml"}); err == nil || !strings.Contains(err.Error(), "csv, parquet") {
		t.Errorf("an unknown format: %v", err)
	}
}

// TestExportReadsTheReleasesOwnColumns: a release by an earlier program is
// exported as that described it, or not at all.
func TestExportReadsTheReleasesOwnColumns(t *testing.T) {
	r := newMade(t).usual().publish()
	columns := filepath.Join(r.Folder(), "columns.csv")
	write := func(text string) {
		if err := errors.Join(os.Remove(columns), os.WriteFile(columns, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	write(regexp.MustCompile("(?m)^payments,transaction_key,.*\n").ReplaceAllString(string(columnsCSV), ""))
	into := filepath.Join(t.TempDir(), "out")
	if err := Export(context.Background(), r, into, nil); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(into, "payments", "upper-mere", "2023-24.csv"))
	if err != nil || strings.Contains(string(text), "transaction_key") || !strings.Contains(string(text), "confidence") {
		t.Errorf("%v %.200s", err, text)
	}
	write(regexp.MustCompile("(?m)^publishers,slug,.*\n").ReplaceAllString(string(columnsCSV), ""))
	if err := Export(context.Background(), r, into+"2", nil); err == nil || !strings.Contains(err.Error(), "an earlier program") || !strings.Contains(err.Error(), "`commonspend rebuild`, then `commonspend publish`") {
		t.Errorf("%v", err)
	}
}

// sha256sum checks a folder with the system's own command.
func sha256sum(t *testing.T, folder string) {
	t.Helper()
	command := exec.Command("sha256sum", "--strict", "--quiet", "-c", "SHA256SUMS")
	command.Dir = folder
	if out, err := command.CombinedOutput(); err != nil {
		t.Errorf("sha256sum -c: %v\n%s", err, out)
	}
}

// TestExportCSV reads one file whole: CRLF at the ends of records alone,
// amounts in pounds, text that a spreadsheet would run escaped.
func TestExportCSV(t *testing.T) {
	m := newMade(t).usual()
	r := m.publish()
	into := filepath.Join(t.TempDir(), "out")
	if err := Export(context.Background(), r, into, []string{"csv"}); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(into, "payments", "upper-mere", "2023-24.csv"))
	if err != nil {
		t.Fatal(err)
	}
	sha := strings.Repeat("0", 63) + "1"
	want := "file,member,sheet,row,publisher,body,duty,period_from,period_to,financial_year,date,date_kind,amount_pounds,vat_basis,payee,payee_key,payee_class," +
		"department_family,entity,expense_type,expense_area,description,transaction,category,supplier_id,vat_amount,postcode,contract_reference,other,date_column,amount_column,payee_column," +
		"supplier,supplier_name,scope,cpv,judged_by,confidence,transaction_key\r\n" +
		sha + `,"","",2,upper-mere,GB-LAE-UPM,LGTC500,2023-04-01,2023-04-30,2023/24,2023-04-05,payment,1200.00,unknown,Brook Paper Ltd,,organisation,,,Supplies,,"",T-Brook Paper Ltd,,S-Brook Paper Ltd,,UM1 1AA,,"",1,3,2,"","",unknown,"","",0.000,` + "\r\n" +
		sha + `,"","",3,upper-mere,GB-LAE-UPM,LGTC500,2023-04-01,2023-04-30,2023/24,2023-04-06,payment,-12.50,unknown,'=Hill & Dale Ltd,,organisation,,,Supplies,,"credit, ""returned""` + "\n" +
		`goods",T-=Hill & Dale Ltd,,S-=Hill & Dale Ltd,,UM1 1AA,,"",1,3,2,"","",unknown,"","",0.000,` + "\r\n"
	if string(text) != want {
		t.Errorf("got\n%s\nwant\n%s", text, want)
	}
}

// TestDatapackage reads the descriptors of a release and of its export.
func TestDatapackage(t *testing.T) {
	m := newMade(t).usual()
	r := m.publish()
	into := filepath.Join(t.TempDir(), "out")
	if err := Export(context.Background(), r, into, nil); err != nil {
		t.Fatal(err)
	}
	for folder, resources := range map[string]int{r.Folder(): 18, into: 2 * (3 + 1 + 1 + 11)} {
		text, err := os.ReadFile(filepath.Join(folder, "datapackage.json"))
		if err != nil {
			t.Fatal(err)
		}
		var pack datapackage
		if err := json.Unmarshal(text, &pack); err != nil {
			t.Fatal(err)
		}
		if pack.Schema != "https://datapackage.org/profiles/2.0/datapackage.json" || pack.Version != r.Number || len(pack.Resources) != resources ||
			len(pack.Licenses) != 1 || pack.Licenses[0].Name != "OGL-UK-3.0" || len(pack.Sources) != 2 {
			t.Errorf("%s: %d resources, licences %v, sources %v", folder, len(pack.Resources), pack.Licenses, pack.Sources)
		}
		names := map[string]bool{}
		for _, resource := range pack.Resources {
			sha, bytes, err := HashFile(filepath.Join(folder, filepath.FromSlash(resource.Path)))
			if err != nil || resource.Hash != "sha256:"+sha || resource.Bytes != bytes {
				t.Errorf("%s: %s, %d bytes: %v", resource.Path, resource.Hash, resource.Bytes, err)
			}
			if strings.Contains(resource.Path, "..") || !regexp.MustCompile(`^[-a-z0-9._/]+$`).MatchString(resource.Name) || names[resource.Name] {
				t.Errorf("name %q, path %q", resource.Name, resource.Path)
			}
			names[resource.Name] = true
			if len(resource.Schema.Fields) < 3 {
				t.Errorf("%s has %d fields", resource.Name, len(resource.Schema.Fields))
			}
		}
	}
}
