package ingest

import (
	"math"
	"strconv"
	"testing"
	"time"
)

func TestNumbers(t *testing.T) {
	for in, want := range map[string]string{
		"0": "0", "-0": "0", "-0.0": "0", "00": "0", "007": "7", "100": "100", "-12.50": "-12.5", "0.10": "0.1", "1.": "1", "-.5": "-0.5", ".5": "0.5",
		"1234.5600000000001": "1234.56", "0.30000000000000004": "0.3", "1.5E3": "1500", "1e-7": "0.0000001", "-2.5E+2": "-250",
		"123456789012345": "123456789012345", "1234567890123456": "1234567890123460", "1E+20": "100000000000000000000", "999999999999999.9": "1000000000000000",
		" 12 ": "12", "1e0": "1", "12345678.123456789": "12345678.1234568",
		"": "", "-": "", ".": "", "-.": "", "1-2": "", "1.2.3": "", "INF": "", "NaN": "", "0x10": "", "1_000": "", "1,5": "", "1e999": "", "£5": "",
	} {
		got, ok := appendNumber([]byte("before"), []byte(in))
		if ok != (want != "") || string(got) != "before"+want {
			t.Errorf("%q is %q (%v), want %q", in, got, ok, want)
		}
	}
}

// Whatever float comes, what is written has at most 15 digits and is as near as
// 15 digits can be.
func TestFloats(t *testing.T) {
	for _, f := range []float64{0.1, 1.0 / 3, 2.0 / 3, 1e15, 123456789012345678, 1e22, 5e-324, 1.5e308, 99999999999999.95, 0.1 + 0.2, -1e-5, 4.35 * 100} {
		got := string(appendFloat(nil, f))
		back, err := strconv.ParseFloat(got, 64)
		if want, _ := strconv.ParseFloat(strconv.FormatFloat(f, 'g', 15, 64), 64); err != nil || back != want {
			t.Errorf("%v is %s, which is %v", f, got, back)
		}
	}
}

// Every day that Excel knows is the day that the calendar says.
func TestSerialDays(t *testing.T) {
	zero := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	for n := 61; n <= lastSerial; n++ {
		got, ok := appendSerial(nil, float64(n), false)
		if want := zero.AddDate(0, 0, n).Format(time.DateOnly); !ok || string(got) != want {
			t.Fatalf("%d is %s, want %s", n, got, want)
		}
	}
}

func TestSerials(t *testing.T) {
	for _, c := range []struct {
		serial    float64
		epoch1904 bool
		want      string
	}{
		{1, false, "1900-01-01"},
		{59, false, "1900-02-28"},
		{60, false, "1900-02-29"}, // a day that never was
		{61, false, "1900-03-01"},
		{43861, false, "2020-01-31"},
		{43861.25, false, "2020-01-31T06:00:00"},
		{43861.999999, false, "2020-02-01"},
		{43861.0000001, false, "2020-01-31"},
		{2958465, false, "9999-12-31"},
		{2958466, false, ""},
		{0.5, false, ""},
		{0, false, ""},
		{-1, false, ""},
		{math.NaN(), false, ""},
		{1, true, "1904-01-02"},
		{42399, true, "2020-01-31"},
	} {
		got, ok := appendSerial(nil, c.serial, c.epoch1904)
		if ok != (c.want != "") || string(got) != c.want {
			t.Errorf("%v is %q, want %q", c.serial, got, c.want)
		}
	}
}

func TestDateCodes(t *testing.T) {
	for code, want := range map[string]bool{
		"dd/mm/yyyy": true, "[$-809]dd mmmm yyyy;@": true, "yyyy\\-mm\\-dd": true, "h:mm AM/PM": true, "mmm-yy": true, "mm:ss.0": true,
		`[$-F800]dddd\,\ mmmm\ dd\,\ yyyy`: true, "[Red]d/m/yy": true, "D/M/YYYY": true,
		"General": false, "GENERAL": false, "0.00": false, "#,##0.00;[Red]-#,##0.00": false, `#,##0"m"`: false, `0.0\d`: false, "@": false, "": false,
		`"day "0`: false, "[h]:mm:ss": false, "[mm]:ss": false, "0.00E+00": false, `_-"£"* #,##0.00_-`: false, "_d0": false, "[Magenta]0": false, `General" days"`: false, "[": false, `"`: false, `\`: false,
	} {
		if got := isDateCode(code); got != want {
			t.Errorf("%q: %v", code, got)
		}
	}
}
