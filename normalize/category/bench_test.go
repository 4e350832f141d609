package category

import (
	"fmt"
	"sync"
	"testing"
)

// combination is one of many lines made of few values: 20,000 payees, 120 expense
// types, 400 areas and 9,000 descriptions, as in a warehouse.
func combination(i int) Line {
	n := uint64(i)
	payee, kind, area, detail := mix(n)%20000, mix(n+1<<40)%120, mix(n+1<<41)%400, mix(n+1<<42)%9000
	trades := []string{"Construction", "Taxis", "Care Homes", "Software", "Solicitors", "Borough Council", "Catering", "Energy"}
	return Line{Publisher: "anytown", Payee: fmt.Sprintf("%c%d Example %s Ltd", 'A'+payee%26, payee, trades[payee%8]), Columns: []Column{
		{"Department Family", "Anytown Borough Council"},
		{"Expense Type", fmt.Sprintf("%s and services %c%c", trades[kind%8], 'a'+kind%26, 'a'+kind/26)},
		{"Expense Area", fmt.Sprintf("Area %c%c of %s", 'a'+area%26, 'a'+area/26, trades[area%8])},
		{"Description", fmt.Sprintf("Work %d for the %s team at depot %c", detail, trades[detail%8], 'a'+detail%26)},
	}}
}

// BenchmarkCombinations judges 1,000,000 lines, nearly all distinct, at two desks.
func BenchmarkCombinations(b *testing.B) {
	const count = 1_000_000
	judge, err := New()
	if err != nil {
		b.Fatal(err)
	}
	lines := make([]Line, count)
	for i := range lines {
		lines[i] = combination(i)
	}
	for b.Loop() {
		var desks sync.WaitGroup
		for half := range 2 {
			desks.Go(func() {
				desk := judge.Desk()
				for i := half * count / 2; i < (half+1)*count/2; i++ {
					desk.Judge(lines[i])
				}
			})
		}
		desks.Wait()
	}
	b.ReportMetric(float64(count)*float64(b.N)/b.Elapsed().Seconds(), "lines/s")
}

// BenchmarkNew judges made-up lines whose payee and description were never met.
func BenchmarkNew(b *testing.B) {
	judge, err := New()
	if err != nil {
		b.Fatal(err)
	}
	desk, i := judge.Desk(), 0
	for b.Loop() {
		i++
		desk.Judge(Line{Publisher: "anytown", Payee: fmt.Sprintf("%x Construction Services Ltd", i),
			Text: fmt.Sprintf("Department Family=Anytown Borough Council | Expense Type=Repairs and Maintenance of Buildings | Expense Area=Property Services | Description=Replacement of roof lights at depot n%d", i)})
	}
	b.ReportMetric(float64(i)/b.Elapsed().Seconds(), "lines/s")
}
