package dataset

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"commonspend/publish"
	"commonspend/schemas"

	_ "github.com/duckdb/duckdb-go/v2"
	"github.com/xuri/excelize/v2"
)

// columnsOf reads what publish says of its tables.
func columnsOf(t *testing.T, dataset string) (list []column) {
	t.Helper()
	file, err := os.Open("../columns.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range lines {
		if line[0] == dataset {
			list = append(list, column{line[1], line[2]})
		}
	}
	return list
}

// selectOf is SQL that gives every column of a table; values stand for some.
func selectOf(t *testing.T, dataset string, values map[string]string) string {
	var cells []string
	for _, c := range columnsOf(t, dataset) {
		kind := map[string]string{"string": "VARCHAR", "integer": "BIGINT", "date": "DATE", "datetime": "TIMESTAMP", "boolean": "BOOLEAN", "number": "DECIMAL(4, 3)"}[c.Type]
		value, ok := values[c.Name]
		if !ok {
			value = map[string]string{"VARCHAR": "''", "BIGINT": "0"}[kind]
			if value == "" {
				value = "NULL"
			}
		}
		cells = append(cells, "CAST("+value+" AS "+kind+") AS \""+c.Name+"\"")
	}
	return "SELECT " + strings.Join(cells, ", ")
}

// makeRelease writes a release of one publisher, whose payments are rows of
// payee and pence, and returns its manifest.
func makeRelease(t *testing.T, dir, number, previous string, payments ...string) *publish.Release {
	t.Helper()
	folder := filepath.Join(dir, "releases", number)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	write := func(path, query string) (string, int64) { return writeTable(t, db, path, query) }
	release := &publish.Release{Number: number, Previous: previous, Published: time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC), Dir: dir}
	addYear(t, release, "upper-mere", "2024/25", payments...)
	sha, size := write(filepath.Join(folder, "publishers.parquet"), selectOf(t, "publishers", map[string]string{"publisher": "'upper-mere'", "name": "'Upper Mere & District'", "licence": "'OGL-UK-3.0'", "slug": "'upper-mere'"}))
	release.Tables = []publish.Table{{Name: "publishers", SHA256: sha, Bytes: size, Rows: 1}}
	manifest, err := json.Marshal(release)
	if err != nil {
		t.Fatal(err)
	}
	columns, err := os.ReadFile("../columns.csv")
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string][]byte{"manifest.json": manifest, "ATTRIBUTION.txt": []byte("Upper Mere\n"), "columns.csv": columns} {
		if err := os.WriteFile(filepath.Join(folder, name), text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return release
}

func writeTable(t *testing.T, db *sql.DB, path, query string) (string, int64) {
	t.Helper()
	if _, err := db.Exec("COPY (" + query + ") TO " + literal(path) + " (FORMAT parquet)"); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), int64(len(text))
}

// addYear adds a publisher's year, of rows of payee and pence, to a release.
func addYear(t *testing.T, r *publish.Release, publisher, year string, payments ...string) {
	t.Helper()
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var rows []string
	var sum schemas.Amount
	for i, p := range payments {
		payee, pence, _ := strings.Cut(p, "|")
		var amount schemas.Amount
		fmt.Sscan(pence, &amount)
		sum += amount
		rows = append(rows, selectOf(t, "payments", map[string]string{"payee": literal(payee), "amount_pence": pence, "row": fmt.Sprint(i + 2), "publisher": literal(publisher),
			"date": "DATE '2024-05-02'", "financial_year": literal(year), "description": "'-2+3'"}))
	}
	sha, size := writeTable(t, db, filepath.Join(r.Dir, "object"), strings.Join(rows, " UNION ALL "))
	if err := os.MkdirAll(filepath.Join(r.Dir, "objects", sha[:2]), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(filepath.Join(r.Dir, "object"), filepath.Join(r.Dir, publish.ObjectPath(sha))); err != nil {
		t.Fatal(err)
	}
	r.Payments, r.Pence = r.Payments+int64(len(payments)), r.Pence+sum
	r.Partitions = append(r.Partitions, publish.Partition{Dataset: "payments", Publisher: publisher, FinancialYear: year, Object: sha, Bytes: size, Rows: int64(len(payments)), Pence: sum})
}

func built(t *testing.T) (dir, folder string) {
	t.Helper()
	dir = t.TempDir()
	release := makeRelease(t, dir, "2026-11-23.1", "", "Brook Paper Ltd|120000", "=Hill & Dale Ltd|-1250", "+44 Phones|7", "Straße \"A\", B|100")
	if err := Build(context.Background(), release, "https://example.org/data/"); err != nil {
		t.Fatal(err)
	}
	return dir, Folder(dir, "2026-11-23.1")
}

func TestBuildWritesEveryForm(t *testing.T) {
	_, folder := built(t)
	sums, err := publish.ReadSums(folder, sumsName)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"payments.parquet", "payments/upper-mere/2024-25.parquet", "payments/upper-mere/2024-25.csv", "payments/upper-mere/2024-25.csv-metadata.json",
		"payments/upper-mere/2024-25.excel.csv", "payments/upper-mere/2024-25.xlsx", "payments-2024-25.xlsx", "datapackage.json", "catalog.jsonld", "dataset.jsonld", "sitemap.xml", "columns.csv", "changes.json", "ATTRIBUTION.txt"} {
		actual, _, err := publish.HashFile(filepath.Join(folder, name))
		if err != nil || actual != sums[name] {
			t.Errorf("%s: %v, listed as %q", name, err, sums[name])
		}
	}
	excel, err := os.ReadFile(filepath.Join(folder, "payments/upper-mere/2024-25.excel.csv"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"\ufeff", "'=Hill & Dale Ltd", ",-12.50,", "'+44 Phones", "'-2+3", `"Straße ""A"", B"`, "\r\n", "amount_pounds"} {
		if !strings.Contains(string(excel), want) {
			t.Errorf("the CSV for Excel lacks %q", want)
		}
	}
}

func TestWorkbookHoldsNumbersAndNoFormula(t *testing.T) {
	_, folder := built(t)
	book, err := excelize.OpenFile(filepath.Join(folder, "payments/upper-mere/2024-25.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows("Sheet1", excelize.Options{RawCellValue: true})
	if err != nil || len(rows) != 5 {
		t.Fatalf("%d rows: %v", len(rows), err)
	}
	at := map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	if rows[2][at["payee"]] != "'=Hill & Dale Ltd" || rows[2][at["amount_pounds"]] != "-12.5" {
		t.Errorf("%q", rows[2])
	}
	for r := range rows {
		for c := range rows[r] {
			cell, _ := excelize.CoordinatesToCellName(c+1, r+1)
			if formula, _ := book.GetCellFormula("Sheet1", cell); formula != "" {
				t.Errorf("%s is a formula", cell)
			}
		}
	}
	amount, _ := excelize.CoordinatesToCellName(at["amount_pounds"]+1, 3)
	if kind, _ := book.GetCellType("Sheet1", amount); kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
		t.Errorf("an amount is of type %v", kind)
	}
}

func TestWorkbooksSplit(t *testing.T) {
	b := &books{stem: filepath.Join(t.TempDir(), "x"), most: 3, columns: []column{{"payee", "string"}, {"pence", "integer"}}}
	for range 5 {
		if err := b.add([]string{strings.Repeat("é", 40_000), "1.25"}); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.end(); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]int{"x.xlsx": 3, "x-2.xlsx": 3, "x-3.xlsx": 2} {
		book, err := excelize.OpenFile(filepath.Join(filepath.Dir(b.stem), name))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := book.GetRows("Sheet1")
		if err != nil || len(rows) != want || rows[0][1] != "pounds" || len([]rune(rows[1][0])) > cellUnits {
			t.Errorf("%s has %d rows: %v", name, len(rows), err)
		}
		book.Close()
	}
}

func TestCompareSaysWhatMoved(t *testing.T) {
	dir := t.TempDir()
	last := makeRelease(t, dir, "2026-11-22.1", "", "A|100", "B|200")
	next := makeRelease(t, dir, "2026-11-23.1", "2026-11-22.1", "A|100", "B|150")
	c := Compare(last, next)
	if c.Payments != 0 || c.Pence != -50 || c.Moved != 50 || len(c.Partitions) != 1 || c.Partitions[0].What != "changed" {
		t.Errorf("%+v", c)
	}
	next.Partitions = nil
	if c := Compare(last, next); c.Partitions[0].What != "removed" || c.Moved != 300 {
		t.Errorf("%+v", c)
	}
	if c := Compare(last, last); len(c.Partitions) != 0 {
		t.Errorf("%+v", c)
	}
}

func asked(t *testing.T, s *Server, path string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// slowly takes a file in parts, and says how long each may take.
type slowly struct {
	*httptest.ResponseRecorder
	until []time.Time
}

func (s *slowly) SetWriteDeadline(until time.Time) error {
	s.until = append(s.until, until)
	return nil
}

func TestEachPartHasItsOwnTime(t *testing.T) {
	dir, _ := built(t)
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	s := &Server{Dir: dir, Now: func() time.Time { now = now.Add(time.Second); return now }}
	w := &slowly{ResponseRecorder: httptest.NewRecorder()}
	s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/2026-11-23.1/payments.csv", nil))
	if len(w.until) == 0 || !w.until[0].Equal(now.Add(stalled).Add(-time.Duration(len(w.until)-1)*time.Second)) {
		t.Errorf("%v", w.until)
	}
}

func TestServerResumesAndRefuses(t *testing.T) {
	dir, folder := built(t)
	s := &Server{Dir: dir, Latest: func() string { return "2026-11-23.1" }, Withdrawn: func(number string) (string, bool) {
		return "a licence was withdrawn", number == "2026-11-20.1"
	}}
	get := func(path string, headers ...string) *httptest.ResponseRecorder { return asked(t, s, path, headers...) }
	const name = "/2026-11-23.1/payments/upper-mere/2024-25.csv"
	whole := get(name)
	first := get(name, "Range", "bytes=0-99")
	rest := get(name, "Range", "bytes=100-", "If-Range", first.Header().Get("ETag"))
	if whole.Code != 200 || first.Code != 206 || rest.Code != 206 || !bytes.Equal(whole.Body.Bytes(), append(first.Body.Bytes(), rest.Body.Bytes()...)) {
		t.Errorf("%d %d %d", whole.Code, first.Code, rest.Code)
	}
	if !strings.Contains(whole.Header().Get("Cache-Control"), "immutable") || get(name, "If-None-Match", whole.Header().Get("ETag")).Code != 304 {
		t.Errorf("%v", whole.Header())
	}
	if changed := get(name, "Range", "bytes=100-", "If-Range", `"another"`); changed.Code != 200 {
		t.Errorf("a part of another file is %d", changed.Code)
	}
	if get(name, "Range", "bytes=99999999-").Code != 416 || get("/2020-01-01.1/x").Code != 404 || get("/2026-11-20.1/x").Code != 410 ||
		get("/2026-11-23.1/../../releases/2026-11-23.1/manifest.json").Code != 404 || get("/2026-11-23.1/nothing").Code != 404 || get("/..").Code != 404 {
		t.Error("something else than what is listed is sent")
	}
	if gone := get("/2026-11-20.1/x"); gone.Header().Get("Content-Type") != "application/problem+json" || !strings.Contains(gone.Body.String(), "was withdrawn: a licence was withdrawn") {
		t.Errorf("%v %s", gone.Header(), gone.Body)
	}
	small := get("/2026-11-23.1/datapackage.json", "Accept-Encoding", "br, gzip;q=1, zstd;q=0")
	unpacked, err := gzip.NewReader(small.Body)
	if err != nil || small.Header().Get("Content-Encoding") != "gzip" || small.Header().Get("ETag") == get("/2026-11-23.1/datapackage.json").Header().Get("ETag") {
		t.Fatalf("%v %v", err, small.Header())
	}
	if text, err := io.ReadAll(unpacked); err != nil || !bytes.Equal(text, get("/2026-11-23.1/datapackage.json").Body.Bytes()) {
		t.Errorf("what was packed is another text: %v", err)
	}
	latest := get("/latest/payments/upper-mere/2024-25.csv")
	if latest.Code != 302 || latest.Header().Get("Location") != "../../../2026-11-23.1/payments/upper-mere/2024-25.csv" {
		t.Errorf("%d %v", latest.Code, latest.Header())
	}
	file, err := os.ReadFile(filepath.Join(folder, sumsName))
	if sums := get("/2026-11-23.1/" + sumsName); err != nil || !bytes.Equal(sums.Body.Bytes(), file) {
		t.Error("the list of hashes is not sent as it is")
	}
}
