package ingest

import (
	"bytes"
	"math"
	"strconv"
)

// appendNumber appends a workbook's number in plain decimals of at most 15
// significant digits: 1234.5600000000001 is 1234.56, 1.5E3 is 1500. It says
// false when raw is not a number.
func appendNumber(dst, raw []byte) ([]byte, bool) {
	if short, ok := appendShort(dst, raw); ok {
		return short, true
	}
	f, ok := parseFloat(raw)
	if !ok {
		return dst, false
	}
	return appendFloat(dst, f), true
}

// appendShort takes the usual case, digits with perhaps a sign and a point, of
// at most 15 digits: such a decimal survives a float unchanged. Zeros that say
// nothing go: -0.50 is -0.5, -0 is 0.
func appendShort(dst, raw []byte) ([]byte, bool) {
	minus := len(raw) > 0 && raw[0] == '-'
	if minus {
		raw = raw[1:]
	}
	whole, fraction, _ := bytes.Cut(raw, []byte{'.'})
	if len(whole) == 0 || len(whole)+len(fraction) > 15 || !allDigits(whole) || !allDigits(fraction) {
		return dst, false
	}
	whole, fraction = bytes.TrimLeft(whole, "0"), bytes.TrimRight(fraction, "0")
	if minus && len(whole)+len(fraction) > 0 {
		dst = append(dst, '-')
	}
	if len(whole) == 0 {
		dst = append(dst, '0')
	}
	dst = append(dst, whole...)
	if len(fraction) > 0 {
		dst = append(append(dst, '.'), fraction...)
	}
	return dst, true
}

func allDigits(b []byte) bool {
	for _, c := range b {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// parseFloat reads a decimal with an optional exponent and nothing else: no
// infinities, no hexadecimal.
func parseFloat(raw []byte) (float64, bool) {
	raw = bytes.TrimSpace(raw)
	for _, c := range raw {
		if (c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E' {
			return 0, false
		}
	}
	f, err := strconv.ParseFloat(string(raw), 64)
	return f, err == nil
}

// appendFloat appends f in plain decimals, rounded to 15 significant digits.
func appendFloat(dst []byte, f float64) []byte {
	if f == math.Trunc(f) && math.Abs(f) < 1e15 {
		return strconv.AppendInt(dst, int64(f), 10)
	}
	var room [32]byte
	e := strconv.AppendFloat(room[:0], f, 'e', 14, 64) // -1.23450000000000e+02
	if e[0] == '-' {
		dst, e = append(dst, '-'), e[1:]
	}
	mark := bytes.IndexByte(e, 'e')
	if mark < 0 {
		return append(dst, e...) // NaN and the infinities, which no caller passes
	}
	exp, _ := strconv.Atoi(string(e[mark+1:]))
	digits := append(e[:1], e[2:mark]...)
	digits = bytes.TrimRight(digits, "0")
	return appendPlaced(dst, digits, exp+1)
}

// appendPlaced appends digits with the point after the first point of them:
// (12345, 3) is 123.45, (5, -1) is 0.05, (5, 3) is 500.
func appendPlaced(dst, digits []byte, point int) []byte {
	if point <= 0 {
		dst = append(dst, "0."...)
		for ; point < 0; point++ {
			dst = append(dst, '0')
		}
		return append(dst, digits...)
	}
	if point >= len(digits) {
		dst = append(dst, digits...)
		for n := point - len(digits); n > 0; n-- {
			dst = append(dst, '0')
		}
		return dst
	}
	dst = append(dst, digits[:point]...)
	dst = append(dst, '.')
	return append(dst, digits[point:]...)
}
