package chart

import (
	"fmt"
	"strings"
)

// Grid shows which months are held: a row for each body, a column for each month.
type Grid struct {
	Head
	Columns []string // short names
	States  []GridState
	Rows    []GridRow
}

// GridState is one thing that a cell can be, and how it is drawn.
type GridState struct {
	State, Words string
	Draw         Draw
}

// Draw is how a cell looks; shapes differ, so that no colour is needed.
type Draw string

// The ways to draw a cell.
const (
	Full    Draw = "full"
	Hatched Draw = "hatched"
	Hollow  Draw = "hollow"
	Cross   Draw = "cross"
	Point   Draw = "point"
)

// GridRow is a body's states, one for each column; "" is outside its dates.
type GridRow struct {
	Label  string
	States []string
}

// SVG draws the key, the months and the rows. All cells of a state are one path.
func (g Grid) SVG(width int) string {
	p := begin(g.Head, width)
	g.key(p)
	left, room := 250, 20
	if width < Wide {
		left = 0
	}
	step := (width - left) / max(1, len(g.Columns))
	p.y += 20
	for i, name := range g.Columns {
		p.text((left+i*step+step/2)*px, (p.y-4)*px, "c-number", "middle", fitMonth(name, step))
	}
	var paths [5]strings.Builder
	for _, row := range g.Rows {
		if left == 0 {
			p.y += textSize + 6
			p.text(0, (p.y-3)*px, "c-label", "", fit(row.Label, width))
		} else {
			p.text((left-10)*px, (p.y+15)*px, "c-label", "end", fit(row.Label, left-10))
		}
		for i, state := range row.States {
			if at := g.state(state); at >= 0 {
				paths[at].WriteString(g.States[at].Draw.cell((left+i*step+2)*px, (p.y+2)*px, (step-4)*px, (room-4)*px))
			}
		}
		p.y += room + 2
	}
	for i, s := range g.States {
		if paths[i].Len() > 0 {
			fmt.Fprintf(&p.out, `<path %s d="%s"/>`, s.Draw.attr(p), paths[i].String())
		}
	}
	p.y += 4
	return p.end(2)
}

// fitMonth cuts a month's name to a letter where a column is narrow.
func fitMonth(name string, step int) string {
	if step < 34 && name != "" {
		return name[:1]
	}
	return name
}

func (g Grid) state(state string) int {
	for i, s := range g.States {
		if s.State == state {
			return i
		}
	}
	return -1
}

func (g Grid) key(p *pen) {
	x := 0
	p.y += 6
	for _, s := range g.States {
		wide := 30 + len([]rune(s.Words))*textSize*56/100
		if x > 0 && x+wide > p.width {
			x = 0
			p.y += 24
		}
		fmt.Fprintf(&p.out, `<path %s d="%s"/>`, s.Draw.attr(p), s.Draw.cell(x*px, p.y*px, 20*px, 14*px))
		p.text((x+26)*px, (p.y+12)*px, "c-number", "", s.Words)
		x += wide + 14
	}
	p.y += 24
}

func (d Draw) attr(p *pen) string {
	switch d {
	case Full:
		return `class="c-full"`
	case Hatched:
		return `class="c-key" fill="url(#` + p.pattern(2) + `)"`
	case Hollow:
		return `class="c-hollow"`
	}
	return `class="c-cross"`
}

// cell is the outline of a cell as a path's data.
func (d Draw) cell(x, y, w, h int) string {
	switch d {
	case Full: // a line as thick as the cell is high: few bytes, as most cells are so
		return fmt.Sprintf("M%s %sh%s", tenth(x), tenth(y+h/2), tenth(w))
	case Cross:
		m := w/2 - h/2
		return fmt.Sprintf("M%s %sl%s %sm%s 0l%s %s", tenth(x+m), tenth(y), tenth(h), tenth(h), tenth(-h), tenth(h), tenth(-h))
	case Point:
		return fmt.Sprintf("M%s %sh%s", tenth(x+w/2-2*px), tenth(y+h/2), tenth(4*px))
	}
	return fmt.Sprintf("M%s %sh%sv%sh%sz", tenth(x), tenth(y), tenth(w), tenth(h), tenth(-w))
}

// Table gives the same states in words.
func (g Grid) Table() Table {
	t := newTable(g.Head, append([]string{"Body"}, g.Columns...)...)
	for i := range t.Numbers {
		t.Numbers[i] = false
	}
	for _, row := range g.Rows {
		shown, plain := []string{row.Label}, []string{row.Label}
		for _, state := range row.States {
			words := ""
			if at := g.state(state); at >= 0 {
				words = g.States[at].Words
			}
			shown, plain = append(shown, words), append(plain, state)
		}
		t.Rows, t.plain = append(t.Rows, shown), append(t.plain, plain)
	}
	return t
}
