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
// at most 15 digits: such a decimal survives a float unchanged.
func appendShort(dst, raw []byte) ([]byte, bool) {
	start := len(dst)
	i, point := 0, -1
	if len(raw) > 1 && raw[0] == '-' {
		dst, i = append(dst, '-'), 1
	}
	if len(raw)-i > 16 {
		return dst[:start], false
	}
	first := len(dst)
	for ; i < len(raw); i++ {
		c := raw[i]
		switch {
		case c >= '0' && c <= '9':
			if c != '0' || len(dst) != first+1 || dst[first] != '0' {
				dst = append(dst, c)
			} else {
				continue // a second leading zero
			}
			if len(dst) == first+2 && dst[first] == '0' && point < 0 {
				dst[first], dst = c, dst[:first+1] // 07 is 7
			}
		case c == '.' && point < 0 && len(dst) > first:
			point = len(dst)
			dst = append(dst, c)
		default:
			return dst[:start], false
		}
	}
	digits := len(dst) - first
	if point >= 0 {
		digits--
		for dst[len(dst)-1] == '0' {
			dst = dst[:len(dst)-1]
		}
		if dst[len(dst)-1] == '.' {
			dst = dst[:len(dst)-1]
		}
	}
	if digits == 0 || digits > 15 {
		return dst[:start], false
	}
	if len(dst) == first+1 && dst[first] == '0' {
		dst = append(dst[:start], '0') // -0 is 0
	}
	return dst, true
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
