package ingest

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/big"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"commonspend/schemas"
)

type opener func(io.ReaderAt, int64, schemas.Sheet, Limits) ([]schemas.Sheet, error)

// part is a member of a test's zip.
type part struct{ name, text string }

func zipped(t testing.TB, parts ...part) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, p := range parts {
		w, err := z.Create(p.name)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, p.text)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// spellBook reads a workbook into lines like
//
//	# Sheet1 hidden
//	3: -|Total text|12.5 number
func spellBook(open opener, in []byte, limits Limits) (string, error) {
	sheets, err := open(bytes.NewReader(in), int64(len(in)), schemas.Sheet{File: "sha", Member: "m"}, limits)
	if err != nil {
		return "", err
	}
	var out strings.Builder
	for i, sheet := range sheets {
		if sheet.Number != i+1 || sheet.File != "sha" || sheet.Member != "m" {
			return "", fmt.Errorf("sheet %q is number %d of %s %s", sheet.Name, sheet.Number, sheet.File, sheet.Member)
		}
		fmt.Fprintf(&out, "# %s", sheet.Name)
		if sheet.Hidden {
			out.WriteString(" hidden")
		}
		out.WriteString("\n")
		if err := spellRows(&out, sheet); err != nil {
			return out.String(), err
		}
	}
	return out.String(), nil
}

func spellRows(out *strings.Builder, sheet schemas.Sheet) error {
	last := 0
	physical, err := sheet.Rows(func(batch []schemas.Row) error {
		for _, row := range batch {
			if row.Row != last+1 || row.Sheet != sheet.Name || row.File != sheet.File || len(row.Kinds) != len(row.Cells) {
				return fmt.Errorf("row %d of %q after row %d", row.Row, row.Sheet, last)
			}
			last = row.Row
			fmt.Fprintf(out, "%d:", row.Row)
			for i, cell := range row.Cells {
				out.WriteString([]string{" ", "|"}[min(i, 1)] + spellCell(cell, row.Kind(i)))
			}
			out.WriteString("\n")
		}
		return nil
	})
	if err == nil && physical != last {
		err = fmt.Errorf("%d physical rows of %d", physical, last)
	}
	return err
}

func spellCell(cell string, kind schemas.CellKind) string {
	word := []string{"text", "number", "date", "bool", "error", "formula"}[kind]
	if cell == "" && kind == schemas.CellText {
		return "-"
	}
	return strings.Trim(strconv.Quote(cell), `"`) + " " + word
}

func expect(t *testing.T, open opener, in []byte, want string) {
	t.Helper()
	got, err := spellBook(open, in, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if want = strings.ReplaceAll(strings.TrimLeft(want, "\n"), "\t", ""); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// expectRefusal says that reading in ends in a refusal of this kind whose
// sentence holds these words.
func expectRefusal(t *testing.T, open opener, in []byte, limits Limits, kind, words string) {
	t.Helper()
	_, err := spellBook(open, in, limits)
	var refusal *schemas.Refusal
	if !errors.As(err, &refusal) {
		t.Fatalf("no refusal but %v", err)
	}
	if refusal.Kind != kind || !strings.Contains(refusal.Sentence, words) {
		t.Errorf("refused as %s: %s", refusal.Kind, refusal.Sentence)
	}
}

// Every workbook of the hostile collection ends in rows or in a refusal.
func TestHostileWorkbooks(t *testing.T) {
	openers := map[string]opener{".xlsx": openXLSX, ".xlsm": openXLSX, ".xls": openXLS, ".ods": openODS, ".fods": openFODS}
	files, refused := 0, 0
	err := filepath.WalkDir(shared(t, "hostile"), func(path string, entry fs.DirEntry, err error) error {
		open, ok := openers[strings.ToLower(filepath.Ext(path))]
		if err != nil || !ok {
			return err
		}
		in, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		_, err = spellBook(open, in, Limits{})
		var refusal *schemas.Refusal
		switch {
		case errors.As(err, &refusal):
			refused++
		case err != nil:
			t.Errorf("%s: %v", path, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 500 || refused > files/10 {
		t.Errorf("%d files, %d refused", files, refused)
	}
}

// The workbooks that people have read by hand have the pence they found.
func TestTruthWorkbooks(t *testing.T) {
	compared := 0
	for _, truth := range list(t, shared(t, "truth", "dev.csv")) {
		file, err := Open(shared(t, "corpus", truth["path"]), "sha", Limits{})
		if err != nil || !slices.Contains([]string{"xlsx", "xls", "ods"}, file.Format) {
			continue
		}
		for _, sheet := range file.Sheets {
			if sheet.Name == truth["sheet"] {
				compared++
				got, pence := amountPence(t, sheet, truth), truth["amount_sum_pence"]
				if got != pence {
					t.Errorf("%s: %s pence, want %s", truth["path"], got, pence)
				}
			}
		}
		file.Close()
	}
	if compared < 9 {
		t.Errorf("only %d workbooks were compared", compared)
	}
}

// amountPence sums the numbers of the amount column over the rows of payments,
// each rounded half away from zero. A row with neither date nor payee is a total.
func amountPence(t *testing.T, sheet schemas.Sheet, truth map[string]string) string {
	column := func(field string) int {
		_, after, _ := strings.Cut(truth["columns_by_number"], field+"=")
		n, _ := strconv.Atoi(after[:strings.IndexAny(after+";", ";|")])
		return n - 1
	}
	date, payee, amount := column("date"), column("supplier"), column("amount")
	first, _ := strconv.Atoi(truth["first_data_row"])
	last, _ := strconv.Atoi(truth["last_data_row"])
	sum := new(big.Int)
	_, err := sheet.Rows(func(batch []schemas.Row) error {
		for _, row := range batch {
			if row.Row < first || row.Row > last || !amountText.MatchString(row.Cell(amount)) {
				continue
			}
			if date >= 0 && row.Cell(date) != "" || payee >= 0 && row.Cell(payee) != "" {
				sum.Add(sum, pence(row.Cell(amount)))
			}
		}
		return nil
	})
	if err != nil {
		t.Errorf("%s: %v", truth["path"], err)
	}
	return sum.String()
}

// amountText is an amount as a number cell has it, or as a text.
var amountText = regexp.MustCompile(`^\s*-?£?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?\s*$`)

// pence rounds pounds: -1.005 is -101.
func pence(s string) *big.Int {
	r, _ := new(big.Rat).SetString(strings.NewReplacer(",", "", "£", "", " ", "").Replace(s))
	r.Mul(r, big.NewRat(100, 1))
	half := big.NewRat(int64(r.Sign()), 2)
	r.Add(r, half)
	return new(big.Int).Quo(r.Num(), r.Denom())
}
