package dataset

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// tool returns a program that scripts/tools installed, or skips the test.
func tool(t *testing.T, name string) string {
	t.Helper()
	path, err := filepath.Abs("../../.tools/bin/" + name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Skip(name + " is absent: scripts/tools installs it")
	}
	return path
}

func runIn(t *testing.T, folder, program string, args ...string) string {
	t.Helper()
	cmd := exec.Command(program, args...)
	cmd.Dir = folder
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("%s %s: %v\n%s", filepath.Base(program), strings.Join(args, " "), err, out)
	}
	return string(out)
}

func TestFrictionlessFindsThePackageValid(t *testing.T) {
	program := tool(t, "frictionless")
	_, folder := built(t)
	// It does not count the bytes of Parquet; TestSHA256SumsCheck holds all bytes.
	runIn(t, folder, program, "validate", "datapackage.json", "--skip-errors", "byte-count,hash-count")
}

func TestCSVWFindsEachFileAsDescribed(t *testing.T) {
	python := tool(t, "python")
	_, folder := built(t)
	runIn(t, folder, python, "-c", `
import glob, csvw
found = glob.glob("**/*.csv-metadata.json", recursive=True)
assert found
for path in found:
    described = csvw.CSVW(path, validate=True)
    assert described.is_valid, path
    rows = list(described.tables[0])
    assert rows, path
`)
}

func TestOthersReadEqualSums(t *testing.T) {
	python := tool(t, "python")
	_, folder := built(t)
	runIn(t, folder, python, "-c", `
import csv, decimal, duckdb, pyarrow.parquet
for stem in ["payments", "payments/upper-mere/2024-25"]:
    arrow = sum(pyarrow.parquet.read_table(stem + ".parquet")["amount_pence"].to_pylist())
    duck = duckdb.sql(f"SELECT CAST(sum(amount_pence) AS BIGINT) FROM '{stem}.parquet'").fetchone()[0]
    assert arrow == duck == 118857, (arrow, duck)
for name, encoding in [("csv", "utf-8"), ("excel.csv", "utf-8-sig")]:
    rows = csv.DictReader(open(f"payments/upper-mere/2024-25.{name}", newline="", encoding=encoding))
    assert sum(decimal.Decimal(row["amount_pounds"]) for row in rows) * 100 == 118857
`)
}

func TestSHA256SumsCheck(t *testing.T) {
	program, err := exec.LookPath("sha256sum")
	if err != nil {
		t.Skip("sha256sum is absent")
	}
	_, folder := built(t)
	runIn(t, folder, program, "--check", "--quiet", "--strict", sumsName)
}

func TestLibreOfficeFindsNoFormula(t *testing.T) {
	program, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("soffice (LibreOffice) is absent")
	}
	_, folder := built(t)
	runIn(t, folder, program, "--headless", "--convert-to", "fods", "payments/upper-mere/2024-25.xlsx")
	text, err := os.ReadFile(filepath.Join(folder, "2024-25.fods"))
	if err != nil || strings.Contains(string(text), "table:formula") {
		t.Errorf("a cell is a formula, or nothing was read: %v", err)
	}
}
