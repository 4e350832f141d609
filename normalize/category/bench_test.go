package category

import "testing"

// BenchmarkJudge judges made-up lines of the usual length.
func BenchmarkJudge(b *testing.B) {
	judge, err := New()
	if err != nil {
		b.Fatal(err)
	}
	line := Line{"anytown", "Example Construction Services Ltd", "Department Family=Anytown Borough Council | Expense Type=Repairs and Maintenance of Buildings | Expense Area=Property Services | Description=Replacement of roof lights at the depot"}
	for b.Loop() {
		judge.Judge(line)
	}
}
