package chart

import (
	"fmt"
	"slices"
)

// Strip shows where a body stands among others on one measure: a mark for each
// other body, the median, and the body itself.
type Strip struct {
	Head
	Unit   Unit
	Bodies []StripBody
	Median *int64 // of the others; nil for the lower middle one
}

// StripBody is a body on the strip.
type StripBody struct {
	Name  string
	Value int64
	Here  bool
}

// SVG draws the marks over an axis; the body and the median are named.
func (s Strip) SVG(width int) string {
	p := begin(s.Head, width)
	values := s.values()
	if len(values) == 0 {
		p.y += 20
		p.text(0, (p.y-4)*px, "c-note", "", "No value can be shown.")
		return p.end()
	}
	steps := int64(6)
	if width < Wide {
		steps = 3
	}
	at := ticks(values[0], values[len(values)-1], steps)
	axis := scale{low: at[0], high: at[len(at)-1], from: 30 * px, to: (width - 40) * px}
	line := (p.y + 64) * px
	p.axis(axis, at, s.Unit, line+24*px)
	marks := "" // one path: a kind may have hundreds of bodies
	for _, b := range s.Bodies {
		if !b.Here {
			marks += fmt.Sprintf("M%s %sv%s", tenth(axis.at(b.Value)), tenth(line-14*px), tenth(28*px))
		}
	}
	if marks != "" {
		fmt.Fprintf(&p.out, `<path class="c-tick" d="%s"/>`, marks)
	}
	s.median(p, axis, values, line)
	s.here(p, axis, line)
	p.y += 120
	return p.end()
}

func (s Strip) values() (sorted []int64) {
	for _, b := range s.Bodies {
		sorted = append(sorted, b.Value)
	}
	slices.Sort(sorted)
	return sorted
}

// median stands among the others, without the body itself.
func (s Strip) median(p *pen, axis scale, values []int64, line int) {
	middle, ok := s.middle()
	if !ok {
		return
	}
	x := axis.at(middle)
	p.line("c-median", x, line-22*px, x, line+22*px)
	p.label(x, line-28*px, "c-label", "Median "+s.Unit.Short(middle))
}

// middle is the median that is given, else the lower middle value of the other bodies.
func (s Strip) middle() (int64, bool) {
	if s.Median != nil {
		return *s.Median, true
	}
	var others []int64
	for _, b := range s.Bodies {
		if !b.Here {
			others = append(others, b.Value)
		}
	}
	slices.Sort(others)
	if len(others) == 0 {
		return 0, false
	}
	return others[(len(others)-1)/2], true
}

func (s Strip) here(p *pen, axis scale, line int) {
	for _, b := range s.Bodies {
		if b.Here {
			p.diamond(axis.at(b.Value), line, 9*px)
			p.label(axis.at(b.Value), line-48*px, "c-label c-here", fit(b.Name, p.width-100)+" "+s.Unit.Short(b.Value))
		}
	}
}

// label writes centred at x, or from the chart's edge where that would be cut.
func (p *pen) label(x, y int, class, text string) {
	half := len([]rune(text)) * textSize * 28 / 100 * px
	switch {
	case x < half:
		p.text(0, y, class, "", text)
	case x+half > p.width*px:
		p.text(p.width*px, y, class, "end", text)
	default:
		p.text(x, y, class, "middle", text)
	}
}

// axis draws a line with its numbers below.
func (p *pen) axis(s scale, at []int64, unit Unit, y int) {
	p.line("c-axis", s.from, y, s.to, y)
	for _, n := range at {
		p.line("c-axis", s.at(n), y, s.at(n), y+5*px)
		p.text(s.at(n), y+20*px, "c-number", "middle", unit.Short(n))
	}
}

// Table gives the same numbers, the largest first.
func (s Strip) Table() Table {
	t := newTable(s.Head, "Body", s.Subtitle)
	sorted := slices.Clone(s.Bodies)
	slices.SortStableFunc(sorted, func(a, b StripBody) int {
		switch {
		case a.Value > b.Value:
			return -1
		case a.Value < b.Value:
			return 1
		}
		return 0
	})
	for _, b := range sorted {
		t.add(b.Name, s.Unit, "", &b.Value)
	}
	return t
}
