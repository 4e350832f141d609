package demo

import (
	"bytes"
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"commonspend/schemas"
)

func TestSameSeedGivesSameBytes(t *testing.T) {
	one, two := Generate(7), Generate(7)
	if !reflect.DeepEqual(one, two) {
		t.Fatal("two worlds of one seed differ")
	}
	left, right := one.Files(), two.Files()
	if len(left) != len(right) {
		t.Fatalf("%d and %d files", len(left), len(right))
	}
	for i := range left {
		if left[i].Path != right[i].Path || !bytes.Equal(left[i].Bytes, right[i].Bytes) {
			t.Errorf("%s differs", left[i].Path)
		}
	}
}

func TestAnotherSeedDiffers(t *testing.T) {
	one, two := Generate(1).Files(), Generate(2).Files()
	equal := 0
	for i := range one {
		if bytes.Equal(one[i].Bytes, two[i].Bytes) {
			equal++
		}
	}
	if equal != 2 { // the two nil months hold nothing that a seed could change
		t.Errorf("%d files are the same for two seeds, want 2", equal)
	}
}

func TestWorldIsAsItSays(t *testing.T) {
	w := Generate(1)
	kinds := map[string]int{}
	ids := map[string]bool{}
	for _, p := range w.Publishers {
		kinds[p.Kind]++
		ids[p.ID] = true
	}
	want := map[string]int{"Non-metropolitan district": councils, "NHS trust": trusts, "Ministerial department": departments}
	if !reflect.DeepEqual(kinds, want) || len(ids) != 60 {
		t.Errorf("kinds %v and %d ids, want %v and 60", kinds, len(ids), want)
	}
	// 58 x 24 months and 2 x 12 of the body that ends and its successor, less 5 missing, with 20 sent twice and a roll-up.
	if n := len(w.Files()); n != 1416-5+20+1 {
		t.Errorf("%d files", n)
	}
	if n := len(w.Ledger); n < 80_000 || n > 150_000 {
		t.Errorf("%d payments, want about 120,000", n)
	}
	for what, count := range map[string]int{"nil": len(w.Nil), "missing": len(w.Missing), "superseded": len(w.Superseded)} {
		if count == 0 {
			t.Errorf("no %s months", what)
		}
	}
	for _, slot := range append(slices.Clone(w.Nil), w.Missing...) {
		if sum, ok := w.SumsByPublication()[slot]; ok {
			t.Errorf("%v has payments: %v", slot, sum)
		}
	}
}

// The threshold cuts the distribution, and lines of one transaction share its
// amount, so what matters is what comes out: ln(amount) spreads by 1.5 or more
// within each kind of body.
func TestAmountsSpreadWidely(t *testing.T) {
	w := Generate(1)
	kind := map[string]string{}
	for _, p := range w.Publishers {
		kind[p.ID] = p.Kind
	}
	logs := map[string][]float64{}
	for _, line := range w.Ledger {
		if line.Amount > 0 {
			logs[kind[line.Publisher]] = append(logs[kind[line.Publisher]], math.Log(float64(line.Amount)))
		}
	}
	for name, values := range logs {
		if sigma := deviation(values); sigma < 1.5 {
			t.Errorf("%s: sigma %.2f, want at least 1.5", name, sigma)
		} else {
			t.Logf("%s: sigma %.2f", name, sigma)
		}
	}
}

func deviation(values []float64) float64 {
	var sum, squares float64
	for _, v := range values {
		sum += v
	}
	mean := sum / float64(len(values))
	for _, v := range values {
		squares += (v - mean) * (v - mean)
	}
	return math.Sqrt(squares / float64(len(values)))
}

// 2^(1/2) x 100,000 is 141,421.356; 2^(-1.75) x 100,000 is 29,730.18.
func TestScale(t *testing.T) {
	for _, c := range []struct{ pence, exponent, want int64 }{
		{100_000, 0, 100_000}, {100_000, one / 2, 141_421}, {100_000, 3 * one, 800_000},
		{100_000, -one * 7 / 4, 29_730}, {50_000, one + one/2, 141_421},
	} {
		if got := scale(c.pence, c.exponent); got != c.want {
			t.Errorf("scale(%d, %d) = %d, want %d", c.pence, c.exponent, got, c.want)
		}
	}
}

func TestSplitAddsUp(t *testing.T) {
	r := stream(1, 2, 3, forLines)
	for n := 1; n < 6; n++ {
		for range 200 {
			total := schemas.Amount(500_00 + r.IntN(10_000_00))
			var sum schemas.Amount
			for _, share := range split(r, total, n) {
				if share <= 0 {
					t.Fatalf("a share of %d pence", share)
				}
				sum += share
			}
			if sum != total {
				t.Fatalf("%d shares of %s add up to %s", n, total, sum)
			}
		}
	}
}

func TestTransactionsReachTheThreshold(t *testing.T) {
	w := Generate(1)
	threshold := map[string]schemas.Amount{}
	for _, p := range w.Publishers {
		threshold[p.ID] = p.Threshold
	}
	type key struct{ publisher, reference string }
	sums := map[key]schemas.Amount{}
	lines := 0
	for _, l := range w.Ledger {
		sums[key{l.Publisher, l.Reference}] += l.Amount
		if l.Amount > 0 && l.Amount < threshold[l.Publisher] {
			lines++
		}
	}
	for k, sum := range sums {
		if sum > 0 && sum < threshold[k.publisher] {
			t.Errorf("%v adds up to %s", k, sum)
		}
	}
	if lines < len(w.Ledger)/20 {
		t.Errorf("only %d of %d lines lie under the threshold", lines, len(w.Ledger))
	}
}

// Every person is paid somewhere, and no surname stands in a line that the
// ledger does not mark, nor in a name of this world.
func TestPeopleAreMarked(t *testing.T) {
	w := Generate(1)
	seen := map[string]int{}
	for _, l := range slices.Concat(w.Ledger, w.Superseded) {
		text := strings.ToLower(strings.Join([]string{l.Payee, l.Text, l.Expense, l.Area}, "\n"))
		named := false
		for _, surname := range w.People {
			if strings.Contains(text, strings.ToLower(surname)) {
				named = true
				seen[surname]++
			}
		}
		if named != l.Private {
			t.Fatalf("%s %s line %d: named %v, marked %v", l.Publisher, l.Month, l.Number, named, l.Private)
		}
	}
	if len(seen) != 40 {
		t.Errorf("%d people are named, want 40", len(seen))
	}
	for _, p := range w.Publishers {
		for _, surname := range w.People {
			if strings.Contains(strings.ToLower(p.Name), strings.ToLower(surname)) {
				t.Errorf("%s holds the surname %s", p.Name, surname)
			}
		}
	}
}

func TestLedgerIsWritten(t *testing.T) {
	w := Generate(3)
	dir := t.TempDir()
	if err := w.WriteLedger(dir); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(filepath.Join(dir, "ledger.csv"))
	if err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(bytes.NewReader(raw)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(records)-1 != len(w.Ledger) {
		t.Errorf("%d lines written of %d", len(records)-1, len(w.Ledger))
	}
}

func TestFilesAreWritten(t *testing.T) {
	w := Generate(1)
	dir := t.TempDir()
	if err := w.WriteFiles(dir); err != nil {
		t.Fatal(err)
	}
	for _, file := range w.Files() {
		raw, err := os.ReadFile(filepath.Join(dir, file.Publisher, file.Name))
		if err != nil || !bytes.Equal(raw, file.Bytes) {
			t.Fatalf("%s: other bytes, or %v", file.Path, err)
		}
	}
	list, err := os.ReadFile(filepath.Join(dir, "PUBLISHERS.csv"))
	if lines := bytes.Count(list, []byte("\n")); err != nil || lines != 61 {
		t.Errorf("%d lines of publishers, %v", lines, err)
	}
}

func TestFileNames(t *testing.T) {
	w := Generate(1)
	for form, want := range map[nameForm]string{
		0: "spend-over-500-june-2024_revised.csv", 1: "payments_2024_06_revised.csv",
		2: "Jun-24 supplier payments_revised.csv", 3: "document-12111.csv",
		4: "2024-25-P03-expenditure_revised.csv", 5: "transparency-202406_revised.csv",
	} {
		if got := form.write(w.bodies[0], monthAt(2), 2, ".csv"); got != want {
			t.Errorf("%s, want %s", got, want)
		}
		if first := form.write(w.bodies[0], monthAt(2), 1, ".csv"); first >= want {
			t.Errorf("%s does not sort after %s", want, first)
		}
	}
}

// Each quirk that the demo is to show is carried by at least one publisher.
func TestEveryQuirkIsThere(t *testing.T) {
	w := Generate(1)
	all := map[string]bool{}
	for _, p := range w.Publishers {
		for _, quirk := range w.Quirks(p.ID) {
			all[quirk] = true
		}
	}
	for _, want := range []string{
		"encoding:utf-8", "encoding:utf-8-sig", "encoding:cp1252", "encoding:cp850", "encoding:mac_roman",
		"encoding:utf-16le", "encoding:utf-16be", `delimiter:","`, `delimiter:";"`, `delimiter:"|"`, `delimiter:"\t"`,
		`line end:"\r\n"`, `line end:"\n"`, `line end:"\r"`, `line end:"mixed"`,
		"dates:03/06/2024", "dates:3/6/24", "dates:2024-06-03", "dates:2024-06-03 00:00:00", "dates:03-Jun-2024",
		"dates:03.06.2024", "dates:6/3/2024", "dates:45446", "dates:Monday 3 June 2024",
		"money:plain", "money:pound", "money:commas", "money:brackets", "money:trailing minus", "money:CR",
		"money:accounting", "money:short", "vat:net", "vat:gross", "vat:unknown", "net and gross",
		"container:xlsx", "container:zip", "two sheets of payments", "hidden sheet of notes", "1904 epoch", "merged title",
		"preamble:1", "preamble:4", "preamble:75", "total row", "footer", "all quoted", "neighbouring months",
		"some dates blank", "pipes in cells", "empty columns:6", "empty columns:130", "blank row every:11",
		"header again every:25", "file name without a month",
	} {
		if !all[want] {
			t.Errorf("no publisher carries %q", want)
		}
	}
}
