package comparison

import (
	"testing"

	"commonspend/compare/indicator"
)

// TestTextOfValues writes values as people read them: what rounds to nought has
// no sign.
func TestTextOfValues(t *testing.T) {
	for _, c := range []struct {
		unit        indicator.Unit
		value, want string
	}{
		{indicator.Share, "0.123456", "12.3 %"},
		{indicator.Share, "-0.0001", "0.0 %"},
		{indicator.Share, "-0.0006", "−0.1 %"},
		{indicator.Share, "0.0004", "0.0 %"},
		{indicator.Share, "-0.25", "−25.0 %"},
		{indicator.Change, "-0.000001", "0.0 %"},
		{indicator.Change, "0.000001", "0.0 %"},
		{indicator.Change, "0.1", "+10.0 %"},
		{indicator.Change, "-0.1", "−10.0 %"},
		{indicator.Fraction, "-0.0004", "0.000"},
		{indicator.Fraction, "0.5466", "0.547"},
		{indicator.Pence, "-0.4", "£0"},
		{indicator.Pence, "-123456", "−£1,235"},
		{indicator.Count, "1234", "1,234"},
	} {
		m := Measured{About: indicator.Indicator{Unit: c.unit}}
		value := Decimal(c.value)
		if got := m.Text(&value); got != c.want {
			t.Errorf("%s %s is written %q, want %q", c.unit, c.value, got, c.want)
		}
	}
}
