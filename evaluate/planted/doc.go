// Package planted holds comparisons against the clean ledger of a made-up world.
//
// What comes in: a world of demo and an engine over what was read of it. What goes out: a Score: figures that equal the
// ledger's, planted differences found, artefacts taken for differences, intervals that miss the truth; each slip in words.
// What it refuses: nothing; what goes wrong is counted and named.
package planted
