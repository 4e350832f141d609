package demo

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	xencoding "golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"commonspend/schemas"
)

// Every file of every publisher, read back with code that shares nothing with
// the writer, holds the ledger's amounts to the penny, line by line and in order.
func TestFilesHoldTheLedger(t *testing.T) {
	w := Generate(1)
	current, first := bySlot(w.Ledger), bySlot(w.Superseded)
	resent := map[Slot]bool{}
	for _, slot := range w.Resent {
		resent[slot] = true
	}
	for _, file := range w.Files() {
		slot := Slot{file.Publisher, file.Period.From}
		want := current[slot]
		if resent[slot] && file.Edition == 1 {
			want = first[slot]
		}
		if len(file.Period.Months()) > 1 {
			want = yearOf(current, file)
		}
		got := readBack(t, bodyOf(w, file.Publisher), file)
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: read %d amounts of %d, or others", file.Path, len(got), len(want))
		}
	}
}

func bySlot(lines []LedgerLine) map[Slot][]schemas.Amount {
	all := map[Slot][]schemas.Amount{}
	for _, l := range lines {
		slot := Slot{l.Publisher, l.Month}
		all[slot] = append(all[slot], l.Amount)
	}
	return all
}

func bodyOf(w *World, id string) body {
	i := slices.IndexFunc(w.bodies, func(b body) bool { return b.ID == id })
	return w.bodies[i]
}

func readBack(t *testing.T, b body, file Published) []schemas.Amount {
	t.Helper()
	var amounts []schemas.Amount
	for _, rows := range rowsOf(t, b, file) {
		amounts = append(amounts, amountsOf(t, b, file.Path, rows)...)
	}
	return amounts
}

func rowsOf(t *testing.T, b body, file Published) [][][]string {
	t.Helper()
	switch b.layout.container {
	case "xlsx":
		return workbookRows(t, file)
	case "zip":
		return zipRows(t, b, file)
	}
	return [][][]string{csvRows(t, b, file.Path, file.Bytes)}
}

func workbookRows(t *testing.T, file Published) [][][]string {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(file.Bytes))
	if err != nil {
		t.Fatalf("%s: %v", file.Path, err)
	}
	defer book.Close()
	var tables [][][]string
	for _, sheet := range book.GetSheetList() {
		rows, err := book.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatalf("%s: %v", file.Path, err)
		}
		tables = append(tables, rows)
	}
	return tables
}

func zipRows(t *testing.T, b body, file Published) [][][]string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(file.Bytes), int64(len(file.Bytes)))
	if err != nil {
		t.Fatalf("%s: %v", file.Path, err)
	}
	var tables [][][]string
	for _, member := range archive.File {
		reader, err := member.Open()
		if err != nil {
			t.Fatalf("%s: %v", file.Path, err)
		}
		raw, err := io.ReadAll(reader)
		if err != nil {
			t.Fatalf("%s: %v", file.Path, err)
		}
		tables = append(tables, csvRows(t, b, file.Path, raw))
	}
	return tables
}

func csvRows(t *testing.T, b body, path string, raw []byte) [][]string {
	t.Helper()
	decoder := map[string]xencoding.Encoding{
		"utf-8": unicode.UTF8, "utf-8-sig": unicode.UTF8BOM, "cp1252": charmap.Windows1252,
		"cp850": charmap.CodePage850, "mac_roman": charmap.Macintosh,
		"utf-16le": unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM),
		"utf-16be": unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM),
	}[string(b.layout.encoding)]
	text, err := decoder.NewDecoder().Bytes(raw)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	lines := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(text))
	reader := csv.NewReader(strings.NewReader(lines))
	reader.Comma, reader.FieldsPerRecord = []rune(b.layout.delimiter)[0], -1
	rows, err := reader.ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return rows
}

// amountsOf takes the rows below the header that name a payee beside an
// amount and are neither the header again nor the total.
func amountsOf(t *testing.T, b body, path string, rows [][]string) []schemas.Amount {
	t.Helper()
	payee, amount := -1, -1
	for i, c := range b.layout.columns {
		switch c.holds {
		case holdsPayee:
			payee = i
		case holdsAmount:
			amount = i
		}
	}
	var amounts []schemas.Amount
	below := false
	for _, row := range rows {
		switch {
		case len(row) <= max(payee, amount):
		case row[payee] == b.layout.columns[payee].header:
			below = true
		case below && row[payee] != "" && row[amount] != "" && row[0] != "Total":
			amounts = append(amounts, pence(t, path, row[amount]))
		}
	}
	return amounts
}

func pence(t *testing.T, path, text string) schemas.Amount {
	t.Helper()
	bare := strings.NewReplacer("£", "", ",", "", " ", "", "(", "", ")", "", "CR", "", "-", "").Replace(text)
	credit := strings.ContainsAny(text, "(-") || strings.Contains(text, "CR")
	if bare == "" && strings.TrimSpace(text) == "-" {
		return 0
	}
	pounds, rest, _ := strings.Cut(bare, ".")
	n, err := strconv.ParseInt(pounds+(rest + "00")[:2], 10, 64)
	if err != nil {
		t.Fatalf("%s: %q is no amount", path, text)
	}
	if credit {
		n = -n
	}
	return schemas.Amount(n)
}

// Two files, small enough to follow by hand.
func TestTwoLayoutsByHand(t *testing.T) {
	day, _ := schemas.DateOf(2024, 6, 3)
	lines := []LedgerLine{
		{Date: day, Payee: "Quellmar, Partners Ltd", Amount: 1234_50, VAT: 246_90, Text: `A "final" bill`, Area: "Parks", Reference: "7", Capital: true},
		{Date: day + 1, Payee: "Wintrel Café", Amount: -20_00, VAT: -4_00, Text: "Credit note", Area: "Parks", Reference: "8"},
	}
	b := body{layout: layout{encoding: cp1252, delimiter: ",", lineEnd: "\r\n", columns: councilColumns()[3],
		dates: dateMonthName, money: moneyBrackets, preamble: 1, trailing: 2, total: true}}
	b.Name, b.Threshold = "Ambleworth District Council", 500_00
	slot := Slot{Month: monthAt(2)}
	got := string(b.layout.csv(b.table(slot, lines)))
	want := "Ambleworth District Council: spending over \xa3500,,\r\n" +
		"Date,Supplier,Net,VAT,Gross,Narrative,Cost Centre,Invoice Number,,\r\n" +
		"03-Jun-2024,\"Quellmar, Partners Ltd\",\"1,234.50\",246.90,\"1,481.40\",\"A \"\"final\"\" bill\",Parks,7,,\r\n" +
		"04-Jun-2024,Wintrel Caf\xe9,(20.00),(4.00),(24.00),Credit note,Parks,8,,\r\n" +
		",,,,,,,,,\r\n" +
		// 1234.50 - 20.00, 246.90 - 4.00 and 1481.40 - 24.00
		"Total,,\"1,214.50\",242.90,\"1,457.40\",,,,,\r\n"
	if got != want {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
	b.layout = layout{encoding: macRoman, delimiter: ";", lineEnd: "\r", columns: councilColumns()[2], dates: dateMonthFirst, money: moneyPound}
	got = string(b.layout.csv(b.table(slot, lines)))
	want = "Supplier;Paid Date;Amount (\xa3);Department;Expenditure Category;Transaction No\r" +
		"Quellmar, Partners Ltd;6/3/2024;\xa31,234.50;Parks;;7\r" +
		"Wintrel Caf\x8e;6/4/2024;-\xa320.00;Parks;;8\r"
	if got != want {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
}

// Excel's own examples: 45446 is 3 June 2024 counted from 1900; from 1904 the
// same day is 1,462 less.
func TestForms(t *testing.T) {
	day, _ := schemas.DateOf(2024, 6, 3)
	for _, form := range append(dateForms(), dateMonthFirst, dateSerial, dateWeekday) {
		if got := form.write(day, epoch1900); got != string(form) {
			t.Errorf("%s for %s", got, form)
		}
	}
	if got := dateSerial.write(day, epoch1904); got != "43984" {
		t.Errorf("1904: %s", got)
	}
	for form, want := range map[moneyForm][2]string{
		moneyPlain: {"1234.50", "-0.07"}, moneyPound: {"£1,234.50", "-£0.07"}, moneyCommas: {"1,234.50", "-0.07"},
		moneyBrackets: {"1,234.50", "(0.07)"}, moneyTrailing: {"1234.50", "0.07-"}, moneyCR: {"1234.50", "0.07 CR"},
		moneyAccounting: {" £1,234.50 ", "(£0.07)"}, moneyShort: {"1234.5", "-0.07"},
	} {
		if got := [2]string{form.write(1234_50), form.write(-7)}; got != want {
			t.Errorf("%s: %q, want %q", form, got, want)
		}
	}
	if got := moneyShort.write(1200_00); got != "1200" {
		t.Errorf("short: %s", got)
	}
}
