// Package indicator holds what can be said of a body's spending on a category, each one small SQL file and one page.
//
// What comes in: which indicators, of which bodies in which months. What goes out: one SQL statement in the portable subset,
// with its values named, whose answer is a row for each indicator and body with bounds, and the benchmark of the peers.
// What it refuses: an indicator that is not in the list; the values are the caller's to bind.
package indicator
