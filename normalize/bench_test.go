package normalize

import (
	"fmt"
	"testing"

	"commonspend/schemas"
)

// BenchmarkNormalize measures the two readings of a table of twelve columns
// that is already split into cells: rows per second without any reading of bytes.
func BenchmarkNormalize(b *testing.B) {
	rules, err := LoadRules()
	if err != nil {
		b.Fatal(err)
	}
	const count = 100_000
	rows := []schemas.Row{{Origin: schemas.Origin{Row: 1}, Cells: []string{"Department family", "Entity", "Date", "Expense type",
		"Expense area", "Supplier", "Transaction number", "Amount", "Description", "Supplier Postcode", "Project Code", "Supplier Type"}}}
	for i := range count {
		rows = append(rows, schemas.Row{Origin: schemas.Origin{Row: i + 2}, Cells: []string{"Department of Kites", fmt.Sprintf("Body %d", i%40),
			fmt.Sprintf("%02d/%02d/2024", i%28+1, i%12+1), fmt.Sprintf("Expense %d", i%300), fmt.Sprintf("Area %d", i%50),
			fmt.Sprintf("Larkrise %d Services Ltd", i%5000), fmt.Sprint(1000000 + i/2), fmt.Sprintf("%d.%02d", i*7%90000-900, i%100),
			fmt.Sprintf("Payment for goods line %d", i%1000), "AB1 2CD", fmt.Sprintf("P%d", i%100), "SME"}})
	}
	sheet := schemas.Sheet{Number: 1, Format: "csv", Rows: func(yield func([]schemas.Row) error) (int, error) {
		for from := 0; from < len(rows); from += batchRows {
			if err := yield(rows[from:min(from+batchRows, len(rows))]); err != nil {
				return from, err
			}
		}
		return len(rows), nil
	}}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := rules.Normalize([]schemas.Sheet{sheet}, About{Period: schemas.NoPeriod}, nowhere{}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(count)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
