// Package chart draws small charts as SVG text, without a browser's help.
//
// What comes in: a typed spec (Bars, Strip, Spine, Band, Spark, Grid) with whole
// numbers in stated units. What goes out: an SVG of a given width, the same bytes
// each time, with a title and a description; and the same numbers as a table and
// as CSV. What it refuses: styles and scripts in the SVG (the page's sheet colours
// it by class), and to draw what is withheld: it says so in words.
package chart
