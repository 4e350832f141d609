// Package category judges what a payment is and what was bought.
//
// What comes in: a line's publisher, payee and own columns. What goes out: a
// scope, a CPV code as deep as the evidence goes, a calibrated confidence, and
// the method and words that decided. What it refuses: to name a category below
// its threshold; it leaves that blank. Nothing outside the line and the embedded
// rules and model is read.
package category
