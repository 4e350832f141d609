package chart

import "fmt"

// Spark is a line the height of text, for a row of a table: its numbers stand in
// the page beside it. nil is a gap.
type Spark struct {
	Head
	Unit   Unit
	Labels []string
	Values []*int64
}

// SVG draws the line and its last point; the width is that of a cell.
func (s Spark) SVG(width int) string {
	p := &pen{head: s.Head, width: width, y: 28}
	p.head.ID = fmt.Sprintf("%s-%d", s.ID, width)
	low, high := int64(0), int64(1)
	for _, n := range s.Values {
		if n != nil {
			low, high = min(low, *n), max(high, *n)
		}
	}
	y := scale{low: low, high: high, from: 23 * px, to: 5 * px}
	x := func(i int) int { return 5*px + (width-10)*px*i/max(1, len(s.Values)-1) }
	p.line("c-grid", 0, y.at(0), width*px, y.at(0))
	d, joined, last := "", false, -1
	for i, n := range s.Values {
		if n == nil {
			joined = false
			continue
		}
		letter := "M"
		if joined {
			letter = "L"
		}
		d += fmt.Sprintf("%s%s %s", letter, tenth(x(i)), tenth(y.at(*n)))
		joined, last = true, i
	}
	if last >= 0 {
		fmt.Fprintf(&p.out, `<path class="c-line" d="%s"/>`, d)
		p.dot(`class="m3 c-key"`, x(last), y.at(*s.Values[last]), 4*px)
	}
	return p.end()
}

// Table gives the same numbers.
func (s Spark) Table() Table {
	t := newTable(s.Head, "Period", s.Subtitle)
	for i, label := range s.Labels {
		t.add(label, s.Unit, "none", s.Values[i])
	}
	return t
}
