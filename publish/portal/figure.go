package portal

import (
	"html/template"

	"commonspend/publish/portal/chart"
)

// drawn is a chart that a page shows.
type drawn interface{ SVG(width int) string }

// figureView is a chart at two widths, of which the page's sheet shows one.
type figureView struct{ Wide, Narrow template.HTML }

// drawFigure draws a chart for a page. What package chart writes is escaped there.
func drawFigure(c drawn) figureView {
	return figureView{template.HTML(c.SVG(chart.Wide)), template.HTML(c.SVG(chart.Narrow))}
}
