package main

import (
	"math"
	"strconv"
	"strings"
	"time"

	"commonspend/schemas"
)

func (c *configCheck) duration(written placed) time.Duration {
	if written.text == "" {
		return 0
	}
	d, err := time.ParseDuration(written.text)
	if err != nil || d < 0 {
		c.fail(written, "%s %q is not a length of time: write it as 500ms, 1s or 10m", written.key, written.text)
	}
	return d
}

func (c *configCheck) truth(written placed) bool {
	switch written.text {
	case "", "false":
		return false
	case "true":
		return true
	}
	c.fail(written, "%s %q is neither true nor false", written.key, written.text)
	return false
}

func (c *configCheck) count(written placed) int {
	if written.text == "" {
		return 0
	}
	n, err := strconv.ParseInt(withoutMarks(written.text), 10, 32)
	if err != nil || n <= 0 {
		c.fail(written, "%s %q is not a number from 1 to %d", written.key, written.text, math.MaxInt32)
	}
	return int(n)
}

// size reads "1 GB", "512 MiB" or a number of bytes: at least 1, under 1 TB.
func (c *configCheck) size(written placed) int64 {
	if written.text == "" {
		return 0
	}
	text := strings.ToLower(strings.ReplaceAll(withoutMarks(written.text), " ", ""))
	number := strings.TrimRight(text, "abcdefghijklmnopqrstuvwxyz")
	unit, known := map[string]int64{"": 1, "b": 1, "bytes": 1,
		"kb": 1e3, "mb": 1e6, "gb": 1e9, "kib": 1 << 10, "mib": 1 << 20, "gib": 1 << 30}[text[len(number):]]
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil || !known || n <= 0 || n >= 1e12/unit {
		c.fail(written, "%s %q is not a size: write it as 500 MB or 1 GiB, under 1000 GB", written.key, written.text)
		return 0
	}
	return n * unit
}

// pounds reads "500", "25,000", "£30,000.50" as an amount. It is read as text,
// so that no penny passes through a float.
func (c *configCheck) pounds(written placed) schemas.Amount {
	if written.text == "" {
		return 0
	}
	whole, pence, point := strings.Cut(withoutMarks(strings.TrimPrefix(written.text, "£")), ".")
	if !point {
		pence = "00"
	} else if len(pence) == 1 {
		pence += "0"
	}
	n, err := strconv.ParseUint(whole+pence, 10, 50)
	if err != nil || len(pence) != 2 || whole == "" {
		c.fail(written, "%s %q is not an amount in pounds: write it as 500 or 25000", written.key, written.text)
	}
	return schemas.Amount(n)
}

// withoutMarks drops the commas and underscores that group digits.
func withoutMarks(text string) string {
	return strings.NewReplacer(",", "", "_", "").Replace(text)
}
