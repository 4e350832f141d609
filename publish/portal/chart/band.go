package chart

import (
	"fmt"
	"strings"
)

// Band shows a body over time against the spread of its peers.
type Band struct {
	Head
	Unit   Unit
	Name   string // of the body
	Points []BandPoint
}

// BandPoint is one period. Here is nil where the body's number is withheld; the
// tenths and quarters are of the peers, nil together where they are.
type BandPoint struct {
	Label                      string
	Why                        string
	Here                       *int64
	P10, P25, Median, P75, P90 *int64
}

// SVG draws the peers' tenths and quarters as bands, their median as a broken
// line, and the body as a line with its points. A gap stays a gap.
func (b Band) SVG(width int) string {
	p := begin(b.Head, width)
	low, high := b.ends()
	steps := int64(5)
	at := ticks(low, high, steps)
	const tall = 220
	y := scale{low: at[0], high: at[len(at)-1], from: (p.y + tall) * px, to: (p.y + 10) * px}
	left, right := 56*px, (width-112)*px
	if width < Wide {
		right = (width - 72) * px
	}
	for _, n := range at {
		p.line("c-grid", left, y.at(n), right, y.at(n))
		p.text(left-6*px, y.at(n)+5*px, "c-number", "end", b.Unit.Short(n))
	}
	x := func(i int) int { return left + (right-left)*(2*i+1)/(2*max(1, len(b.Points))) }
	b.area(p, x, y, `class="c-range"`, func(pt BandPoint) (*int64, *int64) { return pt.P10, pt.P90 })
	b.area(p, x, y, `fill="url(#`+p.pattern(2)+`)"`, func(pt BandPoint) (*int64, *int64) { return pt.P25, pt.P75 })
	b.path(p, x, y, "c-median", func(pt BandPoint) *int64 { return pt.Median })
	b.path(p, x, y, "c-line", func(pt BandPoint) *int64 { return pt.Here })
	b.names(p, x, y, right)
	p.y += tall
	b.periods(p, x)
	return p.end(2)
}

func (b Band) ends() (low, high int64) {
	for _, pt := range b.Points {
		for _, n := range []*int64{pt.Here, pt.P10, pt.Median, pt.P90} {
			if n != nil {
				low, high = min(low, *n), max(high, *n)
			}
		}
	}
	return low, high
}

// area fills between two lines, a stretch without gaps at a time.
func (b Band) area(p *pen, x func(int) int, y scale, attr string, of func(BandPoint) (*int64, *int64)) {
	for from := 0; from < len(b.Points); from++ {
		up, down := "", ""
		to := from
		for ; to < len(b.Points); to++ {
			low, high := of(b.Points[to])
			if low == nil || high == nil {
				break
			}
			up += fmt.Sprintf("L%s %s", tenth(x(to)), tenth(y.at(*high)))
			down = fmt.Sprintf("L%s %s", tenth(x(to)), tenth(y.at(*low))) + down
		}
		if to == from+1 { // a period alone, as wide as its mark
			low, high := of(b.Points[from])
			left, right := tenth(x(from)-lone), tenth(x(from)+lone)
			up = fmt.Sprintf("L%s %sL%s %s", left, tenth(y.at(*high)), right, tenth(y.at(*high)))
			down = fmt.Sprintf("L%s %sL%s %s", right, tenth(y.at(*low)), left, tenth(y.at(*low)))
		}
		if to > from {
			fmt.Fprintf(&p.out, `<path %s d="M%sZ"/>`, attr, strings.TrimPrefix(up+down, "L"))
		}
		from = to
	}
}

// lone is half the width in which a period between gaps is drawn.
const lone = 10 * px

// path joins neighbouring points; those of the body are marked too.
func (b Band) path(p *pen, x func(int) int, y scale, class string, of func(BandPoint) *int64) {
	d, joined := "", false
	for i, pt := range b.Points {
		n := of(pt)
		if n == nil {
			joined = false
			continue
		}
		letter := "M"
		if joined {
			letter = "L"
		}
		if !joined && class == "c-median" && (i+1 == len(b.Points) || of(b.Points[i+1]) == nil) {
			d += fmt.Sprintf("M%s %sh%s", tenth(x(i)-lone), tenth(y.at(*n)), tenth(2*lone))
			continue
		}
		d += fmt.Sprintf("%s%s %s", letter, tenth(x(i)), tenth(y.at(*n)))
		joined = true
	}
	if d != "" {
		fmt.Fprintf(&p.out, `<path class="%s" d="%s"/>`, class, d)
	}
	for i, pt := range b.Points {
		if n := of(pt); n != nil && class == "c-line" {
			p.diamond(x(i), y.at(*n), 6*px)
		}
	}
}

// names labels the lines at their last points, apart by at least a line of text.
func (b Band) names(p *pen, x func(int) int, y scale, right int) {
	last := -1
	for i, pt := range b.Points {
		if pt.Here != nil || pt.Median != nil {
			last = i
		}
	}
	if last < 0 {
		return
	}
	pt := b.Points[last]
	at := right + 4*px
	if pt.Here == nil {
		p.text(at, y.at(*pt.Median)+5*px, "c-number", "", "median")
		return
	}
	here := y.at(*pt.Here) + 5*px
	p.text(at, here, "c-label c-here", "", b.Unit.Short(*pt.Here))
	if pt.Median == nil {
		return
	}
	middle := y.at(*pt.Median) + 5*px
	switch gap := 17 * px; {
	case middle >= here && middle-here < gap:
		middle = here + gap
	case middle < here && here-middle < gap:
		middle = here - gap
	}
	p.text(at, middle, "c-number", "", "median")
}

// periods names every period that there is room for.
func (b Band) periods(p *pen, x func(int) int) {
	every := 1
	if len(b.Points) > 1 {
		every = 1 + 62*px/max(1, x(1)-x(0))
	}
	for i, pt := range b.Points {
		if (len(b.Points)-1-i)%every == 0 {
			p.text(x(i), (p.y+20)*px, "c-number", "middle", pt.Label)
		}
	}
	p.y += 28
}

// Table gives the same numbers, and why one is withheld.
func (b Band) Table() Table {
	t := newTable(b.Head, "Period", b.Name, "A tenth below", "A quarter below", "Median of peers", "A quarter above", "A tenth above", "Why withheld")
	t.Numbers[7] = false
	for i, pt := range b.Points {
		t.add(pt.Label, b.Unit, "withheld", pt.Here, pt.P10, pt.P25, pt.Median, pt.P75, pt.P90)
		t.Rows[i], t.plain[i] = append(t.Rows[i], pt.Why), append(t.plain[i], pt.Why)
	}
	return t
}
