package chart

import (
	"fmt"
	"strconv"

	"commonspend/schemas"
)

// Plain writes a number for programs.
func (u Unit) Plain(n int64) string {
	switch u {
	case Pounds, PerHead:
		return schemas.Amount(n).String()
	case Share, Ratio:
		return decimal(n, 6)
	}
	return strconv.FormatInt(n, 10)
}

// Exact writes a number for a table: "£1,234.50", "12.5 %", "1.25".
func (u Unit) Exact(n int64) string {
	switch u {
	case Pounds, PerHead:
		return schemas.Amount(n).Pounds()
	case Share:
		return decimal(round(n, 1000), 1) + " %"
	case Ratio:
		if magnitude(n) < 500_000 {
			return decimal(round(n, 1000), 3)
		}
		return decimal(round(n, 10_000), 2)
	}
	return commas(n)
}

// Short writes a number for a label beside a mark: "£1.2m", "£950", "12.5 %".
func (u Unit) Short(n int64) string {
	switch u {
	case Pounds:
		return money(n)
	case Count:
		return scaled(n, "")
	case PerHead:
		if n%100 == 0 || magnitude(n) >= 10_000 {
			return signed(round(n, 100), "£", commas)
		}
	}
	return u.Exact(n)
}

// money writes pence in at most four characters and a sign.
func money(pence int64) string {
	if magnitude(pence) < 100 && pence != 0 {
		return schemas.Amount(pence).Pounds()
	}
	return scaled(round(pence, 100), "£")
}

// scaled writes 1234567 as "1.2m": one decimal below 100, none above.
func scaled(n int64, sign string) string {
	for _, unit := range []struct {
		letter string
		size   uint64
	}{{"bn", 1e9}, {"m", 1e6}, {"k", 1e3}} {
		if magnitude(n) < unit.size-unit.size/20000 {
			continue
		}
		tenths := round(n, int64(unit.size/10))
		if magnitude(tenths) >= 1000 || tenths%10 == 0 {
			return signed(round(n, int64(unit.size)), sign, commas) + unit.letter
		}
		return signed(tenths, sign, func(t int64) string { return decimal(t, 1) }) + unit.letter
	}
	return signed(n, sign, commas)
}

// signed puts a minus before the unit's sign: "-£5".
func signed(n int64, sign string, write func(int64) string) string {
	if n < 0 {
		return "-" + sign + write(-n)
	}
	return sign + write(n)
}

// round divides by a positive unit, halves away from zero.
func round(n, unit int64) int64 {
	if n < 0 {
		return (n - unit/2) / unit
	}
	return (n + unit/2) / unit
}

// decimal writes n with its last places after the point: (1250, 3) is "1.250".
func decimal(n int64, places int) string {
	sign := ""
	size := magnitude(n)
	if n < 0 {
		sign = "-"
	}
	unit := uint64(1)
	for range places {
		unit *= 10
	}
	return fmt.Sprintf("%s%d.%0*d", sign, size/unit, places, size%unit)
}

func commas(n int64) string {
	digits := strconv.FormatUint(magnitude(n), 10)
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	if n < 0 {
		return "-" + digits
	}
	return digits
}

func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}
