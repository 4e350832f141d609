package chart

import (
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write testdata anew, to be looked at")

func n(v int64) *int64 { return &v }

// drawn is what every chart can do.
type drawn interface {
	SVG(int) string
	Table() Table
}

func examples() map[string]drawn {
	head := func(id, title, sub string) Head { return Head{id, title, sub, "What the chart shows, in words."} }
	return map[string]drawn{
		"bars": Bars{head("bars", "Alder & Ash <Ltd> was paid most by four districts", "Pounds, financial year 2024/25"), Pounds, [2]string{"Supplier", "Paid"},
			[]Bar{{Label: "Alder & Ash Ltd", Value: n(123_456_789)}, {Label: "Bright Lamps", Value: n(61_000_00), Here: true},
				{Label: "A supplier with a name much longer than there is room for", Value: n(-5_000_00)}, {Label: "Withheld one", Why: "Withheld: fewer than five bodies"}}},
		"strip": Strip{head("strip", "Northmere pays more per head than most", "Pounds per head, 2024/25"), PerHead,
			[]StripBody{{"Northmere", 4512, true}, {"Easterby", 1203, false}, {"Westcombe", 2207, false}, {"Midholme", 3306, false}}, nil},
		"spine": Spine{head("spine", "Northmere beside six districts", "Each measure on its own scale"), "Northmere",
			[]SpineRow{{"Agency staff", PerHead, n(4512), "", 1203, 1800, 2207, 3000, 3306}, {"Spread over suppliers", Ratio, n(1_250_000), "", 900_000, 1_000_000, 1_200_000, 1_400_000, 2_000_000},
				{Label: "Share with the largest supplier", Unit: Share, Why: "fewer than five bodies hold the same months"}}},
		"band": Band{head("band", "Northmere stays above the median", "Pounds per head by financial year"), PerHead, "Northmere",
			[]BandPoint{{"2021/22", "", n(4000), n(1000), n(1500), n(2000), n(3000), n(4100)}, {"2022/23", "the year is not held", nil, n(1100), n(1600), n(2100), n(3100), n(4200)},
				{"2023/24", "", n(4400), n(1200), n(1700), n(2200), n(3200), n(4300)}, {"2024/25", "", n(4512), n(1203), n(1800), n(2207), n(3000), n(4400)}}},
		"spark": Spark{head("spark", "Paid by month", "Pounds"), Pounds, []string{"April", "May", "June", "July"}, []*int64{n(100), nil, n(300), n(250)}},
		"grid": Grid{head("grid", "Two bodies hold every month", "Months of 2024/25"), []string{"Apr", "May", "Jun", "Jul"},
			[]GridState{{"held", "Held", Full}, {"nil", "Nothing to report", Hollow}, {"missing", "Missing", Cross}, {"stray", "Stray", Point}},
			[]GridRow{{"Northmere District Council", []string{"held", "nil", "missing", "stray"}}, {"Easterby", []string{"held", "held", "", ""}}}},
	}
}

// TestGolden holds every chart to its bytes at both widths, and its table's CSV.
func TestGolden(t *testing.T) {
	for name, c := range examples() {
		table := c.Table()
		for file, text := range map[string]string{name + "-680.svg": c.SVG(Wide), name + "-320.svg": c.SVG(Narrow), name + ".csv": string(table.CSV())} {
			path := filepath.Join("testdata", file)
			if *update {
				if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if text != string(want) {
				t.Errorf("%s is drawn otherwise:\n%s", file, text)
			}
		}
	}
}

// TestSafe holds the SVG to what a page may have in it: well formed, named and
// described, no style, no script, nothing from elsewhere, no text lost.
func TestSafe(t *testing.T) {
	for name, c := range examples() {
		for _, width := range []int{Wide, Narrow} {
			text := c.SVG(width)
			decoder := xml.NewDecoder(strings.NewReader(text))
			for {
				token, err := decoder.Token()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				if start, ok := token.(xml.StartElement); ok {
					checkElement(t, name, start)
				}
			}
			for _, need := range []string{`role="img"`, "<title id=", "<desc id="} {
				if !strings.Contains(text, need) {
					t.Errorf("%s lacks %s", name, need)
				}
			}
		}
		if len(c.Table().Rows) == 0 || len(c.Table().Columns) < 2 {
			t.Errorf("%s has no table", name)
		}
	}
}

func checkElement(t *testing.T, name string, start xml.StartElement) {
	t.Helper()
	if start.Name.Local == "style" || start.Name.Local == "script" || start.Name.Local == "image" {
		t.Errorf("%s holds <%s>", name, start.Name.Local)
	}
	for _, a := range start.Attr {
		if a.Name.Local == "style" || strings.HasPrefix(a.Name.Local, "on") || a.Name.Local == "href" {
			t.Errorf("%s holds %s=", name, a.Name.Local)
		}
	}
}

// TestNumbers holds numbers to how people and programs are told them.
func TestNumbers(t *testing.T) {
	for _, c := range []struct {
		unit                Unit
		n                   int64
		plain, exact, short string
	}{
		{Pounds, 0, "0.00", "£0.00", "£0"},
		{Pounds, 7, "0.07", "£0.07", "£0.07"},
		{Pounds, -1250, "-12.50", "-£12.50", "-£13"},
		{Pounds, 99_999_949, "999999.49", "£999,999.49", "£1m"},
		{Pounds, 123_456_789, "1234567.89", "£1,234,567.89", "£1.2m"},
		{Pounds, 15_000_000_000_000, "150000000000.00", "£150,000,000,000.00", "£150bn"},
		{PerHead, 1234, "12.34", "£12.34", "£12.34"},
		{PerHead, 123_456, "1234.56", "£1,234.56", "£1,235"},
		{Count, 12_345, "12345", "12,345", "12.3k"},
		{Share, 125_400, "0.125400", "12.5 %", "12.5 %"},
		{Ratio, 1_255_000, "1.255000", "1.26", "1.26"},
	} {
		if c.unit.Plain(c.n) != c.plain || c.unit.Exact(c.n) != c.exact || c.unit.Short(c.n) != c.short {
			t.Errorf("%d %s: %s, %s, %s", c.n, c.unit, c.unit.Plain(c.n), c.unit.Exact(c.n), c.unit.Short(c.n))
		}
	}
}

// TestScale holds places to whole numbers at any size, and ticks to round ones.
func TestScale(t *testing.T) {
	s := scale{low: 0, high: 9e18, from: 100, to: 6800}
	if s.at(9e18) != 6800 || s.at(0) != 100 || s.at(45e17) != 3450 || s.at(-1) != 100 {
		t.Errorf("places %d %d %d", s.at(9e18), s.at(0), s.at(45e17))
	}
	for _, c := range []struct{ low, high, step int64 }{{0, 100, 20}, {-7, 95, 20}, {0, 4512, 1000}, {5, 5, 1}} {
		at := ticks(c.low, c.high, 5)
		if len(at) < 2 || at[1]-at[0] != c.step || at[0] > c.low || at[len(at)-1] < c.high {
			t.Errorf("%v: ticks %v", c, at)
		}
	}
}
