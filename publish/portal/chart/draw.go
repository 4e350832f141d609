package chart

import (
	"fmt"
	"math/bits"
	"strings"
	"unicode/utf8"
)

// Places are in tenths of a pixel, so that the bytes do not hang on floats.
const px = 10

// Sizes of text in pixels, as the page's sheet has them by class.
const (
	titleSize = 19
	textSize  = 15
	lineGap   = 6
)

// pen writes the parts of one SVG; y is where the next part begins.
type pen struct {
	head  Head
	width int // pixels
	y     int // pixels
	out   strings.Builder
}

// begin writes the title and the subtitle, broken into lines that fit.
func begin(h Head, width int) *pen {
	h.ID = fmt.Sprintf("%s-%d", h.ID, width)
	p := &pen{head: h, width: width}
	p.lines("c-title", titleSize*boldWidth, h.Title)
	p.lines("c-sub", textSize*plainWidth, h.Subtitle)
	p.y += 10
	return p
}

// Widths of a letter, in hundredths of its size: those of a wide system font.
const (
	plainWidth = 54
	boldWidth  = 66
)

// lines writes text in as many lines as it needs; letter is the width of one in
// hundredths of a pixel.
func (p *pen) lines(class string, letter int, text string) {
	size := textSize
	if class == "c-title" {
		size = titleSize
	}
	for _, line := range wrap(text, p.width*100/letter) {
		p.y += size + lineGap
		p.text(0, (p.y-lineGap)*px, class, "", line)
	}
}

// end wraps what was drawn in its frame.
func (p *pen) end(marks ...int) string {
	var out strings.Builder
	fmt.Fprintf(&out, `<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-labelledby="%s-t %s-d">`,
		p.width, p.y, p.width, p.y, p.head.ID, p.head.ID)
	fmt.Fprintf(&out, `<title id="%s-t">%s</title><desc id="%s-d">%s</desc>`, p.head.ID, escape(p.head.Title), p.head.ID, escape(p.head.Desc))
	if len(marks) > 0 {
		out.WriteString("<defs>")
		for _, m := range marks {
			fmt.Fprintf(&out, `<pattern id="%s" width="8" height="8" patternUnits="userSpaceOnUse"%s><rect class="m%d" width="8" height="8"/><path class="c-hatch" d="%s"/></pattern>`,
				p.pattern(m), [5]string{2: ` patternTransform="rotate(45)"`, 4: ` patternTransform="rotate(-45)"`}[m], m, [5]string{2: "M0 0V8", 3: "M0 4H8M4 0V8", 4: "M0 0V8"}[m])
		}
		out.WriteString("</defs>")
	}
	return out.String() + p.out.String() + "</svg>"
}

func (p *pen) pattern(mark int) string { return fmt.Sprintf("%s-p%d", p.head.ID, mark) }

// fill is the attribute that colours a mark: the first is plain, the others are
// hatched too, so that they are told apart without colour.
func (p *pen) fill(mark int) string {
	if mark == 1 {
		return `class="m1 c-key"`
	}
	return fmt.Sprintf(`class="c-key" fill="url(#%s)"`, p.pattern(mark))
}

// text writes at a place in tenths of a pixel; anchor is "", "middle" or "end".
func (p *pen) text(x, y int, class, anchor, text string) {
	if anchor != "" {
		anchor = ` text-anchor="` + anchor + `"`
	}
	fmt.Fprintf(&p.out, `<text x="%s" y="%s" class="%s"%s>%s</text>`, tenth(x), tenth(y), class, anchor, escape(text))
}

func (p *pen) line(class string, x1, y1, x2, y2 int) {
	fmt.Fprintf(&p.out, `<path class="%s" d="M%s %sL%s %s"/>`, class, tenth(x1), tenth(y1), tenth(x2), tenth(y2))
}

func (p *pen) rect(attr string, x, y, w, h int) {
	fmt.Fprintf(&p.out, `<rect %s x="%s" y="%s" width="%s" height="%s"/>`, attr, tenth(x), tenth(y), tenth(w), tenth(h))
}

func (p *pen) dot(attr string, x, y, r int) {
	fmt.Fprintf(&p.out, `<circle %s cx="%s" cy="%s" r="%s"/>`, attr, tenth(x), tenth(y), tenth(r))
}

// diamond marks the body that the chart is about.
func (p *pen) diamond(x, y, r int) {
	fmt.Fprintf(&p.out, `<path class="m3 c-key" d="M%s %sL%s %sL%s %sL%s %sZ"/>`,
		tenth(x), tenth(y-r), tenth(x+r), tenth(y), tenth(x), tenth(y+r), tenth(x-r), tenth(y))
}

// tenth writes tenths of a pixel: 125 is "12.5", 120 is "12".
func tenth(n int) string {
	text := strings.TrimSuffix(decimal(int64(n), 1), ".0")
	if text == "-0" {
		return "0"
	}
	return text
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;")

func escape(text string) string { return escaper.Replace(strings.ToValidUTF8(text, "\uFFFD")) }

// wrap breaks text at spaces into lines of about so many characters.
func wrap(text string, most int) (lines []string) {
	line := ""
	for _, word := range strings.Fields(text) {
		switch {
		case line == "":
			line = word
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) <= most:
			line += " " + word
		default:
			lines, line = append(lines, line), word
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// fit cuts text to about so many pixels of the size that labels have.
func fit(text string, pixels int) string {
	most := max(4, pixels*100/(textSize*56))
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return strings.TrimSpace(string([]rune(text)[:most-1])) + "…"
}

// scale turns numbers into places.
type scale struct {
	low, high int64
	from, to  int // tenths of a pixel
}

// at is a number's place, cut to the scale's ends.
func (s scale) at(n int64) int {
	if s.high <= s.low || n <= s.low {
		return s.from
	}
	part, whole := uint64(min(n, s.high)-s.low), uint64(s.high-s.low)
	if s.to < s.from {
		return s.from - int(ratio(part, uint64(s.from-s.to), whole))
	}
	return s.from + int(ratio(part, uint64(s.to-s.from), whole))
}

// ratio is a*b/c, rounded, where a <= c.
func ratio(a, b, c uint64) uint64 {
	high, low := bits.Mul64(a, b)
	low, carry := bits.Add64(low, c/2, 0)
	quotient, _ := bits.Div64(high+carry, low, c)
	return quotient
}

// ticks lists round numbers that cover low to high, in at most n steps or so,
// and widens the ends to them.
func ticks(low, high int64, n int64) (at []int64) {
	if high <= low {
		high = low + 1
	}
	step := int64(1)
	for decade := int64(1); (high-low)/step > n && decade < 1e17; decade *= 10 {
		for _, times := range []int64{1, 2, 5} {
			if step = decade * times; (high-low)/step <= n {
				break
			}
		}
	}
	first := low / step * step
	if first > low {
		first -= step
	}
	for t := first; ; t += step {
		at = append(at, t)
		if t >= high {
			return at
		}
	}
}
