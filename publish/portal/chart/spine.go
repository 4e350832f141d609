package chart

// Spine sets one body beside its peers on several measures, a row for each, each
// row on its own scale from the lowest peer to the highest.
type Spine struct {
	Head
	Name string // of the body
	Rows []SpineRow
}

// SpineRow is one measure. Here is nil where it is withheld, and Why says why.
// The others are of the peers.
type SpineRow struct {
	Label                   string
	Unit                    Unit
	Here                    *int64
	Why                     string
	Low, P25, P50, P75, Top int64
}

// SVG draws the rows: all peers as a pale bar, their middle half as a dark one,
// the median as a line, the body as a diamond.
func (s Spine) SVG(width int) string {
	p := begin(s.Head, width)
	s.key(p)
	for _, row := range s.Rows {
		s.row(p, row)
	}
	return p.end(2)
}

func (s Spine) key(p *pen) {
	p.y += 8
	p.rect(`class="c-range c-key"`, 0, p.y*px, 18*px, 12*px)
	p.text(24*px, (p.y+12)*px, "c-number", "", "all peers")
	p.rect(p.fill(2), 92*px, p.y*px, 18*px, 12*px)
	p.text(116*px, (p.y+12)*px, "c-number", "", "middle half")
	p.line("c-median", 202*px, (p.y-2)*px, 202*px, (p.y+14)*px)
	p.text(208*px, (p.y+12)*px, "c-number", "", "median")
	x, y := 284*px, (p.y+6)*px
	if p.width < Wide {
		p.y += 24
		x, y = 8*px, (p.y+6)*px
	}
	p.diamond(x, y, 7*px)
	p.text(x+12*px, y+6*px, "c-number", "", fit(s.Name, p.width-x/px-14))
	p.y += 26
}

func (s Spine) row(p *pen, row SpineRow) {
	p.y += textSize + 8
	title := row.Label
	if row.Here != nil {
		title += ": " + row.Unit.Short(*row.Here)
	}
	p.text(0, (p.y-4)*px, "c-label c-here", "", fit(title, p.width))
	if row.Here == nil {
		for _, line := range wrap("Withheld: "+row.Why, p.width*100/(textSize*54)) {
			p.y += textSize + 4
			p.text(0, (p.y-2)*px, "c-note", "", line)
		}
		p.y += 8
		return
	}
	low, high := min(row.Low, *row.Here), max(row.Top, *row.Here)
	axis := scale{low: low, high: high, from: 8 * px, to: (p.width - 8) * px}
	y := (p.y + 4) * px
	p.rect(`class="c-range c-key"`, axis.at(row.Low), y, max(axis.at(row.Top)-axis.at(row.Low), px), 16*px)
	p.rect(p.fill(2), axis.at(row.P25), y, max(axis.at(row.P75)-axis.at(row.P25), px), 16*px)
	p.line("c-median", axis.at(row.P50), y-3*px, axis.at(row.P50), y+19*px)
	p.diamond(axis.at(*row.Here), y+8*px, 9*px)
	p.text(axis.from-8*px, y+34*px, "c-number", "", row.Unit.Short(low))
	p.label(axis.at(row.P50), y+34*px, "c-number", s.between(row, axis))
	p.text(axis.to+8*px, y+34*px, "c-number", "end", row.Unit.Short(high))
	p.y += 46
}

// between names the median, unless it would cover the ends' numbers.
func (s Spine) between(row SpineRow, axis scale) string {
	if at := axis.at(row.P50); at < axis.from+115*px || at > axis.to-115*px {
		return ""
	}
	return "median " + row.Unit.Short(row.P50)
}

// Table gives the same numbers.
func (s Spine) Table() Table {
	t := newTable(s.Head, "Measure", s.Name, "Lowest peer", "Quarter below", "Median", "Quarter above", "Highest peer")
	for _, r := range s.Rows {
		if r.Here == nil {
			t.add(r.Label, r.Unit, "withheld: "+r.Why, nil, nil, nil, nil, nil, nil)
			continue
		}
		t.add(r.Label, r.Unit, "", r.Here, &r.Low, &r.P25, &r.P50, &r.P75, &r.Top)
	}
	return t
}
