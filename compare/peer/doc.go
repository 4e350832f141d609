// Package peer finds the bodies that a body can be compared with.
//
// What comes in: a body, a period, a rule (nearest:15, kind, region, or a list), the tables bodies and denominators.
// What goes out: candidates in order, with distances by an open model where the rule asks for the nearest, and who was left out and why.
// What it refuses: a body that the register does not hold, or not throughout the period; a list with a body of another kind.
package peer
