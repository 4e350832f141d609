// Package comparison sets a body's spending beside that of bodies like it, like for like.
//
// What comes in: a request (body, category or scope, period, peers) and a reader of transactions, coverage, bodies, denominators, suppliers:
// the warehouse or a release. What goes out: a Comparison, with what was made alike, what was left out and why, each indicator
// with its bounds, benchmark and verdict; also fragmented buying. All of it recomputes from its id.
// What it refuses, as a *Refusal with what could be asked instead: no peers, nothing bought, a period not held, a list of unlike bodies.
package comparison
