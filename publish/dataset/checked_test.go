package dataset

import (
	"net/http/httptest"
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
	dir, folder := built(t)
	// What holds all payments is put together as it is sent.
	all := asked(t, &Server{Dir: dir}, "/2026-11-23.1/payments.csv")
	if err := os.WriteFile(filepath.Join(folder, "payments.csv"), all.Body.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
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

// TestParquetIsReadByRanges: a program that knows a file's address alone reads
// its end, then the columns it wants.
func TestParquetIsReadByRanges(t *testing.T) {
	python := tool(t, "python")
	dir, folder := built(t)
	server := httptest.NewServer(&Server{Dir: dir})
	defer server.Close()
	runIn(t, folder, python, "-c", `
import io, sys, urllib.request, pyarrow.parquet
class Remote(io.RawIOBase):
    def __init__(self, url):
        self.url, self.at = url, 0
        self.size = int(urllib.request.urlopen(urllib.request.Request(url, method="HEAD")).headers["Content-Length"])
    def seekable(self): return True
    def readable(self): return True
    def tell(self): return self.at
    def seek(self, offset, whence=0):
        self.at = offset + (0, self.at, self.size)[whence]
        return self.at
    def read(self, n=-1):
        if n < 0: n = self.size - self.at
        if n == 0 or self.at >= self.size: return b""
        answer = urllib.request.urlopen(urllib.request.Request(self.url, headers={"Range": f"bytes={self.at}-{self.at + n - 1}"}))
        assert answer.status == 206
        part = answer.read()
        self.at += len(part)
        return part
table = pyarrow.parquet.ParquetFile(Remote(sys.argv[1])).read(columns=["amount_pence"])
assert sum(table["amount_pence"].to_pylist()) == 118857
`, server.URL+"/2026-11-23.1/payments.parquet")
}

func TestSHA256SumsCheck(t *testing.T) {
	program, err := exec.LookPath("sha256sum")
	if err != nil {
		t.Skip("sha256sum is absent")
	}
	dir, folder := built(t)
	runIn(t, folder, program, "--check", "--quiet", "--strict", sumsName)
	// What holds all payments as CSV is put together as it is sent.
	for _, name := range joinedNames() {
		sent := asked(t, &Server{Dir: dir}, "/2026-11-23.1/"+name)
		if err := os.WriteFile(filepath.Join(folder, name), sent.Body.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	runIn(t, folder, program, "--check", "--quiet", "--strict", joinedSumsName)
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
