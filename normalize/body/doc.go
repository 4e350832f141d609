// Package body says which public body paid.
//
// What comes in: a publisher and the name of the entity that paid, as published.
// What goes out: spans of time, which together hold every date, each with the
// body as it was then, a confidence, the method and a reason in plain words.
// What it refuses: to guess. A name that could be two bodies', or that nothing
// ties to the register or the publisher, is unknown.
package body
