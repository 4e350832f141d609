package portal

import (
	"fmt"
	"strconv"

	"commonspend/publish/filter"
	"commonspend/schemas"
)

// cpv is the tree of categories: the Common Procurement Vocabulary of 2008, by
// code without its check digit, as a number.
type cpv struct {
	titles   map[int64]string
	checks   map[int64]string
	children map[int64][]int64  // 0 has the divisions
	codes    []int64            // in order
	words    map[int64][]string // of the titles, folded
}

// Category is a node of the tree.
type Category struct {
	Code  string `json:"cpv"` // with its check digit: 72000000-5; "" for what is not categorised
	Title string `json:"title"`
	URL   string `json:"url"`
}

func loadCPV() (*cpv, error) {
	lines, err := schemas.Codelist("cpv")
	if err != nil {
		return nil, err
	}
	c := &cpv{titles: map[int64]string{}, checks: map[int64]string{}, children: map[int64][]int64{}, words: map[int64][]string{}}
	for _, line := range lines {
		code, err := strconv.ParseInt(line["code"], 10, 64)
		if err != nil {
			return nil, fmt.Errorf("code list cpv: %w", err)
		}
		c.titles[code], c.checks[code] = line["title"], line["check"]
		c.words[code] = folded(line["title"])
		c.codes = append(c.codes, code)
	}
	for _, code := range c.codes {
		parent := c.parent(code)
		c.children[parent] = append(c.children[parent], code)
	}
	return c, nil
}

// digits is how many of a code's eight digits say something: two for a division.
func digits(code int64) int {
	n := 8
	for ; n > 2 && code%10 == 0; n-- {
		code /= 10
	}
	return n
}

// span is the codes at and below a node, from first to last.
func span(code int64) (first, last int64) { return code, code + unit(digits(code)) - 1 }

// unit is the value of the last digit that says something.
func unit(digits int) int64 {
	n := int64(1)
	for range 8 - digits {
		n *= 10
	}
	return n
}

// parent is the node above, 0 above a division. Some levels are left out.
func (c *cpv) parent(code int64) int64 {
	for n := digits(code) - 1; n >= 2; n-- {
		if up := code / unit(n) * unit(n); c.titles[up] != "" {
			return up
		}
	}
	return 0
}

// node describes a code.
func (c *cpv) node(code int64) Category {
	if c.titles[code] == "" {
		return Category{Title: "Not categorised"}
	}
	name := fmt.Sprintf("%08d-%s", code, c.checks[code])
	return Category{Code: name, Title: c.titles[code], URL: "/categories/" + name}
}

// read reads a code from an address, with or without its check digit.
func (c *cpv) read(text string) (int64, bool) {
	if len(text) != 8 && (len(text) != 10 || text[8] != '-') {
		return 0, false
	}
	code, err := strconv.ParseUint(text[:8], 10, 32)
	if err != nil || c.titles[int64(code)] == "" || len(text) == 10 && text[9:] != c.checks[int64(code)] {
		return 0, false
	}
	return int64(code), true
}

// told names the branch that an address asks for, by a code or its first digits.
func (c *cpv) told(code string) string {
	if code == "none" {
		return c.node(0).Title
	}
	digits := filter.Branch(code)
	if n, err := strconv.ParseInt((digits + "00000000")[:8], 10, 64); err == nil && c.titles[n] != "" {
		return c.titles[n]
	}
	return "category " + code
}

// above lists a node's way from the top, without the node itself.
func (c *cpv) above(code int64) (way []link) {
	for up := c.parent(code); up != 0; up = c.parent(up) {
		way = append([]link{{c.titles[up], c.node(up).URL}}, way...)
	}
	return way
}
