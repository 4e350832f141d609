package chart

import "unicode/utf8"

// Bars compares a few amounts by length from zero. Credits go to the left.
type Bars struct {
	Head
	Unit   Unit
	Labels [2]string // what the table's two columns are
	Rows   []Bar
}

// Bar is one of them. Value is nil where it is withheld, and Why says why. Here
// marks the one that the page is about.
type Bar struct {
	Label string
	Value *int64
	Why   string
	Here  bool
}

// SVG draws the bars, with labels beside them, or above where it is narrow.
func (b Bars) SVG(width int) string {
	p := begin(b.Head, width)
	label := 0
	if width >= Wide {
		label = b.column()
	}
	low, high := b.ends()
	s := scale{low: low, high: high, from: label * px, to: (width - 90) * px}
	if low < 0 {
		s.from += 70 * px
	}
	for _, row := range b.Rows {
		b.row(p, s, row, label)
	}
	p.y += 2
	return p.end(3)
}

// column is the room that the labels want, within reason.
func (b Bars) column() int {
	longest := 0
	for _, row := range b.Rows {
		longest = max(longest, utf8.RuneCountInString(row.Label))
	}
	return min(300, max(60, longest*textSize*56/100+18))
}

func (b Bars) ends() (low, high int64) {
	for _, row := range b.Rows {
		if row.Value != nil {
			low, high = min(low, *row.Value), max(high, *row.Value)
		}
	}
	return low, max(high, low+1)
}

func (b Bars) row(p *pen, s scale, row Bar, label int) {
	const thick = 20
	class := "c-label"
	if row.Here {
		class = "c-label c-here"
	}
	if label == 0 {
		p.y += textSize + 4
		p.text(0, (p.y-4)*px, class, "", fit(row.Label, p.width))
	} else {
		p.y += 4
		p.text((label-10)*px, (p.y+15)*px, class, "end", fit(row.Label, label-10))
	}
	middle := (p.y + 15) * px
	if row.Value == nil {
		p.text(s.at(0)+6*px, middle, "c-note", "", fit(row.Why, p.width-label-6))
	} else {
		b.bar(p, s, row, p.y*px, thick*px)
		at, anchor := s.at(*row.Value)+6*px, ""
		if *row.Value < 0 {
			at, anchor = s.at(*row.Value)-6*px, "end"
		}
		p.text(at, middle, "c-value", anchor, b.Unit.Short(*row.Value))
	}
	p.line("c-axis", s.at(0), (p.y-2)*px, s.at(0), (p.y+thick+2)*px)
	p.y += thick + 4
}

func (b Bars) bar(p *pen, s scale, row Bar, y, thick int) {
	attr := p.fill(1)
	if row.Here {
		attr = p.fill(3)
	}
	from, to := s.at(0), s.at(*row.Value)
	if to < from {
		from, to = to, from
	}
	p.rect(attr, from, y, max(to-from, px), thick)
}

// Table gives the same numbers.
func (b Bars) Table() Table {
	t := newTable(b.Head, b.Labels[0], b.Labels[1])
	for _, row := range b.Rows {
		t.add(row.Label, b.Unit, row.Why, row.Value)
	}
	return t
}
